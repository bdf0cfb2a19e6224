//! Posts as people with their chances, and the skills that they hold.

use std::collections::BTreeMap;

use super::super::PostInput;
use super::super::findings::{Findings, Wanting};
use super::super::levels::{Given, Level, Scheme};
use super::{Chances, Holding, MOST_PEOPLE, Names, PostHeld, key, parts};

/// The posts with their people: as many as their full-time equivalent, rounded up.
pub(super) fn people<'a>(
    inputs: &'a [PostInput],
    given: &Given,
    findings: &mut Findings,
    place: impl Fn(&str) -> usize,
) -> (Vec<PostHeld<'a>>, Chances) {
    let mut chances = Chances::default();
    let mut posts = Vec::with_capacity(inputs.len());
    for input in inputs {
        let first = chances.gone.len();
        let count = people_in(input, findings);
        let (leaving, retiring) = chances_of(input, given, findings);
        chances.leaving.extend(std::iter::repeat_n(leaving, count));
        chances.retiring.extend(std::iter::repeat_n(retiring, count));
        chances.gone.extend(std::iter::repeat_n((leaving + retiring).min(1.0), count));
        posts.push(PostHeld { input, authority: place(&input.authority), people: first..first + count });
    }
    (posts, chances)
}

/// How many people an entry stands for: its full-time equivalent rounded up, one where it does not say, none
/// where nobody holds it.
fn people_in(input: &PostInput, findings: &mut Findings) -> usize {
    if input.filled == Some(false) {
        return 0;
    }
    let Some(fte) = input.fte else {
        findings.note(Wanting::NoFte, &input.authority, &input.reference, input.source());
        return 1;
    };
    // A little less than a whole number is that number: 14.000000001 comes of adding up.
    let count = (fte - 1e-9).ceil().max(0.0);
    if count > MOST_PEOPLE as f64 {
        findings.note(Wanting::TooMany, &input.authority, &input.reference, input.source());
    }
    (count as usize).min(MOST_PEOPLE)
}

/// The chances of leaving and of retiring: two ways of going that rule each other out.
fn chances_of(input: &PostInput, given: &Given, findings: &mut Findings) -> (f64, f64) {
    let relevant = !input.skills.is_empty() && input.filled != Some(false);
    if relevant && (input.leaving.is_none() || input.retiring.is_none()) {
        findings.note(Wanting::NoChance, &input.authority, &input.reference, input.source());
    }
    let leaving = input.leaving.unwrap_or(given.turnover.leaving).clamp(0.0, 1.0);
    let retiring = input.retiring.unwrap_or(given.turnover.retiring).clamp(0.0, 1.0);
    if leaving + retiring > 1.0 + 1e-9 {
        findings.note(Wanting::BeyondOne, &input.authority, &input.reference, input.source());
    }
    (leaving, retiring)
}

/// Who holds each skill, by its key and scheme, in the order of the posts.
pub(super) fn holdings(
    posts: &[PostHeld<'_>],
    given: &Given,
    names: &Names,
    findings: &mut Findings,
) -> BTreeMap<(String, Scheme), Vec<Holding>> {
    let mut held: BTreeMap<(String, Scheme), Vec<Holding>> = BTreeMap::new();
    for (post, of) in posts.iter().enumerate() {
        for ((skill, scheme), rank) in held_by(of.input, given, names, findings) {
            held.entry((skill, scheme)).or_default().push(Holding { post, rank });
        }
    }
    held
}

/// The skills of one post, each once, at its highest level.
fn held_by(post: &PostInput, given: &Given, names: &Names, findings: &mut Findings) -> BTreeMap<(String, Scheme), u32> {
    let mut held: BTreeMap<(String, Scheme), u32> = BTreeMap::new();
    for written in &post.skills {
        let (skill, level) = parts(written);
        if skill.is_empty() {
            continue;
        }
        let key = key(skill);
        let level = level_of(post, written, level, given, findings).unwrap_or(given.lowest(names.scheme(&key)));
        let entry = (key, level.scheme);
        if held.contains_key(&entry) {
            findings.note(Wanting::Twice, &post.authority, &format!("{skill} ({})", post.reference), post.source());
        }
        let rank = held.entry(entry).or_insert(level.rank);
        *rank = (*rank).max(level.rank);
    }
    held
}

/// The level of a skill of a post; noted where it has none or one that is not known.
fn level_of(
    post: &PostInput,
    written: &str,
    level: Option<&str>,
    given: &Given,
    findings: &mut Findings,
) -> Option<Level> {
    let known = level.and_then(|level| given.level(level));
    if known.is_none() {
        let wanting = if level.is_some() { Wanting::UnknownLevel } else { Wanting::NoLevel };
        findings.note(wanting, &post.authority, &format!("\"{}\" ({})", written.trim(), post.reference), post.source());
    }
    known
}

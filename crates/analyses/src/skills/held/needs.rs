//! What each authority needs: as it is recorded, or one holder of what it holds.

use std::collections::BTreeMap;

use super::super::NeedInput;
use super::super::findings::{Findings, Wanting};
use super::super::levels::{Given, Scheme};
use super::{Holding, MOST_PEOPLE, Names, Needed, PostHeld, Skill, key};

type Holdings = BTreeMap<(String, Scheme), Vec<Holding>>;

/// The skills that are held or needed, in the order of their names.
///
/// An authority's needs of one skill at several levels stand in rows of their own: who holds it at the higher level
/// counts for the lower one too.
pub(super) fn skills<'a>(
    inputs: &'a [NeedInput],
    posts: &[PostHeld<'_>],
    holdings: &Holdings,
    given: &Given,
    names: &Names,
    findings: &mut Findings,
    place: impl Fn(&str) -> usize,
) -> Vec<Skill<'a>> {
    for skill in names.in_both() {
        findings.both_schemes(&skill);
    }
    let mut needed = recorded(inputs, given, names, findings, place);
    for (entry, held) in holdings {
        assume(needed.entry(entry.clone()).or_default(), held, posts, findings, &names.written(&entry.0));
    }
    let rows = needed.into_iter().flat_map(|((key, scheme), needs)| {
        let held = holdings.get(&(key.clone(), scheme)).cloned().unwrap_or_default();
        rows_of(needs).into_iter().map(move |needs| (key.clone(), scheme, held.clone(), needs))
    });
    rows.map(|(key, scheme, holdings, needs)| Skill { name: names.written(&key), scheme, holdings, needs }).collect()
}

/// The needs that are recorded, by skill and scheme.
fn recorded<'a>(
    inputs: &'a [NeedInput],
    given: &Given,
    names: &Names,
    findings: &mut Findings,
    place: impl Fn(&str) -> usize,
) -> BTreeMap<(String, Scheme), Vec<Needed<'a>>> {
    let mut needed: BTreeMap<(String, Scheme), Vec<Needed<'a>>> = BTreeMap::new();
    for input in inputs {
        let key = key(&input.skill);
        let known = input.level.as_deref().and_then(|level| given.level(level));
        let described = || format!("{} ({})", input.skill, input.reference);
        if known.is_none() && input.level.is_some() {
            findings.note(Wanting::UnknownNeedLevel, &input.authority, &described(), input.source());
        }
        let level = known.unwrap_or(given.lowest(names.scheme(&key)));
        let people = people_needed(input, findings);
        let authority = place(&input.authority);
        let needs = needed.entry((key, level.scheme)).or_default();
        let same = needs.iter_mut().find(|need| need.authority == authority && need.rank == level.rank);
        match same {
            Some(same) => {
                findings.note(Wanting::NeedTwice, &input.authority, &described(), input.source());
                same.people = same.people.max(people);
            }
            None => needs.push(Needed { authority, rank: level.rank, people, entry: Some(input) }),
        }
    }
    needed
}

fn people_needed(input: &NeedInput, findings: &mut Findings) -> usize {
    let people = input.people.unwrap_or(1);
    if people > MOST_PEOPLE as u64 {
        findings.note(Wanting::TooMany, &input.authority, &input.reference, input.source());
    }
    people.min(MOST_PEOPLE as u64) as usize
}

/// One holder at the lowest level held, for each authority that holds a skill and records no need of it.
fn assume(needs: &mut Vec<Needed<'_>>, held: &[Holding], posts: &[PostHeld<'_>], findings: &mut Findings, skill: &str) {
    let mut lowest: BTreeMap<usize, u32> = BTreeMap::new();
    for holding in held {
        let rank = lowest.entry(posts[holding.post].authority).or_insert(holding.rank);
        *rank = (*rank).min(holding.rank);
    }
    lowest.retain(|authority, _| !needs.iter().any(|need| need.authority == *authority));
    for (authority, rank) in lowest {
        let holder = held.iter().map(|holding| &posts[holding.post]).find(|post| post.authority == authority);
        if let Some(post) = holder {
            findings.note(Wanting::NoNeed, &post.input.authority, skill, post.input.source());
        }
        needs.push(Needed { authority, rank, people: 1, entry: None });
    }
}

/// The needs of a skill in rows that hold one need of each authority at most, the highest levels first.
fn rows_of(mut needs: Vec<Needed<'_>>) -> Vec<Vec<Needed<'_>>> {
    needs.retain(|need| need.people > 0);
    needs.sort_by_key(|need| (need.authority, std::cmp::Reverse(need.rank)));
    let mut rows: Vec<Vec<Needed<'_>>> = Vec::new();
    for need in needs {
        match rows.iter_mut().find(|row| row.iter().all(|other| other.authority != need.authority)) {
            Some(row) => row.push(need),
            None => rows.push(vec![need]),
        }
    }
    rows
}

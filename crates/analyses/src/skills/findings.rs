//! What is wanting in the record, gathered by what it is and whose it is.

use std::collections::BTreeMap;

use penshaw_basis::Source;
use penshaw_documents::Value;

use super::held::Estate;
use super::levels::Given;
use super::outcome::Finding;
use crate::named::{Named, counted, name_of, sentence_list};

/// The most entries that a finding spells out.
const SPELLED_OUT: usize = 5;

/// What may be wanting in entries of one authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanting {
    BeyondOne,
    UnknownLevel,
    NoLevel,
    UnknownNeedLevel,
    Twice,
    NeedTwice,
    TooMany,
    NoChance,
    NoFte,
    NoNeed,
}

/// Everything that was noted while the entries were read.
#[derive(Debug, Default)]
pub(super) struct Findings {
    noted: BTreeMap<(Wanting, String), (Vec<String>, Vec<Source>)>,
    both_schemes: Vec<String>,
}

impl Findings {
    /// Notes that something is wanting in an entry; `which` says what it is about.
    pub(super) fn note(&mut self, wanting: Wanting, authority: &str, which: &str, source: Source) {
        let (whiches, sources) = self.noted.entry((wanting, authority.to_owned())).or_default();
        whiches.push(which.to_owned());
        if sources.last() != Some(&source) {
            sources.push(source);
        }
    }

    /// Notes a skill that some record in words and others in numbers.
    pub(super) fn both_schemes(&mut self, skill: &str) {
        self.both_schemes.push(skill.to_owned());
    }

    /// All of them, the gravest first, with what the whole estate shows.
    pub(super) fn all(self, estate: &Estate<'_>, given: &Given) -> Vec<Finding> {
        let unread = given.problems.iter().map(|problem| {
            Finding::error(format!("A parameter could not be read: {problem}."), "correct the parameter", Vec::new())
        });
        let mut all: Vec<Finding> = unread.collect();
        all.extend(nobody_holds(estate, given));
        all.extend(self.noted.into_iter().map(|((wanting, authority), (whiches, sources))| {
            let whose = name_of(&estate.authorities, &authority);
            Finding::warning(what(wanting, whose, &whiches, given), hint(wanting, given), sources)
        }));
        all.extend(self.both_schemes.iter().map(|skill| {
            let what =
                format!("{skill} is recorded at levels of the framework and in numbers; the two are not compared.");
            Finding::warning(what, "record it in one scheme at all partners", Vec::new())
        }));
        all.extend(without_skills(estate));
        all.extend(no_cover(estate));
        all.sort_by_key(|finding| finding.severity);
        all
    }
}

fn what(wanting: Wanting, whose: &str, which: &[String], given: &Given) -> String {
    let list = some_of(which);
    let count = |one, several| counted(which.len(), one, several);
    let turnover = given.turnover;
    match wanting {
        Wanting::BeyondOne => {
            format!("{whose}: the chances of leaving and of retiring exceed 1 together, and are taken as 1: {list}.")
        }
        Wanting::UnknownLevel => {
            format!(
                "{whose}: {} a level that is not known, taken as the lowest: {list}.",
                count("skill has", "skills have")
            )
        }
        Wanting::NoLevel => {
            format!("{whose}: {} no level, taken as the lowest: {list}.", count("skill has", "skills have"))
        }
        Wanting::UnknownNeedLevel => {
            format!("{whose}: a level that is needed is not known, and any level is taken as enough: {list}.")
        }
        Wanting::Twice => format!("{whose}: a post names a skill twice; the higher level counts: {list}."),
        Wanting::NeedTwice => {
            format!("{whose}: a skill is needed twice at one level; the greater number of people counts: {list}.")
        }
        Wanting::TooMany => format!("{whose}: more than 10,000 people are recorded in one entry: {list}."),
        Wanting::NoChance => format!(
            "{whose}: {} no chance of leaving or of retiring; {} and {} a year are taken where it is lacking.",
            count("post gives", "posts give"),
            Value::Percent(turnover.leaving),
            Value::Percent(turnover.retiring)
        ),
        Wanting::NoFte => {
            format!("{whose}: {} no full-time equivalent, and one person is taken.", count("post gives", "posts give"))
        }
        Wanting::NoNeed => format!(
            "{whose}: no need is recorded for {}; one holder at the lowest level held is taken: {list}.",
            count("skill that it holds", "skills that it holds")
        ),
    }
}

fn hint(wanting: Wanting, given: &Given) -> String {
    match wanting {
        Wanting::BeyondOne => "correct one of the two: nobody both leaves and retires".into(),
        Wanting::UnknownLevel | Wanting::NoLevel | Wanting::UnknownNeedLevel => {
            format!("write a level behind the skill: {}", given.spelled_out())
        }
        Wanting::Twice => "name each skill of a post once".into(),
        Wanting::NeedTwice => "record one need for each skill and level".into(),
        Wanting::TooMany => "check the number".into(),
        Wanting::NoChance => "enter your own figures by post, as your HR records show them".into(),
        Wanting::NoFte => "enter the full-time equivalent".into(),
        Wanting::NoNeed => "add to the sheet Skill needs how many must hold it, at which level".into(),
    }
}

/// The first few of them, and how many more there are.
fn some_of(which: &[String]) -> String {
    let first = &which[..which.len().min(SPELLED_OUT)];
    match which.len() - first.len() {
        0 => sentence_list(first),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Needs that no post of any partner meets.
fn nobody_holds(estate: &Estate<'_>, given: &Given) -> Vec<Finding> {
    let mut findings = Vec::new();
    for skill in &estate.skills {
        for need in &skill.needs {
            let Some(entry) = need.entry else { continue };
            if estate.people_of(skill, |_, rank| rank >= need.rank).next().is_some() {
                continue;
            }
            let level = given.word(super::levels::Level { scheme: skill.scheme, rank: need.rank });
            let whose = &estate.authorities[need.authority].name;
            let what = format!("{whose} needs {} at {level} or above, and nobody holds it at any partner.", skill.name);
            findings.push(Finding::warning(
                what,
                "train or recruit somebody, or correct the need",
                vec![entry.source()],
            ));
        }
    }
    findings
}

/// Partners that share no post with a skill.
fn without_skills(estate: &Estate<'_>) -> Option<Finding> {
    let has = |place: usize| estate.posts.iter().any(|post| post.authority == place && !post.input.skills.is_empty());
    let without = estate.authorities.iter().enumerate().filter(|(place, _)| !has(*place));
    let names: Vec<&str> = without.map(|(_, Named { name, .. })| name.as_str()).collect();
    (!names.is_empty()).then(|| {
        let what = format!("No skills of posts are shared by {}: its needs count as uncovered.", sentence_list(&names));
        Finding::warning(what, "fill in the column Skills of the sheet Posts, and share it", Vec::new())
    })
}

/// Nobody may stand in at a partner, so that helping one another changes nothing.
fn no_cover(estate: &Estate<'_>) -> Option<Finding> {
    let none = estate.authorities.len() > 1 && !estate.posts.iter().any(|post| post.covers());
    none.then(|| {
        let what = "No post may stand in at a partner, so that working together covers no more than staying apart.";
        Finding::warning(what, "say in the sheet Posts which of them may cover for partners", Vec::new())
    })
}

//! The skills as they are held and needed: posts as people, levels read, needs assumed where none is recorded.

mod needs;
mod posts;

use std::collections::BTreeMap;
use std::ops::Range;

use super::findings::Findings;
use super::levels::{Given, Scheme};
use super::{Input, NeedInput, PostInput};
use crate::named::Named;

/// More people than this in one entry are taken as so many.
const MOST_PEOPLE: usize = 10_000;

/// Everything that is held and needed.
pub(super) struct Estate<'a> {
    /// The partners, then any other owner of a post or a need.
    pub(super) authorities: Vec<Named>,
    /// The posts in the order of the entries.
    pub(super) posts: Vec<PostHeld<'a>>,
    /// The chances of each person.
    pub(super) people: Chances,
    /// The skills, by name and scheme.
    pub(super) skills: Vec<Skill<'a>>,
}

/// The chances of people to be gone after a year, person by person.
#[derive(Debug, Default)]
pub(super) struct Chances {
    /// For either reason.
    pub(super) gone: Vec<f64>,
    /// Leaving, retirement left out.
    pub(super) leaving: Vec<f64>,
    /// Retiring.
    pub(super) retiring: Vec<f64>,
}

/// A post with the people in it.
pub(super) struct PostHeld<'a> {
    pub(super) input: &'a PostInput,
    /// Its authority, by its place.
    pub(super) authority: usize,
    /// Its people, by their places.
    pub(super) people: Range<usize>,
}

impl PostHeld<'_> {
    /// Whether its holders may stand in at partners.
    pub(super) fn covers(&self) -> bool {
        self.input.covers_partners == Some(true)
    }
}

/// A skill: who holds it, who needs it.
pub(super) struct Skill<'a> {
    /// As it was first written.
    pub(super) name: String,
    pub(super) scheme: Scheme,
    pub(super) holdings: Vec<Holding>,
    /// At most one of each authority.
    pub(super) needs: Vec<Needed<'a>>,
}

/// A post that holds a skill.
#[derive(Clone, Debug)]
pub(super) struct Holding {
    /// The post, by its place.
    pub(super) post: usize,
    pub(super) rank: u32,
}

/// What an authority needs of a skill.
#[derive(Clone)]
pub(super) struct Needed<'a> {
    /// The authority, by its place.
    pub(super) authority: usize,
    pub(super) rank: u32,
    pub(super) people: usize,
    /// The entry; none where the need is assumed.
    pub(super) entry: Option<&'a NeedInput>,
}

impl<'a> Estate<'a> {
    pub(super) fn of(input: &'a Input, given: &Given, findings: &mut Findings) -> Self {
        let authorities = authorities(input);
        let place = |code: &str| authorities.iter().position(|authority| authority.code == code).unwrap_or(0);
        let (posts, people) = posts::people(&input.posts, given, findings, place);
        let names = Names::of(input, given);
        let holdings = posts::holdings(&posts, given, &names, findings);
        let skills = needs::skills(&input.needs, &posts, &holdings, given, &names, findings, place);
        Estate { authorities, posts, people, skills }
    }

    /// The people of a skill of whom something is asked, by their places.
    pub(super) fn people_of<'b>(
        &'b self,
        skill: &'b Skill<'_>,
        asked: impl Fn(&PostHeld<'_>, u32) -> bool + 'b,
    ) -> impl Iterator<Item = usize> + 'b {
        let asked = move |holding: &&Holding| asked(&self.posts[holding.post], holding.rank);
        skill.holdings.iter().filter(asked).flat_map(|holding| self.posts[holding.post].people.clone())
    }

    /// The holders of an authority at the level that it needs.
    pub(super) fn holders<'b>(&'b self, skill: &'b Skill<'_>, need: &Needed<'_>) -> impl Iterator<Item = usize> + 'b {
        let (authority, least) = (need.authority, need.rank);
        self.people_of(skill, move |post, rank| post.authority == authority && rank >= least)
    }
}

/// The partners, then any other owner.
fn authorities(input: &Input) -> Vec<Named> {
    let mut authorities = input.partners.clone();
    let owners = input.posts.iter().map(|post| &post.authority);
    for owner in owners.chain(input.needs.iter().map(|need| &need.authority)) {
        if !authorities.iter().any(|authority| authority.code == *owner) {
            authorities.push(Named::new(owner, owner));
        }
    }
    authorities
}

/// Skills by their names, in lower case and without needless spaces, with how they were first written.
pub(super) struct Names {
    first_written: BTreeMap<String, String>,
    /// The schemes in which each is recorded.
    schemes: BTreeMap<String, Vec<Scheme>>,
}

impl Names {
    fn of(input: &Input, given: &Given) -> Self {
        let mut names = Names { first_written: BTreeMap::new(), schemes: BTreeMap::new() };
        let held = input.posts.iter().flat_map(|post| &post.skills).map(|written| {
            let (skill, level) = parts(written);
            (skill, level.and_then(|level| given.level(level)))
        });
        let needed = input.needs.iter().map(|need| {
            let level = need.level.as_deref().and_then(|level| given.level(level));
            (need.skill.as_str(), level)
        });
        for (skill, level) in held.chain(needed) {
            let key = key(skill);
            names.first_written.entry(key.clone()).or_insert_with(|| spaced(skill));
            let schemes = names.schemes.entry(key).or_default();
            schemes.extend(level.map(|level| level.scheme).filter(|scheme| !schemes.contains(scheme)));
        }
        names
    }

    /// The scheme of a skill whose level is not known: the one that it is otherwise recorded in.
    fn scheme(&self, key: &str) -> Scheme {
        match self.schemes.get(key).map(Vec::as_slice) {
            Some([only]) => *only,
            _ => Scheme::Framework,
        }
    }

    fn written(&self, key: &str) -> String {
        self.first_written.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// The skills that are recorded in both schemes, as they were first written.
    fn in_both(&self) -> impl Iterator<Item = String> {
        self.schemes.iter().filter(|(_, schemes)| schemes.len() > 1).map(|(key, _)| self.written(key))
    }
}

/// A skill and its level as they are written in a post: `Network management: expert`.
///
/// What stands behind the last colon is the level: a name may hold a colon if a level follows it.
fn parts(written: &str) -> (&str, Option<&str>) {
    match written.rsplit_once(':') {
        Some((skill, level)) if !skill.trim().is_empty() => {
            (skill.trim(), Some(level.trim()).filter(|level| !level.is_empty()))
        }
        _ => (written.trim(), None),
    }
}

fn spaced(skill: &str) -> String {
    skill.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What makes two spellings the same skill.
fn key(skill: &str) -> String {
    spaced(skill).to_lowercase()
}

//! Who holds a skill alone, which skills only one authority holds, and who could cover for whom.

use std::collections::BTreeMap;

use super::held::{Estate, Holding, Needed, Skill};
use super::levels::{Given, Level};
use super::outcome::{Cover, HeldByOne, PostNamed, SingleHolder};

/// A post that holds a skill, as it may be named.
fn named(estate: &Estate<'_>, skill: &Skill<'_>, holding: &Holding, given: &Given) -> PostNamed {
    let post = estate.posts[holding.post].input;
    PostNamed {
        authority: post.authority.clone(),
        reference: post.reference.clone(),
        title: post.title.clone(),
        level: given.word(Level { scheme: skill.scheme, rank: holding.rank }),
        source: post.source(),
    }
}

/// Posts with somebody in them that hold a skill at a level or above, at an authority or elsewhere.
fn at_level<'a>(
    estate: &'a Estate<'_>,
    skill: &'a Skill<'_>,
    need: &'a Needed<'_>,
    at_home: bool,
) -> impl Iterator<Item = &'a Holding> {
    skill.holdings.iter().filter(move |holding| {
        let post = &estate.posts[holding.post];
        holding.rank >= need.rank && !post.people.is_empty() && (post.authority == need.authority) == at_home
    })
}

/// The needs that one person alone meets at home.
pub(super) fn single_holders(estate: &Estate<'_>, given: &Given) -> Vec<SingleHolder> {
    let mut singles = Vec::new();
    for skill in &estate.skills {
        for need in &skill.needs {
            let mut holders = estate.holders(skill, need);
            let (Some(person), None) = (holders.next(), holders.next()) else { continue };
            let holding = at_level(estate, skill, need, true).next();
            singles.extend(holding.map(|holding| SingleHolder {
                skill: skill.name.clone(),
                authority: estate.authorities[need.authority].code.clone(),
                post: named(estate, skill, holding, given),
                across_all: at_level(estate, skill, need, false).next().is_none(),
                risk: estate.people.gone[person],
            }));
        }
    }
    singles.sort_by(|one, other| other.across_all.cmp(&one.across_all).then(other.risk.total_cmp(&one.risk)));
    singles
}

/// Skills that only one of several authorities holds, at any level.
pub(super) fn held_by_one(estate: &Estate<'_>) -> Vec<HeldByOne> {
    if estate.authorities.len() < 2 {
        return Vec::new();
    }
    let mut skills: BTreeMap<(&str, super::Scheme), &Skill<'_>> = BTreeMap::new();
    for skill in &estate.skills {
        skills.entry((&skill.name, skill.scheme)).or_insert(skill);
    }
    skills.into_values().filter_map(|skill| only_holder(estate, skill)).collect()
}

fn only_holder(estate: &Estate<'_>, skill: &Skill<'_>) -> Option<HeldByOne> {
    let posts = skill.holdings.iter().map(|holding| &estate.posts[holding.post]);
    let posts: Vec<_> = posts.filter(|post| !post.people.is_empty()).collect();
    let authority = posts.first()?.authority;
    posts.iter().all(|post| post.authority == authority).then(|| HeldByOne {
        skill: skill.name.clone(),
        authority: estate.authorities[authority].code.clone(),
        people: posts.iter().map(|post| post.people.len()).sum(),
        sources: posts.iter().map(|post| post.input.source()).collect(),
    })
}

/// Who could cover for each need that one loss would leave uncovered, or that is so already.
pub(super) fn cover(estate: &Estate<'_>, given: &Given) -> Vec<Cover> {
    let mut covers = Vec::new();
    for skill in &estate.skills {
        for need in &skill.needs {
            if estate.holders(skill, need).count() > need.people {
                continue;
            }
            let (by, might): (Vec<&Holding>, Vec<&Holding>) =
                at_level(estate, skill, need, false).partition(|holding| estate.posts[holding.post].covers());
            let posts = |holdings: Vec<&Holding>| -> Vec<PostNamed> {
                holdings.into_iter().map(|holding| named(estate, skill, holding, given)).collect()
            };
            covers.push(Cover {
                skill: skill.name.clone(),
                authority: estate.authorities[need.authority].code.clone(),
                level: given.word(Level { scheme: skill.scheme, rank: need.rank }),
                by: posts(by),
                might: posts(might),
            });
        }
    }
    covers
}

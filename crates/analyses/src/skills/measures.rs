//! What training and keeping people would do, and what it costs: lines that an option may take up.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Estimate, FinancialYear, Money, Source};
use penshaw_numerics::losses::fewer_than;
use penshaw_register::{Opportunity, OpportunityAmount};

use super::held::{Estate, Needed, PostHeld, Skill};
use super::levels::{Given, Level};
use super::outcome::{Measure, MeasureKind, SkillRow};
use crate::named::counted;

/// Less than this is no effect.
const NO_EFFECT: f64 = 1e-9;

/// Every measure with a cost and an effect, the least money for the effect first.
pub(super) fn measures(estate: &Estate<'_>, given: &Given, rows: &[SkillRow]) -> Vec<Measure> {
    let mut measures = Vec::new();
    for (skill, row) in estate.skills.iter().zip(rows) {
        let needs = skill.needs.iter().zip(&row.needs).filter(|(_, row)| row.hangs_on_one());
        measures.extend(needs.filter_map(|(need, _)| training(estate, skill, need, given)));
    }
    measures.extend(kept(estate));
    measures.sort_by(|one, other| one.cost_of_one_less.pounds().total_cmp(&other.cost_of_one_less.pounds()));
    measures
}

/// Training people until one of them may go.
///
/// Those who hold the skill below the level come first, the highest level and then the least likely to go; beyond
/// them somebody is trained who goes as likely as anybody.
fn training(estate: &Estate<'_>, skill: &Skill<'_>, need: &Needed<'_>, given: &Given) -> Option<Measure> {
    let entry = need.entry?;
    let each = entry.training_cost?;
    let gone = |person: &usize| estate.people.gone[*person];
    let holders: Vec<f64> = estate.holders(skill, need).map(|person| gone(&person)).collect();
    let people = need.people + 1 - holders.len();
    let trained = below(estate, skill, need);
    let usual = (given.turnover.leaving + given.turnover.retiring).min(1.0);
    let added = trained.iter().map(|(person, _)| gone(person)).chain(std::iter::repeat(usual)).take(people);
    let before = fewer_than(need.people, holders.iter().copied());
    let falls_by = before - fewer_than(need.people, holders.iter().copied().chain(added));
    let level = given.word(Level { scheme: skill.scheme, rank: need.rank });
    let authority = &estate.authorities[need.authority];
    let mut sources = vec![entry.source()];
    sources.extend(trained.iter().take(people).map(|(_, post)| post.input.source()));
    sources.dedup();
    let who = match trained.iter().take(people).map(|(_, post)| post.input.title.as_str()).next() {
        Some(title) => format!(", beginning with the post of {title}"),
        None => String::new(),
    };
    let several = counted(people, "person", "people");
    measure(
        falls_by,
        Measure {
            id: format!("training:{}:{}", authority.code, entry.reference),
            kind: MeasureKind::Training,
            authority: authority.code.clone(),
            skills: vec![skill.name.clone()],
            description: format!("{}: train {several} more in {} to {level}{who}", authority.name, skill.name),
            people,
            cost: times(each, people),
            months: entry.training_months,
            falls_by,
            cost_of_one_less: Estimate::ZERO,
            sources,
        },
    )
}

/// The people of an authority who hold a skill below the level needed, in the order in which they are trained.
fn below<'a>(estate: &'a Estate<'_>, skill: &Skill<'_>, need: &Needed<'_>) -> Vec<(usize, &'a PostHeld<'a>)> {
    let mut people: Vec<(u32, usize, &PostHeld<'_>)> = Vec::new();
    for holding in skill.holdings.iter().filter(|holding| holding.rank < need.rank) {
        let post = &estate.posts[holding.post];
        if post.authority == need.authority {
            people.extend(post.people.clone().map(|person| (holding.rank, person, post)));
        }
    }
    let gone = |person: usize| estate.people.gone[person];
    people.sort_by(|one, other| other.0.cmp(&one.0).then(gone(one.1).total_cmp(&gone(other.1))));
    people.into_iter().map(|(_, person, post)| (person, post)).collect()
}

/// Keeping one holder of each post on whom a need hangs: the chance of leaving goes, that of retiring stays.
fn kept(estate: &Estate<'_>) -> Vec<Measure> {
    let mut posts: BTreeMap<usize, Vec<(&Skill<'_>, &Needed<'_>)>> = BTreeMap::new();
    for skill in &estate.skills {
        for need in &skill.needs {
            for holding in skill.holdings.iter().filter(|holding| holding.rank >= need.rank) {
                if estate.posts[holding.post].authority == need.authority {
                    posts.entry(holding.post).or_default().push((skill, need));
                }
            }
        }
    }
    posts.into_iter().filter_map(|(post, needs)| keeping(estate, &estate.posts[post], &needs)).collect()
}

fn keeping(estate: &Estate<'_>, post: &PostHeld<'_>, needs: &[(&Skill<'_>, &Needed<'_>)]) -> Option<Measure> {
    let person = post.people.clone().next()?;
    let mut gains: Vec<(&Skill<'_>, &Needed<'_>, f64)> = Vec::new();
    let mut hangs = false;
    for (skill, need) in needs {
        let holders: Vec<usize> = estate.holders(skill, need).collect();
        hangs |= holders.len() <= need.people && need.entry.is_some_and(|entry| entry.retention_cost.is_some());
        let chance = |kept: bool| {
            let of = |&holder: &usize| match kept && holder == person {
                true => estate.people.retiring[holder],
                false => estate.people.gone[holder],
            };
            fewer_than(need.people, holders.iter().map(of))
        };
        let gain = chance(false) - chance(true);
        if gain > NO_EFFECT {
            gains.push((skill, need, gain));
        }
    }
    // Keeping somebody costs the same for all that they can do: the greatest cost that any of their skills records.
    let cost = gains.iter().filter_map(|(_, need, _)| need.entry?.retention_cost).max().filter(|_| hangs)?;
    let authority = &estate.authorities[post.authority];
    let mut skills: Vec<String> = gains.iter().map(|(skill, _, _)| skill.name.clone()).collect();
    skills.dedup();
    let sources: Vec<Source> = gains.iter().filter_map(|(_, need, _)| Some(need.entry?.source())).collect();
    let falls_by = gains.iter().map(|(_, _, gain)| gain).sum();
    measure(
        falls_by,
        Measure {
            id: format!("retention:{}:{}", authority.code, post.input.reference),
            kind: MeasureKind::Retention,
            authority: authority.code.clone(),
            skills,
            description: format!("{}: keep one holder of the post of {}", authority.name, post.input.title),
            people: 1,
            cost,
            months: None,
            falls_by,
            cost_of_one_less: Estimate::ZERO,
            sources: std::iter::once(post.input.source()).chain(sources).collect(),
        },
    )
}

/// The measure with what one uncovered skill less costs by it, if it does anything.
fn measure(falls_by: f64, measure: Measure) -> Option<Measure> {
    (falls_by > NO_EFFECT).then(|| {
        let cost_of_one_less = Estimate::from_pounds(measure.cost.pounds() / falls_by);
        Measure { cost_of_one_less, ..measure }
    })
}

fn times(each: Money, people: usize) -> Money {
    Money::from_pence(each.pence().saturating_mul(people as i64))
}

/// A measure as a line that an option may take up: paid by the authority in the year of the answer.
pub(super) fn opportunity(measure: &Measure, on: Date) -> Opportunity {
    let paid = -measure.cost;
    let after = measure.months.map(|months| format!(", once the training of {months} months ends"));
    Opportunity {
        id: measure.id.clone(),
        analysis: "skills".into(),
        area: None,
        description: format!(
            "{}: expected uncovered skills fall by {:.3} a year{}",
            measure.description,
            measure.falls_by,
            after.unwrap_or_default()
        ),
        amounts: vec![OpportunityAmount {
            authority: measure.authority.clone(),
            year: FinancialYear::of(on),
            low: paid,
            likely: paid,
            high: paid,
        }],
        earliest: Some(on),
        blockers: Vec::new(),
        sources: measure.sources.clone(),
    }
}

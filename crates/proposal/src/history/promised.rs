//! What reports said would happen: each commitment with the decision whose report said it.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_analyses::{Finding, Named};
use penshaw_basis::Date;
use penshaw_register::{Area, Commitment, Held};

use super::later_paper::{Deciders, days_in};
use super::links::Linked;
use super::{Chain, Committed, Elsewhere, HistoryInputs, LaterPaper, Recorded, named, warning};
use crate::cabinet_report::said::day;
use crate::recommendation::listed;

/// Puts each commitment to the step whose report said it; those of none are given back, each with why, and with them
/// what is wanting of all.
pub(super) fn place(
    inputs: &HistoryInputs<'_>,
    commitments: &[Held<Commitment>],
    recorded: &[Recorded<'_>],
    linked: &[Vec<Linked>],
    chains: &mut [Chain],
) -> (Vec<Elsewhere>, Vec<Finding>) {
    let areas = inputs.joint.all::<Area>();
    let areas: BTreeMap<&str, &str> = areas.iter().map(|area| (area.reference.as_str(), area.name.as_str())).collect();
    let steps = steps(linked);
    let deciders = Deciders::of(recorded);
    let (mut elsewhere, mut findings, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for commitment in commitments {
        let mut committed = committed(inputs, commitment, &areas);
        open.extend(Some(&committed).filter(|one| one.standing == "open").cloned());
        let promises = deciders.are_promised_a_paper(&committed.statement);
        match said_by(commitment, recorded, &steps) {
            Ok((chain, step)) => {
                if promises {
                    let became = later_paper(&committed, &chains[chain], step);
                    findings.extend(unanswered(&committed, became, &chains[chain]));
                    committed.later_paper = Some(became);
                }
                chains[chain].steps[step].commitments.push(committed);
            }
            Err(why) => elsewhere.push(Elsewhere { commitment: committed, why }),
        }
    }
    findings.extend(wanting(&open));
    (elsewhere, findings)
}

/// For each decision its chain, and its step in it.
fn steps(linked: &[Vec<Linked>]) -> BTreeMap<usize, (usize, usize)> {
    let mut steps = BTreeMap::new();
    for (chain, all) in linked.iter().enumerate() {
        for (step, one) in all.iter().enumerate() {
            one.records.iter().for_each(|place| {
                steps.insert(*place, (chain, step));
            });
        }
    }
    steps
}

fn committed(inputs: &HistoryInputs<'_>, commitment: &Held<Commitment>, areas: &BTreeMap<&str, &str>) -> Committed {
    let area = commitment.area.as_deref();
    Committed {
        reference: commitment.reference.clone(),
        statement: commitment.statement.clone(),
        document: commitment.document.clone(),
        paragraph: commitment.paragraph.clone(),
        authority: named(inputs.joint, &commitment.authority),
        owner: commitment.entry.owner.clone(),
        area: area.map(|code| Named::new(code, areas.get(code).copied().unwrap_or(code))),
        due: commitment.due,
        standing: commitment.standing.clone(),
        settled: commitment.settled,
        overdue: commitment.standing == "open" && commitment.due.is_some_and(|due| due < inputs.clock.on),
        later_paper: None,
        source: commitment.source(),
    }
}

/// The step whose report said a commitment, by its chain and its place in it; else why there is none, as a sentence.
///
/// A report is named by a day, by its title or by a document that was submitted. A day that is named must be that of
/// the decision; of several on that day the one whose title is named stands, then the one of the authority that is to
/// see to it.
fn said_by(
    commitment: &Commitment,
    recorded: &[Recorded<'_>],
    steps: &BTreeMap<usize, (usize, usize)>,
) -> Result<(usize, usize), String> {
    let document = commitment.document.as_deref().map(plain).filter(|words| !words.is_empty());
    let document = document.ok_or("The report that said it is not named.")?;
    let days = days_in(&document);
    let is_named = |one: &usize| names_report(&document, &recorded[*one]);
    let mut found: Vec<usize> = match days.is_empty() {
        true => (0..recorded.len()).filter(is_named).collect(),
        false => (0..recorded.len()).filter(|one| is_of(&days, &recorded[*one])).collect(),
    };
    if found.is_empty() {
        let told: Vec<String> = days.iter().map(|one| day(*one)).collect();
        return Err(match told.as_slice() {
            [] => "Its report is named neither by a day nor by a title that a decision has.".to_owned(),
            told => format!("No decision of {} is recorded.", listed(told)),
        });
    }
    prefer(&mut found, is_named);
    prefer(&mut found, |one| recorded[*one].decision.owner == commitment.authority);
    let of: BTreeSet<(usize, usize)> = found.iter().filter_map(|one| steps.get(one).copied()).collect();
    let first = of.first().copied().filter(|_| of.len() == 1);
    first.ok_or_else(|| {
        let titles: Vec<String> = found
            .iter()
            .map(|one| format!("{} of {}", recorded[*one].decision.reference, recorded[*one].decision.owner))
            .collect();
        format!("Its report may be that of decision {}.", titles.join(" or "))
    })
}

/// Keeps those that answer, if any does.
fn prefer(found: &mut Vec<usize>, answers: impl Fn(&usize) -> bool) {
    if found.iter().any(&answers) {
        found.retain(answers);
    }
}

/// Small letters and single spaces.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn names_report(document: &str, recorded: &Recorded<'_>) -> bool {
    let decision = &recorded.decision;
    let names = std::iter::once(&decision.title).chain(&decision.documents).map(|name| plain(name));
    names.into_iter().any(|name| !name.is_empty() && document.contains(&name))
}

fn is_of(days: &[Date], recorded: &Recorded<'_>) -> bool {
    recorded.days().into_iter().flatten().any(|day| days.contains(&day))
}

/// What became of the promise of a later paper: the first step that follows, directly or through others.
fn later_paper(commitment: &Committed, chain: &Chain, step: usize) -> LaterPaper {
    let mut after = BTreeSet::from([step]);
    while let Some(next) = (0..chain.steps.len())
        .find(|one| !after.contains(one) && chain.steps[*one].follows.iter().any(|before| after.contains(before)))
    {
        after.insert(next);
    }
    match after.into_iter().find(|one| *one != step) {
        Some(next) => LaterPaper::FollowedBy(next),
        None if commitment.standing == "open" => LaterPaper::ToCome,
        None => LaterPaper::Settled,
    }
}

/// A promise of a paper whose standing and whose decision do not agree.
fn unanswered(commitment: &Committed, became: LaterPaper, chain: &Chain) -> Option<Finding> {
    let said = &commitment.statement;
    let (what, hint) = match became {
        LaterPaper::FollowedBy(next) if commitment.standing == "open" => {
            let decided = |part: &&super::Part| part.is_decided();
            let made = chain.steps[next].parts.iter().find(decided)?;
            let on = made.day.map_or_else(String::new, |on| format!(" on {}", day(on)));
            (
                format!("The paper “{said}” is still open, and “{}” was decided{on}.", made.title),
                "enter what became of it",
            )
        }
        LaterPaper::Settled if commitment.standing == "kept" => (
            format!("The paper “{said}” came, and no decision that follows is recorded."),
            "record the decision, with the one that it follows",
        ),
        _ => return None,
    };
    Some(warning(what, hint, vec![commitment.source.clone()]))
}

/// What is wanting of open commitments: what became of those that are overdue, each; owners and days, together.
fn wanting(open: &[Committed]) -> Vec<Finding> {
    let overdue = open.iter().filter(|one| one.overdue).filter_map(|one| {
        let what = format!("The commitment “{}” was due on {}.", one.statement, day(one.due?));
        Some(warning(what, "enter what became of it, or another day", vec![one.source.clone()]))
    });
    let has_owner = |one: &Committed| one.owner.as_deref().is_some_and(|owner| !owner.trim().is_empty());
    let ownerless: Vec<&Committed> = open.iter().filter(|one| !has_owner(one)).collect();
    let undated: Vec<&Committed> = open.iter().filter(|one| one.due.is_none()).collect();
    let lacking = [
        (ownerless, "no owner", "enter the post that answers for it"),
        (undated, "no day by which to happen", "enter the day: without it nobody is told that it is late"),
    ];
    overdue.chain(lacking.into_iter().filter_map(|(those, what, hint)| together(&those, what, hint))).collect()
}

/// One finding of all commitments that lack the same.
fn together(those: &[&Committed], what: &str, hint: &str) -> Option<Finding> {
    let sources = those.iter().map(|one| one.source.clone()).collect();
    let references: Vec<&str> = those.iter().map(|one| one.reference.as_str()).collect();
    let what = match those {
        [] => return None,
        [one] => format!("The commitment “{}” has {what}.", one.statement),
        several => format!("{} commitments have {what}: {}.", several.len(), listed(&references)),
    };
    Some(warning(what, hint, sources))
}

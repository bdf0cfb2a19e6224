//! What is done of what was agreed: the actions and commitments of each area of joint work.

use penshaw_basis::Date;
use penshaw_register::{Action, Commitment, JointRegister};

use super::input::Input;
use super::outcome::{
    ActionIs, ActionStanding, AreaStanding, CommitmentCounts, CommitmentStanding, Finding, HostingStanding, NextDate,
};
use crate::named::{Named, name_of};

/// Every area with its actions; one that only actions name stands under its reference.
pub(super) fn areas(
    input: &Input,
    commitments: &[CommitmentStanding],
    hosting: &[HostingStanding],
) -> Vec<AreaStanding> {
    let mut areas = input.areas.clone();
    for action in &input.actions {
        if areas.iter().all(|area| area.code != action.area) {
            areas.push(Named::new(&action.area, &action.area));
        }
    }
    areas.iter().map(|area| standing(input, area, commitments, hosting)).collect()
}

fn standing(
    input: &Input,
    area: &Named,
    commitments: &[CommitmentStanding],
    hosting: &[HostingStanding],
) -> AreaStanding {
    let own = input.actions.iter().filter(|action| action.area == area.code);
    let actions: Vec<ActionStanding> = own.map(|action| action_standing(action, input.on)).collect();
    let count = |standing| actions.iter().filter(|action| action.standing == standing).count();
    let own: Vec<&CommitmentStanding> =
        commitments.iter().filter(|commitment| commitment.area.as_deref() == Some(&area.code)).collect();
    let hosting = hosting.iter().filter(|agreement| agreement.area.as_deref() == Some(&area.code));
    AreaStanding {
        reference: area.code.clone(),
        name: area.name.clone(),
        owners: owners(input, &actions),
        done: count(ActionIs::Done),
        open: count(ActionIs::Open),
        overdue: count(ActionIs::Overdue),
        next: next(&actions, &own, input.on),
        commitments: counted(own.iter().copied()),
        hosting: hosting.map(|agreement| agreement.reference.clone()).collect(),
        source: JointRegister::own_source(&area.code),
        actions,
    }
}

fn action_standing(action: &Action, on: Date) -> ActionStanding {
    let standing = match (action.done, action.due) {
        (Some(done), _) if done <= on => ActionIs::Done,
        (_, Some(due)) if due < on => ActionIs::Overdue,
        _ => ActionIs::Open,
    };
    ActionStanding {
        statement: action.statement.clone(),
        authority: action.authority.clone(),
        owner: action.owner.clone(),
        due: action.due,
        done: action.done,
        standing,
        note: action.note.clone(),
        source: JointRegister::own_source(&action.reference),
    }
}

/// Who answers for actions, each once: the post with its authority, or the authority alone.
fn owners(input: &Input, actions: &[ActionStanding]) -> Vec<String> {
    let mut owners: Vec<String> = Vec::new();
    for action in actions {
        let authority = name_of(&input.partners, &action.authority);
        let owner = match &action.owner {
            Some(post) => format!("{post}, {authority}"),
            None => authority.to_owned(),
        };
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    owners
}

fn next(actions: &[ActionStanding], commitments: &[&CommitmentStanding], on: Date) -> Option<NextDate> {
    let actions = actions.iter().filter(|action| action.standing != ActionIs::Done);
    let actions = actions.filter_map(|action| Some((action.due?, &action.statement, &action.source)));
    let commitments = commitments.iter().filter(|commitment| commitment.standing == "open");
    let commitments = commitments.filter_map(|one| Some((one.due?, &one.statement, &one.source)));
    let ahead = actions.chain(commitments).filter(|(day, ..)| *day >= on);
    let (day, what, source) = ahead.min_by_key(|(day, ..)| *day)?;
    Some(NextDate { day, what: what.clone(), source: source.clone() })
}

/// Commitments by what became of them.
pub(super) fn counted<'a>(commitments: impl Iterator<Item = &'a CommitmentStanding>) -> CommitmentCounts {
    let mut counts = CommitmentCounts::default();
    for commitment in commitments {
        let count = match commitment.standing.as_str() {
            "kept" => &mut counts.kept,
            "not kept" => &mut counts.not_kept,
            "withdrawn" => &mut counts.withdrawn,
            _ if commitment.overdue => &mut counts.overdue,
            _ => &mut counts.open,
        };
        *count += 1;
    }
    counts
}

/// Every commitment, in the order of the entries.
pub(super) fn commitments(input: &Input) -> Vec<CommitmentStanding> {
    input.commitments.iter().map(|commitment| commitment_standing(commitment, input.on)).collect()
}

fn commitment_standing(commitment: &Commitment, on: Date) -> CommitmentStanding {
    let open = commitment.standing == "open";
    CommitmentStanding {
        statement: commitment.statement.clone(),
        said_in: said_in(commitment),
        authority: commitment.authority.clone(),
        owner: commitment.owner.clone(),
        area: commitment.area.clone(),
        due: commitment.due,
        standing: commitment.standing.clone(),
        settled: commitment.settled,
        overdue: open && commitment.due.is_some_and(|due| due < on),
        source: JointRegister::own_source(&commitment.reference),
    }
}

fn said_in(commitment: &Commitment) -> Option<String> {
    match (&commitment.document, &commitment.paragraph) {
        (Some(document), Some(paragraph)) => Some(format!("{document}, paragraph {paragraph}")),
        (Some(document), None) => Some(document.clone()),
        (None, paragraph) => paragraph.as_ref().map(|paragraph| format!("paragraph {paragraph}")),
    }
}

/// Actions and commitments without which nobody can say whether they are late or kept.
pub(super) fn findings(areas: &[AreaStanding], commitments: &[CommitmentStanding]) -> Vec<Finding> {
    let actions = areas.iter().flat_map(|area| &area.actions);
    let undated = actions.filter(|action| action.standing == ActionIs::Open && action.due.is_none());
    let undated = undated.map(|action| {
        let what = format!("The action “{}” has no day by which it is to be done.", action.statement);
        Finding::warning(what, "enter the day: without it nobody is told that it is late", vec![action.source.clone()])
    });
    undated.chain(commitments.iter().filter_map(of_commitment)).collect()
}

fn of_commitment(commitment: &CommitmentStanding) -> Option<Finding> {
    let open = commitment.standing == "open";
    let (what, hint) = match (open, commitment.due, commitment.settled) {
        (true, _, Some(_)) => ("has a day on which it was settled, and is still open", "enter what became of it"),
        (true, None, _) => {
            ("has no day by which it is to happen", "enter the day: without it nobody is told that it is late")
        }
        (false, _, None) => ("is settled, and the day is not recorded", "enter the day on which it was settled"),
        _ => return None,
    };
    let what = format!("The commitment “{}” {what}.", commitment.statement);
    Some(Finding::warning(what, hint, vec![commitment.source.clone()]))
}

//! Whether a scheme may decide as it says: its votes, its majority, its chair, its members.

use penshaw_basis::Source;
use penshaw_register::JointRegister;

use super::board::Board;
use super::law::{Law, Vehicle};
use super::{Finding, Input};
use crate::named::sentence_list;

/// What the law refuses or doubts.
pub(super) fn findings(board: &Board, input: &Input, law: &Law) -> Vec<Finding> {
    let Some(vehicle) = board.vehicle else {
        return vec![unknown(board)];
    };
    let parameter = &law.vehicles.sources;
    let mut findings = Vec::new();
    findings.extend(weighted_votes(board, vehicle, parameter));
    findings.extend(majority(board, vehicle, parameter));
    findings.extend(no_casting_vote(board, vehicle, parameter));
    findings.extend(strangers_in_a_committee(board, vehicle, parameter));
    findings.extend(no_lead(board, vehicle, parameter));
    findings.extend(not_of_the_executive(board, input, law));
    findings
}

fn unknown(board: &Board) -> Finding {
    let what = format!("What the law says of \"{}\" as a vehicle is not known here.", board.scheme.vehicle);
    Finding::error(what, "choose a joint committee, a lead authority, a company or a contract", &[board.source()])
}

/// "A joint committee", or for a lead authority the body that the law is about.
fn body(board: &Board) -> &'static str {
    match board.scheme.vehicle.as_str() {
        "lead authority" => "a committee of the lead authority's councillors",
        _ => "a joint committee",
    }
}

/// What else to do where the seats are not those of a committee of councillors.
fn or_a_board(board: &Board) -> &'static str {
    match board.scheme.vehicle.as_str() {
        "lead authority" => ". If the seats are those of a board that only advises, or of officers, record a contract",
        _ => "",
    }
}

// LGA 1972 Sch 12 paras 39(1) and 44; Friends of Hethel.
fn weighted_votes(board: &Board, vehicle: &Vehicle, parameter: &[Source]) -> Option<Finding> {
    let weighted = board.entries.iter().filter(|entry| entry.votes.is_some_and(|votes| votes != 1));
    let weighted: Vec<_> = weighted.collect();
    if vehicle.may_weigh_votes || weighted.is_empty() {
        return None;
    }
    let named = board.blocs.iter().filter(|bloc| weighted.iter().any(|entry| entry.authority == bloc.code));
    let names: Vec<&str> = named.map(|bloc| bloc.name.as_str()).collect();
    let what = format!(
        "In {} each member has one vote: the seats of {} cannot cast another number.",
        body(board),
        sentence_list(&names)
    );
    let hint = format!(
        "give an authority more seats, keep matters back for each authority, or choose a company or a contract{}",
        or_a_board(board)
    );
    let sources: Vec<Source> = weighted.iter().map(|entry| JointRegister::own_source(&entry.reference)).collect();
    Some(Finding::error(what, hint, &sources).by(&vehicle.law_of_votes, parameter))
}

fn majority(board: &Board, vehicle: &Vehicle, parameter: &[Source]) -> Option<Finding> {
    let majority = board.scheme.majority?;
    let percent = penshaw_documents::Value::Percent(majority);
    let source = [board.source()];
    if !(0.0..=1.0).contains(&majority) {
        let what = format!("A majority of {percent} of the votes is no part of them.");
        return Some(Finding::error(what, "enter the part of the votes, from 0 to 1", &source));
    }
    if majority <= 0.5 {
        let what = format!("A majority of {percent} is not more than half, so that two opposites could be carried.");
        let hint = "leave the majority out where more than half is enough: it is worked out so";
        return Some(Finding::warning(what, hint, &source));
    }
    if vehicle.may_set_majority {
        return None;
    }
    let what = format!(
        "In {} more than half of the members present and voting decides: a majority of {percent} cannot be set.",
        body(board)
    );
    let hint = format!(
        "leave the majority out; what should need every authority, keep back as a reserved matter{}",
        or_a_board(board)
    );
    Some(Finding::error(what, hint, &source).by(&vehicle.law_of_votes, parameter))
}

// LGA 1972 Sch 12 para 39(2): the second vote is given by the same words as the simple majority, which standing
// orders could not change in Friends of Hethel; so to deny it is refused, not doubted.
fn no_casting_vote(board: &Board, vehicle: &Vehicle, parameter: &[Source]) -> Option<Finding> {
    if !vehicle.chair_votes_twice_by_law() || board.scheme.casting_vote != Some(false) {
        return None;
    }
    let what = format!(
        "In {} the person presiding has a second or casting vote by law: a scheme cannot take it away.",
        body(board)
    );
    let hint = format!(
        "leave the field empty; the partners may agree that chairs refrain from using it, or keep \
         matters back{}",
        or_a_board(board)
    );
    Some(Finding::error(what, hint, &[board.source()]).by(&vehicle.law_of_votes, parameter))
}

// LGHA 1989 s.13: members of another council in one council's own committee do not vote.
fn strangers_in_a_committee(board: &Board, vehicle: &Vehicle, parameter: &[Source]) -> Option<Finding> {
    let lead = board.scheme.lead.as_deref();
    let others = board.blocs.iter().filter(|bloc| Some(bloc.code.as_str()) != lead);
    let others: Vec<&str> = others.map(|bloc| bloc.name.as_str()).collect();
    if vehicle.only_own_members_vote.is_empty() || others.is_empty() {
        return None;
    }
    let what = format!(
        "In a committee that the lead authority alone appoints, councillors of {} may have no vote.",
        sentence_list(&others)
    );
    let hint = "ask the monitoring officers; a joint committee gives each authority's members a vote";
    Some(Finding::warning(what, hint, &board.sources()).by(&vehicle.only_own_members_vote, parameter))
}

fn no_lead(board: &Board, vehicle: &Vehicle, parameter: &[Source]) -> Option<Finding> {
    let source = [board.source()];
    if board.scheme.lead.is_some() {
        return None;
    }
    let finding = match board.scheme.vehicle.as_str() {
        "lead authority" => Finding::warning("No authority is named as the lead.", "enter the lead authority", &source),
        _ if vehicle.legal_person => return None,
        other => Finding::warning(
            format!("A {other} is no legal person, and no authority is named to hold contracts, staff and assets."),
            "enter the lead authority that holds them for all",
            &source,
        ),
    };
    Some(finding.by(&vehicle.law_of_person, parameter))
}

fn not_of_the_executive(board: &Board, input: &Input, law: &Law) -> Option<Finding> {
    let (below, count) = (law.executive_below.value?, board.blocs.len());
    if board.scheme.vehicle != "joint committee" || count >= below {
        return None;
    }
    let outside: Vec<_> = board.entries.iter().filter(|entry| entry.executive != Some(true)).collect();
    if outside.is_empty() {
        return None;
    }
    let names: Vec<&str> = outside.iter().map(|entry| input.name_of(&entry.authority)).collect();
    let what = format!(
        "With fewer than {below} authorities, members of a joint committee for executive functions must be of their \
         executives; that is not recorded for {}.",
        sentence_list(&names)
    );
    let hint = "appoint members of each executive, or have the monitoring officers confirm that it need not be so";
    let sources: Vec<Source> = outside.iter().map(|entry| JointRegister::own_source(&entry.reference)).collect();
    Some(Finding::warning(what, hint, &sources).by(&[], &law.executive_below.sources))
}

//! Whether the seats, the quorum and the contributions of a scheme fit together.

use penshaw_basis::Source;
use penshaw_documents::Value;
use penshaw_register::JointRegister;

use super::board::{Bloc, Board};
use super::law::{Law, LeastQuorum};
use super::{Finding, Input};
use crate::named::sentence_list;

/// The most by which contributions may miss the whole: they are written with three decimals.
const ROUNDING: f64 = 0.001_5;

/// What does not fit together.
pub(super) fn findings(board: &Board, input: &Input, law: &Law) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(nobody(board));
    findings.extend(strangers(board, input));
    findings.extend(twice(board, input));
    findings.extend(seatless(board, input));
    findings.extend(one_decides_alone(board));
    findings.extend(quorum(board, law));
    findings.extend(contributions(board));
    findings
}

fn nobody(board: &Board) -> Option<Finding> {
    if !board.blocs.is_empty() {
        return None;
    }
    let hint = "add each authority's seats to the sheet Scheme members";
    let source = [board.source()];
    Some(match board.scheme.vehicle.as_str() {
        "lead authority" | "contract" => {
            Finding::warning("No seats are recorded, so that the lead or the contract decides alone.", hint, &source)
        }
        _ => Finding::error("Nobody sits in it: no authority's seats are recorded.", hint, &source),
    })
}

/// Codes that no partner has, in seats or as the lead.
fn strangers(board: &Board, input: &Input) -> Vec<Finding> {
    let unknown = |code: &str| input.partner(code).is_none();
    let hint = "correct the code, or add the authority to the partnership";
    let seated = board.blocs.iter().filter(|bloc| unknown(&bloc.code));
    let seated = seated.map(|bloc| Finding::error(format!("{} is no partner.", bloc.code), hint, &bloc.sources));
    let lead = board.scheme.lead.iter().filter(|code| unknown(code));
    let lead = lead.map(|code| Finding::error(format!("The lead, {code}, is no partner."), hint, &[board.source()]));
    seated.chain(lead).collect()
}

fn twice(board: &Board, input: &Input) -> Vec<Finding> {
    let more = board.blocs.iter().filter(|bloc| bloc.sources.len() > 1);
    more.map(|bloc| {
        let what = format!("{} is listed {} times.", input.name_of(&bloc.code), bloc.sources.len());
        Finding::error(what, "keep one entry with all its seats", &bloc.sources)
    })
    .collect()
}

fn seatless(board: &Board, input: &Input) -> Option<Finding> {
    let seated = |code: &str| board.blocs.iter().any(|bloc| bloc.code == code && bloc.seats > 0);
    let without = input.authorities.iter().filter(|partner| !seated(&partner.code));
    let names: Vec<&str> = without.map(|partner| partner.known_as()).collect();
    if board.blocs.is_empty() || names.is_empty() {
        return None;
    }
    let have = if names.len() == 1 { "has" } else { "have" };
    let what = format!("{} {have} no seat.", sentence_list(&names));
    Some(Finding::warning(what, "add its seats, or say why it takes no part", &[board.source()]))
}

fn one_decides_alone(board: &Board) -> Option<Finding> {
    if !board.vehicle.is_some_and(|vehicle| vehicle.councillors) || board.blocs.len() < 2 {
        return None;
    }
    let half_and_chair =
        |bloc: &Bloc| board.chair_can_decide() && board.always_in_the_chair(bloc) && bloc.votes == board.votes() / 2;
    let largest = board.blocs.iter().find(|bloc| bloc.votes >= board.quota() || half_and_chair(bloc))?;
    let chair = if half_and_chair(largest) { ", is always in the chair" } else { "" };
    let what = format!(
        "{} has {} of the {} votes{chair} and decides alone: the others' votes change nothing.",
        largest.name,
        largest.votes,
        board.votes()
    );
    let hint = "give no authority more than half of the seats, or keep back what the others must agree to";
    Some(Finding::warning(what, hint, &largest.sources))
}

fn quorum(board: &Board, law: &Law) -> Vec<Finding> {
    let Some(quorum) = board.scheme.quorum else {
        return Vec::new();
    };
    let seats = board.seats();
    let source = [board.source()];
    if seats > 0 && quorum > seats {
        let what = format!("The quorum is {quorum} and there are {seats} seats: no meeting could decide.");
        return vec![Finding::error(what, "lower the quorum, or record the seats that are missing", &source)];
    }
    let councillors = board.vehicle.is_some_and(|vehicle| vehicle.councillors);
    let low = law.quorum.value.filter(|_| councillors).and_then(|least| low_quorum(quorum, seats, least));
    let low = low.map(|finding| Finding { sources: [&source[..], &law.quorum.sources].concat(), ..finding });
    low.into_iter().chain(one_is_enough(board, quorum)).collect()
}

fn low_quorum(quorum: u64, seats: u64, least: LeastQuorum) -> Option<Finding> {
    let quarter = (least.least_share * seats as f64).ceil() as u64;
    let usual = quarter.max(least.least_members).min(seats);
    (quorum < usual).then(|| {
        let what = format!("A quorum of {quorum} is low for {seats} seats: {usual} would be usual.");
        Finding::warning(what, "raise it, or say why so few may decide", &[])
    })
}

/// One authority's members alone are a quorum, though nobody else need come.
fn one_is_enough(board: &Board, quorum: u64) -> Option<Finding> {
    let enough = |bloc: &&Bloc| bloc.seats >= quorum;
    let alone = board.blocs.iter().find(enough).filter(|_| board.blocs.len() > 1)?;
    if board.scheme.quorum_each == Some(true) {
        return None;
    }
    let what = format!("The members of {} alone make a quorum.", alone.name);
    let hint = "require a member of every authority, or raise the quorum above any one authority's seats";
    let sources: Vec<Source> = [vec![board.source()], alone.sources.clone()].concat();
    Some(Finding::warning(what, hint, &sources))
}

fn contributions(board: &Board) -> Option<Finding> {
    let parts: Vec<f64> = board.blocs.iter().filter_map(|bloc| bloc.contribution).collect();
    if parts.is_empty() {
        return None;
    }
    let sources: Vec<Source> = board.entries.iter().map(|entry| JointRegister::own_source(&entry.reference)).collect();
    let sum: f64 = parts.iter().sum();
    let silent = board.blocs.iter().filter(|bloc| bloc.contribution.is_none());
    let silent: Vec<&str> = silent.map(|bloc| bloc.name.as_str()).collect();
    if !silent.is_empty() {
        let what = format!("What {} would pay is not recorded.", sentence_list(&silent));
        return Some(Finding::warning(what, "enter the part of the cost that each pays; see cost-shares", &sources));
    }
    ((sum - 1.0).abs() > ROUNDING).then(|| {
        let what = format!("The contributions come to {} of the cost.", Value::Percent(sum));
        Finding::error(what, "correct them so that they come to 1", &sources)
    })
}

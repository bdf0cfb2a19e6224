//! What each scheme makes of the recorded divisions, past or imagined.

use std::cmp::Reverse;

use penshaw_basis::Source;
use penshaw_register::{Division, JointRegister, ReservedMatter};

use super::board::{Bloc, Board};
use super::reserved::alike;
use super::{DividedAs, Input, UnderChair, Way, told};

/// Every recorded division, decided by the scheme.
pub(super) fn tried(board: &Board, input: &Input) -> Vec<DividedAs> {
    if board.blocs.is_empty() {
        return Vec::new();
    }
    input.divisions.iter().map(|division| divided(board, input, division)).collect()
}

fn divided(board: &Board, input: &Input, division: &Division) -> DividedAs {
    let sides = Sides::of(board, division);
    let kept = kept_back(board, input, division);
    let way = match kept {
        Some(_) => Way::Reserved,
        None if !sides.quorate(board) => Way::NoQuorum,
        None => board.way(votes(&sides.in_favour), votes(&sides.against)),
    };
    let not_in_favour = [&sides.against[..], &sides.abstaining, &sides.away].concat();
    let mut sources = [vec![JointRegister::own_source(&division.reference)], board.sources()].concat();
    sources.extend(kept.map(|kept| JointRegister::own_source(&kept.reference)));
    DividedAs {
        division: division.reference.clone(),
        matter: division.matter.clone(),
        amount: division.amount,
        standing: division.standing.clone(),
        way,
        in_favour: votes(&sides.in_favour),
        against: votes(&sides.against),
        abstaining: names(&sides.abstaining),
        away: names(&sides.away),
        chairs: if way == Way::ByTheChair { under_each_chair(board, &sides, division) } else { Vec::new() },
        kept_as: kept.map(|kept| told::matter(&kept.matter, kept.above)),
        kept_by: kept.map(|kept| kept.kept_by.clone()),
        stopped_by: kept.map(|_| names(&not_in_favour)).unwrap_or_default(),
        sources: each_once(sources),
    }
}

/// The blocs by the side that they take. Who abstains is there, and so is whoever has the chair; all others are away.
struct Sides<'a> {
    in_favour: Vec<&'a Bloc>,
    against: Vec<&'a Bloc>,
    abstaining: Vec<&'a Bloc>,
    away: Vec<&'a Bloc>,
}

impl<'a> Sides<'a> {
    fn of(board: &'a Board, division: &Division) -> Self {
        let mut sides = Sides { in_favour: Vec::new(), against: Vec::new(), abstaining: Vec::new(), away: Vec::new() };
        for bloc in &board.blocs {
            let named = |list: &[String]| list.contains(&bloc.code);
            let presides = division.chaired_by.as_ref() == Some(&bloc.code);
            let side = if named(&division.in_favour) {
                &mut sides.in_favour
            } else if named(&division.against) {
                &mut sides.against
            } else if named(&division.abstaining) || presides {
                &mut sides.abstaining
            } else {
                &mut sides.away
            };
            side.push(bloc);
        }
        sides
    }

    /// Whether those who are there are a quorum, and, where each authority must be there, each is.
    fn quorate(&self, board: &Board) -> bool {
        let there = self.in_favour.iter().chain(&self.against).chain(&self.abstaining);
        let members = there.fold(0, |sum: u64, bloc| sum.saturating_add(bloc.seats));
        let each = board.scheme.quorum_each != Some(true) || self.away.is_empty();
        members > 0 && members >= board.scheme.quorum.unwrap_or(0) && each
    }
}

fn votes(side: &[&Bloc]) -> u64 {
    side.iter().fold(0, |sum: u64, bloc| sum.saturating_add(bloc.votes))
}

/// The reserved matter of this scheme that a division is about: the one that it names, by reference or in the same
/// words, else the one with the highest amount that its own amount reaches. One with an amount holds from there on.
fn kept_back<'a>(board: &Board, input: &'a Input, division: &Division) -> Option<&'a ReservedMatter> {
    let own = || input.reserved.iter().filter(|kept| kept.scheme == board.scheme.reference);
    let named = division.reserved.as_ref();
    let named = named.and_then(|reference| input.reserved.iter().find(|kept| kept.reference == *reference));
    let same = |kept: &&ReservedMatter| {
        named.is_some_and(|named| kept.reference == named.reference || alike(&kept.matter, &named.matter))
    };
    let reaches = |kept: &ReservedMatter| Some(division.amount? >= kept.above?);
    let by_name = own().filter(|kept| reaches(kept) != Some(false)).find(same);
    let by_amount = own().filter(|kept| reaches(kept) == Some(true)).min_by_key(|kept| Reverse(kept.above));
    by_name.or(by_amount)
}

/// What becomes of equal votes under whoever had the chair, else under each who may have it and is there.
fn under_each_chair(board: &Board, sides: &Sides, division: &Division) -> Vec<UnderChair> {
    let is_in = |side: &[&Bloc], bloc: &Bloc| side.iter().any(|other| other.code == bloc.code);
    let under = |bloc: &Bloc| UnderChair {
        authority: bloc.name.clone(),
        carried: match (is_in(&sides.in_favour, bloc), is_in(&sides.against, bloc)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
    };
    let there = |bloc: &&Bloc| !is_in(&sides.away, bloc);
    let had_it = |bloc: &&Bloc| division.chaired_by.as_ref() == Some(&bloc.code);
    let mut chairs: Vec<&Bloc> = board.chairs().into_iter().filter(there).collect();
    if chairs.is_empty() {
        chairs = board.blocs.iter().filter(there).collect();
    }
    match chairs.iter().find(|bloc| had_it(bloc)) {
        Some(chair) => vec![under(chair)],
        None => chairs.into_iter().map(under).collect(),
    }
}

fn names(blocs: &[&Bloc]) -> Vec<String> {
    blocs.iter().map(|bloc| bloc.name.clone()).collect()
}

fn each_once(sources: Vec<Source>) -> Vec<Source> {
    let mut once: Vec<Source> = Vec::new();
    for source in sources {
        if !once.contains(&source) {
            once.push(source);
        }
    }
    once
}

//! What each scheme makes of the recorded divisions, past or imagined.

use penshaw_basis::Source;
use penshaw_register::{Division, JointRegister, ReservedMatter};

use super::board::{Bloc, Board};
use super::reserved::alike;
use super::{DividedAs, Input, UnderChair, Way};

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
        None => board.way(sides.votes(&sides.in_favour), sides.votes(&sides.against)),
    };
    let mut sources = [vec![JointRegister::own_source(&division.reference)], board.sources()].concat();
    sources.extend(kept.map(|kept| JointRegister::own_source(&kept.reference)));
    DividedAs {
        division: division.reference.clone(),
        matter: division.matter.clone(),
        standing: division.standing.clone(),
        way,
        in_favour: sides.votes(&sides.in_favour),
        against: sides.votes(&sides.against),
        abstaining: names(&sides.abstaining),
        chairs: if way == Way::ByTheChair { under_each_chair(board, &sides) } else { Vec::new() },
        stopped_by: kept.map(|_| names(&[&sides.against[..], &sides.abstaining[..]].concat())).unwrap_or_default(),
        kept_by: kept.map(|kept| kept.kept_by.clone()),
        sources: each_once(sources),
    }
}

/// The blocs by the side that they take; those on neither list abstain.
struct Sides<'a> {
    in_favour: Vec<&'a Bloc>,
    against: Vec<&'a Bloc>,
    abstaining: Vec<&'a Bloc>,
}

impl<'a> Sides<'a> {
    fn of(board: &'a Board, division: &Division) -> Self {
        let named = |list: &[String], bloc: &Bloc| list.contains(&bloc.code);
        let (in_favour, others): (Vec<&Bloc>, Vec<&Bloc>) =
            board.blocs.iter().partition(|bloc| named(&division.in_favour, bloc));
        let (against, abstaining) = others.into_iter().partition(|bloc| named(&division.against, bloc));
        Sides { in_favour, against, abstaining }
    }

    fn votes(&self, side: &[&Bloc]) -> u64 {
        side.iter().fold(0, |sum: u64, bloc| sum.saturating_add(bloc.votes))
    }

    /// Whether those who vote are a quorum. Those who abstain are taken to be absent.
    fn quorate(&self, board: &Board) -> bool {
        let voting = self.in_favour.iter().chain(&self.against);
        let members = voting.fold(0, |sum: u64, bloc| sum.saturating_add(bloc.seats));
        let each = board.scheme.quorum_each != Some(true) || self.abstaining.is_empty();
        members > 0 && members >= board.scheme.quorum.unwrap_or(0) && each
    }
}

/// The reserved matter of this scheme that a division is about: by reference, or in the same words.
fn kept_back<'a>(board: &Board, input: &'a Input, division: &Division) -> Option<&'a ReservedMatter> {
    let reference = division.reserved.as_deref()?;
    let named = input.reserved.iter().find(|kept| kept.reference == reference)?;
    let own = |kept: &&ReservedMatter| kept.scheme == board.scheme.reference;
    let same = |kept: &&ReservedMatter| kept.reference == reference || alike(&kept.matter, &named.matter);
    input.reserved.iter().filter(own).find(same)
}

fn under_each_chair(board: &Board, sides: &Sides) -> Vec<UnderChair> {
    let is_in = |side: &[&Bloc], bloc: &Bloc| side.iter().any(|other| other.code == bloc.code);
    let under = |bloc: &&Bloc| UnderChair {
        authority: bloc.name.clone(),
        carried: match (is_in(&sides.in_favour, bloc), is_in(&sides.against, bloc)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
    };
    board.chairs().iter().map(under).collect()
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

//! The board of a scheme: who sits in it with how many votes, and what a vote comes to.

use penshaw_basis::Source;
use penshaw_register::{JointRegister, Scheme, SchemeMember};

use super::law::{Law, Vehicle};
use super::power::{MOST, in_favour};
use super::{Input, Way};

/// A scheme with those who sit in it, each authority as one bloc.
pub(super) struct Board<'a> {
    pub(super) scheme: &'a Scheme,
    /// The law of its vehicle; nothing where the parameter does not know it.
    pub(super) vehicle: Option<&'a Vehicle>,
    pub(super) entries: Vec<&'a SchemeMember>,
    pub(super) blocs: Vec<Bloc>,
}

/// All members of one authority, taken to vote alike.
#[derive(Clone, Debug)]
pub(super) struct Bloc {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) seats: u64,
    pub(super) votes: u64,
    pub(super) contribution: Option<f64>,
    pub(super) sources: Vec<Source>,
}

impl<'a> Board<'a> {
    pub(super) fn of(scheme: &'a Scheme, input: &'a Input, law: &'a Law) -> Self {
        let entries: Vec<&SchemeMember> =
            input.members.iter().filter(|member| member.scheme == scheme.reference).collect();
        let mut blocs: Vec<Bloc> = Vec::new();
        for entry in &entries {
            match blocs.iter_mut().find(|bloc| bloc.code == entry.authority) {
                Some(bloc) => bloc.add(entry),
                None => blocs.push(Bloc::of(entry, input)),
            }
        }
        Board { scheme, vehicle: law.of(&scheme.vehicle), entries, blocs }
    }

    /// The scheme's entry.
    pub(super) fn source(&self) -> Source {
        JointRegister::own_source(&self.scheme.reference)
    }

    /// The entries of the scheme and of its members.
    pub(super) fn sources(&self) -> Vec<Source> {
        [vec![self.source()], self.blocs.iter().flat_map(|bloc| bloc.sources.clone()).collect()].concat()
    }

    pub(super) fn seats(&self) -> u64 {
        self.blocs.iter().fold(0, |sum: u64, bloc| sum.saturating_add(bloc.seats))
    }

    pub(super) fn votes(&self) -> u64 {
        self.blocs.iter().fold(0, |sum: u64, bloc| sum.saturating_add(bloc.votes))
    }

    /// The part of all votes that a decision needs, where it is more than a simple majority.
    pub(super) fn threshold(&self) -> Option<f64> {
        self.scheme.majority.filter(|majority| *majority > 0.5)
    }

    /// The votes that carry a question when all vote.
    ///
    /// More than half of them, `⌊V / 2⌋ + 1`; under a recorded majority `m`, `⌈m × V⌉` if that is more.
    pub(super) fn quota(&self) -> u64 {
        /// What a product of proportions may be out by and still be the whole number that was meant.
        const ROUNDING: f64 = 1e-9;
        let votes = self.votes();
        let simple = votes / 2 + 1;
        let set = self.threshold().map(|majority| (majority * votes as f64 - ROUNDING).ceil() as u64);
        set.map_or(simple, |set| set.max(simple))
    }

    /// Whether the person presiding has a second vote: by law, unless the scheme denies it, or as agreed.
    pub(super) fn casting_vote(&self) -> bool {
        let by_law = self.vehicle.is_some_and(Vehicle::chair_votes_twice_by_law);
        self.scheme.casting_vote.unwrap_or(by_law)
    }

    /// What these votes come to.
    ///
    /// By simple majority the votes cast decide, and equal votes are left to the chair. Under a higher majority a
    /// question is lost if more are against it; short of the majority with at least as many in favour, it is stuck.
    pub(super) fn way(&self, in_favour: u64, against: u64) -> Way {
        match self.threshold() {
            Some(_) if in_favour >= self.quota() => Way::Carried,
            Some(_) if against > in_favour => Way::Lost,
            Some(_) => Way::Deadlocked,
            None if in_favour > against => Way::Carried,
            None if against > in_favour => Way::Lost,
            None if self.casting_vote() => Way::ByTheChair,
            None => Way::Deadlocked,
        }
    }

    /// Whether a member of one authority is always in the chair, so that its second vote is part of its votes.
    pub(super) fn always_in_the_chair(&self, bloc: &Bloc) -> bool {
        self.scheme.chair.as_deref() == Some("lead authority") && self.scheme.lead.as_deref() == Some(&bloc.code)
    }

    /// Whether some pattern of votes is equal, so that the chair decides.
    pub(super) fn chair_can_decide(&self) -> bool {
        let votes: Vec<u64> = self.blocs.iter().map(|bloc| bloc.votes).collect();
        let all = self.votes();
        let possible = self.threshold().is_none() && self.casting_vote() && all.is_multiple_of(2);
        possible && votes.len() <= MOST && (0..1 << votes.len()).any(|pattern| in_favour(pattern, &votes) == all / 2)
    }

    /// Who may be in the chair: the lead where it always is, else any authority that sits.
    pub(super) fn chairs(&self) -> Vec<&Bloc> {
        let lead = match self.scheme.chair.as_deref() {
            Some("lead authority") => self.scheme.lead.as_deref(),
            _ => None,
        };
        self.blocs.iter().filter(|bloc| lead.is_none_or(|lead| lead == bloc.code)).collect()
    }
}

impl Bloc {
    fn of(entry: &SchemeMember, input: &Input) -> Self {
        let mut bloc = Bloc {
            code: entry.authority.clone(),
            name: input.name_of(&entry.authority).to_owned(),
            seats: 0,
            votes: 0,
            contribution: None,
            sources: Vec::new(),
        };
        bloc.add(entry);
        bloc
    }

    fn add(&mut self, entry: &SchemeMember) {
        let seats = entry.seats.unwrap_or(0);
        self.seats = self.seats.saturating_add(seats);
        self.votes = self.votes.saturating_add(seats.saturating_mul(entry.votes.unwrap_or(1)));
        if let Some(part) = entry.contribution {
            self.contribution = Some(self.contribution.unwrap_or(0.0) + part);
        }
        self.sources.push(JointRegister::own_source(&entry.reference));
    }
}

//! What the clock answers: each decision with its days, what stops it and where it stands; and each proposal.

use std::fmt;

use penshaw_basis::{Date, Source};
use serde::{Deserialize, Serialize};

use super::rules::Whose;
use crate::{Finding, Named};

/// When each decision may be made, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day of the answer.
    pub on: Date,
    /// The decisions, in the order of the register.
    pub decisions: Vec<DecisionStanding>,
    /// What several authorities decide together.
    pub proposals: Vec<ProposalStanding>,
    /// What is wrong with the records as a whole.
    pub findings: Vec<Finding>,
}

/// How one decision stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionStanding {
    /// The authority.
    pub authority: Named,
    /// Its reference of the decision.
    pub reference: String,
    /// The title.
    pub title: String,
    /// What the authorities decide together, where it is part of such.
    pub proposal: Option<String>,
    /// The earlier decision that it follows.
    pub follows: Option<String>,
    /// Who decides.
    pub decision_maker: Option<String>,
    /// Whether it is a key decision.
    pub key: Option<bool>,
    /// On which route it is made.
    pub route: String,
    /// The law by which the public sees the meetings and papers of whoever decides.
    pub law: AccessLaw,
    /// Whose rules were used; nothing where they could not be read.
    pub rules: Option<Whose>,
    /// Whether the days of call-in are the common reading, not the authority's own constitution.
    pub call_in_is_illustrative: bool,
    /// The day of the meeting that decides.
    pub meeting: Option<Date>,
    /// What is to be done by when.
    pub steps: Vec<Step>,
    /// The first day on which the notices that are out let it be decided.
    pub earliest: Option<Date>,
    /// The same by the reading that nobody could fault.
    pub earliest_cautious: Option<Date>,
    /// What stops it, with the lawful ways to open the stop.
    pub stops: Vec<Stop>,
    /// Where it stands.
    pub state: State,
    /// The day on which it was decided.
    pub decided_on: Option<Date>,
    /// What became of it: agreed, amended, deferred, rejected or withdrawn.
    pub outcome: Option<String>,
    /// What was resolved.
    pub resolution: Option<String>,
    /// The digest of what was resolved.
    pub resolution_digest: Option<String>,
    /// The day on which the statement of the decision was published.
    pub published: Option<Date>,
    /// The last day of call-in.
    pub call_in_ends: Option<Date>,
    /// The day on which it takes or took effect, as things stand.
    pub effective: Option<Date>,
    /// What is wanting.
    pub findings: Vec<Finding>,
    /// The entry.
    pub source: Source,
}

/// The law by which the public sees the meetings and papers of whoever decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessLaw {
    /// SI 2012/2089: key decisions, private meetings and statements.
    ExecutiveArrangements,
    /// Part VA of the Local Government Act 1972: a joint committee of which not all members are of an executive.
    PartVa,
}

impl AccessLaw {
    /// The law for what kind of decision maker it is, as a decision records it.
    pub fn of(taken_by: Option<&str>) -> AccessLaw {
        match taken_by {
            Some("joint committee not all of the executive") => AccessLaw::PartVa,
            _ => AccessLaw::ExecutiveArrangements,
        }
    }
}

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Something that must come before the meeting is not there yet, and there is time for it.
    InPreparation,
    /// It cannot lawfully be made as things stand.
    Stopped,
    /// All that must come before it is there, and its day has not come.
    ReadyForItsDay,
    /// It may be made.
    MayBeDecided,
    /// It was made, and its statement is not published.
    Decided,
    /// It may still be called in.
    OpenToCallIn,
    /// It was called in and must not be carried out.
    CalledIn,
    /// It was referred back and waits to be considered again.
    ToBeConsideredAgain,
    /// It is in force.
    InForce,
    /// It was put off.
    Deferred,
    /// It was rejected.
    Rejected,
    /// It was rescinded after a call-in.
    Rescinded,
    /// It was withdrawn.
    Withdrawn,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::InPreparation => "in preparation",
            State::Stopped => "stopped",
            State::ReadyForItsDay => "ready for its day",
            State::MayBeDecided => "may be decided",
            State::Decided => "decided, not published",
            State::OpenToCallIn => "open to call-in",
            State::CalledIn => "called in",
            State::ToBeConsideredAgain => "to be considered again",
            State::InForce => "in force",
            State::Deferred => "deferred",
            State::Rejected => "rejected",
            State::Rescinded => "rescinded",
            State::Withdrawn => "withdrawn",
        })
    }
}

/// Something that is to be done by a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What is to be done.
    pub what: String,
    /// The last day.
    pub by: Date,
    /// The last day by the reading that nobody could fault, where there are two.
    pub cautious: Option<Date>,
    /// The day on which it was done.
    pub done: Option<Date>,
    /// How it stands.
    pub standing: StepStanding,
    /// The rule.
    pub rule: String,
}

impl Step {
    /// Whether it was done late, or not done and its day has passed.
    pub fn is_late(&self) -> bool {
        matches!(self.standing, StepStanding::Late | StepStanding::Missed)
    }
}

/// How something stands that is to be done by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepStanding {
    /// Done in time.
    Kept,
    /// Done in time by one reading, late by the other.
    KeptByOneReading,
    /// Done late.
    Late,
    /// Not done, and there is time.
    Due,
    /// Not done, and the day has passed.
    Missed,
}

impl fmt::Display for StepStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StepStanding::Kept => "in time",
            StepStanding::KeptByOneReading => "in time by one reading",
            StepStanding::Late => "late",
            StepStanding::Due => "to be done",
            StepStanding::Missed => "missed",
        })
    }
}

/// What stops a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// What is the case.
    pub what: String,
    /// The rule.
    pub rule: String,
    /// Each lawful way to open it.
    pub opened_by: Vec<String>,
}

/// What several authorities decide together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalStanding {
    /// The proposal.
    pub proposal: String,
    /// Whether each of them agreed to the same resolution and it is past call-in in each.
    pub concluded: bool,
    /// The day on which it takes effect: the latest of theirs.
    pub effective: Option<Date>,
    /// Each authority's part, in the order of the partners.
    pub parts: Vec<Part>,
    /// Why it is not concluded.
    pub differences: Vec<String>,
}

/// One authority's part in a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The authority.
    pub authority: Named,
    /// Its reference of the decision; nothing where it has no record of the proposal.
    pub decision: Option<String>,
    /// Whether it is a key decision by its constitution.
    pub key: Option<bool>,
    /// Where it stands.
    pub state: Option<State>,
    /// What was resolved.
    pub resolution: Option<String>,
    /// The digest of it.
    pub digest: Option<String>,
    /// The day on which it takes effect.
    pub effective: Option<Date>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

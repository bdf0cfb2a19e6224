//! When may we decide: notices, papers, exceptions, call-in, effect, for each authority and for all of them together.
#![doc = include_str!("method.md")]

mod after;
mod alerts;
mod before;
mod clock;
mod constitution;
mod key;
mod notices;
mod outcome;
mod part_va;
mod present;
mod private;
mod rules;
mod standing;
#[cfg(test)]
mod tests;
mod together;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{CallIn, Decision, JointRegister, Meeting, Notice};
use serde::{Deserialize, Serialize};

pub use alerts::alerts;
pub use clock::{AfterDecision, AfterNotice, BeforeMeeting, LastDay};
pub use constitution::{CalendarRules, CallInRules, Constitution, KeyThresholds, NoticeRules};
pub use notices::{missing_in_notice, missing_in_statement};
pub use outcome::*;
pub use rules::{KeptOpen, NoRules, PartVa, RuleBook, Rules, Whose};
pub use together::resolution_digest;

use crate::named::{self, Named};
use crate::owned::{Owned, owned};
use crate::{Analysis, Finding, Missing, Need};

/// When may we decide?
pub struct Decisions;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked.
    pub on: Date,
    /// The partners.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// Their meetings.
    #[serde(default)]
    pub meetings: Vec<Owned<Meeting>>,
    /// What they decide.
    #[serde(default)]
    pub decisions: Vec<Owned<Decision>>,
    /// The notices that they published.
    #[serde(default)]
    pub notices: Vec<Owned<Notice>>,
    /// What was called in.
    #[serde(default)]
    pub call_ins: Vec<Owned<CallIn>>,
}

impl Input {
    /// What is shared of decisions, whether or not there is any.
    pub fn of(joint: &JointRegister, on: Date) -> Input {
        Input {
            on,
            partners: named::partners(joint),
            meetings: owned(joint),
            decisions: owned(joint),
            notices: owned(joint),
            call_ins: owned(joint),
        }
    }
}

impl Input {
    /// The last day on which something is recorded as done: the records cannot be older than that.
    fn last_done(&self) -> Option<Date> {
        let meetings = self.meetings.iter().flat_map(|one| [one.entry.notice_published, one.entry.agenda_published]);
        let decisions = self.decisions.iter().flat_map(|one| [one.entry.decided_on, one.entry.statement_published]);
        let notices = self.notices.iter().map(|one| one.entry.published);
        let call_ins = self
            .call_ins
            .iter()
            .flat_map(|one| [one.entry.requested_on, one.entry.heard_on, one.entry.reconsidered_on]);
        meetings.chain(decisions).chain(notices).chain(call_ins).flatten().max()
    }
}

impl Analysis for Decisions {
    const NAME: &'static str = "decisions";
    const QUESTION: &'static str = "When may we decide?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 2;
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let input = Input::of(joint, on);
        if !input.decisions.is_empty() {
            return Ok(Input { on: input.last_done().map_or(on, |done| done.max(on)), ..input });
        }
        let need = |of: &str| Need {
            what: "what is to be decided, and at which meeting".into(),
            of: of.to_owned(),
            hint: "fill in the sheets Meetings, Decisions and Notices, and share them".into(),
        };
        let needs: Vec<Need> = input.partners.iter().map(|partner| need(&partner.code)).collect();
        Err(Missing { needs: if needs.is_empty() { vec![need("partnership")] } else { needs } })
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        match RuleBook::read(basis) {
            Ok(book) => answered(input, &book),
            Err(problem) => Outcome {
                on: input.on,
                decisions: Vec::new(),
                proposals: Vec::new(),
                findings: vec![Finding::error(
                    problem.to_string(),
                    "mend the parameter; no day is guessed",
                    Vec::new(),
                )],
            },
        }
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

/// The answer by rules that were read already: what is asked for ten thousand decisions reads them once.
pub fn answered(input: &Input, book: &RuleBook) -> Outcome {
    let records = standing::Records::of(input);
    let decisions: Vec<DecisionStanding> =
        input.decisions.iter().map(|decision| standing::of(decision, &records, book)).collect();
    Outcome {
        on: input.on,
        proposals: together::proposals(&decisions, &input.partners),
        findings: records.strays(),
        decisions,
    }
}

//! How the decisions hang together: the mandate, the update that followed it and the paper that is still promised.
//!
//! Each decision is told with what its report said would happen and with the baselines that it could rest on. What does
//! not hang together, such as a decision that follows one that is not there, is a finding and never dropped.

mod evidence;
mod later_paper;
mod links;
mod present;
mod promised;
mod same_proposal;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use penshaw_analyses::decisions::{self, DecisionStanding, State};
use penshaw_analyses::{Finding, Named};
use penshaw_basis::{Date, Source};
use penshaw_register::{CallIn, Commitment, Decision, Held, JointRegister, Meeting, Severity};
use serde::{Deserialize, Serialize};

use evidence::evidence;
pub use present::present;

/// What a history is made from.
#[derive(Clone, Copy)]
pub struct HistoryInputs<'a> {
    /// What is shared: decisions, meetings, call-ins, commitments and areas are read.
    pub joint: &'a JointRegister,
    /// Where each decision stands on the day that is told of.
    pub clock: &'a decisions::Outcome,
    /// Every baseline that is known, of one day and owner the newest first.
    pub baselines: &'a [KnownBaseline],
}

/// A baseline that may be the evidence of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownBaseline {
    /// Names it.
    pub id: String,
    /// The owner's code.
    pub owner: String,
    /// The day that its entries are of.
    pub on: Date,
    /// The digest of what its owner shares of it, where it was worked out: never that of the whole baseline, by which
    /// a partner could guess what is kept back.
    pub digest: Option<String>,
}

/// The decisions in chains, with what their reports said would happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The day that it speaks of.
    pub on: Date,
    /// The chains, the earliest first.
    pub chains: Vec<Chain>,
    /// Commitments whose report is that of no decision here, each with why.
    pub elsewhere: Vec<Elsewhere>,
    /// What does not hang together, and what is wanting.
    pub findings: Vec<Finding>,
}

/// Decisions that hang together, in the order of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// The steps; those without a day last.
    pub steps: Vec<Step>,
}

/// What one authority decided, or several decided together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What it is in its chain.
    pub place: Place,
    /// The steps of the chain that it follows, by their places from zero.
    pub follows: Vec<usize>,
    /// What the authorities decide together, where it is part of such.
    pub proposal: Option<String>,
    /// Each authority's decision.
    pub parts: Vec<Part>,
    /// What its report said would happen.
    pub commitments: Vec<Committed>,
}

/// What a step is in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// It follows none and none follows it.
    Alone,
    /// It follows none, and others follow it.
    Mandate,
    /// It follows an earlier one.
    Update,
}

/// One authority's decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The authority.
    pub authority: Named,
    /// Its reference of the decision.
    pub reference: String,
    /// The title of the report.
    pub title: String,
    /// What was or is to be decided.
    pub matter: String,
    /// Who decided or is to decide.
    pub body: Option<String>,
    /// The day on which it was decided, or the day of its meeting.
    pub day: Option<Date>,
    /// What became of it, an amendment after a call-in included; nothing before it is decided.
    pub outcome: Option<String>,
    /// Where it stands, where the clock can tell.
    pub state: Option<State>,
    /// What was resolved, word for word.
    pub resolution: Option<String>,
    /// Why.
    pub reasons: Option<String>,
    /// The day on which it takes or took effect, as things stand.
    pub effective: Option<Date>,
    /// How it was called in.
    pub call_ins: Vec<CalledIn>,
    /// What it could rest on: of each owner the newest baseline on or before the day it was decided; today where it was not.
    pub evidence: Vec<Evidence>,
    /// The entry.
    pub source: Source,
}

impl Part {
    /// Whether it was decided, one way or another.
    pub fn is_decided(&self) -> bool {
        self.outcome.is_some()
    }
}

/// A call-in of a decision, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalledIn {
    /// The day on which it was called in.
    pub requested: Option<Date>,
    /// What scrutiny did, such as "referred back".
    pub outcome: Option<String>,
    /// The day on which scrutiny considered it.
    pub heard: Option<Date>,
    /// What became of the decision then: confirmed, amended or rescinded.
    pub reconsidered: Option<String>,
    /// The day on which it was considered again.
    pub reconsidered_on: Option<Date>,
    /// The entry.
    pub source: Source,
}

/// What a decision could rest on of one owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The owner.
    pub owner: Named,
    /// Its newest baseline that is as old as the decision, where there is one.
    pub baseline: Option<KnownBaseline>,
}

/// Something that a report said would happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Committed {
    /// The entry's reference.
    pub reference: String,
    /// What was said.
    pub statement: String,
    /// The report that said it.
    pub document: Option<String>,
    /// Its paragraph.
    pub paragraph: Option<String>,
    /// Who is to see to it; "joint" for the partners together.
    pub authority: Named,
    /// The post that answers for it.
    pub owner: Option<String>,
    /// The area of joint work that it belongs to.
    pub area: Option<Named>,
    /// The day by which it is to happen.
    pub due: Option<Date>,
    /// What became of it: open, kept, not kept or withdrawn.
    pub standing: String,
    /// The day on which it was settled.
    pub settled: Option<Date>,
    /// Whether it is open after its day.
    pub overdue: bool,
    /// Where it promises a paper to those who decide, what became of the promise.
    pub later_paper: Option<LaterPaper>,
    /// The entry.
    pub source: Source,
}

/// What became of the promise of a later paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaterPaper {
    /// No decision that follows is recorded: the chain is open.
    ToCome,
    /// A step of the chain follows, by its place from zero.
    FollowedBy(usize),
    /// It was settled without a decision that follows.
    Settled,
}

/// A commitment of no decision that is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The commitment.
    pub commitment: Committed,
    /// Why it is of none, as a sentence.
    pub why: String,
}

impl History {
    /// Every step, chain by chain.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.chains.iter().flat_map(|chain| &chain.steps)
    }

    /// Every commitment of a decision that is recorded.
    pub fn commitments(&self) -> impl Iterator<Item = &Committed> {
        self.steps().flat_map(|step| &step.commitments)
    }

    /// The names of the baselines that are evidence of a decision.
    pub fn cited_baselines(&self) -> BTreeSet<&str> {
        let evidence = self.steps().flat_map(|step| &step.parts).flat_map(|part| &part.evidence);
        evidence.filter_map(|one| Some(one.baseline.as_ref()?.id.as_str())).collect()
    }
}

/// A decision as it is recorded, with what the clock says of it.
struct Recorded<'a> {
    decision: Held<Decision>,
    meeting: Option<&'a Meeting>,
    standing: Option<&'a DecisionStanding>,
}

impl Recorded<'_> {
    /// The day on which it was decided, or is to be.
    fn day(&self) -> Option<Date> {
        let meets = self.standing.map_or_else(|| self.meeting.and_then(|meeting| meeting.date), |known| known.meeting);
        self.decision.decided_on.or(meets)
    }

    /// Every day by which its report may be named, that from which its meeting was moved among them.
    fn days(&self) -> [Option<Date>; 3] {
        let meeting = self.meeting;
        [self.decision.decided_on, meeting.and_then(|one| one.date), meeting.and_then(|one| one.moved_to)]
    }
}

/// How the decisions hang together.
pub fn history(inputs: &HistoryInputs<'_>) -> History {
    let meetings = inputs.joint.all::<Meeting>();
    let recorded = recorded(inputs, &meetings);
    let (linked, mut findings) = links::chains(&recorded);
    let call_ins = inputs.joint.all::<CallIn>();
    let part = |place: &usize| part(inputs, &recorded[*place], &call_ins);
    let mut chains: Vec<Chain> = linked
        .iter()
        .map(|chain| {
            let steps = chain.iter().map(|linked| Step {
                place: place(linked, chain.len()),
                follows: linked.follows.clone(),
                proposal: linked.records.iter().find_map(|place| proposal(&recorded[*place].decision)),
                parts: linked.records.iter().map(part).collect(),
                commitments: Vec::new(),
            });
            Chain { steps: steps.collect() }
        })
        .collect();
    findings.extend(strays(&call_ins, &recorded));
    findings.extend(recorded.iter().filter_map(|one| not_recorded(one, inputs.clock.on)));
    let commitments = inputs.joint.all::<Commitment>();
    let (elsewhere, about) = promised::place(inputs, &commitments, &recorded, &linked, &mut chains);
    findings.extend(about);
    findings.sort_by_key(|finding| finding.severity == Severity::Warning);
    History { on: inputs.clock.on, chains, elsewhere, findings }
}

fn recorded<'a>(inputs: &HistoryInputs<'a>, meetings: &'a [Held<Meeting>]) -> Vec<Recorded<'a>> {
    let meetings: BTreeMap<(&str, &str), &Meeting> =
        meetings.iter().map(|one| ((one.owner.as_str(), one.reference.as_str()), &one.entry)).collect();
    let standings: BTreeMap<(&str, &str), &DecisionStanding> =
        inputs.clock.decisions.iter().map(|one| ((one.authority.code.as_str(), one.reference.as_str()), one)).collect();
    let recorded = inputs.joint.all::<Decision>().into_iter().map(|decision| Recorded {
        meeting: decision.meeting.as_deref().and_then(|at| meetings.get(&(decision.owner.as_str(), at)).copied()),
        standing: standings.get(&(decision.owner.as_str(), decision.reference.as_str())).copied(),
        decision,
    });
    recorded.collect()
}

fn place(linked: &links::Linked, steps: usize) -> Place {
    match (steps, linked.follows.is_empty()) {
        (1, _) => Place::Alone,
        (_, true) => Place::Mandate,
        (_, false) => Place::Update,
    }
}

/// What the authorities decide together, where anything is said.
fn proposal(decision: &Decision) -> Option<String> {
    decision.proposal.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned)
}

fn part(inputs: &HistoryInputs<'_>, recorded: &Recorded<'_>, call_ins: &[Held<CallIn>]) -> Part {
    let Recorded { decision, meeting, standing } = recorded;
    let mut called_in: Vec<CalledIn> = call_ins
        .iter()
        .filter(|one| one.owner == decision.owner && one.decision == decision.reference)
        .map(|one| CalledIn {
            requested: one.requested_on,
            outcome: one.outcome.clone(),
            heard: one.heard_on,
            reconsidered: one.reconsidered.clone(),
            reconsidered_on: one.reconsidered_on,
            source: one.source(),
        })
        .collect();
    called_in.sort_by_key(|one| one.requested);
    Part {
        authority: named(inputs.joint, &decision.owner),
        reference: decision.reference.clone(),
        title: decision.title.clone(),
        matter: decision.matter.clone(),
        body: decision.decision_maker.clone().or_else(|| meeting.map(|meeting| meeting.body.clone())),
        day: recorded.day(),
        outcome: standing.map_or_else(|| decision.outcome.clone(), |standing| standing.outcome.clone()),
        state: standing.map(|standing| standing.state),
        resolution: decision.resolution.clone(),
        reasons: decision.reasons.clone(),
        effective: standing.and_then(|standing| standing.effective),
        call_ins: called_in,
        evidence: evidence(inputs, decision.decided_on.unwrap_or(inputs.clock.on)),
        source: decision.source(),
    }
}

/// A body by its code and name.
fn named(joint: &JointRegister, code: &str) -> Named {
    let name = match code {
        "joint" => "The partners together",
        penshaw_register::PARTNERSHIP => "The partnership",
        code => joint.partnership().name_of(code),
    };
    Named::new(code, name)
}

/// Call-ins of decisions that are not there.
fn strays<'a>(call_ins: &'a [Held<CallIn>], recorded: &'a [Recorded<'_>]) -> impl Iterator<Item = Finding> + 'a {
    let there: BTreeSet<(&str, &str)> =
        recorded.iter().map(|one| (one.decision.owner.as_str(), one.decision.reference.as_str())).collect();
    let lost = call_ins.iter().filter(move |one| !there.contains(&(one.owner.as_str(), one.decision.as_str())));
    lost.map(|one| {
        let what =
            format!("A call-in of {} is of decision {}, which is not there or not shared.", one.owner, one.decision);
        error(what, "correct the reference, or share the decision", vec![one.source()])
    })
}

/// A decision whose day has passed without a word of what became of it.
fn not_recorded(recorded: &Recorded<'_>, on: Date) -> Option<Finding> {
    let decision = &recorded.decision;
    let undecided = decision.outcome.is_none() && decision.decided_on.is_none();
    let day = recorded.day().filter(|day| undecided && *day < on)?;
    let day = crate::cabinet_report::said::day(day);
    let what = format!("“{}” was to be decided on {day}, and what became of it is not recorded.", decision.title);
    Some(warning(what, "record what was decided, or the meeting to which it was moved", vec![decision.source()]))
}

/// Something that does not hang together until it is mended.
fn error(what: String, hint: &str, sources: Vec<Source>) -> Finding {
    Finding { severity: Severity::Error, what, hint: hint.to_owned(), sources }
}

/// Something to look at.
fn warning(what: String, hint: &str, sources: Vec<Source>) -> Finding {
    Finding { severity: Severity::Warning, ..error(what, hint, sources) }
}

//! What is answered: the days, the plans, who needs whose consent, who may join, what was paid, what is wanting.

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Opportunity;
use serde::{Deserialize, Serialize};

pub use crate::Finding;
use crate::named::Named;

/// By when we must act, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// Every contract with its days, the nearest first.
    pub terms: Vec<Term>,
    /// Days on which contracts are wound up with an authority.
    pub vesting: Vec<Vesting>,
    /// How contracts can end together, by what they are grouped by: the plan that saves most first.
    pub plans: Vec<Plan>,
    /// What a direction requires consent for, the earliest first.
    pub consents: Vec<ConsentNeeded>,
    /// Whether another authority may use a contract.
    pub joining: Joining,
    /// Contracts beside what was paid.
    pub spend: Spend,
    /// Savings that an option may take up.
    pub opportunities: Vec<Opportunity>,
    /// What is wanting, the gravest first.
    pub findings: Vec<Finding>,
    /// How many entries were read, used and set aside.
    pub counts: Counts,
    /// The parameters that it rests on.
    pub parameters: Vec<Source>,
}

/// How many entries were read, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Contracts that are shared.
    pub contracts: usize,
    /// Of these, with their last day ahead.
    pub ahead: usize,
    /// Of these, in the plan.
    pub planned: usize,
    /// Payments that are shared.
    pub payments: usize,
    /// Of these, laid to a supplier and a day.
    pub payments_used: usize,
}

/// How a contract stands on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its last day for notice is near.
    NoticeNear,
    /// Its last day for notice has passed, and it runs.
    NoticeMissed,
    /// It runs.
    Running,
    /// It has not begun.
    NotBegun,
    /// It has ended.
    Ended,
    /// Its end is not recorded or not shared.
    EndUnknown,
}

impl State {
    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            State::NoticeNear => "notice day is near",
            State::NoticeMissed => "notice day missed",
            State::Running => "running",
            State::NotBegun => "not begun",
            State::Ended => "ended",
            State::EndUnknown => "end unknown",
        }
    }
}

/// A contract and its days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The authority's code.
    pub authority: String,
    /// Its reference.
    pub reference: String,
    /// What is bought.
    pub title: String,
    /// From whom.
    pub supplier: String,
    /// Its first day.
    pub starts: Option<Date>,
    /// Its last day.
    pub ends: Option<Date>,
    /// The last day to which its own terms let it be extended.
    pub extends_to: Option<Date>,
    /// The last day for notice.
    pub notice_by: Option<Date>,
    /// How it stands.
    pub state: State,
    /// What a year costs, in pounds without VAT.
    pub yearly: Option<Estimate>,
    /// Whether that was worked out from its value and its days.
    pub yearly_worked_out: bool,
    /// The law under which it was awarded.
    pub regime: Option<String>,
    /// Whether that was taken from its first day.
    pub regime_assumed: bool,
    /// The entry.
    pub source: Source,
}

/// An authority that is wound up, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vesting {
    /// The authority's code.
    pub authority: String,
    /// The first day of what comes after it.
    pub day: Date,
    /// The direction.
    pub source: Source,
}

/// What contracts are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// The same supplier under whatever name.
    Supplier,
    /// The same function of local government.
    Function,
}

impl Grouping {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Grouping::Supplier => "supplier",
            Grouping::Function => "function",
        }
    }
}

/// How the contracts of all groups end, at least cost within the procurements that run at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What the groups are.
    pub by: Grouping,
    /// What it costs over going on at today's prices, in pounds; below nought where it saves.
    pub cost: Estimate,
    /// The same if every contract were bought again by itself, within the same procurements at a time.
    pub apart: Estimate,
    /// No plan costs less than this.
    pub bound: Estimate,
    /// Whether the search proved that nothing costs less.
    pub proved: bool,
    /// Steps of the search.
    pub nodes: u64,
    /// How many procurements may run at a time.
    pub procurements: u32,
    /// The last day that is counted.
    pub counted_until: Date,
    /// The groups of two contracts or more, the greatest saving first.
    pub groups: Vec<GroupPlan>,
    /// Every contract and what becomes of it, by group and day.
    pub steps: Vec<Step>,
}

impl Plan {
    /// What it saves against buying every contract again by itself.
    pub fn saving(&self) -> Estimate {
        self.apart - self.cost
    }
}

/// A group of contracts and the day on which they end together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupPlan {
    /// The supplier or the function.
    pub name: String,
    /// Its contracts.
    pub contracts: usize,
    /// The day on which they end together; none where they are better apart.
    pub ends: Option<Date>,
    /// How many end then.
    pub together: usize,
    /// What the group costs over today's prices.
    pub cost: Estimate,
    /// The same if each were bought again by itself.
    pub apart: Estimate,
    /// Every day that was looked at, for this group alone.
    pub days: Vec<DayLooked>,
    /// Its entries.
    pub sources: Vec<Source>,
}

/// A day on which a group could end together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayLooked {
    /// The last day.
    pub day: Date,
    /// How many would end then, at least cost.
    pub together: usize,
    /// What the group would cost over today's prices, other groups and what runs at a time left out.
    pub cost: Estimate,
    /// Whether it is too near to vesting day to be chosen.
    pub near_vesting: bool,
}

/// What is done with a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// It ends on its own day.
    RunsOut,
    /// It is extended under its own terms.
    OwnTerms,
    /// It is lengthened by no more than a share of its term.
    NotSubstantial,
    /// It is lengthened by no more than a share of its value.
    BelowThreshold,
    /// More of the same is bought from the same supplier, by no more than a share of its value.
    AdditionalServices,
    /// It is lengthened and stays below the threshold.
    StaysBelow,
    /// A short new contract bridges the time.
    Bridge,
    /// It lapses, and nothing is there for a time.
    Lapse,
    /// It runs on beside what takes its place, and both are paid.
    Overlap,
    /// It is ended early, at its cost of termination.
    Terminate,
}

impl Means {
    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Means::RunsOut => "let it run out",
            Means::OwnTerms => "extend under its own terms",
            Means::NotSubstantial => "extend by a share of its term",
            Means::BelowThreshold => "extend by a share of its value",
            Means::AdditionalServices => "buy additional services",
            Means::StaysBelow => "extend below the threshold",
            Means::Bridge => "bridge by a short contract",
            Means::Lapse => "let it lapse",
            Means::Overlap => "run on beside the new one",
            Means::Terminate => "end it early",
        }
    }
}

/// What becomes of a contract in a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The authority's code.
    pub authority: String,
    /// The contract's reference.
    pub reference: String,
    /// What is bought.
    pub title: String,
    /// The group it belongs to; empty where it stands alone.
    pub group: String,
    /// Whether it ends together with others of its group.
    pub together: bool,
    /// What is done.
    pub means: Means,
    /// Its last day today.
    pub ends: Date,
    /// Its last day then: of the contract, its bridge, or what it is replaced on.
    pub new_end: Date,
    /// What it costs over today's price, part by part.
    pub costs: StepCosts,
    /// By when it must be done.
    pub act_by: Date,
    /// The authority for it, in law.
    pub law: String,
    /// Whether a consent under section 24 that it needs is given.
    pub consent_given: bool,
    /// Whether it still ends too near to vesting day, since nothing lawful avoids that.
    pub near_vesting: bool,
    /// The contract.
    pub source: Source,
}

/// What a step costs over today's price, in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StepCosts {
    /// What bridging is dearer.
    pub dearer: Estimate,
    /// Doing without, for the time of a gap.
    pub gap: Estimate,
    /// Paying two.
    pub overlap: Estimate,
    /// Ending it early.
    pub termination: Estimate,
    /// Its own procurement, or that of its bridge.
    pub procurement: Estimate,
    /// Its share of the procurement of its group.
    pub joint_procurement: Estimate,
    /// What ending together saves, counted to the last day of the plan.
    pub saved: Estimate,
}

impl StepCosts {
    /// All of it, what is saved taken off.
    pub fn total(&self) -> Estimate {
        self.dearer + self.gap + self.overlap + self.termination + self.procurement + self.joint_procurement
            - self.saved
    }
}

/// Something for which a direction requires consent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConsentNeeded {
    /// The authority's code.
    pub authority: String,
    /// The contract's reference.
    pub reference: String,
    /// What is bought.
    pub title: String,
    /// What would be done.
    pub means: Means,
    /// The last day to which the contract would run.
    pub new_end: Date,
    /// What is payable, with what is counted together with it, in pounds.
    pub counted: Estimate,
    /// `not asked for`, `asked for`, `given` or `refused`.
    pub standing: String,
    /// By when to ask.
    pub ask_by: Date,
    /// Who must consent.
    pub consent_of: String,
    /// The authority in law.
    pub law: String,
    /// The direction, the consent, the contract.
    pub sources: Vec<Source>,
}

/// Who may join whose contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Joining {
    /// Pairs of a contract and an authority that could use it.
    pub pairs: Vec<MayJoin>,
    /// How many pairs were left out: the authority has nothing of that supplier or function.
    pub left_out: usize,
}

/// Whether an authority may use another's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A clause lets it.
    Clause,
    /// As a modification within the limits of its regime.
    Modification,
    /// A clause lets others, and which is not recorded.
    ClauseWanting,
    /// Whether others may join is not recorded.
    NotRecorded,
    /// A new award is needed.
    NewAward,
}

impl Verdict {
    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Verdict::Clause => "yes, by its clause",
            Verdict::Modification => "yes, by modification",
            Verdict::ClauseWanting => "perhaps: the clause is not recorded",
            Verdict::NotRecorded => "not recorded",
            Verdict::NewAward => "no: a new award is needed",
        }
    }
}

/// An authority and a contract of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MayJoin {
    /// The authority that would join.
    pub authority: String,
    /// The authority whose contract it is.
    pub holder: String,
    /// The contract's reference.
    pub reference: String,
    /// What is bought.
    pub title: String,
    /// Its last day.
    pub ends: Date,
    /// Whether it may.
    pub verdict: Verdict,
    /// By what, and what it needs.
    pub needs: String,
    /// The contract, and what the authority has of the same.
    pub sources: Vec<Source>,
}

/// Contracts beside what was paid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spend {
    /// What was paid in all.
    pub paid: Money,
    /// Of this, to suppliers with which the payer has no contract.
    pub without_contract: Money,
    /// Suppliers that are paid without a contract, the most first.
    pub suppliers: Vec<WithoutContract>,
    /// Suppliers that were paid more than their contracts' value for the time.
    pub over: Vec<PaidOver>,
    /// Contracts after whose end payments went on.
    pub after_end: Vec<PaidAfterEnd>,
    /// Contracts that ran while payments are known, and had none.
    pub unpaid: Vec<Source>,
}

/// A supplier that is paid without a contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithoutContract {
    /// The authority's code.
    pub authority: String,
    /// The supplier, as first written.
    pub supplier: String,
    /// How many payments.
    pub payments: usize,
    /// What they come to.
    pub amount: Money,
    /// The last of them.
    pub last: Option<Date>,
    /// A partner that has a contract with the supplier.
    pub partner_with_contract: Option<String>,
    /// The payments, the first few.
    pub sources: Vec<Source>,
}

/// A supplier that was paid more than its contracts' value for the time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidOver {
    /// The authority's code.
    pub authority: String,
    /// The supplier.
    pub supplier: String,
    /// What was paid.
    pub amount: Money,
    /// What its contracts come to over the same time, in pounds.
    pub expected: Estimate,
    /// The first and the last payment of the authority that is known.
    pub between: (Date, Date),
    /// The contracts and the first few payments.
    pub sources: Vec<Source>,
}

/// Payments after a contract's end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidAfterEnd {
    /// The authority's code.
    pub authority: String,
    /// The contract's reference.
    pub reference: String,
    /// What is bought.
    pub title: String,
    /// The supplier.
    pub supplier: String,
    /// Its last day.
    pub ends: Date,
    /// How many payments came after it.
    pub payments: usize,
    /// What they come to.
    pub amount: Money,
    /// The contract and the first few payments.
    pub sources: Vec<Source>,
}

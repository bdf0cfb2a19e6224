//! Who decides in each scheme, and whether it may.

use penshaw_basis::{Basis, Money, Source};
use penshaw_register::Severity;
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::law::{Law, Vehicle};
use super::{Finding, Input, deadlock, divisions, lawful, power, reserved, seats, terms, two_partners, wanting};

/// Who decides in each scheme, and whether it may.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The schemes, in the order of their references.
    pub schemes: Vec<SchemeAnswer>,
    /// Why weights cannot make it fair between two, where a scheme or the partnership has two.
    pub two_partners: Option<TwoPartners>,
    /// What an agreement settles for the case that a partner leaves, and the scheme's field that answers it.
    pub leaving: Vec<(String, Option<String>)>,
    /// What the checklist rests on.
    pub leaving_sources: Vec<Source>,
    /// Parameters that could not be read.
    pub problems: Vec<String>,
}

/// One scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemeAnswer {
    /// Its reference.
    pub scheme: String,
    /// Its name.
    pub name: String,
    /// Its vehicle.
    pub vehicle: String,
    /// What the law says of the vehicle.
    pub says: String,
    /// Whether the law itself says how it votes and gives the chair a second vote.
    pub by_law: bool,
    /// Whether nothing in it is refused.
    pub lawful: bool,
    /// What is unlawful, impossible or doubtful, the gravest first.
    pub findings: Vec<Finding>,
    /// What the agreement still lacks.
    pub wanting: Vec<Finding>,
    /// Who has the power; nothing where nobody sits or too many do.
    pub power: Option<Power>,
    /// How often it would be stuck.
    pub deadlock: Option<Deadlock>,
    /// What it makes of the recorded divisions.
    pub divisions: Vec<DividedAs>,
    /// The matters that each authority keeps for itself.
    pub reserved: Vec<Reserved>,
    /// Matters of the first list that are not among them.
    pub suggested: Vec<Suggested>,
    /// What the suggestions rest on.
    pub suggested_sources: Vec<Source>,
    /// Its entry.
    pub source: Source,
}

/// The power in a scheme, each authority as a bloc.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Power {
    /// All votes.
    pub votes: u64,
    /// The votes that carry a question when all vote.
    pub quota: u64,
    /// Whether equal votes can come about and the chair then decides.
    pub chair_can_decide: bool,
    /// Each authority.
    pub authorities: Vec<PowerOf>,
}

/// The power of one authority beside what it pays and how large it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PowerOf {
    /// Its code.
    pub authority: String,
    /// Its name.
    pub name: String,
    /// Its seats.
    pub seats: u64,
    /// Its votes.
    pub votes: u64,
    /// Its part of all votes.
    pub vote_share: f64,
    /// The part of the cost that it pays.
    pub contribution: Option<f64>,
    /// Its part of the population of those who sit.
    pub population_share: Option<f64>,
    /// Its part of the users of those who sit.
    pub users_share: Option<f64>,
    /// The winning coalitions that would lose without it.
    pub swings: u64,
    /// Its part of all swings.
    pub banzhaf: f64,
    /// The part of all orders of joining in which it turns a losing coalition into a winning one.
    pub shapley_shubik: f64,
    /// Its part of all swings while one of its members is in the chair with a second vote, where the chair changes.
    pub banzhaf_in_the_chair: Option<f64>,
    /// What it can do alone.
    pub standing: Standing,
    /// The entries and what else it rests on.
    pub sources: Vec<Source>,
}

/// What an authority can do alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It carries every question and can stop every question.
    Dictator,
    /// So it does while one of its members is in the chair with a second vote.
    InTheChair,
    /// Nothing is carried without it.
    Veto,
    /// It decides together with others.
    Shares,
    /// It never makes a difference.
    Dummy,
}

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// It is carried.
    Carried,
    /// It is lost.
    Lost,
    /// Votes are equal and the chair decides.
    ByTheChair,
    /// Nothing is decided: equal votes and no second vote, or a higher majority that is not reached.
    Deadlocked,
    /// Too few are there for a quorum, or one is away of those who each must be there.
    NoQuorum,
    /// It is kept back: each authority's own body decides.
    Reserved,
}

/// What a scheme makes of a division.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DividedAs {
    /// The division's reference.
    pub division: String,
    /// What was to be decided.
    pub matter: String,
    /// How much money it is about, where it is.
    pub amount: Option<Money>,
    /// Whether it happened: `past` or `imagined`.
    pub standing: String,
    /// What becomes of it.
    pub way: Way,
    /// Votes in favour.
    pub in_favour: u64,
    /// Votes against.
    pub against: u64,
    /// The authorities that sit, are there and do not vote, by name.
    pub abstaining: Vec<String>,
    /// The authorities that sit and are away, by name.
    pub away: Vec<String>,
    /// Where the chair decides: what whoever had the chair made of it, else what each chair would.
    pub chairs: Vec<UnderChair>,
    /// Where it is kept back: as which reserved matter.
    pub kept_as: Option<String>,
    /// Where it is kept back: the body of each authority that decides.
    pub kept_by: Option<String>,
    /// Where it is kept back: the authorities whose body has not agreed, by name.
    pub stopped_by: Vec<String>,
    /// The entries.
    pub sources: Vec<Source>,
}

/// What becomes of equal votes with one authority in the chair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnderChair {
    /// The authority's name.
    pub authority: String,
    /// Whether it is carried; nothing where its members abstain.
    pub carried: Option<bool>,
}

/// How often a scheme would be stuck, over every pattern of for and against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deadlock {
    /// How many patterns there are.
    pub patterns: u64,
    /// When each authority decides for itself with an even chance.
    pub independent: Chances,
    /// The chance that any two authorities take the same side in the second reading.
    pub agreement: Option<f64>,
    /// When they mostly take the same side.
    pub like_minded: Option<Chances>,
    /// What the second reading rests on.
    pub sources: Vec<Source>,
}

/// The chance of each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chances {
    /// Carried.
    pub carried: f64,
    /// Lost.
    pub lost: f64,
    /// Left to the chair.
    pub by_the_chair: f64,
    /// Stuck.
    pub deadlocked: f64,
}

/// A matter that each authority keeps for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reserved {
    /// What is kept back.
    pub matter: String,
    /// Which body of each authority keeps it.
    pub kept_by: String,
    /// The amount from which on it is kept back.
    pub above: Option<Money>,
    /// The entry.
    pub source: Source,
}

/// A matter that others keep back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// What is kept back.
    pub matter: String,
    /// Which body keeps it there.
    pub kept_by: String,
}

/// Why weights cannot make it fair between two partners.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TwoPartners {
    /// The names of the two.
    pub names: [String; 2],
    /// By each measure of size.
    pub by: Vec<TwoPartnersBy>,
}

/// Votes by one measure of size, and the power that follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TwoPartnersBy {
    /// The measure.
    pub measure: String,
    /// Each one's part of the votes.
    pub weights: [f64; 2],
    /// The power if more than half of the votes is enough.
    pub simple_majority: [f64; 2],
    /// The power if more than the larger one's votes are needed.
    pub above_the_larger: [f64; 2],
    /// What the measure rests on.
    pub sources: Vec<Source>,
}

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let law = Law::in_force(basis, input.on);
    let leaving = law.leaving.value.iter().map(|point| (point.asks.clone(), point.field.clone()));
    Outcome {
        schemes: input.schemes.iter().map(|scheme| answer(&Board::of(scheme, input, &law), input, &law)).collect(),
        two_partners: two_partners::two_partners(input),
        leaving: leaving.collect(),
        leaving_sources: law.leaving.sources.clone(),
        problems: law.problems.clone(),
    }
}

fn answer(board: &Board, input: &Input, law: &Law) -> SchemeAnswer {
    let findings = [lawful::findings(board, input, law), seats::findings(board, input, law), terms::findings(board)];
    let mut findings = findings.concat();
    findings.sort_by_key(|finding| finding.severity);
    let reserved = reserved::of(board, input);
    SchemeAnswer {
        scheme: board.scheme.reference.clone(),
        name: name(board),
        vehicle: board.scheme.vehicle.clone(),
        says: board.vehicle.map(|vehicle| vehicle.says.clone()).unwrap_or_default(),
        by_law: board.vehicle.is_some_and(Vehicle::chair_votes_twice_by_law),
        lawful: findings.iter().all(|finding| finding.severity != Severity::Error),
        findings,
        wanting: wanting::findings(board),
        power: power::power(board, input),
        deadlock: deadlock::deadlock(board, law),
        divisions: divisions::tried(board, input),
        suggested: reserved::suggested(board, &reserved, law),
        suggested_sources: law.reserved.sources.clone(),
        reserved,
        source: board.source(),
    }
}

fn name(board: &Board) -> String {
    if board.scheme.name.is_empty() { board.scheme.reference.clone() } else { board.scheme.name.clone() }
}

//! What is answered: groups of the same product, the matrix of functions, suppliers, suggestions, savings, blockers, findings.

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Opportunity;
use serde::{Deserialize, Serialize};

use super::parameters::Range;
pub use crate::Finding;
use crate::named::Named;

/// Where the same thing is run twice, and what sharing it would save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// How many entries of each kind were read, used and set aside.
    pub counts: Vec<Counts>,
    /// Entries that mean the same product, the dearest group first.
    pub groups: Vec<ProductGroup>,
    /// Pairs of entries that may mean the same product and what speaks for it: those that put the groups together, those
    /// that are unsure and those that a person has reviewed. The most expected money at stake first.
    pub matches: Vec<Match>,
    /// How many unsure matches there are beyond those listed.
    pub more_matches: usize,
    /// Suppliers with the names that they go by, the most money first.
    pub suppliers: Vec<SupplierGroup>,
    /// Names that may be of one supplier, which nothing recorded settles.
    pub perhaps_suppliers: Vec<PerhapsOneSupplier>,
    /// Which authority has what for which function: the top of the list with all below it, then each function used.
    pub matrix: Vec<FunctionRow>,
    /// Functions that authorities serve with different products.
    pub shared_functions: Vec<SharedFunction>,
    /// Functions suggested for applications that record none.
    pub suggestions: Vec<FunctionSuggestion>,
    /// What one contract instead of several would save; no entry stands in two.
    pub savings: Vec<Saving>,
    /// Over how many financial years savings are counted.
    pub years: u16,
    /// The same as lines that an option may take up.
    pub opportunities: Vec<Opportunity>,
    /// What is wanting, the gravest first.
    pub findings: Vec<Finding>,
    /// The parameters that it rests on.
    pub parameters: Vec<Source>,
}

/// How many entries of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// The kind, as its sheet is called.
    pub what: String,
    /// Read from what is shared.
    pub read: usize,
    /// Used in the answer.
    pub used: usize,
    /// Set aside, each told in the findings.
    pub set_aside: usize,
}

/// Entries that mean the same product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductGroup {
    /// Names it, by its members: the same members have the same name in every run.
    pub id: String,
    /// What most of its members call it.
    pub name: String,
    /// The members, in the order of the partners.
    pub members: Vec<Member>,
    /// How many authorities have it.
    pub authorities: usize,
    /// What the members cost a year, of those that record it.
    pub annual_cost: Money,
    /// How many record no cost, or keep it back.
    pub without_cost: usize,
    /// How many use it, of those that record it.
    pub users: u64,
    /// How probable it is that the least sure member belongs to it.
    pub confidence: f64,
}

/// An entry of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The authority's code and the entry's reference, such as `SCC/A12`.
    pub entry: Source,
    /// The authority's code.
    pub authority: String,
    /// What the authority calls it.
    pub name: String,
    /// The supplier as recorded.
    pub supplier: Option<String>,
    /// The version.
    pub version: Option<String>,
    /// How many use it.
    pub users: Option<u64>,
    /// What it costs a year.
    pub annual_cost: Option<Money>,
    /// The function that it records.
    pub function: Option<String>,
    /// The last day of its contract.
    pub contract_ends: Option<Date>,
    /// How probable it is that it belongs to the group.
    pub probability: f64,
}

/// Two entries that may mean the same product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// One entry, such as `SCC/A12`.
    pub one: Source,
    /// The other.
    pub other: Source,
    /// The name of the one.
    pub one_name: String,
    /// The name of the other.
    pub other_name: String,
    /// The supplier of the one, as recorded.
    pub one_supplier: Option<String>,
    /// The supplier of the other.
    pub other_supplier: Option<String>,
    /// How probable it is that they mean the same product.
    pub probability: f64,
    /// What speaks for it and against it, what tells most first.
    pub reasons: Vec<String>,
    /// Whether they stand in one group now.
    pub together: bool,
    /// The smaller of the two annual costs: what could be bought once. None where either is not known.
    pub at_stake: Option<Money>,
    /// The part of it that is expected to be misjudged as long as nobody reviews the match, in pounds.
    pub expected_at_stake: Estimate,
    /// What a person has said of the two.
    pub review: Option<Reviewed>,
}

/// What a person has said of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The review.
    pub review: Source,
    /// `same product`, `same function only` or `different`.
    pub verdict: String,
}

/// A supplier with the names that it goes by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupplierGroup {
    /// What it is called now.
    pub name: String,
    /// Every name under which it is found, as recorded, in order of the alphabet.
    pub names: Vec<String>,
    /// Why names that are not spelled alike are taken for one.
    pub reasons: Vec<String>,
    /// Its numbers with Companies House or the Charity Commission.
    pub numbers: Vec<String>,
    /// What each authority buys from it.
    pub authorities: Vec<SuppliedTo>,
    /// The annual value of its contracts, of those that record it.
    pub contracts_a_year: Money,
    /// The annual cost of its applications, of those that record it.
    pub applications_a_year: Money,
}

/// What one authority buys from a supplier. Applications may be bought under the contracts: the two sums are not added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuppliedTo {
    /// The authority's code.
    pub authority: String,
    /// The contracts.
    pub contracts: Vec<Source>,
    /// Their annual value, of those that record it.
    pub contracts_a_year: Money,
    /// The applications.
    pub applications: Vec<Source>,
    /// Their annual cost, of those that record it.
    pub applications_a_year: Money,
}

/// Two names that may be of one supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerhapsOneSupplier {
    /// One name.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why.
    pub reason: String,
}

/// A function, and who has which applications for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionRow {
    /// Its number in the list; empty for entries without one that share a name.
    pub function: String,
    /// Its label.
    pub label: String,
    /// Whether it is at the top of the list, with all below it counted in.
    pub rolled_up: bool,
    /// The number of the function at the top that it stands under; its own where it is at the top.
    pub top: String,
    /// The authorities that have an application for it.
    pub cells: Vec<FunctionCell>,
    /// How many different products serve it.
    pub products: usize,
}

/// What one authority has for a function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionCell {
    /// The authority's code.
    pub authority: String,
    /// The applications.
    pub applications: Vec<NamedEntry>,
}

/// An application by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedEntry {
    /// The entry.
    pub entry: Source,
    /// What its authority calls it.
    pub name: String,
}

/// A function that authorities serve with different products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedFunction {
    /// Its number in the list; empty for entries without one that share a name.
    pub function: String,
    /// Its label.
    pub label: String,
    /// Products of which one would do, where there are two or more.
    pub duplicates: Vec<Duplicates>,
    /// Products that complement others, and why.
    pub complements: Vec<Complement>,
}

/// Products of different names of which one would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duplicates {
    /// The products.
    pub products: Vec<ProductOfFunction>,
    /// How probable it is that one would do, of the least sure pair.
    pub probability: f64,
    /// What speaks for it and against it, of that pair.
    pub reasons: Vec<String>,
}

/// A product that serves a function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductOfFunction {
    /// Its name.
    pub name: String,
    /// The entries that mean it.
    pub entries: Vec<Source>,
}

/// Two products of one function that need each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Complement {
    /// One product.
    pub one: ProductOfFunction,
    /// The other.
    pub other: ProductOfFunction,
    /// How probable it is, all the same, that one would do.
    pub probability: f64,
    /// What speaks for it and against it.
    pub reasons: Vec<String>,
}

/// A function suggested for an application that records none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionSuggestion {
    /// The application.
    pub entry: Source,
    /// The authority's code.
    pub authority: String,
    /// Its name.
    pub name: String,
    /// The function's number.
    pub function: String,
    /// Its label.
    pub label: String,
    /// How probable it is.
    pub probability: f64,
    /// What it rests on.
    pub reason: String,
}

/// What is the same in a saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavingKind {
    /// One product, bought more than once.
    SameProduct,
    /// One function, served by different products.
    SameFunction,
}

/// What one contract instead of several would save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saving {
    /// Names it, and the opportunity of the same name.
    pub id: String,
    /// What is the same.
    pub kind: SavingKind,
    /// What would be done.
    pub description: String,
    /// The entry whose contract would serve all.
    pub target: Source,
    /// Its annual cost, where it is known.
    pub target_cost: Option<Money>,
    /// The entries that would move to it.
    pub moves: Vec<Move>,
    /// Entries that would move and record no cost, or keep it back: no figure holds them.
    pub without_cost: Vec<Source>,
    /// What is paid today for all whose cost is known, a year.
    pub cost_today: Money,
    /// What would be paid once all have moved, a year, in pounds: with the least, the likeliest and the most saved.
    pub cost_shared: Range,
    /// What is saved once all have moved, a year, in pounds.
    pub yearly: Range,
    /// What moving costs in all, in pounds: `low` belongs to the least that moving may cost.
    pub once: Range,
    /// The first day on which anything can move.
    pub earliest: Option<Date>,
    /// Over the years counted, likely savings less likely costs of moving, in pounds.
    pub net: Estimate,
    /// What stands in its way.
    pub blockers: Vec<Blocker>,
    /// Whether it is offered as an opportunity, and if not, why.
    pub not_offered: Option<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// An entry that would move to another's contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The entry.
    pub entry: Source,
    /// The authority's code.
    pub authority: String,
    /// What it costs a year today.
    pub annual_cost: Money,
    /// How many use it.
    pub users: Option<u64>,
    /// The first day on which it can move.
    pub from: Date,
    /// Why then.
    pub because: String,
    /// What it saves a year, in pounds.
    pub yearly: Range,
    /// What moving it costs once, in pounds.
    pub once: Range,
}

/// Something that stands in the way of a saving.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blocker {
    /// What it is about.
    pub kind: BlockerKind,
    /// The entry.
    pub entry: Source,
    /// What stands in the way, as a sentence.
    pub what: String,
}

/// What a blocker is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockerKind {
    /// The day for notice has passed, or no end is recorded.
    Contract,
    /// No other authority may join the contract, or that is not recorded.
    Joining,
    /// The contract may not be passed on, or only with consent.
    Assignment,
    /// A partner's staff may not use the licence.
    Affiliates,
    /// It is hard to move.
    Portability,
    /// One authority's data cannot be told apart from another's.
    Data,
    /// Support has ended.
    Support,
}

//! What is answered: positions of each product, exposure, reuse, ways of delivering, ends of support, what is wanting.

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Opportunity;
use serde::{Deserialize, Serialize};

pub use super::need::Span;
pub use super::parameters::Asks;
pub use crate::Finding;
use crate::named::Named;

/// Whether the partners hold what they use, each by itself and together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// How many entries were read, used and set aside.
    pub counts: Vec<Count>,
    /// The positions, product by product: what is short first.
    pub pools: Vec<Pool>,
    /// What is used although neither its owner nor a partner holds a licence that could be found.
    pub unlicensed: Vec<Unlicensed>,
    /// Metrics of one product that contracts define in different words.
    pub definitions: Vec<Definitions>,
    /// Whether prices and terms survive each way of delivering.
    pub delivery: Vec<ModelTerms>,
    /// When support ends, the earliest first.
    pub support: Vec<SupportEnd>,
    /// What could be done, as lines that an option may take up.
    pub opportunities: Vec<Opportunity>,
    /// What is wanting, the gravest first.
    pub findings: Vec<Finding>,
    /// The parameters that it rests on, those of the support table left out.
    pub parameters: Vec<Source>,
    /// Within how many months an end of support is warned of.
    pub warn_months: [i64; 2],
}

/// How many entries of a kind were read, used and set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The kind of entry, as its sheet is called.
    pub what: String,
    /// Entries read.
    pub read: usize,
    /// Entries that a position rests on.
    pub used: usize,
    /// Entries that none rests on; a finding says why.
    pub set_aside: usize,
}

/// The licences and the use of one product by one metric, as one contract or several of the same words define it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// Names it within the run.
    pub id: String,
    /// The product, as its first licence names it.
    pub product: String,
    /// The metric.
    pub metric: String,
    /// How the contracts define the metric, where they do.
    pub definition: Option<String>,
    /// The position of each authority that holds or uses it.
    pub positions: Vec<Position>,
    /// The positions together.
    pub joint: Joint,
    /// Who would use whose licences.
    pub reuse: Vec<Reuse>,
    /// Why more is not reused.
    pub refused: Vec<String>,
}

/// What one authority holds and needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The authority's code.
    pub authority: String,
    /// How many it is entitled to; none where a licence does not say.
    pub entitled: Option<u64>,
    /// Of these, without maintenance on the day: they may be used, and newer versions may not.
    pub without_maintenance: u64,
    /// What it needs; none where it is not measured, or not by what the metric counts.
    pub need: Option<Span>,
    /// What was counted.
    pub counted: String,
    /// Entitled less needed: at least and at most.
    pub spare: Option<SpareSpan>,
    /// What the shortage costs in a year, where there is one.
    pub exposure: Option<Exposure>,
    /// The licences and installations.
    pub sources: Vec<Source>,
}

impl Position {
    /// How many are surely over.
    pub fn over(&self) -> u64 {
        self.spare.map_or(0, |spare| spare.least.max(0).unsigned_abs())
    }

    /// How many may be short.
    pub fn short(&self) -> u64 {
        self.spare.map_or(0, |spare| spare.least.min(0).unsigned_abs())
    }
}

/// What is over (positive) or short (negative): at least and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpareSpan {
    /// At least, where the need is the most that it may be.
    pub least: i64,
    /// At most.
    pub most: i64,
}

/// The positions of the partners together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Joint {
    /// Entitlements of those whose position is known.
    pub entitled: u64,
    /// Their needs. Greatest uses at one time fall on different times, so that together they need at least the greatest.
    pub need: Span,
    /// The difference, as if every licence could be used by everyone.
    pub spare: SpareSpan,
    /// How many partners would take from others.
    pub reused: u64,
    /// Short after reuse.
    pub still_short: u64,
    /// Over after reuse.
    pub still_over: u64,
    /// Short although partners have as many over: what terms keep from being reused.
    pub kept_apart: u64,
    /// What the shortages cost in a year, before reuse.
    pub exposure: Option<Exposure>,
    /// The same after it.
    pub exposure_after: Option<Exposure>,
}

/// What a shortage would cost in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exposure {
    /// The least.
    pub low: Estimate,
    /// The likeliest.
    pub likely: Estimate,
    /// The most.
    pub high: Estimate,
    /// From which prices.
    pub basis: String,
    /// The licences with the prices.
    pub sources: Vec<Source>,
}

/// Licences of one authority used by another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reuse {
    /// Whose they are.
    pub from: String,
    /// The licence's reference.
    pub licence: String,
    /// Who would use them.
    pub to: String,
    /// How many.
    pub number: u64,
    /// What the one who uses them need not buy, in a year.
    pub avoided: Option<Exposure>,
    /// The licence and what the need rests on.
    pub sources: Vec<Source>,
}

/// What is used without a licence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unlicensed {
    /// The product, as the installation names it.
    pub product: String,
    /// The authority.
    pub authority: String,
    /// What was measured, in words.
    pub measured: String,
    /// The installations.
    pub sources: Vec<Source>,
}

/// One metric of one product under different definitions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definitions {
    /// The product.
    pub product: String,
    /// The metric.
    pub metric: String,
    /// Each definition, with the licences that have it; the words are empty where none is recorded.
    pub each: Vec<Defined>,
}

/// A definition and whose it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// The contract's own words.
    pub words: String,
    /// The authorities whose contracts have it.
    pub authorities: Vec<String>,
    /// Their licences.
    pub sources: Vec<Source>,
}

/// What becomes of prices and terms under one way of delivering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelTerms {
    /// The delivery model.
    pub model: String,
    /// The options that name it.
    pub options: Vec<String>,
    /// What it asks of a licence.
    pub asks: Asks,
    /// Why.
    pub why: String,
    /// Licences whose terms allow it.
    pub kept: usize,
    /// Licences whose terms do not.
    pub lost: usize,
    /// Licences that do not say.
    pub unknown: usize,
    /// What the licences that are lost cost in a year, as far as it is recorded.
    pub cost_lost: Money,
    /// What those cost that do not say.
    pub cost_unknown: Money,
    /// The licences that are lost or do not say.
    pub sources: Vec<Source>,
}

/// When the support of something ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupportEnd {
    /// The authority.
    pub authority: String,
    /// The application or installation, as its owner names it.
    pub name: String,
    /// The version, as recorded.
    pub version: String,
    /// The release it was found to be.
    pub release: Option<String>,
    /// The day on which support ends.
    pub ends: Option<Date>,
    /// The day on which support that may be bought ends.
    pub extended: Option<Date>,
    /// Whether the day is the owner's own word.
    pub recorded: bool,
    /// How far away it is.
    pub state: SupportState,
    /// The entry and the parameter.
    pub sources: Vec<Source>,
}

/// How far away an end of support is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportState {
    /// It has ended.
    Ended,
    /// It ends within the first number of months that is warned of.
    Soon,
    /// It ends within the second.
    Later,
    /// It ends after that.
    Far,
    /// No end is known.
    Open,
}

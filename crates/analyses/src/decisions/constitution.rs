//! What an authority's constitution may say of its decisions; all else is the law's or the common reading's.

use std::collections::BTreeSet;

use penshaw_basis::{Date, DayCount, TakesEffect, Time};
use serde::{Deserialize, Serialize};

/// What an authority's constitution says of decisions, as far as it is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constitution {
    /// The authority's name.
    pub authority: String,
    /// What makes a decision a key one.
    #[serde(default)]
    pub key_decision: Option<KeyThresholds>,
    /// How its notices are counted.
    #[serde(default)]
    pub notices: Option<NoticeRules>,
    /// On which days it works.
    #[serde(default)]
    pub calendar: Option<CalendarRules>,
    /// How its decisions are called in.
    #[serde(default)]
    pub call_in: Option<CallInRules>,
}

/// What makes a decision a key one (SI 2012/2089 reg. 8), in pounds. None is assumed: each constitution sets its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeyThresholds {
    /// Revenue spending from this on.
    pub revenue_spend: Option<u64>,
    /// A saving from this on.
    pub revenue_saving: Option<u64>,
    /// Capital spending from this on.
    pub capital: Option<u64>,
    /// Effects in so many wards, where the constitution is stricter than the regulations.
    pub wards: Option<u64>,
    /// How the amounts are reckoned, such as "gross full-year effect".
    pub reckoned: Option<String>,
}

/// How an authority counts the days of its notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeRules {
    /// Which of 28 days are counted.
    pub count: Option<DayCount>,
    /// After this time of day a publication counts as the next day's.
    pub publication_cut_off: Option<Time>,
}

/// On which days an authority works.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarRules {
    /// Days on which its offices are closed by its own rule.
    pub closures: BTreeSet<Date>,
    /// Whether Saturdays are counted as working days.
    pub saturday_counts: bool,
}

/// How decisions are called in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallInRules {
    /// Working days after publication.
    pub working_days: u32,
    /// When a decision that is not called in takes effect.
    pub effective: TakesEffect,
    /// How many members must ask for it.
    #[serde(default)]
    pub members: Option<u64>,
    /// Working days within which scrutiny must hear it, else it lapses.
    #[serde(default)]
    pub heard_within_working_days: Option<u32>,
}

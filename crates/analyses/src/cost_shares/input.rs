//! What cost shares need: the partners, what each coalition would pay, and the cost key.

use std::collections::BTreeMap;

use penshaw_basis::{Date, FinancialYear, Source};
use serde::{Deserialize, Serialize};

use super::Method;

/// What cost shares need. Money is in pounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The partners, in the order in which reports name them.
    pub members: Vec<Member>,
    /// What each coalition would pay, or the lines from which the rule works it out.
    pub costs: Costs,
    /// What the costs are counted in.
    #[serde(default)]
    pub unit: Unit,
    /// The shares of the key "stated", by the partner's code.
    #[serde(default)]
    pub stated_shares: BTreeMap<String, f64>,
    /// The cost key that the partners use or propose.
    #[serde(default)]
    pub key_in_force: Option<Method>,
    /// What all of this rests on.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A partner and the figures by which cost keys share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Member {
    /// Its code.
    pub code: String,
    /// Its name; the code where it is left out.
    pub name: String,
    /// The people who live in its area.
    pub population: Option<f64>,
    /// The people who use its ICT service.
    pub users: Option<f64>,
    /// The devices that its ICT service supports.
    pub devices: Option<f64>,
    /// What it uses of the shared service, by the agreed meter.
    pub usage: Option<f64>,
    /// Its yearly base budget for ICT, in pounds.
    pub budget: Option<f64>,
}

/// Where the cost of each coalition comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Costs {
    /// Stated, coalition by coalition.
    Table(Vec<Coalition>),
    /// Worked out by the stated rule from an option's lines.
    Rule(Rule),
}

/// What some of the partners would pay if only they shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coalition {
    /// Their codes.
    pub members: Vec<String>,
    /// What they would pay together.
    pub cost: f64,
}

/// The lines from which the rule works out the cost of each coalition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The day whose parameters are in force.
    pub on: Date,
    /// The reference of the option that the partners would share.
    pub option: String,
    /// Its name.
    pub name: String,
    /// Year 0, in whose prices the costs are.
    pub first_year: FinancialYear,
    /// How many years are counted; the parameter's where it is left out.
    #[serde(default)]
    pub years: Option<usize>,
    /// By what a coalition's part of recurring joint lines is measured.
    pub key: Method,
    /// The lines of the option and of business as usual.
    pub lines: Vec<RuleLine>,
}

/// A line, at the mean of its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleLine {
    /// Whose money it is: a partner's code, or `joint`.
    pub authority: String,
    /// Whether it is a line of business as usual, and so of standing apart.
    #[serde(default)]
    pub apart: bool,
    /// What kind of money it is, by the names of the treatment parameter.
    pub flow: String,
    /// For a recharge: who receives it.
    #[serde(default)]
    pub paid_to: Option<String>,
    /// Whether it happens once.
    #[serde(default)]
    pub one_off: bool,
    /// Whether the amounts are cash of each year rather than prices of year 0.
    #[serde(default)]
    pub nominal: bool,
    /// Pounds in each year.
    pub amounts: BTreeMap<FinancialYear, f64>,
}

/// What costs are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Pounds.
    #[default]
    Pounds,
    /// Whatever the given table counts in.
    AsGiven,
}

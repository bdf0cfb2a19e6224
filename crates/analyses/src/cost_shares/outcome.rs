//! What cost shares answer: shares by method, who would leave, and what follows if a partner does.

use std::collections::BTreeMap;

use penshaw_basis::{FinancialYear, Source};
use serde::{Deserialize, Serialize};

use super::Unit;
use crate::Named;

/// An amount for each of several partners, by their codes.
pub type Shares = BTreeMap<String, f64>;

/// A way of sharing a cost; the councils' keys first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The same for each.
    Equal,
    /// By the yearly base budget for ICT.
    Budget,
    /// By the people who use the ICT service.
    Users,
    /// By the devices that it supports.
    Devices,
    /// By the people who live in the area.
    Population,
    /// By the agreed meter.
    Usage,
    /// One-off joint costs equally, recurring ones by use.
    Hybrid,
    /// By shares that the partners state.
    Stated,
    /// What each adds to the cost, and of the rest a share by what joining still saves it.
    SeparableCostsRemainingBenefits,
    /// What each adds to the cost on the average of all orders of joining.
    ShapleyValue,
    /// The shares whose worst-served coalition is served as well as can be, and then the next.
    Nucleolus,
}

impl Method {
    /// Every way of sharing, the councils' keys first.
    pub const ALL: [Method; 11] = [
        Method::Equal,
        Method::Budget,
        Method::Users,
        Method::Devices,
        Method::Population,
        Method::Usage,
        Method::Hybrid,
        Method::Stated,
        Method::SeparableCostsRemainingBenefits,
        Method::ShapleyValue,
        Method::Nucleolus,
    ];

    /// The cost key of that name, as an option records it.
    pub fn key(name: &str) -> Option<Method> {
        let key = match name {
            "equal" => Method::Equal,
            "budget" => Method::Budget,
            "users" => Method::Users,
            "devices" => Method::Devices,
            "population" => Method::Population,
            "usage" => Method::Usage,
            "stated" => Method::Stated,
            _ => return None,
        };
        Some(key)
    }

    /// Its name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Method::Equal => "equal",
            Method::Budget => "budget",
            Method::Users => "users",
            Method::Devices => "devices",
            Method::Population => "population",
            Method::Usage => "usage",
            Method::Hybrid => "hybrid",
            Method::Stated => "stated",
            Method::SeparableCostsRemainingBenefits => "separable_costs_remaining_benefits",
            Method::ShapleyValue => "shapley_value",
            Method::Nucleolus => "nucleolus",
        }
    }

    /// Its name in a table.
    pub const fn label(self) -> &'static str {
        match self {
            Method::Equal => "Equal shares",
            Method::Budget => "By budget",
            Method::Users => "By users",
            Method::Devices => "By devices",
            Method::Population => "By population",
            Method::Usage => "By usage",
            Method::Hybrid => "Hybrid: one-off equally, recurring by use",
            Method::Stated => "Stated shares",
            Method::SeparableCostsRemainingBenefits => "Separable costs, remaining benefits",
            Method::ShapleyValue => "Shapley value",
            Method::Nucleolus => "Nucleolus",
        }
    }
}

/// The answer. Money is in the unit of the input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The partners, in the order in which reports name them.
    pub members: Vec<Named>,
    /// What the costs are counted in.
    pub unit: Unit,
    /// Where the cost of each coalition comes from: `table`, or `rule` with what it was worked out from.
    pub basis_of_costs: BasisOfCosts,
    /// What all pay together.
    pub grand_cost: f64,
    /// What each would pay on its own.
    pub stand_alone: Shares,
    /// What sharing saves: less than nought where it costs more.
    pub saving: f64,
    /// By how much together costs more than apart, where it does.
    pub dearer_together: Option<f64>,
    /// Each way of sharing that could be worked out.
    pub methods: BTreeMap<Method, Answer>,
    /// Each that could not, and why.
    pub cannot: Vec<Cannot>,
    /// The cost key that the partners use or propose.
    pub key_in_force: Option<Method>,
    /// The least that the worst-served coalition must bear.
    pub least_core: Option<LeastCore>,
    /// Whether no shares at all keep every coalition in; none where it could not be told.
    pub core_is_empty: Option<bool>,
    /// What holds for two partners and for no others.
    pub two_partners: Option<TwoPartners>,
    /// What follows if one partner leaves, or two.
    pub drop_outs: Vec<DropOut>,
    /// What a reader should know of how the costs were worked out.
    pub cautions: Vec<String>,
    /// What all of this rests on.
    pub sources: Vec<Source>,
}

/// Where the cost of each coalition comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisOfCosts {
    /// Stated, coalition by coalition.
    Table,
    /// Worked out by the stated rule.
    Rule(RuleNote),
}

/// What the rule worked with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleNote {
    /// The option's reference.
    pub option: String,
    /// The option's name.
    pub name: String,
    /// Year 0.
    pub first_year: FinancialYear,
    /// The years counted.
    pub years: usize,
    /// By what a coalition's part of recurring joint lines is measured.
    pub key: Method,
    /// Joint money that happens once, at present value.
    pub joint_one_off: f64,
    /// Joint money that recurs, at present value, for all partners.
    pub joint_recurring: f64,
    /// What stays each partner's own when all share, at present value.
    pub own: Shares,
}

/// One way of sharing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What each pays.
    pub shares: Shares,
    /// Whether nobody would pay less apart.
    pub in_core: bool,
    /// Who would.
    pub would_leave: WouldLeave,
}

/// The coalitions that would pay less apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WouldLeave {
    /// How many.
    pub count: usize,
    /// The worst of them, the worst first; no more than twenty.
    pub worst: Vec<Leaving>,
}

/// A coalition that would pay less apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaving {
    /// Its members.
    pub members: Vec<String>,
    /// What they pay together under this way of sharing.
    pub pay: f64,
    /// What they would pay as a coalition of their own.
    pub apart: f64,
    /// The difference.
    pub by: f64,
}

/// A way of sharing that could not be worked out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cannot {
    /// The way of sharing.
    pub method: Method,
    /// Why not, as a sentence.
    pub why: String,
}

/// The least core.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeastCore {
    /// The least amount by which some coalition pays more than it would apart, under the best
    /// shares there are. Below nought: what every coalition saves at the least.
    pub epsilon: f64,
    /// Shares that reach it; there may be others.
    pub shares: Shares,
}

/// What holds for two partners: every rule of fairness halves the saving.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TwoPartners {
    /// What sharing saves.
    pub saving: f64,
    /// What each gains of it.
    pub each: f64,
}

/// What follows if some partners leave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropOut {
    /// Who leaves.
    pub leaving: Vec<String>,
    /// Who stays.
    pub rest: Vec<String>,
    /// What those who stay pay together.
    pub rest_cost: f64,
    /// What they save against each standing alone; below nought where they lose.
    pub rest_saves: f64,
    /// Whether they still gain by sharing.
    pub rest_gains: bool,
    /// What each of them then pays under the key in force.
    pub under_key: Option<Shares>,
    /// Those of them who then pay more than alone, and by how much: under the key in force, or
    /// by the Shapley value where there is none.
    pub worse_off_than_alone: Shares,
    /// What each of them then pays by the Shapley value.
    pub shapley_value: Shares,
}

impl Outcome {
    /// One way of sharing, where it could be worked out.
    pub fn answer(&self, method: Method) -> Option<&Answer> {
        self.methods.get(&method)
    }

    /// The way of sharing by which the question is answered: the key in force, or the Shapley
    /// value where there is none or it could not be worked out.
    pub fn judged(&self) -> (Method, &Answer) {
        let in_force = self.key_in_force.and_then(|key| Some((key, self.methods.get(&key)?)));
        in_force.unwrap_or_else(|| (Method::ShapleyValue, &self.methods[&Method::ShapleyValue]))
    }

    /// The name of a partner.
    pub fn name_of<'a>(&'a self, code: &'a str) -> &'a str {
        let named = self.members.iter().find(|member| member.code == code);
        named.map_or(code, |member| &member.name)
    }
}

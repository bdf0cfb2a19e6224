//! Works every way of sharing out and puts the answer together.

use std::collections::BTreeMap;

use super::drop_outs::{by_code, drop_outs};
use super::{
    Answer, BasisOfCosts, Cannot, CostTable, Input, LeastCore, Method, Outcome, TwoPartners, keys, least_core,
    nucleolus, separable_costs_remaining_benefits, shapley_value, would_leave,
};
use crate::Named;

/// Where the costs come from and what must be known of them.
pub(super) struct Costed {
    pub table: CostTable,
    pub basis: BasisOfCosts,
    pub cautions: Vec<String>,
    pub sources: Vec<penshaw_basis::Source>,
}

pub(super) fn answer(input: &Input, costed: Costed) -> Outcome {
    let Costed { table, basis, cautions, sources } = costed;
    let (methods, cannot) = methods(&table, input);
    let alone: Vec<f64> = (0..table.count()).map(|member| table.alone(member)).collect();
    let saving = alone.iter().sum::<f64>() - table.grand();
    let least =
        least_core(&table).ok().map(|(epsilon, shares)| LeastCore { epsilon, shares: by_code(&table, &shares) });
    let in_force = input.key_in_force;
    let figures = in_force.and_then(|key| keys::figures(key, &input.members, &input.stated_shares).ok());
    Outcome {
        members: input.members.iter().map(|member| named(&member.code, &member.name)).collect(),
        unit: input.unit,
        basis_of_costs: basis,
        grand_cost: table.grand(),
        stand_alone: by_code(&table, &alone),
        saving,
        dearer_together: (saving < -table.tolerance()).then_some(-saving),
        core_is_empty: core_is_empty(&table, &methods, least.as_ref()),
        least_core: least,
        methods,
        cannot,
        key_in_force: in_force,
        two_partners: (table.count() == 2).then_some(TwoPartners { saving, each: saving / 2.0 }),
        drop_outs: drop_outs(&table, figures.as_deref()),
        cautions,
        sources,
    }
}

fn named(code: &str, name: &str) -> Named {
    let name = if name.is_empty() { code } else { name };
    Named { code: code.into(), name: name.into() }
}

fn methods(table: &CostTable, input: &Input) -> (BTreeMap<Method, Answer>, Vec<Cannot>) {
    let mut methods = BTreeMap::new();
    let mut cannot = Vec::new();
    for method in Method::ALL {
        match shares(method, table, input) {
            Ok(shares) => {
                let leaving = would_leave(table, &shares);
                let answer =
                    Answer { shares: by_code(table, &shares), in_core: leaving.count == 0, would_leave: leaving };
                methods.insert(method, answer);
            }
            Err(why) => cannot.push(Cannot { method, why }),
        }
    }
    (methods, cannot)
}

fn shares(method: Method, table: &CostTable, input: &Input) -> Result<Vec<f64>, String> {
    match method {
        Method::SeparableCostsRemainingBenefits => Ok(separable_costs_remaining_benefits(table)),
        Method::ShapleyValue => Ok(shapley_value(table)),
        Method::Nucleolus => nucleolus(table).map_err(|why| sentence(&why.to_string())),
        Method::Hybrid => keys::hybrid(table, &input.members),
        key => Ok(keys::by_figures(table, &keys::figures(key, &input.members, &input.stated_shares)?)),
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// Shares that nobody would leave show that the core is not empty; else the least core tells.
fn core_is_empty(table: &CostTable, methods: &BTreeMap<Method, Answer>, least: Option<&LeastCore>) -> Option<bool> {
    if methods.values().any(|answer| answer.in_core) {
        return Some(false);
    }
    least.map(|least| least.epsilon > table.tolerance())
}

//! The answer to a cost table on its own, and its stable form in JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answer::{Costed, answer};
use super::{BasisOfCosts, Coalition, CostTable, Costs, Input, Member, Method, NotACostTable, Outcome, Unit};

/// Works out the shares of a list of coalitions on its own; they are in the list's unit.
///
/// # Errors
/// [`NotACostTable`], if a coalition is missing, given twice, or there are more than twenty members.
pub fn share(coalitions: &[Coalition]) -> Result<Outcome, NotACostTable> {
    Ok(shared(CostTable::new(&CostTable::members_of(coalitions), coalitions)?))
}

/// Works out the shares of a cost table as it is read from a file: bit *i* of a cost's place is member *i*.
///
/// # Errors
/// [`NotACostTable`], if there is not one finite cost for each coalition of two to twenty members.
///
/// ```
/// use penshaw_analyses::cost_shares::{share_costs, share_json};
/// let members = ["A".to_owned(), "B".to_owned()];
/// let json = share_json(&share_costs(&members, &[0.0, 60.0, 50.0, 95.0])?);
/// assert_eq!(json["shares"]["shapley_value"]["A"], 52.5);
/// assert_eq!(json["core_is_empty"], false);
/// # Ok::<(), penshaw_analyses::cost_shares::NotACostTable>(())
/// ```
pub fn share_costs(members: &[String], costs: &[f64]) -> Result<Outcome, NotACostTable> {
    Ok(shared(CostTable::from_costs(members, costs)?))
}

fn shared(table: CostTable) -> Outcome {
    let members = table.members().iter().map(|code| Member { code: code.clone(), ..Member::default() });
    let input = Input {
        members: members.collect(),
        costs: Costs::Table(Vec::new()),
        unit: Unit::AsGiven,
        stated_shares: BTreeMap::new(),
        key_in_force: None,
        sources: Vec::new(),
    };
    let costed = Costed { table, basis: BasisOfCosts::Table, cautions: Vec::new(), sources: Vec::new() };
    answer(&input, costed)
}

/// What `penshaw share --json` prints. Its field names are kept stable.
///
/// Without the cost keys, for which a table on its own has no figures; `nucleolus` is null
/// where it cannot be worked out.
pub fn share_json(outcome: &Outcome) -> Value {
    const SHOWN: [Method; 4] =
        [Method::Equal, Method::ShapleyValue, Method::Nucleolus, Method::SeparableCostsRemainingBenefits];
    let of_each = |value: &dyn Fn(&super::Answer) -> Value| -> Value {
        let named = SHOWN.iter().map(|method| {
            let value = outcome.methods.get(method).map_or(Value::Null, value);
            (method.name().to_owned(), value)
        });
        Value::Object(named.collect())
    };
    let why_not = outcome.cannot.iter().filter(|cannot| SHOWN.contains(&cannot.method));
    let why_not: BTreeMap<&str, &str> = why_not.map(|cannot| (cannot.method.name(), cannot.why.as_str())).collect();
    json!({
        "members": outcome.members.iter().map(|member| &member.code).collect::<Vec<_>>(),
        "cost": { "grand": outcome.grand_cost, "stand_alone": outcome.stand_alone, "saving": outcome.saving },
        "shares": of_each(&|answer| json!(answer.shares)),
        "in_core": of_each(&|answer| json!(answer.in_core)),
        "core_is_empty": outcome.core_is_empty,
        "least_core": outcome.least_core,
        "would_leave": of_each(&|answer| json!(answer.would_leave)),
        "dearer_together": outcome.dearer_together,
        "two_partners": outcome.two_partners,
        "drop_outs": outcome.drop_outs,
        "why_not": why_not,
    })
}

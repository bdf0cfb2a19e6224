//! Whether a decision is a key one: the authority's own thresholds, never a guessed one (SI 2012/2089 reg. 8).

use penshaw_basis::Money;
use penshaw_register::Decision;

use super::outcome::Stop;
use super::rules::Rules;
use crate::named::counted;

const RULE: &str = "SI 2012/2089 reg. 8";

/// What stops a decision because of how the question is answered whether it is a key one.
pub(super) fn stop(decision: &Decision, rules: &Rules) -> Option<Stop> {
    match (decision.key, &rules.key) {
        (Some(true), _) => None,
        (None, _) => Some(Stop {
            what: "whether it is a key decision is not answered".into(),
            rule: RULE.into(),
            opened_by: vec!["answer it, with the spending, the saving or the wards that make it so or not".into()],
        }),
        (Some(false), None) => Some(Stop {
            what: "it is said not to be a key decision, and no threshold of this authority is recorded to tell it by"
                .into(),
            rule: RULE.into(),
            opened_by: vec![
                "record the constitution's thresholds in parameters/constitutions".into(),
                "treat it as a key decision".into(),
            ],
        }),
        (Some(false), Some(_)) => {
            let reached = reached(decision, rules);
            (!reached.is_empty()).then(|| Stop {
                what: format!("it is said not to be a key decision, and {}", reached.join("; ")),
                rule: RULE.into(),
                opened_by: vec!["treat it as a key decision".into(), "correct the amounts or the wards".into()],
            })
        }
    }
}

/// The thresholds that a decision reaches.
fn reached(decision: &Decision, rules: &Rules) -> Vec<String> {
    let Some(key) = &rules.key else { return Vec::new() };
    let amount = |what: &str, amount: Option<Money>, threshold: Option<u64>| {
        let threshold = Money::from_pence(i64::try_from(threshold?).ok()?.checked_mul(100)?);
        let amount = amount.filter(|amount| *amount >= threshold)?;
        Some(format!("its {what} of {amount} reaches the threshold of {threshold}"))
    };
    let enough = rules.wards;
    let wards = decision.wards.filter(|wards| *wards >= enough);
    let found = [
        amount("spending", decision.expenditure, key.revenue_spend),
        amount("saving", decision.saving, key.revenue_saving),
        amount("capital spending", decision.capital, key.capital),
        wards.map(|wards| {
            let affects = counted(wards as usize, "ward", "wards");
            format!("it affects {affects}, where {enough} or more make a key decision")
        }),
    ];
    found.into_iter().flatten().collect()
}

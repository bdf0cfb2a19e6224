//! What a sustained learner costs, in all and by authority of residence, and when that cannot be said.

use std::collections::BTreeSet;

use penshaw_basis::{Estimate, FinancialYear, Money};
use penshaw_numerics::apportion::largest_remainder;
use penshaw_register::AmountsByYear;

use super::outcome::{Chain, CostPerLearner, Step};

/// The steps by which a cost may be shared between authorities of residence, the first that all of them know.
const SPLIT_BY: [Step; 2] = [Step::Reached, Step::Started];

/// The cost of each sustained learner, `cost / sustained at 6 months`; refused, with the reason, where either is not
/// known or nobody sustained.
pub(super) fn per_learner(cost: Option<Money>, no_cost: &str, chain: Option<&Chain>) -> CostPerLearner {
    let sustained = chain.and_then(|chain| chain.people(Step::Sustained6Months));
    let refused = |why: &str| CostPerLearner { cost, sustained, per_learner: None, why_not: Some(why.to_owned()) };
    match (cost, sustained) {
        (None, _) => refused(no_cost),
        (_, None) if chain.is_none() => refused("no outcome is recorded"),
        (_, None) => refused("sustained at 6 months is not known throughout"),
        (_, Some(0)) => refused("nobody sustained at 6 months"),
        (Some(amount), Some(people)) => CostPerLearner {
            per_learner: Some(Estimate::from_pounds(amount.pounds() / people as f64)),
            cost,
            sustained,
            why_not: None,
        },
    }
}

/// What a programme costs in all its years; nothing where no cost is recorded.
pub(super) fn total(costs: &AmountsByYear) -> Option<Money> {
    (!costs.is_empty()).then(|| costs.values().copied().sum())
}

/// A cost shared to the penny by the people of each authority: those reached, or those who started where not all
/// authorities say whom they reached; nothing where neither is known of all.
pub(super) fn split(cost: Money, residents: &[&Chain]) -> Option<(Step, Vec<Money>)> {
    SPLIT_BY.into_iter().find_map(|step| {
        let people: Option<Vec<i64>> = residents.iter().map(|chain| i64::try_from(chain.people(step)?).ok()).collect();
        let shares = largest_remainder(cost.pence(), &people?)?;
        Some((step, shares.into_iter().map(Money::from_pence).collect()))
    })
}

/// The years that have a cost and no outcome, and those that have an outcome and no cost.
pub(super) fn years_apart(costs: &AmountsByYear, chain: &Chain) -> (Vec<FinancialYear>, Vec<FinancialYear>) {
    let paid: BTreeSet<FinancialYear> =
        costs.iter().filter(|(_, amount)| **amount != Money::ZERO).map(|(year, _)| *year).collect();
    let told: BTreeSet<FinancialYear> = chain.years.iter().copied().collect();
    (paid.difference(&told).copied().collect(), told.difference(&paid).copied().collect())
}

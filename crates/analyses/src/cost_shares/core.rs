//! The core test: which coalitions would pay less apart, and by how much.

use super::{CostTable, Leaving, WouldLeave};

/// The most coalitions that are named; all are counted.
const NAMED: usize = 20;

/// The coalitions that pay more under these shares than they would apart, the worst first.
///
/// Shares that no coalition would leave are in the core: `Σ_{i ∈ S} share_i ≤ c(S)` for every S.
/// A difference below [`CostTable::tolerance`] counts as rounding.
///
/// Source: Gillies (1959), "Solutions to general non-zero-sum games", Contributions to the Theory of Games IV, 47–85.
///
/// ```
/// use penshaw_analyses::cost_shares::{table_from_pairs, would_leave};
/// let table = table_from_pairs(&[("A", 60.0), ("B", 30.0), ("A+B", 80.0)])?;
/// let leaving = would_leave(&table, &[40.0, 40.0]); // equal shares
/// assert_eq!((leaving.count, leaving.worst[0].members.join("+").as_str(), leaving.worst[0].by), (1, "B", 10.0));
/// # Ok::<(), penshaw_analyses::cost_shares::NotACostTable>(())
/// ```
pub fn would_leave(table: &CostTable, shares: &[f64]) -> WouldLeave {
    let paid = sums(shares);
    let tolerance = table.tolerance();
    let by = |coalition: &usize| paid[*coalition] - table.cost(*coalition);
    let mut leaving: Vec<usize> = (1..table.all()).filter(|coalition| by(coalition) > tolerance).collect();
    leaving.sort_by(|one, other| by(other).total_cmp(&by(one)).then(one.cmp(other)));
    let worst = leaving.iter().take(NAMED).map(|coalition| Leaving {
        members: table.codes(*coalition),
        pay: paid[*coalition],
        apart: table.cost(*coalition),
        by: by(coalition),
    });
    WouldLeave { count: leaving.len(), worst: worst.collect() }
}

/// The sum of an amount a member over each coalition, by its number.
pub(super) fn sums(amounts: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; 1 << amounts.len()];
    for coalition in 1..sums.len() {
        let last = coalition.ilog2() as usize;
        sums[coalition] = sums[coalition & !(1 << last)] + amounts[last];
    }
    sums
}

//! Ways of sharing from the theory of cooperative games: Shapley value, nucleolus, least core, separable costs.

use coopgame::game::ExplicitGame;
use coopgame::games::cost::CostGame;
use coopgame::{Domain, Error, nucleolus as sequential, values};

use super::CostTable;

/// Why the nucleolus or the least core cannot be worked out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoSolution {
    /// No shares leave each member no worse off than alone.
    #[error("together costs more than apart, so that no shares leave every member as well off as alone")]
    DearerTogether,
    /// The linear programme did not come to an end.
    #[error("the linear programme behind it did not come to a reliable end on these costs")]
    NotFound,
}

impl From<Error> for NoSolution {
    fn from(error: Error) -> Self {
        match error {
            Error::EmptyImputationSet => NoSolution::DearerTogether,
            _ => NoSolution::NotFound,
        }
    }
}

/// What each member adds to the cost, on the average of all orders in which they may join.
///
/// `φ_i = Σ_{S ∌ i} |S|! (n − |S| − 1)! / n! × (c(S ∪ i) − c(S))`. The shares add up to the
/// cost of all; members who add the same pay the same; who adds nothing pays nothing.
/// Visits every coalition: meant for up to 20 members.
///
/// Source: Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II, 307–317.
///
/// ```
/// use penshaw_analyses::cost_shares::{shapley_value, table_from_pairs};
/// let table = table_from_pairs(&[
///     ("A", 60.0), ("B", 50.0), ("C", 40.0),
///     ("A+B", 95.0), ("A+C", 85.0), ("B+C", 78.0), ("A+B+C", 120.0),
/// ])?;
/// let shares = shapley_value(&table);
/// let printed: Vec<String> = shares.iter().map(|share| format!("{share:.1}")).collect();
/// assert_eq!(printed, ["49.0", "40.5", "30.5"]);
/// # Ok::<(), penshaw_analyses::cost_shares::NotACostTable>(())
/// ```
pub fn shapley_value(table: &CostTable) -> Vec<f64> {
    values::shapley(&explicit(table.costs()))
}

/// The shares under which the coalition that gains least gains as much as can be, then the next, and so on.
///
/// A coalition's gain is what it would pay apart less what it pays. Nobody pays more than
/// alone. Where the core is not empty, the nucleolus is in it. Found by one linear programme
/// after another: for 12 members at once, for 20 in seconds.
///
/// Source: Schmeidler (1969), "The nucleolus of a characteristic function game", SIAM Journal on Applied
/// Mathematics 17, 1163–1170.
///
/// # Errors
/// [`NoSolution`], if together costs more than apart or a linear programme comes to no end.
///
/// ```
/// use penshaw_analyses::cost_shares::{nucleolus, table_from_pairs};
/// let table = table_from_pairs(&[("A", 60.0), ("B", 50.0), ("A+B", 95.0)])?;
/// let shares = nucleolus(&table).unwrap();
/// assert!((shares[0] - 52.5).abs() < 1e-6 && (shares[1] - 42.5).abs() < 1e-6);
/// # Ok::<(), penshaw_analyses::cost_shares::NotACostTable>(())
/// ```
pub fn nucleolus(table: &CostTable) -> Result<Vec<f64>, NoSolution> {
    Ok(cost_game(table).nucleolus()?)
}

/// The least `ε` for which some shares make no coalition pay more than `ε` above its cost apart, and such shares.
///
/// Above nought, the core is empty: whatever the shares, some coalition would pay less apart.
///
/// Source: Maschler, Peleg and Shapley (1979), "Geometric properties of the kernel, nucleolus, and related
/// solution concepts", Mathematics of Operations Research 4, 303–338.
///
/// # Errors
/// [`NoSolution`], if the linear programme comes to no end.
pub fn least_core(table: &CostTable) -> Result<(f64, Vec<f64>), NoSolution> {
    let game = cost_game(table);
    let least = sequential::least_core(&game.savings_game()?, Domain::Preimputation)?;
    Ok((least.epsilon(), game.to_costs(least.allocation())))
}

/// What each adds to the cost of all the others, and of the rest a share by what joining still saves it.
///
/// With the separable cost `m_i = c(N) − c(N \ i)` and the remaining benefit
/// `r_i = max(0, c(i) − m_i)`: `share_i = m_i + r_i / Σ r × (c(N) − Σ m)`; the rest is shared
/// equally where nobody has a remaining benefit.
///
/// Source: Federal Inter-Agency River Basin Committee (1950), Proposed Practices for Economic Analysis of
/// River Basin Projects; Young, Okada and Hashimoto (1982), "Cost allocation in water resources
/// development", Water Resources Research 18, 463–475.
///
/// ```
/// use penshaw_analyses::cost_shares::{separable_costs_remaining_benefits, table_from_pairs};
/// let table = table_from_pairs(&[
///     ("A", 60.0), ("B", 50.0), ("C", 40.0),
///     ("A+B", 95.0), ("A+C", 85.0), ("B+C", 78.0), ("A+B+C", 120.0),
/// ])?;
/// // Separable 42, 35 and 25; remaining benefits 18, 15 and 15; 18 left to share.
/// assert_eq!(separable_costs_remaining_benefits(&table), [48.75, 40.625, 30.625]);
/// # Ok::<(), penshaw_analyses::cost_shares::NotACostTable>(())
/// ```
pub fn separable_costs_remaining_benefits(table: &CostTable) -> Vec<f64> {
    let members = 0..table.count();
    let separable: Vec<f64> = members.map(|member| table.grand() - table.cost(table.all() & !(1 << member))).collect();
    let left = table.grand() - separable.iter().sum::<f64>();
    let benefit = |(member, separable): (usize, &f64)| (table.alone(member) - separable).max(0.0);
    let benefits: Vec<f64> = separable.iter().enumerate().map(benefit).collect();
    let all: f64 = benefits.iter().sum();
    let part = |benefit: &f64| if all > 0.0 { benefit / all } else { 1.0 / table.count() as f64 };
    separable.iter().zip(&benefits).map(|(separable, benefit)| separable + part(benefit) * left).collect()
}

fn cost_game(table: &CostTable) -> CostGame {
    CostGame::new(explicit(table.costs()))
}

/// The library's game of the same costs, whose coalitions are numbered as ours are.
pub(super) fn explicit(costs: &[f64]) -> ExplicitGame {
    ExplicitGame::from_binary(&costs[1..]).expect("a cost table holds 2^n finite costs")
}

//! Items placed each by one of its choices, at least cost, within capacities that modules may raise: to the proved optimum.

mod check;
mod compact;
mod cuts;
mod exhaustive;
mod improve;
mod relaxation;
mod root;
mod simplex;
mod tree;

pub use check::{Violation, verify};
pub use exhaustive::solve_by_enumeration;

/// Items to place, each by one of its choices, at least cost within capacities that modules may raise.
///
/// ```text
/// least  Σ cost of the choices taken + Σ module cost × modules bought
/// where  every member takes one choice; all members of an item take choices of one key;
///        for each resource: Σ amounts used ≤ capacity + Σ amounts that modules bought add
/// ```
/// Two members that must not meet share a resource of capacity 1 of which each uses 1 there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// What is to be placed.
    pub items: Vec<Item>,
    /// How much of each resource there is before any module is bought.
    pub capacities: Vec<f64>,
    /// What may be bought.
    pub modules: Vec<Module>,
}

/// Members that are placed with one key in common (an affinity group); most items have one member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its members.
    pub members: Vec<Member>,
}

/// What takes one choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// Its choices.
    pub choices: Vec<Choice>,
}

/// One way to place a member.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// What all members of the item must share: its primary site.
    pub key: usize,
    /// What it costs; may be negative.
    pub cost: f64,
    /// Which resources it uses and how much of each, none below nought.
    pub uses: Vec<(usize, f64)>,
}

/// What may be bought to raise capacities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// What one costs, not below nought.
    pub cost: f64,
    /// How many there may be.
    pub most: u32,
    /// Which resources one adds to and how much to each, none below nought.
    pub adds: Vec<(usize, f64)>,
}

/// How much work may be done. There is no clock in it: the same problem gives the same answer everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// The relative gap between cost and bound at which the search may stop; 0 asks for the optimum.
    pub gap: f64,
    /// How many nodes of the search tree may be opened.
    pub nodes: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { gap: 0.0, nodes: 1_000_000 }
    }
}

/// A placement, with the bound that says how far from the best it can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// For each item and member, its choice.
    pub choices: Vec<Vec<usize>>,
    /// How many of each module are bought.
    pub modules: Vec<u32>,
    /// What it costs.
    pub cost: f64,
    /// No placement costs less than this.
    pub bound: f64,
    /// Nodes of the search tree that were opened.
    pub nodes: u64,
    /// Whether `cost` and `bound` are as near to one another as was asked.
    pub proved: bool,
}

impl Solution {
    /// How much cheaper the best could be, relative to this.
    pub fn gap(&self) -> f64 {
        ((self.cost - self.bound) / self.cost.abs().max(1.0)).max(0.0)
    }
}

/// Why there is no placement.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Infeasible {
    /// A number is not one, or a resource is not there.
    #[error("the problem is not well formed: {0}")]
    Malformed(String),
    /// The members of an item have no key in common.
    #[error("item {item} has no key for which every one of its members has a choice")]
    NoSharedKey {
        /// The item.
        item: usize,
    },
    /// A resource is too small whatever is chosen.
    #[error("resource {resource} holds {most} at most, but {needed} is needed of it whatever is chosen")]
    TooSmall {
        /// The resource.
        resource: usize,
        /// What is needed at least.
        needed: f64,
        /// What there is at most, with all modules.
        most: f64,
        /// The items, with their members, that cannot do without it.
        users: Vec<(usize, usize)>,
    },
    /// Resources that are each great enough but not together.
    #[error("resources {resources:?} cannot together hold all that must be placed")]
    Together {
        /// The resources; all of them where no smaller set is known.
        resources: Vec<usize>,
    },
    /// The search ended by its limit of nodes before any placement was found.
    #[error("no placement was found within {nodes} nodes, and none was proved impossible")]
    NotFound {
        /// Nodes opened.
        nodes: u64,
    },
}

/// The cheapest placement, or one within `effort.gap` of it, or the best that `effort.nodes` found.
///
/// # Errors
/// [`Infeasible`], if there is none, or none was found.
///
/// ```
/// use penshaw_numerics::assignment::{Choice, Effort, Item, Member, Module, Problem, solve, verify};
/// // Two things, either of two rooms; the cheap room holds one, unless it is enlarged for 5.
/// let choice = |key, cost| Choice { key, cost, uses: vec![(key, 1.0)] };
/// let thing = Item { members: vec![Member { choices: vec![choice(0, 1.0), choice(1, 3.0)] }] };
/// let problem = Problem {
///     items: vec![thing.clone(), thing],
///     capacities: vec![1.0, 1.0],
///     modules: vec![Module { cost: 5.0, most: 1, adds: vec![(0, 1.0)] }],
/// };
/// let solution = solve(&problem, &Effort::default())?;
/// assert_eq!((solution.cost, solution.bound, solution.proved), (4.0, 4.0, true));
/// assert_eq!(verify(&problem, &solution), Ok(4.0));
/// # Ok::<(), penshaw_numerics::assignment::Infeasible>(())
/// ```
pub fn solve(problem: &Problem, effort: &Effort) -> Result<Solution, Infeasible> {
    let Searched { best, bound, nodes } = search_below(problem, f64::INFINITY, effort)?;
    best.ok_or_else(|| match bound.is_infinite() {
        true => Infeasible::Together { resources: (0..problem.capacities.len()).collect() },
        false => Infeasible::NotFound { nodes },
    })
}

/// What a search below a limit gave.
pub(crate) struct Searched {
    /// The cheapest placement found that costs less than the limit.
    pub(crate) best: Option<Solution>,
    /// No placement costs less than this: the limit itself where all that is below it was looked at in vain.
    pub(crate) bound: f64,
    /// Nodes of the search tree that were opened.
    pub(crate) nodes: u64,
}

/// The cheapest placement that costs less than a limit.
///
/// # Errors
/// [`Infeasible`], if the problem is not well formed or plainly without a placement.
pub(crate) fn search_below(problem: &Problem, limit: f64, effort: &Effort) -> Result<Searched, Infeasible> {
    check::well_formed(problem)?;
    check::plainly_possible(problem)?;
    let compact = compact::Compact::new(problem);
    let aim = tree::Aim { known: f64::INFINITY, limit, gap: effort.gap };
    let searched = if problem.modules.is_empty() {
        root::search(compact::Compact::new(problem), None, aim, effort.nodes, 1)
    } else {
        tree::Tree::new(&compact, aim, 0, None).search(effort.nodes)
    };
    let best = searched.best.map(|found| {
        let bound = searched.bound.min(found.cost);
        let mut choices: Vec<Vec<usize>> = problem.items.iter().map(|item| vec![0; item.members.len()]).collect();
        for &choice in &found.choices {
            let (item, member, place) = compact.whose[choice as usize];
            choices[item as usize][member as usize] = place as usize;
        }
        let proved = found.cost - bound <= effort.gap * found.cost.abs().max(1.0) + 2e-9 * found.cost.abs();
        Solution { choices, modules: found.modules, cost: found.cost, bound, nodes: searched.nodes, proved }
    });
    Ok(Searched { best, bound: searched.bound, nodes: searched.nodes })
}

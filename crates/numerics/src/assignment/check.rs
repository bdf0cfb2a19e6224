//! Whether a problem makes sense, and whether a solution is one: recomputed from the problem alone.

use super::{Infeasible, Item, Problem, Solution};

/// What is wrong with a solution.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Violation {
    /// It has not as many items, members or modules as the problem.
    #[error("the solution is of another shape than the problem: {0}")]
    Shape(String),
    /// A choice that the member does not have.
    #[error("member {member} of item {item} has no choice {choice}")]
    NoSuchChoice {
        /// The item.
        item: usize,
        /// Its member.
        member: usize,
        /// The choice.
        choice: usize,
    },
    /// Members of an item that are apart.
    #[error("the members of item {item} have the keys {keys:?}")]
    Apart {
        /// The item.
        item: usize,
        /// The key of each member.
        keys: Vec<usize>,
    },
    /// More modules than there may be.
    #[error("{bought} of module {module} are bought, but there may be {most}")]
    TooManyModules {
        /// The module.
        module: usize,
        /// How many are bought.
        bought: u32,
        /// How many there may be.
        most: u32,
    },
    /// More of a resource is used than there is.
    #[error("{used} of resource {resource} is used, but there is {available}")]
    OverCapacity {
        /// The resource.
        resource: usize,
        /// What is used.
        used: f64,
        /// What there is, with the modules bought.
        available: f64,
    },
    /// The cost that it states is not what it costs.
    #[error("the solution says that it costs {stated}, but it costs {found}")]
    Cost {
        /// What it states.
        stated: f64,
        /// What it costs.
        found: f64,
    },
    /// A bound above the cost.
    #[error("the bound, {bound}, is above the cost, {cost}")]
    Bound {
        /// The bound.
        bound: f64,
        /// The cost.
        cost: f64,
    },
}

/// How far sums of amounts may be apart by the rounding of floating-point numbers alone.
pub(super) fn slack(amount: f64) -> f64 {
    1e-9 * (1.0 + amount.abs())
}

/// Checks a solution against every constraint, and gives what it costs: nothing is taken from the search.
///
/// # Errors
/// Everything that is wrong with it.
pub fn verify(problem: &Problem, solution: &Solution) -> Result<f64, Vec<Violation>> {
    shape(problem, solution)?;
    let mut wrong = Vec::new();
    let mut used = vec![0.0; problem.capacities.len()];
    let mut cost = 0.0;
    for (item, (given, chosen)) in problem.items.iter().zip(&solution.choices).enumerate() {
        let taken: Vec<_> = given.members.iter().zip(chosen).map(|(member, &place)| &member.choices[place]).collect();
        for choice in &taken {
            cost += choice.cost;
            choice.uses.iter().for_each(|&(resource, amount)| used[resource] += amount);
        }
        let keys: Vec<usize> = taken.iter().map(|choice| choice.key).collect();
        if keys.iter().any(|key| *key != keys[0]) {
            wrong.push(Violation::Apart { item, keys });
        }
    }
    let mut available = problem.capacities.clone();
    for (module, (given, &bought)) in problem.modules.iter().zip(&solution.modules).enumerate() {
        if bought > given.most {
            wrong.push(Violation::TooManyModules { module, bought, most: given.most });
        }
        cost += given.cost * f64::from(bought);
        given.adds.iter().for_each(|&(resource, amount)| available[resource] += amount * f64::from(bought));
    }
    for (resource, (&used, &available)) in used.iter().zip(&available).enumerate() {
        if used > available + slack(available) {
            wrong.push(Violation::OverCapacity { resource, used, available });
        }
    }
    if (solution.cost - cost).abs() > slack(cost) {
        wrong.push(Violation::Cost { stated: solution.cost, found: cost });
    }
    if solution.bound > cost + slack(cost) {
        wrong.push(Violation::Bound { bound: solution.bound, cost });
    }
    if wrong.is_empty() { Ok(cost) } else { Err(wrong) }
}

fn shape(problem: &Problem, solution: &Solution) -> Result<(), Vec<Violation>> {
    let differs = |what: &str, found, wanted| Err(vec![Violation::Shape(format!("{found} {what}, not {wanted}"))]);
    if solution.choices.len() != problem.items.len() {
        return differs("items", solution.choices.len(), problem.items.len());
    }
    if solution.modules.len() != problem.modules.len() {
        return differs("modules", solution.modules.len(), problem.modules.len());
    }
    let mut wrong = Vec::new();
    for (item, (given, chosen)) in problem.items.iter().zip(&solution.choices).enumerate() {
        if chosen.len() != given.members.len() {
            return differs(&format!("members of item {item}"), chosen.len(), given.members.len());
        }
        for (member, (given, &choice)) in given.members.iter().zip(chosen).enumerate() {
            if choice >= given.choices.len() {
                wrong.push(Violation::NoSuchChoice { item, member, choice });
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Refuses numbers that are none, amounts below nought, and resources that are not there.
pub(super) fn well_formed(problem: &Problem) -> Result<(), Infeasible> {
    let resources = problem.capacities.len();
    let amounts = |what: &str, amounts: &[(usize, f64)]| match amounts
        .iter()
        .find(|(resource, amount)| *resource >= resources || !amount.is_finite() || *amount < 0.0)
    {
        Some((resource, amount)) => {
            Err(Infeasible::Malformed(format!("{what} names {amount} of resource {resource} of {resources}")))
        }
        None => Ok(()),
    };
    if let Some(place) = problem.capacities.iter().position(|capacity| !capacity.is_finite()) {
        return Err(Infeasible::Malformed(format!("the capacity of resource {place} is not a number")));
    }
    for (place, module) in problem.modules.iter().enumerate() {
        if !module.cost.is_finite() || module.cost < 0.0 {
            return Err(Infeasible::Malformed(format!("module {place} costs {}", module.cost)));
        }
        amounts(&format!("module {place}"), &module.adds)?;
    }
    for (item, given) in problem.items.iter().enumerate() {
        for choice in given.members.iter().flat_map(|member| &member.choices) {
            if !choice.cost.is_finite() {
                return Err(Infeasible::Malformed(format!("a choice of item {item} costs {}", choice.cost)));
            }
            amounts(&format!("a choice of item {item}"), &choice.uses)?;
        }
    }
    Ok(())
}

/// Refuses what no search is needed to refuse: items without a shared key, resources too small for what must use them.
pub(super) fn plainly_possible(problem: &Problem) -> Result<(), Infeasible> {
    if let Some(item) = problem.items.iter().position(|item| !item.members.is_empty() && keys(item).is_empty()) {
        return Err(Infeasible::NoSharedKey { item });
    }
    let mut most = problem.capacities.clone();
    for module in &problem.modules {
        module.adds.iter().for_each(|&(resource, amount)| most[resource] += amount * f64::from(module.most));
    }
    let mut needed = vec![0.0; most.len()];
    let mut users = vec![Vec::new(); most.len()];
    for (item, given) in problem.items.iter().enumerate() {
        let keys = keys(given);
        for (member, given) in given.members.iter().enumerate() {
            for (resource, amount) in needed_whatever_is_chosen(given, &keys) {
                needed[resource] += amount;
                users[resource].push((item, member));
            }
        }
    }
    let short = (0..most.len()).find(|&resource| needed[resource] > most[resource] + slack(most[resource]));
    match short {
        Some(resource) => Err(Infeasible::TooSmall {
            resource,
            needed: needed[resource],
            most: most[resource],
            users: std::mem::take(&mut users[resource]),
        }),
        None => Ok(()),
    }
}

/// The keys for which every member has a choice, ascending.
pub(super) fn keys(item: &Item) -> Vec<usize> {
    let Some(first) = item.members.first() else { return Vec::new() };
    let mut keys: Vec<usize> = first.choices.iter().map(|choice| choice.key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| item.members.iter().all(|member| member.choices.iter().any(|choice| choice.key == *key)));
    keys
}

fn needed_whatever_is_chosen(member: &super::Member, keys: &[usize]) -> Vec<(usize, f64)> {
    let mut allowed = member.choices.iter().filter(|choice| keys.binary_search(&choice.key).is_ok());
    let mut least = allowed.next().map(|choice| summed(&choice.uses)).unwrap_or_default();
    for choice in allowed {
        let uses = summed(&choice.uses);
        least.retain_mut(|(resource, amount)| match uses.binary_search_by_key(resource, |&(resource, _)| resource) {
            Ok(place) => {
                *amount = amount.min(uses[place].1);
                true
            }
            Err(_) => false,
        });
    }
    least
}

/// Amounts by resource, ascending, each resource once.
pub(super) fn summed(uses: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut uses = uses.to_vec();
    uses.sort_by_key(|&(resource, _)| resource);
    uses.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
    uses.retain(|&(_, amount)| amount > 0.0);
    uses
}

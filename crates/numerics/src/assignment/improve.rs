//! Placements from hints: modules bought as needed, and choices changed while that makes it cheaper.

use super::check::slack;
use super::compact::Compact;
use super::tree::Found;

/// The placement of these choices with the modules that it needs, if there are enough.
pub(super) fn completed(compact: &Compact, choices: Vec<u32>) -> Option<Found> {
    let problem = compact.problem;
    let mut used = vec![0.0; problem.capacities.len()];
    let mut cost = 0.0;
    for &choice in &choices {
        let (item, member, place) = compact.whose[choice as usize];
        let choice = &problem.items[item as usize].members[member as usize].choices[place as usize];
        cost += choice.cost;
        choice.uses.iter().for_each(|&(resource, amount)| used[resource] += amount);
    }
    let mut available = problem.capacities.clone();
    let mut modules = vec![0; problem.modules.len()];
    loop {
        let over = (0..used.len()).find(|&row| used[row] > available[row] + slack(available[row]));
        let Some(over) = over else { break };
        let lifts = |module: &super::Module| module.adds.iter().any(|&(row, amount)| row == over && amount > 0.0);
        let next = (0..modules.len()).find(|&module| {
            modules[module] < problem.modules[module].most && lifts(&problem.modules[module])
        })?;
        modules[next] += 1;
        problem.modules[next].adds.iter().for_each(|&(row, amount)| available[row] += amount);
    }
    for (module, &bought) in problem.modules.iter().zip(&modules) {
        cost += module.cost * f64::from(bought);
    }
    Some(Found { cost, choices, modules })
}

//! Prints how long a large simulation of losses takes: `losses_rate [ELEMENTS] [REQUIREMENTS] [TRIALS]`, JSON on stdout.

use std::time::Instant;

use penshaw_numerics::losses::{Demand, Pooled, Requirement, probability_short, simulate};

/// Each element stands in as many requirements.
const EACH: usize = 5;
/// Each requirement has as many demands.
const DEMANDS: usize = 3;

/// One requirement over the elements that fall to it, some of them pooled.
fn requirement(number: usize, requirements: usize, elements: usize, pooled: bool) -> Requirement {
    let demand = |_| Demand { rank: 1, needed: 20, own: Vec::new() };
    let mut requirement = Requirement { demands: (0..DEMANDS).map(demand).collect(), pool: Vec::new() };
    let holds = |element: usize| (0..EACH).any(|step| (element * 31 + step * 47) % requirements == number);
    for element in (0..elements).filter(|&element| holds(element)) {
        if pooled && element % 4 == 0 {
            requirement.pool.push(Pooled { rank: (element % 3) as u32, element });
        } else {
            requirement.demands[element % DEMANDS].own.push(element);
        }
    }
    requirement
}

fn main() {
    let number = |place: usize, usual: usize| match std::env::args().nth(place) {
        Some(text) => text.parse().expect("a whole number"),
        None => usual,
    };
    let (elements, requirements, trials) = (number(1, 2_000), number(2, 150), number(3, 100_000));
    let lost: Vec<f64> = (0..elements).map(|element| 0.03 + 0.12 * (element % 17) as f64 / 17.0).collect();
    let system = |pooled| (0..requirements).map(|number| requirement(number, requirements, elements, pooled)).collect();
    let systems: [Vec<Requirement>; 3] = [system(false), system(true), system(true)];
    let begun = Instant::now();
    let exact: f64 = systems[1].iter().map(|requirement| probability_short(&lost, requirement)).sum();
    let exact_seconds = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let found = simulate(&lost, &systems, trials as u64, 1);
    println!(
        r#"{{"elements": {elements}, "requirements": {requirements}, "systems": 3, "trials": {trials}, "simulated_seconds": {:.4}, "exact_seconds": {exact_seconds:.4}, "exact_mean": {exact:.6}, "simulated_mean": {:.6}}}"#,
        begun.elapsed().as_secs_f64(),
        found[1].mean(),
    );
}

//! Solves OR-Library's `cap` and `gap` files to the optimum: `or_library FOLDER`, JSON on stdout.

use std::path::Path;
use std::time::Instant;

use penshaw_numerics::assignment::{self, Choice, Effort, Item, Member, Problem};
use penshaw_numerics::facility::{self, Facilities};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("say where the folders `cap` and `gap` are")?;
    let mut solved: Vec<Value> = Vec::new();
    for row in csv(&Path::new(&folder).join("cap/cap_optima.csv"))? {
        let facilities = cap(&numbers(&Path::new(&folder).join(format!("cap/{}.txt", row[0])))?);
        let begun = Instant::now();
        let served = facility::open(&facilities)?;
        let seconds = begun.elapsed().as_secs_f64();
        let cost = facility::verify(&facilities, &served).map_err(|wrong| wrong.join("; "))?;
        solved.push(json!({"name": row[0], "found": cost, "published": row[1].parse::<f64>()?, "seconds": seconds}));
    }
    for row in csv(&Path::new(&folder).join("gap/gap_optima.csv"))? {
        let problems = gap(&numbers(&Path::new(&folder).join(format!("gap/{}.txt", row[0])))?);
        for (number, (problem, published)) in problems.iter().zip(&row[1..]).enumerate() {
            let begun = Instant::now();
            let solution = assignment::solve(problem, &Effort::default())?;
            let seconds = begun.elapsed().as_secs_f64();
            let cost = assignment::verify(problem, &solution).map_err(|wrong| format!("{wrong:?}"))?;
            let name = format!("{}-{}", row[0], number + 1);
            // The files ask for the greatest profit; the search looks for the least cost.
            solved.push(
                json!({"name": name, "found": -cost, "published": published.parse::<f64>()?, "seconds": seconds}),
            );
        }
    }
    println!("{}", Value::Array(solved));
    Ok(())
}

fn csv(path: &Path) -> Result<Vec<Vec<String>>, std::io::Error> {
    let rows = std::fs::read_to_string(path)?;
    Ok(rows.lines().skip(1).map(|row| row.split(',').map(|cell| cell.trim().to_owned()).collect()).collect())
}

fn numbers(path: &Path) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
}

/// Warehouses with a capacity and a cost of opening, then for each customer a demand and the cost of all of it from each.
fn cap(numbers: &[f64]) -> Facilities {
    let (warehouses, customers) = (numbers[0] as usize, numbers[1] as usize);
    let (sites, rows) = numbers[2..].split_at(2 * warehouses);
    let rows: Vec<&[f64]> = rows.chunks(warehouses + 1).take(customers).collect();
    Facilities {
        capacities: sites.chunks(2).map(|site| site[0]).collect(),
        opening: sites.chunks(2).map(|site| site[1]).collect(),
        demands: rows.iter().map(|row| row[0]).collect(),
        serving: rows.iter().map(|row| row[1..].to_vec()).collect(),
    }
}

/// How many problems, then for each: agents and jobs, profits, uses, capacities.
fn gap(numbers: &[f64]) -> Vec<Problem> {
    let mut numbers = numbers.iter().copied();
    let mut take = |count: usize| -> Vec<f64> { numbers.by_ref().take(count).collect() };
    let problems = take(1)[0] as usize;
    let mut read = || {
        let size = take(2);
        let (agents, jobs) = (size[0] as usize, size[1] as usize);
        let (profits, uses) = (take(agents * jobs), take(agents * jobs));
        let choice = |agent: usize, job: usize| Choice {
            key: agent,
            cost: -profits[agent * jobs + job],
            uses: vec![(agent, uses[agent * jobs + job])],
        };
        let job = |job: usize| Item {
            members: vec![Member { choices: (0..agents).map(|agent| choice(agent, job)).collect() }],
        };
        Problem { items: (0..jobs).map(job).collect(), capacities: take(agents), modules: Vec::new() }
    };
    (0..problems).map(|_| read()).collect()
}

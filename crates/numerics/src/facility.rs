//! Which facilities to open so that customers are served at least cost, where a customer may be served by several.
//!
//! Solved as a mixed-integer programme by `microlp`. Of a facility's capacity alone the relaxation would open fractions;
//! that no customer takes a greater part of a facility than is open of it makes it nearly whole.
//! Source: J. Krarup, P. M. Pruzan (1983), "The simple plant location problem: survey and synthesis", European Journal
//! of Operational Research 12, 36–81, whose *strong* formulation it is.

use microlp::{ComparisonOp, OptimizationDirection, SolutionStatus, Variable};

/// Facilities, customers, and what it costs to serve the one from the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facilities {
    /// How much each facility can supply.
    pub capacities: Vec<f64>,
    /// What it costs to open each.
    pub opening: Vec<f64>,
    /// How much each customer needs.
    pub demands: Vec<f64>,
    /// For each customer, what all of its need costs from each facility.
    pub serving: Vec<Vec<f64>>,
}

/// The facilities that are open, and what each customer gets from each.
#[derive(Clone, Debug, PartialEq)]
pub struct Served {
    /// Whether each facility is open.
    pub open: Vec<bool>,
    /// For each customer, the part of its need that each facility serves; they add up to one.
    pub parts: Vec<Vec<f64>>,
    /// What it costs, proved to be the least.
    pub cost: f64,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotServed {
    /// A row of another length, or a number that is none.
    #[error("the problem is not well formed: {0}")]
    Malformed(String),
    /// The facilities hold less than the customers need.
    #[error("all facilities together supply {supplied}, but {needed} is needed")]
    TooLittle {
        /// What there is.
        supplied: f64,
        /// What is needed.
        needed: f64,
    },
    /// The solver gave up.
    #[error("the solver ended without a proof: {0}")]
    Unproved(String),
}

/// Which facilities to open, and who is served from where, at least cost.
///
/// ```text
/// least Σ opening × open + Σ serving × part
/// where Σ parts of a customer = 1;  Σ demand × part ≤ capacity × open;  part ≤ open
/// ```
///
/// # Errors
/// [`NotServed`].
///
/// ```
/// use penshaw_numerics::facility::{Facilities, open};
/// // One facility of 10 for both customers costs 7 + 2 + 4; two cost 7 + 5 + 2 + 1.
/// let served = open(&Facilities {
///     capacities: vec![10.0, 10.0],
///     opening: vec![7.0, 5.0],
///     demands: vec![4.0, 5.0],
///     serving: vec![vec![2.0, 9.0], vec![4.0, 1.0]],
/// })?;
/// assert_eq!((served.open, served.cost), (vec![true, false], 13.0));
/// # Ok::<(), penshaw_numerics::facility::NotServed>(())
/// ```
pub fn open(facilities: &Facilities) -> Result<Served, NotServed> {
    well_formed(facilities)?;
    let mut problem = microlp::Problem::new(OptimizationDirection::Minimize);
    let open: Vec<Variable> = facilities.opening.iter().map(|&cost| problem.add_binary_var(cost)).collect();
    let variables = |row: &Vec<f64>, problem: &mut microlp::Problem| -> Vec<Variable> {
        row.iter().map(|&cost| problem.add_var(cost, (0.0, 1.0))).collect()
    };
    let parts: Vec<Vec<Variable>> = facilities.serving.iter().map(|row| variables(row, &mut problem)).collect();
    for row in &parts {
        problem.add_constraint(row.iter().map(|&part| (part, 1.0)), ComparisonOp::Eq, 1.0);
    }
    for (facility, &open) in open.iter().enumerate() {
        let supplied = parts.iter().zip(&facilities.demands).map(|(row, &demand)| (row[facility], demand));
        let capacity = [(open, -facilities.capacities[facility])];
        problem.add_constraint(supplied.chain(capacity), ComparisonOp::Le, 0.0);
        for row in &parts {
            problem.add_constraint([(row[facility], 1.0), (open, -1.0)], ComparisonOp::Le, 0.0);
        }
    }
    let outcome = problem.solve().map_err(|error| NotServed::Unproved(error.to_string()))?;
    let Some(solution) = outcome.solution().filter(|solution| solution.status() == SolutionStatus::Optimal) else {
        return Err(NotServed::Unproved(format!("{:?}", outcome.termination_reason())));
    };
    let open = open.iter().map(|&open| solution.var_value(open) > 0.5).collect();
    let parts = parts.iter().map(|row| row.iter().map(|&part| solution.var_value(part)).collect()).collect();
    Ok(Served { open, parts, cost: solution.objective() })
}

/// Checks an answer against every constraint, and gives what it costs.
///
/// # Errors
/// Everything that is wrong with it, in words.
pub fn verify(facilities: &Facilities, served: &Served) -> Result<f64, Vec<String>> {
    let mut wrong = Vec::new();
    let mut cost = 0.0;
    for (facility, (&open, &opening)) in served.open.iter().zip(&facilities.opening).enumerate() {
        let supplied = served.parts.iter().zip(&facilities.demands).map(|(row, demand)| row[facility] * demand);
        let supplied: f64 = supplied.sum();
        let most = if open { facilities.capacities[facility] } else { 0.0 };
        if supplied > most + 1e-6 * (1.0 + most) {
            wrong.push(format!("facility {facility} supplies {supplied} of {most}"));
        }
        cost += if open { opening } else { 0.0 };
    }
    for (customer, (row, serving)) in served.parts.iter().zip(&facilities.serving).enumerate() {
        let whole: f64 = row.iter().sum();
        if (whole - 1.0).abs() > 1e-7 || row.iter().any(|&part| part < -1e-9) {
            wrong.push(format!("customer {customer} gets {whole} of its need"));
        }
        cost += row.iter().zip(serving).map(|(part, cost)| part * cost).sum::<f64>();
    }
    if (cost - served.cost).abs() > 1e-7 * (1.0 + cost.abs()) {
        wrong.push(format!("it says that it costs {}, but it costs {cost}", served.cost));
    }
    if wrong.is_empty() { Ok(cost) } else { Err(wrong) }
}

fn well_formed(facilities: &Facilities) -> Result<(), NotServed> {
    let count = facilities.capacities.len();
    let malformed = |what: &str| Err(NotServed::Malformed(what.into()));
    if facilities.opening.len() != count || facilities.serving.iter().any(|row| row.len() != count) {
        return malformed("each facility needs a capacity, a cost of opening, and a cost for each customer");
    }
    if facilities.serving.len() != facilities.demands.len() {
        return malformed("each customer needs a row of costs");
    }
    let positive = facilities.capacities.iter().chain(&facilities.demands);
    if positive.clone().any(|amount| !amount.is_finite() || *amount < 0.0) {
        return malformed("capacities and demands must be numbers, none below nought");
    }
    if facilities.opening.iter().chain(facilities.serving.iter().flatten()).any(|cost| !cost.is_finite()) {
        return malformed("costs must be numbers");
    }
    let supplied: f64 = facilities.capacities.iter().sum();
    let needed: f64 = facilities.demands.iter().sum();
    if supplied < needed { Err(NotServed::TooLittle { supplied, needed }) } else { Ok(()) }
}

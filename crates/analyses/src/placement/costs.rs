//! What a placement costs a year, part by part, and the parameters behind it.

use std::ops::{Add, AddAssign, Sub};

use penshaw_basis::{Basis, Date, Estimate, ParameterError, Source};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::outcome::Finding;

/// What a year costs, part by part, in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// Running the primaries: running cost of a kW × power.
    pub running: Estimate,
    /// Keeping the standbys: running cost of a kW × power × share of a standby.
    pub standby: Estimate,
    /// Copying to the recovery sites, by the TB.
    pub copying: Estimate,
    /// Modules of capacity.
    pub modules: Estimate,
    /// People's time lost to latency: valued, but no money.
    pub waiting: Estimate,
    /// What moves cost once, spread over the years of the parameter.
    pub moving: Estimate,
    /// What each changed site must save to be worth its trouble.
    pub trouble: Estimate,
}

impl Costs {
    /// What somebody pays each year: without people's time and without what is spent once.
    pub fn money(&self) -> Estimate {
        self.running + self.standby + self.copying + self.modules
    }

    /// What a year in place costs, people's time among it.
    pub fn yearly(&self) -> Estimate {
        self.money() + self.waiting
    }

    /// What the placement is chosen by: the least of these.
    pub fn weighed(&self) -> Estimate {
        self.yearly() + self.moving + self.trouble
    }

    /// The same without what moving costs.
    pub(super) fn in_place(self) -> Self {
        Costs { moving: Estimate::ZERO, trouble: Estimate::ZERO, ..self }
    }

    fn with(self, other: Costs, apply: fn(Estimate, Estimate) -> Estimate) -> Costs {
        Costs {
            running: apply(self.running, other.running),
            standby: apply(self.standby, other.standby),
            copying: apply(self.copying, other.copying),
            modules: apply(self.modules, other.modules),
            waiting: apply(self.waiting, other.waiting),
            moving: apply(self.moving, other.moving),
            trouble: apply(self.trouble, other.trouble),
        }
    }
}

impl Add for Costs {
    type Output = Costs;
    fn add(self, other: Costs) -> Costs {
        self.with(other, Add::add)
    }
}

impl AddAssign for Costs {
    fn add_assign(&mut self, other: Costs) {
        *self = *self + other;
    }
}

impl Sub for Costs {
    type Output = Costs;
    fn sub(self, other: Costs) -> Costs {
        self.with(other, Sub::sub)
    }
}

/// The parameters of a placement, as they were used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// What a year costs besides running cost.
    pub costs: CostParameters,
    /// What copies take and how near they must be.
    pub copies: CopyParameters,
    /// When a move is worth its trouble.
    pub moves: MoveParameters,
    /// Which values they are.
    pub sources: Vec<Source>,
}

/// The parameter `placement/costs`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostParameters {
    /// Pounds a year for each user and millisecond of latency one way.
    pub user_millisecond: f64,
    /// Pounds a year for each TB that is copied.
    pub replicated_tb: f64,
    /// The share of a kW's running cost that a standby takes.
    pub standby_share: f64,
    /// The latency, in milliseconds, where none is recorded.
    pub unrecorded_latency_ms: f64,
    /// The moving cost, in pounds, where none is recorded.
    pub unrecorded_moving_cost: f64,
}

/// The parameter `placement/copies`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyParameters {
    /// The share of the storage that a copy takes.
    pub replica_factor: f64,
    /// Up to this recovery point, in hours, both sites are written together.
    pub together_up_to_hours: f64,
    /// How far apart, in milliseconds one way, such sites may be.
    pub together_within_ms: f64,
}

/// The parameter `placement/moves`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveParameters {
    /// Over how many years a moving cost is spread.
    pub years: u16,
    /// What a changed site must save, in pounds a year.
    pub least_yearly_saving: f64,
    /// How far a saving may turn out otherwise, as a share either way.
    pub spread: f64,
}

impl Parameters {
    /// The parameters in force on a day; what cannot be read counts for nothing and is told.
    pub(super) fn in_force(basis: &Basis, on: Date, findings: &mut Vec<Finding>) -> Self {
        let mut sources = Vec::new();
        Parameters {
            costs: read(basis, "placement/costs", on, &mut sources, findings),
            copies: read(basis, "placement/copies", on, &mut sources, findings),
            moves: read(basis, "placement/moves", on, &mut sources, findings),
            sources,
        }
    }

    /// A moving cost, in pounds, spread over the years.
    pub(super) fn spread_over_years(&self, moving_cost: f64) -> f64 {
        moving_cost / f64::from(self.moves.years.max(1))
    }
}

fn read<T: Default + DeserializeOwned>(
    basis: &Basis,
    name: &str,
    on: Date,
    sources: &mut Vec<Source>,
    findings: &mut Vec<Finding>,
) -> T {
    let unread = |error: ParameterError| {
        let hint = "mend the partnership's own parameter; until then it counts for nothing";
        Finding::error("parameters", error.to_string(), hint, Vec::new())
    };
    match basis.value::<T>(name, on) {
        Ok(cited) => {
            sources.extend(cited.sources);
            cited.value
        }
        Err(error) => {
            findings.push(unread(error));
            T::default()
        }
    }
}

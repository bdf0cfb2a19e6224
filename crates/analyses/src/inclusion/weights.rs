//! What an area's need is drawn from, and how much each indicator weighs.

use std::fmt;

use penshaw_basis::{Basis, Cited, Date};
use penshaw_register::SmallArea;
use serde::{Deserialize, Serialize};

use super::need::on_ten;

/// What shows that people of an area may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// The broadband component of the Digital Exclusion Risk Index.
    DeriBroadband,
    /// Its demography component.
    DeriDemography,
    /// Its deprivation component.
    DeriDeprivation,
    /// The score in the Index of Multiple Deprivation.
    DeprivationScore,
    /// The share of residents aged 65 and over.
    #[serde(rename = "aged_65_and_over")]
    Aged65AndOver,
}

impl Indicator {
    /// Every indicator.
    pub const ALL: [Indicator; 5] = [
        Indicator::DeriBroadband,
        Indicator::DeriDemography,
        Indicator::DeriDeprivation,
        Indicator::DeprivationScore,
        Indicator::Aged65AndOver,
    ];

    /// What an area carries of it, on the scale from 0 to 10.
    pub(super) fn of(self, area: &SmallArea, scales: &NeedWeights) -> Option<f64> {
        let value = match self {
            Indicator::DeriBroadband => area.deri_broadband,
            Indicator::DeriDemography => area.deri_demography,
            Indicator::DeriDeprivation => area.deri_deprivation,
            Indicator::DeprivationScore => area.deprivation_score.map(|score| scales.deprivation_scale.on_ten(score)),
            Indicator::Aged65AndOver => aged_share(area).map(|share| scales.aged_scale.on_ten(share)),
        };
        value.filter(|value| (0.0..=10.0).contains(value))
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Indicator::DeriBroadband => "DERI broadband",
            Indicator::DeriDemography => "DERI demography",
            Indicator::DeriDeprivation => "DERI deprivation",
            Indicator::DeprivationScore => "deprivation score",
            Indicator::Aged65AndOver => "share aged 65 and over",
        })
    }
}

/// The share of an area's residents who are 65 or over; nothing where nobody lives there or either number is not known.
fn aged_share(area: &SmallArea) -> Option<f64> {
    let population = area.population.filter(|population| *population > 0)?;
    area.aged_65_and_over.map(|aged| aged as f64 / population as f64)
}

/// How much each indicator weighs: only the proportions matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// The weight of DERI's broadband component.
    pub deri_broadband: f64,
    /// The weight of DERI's demography component.
    pub deri_demography: f64,
    /// The weight of DERI's deprivation component.
    pub deri_deprivation: f64,
    /// The weight of the deprivation score.
    pub deprivation_score: f64,
    /// The weight of the share aged 65 and over.
    pub aged_65_and_over: f64,
}

impl Weights {
    /// The weight of one indicator.
    pub fn of(&self, indicator: Indicator) -> f64 {
        match indicator {
            Indicator::DeriBroadband => self.deri_broadband,
            Indicator::DeriDemography => self.deri_demography,
            Indicator::DeriDeprivation => self.deri_deprivation,
            Indicator::DeprivationScore => self.deprivation_score,
            Indicator::Aged65AndOver => self.aged_65_and_over,
        }
    }

    /// The same with another weight of one indicator.
    pub fn with(mut self, indicator: Indicator, weight: f64) -> Self {
        *match indicator {
            Indicator::DeriBroadband => &mut self.deri_broadband,
            Indicator::DeriDemography => &mut self.deri_demography,
            Indicator::DeriDeprivation => &mut self.deri_deprivation,
            Indicator::DeprivationScore => &mut self.deprivation_score,
            Indicator::Aged65AndOver => &mut self.aged_65_and_over,
        } = weight;
        self
    }

    fn all(&self) -> [f64; 5] {
        Indicator::ALL.map(|indicator| self.of(indicator))
    }
}

/// Where the scale of an indicator begins and ends, in its own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// What becomes 0.
    pub least: f64,
    /// What becomes 10.
    pub most: f64,
}

impl Scale {
    fn on_ten(&self, value: f64) -> f64 {
        on_ten(value, self.least, self.most)
    }

    fn is_sound(&self) -> bool {
        self.least.is_finite() && self.most.is_finite() && self.least < self.most
    }
}

/// How need is scored.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedWeights {
    /// The share of a vintage's areas that are of highest need.
    pub highest_share: f64,
    /// How many bands of as many areas each the areas are put in.
    pub bands: usize,
    /// An indicator counts for a vintage where more than this share of its areas carry it.
    pub counts_above_share: f64,
    /// The weights.
    pub weights: Weights,
    /// The weights for a vintage of which no indicator of those counts.
    pub otherwise: Weights,
    /// The scale of the deprivation score.
    pub deprivation_scale: Scale,
    /// The scale of the share aged 65 and over.
    pub aged_scale: Scale,
}

impl NeedWeights {
    /// What is unsound in it, if anything.
    fn problem(&self) -> Option<&'static str> {
        let sound = |weights: &Weights| weights.all().iter().all(|weight| weight.is_finite() && *weight >= 0.0);
        let share = |share: f64| (0.0..=1.0).contains(&share);
        if !sound(&self.weights) || !sound(&self.otherwise) {
            return Some("a weight is below nought");
        }
        if self.weights.all().iter().sum::<f64>() <= 0.0 {
            return Some("every weight is nought");
        }
        if !self.deprivation_scale.is_sound() || !self.aged_scale.is_sound() {
            return Some("a scale does not end above its beginning");
        }
        if !share(self.highest_share) || !share(self.counts_above_share) {
            return Some("a share is not between 0 and 1");
        }
        (!(2..=10).contains(&self.bands)).then_some("there must be 2 to 10 bands")
    }
}

/// The weights in force on a day, or why they cannot be used.
pub(super) fn in_force(basis: &Basis, on: Date) -> Result<Cited<NeedWeights>, String> {
    let cited: Cited<NeedWeights> = basis
        .value("inclusion/weights", on)
        .map_err(|problem| format!("The weights of need could not be read: {problem}"))?;
    match cited.value.problem() {
        Some(problem) => Err(format!("The weights of need cannot be used: {problem}.")),
        None => Ok(cited),
    }
}

//! The allowance that a line carries for what is not known: one of them at most.

use penshaw_numerics::Distribution;

use super::input::{LineInput, OptionInput};
use super::lines::{Counted, Counting};
use super::optimism;
use super::rates::reference_class;

/// A range, or an optimism bias, or neither.
pub(super) struct Allowance {
    pub(super) range: Option<Distribution>,
    pub(super) driver: String,
    pub(super) uplift: f64,
    /// The place of the bias among those of the option.
    pub(super) bias: Option<usize>,
}

impl LineInput {
    /// The allowances that are recorded on the line, in words, the one that counts first.
    pub(super) fn allowances(&self) -> Vec<&'static str> {
        let recorded = [
            self.reference_class.as_ref().map(|_| "a reference class"),
            self.optimism_bias.as_ref().map(|_| "optimism bias"),
            self.range.as_ref().map(|_| "a range"),
        ];
        recorded.into_iter().flatten().collect()
    }
}

impl Counting<'_> {
    /// The line's allowance: its reference class, else its optimism bias, else its range.
    ///
    /// Source: HM Treasury, supplementary Green Book guidance: optimism bias (one allowance for one doubt).
    pub(super) fn allowance(&self, option: &OptionInput, line: &LineInput, counted: &mut Counted) -> Allowance {
        if let [first, rest @ ..] = line.allowances().as_slice()
            && !rest.is_empty()
        {
            let rest = rest.join(" and ");
            counted.caution(format!("Line {} carries {first} and {rest}: only {first} is applied.", line.reference));
        }
        let allowance = self.reference_class(line, counted);
        let allowance = allowance.or_else(|| self.optimism_bias(option, line, counted));
        allowance.unwrap_or_else(|| range(line, counted))
    }

    fn reference_class(&self, line: &LineInput, counted: &mut Counted) -> Option<Allowance> {
        let name = line.reference_class.as_ref()?;
        let class = match reference_class(self.basis, name, self.on) {
            Ok(class) => class.value,
            Err(error) => {
                counted.caution(format!("Line {} carries no reference class: {error}.", line.reference));
                return None;
            }
        };
        let range = Distribution::Triangular { min: class.low, mode: class.mode, max: class.high };
        let range = sound(range, line, counted)?;
        Some(Allowance { range: Some(range), driver: format!("reference class {name}"), uplift: 0.0, bias: None })
    }

    fn optimism_bias(&self, option: &OptionInput, line: &LineInput, counted: &mut Counted) -> Option<Allowance> {
        let category = line.optimism_bias.as_ref()?;
        let bounds = &self.rates.optimism;
        let found = optimism::bias(bounds, category, line.capital, &option.mitigations, line.mitigated_share);
        let Some(bias) = found else {
            counted.caution(format!(
                "Line {} carries no optimism bias: the guidance gives {category} no figure for {} spending.",
                line.reference,
                if line.capital { "capital" } else { "operating" }
            ));
            return None;
        };
        let uplift = bias.applied;
        let known = counted.optimism.iter().position(|other| *other == bias);
        let place = known.unwrap_or_else(|| {
            counted.optimism.push(bias);
            counted.optimism.len() - 1
        });
        Some(Allowance { range: None, driver: driver(line), uplift, bias: Some(place) })
    }
}

fn range(line: &LineInput, counted: &mut Counted) -> Allowance {
    let range = line.range.clone().and_then(|range| sound(range, line, counted));
    Allowance { range, driver: driver(line), uplift: 0.0, bias: None }
}

/// The range, unless its numbers make none.
fn sound(range: Distribution, line: &LineInput, counted: &mut Counted) -> Option<Distribution> {
    match range.check() {
        Ok(()) => Some(range),
        Err(error) => {
            counted.caution(format!("Line {} is taken without its range: {error}.", line.reference));
            None
        }
    }
}

fn driver(line: &LineInput) -> String {
    line.driver.clone().unwrap_or_else(|| line.reference.clone())
}

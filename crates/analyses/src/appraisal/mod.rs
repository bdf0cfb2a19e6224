//! Is it worth it, for whom, and how sure? The economic and the financial case of every option.
#![doc = include_str!("method.md")]

mod allowance;
mod gather;
mod input;
mod keys;
#[cfg(test)]
mod laws;
mod lines;
mod neutral;
mod neutral_document;
mod optimism;
mod options;
mod outcome;
mod present;
mod rates;
#[cfg(test)]
mod sample;
mod sensitivity;
mod totals;
mod uncertainty;
mod workbook;

use penshaw_basis::{Basis, Date, FinancialYear};
use penshaw_documents::{Block, Workbook};
use penshaw_numerics::simulation::Settings;
use penshaw_register::{JointRegister, Kind};

use crate::{Analysis, Missing};
use lines::{Counted, Counting};
use options::Appraising;
use rates::Rates;
use totals::Calendar;

pub use input::*;
pub use neutral::*;
pub use optimism::remaining_bias;
pub use outcome::*;
pub use present::{full, summary};
pub use workbook::workbook;

/// The appraisal of the options.
pub struct Appraisal;

impl Analysis for Appraisal {
    const NAME: &'static str = "appraisal";
    const QUESTION: &'static str = "Is it worth it, for whom, and how sure?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[(Kind::CostLine, "budget")];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        gather::gather(joint, on)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        appraise(input, basis, &Rates::read(basis, input.on))
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::full(outcome)
    }

    fn workbook(outcome: &Outcome) -> Option<Workbook> {
        Some(workbook::workbook(outcome))
    }
}

fn appraise(input: &Input, basis: &Basis, rates: &Rates) -> Outcome {
    let years = years(input, rates.horizon);
    let factors = rates.factors(years.len());
    let index = rates.prices(&years);
    let prices = index.clone().unwrap_or_else(|| vec![1.0; years.len()]);
    let counting = Counting {
        rates,
        basis,
        on: input.on,
        partners: &input.partners,
        years: &years,
        factors: &factors,
        prices: &prices,
    };
    let counted: Vec<Counted> = input.options.iter().map(|option| counting.option(option)).collect();
    let usual = input.options.iter().position(|option| option.role == "business as usual");
    let unit_present = |line: &LineOutcome| line.unit_present(&factors, &prices);
    let settings = Settings { trials: input.trials.max(1), seed: input.seed, threads: None };
    let sampled =
        uncertainty::sample(&counted, usual, input.partners.len(), &unit_present, &input.correlations, &settings);
    let calendar = Calendar { years: &years, factors: &factors, prices: &prices };
    let appraising =
        Appraising { input, rates, calendar, counted: &counted, usual, sampled: &sampled, unit_present: &unit_present };
    let options: Vec<OptionOutcome> = (0..input.options.len()).map(|place| appraising.option(place)).collect();
    let mut cautions = rates.cautions.clone();
    cautions.extend(of_the_whole(input, rates, index.is_some()));
    cautions.extend(counted.iter().flat_map(|counted| counted.cautions.clone()));
    cautions.extend(sampled.cautions.clone());
    cautions.extend(options.iter().flat_map(|option| overdrawn(option, &years)));
    Outcome {
        base_year: years[0],
        rates: (0..years.len()).map(|year| rates.schedule.rate(year as u32).fraction()).collect(),
        rate_beyond: rates.schedule.rate(years.len() as u32).fraction(),
        timing: rates.timing,
        partners: input.partners.iter().map(|one| Named { code: one.code.clone(), name: one.name.clone() }).collect(),
        options,
        simulation: SimulationNote {
            trials: settings.trials,
            seed: settings.seed,
            ranges: sampled.ranges,
            exact: sampled.exact(),
            quantile_error: sampled.quantile_error(),
            standard_error: sampled.standard_error(),
        },
        parameters: rates.sources.clone(),
        lower_rates: rates.lower_sources.clone(),
        cautions,
        reference_class: rates.class.clone(),
        years,
        factors,
        prices,
    }
}

/// From the first year of the earliest option to the last year of the latest.
fn years(input: &Input, horizon: usize) -> Vec<FinancialYear> {
    let first = input.options.iter().map(|option| option.starts).min();
    let first = first.unwrap_or_else(|| FinancialYear::of(input.on));
    let ends = input.options.iter().map(|option| (option.starts - first) as usize + option.years.unwrap_or(horizon));
    first.following(ends.max().unwrap_or(horizon).max(1)).collect()
}

/// What a reader must know of all options together.
fn of_the_whole(input: &Input, rates: &Rates, indexed: bool) -> Vec<String> {
    let mut cautions = Vec::new();
    if !indexed {
        cautions.push("The price index does not reach back to the first year: prices are taken as level.".into());
    }
    if !input.options.is_empty() && input.options.iter().all(|option| option.role != "business as usual") {
        cautions.push("No option is business as usual: options are measured against doing nothing that costs.".into());
    }
    let starts = input.options.iter().map(|option| option.starts);
    if starts.clone().min() != starts.max() {
        cautions.push(
            "The options start in different years: amounts in real terms are taken to be in prices of the first of them."
                .into(),
        );
    }
    let lengths = input.options.iter().map(|option| option.years.unwrap_or(rates.horizon));
    if lengths.clone().min() != lengths.max() {
        cautions.push("The options are appraised over different numbers of years: compare them with care.".into());
    }
    cautions
}

/// Base budgets of which an option takes more than is in them.
fn overdrawn(option: &OptionOutcome, years: &[FinancialYear]) -> Vec<String> {
    let caution = |budget: &BudgetRow| {
        let below = (0..years.len()).find(|year| {
            budget.change[*year] < 0.0 && budget.budget[*year].is_some_and(|base| base + budget.change[*year] < -1.0)
        })?;
        Some(format!(
            "{} takes more from the budget of {}, {} ({}) than is in it in {}: the budget is as recorded, what is taken \
             from it is in the money of the year.",
            option.name, budget.authority, budget.cost_centre, budget.fund, years[below]
        ))
    };
    option.budgets.iter().filter_map(caution).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_agree_with_their_sources() {
        crate::cases::run_cases::<Appraisal>(include_str!("cases.toml"));
    }
}

//! Is it worth it, for whom, and how sure? The economic and the financial case of every option.
#![doc = include_str!("method.md")]

mod gather;
mod input;
mod keys;
mod lines;
mod neutral;
mod optimism;
mod outcome;
mod present;
mod rates;
mod sensitivity;
mod totals;
mod uncertainty;
mod workbook;

use penshaw_basis::{Basis, Date, DiscountSchedule, Estimate, FinancialYear, Timing, net_present_value};
use penshaw_documents::{Block, Workbook};
use penshaw_numerics::simulation::Settings;
use penshaw_register::JointRegister;

use crate::{Analysis, Missing};
pub use input::*;
use lines::{Counted, Counting};

pub use optimism::remaining_bias;
pub use outcome::*;
pub use present::{full, summary};
use rates::Rates;
use sensitivity::Compared;
use totals::{Calendar, Totals};

/// The appraisal of the options.
pub struct Appraisal;

impl Analysis for Appraisal {
    const NAME: &'static str = "appraisal";
    const QUESTION: &'static str = "Is it worth it, for whom, and how sure?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
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
    let prices = rates.prices(&years);
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
    let calendar = Calendar { years: &years, factors: &factors, prices: &prices };
    let unit_present = |line: &LineOutcome| line.unit_present(&factors, &prices);
    let settings = Settings { trials: input.trials, seed: input.seed, threads: None };
    let sampled =
        uncertainty::sample(&counted, usual, input.partners.len(), &unit_present, &input.correlations, &settings);
    let class = rates::reference_class(basis, "reference_class/shared_ict_benefits", input.on)
        .expect("the reference class is in force");
    let appraising = Appraising { input, rates, calendar, counted: &counted, usual, class: &class };
    let options = (0..input.options.len()).map(|place| appraising.option(place, &sampled, &unit_present)).collect();
    Outcome {
        base_year: years[0],
        rates: (0..years.len()).map(|year| rates.schedule.rate(year as u32).fraction()).collect(),
        partners: input.partners.iter().map(|one| Named { code: one.code.clone(), name: one.name.clone() }).collect(),
        options,
        simulation: SimulationNote {
            trials: input.trials,
            seed: input.seed,
            ranges: sampled.ranges,
            quantile_error: sampled.quantile_error(),
        },
        parameters: rates.sources.clone(),
        cautions: counted.iter().flat_map(|counted| counted.cautions.clone()).collect(),
        reference_class: class,
        years,
        factors,
        prices,
    }
}

/// The years of the longest option, from the first year of the earliest.
fn years(input: &Input, horizon: usize) -> Vec<FinancialYear> {
    let first = input.options.iter().map(|option| option.starts).min();
    let first = first.unwrap_or_else(|| FinancialYear::of(input.on));
    let longest = input.options.iter().map(|option| option.years.unwrap_or(horizon)).max();
    first.following(longest.unwrap_or(horizon)).collect()
}

/// What appraising one option needs of all of them.
struct Appraising<'a> {
    input: &'a Input,
    rates: &'a Rates,
    calendar: Calendar<'a>,
    counted: &'a [Counted],
    usual: Option<usize>,
    class: &'a ReferenceClass,
}

impl Appraising<'_> {
    fn option(
        &self,
        place: usize,
        sampled: &uncertainty::Sampled,
        unit_present: &dyn Fn(&LineOutcome) -> f64,
    ) -> OptionOutcome {
        let option = &self.input.options[place];
        let counted = &self.counted[place];
        let partners = self.input.partners.len();
        let own = self.calendar.totals(&counted.lines, partners);
        let usual = match self.usual {
            Some(usual) => self.calendar.totals(&self.counted[usual].lines, partners),
            None => self.calendar.totals(&[], partners),
        };
        let economic = self.economic(&own, &usual, place, sampled);
        let cash = |partner: usize| difference(&own.cash[partner], &usual.cash[partner]);
        let financing = |partner: usize| difference(&own.financing[partner], &usual.financing[partner]);
        let joint_cash = sum_of((0..partners).map(cash), self.calendar.years.len());
        let joint_financing = sum_of((0..partners).map(financing), self.calendar.years.len());
        let compared = Compared {
            option: counted,
            usual: self.usual.filter(|usual| *usual != place).map(|usual| &self.counted[usual]),
            npsv: economic.npsv,
            unit_present,
        };
        let present = (economic.present_costs, economic.present_benefits);
        OptionOutcome {
            reference: option.reference.clone(),
            name: option.name.clone(),
            role: option.role.clone(),
            course: option.course.clone(),
            years: option.years.unwrap_or(self.rates.horizon),
            partners: (0..partners)
                .map(|partner| PartnerOutcome {
                    code: self.input.partners[partner].code.clone(),
                    name: self.input.partners[partner].name.clone(),
                    cash: self.calendar.cash(&cash(partner), &financing(partner)),
                    spread: sampled.partner(place, partner),
                })
                .collect(),
            joint: self.calendar.cash(&joint_cash, &joint_financing),
            bridge: totals::bridge(economic.npsv, &own.beyond, &usual.beyond),
            shares: keys::shares(option, &self.input.partners),
            cost_key: keys::key(option).to_owned(),
            cash: self.cash_rows(place),
            budgets: self.calendar.budget_rows(option, &counted.lines, &self.input.budgets),
            sensitivities: compared.one_at_a_time(),
            switching: if self.usual == Some(place) {
                Vec::new()
            } else {
                compared.switching_values(present, &economic.net_by_year, self.rates.timing)
            },
            bids: self.bids(option, counted, &joint_cash),
            optimism: counted.optimism.clone(),
            as_delivered_elsewhere: compared.as_delivered_elsewhere(self.class),
            lines: counted.lines.clone(),
            sources: std::iter::once(option.source.clone())
                .chain(counted.lines.iter().map(|line| line.source.clone()))
                .collect(),
            economic,
        }
    }

    fn economic(&self, own: &Totals, usual: &Totals, place: usize, sampled: &uncertainty::Sampled) -> Economic {
        let net_by_year = difference(&own.net_by_year, &usual.net_by_year);
        let present_by_year: Vec<f64> =
            net_by_year.iter().zip(self.calendar.factors).map(|(net, factor)| net * factor).collect();
        let costs = own.present_costs - usual.present_costs;
        let benefits = own.present_benefits - usual.present_benefits;
        Economic {
            present_costs: costs,
            present_benefits: benefits,
            npsv: benefits - costs,
            npsc: costs,
            bcr: (costs > 0.0).then(|| benefits / costs),
            at_lower_rates: self.at_lower_rates(&net_by_year),
            net_by_year,
            present_by_year,
            spread: sampled.npsv(place),
            probability_best: sampled.best(place),
        }
    }

    /// NPSV at the lower rates, where the horizon is long enough for the guidance to ask for it.
    fn at_lower_rates(&self, net_by_year: &[f64]) -> Option<f64> {
        let (lower, beyond) = self.rates.lower.as_ref()?;
        (net_by_year.len() > *beyond).then(|| discounted_at(net_by_year, lower, self.rates.timing))
    }

    fn cash_rows(&self, place: usize) -> Vec<CashRow> {
        let lines = |place: usize| (&self.input.options[place], self.counted[place].lines.as_slice());
        let codes: Vec<String> = self.input.partners.iter().map(|partner| partner.code.clone()).collect();
        self.calendar.cash_rows(lines(place), self.usual.filter(|usual| *usual != place).map(lines), &codes)
    }

    /// Each bid's effect on all partners' cash: won, lost, and by its probability.
    fn bids(&self, option: &OptionInput, counted: &Counted, joint_cash: &[f64]) -> Vec<BidOutcome> {
        let lines = counted.lines.iter().filter(|line| line.flow == "bid");
        let outcome = |(bid, line): (&BidInput, &LineOutcome)| {
            let at = |probability: f64| -> CashOutcome {
                let moved = joint_cash.iter().enumerate().map(|(year, cash)| {
                    cash + line.unit_real(year, self.calendar.prices) * (probability - line.multiple)
                });
                let moved: Vec<f64> = moved.collect();
                self.calendar.cash(&moved, &vec![0.0; moved.len()])
            };
            let three = [at(1.0), at(0.0), at(line.multiple)];
            BidOutcome {
                name: bid.name.clone(),
                status: bid.status.clone(),
                probability: bid.probability,
                amount: bid.amounts.values().sum(),
                net_present_cash: three.each_ref().map(|cash| cash.net_present_cash),
                peak_funding: three.each_ref().map(|cash| cash.peak_funding),
                source: bid.source.clone(),
            }
        };
        option.bids.iter().zip(lines).map(outcome).collect()
    }
}

fn discounted_at(flows: &[f64], schedule: &DiscountSchedule, timing: Timing) -> f64 {
    let flows: Vec<Estimate> = flows.iter().map(|flow| Estimate::from_pounds(*flow)).collect();
    net_present_value(&flows, schedule, timing).pounds()
}

fn difference(own: &[f64], usual: &[f64]) -> Vec<f64> {
    own.iter().zip(usual).map(|(own, usual)| own - usual).collect()
}

fn sum_of(series: impl Iterator<Item = Vec<f64>>, years: usize) -> Vec<f64> {
    series.fold(vec![0.0; years], |sum, one| sum.iter().zip(&one).map(|(sum, one)| sum + one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_agree_with_their_sources() {
        crate::cases::run_cases::<Appraisal>(include_str!("cases.toml"));
    }
}

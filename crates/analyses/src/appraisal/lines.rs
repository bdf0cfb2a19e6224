//! From lines as recorded to lines as counted: allowance, sign in each case, and whose cash it is.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Confidence, Date, FinancialYear};
use penshaw_numerics::Distribution;

use super::input::{BidInput, LineInput, OptionInput, Partner, RiskInput};
use super::keys;
use super::optimism;
use super::outcome::{LineOutcome, OptimismOutcome};
use super::rates::{Rates, Treatment, reference_class};

/// What every line of an appraisal is counted by.
pub(super) struct Counting<'a> {
    pub(super) rates: &'a Rates,
    pub(super) basis: &'a Basis,
    pub(super) on: Date,
    pub(super) partners: &'a [Partner],
    pub(super) years: &'a [FinancialYear],
    pub(super) factors: &'a [f64],
    pub(super) prices: &'a [f64],
}

/// An option's lines as counted.
pub(super) struct Counted {
    pub(super) lines: Vec<LineOutcome>,
    pub(super) optimism: Vec<OptimismOutcome>,
    pub(super) cautions: Vec<String>,
}

/// The allowance that a line carries: one of them at most.
struct Allowance {
    range: Option<Distribution>,
    driver: String,
    uplift: f64,
}

impl Counting<'_> {
    /// Counts every line, risk and bid of an option.
    pub(super) fn option(&self, option: &OptionInput) -> Counted {
        let shares = keys::shares(option, self.partners);
        let mut counted = Counted { lines: Vec::new(), optimism: Vec::new(), cautions: Vec::new() };
        for line in &option.lines {
            match self.rates.treatment.get(&line.flow) {
                Some(treatment) => {
                    let line = self.line(option, line, treatment, &shares, &mut counted);
                    counted.lines.push(line);
                }
                None => counted.cautions.push(format!(
                    "Line {} is left out: the parameter green_book/treatment does not say how \"{}\" counts.",
                    line.reference, line.flow
                )),
            }
        }
        counted.lines.extend(option.risks.iter().map(|risk| self.risk(risk, &shares)));
        counted.lines.extend(option.bids.iter().map(|bid| self.bid(bid, &shares)));
        counted
    }

    fn line(
        &self,
        option: &OptionInput,
        line: &LineInput,
        treatment: &Treatment,
        shares: &[f64],
        counted: &mut Counted,
    ) -> LineOutcome {
        let allowance = self.allowance(option, line, counted);
        let whose = |counts: bool| if counts { self.whose(line, treatment, shares) } else { vec![0.0; shares.len()] };
        let outcome = LineOutcome {
            reference: line.reference.clone(),
            authority: line.authority.clone(),
            description: line.description.clone(),
            flow: line.flow.clone(),
            nominal: line.nominal,
            amounts: self.by_year(&line.amounts),
            multiple: allowance.range.as_ref().map_or(1.0, Distribution::mean),
            range: allowance.range,
            driver: allowance.driver,
            uplift: allowance.uplift,
            economic: if treatment.economic_case { treatment.sign() } else { 0.0 },
            cash: whose(treatment.financial_case),
            financing: whose(treatment.financing),
            by_key: line.authority == "joint",
            present: 0.0,
            confidence: line.confidence,
            source: line.source.clone(),
        };
        self.discounted(outcome)
    }

    fn allowance(&self, option: &OptionInput, line: &LineInput, counted: &mut Counted) -> Allowance {
        let driver = line.driver.clone().unwrap_or_else(|| line.reference.clone());
        if let Some(name) = &line.reference_class {
            match reference_class(self.basis, name, self.on) {
                Ok(class) => {
                    let range = Distribution::Triangular { min: class.low, mode: class.mode, max: class.high };
                    return Allowance { range: Some(range), driver: format!("reference class {name}"), uplift: 0.0 };
                }
                Err(error) => counted.cautions.push(format!("Line {}: {error}", line.reference)),
            }
        }
        if let Some(category) = &line.optimism_bias {
            match optimism::bias(&self.rates.optimism, category, line.capital, &option.mitigations) {
                Some(bias) => {
                    let uplift = bias.applied;
                    if !counted.optimism.contains(&bias) {
                        counted.optimism.push(bias);
                    }
                    return Allowance { range: None, driver, uplift };
                }
                None => counted.cautions.push(format!(
                    "Line {} carries no optimism bias: the guidance gives {category} no figure for {} spending.",
                    line.reference,
                    if line.capital { "capital" } else { "operating" }
                )),
            }
        }
        Allowance { range: line.range.clone(), driver, uplift: 0.0 }
    }

    /// What part of a line is each partner's money, with its sign.
    fn whose(&self, line: &LineInput, treatment: &Treatment, shares: &[f64]) -> Vec<f64> {
        let mut parts: Vec<f64> =
            self.falls_to(&line.authority, shares).into_iter().map(|share| share * treatment.sign()).collect();
        if line.flow == "recharge"
            && let Some(receiver) = line.counterparty.as_deref().and_then(|code| self.place(code))
        {
            parts[receiver] += 1.0;
        }
        parts
    }

    fn falls_to(&self, authority: &str, shares: &[f64]) -> Vec<f64> {
        match self.place(authority) {
            Some(place) => (0..shares.len()).map(|partner| f64::from(u8::from(partner == place))).collect(),
            None => shares.to_vec(),
        }
    }

    fn place(&self, authority: &str) -> Option<usize> {
        self.partners.iter().position(|partner| partner.code == authority)
    }

    fn by_year(&self, amounts: &BTreeMap<FinancialYear, f64>) -> Vec<f64> {
        self.years.iter().map(|year| amounts.get(year).copied().unwrap_or(0.0)).collect()
    }

    /// A risk costs its impact with its probability.
    fn risk(&self, risk: &RiskInput, shares: &[f64]) -> LineOutcome {
        let amounts = BTreeMap::from([(risk.year, risk.impact)]);
        let outcome = LineOutcome {
            reference: risk.reference.clone(),
            authority: risk.authority.clone(),
            description: risk.description.clone(),
            flow: "risk".into(),
            nominal: false,
            amounts: self.by_year(&amounts),
            range: happens(risk.probability),
            driver: risk.reference.clone(),
            multiple: risk.probability,
            uplift: 0.0,
            economic: -1.0,
            cash: self.falls_to(&risk.authority, shares).iter().map(|share| -share).collect(),
            financing: vec![0.0; shares.len()],
            by_key: risk.authority == "joint",
            present: 0.0,
            confidence: Confidence::Estimated,
            source: risk.source.clone(),
        };
        self.discounted(outcome)
    }

    /// A bid brings its amount with its probability, as a grant does: in the financial case only.
    fn bid(&self, bid: &BidInput, shares: &[f64]) -> LineOutcome {
        let outcome = LineOutcome {
            reference: bid.reference.clone(),
            authority: bid.authority.clone(),
            description: bid.name.clone(),
            flow: "bid".into(),
            nominal: true,
            amounts: self.by_year(&bid.amounts),
            range: happens(bid.probability),
            driver: bid.reference.clone(),
            multiple: bid.probability,
            uplift: 0.0,
            economic: 0.0,
            cash: self.falls_to(&bid.authority, shares),
            financing: vec![0.0; shares.len()],
            by_key: bid.authority == "joint",
            present: 0.0,
            confidence: Confidence::Reported,
            source: bid.source.clone(),
        };
        self.discounted(outcome)
    }

    fn discounted(&self, mut line: LineOutcome) -> LineOutcome {
        line.present = line.unit_present(self.factors, self.prices) * line.multiple;
        line
    }
}

/// Nought or one, with a probability; no range where it is certain either way.
fn happens(probability: f64) -> Option<Distribution> {
    let open = probability > 0.0 && probability < 1.0;
    open.then(|| Distribution::Discrete { outcomes: vec![(0.0, 1.0 - probability), (1.0, probability)] })
}

impl LineOutcome {
    /// The line's amount in prices of year 0, uplift included, at a multiple of 1.
    pub fn unit_real(&self, year: usize, prices: &[f64]) -> f64 {
        let price = if self.nominal { prices[year] } else { 1.0 };
        self.amounts[year] * (1.0 + self.uplift) / price
    }

    /// The line's amount in prices of year 0, multiple and uplift included.
    pub fn real(&self, year: usize, prices: &[f64]) -> f64 {
        self.unit_real(year, prices) * self.multiple
    }

    /// The line's present value at a multiple of 1.
    pub fn unit_present(&self, factors: &[f64], prices: &[f64]) -> f64 {
        let years = 0..self.amounts.len();
        years.map(|year| self.unit_real(year, prices) * factors[year]).sum()
    }
}

//! From lines as recorded to lines as counted: allowance, sign in each case, and whose cash it is.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Confidence, Date, FinancialYear};
use penshaw_numerics::Distribution;

use super::input::{BidInput, LineInput, OptionInput, Partner, RiskInput};
use super::keys;
use super::outcome::{LineOutcome, OptimismOutcome};
use super::rates::{Rates, Treatment};

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
#[derive(Default)]
pub(super) struct Counted {
    pub(super) lines: Vec<LineOutcome>,
    pub(super) optimism: Vec<OptimismOutcome>,
    pub(super) cautions: Vec<String>,
}

impl Counted {
    pub(super) fn caution(&mut self, words: String) {
        self.cautions.push(words);
    }
}

/// One option, with what its own lines are counted by.
struct Course<'a> {
    option: &'a OptionInput,
    shares: Vec<f64>,
}

impl Counting<'_> {
    /// Counts every line, risk and bid of an option.
    pub(super) fn option(&self, option: &OptionInput) -> Counted {
        let course = Course { option, shares: keys::shares(option, self.partners) };
        let mut counted = Counted::default();
        for line in &option.lines {
            match self.rates.treatment.get(&line.flow) {
                Some(treatment) => {
                    let line = self.line(&course, line, treatment, &mut counted);
                    counted.lines.push(line);
                }
                None => counted.caution(format!(
                    "Line {} is left out: the parameter green_book/treatment does not say how \"{}\" counts.",
                    line.reference, line.flow
                )),
            }
        }
        for risk in &option.risks {
            match doubted_line(option, risk) {
                Some((line, allowance)) => counted.caution(format!(
                    "Risk {} is left out: line {line} already carries {allowance}, and the same doubt is counted once.",
                    risk.reference
                )),
                None => {
                    let risk = self.risk(&course, risk, &mut counted);
                    counted.lines.push(risk);
                }
            }
        }
        for bid in &option.bids {
            let bid = self.bid(&course, bid, &mut counted);
            counted.lines.push(bid);
        }
        counted
    }

    fn line(&self, course: &Course, line: &LineInput, treatment: &Treatment, counted: &mut Counted) -> LineOutcome {
        let allowance = self.allowance(course.option, line, counted);
        let receiver = line.counterparty.as_deref().filter(|_| line.flow == "recharge");
        let receiver = receiver.and_then(|code| self.place(code));
        let parts = self.parts(course, &line.authority, treatment.sign(), receiver);
        let none = vec![0.0; parts.len()];
        let when = if line.one_off { "revenue, one-off" } else { "revenue, recurring" };
        let outcome = LineOutcome {
            reference: line.reference.clone(),
            authority: line.authority.clone(),
            description: line.description.clone(),
            flow: line.flow.clone(),
            nominal: line.nominal,
            amounts: self.by_year(course.option, &line.reference, &line.amounts, counted),
            multiple: allowance.range.as_ref().map_or(1.0, Distribution::mean),
            recorded: 0.0,
            range: allowance.range,
            driver: allowance.driver,
            uplift: allowance.uplift,
            bias: allowance.bias,
            direction: treatment.sign(),
            economic: if treatment.economic_case { treatment.sign() } else { 0.0 },
            cash: if treatment.financial_case { parts.clone() } else { none.clone() },
            financing: if treatment.financing { parts } else { none },
            by_key: self.falls_by_key(&line.authority, &line.reference, counted),
            receiver,
            fund: line.fund.clone(),
            kind: if line.capital { "capital".into() } else { when.into() },
            cost_centre: line.cost_centre.clone(),
            present: 0.0,
            confidence: line.confidence,
            source: line.source.clone(),
        };
        self.discounted(outcome)
    }

    /// What part of a movement of money is each partner's, with its sign.
    fn parts(&self, course: &Course, authority: &str, sign: f64, receiver: Option<usize>) -> Vec<f64> {
        let mut parts: Vec<f64> = match self.place(authority) {
            Some(place) => (0..self.partners.len()).map(|partner| f64::from(u8::from(partner == place))).collect(),
            None => course.shares.clone(),
        };
        parts.iter_mut().for_each(|part| *part *= sign);
        if let Some(receiver) = receiver {
            parts[receiver] += 1.0;
        }
        parts
    }

    fn place(&self, authority: &str) -> Option<usize> {
        self.partners.iter().position(|partner| partner.code == authority)
    }

    fn falls_by_key(&self, authority: &str, reference: &str, counted: &mut Counted) -> bool {
        let by_key = self.place(authority).is_none();
        if by_key && authority != "joint" {
            counted
                .caution(format!("{reference} names {authority}, which is no partner: it is shared by the cost key."));
        }
        by_key
    }

    /// The amounts of the option's own years; what is recorded outside them is left out, with a caution.
    fn by_year(
        &self,
        option: &OptionInput,
        reference: &str,
        amounts: &BTreeMap<FinancialYear, f64>,
        counted: &mut Counted,
    ) -> Vec<f64> {
        let length = option.years.unwrap_or(self.rates.horizon);
        let within = |year: &FinancialYear| (0..length as i64).contains(&i64::from(*year - option.starts));
        let outside = amounts.iter().filter(|(year, amount)| !within(year) && **amount != 0.0);
        let outside: Vec<String> = outside.map(|(year, _)| year.to_string()).collect();
        if !outside.is_empty() {
            counted.caution(format!(
                "{reference} has amounts outside the {length} years of option {}, which are left out: {}.",
                option.reference,
                outside.join(", ")
            ));
        }
        let amount = |year| amounts.get(year).copied().filter(|_| within(year)).unwrap_or(0.0);
        self.years.iter().map(amount).collect()
    }

    /// A risk costs its impact with its probability.
    fn risk(&self, course: &Course, risk: &RiskInput, counted: &mut Counted) -> LineOutcome {
        let amounts = BTreeMap::from([(risk.year, risk.impact)]);
        let outcome = LineOutcome {
            reference: risk.reference.clone(),
            authority: risk.authority.clone(),
            description: risk.description.clone(),
            flow: "risk".into(),
            nominal: false,
            amounts: self.by_year(course.option, &risk.reference, &amounts, counted),
            recorded: 0.0,
            range: happens(risk.probability),
            driver: format!("risk {}", risk.reference),
            multiple: risk.probability,
            uplift: 0.0,
            bias: None,
            direction: -1.0,
            economic: -1.0,
            cash: self.parts(course, &risk.authority, -1.0, None),
            financing: vec![0.0; self.partners.len()],
            by_key: self.falls_by_key(&risk.authority, &risk.reference, counted),
            receiver: None,
            fund: GENERAL_FUND.into(),
            kind: "revenue, one-off".into(),
            cost_centre: None,
            present: 0.0,
            confidence: Confidence::Estimated,
            source: risk.source.clone(),
        };
        self.discounted(outcome)
    }

    /// A bid brings its amount with its probability, as a grant does: in the financial case only.
    fn bid(&self, course: &Course, bid: &BidInput, counted: &mut Counted) -> LineOutcome {
        let outcome = LineOutcome {
            reference: bid.reference.clone(),
            authority: bid.authority.clone(),
            description: bid.name.clone(),
            flow: "bid".into(),
            nominal: true,
            amounts: self.by_year(course.option, &bid.reference, &bid.amounts, counted),
            recorded: 0.0,
            range: happens(bid.probability),
            driver: format!("bid {}", bid.reference),
            multiple: bid.probability,
            uplift: 0.0,
            bias: None,
            direction: 1.0,
            economic: 0.0,
            cash: self.parts(course, &bid.authority, 1.0, None),
            financing: vec![0.0; self.partners.len()],
            by_key: self.falls_by_key(&bid.authority, &bid.reference, counted),
            receiver: None,
            fund: GENERAL_FUND.into(),
            kind: "revenue, one-off".into(),
            cost_centre: None,
            present: 0.0,
            confidence: Confidence::Reported,
            source: bid.source.clone(),
        };
        self.discounted(outcome)
    }

    fn discounted(&self, mut line: LineOutcome) -> LineOutcome {
        line.present = line.unit_present(self.factors, self.prices) * line.multiple;
        line.recorded = line.amounts.iter().sum();
        line
    }
}

const GENERAL_FUND: &str = "General Fund";

/// The line that a risk would raise, with the allowance that it already carries for the same doubt.
fn doubted_line<'a>(option: &'a OptionInput, risk: &RiskInput) -> Option<(&'a str, &'static str)> {
    let line = option.lines.iter().find(|line| risk.line.as_ref() == Some(&line.reference))?;
    Some((&line.reference, *line.allowances().first()?))
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

    /// What one pound of it adds to all partners' cash beyond the economic case.
    pub fn beyond(&self) -> f64 {
        let beyond = self.cash.iter().sum::<f64>() - self.economic;
        // Shares add up to 1 but for the last bits: those are no step of a bridge.
        (beyond * 1e9).round() / 1e9
    }
}

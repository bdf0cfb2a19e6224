//! The stated rule: what each coalition would pay if an option's joint lines were rerun with its members alone.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Deflator, DiscountSchedule, Estimate, FinancialYear, Source, Timing};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::core::sums;
use super::drop_outs::by_code;
use super::{CostTable, Input, Member, Rule, RuleLine, RuleNote, keys};

/// What the rule worked out, and what it rests on.
pub(super) struct Worked {
    pub table: CostTable,
    pub note: RuleNote,
    pub cautions: Vec<String>,
    pub sources: Vec<Source>,
}

/// The cost of every coalition, at present value in the prices of year 0.
///
/// Apart, a member pays its base budget in every year and its lines of business as usual.
/// A coalition of two or more pays its members' base budgets, their own lines of the option,
/// all of the one-off joint lines, and of the recurring joint lines the part of its members
/// under the cost key. A line counts if the financial case counts it; recharges between
/// partners cancel out; bids, risks and optimism bias are left out.
pub(super) fn worked(rule: &Rule, input: &Input, basis: &Basis) -> Worked {
    let mut given = Given::new(rule, basis);
    let together = given.present_values(rule, input, false);
    let apart = given.present_values(rule, input, true);
    let weights = weights(rule, input, &mut given);
    let annuity: f64 = given.factors.iter().sum();
    let base: Vec<f64> = input.members.iter().map(|member| member.budget.unwrap_or(0.0) * annuity).collect();
    let plus = |one: &[f64], other: &[f64]| -> Vec<f64> { one.iter().zip(other).map(|(a, b)| a + b).collect() };
    let own = plus(&base, &together.own);
    let joint_apart = apart.one_off + apart.recurring;
    let alone: Vec<f64> =
        plus(&base, &apart.own).iter().zip(&weights).map(|(own, weight)| own + weight * joint_apart).collect();
    let own_of = sums(&own);
    let weight_of = sums(&weights);
    let costs = (0..own_of.len()).map(|coalition| match coalition.count_ones() {
        0 => 0.0,
        1 => alone[coalition.ilog2() as usize],
        _ => own_of[coalition] + together.one_off + together.recurring * weight_of[coalition],
    });
    let codes = input.members.iter().map(|member| member.code.clone()).collect();
    let mut table = CostTable::of(codes, costs.collect());
    table.own = own;
    table.one_off = Some(together.one_off);
    let note = RuleNote {
        option: rule.option.clone(),
        name: rule.name.clone(),
        first_year: rule.first_year,
        years: given.factors.len(),
        key: rule.key,
        joint_one_off: together.one_off,
        joint_recurring: together.recurring,
        own: by_code(&table, &table.own),
    };
    Worked { table, note, cautions: given.cautions, sources: given.sources }
}

/// The part of each member in recurring joint lines; equal where the key has no figures.
fn weights(rule: &Rule, input: &Input, given: &mut Given) -> Vec<f64> {
    let figures = keys::figures(rule.key, &input.members, &input.stated_shares).unwrap_or_else(|why| {
        given.cautions.push(format!("{why} Recurring joint lines are counted in equal parts."));
        vec![1.0; input.members.len()]
    });
    let all: f64 = figures.iter().sum();
    figures.iter().map(|figure| figure / all).collect()
}

/// Net cash at present value: each member's own, and what is joint.
struct PresentValues {
    own: Vec<f64>,
    one_off: f64,
    recurring: f64,
}

/// What the parameters give.
struct Given {
    factors: Vec<f64>,
    /// What an amount of each year's prices is worth in those of year 0.
    prices: Vec<f64>,
    treatment: BTreeMap<String, Treatment>,
    cautions: Vec<String>,
    sources: Vec<Source>,
}

#[derive(Clone, Deserialize)]
struct Treatment {
    flow: String,
    direction: String,
    financial_case: bool,
}

impl Given {
    fn new(rule: &Rule, basis: &Basis) -> Self {
        let mut given = Given {
            factors: Vec::new(),
            prices: Vec::new(),
            treatment: BTreeMap::new(),
            cautions: Vec::new(),
            sources: Vec::new(),
        };
        let years = rule.years.or_else(|| given.parameter(basis, "green_book/appraisal_horizon", rule)).unwrap_or(1);
        let timing: Timing = given.parameter(basis, "green_book/discount_timing", rule).unwrap_or_default();
        let schedule: Option<DiscountSchedule> = given.parameter(basis, "green_book/standard_discount_rate", rule);
        given.factors = match schedule {
            Some(schedule) => schedule.factors(years, timing).into_iter().map(|factor| factor.value()).collect(),
            None => vec![1.0; years],
        };
        given.treatment = given.parameter(basis, "green_book/treatment", rule).unwrap_or_default();
        given.prices = vec![1.0; years];
        if rule.lines.iter().any(|line| line.nominal) {
            given.deflate(rule, basis);
        }
        given
    }

    /// A parameter's value; where it cannot be read, a caution says what is done without it.
    fn parameter<T: DeserializeOwned>(&mut self, basis: &Basis, name: &str, rule: &Rule) -> Option<T> {
        match basis.value(name, rule.on) {
            Ok(cited) => {
                self.sources.extend(cited.sources);
                Some(cited.value)
            }
            Err(error) => {
                self.cautions.push(format!("Worked out without a parameter: {error}."));
                None
            }
        }
    }

    fn deflate(&mut self, rule: &Rule, basis: &Basis) {
        let one = Estimate::from_pounds(1.0);
        let deflator = Deflator::gdp(basis, rule.on);
        let prices = deflator.map_err(|error| error.to_string()).and_then(|cited| {
            self.sources.extend(cited.sources);
            let price = |year| cited.value.to_prices_of(one, year, rule.first_year);
            let prices: Result<Vec<f64>, _> =
                rule.first_year.following(self.factors.len()).map(|year| price(year).map(Estimate::pounds)).collect();
            prices.map_err(|error| error.to_string())
        });
        match prices {
            Ok(prices) => self.prices = prices,
            Err(error) => self.cautions.push(format!("Cash of later years is taken as prices of the first: {error}.")),
        }
    }

    fn present_values(&mut self, rule: &Rule, input: &Input, apart: bool) -> PresentValues {
        let mut values = PresentValues { own: vec![0.0; input.members.len()], one_off: 0.0, recurring: 0.0 };
        for line in rule.lines.iter().filter(|line| line.apart == apart) {
            let value = self.direction(line, &input.members) * self.present_value(line, rule.first_year);
            let place = input.members.iter().position(|member| member.code == line.authority);
            match place {
                Some(place) => values.own[place] += value,
                None if line.one_off => values.one_off += value,
                None => values.recurring += value,
            }
        }
        values
    }

    /// 1 where the line costs, −1 where it brings in, 0 where it is no matter of net cash.
    fn direction(&self, line: &RuleLine, members: &[Member]) -> f64 {
        let between = line.paid_to.as_ref().is_some_and(|to| members.iter().any(|member| member.code == *to));
        let treatment = self.treatment.values().find(|treatment| treatment.flow == line.flow);
        match treatment {
            Some(treatment) if treatment.financial_case && !between => {
                if treatment.direction == "in" {
                    -1.0
                } else {
                    1.0
                }
            }
            _ => 0.0,
        }
    }

    fn present_value(&mut self, line: &RuleLine, first: FinancialYear) -> f64 {
        let mut value = 0.0;
        for (year, amount) in &line.amounts {
            let place = usize::try_from(*year - first).ok().filter(|place| *place < self.factors.len());
            match place {
                Some(place) if line.nominal => value += amount * self.prices[place] * self.factors[place],
                Some(place) => value += amount * self.factors[place],
                None => self.left_out(*year),
            }
        }
        value
    }

    fn left_out(&mut self, year: FinancialYear) {
        let caution = format!("Amounts of {year} lie outside the years counted and are left out.");
        if !self.cautions.contains(&caution) {
            self.cautions.push(caution);
        }
    }
}

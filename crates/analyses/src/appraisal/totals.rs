//! The economic and the financial case of one option, from its lines as counted.

use std::collections::BTreeMap;

use penshaw_basis::{Estimate, FinancialYear, payback, peak_funding};

use super::input::BudgetInput;
use super::outcome::{BudgetRow, CashOutcome, CashRow, LineOutcome, OptionOutcome, Outcome, Step};

/// What each year of the appraisal is worth.
pub(super) struct Calendar<'a> {
    pub(super) years: &'a [FinancialYear],
    pub(super) factors: &'a [f64],
    pub(super) prices: &'a [f64],
}

/// What an option's lines come to, before business as usual is taken off.
#[derive(Clone, Default)]
pub(super) struct Totals {
    pub(super) present_costs: f64,
    pub(super) present_benefits: f64,
    pub(super) net_by_year: Vec<f64>,
    /// Cash in prices of year 0, by partner and year.
    pub(super) cash: Vec<Vec<f64>>,
    /// Financing in prices of year 0, by partner and year.
    pub(super) financing: Vec<Vec<f64>>,
    /// What each kind of money adds to net present cash beyond NPSV.
    pub(super) beyond: BTreeMap<String, f64>,
}

impl Calendar<'_> {
    /// Adds up the lines of an option.
    pub(super) fn totals(&self, lines: &[LineOutcome], partners: usize) -> Totals {
        let years = self.years.len();
        let mut totals = Totals {
            net_by_year: vec![0.0; years],
            cash: vec![vec![0.0; years]; partners],
            financing: vec![vec![0.0; years]; partners],
            ..Totals::default()
        };
        for line in lines {
            if line.economic < 0.0 {
                totals.present_costs += line.present;
            } else if line.economic > 0.0 {
                totals.present_benefits += line.present;
            }
            for year in 0..years {
                let real = line.real(year, self.prices);
                totals.net_by_year[year] += line.economic * real;
                for partner in 0..partners {
                    totals.cash[partner][year] += line.cash[partner] * real;
                    totals.financing[partner][year] += line.financing[partner] * real;
                }
            }
            let beyond = line.beyond() * line.present;
            if beyond != 0.0 {
                *totals.beyond.entry(line.flow.clone()).or_default() += beyond;
            }
        }
        totals
    }

    /// The cash of a series in prices of year 0: payback, peak and present value.
    pub(super) fn cash(&self, real: &[f64], financing: &[f64]) -> CashOutcome {
        let nominal =
            |real: &[f64]| -> Vec<f64> { real.iter().zip(self.prices).map(|(real, price)| real * price).collect() };
        let by_year = nominal(real);
        let cumulative = cumulative(&by_year);
        let present: Vec<f64> = real.iter().zip(self.factors).map(|(real, factor)| real * factor).collect();
        let moves = by_year.iter().any(|cash| *cash != 0.0);
        let peak = peak_funding(&estimates(&by_year)).pounds();
        CashOutcome {
            net_present_cash: present.iter().sum(),
            payback: payback(&settled(&by_year)).filter(|_| moves),
            payback_year: self.payback_year(&cumulative).filter(|_| moves),
            discounted_payback: payback(&settled(&present)).filter(|_| moves),
            peak_funding: peak,
            peak_year: self.deepest(&cumulative).filter(|_| peak > 0.0),
            financing: nominal(financing),
            by_year,
            cumulative,
        }
    }

    /// The first year in which what was spent has been made good.
    fn payback_year(&self, cumulative: &[f64]) -> Option<FinancialYear> {
        let spent = cumulative.iter().position(|balance| *balance < -LEAST);
        let from = spent.unwrap_or(0);
        let place = cumulative[from..].iter().position(|balance| *balance >= -LEAST)?;
        self.years.get(from + place).copied()
    }

    fn deepest(&self, cumulative: &[f64]) -> Option<FinancialYear> {
        let lowest = cumulative.iter().copied().fold(f64::INFINITY, f64::min);
        let place = cumulative.iter().position(|balance| *balance == lowest)?;
        self.years.get(place).copied()
    }

    /// Nominal cash by authority, fund and kind; what business as usual pays is taken off.
    pub(super) fn cash_rows(&self, lines: &[(&LineOutcome, f64)], partners: &[String]) -> Vec<CashRow> {
        let mut rows: BTreeMap<(usize, &str, &str), Vec<f64>> = BTreeMap::new();
        for (line, sign) in lines {
            for (partner, part) in line.cash.iter().enumerate().filter(|(_, part)| **part != 0.0) {
                let row = rows.entry((partner, line.fund.as_str(), line.kind.as_str()));
                let row = row.or_insert_with(|| vec![0.0; self.years.len()]);
                for (year, amount) in row.iter_mut().enumerate() {
                    *amount += sign * part * self.nominal(line, year);
                }
            }
        }
        rows.retain(|_, amounts| amounts.iter().any(|amount| amount.abs() > LEAST));
        let row = |((partner, fund, kind), amounts): ((usize, &str, &str), Vec<f64>)| CashRow {
            authority: partners[partner].clone(),
            fund: fund.to_owned(),
            kind: kind.to_owned(),
            amounts,
        };
        rows.into_iter().map(row).collect()
    }

    /// The base budgets that an option changes.
    pub(super) fn budget_rows(
        &self,
        lines: &[(&LineOutcome, f64)],
        partners: &[String],
        budgets: &[BudgetInput],
    ) -> Vec<BudgetRow> {
        let row = |budget: &BudgetInput| {
            let partner = partners.iter().position(|code| *code == budget.authority)?;
            let changes = lines.iter().filter(|(line, _)| changes(line, budget));
            let changes: Vec<&(&LineOutcome, f64)> = changes.collect();
            let change = |year: usize| -> f64 {
                changes.iter().map(|(line, sign)| -sign * line.cash[partner] * self.nominal(line, year)).sum()
            };
            (!changes.is_empty()).then(|| BudgetRow {
                authority: budget.authority.clone(),
                cost_centre: budget.cost_centre.clone(),
                fund: budget.fund.clone(),
                budget: self.years.iter().map(|year| budget.amounts.get(year).copied()).collect(),
                change: (0..self.years.len()).map(change).collect(),
                source: budget.source.clone(),
            })
        };
        budgets.iter().filter_map(row).collect()
    }

    /// A line's amount of a year in the money of that year.
    fn nominal(&self, line: &LineOutcome, year: usize) -> f64 {
        line.real(year, self.prices) * self.prices[year]
    }
}

/// Less than this is nought: a fraction of a penny that the last bits of a sum leave.
const LEAST: f64 = 1e-6;

fn changes(line: &LineOutcome, budget: &BudgetInput) -> bool {
    line.authority == budget.authority
        && line.fund == budget.fund
        && line.cost_centre.as_ref() == Some(&budget.cost_centre)
}

fn cumulative(flows: &[f64]) -> Vec<f64> {
    let mut so_far = 0.0;
    let add = |flow: &f64| {
        so_far += flow;
        so_far
    };
    flows.iter().map(add).collect()
}

fn estimates(flows: &[f64]) -> Vec<Estimate> {
    flows.iter().map(|flow| Estimate::from_pounds(*flow)).collect()
}

/// Flows whose balance is nought where it is nought but for the last bits, so that it is made good in that year.
fn settled(flows: &[f64]) -> Vec<Estimate> {
    let mut balance = 0.0;
    let settle = |target: f64| {
        let flow = (target / LEAST).round() * LEAST - balance;
        balance += flow;
        Estimate::from_pounds(flow)
    };
    cumulative(flows).into_iter().map(settle).collect()
}

/// The steps from NPSV to the partners' net present cash.
pub(super) fn bridge(npsv: f64, beyond: &BTreeMap<String, f64>, usual: &BTreeMap<String, f64>) -> Vec<Step> {
    let mut steps = vec![Step { flow: String::new(), label: "NPSV, all partners".into(), amount: npsv }];
    let flows: std::collections::BTreeSet<&String> = beyond.keys().chain(usual.keys()).collect();
    for flow in flows {
        let amount = beyond.get(flow).unwrap_or(&0.0) - usual.get(flow).unwrap_or(&0.0);
        if amount.abs() > LEAST {
            steps.push(Step { flow: flow.clone(), label: step_label(flow, amount), amount });
        }
    }
    let total = steps.iter().map(|step| step.amount).sum();
    steps.push(Step { flow: String::new(), label: "Net present cash, all partners".into(), amount: total });
    steps
}

/// What a kind of money does between the two cases.
fn step_label(flow: &str, amount: f64) -> String {
    let what = match flow {
        "non-cash-releasing benefit" => "benefits that release no cash",
        "wider benefit" => "benefits to others",
        "residual value" => "residual value, which is not cash",
        "grant" => "grants",
        "bid" => "bids, by their probability",
        "redundancy" => "redundancy payments",
        "recharge" => "recharges with bodies outside",
        other => other,
    };
    if amount < 0.0 { format!("Less {what}") } else { format!("Plus {what}") }
}

impl Outcome {
    /// The option of that reference.
    pub fn option(&self, reference: &str) -> Option<&OptionOutcome> {
        self.options.iter().find(|option| option.reference == reference)
    }

    /// Business as usual, where it was recorded.
    pub fn business_as_usual(&self) -> Option<&OptionOutcome> {
        self.options.iter().find(|option| option.role == "business as usual")
    }
}

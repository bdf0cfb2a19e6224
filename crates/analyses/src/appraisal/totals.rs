//! The economic and the financial case of one option, from its lines as counted.

use std::collections::BTreeMap;

use penshaw_basis::{Estimate, FinancialYear, payback, peak_funding};

use super::input::{BudgetInput, OptionInput};
use super::outcome::{BudgetRow, CashOutcome, CashRow, LineOutcome, Outcome, Step};

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
            let cash: f64 = line.cash.iter().sum();
            let beyond = (cash - line.economic) * line.present;
            if beyond != 0.0 {
                *totals.beyond.entry(line.flow.clone()).or_default() += beyond;
            }
        }
        totals
    }

    /// The cash of a series in prices of year 0: payback, peak and present value.
    pub(super) fn cash(&self, real: &[f64], financing: &[f64]) -> CashOutcome {
        let nominal: Vec<f64> = real.iter().zip(self.prices).map(|(real, price)| real * price).collect();
        let mut so_far = 0.0;
        let cumulative: Vec<f64> = nominal
            .iter()
            .map(|cash| {
                so_far += cash;
                so_far
            })
            .collect();
        let present: Vec<f64> = real.iter().zip(self.factors).map(|(real, factor)| real * factor).collect();
        let moves = nominal.iter().any(|cash| *cash != 0.0);
        let peak = peak_funding(&estimates(&nominal)).pounds();
        CashOutcome {
            net_present_cash: present.iter().sum(),
            payback: payback(&estimates(&nominal)).filter(|_| moves),
            payback_year: self.payback_year(&cumulative).filter(|_| moves),
            discounted_payback: payback(&estimates(&present)).filter(|_| moves),
            peak_funding: peak,
            peak_year: self.deepest(&cumulative).filter(|_| peak > 0.0),
            financing: financing.iter().zip(self.prices).map(|(real, price)| real * price).collect(),
            by_year: nominal,
            cumulative,
        }
    }

    /// The first year in which what was spent has been made good.
    fn payback_year(&self, cumulative: &[f64]) -> Option<FinancialYear> {
        let spent = cumulative.iter().position(|balance| *balance < 0.0);
        let from = spent.unwrap_or(0);
        let place = cumulative[from..].iter().position(|balance| *balance >= 0.0)?;
        self.years.get(from + place).copied()
    }

    fn deepest(&self, cumulative: &[f64]) -> Option<FinancialYear> {
        let lowest = cumulative.iter().copied().fold(f64::INFINITY, f64::min);
        let place = cumulative.iter().position(|balance| *balance == lowest)?;
        self.years.get(place).copied()
    }

    /// Nominal cash by authority, fund and kind; what business as usual pays is taken off.
    pub(super) fn cash_rows(
        &self,
        option: (&OptionInput, &[LineOutcome]),
        usual: Option<(&OptionInput, &[LineOutcome])>,
        partners: &[String],
    ) -> Vec<CashRow> {
        let mut rows: BTreeMap<(usize, String, String), Vec<f64>> = BTreeMap::new();
        let both = [(Some(option), 1.0), (usual, -1.0)];
        for ((input, lines), sign) in both.into_iter().filter_map(|(which, sign)| Some((which?, sign))) {
            for line in lines {
                let (fund, kind) = fund_and_kind(input, line);
                for (partner, part) in line.cash.iter().enumerate().filter(|(_, part)| **part != 0.0) {
                    let row = rows
                        .entry((partner, fund.clone(), kind.clone()))
                        .or_insert_with(|| vec![0.0; self.years.len()]);
                    for (year, amount) in row.iter_mut().enumerate() {
                        *amount += sign * part * line.real(year, self.prices) * self.prices[year];
                    }
                }
            }
        }
        rows.into_iter()
            .map(|((partner, fund, kind), amounts)| CashRow {
                authority: partners[partner].clone(),
                fund,
                kind,
                amounts,
            })
            .collect()
    }

    /// The base budgets that an option changes.
    pub(super) fn budget_rows(
        &self,
        option: &OptionInput,
        lines: &[LineOutcome],
        budgets: &[BudgetInput],
    ) -> Vec<BudgetRow> {
        let mut rows = Vec::new();
        for budget in budgets {
            let changes: Vec<&LineOutcome> = option
                .lines
                .iter()
                .filter(|line| line.authority == budget.authority)
                .filter(|line| line.cost_centre.as_ref() == Some(&budget.cost_centre) && line.fund == budget.fund)
                .filter_map(|line| lines.iter().find(|counted| counted.reference == line.reference))
                .collect();
            if changes.is_empty() {
                continue;
            }
            let change = |year: usize| -> f64 {
                let cash = changes.iter().map(|line| {
                    let part: f64 = line.cash.iter().sum();
                    -part * line.real(year, self.prices) * self.prices[year]
                });
                cash.sum()
            };
            rows.push(BudgetRow {
                authority: budget.authority.clone(),
                cost_centre: budget.cost_centre.clone(),
                fund: budget.fund.clone(),
                budget: self.years.iter().map(|year| budget.amounts.get(year).copied()).collect(),
                change: (0..self.years.len()).map(change).collect(),
                source: budget.source.clone(),
            });
        }
        rows
    }
}

fn estimates(flows: &[f64]) -> Vec<Estimate> {
    flows.iter().map(|flow| Estimate::from_pounds(*flow)).collect()
}

fn fund_and_kind(option: &OptionInput, line: &LineOutcome) -> (String, String) {
    let recorded = option.lines.iter().find(|recorded| recorded.reference == line.reference);
    match recorded {
        Some(recorded) if recorded.capital => (recorded.fund.clone(), "capital".into()),
        Some(recorded) if recorded.one_off => (recorded.fund.clone(), "revenue, one-off".into()),
        Some(recorded) => (recorded.fund.clone(), "revenue, recurring".into()),
        None => ("General Fund".into(), "revenue, one-off".into()),
    }
}

/// The steps from NPSV to the partners' net present cash.
pub(super) fn bridge(npsv: f64, beyond: &BTreeMap<String, f64>, usual: &BTreeMap<String, f64>) -> Vec<Step> {
    let mut steps = vec![Step { label: "NPSV, all partners".into(), amount: npsv }];
    let flows: std::collections::BTreeSet<&String> = beyond.keys().chain(usual.keys()).collect();
    for flow in flows {
        let amount = beyond.get(flow).unwrap_or(&0.0) - usual.get(flow).unwrap_or(&0.0);
        if amount != 0.0 {
            steps.push(Step { label: step_label(flow, amount), amount });
        }
    }
    let total = steps.iter().map(|step| step.amount).sum();
    steps.push(Step { label: "Net present cash, all partners".into(), amount: total });
    steps
}

/// What a kind of money does between the two cases.
fn step_label(flow: &str, amount: f64) -> String {
    match flow {
        "non-cash-releasing benefit" => "Less benefits that release no cash".into(),
        "wider benefit" => "Less benefits to others".into(),
        "residual value" => "Less residual value, which is not cash".into(),
        "grant" => "Plus grants".into(),
        "bid" => "Plus bids, by their probability".into(),
        "redundancy" => "Less redundancy payments".into(),
        "pension strain" => "Less pension strain".into(),
        "recharge" => "Recharges with bodies outside".into(),
        other if amount < 0.0 => format!("Less {other}"),
        other => format!("Plus {other}"),
    }
}

impl Outcome {
    /// The option of that reference.
    pub fn option(&self, reference: &str) -> Option<&super::outcome::OptionOutcome> {
        self.options.iter().find(|option| option.reference == reference)
    }

    /// Business as usual, where it was recorded.
    pub fn business_as_usual(&self) -> Option<&super::outcome::OptionOutcome> {
        self.options.iter().find(|option| option.role == "business as usual")
    }
}

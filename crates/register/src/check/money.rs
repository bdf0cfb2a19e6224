//! Options and lines together: one first year, budgets that can fall so far, doubts counted once.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{FinancialYear, Money};
use penshaw_numerics::copula::{cholesky, normal_correlation_of_rank};

use super::{every, found};
use crate::{Baseline, Bid, Correlation, CostLine, CourseOption, Entry, Finding, Line, Mitigation, Problem, Risk};

pub(super) fn check(baselines: &[Baseline]) -> Vec<Finding> {
    let mut findings = short_list(baselines);
    findings.extend(years(baselines));
    findings.extend(budgets(baselines));
    findings.extend(doubts(baselines));
    findings.extend(drivers(baselines));
    findings.extend(mitigations(baselines));
    findings.extend(correlations(baselines));
    findings
}

/// One first year for all, and a business as usual to compare with (Green Book 2026, chapter 4).
fn short_list(baselines: &[Baseline]) -> Vec<Finding> {
    let options = every::<CourseOption>(baselines);
    let Some((first_record, first)) = options.first() else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (record, option) in &options {
        if option.starts != first.starts {
            findings.push(found(
                record,
                Problem::error(
                    "starts",
                    format!(
                        "the option starts in {}, but {} starts in {}",
                        option.starts, first.reference, first.starts
                    ),
                    "appraise every option from the same first year; a later start is a year without amounts",
                ),
            ));
        }
    }
    for role in ["business as usual", "do minimum"] {
        if !options.iter().any(|(_, option)| option.role == role) {
            let what = format!("no option is {role}");
            let problem = Problem::warning("role", what, format!("add an option whose role is \"{role}\""));
            findings.push(found(first_record, problem));
        }
    }
    let mut usual = options.iter().filter(|(_, option)| option.role == "business as usual");
    if let Some((_, first)) = usual.next() {
        findings.extend(usual.map(|(record, _)| {
            let what = format!("option {} is business as usual already", first.reference);
            found(record, Problem::error("role", what, "keep one of them, and give the other another role"))
        }));
    }
    findings
}

/// Amounts outside the years of the option would be lost without a word.
fn years(baselines: &[Baseline]) -> Vec<Finding> {
    let options: BTreeMap<String, CourseOption> =
        every::<CourseOption>(baselines).into_iter().map(|(_, option)| (option.reference.clone(), option)).collect();
    let outside = |option: &CourseOption, year: &FinancialYear| {
        let place = i64::from(*year - option.starts);
        place < 0 || place >= option.years.unwrap_or(10) as i64
    };
    let mut findings =
        risks_and_bids(baselines, |option, year| options.get(option).is_some_and(|option| outside(option, year)));
    for (record, line) in every::<Line>(baselines) {
        let Some(option) = options.get(&line.option) else {
            continue;
        };
        for year in line.amounts.keys().filter(|year| outside(option, year)) {
            findings.push(found(
                record,
                Problem::error(
                    "amounts",
                    format!("{year} is outside the years of option {}", option.reference),
                    "move the amount, or give the option more years",
                ),
            ));
        }
    }
    findings
}

/// Risks and bids whose money falls outside the years of every option that they are about.
fn risks_and_bids(baselines: &[Baseline], outside: impl Fn(&str, &FinancialYear) -> bool) -> Vec<Finding> {
    let hint = "correct the year, or give the option more years";
    let mut findings = Vec::new();
    for (record, risk) in every::<Risk>(baselines) {
        let year = risk.year.filter(|year| risk.impact.is_some() && outside(&risk.option, year));
        findings.extend(year.map(|year| {
            let what = format!("{year} is outside the years of option {}", risk.option);
            found(record, Problem::error("year", what, hint))
        }));
    }
    // What was lost is only told, and never counted.
    let bids = every::<Bid>(baselines).into_iter().filter(|(_, bid)| bid.status != "lost");
    for (record, bid) in bids {
        let years = bid.amounts.keys().filter(|year| bid.options.iter().all(|option| outside(option, year)));
        findings.extend(years.filter(|_| !bid.options.is_empty()).map(|year| {
            let what = format!("{year} is outside the years of every option of the bid");
            found(record, Problem::error("amounts", what, hint))
        }));
    }
    findings
}

/// A cash-releasing benefit cannot take more from a budget than is in it.
fn budgets(baselines: &[Baseline]) -> Vec<Finding> {
    let mut budgets: BTreeMap<(String, String), Money> = BTreeMap::new();
    for baseline in baselines {
        for (_, line) in every::<CostLine>(std::slice::from_ref(baseline)) {
            let least = line.budget.values().copied().min().unwrap_or(Money::ZERO);
            *budgets.entry((baseline.owner().to_owned(), line.cost_centre)).or_default() += least;
        }
    }
    let mut taken: BTreeMap<(String, String, String, FinancialYear), Money> = BTreeMap::new();
    let mut findings = Vec::new();
    for (record, line) in every::<Line>(baselines) {
        let (true, Some(centre)) = (line.flow == "cash-releasing benefit", &line.cost_centre) else {
            continue;
        };
        if line.authority == "joint" {
            continue;
        }
        let Some(budget) = budgets.get(&(line.authority.clone(), centre.clone())) else {
            findings.push(found(
                record,
                Problem::error(
                    "cost_centre",
                    format!("{} has no cost line of cost centre {centre}", line.authority),
                    "correct the cost centre, or add its base budget to the cost lines",
                ),
            ));
            continue;
        };
        // Several lines of one option may take from one budget: it is their sum that must be in it.
        let totals = line.amounts.iter().map(|(year, amount)| {
            let key = (line.option.clone(), line.authority.clone(), centre.clone(), *year);
            let total = taken.entry(key).or_default();
            *total += *amount;
            *total
        });
        let most = totals.max().unwrap_or(Money::ZERO);
        if most > *budget {
            findings.push(found(
                record,
                Problem::error(
                    "amounts",
                    // The budget itself may be kept back, and partners read the findings of lines.
                    format!("{most} in a year is more than {} has in the budget of {centre}", line.authority),
                    "lower the benefit, or name the other budgets that fall",
                ),
            ));
        }
    }
    findings
}

/// A risk that raises a line which already carries an allowance counts the same doubt twice.
fn doubts(baselines: &[Baseline]) -> Vec<Finding> {
    let lines: BTreeMap<String, Line> =
        every::<Line>(baselines).into_iter().map(|(_, line)| (line.reference.clone(), line)).collect();
    let mut findings = Vec::new();
    for (record, risk) in every::<Risk>(baselines) {
        if risk.impact.is_none() {
            continue;
        }
        let Some(line) = risk.line.as_ref().and_then(|line| lines.get(line)) else {
            continue;
        };
        let allowance = [
            line.range.as_ref().map(|_| "a range"),
            line.optimism_bias.as_ref().map(|_| "optimism bias"),
            line.reference_class.as_ref().map(|_| "a reference class"),
        ];
        if let Some(allowance) = allowance.into_iter().flatten().next() {
            findings.push(found(
                record,
                Problem::error(
                    "line",
                    format!(
                        "line {} already carries {allowance}: the risk would count the same doubt twice",
                        line.reference
                    ),
                    "take the allowance off the line, or leave the risk's impact empty",
                ),
            ));
        }
    }
    findings
}

/// Lines that name the same driver share one draw, so that their ranges must be the same.
fn drivers(baselines: &[Baseline]) -> Vec<Finding> {
    let mut first: BTreeMap<String, Line> = BTreeMap::new();
    let mut findings = Vec::new();
    for (record, line) in every::<Line>(baselines) {
        let Some(driver) = line.driver.clone() else { continue };
        match first.get(&driver) {
            Some(other) if other.multiple() != line.multiple() => {
                let what = format!(
                    "the line names the driver {driver}, but its range is not that of line {}",
                    other.reference
                );
                let hint = "give both lines the same range, or this one a driver of its own and a correlation";
                findings.push(found(record, Problem::error("driver", what, hint)));
            }
            Some(_) => {}
            None => {
                first.insert(driver, line);
            }
        }
    }
    findings
}

/// The parts of an optimism bias cannot be more than the whole.
fn mitigations(baselines: &[Baseline]) -> Vec<Finding> {
    let mut totals: BTreeMap<(String, String), f64> = BTreeMap::new();
    let mut findings = Vec::new();
    for (record, mitigation) in every::<Mitigation>(baselines) {
        let total = totals.entry((mitigation.option.clone(), mitigation.category.clone())).or_default();
        *total += mitigation.contribution;
        if *total > 1.0 + 1e-9 {
            findings.push(found(
                record,
                Problem::error(
                    "contribution",
                    format!(
                        "the contributions to {} of option {} add up to more than 1",
                        mitigation.category, mitigation.option
                    ),
                    "correct the contributions so that they add up to 1 at most",
                ),
            ));
        }
    }
    findings
}

/// The most drivers that correlations may name: their matrix grows with the square of it.
const MOST_CORRELATED: usize = 500;

/// Correlations must be between drivers that lines name, and hold together.
fn correlations(baselines: &[Baseline]) -> Vec<Finding> {
    let drivers: BTreeSet<String> = every::<Line>(baselines)
        .into_iter()
        .flat_map(|(_, line)| [Some(line.reference), line.driver])
        .flatten()
        .collect();
    let mut stated = every::<Correlation>(baselines);
    let mut findings = Vec::new();
    let mut pairs = BTreeSet::new();
    for (record, correlation) in &stated {
        for (field, driver) in [("first", &correlation.first), ("second", &correlation.second)] {
            if !drivers.contains(driver) {
                let what = format!("no line names the driver {driver}");
                findings.push(found(record, Problem::error(field, what, "write a driver or the reference of a line")));
            }
        }
        let (first, second) = (correlation.first.clone(), correlation.second.clone());
        let what = format!("the correlation of {first} and {second} is stated twice");
        if !pairs.insert(if first < second { (first, second) } else { (second, first) }) {
            findings.push(found(record, Problem::error("second", what, "keep one of the two")));
        }
    }
    // Those that are wrong on their own are found on their own.
    stated.retain(|(_, correlation)| correlation.check().is_empty());
    let names: Vec<&String> =
        stated.iter().flat_map(|(_, c)| [&c.first, &c.second]).collect::<BTreeSet<_>>().into_iter().collect();
    if let (Some((record, _)), true) = (stated.first(), names.len() > MOST_CORRELATED) {
        let what = format!("the correlations are of {} drivers; at most {MOST_CORRELATED} are read", names.len());
        findings.push(found(record, Problem::error("first", what, "let lines that move together name one driver")));
        return findings;
    }
    let place = |name: &String| names.iter().position(|known| *known == name).expect("every name is listed");
    let mut matrix: Vec<Vec<f64>> =
        (0..names.len()).map(|row| (0..names.len()).map(|column| f64::from(row == column)).collect()).collect();
    for (_, correlation) in &stated {
        let (row, column) = (place(&correlation.first), place(&correlation.second));
        let normal = normal_correlation_of_rank(correlation.rank_correlation);
        (matrix[row][column], matrix[column][row]) = (normal, normal);
    }
    if let (Some((record, _)), Err(error)) = (stated.first(), cholesky(&matrix)) {
        findings.push(found(
            record,
            Problem::error(
                "rank_correlation",
                format!("the correlations contradict one another: {error}"),
                "lower the strongest of them, or state the ones that are missing",
            ),
        ));
    }
    findings
}

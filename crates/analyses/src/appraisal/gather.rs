//! Takes options, lines, risks, bids and budgets from the joint register.

use std::collections::BTreeMap;

use penshaw_basis::{Date, FinancialYear, Money};
use penshaw_register::{
    Authority, Bid, Correlation, CostLine, CourseOption, Held, JointRegister, Line, Mitigation, Risk,
};

use super::input::*;
use super::keys;
use crate::{Missing, Need};

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let budgets: Vec<BudgetInput> = joint.all::<CostLine>().iter().map(budget).collect();
    let input = Input {
        on,
        trials: TRIALS,
        seed: 0,
        partners: joint.authorities().iter().map(|authority| partner(authority, &budgets)).collect(),
        options: joint.options().iter().map(|option| course(joint, option)).collect(),
        correlations: joint.all::<Correlation>().iter().map(correlation).collect(),
        budgets,
    };
    let needs = needs(&input);
    if needs.is_empty() { Ok(input) } else { Err(Missing { needs }) }
}

fn needs(input: &Input) -> Vec<Need> {
    let need = |what: String, of: &str, hint: &str| Need { what, of: of.into(), hint: hint.into() };
    let mut needs = Vec::new();
    // One body's own case is an appraisal too: it shares with nobody, and its cost key is 1.
    if input.partners.is_empty() {
        needs.push(need("an authority".into(), "partnership", "add it to partnership.toml"));
    }
    if input.options.is_empty() {
        needs.push(need("options".into(), "partnership", "add them to partnership.toml or to the Options sheet"));
    }
    if !input.options.is_empty() && input.options.iter().all(|option| option.lines.is_empty()) {
        needs.push(need(
            "lines of the options".into(),
            "partnership",
            "add them to partnership.toml or to the Lines sheet",
        ));
    }
    for option in &input.options {
        for (code, figure) in keys::lacking(option, &input.partners) {
            needs.push(need(
                format!("{figure} for the cost key of option {}", option.reference),
                &code,
                "add the figure in partnership.toml, or choose another cost key",
            ));
        }
    }
    needs
}

fn partner(authority: &Authority, budgets: &[BudgetInput]) -> Partner {
    let count = |number: Option<u64>| number.map(|number| number as f64);
    let own = budgets.iter().filter(|budget| budget.authority == authority.code);
    let mut by_year: BTreeMap<FinancialYear, f64> = BTreeMap::new();
    for (year, amount) in own.flat_map(|budget| &budget.amounts) {
        *by_year.entry(*year).or_default() += amount;
    }
    let first_year = by_year.values().next().copied();
    Partner {
        code: authority.code.clone(),
        name: authority.name.clone(),
        population: count(authority.population),
        users: count(authority.users),
        devices: count(authority.devices),
        usage: authority.usage,
        budget: first_year.or(authority.annual_budget.map(Money::pounds)),
    }
}

fn pounds(amounts: &BTreeMap<FinancialYear, Money>) -> BTreeMap<FinancialYear, f64> {
    amounts.iter().map(|(year, amount)| (*year, amount.pounds())).collect()
}

fn budget(held: &Held<CostLine>) -> BudgetInput {
    BudgetInput {
        authority: held.owner.clone(),
        cost_centre: held.cost_centre.clone(),
        fund: held.fund.clone().unwrap_or_else(|| "General Fund".into()),
        amounts: pounds(&held.budget),
        source: held.source(),
    }
}

fn course(joint: &JointRegister, option: &Held<CourseOption>) -> OptionInput {
    let own = |reference: &String| *reference == option.reference;
    OptionInput {
        reference: option.reference.clone(),
        name: option.name.clone(),
        role: option.role.clone(),
        course: option.course.clone(),
        starts: option.starts,
        years: option.years.map(|years| years as usize),
        cost_key: option.cost_key.clone(),
        // Shares that cannot be read were refused as findings.
        stated_shares: option.shares().unwrap_or_default().into_iter().collect(),
        lines: joint.lines_of(&option.reference).iter().map(line).collect(),
        risks: joint.all::<Risk>().iter().filter(|risk| own(&risk.option)).filter_map(risk).collect(),
        bids: joint.all::<Bid>().iter().filter(|bid| bid.options.iter().any(own)).map(bid).collect(),
        mitigations: joint
            .all::<Mitigation>()
            .iter()
            .filter(|mitigation| own(&mitigation.option) && mitigation.evidence.is_some())
            .map(mitigation)
            .collect(),
        source: option.source(),
    }
}

fn line(held: &Held<Line>) -> LineInput {
    LineInput {
        reference: held.reference.clone(),
        authority: held.authority.clone(),
        description: held.description.clone(),
        flow: held.flow.clone(),
        one_off: held.timing.as_deref() == Some("one-off"),
        capital: held.is_capital(),
        fund: held.fund.clone().unwrap_or_else(|| "General Fund".into()),
        cost_centre: held.cost_centre.clone(),
        counterparty: held.counterparty.clone(),
        nominal: held.prices.as_deref() == Some("nominal"),
        amounts: pounds(&held.amounts),
        // A range that is no distribution was refused as a finding.
        range: held.multiple().ok().flatten(),
        optimism_bias: held.optimism_bias.clone(),
        mitigated_share: held.mitigated_share,
        reference_class: held.reference_class.clone(),
        driver: held.driver.clone(),
        confidence: held.confidence,
        source: held.source(),
    }
}

fn risk(held: &Held<Risk>) -> Option<RiskInput> {
    Some(RiskInput {
        reference: held.reference.clone(),
        authority: held.authority.clone(),
        description: held.description.clone(),
        probability: held.probability?,
        impact: held.impact?.pounds(),
        year: held.year?,
        line: held.line.clone(),
        source: held.source(),
    })
}

fn bid(held: &Held<Bid>) -> BidInput {
    let probability = match held.status.as_str() {
        "won" => 1.0,
        "lost" => 0.0,
        _ => held.probability.unwrap_or(0.0),
    };
    BidInput {
        reference: held.reference.clone(),
        name: held.name.clone(),
        authority: held.authority.clone(),
        amounts: pounds(&held.amounts),
        probability,
        status: held.status.clone(),
        source: held.source(),
    }
}

fn mitigation(held: &Held<Mitigation>) -> MitigationInput {
    MitigationInput {
        category: held.category.clone(),
        risk_area: held.risk_area.clone(),
        contribution: held.contribution,
        mitigated: held.mitigated,
        source: held.source(),
    }
}

fn correlation(held: &Held<Correlation>) -> CorrelationInput {
    CorrelationInput { first: held.first.clone(), second: held.second.clone(), rank_correlation: held.rank_correlation }
}

//! Takes the partners, the costs of coalitions or an option's lines, and the cost key from the joint register.

use std::collections::BTreeMap;

use penshaw_basis::{Date, FinancialYear, Money, Source};
use penshaw_register::{Authority, CoalitionCost, CostLine, CourseOption, Held, JointRegister, Line};

use super::{Coalition, CostTable, Costs, Input, Member, Method, NotACostTable, Rule, RuleLine, Unit, keys};
use crate::{Missing, Need};

/// The words for a line or figure that belongs to no single authority.
const JOINT: &str = "joint";
/// The owner of what the partners hold together, in a need.
const PARTNERSHIP: &str = penshaw_register::PARTNERSHIP;

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let budgets: Vec<Held<CostLine>> = joint.all();
    let members: Vec<Member> = joint.authorities().iter().map(|authority| member(authority, &budgets)).collect();
    if members.len() < 2 {
        return Err(Missing::one("two authorities or more", PARTNERSHIP, "add them to partnership.toml"));
    }
    let option = option_to_share(joint);
    let stated: Vec<Held<CoalitionCost>> = joint.all();
    if stated.is_empty() {
        from_lines(joint, on, members, option, &budgets)
    } else {
        from_table(members, option, &stated, joint)
    }
}

/// The option whose cost is to be shared: the preferred way forward, or the first that integrates,
/// or the first that collaborates.
fn option_to_share(joint: &JointRegister) -> Option<Held<CourseOption>> {
    let shared: Vec<Held<CourseOption>> =
        joint.options().into_iter().filter(|option| option.course != "apart").collect();
    let preferred = shared.iter().find(|option| option.role == "preferred way forward");
    let integrates = || shared.iter().find(|option| option.course == "integrate");
    preferred.or_else(integrates).or(shared.first()).cloned()
}

fn from_table(
    members: Vec<Member>,
    option: Option<Held<CourseOption>>,
    stated: &[Held<CoalitionCost>],
    joint: &JointRegister,
) -> Result<Input, Missing> {
    let coalitions: Vec<Coalition> =
        stated.iter().map(|held| Coalition { members: held.coalition.clone(), cost: held.cost.pounds() }).collect();
    // A partner that no coalition names takes no part in what is shared.
    let named = CostTable::members_of(&coalitions);
    let members: Vec<Member> = members.into_iter().filter(|member| named.contains(&member.code)).collect();
    let codes: Vec<String> = members.iter().map(|member| member.code.clone()).collect();
    CostTable::new(&codes, &coalitions).map_err(|problem| needed(&problem))?;
    let mut sources: Vec<Source> = stated.iter().map(Held::source).collect();
    sources.extend(sources_of_figures(joint));
    Ok(Input {
        members,
        costs: Costs::Table(coalitions),
        unit: Unit::Pounds,
        stated_shares: option.as_ref().map(stated_shares).unwrap_or_default(),
        key_in_force: option.and_then(|option| Method::key(option.cost_key.as_deref()?)),
        sources,
    })
}

fn needed(problem: &NotACostTable) -> Missing {
    let hint = match problem {
        NotACostTable::Incomplete { .. } => {
            "add their rows to the coalition costs, or take all rows out, so that the costs are worked out \
             from the option's lines"
        }
        NotACostTable::TooMany(_) => "answer the question for groups of partners",
        _ => "correct the coalition costs in partnership.toml or on their sheet",
    };
    Missing::one(problem.to_string(), PARTNERSHIP, hint)
}

fn from_lines(
    joint: &JointRegister,
    on: Date,
    members: Vec<Member>,
    option: Option<Held<CourseOption>>,
    budgets: &[Held<CostLine>],
) -> Result<Input, Missing> {
    let Some(option) = option else {
        return Err(Missing::one(
            "an option in which the partners share, or the cost of each coalition",
            PARTNERSHIP,
            "add the option with its lines, or coalition costs, to partnership.toml or to their sheets",
        ));
    };
    let lines = lines(joint, &option);
    let key = option.cost_key.as_deref().and_then(Method::key).unwrap_or(Method::Equal);
    let stated_shares = stated_shares(&option);
    let needs = needs(&members, &option, &lines, key, &stated_shares);
    if !needs.is_empty() {
        return Err(Missing { needs });
    }
    let mut sources = vec![option.source()];
    sources.extend(lines.iter().map(|(_, source)| source.clone()));
    sources.extend(budgets.iter().map(Held::source));
    sources.extend(sources_of_figures(joint));
    sources.push(Source::assumption(
        "a coalition would pay for its members' own lines, for one-off joint lines in full, and for its part of \
         recurring joint lines; each partner's base budget stays as it is in real terms",
    ));
    let rule = Rule {
        on,
        option: option.reference.clone(),
        name: option.name.clone(),
        first_year: option.starts,
        years: option.years.map(|years| years as usize),
        key,
        lines: lines.into_iter().map(|(line, _)| line).collect(),
    };
    Ok(Input { members, costs: Costs::Rule(rule), unit: Unit::Pounds, stated_shares, key_in_force: Some(key), sources })
}

fn needs(
    members: &[Member],
    option: &CourseOption,
    lines: &[(RuleLine, Source)],
    key: Method,
    stated: &BTreeMap<String, f64>,
) -> Vec<Need> {
    let need = |what: String, of: &str, hint: &str| Need { what, of: of.into(), hint: hint.into() };
    let mut needs = Vec::new();
    if members.len() > super::MOST_MEMBERS {
        needs.push(need(
            NotACostTable::TooMany(members.len()).to_string(),
            PARTNERSHIP,
            "answer the question for groups of partners",
        ));
    }
    if !lines.iter().any(|(line, _)| !line.apart) {
        needs.push(need(
            format!("lines of option {}, or the cost of each coalition", option.reference),
            PARTNERSHIP,
            "add them to partnership.toml or to their sheets",
        ));
    }
    for member in members.iter().filter(|member| member.budget.is_none()) {
        needs.push(need(
            "the yearly base budget for ICT, which is what standing alone costs".into(),
            &member.code,
            "share the cost lines, or give annual_budget in partnership.toml",
        ));
    }
    if let Err(why) = keys::figures(key, members, stated) {
        needs.push(need(
            format!("the figures of the cost key of option {}: {}", option.reference, why.trim_end_matches('.')),
            PARTNERSHIP,
            "add them in partnership.toml, or choose another cost key",
        ));
    }
    needs
}

/// The lines of the option and of business as usual, each at the mean of its range.
fn lines(joint: &JointRegister, option: &CourseOption) -> Vec<(RuleLine, Source)> {
    let as_usual = joint.options().into_iter().find(|other| other.role == "business as usual");
    let shared = joint.lines_of(&option.reference).into_iter().map(|line| (line, false));
    let apart = as_usual.map(|usual| joint.lines_of(&usual.reference)).unwrap_or_default();
    let all = shared.chain(apart.into_iter().map(|line| (line, true)));
    all.map(|(held, apart)| (line(&held, apart), held.source())).collect()
}

fn line(held: &Held<Line>, apart: bool) -> RuleLine {
    // A range that is no distribution was refused as a finding.
    let multiple = held.multiple().ok().flatten().map_or(1.0, |range| range.mean());
    let amounts: BTreeMap<FinancialYear, f64> =
        held.amounts.iter().map(|(year, amount)| (*year, amount.pounds() * multiple)).collect();
    RuleLine {
        authority: if held.authority.is_empty() { JOINT.into() } else { held.authority.clone() },
        apart,
        flow: held.flow.clone(),
        paid_to: held.counterparty.clone(),
        one_off: held.timing.as_deref() == Some("one-off"),
        nominal: held.prices.as_deref() == Some("nominal"),
        amounts,
    }
}

fn member(authority: &Authority, budgets: &[Held<CostLine>]) -> Member {
    let count = |number: Option<u64>| number.map(|number| number as f64);
    Member {
        code: authority.code.clone(),
        name: authority.name.clone(),
        population: count(authority.population),
        users: count(authority.users),
        devices: count(authority.devices),
        usage: authority.usage,
        budget: first_budget(&authority.code, budgets).or(authority.annual_budget.map(Money::pounds)),
    }
}

/// The base budget of the first year for which an authority shares one.
fn first_budget(code: &str, budgets: &[Held<CostLine>]) -> Option<f64> {
    let mut by_year: BTreeMap<FinancialYear, f64> = BTreeMap::new();
    let own = budgets.iter().filter(|line| line.owner == code);
    for (year, amount) in own.flat_map(|line| &line.budget) {
        *by_year.entry(*year).or_default() += amount.pounds();
    }
    by_year.values().next().copied()
}

fn stated_shares(option: &Held<CourseOption>) -> BTreeMap<String, f64> {
    // Shares that cannot be read were refused as findings.
    option.shares().unwrap_or_default().into_iter().collect()
}

/// Where the authorities' populations, users, devices and budgets come from.
fn sources_of_figures(joint: &JointRegister) -> Vec<Source> {
    let stated = joint.authorities().iter().filter_map(|authority| authority.source.as_deref());
    stated.map(|words| Source::publication(words, "")).collect()
}

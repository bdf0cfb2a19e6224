//! The financial case: nominal cash of each partner, what has to be found and when it comes back.

use penshaw_basis::Source;
use penshaw_documents::{Block, Column, Row, RowKind, Table, Value};

use super::super::outcome::{CashOutcome, OptionOutcome};
use super::series::ByYear;
use super::summary::payback_words;
use super::{View, cell, charts, pounds, row, whose, years};

pub(super) fn blocks(view: &View) -> Vec<Block> {
    let mut blocks = Vec::new();
    for option in view.compared() {
        blocks.push(Block::heading(4, &option.name));
        blocks.extend(option_blocks(view, option));
    }
    if blocks.is_empty() {
        return blocks;
    }
    let opening = [
        Block::heading(3, "Financial case"),
        Block::words(
            "The financial case counts cash in the money of each year, and whose it is: grants, recharges, redundancy \
             payments and each partner's share of joint lines are in it; benefits that cut no budget are not. Negative \
             amounts are paid out.",
        ),
    ];
    opening.into_iter().chain(blocks).collect()
}

fn option_blocks(view: &View, option: &OptionOutcome) -> Vec<Block> {
    let mut blocks: Vec<Block> = key(view, option).into_iter().collect();
    blocks.extend(cash_tables(view, option).into_iter().map(Block::Table));
    blocks.push(Block::Table(paybacks(view, option)));
    if view.is_drawn(option) {
        blocks.extend(charts::cumulative(view, option).map(Block::Chart));
    }
    blocks.extend(budgets(view, option).into_iter().map(Block::Table));
    blocks.push(bridge(view, option));
    if !option.bids.is_empty() {
        blocks.push(Block::Table(bids(option)));
    }
    blocks
}

/// The bridge from NPSV to cash; a chart brings its table along.
fn bridge(view: &View, option: &OptionOutcome) -> Block {
    if option.bridge.len() < 3 {
        return Block::words(
            "All that is counted in NPSV is cash, and all cash is counted in NPSV: the two are the same.",
        );
    }
    let drawn = if view.is_drawn(option) { charts::bridge(view, option) } else { None };
    drawn.map_or_else(|| Block::Table(charts::bridge_table(view, option)), Block::Chart)
}

/// How joint lines fall to the partners, where there are any.
fn key(view: &View, option: &OptionOutcome) -> Option<Block> {
    option.lines.iter().find(|line| line.by_key)?;
    if option.partners.len() < 2 {
        return None;
    }
    let sources = view.sources(option);
    let mut runs =
        vec![super::text(format!("Joint lines fall to the partners by the cost key \"{}\": ", option.cost_key))];
    for (place, (partner, share)) in option.partners.iter().zip(&option.shares).enumerate() {
        let before = if place == 0 { String::new() } else { ", ".into() };
        runs.push(super::text(format!("{before}{} ", partner.name)));
        runs.push(super::figure(Value::Percent(*share), &sources[..1]));
    }
    runs.push(super::text("."));
    Some(Block::paragraph(runs))
}

fn cash_tables(view: &View, option: &OptionOutcome) -> Vec<Table> {
    let sources = view.sources(option);
    let mut by_year = ByYear::default();
    for partner in &option.partners {
        let rows: Vec<_> = option.cash.iter().filter(|row| row.authority == partner.code).collect();
        if rows.is_empty() && partner.cash.financing.iter().all(|amount| *amount == 0.0) {
            continue;
        }
        by_year.group(&partner.name);
        for row in rows {
            by_year.flow(format!("{}, {}", row.fund, row.kind), &row.amounts, &sources);
        }
        by_year.total(format!("Net cash of {}", partner.name), &partner.cash.by_year, &sources);
        financing(&mut by_year, &partner.cash, &sources);
    }
    if by_year.is_empty() {
        return Vec::new();
    }
    if option.partners.len() > 1 {
        by_year.total("Net cash of all partners", &option.joint.by_year, &sources);
        by_year.balance("So far", &option.joint.cumulative, &sources);
    }
    let caption = format!("Cash of {} against business as usual, in the money of each year", option.name);
    let mut tables = by_year.tables(view, &format!("cash-{}", option.reference), &caption);
    let note = "Rows are rounded one by one and may not add up to the last digit.";
    tables.iter_mut().for_each(|table| table.note = note.into());
    tables
}

/// Reserves and receipts, shown below net cash and never added to it.
fn financing(by_year: &mut ByYear, cash: &CashOutcome, sources: &[Source]) {
    if cash.financing.iter().any(|amount| *amount != 0.0) {
        by_year.flow("Met from reserves and receipts, not part of net cash", &cash.financing, sources);
    }
}

fn paybacks(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("Partner"),
        Column::numbers("Net present cash"),
        Column::numbers("Has it back in"),
        Column::numbers("Payback, years"),
        Column::numbers("Discounted payback, years"),
        Column::numbers("Peak funding"),
        Column::numbers("Peak in"),
        Column::numbers("Probability of gaining"),
    ];
    let caption = format!("What {} means for each partner's cash", option.name);
    let mut table = Table::new(format!("payback-{}", option.reference), caption, columns);
    let sources = view.sources(option);
    let cells = |cash: &CashOutcome, gains: Value| {
        let number = |value: Option<f64>| value.map_or(Value::Nothing, years);
        let values = [
            pounds(cash.net_present_cash),
            payback_words(cash),
            number(cash.payback),
            number(cash.discounted_payback),
            pounds(cash.peak_funding),
            cash.peak_year.map_or(Value::Nothing, Value::Year),
            gains,
        ];
        values.into_iter().map(|value| cell(value, &sources)).collect::<Vec<_>>()
    };
    for partner in &option.partners {
        let gains = Value::Percent(partner.spread.probability_positive);
        table.push(row(&partner.name, cells(&partner.cash, gains)));
    }
    if option.partners.len() > 1 {
        let mut all = row("All partners", cells(&option.joint, Value::Nothing));
        all.kind = RowKind::Total;
        table.push(all);
    }
    table.note = "Payback is counted in years from the start; within the year it is taken to come evenly.".into();
    table
}

fn budgets(view: &View, option: &OptionOutcome) -> Vec<Table> {
    let mut by_year = ByYear::default();
    for budget in &option.budgets {
        by_year.group(format!("{}, {}, {}", whose(view, &budget.authority), budget.cost_centre, budget.fund));
        let sources = view.sources(option);
        let own = [budget.source.clone()];
        by_year.known("Base budget", &budget.budget, &own);
        by_year.flow("Change", &budget.change, &sources);
        let after = budget.budget.iter().zip(&budget.change).map(|(budget, change)| Some((*budget)? + change));
        by_year.known("Budget after", &after.collect::<Vec<_>>(), &sources);
    }
    if by_year.is_empty() {
        return Vec::new();
    }
    let caption = format!("Base budgets that {} changes", option.name);
    let mut tables = by_year.tables(view, &format!("budgets-{}", option.reference), &caption);
    let note = "A year without a base budget was not recorded; nothing is assumed for it.";
    tables.iter_mut().for_each(|table| table.note = note.into());
    tables
}

fn bids(option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("Bid"),
        Column::numbers("Asked for"),
        Column::numbers("Net present cash"),
        Column::numbers("Peak funding"),
    ];
    let caption = format!("Bids that would help to pay for {}: cash of all partners", option.name);
    let mut table = Table::new(format!("bids-{}", option.reference), caption, columns);
    for bid in &option.bids {
        let sources = [bid.source.clone()];
        let mut group = row(format!("{}, {}", bid.name, bid.status), vec![penshaw_documents::Cell::empty(); 3]);
        group.kind = RowKind::Group;
        table.push(group);
        let cases =
            ["If won".to_owned(), "If lost".to_owned(), format!("Expected, at {}", Value::Percent(bid.probability))];
        for (place, case) in cases.into_iter().enumerate() {
            let won = if place == 0 { pounds(bid.amount) } else { Value::Nothing };
            let values = [won, pounds(bid.net_present_cash[place]), pounds(bid.peak_funding[place])];
            let cells = values.into_iter().map(|value| cell(value, &sources)).collect();
            table.push(Row { kind: RowKind::Body, ..row(case, cells) });
        }
    }
    table.note =
        "A grant moves money between public bodies: whether it is won changes what can be afforded, not NPSV.".into();
    table
}

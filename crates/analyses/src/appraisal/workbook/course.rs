//! An option's own sheet: its lines in real terms, its totals, each partner's cash, funding and the bridge.

use std::collections::BTreeSet;

use penshaw_documents::{Column, Formula, Range, Row, Table, Worksheet};

use super::super::outcome::{CashOutcome, OptionOutcome};
use super::super::totals::{Calendar, Totals};
use super::lines::{self, BENEFIT, CASH, COST, MULTIPLE, NOMINAL, UPLIFT};
use super::{Given, against, cell, id, inputs, less, money, worded};

pub(super) fn sheet(given: &Given, place: usize) -> Worksheet {
    let option = given.option(place);
    let own = own_totals(given, option);
    Worksheet {
        name: name(place, option),
        introduction: format!(
            "{}: its lines in prices of {}, what they come to, and whose cash they are. Nothing here is an input.",
            option.name, given.outcome.base_year
        ),
        tables: vec![
            real(given, option),
            totals(option, &own),
            cash(given, option, &own),
            funding(given, option),
            bridge(given, option),
        ],
    }
}

/// A sheet's name: at most 31 characters, none of those that a spreadsheet refuses, and each one's own.
fn name(place: usize, option: &OptionOutcome) -> String {
    let plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
    let reference: String = option.reference.chars().filter(plain).take(20).collect();
    if reference == option.reference {
        format!("Option {reference}")
    } else {
        format!("Option {} {reference}", place + 1)
    }
}

fn own_totals(given: &Given, option: &OptionOutcome) -> Totals {
    let outcome = given.outcome;
    let calendar = Calendar { years: &outcome.years, factors: &outcome.factors, prices: &outcome.prices };
    calendar.totals(&option.lines, given.partners)
}

fn columns(given: &Given, first: &str, after: &[&str]) -> Vec<Column> {
    let years = given.year_headings().map(Column::numbers);
    let after = after.iter().map(|heading| Column::numbers(*heading));
    std::iter::once(Column::words(first)).chain(years).chain(after).collect()
}

fn real(given: &Given, option: &OptionOutcome) -> Table {
    let table_id = id("real", option);
    let headings = columns(given, "Line", &["Present value", "Cash beyond NPSV"]);
    let mut table =
        Table::new(&table_id, "Lines in prices of the first year, multiple and optimism bias included", headings);
    let prices = &given.outcome.prices;
    for (row, line) in option.lines.iter().enumerate() {
        let given_by = |column: usize| lines::of_line(option, row, column);
        let year = |year: usize| {
            let uplift = Formula::Add(vec![Formula::Number(1.0), given_by(UPLIFT)]);
            let amount = Formula::Multiply(vec![given_by(given.amount(year)), given_by(MULTIPLE), uplift]);
            let price = inputs::price(given_by(NOMINAL), cell("years", 2, given.year(year)));
            let real = Formula::Divide(Box::new(amount), Box::new(price), Box::new(Formula::Number(0.0)));
            money(line.real(year, prices)).with_formula(real)
        };
        let mut cells: Vec<_> = (0..given.years).map(year).collect();
        cells.push(money(line.present).with_formula(given.discounted(&table_id, row)));
        let parts = Range::of_row(&id("lines", option), row, CASH..=CASH + given.partners - 1);
        let economic = less(given_by(BENEFIT), given_by(COST));
        let beyond = less(Formula::Sum(parts), economic);
        let beyond = Formula::Multiply(vec![beyond, cell(&table_id, row, given.present())]);
        cells.push(money(line.beyond() * line.present).with_formula(beyond));
        table.push(worded(cells, Row::body, &format!("{} {}", line.reference, line.description)));
    }
    table
}

fn totals(option: &OptionOutcome, own: &Totals) -> Table {
    let table_id = id("totals", option);
    let columns = vec![Column::words("Present value"), Column::numbers("Pounds")];
    let mut table = Table::new(&table_id, "What the option comes to by itself", columns);
    let present = option.lines.first().map_or(0, |line| 1 + line.amounts.len());
    let costs = money(own.present_costs).with_formula(lines::weighted(option, COST, present));
    let benefits = money(own.present_benefits).with_formula(lines::weighted(option, BENEFIT, present));
    let net = less(cell(&table_id, 1, 1), cell(&table_id, 0, 1));
    table.push(worded(vec![costs], Row::body, "Costs"));
    table.push(worded(vec![benefits], Row::body, "Benefits"));
    table.push(worded(vec![money(own.present_benefits - own.present_costs).with_formula(net)], Row::total, "Net"));
    table
}

fn cash(given: &Given, option: &OptionOutcome, own: &Totals) -> Table {
    let table_id = id("cash", option);
    let mut table = Table::new(
        &table_id,
        "Net benefit and cash of each year, in prices of the first year",
        columns(given, "Whose", &["Present value"]),
    );
    let factors = &given.outcome.factors;
    let present = |flows: &[f64]| -> f64 { flows.iter().zip(factors).map(|(flow, factor)| flow * factor).sum() };
    let mut push = |row: usize, label: &str, flows: &[f64], formula: &dyn Fn(usize) -> Formula| {
        let years = flows.iter().enumerate().map(|(year, flow)| money(*flow).with_formula(formula(year)));
        let mut cells: Vec<_> = years.collect();
        cells.push(money(present(flows)).with_formula(given.discounted(&table_id, row)));
        table.push(worded(cells, Row::body, label));
    };
    let net = |year: usize| {
        let amount = given.year(year);
        less(lines::weighted(option, BENEFIT, amount), lines::weighted(option, COST, amount))
    };
    push(0, "Net benefit to all", &own.net_by_year, &net);
    for (partner, named) in given.outcome.partners.iter().enumerate() {
        let formula = |year: usize| lines::weighted(option, CASH + partner, given.year(year));
        push(1 + partner, &format!("Cash of {}", named.name), &own.cash[partner], &formula);
    }
    let joint: Vec<f64> = (0..given.years).map(|year| own.cash.iter().map(|cash| cash[year]).sum()).collect();
    let all = |year: usize| Formula::Sum(Range::of_column(&table_id, given.year(year), 1..=given.partners));
    push(1 + given.partners, "Cash of all partners", &joint, &all);
    let relative = |year: usize| against(given, option, "cash", 0, given.year(year));
    push(2 + given.partners, "Net benefit against business as usual", &option.economic.net_by_year, &relative);
    table
}

fn funding(given: &Given, option: &OptionOutcome) -> Table {
    let table_id = id("funding", option);
    let mut headings = columns(given, "Whose", &["Peak funding"]);
    headings.insert(1, Column::numbers("Start"));
    let mut table = Table::new(&table_id, "Cash of each year against business as usual, and so far", headings);
    let partners = option.partners.iter().map(|partner| (partner.name.as_str(), &partner.cash));
    for (place, (name, cash)) in partners.chain([("All partners", &option.joint)]).enumerate() {
        funded(given, option, place, (name, cash), &mut table);
    }
    table
}

/// The rows of one partner, or of all: nominal cash, and cash so far with the most that has to be found.
fn funded(given: &Given, option: &OptionOutcome, place: usize, of: (&str, &CashOutcome), table: &mut Table) {
    let (name, outcome) = of;
    let table_id = id("funding", option);
    let (nominal, so_far) = (2 * place, 2 * place + 1);
    let mut cells = vec![money(0.0)];
    cells.extend(outcome.by_year.iter().enumerate().map(|(year, cash)| {
        let real = against(given, option, "cash", 1 + place, given.year(year));
        money(*cash).with_formula(Formula::Multiply(vec![real, cell("years", 2, given.year(year))]))
    }));
    cells.push(penshaw_documents::Cell::empty());
    table.push(worded(cells, Row::body, &format!("{name}: cash of the year")));
    let mut cells = vec![money(0.0)];
    cells.extend(outcome.cumulative.iter().enumerate().map(|(year, cash)| {
        let before = cell(&table_id, so_far, 1 + year);
        money(*cash).with_formula(Formula::Add(vec![before, cell(&table_id, nominal, 2 + year)]))
    }));
    let lowest = Formula::Minimum(Range::of_row(&table_id, so_far, 1..=1 + given.years));
    cells.push(money(outcome.peak_funding).with_formula(less(Formula::Number(0.0), lowest)));
    table.push(worded(cells, Row::body, &format!("{name}: so far")));
}

fn bridge(given: &Given, option: &OptionOutcome) -> Table {
    let table_id = id("bridge", option);
    let columns = vec![Column::words("Step"), Column::numbers("Pounds")];
    let mut table = Table::new(&table_id, "From NPSV to the partners' net present cash", columns);
    let usual = given.usual(option);
    let npsv = cell(&id("cash", option), 2 + given.partners, given.present());
    table.push(worded(vec![money(option.economic.npsv).with_formula(npsv)], Row::total, "NPSV, all partners"));
    let is_usual = given.outcome.business_as_usual().is_some() && usual.is_none();
    let flows = flows(option, usual);
    for flow in &flows {
        let own = lines::beyond(given, option, flow);
        let formula = match usual {
            Some(usual) => less(own, lines::beyond(given, usual, flow)),
            None if is_usual => less(own.clone(), own),
            None => own,
        };
        let step = option.bridge.iter().find(|step| step.flow == *flow).map_or(0.0, |step| step.amount);
        table.push(worded(vec![money(step).with_formula(formula)], Row::body, &format!("Cash beyond NPSV: {flow}")));
    }
    let last = flows.len();
    let sum = option.bridge.last().map_or(0.0, |step| step.amount);
    let all = Formula::Sum(Range::of_column(&table_id, 1, 0..=last));
    table.push(worded(vec![money(sum).with_formula(all)], Row::total, "Net present cash by these steps"));
    let joint = against(given, option, "cash", 1 + given.partners, given.present());
    let cash = money(option.joint.net_present_cash).with_formula(joint);
    table.push(worded(vec![cash], Row::body, "Net present cash, from the partners' cash"));
    let difference = less(cell(&table_id, last + 2, 1), cell(&table_id, last + 1, 1));
    let check = money(option.joint.net_present_cash - sum).with_formula(difference);
    table.push(worded(vec![check], Row::body, "Difference, which must be nought"));
    table
}

/// The kinds of money that are cash in another measure than they count in NPSV.
fn flows<'a>(option: &'a OptionOutcome, usual: Option<&'a OptionOutcome>) -> BTreeSet<&'a str> {
    let lines = option.lines.iter().chain(usual.iter().flat_map(|usual| &usual.lines));
    lines.filter(|line| line.beyond() != 0.0).map(|line| line.flow.as_str()).collect()
}

/// The row of the difference in an option's bridge.
pub(super) fn difference_row(given: &Given, option: &OptionOutcome) -> usize {
    flows(option, given.usual(option)).len() + 3
}

//! The sheets that a reader may change: the lines of each option, and the parameters.

use penshaw_basis::{Estimate, Timing};
use penshaw_documents::{Cell, Column, Formula, Range, Row, Table, Value, Worksheet};

use super::super::outcome::{LineOutcome, OptionOutcome};
use super::{Given, cell, id, less, number, worded};

pub(super) fn sheet(given: &Given) -> Worksheet {
    Worksheet {
        name: "Inputs".into(),
        introduction:
            "Each option's lines as recorded: pounds a year, always positive. Multiples are the means of ranges, \
                       or the probability of a risk or bid; optimism bias is added to the estimate."
                .into(),
        tables: (0..given.outcome.options.len()).map(|place| table(given, place)).collect(),
    }
}

fn table(given: &Given, place: usize) -> Table {
    let option = given.option(place);
    let words = ["Reference", "Authority", "Description", "Kind of money"].map(Column::words);
    let numbers = ["Cash of each year (1) or prices of year 0 (0)", "Multiple", "Optimism bias", "Cost", "Benefit"];
    let mut columns: Vec<Column> = words.into_iter().chain(numbers.map(Column::numbers)).collect();
    columns.extend(given.outcome.partners.iter().map(|partner| Column::numbers(format!("Cash of {}", partner.code))));
    columns.extend(given.year_headings().map(Column::numbers));
    let mut table = Table::new(id("lines", option), format!("Lines of {}", option.name), columns);
    for line in &option.lines {
        table.push(row(given, place, option, line));
    }
    table
}

fn row(given: &Given, place: usize, option: &OptionOutcome, line: &LineOutcome) -> Row {
    let sourced = |value: Value| Cell::new(value, vec![line.source.clone()]).as_input();
    let flag = |set: bool| number(f64::from(u8::from(set)), 0);
    let mut cells = [&line.reference, &line.authority, &line.description, &line.flow].map(Cell::words).to_vec();
    cells.push(flag(line.nominal).as_input());
    cells.push(sourced(Value::Number { number: line.multiple, decimals: 4 }));
    cells.push(sourced(Value::Percent(line.uplift)));
    cells.push(flag(line.economic < 0.0));
    cells.push(flag(line.economic > 0.0));
    cells.extend((0..given.partners).map(|partner| weight(place, option, line, partner)));
    let amounts = line.amounts.iter();
    cells.extend(amounts.map(|amount| sourced(Value::Pence(Estimate::from_pounds(*amount)))));
    Row::body(cells)
}

/// What part of a line is a partner's cash: by the cost key a formula, else a number.
fn weight(place: usize, option: &OptionOutcome, line: &LineOutcome, partner: usize) -> Cell {
    let weight = number(line.cash[partner], 4);
    let is_cash = line.cash.iter().any(|part| *part != 0.0);
    if !line.by_key || !is_cash {
        return weight;
    }
    let share = Formula::Multiply(vec![Formula::Number(line.direction), cell("key-shares", place, 1 + partner)]);
    let received = line.receiver == Some(partner);
    debug_assert!(
        (line.cash[partner] - line.direction * option.shares[partner] - f64::from(u8::from(received))).abs() < 1e-9
    );
    weight.with_formula(if received { Formula::Add(vec![Formula::Number(1.0), share]) } else { share })
}

pub(super) fn parameters(given: &Given) -> Worksheet {
    Worksheet {
        name: "Parameters".into(),
        introduction: "Discount rates, prices and the figures by which joint lines fall to the partners. \
                       A year's factor is that of the year before over one plus its rate."
            .into(),
        tables: vec![years(given), key_figures(given), key_shares(given)],
    }
}

fn years(given: &Given) -> Table {
    let outcome = given.outcome;
    let columns = std::iter::once(Column::words("Year")).chain(given.year_headings().map(Column::numbers));
    let mut table = Table::new("years", "Discount rates, factors and prices of each year", columns.collect());
    let sourced = |value: Value| Cell::new(value, outcome.parameters.clone());
    let rates = (0..given.years).map(|year| match (year, outcome.timing) {
        (0, Timing::YearEnd) => Value::Nothing.into(),
        (0, Timing::MidYear) => Cell::plain(Value::Percent(outcome.rates[0])),
        _ => sourced(Value::Percent(outcome.rates[year])).as_input(),
    });
    table.push(worded(rates.collect(), Row::body, "Discount rate"));
    let factors = (0..given.years).map(|year| {
        let formula = match outcome.timing {
            Timing::YearEnd => at_year_end(given, 1, year),
            Timing::MidYear => Formula::Divide(
                Box::new(cell("years", 3, 1 + year)),
                Box::new(cell("years", 6, 1 + year)),
                Box::new(Formula::Number(0.0)),
            ),
        };
        number(outcome.factors[year], 6).with_formula(formula)
    });
    table.push(worded(factors.collect(), Row::body, "Discount factor"));
    let prices = (0..given.years).map(|year| {
        let price = sourced(Value::Number { number: outcome.prices[year], decimals: 4 });
        if year == 0 { price } else { price.as_input() }
    });
    table.push(worded(prices.collect(), Row::body, "Prices, the first year being 1"));
    if outcome.timing == Timing::MidYear {
        middle_of_the_year(given, &mut table);
    }
    table
}

/// The factor with payments at the year's end: that of the year before over one plus the rate.
fn at_year_end(given: &Given, row: usize, year: usize) -> Formula {
    if year == 0 {
        return Formula::Number(1.0);
    }
    let one_plus = Formula::Add(vec![Formula::Number(1.0), cell("years", 0, given.year(year))]);
    let before = cell("years", row, given.year(year - 1));
    Formula::Divide(Box::new(before), Box::new(one_plus), Box::new(Formula::Number(0.0)))
}

/// For payments in the middle of the year: half a year's rate more is taken off, as a square
/// root by Heron's method, two steps from `1 + r/2`.
fn middle_of_the_year(given: &Given, table: &mut Table) {
    let outcome = given.outcome;
    let rate_after = |year: usize| outcome.rates.get(year + 1).copied().unwrap_or(outcome.rate_beyond);
    let years = || 0..given.years;
    let mut at_end = 1.0;
    let ends = years().map(|year| {
        if year > 0 {
            at_end /= 1.0 + outcome.rates[year];
        }
        number(at_end, 6).with_formula(at_year_end(given, 3, year))
    });
    table.push(worded(ends.collect(), Row::body, "Factor at the year's end"));
    let next = years().map(|year| {
        let one_plus = number(1.0 + rate_after(year), 6);
        if year + 1 == given.years {
            return one_plus.as_input();
        }
        one_plus.with_formula(Formula::Add(vec![Formula::Number(1.0), cell("years", 0, given.year(year + 1))]))
    });
    table.push(worded(next.collect(), Row::body, "One plus the rate of the year after"));
    let half = |sum: Formula| Formula::Multiply(vec![Formula::Number(0.5), sum]);
    let first = years().map(|year| {
        let plus = cell("years", 4, given.year(year));
        let start = half(Formula::Add(vec![Formula::Number(1.0), plus.clone()]));
        let other = Formula::Divide(Box::new(plus), Box::new(start.clone()), Box::new(Formula::Number(0.0)));
        number((1.0 + rate_after(year)).sqrt(), 6).with_formula(half(Formula::Add(vec![start, other])))
    });
    table.push(worded(first.collect(), Row::body, "Its square root, nearly"));
    let second = years().map(|year| {
        let nearly = cell("years", 5, given.year(year));
        let plus = cell("years", 4, given.year(year));
        let other = Formula::Divide(Box::new(plus), Box::new(nearly.clone()), Box::new(Formula::Number(0.0)));
        number((1.0 + rate_after(year)).sqrt(), 6).with_formula(half(Formula::Add(vec![nearly, other])))
    });
    table.push(worded(second.collect(), Row::body, "Its square root"));
}

fn partner_columns(given: &Given) -> Vec<Column> {
    let partners = given.outcome.partners.iter().map(|partner| Column::numbers(&partner.name));
    std::iter::once(Column::words("Option")).chain(partners).collect()
}

fn key_figures(given: &Given) -> Table {
    let caption = "What joint lines are shared by: each partner's figure under the option's cost key";
    let mut table = Table::new("key-figures", caption, partner_columns(given));
    for option in &given.outcome.options {
        let figure = |figure: &f64| {
            Cell::new(Value::Number { number: *figure, decimals: 2 }, option.sources[..1].to_vec()).as_input()
        };
        let figures = option.key_figures.iter().map(figure).collect();
        table.push(worded(figures, Row::body, &format!("{}: {}", option.name, option.cost_key)));
    }
    table
}

fn key_shares(given: &Given) -> Table {
    let caption = "Each partner's share of joint lines: its figure over the sum of all";
    let mut table = Table::new("key-shares", caption, partner_columns(given));
    for (row, option) in given.outcome.options.iter().enumerate() {
        let shares = option.shares.iter().enumerate().map(|(partner, share)| {
            let all = Range::of_row("key-figures", row, 1..=given.partners);
            let equal = Formula::Number(1.0 / given.partners as f64);
            let own = cell("key-figures", row, 1 + partner);
            number(*share, 6).with_formula(Formula::Divide(Box::new(own), Box::new(Formula::Sum(all)), Box::new(equal)))
        });
        table.push(worded(shares.collect(), Row::body, &option.name));
    }
    table
}

/// One over what a price index divides by: 1 for prices of year 0, the year's price for cash of that year.
pub(super) fn price(flag: Formula, price: Formula) -> Formula {
    let above = less(price, Formula::Number(1.0));
    Formula::Add(vec![Formula::Number(1.0), Formula::Multiply(vec![flag, above])])
}

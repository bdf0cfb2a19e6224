//! What the workbook comes to: each option against business as usual, and each partner's cash.

use penshaw_basis::Timing;
use penshaw_documents::{Cell, Column, Formula, Range, Row, Table, Value, Worksheet};

use super::super::outcome::OptionOutcome;
use super::{Given, against, cell, course, id, less, money, number, worded};

pub(super) fn sheet(given: &Given) -> Worksheet {
    Worksheet {
        name: "Results".into(),
        introduction:
            "The base case of each option against business as usual. Peak funding is the most that has to be found."
                .into(),
        tables: vec![results(given), partner_results(given)],
    }
}

fn results(given: &Given) -> Table {
    let headings = [
        "PV of costs",
        "PV of benefits",
        "NPSV",
        "NPSC",
        "BCR, not a headline",
        "NPSV by NPV()",
        "Net present cash",
        "Bridge's difference",
        "Peak funding",
    ];
    let columns = std::iter::once(Column::words("Option")).chain(headings.map(Column::numbers)).collect();
    let mut table = Table::new("results", "Each option against business as usual", columns);
    for (row, option) in given.outcome.options.iter().enumerate() {
        table.push(worded(cells(given, option, row), Row::body, &format!("{}: {}", option.reference, option.name)));
    }
    table.note =
        "NPSV by NPV() takes the rate of the second year for all years, as a check: it differs where rates differ."
            .into();
    table
}

fn cells(given: &Given, option: &OptionOutcome, row: usize) -> Vec<Cell> {
    let economic = &option.economic;
    let of_totals = |row: usize| against(given, option, "totals", row, 1);
    let present = given.present();
    let ratio = Formula::Divide(
        Box::new(cell("results", row, 2)),
        Box::new(cell("results", row, 1)),
        Box::new(Formula::Number(0.0)),
    );
    let joint = 2 * given.partners + 1;
    vec![
        money(economic.present_costs).with_formula(of_totals(0)),
        money(economic.present_benefits).with_formula(of_totals(1)),
        money(economic.npsv).with_formula(less(cell("results", row, 2), cell("results", row, 1))),
        money(economic.npsc).with_formula(cell("results", row, 1)),
        economic.bcr.map_or(Value::Nothing.into(), |bcr| number(bcr, 2).with_formula(ratio)),
        by_npv(given, option),
        money(option.joint.net_present_cash).with_formula(against(given, option, "cash", 1 + given.partners, present)),
        money(0.0).with_formula(cell(&id("bridge", option), course::difference_row(given, option), 1)),
        money(option.joint.peak_funding).with_formula(cell(&id("funding", option), joint, 2 + given.years)),
    ]
}

/// `=CF0+NPV(rate, CF1:CFn)`: a spreadsheet's NPV discounts its first flow by a year already.
fn by_npv(given: &Given, option: &OptionOutcome) -> Cell {
    if given.outcome.timing == Timing::MidYear || given.years < 2 {
        return Value::Nothing.into();
    }
    let (table, row) = (id("cash", option), 2 + given.partners);
    let formula = Formula::Add(vec![
        cell(&table, row, given.year(0)),
        Formula::PresentValue {
            rate: Box::new(cell("years", 0, given.year(1))),
            flows: Range::of_row(&table, row, given.year(1)..=given.year(given.years - 1)),
        },
    ]);
    let rate = given.outcome.rates[1];
    let flows = option.economic.net_by_year.iter().rev();
    money(flows.fold(0.0, |later, flow| later / (1.0 + rate) + flow)).with_formula(formula)
}

fn partner_results(given: &Given) -> Table {
    let mut columns = vec![Column::words("Option"), Column::words("Partner")];
    columns.extend(["Net present cash", "Peak funding"].map(Column::numbers));
    let mut table = Table::new("partner-results", "Each partner's cash against business as usual", columns);
    for option in &given.outcome.options {
        for (place, partner) in option.partners.iter().enumerate() {
            let npc = against(given, option, "cash", 1 + place, given.present());
            let peak = cell(&id("funding", option), 2 * place + 1, 2 + given.years);
            let cells = vec![
                Cell::words(&partner.name),
                money(partner.cash.net_present_cash).with_formula(npc),
                money(partner.cash.peak_funding).with_formula(peak),
            ];
            table.push(worded(cells, Row::body, &format!("{}: {}", option.reference, option.name)));
        }
    }
    table
}

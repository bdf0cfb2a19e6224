//! Benefits: the chart of promised and realised, the table by partner and year, and the reference class.

use penshaw_basis::Source;
use penshaw_documents::{Block, Cell, Chart, ChartKind, Column, Inline, Row, RowKind, Series, Table, Value};

use super::super::outcome::{
    ClassPlace, ClassStanding, NatureBenefits, Outcome, PartnerBenefits, ToDate, YearBenefits,
};
use crate::named::{capitalised, counted};

/// What the answer says of benefits: the cash-releasing ones of the years that have ended.
pub(super) fn said(outcome: &Outcome) -> Option<String> {
    let cash = outcome.benefits.natures.iter().find(|nature| nature.nature == "cash-releasing")?;
    let sums = &cash.to_date;
    let Some(share) = sums.share else {
        return Some("No year for which cash-releasing benefits were promised has ended yet.".into());
    };
    let class = outcome.benefits.reference_class.as_ref().and_then(place_said);
    let class = class.map(|place| format!(", {place}")).unwrap_or_default();
    Some(format!(
        "{} of {} of cash-releasing benefits promised to date has been realised ({}{class}); net of transition costs it is {}.",
        sums.realised,
        sums.promised,
        Value::Percent(share),
        sums.net
    ))
}

fn place_said(class: &ClassStanding) -> Option<String> {
    let (low, mode, high) = (Value::Percent(class.low), Value::Percent(class.mode), Value::Percent(class.high));
    Some(match class.place? {
        ClassPlace::BelowLow => format!("below the {low} of the worst shared service that reported"),
        ClassPlace::BelowMode => {
            format!("between the least ({low}) and the likeliest ({mode}) of shared services that reported")
        }
        ClassPlace::AboveMode => {
            format!("between the likeliest ({mode}) and the most ({high}) of shared services that reported")
        }
        ClassPlace::AboveHigh => format!("above the {high} taken as the most that shared services realise"),
    })
}

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let benefits = &outcome.benefits;
    if benefits.natures.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(3, "Benefits promised and realised")];
    blocks.extend(not_shown(outcome));
    for nature in &benefits.natures {
        blocks.push(Block::heading(4, format!("{} benefits", capitalised(&nature.nature))));
        blocks.push(Block::Chart(chart(nature)));
        blocks.push(Block::Table(to_date_table(nature)));
    }
    if let Some(class) = &benefits.reference_class {
        blocks.push(Block::heading(4, "Beside other shared services"));
        blocks.push(class_paragraph(class));
        blocks.push(Block::Table(class_table(class, outcome)));
    }
    blocks
}

/// How many benefits no total holds, and what they are said to have brought.
fn not_shown(outcome: &Outcome) -> Option<Block> {
    let benefits = &outcome.benefits;
    (benefits.not_shown > 0).then(|| {
        let text = vec![
            Inline::figure(Value::Count(benefits.not_shown as i64), &benefits.not_shown_sources),
            Inline::text(if benefits.not_shown == 1 { " benefit has" } else { " benefits have" }),
            Inline::text(" no baseline and "),
            Inline::text(if benefits.not_shown == 1 { "counts" } else { "count" }),
            Inline::text(" as not shown: no total here holds the "),
            Inline::figure(Value::Money(benefits.not_shown_amount), &benefits.not_shown_sources),
            Inline::text(" said to have been realised. What was promised and spent stays in the totals."),
        ];
        Block::Note { label: "Left out".into(), text }
    })
}

fn chart(nature: &NatureBenefits) -> Chart {
    let pounds = |of: fn(&YearBenefits) -> f64| nature.years.iter().map(of).collect();
    let series = vec![
        Series { label: "Promised".into(), values: pounds(|row| row.cumulative_promised.pounds()) },
        Series { label: "Realised".into(), values: pounds(|row| row.cumulative_realised.pounds()) },
        Series { label: "Realised less transition costs".into(), values: pounds(|row| row.cumulative_net.pounds()) },
    ];
    let last = nature.years.last().map(|row| {
        format!(
            "By the end of {}, {} is promised and {} is recorded as realised, {} net of transition costs.",
            row.year, row.cumulative_promised, row.cumulative_realised, row.cumulative_net
        )
    });
    Chart {
        id: format!("delivery-benefits-{}", nature.nature),
        caption: format!("{} benefits, cumulative: promised and realised", capitalised(&nature.nature)),
        alternative: last.unwrap_or_else(|| "No amounts are recorded.".into()),
        horizontal: "Financial year".into(),
        vertical: "Cumulative, pounds".into(),
        kind: ChartKind::Lines { steps: nature.years.iter().map(|row| row.year.to_string()).collect(), series },
        table: years_table(nature),
    }
}

fn years_table(nature: &NatureBenefits) -> Table {
    let columns = vec![
        Column::words("Partner and year"),
        Column::numbers("Promised"),
        Column::numbers("Realised"),
        Column::numbers("Transition costs"),
        Column::numbers("Net"),
        Column::numbers("Net, cumulative"),
    ];
    let caption = format!("{} benefits by partner and financial year", capitalised(&nature.nature));
    let mut table = Table::new(format!("delivery-benefits-{}-years", nature.nature), caption, columns);
    for partner in &nature.partners {
        group(&mut table, &partner.name);
        partner.years.iter().for_each(|row| table.push(Row::body(year_cells(row))));
    }
    group(&mut table, "All partners");
    nature.years.iter().for_each(|row| table.push(Row::total(year_cells(row))));
    table
}

fn group(table: &mut Table, name: &str) {
    let blanks = table.columns.len() - 1;
    let cells = std::iter::once(Cell::words(name)).chain(std::iter::repeat_with(Cell::empty).take(blanks));
    table.push(Row { kind: RowKind::Group, cells: cells.collect() });
}

fn year_cells(row: &YearBenefits) -> Vec<Cell> {
    let amounts = [row.promised, row.realised, row.transition_costs, row.net, row.cumulative_net];
    let amounts = amounts.map(|amount| Cell::new(Value::Money(amount), row.sources.clone()));
    std::iter::once(Cell::plain(Value::Year(row.year))).chain(amounts).collect()
}

fn to_date_table(nature: &NatureBenefits) -> Table {
    let columns = vec![
        Column::words("Partner"),
        Column::numbers("Promised"),
        Column::numbers("Realised"),
        Column::numbers("Realised of promised"),
        Column::numbers("Transition costs"),
        Column::numbers("Net"),
    ];
    let caption = format!("{} benefits over the financial years that have ended", capitalised(&nature.nature));
    let mut table = Table::new(format!("delivery-benefits-{}-to-date", nature.nature), caption, columns);
    for PartnerBenefits { name, to_date, .. } in &nature.partners {
        table.push(Row::body(sums_cells(name, to_date)));
    }
    table.push(Row::total(sums_cells("All partners", &nature.to_date)));
    table.note = "A year that is still running is left out, since it cannot be set against its promise.".into();
    table
}

fn sums_cells(name: &str, sums: &ToDate) -> Vec<Cell> {
    let values = [
        Value::Money(sums.promised),
        Value::Money(sums.realised),
        sums.share.map_or(Value::Nothing, Value::Percent),
        Value::Money(sums.transition_costs),
        Value::Money(sums.net),
    ];
    let cells = values.map(|value| Cell::new(value, sums.sources.clone()));
    std::iter::once(Cell::words(name)).chain(cells).collect()
}

fn class_paragraph(class: &ClassStanding) -> Block {
    let observed = counted(class.observations.len(), "shared service that reported", "shared services that reported");
    let standing = match (class.share, place_said(class)) {
        (Some(share), Some(place)) => format!("This partnership stands at {}, {place}.", Value::Percent(share)),
        _ => "This partnership has no share yet: no year with a promise has ended.".to_owned(),
    };
    let range = format!(
        "{} of what was planned, {} likeliest, up to {}",
        Value::Percent(class.low),
        Value::Percent(class.mode),
        Value::Percent(class.high)
    );
    Block::paragraph(vec![
        Inline::text(format!("{observed} realised from ")),
        Inline::figure(Value::text(range), &class.sources),
        Inline::text(format!(". {standing} It is shown as a check; no figure here is changed by it.")),
    ])
}

fn class_table(class: &ClassStanding, outcome: &Outcome) -> Table {
    let columns =
        vec![Column::words("Shared service"), Column::numbers("Realised of planned"), Column::words("Reported on")];
    let mut table = Table::new("delivery-reference-class", "What other shared ICT services realised", columns);
    for one in &class.observations {
        let source: Vec<Source> = vec![one.source.clone()];
        let reported = one.observed.map_or(Value::Nothing, |observed| {
            let later = if observed > outcome.on { ", after the day of this answer" } else { "" };
            Value::text(format!("{}{later}", Value::Day(observed)))
        });
        table.push(Row::body(vec![
            Cell::words(&one.name),
            Cell::new(Value::Percent(one.ratio), source.clone()),
            Cell::new(reported, source),
        ]));
    }
    table
}

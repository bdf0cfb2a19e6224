//! The tables and the chart of who decides.

use penshaw_basis::Source;
use penshaw_documents::{Bar, Cell, Chart, ChartKind, Column, Row, Table, Value};

use super::{Chances, Outcome, Power, PowerOf, SchemeAnswer, TwoPartners, TwoPartnersBy, told};
use crate::named::capitalised;

/// The schemes side by side.
pub(super) fn schemes(outcome: &Outcome) -> Table {
    let headings = ["Scheme", "Vehicle", "Seats", "Who decides", "By the law"];
    let mut table = Table::new("governance-schemes", "The schemes side by side", headings.map(Column::words).to_vec());
    for scheme in &outcome.schemes {
        let sources = power_sources(scheme);
        let cell = |words: String| Cell::new(Value::text(words), sources.clone());
        let told = |tell: &dyn Fn(&Power) -> String| match &scheme.power {
            Some(power) => cell(tell(power)),
            None => Value::Nothing.into(),
        };
        table.push(Row::body(vec![
            Cell::words(&scheme.name),
            Cell::new(Value::text(capitalised(&scheme.vehicle)), vec![scheme.source.clone()]),
            told(&told::seats),
            told(&|power| capitalised(&told::who_decides(power))),
            Cell::words(if scheme.lawful { "Nothing refused" } else { "Refused" }),
        ]));
    }
    table
}

fn power_sources(scheme: &SchemeAnswer) -> Vec<Source> {
    let mut sources = vec![scheme.source.clone()];
    let authorities = scheme.power.iter().flat_map(|power| &power.authorities);
    for source in authorities.flat_map(|one| &one.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}

/// Power beside cost, seats, votes and size.
pub(super) fn power(scheme: &SchemeAnswer, power: &Power) -> Table {
    let mut columns = vec![Column::words("Authority")];
    let numbers = ["Seats", "Votes", "Cost", "Users", "Population", "Swings", "Banzhaf", "Shapley-Shubik"];
    columns.extend(numbers.map(Column::numbers));
    let chair_changes = power.authorities.iter().any(|one| one.banzhaf_in_the_chair.is_some());
    if chair_changes {
        columns.push(Column::numbers("Banzhaf in the chair"));
    }
    columns.push(Column::words("Alone"));
    let caption = format!("{}: share of power beside share of cost, votes and size", scheme.name);
    let mut table = Table::new(id("power", scheme), caption, columns);
    table.note = "Cost, users and population are parts of what those who sit have together. A swing is a winning \
                  coalition that would lose without the authority; Banzhaf is its part of all swings, Shapley-Shubik \
                  its part of the orders of joining in which it tips the balance."
        .into();
    for one in &power.authorities {
        table.push(Row::body(power_cells(one, chair_changes)));
    }
    table
}

fn power_cells(one: &PowerOf, chair: bool) -> Vec<Cell> {
    let cell = |value: Value| Cell::new(value, one.sources.clone());
    let share = |part: Option<f64>| part.map_or(Cell::plain(Value::Nothing), |part| cell(Value::Percent(part)));
    let mut cells = vec![
        Cell::words(&one.name),
        cell(count(one.seats)),
        cell(count(one.votes)),
        share(one.contribution),
        share(one.users_share),
        share(one.population_share),
        cell(count(one.swings)),
        share(Some(one.banzhaf)),
        share(Some(one.shapley_shubik)),
    ];
    if chair {
        cells.push(share(one.banzhaf_in_the_chair));
    }
    cells.push(cell(Value::text(told::standing(one.standing))));
    cells
}

fn count(number: u64) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Power less cost, where every contribution is recorded.
pub(super) fn power_chart(scheme: &SchemeAnswer, power: &Power) -> Option<Chart> {
    let gaps: Option<Vec<f64>> =
        power.authorities.iter().map(|one| Some((one.banzhaf - one.contribution?) * 100.0)).collect();
    let gaps = gaps?;
    let columns = vec![Column::words("Authority"), Column::numbers("Power less cost (percentage points)")];
    let caption = format!("{}: share of power less share of cost", scheme.name);
    let mut table = Table::new(id("gap-table", scheme), caption.clone(), columns);
    for (one, gap) in power.authorities.iter().zip(&gaps) {
        let value = Value::Number { number: *gap, decimals: 1 };
        table.push(Row::body(vec![Cell::words(&one.name), Cell::new(value, one.sources.clone())]));
    }
    let bars = power.authorities.iter().zip(&gaps);
    let told = bars.clone().map(|(one, gap)| {
        let side = if *gap < 0.0 { "less" } else { "more" };
        format!("{} has {:.1} points {side} of the power than of the cost", one.name, gap.abs())
    });
    Some(Chart {
        id: id("gap", scheme),
        caption,
        alternative: format!("{}.", told.collect::<Vec<_>>().join("; ")),
        horizontal: "Power less cost (percentage points)".into(),
        vertical: "Authority".into(),
        kind: ChartKind::Bars { bars: bars.map(|(one, gap)| Bar { label: one.name.clone(), value: *gap }).collect() },
        table,
    })
}

/// The matters that each authority keeps for itself.
pub(super) fn reserved(scheme: &SchemeAnswer) -> Table {
    let columns = ["Matter", "Kept by"].map(Column::words).to_vec();
    let mut table = Table::new(id("reserved", scheme), format!("{}: reserved matters", scheme.name), columns);
    for kept in &scheme.reserved {
        let cell = |words: String| Cell::new(Value::text(words), vec![kept.source.clone()]);
        table.push(Row::body(vec![
            cell(told::matter(&kept.matter, kept.above)),
            cell(format!("{} of each authority", kept.kept_by)),
        ]));
    }
    table
}

/// Votes by size and the power that follows.
pub(super) fn two_partners(two: &TwoPartners) -> Table {
    let [one, other] = &two.names;
    let columns = vec![
        Column::words("Votes by"),
        Column::numbers(one),
        Column::numbers(other),
        Column::words("Power by simple majority"),
        Column::words("Power above the larger"),
    ];
    let mut table = Table::new("governance-two-partners", "Votes by size, and the power that follows", columns);
    for by in &two.by {
        table.push(Row::body(two_partners_cells(by)));
    }
    table
}

fn two_partners_cells(by: &TwoPartnersBy) -> Vec<Cell> {
    let cell = |value: Value| Cell::new(value, by.sources.clone());
    let both = |power: [f64; 2]| cell(Value::text(format!("{} and {}", percent(power[0]), percent(power[1]))));
    vec![
        Cell::words(capitalised(&by.measure)),
        cell(Value::Percent(by.weights[0])),
        cell(Value::Percent(by.weights[1])),
        both(by.simple_majority),
        both(by.above_the_larger),
    ]
}

fn percent(part: f64) -> Value {
    Value::Percent(part)
}

/// Every division under every scheme; none where none is recorded.
pub(super) fn divisions(outcome: &Outcome) -> Option<Table> {
    let tried: Vec<&SchemeAnswer> = outcome.schemes.iter().filter(|scheme| !scheme.divisions.is_empty()).collect();
    let first = tried.first()?;
    let mut columns = vec![Column::words("Division"), Column::words("Standing")];
    columns.extend(tried.iter().map(|scheme| Column::words(&scheme.name)));
    let mut table = Table::new("governance-divisions", "What each scheme makes of the divisions", columns);
    for (place, division) in first.divisions.iter().enumerate() {
        let matter = division.amount.map_or_else(String::new, |amount| format!(", {amount}"));
        let matter = format!("{}{matter}", division.matter);
        let mut cells = vec![Cell::words(matter), Cell::words(capitalised(&division.standing))];
        let under = tried.iter().filter_map(|scheme| scheme.divisions.get(place));
        cells.extend(under.map(|divided| {
            let told = format!("{} ({})", told::way(divided), told::votes(divided));
            Cell::new(Value::text(told), divided.sources.clone())
        }));
        table.push(Row::body(cells));
    }
    Some(table)
}

/// How often each scheme would be stuck, in both readings; none where no scheme has votes.
pub(super) fn deadlocks(outcome: &Outcome) -> Option<Table> {
    let mut columns = vec![Column::words("Scheme"), Column::words("Partners")];
    columns.extend(["Carried", "Lost", "By the chair", "Stuck"].map(Column::numbers));
    let caption = "The chance of each outcome, over every pattern of for and against";
    let mut table = Table::new("governance-deadlock", caption, columns);
    for scheme in &outcome.schemes {
        let Some(deadlock) = &scheme.deadlock else {
            continue;
        };
        let sources = power_sources(scheme);
        table.push(chances_row(&scheme.name, "each decide for themselves", deadlock.independent, &sources));
        if let (Some(chances), Some(agreement)) = (deadlock.like_minded, deadlock.agreement) {
            let partners = format!("any two agree {} of the time", Value::Percent(agreement));
            let sources = [sources, deadlock.sources.clone()].concat();
            table.push(chances_row(&scheme.name, &partners, chances, &sources));
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

fn chances_row(scheme: &str, partners: &str, chances: Chances, sources: &[Source]) -> Row {
    let shown = [chances.carried, chances.lost, chances.by_the_chair, chances.deadlocked];
    let mut cells = vec![Cell::words(scheme), Cell::words(partners)];
    cells.extend(shown.map(|chance| Cell::new(Value::Percent(chance), sources.to_vec())));
    Row::body(cells)
}

fn id(what: &str, scheme: &SchemeAnswer) -> String {
    format!("governance-{what}-{}", scheme.scheme)
}

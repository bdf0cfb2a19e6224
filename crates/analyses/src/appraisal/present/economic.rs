//! The economic case: what each option is worth to all partners together.

use penshaw_documents::{Block, Cell, Column, Table, Value};

use super::super::outcome::{LineOutcome, OptionOutcome};
use super::series::ByYear;
use super::{View, cell, charts, pounds, row, whose};

/// At most so many lines of an option are listed.
const LISTED: usize = 40;

pub(super) fn blocks(view: &View) -> Vec<Block> {
    let outcome = view.outcome;
    let mut blocks = vec![
        Block::heading(3, "Economic case"),
        Block::words(format!(
            "The economic case counts resources: what the options use up and what they free, for all partners together, \
             in prices of {}. Money that only changes hands, such as a grant or a recharge, is left out. Later years \
             count for less, by the Treasury's discount rate.",
            outcome.base_year
        )),
        Block::Table(values(view)),
    ];
    if view.compared().any(|option| option.economic.spread.p90 > option.economic.spread.p10) {
        blocks.push(Block::Table(spreads(view)));
        blocks.extend(view.drawn().filter_map(|option| charts::histogram(view, option)).map(Block::Chart));
    }
    blocks.extend(by_year(view));
    let listed: Vec<&OptionOutcome> = outcome.options.iter().filter(|option| is_listed(view, option)).collect();
    if !listed.is_empty() {
        blocks.push(Block::heading(4, "What was counted"));
        blocks.extend(listed.into_iter().map(|option| Block::Table(lines(view, option))));
    }
    blocks
}

fn is_listed(view: &View, option: &OptionOutcome) -> bool {
    let usual = option.role == "business as usual";
    !option.lines.is_empty() && (usual || view.is_drawn(option))
}

fn values(view: &View) -> Table {
    let lower = view.outcome.options.iter().any(|option| option.economic.at_lower_rates.is_some());
    let mut headings = vec!["PV of costs", "PV of benefits", "NPSV", "NPSC", "BCR (not a headline)"];
    if lower {
        headings.push("NPSV at lower rates");
    }
    let columns = std::iter::once(Column::words("Option")).chain(headings.into_iter().map(Column::numbers)).collect();
    let caption = "Present values (PV) of each option against business as usual";
    let mut table = Table::new("economic-case", caption, columns);
    for option in &view.outcome.options {
        let economic = &option.economic;
        let sources = view.sources(option);
        let bcr = economic.bcr.map_or(Value::Nothing, |number| Value::Number { number, decimals: 2 });
        let mut values = vec![
            pounds(economic.present_costs),
            pounds(economic.present_benefits),
            pounds(economic.npsv),
            pounds(economic.npsc),
            bcr,
        ];
        if lower {
            values.push(economic.at_lower_rates.map_or(Value::Nothing, pounds));
        }
        let mut cells: Vec<Cell> = values.into_iter().map(|value| cell(value, &sources)).collect();
        if let Some(cell) = cells.get_mut(5).filter(|cell| cell.figure.value != Value::Nothing) {
            cell.figure.sources.extend(view.outcome.lower_rates.iter().cloned());
        }
        table.push(row(&option.name, cells));
    }
    table.note =
        "NPSV is the present value of benefits less that of costs. NPSC, the net present cost, is what is compared \
                  where options bring the same benefits. BCR is benefits over costs: it says nothing of size, and no \
                  option is chosen by it alone."
            .into();
    table
}

fn spreads(view: &View) -> Table {
    let headings = ["Mean", "P10", "P50", "P90", "Above nought", "Best of all"];
    let columns = std::iter::once(Column::words("Option")).chain(headings.map(Column::numbers)).collect();
    let mut table = Table::new("economic-spread", "NPSV over the trials", columns);
    for option in &view.outcome.options {
        let sources = view.sources(option);
        let spread = &option.economic.spread;
        let values = [
            pounds(spread.mean),
            pounds(spread.p10),
            pounds(spread.p50),
            pounds(spread.p90),
            Value::Percent(spread.probability_positive),
            Value::Percent(option.economic.probability_best),
        ];
        table.push(row(&option.name, values.into_iter().map(|value| cell(value, &sources)).collect()));
    }
    table
}

fn by_year(view: &View) -> Vec<Block> {
    let mut real = ByYear::default();
    let mut present = ByYear::default();
    for option in view.compared() {
        let sources = view.sources(option);
        real.flow(&option.name, &option.economic.net_by_year, &sources);
        present.flow(&option.name, &option.economic.present_by_year, &sources);
    }
    if real.is_empty() {
        return Vec::new();
    }
    let caption = format!("Net benefit of each year, in prices of {}", view.outcome.base_year);
    let mut tables = real.tables(view, "net-by-year", &caption);
    tables.extend(present.tables(view, "present-by-year", "The same, discounted"));
    tables.into_iter().map(Block::Table).collect()
}

fn lines(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("Line"),
        Column::words("Whose"),
        Column::words("Kind of money"),
        Column::numbers("As recorded"),
        Column::numbers("Mean multiple"),
        Column::numbers("Optimism bias"),
        Column::numbers("Present value"),
    ];
    let caption = format!("Lines, risks and bids of {}", option.name);
    let mut table = Table::new(format!("lines-{}", option.reference), caption, columns);
    let mut shown: Vec<&LineOutcome> = option.lines.iter().collect();
    if shown.len() > LISTED {
        shown.sort_by(|one, other| other.present.abs().total_cmp(&one.present.abs()));
        table.note = format!("The {LISTED} largest of {}; the workbook holds them all.", shown.len());
        shown.truncate(LISTED);
    }
    for line in shown {
        table.push(row(&line.description, line_cells(view, line)));
    }
    table
}

fn line_cells<'a>(view: &View<'a>, line: &'a LineOutcome) -> Vec<Cell> {
    let own = [line.source.clone()];
    let mut all = own.to_vec();
    all.extend(view.outcome.parameters.iter().cloned());
    let mut recorded = cell(pounds(line.recorded), &own);
    recorded.figure.confidence = Some(line.confidence);
    vec![
        Cell::words(whose(view, &line.authority)),
        Cell::words(&line.flow),
        recorded,
        cell(
            if line.range.is_some() { Value::Number { number: line.multiple, decimals: 2 } } else { Value::Nothing },
            &own,
        ),
        cell(if line.uplift > 0.0 { Value::Percent(line.uplift) } else { Value::Nothing }, &own),
        cell(pounds(line.present), &all),
    ]
}

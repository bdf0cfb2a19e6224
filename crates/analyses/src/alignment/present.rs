//! The alignment as blocks: verdict, aspects, positions with their evidence, conditions, what is missing.

use penshaw_basis::Source;
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value, inlines};

use super::{Aspect, DealBreaker, Outcome, Position, SCORED, Verdict};
use crate::named::{capitalised, name_of, sentence_list};
use crate::with_confidence::sure;

/// The most partners that have a column each.
const MOST_COLUMNS: usize = 5;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![
        Block::paragraph(vec![Inline::strong(sentence(outcome))]),
        Block::words(will_and_readiness(outcome)),
        Block::Table(aspects_table(outcome)),
    ];
    if outcome.thresholds.is_some() {
        blocks.push(Block::paragraph(how(outcome)));
    }
    let (levels, estimated) = outcome.levels_and_estimates();
    if estimated > 0 {
        let words = format!(
            "Of the {levels} levels that count, {estimated} are estimated: officers judged them from the documents named."
        );
        blocks.push(Block::words(words));
    }
    blocks.push(Block::heading(3, "Positions and their evidence"));
    blocks.push(Block::Table(positions_table(outcome)));
    if !outcome.deal_breakers.is_empty() {
        blocks.push(Block::heading(3, "Conditions without which a partner would not go on"));
        let items = outcome.deal_breakers.iter();
        blocks.push(Block::List {
            ordered: false,
            items: items.map(|condition| deal_breaker(outcome, condition)).collect(),
        });
    }
    if !outcome.areas.is_empty() {
        blocks.push(Block::heading(3, "Single areas of joint work"));
        blocks.push(Block::Table(areas_table(outcome)));
    }
    if !outcome.missing.is_empty() {
        blocks.push(Block::heading(3, "What is not known"));
        blocks.push(Block::List { ordered: false, items: missing(outcome) });
    }
    let problems = outcome.problems.iter();
    blocks.extend(problems.map(|problem| Block::note("Not worked out", problem.clone())));
    blocks
}

/// The verdict with its reason.
pub(super) fn sentence(outcome: &Outcome) -> String {
    let of = |verdict| -> Vec<&str> {
        let matching = outcome.scored().filter(|aspect| aspect.verdict == verdict);
        matching.map(|aspect| aspect.aspect.as_str()).collect()
    };
    let far = of(Verdict::FarApart);
    let broken: Vec<String> = outcome.broken().map(|condition| broken(outcome, condition)).collect();
    match outcome.verdict {
        Verdict::FarApart if !broken.is_empty() => {
            let also = match far.as_slice() {
                [] => String::new(),
                far => format!("; they also stand far apart on {}", sentence_list(far)),
            };
            format!("The partners are far apart: {}{also}.", broken.join("; "))
        }
        Verdict::FarApart => format!(
            "The partners are far apart: on {} of {} aspects the gap between them is at least {} of the scale, namely on {}.",
            far.len(),
            SCORED.len(),
            outcome.thresholds.map_or(Value::Nothing, |thresholds| Value::Percent(thresholds.far_apart_from)),
            sentence_list(&far)
        ),
        Verdict::Aligned => format!("The partners are aligned on {}.", sentence_list(&of(Verdict::Aligned))),
        Verdict::Partly => {
            let mut apart = far;
            apart.extend(of(Verdict::Partly));
            format!("The partners are partly aligned: they differ on {}.", sentence_list(&apart))
        }
        Verdict::NotKnown => not_known(&of(Verdict::NotKnown)),
    }
}

fn not_known(aspects: &[&str]) -> String {
    let what = match aspects {
        [] => "whether a deal-breaker is met is not known".to_owned(),
        aspects => {
            format!("dated evidence with a level is missing from at least one partner on {}", sentence_list(aspects))
        }
    };
    format!("Whether the partners go the same way cannot be said: {what}.")
}

fn broken(outcome: &Outcome, condition: &DealBreaker) -> String {
    format!(
        "{} would not go on without what it holds on {}, and not every partner stands with it",
        name_of(&outcome.partners, &condition.authority),
        condition.aspect
    )
}

fn will_and_readiness(outcome: &Outcome) -> String {
    let said = |answer, yes: &str, no: &str, unknown: &str| match answer {
        Some(true) => yes.to_owned(),
        Some(false) => no.to_owned(),
        None => unknown.to_owned(),
    };
    let willing = said(
        outcome.willing,
        "Every partner is shown to be willing.",
        "At least one partner is not shown to be willing.",
        "Whether every partner is willing is not known.",
    );
    let ready = said(
        outcome.ready,
        "Every partner is shown to be ready.",
        "At least one partner is not yet ready.",
        "Whether every partner is ready is not known.",
    );
    format!("{willing} {ready}")
}

fn aspects_table(outcome: &Outcome) -> Table {
    let mut columns = vec![Column::words("Aspect")];
    if each_has_a_column(outcome) {
        let partners = outcome.partners.iter();
        columns.extend(partners.map(|partner| Column::numbers(&partner.name)));
    } else {
        columns.extend([Column::words("Lowest"), Column::words("Highest")]);
    }
    columns.push(Column::numbers("Divergence"));
    columns.push(Column::words("The partners are"));
    let caption = "Level of each partner, from 0 to 4, and the widest gap as a share of the scale";
    let mut table = Table::new("alignment-aspects", caption, columns);
    for aspect in outcome.aspects.iter().filter(|aspect| aspect.area.is_none()) {
        table.push(Row::body(aspect_cells(outcome, aspect)));
    }
    table.note = "Willingness and readiness stand beside the verdict and are no part of it.".into();
    table
}

fn aspect_cells(outcome: &Outcome, aspect: &Aspect) -> Vec<Cell> {
    let mut cells = vec![Cell::words(capitalised(&aspect.aspect))];
    let counting = aspect.positions.iter().filter(|position| position.counts);
    let all: Vec<Source> = counting.map(|position| position.source.clone()).collect();
    if each_has_a_column(outcome) {
        cells.extend(outcome.partners.iter().map(|partner| level_cell(aspect, &partner.code)));
    } else {
        cells.extend([end_of_scale(outcome, aspect, f64::min), end_of_scale(outcome, aspect, f64::max)]);
    }
    cells.push(match aspect.divergence {
        Some(gap) => Cell::new(Value::Number { number: gap, decimals: 2 }, all),
        None => Value::Nothing.into(),
    });
    cells.push(Cell::words(aspect.verdict.to_string()));
    cells
}

/// With many partners a table names those at both ends instead of all.
fn each_has_a_column(outcome: &Outcome) -> bool {
    outcome.partners.len() <= MOST_COLUMNS
}

/// The levels that count, with the partners that hold them.
fn levels(aspect: &Aspect) -> impl Iterator<Item = (&Position, f64)> {
    let counting = aspect.positions.iter().filter(|position| position.counts);
    counting.filter_map(|position| Some((position, position.level?)))
}

fn level_cell(aspect: &Aspect, partner: &str) -> Cell {
    match levels(aspect).find(|(position, _)| position.authority == partner) {
        Some((position, level)) => {
            let cell = Cell::new(level_value(level), vec![position.source.clone()]);
            sure(cell, Some(position.confidence))
        }
        None => Value::Nothing.into(),
    }
}

/// One end of the scale as it is taken, and by whom.
fn end_of_scale(outcome: &Outcome, aspect: &Aspect, further: fn(f64, f64) -> f64) -> Cell {
    let Some(end) = levels(aspect).map(|(_, level)| level).reduce(further) else {
        return Value::Nothing.into();
    };
    let there: Vec<&Position> =
        levels(aspect).filter(|(_, level)| *level == end).map(|(position, _)| position).collect();
    let names: Vec<&str> = there.iter().map(|position| name_of(&outcome.partners, &position.authority)).collect();
    let words = format!("{end}: {}", sentence_list(&names));
    Cell::new(Value::text(words), there.iter().map(|position| position.source.clone()).collect())
}

fn level_value(level: f64) -> Value {
    let decimals = if level.fract() == 0.0 { 0 } else { 1 };
    Value::Number { number: level, decimals }
}

fn how(outcome: &Outcome) -> Vec<Inline> {
    let Some(thresholds) = &outcome.thresholds else {
        return Vec::new();
    };
    let number = |number| Inline::figure(Value::Number { number, decimals: 2 }, &outcome.sources);
    vec![
        Inline::text("An aspect is partly aligned from a divergence of "),
        number(thresholds.partly_from),
        Inline::text(" and far apart from "),
        number(thresholds.far_apart_from),
        Inline::text("; as many aspects far apart put the partnership far apart: "),
        Inline::figure(Value::Count(thresholds.aspects_far_apart as i64), &outcome.sources),
        Inline::text("."),
    ]
}

fn positions_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Aspect"),
        Column::words("Partner"),
        Column::words("Position"),
        Column::words("Level"),
        Column::words("Evidence"),
    ];
    let caption = "What each partner recorded, with the document that shows it";
    let mut table = Table::new("alignment-positions", caption, columns);
    for aspect in &outcome.aspects {
        for position in &aspect.positions {
            table.push(Row::body(position_cells(outcome, aspect, position)));
        }
    }
    table
}

fn position_cells(outcome: &Outcome, aspect: &Aspect, position: &Position) -> Vec<Cell> {
    let heading = match &aspect.area {
        Some(area) => format!("{} ({})", capitalised(&aspect.aspect), area_name(outcome, area)),
        None => capitalised(&aspect.aspect),
    };
    let level = match (position.level, &position.why_not) {
        (Some(level), None) => level_words(outcome, aspect, level),
        (Some(level), Some(why)) => format!("{level}, not counted: {why}"),
        (None, Some(why)) => capitalised(why),
        (None, None) => String::new(),
    };
    // The table of levels says it already where every partner has its column.
    let confidence = position.level.map(|_| position.confidence).filter(|_| !each_has_a_column(outcome));
    vec![
        Cell::words(heading),
        Cell::words(name_of(&outcome.partners, &position.authority)),
        Cell::new(Value::text(&position.position), vec![position.source.clone()]),
        sure(Cell::words(level), confidence),
        Cell::words(evidence(position)),
    ]
}

/// A level with what it means, where it is a whole step of the scale.
fn level_words(outcome: &Outcome, aspect: &Aspect, level: f64) -> String {
    let scale = outcome.scale.iter().find(|scale| scale.aspect == aspect.aspect);
    let meaning = scale.and_then(|scale| scale.levels.get(level as usize));
    match meaning {
        Some(meaning) if level.fract() == 0.0 => format!("{level}: {meaning}"),
        _ => level.to_string(),
    }
}

fn evidence(position: &Position) -> String {
    let document = position.evidence.as_deref().unwrap_or("none named");
    match position.dated {
        Some(day) => format!("{document} ({})", Value::Day(day)),
        None => format!("{document} (undated)"),
    }
}

fn deal_breaker(outcome: &Outcome, condition: &DealBreaker) -> Vec<Inline> {
    let who = name_of(&outcome.partners, &condition.authority);
    let met = match condition.met {
        Some(true) => "every partner stands at the same level",
        Some(false) => "not every partner stands at the same level",
        None => "whether the others stand at the same level is not known",
    };
    let words = Value::text(&condition.position);
    vec![
        Inline::text(format!("{who}, on {}: ", condition.aspect)),
        Inline::figure(words, std::slice::from_ref(&condition.source)),
        Inline::text(format!(" ({met})")),
    ]
}

fn areas_table(outcome: &Outcome) -> Table {
    let columns = vec![Column::words("Area"), Column::words("The partners are")];
    let caption = "The worst verdict of the aspects recorded for each area";
    let mut table = Table::new("alignment-areas", caption, columns);
    for area in &outcome.areas {
        let verdict = Cell::words(area.verdict.to_string());
        table.push(Row::body(vec![Cell::words(&area.name), verdict]));
    }
    table.note = "An area's verdict does not change that on the partnership as a whole.".into();
    table
}

fn missing(outcome: &Outcome) -> Vec<Vec<Inline>> {
    let items = outcome.missing.iter().map(|missing| {
        let who = name_of(&outcome.partners, &missing.authority);
        inlines(format!("{who}, {}: {}", missing.aspect, missing.why))
    });
    items.collect()
}

fn area_name<'a>(outcome: &'a Outcome, area: &'a str) -> &'a str {
    let known = outcome.areas.iter().find(|known| known.area == area);
    known.map_or(area, |known| &known.name)
}

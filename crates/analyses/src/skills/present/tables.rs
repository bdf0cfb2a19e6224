//! The tables of the answer; each figure opens to the entries behind it.

use penshaw_basis::Source;
use penshaw_documents::{Cell, Column, Row, Table, Value};

use super::super::outcome::{Cover, MeasureKind, NeedRow, Outcome, PostNamed, SkillRow};
use crate::named::name_of;

/// The most partners that have a column each.
const MOST_COLUMNS: usize = 5;
/// The most rows that are printed; the rest are in the outcome.
const MOST_ROWS: usize = 60;
/// The most posts that one cell names.
const MOST_POSTS: usize = 4;

/// A table of the first rows, with a note where there are more.
fn first_rows<T>(mut table: Table, rows: &[T], row: impl Fn(&T) -> Row) -> Table {
    rows.iter().take(MOST_ROWS).for_each(|one| table.push(row(one)));
    if rows.len() > MOST_ROWS {
        table.note = format!("{} The first {MOST_ROWS} of {} rows.", table.note, rows.len()).trim().to_owned();
    }
    table
}

fn words(words: impl Into<String>, sources: &[Source]) -> Cell {
    Cell::new(Value::text(words), sources.to_vec())
}

fn count(number: usize, sources: &[Source]) -> Cell {
    Cell::new(Value::Count(number as i64), sources.to_vec())
}

/// A probability, to a hundredth of a per cent where it is small.
fn chance(probability: f64, sources: &[Source]) -> Cell {
    let shown = match probability {
        small if small > 0.0 && small < 0.0005 => Value::text("under 0.1%"),
        other => Value::Percent(other),
    };
    Cell::new(shown, sources.to_vec())
}

fn decimal(number: f64, sources: &[Source]) -> Cell {
    Cell::new(Value::Number { number, decimals: 2 }, sources.to_vec())
}

/// Each skill with who holds it of those needed, at each partner.
pub(super) fn matrix(outcome: &Outcome) -> Table {
    let each = outcome.partners.len() <= MOST_COLUMNS;
    let mut columns = vec![Column::words("Skill")];
    match each {
        true => columns.extend(outcome.partners.iter().map(|partner| Column::words(&partner.name))),
        false => columns.extend(["Partners that need it", "Uncovered today", "Hanging on one"].map(Column::numbers)),
    }
    columns.push(Column::numbers("Uncovered somewhere in a year, apart"));
    let caption = "Who holds each skill: people at the level needed or above, and how many are needed";
    let mut table = Table::new("skills-matrix", caption, columns);
    table.note = "A need in brackets is assumed: the authority holds the skill and records no need.".into();
    first_rows(table, &outcome.skills, |row| {
        let mut cells = vec![Cell::words(&row.skill)];
        match each {
            true => cells.extend(outcome.partners.iter().map(|partner| matrix_cell(row, &partner.code))),
            false => cells.extend(matrix_counts(row)),
        }
        cells.push(chance(row.risk.apart, &sources_of(row)));
        Row::body(cells)
    })
}

fn matrix_cell(row: &SkillRow, authority: &str) -> Cell {
    let Some(need) = row.needs.iter().find(|need| need.authority == authority) else {
        return Value::Nothing.into();
    };
    let needed = if need.assumed { format!("({})", need.needed) } else { need.needed.to_string() };
    words(format!("{} of {needed}, {}", need.holders, need.level), &need.sources)
}

fn matrix_counts(row: &SkillRow) -> [Cell; 3] {
    let number = |counts: fn(&NeedRow) -> bool| {
        let counted: Vec<&NeedRow> = row.needs.iter().filter(|need| counts(need)).collect();
        let sources: Vec<Source> = counted.iter().flat_map(|need| need.sources.clone()).collect();
        count(counted.len(), &sources)
    };
    [number(|_| true), number(NeedRow::is_uncovered), number(|need| need.hangs_on_one() && !need.is_uncovered())]
}

fn sources_of(row: &SkillRow) -> Vec<Source> {
    row.needs.iter().flat_map(|need| need.sources.clone()).collect()
}

/// The needs that are likeliest to go uncovered.
pub(super) fn risks(outcome: &Outcome) -> Table {
    let headings = ["Needed", "Holders", "Uncovered in a year", "If nobody retired", "If nobody left otherwise"];
    let mut columns = vec![Column::words("Skill"), Column::words("Authority"), Column::words("Level")];
    columns.extend(headings.map(Column::numbers));
    let mut needs: Vec<(&str, &NeedRow)> =
        outcome.skills.iter().flat_map(|row| row.needs.iter().map(|need| (row.skill.as_str(), need))).collect();
    needs.sort_by(|(_, one), (_, other)| other.risk.total_cmp(&one.risk));
    let caption = "Chances that a need goes uncovered within a year, each authority on its own, the greatest first";
    first_rows(Table::new("skills-risks", caption, columns), &needs, |(skill, need)| {
        let sources = &need.sources;
        Row::body(vec![
            Cell::words(*skill),
            Cell::words(name_of(&outcome.partners, &need.authority)),
            words(&need.level, sources),
            count(need.needed, sources),
            count(need.holders, sources),
            chance(need.risk, sources),
            chance(need.risk_of_leaving, sources),
            chance(need.risk_of_retiring, sources),
        ])
    })
}

/// The posts of each partner and what it may expect on its own.
pub(super) fn authorities(outcome: &Outcome) -> Table {
    let headings = [
        "Posts",
        "Full-time equivalent",
        "People",
        "Vacant",
        "Needs",
        "Uncovered today",
        "Expected uncovered in a year",
    ];
    let columns = [Column::words("Authority")].into_iter().chain(headings.map(Column::numbers)).collect();
    let caption = "Posts and people of each authority, and the needs expected to be uncovered on its own";
    first_rows(Table::new("skills-authorities", caption, columns), &outcome.authorities, |one| {
        let sources = &one.sources;
        Row::body(vec![
            Cell::words(name_of(&outcome.partners, &one.authority)),
            count(one.posts, sources),
            Cell::new(Value::Number { number: one.fte, decimals: 1 }, sources.clone()),
            count(one.people, sources),
            count(one.vacant, &[]),
            count(one.needs, &[]),
            count(one.uncovered_today, &[]),
            decimal(one.expected_uncovered, sources),
        ])
    })
}

/// Who stands alone; none where nobody does.
pub(super) fn singles(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Skill"),
        Column::words("Authority"),
        Column::words("Post"),
        Column::words("Level"),
        Column::words("Held at a partner too"),
        Column::numbers("Gone within a year"),
    ];
    let caption = "Needs that one person alone meets at home, those that no partner holds first";
    let table = Table::new("skills-single-holders", caption, columns);
    (!outcome.single_holders.is_empty()).then(|| {
        first_rows(table, &outcome.single_holders, |single| {
            let sources = std::slice::from_ref(&single.post.source);
            Row::body(vec![
                Cell::words(&single.skill),
                Cell::words(name_of(&outcome.partners, &single.authority)),
                words(&single.post.title, sources),
                words(&single.post.level, sources),
                words(if single.across_all { "no" } else { "yes" }, sources),
                chance(single.risk, sources),
            ])
        })
    })
}

/// Skills that one partner alone holds; none where there are none.
pub(super) fn held_by_one(outcome: &Outcome) -> Option<Table> {
    let columns = vec![Column::words("Skill"), Column::words("Held by"), Column::numbers("People")];
    let table = Table::new("skills-held-by-one", "Skills that only one partner holds, at any level", columns);
    (!outcome.held_by_one.is_empty()).then(|| {
        first_rows(table, &outcome.held_by_one, |one| {
            Row::body(vec![
                Cell::words(&one.skill),
                words(name_of(&outcome.partners, &one.authority), &one.sources),
                count(one.people, &one.sources),
            ])
        })
    })
}

/// The options side by side.
pub(super) fn options(outcome: &Outcome) -> Table {
    let headings = ["Uncovered today", "Expected in a year", "P10", "P50", "P90", "Chance that none is"];
    let columns = [Column::words("Option"), Column::words("Course")];
    let columns = columns.into_iter().chain(headings.map(Column::numbers)).collect();
    let caption = "Skills uncovered at one authority or more, under each option";
    let mut table = Table::new("skills-options-table", caption, columns);
    table.note = "A skill counts once, at however many authorities it is uncovered.".into();
    first_rows(table, &outcome.options, |option| {
        let sources = &option.sources;
        Row::body(vec![
            words(&option.name, sources),
            words(&option.course, sources),
            count(option.uncovered_today, sources),
            decimal(option.expected, &[sources.as_slice(), &outcome.entries].concat()),
            count(option.p10, sources),
            count(option.p50, sources),
            count(option.p90, sources),
            chance(option.none_uncovered, sources),
        ])
    })
}

/// Who could cover for whom; none where nothing hangs on one person.
pub(super) fn cover(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Skill"),
        Column::words("Needed at"),
        Column::words("May stand in"),
        Column::words("Holds it, and is not recorded as standing in"),
    ];
    let caption = "Who could cover, for each need that is uncovered or that one loss would leave uncovered";
    let table = Table::new("skills-cover", caption, columns);
    (!outcome.cover.is_empty())
        .then(|| first_rows(table, &outcome.cover, |cover| Row::body(cover_cells(outcome, cover))))
}

fn cover_cells(outcome: &Outcome, cover: &Cover) -> Vec<Cell> {
    let authority = name_of(&outcome.partners, &cover.authority);
    vec![
        Cell::words(&cover.skill),
        Cell::words(format!("{authority} ({})", cover.level)),
        posts(outcome, &cover.by),
        posts(outcome, &cover.might),
    ]
}

fn posts(outcome: &Outcome, posts: &[PostNamed]) -> Cell {
    let sources: Vec<Source> = posts.iter().map(|post| post.source.clone()).collect();
    let named = posts
        .iter()
        .take(MOST_POSTS)
        .map(|post| format!("{}, {} ({})", post.title, name_of(&outcome.partners, &post.authority), post.level));
    let mut named: Vec<String> = named.collect();
    if posts.len() > MOST_POSTS {
        named.push(format!("{} more", posts.len() - MOST_POSTS));
    }
    match named.is_empty() {
        true => words("nobody", &[]),
        false => words(named.join("; "), &sources),
    }
}

/// What could be done; none where nothing can be costed.
pub(super) fn measures(outcome: &Outcome) -> Option<Table> {
    let headings = ["Cost", "Expected uncovered skills fall by", "Cost of one less"];
    let columns = [Column::words("Measure"), Column::words("Paid")];
    let columns = columns.into_iter().chain(headings.map(Column::numbers)).collect();
    let caption = "Training and keeping people, the least money for the effect first";
    let mut table = Table::new("skills-measures", caption, columns);
    table.note = "The effect is on the authority's own needs in a year, each measure by itself: two together do not \
                  add up. Keeping a holder is taken to end the chance of leaving, not that of retiring."
        .into();
    (!outcome.measures.is_empty()).then(|| {
        first_rows(table, &outcome.measures, |measure| {
            let sources = &measure.sources;
            let paid = match measure.kind {
                MeasureKind::Training => "once",
                MeasureKind::Retention => "each year",
            };
            Row::body(vec![
                words(&measure.description, sources),
                Cell::words(paid),
                Cell::new(Value::Money(measure.cost), sources.clone()),
                Cell::new(Value::Number { number: measure.falls_by, decimals: 3 }, sources.clone()),
                Cell::new(Value::Pounds(measure.cost_of_one_less), sources.clone()),
            ])
        })
    })
}

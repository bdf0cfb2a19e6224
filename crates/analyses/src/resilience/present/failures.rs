//! Tables of failures: each single one, the worst pairs, and the pairs that do more together.

use penshaw_documents::{Block, Cell, Column, Row, Table, Value};

use super::words;
use crate::named::capitalised;
use crate::resilience::{Effect, Outcome, Stopped};

/// The most single failures in the table.
const MOST_SINGLES: usize = 25;
/// The most workloads that are named in one cell.
const MOST_NAMED: usize = 4;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    if outcome.singles.is_empty() && outcome.doubles.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(3, "If one thing fails"), Block::Table(singles(outcome))];
    if !outcome.doubles.is_empty() {
        blocks.push(Block::heading(3, "If two things fail at once"));
        blocks.push(Block::Table(doubles(outcome)));
    }
    if !outcome.worse_together.is_empty() {
        blocks.push(Block::Table(worse_together(outcome)));
    }
    blocks
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("What fails"),
        Column::numbers("Workloads that stop"),
        Column::words("For whom"),
        Column::words("Which"),
        Column::words("Back after"),
        Column::numbers("Not known when"),
        Column::words("Why not known"),
    ]
}

fn row(outcome: &Outcome, effect: &Effect) -> Row {
    let sources = words::sources(effect);
    let cell = |value: Value| Cell::new(value, sources.clone());
    Row::body(vec![
        cell(Value::text(capitalised(&words::failure(effect)))),
        cell(Value::Count(effect.stopped as i64)),
        cell(Value::text(words::for_whom(outcome, effect))),
        cell(Value::text(which(effect))),
        cell(Value::text(back_after(effect))),
        cell(Value::Count(effect.not_known as i64)),
        cell(Value::text(why(effect))),
    ])
}

/// The workloads by name, the first few of them, and how many are out of reach or only dependants.
fn which(effect: &Effect) -> String {
    let named: Vec<String> = effect.listed.iter().take(MOST_NAMED).map(name).collect();
    let mut said = named.join("; ");
    if effect.stopped > named.len() {
        said.push_str(&format!("; {} more", effect.stopped - named.len()));
    }
    if effect.cut_off > 0 {
        said.push_str(&format!(". Cut off, though running: {}", effect.cut_off));
    }
    if effect.stopped > effect.directly {
        said.push_str(&format!(". By dependency: {}", effect.stopped - effect.directly));
    }
    said
}

fn name(stopped: &Stopped) -> String {
    format!("{} ({})", stopped.name, stopped.workload)
}

fn back_after(effect: &Effect) -> String {
    let Some(hours) = effect.longest_hours else { return "not known".into() };
    let of = effect.stopped - effect.not_known;
    let basis = match (effect.back_tested, effect.back_promised) {
        (_, 0) => "tested".to_owned(),
        (0, _) => "promised, not tested".to_owned(),
        (tested, promised) => format!("{tested} tested, {promised} only promised"),
    };
    format!("{} hours at most for {of}: {basis}", words::number(hours))
}

fn why(effect: &Effect) -> String {
    let reasons = effect.why_not_known.iter().map(|(why, count)| format!("{count}: {why}"));
    reasons.collect::<Vec<_>>().join("; ")
}

fn singles(outcome: &Outcome) -> Table {
    let caption = "What stops if one thing fails, the gravest first";
    let mut table = Table::new("resilience-singles", caption, columns());
    outcome.singles.iter().take(MOST_SINGLES).for_each(|effect| table.push(row(outcome, effect)));
    let harmless = outcome.tried.singles - outcome.tried.singles_that_stop;
    let mut notes: Vec<String> =
        words::left_out(outcome.singles.len(), MOST_SINGLES, "failure", "failures").into_iter().collect();
    if harmless > 0 {
        notes.push(format!("{harmless} of the failures tried stop nothing."));
    }
    table.note = notes.join(" ");
    table
}

fn doubles(outcome: &Outcome) -> Table {
    let caption = "What stops if two things fail at once: the gravest pairs";
    let mut table = Table::new("resilience-doubles", caption, columns());
    outcome.doubles.iter().for_each(|effect| table.push(row(outcome, effect)));
    let (tried, stop) = (outcome.tried.pairs, outcome.tried.pairs_that_stop);
    table.note = format!(
        "{} pairs were tried and {} stop something; the gravest {} are shown.",
        Value::Count(tried as i64),
        Value::Count(stop as i64),
        outcome.doubles.len()
    );
    table
}

fn worse_together(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("What fails"),
        Column::numbers("Stop only together"),
        Column::numbers("Lose their recovery"),
        Column::numbers("Stop in all"),
        Column::words("Which"),
    ];
    let caption = "Pairs that do more together than each does alone: what a second line or site was to guard against";
    let mut table = Table::new("resilience-together", caption, columns);
    for effect in &outcome.worse_together {
        let sources = words::sources(effect);
        let count = |count: usize| Cell::new(Value::Count(count as i64), sources.clone());
        table.push(Row::body(vec![
            Cell::new(Value::text(capitalised(&words::failure(effect))), sources.clone()),
            count(effect.only_together),
            count(effect.recovery_lost),
            count(effect.stopped),
            Cell::new(Value::text(which(effect)), sources.clone()),
        ]));
    }
    let all = outcome.tried.pairs_worse_together;
    table.note = format!("{} of {} such pairs are shown.", outcome.worse_together.len(), Value::Count(all as i64));
    table
}

//! The completeness as blocks: what is known of each partner, the list item by item, what the other questions lack.

use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};

use super::{AuthorityCoverage, Item, ItemCoverage, KeptBack, Outcome, QuestionNeeds};
use crate::named::{capitalised, counted, sentence_list};

/// The most partners that have a column each.
const MOST_COLUMNS: usize = 4;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(vec![Inline::strong(sentence(outcome))])];
    let problems = outcome.problems.iter();
    blocks.extend(problems.map(|problem| Block::note("Not worked out", problem.clone())));
    if !outcome.items.is_empty() {
        blocks.push(Block::Table(authorities_table(outcome)));
        blocks.push(Block::heading(3, "The due-diligence list"));
        blocks.push(Block::Table(items_table(outcome)));
        blocks.extend(nothing_recorded(outcome));
    }
    if !outcome.kept_back.is_empty() {
        blocks.push(Block::heading(3, "Kept back, and what is given instead"));
        blocks.push(Block::Table(kept_back_table(outcome)));
    }
    if !outcome.questions.is_empty() {
        blocks.push(Block::heading(3, "What the other questions lack"));
        blocks.push(Block::Table(questions_table(outcome)));
    }
    blocks
}

fn sentence(outcome: &Outcome) -> String {
    let mut said = Vec::new();
    if !outcome.items.is_empty() {
        let known: Vec<String> = outcome
            .authorities
            .iter()
            .map(|known| format!("{} of {}", Value::Percent(known.coverage), known.name))
            .collect();
        said.push(format!("Of what the due-diligence list asks, the partners know {}.", sentence_list(&known)));
    }
    let lacking: Vec<&str> = outcome
        .questions
        .iter()
        .filter(|question| !question.answerable)
        .map(|question| question.question.as_str())
        .collect();
    said.push(match (outcome.questions.len(), lacking.as_slice()) {
        (0, _) => String::new(),
        (asked, []) => format!("All of the {asked} other questions can be worked on."),
        (asked, lacking) => format!(
            "{} of {asked} others cannot be worked on yet: {}",
            counted(lacking.len(), "question", "questions"),
            lacking.join(" ")
        ),
    });
    said.join(" ").trim().to_owned()
}

fn authorities_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Partner"),
        Column::numbers("Coverage"),
        Column::numbers("Recorded by itself"),
        Column::numbers("Fields filled"),
        Column::numbers("Verified"),
        Column::numbers("Reported"),
        Column::numbers("Estimated"),
        Column::numbers("Kept back"),
        Column::numbers("Missing"),
    ];
    let caption = "What is known of each partner's estate, and how sure it is";
    let mut table = Table::new("completeness-partners", caption, columns);
    for known in &outcome.authorities {
        table.push(Row::body(authority_cells(outcome, known)));
    }
    table.note = "Coverage is what the partners can see. What is kept back by choice is not missing, and it is not known either.".into();
    table
}

fn authority_cells(outcome: &Outcome, known: &AuthorityCoverage) -> Vec<Cell> {
    let cell = |value: Value| Cell::new(value, outcome.sources.clone());
    let of_filled = |number: usize| match known.answers.filled {
        0 => Value::Nothing.into(),
        filled => cell(Value::Percent(number as f64 / filled as f64)),
    };
    vec![
        Cell::words(&known.name),
        cell(Value::Percent(known.coverage)),
        cell(Value::Percent(known.recorded)),
        cell(Value::text(format!("{} of {}", known.answers.filled, known.answers.asked))),
        of_filled(known.answers.verified),
        of_filled(known.answers.reported),
        of_filled(known.answers.estimated),
        cell(Value::Count(known.answers.withheld as i64)),
        cell(Value::Count(known.answers.missing as i64)),
    ]
}

fn items_table(outcome: &Outcome) -> Table {
    let mut columns = vec![Column::words("The list asks"), Column::numbers("Entries")];
    if each_has_a_column(outcome) {
        columns.extend(outcome.authorities.iter().map(|known| Column::numbers(&known.name)));
    } else {
        columns.extend([Column::numbers("Lowest"), Column::words("Of"), Column::numbers("Mean")]);
    }
    columns.push(Column::numbers("Kept back"));
    let caption = "Entries recorded by all partners, and the coverage of each item: the share of the asked fields that is filled and shared";
    let mut table = Table::new("completeness-items", caption, columns);
    for item in &outcome.items {
        table.push(Row::body(item_cells(outcome, item)));
    }
    table.note = "An asterisk marks what this project asks in addition to the published list.".into();
    table
}

/// With many partners a table names the one of which least is known instead of all.
fn each_has_a_column(outcome: &Outcome) -> bool {
    outcome.authorities.len() <= MOST_COLUMNS
}

fn item_cells(outcome: &Outcome, item: &Item) -> Vec<Cell> {
    let mark = if item.published { "" } else { " *" };
    let cell = |value: Value| Cell::new(value, outcome.sources.clone());
    let sum =
        |count: fn(&ItemCoverage) -> usize| Value::Count(item.by_authority.iter().map(count).sum::<usize>() as i64);
    let mut cells =
        vec![Cell::words(format!("{}: {}{mark}", item.heading, item.asks)), cell(sum(|known| known.entries))];
    if each_has_a_column(outcome) {
        cells.extend(item.by_authority.iter().map(|known| cell(Value::Percent(known.coverage))));
    } else {
        cells.extend(lowest_and_mean(outcome, item).map(cell));
    }
    cells.push(cell(sum(|known| known.answers.withheld)));
    cells
}

/// The lowest coverage of an item, whose it is, and the mean of all partners.
fn lowest_and_mean(outcome: &Outcome, item: &Item) -> [Value; 3] {
    let coverages = item.by_authority.iter().map(|known| known.coverage);
    let mean = coverages.clone().sum::<f64>() / item.by_authority.len() as f64;
    let lowest = coverages.fold(f64::MAX, f64::min);
    let of: Vec<&str> = item
        .by_authority
        .iter()
        .filter(|known| known.coverage == lowest)
        .map(|known| outcome.of(&known.authority).map_or(known.authority.as_str(), |known| &known.name))
        .collect();
    [Value::Percent(lowest), Value::text(sentence_list(&of)), Value::Percent(mean)]
}

/// The kinds of entry of which a partner has recorded nothing.
fn nothing_recorded(outcome: &Outcome) -> Option<Block> {
    let items: Vec<_> = outcome.authorities.iter().filter_map(|known| nothing_of(outcome, known)).collect();
    (!items.is_empty()).then_some(Block::List { ordered: false, items })
}

fn nothing_of(outcome: &Outcome, known: &AuthorityCoverage) -> Option<Vec<Inline>> {
    let mut kinds: Vec<&str> = outcome
        .items
        .iter()
        .flat_map(|item| &item.by_authority)
        .filter(|item| item.authority == known.authority)
        .flat_map(|item| &item.kinds_without_entries)
        .map(|kind| kind.sheet())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    (!kinds.is_empty()).then(|| {
        let kinds = sentence_list(&kinds).to_lowercase();
        vec![Inline::text(format!("{} has recorded no {kinds}.", known.name))]
    })
}

fn kept_back_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Partner"),
        Column::words("Entries"),
        Column::words("Field"),
        Column::numbers("Kept back"),
        Column::numbers("Shown as a band"),
        Column::words("Subtotal given"),
    ];
    let caption = "Figures and whole entries that partners keep back, and what they give instead";
    let mut table = Table::new("completeness-kept-back", caption, columns);
    for kept in &outcome.kept_back {
        let label = kept.kind.field(&kept.field).map_or("whole entries", |field| field.label);
        table.push(Row::body(vec![
            Cell::words(&kept.name),
            Cell::words(kept.kind.sheet()),
            Cell::words(label),
            Value::Count(kept.number as i64).into(),
            if kept.bands == 0 { Value::Nothing.into() } else { Value::Count(kept.bands as i64).into() },
            subtotal_cell(kept),
        ]));
    }
    table.note = "No total of any analysis holds these figures: bands and subtotals are shown and never added.".into();
    table
}

fn subtotal_cell(kept: &KeptBack) -> Cell {
    let given = kept.subtotals.iter().map(|given| {
        let year = given.year.map(|year| format!("{year}: ")).unwrap_or_default();
        format!("{year}{} from {} entries", given.sum, given.entries)
    });
    match given.collect::<Vec<_>>().join("; ") {
        none if none.is_empty() => Value::Nothing.into(),
        given => Cell::words(given),
    }
}

fn questions_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Question"),
        Column::words("Can be worked on"),
        Column::words("What it lacks, from whom, and where to record it"),
    ];
    let caption = "Whether the other questions can be worked on from what is shared";
    let mut table = Table::new("completeness-questions", caption, columns);
    for question in &outcome.questions {
        table.push(Row::body(vec![
            Cell::words(&question.question),
            Cell::words(if question.answerable { "yes" } else { "no" }),
            Cell::words(lacks(question)),
        ]));
    }
    table
}

fn lacks(question: &QuestionNeeds) -> String {
    let needs: Vec<String> = question.needs.iter().map(ToString::to_string).collect();
    capitalised(&needs.join("; "))
}

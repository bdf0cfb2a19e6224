//! The impacts as blocks: the letters of the sheet, what was found, the nine characteristics, what is wanting.

use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value, inlines};
use penshaw_register::Severity;

use super::{Letter, Outcome, Recorded, Subject};
use crate::finding::told;
use crate::named::{capitalised, counted, sentence_list};

/// The most options that have a column each.
const MOST_COLUMNS: usize = 5;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![
        Block::paragraph(vec![Inline::strong(sentence(outcome))]),
        Block::Table(letters_table(outcome)),
        Block::heading(3, "What was found"),
        Block::Table(entries_table(outcome)),
    ];
    if outcome.characteristics.iter().any(|one| one.analysed) {
        blocks.push(Block::heading(3, "Protected characteristics"));
        blocks.push(Block::Table(characteristics_table(outcome)));
    }
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting"));
        let items = outcome.findings.iter().map(|one| told(one.severity, &one.what, &one.hint, &one.sources)).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks.extend(to_ask(outcome));
    blocks
}

fn sentence(outcome: &Outcome) -> String {
    let of = |letter| -> Vec<&str> {
        let matching = outcome.subjects.iter().filter(|subject| subject.letter == letter);
        matching.map(|subject| subject.subject.as_str()).collect()
    };
    let said = [
        (of(Some(Letter::Yes)), "Analysed"),
        (of(Some(Letter::No)), "Not analysed"),
        (of(Some(Letter::NotApplicable)), "Not applicable"),
        (of(None), "Not answered"),
    ];
    let groups: Vec<String> = said
        .iter()
        .filter(|(subjects, _)| !subjects.is_empty())
        .map(|(subjects, what)| format!("{what}: {}.", sentence_list(subjects)))
        .collect();
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    match errors {
        0 => groups.join(" "),
        errors => format!(
            "{} {} in the way of a lawful decision.",
            groups.join(" "),
            counted(errors, "finding stands", "findings stand")
        ),
    }
}

fn letters_table(outcome: &Outcome) -> Table {
    let mut columns = vec![Column::words("Subject"), Column::words("On the sheet")];
    let options = outcome.subjects.first().map_or(&[][..], |subject| subject.options.as_slice());
    let each_has_a_column = options.len() <= MOST_COLUMNS;
    if each_has_a_column {
        columns.extend(options.iter().map(|option| Column::words(&option.name)));
    } else {
        let answers = ["Options with Y", "With N", "With N/A", "Not answered"];
        columns.extend(answers.map(Column::numbers));
    }
    let caption = "Impacts analysed: Y analysed, N not analysed, N/A not applicable";
    let mut table = Table::new("impacts-letters", caption, columns);
    for subject in &outcome.subjects {
        let sources: Vec<_> = subject.entries.iter().map(|entry| entry.source.clone()).collect();
        let cell = |letter: Option<Letter>| match letter {
            Some(letter) => Cell::new(Value::text(letter.to_string()), sources.clone()),
            None => Value::Nothing.into(),
        };
        let mut cells = vec![Cell::words(capitalised(&subject.subject)), cell(subject.letter)];
        if each_has_a_column {
            cells.extend(subject.options.iter().map(|option| cell(option.letter)));
        } else {
            cells.extend(letters_counted(subject).map(|count| Cell::new(Value::Count(count), sources.clone())));
        }
        table.push(Row::body(cells));
    }
    table
}

/// How many options have each answer: Y, N, N/A, none.
fn letters_counted(subject: &Subject) -> [i64; 4] {
    let answers = [Some(Letter::Yes), Some(Letter::No), Some(Letter::NotApplicable), None];
    answers.map(|answer| subject.options.iter().filter(|option| option.letter == answer).count() as i64)
}

fn entries_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Subject"),
        Column::words("Options"),
        Column::words("Analysed"),
        Column::words("What was found, or why not"),
        Column::words("Effect"),
        Column::words("Assessment"),
    ];
    let caption = "What is recorded of each subject, with its assessment";
    let mut table = Table::new("impacts-entries", caption, columns);
    for subject in &outcome.subjects {
        for entry in &subject.entries {
            table.push(Row::body(entry_cells(subject, entry)));
        }
    }
    table
}

fn entry_cells(subject: &Subject, entry: &Recorded) -> Vec<Cell> {
    let cell = |words: String| Cell::new(Value::text(words), vec![entry.source.clone()]);
    let heading = match &entry.characteristic {
        Some(characteristic) => format!("{}: {characteristic}", capitalised(&subject.subject)),
        None => capitalised(&subject.subject),
    };
    let names: Vec<&str> = subject
        .options
        .iter()
        .filter(|option| entry.options.contains(&option.option))
        .map(|option| option.name.as_str())
        .collect();
    let options = if entry.options.is_empty() { "All".to_owned() } else { sentence_list(&names) };
    let found = match (&entry.statement, &entry.mitigation) {
        (Some(statement), Some(mitigation)) => format!("{statement} Mitigation: {mitigation}"),
        (statement, mitigation) => statement.clone().or(mitigation.clone()).unwrap_or_default(),
    };
    let assessment = match (&entry.assessment, entry.assessed_on) {
        (Some(document), Some(day)) => format!("{document} ({})", Value::Day(day)),
        (Some(document), None) => format!("{document} (undated)"),
        (None, _) => String::new(),
    };
    vec![
        Cell::words(heading),
        cell(options),
        cell(entry.letter.to_string()),
        cell(found),
        cell(entry.effect.clone().unwrap_or_default()),
        cell(assessment),
    ]
}

fn characteristics_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Characteristic"),
        Column::words("Looked at"),
        Column::words("Effect"),
        Column::words("Aims of the duty that cover it"),
    ];
    let caption = "The nine protected characteristics of the Equality Act 2010";
    let mut table = Table::new("impacts-characteristics", caption, columns);
    for one in &outcome.characteristics {
        let cell = |words: &str| Cell::new(Value::text(words), one.sources.clone());
        let letters: Vec<&str> = one.aims.iter().map(|aim| letter_of(aim)).collect();
        table.push(Row::body(vec![
            Cell::words(capitalised(&one.characteristic)),
            cell(if one.analysed { "yes" } else { "no" }),
            cell(one.effect.as_deref().unwrap_or("not recorded")),
            Cell::words(sentence_list(&letters)),
        ]));
    }
    if let Some(equality) = outcome.subjects.iter().find(|subject| subject.subject == "equality") {
        table.note = format!("The aims of the duty: {}.", equality.asks.join("; "));
    }
    table
}

/// The letter in front of an aim: `(a)`.
fn letter_of(aim: &str) -> &str {
    aim.split_once(' ').map_or(aim, |(letter, _)| letter)
}

/// The questions of the subjects that are not analysed.
fn to_ask(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = Vec::new();
    for subject in &outcome.subjects {
        if subject.letter == Some(Letter::Yes) || subject.asks.is_empty() {
            continue;
        }
        blocks.push(Block::heading(4, format!("What to ask of {}", subject.subject)));
        let items = subject.asks.iter().map(|asks| inlines(asks.clone())).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading(3, "Questions not yet answered by an analysis"));
        blocks.push(Block::note("Not legal advice", "The monitoring officer confirms what the law asks."));
    }
    blocks
}

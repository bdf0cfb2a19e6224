//! The fit as blocks: which options meet what is essential, who would own what, and each answer with its evidence.

use penshaw_basis::Source;
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value, inlines};

use super::{Answer, Asked, Counts, OptionFit, Outcome, Verdict};
use crate::named::{capitalised, counted, name_of, sentence_list};
use crate::with_confidence::sure;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![
        Block::paragraph(vec![Inline::strong(sentence(outcome))]),
        Block::Table(options_table(outcome)),
        Block::heading(3, "Who would own what"),
        Block::Table(ownership_table(outcome)),
        Block::heading(3, "Each option against each requirement"),
    ];
    for option in &outcome.options {
        blocks.push(Block::heading(4, &option.name));
        blocks.push(Block::words(option_sentence(outcome, option)));
        blocks.push(Block::Table(answers_table(outcome, option)));
    }
    let look = to_look_at(outcome);
    if !look.is_empty() {
        blocks.push(Block::heading(3, "What somebody should look at"));
        let items = look.into_iter().map(inlines).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

/// Which options meet what is essential, in one or two sentences.
fn sentence(outcome: &Outcome) -> String {
    let of = |verdict| -> Vec<&str> {
        let matching = outcome.options.iter().filter(|option| option.verdict == verdict);
        matching.map(|option| option.name.as_str()).collect()
    };
    let groups = [
        (of(Verdict::Meets), "shown to meet every essential requirement"),
        (of(Verdict::Partly), "shown to meet some essential requirements only partly"),
        (of(Verdict::DoesNotMeet), "shown not to meet at least one essential requirement"),
        (of(Verdict::NotKnown), "not yet shown to meet what is essential"),
    ];
    let said: Vec<String> = groups
        .iter()
        .filter(|(options, _)| !options.is_empty())
        .map(|(options, what)| {
            format!("{} {what}: {}.", counted(options.len(), "option is", "options are"), sentence_list(options))
        })
        .collect();
    said.join(" ")
}

fn options_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Option"),
        Column::words("Delivered by"),
        Column::numbers("Essential met"),
        Column::numbers("Partly"),
        Column::numbers("Not met"),
        Column::numbers("Not known"),
        Column::numbers("Score"),
        Column::words("Verdict"),
    ];
    let caption = "Essential requirements met by each option; the score is the share met";
    let mut table = Table::new("fit-options", caption, columns);
    for option in &outcome.options {
        let cell = |value: Value| Cell::new(value, option_sources(option));
        let number = |count: usize| cell(Value::Count(count as i64));
        let Counts { requirements, met, partly, unmet, not_known } = option.essential;
        table.push(Row::body(vec![
            Cell::words(&option.name),
            cell(Value::text(option.delivery_model.as_deref().unwrap_or("not stated"))),
            cell(Value::text(format!("{met} of {requirements}"))),
            number(partly),
            number(unmet),
            number(not_known),
            match option.score {
                Some(score) => cell(Value::Percent(score)),
                None => Value::Nothing.into(),
            },
            cell(Value::text(option.verdict.to_string())),
        ]));
    }
    table.note = "An answer counts where a document with a date shows it; otherwise it is not known.".into();
    table
}

/// The entries of an option and of its answers.
fn option_sources(option: &OptionFit) -> Vec<Source> {
    let answers = option.answers.iter().filter_map(|answer| answer.source.clone());
    std::iter::once(option.source.clone()).chain(answers).collect()
}

fn ownership_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Option"),
        Column::words("Assets"),
        Column::words("Contracts"),
        Column::words("Data"),
        Column::words("Public ownership"),
    ];
    let caption = "Who would own the assets, hold the contracts and control the data";
    let mut table = Table::new("fit-ownership", caption, columns);
    for option in &outcome.options {
        let cell = |owner: &Option<String>| {
            let words = owner.as_deref().unwrap_or("not stated");
            Cell::new(Value::text(words), vec![option.source.clone()])
        };
        table.push(Row::body(vec![
            Cell::words(&option.name),
            cell(&option.ownership.assets),
            cell(&option.ownership.contracts),
            cell(&option.ownership.data),
            Cell::new(Value::text(option.ownership.public.to_string()), vec![option.source.clone()]),
        ]));
    }
    table.note = "A company is taken as owned by the authorities alone.".into();
    table
}

fn option_sentence(outcome: &Outcome, option: &OptionFit) -> String {
    let names = |references: &[String]| -> String {
        let names: Vec<String> =
            references.iter().map(|reference| format!("\"{}\"", outcome.requirement_name(reference))).collect();
        sentence_list(&names)
    };
    let mut said = vec![match option.verdict {
        Verdict::NotKnown => "Whether it meets what is essential is not known.".to_owned(),
        verdict => format!("It {verdict}."),
    }];
    if !option.essential_unmet.is_empty() {
        said.push(format!("Not met: {}.", names(&option.essential_unmet)));
    }
    if !option.essential_not_known.is_empty() {
        said.push(format!("Not known: {}.", names(&option.essential_not_known)));
    }
    said.join(" ")
}

fn answers_table(outcome: &Outcome, option: &OptionFit) -> Table {
    let columns = vec![
        Column::words("Requirement"),
        Column::words("Of"),
        Column::words("By"),
        Column::words("Answer"),
        Column::words("Why"),
        Column::words("Evidence"),
    ];
    let caption = format!("Answers of {}", option.name);
    let mut table = Table::new(format!("fit-answers-{}", option.option), caption, columns);
    for (asked, answer) in outcome.requirements.iter().zip(&option.answers) {
        table.push(Row::body(answer_cells(outcome, asked, answer)));
    }
    table
}

fn answer_cells(outcome: &Outcome, asked: &Asked, answer: &Answer) -> Vec<Cell> {
    let sources: Vec<_> = answer.source.iter().cloned().collect();
    let weight = if asked.essential { "essential" } else { "desirable" };
    let why = match (&answer.why_not, &answer.statement) {
        (Some(why), _) => capitalised(why),
        (None, Some(statement)) => statement.clone(),
        (None, None) if answer.source.is_none() => "No answer is recorded".into(),
        (None, None) => String::new(),
    };
    let evidence = match (&answer.evidence, answer.dated) {
        (Some(document), Some(day)) => format!("{document} ({})", Value::Day(day)),
        (Some(document), None) => format!("{document} (undated)"),
        (None, _) => String::new(),
    };
    vec![
        Cell::new(Value::text(format!("{} ({weight})", asked.name)), vec![asked.source.clone()]),
        Cell::words(name_of(&outcome.partners, &asked.authority)),
        match asked.by {
            Some(year) => Value::Year(year).into(),
            None => Value::Nothing.into(),
        },
        sure(Cell::new(Value::text(&answer.answer), sources), answer.confidence),
        Cell::words(why),
        Cell::words(evidence),
    ]
}

fn to_look_at(outcome: &Outcome) -> Vec<String> {
    let mut look = outcome.findings.clone();
    if !outcome.events_not_asked.is_empty() {
        look.push(format!("No requirement asks what happens when: {}.", outcome.events_not_asked.join("; ")));
    }
    look
}

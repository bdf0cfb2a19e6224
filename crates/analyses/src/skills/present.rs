//! The answer as blocks: the sentence, the matrix, who stands alone, the options, cover, what could be done, what is wanting.

mod tables;

use penshaw_documents::{Bar, Block, Chart, ChartKind, Inline, Value};

use super::outcome::{Finding, OptionCover, Outcome};
use crate::named::{counted, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(sentence(outcome)), Block::words(assumption(outcome))];
    blocks.push(Block::Table(tables::matrix(outcome)));
    blocks.push(Block::heading(3, "How likely it is that a need goes uncovered"));
    blocks.push(Block::Table(tables::risks(outcome)));
    blocks.push(Block::Table(tables::authorities(outcome)));
    blocks.push(Block::heading(3, "Skills that one person holds alone"));
    blocks.extend(table_or(tables::singles(outcome), "No need is met by one person alone."));
    blocks.extend(held_by_one(outcome));
    if !outcome.options.is_empty() {
        blocks.push(Block::heading(3, "Under each option"));
        blocks.push(Block::Chart(options(outcome)));
    }
    blocks.push(Block::heading(3, "Who could cover for whom"));
    blocks.extend(table_or(tables::cover(outcome), "No need hangs on one person."));
    blocks.push(Block::heading(3, "What could be done"));
    let none = "No measure can be costed: the needs that hang on one person record no cost of training or of keeping.";
    blocks.extend(table_or(tables::measures(outcome), none));
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

fn table_or(table: Option<penshaw_documents::Table>, otherwise: &str) -> Vec<Block> {
    vec![table.map_or_else(|| Block::words(otherwise), Block::Table)]
}

/// The answer in one paragraph: what is expected under each course, and how much hangs on one person.
fn sentence(outcome: &Outcome) -> Vec<Inline> {
    let singles = outcome.single_holders.len();
    let all = counted(outcome.skills.len(), "skill", "skills");
    let expected: Vec<String> =
        by_course(outcome).into_iter().map(|(words, option)| format!("{:.2} {words}", option.expected)).collect();
    let mut text = vec![Inline::strong(match expected.as_slice() {
        [] => format!("The partners hold or need {all}."),
        expected => {
            format!("Of {all}, as leavers go, a year is expected to leave uncovered {}.", sentence_list(expected))
        }
    })];
    text.push(Inline::text(match singles {
        0 => " No need hangs on one holder alone.".to_owned(),
        1 => " One need hangs on a single holder.".to_owned(),
        _ => format!(" {singles} needs hang on a single holder each."),
    }));
    let everywhere = outcome.single_holders.iter().filter(|single| single.across_all).count();
    if everywhere > 0 && outcome.partners.len() > 1 {
        let nobody = counted(everywhere, "of them is", "of them are");
        text.push(Inline::text(format!(" {nobody} held by nobody else at any partner.")));
    }
    text
}

/// The first option of each course, with what the course is called in a sentence.
fn by_course(outcome: &Outcome) -> Vec<(&'static str, &OptionCover)> {
    let words = [
        ("apart", "if the partners stay apart"),
        ("collaborate", "if they cover for each other"),
        ("integrate", "in one service"),
    ];
    let first = |course: &str| outcome.options.iter().find(|option| option.course == course);
    words.into_iter().filter_map(|(course, words)| Some((words, first(course)?))).collect()
}

fn assumption(outcome: &Outcome) -> String {
    format!(
        "A skill is uncovered where an authority has fewer people at its level than it needs. The risks are of one year \
         in which nobody who goes is replaced; people go independently of each other. Ranges come from {} trials.",
        Value::Count(outcome.trials.min(i64::MAX as u64) as i64)
    )
}

fn held_by_one(outcome: &Outcome) -> Vec<Block> {
    match tables::held_by_one(outcome) {
        Some(table) => vec![Block::heading(3, "Skills that only one partner holds"), Block::Table(table)],
        None => Vec::new(),
    }
}

fn options(outcome: &Outcome) -> Chart {
    let told = outcome.options.iter().map(|option| {
        format!("{}: {:.2}, in nine years of ten no more than {}", option.name, option.expected, option.p90)
    });
    let bars = outcome.options.iter().map(|option| Bar { label: option.name.clone(), value: option.expected });
    Chart {
        id: "skills-options".into(),
        caption: "Skills expected to be uncovered at the end of a year, by option".into(),
        alternative: format!("{}.", told.collect::<Vec<_>>().join("; ")),
        horizontal: "Expected uncovered skills".into(),
        vertical: "Option".into(),
        kind: ChartKind::Bars { bars: bars.collect() },
        table: tables::options(outcome),
    }
}

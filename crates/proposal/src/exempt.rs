//! Part I and Part II of one report: what the public reads, and what is exempt from publication.
//!
//! The report is written once. [`part_2`] is the whole of it, with the words that only Part II says, marked on every page;
//! [`part_1`] is the same without the exempt parts, which say in their place by which paragraph of Part 1 of schedule 12A
//! to the Local Government Act 1972 they are exempt and why. What is asked of the decision makers can be no exempt part,
//! so that both put the same resolutions.

use std::collections::BTreeSet;
use std::ops::Range;

use penshaw_documents::{Block, Citations, Document, Inline, Marking, Table};
use penshaw_register::{ExemptPart, Finding, Place, Severity};

use crate::cabinet_report::{SHEET_FIELDS, WORDED};

/// The heading of the summary sheet in each part.
const SHEET_1: &str = "EXECUTIVE SUMMARY SHEET – PART I";
const SHEET_2: &str = "EXECUTIVE SUMMARY SHEET – PART II";

/// Sections that the sheet repeats, with the place of the field that does.
const REPEATED: [(&str, usize); 2] = [("8", 6), ("9", 7)];

/// Sections that hold what is asked of the decision makers.
const ASKED: [&str; 2] = ["1", "2"];

/// The whole report as members read it in private. A report without an exempt part is left as it is.
pub fn part_2(mut report: Document, exempt: &[ExemptPart]) -> Document {
    if exempt.is_empty() {
        return report;
    }
    for one in exempt {
        if let Some(span) = span(&report.blocks, &one.part) {
            let mut inner = report.blocks[span.clone()].to_vec();
            let first = usize::from(inner.first().is_some_and(|block| number_of(block).is_some()));
            inner.insert(first, Block::note("Exempt", why(one)));
            let words = one.words.iter().flat_map(|words| words.split("\n\n"));
            inner.extend(words.map(str::trim).filter(|words| !words.is_empty()).map(Block::words));
            report.blocks.splice(span, inner);
        }
    }
    for block in &mut report.blocks {
        if let Block::Heading { text, .. } = block
            && text == SHEET_1
        {
            SHEET_2.clone_into(text);
        }
    }
    let words = format!("Not for publication: exempt under {}", paragraphs(exempt));
    let words = match report.marking.take() {
        Some(marking) => format!("{words}. {}", marking.words),
        None => words,
    };
    Document { marking: Some(Marking { words }), ..report }
}

/// What the public reads of a report: `report` as it was written, or its [`part_2`].
///
/// Nothing of an exempt part is left: neither its blocks, nor the sources that it alone cites.
pub fn part_1(report: &Document, exempt: &[ExemptPart], marking: Option<Marking>) -> Document {
    let mut part = Document { marking, ..report.clone() };
    if exempt.is_empty() {
        return part;
    }
    for one in exempt {
        if let Some(span) = span(&part.blocks, &one.part) {
            let words = format!("{} It stands in Part II.", why(one));
            let instead =
                match part.blocks.get(span.start).and_then(number_of).filter(|number| *number == one.part.trim()) {
                    Some(number) => Block::Paragraph {
                        number: Some(number.to_owned()),
                        text: vec![
                            Inline::strong(format!("{}Not for publication. ", title(number))),
                            Inline::text(words),
                        ],
                    },
                    None => Block::note("Not for publication", words),
                };
            part.blocks.splice(span, [instead]);
        }
    }
    let exempt: Vec<&ExemptPart> = exempt.iter().collect();
    for block in &mut part.blocks {
        match block {
            Block::Heading { text, .. } if text == SHEET_2 => SHEET_1.clone_into(text),
            Block::Fields { fields, .. } => fields.iter_mut().for_each(|field| keep_back(field, &exempt)),
            _ => {}
        }
    }
    if let Some(sheet) = part.blocks.iter().position(is_sheet) {
        let words = "A part of this report is not for publication. It is left out here, and each place says why.";
        part.blocks.insert(sheet + 1, Block::note("Part I", words));
    }
    let cited: BTreeSet<_> = Citations::of(&part).sources().iter().cloned().collect();
    part.titles.retain(|source, _| cited.contains(source));
    part
}

/// The form's own title of a numbered heading, which stands in both parts.
fn title(number: &str) -> String {
    let worded = WORDED.iter().find(|worded| worded.number == number);
    worded.map_or_else(String::new, |worded| format!("{}. ", worded.title))
}

/// Whether a report is Part II, which is not for publication.
pub fn is_part_2(report: &Document) -> bool {
    report.blocks.iter().any(|block| matches!(block, Block::Heading { text, .. } if text == SHEET_2))
}

fn is_sheet(block: &Block) -> bool {
    matches!(block, Block::Heading { text, .. } if text == SHEET_1)
}

/// A field of the sheet that repeats a section of which a part is exempt.
fn keep_back((name, blocks): &mut (String, Vec<Block>), exempt: &[&ExemptPart]) {
    let is_repeated = |(section, place): &(&str, usize)| {
        SHEET_FIELDS[*place] == name && exempt.iter().any(|one| is_within(&one.part, section))
    };
    if let Some((section, _)) = REPEATED.iter().find(|repeated| is_repeated(repeated)) {
        *blocks = vec![Block::words(format!("See section {section}, a part of which is not for publication."))];
    }
}

/// Whether a part is a section or a paragraph or heading of it.
fn is_within(part: &str, section: &str) -> bool {
    let part = part.trim();
    part.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn why(exempt: &ExemptPart) -> String {
    let reason = exempt.public_interest.trim().trim_end_matches('.');
    format!("This part is exempt under {}. The public interest: {reason}.", paragraphs(std::slice::from_ref(exempt)))
}

/// The paragraphs by which parts are exempt, as the law names them.
pub fn paragraphs(exempt: &[ExemptPart]) -> String {
    let numbers = numbers(exempt);
    let which = match numbers.as_slice() {
        [] => return "schedule 12A to the Local Government Act 1972".into(),
        [one] => format!("paragraph {one}"),
        [others @ .., last] => format!("paragraphs {} and {last}", others.join(", ")),
    };
    format!("{which} of Part 1 of schedule 12A to the Local Government Act 1972")
}

/// The numbers of those paragraphs, each once, ascending.
pub fn numbers(exempt: &[ExemptPart]) -> Vec<String> {
    let numbers = exempt.iter().flat_map(|one| &one.paragraphs).map(|number| number.trim().to_owned());
    numbers.collect::<BTreeSet<String>>().into_iter().collect()
}

/// Where the content of a part stands among blocks: what follows its heading, or the numbered paragraph with what
/// belongs to it.
pub(crate) fn span(blocks: &[Block], part: &str) -> Option<Range<usize>> {
    let part = part.trim();
    let heading = blocks.iter().position(|block| match block {
        Block::Heading { number, text, .. } => {
            number.as_deref() == Some(part)
                || text.eq_ignore_ascii_case(part)
                || text.split_once(": ").is_some_and(|(annex, _)| annex.eq_ignore_ascii_case(part))
        }
        _ => false,
    });
    let (start, end) = match heading {
        Some(at) => {
            let Block::Heading { level: own, .. } = &blocks[at] else { return None };
            let ends = |block: &Block| matches!(block, Block::Heading { level, .. } if level <= own);
            (at + 1, ends_at(blocks, at + 1, ends))
        }
        None => {
            let at = blocks.iter().position(|block| number_of(block) == Some(part))?;
            let ends =
                |block: &Block| number_of(block).is_some() || matches!(block, Block::Heading { .. } | Block::PageBreak);
            (at, ends_at(blocks, at + 1, ends))
        }
    };
    // What begins a new page belongs to what follows.
    let trailing = blocks[start..end].iter().rev().take_while(|block| matches!(block, Block::PageBreak)).count();
    Some(start..end - trailing)
}

/// The number of a numbered paragraph.
fn number_of(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { number, .. } => number.as_deref(),
        _ => None,
    }
}

fn ends_at(blocks: &[Block], from: usize, ends: impl Fn(&Block) -> bool) -> usize {
    blocks[from..].iter().position(ends).map_or(blocks.len(), |length| from + length)
}

/// What is wrong with the exempt parts of a report: a part that it does not have, one that cannot be exempt, and amounts
/// of a part that Part I shows all the same. While there is any, Part I must not be published.
pub fn findings(report: &Document, exempt: &[ExemptPart]) -> Vec<Finding> {
    if exempt.is_empty() {
        return Vec::new();
    }
    let open = amounts(&part_1(report, exempt, None).blocks);
    let mut findings = Vec::new();
    for one in exempt {
        let Some(span) = span(&report.blocks, &one.part) else {
            let what = format!("the exempt part \"{}\" is nowhere in the report", one.part);
            findings.push(error(
                one,
                what,
                "give the number of a section, a heading or a paragraph, such as 7.1, or an annex, such as Annex A",
            ));
            continue;
        };
        if ASKED.iter().any(|section| is_within(&one.part, section)) {
            let what = format!("part {} holds what is asked of the decision makers, which cannot be exempt", one.part);
            findings.push(error(
                one,
                what,
                "word what is asked so that it may be published, and keep the figures in another part",
            ));
        }
        let mut hidden = amounts(&report.blocks[span]);
        hidden.extend(one.words.iter().flat_map(|words| amounts_of(words)));
        let shown: Vec<&str> = hidden.intersection(&open).map(String::as_str).collect();
        if let Some(list) = listed(&shown) {
            let what = format!("Part I still shows what stands in the exempt part {}: {list}", one.part);
            findings.push(error(one, what, "make the other places exempt too, or take the amounts out of them"));
        }
    }
    findings
}

fn error(exempt: &ExemptPart, what: String, hint: &str) -> Finding {
    let cell = Some(format!("[[exempt_parts]] {}", exempt.reference));
    let place = Place { file: "partnership.toml".into(), sheet: None, cell };
    Finding { severity: Severity::Error, place, what, hint: hint.into() }
}

/// The first few, and how many more.
fn listed(amounts: &[&str]) -> Option<String> {
    match amounts {
        [] => None,
        few @ [_] | few @ [_, _] | few @ [_, _, _] => Some(few.join(", ")),
        [first, second, third, others @ ..] => Some(format!("{first}, {second}, {third} and {} more", others.len())),
    }
}

/// Every amount of money in blocks, as it is printed.
fn amounts(blocks: &[Block]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Note { text, .. } => found.extend(of_runs(text)),
            Block::List { items, .. } => items.iter().for_each(|item| found.extend(of_runs(item))),
            Block::Fields { fields, .. } => fields.iter().for_each(|(_, blocks)| found.append(&mut amounts(blocks))),
            Block::Table(table) => found.extend(of_table(table)),
            Block::Chart(chart) => found.extend(of_table(&chart.table)),
            Block::Heading { text, .. } => found.extend(amounts_of(text)),
            Block::PageBreak | Block::SourceList => {}
        }
    }
    found
}

fn of_runs(runs: &[Inline]) -> BTreeSet<String> {
    amounts_of(&runs.iter().map(Inline::plain).collect::<String>())
}

fn of_table(table: &Table) -> BTreeSet<String> {
    let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.figure.value.to_string());
    cells.chain([table.caption.clone(), table.note.clone()]).flat_map(|words| amounts_of(&words)).collect()
}

/// The amounts in words: what begins with a pound sign and goes on with a digit. A pound alone is none.
fn amounts_of(words: &str) -> BTreeSet<String> {
    let amount = |rest: &str| {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ',' | '.'));
        let digits = rest[..end.unwrap_or(rest.len())].trim_end_matches([',', '.']);
        let plain = digits.strip_suffix(".00").unwrap_or(digits);
        (plain.len() > 1).then(|| format!("£{plain}"))
    };
    words.split('£').skip(1).filter_map(amount).collect()
}

#[cfg(test)]
mod tests;

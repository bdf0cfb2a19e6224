//! Checks of the paper itself: what it must name, what it cites, and that sheet and sections agree.

use penshaw_analyses::impacts::SUBJECTS;
use penshaw_basis::Source;
use penshaw_documents::{Block, Document, Inline, Value};
use penshaw_register::{Finding, Paper, Place, Severity};

use super::{at, error, warning};
use crate::cabinet_report::{ReportInputs, SHEET_FIELDS, cited_papers, is_listed};

pub(super) fn findings(inputs: &ReportInputs<'_>, report: &Document) -> Vec<Finding> {
    let mut findings = blanks(inputs);
    findings.extend(comments(inputs));
    findings.extend(legal(inputs));
    findings.extend(papers(inputs));
    findings.extend(impacts(inputs));
    findings.extend(sheet_and_sections(report));
    findings
}

/// What the form asks for by name.
fn blanks(inputs: &ReportInputs<'_>) -> Vec<Finding> {
    let details = inputs.details();
    let blank = |text: &str| text.trim().is_empty();
    let mut findings = Vec::new();
    for (field, text, what) in [
        ("title", &details.title, "the report has no title"),
        ("author", &details.author, "no author is named"),
        ("purpose", &details.purpose, "the purpose of the report is not stated"),
    ] {
        if blank(text) {
            findings.push(error(field, what, format!("enter the {field}")));
        }
    }
    if blank(details.scrutiny_committee.as_deref().unwrap_or_default()) {
        findings.push(error("scrutiny_committee", "the relevant scrutiny committee is blank", "name the committee"));
    }
    if inputs.partnership().authority(&details.authority).is_none() {
        findings.push(error(
            "authority",
            format!(
                "\"{}\" is not one of the partners, so that it is not known whose cabinet receives the report",
                details.authority
            ),
            "enter the code of one of the authorities",
        ));
    }
    findings
}

fn comments(inputs: &ReportInputs<'_>) -> Option<Finding> {
    let comment = inputs.details().finance_comment.as_deref().unwrap_or_default();
    comment.trim().is_empty().then(|| {
        error(
            "finance_comment",
            "paragraph 7.1 has no comment of the section 151 officer",
            "ask for one (Local Government Act 1972, section 151)",
        )
    })
}

/// "Not applicable" under legal implications, though a key decision is taken.
fn legal(inputs: &ReportInputs<'_>) -> Option<Finding> {
    let details = inputs.details();
    if details.key_decision != Some(true) {
        return None;
    }
    let says = |words: &str| words.trim().to_lowercase().starts_with("not applicable");
    let words = details.words.get("7.4").is_some_and(|words| words.iter().any(|words| says(words)));
    let comment = details.legal_comment.as_deref().is_some_and(says);
    let answered = inputs.answers.considerations.as_ref().ok();
    let heading = answered.and_then(|outcome| outcome.heading("7.4")).is_some_and(|heading| !heading.applicable);
    (words || comment || heading).then(|| {
        error(
            "words.\"7.4\"",
            "legal implications are \"not applicable\" on a key decision",
            "say which powers the decision rests on and what it ends or begins",
        )
    })
}

/// Documents that the body cites and that are not listed among the background papers.
fn papers(inputs: &ReportInputs<'_>) -> Vec<Finding> {
    let papers = inputs.joint.all::<Paper>();
    let titles: Vec<String> = papers.iter().map(|paper| paper.title.clone()).collect();
    let unlisted = cited_papers(inputs.joint).into_iter().filter(|cited| !is_listed(&cited.document, &titles));
    unlisted
        .filter(|cited| !is_this_report(inputs, &cited.document))
        .map(|cited| {
            let finding = warning(
                "papers",
                format!(
                    "the report relies on \"{}\" (by {}), which is not among the background papers",
                    cited.document, cited.by
                ),
                "add it to the background papers ([[papers]], or the sheet of that name), or mark it there as a published work (SI 2012/2089 regs 2 and 15)",
            );
            Finding { place: Place { cell: Some("[[papers]]".into()), ..at("papers") }, ..finding }
        })
        .collect()
}

/// Whether a document is the report that is being written: it cannot be a background paper of itself.
fn is_this_report(inputs: &ReportInputs<'_>, document: &str) -> bool {
    let Some(meeting) = inputs.details().meeting else {
        return false;
    };
    let words = document.to_lowercase();
    let day = Value::Day(meeting).to_string().to_lowercase();
    words.contains("report") && words.contains(&inputs.body().to_lowercase()) && words.contains(&day)
}

/// What the analysis of impacts found wanting, an assessment signed after the decision among it
/// (Equality Act 2010, section 149: due regard comes before it).
fn impacts(inputs: &ReportInputs<'_>) -> Vec<Finding> {
    let finding = |severity: Severity, what: &str, hint: &str, sources: &[Source]| {
        let place = Place { file: "partnership.toml".into(), sheet: None, cell: Some("[[impacts]]".into()) };
        let by: Vec<String> = sources.iter().map(Source::to_string).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
        Finding { severity, place, what: format!("{}{by}", what.trim_end_matches('.')), hint: hint.to_owned() }
    };
    match &inputs.answers.impacts {
        Ok(outcome) => {
            outcome.findings.iter().map(|one| finding(one.severity, &one.what, &one.hint, &one.sources)).collect()
        }
        Err(missing) => vec![finding(
            Severity::Warning,
            &format!("no impact is analysed: the sheet asks for {}", SUBJECTS.join(", ")),
            &missing.to_string(),
            &[],
        )],
    }
}

/// The sections that the sheet repeats, by the sheet's field and the section's number.
const REPEATED: [(usize, &str); 4] = [(2, "1"), (3, "2"), (6, "8"), (7, "9")];

/// Sheet and sections that do not say the same.
pub(crate) fn sheet_and_sections(report: &Document) -> Vec<Finding> {
    let differing = REPEATED.iter().filter_map(|(field, section)| {
        let name = SHEET_FIELDS[*field];
        let sheet = sheet_field(report, name)?;
        let body = section_body(report, section);
        (plain(sheet) != plain(&body)).then(|| {
            let what = format!("the sheet's \"{name}\" and section {section} differ");
            error("words", what, "let both be printed from the same words")
        })
    });
    differing.collect()
}

fn sheet_field<'a>(report: &'a Document, name: &str) -> Option<&'a [Block]> {
    report.blocks.iter().find_map(|block| match block {
        Block::Fields { fields, .. } => {
            fields.iter().find(|(field, _)| field == name).map(|(_, blocks)| blocks.as_slice())
        }
        _ => None,
    })
}

fn section_body(report: &Document, section: &str) -> Vec<Block> {
    let is_section = |block: &&Block| matches!(block, Block::Heading { number: Some(number), .. } if number == section);
    let after = report.blocks.iter().skip_while(|block| !is_section(block)).skip(1);
    after.take_while(|block| !matches!(block, Block::Heading { .. } | Block::PageBreak)).cloned().collect()
}

/// The words of blocks without their numbers.
fn plain(blocks: &[Block]) -> Vec<String> {
    let words = |runs: &[Inline]| runs.iter().map(Inline::plain).collect::<String>();
    let mut said = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } | Block::Note { text, .. } => said.push(words(text)),
            Block::List { items, .. } => said.extend(items.iter().map(|item| words(item))),
            _ => {}
        }
    }
    said
}

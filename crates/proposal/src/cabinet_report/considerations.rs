//! Section 7, Other Relevant Considerations / Consultations: 7.1 to 7.7.

use penshaw_analyses::considerations::{HEADINGS, Heading, Statement};
use penshaw_documents::{Block, Inline, inlines};

use super::ReportInputs;
use super::said::{cited, headed, stopped};

/// The headings as the form writes them.
const TITLES: [&str; 7] = [
    "Financial Implications",
    "Risk Analysis",
    "Employee Implications",
    "Legal Implications",
    "Property Implications",
    "Implications for Other Services",
    "Project Management Methodology",
];

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::numbered_heading(3, "7", "Other Relevant Considerations / Consultations")];
    for ((number, subject, _), title) in HEADINGS.iter().zip(TITLES) {
        blocks.extend(consideration(inputs, number, subject, title));
    }
    blocks
}

/// One heading: officers' words, what the entries say, the comments that law or practice asks for.
fn consideration(inputs: &ReportInputs<'_>, number: &str, subject: &str, title: &str) -> Vec<Block> {
    let heading = inputs.answers.considerations.as_ref().ok().and_then(|outcome| outcome.heading(number));
    let mut paragraphs: Vec<Vec<Inline>> =
        inputs.details().words.get(number).into_iter().flatten().map(|own| inlines(stopped(own))).collect();
    paragraphs.extend(comment(inputs, subject));
    paragraphs.extend((subject == "financial").then(|| inlines(figures(inputs))));
    paragraphs.extend(heading.and_then(|heading| heading.reason.as_ref()).map(not_applicable));
    let mut statements = heading.map(|heading| heading.statements.as_slice()).unwrap_or_default();
    if let ([], [first, rest @ ..]) = (paragraphs.as_slice(), statements) {
        paragraphs.push(vec![cited(&first.text, &first.sources)]);
        statements = rest;
    }
    if paragraphs.is_empty() {
        paragraphs.push(inlines("Nothing is recorded under this heading."));
    }
    let mut paragraphs = paragraphs.into_iter();
    let mut blocks: Vec<Block> = paragraphs.next().map(|first| headed(number, title, first)).into_iter().collect();
    blocks.extend(paragraphs.map(Block::paragraph));
    if !statements.is_empty() {
        let items = statements.iter().map(|statement| vec![cited(&statement.text, &statement.sources)]);
        blocks.push(Block::List { ordered: false, items: items.collect() });
    }
    let silent = |heading: &&Heading| !(heading.statements.is_empty() && inputs.has_words(number));
    blocks.extend(heading.filter(|heading| !heading.missing.is_empty()).filter(silent).map(not_recorded));
    if subject == "legal" {
        let advice = "The statements of law above show where a question lies; the monitoring officer advises on it.";
        blocks.push(Block::note("Not legal advice", advice));
    }
    blocks
}

/// The comment of the officer whose duty the heading touches.
fn comment(inputs: &ReportInputs<'_>, subject: &str) -> Option<Vec<Inline>> {
    let (comment, whose) = match subject {
        "financial" => (&inputs.details().finance_comment, "section 151 officer"),
        "legal" => (&inputs.details().legal_comment, "monitoring officer"),
        _ => return None,
    };
    Some(match comment {
        Some(comment) => inlines(format!("Comment of the {whose}: {}", stopped(comment))),
        None => inlines(format!("No comment of the {whose} is recorded.")),
    })
}

/// Why a heading does not apply.
fn not_applicable(reason: &Statement) -> Vec<Inline> {
    vec![Inline::text("Not applicable: "), cited(&reason.text, &reason.sources)]
}

/// What is not recorded; said only where officers' own words do not stand in its place.
fn not_recorded(heading: &Heading) -> Block {
    Block::note("Not recorded", heading.missing.join(" "))
}

/// Where the figures stand, or that there are none.
fn figures(inputs: &ReportInputs<'_>) -> String {
    if super::money::has_figures(inputs) {
        "What each option costs and brings, to whom and in which year, stands in section 5 and in full in Annex A."
            .to_owned()
    } else {
        "No figures of costs and benefits were recorded, so that none are given here.".to_owned()
    }
}

//! What is handed to a committee system: the fields of a decision's page as such systems hold them, and the agenda entry.
//!
//! The fields are those that published decision pages of committee systems show, such as
//! <https://democracy.cambridge.gov.uk/ieDecisionDetails.aspx?ID=5623>. Everything here may be published: no figure that
//! the law does not ask for, and nothing of Part II, only that there is one and by which paragraphs.

use std::collections::BTreeSet;

use penshaw_analyses::decisions::DecisionStanding;
use penshaw_basis::Date;
use penshaw_documents::{Block, Cell, Column, Document, Row, Table};
use penshaw_register::{Authority, Decision, ExemptPart, Meeting, Notice, Paper, ReportDetails};
use serde::Serialize;

use crate::cabinet_report::is_background_paper;
use crate::cabinet_report::said::day;
use crate::exempt;

/// What a pack is made from.
#[derive(Clone, Copy, Debug)]
pub struct PackInputs<'a> {
    /// The authority that decides.
    pub authority: &'a Authority,
    /// Its decision.
    pub decision: &'a Decision,
    /// The meeting at which it decides.
    pub meeting: Option<&'a Meeting>,
    /// The notices that it published of it.
    pub notices: &'a [Notice],
    /// Where the decision stands by the clock.
    pub standing: Option<&'a DecisionStanding>,
    /// The last day on which agenda and reports may be opened to inspection.
    pub papers_by: Option<Date>,
    /// What the report says of itself, where the report is for this authority.
    pub report: Option<&'a ReportDetails>,
    /// The papers on which the report relies.
    pub papers: &'a [Paper],
    /// The parts of the report that are exempt.
    pub exempt: &'a [ExemptPart],
}

/// One field of a committee system's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackField {
    /// On which of its pages: the plan item, the agenda item or the decision.
    pub page: &'static str,
    /// Its name for machines.
    pub name: &'static str,
    /// Its name as such systems print it.
    pub label: &'static str,
    /// What to enter; empty where nothing is recorded.
    pub value: String,
}

const PLAN: &str = "Plan item";
const AGENDA: &str = "Agenda item";
const DECISION: &str = "Decision";

/// The fields in the order in which they are entered; one without a value is to be filled in by hand.
pub fn fields(inputs: &PackInputs<'_>) -> Vec<PackField> {
    let decision = inputs.decision;
    let maker = decision.decision_maker.clone();
    let field = |page, name, label, value: Option<String>| PackField {
        page,
        name,
        label,
        value: value.unwrap_or_default().trim().to_owned(),
    };
    let (from, to) = due(inputs);
    let standing = inputs.standing;
    let wards = decision.wards.map(|wards| if wards == 1 { "1 ward".into() } else { format!("{wards} wards") });
    vec![
        field(PLAN, "reference", "Reference", Some(decision.reference.clone())),
        field(PLAN, "title", "Issue title", Some(decision.title.clone())),
        field(PLAN, "purpose", "Purpose", Some(decision.matter.clone())),
        field(PLAN, "decision_maker", "Decision maker", maker.clone()),
        field(PLAN, "key_decision", "Is it a key decision?", yes_or_no(decision.key)),
        field(PLAN, "first_published", "Notice first published", first_published(inputs).map(day)),
        field(PLAN, "due_from", "Decision due", from.map(day)),
        field(PLAN, "due_to", "Decision due, to", to.map(day)),
        field(PLAN, "private", "Will it be taken in private?", Some(privacy(inputs))),
        field(PLAN, "private_reason", "Reason for that", public_interest(inputs).map(str::to_owned)),
        field(PLAN, "wards", "Wards affected", wards),
        field(PLAN, "lead_officer", "Lead officer", inputs.report.map(|report| report.author.clone())),
        field(
            PLAN,
            "scrutiny",
            "Scrutiny committee",
            inputs.report.and_then(|report| report.scrutiny_committee.clone()),
        ),
        field(
            PLAN,
            "representations",
            "Representations received",
            of_notices(inputs, |one| one.representations.as_ref()),
        ),
        field(PLAN, "documents", "Documents to be considered", Some(decision.documents.join("; "))),
        field(PLAN, "background_papers", "Background papers", Some(background_papers(inputs))),
        field(AGENDA, "committee", "Committee", inputs.meeting.map(|meeting| meeting.body.clone())),
        field(AGENDA, "meeting_date", "Meeting", meeting_day(inputs).map(day)),
        field(AGENDA, "meeting_time", "Time", inputs.meeting.and_then(|meeting| meeting.time.clone())),
        field(AGENDA, "meeting_place", "Venue", inputs.meeting.and_then(|meeting| meeting.place.clone())),
        field(AGENDA, "agenda_title", "Agenda item title", Some(title(inputs))),
        field(AGENDA, "agenda_text", "Agenda item text", Some(agenda_text(inputs))),
        field(AGENDA, "restriction", "Restriction", Some(restriction(inputs))),
        field(AGENDA, "papers_by", "Agenda and reports open to inspection by", inputs.papers_by.map(day)),
        field(DECISION, "status", "Decision status", standing.map(|standing| standing.state.to_string())),
        field(DECISION, "decided_on", "Date of decision", decision.decided_on.map(day)),
        field(DECISION, "decision", "Decision", decision.resolution.clone()),
        field(DECISION, "reasons", "Reasons for the decision", decision.reasons.clone()),
        field(DECISION, "alternatives", "Alternative options considered", decision.alternatives.clone()),
        field(DECISION, "interests", "Conflicts of interest declared", decision.conflicts.clone()),
        field(DECISION, "dispensations", "Dispensations granted", decision.dispensations.clone()),
        field(DECISION, "published", "Publication date", decision.statement_published.map(day)),
        field(DECISION, "call_in", "Is it subject to call-in?", call_in(inputs)),
        field(DECISION, "call_in_ends", "Call-in ends", standing.and_then(|standing| standing.call_in_ends).map(day)),
        field(DECISION, "effective", "Effective from", standing.and_then(|standing| standing.effective).map(day)),
    ]
}

/// The item as the agenda prints it.
pub fn agenda_entry(inputs: &PackInputs<'_>) -> Document {
    let mut table = Table::new("agenda-entry", "The item on the agenda", ["What", "Words"].map(Column::words).to_vec());
    let rows = fields(inputs).into_iter().filter(|field| field.page == AGENDA && !field.value.is_empty());
    rows.for_each(|field| table.push(Row::body(vec![Cell::words(field.label), Cell::words(field.value)])));
    let mut blocks = vec![Block::heading(2, title(inputs)), Block::words(agenda_text(inputs))];
    if !exempt(inputs).is_empty() {
        blocks.push(Block::note("Exclusion of the public", exclusion(inputs)));
    }
    blocks.push(Block::Table(table));
    Document {
        title: format!("Agenda entry: {}", title(inputs)),
        author: inputs.authority.name.clone(),
        occasion: meeting_day(inputs).map_or_else(String::new, |on| format!("{}, {}", body(inputs), day(on))),
        blocks,
        ..Document::default()
    }
}

/// The fields as a table, for a person who copies them over.
pub fn sheet(fields: &[PackField]) -> Table {
    let columns = ["Page", "Field", "Value"].map(Column::words).to_vec();
    let mut table = Table::new("committee-fields", "Fields of the committee system", columns);
    for field in fields {
        table.push(Row::body([field.page, field.label, &field.value].map(Cell::words).to_vec()));
    }
    table
}

fn yes_or_no(answer: Option<bool>) -> Option<String> {
    answer.map(|answer| if answer { "Yes" } else { "No" }.to_owned())
}

fn title(inputs: &PackInputs<'_>) -> String {
    let report = inputs.report.map(|report| report.title.trim()).filter(|title| !title.is_empty());
    report.unwrap_or(&inputs.decision.title).to_owned()
}

fn body<'a>(inputs: &PackInputs<'a>) -> &'a str {
    inputs.meeting.map_or("Cabinet", |meeting| meeting.body.as_str())
}

fn meeting_day(inputs: &PackInputs<'_>) -> Option<Date> {
    inputs.meeting.and_then(|meeting| if meeting.standing == "moved" { meeting.moved_to } else { meeting.date })
}

fn agenda_text(inputs: &PackInputs<'_>) -> String {
    let post = inputs.report.map(|report| report.author.trim()).filter(|post| !post.is_empty());
    let part = if exempt(inputs).is_empty() { "" } else { " (Part I; Part II is not for publication)" };
    match post {
        Some(post) => format!("Report of the {post}{part} (copy attached)."),
        None => format!("Report{part} (copy attached)."),
    }
}

fn exempt(inputs: &PackInputs<'_>) -> Vec<String> {
    let own = inputs.decision.exempt_paragraphs.iter().map(|one| one.trim().to_owned());
    let all: BTreeSet<String> = own.chain(exempt::numbers(inputs.exempt)).collect();
    all.into_iter().collect()
}

/// Why the public interest in keeping it exempt outweighs that in disclosing it.
fn public_interest<'a>(inputs: &PackInputs<'a>) -> Option<&'a str> {
    let of_report = || inputs.exempt.first().map(|part| part.public_interest.as_str());
    inputs.decision.public_interest.as_deref().or_else(of_report)
}

fn restriction(inputs: &PackInputs<'_>) -> String {
    match exempt(inputs).as_slice() {
        [] => "Open".into(),
        paragraphs => format!("Part exempt: {} of Part 1 of schedule 12A", numbered(paragraphs)),
    }
}

fn privacy(inputs: &PackInputs<'_>) -> String {
    match exempt(inputs).as_slice() {
        [] => "No: open".into(),
        paragraphs => format!("Part exempt: {}", numbered(paragraphs)),
    }
}

fn numbered(paragraphs: &[String]) -> String {
    let word = if paragraphs.len() == 1 { "paragraph" } else { "paragraphs" };
    format!("{word} {}", paragraphs.join(" and "))
}

/// The resolution by which the public is excluded (SI 2012/2089 reg. 4; Local Government Act 1972, section 100A(4)).
fn exclusion(inputs: &PackInputs<'_>) -> String {
    let why = public_interest(inputs).unwrap_or_default().trim().trim_end_matches('.');
    let why = if why.is_empty() { String::new() } else { format!(" The public interest: {why}.") };
    format!(
        "To resolve that the public be excluded while Part II is considered, since it is likely that exempt information \
         under {} of Part 1 of schedule 12A to the Local Government Act 1972 would be disclosed.{why}",
        numbered(&exempt(inputs))
    )
}

fn key_notices<'a>(inputs: &PackInputs<'a>) -> impl Iterator<Item = &'a Notice> {
    inputs.notices.iter().filter(|notice| notice.of == "key decision")
}

fn first_published(inputs: &PackInputs<'_>) -> Option<Date> {
    key_notices(inputs).filter_map(|notice| notice.published).min()
}

/// The day or the period of the newest notice; else the day of the meeting.
fn due(inputs: &PackInputs<'_>) -> (Option<Date>, Option<Date>) {
    let newest = key_notices(inputs).max_by_key(|notice| notice.published);
    newest.map_or((meeting_day(inputs), None), |notice| (notice.from.or(meeting_day(inputs)), notice.to))
}

fn of_notices(inputs: &PackInputs<'_>, words: impl Fn(&Notice) -> Option<&String>) -> Option<String> {
    inputs.notices.iter().filter_map(words).next_back().cloned()
}

fn background_papers(inputs: &PackInputs<'_>) -> String {
    let papers = inputs.papers.iter().filter(|paper| is_background_paper(paper)).filter(|_| inputs.report.is_some());
    papers.map(|paper| paper.title.as_str()).collect::<Vec<_>>().join("; ")
}

fn call_in(inputs: &PackInputs<'_>) -> Option<String> {
    match (&inputs.decision.call_in_waived, inputs.standing?.call_in_ends) {
        (Some(waived), _) => Some(format!("No: {}", waived.trim())),
        (None, Some(_)) => Some("Yes".into()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn authority() -> Authority {
        Authority { code: "SCC".into(), name: "Sunderland City Council".into(), ..Authority::default() }
    }

    fn decision() -> Decision {
        serde_json::from_value(
            json!({ "reference": "D2", "title": "Shared ICT", "matter": "Whether to go on", "key": true,
            "decision_maker": "Cabinet", "expenditure": 123_456_700, "key_reason": "internal words", "wards": 25,
            "exempt_paragraphs": ["3"], "public_interest": "Prices are under negotiation." }),
        )
        .unwrap()
    }

    fn value(fields: &[PackField], name: &str) -> String {
        fields.iter().find(|field| field.name == name).unwrap().value.clone()
    }

    #[test]
    fn the_fields_say_what_the_page_of_a_decision_asks_and_nothing_that_the_law_does_not() {
        let notice = |published: &str, from: &str| -> Notice {
            serde_json::from_value(json!({ "reference": "N", "decision": "D2", "of": "key decision", "published": published, "from": from }))
                .unwrap()
        };
        let notices = [notice("2014-05-20", "2014-06-18"), notice("2014-05-27", "2014-06-25")];
        let meeting: Meeting = serde_json::from_value(
            json!({ "reference": "M1", "body": "Cabinet", "date": "2014-06-18", "standing": "moved", "moved_to": "2014-06-25" }),
        )
        .unwrap();
        let report = ReportDetails { author: "Assistant Chief Executive".into(), ..ReportDetails::default() };
        let inputs = PackInputs {
            authority: &authority(),
            decision: &decision(),
            meeting: Some(&meeting),
            notices: &notices,
            standing: None,
            papers_by: None,
            report: Some(&report),
            papers: &[],
            exempt: &[serde_json::from_value(json!({ "reference": "EX1", "part": "7.3", "paragraphs": ["4", "3"],
                "public_interest": "Talks go on" }))
            .unwrap()],
        };
        let fields = fields(&inputs);
        assert_eq!(value(&fields, "first_published"), "20 May 2014");
        assert_eq!(value(&fields, "due_from"), "25 June 2014");
        assert_eq!(value(&fields, "meeting_date"), "25 June 2014");
        assert_eq!(value(&fields, "wards"), "25 wards");
        assert_eq!(value(&fields, "restriction"), "Part exempt: paragraphs 3 and 4 of Part 1 of schedule 12A");
        assert_eq!(
            value(&fields, "agenda_text"),
            "Report of the Assistant Chief Executive (Part I; Part II is not for publication) (copy attached)."
        );
        let all = serde_json::to_string(&fields).unwrap();
        assert!(!all.contains("1,234,567") && !all.contains("internal words"), "{all}");
        let entry = serde_json::to_string(&agenda_entry(&inputs)).unwrap();
        assert!(entry.contains("that the public be excluded") && entry.contains("Prices are under negotiation"));
    }

    #[test]
    fn an_open_report_asks_for_no_exclusion() {
        let decision = Decision { exempt_paragraphs: Vec::new(), ..decision() };
        let inputs = PackInputs {
            authority: &authority(),
            decision: &decision,
            meeting: None,
            notices: &[],
            standing: None,
            papers_by: None,
            report: None,
            papers: &[],
            exempt: &[],
        };
        assert_eq!(value(&fields(&inputs), "restriction"), "Open");
        assert_eq!(value(&fields(&inputs), "lead_officer"), "");
        assert!(!serde_json::to_string(&agenda_entry(&inputs)).unwrap().contains("excluded"));
    }
}

//! What an authority publishes of a decision: the notice before it, the report to it and the statement after it, as blocks.
//!
//! Notice and statement are made from the fields that regulations ask to be published, and from nothing else: no field
//! that is not named here can reach a public page. Of a report the public reads Part I ([`crate::exempt`]). What is exempt
//! is said to be so, by its paragraphs, and never shown.

use penshaw_analyses::decisions::{missing_in_notice, missing_in_statement};
use penshaw_basis::Date;
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use penshaw_register::{Authority, Decision, NOTICES, Notice};
use serde::{Deserialize, Serialize};

/// What lists and feeds say of a publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicFacts {
    /// The authority's name.
    pub authority: String,
    /// What it is, such as "Notice of a key decision".
    pub what: String,
    /// The matter, in one sentence.
    pub matter: String,
    /// Who decides or decided.
    pub decision_maker: Option<String>,
    /// Whether it is about a key decision.
    pub key: Option<bool>,
    /// The day on which it is to be decided, or was.
    pub day: Option<Date>,
    /// The last day of the period in which it is to be decided.
    pub until: Option<Date>,
    /// The authority's reference of the decision.
    pub decision: String,
}

/// What is published: its facts and its blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicRecord {
    /// The title.
    pub title: String,
    /// What lists and feeds say of it.
    pub facts: PublicFacts,
    /// The page.
    pub document: Document,
}

/// The notice of a decision, with everything that it must state.
///
/// # Errors
/// Everything that it must state and does not.
pub fn notice(authority: &Authority, decision: &Decision, notice: &Notice) -> Result<PublicRecord, Vec<String>> {
    let missing = missing_in_notice(decision, notice);
    if !missing.is_empty() {
        return Err(missing);
    }
    let matter = notice.matter.clone().unwrap_or_else(|| decision.matter.clone());
    let facts = PublicFacts {
        authority: authority.name.clone(),
        what: notice_of(&notice.of).to_owned(),
        matter: matter.clone(),
        decision_maker: notice.decision_maker.clone().or_else(|| decision.decision_maker.clone()),
        key: (notice.of == NOTICES[0]).then_some(true),
        day: notice.from,
        until: notice.to,
        decision: decision.reference.clone(),
    };
    let title = format!("{}: {}", facts.what, decision.title);
    let document = document(authority, &title, notice_blocks(decision, notice, &facts));
    Ok(PublicRecord { title, facts, document })
}

/// What a notice is called.
fn notice_of(of: &str) -> &'static str {
    match of {
        "private meeting, first" => "First notice of a private meeting",
        "private meeting, second" => "Second notice of a private meeting",
        "general exception" => "Notice of a decision by the general exception",
        "reasons for urgency" => "Reasons for an urgent decision",
        _ => "Notice of a key decision",
    }
}

fn notice_blocks(decision: &Decision, notice: &Notice, facts: &PublicFacts) -> Vec<Block> {
    let key = (notice.states_key == Some(true)).then_some("A key decision is to be made on behalf of the authority.");
    let further = (notice.further_documents == Some(true))
        .then(|| "Other documents relevant to the matter may be submitted to the decision maker.".to_owned());
    let mut rows = Rows::default();
    rows.add("Matter", Some(facts.matter.clone()));
    rows.add("Decision maker", facts.decision_maker.clone());
    rows.add("Members", listed(&notice.members));
    rows.add("To be decided", period(notice.from, notice.to));
    rows.add("Documents submitted", listed(&notice.documents));
    rows.add("Further documents", further);
    rows.add("Copies and extracts from", notice.copies_from.clone());
    rows.add("To ask for documents", notice.requests.clone());
    rows.add("Reasons", notice.reasons.clone());
    rows.add("Representations received", notice.representations.clone());
    rows.add("Answer to representations", notice.response.clone());
    rows.add("Agreed by", notice.agreed_by.clone());
    rows.add("Agreement", notice.agreed_text.clone());
    rows.add("Scrutiny informed", notice.informed.clone());
    let mut blocks: Vec<Block> = key.map(Block::words).into_iter().collect();
    blocks.push(Block::Table(rows.table("notice", facts.what.clone())));
    blocks.extend(exempt(decision));
    blocks
}

/// The report on which a decision is made: `open` is all of it, or Part I where a part is exempt
/// (SI 2012/2089 regs 7 and 14 to 16).
pub fn report(
    authority: &Authority,
    decision: &Decision,
    open: Document,
    meeting: Option<Date>,
    has_exempt_part: bool,
) -> PublicRecord {
    let what = if has_exempt_part { "Report, Part I" } else { "Report" };
    let facts = PublicFacts {
        authority: authority.name.clone(),
        what: what.into(),
        matter: decision.matter.clone(),
        decision_maker: decision.decision_maker.clone(),
        key: decision.key,
        day: meeting,
        until: None,
        decision: decision.reference.clone(),
    };
    PublicRecord { title: format!("{what}: {}", open.title), facts, document: open }
}

/// The statement of a decision (SI 2012/2089 regs 12 and 13).
///
/// # Errors
/// Everything that it must state and does not.
pub fn statement(authority: &Authority, decision: &Decision) -> Result<PublicRecord, Vec<String>> {
    let lacks = missing_in_statement(decision);
    if !lacks.is_empty() {
        return Err(lacks);
    }
    let mut rows = Rows::default();
    rows.add("Matter", Some(decision.matter.clone()));
    rows.add("Decision maker", decision.decision_maker.clone());
    rows.add("Key decision", decision.key.map(|key| if key { "Yes" } else { "No" }.to_owned()));
    rows.add("Date of the decision", decision.decided_on.map(|day| Value::Day(day).to_string()));
    rows.add("Outcome", decision.outcome.clone());
    rows.add("Decision", decision.resolution.clone());
    rows.add("Reasons", decision.reasons.clone());
    rows.add("Alternatives considered and rejected", decision.alternatives.clone());
    rows.add("Conflicts of interest declared", decision.conflicts.clone());
    rows.add("Dispensations granted", decision.dispensations.clone());
    rows.add("Documents considered", listed(&decision.documents));
    rows.add("Call-in waived", decision.call_in_waived.clone());
    let title = format!("Decision: {}", decision.title);
    let facts = PublicFacts {
        authority: authority.name.clone(),
        what: "Statement of a decision".into(),
        matter: decision.matter.clone(),
        decision_maker: decision.decision_maker.clone(),
        key: decision.key,
        day: decision.decided_on,
        until: None,
        decision: decision.reference.clone(),
    };
    let mut blocks = vec![Block::Table(rows.table("statement", "Statement of the decision".into()))];
    blocks.extend(exempt(decision));
    let document = document(authority, &title, blocks);
    Ok(PublicRecord { title, facts, document })
}

/// That a part is not for publication, by which paragraphs and why: and nothing of what it holds.
fn exempt(decision: &Decision) -> Vec<Block> {
    if decision.exempt_paragraphs.is_empty() {
        return Vec::new();
    }
    let why = decision.public_interest.clone().unwrap_or_default();
    vec![Block::note(
        "Not for publication in part",
        format!(
            "A part of the report is exempt under paragraph {} of Part 1 of schedule 12A to the Local Government Act 1972. {why}",
            decision.exempt_paragraphs.join(" and ")
        ),
    )]
}

fn document(authority: &Authority, title: &str, blocks: Vec<Block>) -> Document {
    Document { title: title.to_owned(), author: authority.name.clone(), blocks, ..Document::default() }
}

fn period(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let from = Value::Day(from?);
    Some(match to {
        Some(to) => format!("Between {from} and {}", Value::Day(to)),
        None => from.to_string(),
    })
}

fn listed(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.join("; "))
}

/// Rows of what and words, those without words left out.
#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn add(&mut self, what: &str, words: Option<String>) {
        if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
            self.0.push(Row::body(vec![Cell::words(what), Cell::words(words)]));
        }
    }

    fn table(self, id: &str, caption: String) -> Table {
        let mut table = Table::new(id, caption, vec![Column::words("What"), Column::words("Statement")]);
        self.0.into_iter().for_each(|row| table.push(row));
        table
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn decision(more: Json) -> Decision {
        let mut all = json!({ "reference": "D2", "title": "Shared ICT", "matter": "Whether to go on", "exempt_paragraphs": ["3"],
            "public_interest": "Prices are under negotiation", "expenditure": 123_456_700, "key_reason": "hidden reason" });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    fn authority() -> Authority {
        Authority { code: "SCC".into(), name: "Sunderland City Council".into(), ..Authority::default() }
    }

    #[test]
    fn a_notice_that_lacks_what_it_must_state_is_refused_with_all_of_it() {
        let bare: Notice = serde_json::from_value(
            json!({ "reference": "N1", "decision": "D2", "of": "key decision", "published": "2014-05-20" }),
        )
        .unwrap();
        assert_eq!(notice(&authority(), &decision(json!({})), &bare).unwrap_err().len(), 9);
    }

    #[test]
    fn a_statement_says_what_is_exempt_and_shows_nothing_that_is_not_asked_for() {
        let made =
            decision(json!({ "outcome": "agreed", "decided_on": "2014-06-18", "resolution": "That it be closed down",
            "reasons": "Fit", "alternatives": "To go on", "conflicts": "None", "dispensations": "None" }));
        let record = statement(&authority(), &made).unwrap();
        let text = serde_json::to_string(&record.document).unwrap();
        assert!(text.contains("paragraph 3 of Part 1") && text.contains("That it be closed down"), "{text}");
        assert!(!text.contains("1,234,567") && !text.contains("hidden reason"), "{text}");
        assert_eq!(statement(&authority(), &decision(json!({}))).unwrap_err().len(), 7);
    }
}

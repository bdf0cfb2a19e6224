//! Notices of a key decision: what they must state, and from which of them the clock runs (SI 2012/2089 reg. 9).

use penshaw_basis::{Date, Time};
use penshaw_register::{Decision, Notice};

use super::outcome::AccessLaw;
use crate::owned::Owned;

/// Something that a notice must state: the regulation's letter, what it is, and the test that it is there.
type Stated = (&'static str, &'static str, fn(&Notice) -> bool);

/// What a notice of a key decision must state, each with the regulation's letter and the test that it is there.
const FIELDS: [Stated; 8] = [
    ("(a)", "that a key decision is to be made on behalf of the authority", |notice| notice.states_key == Some(true)),
    ("(b)", "the matter", |notice| said(&notice.matter)),
    ("(c)", "the decision maker", |notice| said(&notice.decision_maker)),
    ("(d)", "the day, or the period within which it is to be made", |notice| notice.from.is_some()),
    ("(e)", "the documents submitted to the decision maker", |notice| !notice.documents.is_empty()),
    ("(f)", "the address from which copies can be had", |notice| said(&notice.copies_from)),
    ("(g)", "that other documents may be submitted", |notice| notice.further_documents == Some(true)),
    ("(h)", "how to ask for those documents", |notice| said(&notice.requests)),
];

fn said(words: &Option<String>) -> bool {
    words.as_deref().is_some_and(|words| !words.trim().is_empty())
}

/// What a notice of its sort must state and does not: all of it.
pub fn missing_in_notice(decision: &Decision, notice: &Notice) -> Vec<String> {
    match notice.of.as_str() {
        "key decision" => missing_fields(decision, notice),
        "private meeting, first" => missing(&[(said(&notice.reasons), "the reasons for meeting in private")]),
        "private meeting, second" => missing(&[
            (said(&notice.reasons), "the reasons for meeting in private"),
            (said(&notice.representations), "what was received against it, or that nothing was"),
            (said(&notice.response), "the answer to that"),
        ]),
        _ => missing(&[(said(&notice.reasons), "the reasons why notice was impracticable")]),
    }
}

/// What the statement of a decision must say and does not (SI 2012/2089 regs 12 and 13). Under Part VA of the Local
/// Government Act 1972 there are minutes and no statement: then only without which nothing would be told.
pub fn missing_in_statement(decision: &Decision) -> Vec<String> {
    let mut lacks = missing(&[
        (said(&decision.outcome), "what became of it"),
        (decision.decided_on.is_some(), "the day on which it was made"),
        (said(&decision.resolution), "what was resolved"),
    ]);
    if AccessLaw::of(decision.taken_by.as_deref()) == AccessLaw::ExecutiveArrangements {
        lacks.extend(missing_of_the_executive(decision));
    }
    lacks
}

fn missing_of_the_executive(decision: &Decision) -> Vec<String> {
    missing(&[
        (said(&decision.reasons), "the reasons"),
        (said(&decision.alternatives), "the alternatives that were considered and rejected"),
        (said(&decision.conflicts), "conflicts of interest that were declared, or that there were none"),
        (said(&decision.dispensations), "dispensations of the head of paid service, or that there were none"),
    ])
}

/// Those of several things that are not there.
fn missing(all: &[(bool, &str)]) -> Vec<String> {
    all.iter().filter(|(is_there, _)| !is_there).map(|(_, what)| (*what).to_owned()).collect()
}

/// What a notice of a key decision does not state and must, in the order of the regulation. Where a body decides, its
/// members are part of (c).
fn missing_fields(decision: &Decision, notice: &Notice) -> Vec<String> {
    let missing = FIELDS.iter().filter(|(_, _, is_there)| !is_there(notice));
    let mut missing: Vec<String> = missing.map(|(letter, what, _)| format!("{letter} {what}")).collect();
    let one_person = matches!(decision.taken_by.as_deref(), Some("individual member" | "officer"));
    if !one_person && notice.members.is_empty() {
        missing.push("(c) the members of the body that decides".into());
        missing.sort();
    }
    missing
}

/// From which notice the clock of a decision runs.
#[derive(Clone, Debug)]
pub(super) struct Start<'a> {
    /// The notice.
    pub(super) notice: &'a Owned<Notice>,
    /// Why an earlier notice does not count, where there was one.
    pub(super) restarted: Option<String>,
}

/// The first notice that states all eight and of which nothing material was changed by a later one.
///
/// A later notice changes the matter, the decision maker, or brings the decision forward: then the clock starts with
/// it. A later day changes nothing, since 28 days are the least and there is no most.
pub(super) fn start<'a>(decision: &Decision, notices: &[&'a Owned<Notice>]) -> Option<Start<'a>> {
    let mut start: Option<Start<'a>> = None;
    for notice in notices {
        let complete = missing_fields(decision, &notice.entry).is_empty();
        let changed = start.as_ref().and_then(|start| material_change(&start.notice.entry, &notice.entry));
        match (&start, changed) {
            (None, _) if complete => start = Some(Start { notice, restarted: None }),
            (Some(_), Some(what)) if complete => start = Some(Start { notice, restarted: Some(what) }),
            // What was announced was changed by a notice that does not count: nothing that counts says what stands.
            (Some(_), Some(_)) => start = None,
            _ => {}
        }
    }
    start
}

/// What a later notice changes of an earlier one, so that readers of the earlier one were told something else.
fn material_change(earlier: &Notice, later: &Notice) -> Option<String> {
    let differs = |one: &Option<String>, other: &Option<String>| said(other) && plain(one) != plain(other);
    let forward = later.from.zip(earlier.from).is_some_and(|(later, earlier)| later < earlier);
    let what = [
        (differs(&earlier.matter, &later.matter), "the matter"),
        (differs(&earlier.decision_maker, &later.decision_maker), "the decision maker"),
        (forward, "the day, which was brought forward"),
    ];
    let changed: Vec<&str> = what.iter().filter(|(changed, _)| *changed).map(|(_, what)| *what).collect();
    (!changed.is_empty()).then(|| changed.join(" and "))
}

/// Words without what does not matter: case and spaces.
fn plain(words: &Option<String>) -> String {
    let words = words.as_deref().unwrap_or("").to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day and time of a publication.
pub(super) fn published(notice: &Notice) -> Option<(Date, Option<Time>)> {
    let at = notice.published_at.as_deref().and_then(|time| time.parse().ok());
    notice.published.map(|day| (day, at))
}

//! Prints how long the statutory days of many decisions take: `clock_rate [DECISIONS]`, JSON on stdout.

use std::time::Instant;

use penshaw_analyses::Named;
use penshaw_analyses::decisions::{Input, RuleBook, answered};
use penshaw_basis::{Basis, Date};
use serde_json::{Value, json};

const FIRST: Date = Date::constant(2014, 1, 6);
const ON: Date = Date::constant(2026, 4, 1);
/// Weeks over which meetings are spread: ten years.
const WEEKS: usize = 520;
const COUNCILS: [&str; 4] =
    ["Darlington Borough Council", "Durham County Council", "Sunderland City Council", "London Borough of Hackney"];

fn day(after: Date, days: i64) -> Date {
    after.saturating_add(jiff::Span::new().days(days))
}

/// A decision with its meeting, its notice and, every eighth time, a call-in.
fn decision(place: usize) -> [Value; 4] {
    let owner = format!("X{}", place % COUNCILS.len());
    let meeting = day(FIRST, (place % WEEKS) as i64 * 7 + 2);
    let owned = |entry: Value| json!({ "owner": owner, "entry": entry });
    let reference = format!("D{place}");
    [
        owned(json!({ "reference": format!("M{place}"), "body": "Cabinet", "date": meeting, "standing": "held",
            "notice_published": day(meeting, -9), "agenda_published": day(meeting, -9) })),
        owned(json!({ "reference": reference, "title": "Shared service", "matter": "Whether to share", "key": true,
            "meeting": format!("M{place}"), "proposal": format!("Proposal {}", place / COUNCILS.len()),
            "outcome": "agreed", "decided_on": meeting, "resolution": "That it be shared", "reasons": "Cost",
            "alternatives": "None", "conflicts": "None", "dispensations": "None", "statement_published": day(meeting, 2) })),
        owned(json!({ "reference": format!("N{place}"), "decision": reference, "of": "key decision",
            "published": day(meeting, -30), "states_key": true, "matter": "Shared service", "decision_maker": "Cabinet", "members": ["The Leader"],
            "from": meeting, "documents": ["Report"], "copies_from": "Town hall", "further_documents": true, "requests": "Write" })),
        owned(
            json!({ "reference": format!("C{place}"), "decision": reference, "requested_on": day(meeting, 5), "members": 6,
            "heard_on": day(meeting, 12), "outcome": "no action" }),
        ),
    ]
}

/// The days alone: before each meeting, after each notice and after each decision.
fn clocks(input: &Input, book: &RuleBook) -> usize {
    let name = |owner: &str| input.partners.iter().find(|one| one.code == owner).map_or("", |one| one.name.as_str());
    let meetings = input.meetings.iter().filter_map(|one| {
        let day = one.entry.date?;
        book.of(name(&one.owner), day).ok()?.before_meeting(day).ok()
    });
    let notices = input.notices.iter().filter_map(|one| {
        let day = one.entry.published?;
        book.of(name(&one.owner), day).ok()?.after_notice(day, None).ok()
    });
    let decisions = input.decisions.iter().filter_map(|one| {
        let day = one.entry.statement_published?;
        book.of(name(&one.owner), day).ok()?.after_decision(day, None).ok()
    });
    meetings.count() + notices.count() + decisions.count()
}

fn main() {
    let decisions: usize = std::env::args().nth(1).map_or(10_000, |text| text.parse().expect("a whole number"));
    let names = COUNCILS.iter().enumerate();
    let partners: Vec<Named> = names.map(|(place, name)| Named::new(format!("X{place}"), *name)).collect();
    let mut all: [Vec<Value>; 4] = Default::default();
    for place in 0..decisions {
        let made = decision(place).into_iter().enumerate();
        made.filter(|(kind, _)| *kind < 3 || place % 8 == 0).for_each(|(kind, entry)| all[kind].push(entry));
    }
    let [meetings, decided, notices, call_ins] = all;
    let input: Input = serde_json::from_value(json!({ "on": ON, "partners": partners, "meetings": meetings,
        "decisions": decided, "notices": notices, "call_ins": call_ins }))
    .expect("an input");
    let begun = Instant::now();
    let book = RuleBook::read(&Basis::standard()).expect("the rules are read");
    let read = begun.elapsed().as_secs_f64();
    let outcome = answered(&input, &book);
    let seconds = begun.elapsed().as_secs_f64() - read;
    let begun = Instant::now();
    let clocks = clocks(&input, &book);
    let counting = begun.elapsed().as_secs_f64();
    let stopped = outcome.decisions.iter().filter(|one| one.effective.is_none()).count();
    let steps: usize = outcome.decisions.iter().map(|one| one.steps.len()).sum();
    println!(
        "{}",
        json!({ "decisions": outcome.decisions.len(), "proposals": outcome.proposals.len(), "steps": steps,
            "without_effect": stopped, "rules_read": read, "seconds": seconds, "clocks": clocks,
            "counting": counting })
    );
}

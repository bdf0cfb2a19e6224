//! The statutory days before a meeting, after a notice and after a publication, on their own.

use std::sync::Arc;

use penshaw_analyses::decisions::{AfterDecision, AfterNotice, BeforeMeeting, NoRules, RuleBook, Rules};
use penshaw_basis::{Basis, CannotCount, Date, Time};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use serde_json::json;

use crate::{Answer, Refusal};

/// What the clock is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockAsked {
    /// What must be out by when before a meeting on a day.
    Meeting(Date),
    /// From when may be decided after a notice of a day, and a time of it.
    Notice(Date, Option<Time>),
    /// When a decision that was published on a day takes effect.
    Published(Date, Option<Time>),
}

impl ClockAsked {
    fn day(self) -> Date {
        match self {
            ClockAsked::Meeting(day) | ClockAsked::Notice(day, _) | ClockAsked::Published(day, _) => day,
        }
    }
}

/// Works out the statutory days: by the constitution of an authority, or by the common readings, which it then says.
///
/// # Errors
/// If no constitution of that name is recorded, or bank holidays are not known that far.
pub fn clock_dates(asked: ClockAsked, authority: Option<&str>) -> Result<Answer, Refusal> {
    let basis = Basis::standard();
    let rules = rules(&basis, asked.day(), authority).map_err(|problem| not_now(&problem.to_string()))?;
    match asked {
        ClockAsked::Meeting(day) if day < rules.notices_in_force => Err(not_now(&format!(
            "the regulations that ask for these notices are in force from {}",
            Value::Day(rules.notices_in_force)
        ))),
        ClockAsked::Meeting(day) => Ok(before(&rules, counted(rules.before_meeting(day))?)),
        ClockAsked::Notice(day, at) => Ok(noticed(&rules, counted(rules.after_notice(day, at))?)),
        ClockAsked::Published(day, at) => Ok(after(&rules, counted(rules.after_decision(day, at))?)),
    }
}

fn rules(basis: &Basis, on: Date, authority: Option<&str>) -> Result<Arc<Rules>, NoRules> {
    let book = RuleBook::read(basis)?;
    match authority {
        Some(name) => book.meant(name, on),
        None => book.common(on),
    }
}

fn counted<T>(days: Result<T, CannotCount>) -> Result<T, Refusal> {
    days.map_err(|problem| not_now(&problem.to_string()))
}

fn not_now(what: &str) -> Refusal {
    Refusal::NotNow { what: what.to_owned(), hint: "correct the day or the name".into() }
}

fn before(rules: &Rules, clock: BeforeMeeting) -> Answer {
    let [first, second] = clock.private_meeting_notices_by;
    let notice = clock.key_decision_notice_by;
    let rows = [
        ("Notice of a key decision, in calendar days", notice.calendar, "SI 2012/2089 reg. 9"),
        ("Notice of a key decision, in working days: the cautious reading", notice.working, "SI 2012/2089 reg. 9"),
        ("First notice of a private meeting", first, "SI 2012/2089 reg. 5(2)"),
        ("Second notice of a private meeting", second, "SI 2012/2089 reg. 5(4)"),
        ("Notice of the meeting, agenda and reports", clock.papers_by, "SI 2012/2089 regs 6 and 7"),
        ("Notice of the general exception", clock.general_exception_notice_by, "SI 2012/2089 reg. 10"),
    ];
    let value = json!({
        "basis": rules.whose.words(),
        "meeting": clock.meeting,
        "key_decision_notice_by": notice,
        "papers_by": clock.papers_by,
        "private_meeting_notices_by": clock.private_meeting_notices_by,
        "general_exception_notice_by": clock.general_exception_notice_by,
    });
    answer(rules, &format!("Before a meeting on {}", Value::Day(clock.meeting)), "By", &rows, value)
}

fn noticed(rules: &Rules, clock: AfterNotice) -> Answer {
    let from = clock.key_decision_from;
    let rows = [
        ("A key decision, in calendar days", from.calendar, "SI 2012/2089 reg. 9"),
        ("A key decision, in working days: the cautious reading", from.working, "SI 2012/2089 reg. 9"),
        ("By the general exception", clock.general_exception_from, "SI 2012/2089 reg. 10"),
    ];
    let value = json!({
        "basis": rules.whose.words(),
        "notice": clock.notice,
        "key_decision_from": from,
        "general_exception_from": clock.general_exception_from,
    });
    answer(rules, &format!("After a notice of {}", Value::Day(clock.notice)), "From", &rows, value)
}

fn after(rules: &Rules, clock: AfterDecision) -> Answer {
    let rows = [
        ("Call-in ends", clock.call_in_ends, "the constitution"),
        ("The decision takes effect if it is not called in", clock.effective, "the constitution"),
    ];
    let value = json!({
        "basis": rules.whose.words(),
        "published": clock.published,
        "call_in_ends": clock.call_in_ends,
        "effective": clock.effective,
    });
    answer(rules, &format!("After publication on {}", Value::Day(clock.published)), "Day", &rows, value)
}

fn answer(rules: &Rules, title: &str, day: &str, rows: &[(&str, Date, &str)], value: serde_json::Value) -> Answer {
    let columns = ["What", day, "Rule"].map(Column::words).to_vec();
    let mut table = Table::new("clock", title, columns);
    for (what, day, rule) in rows {
        table.push(Row::body(vec![Cell::words(*what), Cell::plain(Value::Day(*day)), Cell::words(*rule)]));
    }
    let basis = match rules.whose.words().as_str() {
        "illustrative" => "By the common readings, not any authority's own constitution.".to_owned(),
        whose => format!("By the {whose}; where it is silent, by the common readings."),
    };
    let document = Document {
        title: title.to_owned(),
        author: "Penshaw".into(),
        occasion: String::new(),
        marking: None,
        titles: Default::default(),
        blocks: vec![
            Block::words(basis),
            Block::Table(table),
            Block::words("Not legal advice: the monitoring officer of the authority confirms it."),
        ],
    };
    Answer { document, value }
}

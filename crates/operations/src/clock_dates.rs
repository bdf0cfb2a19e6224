//! The statutory days before a meeting, after a notice and after a publication, on their own.

use std::sync::Arc;

use penshaw_analyses::decisions::{AfterDecision, AfterNotice, BeforeMeeting, NoRules, RuleBook, Rules, Whose};
use penshaw_basis::{Basis, CannotCount, Date, Time};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use serde::Serialize;

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
    let (notice, notices) = (clock.key_decision_notice_by, &rules.notices);
    let key = &*notices.key_decision_notice.rule;
    let rows = [
        ("Notice of a key decision, in calendar days", notice.calendar, key),
        ("Notice of a key decision, in working days: the cautious reading", notice.working, key),
        ("First notice of a private meeting", first, &notices.private_meeting_first_notice.rule),
        ("Second notice of a private meeting", second, &notices.private_meeting_second_notice.rule),
        ("Notice of the meeting, agenda and reports", clock.papers_by, &notices.papers.rule),
        ("Notice of the general exception", clock.general_exception_notice_by, &notices.general_exception.rule),
    ];
    answer(rules, &format!("Before a meeting on {}", Value::Day(clock.meeting)), "By", &rows, &clock)
}

fn noticed(rules: &Rules, clock: AfterNotice) -> Answer {
    let (from, notices) = (clock.key_decision_from, &rules.notices);
    let key = &*notices.key_decision_notice.rule;
    let rows = [
        ("A key decision, in calendar days", from.calendar, key),
        ("A key decision, in working days: the cautious reading", from.working, key),
        ("By the general exception", clock.general_exception_from, &notices.general_exception.rule),
    ];
    answer(rules, &format!("After a notice of {}", Value::Day(clock.notice)), "From", &rows, &clock)
}

fn after(rules: &Rules, clock: AfterDecision) -> Answer {
    let rows = [
        ("Call-in ends", clock.call_in_ends, "the constitution"),
        ("The decision takes effect if it is not called in", clock.effective, "the constitution"),
    ];
    answer(rules, &format!("After publication on {}", Value::Day(clock.published)), "Day", &rows, &clock)
}

/// The days as a table, and as data with whose rules they follow.
fn answer(rules: &Rules, title: &str, day: &str, rows: &[(&str, Date, &str)], clock: &impl Serialize) -> Answer {
    let columns = ["What", day, "Rule"].map(Column::words).to_vec();
    let mut table = Table::new("clock", title, columns);
    for (what, day, rule) in rows {
        table.push(Row::body(vec![Cell::words(*what), Cell::plain(Value::Day(*day)), Cell::words(*rule)]));
    }
    let basis = match &rules.whose {
        Whose::Illustrative => "By the common readings, not any authority's own constitution.".to_owned(),
        whose => format!("By the {}; where it is silent, by the common readings.", whose.words()),
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
    let mut value = serde_json::to_value(clock).expect("days are plain data");
    value["basis"] = rules.whose.words().into();
    Answer { document, value }
}

//! Whether the days of an agreement fit together: when it starts, how long it lasts, from when a partner may leave.

use jiff::Span;
use penshaw_basis::Date;
use penshaw_documents::Value;

use super::Finding;
use super::board::Board;

/// Days that do not fit together.
pub(super) fn findings(board: &Board) -> Vec<Finding> {
    let (Some(starts), Some(exit)) = (board.scheme.starts, board.scheme.earliest_exit) else {
        return Vec::new();
    };
    let found = |what: String, hint: &str| vec![Finding::warning(what, hint, &[board.source()])];
    let ends = board.scheme.term_years.and_then(|years| after(starts, years));
    match ends {
        _ if exit < starts => found(
            format!(
                "A partner may leave from {}, and the agreement starts on {}.",
                Value::Day(exit),
                Value::Day(starts)
            ),
            "correct one of the two days",
        ),
        Some(ends) if exit >= ends => found(
            format!("A partner may leave from {}, and by then the agreement has ended.", Value::Day(exit)),
            "enter an earlier day, or a longer term",
        ),
        _ => Vec::new(),
    }
}

/// The first day after so many years; nothing beyond the years that dates can name.
fn after(starts: Date, years: u64) -> Option<Date> {
    let span = Span::new().try_years(i64::try_from(years).ok()?).ok()?;
    starts.checked_add(span).ok()
}

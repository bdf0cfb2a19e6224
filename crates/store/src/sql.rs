//! One way to put a question to either database.

use sea_orm::{ConnectionTrait, DbBackend, ExecResult, FromQueryResult, Statement, Value};

use crate::{Changes, Connected, StoreError};

/// Every row that answers a question. Values stand in it as `$1`, `$2`…, which both databases read.
pub(crate) async fn all<R: FromQueryResult>(
    on: &impl Connected,
    text: &str,
    values: Vec<Value>,
) -> Result<Vec<R>, StoreError> {
    let rows = on.on().query_all_raw(statement(on, text, values)).await?;
    Ok(rows.iter().map(|row| R::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

/// The one row that answers a question, where there is one.
pub(crate) async fn one<R: FromQueryResult>(
    on: &impl Connected,
    text: &str,
    values: Vec<Value>,
) -> Result<Option<R>, StoreError> {
    let row = on.on().query_one_raw(statement(on, text, values)).await?;
    Ok(row.map(|row| R::from_query_result(&row, "")).transpose()?)
}

/// The number that answers a question, in its first column.
pub(crate) async fn number(on: &impl Connected, text: &str, values: Vec<Value>) -> Result<i64, StoreError> {
    let row = on.on().query_one_raw(statement(on, text, values)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}

/// Does something, and says to how many rows.
pub(crate) async fn execute(on: &impl Connected, text: &str, values: Vec<Value>) -> Result<u64, StoreError> {
    let done: ExecResult = on.on().execute_raw(statement(on, text, values)).await?;
    Ok(done.rows_affected())
}

/// What a question ends with whose rows are held until the changes are kept; on SQLite a writer is alone anyway.
pub(crate) fn held(changes: &Changes) -> &'static str {
    if backend(changes) == DbBackend::Postgres { "FOR UPDATE" } else { "" }
}

/// The most values in one statement: SQLite takes 32,766, PostgreSQL 65,535.
const MOST_VALUES: usize = 30_000;

/// Inserts rows, as many at once as the databases take.
///
/// `into` reads `table (column, column)`; each row has a value a column.
pub(crate) async fn insert(on: &impl Connected, into: &str, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
    upsert(on, into, rows, "").await
}

/// Inserts rows; `otherwise` is the `ON CONFLICT` clause for those that are there already.
pub(crate) async fn upsert(
    on: &impl Connected,
    into: &str,
    rows: Vec<Vec<Value>>,
    otherwise: &str,
) -> Result<(), StoreError> {
    let Some(width) = rows.first().map(Vec::len) else { return Ok(()) };
    let at_once = (MOST_VALUES / width).min(500);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<Vec<Value>> = rows.by_ref().take(at_once).collect();
        let text = format!("INSERT INTO {into} VALUES {} {otherwise}", places(backend(on), some.len(), width));
        execute(on, &text, some.into_iter().flatten().collect()).await?;
    }
    Ok(())
}

/// Places for rows of values: `($1, $2), ($3, $4)`, and on SQLite `(?, ?), (?, ?)`, as it looks
/// for each place that has a name among all those before it.
fn places(backend: DbBackend, rows: usize, width: usize) -> String {
    let place = |place: usize| match backend {
        DbBackend::Postgres => format!("${place}"),
        _ => "?".to_owned(),
    };
    let row = |row: usize| {
        let places: Vec<String> = (1..=width).map(|number| place(row * width + number)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// `$3, $4, $5`: places for a list of values, from the one given.
pub(crate) fn list(from: usize, count: usize) -> String {
    (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

fn statement(on: &impl Connected, text: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend(on), text, values)
}

pub(crate) fn backend(on: &impl Connected) -> DbBackend {
    on.on().get_database_backend()
}

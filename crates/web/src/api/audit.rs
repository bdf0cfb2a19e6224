//! The audit trail of the bodies that the caller may read, and the proof that it is whole.

use jiff::Timestamp;
use penshaw_operations::Verified;
use penshaw_operations::audit::Row;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::entries::within;
use super::paging::linked;
use super::sent::Asked;
use super::words::filled;
use crate::server::Web;
use crate::values;

/// How many rows are given where nobody says, and at most.
const ROWS: u64 = 100;
const AT_MOST: u64 = 500;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(rows)).routes(routes!(verify))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Trail {
    /// Of one body alone.
    #[serde(default, deserialize_with = "filled")]
    body: Option<String>,
    /// Before the row of this number.
    #[param(minimum = 1)]
    before: Option<i64>,
    /// How many rows; 100 where nothing is said.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u64>,
}

#[derive(Serialize, ToSchema)]
struct Rows {
    rows: Vec<RowSeen>,
}

/// A row of the trail.
#[derive(Serialize, ToSchema)]
struct RowSeen {
    /// Its number.
    number: i64,
    /// When.
    at: Timestamp,
    /// Who.
    who: String,
    /// What was done, such as `change_entry`.
    verb: String,
    /// For whom.
    body: String,
    /// To what, such as `contracts/C1`.
    subject: String,
    /// What stood there before; null where nothing did.
    #[schema(value_type = Value)]
    before: Value,
    /// What stands there now; null where nothing does.
    #[schema(value_type = Value)]
    after: Value,
    /// The hash of the row before.
    previous_hash: String,
    /// The hash of this row.
    hash: String,
}

impl From<Row> for RowSeen {
    fn from(row: Row) -> Self {
        let read =
            |words: Option<String>| words.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default();
        RowSeen {
            number: row.number,
            at: row.at,
            who: row.event.who,
            verb: row.event.verb,
            body: row.event.body,
            subject: row.event.subject,
            before: read(row.event.before),
            after: read(row.event.after),
            previous_hash: row.previous_hash,
            hash: row.hash,
        }
    }
}

/// Whether the trail is as it was written.
#[derive(Serialize, ToSchema)]
struct Proof {
    /// Whether every row is there, unchanged, and follows from the one before it.
    whole: bool,
    /// How many rows there are, where it is whole.
    rows: Option<i64>,
    /// The hash of the last, where it is whole: noted elsewhere, it also shows whether the end was cut off.
    last: Option<String>,
    /// What is wrong.
    broken: Vec<String>,
}

/// Rows of the trail that the caller may read, the newest first.
#[utoipa::path(get, path = "/audit", tag = "Trail", params(Trail), responses((status = 200, body = Rows, description = "Rows of the trail; `Link` names those before them", headers(("Link" = String, description = "The rows before these")))))]
async fn rows(caller: Caller, Asked(asked): Asked<Trail>, conditions: Conditions) -> Answer {
    let limit = within("limit", asked.limit.unwrap_or(ROWS), AT_MOST)?;
    let before = asked.before.map(|before| within("before", u64::try_from(before).unwrap_or(0), i64::MAX as u64));
    let before = before.transpose()?.map(|before| before as i64);
    let found = caller.operations.read_audit(&caller.actor, asked.body.as_deref(), before, limit).await?;
    let oldest = found.last().map(|row| row.number).filter(|number| found.len() as u64 == limit && *number > 1);
    let response = conditions.answer(&Rows { rows: found.into_iter().map(RowSeen::from).collect() });
    let Some(oldest) = oldest else { return Ok(response) };
    let named = [("body", asked.body), ("limit", Some(limit.to_string())), ("before", Some(oldest.to_string()))];
    let query: Vec<_> = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Ok(linked(response, &format!("</api/v1/audit?{}>; rel=\"next\"", values::query(&query))))
}

/// Proves that the whole trail is as it was written.
#[utoipa::path(get, path = "/audit/verify", tag = "Trail", responses((status = 200, body = Proof, description = "The proof")))]
async fn verify(caller: Caller, conditions: Conditions) -> Answer {
    Ok(conditions.answer(&match caller.operations.verify_audit(&caller.actor).await? {
        Verified::Whole { rows, last } => Proof { whole: true, rows: Some(rows), last: Some(last), broken: Vec::new() },
        Verified::Broken(broken) => {
            let broken = broken.iter().map(ToString::to_string).collect();
            Proof { whole: false, rows: None, last: None, broken }
        }
    }))
}

//! What was agreed, followed up: alerts of what needs attention, and the commitments that the report makes.

use axum::response::IntoResponse;
use penshaw_analyses::delivery::{Alert, AlertSeverity};
use penshaw_basis::Date;
use penshaw_operations::DraftedCommitment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::sent::Sent;
use super::words;
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(alerts)).routes(routes!(commitments, record))
}

/// What needs attention as of a day.
#[derive(Serialize, ToSchema)]
struct Alerts {
    /// The day.
    on: Date,
    /// The gravest first.
    alerts: Vec<AlertSeen>,
}

/// Something that needs attention by a day.
#[derive(Serialize, ToSchema)]
struct AlertSeen {
    /// The same in every answer for as long as it stands.
    id: String,
    /// How much it matters.
    #[schema(schema_with = severities)]
    severity: &'static str,
    /// What is the case.
    what: String,
    /// What to do.
    hint: String,
    /// Who must act: an authority's code, or `joint`.
    authority: String,
    /// The post that answers for it, where it is recorded.
    owner: Option<String>,
    /// The day by which it is or was due; null where it is due at once.
    due: Option<Date>,
    /// The area of joint work, by its reference.
    area: Option<String>,
}

fn severities() -> utoipa::openapi::schema::Object {
    words::one_of(["failed", "overdue", "soon"])
}

impl From<&Alert> for AlertSeen {
    fn from(alert: &Alert) -> Self {
        AlertSeen {
            id: alert.id.clone(),
            severity: match alert.severity {
                AlertSeverity::Grave => "failed",
                AlertSeverity::Overdue => "overdue",
                AlertSeverity::Soon => "soon",
            },
            what: alert.what.clone(),
            hint: alert.hint.clone(),
            authority: alert.authority.clone(),
            owner: alert.owner.clone(),
            due: alert.due,
            area: alert.area.clone(),
        }
    }
}

/// What the newest report says will happen.
#[derive(Serialize, ToSchema)]
struct Commitments {
    /// In the order of the report.
    commitments: Vec<CommitmentSeen>,
}

/// A sentence of the report that says that something will happen.
#[derive(Serialize, ToSchema)]
struct CommitmentSeen {
    /// The entry that records it, or the reference that it would have.
    reference: String,
    /// Whether it is recorded.
    recorded: bool,
    /// The number of its paragraph.
    paragraph: Option<String>,
    /// The sentence.
    statement: String,
}

impl From<DraftedCommitment> for CommitmentSeen {
    fn from(one: DraftedCommitment) -> Self {
        CommitmentSeen {
            reference: one.reference,
            recorded: one.recorded,
            paragraph: one.draft.paragraph,
            statement: one.draft.statement,
        }
    }
}

/// Which commitments to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToRecord {
    /// Their references, as the list gives them.
    references: Vec<String>,
}

/// What needs attention today, from the entries as they stand.
#[utoipa::path(get, path = "/alerts", tag = "Delivery", responses((status = 200, body = Alerts, description = "The alerts")))]
async fn alerts(caller: Caller, conditions: Conditions) -> Answer {
    let view = caller.operations.alerts(&caller.actor).await?;
    Ok(conditions.answer(&Alerts { on: view.on, alerts: view.alerts.iter().map(AlertSeen::from).collect() }))
}

/// What the newest report says will happen, each beside the entry that records it.
#[utoipa::path(get, path = "/commitments", tag = "Delivery", responses((status = 200, body = Commitments, description = "The commitments")))]
async fn commitments(caller: Caller, conditions: Conditions) -> Answer {
    Ok(conditions.answer(&seen(&caller).await?))
}

/// Records commitments of the newest report as entries of the partnership. Those recorded already are left alone.
#[utoipa::path(post, path = "/commitments", tag = "Delivery", request_body = ToRecord,
    responses((status = 200, body = Commitments, description = "The commitments as they stand now")))]
async fn record(caller: Caller, Sent(sent): Sent<ToRecord>) -> Answer {
    caller.operations.record_commitments(&caller.actor, &sent.references).await?;
    Ok(axum::Json(seen(&caller).await?).into_response())
}

async fn seen(caller: &Caller) -> Result<Commitments, penshaw_operations::Refusal> {
    let drafted = caller.operations.commitments_of_report(&caller.actor).await?;
    Ok(Commitments { commitments: drafted.unwrap_or_default().into_iter().map(CommitmentSeen::from).collect() })
}

//! The report's own words, and the recommendation that it carries.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_operations::{Finding, Refusal, ReportDraft, Verb};
use penshaw_register::{Adoption, ReportDetails, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::{Conditions, changed_to};
use super::problem::ApiProblem;
use super::sent::Sent;
use super::words;
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(show, put)).routes(routes!(recommendation)).routes(routes!(adopt))
}

/// What the report says of itself and in its officers' own words.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportWords {
    /// The authority whose cabinet receives it, by its code; empty where nobody does yet.
    authority: String,
    /// The meeting's body, such as "Cabinet".
    body: String,
    /// The day of the meeting.
    meeting: Option<Date>,
    /// The title.
    #[schema(min_length = 1)]
    title: String,
    /// The post that writes it; never a name.
    author: String,
    /// What it is for.
    #[schema(max_length = 5_000)]
    purpose: String,
    /// Whether the decision is consistent with the budget and policy framework.
    within_budget_framework: Option<bool>,
    /// Whether it is a key decision as the constitution defines it.
    key_decision: Option<bool>,
    /// Why it is or is not a key decision.
    key_decision_reason: Option<String>,
    /// The day on which it was first in the 28-day notice.
    notice_published: Option<Date>,
    /// Whether it is in the 28-day notice, where the day is not known.
    in_notice: Option<bool>,
    /// The scrutiny committee that watches over the matter.
    scrutiny_committee: Option<String>,
    /// What the section 151 officer says.
    finance_comment: Option<String>,
    /// What the monitoring officer says.
    legal_comment: Option<String>,
    /// The decision that asked for this work: the mandate.
    mandate: Option<String>,
    /// Paragraphs in officers' own words, by section number, such as `7.3`.
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

/// The report as it is being written.
#[derive(Serialize, ToSchema)]
struct ReportSeen {
    /// What it says of itself.
    report: ReportWords,
    /// An officer's decision to adopt the recommendation or to set it aside.
    adoption: Option<AdoptionWords>,
    /// Whether the caller may write it.
    may_edit: bool,
    /// Whether the caller may adopt the recommendation.
    may_adopt: bool,
}

/// An officer's adoption of the recommendation, or an override with its reason.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AdoptionWords {
    /// The officer's post; never a name.
    #[schema(min_length = 1)]
    officer: String,
    /// The day.
    on: Date,
    /// Whether the recommendation is adopted as it stands.
    adopted: bool,
    /// Why it is set aside; empty where it is adopted.
    #[serde(default)]
    reason: String,
    /// The resolutions put in its place; empty where it is adopted.
    #[serde(default)]
    resolutions: Vec<String>,
}

/// An officer's decision about the recommendation that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    /// The run of the report that carries it.
    run: String,
    /// The decision.
    adoption: AdoptionWords,
}

/// The recommendation of the newest report.
#[derive(Serialize, ToSchema)]
struct RecommendationSeen {
    /// The run of the report, under `/runs`; null where none was worked out yet.
    run: Option<String>,
    /// Whether the register has changed since.
    out_of_date: bool,
    /// The recommendation with its reasons, as `results.json` holds it; null where there is none.
    #[schema(value_type = Value)]
    recommendation: Value,
    /// What the report's own checks found.
    findings: Vec<FindingSeen>,
}

/// Something that somebody should mend or look at.
#[derive(Serialize, ToSchema)]
pub(super) struct FindingSeen {
    /// How much it matters.
    #[schema(schema_with = severities)]
    severity: &'static str,
    /// Where it stands.
    place: String,
    /// What is wrong.
    what: String,
    /// What to do.
    hint: String,
}

fn severities() -> utoipa::openapi::schema::Object {
    words::one_of(["error", "warning"])
}

impl From<Finding> for FindingSeen {
    fn from(finding: Finding) -> Self {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        FindingSeen { severity, place: finding.place.to_string(), what: finding.what, hint: finding.hint }
    }
}

/// The report's own words.
#[utoipa::path(get, path = "/report", tag = "Report", responses((status = 200, body = ReportSeen, description = "The report as it is being written")))]
async fn show(caller: Caller, conditions: Conditions) -> Answer {
    let draft = caller.operations.report_draft(&caller.actor).await?;
    Ok(conditions.answer_as(draft.revision, &seen(draft)))
}

/// Puts the report's own words in place of those that stood. Its adoption stays as it is.
#[utoipa::path(put, path = "/report", tag = "Report",
    params(("If-Match" = Option<String>, Header, description = "The ETag of the report as it was read")),
    request_body = ReportWords,
    responses((status = 200, body = ReportSeen, description = "The report as it stands now", headers(("ETag" = String, description = "Its state")))))]
async fn put(caller: Caller, conditions: Conditions, Sent(sent): Sent<ReportWords>) -> Answer {
    conditions.must_be_there()?;
    let draft = caller.operations.report_draft(&caller.actor).await?;
    if !draft.may_edit {
        return Err(Refusal::NotAllowed { what: Verb::EditReport.words() }.into());
    }
    let revision = draft.revision;
    if !conditions.matches(revision) {
        return Err(ApiProblem::changed(serde_json::to_value(seen(draft)).ok()));
    }
    match caller.operations.write_report(&caller.actor, details(sent), revision).await {
        Ok(()) => {}
        Err(Refusal::ChangedMeanwhile { .. }) => {
            let now = caller.operations.report_draft(&caller.actor).await?;
            return Err(ApiProblem::changed(serde_json::to_value(seen(now)).ok()));
        }
        Err(refusal) => return Err(refusal.into()),
    }
    let now = caller.operations.report_draft(&caller.actor).await?;
    Ok(changed_to(now.revision, &seen(now)))
}

/// The recommendation of the newest report.
#[utoipa::path(get, path = "/recommendation", tag = "Report", responses((status = 200, body = RecommendationSeen, description = "The recommendation")))]
async fn recommendation(caller: Caller, conditions: Conditions) -> Answer {
    let home = caller.operations.home(&caller.actor).await?;
    Ok(conditions.answer(&RecommendationSeen {
        run: home.report.map(|run| run.id),
        out_of_date: home.changed.is_some(),
        recommendation: home.recommendation.unwrap_or_default(),
        findings: home.findings.into_iter().map(FindingSeen::from).collect(),
    }))
}

/// Adopts the recommendation of the newest report as it stands, or sets it aside with a reason.
#[utoipa::path(put, path = "/recommendation/adoption", tag = "Report",
    params(("If-Match" = Option<String>, Header, description = "The ETag of `/report` as it was read")),
    request_body = Decision,
    responses((status = 200, body = ReportSeen, description = "The report with the adoption in it", headers(("ETag" = String, description = "Its state")))))]
async fn adopt(caller: Caller, conditions: Conditions, Sent(sent): Sent<Decision>) -> Answer {
    let draft = caller.operations.report_draft(&caller.actor).await?;
    if !draft.may_adopt {
        return Err(Refusal::NotAllowed { what: Verb::Adopt.words() }.into());
    }
    conditions.must_be_there()?;
    if !conditions.matches(draft.revision) {
        return Err(ApiProblem::changed(serde_json::to_value(seen(draft)).ok()));
    }
    let adoption = sent.adoption;
    let adoption = Adoption {
        officer: adoption.officer,
        on: adoption.on,
        adopted: adoption.adopted,
        reason: adoption.reason,
        resolutions: adoption.resolutions,
    };
    caller.operations.adopt_recommendation(&caller.actor, &sent.run, adoption, draft.revision).await?;
    let now = caller.operations.report_draft(&caller.actor).await?;
    Ok(changed_to(now.revision, &seen(now)))
}

fn seen(draft: ReportDraft) -> ReportSeen {
    let report = draft.partnership.report;
    ReportSeen {
        adoption: report.adoption.map(adoption),
        may_edit: draft.may_edit,
        may_adopt: draft.may_adopt,
        report: ReportWords {
            authority: report.authority,
            body: report.body,
            meeting: report.meeting,
            title: report.title,
            author: report.author,
            purpose: report.purpose,
            within_budget_framework: report.within_budget_framework,
            key_decision: report.key_decision,
            key_decision_reason: report.key_decision_reason,
            notice_published: report.notice_published,
            in_notice: report.in_notice,
            scrutiny_committee: report.scrutiny_committee,
            finance_comment: report.finance_comment,
            legal_comment: report.legal_comment,
            mandate: report.mandate,
            words: report.words,
        },
    }
}

fn adoption(adoption: Adoption) -> AdoptionWords {
    AdoptionWords {
        officer: adoption.officer,
        on: adoption.on,
        adopted: adoption.adopted,
        reason: adoption.reason,
        resolutions: adoption.resolutions,
    }
}

fn details(sent: ReportWords) -> ReportDetails {
    ReportDetails {
        authority: sent.authority,
        body: sent.body,
        meeting: sent.meeting,
        title: sent.title,
        author: sent.author,
        purpose: sent.purpose,
        within_budget_framework: sent.within_budget_framework,
        key_decision: sent.key_decision,
        key_decision_reason: sent.key_decision_reason,
        notice_published: sent.notice_published,
        in_notice: sent.in_notice,
        scrutiny_committee: sent.scrutiny_committee,
        finance_comment: sent.finance_comment,
        legal_comment: sent.legal_comment,
        mandate: sent.mandate,
        words: sent.words,
        adoption: None,
    }
}

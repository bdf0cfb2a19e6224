//! Imports: a file is brought, read and compared in the background, looked at, then committed or given up.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use penshaw_operations::imports::{Change, Import, Staged, Summary};
use penshaw_operations::jobs::Job;
use penshaw_operations::{Brought, ImportView, LARGEST_UPLOAD};
use penshaw_register::{Kind, Record};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::conditions::Conditions;
use super::entries::{page, per_page};
use super::jobs::{JobSeen, accepted};
use super::partnership::not_there;
use super::problem::ApiProblem;
use super::report::FindingSeen;
use super::sent::{Asked, At, Sent, media_type, other_media, too_large};
use super::sharing::OwnerPath;
use super::{Answer, done, words};
use crate::server::Web;
use crate::values;

/// The file and what surrounds it in a form.
const AT_MOST: usize = LARGEST_UPLOAD as usize + 64 * 1024;
/// The most staged entries on one page.
const STAGED_AT_MOST: u64 = 200;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(list, bring)).routes(routes!(show, give_up)).routes(routes!(commit))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ImportPath {
    /// The owner's code, or `partnership`.
    #[param(min_length = 1)]
    owner: String,
    /// The import.
    #[param(min_length = 1)]
    import: String,
}

/// An import.
#[derive(Serialize, ToSchema)]
struct ImportSeen {
    /// Names it.
    id: String,
    /// Whose entries it holds.
    owner: String,
    /// The file's name.
    file_name: String,
    /// How far it has come.
    #[schema(schema_with = states)]
    state: &'static str,
    /// What it would change, once it was read.
    summary: Option<SummarySeen>,
    /// Whether entries that the file no longer holds are removed.
    remove_missing: bool,
    /// When it was brought.
    made_at: Timestamp,
    /// Who brought it.
    made_by: String,
}

fn states() -> utoipa::openapi::schema::Object {
    words::one_of(["uploaded", "ready", "committed", "given_up", "failed"])
}

/// What an import would change.
#[derive(Serialize, ToSchema)]
struct SummarySeen {
    /// Entries that are not there yet.
    new: u64,
    /// Entries that differ.
    changed: u64,
    /// Entries that are there as they are.
    same: u64,
    /// Entries that are there and not in the file, of the kinds that the file holds.
    missing: u64,
    /// Findings that must be mended first.
    errors: u64,
    /// Findings that somebody should look at.
    warnings: u64,
}

#[derive(Serialize, ToSchema)]
struct Imports {
    imports: Vec<ImportSeen>,
}

/// An import that was brought, and the job that reads it.
#[derive(Serialize, ToSchema)]
struct ImportBrought {
    import: ImportSeen,
    job: JobSeen,
}

/// An import with what it would change.
#[derive(Serialize, ToSchema)]
struct ImportWhole {
    import: ImportSeen,
    /// What is wrong in its file, the first of it.
    findings: Vec<FindingSeen>,
    /// A page of the entries of the change that was asked for.
    entries: Vec<StagedSeen>,
    /// The job that works on it, or did last.
    job: Option<JobSeen>,
}

/// An entry of an import, and what stands now.
#[derive(Serialize, ToSchema)]
struct StagedSeen {
    #[schema(schema_with = words::kind)]
    kind: &'static str,
    /// Its reference.
    reference: String,
    /// The record as the file has it; null where the file has none.
    #[schema(value_type = Value)]
    record: Option<Record>,
    /// The record as it stands; null where there is none.
    #[schema(value_type = Value)]
    standing: Option<Record>,
}

/// How an import is committed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Commit {
    /// Remove entries that the file no longer holds, of the kinds that it holds.
    #[serde(default)]
    remove_missing: bool,
}

/// A file in a form.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FileForm {
    /// The file, with its name: a workbook, or `KIND.csv`.
    #[schema(value_type = String, format = Binary)]
    #[allow(dead_code, reason = "it stands for the form in the description")]
    file: Vec<u8>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BringQuery {
    /// The kind of entry that a `text/csv` body holds.
    #[param(schema_with = words::kind, required = false)]
    kind: Option<Kind>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StagedQuery {
    /// Which entries are wanted: `new` where nothing is said.
    #[param(schema_with = changes, required = false)]
    change: Option<Comparison>,
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<u64>,
    /// How many on a page; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    per_page: Option<u64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Comparison {
    New,
    Changed,
    Same,
    Missing,
}

fn changes() -> utoipa::openapi::schema::Object {
    words::one_of(["new", "changed", "same", "missing"])
}

impl From<Import> for ImportSeen {
    fn from(import: Import) -> Self {
        let summary = |summary: Summary| SummarySeen {
            new: summary.new,
            changed: summary.changed,
            same: summary.same,
            missing: summary.missing,
            errors: summary.errors,
            warnings: summary.warnings,
        };
        ImportSeen {
            id: import.id,
            owner: import.owner,
            file_name: import.file_name,
            state: import.state.word(),
            summary: import.summary.map(summary),
            remove_missing: import.remove_missing,
            made_at: import.made_at,
            made_by: import.made_by,
        }
    }
}

/// An owner's imports, the newest first.
#[utoipa::path(get, path = "/imports/{owner}", tag = "Imports", params(OwnerPath), responses((status = 200, body = Imports, description = "The imports")))]
async fn list(caller: Caller, At(path): At<OwnerPath>, conditions: Conditions) -> Answer {
    let found = caller.operations.imports(&caller.actor, &path.owner).await?;
    Ok(conditions.answer(&Imports { imports: found.into_iter().map(ImportSeen::from).collect() }))
}

/// Brings a file: it is read and compared in the background, and changes nothing yet.
#[utoipa::path(post, path = "/imports/{owner}", tag = "Imports", params(OwnerPath, BringQuery),
    request_body(content((FileForm = "multipart/form-data"), (String = "text/csv"))),
    responses((status = 202, body = ImportBrought, description = "The import, and the job that reads it", headers(("Location" = String, description = "The import's address")))))]
async fn bring(caller: Caller, At(path): At<OwnerPath>, Asked(asked): Asked<BringQuery>, request: Request) -> Answer {
    let brought = match media_type(request.headers()).as_str() {
        "multipart/form-data" => form(request).await?,
        "text/csv" => {
            let kind =
                asked.kind.ok_or_else(|| ApiProblem::invalid("kind", "Enter the kind of entry that it holds"))?;
            let bytes = to_bytes(request.into_body(), AT_MOST).await.map_err(|_| too_large(LARGEST_UPLOAD as usize))?;
            Brought::File { name: format!("{kind}.csv"), bytes: bytes.to_vec() }
        }
        _ => return Err(other_media("multipart/form-data or text/csv")),
    };
    let (import, job) = caller.operations.bring_file(&caller.actor, &path.owner, brought).await?;
    let address = format!("/api/v1/imports/{}/{}", values::path(&import.owner), import.id);
    let body = axum::Json(ImportBrought { import: import.into(), job: job.into() });
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, address)], body).into_response())
}

/// The one file of a form.
async fn form(request: Request) -> Result<Brought, ApiProblem> {
    let unreadable = |error: &dyn std::fmt::Display| ApiProblem::unreadable("body", format!("no form: {error}"));
    let (parts, body) = request.into_parts();
    // Read whole first, so that what is too large is told apart from what is broken.
    let bytes = to_bytes(body, AT_MOST).await.map_err(|_| too_large(LARGEST_UPLOAD as usize))?;
    let request = Request::from_parts(parts, axum::body::Body::from(bytes));
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| unreadable(&error))?;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" || file.is_some() {
            return Err(ApiProblem::invalid(name, "Send one part called file, and nothing else"));
        }
        let Some(named) = field.file_name().map(str::to_owned) else {
            return Err(ApiProblem::invalid("file", "Send the file with its name"));
        };
        let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
        file = Some(Brought::File { name: named, bytes: bytes.to_vec() });
    }
    file.ok_or_else(|| ApiProblem::invalid("file", "Send a file as the part called file"))
}

/// An import with what it would change.
#[utoipa::path(get, path = "/imports/{owner}/{import}", tag = "Imports", params(ImportPath, StagedQuery), responses((status = 200, body = ImportWhole, description = "The import")))]
async fn show(
    caller: Caller,
    At(path): At<ImportPath>,
    Asked(asked): Asked<StagedQuery>,
    conditions: Conditions,
) -> Answer {
    let (page, per_page) = (page(asked.page)?, per_page(asked.per_page, STAGED_AT_MOST)?);
    let change = match asked.change.unwrap_or(Comparison::New) {
        Comparison::New => Change::New,
        Comparison::Changed => Change::Changed,
        Comparison::Same => Change::Same,
        Comparison::Missing => Change::Missing,
    };
    let view = own(&caller, &path, change, page, per_page).await?;
    let staged = |(staged, standing): (Staged, Option<Record>)| StagedSeen {
        kind: staged.kind.key(),
        reference: staged.reference,
        record: staged.record,
        standing,
    };
    Ok(conditions.answer(&ImportWhole {
        import: view.import.into(),
        findings: view.findings.into_iter().map(FindingSeen::from).collect(),
        entries: view.staged.into_iter().zip(view.standing).map(staged).collect(),
        job: view.job.map(JobSeen::from),
    }))
}

/// An import of the owner that the address names.
async fn own(
    caller: &Caller,
    path: &ImportPath,
    change: Change,
    page: u64,
    per_page: u64,
) -> Result<ImportView, ApiProblem> {
    let view = caller.operations.view_import(&caller.actor, &path.import, change, page, per_page).await?;
    if view.import.owner == path.owner { Ok(view) } else { Err(not_there("import")) }
}

/// Commits an import in the background, all of it or nothing.
#[utoipa::path(post, path = "/imports/{owner}/{import}/commit", tag = "Imports", params(ImportPath), request_body = Commit, responses((status = 202, body = JobSeen, description = "The job that does it", headers(("Location" = String, description = "The job's address")))))]
async fn commit(caller: Caller, At(path): At<ImportPath>, Sent(sent): Sent<Commit>) -> Answer {
    own(&caller, &path, Change::New, 1, 1).await?;
    let job: Job = caller.operations.commit_import(&caller.actor, &path.import, sent.remove_missing).await?;
    Ok(accepted(job))
}

/// Gives an import up: its file is let go of, and nothing is changed.
#[utoipa::path(delete, path = "/imports/{owner}/{import}", tag = "Imports", params(ImportPath), responses((status = 204, description = "It is given up")))]
async fn give_up(caller: Caller, At(path): At<ImportPath>) -> Answer {
    own(&caller, &path, Change::New, 1, 1).await?;
    caller.operations.give_import_up(&caller.actor, &path.import).await?;
    Ok(done())
}

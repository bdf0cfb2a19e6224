//! Runs: what was worked out, with all that it rests on, and the files of a report.

use jiff::Timestamp;
use penshaw_basis::Date;
use penshaw_operations::runs::Brief;
use penshaw_operations::{PACK_FILES, PART_2_FILES, RunView};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::entries::{page, per_page};
use super::paging::linked;
use super::partnership::not_there;
use super::sent::{Asked, At};
use super::words::{self, filled};
use crate::server::Web;
use crate::values;

/// The most runs on one page.
const AT_MOST: u64 = 200;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(show)).routes(routes!(file))
}

/// What a run says of itself.
#[derive(Serialize, ToSchema)]
pub(super) struct BriefSeen {
    /// Names it.
    id: String,
    /// The question's name, or `report` for everything.
    analysis: String,
    /// Whether it rests on baselines alone; else it is a working copy.
    frozen: bool,
    /// Whether the question could be answered.
    answered: bool,
    /// The digest of what was shared.
    joint_digest: String,
    /// The digest of the parameters.
    basis_digest: String,
    /// When.
    made_at: Timestamp,
    /// Who asked for it.
    made_by: String,
}

impl From<Brief> for BriefSeen {
    fn from(brief: Brief) -> Self {
        BriefSeen {
            id: brief.id,
            analysis: brief.analysis,
            frozen: brief.frozen,
            answered: brief.answered,
            joint_digest: brief.joint_digest,
            basis_digest: brief.basis_digest,
            made_at: brief.made_at,
            made_by: brief.made_by,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct Runs {
    runs: Vec<BriefSeen>,
}

/// A run with its answer.
#[derive(Serialize, ToSchema)]
pub(super) struct RunSeen {
    #[serde(flatten)]
    brief: BriefSeen,
    /// The version of the question's shapes.
    version: i64,
    /// The day whose parameters were in force.
    on: Date,
    /// The seed of its sampling.
    seed: i64,
    /// How often the ranges were sampled.
    trials: i64,
    /// Whether the register has changed since.
    out_of_date: bool,
    /// What it was worked out from; null where there was too little.
    #[schema(value_type = Value)]
    input: Value,
    /// The answer; null where there is none.
    #[schema(value_type = Value)]
    outcome: Value,
    /// What is needed, where it could not be answered.
    missing: Vec<NeedSeen>,
    /// The files that were printed.
    files: Vec<String>,
}

/// One thing that is needed.
#[derive(Serialize, ToSchema)]
struct NeedSeen {
    /// What is needed.
    what: String,
    /// Who can give it.
    of: String,
    /// Where to record or share it.
    hint: String,
}

impl From<RunView> for RunSeen {
    fn from(view: RunView) -> Self {
        let run = view.run;
        let read = |words: &str| serde_json::from_str(words).unwrap_or_default();
        let need = |need: penshaw_analyses::Need| NeedSeen { what: need.what, of: need.of, hint: need.hint };
        RunSeen {
            version: run.version,
            on: run.on,
            seed: run.seed,
            trials: run.trials,
            out_of_date: view.changed.is_some(),
            input: run.input.as_deref().map(read).unwrap_or_default(),
            outcome: if run.answered { read(&run.outcome) } else { Value::Null },
            missing: view.missing.into_iter().flat_map(|missing| missing.needs).map(need).collect(),
            files: Vec::new(),
            brief: BriefSeen {
                id: run.id,
                analysis: run.analysis,
                frozen: run.frozen,
                answered: run.answered,
                joint_digest: run.joint_digest,
                basis_digest: run.basis_digest,
                made_at: run.made_at,
                made_by: run.made_by,
            },
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RunsQuery {
    /// Of one question alone, or `report`.
    #[serde(default, deserialize_with = "filled")]
    analysis: Option<String>,
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<u64>,
    /// How many on a page; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    per_page: Option<u64>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RunPath {
    /// The run.
    #[param(min_length = 1)]
    run: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct FilePath {
    /// The run.
    #[param(min_length = 1)]
    run: String,
    /// The file.
    #[param(schema_with = words::pack_file)]
    file: String,
}

/// Runs, the newest first.
#[utoipa::path(get, path = "/runs", tag = "Work", params(RunsQuery), responses((status = 200, body = Runs, description = "A page of the runs; `Link` names the next", headers(("Link" = String, description = "The next page")))))]
async fn list(caller: Caller, Asked(asked): Asked<RunsQuery>, conditions: Conditions) -> Answer {
    let (page, per_page) = (page(asked.page)?, per_page(asked.per_page, AT_MOST)?);
    let analysis = asked.analysis.as_deref();
    let found = caller.operations.runs(&caller.actor, analysis, (page - 1) * per_page, per_page).await?;
    let is_last = (found.len() as u64) < per_page;
    let response = conditions.answer(&Runs { runs: found.into_iter().map(BriefSeen::from).collect() });
    if is_last {
        return Ok(response);
    }
    let named = [
        ("analysis", asked.analysis),
        ("per_page", Some(per_page.to_string())),
        ("page", Some((page + 1).to_string())),
    ];
    let query: Vec<_> = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Ok(linked(response, &format!("</api/v1/runs?{}>; rel=\"next\"", values::query(&query))))
}

/// A run with its answer.
#[utoipa::path(get, path = "/runs/{run}", tag = "Work", params(RunPath), responses((status = 200, body = RunSeen, description = "The run")))]
async fn show(caller: Caller, At(path): At<RunPath>, conditions: Conditions) -> Answer {
    let run = caller.operations.run(&caller.actor, &path.run).await?;
    let files = caller.operations.run_files(&caller.actor, &path.run).await?;
    let files = files.into_iter().map(|(name, _)| name).collect();
    Ok(conditions.answer(&RunSeen { files, ..RunSeen::from(run) }))
}

/// A file of a report's run.
#[utoipa::path(get, path = "/runs/{run}/files/{file}", tag = "Work", params(FilePath), responses((status = 200, description = "The file", content(
    (Vec<u8> = "application/pdf"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (String = "text/html"),
    (Value = "application/json")))))]
async fn file(caller: Caller, At(path): At<FilePath>, conditions: Conditions) -> Answer {
    let mut names = PACK_FILES.iter().chain(&PART_2_FILES);
    let name = names.find(|name| **name == path.file).ok_or_else(|| not_there("file"))?;
    let bytes = caller.operations.run_file(&caller.actor, &path.run, name).await?;
    // A run never changes, so that its name is its state.
    Ok(conditions.tagged(&format!("\"{}\"", values::path(&path.run)), media(name), bytes))
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("pdf") => "application/pdf",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("html") => "text/html; charset=utf-8",
        _ => "application/json",
    }
}

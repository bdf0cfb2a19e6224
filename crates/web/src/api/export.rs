//! Downloads of an owner's entries of a kind, as far as the caller may see them.

use penshaw_operations::Form;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::partnership::not_there;
use super::sent::At;
use super::words::{self, kind_of};
use crate::server::Web;
use axum::http::header;
use axum::response::IntoResponse;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(export))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct ExportPath {
    /// The kind of entry.
    #[param(schema_with = words::kind)]
    kind: String,
    /// The owner's code with the form: `SCC.csv` or `SCC.xlsx`.
    #[param(pattern = r"^[^\x00-\x1f\x7f-\x9f]+\.(csv|xlsx)$")]
    file: String,
}

/// An owner's entries of a kind as a file. Formulas in it are disarmed.
#[utoipa::path(get, path = "/export/{kind}/{file}", tag = "Entries", params(ExportPath), responses((status = 200, description = "The file", content(
    (String = "text/csv"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn export(caller: Caller, At(path): At<ExportPath>) -> Answer {
    let kind = kind_of(&path.kind)?;
    let (owner, form) = path.file.rsplit_once('.').ok_or_else(|| not_there("file"))?;
    let (form, media) = match form {
        "csv" => (Form::Csv, "text/csv; charset=utf-8"),
        "xlsx" => (Form::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        _ => return Err(not_there("file")),
    };
    let bytes = caller.operations.export_entries(&caller.actor, owner, kind, form).await?;
    let name = format!("attachment; filename=\"{kind}-{}\"", path.file);
    Ok(([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, name.as_str())], bytes).into_response())
}

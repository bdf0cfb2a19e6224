//! An authority's own estate in the formats of others: what each would hold, and the files.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::{Publishable, Refusal, Standard};
use serde::Deserialize;

use crate::components::{WarningText, warning_text};
use crate::layout::{Section, Sheet};
use crate::pages::downloads::{CSV, JSON, file};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/publish/{body}", get(show)).route("/publish/{body}/{name}", get(download))
}

async fn show(viewer: Viewer, Path(body): Path<String>) -> Result<Response, Problem> {
    let publishing = viewer.web.operations.publishing(&viewer.actor, &body).await?;
    let drawn = html! {
        span.govuk-caption-xl { (publishing.authority.name) }
        h1.govuk-heading-xl { "Publish what is recorded" }
        p.govuk-body-l { "Contracts and applications in the formats that others read, as they stand today." }
        (warning_text(&WarningText {
            content: "Look at a file before it is published: what is not shared with the partners is in it, unless only what is shared is taken.".into(),
            ..WarningText::default()
        }))
        @for one in &publishing.formats { (format(&body, one)) }
    };
    let way = vec![("Estate".into(), "/estate".into())];
    let sheet =
        Sheet { title: "Publish what is recorded", section: Section::Estate, way, body: drawn, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn format(body: &str, one: &Publishable) -> Markup {
    let (name, about) = words(one.standard);
    let address = format!("/publish/{}/{}", values::path(body), one.standard.file_name());
    html! {
        h2.govuk-heading-m { (name) }
        p.govuk-body { (about) }
        p.govuk-body { (one.left_out) }
        @if one.kept_back > 0 {
            p.govuk-body {
                (values::grouped(one.kept_back as i64))
                @if one.kept_back == 1 { " entry holds" } @else { " entries hold" }
                " something that is kept back from the partners."
            }
        }
        ul.govuk-list {
            li { a.govuk-link href=(address) download { "Everything" span.govuk-visually-hidden { ": " (name) } } }
            li {
                a.govuk-link href=(format!("{address}?only_shared=true")) download {
                    "Only what is shared" span.govuk-visually-hidden { ": " (name) }
                }
            }
        }
    }
}

fn words(standard: Standard) -> (&'static str, &'static str) {
    match standard {
        Standard::Ocds => (
            "Contracts as open contracting data",
            "One release a contract by the Open Contracting Data Standard 1.1, as Contracts Finder and other registers give them.",
        ),
        Standard::Transparency => (
            "Contracts as the Transparency Code asks for them",
            "The register of contracts over the Code’s amount, with its columns, to be published each quarter.",
        ),
        Standard::Lgr => (
            "Applications for local government reorganisation",
            "The estate as the open LGR rationalisation engine reads it.",
        ),
    }
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    only_shared: bool,
}

async fn download(
    viewer: Viewer,
    Path((body, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let standard = Standard::of(&name).ok_or(Refusal::NotThere { what: "file" })?;
    let bytes = viewer.web.operations.export_standard(&viewer.actor, &body, standard, asked.only_shared).await?;
    let form = if standard == Standard::Transparency { CSV } else { JSON };
    Ok(file(form, &format!("{body}-{name}"), bytes))
}

//! The estate: how many entries of each kind there are, and whose.

use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::Estate;
use penshaw_register::{Holder, Kind, PARTNERSHIP};
use serde::Deserialize;

use crate::components::{Cell, Table, scroll_region, table};
use crate::layout::{Section, Sheet, body_name};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/estate", get(show))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    owner: String,
}

async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let estate = viewer.web.operations.estate(&viewer.actor).await?;
    let known = estate.partnership.authority(&asked.owner).is_some() || asked.owner == PARTNERSHIP;
    let owner = known.then_some(asked.owner.as_str());
    let title = match owner {
        Some(owner) => format!("What is recorded: {}", body_name(&estate.partnership.authorities, owner)),
        None => "What is recorded".to_owned(),
    };
    let sheet =
        Sheet { title: &title, section: Section::Estate, body: draw(&title, &estate, owner), ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn draw(title: &str, estate: &Estate, owner: Option<&str>) -> Markup {
    html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l {
            "You see the entries of your own authority whole, and of the others what they share."
        }
        @if owner != Some(PARTNERSHIP) {
            (kinds(estate, owner, Holder::Authority, "What each authority has"))
        }
        @if owner.is_none() || owner == Some(PARTNERSHIP) {
            (kinds(estate, Some(PARTNERSHIP), Holder::Partnership, "What the partners hold together"))
        }
    }
}

fn kinds(estate: &Estate, owner: Option<&str>, holder: Holder, caption: &'static str) -> Markup {
    let owners: Vec<&str> = match owner {
        Some(owner) => vec![owner],
        None => estate.partnership.authorities.iter().map(|authority| authority.code.as_str()).collect(),
    };
    let mut head: Vec<Cell> = vec!["Kind".into()];
    head.extend(owners.iter().map(|code| Cell::numeric(body_name(&estate.partnership.authorities, code))));
    let rows = Kind::ALL.iter().filter(|kind| kind.holder() == holder).map(|kind| {
        let mut row = vec![name(*kind, owner).into()];
        row.extend(owners.iter().map(|code| {
            let count = estate.counts.get(kind).and_then(|counts| counts.get(*code)).copied().unwrap_or(0);
            Cell::numeric(if count == 0 { "–".to_owned() } else { values::grouped(count) })
        }));
        row
    });
    let drawn = table(&Table {
        caption: caption.into(),
        caption_classes: "govuk-table__caption--m",
        head,
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    scroll_region(caption, &drawn)
}

fn name(kind: Kind, owner: Option<&str>) -> Markup {
    let address = match owner {
        Some(owner) if owner != PARTNERSHIP => format!("/estate/{}?owner={owner}", kind.key()),
        _ => format!("/estate/{}", kind.key()),
    };
    html! {
        a.govuk-link href=(address) { (kind.sheet()) }
        br;
        span.penshaw-quiet { (kind.about()) }
    }
}

//! Baselines: an owner's frozen entries, freezing them, and what changed between two.

mod compare;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use penshaw_basis::Date;
use penshaw_operations::{Finding, Frozen, Invalid, Refusal, Verb};
use penshaw_register::{Kind, PARTNERSHIP};

use crate::components::{
    Button, Cell, CharacterCount, DateInput, Limit, Table, Textarea, button, character_count, date_input,
    scroll_region, table,
};
use crate::form::Form;
use crate::layout::{Section, Sheet, body_name, error_of};
use crate::problem::{Problem, sentence, status};
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

use super::entry;

/// How many findings are named at once; mending these mends most of the rest.
const FINDINGS: usize = 100;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/baselines/{body}", get(list).post(freeze))
        .route("/baselines/{body}/compare", get(compare::show))
}

/// What stands on the page beside the baselines: what was typed, and why it was not done.
#[derive(Default)]
struct Again {
    typed: Option<Form>,
    wrong: Vec<Invalid>,
    findings: Vec<Finding>,
}

async fn list(viewer: Viewer, Path(body): Path<String>) -> Result<Response, Problem> {
    drawn(&viewer, &body, &Again::default()).await
}

async fn freeze(viewer: Viewer, Path(body): Path<String>, form: Form) -> Result<Response, Problem> {
    let done = match day_of(&form) {
        Ok(on) => viewer.web.operations.freeze_baseline(&viewer.actor, &body, on, form.get("note")).await,
        Err(what) => Err(Refusal::invalid("on", what)),
    };
    let refusal = match done {
        Ok(_) => return Ok(Redirect::to(&format!("/baselines/{}?done=frozen", values::path(&body))).into_response()),
        Err(refusal) => refusal,
    };
    let answer = status(&refusal);
    let again = Again { typed: Some(form), ..Again::default() };
    let again = match refusal {
        Refusal::Invalid(wrong) => Again { wrong: wrong.into_iter().map(at_its_first_field).collect(), ..again },
        Refusal::Findings(findings) => {
            let wrong = vec![Invalid::new("findings", "Mend the entries with errors, then freeze them")];
            Again { wrong, findings, ..again }
        }
        Refusal::NotNow { what, hint } => {
            let wrong = vec![Invalid::new("on-day", format!("{} {}", sentence(&what), sentence(&hint)))];
            Again { wrong, ..again }
        }
        refusal => return Err(Problem(refusal)),
    };
    let page = drawn(&viewer, &body, &again).await?;
    Ok((answer, page).into_response())
}

/// A date is three fields, of which the first takes the focus.
fn at_its_first_field(wrong: Invalid) -> Invalid {
    if wrong.field == "on" { Invalid { field: "on-day".into(), ..wrong } } else { wrong }
}

fn day_of(form: &Form) -> Result<Date, &'static str> {
    let parts = ["on-day", "on-month", "on-year"].map(|name| form.get(name));
    if parts.iter().all(|part| part.is_empty()) {
        return Err("Enter the day that the entries are of");
    }
    if parts.iter().any(|part| part.is_empty()) {
        return Err("Enter the day, the month and the year that the entries are of");
    }
    let [day, month, year] = parts;
    let read = (year.parse().ok(), month.parse().ok(), day.parse().ok());
    let (Some(year), Some(month), Some(day)) = read else { return Err("Enter a real day, such as 31 3 2027") };
    if !(1990..=2200).contains(&year) {
        return Err("Enter the year with four digits, such as 2027");
    }
    Date::new(year, month, day).map_err(|_| "Enter a real day, such as 31 3 2027")
}

async fn drawn(viewer: &Viewer, body: &str, again: &Again) -> Result<Response, Problem> {
    let baselines = viewer.web.operations.baselines(&viewer.actor, body).await?;
    let whose = body_name(&viewer.brief().await?.authorities, body);
    let title = format!("Baselines: {whose}");
    let may_freeze = viewer.actor.may(Verb::Freeze, body);
    let today = viewer.web.operations.clock().today();
    let shows_digests = viewer.actor.belongs_to(body) || body == PARTNERSHIP;
    let drawn = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { "A baseline is what was recorded on a day, frozen. Analyses rest on the newest one, and nobody can change it." }
        (findings(body, &again.findings))
        (frozen(&baselines, shows_digests))
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            @if !baselines.is_empty() { (compare::form(body, &baselines, "", "")) }
            @if may_freeze { (freeze_form(body, today, again)) }
        } }
    };
    let sheet = Sheet {
        title: &title,
        section: Section::Estate,
        way: vec![("Estate".into(), "/estate".into())],
        errors: &again.wrong,
        body: drawn,
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

/// The entries that must be mended before they can be frozen, each leading to itself.
fn findings(owner: &str, findings: &[Finding]) -> Markup {
    if findings.is_empty() {
        return html! {};
    }
    html! {
        h2.govuk-heading-l id="findings" tabindex="-1" { "What to mend first" }
        ul.govuk-list.govuk-list--bullet.govuk-list--spaced {
            @for finding in findings.iter().take(FINDINGS) {
                li { (place(owner, finding)) ": " (sentence(&finding.what)) " " (sentence(&finding.hint)) }
            }
        }
        @if findings.len() > FINDINGS { p.govuk-body { "And " (values::grouped((findings.len() - FINDINGS) as i64)) " more." } }
    }
}

fn place(owner: &str, finding: &Finding) -> Markup {
    let kind: Option<Kind> = finding.place.file.parse().ok();
    html! {
        @match kind.zip(finding.place.cell.as_deref()) {
            Some((kind, reference)) => a.govuk-link href=(entry::address(owner, kind, reference)) { (kind.sheet()) ", " (reference) },
            None => (finding.place),
        }
    }
}

fn frozen(baselines: &[Frozen], shows_digests: bool) -> Markup {
    if baselines.is_empty() {
        return html! { p.govuk-body { "None is frozen yet." } };
    }
    let mut head: Vec<Cell> =
        vec!["As of".into(), Cell::numeric("Entries"), "Note".into(), "Frozen by".into(), "When".into()];
    if shows_digests {
        head.push("Digest".into());
    }
    let rows = baselines.iter().map(|one| {
        let mut row: Vec<Cell> = vec![
            values::date(one.on).into(),
            Cell::numeric(values::grouped(one.entries)),
            Cell { classes: "penshaw-cell-long".into(), ..Cell::from(html! { span.penshaw-wrap { (one.note) } }) },
            (&*one.frozen_by).into(),
            values::moment(one.frozen_at).into(),
        ];
        if shows_digests {
            row.push(html! { code { (one.digest.chars().take(12).collect::<String>()) } }.into());
        }
        row
    });
    let drawn = table(&Table {
        caption: "Frozen baselines".into(),
        caption_classes: "govuk-table__caption--l",
        head,
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    html! {
        (scroll_region("Frozen baselines", &drawn))
        @if shows_digests {
            p.govuk-hint { "A digest is the fingerprint of a baseline. It differs if anything in it does." }
        }
    }
}

fn freeze_form(body: &str, today: Date, again: &Again) -> Markup {
    let typed = |name: &str, usual: String| match &again.typed {
        Some(form) => form.get(name).to_owned(),
        None => usual,
    };
    let (day, month) = (typed("on-day", today.day().to_string()), typed("on-month", today.month().to_string()));
    let year = typed("on-year", today.year().to_string());
    html! {
        h2.govuk-heading-l { "Freeze a baseline" }
        p.govuk-body { "It freezes the entries as they stand now." }
        form method="post" action=(format!("/baselines/{}", values::path(body))) novalidate {
            (date_input(&DateInput {
                hint: "The day on which they were true. For example, 31 3 2027".into(),
                day: &day, month: &month, year: &year, error: error_of(&again.wrong, "on-day"),
                ..DateInput::new("on", "What day are the entries of?")
            }))
            (character_count(&CharacterCount {
                textarea: Textarea {
                    rows: Some(3), value: &typed("note", String::new()), error: error_of(&again.wrong, "note"),
                    hint: "What it is for, such as the decision of May.".into(),
                    ..Textarea::new("note", "Note (optional)")
                },
                limit: Limit::Characters(2_000),
                threshold: Some(75),
            }))
            (button(&Button::submit("Freeze it")))
        }
    }
}

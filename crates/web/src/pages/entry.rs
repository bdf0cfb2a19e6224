//! One entry: what is recorded, how sure it is, who sees it, and its history.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::{EntryView, Happened, HistoryStep, OwnView, Refusal};
use penshaw_register::{Field, Holder, Kind};

use crate::components::{
    Button, Cell, Emphasis, SummaryList, SummaryRow, Table, Tag, TagColour, button, scroll_region, summary_list, table,
    tag,
};
use crate::kept::Said;
use crate::layout::{Section, Sheet, body_name};
use crate::pages::publish_record::is_publishable;
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/estate/{kind}/{owner}/entry/{reference}", get(show))
}

/// The address of an entry.
pub(crate) fn address(owner: &str, kind: Kind, reference: &str) -> String {
    format!("/estate/{}/{}/entry/{}", kind.key(), values::path(owner), values::path(reference))
}

async fn show(
    viewer: Viewer,
    Path((kind, owner, reference)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let kind: Kind = kind.parse().map_err(|_| Refusal::NotThere { what: "entry" })?;
    let here = address(&owner, kind, &reference);
    let said = viewer.kept(&here, async || say(&viewer, &owner, kind, &reference).await).await?;
    let sheet = Sheet {
        title: &said.title,
        section: Section::Estate,
        way: said.way.clone(),
        body: said.body(),
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

async fn say(viewer: &Viewer, owner: &str, kind: Kind, reference: &str) -> Result<Said, Refusal> {
    let view = viewer.web.operations.view_entry(&viewer.actor, owner, kind, reference).await?;
    let kinds = (kind.sheet().to_owned(), format!("/estate/{}", kind.key()));
    Ok(Said {
        title: values::title(&view.record).to_owned(),
        way: vec![("Estate".into(), "/estate".into()), kinds],
        body: draw(&view),
    })
}

fn draw(view: &EntryView) -> Markup {
    let record = &view.record;
    let here = address(&view.owner, record.kind, &record.reference);
    html! {
        span.govuk-caption-xl { (record.kind.sheet()) ", " (body_name(&view.authorities, &view.owner)) }
        h1.govuk-heading-xl { (values::title(record)) }
        @if view.own.is_none() {
            p.govuk-body { (tag(&Tag::new("Shared by its owner", TagColour::Teal))) " You see what " (body_name(&view.authorities, &view.owner)) " shares of this entry." }
        }
        (recorded(view))
        @if let Some(own) = &view.own {
            @if own.may_edit {
                div.govuk-button-group {
                    (button(&Button { content: "Change".into(), href: &format!("{here}/change"), ..Button::default() }))
                    (button(&Button { content: "Remove".into(), href: &format!("{here}/remove"), emphasis: Emphasis::Secondary, ..Button::default() }))
                }
            }
            @if is_publishable(record.kind) {
                p.govuk-body { a.govuk-link href=(format!("{here}/publish")) { "See what would be published of it, and publish it" } }
            }
            @if record.kind == Kind::Decision {
                p.govuk-body { a.govuk-link href=(format!("{here}/publish/report")) { "See what would be published of the report to it" } }
                p.govuk-body { a.govuk-link href=(format!("{here}/committee-pack.zip")) download { "Download the pack for a committee system (ZIP)" } }
            }
            @if record.kind.holder() == Holder::Authority { (seen(view, own)) }
            (history(record.kind, &own.history))
        }
    }
}

/// What is recorded, field by field, with how sure each is where that differs.
fn recorded(view: &EntryView) -> Markup {
    let record = &view.record;
    let sure = html! { (values::capital(record.confidence.word())) };
    let mut rows = vec![SummaryRow::new("Reference", &*record.reference)];
    rows.extend(
        record.kind.fields().iter().filter_map(|field| Some(SummaryRow::new(field.label, value(view, field)?))),
    );
    rows.push(SummaryRow::new("How sure", sure));
    rows.push(SummaryRow::new("Last changed", values::moment(view.changed_at)));
    summary_list(&SummaryList { rows, ..SummaryList::default() })
}

/// A field's value; nothing where nothing was recorded.
fn value(view: &EntryView, field: &Field) -> Option<Markup> {
    if let Some(value) = view.record.fields.get(field.name) {
        let differs = view.record.field_confidence.get(field.name);
        return Some(html! {
            (values::shown(field, value))
            @if let Some(confidence) = differs { " " span.penshaw-quiet { "(" (confidence.word()) ")" } }
        });
    }
    if let Some(band) = view.instead.get(field.name) {
        return Some(html! { (band) " " span.penshaw-quiet { "(a band: the owner keeps the figure back)" } });
    }
    let kept = view.kept.iter().any(|kept| kept == field.name);
    kept.then(|| html! { span.penshaw-quiet { "Kept back by its owner" } })
}

/// What the other authorities see of the entry.
fn seen(view: &EntryView, own: &OwnView) -> Markup {
    let kept: Vec<&str> = own.shared.kept.iter().filter_map(|name| Some(view.record.kind.field(name)?.label)).collect();
    html! {
        section aria-labelledby="seen" {
            h2.govuk-heading-m id="seen" { "Who sees it" }
            p.govuk-body { "Everybody who belongs to " (body_name(&view.authorities, &view.owner)) " sees all of it." }
            @if own.shared.shared.is_none() {
                p.govuk-body { "The other authorities do not see it, nor that it is there." }
            } @else if kept.is_empty() && own.shared.bands.is_empty() {
                p.govuk-body { "The other authorities see all of it too." }
            } @else {
                p.govuk-body { "The other authorities see it without these fields:" }
                ul.govuk-list.govuk-list--bullet {
                    @for name in &own.shared.kept {
                        @if let Some(field) = view.record.kind.field(name) {
                            li {
                                (field.label)
                                @if let Some(band) = own.shared.bands.get(name) { ": they see the band " (band) }
                            }
                        }
                    }
                }
            }
            @if own.may_share {
                p.govuk-body {
                    a.govuk-link href=(format!("/sharing/{}?kind={}&reference={}", view.owner, view.record.kind.key(), values::path(&view.record.reference))) {
                        "Change what is shared of it"
                    }
                }
            }
        }
    }
}

fn history(kind: Kind, steps: &[HistoryStep]) -> Markup {
    let rows =
        steps.iter().map(|step| vec![values::moment(step.at).into(), happened(kind, step).into(), (&*step.by).into()]);
    let drawn = table(&Table {
        caption: "History".into(),
        caption_classes: "govuk-table__caption--m",
        head: vec![Cell::from("When"), "What".into(), "Who".into()],
        rows: rows.collect(),
        classes: "penshaw-table",
        ..Table::default()
    });
    scroll_region("History", &drawn)
}

fn happened(kind: Kind, step: &HistoryStep) -> Markup {
    html! {
        @match &step.what {
            Happened::Added => "Added",
            Happened::Removed => "Removed",
            Happened::Changed(fields) if fields.is_empty() => "Saved without a change",
            Happened::Changed(fields) => {
                ul.govuk-list.penshaw-list-plain {
                    @for field in fields { li { (change(kind, field)) } }
                }
            }
        }
        @if let Some(import) = &step.import { " " a.govuk-link href=(format!("/import/{import}")) { "by an import" } }
    }
}

/// A field that changed: what it held and what it holds.
pub(super) fn change(kind: Kind, change: &penshaw_register::FieldChange) -> Markup {
    let field = kind.field(&change.name);
    let words = |value: &Option<serde_json::Value>| match (value, field) {
        (None, _) => "nothing".to_owned(),
        (Some(value), Some(field)) => values::shown(field, value),
        (Some(value), None) => values::plain(value),
    };
    let label = field.map_or_else(|| values::capital(&change.name), |field| field.label.to_owned());
    html! {
        strong { (label) } ": "
        @match change.confidence {
            Some((before, after)) if change.before == change.after => { (before.word()) " → " (after.word()) }
            _ => { (words(&change.before)) " → " (words(&change.after)) }
        }
    }
}

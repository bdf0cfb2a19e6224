//! What anybody may read without signing in: what authorities published of their decisions, as pages and feeds.
//!
//! These pages read publications and nothing else, ask for no cookie, and may be kept by any cache for a minute.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use penshaw_basis::Date;
use penshaw_files::write::feed::{Feed, FeedEntry, atom, json_feed};
use penshaw_files::write::html::body_linked;
use penshaw_operations::{PaperForm, PublicName, Published, Refusal, print_publication};
use serde_json::json;

use crate::components::{Breadcrumb, Cell, Frame, Table, Tag, TagColour, page, scroll_region, table, tag};
use crate::pages::analyses::answered::contents;
use crate::problem::Problem;
use crate::server::Web;
use crate::values;

/// How long a cache may show a page, and how long an old one while it fetches the new.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=60, stale-while-revalidate=300");
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// Routes that need no visitor.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/public", get(index))
        .route("/public/feed.atom", get(atom_feed))
        .route("/public/feed.json", get(feed_of_json))
        .route("/public/records.json", get(records))
        .route("/public/{authority}/{kind}/{reference}", get(show))
        .route("/public/{authority}/{kind}/{reference}/{file}", get(print))
}

/// An answer that anybody may keep: its type, its bytes and the tag by which a cache asks whether it still holds.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    kind: &'static str,
    text: axum::body::Bytes,
    tag: HeaderValue,
    status: StatusCode,
}

impl Kept {
    fn new(kind: &'static str, text: String, status: StatusCode) -> Kept {
        let mut digester = penshaw_basis::Digester::new("penshaw page");
        digester.part(&text);
        let tag = digester.finish().short().to_owned();
        Kept { status, ..Kept::tagged(kind, text.into(), &tag) }
    }

    fn tagged(kind: &'static str, text: axum::body::Bytes, tag: &str) -> Kept {
        let tag = HeaderValue::from_str(&format!("\"{tag}\"")).expect("a digest is plain");
        Kept { kind, text, tag, status: StatusCode::OK }
    }

    /// The answer; or, to a cache that has it, that it still holds.
    fn answer(&self, asked: &HeaderMap) -> Response {
        let has = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let tag = self.tag.to_str().unwrap_or_default();
        let holds = has.is_some_and(|tags| tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
        let headers = [(header::CACHE_CONTROL, CACHED), (header::ETAG, self.tag.clone())];
        match holds && self.status == StatusCode::OK {
            true => (StatusCode::NOT_MODIFIED, headers).into_response(),
            false => {
                let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(self.kind))];
                (self.status, headers, kind, self.text.clone()).into_response()
            }
        }
    }
}

/// The answer at an address, made anew only after something was published.
async fn kept(
    web: &Web,
    asked: &HeaderMap,
    address: &str,
    make: impl AsyncFnOnce() -> Result<Kept, Refusal>,
) -> Result<Response, Problem> {
    let today = web.operations.clock().today();
    let key = format!("{} {today} {address}", web.operations.public_revision().await?);
    if let Some(known) = web.inner.public.get(&key) {
        return Ok(known.answer(asked));
    }
    let made = Arc::new(make().await?);
    web.inner.public.insert(key, Arc::clone(&made));
    Ok(made.answer(asked))
}

/// The page with the frame of those who are not signed in.
fn framed(of: &PublicName, title: &str, breadcrumbs: Vec<Breadcrumb>, body: Markup) -> String {
    let frame = Frame {
        title,
        service_name: "Decisions on shared ICT",
        partnership: &of.name,
        marking: of.marking.as_deref(),
        breadcrumbs,
        body,
        ..Frame::default()
    };
    page(&frame).into_string()
}

async fn index(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Problem> {
    kept(&web, &headers, "/public", async || {
        let body = listed(&web.operations.public_list().await?, web.operations.clock().today());
        let page = framed(&web.operations.public_name().await?, "Notices and decisions", Vec::new(), body);
        Ok(Kept::new(HTML, page, StatusCode::OK))
    })
    .await
}

fn listed(published: &[Published], today: Date) -> Markup {
    let is_decision = |one: &&Published| one.kind == "decisions";
    let decided: Vec<&Published> = published.iter().filter(is_decision).collect();
    let ahead: Vec<&Published> = published
        .iter()
        .filter(|one| one.facts.key == Some(true) && one.kind == "notices")
        .filter(|one| one.facts.until.or(one.facts.day).is_some_and(|day| day >= today))
        .filter(|one| {
            !decided.iter().any(|made| made.authority == one.authority && made.facts.decision == one.facts.decision)
        })
        .collect();
    let reports: Vec<&Published> = published.iter().filter(|one| one.kind == "reports").collect();
    let notices: Vec<&Published> = published.iter().filter(|one| one.kind == "notices").collect();
    html! {
        h1.govuk-heading-xl { "Notices and decisions" }
        p.govuk-body-l { "What the authorities of this partnership published of the decisions they are to make, and of those they made." }
        @if published.is_empty() {
            p.govuk-body { "Nothing has been published yet." }
        }
        (section("Forward plan: key decisions to come", &ahead, "No key decision is announced for a day to come."))
        (section("Notices", &notices, "No notice is published."))
        (section("Reports", &reports, "No report is published."))
        (section("Decisions", &decided, "No statement of a decision is published."))
        section aria-labelledby="follow" {
            h2.govuk-heading-m id="follow" { "Follow what is published" }
            p.govuk-body {
                "As an " a.govuk-link href="/public/feed.atom" { "Atom feed" } ", a "
                a.govuk-link href="/public/feed.json" { "JSON feed" } " or "
                a.govuk-link href="/public/records.json" { "open data (JSON)" } "."
            }
        }
        p.govuk-body { "What is exempt from publication is not here, nor in any feed. This is not legal advice." }
    }
}

fn section(heading: &str, published: &[&Published], none: &str) -> Markup {
    let id = heading.split(':').next().unwrap_or(heading).to_lowercase().replace(' ', "-");
    html! {
        h2.govuk-heading-m id=(id) { (heading) }
        @if published.is_empty() { p.govuk-body { (none) } } @else { (scroll_region(heading, &records_table(heading, published))) }
    }
}

fn records_table(caption: &str, published: &[&Published]) -> Markup {
    let head = ["Matter", "Authority", "Decision maker", "Day", "Published"].map(Cell::from).to_vec();
    let row = |one: &&Published| {
        let day = match (one.facts.day, one.facts.until) {
            (Some(from), Some(until)) => format!("{} to {}", values::date(from), values::date(until)),
            (Some(day), None) => values::date(day),
            _ => String::new(),
        };
        vec![
            html! { a.govuk-link href=(address(one)) { (one.title) } br; span.penshaw-quiet { (one.facts.matter) } }
                .into(),
            Cell::from(one.facts.authority.clone()),
            Cell::from(one.facts.decision_maker.clone().unwrap_or_default()),
            Cell::from(day),
            values::moment(one.published_at).into(),
        ]
    };
    table(&Table {
        caption: caption.to_owned().into(),
        caption_classes: "govuk-visually-hidden",
        head,
        rows: published.iter().map(row).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    })
}

/// The address of a publication, which stays.
pub(super) fn address(one: &Published) -> String {
    format!("/public/{}/{}/{}", values::path(&one.authority), one.kind, values::path(&one.reference))
}

async fn show(
    State(web): State<Web>,
    Path((authority, kind, reference)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let here = format!("{authority}/{kind}/{reference}");
    kept(&web, &headers, &here, async || {
        let versions = web.operations.public_versions(&authority, &kind, &reference).await?;
        let newest = &versions[0];
        let status = if newest.withdrawn.is_some() { StatusCode::GONE } else { StatusCode::OK };
        let way = vec![Breadcrumb { content: "Notices and decisions".into(), href: "/public".into() }];
        let page = framed(&web.operations.public_name().await?, &newest.document.title, way, one(newest, &versions));
        Ok(Kept::new(HTML, page, status))
    })
    .await
}

fn one(newest: &Published, versions: &[Published]) -> Markup {
    html! {
        @match &newest.withdrawn {
            Some(why) => {
                span.govuk-caption-xl { (newest.facts.authority) }
                h1.govuk-heading-xl { (newest.title) }
                p.govuk-body { (tag(&Tag::new("Withdrawn", TagColour::Grey))) " on " (values::moment(newest.published_at)) ": " (why) }
            }
            None => (shown(newest)),
        }
        section aria-labelledby="versions" {
            h2.govuk-heading-m id="versions" { "Versions" }
            ul.govuk-list.govuk-list--bullet {
                @for version in versions {
                    li {
                        "Version " (version.version) ", " (values::moment(version.published_at))
                        @if version.withdrawn.is_some() { ": withdrawn" } @else { ": digest " code.penshaw-wrap { (version.digest) } }
                    }
                }
            }
        }
    }
}

/// What was published, with its files first: a report is long.
fn shown(one: &Published) -> Markup {
    let document = &one.document;
    let drawn = body_linked(document, &|_| None);
    html! {
        span.govuk-caption-xl { (if document.occasion.is_empty() { &one.facts.authority } else { &document.occasion }) }
        h1.govuk-heading-xl { (document.title) }
        p.govuk-body-l { (document.author) }
        p.govuk-body {
            "This page as "
            a.govuk-link href=(format!("{}/document.pdf", address(one))) { "PDF" }
            " or "
            a.govuk-link href=(format!("{}/document.docx", address(one))) { "Word" }
            "."
        }
        (contents(&drawn.contents))
        (drawn.text)
        (drawn.sources)
    }
}

/// The names under which a publication can be fetched as a file.
const FILES: [(&str, PaperForm, &str); 2] = [
    ("document.pdf", PaperForm::Pdf, "application/pdf"),
    ("document.docx", PaperForm::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
];

/// A publication as a file: printed when it is first asked for, once for all who ask meanwhile.
async fn print(
    State(web): State<Web>,
    Path((authority, kind, reference, file)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = FILES.iter().find(|(name, ..)| *name == file).ok_or(Refusal::NotThere { what: "file" })?;
    let mut versions = web.operations.public_versions(&authority, &kind, &reference).await?;
    let newest = versions.swap_remove(0);
    if newest.withdrawn.is_some() {
        return show(State(web), Path((authority, kind, reference)), headers).await;
    }
    let key = format!("{} {}", newest.digest, form.0);
    let tag = key.replace(' ', "-");
    let printed = web.inner.public_files.get_or_insert_async(&key, async {
        let bytes = print_publication(newest, form.1).await?;
        Ok::<_, Refusal>(Arc::new(Kept::tagged(form.2, bytes.into(), &tag)))
    });
    Ok(printed.await?.answer(&headers))
}

async fn atom_feed(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Problem> {
    kept(&web, &headers, "atom", async || {
        let feed = feed(&web).await?;
        Ok(Kept::new("application/atom+xml; charset=utf-8", atom(&feed), StatusCode::OK))
    })
    .await
}

async fn feed_of_json(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Problem> {
    kept(&web, &headers, "feed.json", async || {
        let feed = feed(&web).await?;
        let own = format!("{}/feed.json", feed.home);
        Ok(Kept::new("application/feed+json; charset=utf-8", json_feed(&feed, &own), StatusCode::OK))
    })
    .await
}

async fn feed(web: &Web) -> Result<Feed, Refusal> {
    let published = web.operations.public_list().await?;
    let home = format!("{}/public", web.operations.settings().public_address);
    let entry = |one: &Published| FeedEntry {
        address: format!("{}{}", web.operations.settings().public_address, address(one)),
        title: one.title.clone(),
        summary: one.facts.matter.clone(),
        author: one.facts.authority.clone(),
        category: one.facts.what.clone(),
        updated: one.published_at,
    };
    Ok(Feed {
        title: format!("{}: notices and decisions", web.operations.public_name().await?.name),
        address: format!("{home}/feed.atom"),
        updated: published.first().map_or(jiff::Timestamp::UNIX_EPOCH, |one| one.published_at),
        entries: published.iter().map(entry).collect(),
        home,
    })
}

/// Everything that is public as plain data.
async fn records(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Problem> {
    kept(&web, &headers, "records.json", async || {
        let published = web.operations.public_list().await?;
        let record = |one: &Published| {
            json!({
                "address": format!("{}{}", web.operations.settings().public_address, address(one)),
                "authority": one.facts.authority,
                "kind": one.kind,
                "reference": one.reference,
                "version": one.version,
                "title": one.title,
                "what": one.facts.what,
                "matter": one.facts.matter,
                "decision_maker": one.facts.decision_maker,
                "key_decision": one.facts.key,
                "day": one.facts.day,
                "until": one.facts.until,
                "published_at": one.published_at,
                "digest": one.digest,
            })
        };
        let name = web.operations.public_name().await?.name;
        let all = json!({ "partnership": name, "records": published.iter().map(record).collect::<Vec<_>>() });
        let text = serde_json::to_string_pretty(&all).expect("records are plain data");
        Ok(Kept::new(JSON, text, StatusCode::OK))
    })
    .await
}

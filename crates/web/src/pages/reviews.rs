//! Matches to review: entries that might mean the same product, what speaks for it, and what a person says of them.

mod suggestions;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use penshaw_analyses::overlap::{Match, Member, Outcome, ProductGroup, reviews_that_split};
use penshaw_basis::Source;
use penshaw_operations::{Invalid, MatchesView, Refusal, Reviewed};

use crate::components::{
    Button, Checkboxes, Choice, Emphasis, Input, Legend, Radios, Tag, TagColour, button, checkboxes, input, radios, tag,
};
use crate::form::Form;
use crate::layout::{Section, Sheet, error_of};
use crate::pages::analyses::sources::Linked;
use crate::pages::analyses::{still_stands, work_out_form};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

/// How many matches stand on a page: as many as a person reviews at a sitting.
const ON_A_PAGE: usize = 10;
const NONE_PARTED: &str = "Choose those that are another product, and leave one or more of the others";
/// The words of each verdict, as the form offers them.
const VERDICTS: [(&str, &str); 3] = [
    ("same product", "The same product"),
    ("same function only", "Other products that serve the same function"),
    ("different", "Different"),
];

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/matches", get(show).post(keep))
        .route("/matches/group/{id}", get(group).post(split))
        .merge(suggestions::routes())
}

async fn show(viewer: Viewer, Query(asked): Query<BTreeMap<String, String>>) -> Result<Response, Problem> {
    let page = asked.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    list(&viewer, page, &[]).await
}

async fn list(viewer: &Viewer, page: usize, wrong: &[Invalid]) -> Result<Response, Problem> {
    let view = viewer.web.operations.matches(&viewer.actor).await?;
    let body = match &view.answer {
        None => html! {
            h1.govuk-heading-xl { "Matches to review" }
            p.govuk-body-l { "Where the same thing is run twice has not been worked out yet." }
            (work_out_form("/analyses/overlap/work-out", "Work it out", Emphasis::Primary))
        },
        Some((run, outcome)) => {
            let open: Vec<&Match> = outcome.matches.iter().filter(|found| view.review_of(found).is_none()).collect();
            let done: Vec<&Match> = outcome.matches.iter().filter(|found| view.review_of(found).is_some()).collect();
            let pages = open.len().div_ceil(ON_A_PAGE).max(1);
            let page = page.clamp(1, pages);
            let shown = &open[((page - 1) * ON_A_PAGE).min(open.len())..(page * ON_A_PAGE).min(open.len())];
            let linked = Linked::of_sources(viewer, &cited(shown, &done)).await?;
            html! {
                h1.govuk-heading-xl { "Matches to review" }
                p.govuk-body-l { "Entries that may mean the same product. What you say binds, and teaches the matching of the rest." }
                (still_stands(run))
                p.govuk-body {
                    (open.len()) " to review, " (done.len()) " reviewed. Those come first where most money rests on the answer."
                }
                @if !shown.is_empty() { (to_review(&view, shown, page, &linked, wrong)) }
                (other_pages(page, pages))
                (suggestions::way_to(outcome))
                (groups(outcome))
                (reviewed(&view, &done, &linked))
                @if view.may_review {
                    section.penshaw-part.penshaw-no-print aria-labelledby="work-out" {
                        h2.govuk-heading-m id="work-out" { "Work it out again" }
                        p.govuk-body { "Verdicts count from the next working-out on. Those that are not frozen yet count where the entries are used as they stand." }
                        (work_out_form("/analyses/overlap/work-out", "Work it out again", Emphasis::Secondary))
                    }
                }
            }
        }
    };
    let way = vec![("Analyses".into(), "/analyses".into()), (overlap(), "/analyses/overlap".into())];
    let sheet =
        Sheet { title: "Matches to review", section: Section::Analyses, way, errors: wrong, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn overlap() -> String {
    "Where do we run the same thing twice?".into()
}

fn cited(shown: &[&Match], done: &[&Match]) -> Vec<Source> {
    shown.iter().chain(done).flat_map(|found| [found.one.clone(), found.other.clone()]).collect()
}

fn to_review(view: &MatchesView, shown: &[&Match], page: usize, linked: &Linked, wrong: &[Invalid]) -> Markup {
    html! {
        form method="post" action="/matches" novalidate {
            input type="hidden" name="page" value=(page);
            @for (place, found) in shown.iter().enumerate() {
                section.penshaw-part aria-labelledby=(format!("match-{place}")) {
                    h2.govuk-heading-m id=(format!("match-{place}")) { (found.one_name) " and " (found.other_name) }
                    (about(found, linked))
                    @if view.may_review { (verdict(found, place, wrong)) }
                }
            }
            @if view.may_review { (button(&Button::submit("Keep these verdicts"))) }
        }
    }
}

fn about(found: &Match, linked: &Linked) -> Markup {
    let entry = |source: &Source, supplier: Option<&String>| {
        html! {
            (linked.named(source))
            @if let Some(supplier) = supplier { ", of " (supplier) } @else { ", supplier not known" }
        }
    };
    html! {
        p.govuk-body {
            (entry(&found.one, found.one_supplier.as_ref())) "; " (entry(&found.other, found.other_supplier.as_ref())) "."
        }
        p.govuk-body {
            (percent(found.probability)) " probable that they mean the same product"
            @if let Some(money) = found.at_stake { ". " (values::money(money.pence())) " a year could be bought once" } "."
        }
        ul.govuk-list.govuk-list--bullet { @for reason in &found.reasons { li { (values::capital(reason)) } } }
    }
}

fn verdict(found: &Match, place: usize, wrong: &[Invalid]) -> Markup {
    let (name, reason) = (format!("verdict-{place}"), format!("reason-{place}"));
    let asked = format!("What are {} and {} to each other?", found.one_name, found.other_name);
    let mut items: Vec<Choice> = VERDICTS.iter().map(|(verdict, words)| Choice::new(*verdict, *words)).collect();
    items.push(Choice::new("", "I do not know yet"));
    html! {
        input type="hidden" name=(format!("one-{place}")) value=(found.one.to_string());
        input type="hidden" name=(format!("other-{place}")) value=(found.other.to_string());
        (radios(&Radios {
            small: true, error: if place == 0 { error_of(wrong, "verdict") } else { None },
            ..Radios::new(&name, asked, items)
        }))
        (input(&Input { id: &reason, ..Input::new(&reason, "Why (optional)") }))
    }
}

fn other_pages(page: usize, pages: usize) -> Markup {
    html! {
        @if pages > 1 {
            p.govuk-body.penshaw-no-print {
                "Page " (page) " of " (pages) ". "
                @if page > 1 { a.govuk-link href=(format!("/matches?page={}", page - 1)) { "Page before" } " " }
                @if page < pages { a.govuk-link href=(format!("/matches?page={}", page + 1)) { "Next page" } }
            }
        }
    }
}

/// The groups that stand, each with the way to split it.
fn groups(outcome: &Outcome) -> Markup {
    html! {
        @if !outcome.groups.is_empty() {
            section.penshaw-part aria-labelledby="groups" {
                h2.govuk-heading-m id="groups" { "Products that several entries mean" }
                ul.govuk-list {
                    @for group in outcome.groups.iter().take(100) {
                        li {
                            a.govuk-link href=(address(group)) { (group.name) }
                            ", " (group.members.len()) " entries of " (group.authorities) " authorities"
                        }
                    }
                }
                @if outcome.groups.len() > 100 { p.govuk-body { "And " (outcome.groups.len() - 100) " more, in the answer's data." } }
            }
        }
    }
}

fn address(group: &ProductGroup) -> String {
    format!("/matches/group/{}", values::path(&group.id))
}

fn reviewed(view: &MatchesView, done: &[&Match], linked: &Linked) -> Markup {
    html! {
        @if !done.is_empty() {
            section.penshaw-part aria-labelledby="reviewed" {
                h2.govuk-heading-m id="reviewed" { "Reviewed" }
                ul.govuk-list.govuk-list--spaced {
                    @for found in done {
                        li {
                            (found.one_name) " (" (linked.named(&found.one)) ") and " (found.other_name) " (" (linked.named(&found.other)) "): "
                            @if let Some((review, verdict)) = view.review_of(found) {
                                a.govuk-link href=(format!("/estate/product_reviews/partnership/entry/{}", values::path(review))) { (verdict) }
                                @if found.review.is_none() { " " (tag(&Tag::new("Not yet worked in", TagColour::Grey))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn percent(probability: f64) -> String {
    format!("{:.0}%", probability * 100.0)
}

async fn keep(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let said = (0..ON_A_PAGE).filter_map(|place| {
        let of = |name: &str| form.get(&format!("{name}-{place}")).to_owned();
        let review = Reviewed { one: of("one"), other: of("other"), verdict: of("verdict"), reason: of("reason") };
        (!review.verdict.is_empty()).then_some(review)
    });
    let said: Vec<Reviewed> = said.collect();
    match viewer.web.operations.review_products(&viewer.actor, &said).await {
        Ok(_) => Ok(Redirect::to("/matches?done=reviewed").into_response()),
        Err(Refusal::Invalid(wrong)) => {
            let mut response = list(&viewer, form.get("page").parse().unwrap_or(1), &wrong).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn group(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    one_group(&viewer, &id, &[]).await
}

async fn one_group(viewer: &Viewer, id: &str, wrong: &[Invalid]) -> Result<Response, Problem> {
    let view = viewer.web.operations.matches(&viewer.actor).await?;
    let group = found_group(&view, id)?;
    let sources: Vec<Source> = group.members.iter().map(|member| member.entry.clone()).collect();
    let linked = Linked::of_sources(viewer, &sources).await?;
    let member = |member: &Member| {
        let supplier = member.supplier.as_deref().unwrap_or("supplier not known");
        let cost = member.annual_cost.map_or_else(|| "cost not known".to_owned(), |cost| values::money(cost.pence()));
        Choice {
            hint: format!("{supplier}; {cost} a year; {} sure", percent(member.probability)).into(),
            ..Choice::new(member.entry.to_string(), format!("{} ({})", member.name, member.entry))
        }
    };
    let body = html! {
        span.govuk-caption-xl { "One product under several names" }
        h1.govuk-heading-xl { (group.name) }
        p.govuk-body-l { (group.members.len()) " entries of " (group.authorities) " authorities are taken for the same product." }
        ul.govuk-list.govuk-list--bullet {
            @for member in &group.members { li { (member.name) " (" (linked.named(&member.entry)) ")" } }
        }
        @if view.may_review {
            form method="post" action=(address(group)) novalidate {
                (checkboxes(&Checkboxes {
                    name: "part", legend: Some(Legend::medium("Which of them are another product?")),
                    hint: "Those that you choose stay together and are parted from the others.".into(),
                    items: group.members.iter().map(member).collect(), error: error_of(wrong, "part"),
                    ..Checkboxes::default()
                }))
                (input(&Input { id: "reason", ..Input::new("reason", "Why (optional)") }))
                (button(&Button::submit("Split the group")))
            }
        }
    };
    let way = vec![
        ("Analyses".into(), "/analyses".into()),
        (overlap(), "/analyses/overlap".into()),
        ("Matches to review".into(), "/matches".into()),
    ];
    let sheet = Sheet { title: &group.name, section: Section::Analyses, way, errors: wrong, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn found_group<'a>(view: &'a MatchesView, id: &str) -> Result<&'a ProductGroup, Refusal> {
    let groups = view.answer.iter().flat_map(|(_, outcome)| &outcome.groups);
    groups.into_iter().find(|group| group.id == id).ok_or(Refusal::NotThere { what: "group" })
}

async fn split(viewer: Viewer, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let view = viewer.web.operations.matches(&viewer.actor).await?;
    let group = found_group(&view, &id)?;
    let all: Vec<String> = group.members.iter().map(|member| member.entry.to_string()).collect();
    let chosen = form.all("part");
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let said: Vec<Reviewed> = reviews_that_split(&all, &chosen)
        .into_iter()
        .map(|(one, other)| Reviewed {
            one: one.to_owned(),
            other: other.to_owned(),
            verdict: "different".into(),
            reason: form.get("reason").to_owned(),
        })
        .collect();
    match viewer.web.operations.review_products(&viewer.actor, &said).await {
        Ok(_) => Ok(Redirect::to("/matches?done=reviewed").into_response()),
        Err(Refusal::Invalid(wrong)) => {
            let wrong = if said.is_empty() { vec![Invalid::new("part", NONE_PARTED)] } else { wrong };
            let mut response = one_group(&viewer, &id, &wrong).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

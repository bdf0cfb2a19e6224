//! What the analyses offer: savings and costs that an option may adopt as its lines.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_operations::{AdoptedBy, Invalid, Offered, Offering, OpportunitiesView, Refusal};
use penshaw_register::{Adopting, Authority, Opportunity, OpportunityAmount};

use crate::components::{
    Button, Cell, Emphasis, Input, Select, SelectItem, SummaryList, SummaryRow, Table, Tag, TagColour, Width, button,
    input, inset_text, scroll_region, select, summary_list, table, tag,
};
use crate::form::Form;
use crate::layout::{Section, Sheet, body_name, error_of};
use crate::pages::analyses::sources::Linked;
use crate::problem::{Problem, sentence};
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

const CHANGED: &str = "The answer was worked out again while you looked. Look at what it offers now, then adopt it";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/opportunities", get(list))
        .route("/opportunities/{analysis}/{id}", get(show))
        .route("/opportunities/{analysis}/{id}/adopt", post(adopt))
        .route("/opportunities/{analysis}/{id}/set-aside", post(set_aside))
}

async fn list(viewer: Viewer) -> Result<Response, Problem> {
    let view = viewer.web.operations.opportunities(&viewer.actor).await?;
    let body = html! {
        h1.govuk-heading-xl { "Savings and costs found" }
        p.govuk-body-l { "What the newest answers offer. An option that adopts one gains lines, which the appraisal and the report then hold." }
        p.govuk-body { "Several questions look at the same contracts: where two of these rest on one contract, adopt one of them." }
        @if view.answers.is_empty() {
            p.govuk-body { "No answer offers anything yet. " a.govuk-link href="/analyses" { "Work the analyses out" } " first." }
        }
        @for answer in &view.answers { (offering(answer)) }
    };
    let sheet = Sheet {
        title: "Savings and costs found",
        section: Section::Analyses,
        way: vec![("Analyses".into(), "/analyses".into())],
        body,
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

fn offering(answer: &Offering) -> Markup {
    let head = vec![
        Cell::from("What would be done"),
        Cell::from("For whom"),
        Cell::numeric("Likeliest, all years"),
        Cell::numeric("From"),
        Cell::numeric("To"),
        Cell::from("Earliest"),
        Cell::from("Standing"),
    ];
    let row = |offered: &Offered| {
        let opportunity = &offered.opportunity;
        let [low, likely, high] = sums(&opportunity.amounts);
        vec![
            html! { a.govuk-link href=(address(opportunity)) { (opportunity.description) } }.into(),
            Cell::from(authorities_of(opportunity).join(", ")),
            Cell::numeric(values::money(likely)),
            Cell::numeric(values::money(low)),
            Cell::numeric(values::money(high)),
            opportunity.earliest.map_or_else(|| "Not said".to_owned(), values::date).into(),
            html! { @for (place, adopted) in offered.adopted.iter().enumerate() { @if place > 0 { br; } (standing(adopted)) } @if offered.adopted.is_empty() { span.penshaw-quiet { "Not adopted" } } }
                .into(),
        ]
    };
    let rows = Table {
        caption: answer.question.into(),
        caption_classes: "govuk-visually-hidden",
        head,
        rows: answer.offered.iter().map(row).collect(),
        first_cell_is_header: false,
        classes: "penshaw-table",
    };
    html! {
        section.penshaw-part aria-labelledby=(answer.name) {
            h2.govuk-heading-m id=(answer.name) { (answer.question) }
            @if answer.changed.is_some() {
                p.govuk-body { (tag(&Tag::new("Out of date", TagColour::Orange))) " What it rests on has changed. " a.govuk-link href=(format!("/analyses/{}", answer.name)) { "Work it out again" } "." }
            }
            (scroll_region(&format!("Table: {}", answer.question), &table(&rows)))
        }
    }
}

fn standing(adopted: &AdoptedBy) -> Markup {
    html! {
        @if adopted.superseded {
            (tag(&Tag::new(format!("{}: superseded", adopted.option), TagColour::Orange)))
        } @else {
            (tag(&Tag::new(format!("Adopted by {}", adopted.option), TagColour::Green)))
        }
    }
}

/// The sums over all authorities and years: the least, the likeliest and the most, in pence.
fn sums(amounts: &[OpportunityAmount]) -> [i64; 3] {
    let mut sums = [0; 3];
    for amount in amounts {
        for (sum, part) in sums.iter_mut().zip([amount.low, amount.likely, amount.high]) {
            *sum += part.pence();
        }
    }
    sums
}

fn authorities_of(opportunity: &Opportunity) -> Vec<String> {
    let mut codes: Vec<String> = opportunity.amounts.iter().map(|amount| amount.authority.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn address(opportunity: &Opportunity) -> String {
    format!("/opportunities/{}/{}", opportunity.analysis, values::path(&opportunity.id))
}

async fn show(viewer: Viewer, Path((analysis, id)): Path<(String, String)>) -> Result<Response, Problem> {
    one(&viewer, &analysis, &id, &Form::default(), &[]).await
}

async fn one(viewer: &Viewer, analysis: &str, id: &str, typed: &Form, wrong: &[Invalid]) -> Result<Response, Problem> {
    let view = viewer.web.operations.opportunities(&viewer.actor).await?;
    let there = view
        .answers
        .iter()
        .find(|answer| answer.name == analysis)
        .and_then(|answer| Some((answer, answer.offered.iter().find(|offered| offered.opportunity.id == id)?)));
    let (answer, offered) = there.ok_or(Refusal::NotThere { what: "opportunity" })?;
    let opportunity = &offered.opportunity;
    let linked = Linked::of_sources(viewer, &opportunity.sources).await?;
    let body = html! {
        span.govuk-caption-xl { (answer.question) }
        h1.govuk-heading-xl { (opportunity.description) }
        @if answer.changed.is_some() {
            (inset_text(&"What this rests on has changed since it was worked out. Work the question out again before you adopt it.".into()))
        }
        (about(opportunity, &linked))
        (years(opportunity, &view.authorities))
        (taken(opportunity, offered))
        @if view.may_adopt { (form(&view, answer, opportunity, typed, wrong)) }
    };
    let way =
        vec![("Analyses".into(), "/analyses".into()), ("Savings and costs found".into(), "/opportunities".into())];
    let sheet = Sheet {
        title: &opportunity.description,
        section: Section::Analyses,
        way,
        errors: wrong,
        body,
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

fn about(opportunity: &Opportunity, linked: &Linked) -> Markup {
    let earliest = opportunity.earliest.map_or_else(|| "Not said".to_owned(), values::date);
    let blockers = html! {
        @if opportunity.blockers.is_empty() { "Nothing that is recorded" }
        @else { ul.govuk-list.govuk-list--bullet { @for blocker in &opportunity.blockers { li { (sentence(blocker)) } } } }
    };
    let sources = html! {
        ul.govuk-list { @for source in &opportunity.sources { li { (linked.named(source)) } } }
    };
    summary_list(&SummaryList::new(vec![
        SummaryRow::new("Earliest start", earliest),
        SummaryRow::new("What stands in its way", blockers),
        SummaryRow::new("Rests on", sources),
    ]))
}

fn years(opportunity: &Opportunity, authorities: &[Authority]) -> Markup {
    let head = vec![
        Cell::from("Authority"),
        Cell::from("Year"),
        Cell::numeric("Least"),
        Cell::numeric("Likeliest"),
        Cell::numeric("Most"),
    ];
    let row = |amount: &OpportunityAmount| {
        let mut row = vec![body_name(authorities, &amount.authority).into(), amount.year.to_string().into()];
        row.extend([amount.low, amount.likely, amount.high].map(|money| Cell::numeric(values::money(money.pence()))));
        row
    };
    let rows = Table {
        caption: "What each authority saves in each year; what it pays is negative".into(),
        caption_classes: "govuk-table__caption--s",
        head,
        rows: opportunity.amounts.iter().map(row).collect(),
        first_cell_is_header: false,
        classes: "penshaw-table",
    };
    scroll_region("Savings by authority and year", &table(&rows))
}

/// The options that have adopted it, each with its lines and the way out.
fn taken(opportunity: &Opportunity, offered: &Offered) -> Markup {
    html! {
        @for adopted in &offered.adopted {
            section.penshaw-part aria-labelledby=(format!("adopted-{}", adopted.option)) {
                h2.govuk-heading-m id=(format!("adopted-{}", adopted.option)) { "Adopted by option " (adopted.option) ", " (adopted.name) }
                @if adopted.superseded {
                    (inset_text(&"The newest answer would make these lines otherwise, or somebody has changed them. Keep them, or adopt it again.".into()))
                }
                p.govuk-body {
                    "Its lines: "
                    @for (place, line) in adopted.lines.iter().enumerate() {
                        @if place > 0 { ", " }
                        a.govuk-link href=(format!("/estate/lines/partnership/entry/{}", values::path(line))) { (line) }
                    }
                    "."
                }
                form.penshaw-no-print method="post" action=(format!("{}/set-aside", address(opportunity))) {
                    input type="hidden" name="option" value=(adopted.option);
                    (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit(format!("Take it out of option {}", adopted.option)) }))
                }
            }
        }
    }
}

fn form(
    view: &OpportunitiesView,
    answer: &Offering,
    opportunity: &Opportunity,
    typed: &Form,
    wrong: &[Invalid],
) -> Markup {
    let mut items = vec![SelectItem::new("", "Choose an option")];
    items.extend(view.options.iter().map(|(option, name)| SelectItem::new(option.clone(), format!("{option} {name}"))));
    let saves = authorities_of(opportunity)
        .into_iter()
        .filter(|code| opportunity.amounts.iter().any(|amount| amount.authority == *code && amount.likely.pence() > 0));
    html! {
        section.penshaw-part.penshaw-no-print aria-labelledby="adopt" {
            h2.govuk-heading-m id="adopt" { "Adopt it" }
            p.govuk-body { "The option gains a line for each authority that saves, and one for each that pays, with the range." }
            form method="post" action=(format!("{}/adopt", address(opportunity))) novalidate {
                input type="hidden" name="run" value=(answer.run);
                (select(&Select {
                    name: "option", id: "option", label: "Option".into(), items, value: typed.get("option"),
                    error: error_of(wrong, "option"), ..Select::default()
                }))
                @for code in saves {
                    @let name = format!("cost-centre-{code}");
                    @let label = format!("Cost centre of {} whose budget falls (optional)", body_name(&view.authorities, &code));
                    (input(&Input {
                        id: &name, value: typed.get(&name), width: Width::Ten,
                        hint: "Without one the benefit is recorded as non-cash-releasing".into(),
                        ..Input::new(&name, label.as_str())
                    }))
                }
                (button(&Button::submit("Adopt it")))
            }
        }
    }
}

async fn adopt(viewer: Viewer, Path((analysis, id)): Path<(String, String)>, form: Form) -> Result<Response, Problem> {
    let centres = form.0.iter().filter_map(|(name, value)| {
        let authority = name.strip_prefix("cost-centre-")?;
        let value = value.trim();
        (!value.is_empty()).then(|| (authority.to_owned(), value.to_owned()))
    });
    let adopting = Adopting {
        option: form.get("option").to_owned(),
        run: form.get("run").to_owned(),
        cost_centres: centres.collect::<BTreeMap<_, _>>(),
    };
    let adopted = viewer.web.operations.adopt_opportunity(&viewer.actor, &analysis, &id, &adopting).await;
    let (status, wrong) = match adopted {
        Ok(_) => {
            let to = format!("/opportunities/{analysis}/{}?done=adopted-opportunity", values::path(&id));
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Refusal::Invalid(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Err(Refusal::ChangedMeanwhile { .. }) => (StatusCode::CONFLICT, vec![Invalid::new("option", CHANGED)]),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut response = one(&viewer, &analysis, &id, &form, &wrong).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn set_aside(
    viewer: Viewer,
    Path((analysis, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let name = format!("{analysis}/{id}");
    viewer.web.operations.set_opportunity_aside(&viewer.actor, &name, form.get("option")).await?;
    let to = format!("/opportunities/{analysis}/{}?done=set-opportunity-aside", values::path(&id));
    Ok(Redirect::to(&to).into_response())
}

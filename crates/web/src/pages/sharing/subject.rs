//! What is shared of one kind of entry, or of one entry where it differs from the rest.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::{About, Extent, Invalid, Refusal, Shares, Sharing};
use penshaw_register::{Holder, Kind, SharingChoice, Which};

use super::fields::{self, Typed};
use super::{address, overview, preview, words};
use crate::components::{Button, Choice, Details, InsetText, Legend, Radios, button, details, inset_text, radios};
use crate::form::Form;
use crate::layout::{Section, Sheet, error_of};
use crate::pages::entry_form::{kind_of, with_status};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/sharing/{body}/{kind}", get(ask_kind).post(decide_kind))
        .route("/sharing/{body}/{kind}/entry/{reference}", get(ask_entry).post(decide_entry))
}

/// The address at which it is decided what of one entry is shared.
pub(super) fn of_entry(body: &str, kind: Kind, reference: &str) -> String {
    format!("{}/{}/entry/{}", address(body), kind.key(), values::path(reference))
}

/// A kind or an entry, with what is shared of all.
struct Subject {
    body: String,
    kind: Kind,
    reference: Option<String>,
    /// What it is called: the kind's sheet, or the entry's title.
    name: String,
    sharing: Sharing,
}

impl Subject {
    async fn of_kind(viewer: &Viewer, body: String, kind: &str) -> Result<Self, Refusal> {
        let kind = own_kind(kind)?;
        let sharing = viewer.web.operations.sharing(&viewer.actor, &body).await?;
        Ok(Subject { body, kind, reference: None, name: kind.sheet().to_owned(), sharing })
    }

    async fn of_entry(viewer: &Viewer, body: String, kind: &str, reference: String) -> Result<Self, Refusal> {
        let kind = own_kind(kind)?;
        let operations = &viewer.web.operations;
        let sharing = operations.sharing(&viewer.actor, &body).await?;
        let view = operations.view_entry(&viewer.actor, &body, kind, &reference).await?;
        let name = values::title(&view.record).to_owned();
        Ok(Subject { body, kind, reference: Some(reference), name, sharing })
    }

    fn about(&self) -> About<'_> {
        About { kind: self.kind, reference: self.reference.as_deref() }
    }

    fn address(&self) -> String {
        match &self.reference {
            Some(reference) => of_entry(&self.body, self.kind, reference),
            None => format!("{}/{}", address(&self.body), self.kind.key()),
        }
    }

    fn title(&self) -> String {
        match &self.reference {
            Some(_) => format!("What to share of {}", self.name),
            None => format!("What to share of your {}", self.name.to_lowercase()),
        }
    }

    fn way(&self) -> Vec<(String, String)> {
        let mut way = vec![(format!("What {} shares", self.sharing.authority.name), address(&self.body))];
        if self.reference.is_some() {
            way.push((self.kind.sheet().to_owned(), format!("{}/{}", address(&self.body), self.kind.key())));
        }
        way
    }
}

/// A kind that authorities hold: what the partners hold together is theirs to see.
fn own_kind(key: &str) -> Result<Kind, Refusal> {
    let kind = kind_of(key)?;
    let own = kind.holder() == Holder::Authority;
    own.then_some(kind).ok_or(Refusal::NotThere { what: "kind of an authority's entries" })
}

async fn ask_kind(viewer: Viewer, Path((body, kind)): Path<(String, String)>) -> Result<Response, Problem> {
    let subject = Subject::of_kind(&viewer, body, &kind).await?;
    Ok(ask(&viewer, &subject).await)
}

async fn ask_entry(
    viewer: Viewer,
    Path((body, kind, reference)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let subject = Subject::of_entry(&viewer, body, &kind, reference).await?;
    Ok(ask(&viewer, &subject).await)
}

async fn decide_kind(
    viewer: Viewer,
    Path((body, kind)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Problem> {
    let subject = Subject::of_kind(&viewer, body, &kind).await?;
    decide(&viewer, &subject, &sent).await
}

async fn decide_entry(
    viewer: Viewer,
    Path((body, kind, reference)): Path<(String, String, String)>,
    sent: Form,
) -> Result<Response, Problem> {
    let subject = Subject::of_entry(&viewer, body, &kind, reference).await?;
    decide(&viewer, &subject, &sent).await
}

async fn ask(viewer: &Viewer, subject: &Subject) -> Response {
    let typed = Typed::of(&Shares::read(subject.about(), &subject.sharing.choices));
    page(viewer, subject, &typed, &[]).await
}

async fn decide(viewer: &Viewer, subject: &Subject, sent: &Form) -> Result<Response, Problem> {
    let typed = Typed::sent(subject.kind, sent);
    if sent.has(preview::AGAIN) {
        return Ok(page(viewer, subject, &typed, &[]).await);
    }
    match typed.read(subject.kind, subject.reference.is_some()) {
        Err(wrong) => {
            let wrong = [wrong];
            Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page(viewer, subject, &typed, &wrong).await))
        }
        Ok(shares) => {
            let choices = shares.put(subject.about(), &subject.sharing.choices);
            let here = subject.address();
            let proposed = preview::Proposed {
                body: &subject.body,
                choices,
                about: Some(subject.about()),
                sent,
                here: &here,
                way: subject.way(),
            };
            preview::propose(viewer, proposed).await
        }
    }
}

async fn page(viewer: &Viewer, subject: &Subject, typed: &Typed, wrong: &[Invalid]) -> Response {
    let title = subject.title();
    let sheet = Sheet {
        title: &title,
        way: subject.way(),
        errors: wrong,
        body: draw(&title, subject, typed, wrong),
        section: Section::None,
        ..Sheet::default()
    };
    viewer.page(sheet).await
}

fn draw(title: &str, subject: &Subject, typed: &Typed, wrong: &[Invalid]) -> Markup {
    html! {
        div.govuk-grid-row {
            div.govuk-grid-column-two-thirds {
                @if let Some(reference) = &subject.reference {
                    span.govuk-caption-xl { (subject.kind.sheet()) ", " (reference) }
                }
                h1.govuk-heading-xl { (title) }
                (stands(subject))
                @if subject.sharing.may_share {
                    form method="post" action=(subject.address()) novalidate {
                        (extents(subject, typed, wrong))
                        (details(&Details::new("What a band and a subtotal are", explained())))
                        div.govuk-button-group {
                            (button(&Button { content: "Look at what others will see".into(), ..Button::default() }))
                            a.govuk-link href=(address(&subject.body)) { "Cancel" }
                        }
                    }
                } @else {
                    (inset_text(&InsetText::from("You may read this. An approver of your authority decides what is shared.")))
                }
                (exceptions(subject))
                (overview::takes_effect())
            }
        }
    }
}

/// What is shared of it now.
fn stands(subject: &Subject) -> Markup {
    let shares = Shares::read(subject.about(), &subject.sharing.choices);
    let rest = Shares::read(About { kind: subject.kind, reference: None }, &subject.sharing.choices);
    html! {
        p.govuk-body {
            "Now shared: " strong { (words::extent(&shares)) } "."
            @if shares.extent == Extent::AsTheRest { " Of the rest: " strong { (words::extent(&rest)) } "." }
            @if shares.extent == Extent::But {
                " Kept back: "
                (words::listed(&shares.kept.keys().filter_map(|name| subject.kind.field(name)).map(|field| field.label.to_owned()).collect::<Vec<_>>()))
                "."
            }
        }
    }
}

fn extents(subject: &Subject, typed: &Typed, wrong: &[Invalid]) -> Markup {
    let table = fields::table(subject.kind, typed, error_of(wrong, "kept"));
    let titles = format!("They see the reference and {}, and no other field.", words::titles(subject.kind));
    let choice =
        |extent: Extent, words: &str, hint: &str| Choice { hint: hint.into(), ..Choice::new(extent.key(), words) };
    let (mut items, nothing) = match subject.reference {
        Some(_) => (
            vec![choice(Extent::AsTheRest, "The same as of the rest", "It has no rule of its own.")],
            "Nothing: keep the whole of it back",
        ),
        None => (Vec::new(), "Nothing"),
    };
    items.extend([
        choice(Extent::Nothing, nothing, "They do not see it, nor that it is there."),
        choice(Extent::Titles, "The titles only", &titles),
        choice(Extent::Everything, "Everything", ""),
        Choice {
            conditional: table.into(),
            ..choice(Extent::But, "Everything but some fields", "Such as an entry without its price.")
        },
    ]);
    radios(&Radios {
        error: error_of(wrong, "extent"),
        value: &typed.extent,
        ..Radios::new("extent", Legend::medium("What may the other authorities see?"), items)
    })
}

fn explained() -> Markup {
    html! {
        p.govuk-body { "A band says between which two round figures a figure lies, such as £50,000 to £100,000. Each entry has its own." }
        p.govuk-body { "A subtotal says what the figures that you keep back add up to, and how many they are. It is given only where three or more make it up, since a sum of one or two gives them away." }
        p.govuk-body { "Neither is added to any total. Totals say how many figures they leave out." }
    }
}

/// The rules that speak of single entries of the kind.
fn exceptions(subject: &Subject) -> Markup {
    let of_kind = |choice: &&SharingChoice| choice.kind.is_none_or(|kind| kind == subject.kind);
    let single = subject.sharing.choices.iter().filter(of_kind);
    let named: Vec<&SharingChoice> = single.filter(|choice| choice.records != Which::All).collect();
    if subject.reference.is_some() {
        return html! {};
    }
    html! {
        h2.govuk-heading-m { "Exceptions" }
        @if named.is_empty() {
            p.govuk-body { "No entry has a rule of its own. To make one, open the entry and choose “Change what is shared of it”." }
        } @else {
            p.govuk-body { "These entries have rules of their own:" }
            ul.govuk-list.govuk-list--bullet {
                @for choice in named {
                    li { (words::rule(choice)) (entries(subject, choice)) }
                }
            }
        }
        p.govuk-body {
            a.govuk-link href=(format!("/estate/{}?owner={}", subject.kind.key(), values::path(&subject.body))) { "See the " (subject.kind.sheet().to_lowercase()) }
        }
    }
}

fn entries(subject: &Subject, choice: &SharingChoice) -> Markup {
    let Which::Only(references) = &choice.records else { return html! {} };
    html! {
        @if subject.sharing.may_share && choice.kind.is_some() {
            @for reference in references {
                " " a.govuk-link href=(of_entry(&subject.body, subject.kind, reference)) { "Change " (reference) }
            }
        }
    }
}

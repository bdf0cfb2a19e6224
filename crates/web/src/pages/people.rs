//! People: who has which roles in the bodies that the reader administers, and invitations.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_operations::{Invalid, Invited, Member, PersonView, Refusal, Role, Verb};

use crate::components::{
    Action, Button, Cell, Checkboxes, Choice, Emphasis, Input, InsetText, Legend, Panel, Select, SelectItem,
    SummaryList, SummaryRow, Table, Tag, TagColour, WarningText, button, checkboxes, input, inset_text, panel,
    scroll_region, select, summary_list, table, tag, warning_text,
};
use crate::form::Form;
use crate::layout::{Brief, Section, Sheet, body_name, error_of};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/people", get(show))
        .route("/people/invite", get(ask_to_invite).post(invite))
        .route("/people/invitation/{id}/withdraw", post(withdraw))
        .route("/people/{id}", get(person).post(save_roles))
        .route("/people/{id}/close", get(ask_to_close).post(close))
        .route("/people/{id}/reopen", post(reopen))
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let members = viewer.web.operations.members(&viewer.actor).await?;
    let invited = viewer.web.operations.invited(&viewer.actor).await?;
    let brief = viewer.brief().await?;
    let body = html! {
        h1.govuk-heading-xl { "People" }
        p.govuk-body-l { "Everybody with a role in the bodies that you administer." }
        (button(&Button::link("Invite somebody", "/people/invite")))
        (invitations(&brief, &invited))
        @for body in administered(&viewer) { (of_body(&brief, &body, &members)) }
    };
    let sheet = Sheet { title: "People", section: Section::People, wide: true, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

/// The bodies in which the viewer may give and take roles.
fn administered(viewer: &Viewer) -> Vec<String> {
    let may = |body: &&str| viewer.actor.may(Verb::ManagePeople, body);
    viewer.actor.bodies().filter(may).map(str::to_owned).collect()
}

fn of_body(brief: &Brief, body: &str, members: &[Member]) -> Markup {
    let name = body_name(&brief.authorities, body);
    let here = members.iter().filter(|member| member.roles.contains_key(body));
    let rows = here.map(|member| {
        vec![
            html! { a.govuk-link href=(format!("/people/{}", member.id)) { (member.name) } }.into(),
            html! { span.penshaw-wrap { (member.email) } }.into(),
            html! {
                @for role in &member.roles[body] { (tag(&Tag::new(role.label(), TagColour::Blue))) " " }
                @if member.disabled { (tag(&Tag::new("Account closed", TagColour::Grey))) }
            }
            .into(),
        ]
    });
    let drawn = table(&Table {
        caption: (&name).into(),
        caption_classes: "govuk-table__caption--m",
        head: vec!["Name".into(), "E-mail address".into(), "Roles".into()],
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    scroll_region(&format!("People of {name}"), &drawn)
}

fn invitations(brief: &Brief, invited: &[Invited]) -> Markup {
    if invited.is_empty() {
        return html! {};
    }
    let rows = invited.iter().map(|one| {
        let roles =
            one.roles.iter().map(|(body, role)| format!("{}, {}", role.label(), body_name(&brief.authorities, body)));
        let withdraw = html! {
            form.penshaw-inline-form method="post" action=(format!("/people/invitation/{}/withdraw", one.id)) {
                button.penshaw-link-button type="submit" {
                    "Withdraw" span.govuk-visually-hidden { " the invitation of " (one.name) }
                }
            }
        };
        vec![
            html! { (one.name) }.into(),
            html! { span.penshaw-wrap { (one.email) } }.into(),
            html! { ul.govuk-list.penshaw-list-plain { @for words in roles { li { (words) } } } }.into(),
            values::moment(one.expires_at).into(),
            Cell::from(withdraw),
        ]
    });
    let drawn = table(&Table {
        caption: "Invitations not used yet".into(),
        caption_classes: "govuk-table__caption--m",
        head: ["Name", "E-mail address", "Roles", "The link works until", "What you can do"].map(Cell::from).to_vec(),
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    scroll_region("Invitations not used yet", &drawn)
}

async fn ask_to_invite(viewer: Viewer) -> Result<Response, Problem> {
    if administered(&viewer).is_empty() {
        return Err(Refusal::NotAllowed { what: Verb::ManagePeople.words() }.into());
    }
    invite_page(&viewer, &Form::default(), &[]).await
}

async fn invite_page(viewer: &Viewer, form: &Form, wrong: &[Invalid]) -> Result<Response, Problem> {
    let brief = viewer.brief().await?;
    let bodies = administered(viewer);
    let items = bodies.iter().map(|body| SelectItem::new(body, body_name(&brief.authorities, body))).collect();
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { "Invite somebody" }
            p.govuk-body { "You get a link to send to them. With it they choose a password and set up an authenticator app, or sign in where they have an account already." }
            form method="post" action="/people/invite" novalidate {
                (input(&Input {
                    name: "name", id: "name", label: "Name".into(), hint: "As colleagues know them".into(),
                    value: form.get("name"), error: error_of(wrong, "name"), ..Input::default()
                }))
                (input(&Input {
                    name: "email", id: "email", label: "E-mail address".into(), hint: "They sign in with it".into(),
                    kind: "email", spellcheck: Some(false), value: form.get("email"), error: error_of(wrong, "email"),
                    ..Input::default()
                }))
                (select(&Select {
                    name: "body", id: "body", label: "For which body".into(), items, value: form.get("body"),
                    hint: "You can give them roles in other bodies later".into(), error: error_of(wrong, "body"),
                    ..Select::default()
                }))
                (role_boxes("roles", "What they may do", &chosen(form, "roles"), error_of(wrong, "roles")))
                (button(&Button::submit("Make the invitation")))
            }
        } }
    };
    let sheet = Sheet {
        title: "Invite somebody",
        section: Section::People,
        way: vec![("People".into(), "/people".into())],
        errors: wrong,
        body,
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

/// Every role as a checkbox, each with what it is for.
fn role_boxes(name: &str, legend: &str, values: &BTreeSet<Role>, error: Option<&str>) -> Markup {
    let items = Role::ALL.map(|role| Choice { hint: role.about().into(), ..Choice::new(role.key(), role.label()) });
    checkboxes(&Checkboxes {
        name,
        legend: Some(Legend::medium(legend)),
        hint: "Select all that apply".into(),
        items: items.to_vec(),
        values: values.iter().map(|role| role.key().to_owned()).collect(),
        error,
        ..Checkboxes::default()
    })
}

fn chosen(form: &Form, name: &str) -> BTreeSet<Role> {
    form.all(name).into_iter().filter_map(Role::of).collect()
}

async fn invite(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let roles: Vec<Role> = chosen(&form, "roles").into_iter().collect();
    let (name, email) = (form.get("name"), form.get("email"));
    match viewer.web.operations.invite(&viewer.actor, form.get("body"), email, name, &roles).await {
        Ok(secret) => Ok(invited_page(&viewer, name, email, &secret).await),
        Err(Refusal::Invalid(wrong)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, invite_page(&viewer, &form, &wrong).await?).into_response())
        }
        Err(refusal) => Err(Problem(refusal)),
    }
}

/// The link, which only this page shows.
async fn invited_page(viewer: &Viewer, name: &str, email: &str, secret: &str) -> Response {
    let public = viewer.web.operations.settings().public_address.trim_end_matches('/').to_owned();
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (panel(&Panel { title: "Invitation made".into(), content: format!("Now send {name} the link").into(), ..Panel::default() }))
            h2.govuk-heading-m { "The link" }
            (inset_text(&InsetText { content: html! { code.penshaw-wrap id="link" { (public) "/invitation/" (secret) } }.into(), ..InsetText::default() }))
            (warning_text(&WarningText::from("This page is the only one that shows the link. Copy it now.")))
            h2.govuk-heading-m { "How to send it" }
            ol.govuk-list.govuk-list--number.govuk-list--spaced {
                li { "Copy the link and send it to " strong.penshaw-wrap { (email) } ", and to nobody else. Whoever opens it first becomes " (name) "." }
                li { "Tell them by telephone or in person that it is from you." }
                li { "The link works once, for seven days. If it is lost, withdraw the invitation and make another." }
            }
            p.govuk-body { a.govuk-link href="/people" { "Back to people" } }
        } }
    };
    let way = vec![("People".into(), "/people".into())];
    viewer.page(Sheet { title: "Invitation made", section: Section::People, way, body, ..Sheet::default() }).await
}

async fn withdraw(viewer: Viewer, Path(id): Path<String>) -> Result<Redirect, Problem> {
    viewer.web.operations.withdraw_invitation(&viewer.actor, &id).await?;
    Ok(Redirect::to("/people?done=withdrawn"))
}

async fn person(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    let view = viewer.web.operations.view_person(&viewer.actor, &id).await?;
    person_page(&viewer, &view, None, &[]).await
}

/// A person's account, with what was typed in place of their roles, where something was.
async fn person_page(
    viewer: &Viewer,
    view: &PersonView,
    typed: Option<&Form>,
    wrong: &[Invalid],
) -> Result<Response, Problem> {
    let brief = viewer.brief().await?;
    let member = &view.member;
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { (member.name) }
            (summary_list(&SummaryList::new(account_rows(view))))
            @if view.belongs_elsewhere {
                p.govuk-body { "They also belong to a body that you do not administer. Its administrators see to their roles there." }
            }
            form method="post" action=(format!("/people/{}", member.id)) novalidate {
                @for body in &view.administered {
                    @let name = field(body);
                    @let stands = member.roles.get(body).cloned().unwrap_or_default();
                    @let values = typed.map_or(stands, |form| chosen(form, &name));
                    (role_boxes(&name, &body_name(&brief.authorities, body), &values, error_of(wrong, &name)))
                }
                (button(&Button::submit("Save roles")))
            }
            @if view.may_close && member.disabled { (reopening(member)) }
        } }
    };
    let way = vec![("People".into(), "/people".into())];
    let sheet = Sheet { title: &member.name, section: Section::People, way, errors: wrong, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn field(body: &str) -> String {
    format!("roles-{body}")
}

fn account_rows(view: &PersonView) -> Vec<SummaryRow> {
    let member = &view.member;
    let by =
        if member.single_sign_on { "With their council's account" } else { "With a password and an authenticator app" };
    let state = if member.disabled {
        tag(&Tag::new("Closed", TagColour::Grey))
    } else {
        html! { "Open" }
    };
    let mut account = SummaryRow::new("Account", state);
    if view.may_close && !member.disabled {
        account = account.with_action(Action::new("Close", format!("/people/{}/close", member.id), "the account"));
    }
    vec![
        SummaryRow::new("E-mail address", html! { span.penshaw-wrap { (member.email) } }),
        SummaryRow::new("Signs in", by),
        account,
    ]
}

fn reopening(member: &Member) -> Markup {
    html! {
        h2.govuk-heading-m { "Open the account again" }
        p.govuk-body { "They can sign in again as before, with the roles above." }
        form method="post" action=(format!("/people/{}/reopen", member.id)) {
            (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Open the account") }))
        }
    }
}

async fn save_roles(viewer: Viewer, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let view = viewer.web.operations.view_person(&viewer.actor, &id).await?;
    let given = |body: &String| (body.clone(), chosen(&form, &field(body)).into_iter().collect());
    let bodies: Vec<(String, Vec<Role>)> = view.administered.iter().map(given).collect();
    match viewer.web.operations.give_all_roles(&viewer.actor, &id, &bodies).await {
        Ok(()) => {
            let still = viewer.actor.person.as_deref() != Some(&id)
                || bodies.iter().any(|(_, roles)| roles.contains(&Role::Administrator));
            Ok(Redirect::to(if still { "/people?done=roles" } else { "/?done=roles" }).into_response())
        }
        Err(Refusal::Invalid(wrong)) => {
            let page = person_page(&viewer, &view, Some(&form), &wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(refusal) => Err(Problem(refusal)),
    }
}

async fn ask_to_close(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    let view = viewer.web.operations.view_person(&viewer.actor, &id).await?;
    if !view.may_close {
        return Err(Refusal::NotAllowed { what: "close this account" }.into());
    }
    let title = format!("Close the account of {}?", view.member.name);
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { (title) }
            p.govuk-body { "They are signed out at once and can no longer sign in. Their tokens stop working." }
            p.govuk-body { "What they have recorded stays, and so does its history. You can open the account again." }
            form method="post" action=(format!("/people/{id}/close")) {
                div.govuk-button-group {
                    (button(&Button { emphasis: Emphasis::Warning, ..Button::submit("Close the account") }))
                    a.govuk-link href=(format!("/people/{id}")) { "Cancel" }
                }
            }
        } }
    };
    let way = vec![("People".into(), "/people".into()), (view.member.name.clone(), format!("/people/{id}"))];
    Ok(viewer.page(Sheet { title: &title, section: Section::People, way, body, ..Sheet::default() }).await)
}

async fn close(viewer: Viewer, Path(id): Path<String>) -> Result<Redirect, Problem> {
    viewer.web.operations.close_account(&viewer.actor, &id).await?;
    Ok(Redirect::to(&format!("/people/{id}?done=closed")))
}

async fn reopen(viewer: Viewer, Path(id): Path<String>) -> Result<Redirect, Problem> {
    viewer.web.operations.reopen_account(&viewer.actor, &id).await?;
    Ok(Redirect::to(&format!("/people/{id}?done=reopened")))
}

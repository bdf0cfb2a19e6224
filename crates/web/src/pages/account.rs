//! The reader's own account: who they are, their password, the tokens of their programs, signing out everywhere.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use penshaw_operations::{ApiToken, Invalid, OwnAccount, Refusal};

use crate::components::{
    Button, Cell, Choice, Emphasis, Input, InsetText, PasswordInput, Radios, SummaryList, SummaryRow, Table, Tag,
    TagColour, WarningText, Width, button, input, inset_text, password_input, radios, scroll_region, summary_list,
    table, tag, warning_text,
};
use crate::form::Form;
use crate::layout::{Brief, Sheet, body_name, error_of};
use crate::problem::{Problem, sentence, status};
use crate::server::Web;
use crate::values;
use crate::viewer::{Viewer, no_session_cookie, session_cookie};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", get(ask_password).post(change_password))
        .route("/account/tokens/new", get(ask_token).post(make_token))
        .route("/account/tokens/{id}/remove", post(remove_token))
        .route("/account/sign-out-everywhere", post(sign_out_everywhere))
}

fn way() -> Vec<(String, String)> {
    vec![("Your account".into(), "/account".into())]
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let account = viewer.web.operations.own_account(&viewer.actor).await?;
    let tokens = viewer.web.operations.api_tokens(&viewer.actor).await?;
    let brief = viewer.brief().await?;
    let now = viewer.web.operations.clock().now();
    let body = html! {
        h1.govuk-heading-xl { "Your account" }
        (summary_list(&SummaryList::new(who(&account))))
        (roles(&viewer, &brief))
        h2.govuk-heading-m { "Signing in" }
        @if account.has_password {
            p.govuk-body { a.govuk-link href="/account/password" { "Change your password" } }
        } @else {
            p.govuk-body { "You sign in with your council's account. Change its password where you change it for your other work." }
        }
        p.govuk-body { "You used a computer that is not yours, or lost one? Sign out on every device, this one too." }
        form method="post" action="/account/sign-out-everywhere" {
            (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Sign out everywhere") }))
        }
        (tokens_of(&tokens, now))
    };
    Ok(viewer.page(Sheet { title: "Your account", body, ..Sheet::default() }).await)
}

fn who(account: &OwnAccount) -> Vec<SummaryRow> {
    vec![
        SummaryRow::new("Name", &account.name),
        SummaryRow::new("E-mail address", html! { span.penshaw-wrap { (account.email) } }),
        SummaryRow::new("Account since", values::moment(account.created_at)),
    ]
}

/// The reader's bodies, and in each what they may do.
fn roles(viewer: &Viewer, brief: &Brief) -> Markup {
    let rows = viewer.actor.bodies().map(|body| {
        let roles = html! {
            ul.govuk-list.penshaw-list-plain {
                @for role in &viewer.actor.roles[body] {
                    li { (tag(&Tag::new(role.label(), TagColour::Blue))) " " (role.about()) }
                }
            }
        };
        SummaryRow::new(body_name(&brief.authorities, body), roles)
    });
    html! {
        h2.govuk-heading-m { "What you may do" }
        (summary_list(&SummaryList::new(rows.collect())))
        p.govuk-body { "You need another role? Ask an administrator of the body. " a.govuk-link href="/help#roles" { "See what each role may do" } }
    }
}

fn tokens_of(tokens: &[ApiToken], now: jiff::Timestamp) -> Markup {
    let rows = tokens.iter().map(|token| {
        vec![
            (&token.label).into(),
            if token.scopes.iter().any(|scope| scope == "write") { "Read and change" } else { "Read" }.into(),
            html! { (values::moment(token.expires_at)) @if token.expires_at <= now { " " (tag(&Tag::new("Over", TagColour::Grey))) } }.into(),
            token.used_at.map_or_else(|| html! { "Never" }, values::moment).into(),
            Cell::from(removal(token)),
        ]
    });
    let drawn = table(&Table {
        caption: "Your tokens".into(),
        caption_classes: "govuk-table__caption--s",
        head: ["What for", "May", "Works until", "Last used", "What you can do"].map(Cell::from).to_vec(),
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    html! {
        h2.govuk-heading-m { "Tokens for your own programs" }
        p.govuk-body { "A program of yours, such as a script or a spreadsheet, can act for you with a token in place of a password. It may do no more than you may." }
        @if !tokens.is_empty() { (scroll_region("Your tokens", &drawn)) }
        (button(&Button { emphasis: Emphasis::Secondary, ..Button::link("Make a token", "/account/tokens/new") }))
    }
}

fn removal(token: &ApiToken) -> Markup {
    html! {
        form.penshaw-inline-form method="post" action=(format!("/account/tokens/{}/remove", token.id)) {
            button.penshaw-link-button type="submit" { "Remove" span.govuk-visually-hidden { " the token for " (token.label) } }
        }
    }
}

async fn ask_password(viewer: Viewer) -> Response {
    password_page(&viewer, &[]).await
}

async fn password_page(viewer: &Viewer, wrong: &[Invalid]) -> Response {
    let title = "Change your password";
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { (title) }
            form method="post" action="/account/password" novalidate {
                (password_input(&PasswordInput {
                    name: "current", id: "current", label: "Current password".into(), error: error_of(wrong, "current"),
                    ..PasswordInput::default()
                }))
                (password_input(&PasswordInput {
                    name: "new", id: "new", label: "New password".into(), autocomplete: "new-password",
                    hint: "At least 12 characters. Three words that do not belong together make a good one.".into(),
                    error: error_of(wrong, "new"), ..PasswordInput::default()
                }))
                p.govuk-body { "You are then signed out on every other device." }
                (button(&Button::submit("Change password")))
            }
        } }
    };
    viewer.page(Sheet { title, way: way(), errors: wrong, body, ..Sheet::default() }).await
}

async fn change_password(viewer: Viewer, State(web): State<Web>, jar: CookieJar, form: Form) -> Response {
    // Passwords are taken as they were typed: spaces at their ends belong to them.
    let typed = |name: &str| form.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    match web.operations.change_password(&viewer.actor, typed("current"), typed("new")).await {
        Ok(cookie) => (jar.add(session_cookie(&web, cookie)), Redirect::to("/account?done=password")).into_response(),
        Err(Refusal::Invalid(wrong)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, password_page(&viewer, &wrong).await).into_response()
        }
        Err(refusal @ Refusal::TooManyAttempts { .. }) => {
            let wrong = [Invalid::new("current", sentence(&refusal.to_string()))];
            (status(&refusal), password_page(&viewer, &wrong).await).into_response()
        }
        Err(refusal) => Problem(refusal).into_response(),
    }
}

async fn ask_token(viewer: Viewer) -> Response {
    token_page(&viewer, &Form(vec![("days".into(), "90".into())]), &[]).await
}

async fn token_page(viewer: &Viewer, form: &Form, wrong: &[Invalid]) -> Response {
    let may = [
        Choice { hint: "See and download what you see".into(), ..Choice::new("read", "Read") },
        Choice {
            hint: "All that you may do yourself, except making tokens".into(),
            ..Choice::new("write", "Read and change")
        },
    ];
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { "Make a token" }
            form method="post" action="/account/tokens/new" novalidate {
                (input(&Input {
                    name: "label", id: "label", label: "What is it for".into(), hint: "Such as \"nightly export to the asset database\"".into(),
                    value: form.get("label"), error: error_of(wrong, "label"), ..Input::default()
                }))
                (radios(&Radios {
                    value: if form.get("may") == "write" { "write" } else { "read" },
                    ..Radios::new("may", "What may it do", may.to_vec())
                }))
                (input(&Input {
                    name: "days", id: "days", label: "How many days should it work".into(), hint: "From 1 to 366".into(),
                    inputmode: "numeric", width: Width::Three, value: form.get("days"), error: error_of(wrong, "days"), ..Input::default()
                }))
                (button(&Button::submit("Make the token")))
            }
        } }
    };
    viewer.page(Sheet { title: "Make a token", way: way(), errors: wrong, body, ..Sheet::default() }).await
}

async fn make_token(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let days = form.get("days").parse().unwrap_or(0);
    let (label, writes) = (form.get("label"), form.get("may") == "write");
    match viewer.web.operations.make_api_token(&viewer.actor, label, writes, days).await {
        Ok(secret) => Ok(token_made(&viewer, &secret).await),
        Err(Refusal::Invalid(wrong)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, token_page(&viewer, &form, &wrong).await).into_response())
        }
        Err(refusal) => Err(Problem(refusal)),
    }
}

/// The secret, which only this page shows.
async fn token_made(viewer: &Viewer, secret: &str) -> Response {
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { "Token made" }
            (inset_text(&InsetText { content: html! { code.penshaw-wrap id="token" { (secret) } }.into(), ..InsetText::default() }))
            (warning_text(&WarningText::from("This page is the only one that shows the token. Copy it now, and keep it as you keep a password.")))
            p.govuk-body { "Your program sends it with each request, in the header " code { "Authorization: Bearer …" } "." }
            p.govuk-body { a.govuk-link href="/account" { "Back to your account" } }
        } }
    };
    viewer.page(Sheet { title: "Token made", way: way(), body, ..Sheet::default() }).await
}

async fn remove_token(viewer: Viewer, Path(id): Path<String>) -> Result<Redirect, Problem> {
    viewer.web.operations.remove_api_token(&viewer.actor, &id).await?;
    Ok(Redirect::to("/account?done=token-removed"))
}

async fn sign_out_everywhere(viewer: Viewer, jar: CookieJar) -> Result<Response, Problem> {
    viewer.web.operations.sign_out_everywhere(&viewer.actor).await?;
    Ok((jar.add(no_session_cookie()), Redirect::to("/sign-in")).into_response())
}

//! Signing in and out: password, then the code of an authenticator app, or the council's own account.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, PreEscaped, html};
use penshaw_operations::{Invalid, Refusal, SignInStep, Stepped, Welcome};
use serde::Deserialize;

use crate::components::{
    Button, Frame, Input, InsetText, PasswordInput, Width, button, input, inset_text, page, password_input,
};
use crate::form::Form;
use crate::layout::{error_of, errors};
use crate::problem::{Problem, sentence, status};
use crate::server::Web;
use crate::viewer::{Newcomer, Viewer, no_session_cookie, sent_again_to, session_cookie};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(ask_password).post(give_password))
        .route("/sign-in/code", get(ask_code).post(give_code))
        .route("/sign-in/app", get(ask_app).post(confirm_app))
        .route("/sign-in/council", get(leave))
        .route("/sign-in/council/back", get(come_back))
        .route("/sign-in/once/{secret}", get(ask_once).post(once))
        .route("/sign-out", post(sign_out))
        .route("/invitation/{secret}", get(welcome).post(accept))
        .route("/invitation/{secret}/accept", post(accept_signed_in))
        .route("/held/{id}", get(held))
}

/// Where to go once signed in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Way {
    next: String,
    ended: String,
}

impl Way {
    /// A page of this service, and of no other.
    fn target(&self) -> &str {
        let ours =
            self.next.starts_with('/') && !self.next.starts_with("//") && !self.next.contains(['\\', '\r', '\n']);
        if ours { &self.next } else { "/" }
    }

    fn query(&self) -> String {
        match self.target() {
            "/" => String::new(),
            target => format!("?{}", crate::values::query(&[("next".into(), target.into())])),
        }
    }
}

fn framed(title: &str, wrong: &[Invalid], body: Markup) -> Markup {
    page(&Frame {
        title,
        service_name: "Share ICT",
        has_errors: !wrong.is_empty(),
        body: html! {
            div.govuk-grid-row { div.govuk-grid-column-two-thirds { (errors(wrong)) (body) } }
        },
        ..Frame::default()
    })
}

/// The page again with what must be corrected, or the refusal as a page of its own.
fn again(refusal: Refusal, draw: impl FnOnce(&[Invalid]) -> Markup) -> Response {
    let answer = status(&refusal);
    match refusal {
        Refusal::Invalid(wrong) => (answer, draw(&wrong)).into_response(),
        Refusal::TooManyAttempts { .. } => {
            let wrong = [Invalid::new("password", sentence(&refusal.to_string()))];
            (answer, draw(&wrong)).into_response()
        }
        other => Problem(other).into_response(),
    }
}

fn stepped(web: &Web, jar: CookieJar, stepped: Stepped, way: &Way) -> Response {
    let to = match stepped.step {
        SignInStep::Code => format!("/sign-in/code{}", way.query()),
        SignInStep::SetUpApp => format!("/sign-in/app{}", way.query()),
        _ => way.target().to_owned(),
    };
    (jar.add(session_cookie(web, stepped.cookie)), Redirect::to(&to)).into_response()
}

async fn ask_password(State(web): State<Web>, newcomer: Newcomer, Query(way): Query<Way>) -> Response {
    if newcomer.step == SignInStep::Done {
        return Redirect::to(way.target()).into_response();
    }
    password_page(&web, &way, "", &[]).into_response()
}

fn password_page(web: &Web, way: &Way, email: &str, wrong: &[Invalid]) -> Markup {
    let council = web.operations.single_sign_on_label();
    framed(
        "Sign in",
        wrong,
        html! {
            h1.govuk-heading-xl { "Sign in" }
            @if !way.ended.is_empty() {
                (inset_text(&InsetText {
                    content: "You were signed out because nothing happened for a while. What you had typed is kept: sign in and send it again.".into(),
                    ..InsetText::default()
                }))
            }
            @if let Some(label) = council {
                p.govuk-body {
                    (button(&Button { content: label.into(), href: "/sign-in/council", ..Button::default() }))
                }
                h2.govuk-heading-m { "Or with a password" }
            }
            form method="post" action=(format!("/sign-in{}", way.query())) novalidate {
                (input(&Input {
                    name: "email", id: "email", label: "E-mail address".into(), value: email, kind: "email",
                    autocomplete: "username", spellcheck: Some(false), error: error_of(wrong, "email"), ..Input::default()
                }))
                (password_input(&PasswordInput {
                    name: "password", id: "password", label: "Password".into(), autocomplete: "current-password",
                    error: error_of(wrong, "password"), ..PasswordInput::default()
                }))
                (button(&Button { content: "Continue".into(), prevent_double_click: Some(true), ..Button::default() }))
            }
            p.govuk-body { "You have no account? An administrator of your authority can invite you." }
        },
    )
}

async fn give_password(
    State(web): State<Web>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    jar: CookieJar,
    Query(way): Query<Way>,
    form: Form,
) -> Response {
    let place = place(&headers, web.operations.settings().proxies).unwrap_or_else(|| from.ip());
    let password = form.0.iter().find(|(name, _)| name == "password").map_or("", |(_, value)| value);
    match web.operations.sign_in(form.get("email"), password, &place.to_string()).await {
        Ok(step) => stepped(&web, jar, step, &way),
        Err(refusal) => again(refusal, |wrong| password_page(&web, &way, form.get("email"), wrong)),
    }
}

/// Where a request came from, as the first of our own proxies was told. What stands before that in the
/// header is whatever the sender wrote there.
fn place(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let said = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let places: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
    places.get(places.len().checked_sub(proxies.max(1))?).filter(|_| proxies > 0)?.parse().ok()
}

async fn ask_code(newcomer: Newcomer, Query(way): Query<Way>) -> Response {
    if newcomer.step != SignInStep::Code {
        return Redirect::to("/sign-in").into_response();
    }
    code_page(&way, &[]).into_response()
}

fn code_page(way: &Way, wrong: &[Invalid]) -> Markup {
    framed(
        "Enter your code",
        wrong,
        html! {
            h1.govuk-heading-xl { "Enter your code" }
            form method="post" action=(format!("/sign-in/code{}", way.query())) novalidate {
                (code_input(wrong))
                (button(&Button { content: "Sign in".into(), prevent_double_click: Some(true), ..Button::default() }))
            }
            p.govuk-body { "You have lost your app? Ask whoever runs the service to let you in again." }
        },
    )
}

fn code_input(wrong: &[Invalid]) -> Markup {
    let error = error_of(wrong, "code").or_else(|| error_of(wrong, "password"));
    input(&Input {
        name: "code",
        id: "code",
        label: "Code".into(),
        hint: "The 6 digits that your authenticator app shows".into(),
        inputmode: "numeric",
        autocomplete: "one-time-code",
        width: Width::Ten,
        error,
        ..Input::default()
    })
}

async fn give_code(
    State(web): State<Web>,
    newcomer: Newcomer,
    jar: CookieJar,
    Query(way): Query<Way>,
    form: Form,
) -> Response {
    let Some(cookie) = newcomer.cookie else { return Redirect::to("/sign-in").into_response() };
    match web.operations.give_code(&cookie, form.get("code")).await {
        Ok(step) => stepped(&web, jar, step, &way),
        Err(refusal) => again(refusal, |wrong| code_page(&way, wrong)),
    }
}

async fn ask_app(State(web): State<Web>, newcomer: Newcomer, Query(way): Query<Way>) -> Result<Response, Problem> {
    let Some(cookie) = newcomer.cookie.filter(|_| newcomer.step == SignInStep::SetUpApp) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    Ok(app_page(&web, &cookie, &way, &[]).await?.into_response())
}

async fn app_page(web: &Web, cookie: &str, way: &Way, wrong: &[Invalid]) -> Result<Markup, Problem> {
    let app = web.operations.app_to_set_up(cookie).await?;
    let title = "Set up your authenticator app";
    Ok(framed(
        title,
        wrong,
        html! {
            h1.govuk-heading-xl { (title) }
            p.govuk-body {
                "A password alone can be stolen. Signing in also takes a code from an authenticator app on your phone or computer, such as the one that your council uses already."
            }
            ol.govuk-list.govuk-list--number.govuk-list--spaced {
                li { "Open the app and add an account." }
                li {
                    "Scan this picture, or type the key under it."
                    div.penshaw-qr role="img" aria-label="A picture of the key below, for the app to scan" { (PreEscaped(app.picture())) }
                    p.govuk-body { "Key: " code.penshaw-key { (app.secret) } }
                }
                li { "Enter the code that the app shows." }
            }
            form method="post" action=(format!("/sign-in/app{}", way.query())) novalidate {
                (code_input(wrong))
                (button(&Button { content: "Finish and sign in".into(), prevent_double_click: Some(true), ..Button::default() }))
            }
        },
    ))
}

async fn confirm_app(
    State(web): State<Web>,
    newcomer: Newcomer,
    jar: CookieJar,
    Query(way): Query<Way>,
    form: Form,
) -> Result<Response, Problem> {
    let Some(cookie) = newcomer.cookie else { return Ok(Redirect::to("/sign-in").into_response()) };
    match web.operations.confirm_app(&cookie, form.get("code")).await {
        Ok(step) => Ok(stepped(&web, jar, step, &way)),
        Err(Refusal::Invalid(wrong)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, app_page(&web, &cookie, &way, &wrong).await?).into_response())
        }
        Err(refusal) => Err(Problem(refusal)),
    }
}

async fn leave(State(web): State<Web>, jar: CookieJar) -> Result<Response, Problem> {
    let leave = web.operations.leave_for_provider().await?;
    Ok((jar.add(session_cookie(&web, leave.cookie)), Redirect::to(&leave.address)).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Back {
    code: String,
    state: String,
    error: String,
}

async fn come_back(
    State(web): State<Web>,
    newcomer: Newcomer,
    jar: CookieJar,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    if !back.error.is_empty() {
        return Err(Problem(Refusal::IdentityProvider { what: "it did not sign you in".into() }));
    }
    let cookie = newcomer.cookie.ok_or(Refusal::SignedOut)?;
    let step = web.operations.come_back_from_provider(&cookie, &back.code, &back.state).await?;
    Ok(stepped(&web, jar, step, &Way::default()))
}

/// A page with a button: programs that follow links before people do must not use them up.
async fn ask_once(State(web): State<Web>, Path(secret): Path<String>) -> Result<Markup, Problem> {
    let name = web.operations.named_by_link(&secret).await?;
    Ok(framed(
        "Sign in by this link",
        &[],
        html! {
            h1.govuk-heading-xl { "Sign in by this link" }
            p.govuk-body { "You will be signed in as " strong { (name) } ". The link works once." }
            form method="post" action=(format!("/sign-in/once/{secret}")) {
                (button(&Button { content: "Sign in".into(), prevent_double_click: Some(true), ..Button::default() }))
            }
        },
    ))
}

async fn once(State(web): State<Web>, Path(secret): Path<String>, jar: CookieJar) -> Result<Response, Problem> {
    let step = web.operations.sign_in_once(&secret).await?;
    Ok(stepped(&web, jar, step, &Way::default()))
}

async fn sign_out(State(web): State<Web>, newcomer: Newcomer, jar: CookieJar) -> Result<Response, Problem> {
    if let Some(cookie) = newcomer.cookie {
        web.operations.sign_out(&cookie).await?;
    }
    Ok((jar.add(no_session_cookie()), Redirect::to("/sign-in")).into_response())
}

async fn welcome(
    State(web): State<Web>,
    viewer: Option<Viewer>,
    Path(secret): Path<String>,
) -> Result<Markup, Problem> {
    let welcome = web.operations.welcome(&secret).await?;
    Ok(match (welcome.has_account, viewer) {
        (false, _) => welcome_page(&secret, &welcome, &[]),
        (true, viewer) => account_page(&secret, &welcome, viewer.is_some()),
    })
}

/// The page of an invitation to whoever has an account already.
fn account_page(secret: &str, welcome: &Welcome, is_signed_in: bool) -> Markup {
    let title = "Accept your invitation";
    framed(
        title,
        &[],
        html! {
            h1.govuk-heading-xl { (title) }
            p.govuk-body { "There is an account of " strong.penshaw-wrap { (welcome.email) } " already. It is invited as:" }
            ul.govuk-list.govuk-list--bullet { @for role in &welcome.roles { li { (role) } } }
            @if is_signed_in {
                form method="post" action=(format!("/invitation/{secret}/accept")) {
                    (button(&Button::submit("Accept")))
                }
            } @else {
                (button(&Button::link("Sign in to accept", &format!("/sign-in?next=/invitation/{secret}"))))
                p.govuk-body { "The account is not yours, or you cannot sign in? Tell whoever sent you the link." }
            }
        },
    )
}

async fn accept_signed_in(viewer: Viewer, Path(secret): Path<String>) -> Result<Redirect, Problem> {
    viewer.web.operations.accept_signed_in(&viewer.actor, &secret).await?;
    Ok(Redirect::to("/?done=accepted"))
}

fn welcome_page(secret: &str, welcome: &Welcome, wrong: &[Invalid]) -> Markup {
    framed(
        "Create your account",
        wrong,
        html! {
            h1.govuk-heading-xl { "Create your account" }
            p.govuk-body { "Welcome, " (welcome.name) ". You were invited as:" }
            ul.govuk-list.govuk-list--bullet { @for role in &welcome.roles { li { (role) } } }
            form method="post" action=(format!("/invitation/{secret}")) novalidate {
                // So that password managers know whose password it is.
                (input(&Input {
                    name: "email", id: "email", label: "E-mail address".into(), value: &welcome.email, kind: "email",
                    autocomplete: "username", hint: "You sign in with this address".into(), ..Input::default()
                }))
                (password_input(&PasswordInput {
                    name: "password", id: "password", label: "Choose a password".into(),
                    hint: "At least 12 characters. Three words that do not belong together make a good one.".into(),
                    autocomplete: "new-password", error: error_of(wrong, "password"), ..PasswordInput::default()
                }))
                (button(&Button { content: "Create account".into(), prevent_double_click: Some(true), ..Button::default() }))
            }
        },
    )
}

async fn accept(
    State(web): State<Web>,
    Path(secret): Path<String>,
    jar: CookieJar,
    form: Form,
) -> Result<Response, Problem> {
    let password = form.0.iter().find(|(name, _)| name == "password").map_or("", |(_, value)| value);
    match web.operations.accept_invitation(&secret, password).await {
        Ok(step) => Ok(stepped(&web, jar, step, &Way::default())),
        Err(Refusal::Invalid(wrong)) => {
            let welcome = web.operations.welcome(&secret).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, welcome_page(&secret, &welcome, &wrong)).into_response())
        }
        Err(refusal) => Err(Problem(refusal)),
    }
}

/// What somebody had typed when their session ended: shown until it was sent again, or a day has passed.
async fn held(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    let held = viewer.web.operations.held_form(&viewer.actor, &id).await?;
    let title = "You were signed out before this was saved";
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body { "Nothing that you typed is lost. Look at it and save it now." }
        form method="post" action=(sent_again_to(&held.path, &id)) {
            dl.govuk-summary-list {
                @for (name, value) in &held.fields {
                    @if !value.is_empty() {
                        div.govuk-summary-list__row {
                            dt.govuk-summary-list__key { (crate::values::capital(&name.replace('_', " "))) }
                            dd.govuk-summary-list__value { (value) }
                        }
                    }
                }
            }
            @for (name, value) in &held.fields { input type="hidden" name=(name) value=(value); }
            (button(&Button { content: "Save".into(), prevent_double_click: Some(true), ..Button::default() }))
        }
    };
    let sheet = crate::layout::Sheet { title, body, ..Default::default() };
    Ok(viewer.page(sheet).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_came_from_where_our_own_proxies_say_and_not_where_it_says_itself() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().expect("a header"));
        headers.append("x-forwarded-for", "10.0.0.1".parse().expect("a header"));
        let found = |proxies| place(&headers, proxies).map(|place| place.to_string());
        assert_eq!(found(0), None);
        assert_eq!(found(1).as_deref(), Some("10.0.0.1"));
        assert_eq!(found(2).as_deref(), Some("198.51.100.7"));
        assert_eq!(found(4), None);
        assert_eq!(place(&HeaderMap::new(), 1), None);
    }
}

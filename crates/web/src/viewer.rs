//! Who looks at a page: recognised by the session's cookie before any page is drawn.

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use penshaw_operations::{Actor, SignInStep, Visitor};

use crate::form::Form;
use crate::problem::Problem;
use crate::server::Web;

/// The cookie of a session.
const SESSION: &str = "penshaw_session";
/// The most of a form that is read to be kept.
const FORM_AT_MOST: usize = 512 * 1024;

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Viewer {
    pub(crate) actor: Actor,
    pub(crate) revision: i64,
    pub(crate) web: Web,
    /// What the address says was done just before, such as `saved`.
    pub(crate) done: Option<String>,
}

/// Somebody on the way in: with a session or without one.
#[derive(Clone)]
pub(crate) struct Newcomer {
    pub(crate) cookie: Option<String>,
    pub(crate) step: SignInStep,
}

#[derive(Clone)]
struct Recognised {
    visitor: Visitor,
    cookie: Option<String>,
}

/// Recognises who asks. What somebody sends with a session that has ended is kept, and they
/// are asked to sign in again.
pub(crate) async fn recognise(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let cookie = CookieJar::from_headers(request.headers()).get(SESSION).map(|cookie| cookie.value().to_owned());
    let visitor = match web.operations.visitor(cookie.as_deref()).await {
        Ok(visitor) => visitor,
        Err(refusal) => return Problem(refusal).into_response(),
    };
    let is_form = request.method() == Method::POST && is_form(&request);
    if let (SignInStep::Ended, Some(cookie), true) = (visitor.step, &cookie, is_form) {
        return hold(&web, cookie, request).await;
    }
    let sent_again = visitor.actor.clone().zip(held_before(&request).filter(|_| is_form));
    request.extensions_mut().insert(Recognised { visitor, cookie });
    request.extensions_mut().insert(web.clone());
    let response = next.run(request).await;
    if let Some((actor, id)) = sent_again.filter(|_| response.status().as_u16() < 400) {
        // Where it cannot be let go of now, it is within a day.
        let _ = web.operations.let_form_go(&actor, &id).await;
    }
    response
}

/// What the address of a form says where it is one that was kept, and is now sent again.
const HELD: &str = "held";

fn held_before(request: &Request) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    query.split('&').find_map(|pair| pair.strip_prefix(HELD)?.strip_prefix('=')).map(str::to_owned)
}

/// The address to which a form that was kept is sent again.
pub(crate) fn sent_again_to(path: &str, id: &str) -> String {
    let joined = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joined}{HELD}={id}")
}

/// Whether it is a form that is kept where a session has ended. Those by which somebody comes in, and
/// those that are about passwords alone, are not.
fn is_form(request: &Request) -> bool {
    const NEVER: [&str; 3] = ["/sign-", "/invitation/", "/account/password"];
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let path = request.uri().path();
    kind.starts_with("application/x-www-form-urlencoded") && !NEVER.iter().any(|never| path.starts_with(never))
}

async fn hold(web: &Web, cookie: &str, request: Request<Body>) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let Ok(bytes) = to_bytes(request.into_body(), FORM_AT_MOST).await else {
        return Redirect::to("/sign-in?ended=yes").into_response();
    };
    match web.operations.hold_form(cookie, &path, Form::of_bytes(&bytes).0).await {
        Ok(Some(id)) => Redirect::to(&format!("/sign-in?ended=yes&next=/held/{id}")).into_response(),
        Ok(None) => Redirect::to("/sign-in?ended=yes").into_response(),
        Err(refusal) => Problem(refusal).into_response(),
    }
}

impl FromRequestParts<Web> for Viewer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let recognised = parts.extensions.get::<Recognised>().cloned();
        let recognised = recognised.ok_or_else(|| Redirect::to("/sign-in").into_response())?;
        let Recognised { visitor: Visitor { actor: Some(actor), revision, .. }, cookie: Some(_) } = recognised else {
            return Err(to_sign_in(parts, recognised.visitor.step));
        };
        let query = parts.uri.query().unwrap_or_default();
        let done = query.split('&').find_map(|pair| pair.strip_prefix("done=")).map(str::to_owned);
        Ok(Viewer { actor, revision, web: web.clone(), done })
    }
}

impl OptionalFromRequestParts<Web> for Viewer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Option<Self>, Infallible> {
        Ok(<Viewer as FromRequestParts<Web>>::from_request_parts(parts, web).await.ok())
    }
}

impl FromRequestParts<Web> for Newcomer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Infallible> {
        let recognised = parts.extensions.get::<Recognised>().cloned();
        Ok(match recognised {
            Some(Recognised { visitor, cookie }) => Newcomer { cookie, step: visitor.step },
            None => Newcomer { cookie: None, step: SignInStep::Nobody },
        })
    }
}

/// To the step of signing in that comes next, and from there back to the page.
fn to_sign_in(parts: &Parts, step: SignInStep) -> Response {
    let page = match step {
        SignInStep::Code => "/sign-in/code",
        SignInStep::SetUpApp => "/sign-in/app",
        _ => "/sign-in",
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if parts.method == Method::GET && path != "/" {
        let next = form_encoded(path);
        return Redirect::to(&format!("{page}?next={next}")).into_response();
    }
    Redirect::to(page).into_response()
}

fn form_encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The cookie that carries a session.
pub(crate) fn session_cookie(web: &Web, secret: String) -> Cookie<'static> {
    Cookie::build((SESSION, secret))
        .path("/")
        .http_only(true)
        // Lax, so that a link from an e-mail opens the page; other sites' forms carry it nowhere.
        .same_site(SameSite::Lax)
        .secure(web.inner.is_secure)
        .build()
}

/// The cookie that ends a session in the browser.
pub(crate) fn no_session_cookie() -> Cookie<'static> {
    let mut cookie = Cookie::build((SESSION, "")).path("/").http_only(true).build();
    cookie.make_removal();
    cookie
}

//! A site with the example's partnership, and somebody of it who is signed in.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use penshaw_operations::{Actor, Clock, Operations, Role, Settings};
use penshaw_web::{Web, router};
use tower::ServiceExt;

/// A site over a database of its own.
pub struct Site {
    pub operations: Operations,
    router: Router,
    cookie: String,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers[header::LOCATION].to_str().expect("an address is text")
    }

    /// The page, which must hold these words.
    pub fn says(&self, words: &[&str]) -> String {
        let text = self.text();
        for one in words {
            assert!(text.contains(one), "\"{one}\" is not in: {text}");
        }
        text
    }
}

impl Site {
    /// A site of which somebody is signed in with these roles in the partnership.
    pub async fn of(roles: &[Role]) -> Site {
        let settings = Settings { trials: Some(2_000), ..Settings::default() };
        let operations = Operations::open("sqlite::memory:", Clock::system(), settings).await;
        let operations = operations.expect("a database in memory opens");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
        let operator = Actor::operator("load");
        operations.load_folder(&operator, &folder).await.expect("the example is sound");
        let secret = operations.invite_administrator(&operator, "anna@example.gov.uk", "Anna").await.expect("invited");
        let half = operations.accept_invitation(&secret, "three unlike words").await.expect("accepted");
        let app = operations.app_to_set_up(&half.cookie).await.expect("an app is to be set up");
        let cookie = operations.confirm_app(&half.cookie, &code(&app.secret)).await.expect("signed in").cookie;
        let visitor = operations.visitor(Some(&cookie)).await.expect("known");
        let person = visitor.actor.and_then(|actor| actor.person).expect("somebody");
        let roles: Vec<Role> = roles.iter().copied().chain([Role::Administrator]).collect();
        operations.give_roles(&operator, &person, "partnership", &roles).await.expect("roles are given");
        Site { router: router(Web::new(operations.clone())), operations, cookie }
    }

    /// A site where everything was worked out from the frozen baselines.
    pub async fn worked_out(roles: &[Role]) -> Site {
        let site = Site::of(roles).await;
        site.work_out().await;
        site
    }

    /// Works everything out from the frozen baselines.
    pub async fn work_out(&self) {
        self.operations.work_out_report(&Actor::operator("test"), false).await.expect("a job is asked for");
        self.work().await;
    }

    /// Does what waits to be done in the background.
    pub async fn work(&self) {
        while self.operations.work_once().await.expect("the database answers") {}
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(self.request(Method::GET, address).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form.
    pub async fn post(&self, address: &str, fields: &[(String, String)]) -> Answer {
        let request = self.request(Method::POST, address).header("content-type", "application/x-www-form-urlencoded");
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.send(request.body(Body::from(pairs.join("&"))).expect("a request")).await
    }

    fn request(&self, method: Method, address: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(address).header("cookie", format!("penshaw_session={}", self.cookie))
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("a router answers");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("an answer has an end").to_vec();
        Answer { status, headers, bytes }
    }
}

/// Fields of a form.
pub fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let begins = format!("name=\"{name}\" value=\"");
    let rest = page.split(&begins).nth(1).expect("the field is there");
    rest.split('"').next().unwrap_or_default().to_owned()
}

fn code(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
    let app = totp_rs::Builder::new().with_secret(secret).with_account_name("anna").build().expect("an app");
    app.generate_current().to_string()
}

fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    value.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

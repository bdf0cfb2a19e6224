//! A site with a partnership, and somebody of Sunderland who is signed in.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use penshaw_operations::{Actor, Clock, Operations, Role, Settings};
use penshaw_web::{Web, router};
use tower::ServiceExt;

/// What stands between the parts of a form.
const BETWEEN: &str = "----between";

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

    /// The page, which must have been drawn, and hold these words.
    pub fn says(&self, words: &[&str]) -> String {
        let text = self.text();
        for one in words {
            assert!(text.contains(one), "\"{one}\" is not in: {text}");
        }
        text
    }
}

impl Site {
    /// A site of which somebody is signed in with these roles at Sunderland.
    pub async fn of(roles: &[Role]) -> Site {
        let operations = Operations::open("sqlite::memory:", Clock::system(), Settings::default()).await;
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
        operations.give_roles(&operator, &person, "SCC", &roles).await.expect("roles are given");
        Site { router: router(Web::new(operations.clone())), operations, cookie }
    }

    /// Somebody who may act for Sunderland at the machine itself.
    pub fn operator(&self) -> Actor {
        Actor::operator("test")
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(self.request(Method::GET, address).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, address).header("content-type", "application/x-www-form-urlencoded");
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.send(request.body(Body::from(pairs.join("&"))).expect("a request")).await
    }

    /// Sends a file.
    pub async fn upload(&self, body: &str, name: &str, file: &[u8]) -> Answer {
        let bytes = multipart(name, file);
        self.upload_body(body, Some(bytes.len()), Body::from(bytes)).await
    }

    /// Sends what should be a form with a file.
    pub async fn upload_body(&self, body: &str, length: Option<usize>, bytes: Body) -> Answer {
        self.send(self.upload_request(body, length, bytes)).await
    }

    pub fn upload_request(&self, body: &str, length: Option<usize>, bytes: Body) -> Request<Body> {
        let mut request = self.request(Method::POST, &format!("/imports/{body}"));
        request = request.header("content-type", format!("multipart/form-data; boundary={BETWEEN}"));
        if let Some(length) = length {
            request = request.header("content-length", length);
        }
        request.body(bytes).expect("a request")
    }

    fn request(&self, method: Method, address: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(address).header("cookie", format!("penshaw_session={}", self.cookie))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.begin(request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("an answer has an end").to_vec();
        Answer { status, headers, bytes }
    }

    /// The answer before it is read.
    pub async fn begin(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.expect("a router answers")
    }

    /// Does what waits to be done in the background.
    pub async fn work(&self) {
        while self.operations.work_once().await.expect("the database answers") {}
    }

    /// Sends a file and has it read; says the address of its import.
    pub async fn import(&self, name: &str, file: &[u8]) -> String {
        let address = self.upload("SCC", name, file).await.location().to_owned();
        self.work().await;
        address
    }
}

/// A form with a file.
pub fn multipart(name: &str, file: &[u8]) -> Vec<u8> {
    let mut bytes = head(name);
    bytes.extend_from_slice(file);
    bytes.extend_from_slice(format!("\r\n--{BETWEEN}--\r\n").as_bytes());
    bytes
}

/// What comes before the file in a form.
pub fn head(name: &str) -> Vec<u8> {
    let disposition = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"");
    format!("--{BETWEEN}\r\n{disposition}\r\ncontent-type: application/octet-stream\r\n\r\n").into_bytes()
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

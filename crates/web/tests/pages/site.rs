//! A site with the example of 2014, as somebody who is signed in sees it.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header, request};
use penshaw_operations::{Actor, Clock, Operations, Role, Settings};
use penshaw_web::{Web, router};
use tower::ServiceExt;

/// What stands between the parts of a form.
const BETWEEN: &str = "----between";

/// A site over a database of its own, and somebody who is signed in.
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
    pub text: String,
}

impl Answer {
    /// The answer, which must have that status.
    #[track_caller]
    pub fn must(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// Where it leads.
    #[track_caller]
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.headers[header::LOCATION].to_str().expect("an address is text")
    }

    /// The answer, which must hold these words.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Answer {
        for one in words {
            assert!(self.text.contains(one), "\"{one}\" is not in: {}", self.text);
        }
        self
    }

    #[track_caller]
    pub fn does_not_say(self, words: &str) -> Answer {
        assert!(!self.text.contains(words), "\"{words}\" is in: {}", self.text);
        self
    }

    /// The value of the first hidden field of that name.
    #[track_caller]
    pub fn hidden(&self, name: &str) -> String {
        hidden(&self.text, name)
    }
}

impl Site {
    /// A new site, for somebody with these roles in a body and no other.
    pub async fn of(body: &str, roles: &[Role]) -> Site {
        let settings = Settings { trials: Some(2_000), ..Settings::default() };
        let operations = Operations::open("sqlite::memory:", Clock::system(), settings).await;
        let operations = operations.expect("a database in memory opens");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
        operations.load_folder(&Site::operator(), &folder).await.expect("the example is sound");
        let site = Site { router: router(Web::new(operations.clone())), operations, cookie: String::new() };
        site.person("Anna", body, roles).await
    }

    /// The same site for somebody else, with these roles in a body.
    pub async fn person(&self, name: &str, body: &str, roles: &[Role]) -> Site {
        let (operations, operator) = (&self.operations, Site::operator());
        let email = format!("{}@example.gov.uk", name.to_lowercase());
        let secret = operations.invite(&operator, body, &email, name, roles).await.expect("invited");
        operations.accept_invitation(&secret, "three unlike words").await.expect("accepted");
        let link = operations.sign_in_link(&operator, &email).await.expect("a link is made");
        let cookie = operations.sign_in_once(&link).await.expect("signed in").cookie;
        Site { operations: operations.clone(), router: self.router.clone(), cookie }
    }

    /// The same site for somebody who is not signed in.
    pub fn stranger(&self) -> Site {
        Site { operations: self.operations.clone(), router: self.router.clone(), cookie: String::new() }
    }

    /// Somebody at the machine itself.
    pub fn operator() -> Actor {
        Actor::operator("test")
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(self.request(Method::GET, address).body(Body::empty()).expect("a request")).await
    }

    /// Asks for a page with more said of it.
    pub async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::GET, address);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends a form.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, address).header("content-type", "application/x-www-form-urlencoded");
        let form = serde_html_form::to_string(fields).expect("a form");
        self.send(request.body(Body::from(form)).expect("a request")).await
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

    fn request(&self, method: Method, address: &str) -> request::Builder {
        let request = Request::builder().method(method).uri(address).header("sec-fetch-site", "same-origin");
        request.header("cookie", format!("penshaw_session={}", self.cookie))
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.begin(request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("an answer has an end").to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, headers, bytes, text }
    }

    /// The answer before it is read.
    pub async fn begin(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.expect("a router answers")
    }

    /// Does what waits to be done in the background.
    pub async fn work(&self) {
        while self.operations.work_once().await.expect("the database answers") {}
    }

    /// Sends a file of Sunderland's and has it read; says the address of its import.
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

/// The value of the first hidden field of that name on a page.
#[track_caller]
pub fn hidden(page: &str, name: &str) -> String {
    let begins = format!("type=\"hidden\" name=\"{name}\" value=\"");
    let rest = page.split_once(&begins).unwrap_or_else(|| panic!("no field {name} in: {page}")).1;
    rest.split('"').next().unwrap_or_default().to_owned()
}

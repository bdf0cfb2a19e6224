//! A site with the example of 2014, and people who are signed in.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use penshaw_operations::{Actor, Clock, Operations, Role, Settings};
use penshaw_web::{Web, router};
use tower::ServiceExt;

/// A site over a database of its own.
pub struct Site {
    pub operations: Operations,
    router: Router,
}

/// Somebody who is signed in.
pub struct Person {
    cookie: String,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub text: String,
}

impl Answer {
    /// The page with that status.
    #[track_caller]
    pub fn must(self, status: u16) -> Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

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
        let begins = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.text.split_once(&begins).unwrap_or_else(|| panic!("no field {name} in: {}", self.text)).1;
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Site {
    pub async fn start() -> Site {
        let operations = Operations::open("sqlite::memory:", Clock::system(), Settings::default()).await;
        let operations = operations.expect("a database in memory opens");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
        operations.load_folder(&Actor::operator("test"), &folder).await.expect("the example is sound");
        Site { router: router(Web::new(operations.clone())), operations }
    }

    /// Somebody with a role in a body.
    pub async fn person(&self, body: &str, role: Role) -> Person {
        let operator = Actor::operator("test");
        let email = format!("{body}.{}@example.gov.uk", role.key());
        let secret = self.operations.invite(&operator, body, &email, role.label(), &[role]).await.expect("invited");
        self.operations.accept_invitation(&secret, "three unlike words").await.expect("accepted");
        let link = self.operations.sign_in_link(&operator, &email).await.expect("a link is made");
        Person { cookie: self.operations.sign_in_once(&link).await.expect("signed in").cookie }
    }

    pub async fn get(&self, person: &Person, address: &str) -> Answer {
        self.send(person, Method::GET, address, Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, person: &Person, address: &str, fields: &[(&str, &str)]) -> Answer {
        let form = serde_html_form::to_string(fields).expect("a form");
        self.send(person, Method::POST, address, Body::from(form)).await
    }

    async fn send(&self, person: &Person, method: Method, address: &str, body: Body) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::COOKIE, format!("penshaw_session={}", person.cookie))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let response = self.router.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
        let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        let (status, location) = (response.status(), location.to_owned());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Answer { status, location, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

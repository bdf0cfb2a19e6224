//! In which state something must be: `If-Match`, `If-None-Match`, and the `ETag` of every answer.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use penshaw_basis::Digester;
use serde::Serialize;

use super::problem::ApiProblem;
use crate::server::Web;

/// Kept by the caller alone, and asked again each time.
const ASK_AGAIN: &str = "private, no-cache";

/// In which state the caller says that something must be.
pub(super) struct Conditions {
    if_match: Option<String>,
    if_none_match: Option<String>,
}

impl FromRequestParts<Web> for Conditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Infallible> {
        Ok(Conditions {
            if_match: said(&parts.headers, header::IF_MATCH),
            if_none_match: said(&parts.headers, header::IF_NONE_MATCH),
        })
    }
}

/// A header's values as one list; what is no text names no state.
fn said(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let values = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("\"\""));
    let values: Vec<&str> = values.collect();
    (!values.is_empty()).then(|| values.join(","))
}

/// The strong tag of a version's number.
pub(super) fn tag(number: i64) -> String {
    format!("\"{number}\"")
}

impl Conditions {
    /// Whether it is to be added only if it is not there yet.
    pub(super) fn is_new(&self) -> bool {
        self.if_none_match.as_deref().is_some_and(|list| list.trim() == "*")
    }

    /// # Errors
    /// 428, if the caller says nothing of the state.
    pub(super) fn must_be_there(&self) -> Result<(), ApiProblem> {
        if self.if_match.is_some() { Ok(()) } else { Err(ApiProblem::unconditional()) }
    }

    /// Whether the state of that number is one that the caller changes.
    pub(super) fn matches(&self, number: i64) -> bool {
        // A weak tag is never the same by strong comparison.
        self.if_match.as_deref().is_some_and(|list| names(list, &tag(number), false))
    }

    /// The thing as JSON with its tag; nothing but the tag, where the caller has it already.
    pub(super) fn answer(&self, thing: &impl Serialize) -> Response {
        let text = serde_json::to_vec(thing).expect("an answer is plain data");
        // The tag is of what is shown and of nothing else: what is not shared changes no tag.
        let tag = digest_tag(&text);
        self.tagged(&tag, "application/json", text)
    }

    /// The same, with the tag of a version.
    pub(super) fn answer_as(&self, number: i64, thing: &impl Serialize) -> Response {
        let text = serde_json::to_vec(thing).expect("an answer is plain data");
        self.tagged(&tag(number), "application/json", text)
    }

    /// Bytes with their tag.
    pub(super) fn tagged(&self, tag: &str, media: &str, bytes: Vec<u8>) -> Response {
        let caching = [
            (header::ETAG, HeaderValue::from_str(tag).expect("a tag is plain letters")),
            (header::CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN)),
            (header::VARY, HeaderValue::from_static("authorization")),
        ];
        if self.if_none_match.as_deref().is_some_and(|list| names(list, tag, true)) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        let media = HeaderValue::from_str(media).expect("a media type is plain letters");
        (caching, [(header::CONTENT_TYPE, media)], bytes).into_response()
    }
}

/// The tag of bytes.
pub(super) fn digest_tag(bytes: &[u8]) -> String {
    let mut digester = Digester::new("penshaw api 1");
    digester.part(&String::from_utf8_lossy(bytes));
    let digest = digester.finish();
    let letters: String = digest.as_str().chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    format!("\"{letters}\"")
}

/// Whether a list of tags names one: `*` names all.
fn names(list: &str, tag: &str, weakly: bool) -> bool {
    list.split(',').map(str::trim).any(|one| {
        let one = if weakly { one.strip_prefix("W/").unwrap_or(one) } else { one };
        one == "*" || one == tag
    })
}

/// A thing as it stands after a change, with the tag of its new state.
pub(super) fn changed_to(number: i64, thing: &impl Serialize) -> Response {
    ([(header::ETAG, tag(number))], axum::Json(thing)).into_response()
}

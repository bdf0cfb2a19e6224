//! What a request holds, read strictly: its address, its query and its JSON, or a problem that says what is wrong.

use std::collections::BTreeSet;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use penshaw_operations::Refusal;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::ApiProblem;
use crate::server::Web;

/// The largest JSON that is read.
const JSON_AT_MOST: usize = 1024 * 1024;

/// The parts of an address's path.
pub(super) struct At<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Web> for At<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiProblem> {
        let readable = decoded(parts.uri.path(), false).is_some_and(|path| !path.chars().any(char::is_control));
        if !readable {
            let what = "the address holds a control character, or is not written in UTF-8 and percent-encoded";
            return Err(ApiProblem::unreadable("path", what));
        }
        let found = Path::<T>::from_request_parts(parts, web).await;
        found.map(|Path(found)| At(found)).map_err(|error| ApiProblem::unreadable("path", error.body_text()))
    }
}

/// What a query asks: each name known, and given once.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Web> for Asked<T> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, ApiProblem> {
        let query = parts.uri.query().unwrap_or_default();
        let mut known = BTreeSet::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (decoded(name, true), decoded(value, true)) else {
                return Err(ApiProblem::unreadable("query", "the query is not percent-encoded UTF-8"));
            };
            if value.chars().any(char::is_control) {
                return Err(ApiProblem::unreadable(name, "the value holds a control character"));
            }
            if known.contains(&name) {
                return Err(ApiProblem::unreadable(name, "the parameter is given twice"));
            }
            known.insert(name);
        }
        let asked = serde_html_form::from_str(query);
        asked.map(Asked).map_err(|error| ApiProblem::unreadable("query", error.to_string()))
    }
}

/// Text without its percent-encoding; nothing, if it is wrongly encoded.
fn decoded(text: &str, is_query: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                (digit(rest.next())? * 16 + digit(rest.next())?) as u8
            }
            b'+' if is_query => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// JSON of exactly the shape that is described.
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Web> for Sent<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &Web) -> Result<Self, ApiProblem> {
        if media_type(request.headers()) != "application/json" {
            return Err(other_media("application/json"));
        }
        let bytes = to_bytes(request.into_body(), JSON_AT_MOST).await.map_err(|_| too_large(JSON_AT_MOST))?;
        Ok(Sent(read(&bytes)?))
    }
}

fn read<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, ApiProblem> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| ApiProblem::unreadable("body", format!("the body is not JSON: {error}")))?;
    if let Some(place) = unprinted(&value, "") {
        return Err(ApiProblem::invalid(place, "Take out the characters that cannot be printed"));
    }
    // From the bytes, so that a name that is given twice is seen.
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = error.path().to_string();
        let place = if place == "." { "body".to_owned() } else { place };
        ApiProblem::invalid(place, crate::problem::sentence(&error.into_inner().to_string()))
    })
}

/// Where a text holds a character that no database or file keeps.
fn unprinted(value: &Value, place: &str) -> Option<String> {
    let is_unprinted = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    match value {
        Value::String(text) => text.contains(is_unprinted).then(|| place.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(at, item)| unprinted(item, &format!("{place}[{at}]")))
        }
        Value::Object(map) => map.iter().find_map(|(name, item)| {
            let inner = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            if name.contains(is_unprinted) { Some(inner) } else { unprinted(item, &inner) }
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The media type of what is sent, its parameters left out.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let said = headers.get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) fn other_media(wanted: &str) -> ApiProblem {
    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    ApiProblem::new(status, "what was sent is of another media type", format!("send {wanted}"))
}

pub(super) fn too_large(bytes: usize) -> ApiProblem {
    Refusal::TooLarge { megabytes: (bytes as u64).div_ceil(1_000_000) }.into()
}

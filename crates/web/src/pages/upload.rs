//! A file on its way in: read piece by piece, and no further than the largest that is taken.

use std::future::ready;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::Response;
use futures_util::{StreamExt, stream};
use penshaw_operations::LARGEST_UPLOAD;
use tokio::time::{Instant, timeout_at};

/// What a form needs around its file: names, boundaries.
const AROUND: u64 = 64 * 1024;
/// The longest form with a file that is taken.
pub(crate) const LONGEST: u64 = LARGEST_UPLOAD + AROUND;
/// How long what is sent is still taken after it was refused.
const PATIENCE: Duration = Duration::from_secs(120);
/// Who has sent nothing for so long has understood, and waits for the end of the answer.
const PAUSE: Duration = Duration::from_secs(3);

/// What came of a file that somebody sent.
pub(crate) enum Sent {
    /// All of it is here; its name is as the browser gave it.
    Whole { name: String, bytes: Vec<u8> },
    /// It is larger than is taken. What is left of it may still be on its way.
    TooLarge(Option<BodyDataStream>),
    /// It ended before its end, or is no file at all.
    CutOff,
}

/// Takes the file of a form. What is too large by its own account is not read at all.
pub(crate) async fn receive(request: Request) -> Sent {
    if length(&request).is_some_and(|length| length > LONGEST) {
        return Sent::TooLarge(Some(request.into_body().into_data_stream()));
    }
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return Sent::CutOff };
    let (mut name, mut bytes) = (String::new(), Vec::new());
    loop {
        let mut field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Sent::Whole { name, bytes },
            Err(error) => return stopped(&error),
        };
        if field.name() != Some("file") {
            continue;
        }
        name = field.file_name().unwrap_or_default().to_owned();
        loop {
            match field.chunk().await {
                Ok(Some(piece)) if (bytes.len() + piece.len()) as u64 > LARGEST_UPLOAD => return Sent::TooLarge(None),
                Ok(Some(piece)) => bytes.extend_from_slice(&piece),
                Ok(None) => break,
                Err(error) => return stopped(&error),
            }
        }
    }
}

/// Why no more of a form is read: it has passed its limit, or it has ended before its end.
fn stopped(error: &MultipartError) -> Sent {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Sent::TooLarge(None) } else { Sent::CutOff }
}

fn length(request: &Request) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// An answer that is sent at once, while what is still on its way is taken and forgotten: browsers show
/// an answer only once they have sent everything, and call it an error where nobody takes it.
pub(crate) fn while_taking(rest: BodyDataStream, answer: Response) -> Response {
    let (head, page) = answer.into_parts();
    let until = Instant::now() + PATIENCE;
    let taken = stream::unfold(rest, move |mut rest| async move {
        match timeout_at(until.min(Instant::now() + PAUSE), rest.next()).await {
            Ok(Some(Ok(_))) => Some(((), rest)),
            _ => None,
        }
    });
    let nothing = taken.filter_map(|()| ready(None));
    Response::from_parts(head, Body::from_stream(page.into_data_stream().chain(nothing)))
}

//! A refusal as a page: what, why, and what to do, with the status that says so to machines.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use penshaw_operations::Refusal;

use crate::components::{Frame, page};

/// A refusal that becomes a page.
pub(crate) struct Problem(pub(crate) Refusal);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem(refusal)
    }
}

/// The status that says to machines what a refusal says to people.
pub(crate) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotAllowed { .. } => StatusCode::FORBIDDEN,
        Refusal::NotThere { .. } | Refusal::NoSuchAnalysis { .. } | Refusal::NotBuilt { .. } => StatusCode::NOT_FOUND,
        Refusal::SignedOut => StatusCode::UNAUTHORIZED,
        Refusal::Invalid(_) | Refusal::Findings(_) | Refusal::Missing { .. } | Refusal::Form { .. } => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::ChangedMeanwhile { .. } | Refusal::NotNow { .. } | Refusal::PartnershipThere => StatusCode::CONFLICT,
        Refusal::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::NoPartnership => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::Store(error) if error.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::IdentityProvider { .. } => StatusCode::BAD_GATEWAY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What a refusal is called at the head of its page.
fn heading(status: StatusCode) -> &'static str {
    match status {
        StatusCode::FORBIDDEN => "You cannot do this",
        StatusCode::NOT_FOUND => "Page not found",
        StatusCode::UNPROCESSABLE_ENTITY => "There is a problem",
        StatusCode::CONFLICT => "This cannot be done as things stand",
        StatusCode::TOO_MANY_REQUESTS => "There were too many attempts",
        StatusCode::PAYLOAD_TOO_LARGE => "The file is too large",
        StatusCode::SERVICE_UNAVAILABLE => "Sorry, the service is unavailable",
        _ => "Sorry, there is a problem with the service",
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let refusal = self.0;
        if matches!(refusal, Refusal::SignedOut) {
            return Redirect::to("/sign-in").into_response();
        }
        let status = status(&refusal);
        if status.is_server_error() {
            tracing::error!(error = %refusal, "a page could not be drawn");
        }
        let title = heading(status);
        let body = html! {
            h1.govuk-heading-l { (title) }
            // What the database or the machine says is for the log, not for the page.
            @if status == StatusCode::INTERNAL_SERVER_ERROR || matches!(refusal, Refusal::Store(_)) {
                p.govuk-body { "Nothing that was kept is lost. What you sent just now may not have been kept." }
            } @else {
                p.govuk-body { (sentence(&refusal.to_string())) }
            }
            @if let Refusal::Findings(findings) = &refusal {
                ul.govuk-list.govuk-list--bullet {
                    @for finding in findings.iter().take(100) {
                        li { (finding.place) ": " (finding.what) ". " (finding.hint) "." }
                    }
                }
            }
            p.govuk-body { (sentence(&refusal.hint())) }
            p.govuk-body { a.govuk-link href="/" { "Go to the partnership's home page" } }
        };
        let frame = Frame { title, service_name: "Share ICT", body, ..Frame::default() };
        (status, page(&frame)).into_response()
    }
}

/// A refusal's words as a sentence.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

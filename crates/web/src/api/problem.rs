//! A refusal as JSON, by RFC 9457: what, why, and what to do.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use penshaw_operations::{Finding, Refusal};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::problem::{sentence, status};

/// What was not done, why, and what to do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Names the sort of problem, such as `urn:penshaw:problem:not-found`.
    #[serde(rename = "type")]
    #[schema(pattern = "^urn:penshaw:problem:[a-z-]+$")]
    kind: String,
    /// The sort of problem in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened.
    detail: String,
    /// What to do.
    hint: String,
    /// What must be corrected, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<WrongField>,
    /// What stands there now, where somebody else changed it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object, required = false)]
    standing: Option<Value>,
}

/// Something that must be corrected.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WrongField {
    /// The field, parameter or place.
    field: String,
    /// What is wrong and what to do.
    what: String,
}

/// A refusal that becomes a problem as JSON.
#[derive(Debug)]
pub(super) struct ApiProblem(Box<Problem>);

impl ApiProblem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        let (name, title) = title(status);
        ApiProblem(Box::new(Problem {
            kind: format!("urn:penshaw:problem:{name}"),
            title,
            status: status.as_u16(),
            detail: sentence(&detail.into()),
            hint: sentence(&hint.into()),
            errors: Vec::new(),
            standing: None,
        }))
    }

    /// What was sent cannot be read.
    pub(super) fn unreadable(field: impl Into<String>, what: impl Into<String>) -> Self {
        let what = sentence(&what.into());
        ApiProblem::new(StatusCode::BAD_REQUEST, &*what, "compare it with /api/openapi.json and send it again")
            .at(field, what)
    }

    /// What was sent is not what the description says.
    pub(super) fn invalid(field: impl Into<String>, what: impl Into<String>) -> Self {
        Refusal::invalid(field, what).into()
    }

    /// A change that does not say which state it was made from.
    pub(super) fn unconditional() -> Self {
        let hint = "read it first, and send its ETag as If-Match; to add what is not there yet, send If-None-Match: *";
        ApiProblem::new(StatusCode::PRECONDITION_REQUIRED, "the change does not say which state it was made from", hint)
    }

    /// Somebody else changed it first; `standing` is what stands there now.
    pub(super) fn changed(standing: Option<Value>) -> Self {
        let hint = "look at what stands there now, then decide what to keep";
        let mut problem =
            ApiProblem::new(StatusCode::PRECONDITION_FAILED, "it is not in the state that the request names", hint);
        problem.0.standing = standing;
        problem
    }

    fn at(mut self, field: impl Into<String>, what: impl Into<String>) -> Self {
        self.0.errors.push(WrongField { field: field.into(), what: what.into() });
        self
    }
}

/// The name and the words of a sort of problem.
fn title(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => ("unreadable", "The request cannot be read"),
        StatusCode::UNAUTHORIZED => ("no-token", "No token that works"),
        StatusCode::FORBIDDEN => ("not-allowed", "You cannot do this"),
        StatusCode::NOT_FOUND => ("not-found", "Not found"),
        StatusCode::METHOD_NOT_ALLOWED => ("method", "Method not allowed"),
        StatusCode::CONFLICT => ("not-now", "This cannot be done as things stand"),
        StatusCode::PRECONDITION_FAILED => ("changed", "Changed in the meantime"),
        StatusCode::PRECONDITION_REQUIRED => ("unconditional", "If-Match is missing"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "Too large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "Not a media type that is read here"),
        StatusCode::UNPROCESSABLE_ENTITY => ("invalid", "Something must be corrected"),
        StatusCode::TOO_MANY_REQUESTS => ("too-often", "Too many attempts"),
        StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "The service is unavailable"),
        _ => ("fault", "There is a problem with the service"),
    }
}

impl From<Refusal> for ApiProblem {
    fn from(refusal: Refusal) -> Self {
        let status = status(&refusal);
        if status.is_server_error() {
            tracing::error!(error = %refusal, "a request could not be answered");
        }
        // What the database or the machine says is for the log, not for the caller.
        let is_ours = status == StatusCode::INTERNAL_SERVER_ERROR || matches!(refusal, Refusal::Store(_));
        let detail = match &refusal {
            _ if is_ours => "what was sent just now may not have been kept".into(),
            Refusal::SignedOut => "there is no token, or it is none that works".into(),
            refusal => refusal.to_string(),
        };
        let hint = match refusal {
            Refusal::SignedOut => {
                "send Authorization: Bearer and a token of yours, which your account page makes".into()
            }
            ref refusal => refusal.hint(),
        };
        let problem = ApiProblem::new(status, detail, hint);
        match refusal {
            Refusal::Invalid(wrong) => wrong.into_iter().fold(problem, |problem, one| problem.at(one.field, one.what)),
            Refusal::Findings(findings) => findings.iter().take(500).fold(problem, found),
            _ => problem,
        }
    }
}

fn found(problem: ApiProblem, finding: &Finding) -> ApiProblem {
    problem.at(finding.place.to_string(), format!("{} {}", sentence(&finding.what), sentence(&finding.hint)))
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let text = serde_json::to_vec(&self.0).expect("a problem is plain data");
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], text).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let asks = HeaderValue::from_static("Bearer realm=\"Penshaw\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, asks);
        }
        response
    }
}

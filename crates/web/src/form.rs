//! What somebody sent with a form: names and values in their order.

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use penshaw_operations::Refusal;

use crate::problem::Problem;

/// The largest form that is read: a table of options and lines edited at once.
const AT_MOST: usize = 4 * 1024 * 1024;

/// What somebody sent with a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    /// Reads the bytes of a form; what is no form has no fields.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Form(serde_html_form::from_bytes(bytes).unwrap_or_default())
    }

    /// The value of a field, its ends trimmed; empty where it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that may be sent several times.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim()).collect()
    }

    /// Whether a field was sent at all, as ticked boxes are.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let too_large = |_| Problem(Refusal::TooLarge { megabytes: (AT_MOST >> 20) as u64 }).into_response();
        let bytes = axum::body::to_bytes(request.into_body(), AT_MOST).await.map_err(too_large)?;
        Ok(Form::of_bytes(&bytes))
    }
}

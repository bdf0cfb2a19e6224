//! What somebody sent with a form: names and values in their order.

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use penshaw_basis::Date;
use penshaw_operations::Refusal;

use crate::problem::Problem;

/// The largest form that is read: a table of options and lines edited at once.
const AT_MOST: usize = 4 * 1024 * 1024;

/// What stands in a field is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotADay;

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

    /// The day in a field's three parts, `NAME-day`, `NAME-month` and `NAME-year`; nothing where all are empty.
    ///
    /// # Errors
    /// If the parts are no day.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, NotADay> {
        let part = |part: &str| self.get(&format!("{name}-{part}"));
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Ok(None);
        }
        let parts = (year.parse().ok(), month.parse().ok(), day.parse().ok());
        let (Some(year @ 1900..=2200), Some(month), Some(day)) = parts else { return Err(NotADay) };
        Date::new(year, month, day).map(Some).map_err(|_| NotADay)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_parts_are_a_day_or_nothing_or_no_day() {
        let form = |day: &str| Form::of_bytes(format!("on-day={day}&on-month=2&on-year=2014").as_bytes());
        assert_eq!(form("28").day("on"), Ok(Some(jiff::civil::date(2014, 2, 28))));
        assert_eq!(form("29").day("on"), Err(NotADay));
        assert_eq!(form("").day("on"), Err(NotADay));
        assert_eq!(form("28").day("other"), Ok(None));
    }
}

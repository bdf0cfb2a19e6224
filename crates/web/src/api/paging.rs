//! Lists page by page, with the addresses of the other pages in `Link`.

use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::values;

/// How many are on a page where nobody says.
pub(super) const PER_PAGE: u64 = 50;

/// A list's address without its page, and how its pages are counted.
pub(super) struct Pages<'a> {
    pub(super) address: &'a str,
    pub(super) asked: Vec<(String, String)>,
    pub(super) page: u64,
    pub(super) last: u64,
}

impl Pages<'_> {
    /// Adds the addresses of the first, previous, next and last page.
    pub(super) fn link(&self, response: Response) -> Response {
        let mut links = vec![self.one(1, "first")];
        if self.page > 1 {
            links.push(self.one((self.page - 1).min(self.last), "prev"));
        }
        if self.page < self.last {
            links.push(self.one(self.page + 1, "next"));
        }
        links.push(self.one(self.last, "last"));
        linked(response, &links.join(", "))
    }

    fn one(&self, page: u64, relation: &str) -> String {
        let mut query = self.asked.clone();
        query.push(("page".into(), page.to_string()));
        format!("<{}?{}>; rel=\"{relation}\"", self.address, values::query(&query))
    }
}

/// Adds a `Link` header.
pub(super) fn linked(mut response: Response, links: &str) -> Response {
    if let Ok(links) = HeaderValue::from_str(links) {
        response.headers_mut().insert(header::LINK, links);
    }
    response
}

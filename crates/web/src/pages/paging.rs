//! The numbers of the pages under a long list.

use maud::{Markup, html};

use crate::components::{Pagination, pagination};
use crate::values;

/// How many rows a page holds.
pub(super) const PER_PAGE: u64 = 50;

/// The numbers of a list's pages; nothing where there is but one. `address` gives that of a page, from 1.
pub(super) fn numbers(page: u64, total: u64, address: impl Fn(u64) -> String) -> Markup {
    let pages = total.div_ceil(PER_PAGE);
    if pages < 2 {
        return html! {};
    }
    let page = page.clamp(1, pages) as usize;
    pagination(&Pagination::numbered(page, pages as usize, |number| address(number as u64)))
}

/// Which rows a page shows: `51 to 100 of 1,234 entries`.
pub(super) fn range(page: u64, total: u64, (one, many): (&str, &str)) -> String {
    let shown = |number: u64| values::grouped(number as i64);
    match total {
        1 => format!("1 {one}"),
        total if total <= PER_PAGE => format!("{} {many}", shown(total)),
        total => {
            let (from, to) = ((page - 1) * PER_PAGE + 1, (page * PER_PAGE).min(total));
            format!("{} to {} of {} {many}", shown(from.min(total)), shown(to), shown(total))
        }
    }
}

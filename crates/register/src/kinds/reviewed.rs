//! What people have said of names: which entries mean the same product, and which supplier goes by which name now.

use penshaw_basis::Date;

use crate::FieldKind::{Choice, Date as Day, Text};
use crate::Problem;
use crate::entry::entry;

/// The verdicts of a review: what two entries are to each other.
pub const VERDICTS: &[&str] = &["same product", "same function only", "different"];

entry! {
    /// What a person says of two entries that might mean the same product; it binds every matching after it.
    ProductReview {
        one: String, "Entry", Text, required, open, "The owner's code and the entry's reference.", "SCC/A12";
        other: String, "Other entry", Text, required, open, "The owner's code and the reference of the other entry.", "DCC/A7";
        verdict: String, "Verdict", Choice(VERDICTS), required, open, "Whether they are the same product, only serve the same function, or are different.", "same product";
        reason: Option<String>, "Reason", Text, optional, open, "Why.", "Both are the supplier's revenues suite; Durham's name is that of its first release";
        reviewer: Option<String>, "Reviewed by", Text, optional, open, "The post of who reviewed it.", "Enterprise architect";
        reviewed_on: Option<Date>, "Reviewed on", Day, optional, open, "The day of the review.", "2014-04-08";
    } check |review| {
        let mut problems = Vec::new();
        for (field, entry) in [("one", &review.one), ("other", &review.other)] {
            if !entry.split_once('/').is_some_and(|(owner, reference)| !owner.is_empty() && !reference.is_empty()) {
                let what = format!("\"{entry}\" does not name an authority and its entry");
                problems.push(Problem::error(field, what, "write the authority's code, a stroke and the reference: SCC/A12"));
            }
        }
        if review.one == review.other && problems.is_empty() {
            problems.push(Problem::error("other", "the review names one entry twice", "name the entry that it is compared with"));
        }
        problems
    }
}

entry! {
    /// A name under which a supplier is found, and the supplier that it is now.
    SupplierName {
        name: String, "Name", Text, required, open, "The former, short or trading name.", "Example Computing Ltd";
        now: String, "Is now", Text, required, open, "The supplier that it is now, or is part of.", "Example Software Ltd";
        since: Option<Date>, "Since", Day, optional, open, "The day of the change of name or the merger.", "2012-10-01";
        document: Option<String>, "Document", Text, optional, open, "Where it is recorded.", "Companies House, certificate of 1 October 2012";
    }
}

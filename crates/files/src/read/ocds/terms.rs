//! How a procurement was run and under which law, from the words that publishers in the United Kingdom use.

use serde_json::Value;

use super::json::{object, text, yes};

/// How a contract was awarded, as the register says it; nothing where the notice does not make it clear.
pub(super) fn awarded_by(tender: &Value) -> Option<&'static str> {
    let details = text(tender, "procurementMethodDetails").unwrap_or_default().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| details.contains(word));
    if says(&["framework", "dynamic purchasing", "dynamic market", "g-cloud"]) {
        return Some("framework");
    }
    if says(&["quotation", "invitation to quote", "request for quote"]) {
        return Some("invitation to quote");
    }
    if says(&[
        "direct award",
        "single tender",
        "without prior publication",
        "without prior call",
        "without competition",
    ]) {
        return Some("direct award");
    }
    if says(&[
        "open",
        "restricted",
        "competitive",
        "dialogue",
        "negotiat",
        "innovation partnership",
        "invitation to tender",
    ]) {
        return Some("published invitation to tender");
    }
    match text(tender, "procurementMethod")?.as_str() {
        "open" | "selective" => Some("published invitation to tender"),
        "direct" => Some("direct award"),
        _ => None,
    }
}

/// The procurement law that a notice names.
pub(super) fn regime(tender: &Value) -> Option<&'static str> {
    let details = text(tender, "procurementMethodDetails").unwrap_or_default().to_lowercase();
    if details.contains("below threshold") || yes(tender, "aboveThreshold") == Some(false) {
        return Some("below threshold");
    }
    let basis = object(tender, "legalBasis");
    let named = format!("{} {}", text(basis, "id").unwrap_or_default(), text(basis, "description").unwrap_or_default());
    match named.as_str() {
        act if act.contains("2023/54") || act.contains("Procurement Act 2023") => Some("Procurement Act 2023"),
        // The directive that the Regulations of 2015 brought into law.
        old if old.contains("32014L0024") || old.contains("2015/102") => Some("Public Contracts Regulations 2015"),
        _ => None,
    }
}

/// The words by which a notice says how a contract was awarded, and the code of the method.
pub(crate) fn method_of(awarded_by: &str) -> Option<(&'static str, &'static str)> {
    match awarded_by {
        "published invitation to tender" => Some(("open", "Open procedure")),
        "invitation to quote" => Some(("limited", "Competitive quotation")),
        "framework" => Some(("selective", "Call-off from a framework agreement")),
        "direct award" => Some(("direct", "Direct award")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_of_notices_say_how_it_was_awarded() {
        for (method, details, expected) in [
            ("open", "Open procedure (above threshold)", Some("published invitation to tender")),
            ("selective", "Call-off from a framework agreement", Some("framework")),
            ("selective", "Call-off from a dynamic purchasing system", Some("framework")),
            ("limited", "Competitive quotation (below threshold)", Some("invitation to quote")),
            ("limited", "Negotiated procedure without prior publication (above threshold)", Some("direct award")),
            ("direct", "Single tender action (below threshold)", Some("direct award")),
            ("", "Other - Direct Award from a Framework Contract", Some("framework")),
            ("", "Other - Request for Quotation", Some("invitation to quote")),
            ("", "Not specified", None),
            ("limited", "", None),
            ("selective", "", Some("published invitation to tender")),
        ] {
            let tender = json!({ "procurementMethod": method, "procurementMethodDetails": details });
            assert_eq!(awarded_by(&tender), expected, "{method} {details}");
        }
        for how in ["published invitation to tender", "invitation to quote", "framework", "direct award"] {
            let (method, details) = method_of(how).unwrap();
            let tender = json!({ "procurementMethod": method, "procurementMethodDetails": details });
            assert_eq!(awarded_by(&tender), Some(how));
        }
    }

    #[test]
    fn the_law_is_the_one_that_the_notice_names() {
        for (tender, expected) in [
            (json!({ "legalBasis": { "id": "2023/54", "scheme": "UKPGA" } }), Some("Procurement Act 2023")),
            (
                json!({ "legalBasis": { "id": "32014L0024", "scheme": "CELEX" } }),
                Some("Public Contracts Regulations 2015"),
            ),
            (json!({ "procurementMethodDetails": "Open procedure (below threshold)" }), Some("below threshold")),
            (json!({ "aboveThreshold": false, "legalBasis": { "id": "2023/54" } }), Some("below threshold")),
            (json!({}), None),
        ] {
            assert_eq!(regime(&tender), expected);
        }
    }
}

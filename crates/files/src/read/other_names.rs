//! Other names of fields and of what stands in them, as service desks export their months: one table of headings,
//! months for days, numbers for priorities, and references made where a desk has none.

use penshaw_register::{Field, FieldKind, Kind, Record};
use serde_json::Value;

use super::columns::{self, plain};
use super::convert::convert;
use super::days;
use super::nearest::shortened;
use super::published_names;
use super::written::{Written, Wrong};

/// Other headings by field. A column with the field's own heading comes before one that is listed here.
const HEADINGS: &[(Kind, &str, &[&str])] = &[
    (Kind::Performance, "month", &["period", "reporting month", "reporting period", "month ending", "calendar month"]),
    (Kind::Performance, "priority", &["ticket priority", "incident priority", "priority level", "severity"]),
    (Kind::Performance, "service", &["service name", "queue", "resolver group", "assignment group"]),
    (
        Kind::Performance,
        "logged",
        &[
            "tickets logged",
            "calls logged",
            "incidents logged",
            "tickets raised",
            "raised",
            "created",
            "tickets created",
            "incidents created",
            "opened",
            "tickets opened",
            "received",
            "tickets received",
            "new tickets",
            "volume",
        ],
    ),
    (
        Kind::Performance,
        "closed",
        &[
            "tickets closed",
            "calls closed",
            "incidents closed",
            "resolved",
            "tickets resolved",
            "incidents resolved",
            "completed",
            "fixed",
        ],
    ),
    (
        Kind::Performance,
        "within_target",
        &[
            "within sla",
            "in sla",
            "met sla",
            "sla met",
            "sla achieved",
            "resolved within sla",
            "closed within sla",
            "resolved in sla",
            "closed in sla",
            "resolved within target",
            "closed within target",
        ],
    ),
    (
        Kind::Performance,
        "backlog",
        &[
            "open tickets",
            "still open",
            "open at month end",
            "open at end of month",
            "outstanding",
            "tickets outstanding",
            "open backlog",
        ],
    ),
    (
        Kind::Performance,
        "first_contact",
        &[
            "first contact resolution",
            "first contact fix",
            "first time fix",
            "first line fix",
            "fcr",
            "resolved at first contact",
            "fixed at first contact",
        ],
    ),
    (Kind::Performance, "reopened", &["re-opened", "reopens", "tickets reopened", "tickets re-opened", "reopen count"]),
    (Kind::Performance, "satisfaction", &["csat", "customer satisfaction", "user satisfaction", "satisfied"]),
    (Kind::Performance, "availability", &["service availability", "uptime", "availability %"]),
    (Kind::Performance, "major_incidents", &["major incident count", "number of major incidents", "mis"]),
    (Kind::Performance, "changes", &["changes made", "changes implemented", "changes completed", "total changes"]),
    (Kind::Performance, "changes_successful", &["successful changes", "changes succeeded"]),
    (Kind::Performance, "target", &["sla target", "target %", "sla target %", "service level target"]),
];

/// The field that a heading names by another name than its own.
pub(super) fn field(kind: Kind, plain_heading: &str) -> Option<&'static Field> {
    let mut rows = HEADINGS.iter().chain(published_names::HEADINGS).filter(|(of, ..)| *of == kind);
    let (_, name, _) = rows.find(|(_, _, headings)| headings.contains(&plain_heading))?;
    kind.field(name)
}

/// The field that a heading names, by its own name or another.
pub(super) fn field_named(kind: Kind, plain_heading: &str) -> Option<&'static Field> {
    let own = kind.fields().iter().find(|field| columns::names(field, plain_heading));
    own.or_else(|| field(kind, plain_heading))
}

/// Whether a heading names the column of references by another name than its own.
pub(super) fn is_reference(kind: Kind, plain_heading: &str) -> bool {
    let mut rows = published_names::REFERENCES.iter().filter(|(of, _)| *of == kind);
    rows.any(|(_, headings)| headings.contains(&plain_heading))
}

/// How good a heading is among the other names of its field, which may have several rows: the least first.
pub(super) fn rank(kind: Kind, plain_heading: &str) -> usize {
    let fields = HEADINGS.iter().chain(published_names::HEADINGS).filter(|(of, ..)| *of == kind);
    let references = published_names::REFERENCES.iter().filter(|(of, _)| *of == kind);
    let rows = fields.map(|(_, field, headings)| (*field, *headings));
    let rows = rows.chain(references.map(|(_, headings)| ("reference", *headings)));
    let Some((named, _)) = rows.clone().find(|(_, headings)| headings.contains(&plain_heading)) else {
        return usize::MAX;
    };
    let mut names = rows.filter(|(field, _)| *field == named).flat_map(|(_, headings)| headings);
    names.position(|one| *one == plain_heading).unwrap_or(usize::MAX)
}

/// Whether a heading names what its field holds more exactly than the field's own heading does.
pub(super) fn is_better(kind: Kind, plain_heading: &str) -> bool {
    kind == Kind::Payment && published_names::WITHOUT_VAT.contains(&plain_heading)
}

/// Whether the amounts under a heading hold VAT, which the register's do not.
pub(super) fn holds_vat(kind: Kind, plain_heading: &str) -> bool {
    kind == Kind::Payment && published_names::WITH_VAT.contains(&plain_heading)
}

/// Whether what was written only says that there is nothing, as published tables do.
pub(super) fn says_nothing(written: &Written) -> bool {
    const NOTHING: &[&str] = &[
        "n/a",
        "na",
        "none",
        "not applicable",
        "tbc",
        "tba",
        "unknown",
        "not known",
        "not available",
        "-",
        "–",
        "#n/a",
    ];
    written.as_text().is_some_and(|text| text.len() < 16 && NOTHING.contains(&text.trim().to_lowercase().as_str()))
}

/// Whether a payment names nobody: a person's name was taken out before it was published, or none was there.
pub(super) fn names_nobody(record: &Record) -> bool {
    let supplier = record.fields.get("supplier").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let withheld = ["withheld", "name withheld", "individual", "private individual", "personal data"];
    record.kind == Kind::Payment
        && (supplier.is_empty() || supplier.contains("redact") || withheld.contains(&supplier.as_str()))
}

/// What stands before "a year" in an amount, as registers of contracts write estimated annual spending.
pub(super) fn yearly(text: &str) -> Option<&str> {
    let plain = text.trim().trim_end_matches('.');
    ["a year", "per year", "per annum", "annually", "p.a", "pa"].iter().find_map(|ending| {
        let cut = plain.len().checked_sub(ending.len())?;
        let (amount, end) = (plain.get(..cut)?, plain.get(cut..)?);
        end.eq_ignore_ascii_case(ending).then(|| amount.trim_end())
    })
}

/// Reads what was written as the field holds it, a month or the number of a priority among them.
pub(super) fn convert_field(field: &Field, written: &Written) -> Result<Value, Wrong> {
    match (field.kind, written) {
        (FieldKind::Date, Written::Text(text)) if field.name == "month" => month(text, written),
        (FieldKind::Date, Written::Text(text)) if field.name == "paid_on" => {
            let in_full = || in_full_year(text).and_then(|day| convert(field.kind, &Written::Text(day)).ok());
            convert(field.kind, written).or_else(|wrong| in_full().ok_or(wrong))
        }
        (FieldKind::Choice(choices), Written::Text(text)) if choices.contains(&"invitation to quote") => {
            convert(field.kind, written).or_else(|wrong| process(text).map(Value::from).ok_or(wrong))
        }
        (FieldKind::YesNo, Written::Text(text)) => convert(field.kind, written)
            .or_else(|wrong| first_word(text).and_then(|word| convert(field.kind, &word).ok()).ok_or(wrong)),
        (FieldKind::Choice(choices), _) if choices.contains(&"P1") => {
            let known = written.as_text().and_then(|text| priority(&text));
            known.map_or_else(|| convert(field.kind, written), |priority| Ok(priority.into()))
        }
        // A share of a whole may be written as a percentage whatever it is counted as.
        (FieldKind::Number { unit: "", least: 0.0, most: 1.0 }, Written::Text(text)) if text.trim().ends_with('%') => {
            convert(FieldKind::Proportion, written)
        }
        _ => convert(field.kind, written),
    }
}

/// What a field holds where a file has no column for it.
pub(super) fn unsaid(field: &Field) -> Option<Value> {
    let told_apart = matches!(field.kind, FieldKind::Choice(choices) if choices.contains(&"P1"));
    told_apart.then(|| Value::from("all"))
}

/// A day whose year has two digits, in full, of this century: bodies have published payments since 2010.
fn in_full_year(text: &str) -> Option<String> {
    let day = text.trim();
    let (before, year) = day.split_at(day.rfind(['/', '-', '.', ' '])? + 1);
    let two_digits = year.len() == 2 && year.bytes().all(|digit| digit.is_ascii_digit());
    two_digits.then(|| format!("{before}20{year}"))
}

/// How a contract was awarded, in the words of registers of contracts.
fn process(text: &str) -> Option<&'static str> {
    let text = plain(text);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["framework", "call off", "call-off", "mini comp", "dynamic purchasing", "dps", "g-cloud"]) {
        Some("framework")
    } else if says(&["quot", "rfq", "itq"]) {
        Some("invitation to quote")
    } else if says(&["direct", "waiver", "exemption", "exempt", "single source", "single tender"]) {
        Some("direct award")
    } else if says(&["tender", "itt", "open", "restricted", "competitive"]) {
        Some("published invitation to tender")
    } else {
        None
    }
}

/// The yes or no before an explanation: "Yes - small enterprise".
fn first_word(text: &str) -> Option<Written> {
    let (word, rest) = text.trim().split_once([' ', '-', ',', ':', '('])?;
    (!rest.trim().is_empty()).then(|| Written::text(word))
}

fn month(text: &str, written: &Written) -> Result<Value, Wrong> {
    if let Some(month) = days::month_of_year(text) {
        return Ok(Value::from(month.to_string()));
    }
    convert(FieldKind::Date, written).map_err(|wrong| match wrong.hint.contains("2014-06-18") {
        true => Wrong::new(format!("\"{}\" is not a month", shortened(text)), "write it as 2014-05 or May 2014"),
        false => wrong,
    })
}

/// P1 to P5 as desks write them: "Priority 1", "1", "1 - Critical", "P1 (Critical)". A bare word such as "High"
/// is not read, since desks number their words differently.
fn priority(text: &str) -> Option<String> {
    let text = plain(text);
    if ["all priorities", "any"].contains(&text.as_str()) {
        return Some("all".into());
    }
    let rest = text.strip_prefix("priority").or_else(|| text.strip_prefix("prio")).or_else(|| text.strip_prefix('p'));
    let rest = rest.unwrap_or(&text).trim_start_matches([' ', ':', '-']);
    let mut letters = rest.chars();
    let number = letters.next().filter(|digit| ('1'..='5').contains(digit))?;
    let ends = letters.next().is_none_or(|next| !next.is_ascii_alphanumeric() && next != '.');
    ends.then(|| format!("P{number}"))
}

/// Whether entries of a kind may come from a file without references: each is told apart by what it holds.
pub(super) fn makes_references(kind: Kind) -> bool {
    matches!(kind, Kind::Performance | Kind::Payment)
}

/// What entries without references are named by, and an example of it.
pub(super) fn named_by(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Payment => ("day and supplier", "2014-04-30-example-software-ltd"),
        _ => ("month and priority", "2014-05-P1"),
    }
}

/// The reference of an entry by what it holds: `2014-05-P1`, with the service where it names one.
pub(super) fn reference(record: &Record) -> Option<String> {
    let text = |name: &str| record.fields.get(name).and_then(Value::as_str);
    if record.kind == Kind::Payment {
        return Some(format!("{}-{}", text("paid_on").unwrap_or("undated"), plain_word(text("supplier")?)));
    }
    let month = text("month")?.get(..7)?;
    let service = text("service").map(|service| format!("-{}", plain_word(service))).unwrap_or_default();
    Some(format!("{month}-{}{service}", text("priority")?))
}

/// Words as one word of letters, digits and hyphens.
fn plain_word(words: &str) -> String {
    let parts = words.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

/// Whether a row of a file without references states totals and is no entry.
pub(super) fn is_total(first: &str) -> bool {
    ["total", "totals", "grand total", "sum", "average"].contains(&plain(first).trim_end_matches(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_names_a_field_and_no_heading_is_another_fields_own() {
        let mut seen = Vec::new();
        for (kind, name, headings) in HEADINGS.iter().chain(published_names::HEADINGS) {
            assert!(kind.field(name).is_some(), "{kind} has no field {name}");
            for heading in *headings {
                let own = kind.fields().iter().find(|one| super::super::columns::names(one, heading));
                assert!(own.is_none(), "{heading} is the own heading of a field");
                assert_eq!(plain(heading), *heading, "headings are compared without their case");
                assert!(!seen.contains(&(kind, heading)), "{heading} stands for two fields");
                seen.push((kind, heading));
            }
        }
    }

    #[test]
    fn a_priority_is_read_however_a_desk_numbers_it() {
        for text in ["Priority 1", "P1", "1", "1 - Critical", "p1 (critical)", "Priority: 1", "Prio 1"] {
            assert_eq!(priority(text).as_deref(), Some("P1"), "{text}");
        }
        for text in ["High", "Critical", "P6", "12", "1.5", "P1a", "", "all"] {
            assert_eq!(priority(text), None, "{text}");
        }
    }
}

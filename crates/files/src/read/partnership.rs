//! `partnership.toml`: the authorities, what the report says of itself, and the partners' own records.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Date;
use penshaw_register::{Adoption, Authority, FieldKind, Holder, Kind, PARTNERSHIP, Partnership, ReportDetails};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::convert::list;
use super::gathered::{Gathered, place};
use super::tables::{self, plain_fields};
use super::toml_text::{Lines, written};
use super::workbook::kinds_of;
use super::written::Written;

/// The file that makes a folder a partnership folder.
pub const PARTNERSHIP_FILE: &str = "partnership.toml";

pub(crate) const AUTHORITY: &[(&str, FieldKind)] = &[
    ("code", FieldKind::Text),
    ("name", FieldKind::Text),
    ("folder", FieldKind::Text),
    ("population", FieldKind::Count),
    ("users", FieldKind::Count),
    ("devices", FieldKind::Count),
    ("usage", FieldKind::Number { unit: "", least: 0.0, most: f64::MAX }),
    ("annual_budget", FieldKind::Money),
    ("source", FieldKind::Text),
];

pub(crate) const REPORT: &[(&str, FieldKind)] = &[
    ("authority", FieldKind::Text),
    ("body", FieldKind::Text),
    ("meeting", FieldKind::Date),
    ("title", FieldKind::Text),
    ("author", FieldKind::Text),
    ("purpose", FieldKind::Text),
    ("within_budget_framework", FieldKind::YesNo),
    ("key_decision", FieldKind::YesNo),
    ("key_decision_reason", FieldKind::Text),
    ("notice_published", FieldKind::Date),
    ("in_notice", FieldKind::YesNo),
    ("scrutiny_committee", FieldKind::Text),
    ("finance_comment", FieldKind::Text),
    ("legal_comment", FieldKind::Text),
    ("mandate", FieldKind::Text),
];

pub(crate) const ADOPTION: &[(&str, FieldKind)] = &[
    ("officer", FieldKind::Text),
    ("on", FieldKind::Date),
    ("adopted", FieldKind::YesNo),
    ("reason", FieldKind::Text),
];

/// The partnership and its day, of a text whose findings nobody asks for.
pub(crate) fn partnership_of(text: &str) -> Option<(Partnership, Option<Date>)> {
    let (table, errors) = DeTable::parse_recoverable(text);
    errors.is_empty().then(|| read(text, table.get_ref(), &mut Gathered::default()))
}

/// The partnership, and the day of its baselines where the file gives one.
pub(super) fn read(text: &str, root: &DeTable<'_>, gathered: &mut Gathered) -> (Partnership, Option<Date>) {
    let lines = Lines::of(PARTNERSHIP_FILE, text);
    let own: &[(&str, FieldKind)] = &[("name", FieldKind::Text), ("marking", FieldKind::Text), ("on", FieldKind::Date)];
    let kinds = kinds_of(Holder::Partnership).map(Kind::key);
    let others: Vec<&str> = ["authorities", "report"].into_iter().chain(kinds).collect();
    let fields = plain_fields(&lines, "", root, own, &others, gathered);
    let word = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
    let partnership = Partnership {
        name: word("name").unwrap_or_default(),
        marking: word("marking").filter(|marking| !marking.is_empty()),
        authorities: authorities(&lines, root, gathered),
        report: report(&lines, root, gathered),
    };
    if partnership.name.is_empty() && !root.contains_key("name") {
        gathered.error(place(PARTNERSHIP_FILE, None), "the partnership has no name", "add name = \"…\" at the top");
    }
    check_report_authority(&lines, root, &partnership, gathered);
    tables::read(&lines, root, Holder::Partnership, gathered);
    (partnership, word("on").and_then(|day| day.parse().ok()))
}

fn check_report_authority(lines: &Lines<'_>, root: &DeTable<'_>, partnership: &Partnership, gathered: &mut Gathered) {
    let code = &partnership.report.authority;
    if code.is_empty() || partnership.authority(code).is_some() {
        return;
    }
    if let Some(report) = root.get("report") {
        let codes: Vec<&str> = partnership.authorities.iter().map(|authority| authority.code.as_str()).collect();
        let what = format!("{code} is no authority of this partnership");
        gathered.error(lines.at("report, authority", report), what, super::nearest::suggest(code, &codes));
    }
}

fn authorities(lines: &Lines<'_>, root: &DeTable<'_>, gathered: &mut Gathered) -> Vec<Authority> {
    let items = root.get("authorities").and_then(|value| value.get_ref().as_array());
    let Some(items) = items else {
        gathered.error(place(lines.file, None), "no authority is named", AUTHORITY_HINT);
        return Vec::new();
    };
    let mut authorities = Vec::new();
    let mut taken = BTreeSet::new();
    for (number, item) in items.iter().enumerate() {
        let name = format!("[[authorities]] {}", number + 1);
        let Some(table) = item.get_ref().as_table() else {
            gathered.error(lines.at(&name, item), "it is not a table", AUTHORITY_HINT);
            continue;
        };
        let fields = plain_fields(lines, &name, table, AUTHORITY, &[], gathered);
        let usable = check_authority(lines, &name, item, &fields, &mut taken, gathered);
        if let (true, Some(authority)) = (usable, typed::<Authority>(fields)) {
            authorities.push(authority);
        }
    }
    if items.len() == 1 {
        let what = "only one authority is named";
        gathered.warning(place(lines.file, None), what, "a partnership has two or more; add the others");
    }
    authorities
}

const AUTHORITY_HINT: &str = "add [[authorities]] with code, name and folder, once for each authority";

/// Whether an authority has what it needs, and a code and folder of its own.
fn check_authority(
    lines: &Lines<'_>,
    name: &str,
    item: &Spanned<DeValue<'_>>,
    fields: &Map<String, Value>,
    taken: &mut BTreeSet<(&'static str, String)>,
    gathered: &mut Gathered,
) -> bool {
    let mut usable = true;
    let mut refuse = |what: String, hint: &str| {
        gathered.error(lines.at(name, item), what, hint);
        usable = false;
    };
    for key in ["code", "name", "folder"] {
        if fields.get(key).and_then(Value::as_str).is_none_or(str::is_empty) {
            refuse(format!("the authority has no {key}"), AUTHORITY_HINT);
        }
    }
    for key in ["code", "folder"] {
        let Some(word) = fields.get(key).and_then(Value::as_str).filter(|word| !word.is_empty()) else { continue };
        let same = word.trim_end_matches('/').to_lowercase();
        if !taken.insert((key, same)) {
            refuse(format!("another authority has the {key} \"{word}\" too"), "give each authority its own");
        }
    }
    let folder = fields.get("folder").and_then(Value::as_str).unwrap_or_default().trim_end_matches('/');
    if [PARTNERSHIP, "parameters"].iter().any(|word| folder.eq_ignore_ascii_case(word)) {
        refuse(
            format!("the folder \"{folder}\" is not one authority's"),
            "give the authority another: \"partnership\" holds the partners' files and \"parameters\" their parameters",
        );
    }
    let code = fields.get("code").and_then(Value::as_str).unwrap_or_default();
    let reserved = ["joint", PARTNERSHIP].iter().any(|word| code.eq_ignore_ascii_case(word));
    if reserved || code.contains(|letter: char| letter.is_whitespace() || "/+=;@".contains(letter)) {
        refuse(
            format!("\"{}\" cannot be an authority's code", super::nearest::shortened(code)),
            "use letters, digits and hyphens, such as SCC; \"joint\" and \"partnership\" mean all of them",
        );
    }
    usable
}

fn report(lines: &Lines<'_>, root: &DeTable<'_>, gathered: &mut Gathered) -> ReportDetails {
    let Some(value) = root.get("report") else { return ReportDetails::default() };
    let Some(table) = value.get_ref().as_table() else {
        gathered.error(lines.at("report", value), "the report is not a table", "head its lines [report]");
        return ReportDetails::default();
    };
    let fields = plain_fields(lines, "report", table, REPORT, &["words", "adoption"], gathered);
    ReportDetails {
        words: words(lines, table, gathered),
        adoption: adoption(lines, table, gathered),
        ..typed(fields).unwrap_or_default()
    }
}

/// Paragraphs by section: one text, or a list of texts.
fn words(lines: &Lines<'_>, report: &DeTable<'_>, gathered: &mut Gathered) -> BTreeMap<String, Vec<String>> {
    let Some(value) = report.get("words") else { return BTreeMap::new() };
    let Some(table) = value.get_ref().as_table() else {
        let hint = "write [report.words] and under it \"3\" = [\"…\"]";
        gathered.error(lines.at("report, words", value), "the words are not a table", hint);
        return BTreeMap::new();
    };
    let mut words = BTreeMap::new();
    for (section, value) in table {
        let place = lines.at(&format!("report, words, {}", section.get_ref()), value);
        words.insert(section.get_ref().to_string(), paragraphs(place, &written(value.get_ref()), gathered));
    }
    words
}

/// One paragraph or several; here a semicolon is only a semicolon.
fn paragraphs(place: penshaw_register::Place, written: &Written, gathered: &mut Gathered) -> Vec<String> {
    let read = match written {
        Written::List(_) => list(written),
        other => match other.as_text() {
            Some(text) => Ok(vec![text]),
            None => list(other),
        },
    };
    read.unwrap_or_else(|wrong| {
        gathered.wrong(place, wrong);
        Vec::new()
    })
}

fn adoption(lines: &Lines<'_>, report: &DeTable<'_>, gathered: &mut Gathered) -> Option<Adoption> {
    let value = report.get("adoption")?;
    let Some(table) = value.get_ref().as_table() else {
        gathered.error(
            lines.at("report, adoption", value),
            "the adoption is not a table",
            "head its lines [report.adoption]",
        );
        return None;
    };
    let mut fields = plain_fields(lines, "report, adoption", table, ADOPTION, &["resolutions"], gathered);
    let missing: Vec<&str> = ["officer", "on", "adopted"].into_iter().filter(|key| !table.contains_key(*key)).collect();
    if !missing.is_empty() {
        let what = format!("the adoption does not say {}", missing.join(", "));
        gathered.error(lines.at("report, adoption", value), what, "an officer adopts or sets aside on a day");
    }
    let resolutions = table.get("resolutions").map(|value| {
        let place = lines.at("report, adoption, resolutions", value);
        paragraphs(place, &written(value.get_ref()), gathered)
    });
    fields.insert("resolutions".into(), resolutions.unwrap_or_default().into());
    typed(fields)
}

/// The fields as their type; nothing where one that it needs was refused.
fn typed<T: DeserializeOwned>(fields: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(fields)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys that a type knows, as serde lists them when it meets another.
    fn keys_of<T: DeserializeOwned + std::fmt::Debug>() -> Vec<String> {
        let stranger = serde_json::json!({ "no such key": 0 });
        let error = serde_json::from_value::<T>(stranger).unwrap_err().to_string();
        let known = error.split_once("expected").expect("serde lists the keys").1;
        known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    fn keys_here(tables: &[&[(&str, FieldKind)]], others: &[&str]) -> BTreeSet<String> {
        let keys = tables.iter().flat_map(|table| table.iter().map(|(key, _)| *key));
        keys.chain(others.iter().copied()).map(str::to_owned).collect()
    }

    #[test]
    fn every_key_of_the_partnership_and_its_report_can_be_written_in_the_file() {
        let expected: BTreeSet<String> = keys_of::<Authority>().into_iter().collect();
        assert_eq!(keys_here(&[AUTHORITY], &[]), expected);
        let expected: BTreeSet<String> = keys_of::<ReportDetails>().into_iter().collect();
        assert_eq!(keys_here(&[REPORT], &["words", "adoption"]), expected);
        let expected: BTreeSet<String> = keys_of::<Adoption>().into_iter().collect();
        assert_eq!(keys_here(&[ADOPTION], &["resolutions"]), expected);
    }
}

//! Reads one parameter file, and tells everything that is wrong with it.

use jiff::civil::Date;
use serde_json::Value as Json;
use toml::{Table, Value as Toml};

use super::problem::{ParameterProblem, Place};
use super::{DatedValue, Parameter, Reference};

const FILE_FIELDS: [&str; 7] = ["description", "unit", "set_by", "review_by", "note", "confidence", "values"];
const VALUE_FIELDS: [&str; 6] = ["from", "value", "reference", "see_also", "note", "confidence"];
const REFERENCE: &str = "reference = { title = \"The Green Book\", href = \"https://…\" }";
const TO_BE_CONFIRMED: &str = "to be confirmed";

/// The parameter in a file, or nothing and at least one problem more.
pub(super) fn parameter(name: &str, text: &str, problems: &mut Vec<ParameterProblem>) -> Option<Parameter> {
    let before = problems.len();
    let table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(cause) => {
            problems.push(not_toml(name, text, &cause));
            return None;
        }
    };
    let mut reader = Reader { name, place: Place::File, problems };
    reader.refuse_unknown(&table, &FILE_FIELDS);
    let description = reader.text(&table, "description", "description = \"What it is, in one sentence\"");
    let unit = reader.text(&table, "unit", "unit = \"per year\"");
    let set_by = reader.text(&table, "set_by", "set_by = \"HM Treasury\"");
    let review_by = reader.date(&table, "review_by", "review_by = 2027-04-01");
    let note = reader.remark(&table);
    let unsure = reader.marked_unsure(&table);
    let values = values(&mut reader, &table, unsure);
    if problems.len() > before {
        return None;
    }
    let name = name.to_owned();
    Some(Parameter {
        name,
        description: description?,
        unit: unit?,
        set_by: set_by?,
        review_by: review_by?,
        values,
        note,
    })
}

/// The values of a file that are sound, the earliest first.
fn values(reader: &mut Reader<'_>, table: &Table, unsure: bool) -> Vec<DatedValue> {
    let example = "[[values]] with from, value and reference";
    let entries = match table.get("values") {
        Some(Toml::Array(entries)) if !entries.is_empty() => entries.as_slice(),
        Some(Toml::Array(_)) | None => {
            reader.missing("values", example);
            &[]
        }
        Some(_) => {
            reader.wrong("values", "a list of tables", example);
            &[]
        }
    };
    let mut values: Vec<DatedValue> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        reader.place = Place::Value(index + 1);
        let Some(value) = dated_value(reader, entry, unsure) else { continue };
        if values.last().is_some_and(|earlier| earlier.from >= value.from) {
            let (name, place, from) = (reader.name.to_owned(), reader.place, value.from);
            reader.problems.push(ParameterProblem::OutOfOrder { name, place, from });
        }
        values.push(value);
    }
    values
}

/// One `[[values]]` block.
fn dated_value(reader: &mut Reader<'_>, entry: &Toml, unsure: bool) -> Option<DatedValue> {
    let Toml::Table(table) = entry else {
        reader.wrong("values", "a list of tables", "[[values]]");
        return None;
    };
    reader.refuse_unknown(table, &VALUE_FIELDS);
    let from = reader.date(table, "from", "from = 2003-04-01");
    let reference = match table.get("reference") {
        Some(reference) => reader.reference(reference, "reference"),
        None => {
            reader.missing("reference", REFERENCE);
            None
        }
    };
    let see_also = reader.see_also(table);
    let note = reader.remark(table);
    let to_be_confirmed = reader.marked_unsure(table) || unsure;
    let value = match table.get("value").map(json) {
        Some(Ok(value)) => Some(value),
        Some(Err(NotFinite)) => {
            let (name, place) = (reader.name.to_owned(), reader.place);
            reader.problems.push(ParameterProblem::NotFinite { name, place });
            None
        }
        None => {
            reader.missing("value", "value = 0.035");
            None
        }
    };
    Some(DatedValue { from: from?, value: value?, reference: reference?, see_also, note, to_be_confirmed })
}

/// A number that JSON cannot hold.
struct NotFinite;

/// The value as JSON; dates become text such as `2014-06-18`.
fn json(value: &Toml) -> Result<Json, NotFinite> {
    Ok(match value {
        Toml::String(text) => Json::from(text.as_str()),
        Toml::Integer(number) => Json::from(*number),
        Toml::Float(number) => Json::Number(serde_json::Number::from_f64(*number).ok_or(NotFinite)?),
        Toml::Boolean(truth) => Json::from(*truth),
        Toml::Datetime(moment) => Json::from(moment.to_string()),
        Toml::Array(items) => Json::Array(items.iter().map(json).collect::<Result<_, _>>()?),
        Toml::Table(table) => {
            let fields = table.iter().map(|(key, value)| Ok((key.clone(), json(value)?)));
            Json::Object(fields.collect::<Result<_, _>>()?)
        }
    })
}

fn not_toml(name: &str, text: &str, cause: &toml::de::Error) -> ParameterProblem {
    let reached = cause.span().map_or(0, |span| span.start);
    let line = text.bytes().take(reached).filter(|byte| *byte == b'\n').count() + 1;
    ParameterProblem::NotToml { name: name.to_owned(), line, reason: cause.message().to_owned() }
}

/// Reads the fields of one place of one file and notes what is wrong with them.
struct Reader<'a> {
    name: &'a str,
    place: Place,
    problems: &'a mut Vec<ParameterProblem>,
}

impl Reader<'_> {
    fn missing(&mut self, field: &'static str, example: &'static str) {
        let (name, place) = (self.name.to_owned(), self.place);
        self.problems.push(ParameterProblem::Missing { name, place, field, example });
    }

    fn wrong(&mut self, field: &'static str, wanted: &'static str, example: &'static str) {
        let (name, place) = (self.name.to_owned(), self.place);
        self.problems.push(ParameterProblem::Wrong { name, place, field, wanted, example });
    }

    fn refuse_unknown(&mut self, table: &Table, known: &[&str]) {
        for field in table.keys().filter(|key| !known.contains(&key.as_str())) {
            let (name, place, field) = (self.name.to_owned(), self.place, field.clone());
            self.problems.push(ParameterProblem::Unknown { name, place, field, known: known.join(", ") });
        }
    }

    fn text(&mut self, table: &Table, field: &'static str, example: &'static str) -> Option<String> {
        match table.get(field) {
            Some(Toml::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            Some(Toml::String(_)) | None => {
                self.missing(field, example);
                None
            }
            Some(_) => {
                self.wrong(field, "text", example);
                None
            }
        }
    }

    fn date(&mut self, table: &Table, field: &'static str, example: &'static str) -> Option<Date> {
        let Some(value) = table.get(field) else {
            self.missing(field, example);
            return None;
        };
        let day = match value {
            Toml::Datetime(moment) => moment.to_string().parse().ok(),
            _ => None,
        };
        if day.is_none() {
            self.wrong(field, "a date without quotes", example);
        }
        day
    }

    fn remark(&mut self, table: &Table) -> Option<String> {
        table.get("note")?;
        self.text(table, "note", "note = \"A remark\", or leave it out")
    }

    fn marked_unsure(&mut self, table: &Table) -> bool {
        match table.get("confidence") {
            None => false,
            Some(Toml::String(text)) if text == TO_BE_CONFIRMED => true,
            Some(_) => {
                self.wrong("confidence", "known", "confidence = \"to be confirmed\", or leave it out");
                true
            }
        }
    }

    fn reference(&mut self, value: &Toml, field: &'static str) -> Option<Reference> {
        let text = |key: &str| value.get(key).and_then(Toml::as_str).map(str::trim).filter(|text| !text.is_empty());
        let (title, href) = (text("title"), text("href"));
        if title.is_none() {
            self.missing("the title of its reference", REFERENCE);
        }
        match href {
            None => self.missing("the href of its reference", REFERENCE),
            Some(href) if !(href.starts_with("https://") || href.starts_with("http://")) => {
                self.wrong(field, "a reference with a web address", REFERENCE);
                return None;
            }
            Some(_) => {}
        }
        Some(Reference { title: title?.to_owned(), href: href?.to_owned() })
    }

    fn see_also(&mut self, table: &Table) -> Vec<Reference> {
        match table.get("see_also") {
            None => Vec::new(),
            Some(Toml::Array(items)) => items.iter().filter_map(|item| self.reference(item, "see_also")).collect(),
            Some(_) => {
                self.wrong("see_also", "a list of references", "see_also = [{ title = \"…\", href = \"https://…\" }]");
                Vec::new()
            }
        }
    }
}

//! What somebody typed into a form or a row of a table, read as an entry exactly as an import reads it.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Confidence;
use penshaw_files::read::{self, Misread};
use penshaw_register::{Field, FieldKind, Kind, Record};
use serde_json::Value;

use crate::Invalid;
use crate::save_entry::{sentence, wrong_with};

pub use penshaw_files::write::entries::typed as typed_value;

/// An entry as it stands in a form: each field in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEntry {
    /// The reference.
    pub reference: String,
    /// What stands in each field, by its name; an amount of one year by `FIELD.YEAR`, such as `budget.2014/15`.
    pub fields: BTreeMap<String, String>,
    /// How sure the whole entry is, as a word.
    pub confidence: String,
    /// How sure single fields are, by their names, as words; empty where they are as sure as the whole.
    pub field_confidence: BTreeMap<String, String>,
}

impl TypedEntry {
    /// A record as a form shows it.
    pub fn of(record: &Record) -> Self {
        let mut fields = BTreeMap::new();
        for field in record.kind.fields() {
            match (field.kind, record.fields.get(field.name)) {
                (FieldKind::AmountsByYear, Some(Value::Object(years))) => {
                    let typed = |amount: &Value| typed_value(FieldKind::Money, amount);
                    fields.extend(years.iter().map(|(year, amount)| (format!("{}.{year}", field.name), typed(amount))));
                }
                (kind, Some(value)) => {
                    fields.insert(field.name.to_owned(), typed_value(kind, value));
                }
                (_, None) => {}
            }
        }
        let sure = record.field_confidence.iter().map(|(name, sure)| (name.clone(), sure.word().to_owned()));
        TypedEntry {
            reference: record.reference.clone(),
            fields,
            confidence: record.confidence.word().to_owned(),
            field_confidence: sure.collect(),
        }
    }

    /// What stands in a field; empty where nothing does.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The years in which an amount stands in a field.
    pub fn years_of(&self, field: &Field) -> Vec<String> {
        let beginning = format!("{}.", field.name);
        let years = self.fields.iter().filter(|(_, typed)| !typed.trim().is_empty());
        years.filter_map(|(name, _)| name.strip_prefix(&beginning)).map(str::to_owned).collect()
    }

    /// Whether nothing is typed in any field but those named, nor a reference.
    pub fn is_blank_but_for(&self, names: &[&str]) -> bool {
        let other = |name: &&String| !names.contains(&name.as_str());
        let typed = self.fields.iter().filter(|(name, _)| other(name)).any(|(_, typed)| !typed.trim().is_empty());
        self.reference.trim().is_empty() && !typed
    }

    /// The entry as a record, and everything that must be corrected first, in the order of the fields.
    pub fn read(&self, kind: Kind) -> (Record, Vec<Invalid>) {
        let mut record = Record::new(kind, self.reference.trim());
        let mut wrong = Vec::new();
        for field in kind.fields() {
            let read = match field.kind {
                FieldKind::AmountsByYear => self.amounts(field, &mut wrong),
                _ => read::value(field, self.field(field.name)).unwrap_or_else(|misread| {
                    wrong.push(invalid(field.name, field.label, misread));
                    None
                }),
            };
            record.fields.extend(read.map(|value| (field.name.to_owned(), value)));
        }
        self.sureness(&mut record, &mut wrong);
        let refused: BTreeSet<String> = wrong.iter().map(|wrong| first_name(&wrong.field).to_owned()).collect();
        let others = wrong_with(&record).into_iter();
        wrong.extend(others.filter(|other| !refused.contains(first_name(&other.field))));
        wrong.sort_by_key(|wrong| place(kind, first_name(&wrong.field)));
        (record, wrong)
    }

    /// The amounts of a field: each year's own, and those typed as lines, `2014/15: 1250.50`.
    fn amounts(&self, field: &Field, wrong: &mut Vec<Invalid>) -> Option<Value> {
        let beginning = format!("{}.", field.name);
        let mut amounts = serde_json::Map::new();
        for (name, typed) in &self.fields {
            let Some(year) = name.strip_prefix(&beginning) else { continue };
            match read::amount(typed) {
                Ok(amount) => amounts.extend(amount.map(|amount| (year.to_owned(), amount))),
                Err(misread) => wrong.push(invalid(name, &format!("{}, {year}", field.label), misread)),
            }
        }
        match read::value(field, self.field(field.name)) {
            Ok(Some(Value::Object(lines))) => {
                for (year, amount) in lines {
                    if amounts.insert(year.clone(), amount).is_some() {
                        let what = format!("{}: {year} is there twice: keep one of the two amounts", field.label);
                        wrong.push(Invalid::new(field.name, what));
                    }
                }
            }
            Ok(_) => {}
            Err(misread) => wrong.push(invalid(field.name, field.label, misread)),
        }
        (!amounts.is_empty()).then_some(Value::Object(amounts))
    }

    fn sureness(&self, record: &mut Record, wrong: &mut Vec<Invalid>) {
        let known = |word: &str| Confidence::ALL.into_iter().find(|one| one.word() == word.trim());
        match known(&self.confidence) {
            Some(confidence) => record.confidence = confidence,
            None => wrong.push(Invalid::new("confidence", "Select how sure the entry is")),
        }
        for (name, word) in &self.field_confidence {
            if let Some(sure) = known(word).filter(|sure| *sure != record.confidence)
                && record.fields.contains_key(name)
            {
                record.field_confidence.insert(name.clone(), sure);
            }
        }
    }
}

fn invalid(name: &str, label: &str, misread: Misread) -> Invalid {
    Invalid::new(name, format!("{label}: {}", sentence(&misread.what, &misread.hint)))
}

/// The name of the field itself, the year of an amount left out.
fn first_name(field: &str) -> &str {
    field.split('.').next().unwrap_or(field)
}

/// Where a field stands on the form: the reference first, then in the order of the sheet.
fn place(kind: Kind, name: &str) -> usize {
    match name {
        "reference" => 0,
        name => kind.fields().iter().position(|field| field.name == name).map_or(usize::MAX, |place| place + 1),
    }
}

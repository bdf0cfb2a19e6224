//! What readers hand on: records and findings, the records that could not be read in full kept apart.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, Date};
use penshaw_register::{Finding, Kind, Origin, Place, Record, Severity, check_each, check_twice};
use serde_json::Value;

use super::nearest::suggest;
use super::written::{Written, Wrong};

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) findings: Vec<Finding>,
    sound: Vec<Record>,
    /// Records of which a field could not be read; others may refer to them, but what is
    /// missing in them has been said already.
    faulty: Vec<Record>,
}

impl Gathered {
    pub(super) fn error(&mut self, place: Place, what: impl Into<String>, hint: impl Into<String>) {
        self.find(Severity::Error, place, what, hint);
    }

    pub(super) fn warning(&mut self, place: Place, what: impl Into<String>, hint: impl Into<String>) {
        self.find(Severity::Warning, place, what, hint);
    }

    pub(super) fn wrong(&mut self, place: Place, wrong: Wrong) {
        self.error(place, wrong.what, wrong.hint);
    }

    fn find(&mut self, severity: Severity, place: Place, what: impl Into<String>, hint: impl Into<String>) {
        self.findings.push(Finding { severity, place, what: what.into(), hint: hint.into() });
    }

    /// Takes a record over, and whether all of it could be read.
    pub(super) fn take(&mut self, record: Record, sound: bool) {
        if sound { self.sound.push(record) } else { self.faulty.push(record) }
    }

    /// How many records were taken.
    pub(super) fn len(&self) -> usize {
        self.sound.len() + self.faulty.len()
    }

    /// Whether no record was taken.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The newest day in a field of the records.
    pub(super) fn newest(&self, field: &str) -> Option<Date> {
        let all = self.sound.iter().chain(&self.faulty);
        all.filter_map(|record| record.fields.get(field)?.as_str()?.parse().ok()).max()
    }

    /// Adds what another reader read.
    pub(super) fn extend(&mut self, other: Gathered) {
        self.findings.extend(other.findings);
        self.sound.extend(other.sound);
        self.faulty.extend(other.faulty);
    }

    /// Every record, for those who checked them already.
    pub(super) fn unchecked(mut self) -> Vec<Record> {
        self.sound.append(&mut self.faulty);
        self.sound
    }

    /// Every record, and every finding with those of the records themselves.
    pub(super) fn finish(mut self) -> (Vec<Record>, Vec<Finding>) {
        self.findings.extend(check_each(&self.sound));
        self.sound.append(&mut self.faulty);
        self.findings.extend(check_twice(&self.sound));
        (self.sound, self.findings)
    }
}

/// A place in a file that has no sheets.
pub(super) fn place(file: &str, cell: impl Into<Option<String>>) -> Place {
    Place { file: file.to_owned(), sheet: None, cell: cell.into() }
}

/// A record while its fields are being read.
pub(super) struct Draft {
    pub(super) record: Record,
    pub(super) sound: bool,
}

impl Draft {
    pub(super) fn new(kind: Kind, reference: String, origin: Origin) -> Self {
        Draft { record: Record { origin, ..Record::new(kind, reference) }, sound: true }
    }

    pub(super) fn set(&mut self, field: &str, value: Value) {
        self.record.fields.insert(field.to_owned(), value);
    }

    /// Says that a field that every entry must have is empty.
    pub(super) fn require_all(&mut self, gathered: &mut Gathered, place: impl Fn(&str) -> Option<Place>) {
        for field in self.record.kind.fields().iter().filter(|field| field.required) {
            if self.record.fields.contains_key(field.name) {
                continue;
            }
            // No place: what stands in the field was refused already.
            if let Some(place) = place(field.name) {
                let what = format!("{} is empty", field.label);
                gathered.error(place, what, format!("enter it: {} For example: {}", field.help, field.example));
            }
            self.sound = false;
        }
    }
}

/// Reads `reported`, or `reported; annual_cost=verified`.
pub(super) fn confidence(
    kind: Kind,
    written: &Written,
) -> Result<(Option<Confidence>, BTreeMap<String, Confidence>), Wrong> {
    let mut whole = None;
    let mut fields = BTreeMap::new();
    for part in super::convert::list(written)? {
        match part.split_once('=') {
            None => whole = Some(sureness(&part)?),
            Some((field, word)) => {
                fields.insert(field_named(kind, field)?, sureness(word)?);
            }
        }
    }
    Ok((whole, fields))
}

fn sureness(word: &str) -> Result<Confidence, Wrong> {
    let wanted = word.trim().to_lowercase();
    let found = Confidence::ALL.into_iter().find(|confidence| confidence.word() == wanted);
    found.ok_or_else(|| {
        let words = Confidence::ALL.map(Confidence::word);
        let what = format!("\"{}\" does not say how sure it is", super::nearest::shortened(word));
        Wrong::new(what, suggest(word, &words))
    })
}

fn field_named(kind: Kind, name: &str) -> Result<String, Wrong> {
    let wanted = super::columns::plain(name);
    let mut fields = kind.fields().iter();
    let found = fields.find(|field| super::columns::names(field, &wanted));
    found.map(|field| field.name.to_owned()).ok_or_else(|| {
        let names: Vec<&str> = kind.fields().iter().map(|field| field.name).collect();
        let what = format!("{} have no field \"{}\"", kind.sheet(), super::nearest::shortened(name));
        Wrong::new(what, suggest(name, &names))
    })
}

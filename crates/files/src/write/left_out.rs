//! What a format of others cannot carry: how many entries have it.

use std::collections::BTreeMap;

use penshaw_register::{Kind, Record};

/// What a written file does not carry, by the field's heading, with how many entries hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many entries of each kind were written.
    pub written: BTreeMap<&'static str, u64>,
    /// How many entries lose something, by what is lost.
    pub lost: BTreeMap<String, u64>,
}

impl LeftOut {
    pub(super) fn wrote(&mut self, kind: Kind) {
        *self.written.entry(kind.sheet()).or_default() += 1;
    }

    pub(super) fn lost(&mut self, what: impl Into<String>) {
        *self.lost.entry(what.into()).or_default() += 1;
    }

    /// Counts the fields of a record that are not among those carried.
    pub(super) fn fields(&mut self, record: &Record, carried: &[&str]) {
        let fields = record.kind.fields().iter().filter(|field| !carried.contains(&field.name));
        for field in fields.filter(|field| record.fields.contains_key(field.name)) {
            self.lost(format!("{}: {}", record.kind.sheet(), field.label));
        }
        if !record.field_confidence.is_empty() || record.confidence != penshaw_basis::Confidence::Reported {
            self.lost(format!("{}: Confidence", record.kind.sheet()));
        }
    }
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let written: Vec<String> = self.written.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let written = if written.is_empty() { "nothing".to_owned() } else { written.join(", ") };
        write!(f, "Written: {written}.")?;
        if self.lost.is_empty() {
            return f.write_str(" Nothing is left out.");
        }
        let lost: Vec<String> = self.lost.iter().map(|(what, count)| format!("{what} ({count})")).collect();
        write!(f, " Not carried by the format: {}.", lost.join("; "))
    }
}

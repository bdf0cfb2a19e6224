//! Saves one entry: checked as an imported one is, kept as a new version, shown to others by its owner's choices.

use penshaw_register::{Kind, Record, Severity, project};
use penshaw_store::entries::{self, Projected, Written};
use penshaw_store::{Changes, Connected, sharing};

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::{Noted, Operations};
use crate::{Invalid, Refusal};

impl Operations {
    /// Saves an entry. `expected` is the number of the version that its editor saw; nothing
    /// for an entry that is new.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with everything that must be corrected; [`Refusal::ChangedMeanwhile`]
    /// if somebody else saved it since.
    pub async fn save_entry(
        &self,
        actor: &Actor,
        owner: &str,
        record: &Record,
        expected: Option<i64>,
    ) -> Result<i64, Refusal> {
        self.may_edit(actor, owner, record.kind)?;
        self.must_be_body(owner).await?;
        sound(record)?;
        let changes = self.store().change().await?;
        let before = entries::find(&changes, owner, record.kind, &record.reference).await?;
        if expected.is_none() && before.is_some() {
            let what = format!("Enter another reference: {} is used already", record.reference);
            return Err(Refusal::invalid("reference", what));
        }
        let written = Written { by: &actor.name, at: self.now(), import: None };
        let number = entries::put(&changes, owner, record, expected, &written).await?;
        show(&changes, owner, record, written.at).await?;
        let mut noted = Noted::new(if before.is_none() { "add_entry" } else { "change_entry" }, owner, subject(record))
            .after(record);
        if let Some(before) = before {
            noted = noted.before(&before.record);
        }
        self.note(&changes, actor, noted).await?;
        changes.keep().await?;
        Ok(number)
    }

    /// Removes an entry: its history stays.
    ///
    /// # Errors
    /// If there is none, the actor may not, or somebody else saved it since `expected` was seen.
    pub async fn remove_entry(
        &self,
        actor: &Actor,
        owner: &str,
        kind: Kind,
        reference: &str,
        expected: i64,
    ) -> Result<(), Refusal> {
        self.may_edit(actor, owner, kind)?;
        let changes = self.store().change().await?;
        let before = entries::find(&changes, owner, kind, reference).await?;
        let before = before.ok_or(Refusal::NotThere { what: "entry" })?;
        let written = Written { by: &actor.name, at: self.now(), import: None };
        entries::remove(&changes, owner, kind, reference, expected, &written).await?;
        let noted = Noted::new("remove_entry", owner, subject(&before.record)).before(&before.record);
        self.note(&changes, actor, noted).await?;
        Ok(changes.keep().await?)
    }

    /// Saves several entries of one kind at once, all of them or none: a table that was edited.
    /// Each comes with the number that its editor saw.
    ///
    /// # Errors
    /// As [`save_entry`](Self::save_entry); fields are named `ROW.FIELD`, rows from 0.
    pub async fn save_entries(&self, actor: &Actor, owner: &str, kind: Kind, rows: &[TableRow]) -> Result<(), Refusal> {
        self.may_edit(actor, owner, kind)?;
        self.must_be_body(owner).await?;
        let mut invalid = Vec::new();
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row.removed) {
            if let Err(Refusal::Invalid(wrong)) = sound(&row.record) {
                let placed = |one: Invalid| Invalid { field: format!("{place}.{}", one.field), what: one.what };
                invalid.extend(wrong.into_iter().map(placed));
            }
        }
        invalid.extend(twice(rows));
        if !invalid.is_empty() {
            return Err(Refusal::Invalid(invalid));
        }
        let changes = self.store().change().await?;
        let used = used_already(&changes, owner, rows).await?;
        if !used.is_empty() {
            return Err(Refusal::Invalid(used));
        }
        let written = Written { by: &actor.name, at: self.now(), import: None };
        for row in rows {
            self.save_row(&changes, actor, owner, row, &written).await?;
        }
        Ok(changes.keep().await?)
    }

    async fn save_row(
        &self,
        changes: &Changes,
        actor: &Actor,
        owner: &str,
        row: &TableRow,
        written: &Written<'_>,
    ) -> Result<(), Refusal> {
        let record = &row.record;
        let before = entries::find(changes, owner, record.kind, &record.reference).await?;
        if row.removed {
            let Some((before, expected)) = before.zip(row.expected) else { return Ok(()) };
            entries::remove(changes, owner, record.kind, &record.reference, expected, written).await?;
            let noted = Noted::new("remove_entry", owner, subject(record)).before(&before.record);
            return self.note(changes, actor, noted).await;
        }
        if before.as_ref().is_some_and(|before| before.record == *record && row.expected == Some(before.number)) {
            return Ok(());
        }
        if before.as_ref().map(|before| before.number) != row.expected && was_left_alone(changes, owner, row).await? {
            return Ok(());
        }
        entries::put(changes, owner, record, row.expected, written).await?;
        show(changes, owner, record, written.at).await?;
        let verb = if before.is_none() { "add_entry" } else { "change_entry" };
        let mut noted = Noted::new(verb, owner, subject(record)).after(record);
        if let Some(before) = before {
            noted = noted.before(&before.record);
        }
        self.note(changes, actor, noted).await
    }

    pub(crate) fn may_edit(&self, actor: &Actor, owner: &str, kind: Kind) -> Result<(), Refusal> {
        // Whoever does not belong here learns nothing of what is here.
        if !actor.reads_whole_of(owner) {
            return Err(Refusal::NotThere { what: "entry" });
        }
        let held_together = kind.holder() == penshaw_register::Holder::Partnership;
        if held_together != (owner == penshaw_register::PARTNERSHIP) {
            return Err(Refusal::NotThere { what: "kind of entry for this owner" });
        }
        actor.must(Verb::edit(kind), owner)
    }
}

/// A row of a table of entries that was edited.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// The record as it was left.
    pub record: Record,
    /// The number that its editor saw; nothing for a new row.
    pub expected: Option<i64>,
    /// Whether it is to be removed.
    pub removed: bool,
}

/// Whether an editor left a row as it was when they saw it: what others made of it since then stands.
pub(crate) async fn was_left_alone(on: &impl Connected, owner: &str, row: &TableRow) -> Result<bool, Refusal> {
    let Some(seen) = row.expected.filter(|_| !row.removed) else { return Ok(false) };
    let versions = entries::history(on, owner, row.record.kind, &row.record.reference).await?;
    let version = versions.iter().find(|version| version.number == seen);
    Ok(version.is_some_and(|version| version.record.as_ref() == Some(&row.record)))
}

/// References of new rows that other entries have.
async fn used_already(changes: &Changes, owner: &str, rows: &[TableRow]) -> Result<Vec<Invalid>, Refusal> {
    let mut used = Vec::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| row.expected.is_none() && !row.removed) {
        let reference = &row.record.reference;
        if entries::find(changes, owner, row.record.kind, reference).await?.is_some() {
            let what = format!("Enter another reference: {reference} is used already");
            used.push(Invalid::new(format!("{place}.reference"), what));
        }
    }
    Ok(used)
}

/// References that a table uses twice.
fn twice(rows: &[TableRow]) -> Vec<Invalid> {
    let mut known = std::collections::BTreeSet::new();
    let again = rows.iter().enumerate().filter(|(_, row)| !row.removed && !known.insert(&row.record.reference));
    again
        .map(|(place, row)| Invalid {
            field: format!("{place}.reference"),
            what: format!("Enter another reference: {} is used twice", row.record.reference),
        })
        .collect()
}

pub(crate) fn subject(record: &Record) -> String {
    format!("{}/{}", record.kind, record.reference)
}

/// # Errors
/// Everything that must be corrected, by field.
fn sound(record: &Record) -> Result<(), Refusal> {
    let invalid = wrong_with(record);
    if invalid.is_empty() { Ok(()) } else { Err(Refusal::Invalid(invalid)) }
}

/// Everything that must be corrected in a record, by field.
pub(crate) fn wrong_with(record: &Record) -> Vec<Invalid> {
    let mut invalid = Vec::new();
    let reference = &record.reference;
    if reference.trim().is_empty() {
        invalid.push(Invalid { field: "reference".into(), what: "Enter a reference, such as A1".into() });
    } else if reference.len() > 100 || reference.chars().any(|one| one.is_control() || one == '/') {
        let what = "Enter a reference of at most 100 characters, without \"/\"".into();
        invalid.push(Invalid { field: "reference".into(), what });
    }
    let said = !invalid.is_empty();
    let problems = record.kind.check(record).into_iter().filter(|problem| problem.severity == Severity::Error);
    let problems = problems.filter(|problem| !said || problem.field.is_some_and(|field| field != "reference"));
    invalid.extend(problems.map(|problem| Invalid {
        field: problem.field.unwrap_or("reference").to_owned(),
        what: sentence(&problem.what, &problem.hint),
    }));
    let strangers = record.field_confidence.keys().filter(|name| record.kind.field(name).is_none());
    invalid.extend(strangers.map(|name| Invalid {
        field: name.clone(),
        what: "Take out how sure it is: this kind of entry has no such field".into(),
    }));
    invalid
}

/// What is wrong and what to do, in one line.
pub(crate) fn sentence(what: &str, hint: &str) -> String {
    let mut letters = what.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}: {hint}", letters.as_str())
}

/// Shows others of a record what its owner's choices share.
pub(crate) async fn show(changes: &Changes, owner: &str, record: &Record, at: jiff::Timestamp) -> Result<(), Refusal> {
    let choices = sharing::choices(changes, owner).await?;
    let part = projected(owner, record, &choices);
    Ok(entries::show(changes, owner, record.kind, &record.reference, &part, at).await?)
}

/// The shared part of a record, as the database keeps it.
pub(crate) fn projected(owner: &str, record: &Record, choices: &[penshaw_register::SharingChoice]) -> Projected {
    let projection = project(owner, record, choices);
    let instead = projection.bands.iter().map(|(field, band)| (field.clone(), band.to_string())).collect();
    Projected { shared: projection.shared, instead, kept: projection.kept }
}

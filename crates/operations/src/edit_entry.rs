//! What somebody needs who is to edit entries: the record as it stands, and what its fields may refer to.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::FinancialYear;
use penshaw_register::{Authority, FieldKind, Kind, PARTNERSHIP, Record};
use penshaw_store::entries::{self, Entry, Sort, Wanted};
use serde_json::Value;

use crate::actor::Actor;
use crate::save_entry::was_left_alone;
use crate::service::Operations;
use crate::{Refusal, TableRow};

/// The most entries of which a form offers a choice; of more, the reference is typed.
const MOST_TO_CHOOSE: u64 = 200;

/// How many years a form offers beyond those that have amounts.
const YEARS_AHEAD: usize = 5;

/// What surrounds entries of one kind while they are edited.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Whose they are.
    pub owner: String,
    /// The kind.
    pub kind: Kind,
    /// The authorities of the partnership.
    pub authorities: Vec<Authority>,
    /// For each kind that a field refers to, the owner's entries: reference and title. A kind
    /// of which there are too many to choose from is left out.
    pub choices: BTreeMap<Kind, Vec<(String, String)>>,
    /// The financial years to enter amounts for.
    pub years: Vec<FinancialYear>,
    /// A reference that is free, such as L42 where L41 is the last.
    pub next_reference: String,
}

/// A form by which an entry is added or changed.
#[derive(Clone, Debug)]
pub struct EntryForm {
    /// What surrounds it.
    pub around: Surroundings,
    /// The entry as it stands with its number; nothing for a new one.
    pub standing: Option<(Record, i64)>,
}

/// Entries of one kind edited as a table.
#[derive(Clone, Debug)]
pub struct EntryTable {
    /// What surrounds them.
    pub around: Surroundings,
    /// The entries as they stand, each with its number.
    pub entries: Vec<(Record, i64)>,
}

/// An entry to be removed, and what would then lead nowhere.
#[derive(Clone, Debug)]
pub struct ToRemove {
    /// The entry.
    pub record: Record,
    /// Its number.
    pub number: i64,
    /// The owner's entries that refer to it: kind, reference and title.
    pub referred_by: Vec<(Kind, String, String)>,
    /// The authorities, to name its owner by.
    pub authorities: Vec<Authority>,
}

/// A row of a table that somebody else saved while it was edited.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The row's place among those that were to be saved, from 0.
    pub row: usize,
    /// What stands there now; nothing where it was removed.
    pub now: Option<(Record, i64)>,
}

impl Operations {
    /// The form for a new entry, or for one that is there.
    ///
    /// # Errors
    /// If the actor may not edit entries of the kind there, or there is no such entry.
    pub async fn entry_form(
        &self,
        actor: &Actor,
        owner: &str,
        kind: Kind,
        reference: Option<&str>,
    ) -> Result<EntryForm, Refusal> {
        self.may_edit(actor, owner, kind)?;
        let standing = match reference {
            None => None,
            Some(reference) => Some(self.standing_entry(owner, kind, reference).await?),
        };
        let like = match &standing {
            Some((record, _)) => vec![record.clone()],
            None => self.records_of_kind(owner, kind).await?.into_iter().map(|(record, _)| record).collect(),
        };
        Ok(EntryForm { around: self.surroundings(owner, kind, &like).await?, standing })
    }

    /// The entries of a kind as a table to edit; with `holding`, those alone whose field holds a value.
    ///
    /// # Errors
    /// If the actor may not edit them, or the partners do not hold the kind together.
    pub async fn entry_table(
        &self,
        actor: &Actor,
        owner: &str,
        kind: Kind,
        holding: Option<(&str, &str)>,
    ) -> Result<EntryTable, Refusal> {
        self.may_edit(actor, owner, kind)?;
        if owner != PARTNERSHIP {
            return Err(Refusal::NotThere { what: "table of entries" });
        }
        let all = self.records_of_kind(owner, kind).await?;
        let records: Vec<Record> = all.iter().map(|(record, _)| record.clone()).collect();
        let around = self.surroundings(owner, kind, &records).await?;
        let wanted = |record: &Record| holding.is_none_or(|(field, value)| holds(record, field, value));
        Ok(EntryTable { around, entries: all.into_iter().filter(|(record, _)| wanted(record)).collect() })
    }

    /// An entry to be removed, with what refers to it.
    ///
    /// # Errors
    /// If the actor may not remove it, or there is none.
    pub async fn entry_to_remove(
        &self,
        actor: &Actor,
        owner: &str,
        kind: Kind,
        reference: &str,
    ) -> Result<ToRemove, Refusal> {
        self.may_edit(actor, owner, kind)?;
        let (record, number) = self.standing_entry(owner, kind, reference).await?;
        let all = entries::all_of(self.store(), owner).await?;
        let referring = all.iter().filter(|entry| refers(&entry.record, kind, reference));
        let referred_by = referring
            .map(|entry| (entry.record.kind, entry.record.reference.clone(), entries::title(&entry.record)))
            .collect();
        Ok(ToRemove { record, number, referred_by, authorities: self.standing().await?.partnership.authorities })
    }

    /// The rows of a table that somebody else saved since their editor saw them, and that the
    /// editor left otherwise than they were: what to ask the editor about.
    ///
    /// # Errors
    /// If the actor may not edit entries of the kind there.
    pub async fn table_conflicts(
        &self,
        actor: &Actor,
        owner: &str,
        kind: Kind,
        rows: &[TableRow],
    ) -> Result<Vec<Conflict>, Refusal> {
        self.may_edit(actor, owner, kind)?;
        let mut conflicts = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let standing = entries::find(self.store(), owner, kind, &row.record.reference).await?;
            let now = standing.map(|entry| (entry.record, entry.number));
            let number = now.as_ref().map(|(_, number)| *number);
            let is_settled = number == row.expected || (row.removed && now.is_none());
            if is_settled || was_left_alone(self.store(), owner, row).await? {
                continue;
            }
            conflicts.push(Conflict { row: place, now });
        }
        Ok(conflicts)
    }

    async fn standing_entry(&self, owner: &str, kind: Kind, reference: &str) -> Result<(Record, i64), Refusal> {
        let entry = entries::find(self.store(), owner, kind, reference).await?;
        let entry = entry.ok_or(Refusal::NotThere { what: "entry" })?;
        Ok((entry.record, entry.number))
    }

    async fn records_of_kind(&self, owner: &str, kind: Kind) -> Result<Vec<(Record, i64)>, Refusal> {
        let entries = entries::of_kind(self.store(), owner, kind).await?;
        let mut records: Vec<(Record, i64)> =
            entries.into_iter().map(|Entry { record, number, .. }| (record, number)).collect();
        records.sort_by_cached_key(|(one, _)| natural(&one.reference));
        Ok(records)
    }

    /// What surrounds entries of a kind; years and the next reference follow entries like them.
    async fn surroundings(&self, owner: &str, kind: Kind, like: &[Record]) -> Result<Surroundings, Refusal> {
        let referred: BTreeSet<Kind> = kind.fields().iter().filter_map(|field| referred_to(field.kind)).collect();
        let mut choices = BTreeMap::new();
        for referred in referred {
            let found = self.choose_from(owner, referred).await?;
            choices.extend(found.map(|found| (referred, found)));
        }
        Ok(Surroundings {
            owner: owner.to_owned(),
            kind,
            authorities: self.standing().await?.partnership.authorities,
            choices,
            years: years(kind, like, FinancialYear::of(self.clock().today())),
            next_reference: next_reference(like, ""),
        })
    }

    async fn choose_from(&self, owner: &str, kind: Kind) -> Result<Option<Vec<(String, String)>>, Refusal> {
        let whole = [owner.to_owned()];
        let wanted = Wanted {
            kind,
            whole: &whole,
            owner: Some(owner),
            words: "",
            confidence: None,
            holding: None,
            sort: Sort::Reference,
            descending: false,
            offset: 0,
            limit: MOST_TO_CHOOSE + 1,
        };
        let found = entries::list(self.store(), &wanted).await?;
        let few = found.len() as u64 <= MOST_TO_CHOOSE;
        let named = |record: &Record| (record.reference.clone(), entries::title(record));
        let mut found: Vec<(String, String)> = found.iter().map(|entry| named(&entry.record)).collect();
        found.sort_by_cached_key(|(one, _)| natural(one));
        Ok(few.then_some(found))
    }
}

/// The kind whose entries a field refers to.
fn referred_to(kind: FieldKind) -> Option<Kind> {
    match kind {
        FieldKind::Reference(kind) | FieldKind::References(kind) => Some(kind),
        _ => None,
    }
}

fn refers(record: &Record, kind: Kind, reference: &str) -> bool {
    let fields = record.kind.fields().iter().filter(|field| referred_to(field.kind) == Some(kind));
    fields.into_iter().any(|field| holds(record, field.name, reference))
}

/// Whether a field holds a word, alone or among others.
fn holds(record: &Record, field: &str, word: &str) -> bool {
    match record.fields.get(field) {
        Some(Value::String(held)) => held == word,
        Some(Value::Array(held)) => held.iter().any(|held| held.as_str() == Some(word)),
        _ => false,
    }
}

/// From the first year in which entries like it have an amount to some years after the last;
/// from this year on where none has any.
fn years(kind: Kind, like: &[Record], this_year: FinancialYear) -> Vec<FinancialYear> {
    let by_year = kind.fields().iter().filter(|field| field.kind == FieldKind::AmountsByYear);
    let amounts = by_year.flat_map(|field| like.iter().filter_map(|record| record.fields.get(field.name)?.as_object()));
    let known: BTreeSet<FinancialYear> =
        amounts.flat_map(|years| years.keys().filter_map(|year| year.parse().ok())).collect();
    match (known.first(), known.last()) {
        (Some(first), Some(last)) => {
            let between = usize::try_from(*last - *first).unwrap_or(0).min(100);
            first.following(between + 1 + YEARS_AHEAD).collect()
        }
        _ => this_year.following(YEARS_AHEAD).collect(),
    }
}

/// The reference after the greatest of those that most entries like it have: letters, then a number; without any, `first`.
pub(crate) fn next_reference(like: &[Record], first: &str) -> String {
    let mut series: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for record in like {
        let letters = record.reference.trim_end_matches(|one: char| one.is_ascii_digit());
        if let Ok(number) = record.reference[letters.len()..].parse::<u64>() {
            let (count, greatest) = series.entry(letters).or_default();
            *count += 1;
            *greatest = number.max(*greatest);
        }
    }
    let usual = series.into_iter().max_by_key(|(_, (count, _))| *count);
    usual
        .map_or_else(|| first.to_owned(), |(letters, (_, greatest))| format!("{letters}{}", greatest.saturating_add(1)))
}

/// References in the order in which people count: L2 before L10.
fn natural(reference: &str) -> (String, u64, String) {
    let letters = reference.trim_end_matches(|one: char| one.is_ascii_digit());
    let number = reference[letters.len()..].parse().unwrap_or(0);
    (letters.to_owned(), number, reference.to_owned())
}

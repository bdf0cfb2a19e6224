//! Lists of entries as one reader may see them: their own bodies' whole, the others' shared part.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use penshaw_register::{Kind, Record};
use sea_orm::{FromQueryResult, Value};

use super::fields;
use crate::rows::{from_json, text, timestamp};
use crate::sql::{self, all, number};
use crate::{Connected, StoreError};

/// Which entries are wanted, by whom, and in what order.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The kind.
    pub kind: Kind,
    /// The owners whose entries the reader may see whole. Of all others, the shared part.
    pub whole: &'a [String],
    /// Of one owner alone.
    pub owner: Option<&'a str>,
    /// Words that the entry must hold, all of them, among those that the reader may see.
    pub words: &'a str,
    /// Of one confidence alone.
    pub confidence: Option<&'a str>,
    /// Those alone whose field holds this.
    pub holding: Option<(&'a str, &'a str)>,
    /// What they are sorted by.
    pub sort: Sort<'a>,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort<'a> {
    /// The entry's first words.
    Title,
    /// The owner's reference.
    Reference,
    /// The owner's code.
    Owner,
    /// How sure it is.
    Confidence,
    /// When it was changed.
    Changed,
    /// One of its fields; the first words, where the kind has none of that name.
    Field(&'a str),
}

/// An entry in a list, as the reader may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Whose it is.
    pub owner: String,
    /// The record, or its shared part.
    pub record: Record,
    /// Whether it is whole.
    pub whole: bool,
    /// What is given instead of figures, by field.
    pub instead: BTreeMap<String, String>,
    /// The names of the fields that are kept back.
    pub kept: Vec<String>,
    /// When what is seen of it last changed.
    pub changed_at: Timestamp,
}

/// How many entries of a kind an owner has, as far as the reader may see.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Count {
    /// The owner's code.
    pub owner: String,
    /// The kind's key.
    pub kind: String,
    /// How many.
    pub count: i64,
}

/// The entries that are wanted.
///
/// The page is found among keys alone, each table giving no more than may stand on it, and only
/// then are its records read: nothing is sorted that is not shown.
///
/// # Errors
/// If the database does not answer.
pub async fn list(on: &impl Connected, wanted: &Wanted<'_>) -> Result<Vec<Listed>, StoreError> {
    let mut question = Question::default();
    let (by, order) = order(on, wanted);
    // The databases count as far as i64.
    let (limit, offset) = (wanted.limit.min(MOST), wanted.offset.min(MOST));
    let most = limit + offset;
    let columns = format!("owner, reference, title, {by} AS sorted");
    let parts = question.parts(on, wanted, &columns);
    let first = |part: String| format!("SELECT * FROM ({part} ORDER BY {order} LIMIT {most}) AS part");
    let keys = parts.into_iter().map(first).collect::<Vec<_>>().join(" UNION ALL ");
    let kind = wanted.kind.key();
    let text_of = format!(
        "SELECT page.owner, page.whole, COALESCE(own.body, other.body) AS body, \
         COALESCE(own.changed_at, other.changed_at) AS changed_at, \
         COALESCE(other.instead, '{{}}') AS instead, COALESCE(other.kept, '[]') AS kept \
         FROM (SELECT * FROM ({keys}) AS seen ORDER BY {order} LIMIT {limit} OFFSET {offset}) AS page \
         LEFT JOIN entry own ON page.whole = 1 AND own.owner = page.owner AND own.kind = '{kind}' \
         AND own.reference = page.reference \
         LEFT JOIN shared_entry other ON page.whole = 0 AND other.owner = page.owner AND other.kind = '{kind}' \
         AND other.reference = page.reference ORDER BY {}",
        order.split(", ").map(|column| format!("page.{column}")).collect::<Vec<_>>().join(", ")
    );
    let rows: Vec<Seen> = all(on, &text_of, question.values).await?;
    rows.into_iter().map(Listed::try_from).collect()
}

/// More entries than any register has.
const MOST: u64 = 1 << 48;

/// How many entries are wanted, however many a page holds.
///
/// # Errors
/// If the database does not answer.
pub async fn count(on: &impl Connected, wanted: &Wanted<'_>) -> Result<u64, StoreError> {
    let mut question = Question::default();
    let parts = question.parts(on, wanted, "owner").join(" UNION ALL ");
    let text_of = format!("SELECT COUNT(*) FROM ({parts}) AS seen");
    Ok(number(on, &text_of, question.values).await?.unsigned_abs())
}

/// How many entries there are of each kind and owner, as far as a reader may see.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(on: &impl Connected, whole: &[String]) -> Result<Vec<Count>, StoreError> {
    let values: Vec<Value> = whole.iter().map(text).collect();
    let own = among("IN", 1, whole.len());
    let others = among("NOT IN", 1, whole.len());
    let text_of = format!(
        "SELECT owner, kind, COUNT(*) AS count FROM entry WHERE {own} GROUP BY owner, kind UNION ALL \
         SELECT owner, kind, COUNT(*) AS count FROM shared_entry WHERE {others} GROUP BY owner, kind"
    );
    all(on, &text_of, values).await
}

/// `owner IN ($1, $2)`, and what it means of no owners.
fn among(word: &str, from: usize, count: usize) -> String {
    match (word, count) {
        ("IN", 0) => "1 = 0".into(),
        (_, 0) => "1 = 1".into(),
        _ => format!("owner {word} ({})", sql::list(from, count)),
    }
}

/// What a list is sorted by, and the order of the columns `sorted`, `title`, `owner` and `reference`.
fn order(on: &impl Connected, wanted: &Wanted<'_>) -> (String, String) {
    let way = if wanted.descending { "DESC" } else { "ASC" };
    let by = match wanted.sort {
        Sort::Title => "title",
        Sort::Reference => "reference",
        Sort::Owner => "owner",
        Sort::Confidence => "confidence",
        Sort::Changed => "changed_at",
        Sort::Field(name) => match wanted.kind.field(name) {
            // An entry without the figure comes last, whichever way the list is sorted.
            Some(field) => {
                let field = fields::sorted(field, sql::backend(on));
                return (field, format!("sorted {way} NULLS LAST, title, owner, reference"));
            }
            None => "title",
        },
    };
    (by.to_owned(), format!("sorted {way}, owner {way}, reference {way}"))
}

/// A question while it is put together, with its values.
#[derive(Default)]
struct Question {
    values: Vec<Value>,
}

impl Question {
    fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// What the reader may see: their own bodies' entries, and of the others the shared part.
    fn parts(&mut self, on: &impl Connected, wanted: &Wanted<'_>, columns: &str) -> Vec<String> {
        let whole: Vec<&String> =
            wanted.whole.iter().filter(|body| wanted.owner.is_none_or(|one| one == **body)).collect();
        let mut parts = Vec::new();
        if !whole.is_empty() {
            let conditions = self.conditions(on, wanted);
            let owners: Vec<String> = whole.iter().map(|owner| self.value(text(*owner))).collect();
            parts.push(format!(
                "SELECT {columns}, 1 AS whole FROM entry WHERE owner IN ({}) AND {conditions}",
                owners.join(", ")
            ));
        }
        if let Some(others) = self.others(wanted) {
            let conditions = self.conditions(on, wanted);
            parts.push(format!("SELECT {columns}, 0 AS whole FROM shared_entry WHERE {others} AND {conditions}"));
        }
        parts
    }

    /// The owners whose shared part the reader sees, where that of any is wanted.
    fn others(&mut self, wanted: &Wanted<'_>) -> Option<String> {
        match wanted.owner {
            Some(owner) if wanted.whole.iter().any(|own| own == owner) => None,
            Some(owner) => Some(format!("owner = {}", self.value(text(owner)))),
            None if wanted.whole.is_empty() => Some("1 = 1".to_owned()),
            None => {
                let owners: Vec<String> = wanted.whole.iter().map(|owner| self.value(text(owner))).collect();
                Some(format!("owner NOT IN ({})", owners.join(", ")))
            }
        }
    }

    fn conditions(&mut self, on: &impl Connected, wanted: &Wanted<'_>) -> String {
        let mut conditions = vec![format!("kind = {}", self.value(text(wanted.kind.key())))];
        for word in wanted.words.split_whitespace().take(10) {
            let pattern = format!("%{}%", escaped(&word.to_lowercase().replace('\0', "")));
            conditions.push(format!("search LIKE {} ESCAPE '\\'", self.value(text(pattern))));
        }
        if let Some(confidence) = wanted.confidence {
            conditions.push(format!("confidence = {}", self.value(text(confidence))));
        }
        if let Some((name, holds)) = wanted.holding {
            // What a kind does not have, none of its entries holds.
            conditions.push(wanted.kind.field(name).map_or_else(
                || "1 = 0".to_owned(),
                |field| fields::holds(field, sql::backend(on), &self.value(text(holds))),
            ));
        }
        conditions.join(" AND ")
    }
}

/// Words in which `%` and `_` mean themselves.
fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[derive(FromQueryResult)]
struct Seen {
    owner: String,
    body: String,
    instead: String,
    kept: String,
    whole: i32,
    changed_at: DateTime<Utc>,
}

impl TryFrom<Seen> for Listed {
    type Error = StoreError;

    fn try_from(row: Seen) -> Result<Self, StoreError> {
        let plain = row.whole == 1;
        Ok(Listed {
            owner: row.owner,
            record: from_json("a listed entry", &row.body)?,
            whole: plain,
            instead: if plain { BTreeMap::new() } else { from_json("what is given instead", &row.instead)? },
            kept: if plain { Vec::new() } else { from_json("what is kept back", &row.kept)? },
            changed_at: timestamp(row.changed_at),
        })
    }
}

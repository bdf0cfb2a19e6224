//! Baselines: lists of versions that the database itself keeps as they are.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::Timestamp;
use penshaw_basis::Date;
use penshaw_register::{Baseline, Record};
use sea_orm::FromQueryResult;

use crate::rows::{at, date, day, from_json, text, timestamp};
use crate::sql::{all, execute, insert, one};
use crate::{Changes, Connected, StoreError};

/// What a baseline says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    /// Names it.
    pub id: String,
    /// Whose it is.
    pub owner: String,
    /// The day that its entries are of.
    pub on: Date,
    /// The digest of owner, day and records.
    pub digest: String,
    /// How many entries it has.
    pub entries: i64,
    /// What it was frozen for.
    pub note: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// Who froze it.
    pub frozen_by: String,
}

/// Freezes an owner's entries as they stand: `baseline` holds them, and gives day and digest.
///
/// # Errors
/// If the database does not answer, or the entries have changed since `baseline` was made of them.
pub async fn freeze(
    changes: &Changes,
    id: &str,
    baseline: &Baseline,
    note: &str,
    by: &str,
    when: Timestamp,
) -> Result<(), StoreError> {
    let owner = baseline.owner();
    let count = baseline.records().len() as i64;
    let row = vec![
        text(id),
        text(owner),
        day(baseline.on()),
        text(baseline.digest().as_str()),
        count.into(),
        text(note),
        at(when),
        text(by),
    ];
    insert(changes, "baseline (id, owner, on_day, digest, entries, note, frozen_at, frozen_by)", vec![row]).await?;
    let text_of =
        "INSERT INTO baseline_entry (baseline_id, version_id) SELECT $1, version_id FROM entry WHERE owner = $2";
    let listed = execute(changes, text_of, vec![text(id), text(owner)]).await?;
    // By their digests: the records themselves also say in which file they were read.
    let kept = records(changes, id, owner, baseline.on()).await?;
    let as_listed = listed == count.unsigned_abs() && kept.digest() == baseline.digest();
    if as_listed { Ok(()) } else { Err(StoreError::ChangedMeanwhile { what: format!("the register of {owner}") }) }
}

/// An owner's baselines, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of(on: &impl Connected, owner: &str) -> Result<Vec<Frozen>, StoreError> {
    let text_of = "SELECT * FROM baseline WHERE owner = $1 ORDER BY frozen_at DESC, id";
    let rows: Vec<Row> = all(on, text_of, vec![text(owner)]).await?;
    Ok(rows.into_iter().map(Frozen::from).collect())
}

/// The newest baseline of each owner.
///
/// # Errors
/// If the database does not answer.
pub async fn newest(on: &impl Connected) -> Result<Vec<Frozen>, StoreError> {
    let text_of = "SELECT b.* FROM baseline b JOIN owner o ON o.code = b.owner WHERE NOT EXISTS \
        (SELECT 1 FROM baseline later WHERE later.owner = b.owner AND (later.frozen_at > b.frozen_at OR \
        (later.frozen_at = b.frozen_at AND later.id > b.id))) ORDER BY o.position";
    let rows: Vec<Row> = all(on, text_of, vec![]).await?;
    Ok(rows.into_iter().map(Frozen::from).collect())
}

/// A baseline by its id.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, id: &str) -> Result<Option<Frozen>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM baseline WHERE id = $1", vec![text(id)]).await?;
    Ok(row.map(Frozen::from))
}

/// The records of a baseline, put together and proved against its digest.
///
/// # Errors
/// If the database does not answer, or what it holds is not what was frozen.
pub async fn open(on: &impl Connected, frozen: &Frozen) -> Result<Baseline, StoreError> {
    let baseline = records(on, &frozen.id, &frozen.owner, frozen.on).await?;
    if baseline.digest().as_str() == frozen.digest {
        return Ok(baseline);
    }
    Err(StoreError::unreadable("a baseline", format!("{} of {} is not what was frozen", frozen.on, frozen.owner)))
}

/// The records that a baseline lists in a version that a later one, or the register as it stands,
/// does not; and the other way round. All others are the same in both.
///
/// # Errors
/// If the database does not answer.
pub async fn differing(
    on: &impl Connected,
    earlier: &Frozen,
    later: Option<&Frozen>,
) -> Result<(Vec<Record>, Vec<Record>), StoreError> {
    let (after, value) = match later {
        Some(later) => ("SELECT version_id FROM baseline_entry WHERE baseline_id = $2", text(&later.id)),
        None => ("SELECT version_id FROM entry WHERE owner = $2", text(&earlier.owner)),
    };
    let before = "SELECT version_id FROM baseline_entry WHERE baseline_id = $1";
    let values = vec![text(&earlier.id), value];
    let only_before = records_of(on, before, after, values.clone()).await?;
    Ok((only_before, records_of(on, after, before, values).await?))
}

/// The records of versions that one question names and another does not.
async fn records_of(
    on: &impl Connected,
    these: &str,
    without: &str,
    values: Vec<sea_orm::Value>,
) -> Result<Vec<Record>, StoreError> {
    let text_of = format!(
        "SELECT body FROM entry_version WHERE id IN ({these}) AND id NOT IN ({without}) ORDER BY kind, reference"
    );
    let rows: Vec<Body> = all(on, &text_of, values).await?;
    rows.iter().map(|row| from_json("an entry of a baseline", &row.body)).collect()
}

/// What the versions that a baseline lists amount to.
async fn records(on: &impl Connected, id: &str, owner: &str, day: Date) -> Result<Baseline, StoreError> {
    let text_of = "SELECT v.body FROM baseline_entry b JOIN entry_version v ON v.id = b.version_id \
        WHERE b.baseline_id = $1";
    let rows: Vec<Body> = all(on, text_of, vec![text(id)]).await?;
    let records: Vec<Record> =
        rows.iter().map(|row| from_json("an entry of a baseline", &row.body)).collect::<Result<_, _>>()?;
    Ok(Baseline::freeze(owner, day, records))
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    owner: String,
    on_day: NaiveDate,
    digest: String,
    entries: i64,
    note: String,
    frozen_at: DateTime<Utc>,
    frozen_by: String,
}

#[derive(FromQueryResult)]
struct Body {
    body: String,
}

impl From<Row> for Frozen {
    fn from(row: Row) -> Self {
        Frozen {
            id: row.id,
            owner: row.owner,
            on: date(row.on_day),
            digest: row.digest,
            entries: row.entries,
            note: row.note,
            frozen_at: timestamp(row.frozen_at),
            frozen_by: row.frozen_by,
        }
    }
}

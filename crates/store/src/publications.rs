//! What authorities published, version by version: added, never changed.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::FromQueryResult;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::rows::{at, from_json, json, maybe, text, timestamp};
use crate::sql::{all, insert, number};
use crate::{Changes, Connected, StoreError};

/// One version of what was published.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication<F, D> {
    /// The authority's code.
    pub authority: String,
    /// What it is a publication of: `notices` or `decisions`.
    pub kind: String,
    /// The authority's own reference of it.
    pub reference: String,
    /// 1 for the first publication, and one more for each that takes its place.
    pub version: i64,
    /// The title.
    pub title: String,
    /// Its days and fields.
    pub facts: F,
    /// What was published.
    pub document: D,
    /// The digest of the document.
    pub digest: String,
    /// When.
    pub published_at: Timestamp,
    /// Why it was withdrawn, where this version withdraws it.
    pub withdrawn: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    authority: String,
    kind: String,
    reference: String,
    version: i64,
    title: String,
    facts: String,
    document: String,
    digest: String,
    published_at: DateTime<Utc>,
    withdrawn: Option<String>,
}

impl Row {
    fn read<F: DeserializeOwned, D: DeserializeOwned>(self) -> Result<Publication<F, D>, StoreError> {
        Ok(Publication {
            facts: from_json("publication", &self.facts)?,
            document: from_json("publication", &self.document)?,
            authority: self.authority,
            kind: self.kind,
            reference: self.reference,
            version: self.version,
            title: self.title,
            digest: self.digest,
            published_at: timestamp(self.published_at),
            withdrawn: self.withdrawn,
        })
    }
}

const COLUMNS: &str = "authority, kind, reference, version, title, facts, document, digest, published_at, withdrawn";

/// How many versions were ever published: it rises with each.
///
/// # Errors
/// If the database does not answer.
pub async fn newest(on: &impl Connected) -> Result<i64, StoreError> {
    number(on, "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM publication", vec![]).await
}

/// The newest version of everything, the newest first, withdrawn things among it; at most so many.
///
/// # Errors
/// If the database does not answer.
pub async fn current<F: DeserializeOwned, D: DeserializeOwned>(
    on: &impl Connected,
    most: u64,
) -> Result<Vec<Publication<F, D>>, StoreError> {
    let text_of = format!(
        "SELECT {COLUMNS} FROM publication p WHERE version = (SELECT MAX(version) FROM publication other \
         WHERE other.authority = p.authority AND other.kind = p.kind AND other.reference = p.reference) \
         ORDER BY id DESC LIMIT {most}"
    );
    let rows: Vec<Row> = all(on, &text_of, vec![]).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Every version of one thing, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn versions<F: DeserializeOwned, D: DeserializeOwned>(
    on: &impl Connected,
    authority: &str,
    kind: &str,
    reference: &str,
) -> Result<Vec<Publication<F, D>>, StoreError> {
    let text_of = format!(
        "SELECT {COLUMNS} FROM publication WHERE authority = $1 AND kind = $2 AND reference = $3 ORDER BY version DESC"
    );
    let rows: Vec<Row> = all(on, &text_of, vec![text(authority), text(kind), text(reference)]).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Publishes a version.
///
/// # Errors
/// If there is such a version already, or the database does not answer.
pub async fn add<F: Serialize, D: Serialize>(
    changes: &Changes,
    publication: &Publication<F, D>,
) -> Result<(), StoreError> {
    let row = vec![
        text(&publication.authority),
        text(&publication.kind),
        text(&publication.reference),
        publication.version.into(),
        text(&publication.title),
        json(&publication.facts),
        json(&publication.document),
        text(&publication.digest),
        at(publication.published_at),
        maybe(publication.withdrawn.clone()),
    ];
    insert(changes, &format!("publication ({COLUMNS})"), vec![row]).await
}

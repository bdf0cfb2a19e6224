//! The partnership, its authorities and its own parameters.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use penshaw_basis::Date;
use penshaw_register::{Authority, PARTNERSHIP, Partnership, ReportDetails};
use sea_orm::{FromQueryResult, Value};

use crate::rows::{date, day, from_json, json, maybe, text};
use crate::sql::{all, execute, insert, one};
use crate::{Changes, Connected, StoreError};

/// The partnership as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The partnership, its authorities in order.
    pub partnership: Partnership,
    /// The day that the files said each owner's entries are of, by its code.
    pub base_days: BTreeMap<String, Date>,
    /// Rises with every change of what the partnership says of itself.
    pub revision: i64,
}

/// The partnership, where there is one yet.
///
/// # Errors
/// If the database does not answer.
pub async fn standing(on: &impl Connected) -> Result<Option<Standing>, StoreError> {
    let row: Option<Row> =
        one(on, "SELECT name, marking, report, base_day, revision FROM partnership WHERE id = 1", vec![]).await?;
    let Some(row) = row else { return Ok(None) };
    let owners: Vec<Owner> = all(on, "SELECT code, details, base_day FROM owner ORDER BY position", vec![]).await?;
    let mut base_days: BTreeMap<String, Date> =
        owners.iter().filter_map(|owner| Some((owner.code.clone(), date(owner.base_day?)))).collect();
    base_days.extend(row.base_day.map(|on| (PARTNERSHIP.to_owned(), date(on))));
    let details = owners.iter().filter_map(|owner| owner.details.as_ref());
    let authorities: Vec<Authority> =
        details.map(|details| from_json("an authority", details)).collect::<Result<_, _>>()?;
    let report: ReportDetails = from_json("the report's details", &row.report)?;
    let partnership = Partnership { name: row.name, marking: row.marking, authorities, report };
    Ok(Some(Standing { partnership, base_days, revision: row.revision }))
}

/// Makes the partnership, with its authorities as owners, in an empty database.
///
/// # Errors
/// If there is one already, or the database does not answer.
pub async fn found(
    changes: &Changes,
    partnership: &Partnership,
    base_days: &BTreeMap<String, Date>,
) -> Result<(), StoreError> {
    let base = |owner: &str| base_days.get(owner).map_or(Value::ChronoDate(None), |on| day(*on));
    let row = vec![
        1_i64.into(),
        text(&partnership.name),
        maybe(partnership.marking.clone()),
        json(&partnership.report),
        base(PARTNERSHIP),
        1_i64.into(),
    ];
    insert(changes, "partnership (id, name, marking, report, base_day, revision)", vec![row]).await?;
    let owners = (1_i64..).zip(&partnership.authorities).map(|(position, authority)| {
        vec![text(&authority.code), position.into(), json(authority), base(&authority.code), 0_i64.into()]
    });
    let mut rows: Vec<Vec<Value>> = owners.collect();
    // Last, as in a partnership folder.
    rows.push(vec![text(PARTNERSHIP), i64::MAX.into(), maybe(None::<String>), base(PARTNERSHIP), 0_i64.into()]);
    insert(changes, "owner (code, position, details, base_day, revision)", rows).await
}

/// Changes what the partnership and its report say of themselves.
///
/// # Errors
/// [`StoreError::ChangedMeanwhile`] if somebody else did since `expected` was seen.
pub async fn describe(changes: &Changes, partnership: &Partnership, expected: i64) -> Result<(), StoreError> {
    let text_of = "UPDATE partnership SET name = $1, marking = $2, report = $3, revision = revision + 1 \
        WHERE id = 1 AND revision = $4";
    let values =
        vec![text(&partnership.name), maybe(partnership.marking.clone()), json(&partnership.report), expected.into()];
    if execute(changes, text_of, values).await? == 0 {
        return Err(StoreError::ChangedMeanwhile { what: "the report".into() });
    }
    Ok(())
}

/// Adds an authority to the partnership.
///
/// # Errors
/// If there is one of that code already, or the database does not answer.
pub async fn add_authority(changes: &Changes, authority: &Authority) -> Result<(), StoreError> {
    let text_of = "INSERT INTO owner (code, position, details, base_day, revision) \
        SELECT $1, COUNT(*), $2, NULL, 0 FROM owner";
    execute(changes, text_of, vec![text(&authority.code), json(authority)]).await?;
    Ok(())
}

/// The partnership's own parameters: the text of each file by its path.
///
/// # Errors
/// If the database does not answer.
pub async fn parameters(on: &impl Connected) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<File> = all(on, "SELECT path, body FROM parameter_file ORDER BY path", vec![]).await?;
    Ok(rows.into_iter().map(|file| (file.path, file.body)).collect())
}

/// Puts the partnership's own parameters in place of those that stood.
///
/// # Errors
/// If the database does not answer.
pub async fn set_parameters(changes: &Changes, files: &BTreeMap<String, String>) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM parameter_file", vec![]).await?;
    let rows = files.iter().map(|(path, body)| vec![text(path), text(body)]).collect();
    insert(changes, "parameter_file (path, body)", rows).await
}

#[derive(FromQueryResult)]
struct Row {
    name: String,
    marking: Option<String>,
    report: String,
    base_day: Option<NaiveDate>,
    revision: i64,
}

#[derive(FromQueryResult)]
struct Owner {
    code: String,
    details: Option<String>,
    base_day: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct File {
    path: String,
    body: String,
}

//! The database's tables, step by step. A step that has been released is never changed: add another.

mod m0001_register;
mod m0002_people;
mod m0003_work;
mod m0004_guards;
mod m0005_analysts;
mod m0006_alerts;
mod m0007_publications;
mod table;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};
use sea_orm_migration::prelude::*;

use crate::connect::without_schema;
use crate::rows::text;
use crate::{Connected, Store, StoreError, analysts, sql};

pub(crate) use table::{Kind, Table, column, create};

/// Every step, in order.
struct Steps;

#[async_trait::async_trait]
impl MigratorTrait for Steps {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_register::Step),
            Box::new(m0002_people::Step),
            Box::new(m0003_work::Step),
            Box::new(m0004_guards::Step),
            Box::new(m0005_analysts::Step),
            Box::new(m0006_alerts::Step),
            Box::new(m0007_publications::Step),
        ]
    }
}

/// Brings a database up to date. Several servers that start at once take turns.
pub(crate) async fn run(store: &Store) -> Result<(), StoreError> {
    let changes = store.change().await?;
    let db = changes.on();
    if !store.is_sqlite() {
        // Any number will do, so long as it is always the same.
        db.execute_unprepared("SELECT pg_advisory_xact_lock(20140618)").await?;
        make_schema(store, db).await?;
    }
    refuse_newer(&names(&changes).await?)?;
    Steps::up(db, None).await?;
    analysts::refresh(&changes).await?;
    changes.keep().await
}

/// Makes the schema that the address names, where it is not there.
async fn make_schema(store: &Store, db: &DatabaseTransaction) -> Result<(), DbErr> {
    let Some(schema) = without_schema(store.address()).1 else { return Ok(()) };
    let sql = format!("CREATE SCHEMA IF NOT EXISTS \"{}\"", schema.trim_matches('"').replace('"', ""));
    db.execute_unprepared(&sql).await?;
    Ok(())
}

/// The steps that were taken in a database.
pub(crate) async fn names(on: &impl Connected) -> Result<Vec<String>, StoreError> {
    let there = match sql::backend(on) {
        DbBackend::Postgres => "SELECT COUNT(*) FROM pg_tables WHERE tablename = $1 AND schemaname = current_schema()",
        _ => "SELECT COUNT(*) FROM sqlite_master WHERE name = $1",
    };
    if sql::number(on, there, vec![text("seaql_migrations")]).await? == 0 {
        return Ok(Vec::new());
    }
    let taken: Vec<Taken> = sql::all(on, "SELECT version FROM seaql_migrations ORDER BY version", vec![]).await?;
    Ok(taken.into_iter().map(|step| step.version).collect())
}

#[derive(FromQueryResult)]
struct Taken {
    version: String,
}

/// Refuses what a newer Penshaw has written, before anything is done to it.
pub(crate) fn refuse_newer(taken: &[String]) -> Result<(), StoreError> {
    let known: Vec<String> = Steps::migrations().iter().map(|step| step.name().to_owned()).collect();
    match taken.iter().find(|step| !known.contains(step)) {
        Some(newer) => Err(StoreError::Newer(newer.clone())),
        None => Ok(()),
    }
}

/// The database as Markdown, for `docs/reference/database.md`.
pub fn describe() -> String {
    let steps = [
        m0001_register::TABLES,
        m0002_people::TABLES,
        m0003_work::TABLES,
        m0005_analysts::TABLES,
        m0006_alerts::TABLES,
        m0007_publications::TABLES,
    ];
    let tables: Vec<String> = steps.into_iter().flatten().map(Table::described).collect();
    format!("{HEAD}{}\n{ANALYSTS}{}", tables.join("\n"), analysts::described())
}

const HEAD: &str = "\
# The database

What SQLite and PostgreSQL hold, table by table. This page is written from the program itself; on PostgreSQL the same words stand in the database as comments.

Moments are in universal time. JSON is kept as the text that was written. The rows of `entry_version`, `baseline`, `baseline_entry`, `audit` and `publication` can be added and neither changed nor removed: the database itself refuses.

";

const ANALYSTS: &str = "\
# Views for analysts

On PostgreSQL, analysts read the schema `analysts` with any tool that speaks to PostgreSQL. Each authority has a role of its own, which sees its own entries whole and of the others what they share, under row-level security: not what they keep back, and no accounts, sessions, audit or runs. The views are made anew when a new version of Penshaw starts; views of your own that rest on them go with the old ones, so keep those in a database of your own.

A role that is a member of an analysts' role reads after `SET ROLE`. How many entries there are in all is no secret from a role, as PostgreSQL itself estimates it.

";

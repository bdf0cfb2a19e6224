//! The database's tables, step by step. A step that has been released is never changed: add another.

mod m0001_register;
mod m0002_people;
mod m0003_work;
mod m0004_guards;
mod m0005_analysts;
mod table;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, TransactionTrait};
use sea_orm_migration::prelude::*;

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
        ]
    }
}

/// Brings a database up to date. Several servers that start at once take turns.
pub(crate) async fn run(db: &DatabaseConnection) -> Result<(), DbErr> {
    let changes = db.begin().await?;
    if changes.get_database_backend() == DbBackend::Postgres {
        // Any number will do, so long as it is always the same.
        changes.execute_unprepared("SELECT pg_advisory_xact_lock(20140618)").await?;
    }
    Steps::up(&changes, None).await?;
    changes.commit().await
}

/// The tables as Markdown, for `docs/reference/database.md`.
pub fn describe() -> String {
    let tables = m0001_register::TABLES.iter().chain(m0002_people::TABLES).chain(m0003_work::TABLES);
    tables.map(Table::described).collect::<Vec<_>>().join("\n")
}

//! Analysts on PostgreSQL: which role stands for which authority, and which rows it may read.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::prelude::*;

use super::Kind::*;
use super::{Table, column, create};

pub(super) const TABLES: &[Table] = &[Table {
    name: "analyst_role",
    about: "The roles by which analysts read this database, on PostgreSQL; SQLite has no roles, and it stays empty.",
    columns: &[
        column("role_name", Text, "The role's name in PostgreSQL."),
        column("owner", Text, "The authority that it stands for."),
    ],
    rules: &["PRIMARY KEY (role_name)", "FOREIGN KEY (owner) REFERENCES owner (code)"],
    indexes: &[],
}];

/// The owner of the tables, which is the application's own role, is not held by them.
const POLICIES: &[&str] = &[
    "ALTER TABLE analyst_role ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY itself ON analyst_role FOR SELECT USING (role_name = current_user::text)",
    "ALTER TABLE entry ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY own ON entry FOR SELECT USING \
     (owner = (SELECT me.owner FROM analyst_role me WHERE me.role_name = current_user::text))",
    "ALTER TABLE shared_entry ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY of_the_partnership ON shared_entry FOR SELECT USING \
     (EXISTS (SELECT 1 FROM analyst_role me WHERE me.role_name = current_user::text))",
];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0005_analysts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await?;
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Postgres {
            for sql in POLICIES {
                db.execute_unprepared(sql).await?;
            }
        }
        Ok(())
    }
}

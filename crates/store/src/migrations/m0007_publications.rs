//! Publications: what anybody may read without signing in. Public pages read this table and no other.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::prelude::*;

use super::Kind::*;
use super::m0004_guards::{on_postgres, on_sqlite};
use super::{Table, column, create};

pub(super) const TABLES: &[Table] = &[Table {
    name: "publication",
    about: "What an authority published, version by version, as it was published. Rows are added and never changed: \
            a withdrawal is a version too.",
    columns: &[
        column("id", Counted, "The order in which things were published, over all authorities."),
        column("authority", Text, "The authority's code."),
        column("kind", Text, "What it is a publication of: `notices` or `decisions`."),
        column("reference", Text, "The authority's own reference of it."),
        column("version", Number, "1 for the first publication, and one more for each that takes its place."),
        column("title", Text, "The title, as lists and feeds print it."),
        column("facts", Text, "Its days and fields as plain data, for lists and feeds."),
        column("document", Text, "What was published, as blocks: the page is drawn from nothing else."),
        column("digest", Text, "The digest of the document, by which anybody can tell two versions apart."),
        column("published_at", Moment, "When."),
        column("withdrawn", MaybeText, "Why it was withdrawn, where this version withdraws it."),
    ],
    rules: &["UNIQUE (authority, kind, reference, version)"],
    indexes: &[],
}];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0007_publications"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await?;
        let db = manager.get_connection();
        let guards = match db.get_database_backend() {
            DbBackend::Postgres => on_postgres("publication"),
            _ => on_sqlite("publication", "kept.id = NEW.id"),
        };
        for sql in guards {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}

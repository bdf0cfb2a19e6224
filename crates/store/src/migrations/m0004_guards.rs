//! What the database itself refuses: changing or removing what was frozen, written or audited.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::prelude::*;

/// The tables whose rows are added and never changed nor removed, and how a row is told from others.
const KEPT: &[(&str, &str)] = &[
    (
        "entry_version",
        "kept.id = NEW.id OR (kept.owner = NEW.owner AND kept.kind = NEW.kind \
         AND kept.reference = NEW.reference AND kept.number = NEW.number)",
    ),
    ("baseline", "kept.id = NEW.id"),
    ("baseline_entry", "kept.baseline_id = NEW.baseline_id AND kept.version_id = NEW.version_id"),
    ("audit", "kept.number = NEW.number OR kept.hash = NEW.hash"),
];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0004_guards"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        if postgres {
            db.execute_unprepared(REFUSE).await?;
        }
        for (table, same) in KEPT {
            for sql in if postgres { on_postgres(table) } else { on_sqlite(table, same) } {
                db.execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }
}

const REFUSE: &str = "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
    $$ BEGIN RAISE EXCEPTION 'rows of % are kept as they are', TG_TABLE_NAME; END $$";

pub(super) fn on_postgres(table: &str) -> Vec<String> {
    vec![
        format!(
            "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        ),
        format!(
            "CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        ),
    ]
}

/// SQLite's `INSERT OR REPLACE` removes a row and tells no trigger of it, so it is met before it does.
pub(super) fn on_sqlite(table: &str, same: &str) -> Vec<String> {
    let refusal = format!("SELECT RAISE(ABORT, 'rows of {table} are kept as they are')");
    let refuse =
        |change: &str| format!("CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} BEGIN {refusal}; END");
    let replace = format!(
        "CREATE TRIGGER {table}_no_replacement BEFORE INSERT ON {table} BEGIN \
         {refusal} WHERE EXISTS (SELECT 1 FROM {table} kept WHERE {same}); END"
    );
    vec![refuse("UPDATE"), refuse("DELETE"), replace]
}

//! Downloads an owner's entries of a kind, whole to its members; of others, what they share. Formulas are disarmed.

use penshaw_files::write::entries as write;
use penshaw_register::{Kind, PARTNERSHIP, Record};
use penshaw_store::entries;

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::{Noted, Operations};

/// The form of a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Operations {
    /// An owner's entries of a kind as a file, as far as the actor may see them.
    ///
    /// # Errors
    /// If the actor belongs to no body, or the owner is none of the partnership.
    pub async fn export_entries(&self, actor: &Actor, owner: &str, kind: Kind, form: Form) -> Result<Vec<u8>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        self.must_be_body(owner).await?;
        let whole = actor.reads_whole_of(owner);
        let records: Vec<Record> = if whole {
            let own = entries::of_kind(self.store(), owner, kind).await?;
            own.into_iter().map(|entry| entry.record).collect()
        } else {
            let shared = entries::all_shared(self.store(), owner).await?;
            shared.into_iter().map(|part| part.record).filter(|record| record.kind == kind).collect()
        };
        if whole && owner != PARTNERSHIP {
            let changes = self.store().change().await?;
            self.note(&changes, actor, Noted::new("export_entries", owner, kind.key())).await?;
            changes.keep().await?;
        }
        let today = self.clock().today();
        // Writing a large workbook takes seconds, in which the server has others to answer.
        let written = tokio::task::spawn_blocking(move || match form {
            Form::Csv => Ok(write::csv(kind, &records)),
            Form::Xlsx => write::xlsx(kind, &records, today).map_err(|error| error.to_string()),
        });
        let written = written.await.unwrap_or_else(|_| Err("the writer stopped".into()));
        written.map_err(|what| Refusal::Printing { form: "the file", what })
    }
}

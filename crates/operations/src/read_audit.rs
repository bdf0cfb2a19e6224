//! Reads the audit trail of the bodies that a reader may, and proves that the whole of it is as it was written.

use penshaw_store::audit::{self, Broken, Row, Wanted};

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;

/// Whether the trail is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every row is there, unchanged, and follows from the one before it.
    Whole {
        /// How many rows there are.
        rows: i64,
        /// The hash of the last: noted elsewhere, it also shows whether the end was cut off.
        last: String,
    },
    /// These rows are not.
    Broken(Vec<Broken>),
}

impl Operations {
    /// Rows of the trail that the actor may read, the newest first, before a row where one is given.
    ///
    /// # Errors
    /// If the actor may read none.
    pub async fn read_audit(
        &self,
        actor: &Actor,
        body: Option<&str>,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Row>, Refusal> {
        actor.must_somewhere(Verb::ReadAudit)?;
        let readable = actor.roles.keys().filter(|own| actor.may(Verb::ReadAudit, own));
        let bodies: Vec<String> =
            readable.filter(|own| body.is_none_or(|body| body == own.as_str())).cloned().collect();
        if bodies.is_empty() {
            return Err(Refusal::NotAllowed { what: Verb::ReadAudit.words() });
        }
        let wanted = Wanted { bodies: &bodies, subject: None, before, limit: limit.min(500) };
        Ok(audit::rows(self.store(), &wanted).await?)
    }

    /// Proves that the trail is as it was written.
    ///
    /// # Errors
    /// If the actor may read none of it, or the database does not answer.
    pub async fn verify_audit(&self, actor: &Actor) -> Result<Verified, Refusal> {
        actor.must_somewhere(Verb::ReadAudit)?;
        Ok(match audit::verify(self.store()).await? {
            Ok((rows, last)) => Verified::Whole { rows, last },
            Err(broken) => Verified::Broken(broken),
        })
    }
}

//! Keeps what somebody had typed when their session ended, and gives it back once they are signed in again.

use penshaw_store::sessions::{self, HeldForm};

use crate::actor::Actor;
use crate::service::Operations;
use crate::{Refusal, secrets};

/// The most that is kept of one form, in bytes.
const MOST: usize = 256 * 1024;

/// Fields whose values are never kept: those in which secrets are typed.
const NEVER: &[&str] = &["password", "code", "current", "new"];

impl Operations {
    /// Keeps what was sent with the cookie of a session that has ended. Returns its name,
    /// where the cookie is known and there is something to keep.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn hold_form(
        &self,
        cookie: &str,
        path: &str,
        fields: Vec<(String, String)>,
    ) -> Result<Option<String>, Refusal> {
        let session = sessions::find(self.store(), &secrets::hash(cookie)).await?;
        // Whoever holds the cookie was that person: nobody else can have anything kept.
        let person = session.filter(|session| session.verified).and_then(|session| session.person);
        let fields: Vec<(String, String)> =
            fields.into_iter().filter(|(name, _)| !NEVER.contains(&name.as_str())).collect();
        let size: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        let Some(person) = person.filter(|_| size > 0 && size <= MOST) else { return Ok(None) };
        let held = HeldForm { id: secrets::name(), person, path: path.to_owned(), fields, held_at: self.now() };
        let changes = self.store().change().await?;
        sessions::hold(&changes, &held).await?;
        changes.keep().await?;
        Ok(Some(held.id))
    }

    /// What the actor had typed: the page that it was sent to, and the fields.
    ///
    /// # Errors
    /// If there is none of that name that is theirs.
    pub async fn held_form(&self, actor: &Actor, id: &str) -> Result<HeldForm, Refusal> {
        let person = actor.person.as_deref().ok_or(Refusal::SignedOut)?;
        let held = sessions::held(self.store(), id, person).await?;
        held.ok_or(Refusal::NotThere { what: "form" })
    }

    /// Forgets what the actor had typed, once it was sent again.
    ///
    /// # Errors
    /// If there is none of that name that is theirs.
    pub async fn let_form_go(&self, actor: &Actor, id: &str) -> Result<(), Refusal> {
        let held = self.held_form(actor, id).await?;
        let changes = self.store().change().await?;
        sessions::let_go(&changes, &held.id).await?;
        Ok(changes.keep().await?)
    }
}

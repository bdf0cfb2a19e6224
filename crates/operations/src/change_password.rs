//! What people do with their own account: see it, change its password, sign out everywhere.

use jiff::Timestamp;
use penshaw_register::PARTNERSHIP;
use penshaw_store::accounts::{self, Person};
use penshaw_store::sessions;

use crate::actor::{Actor, Means};
use crate::service::{Noted, Operations};
use crate::sign_in::{WRONG_AT_MOST, is_right, password_hash};
use crate::{Invalid, Refusal, secrets};

/// An account, as its own holder sees it.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// The address that they sign in with.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// Whether they have a password; without one they sign in through the identity provider.
    pub has_password: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Operations {
    /// The actor's own account.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub async fn own_account(&self, actor: &Actor) -> Result<OwnAccount, Refusal> {
        let person = self.own_person(actor).await?;
        Ok(OwnAccount {
            has_password: person.password_hash.is_some(),
            email: person.email,
            name: person.name,
            created_at: person.created_at,
        })
    }

    /// Changes the actor's own password. All their sessions end; the secret of a new one's cookie is returned.
    ///
    /// # Errors
    /// If the current password is wrong, too often wrong, or the new one will not do.
    pub async fn change_password(&self, actor: &Actor, current: &str, new: &str) -> Result<String, Refusal> {
        let person = self.own_person(actor).await?;
        if person.password_hash.is_none() {
            return Err(Refusal::NotNow {
                what: "your account has no password: you sign in through your council".into(),
                hint: "change it where you change your council's password".into(),
            });
        }
        let account = format!("account {}", secrets::hash(&person.email));
        let attempted = [(account.as_str(), WRONG_AT_MOST)];
        let tried = self.attempt(&attempted).await?;
        if !is_right(current.to_owned(), person.password_hash.clone()).await {
            return Err(Refusal::invalid("current", "Enter the password that you sign in with now"));
        }
        self.was_right(&attempted, tried).await?;
        let hash = password_hash(new, &person.email).await.map_err(|refusal| under(refusal, "new"))?;
        let changes = self.store().change().await?;
        accounts::change(&changes, &Person { password_hash: Some(hash), ..person.clone() }).await?;
        sessions::end_all(&changes, &person.id).await?;
        let cookie = self.begin_in(&changes, Some(&person.id), true).await?;
        let body = actor.bodies().next().unwrap_or(PARTNERSHIP);
        self.note(&changes, actor, Noted::new("change_password", body, &person.email)).await?;
        changes.keep().await?;
        Ok(cookie)
    }

    /// Ends every session of the actor's own, on every device.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<(), Refusal> {
        let person = self.own_person(actor).await?;
        let changes = self.store().change().await?;
        sessions::end_all(&changes, &person.id).await?;
        Ok(changes.keep().await?)
    }

    async fn own_person(&self, actor: &Actor) -> Result<Person, Refusal> {
        if actor.means != Means::Page {
            return Err(Refusal::NotAllowed { what: "see or change an account with a token" });
        }
        let id = actor.person.as_deref().ok_or(Refusal::SignedOut)?;
        accounts::find(self.store(), id).await?.ok_or(Refusal::SignedOut)
    }
}

/// The same refusal, of a field of another name.
fn under(refusal: Refusal, field: &str) -> Refusal {
    match refusal {
        Refusal::Invalid(wrong) => {
            Refusal::Invalid(wrong.into_iter().map(|wrong| Invalid::new(field, wrong.what)).collect())
        }
        other => other,
    }
}

//! Tokens by which people's own programs act for them: made once, shown once, removed at any time.

use jiff::SignedDuration;
use penshaw_register::PARTNERSHIP;
use penshaw_store::accounts::{self, ApiToken};

use crate::actor::{Actor, Means};
use crate::service::{Noted, Operations};
use crate::{Invalid, Refusal, secrets};

/// The longest that a token may work.
const DAYS_AT_MOST: i64 = 366;

/// By what secrets of ours begin, so that leaked ones are found.
const PREFIX: &str = "penshaw_";

impl Operations {
    /// The actor's own tokens.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub async fn api_tokens(&self, actor: &Actor) -> Result<Vec<ApiToken>, Refusal> {
        let person = actor.person.as_deref().ok_or(Refusal::SignedOut)?;
        Ok(accounts::tokens_of(self.store(), person).await?)
    }

    /// Makes a token for the actor's own programs and returns its secret, which is shown once.
    ///
    /// # Errors
    /// If the label or the days will not do, or a token asks for another.
    pub async fn make_api_token(&self, actor: &Actor, label: &str, writes: bool, days: i64) -> Result<String, Refusal> {
        let person = actor.person.clone().ok_or(Refusal::SignedOut)?;
        if actor.means != Means::Page {
            return Err(Refusal::NotAllowed { what: "make tokens with a token" });
        }
        let mut invalid = Vec::new();
        if label.trim().is_empty() || label.len() > 200 {
            let what = "Enter what you use the token for".to_owned();
            invalid.push(Invalid { field: "label".into(), what });
        }
        if !(1..=DAYS_AT_MOST).contains(&days) {
            let what = format!("Enter how many days it should work, from 1 to {DAYS_AT_MOST}");
            invalid.push(Invalid { field: "days".into(), what });
        }
        if !invalid.is_empty() {
            return Err(Refusal::Invalid(invalid));
        }
        let (secret, now) = (format!("{PREFIX}{}", secrets::secret()), self.now());
        let scopes = if writes { vec!["read".to_owned(), "write".to_owned()] } else { vec!["read".to_owned()] };
        let token = ApiToken {
            id: secrets::name(),
            token_hash: secrets::hash(&secret),
            person,
            label: label.trim().to_owned(),
            scopes,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(24 * days),
            used_at: None,
        };
        let changes = self.store().change().await?;
        accounts::add_token(&changes, &token).await?;
        let body = actor.bodies().next().unwrap_or(PARTNERSHIP).to_owned();
        let noted = Noted::new("make_api_token", &body, &token.label).after(&token.scopes);
        self.note(&changes, actor, noted).await?;
        changes.keep().await?;
        Ok(secret)
    }

    /// Removes one of the actor's own tokens: it stops working at once.
    ///
    /// # Errors
    /// If there is none of that id that is theirs, or they ask by a token that only reads.
    pub async fn remove_api_token(&self, actor: &Actor, id: &str) -> Result<(), Refusal> {
        actor.must_write("remove tokens with a token that only reads")?;
        let person = actor.person.clone().ok_or(Refusal::SignedOut)?;
        let changes = self.store().change().await?;
        if !accounts::remove_token(&changes, &person, id).await? {
            return Err(Refusal::NotThere { what: "token" });
        }
        let body = actor.bodies().next().unwrap_or(PARTNERSHIP).to_owned();
        self.note(&changes, actor, Noted::new("remove_api_token", &body, id)).await?;
        Ok(changes.keep().await?)
    }
}

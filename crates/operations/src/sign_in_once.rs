//! Lets somebody in by a link that works once: made at the machine itself, for a demonstration or a lost app.

use jiff::SignedDuration;
use penshaw_register::PARTNERSHIP;
use penshaw_store::accounts::{self, Person};
use penshaw_store::sessions::{self, Session};
use penshaw_store::{audit, memberships};

use crate::actor::{Actor, Role};
use crate::load_folder::must_be_operator;
use crate::service::{Noted, Operations, body_name};
use crate::sign_in::{Step, Stepped};
use crate::{Refusal, secrets};

/// How long a link works.
const WORKS: SignedDuration = SignedDuration::from_hours(24);
/// What the state of a link's session says, so that no other session passes for one.
const ONCE: &str = "once";

/// An account of a demonstration.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// What the person is called.
    pub name: String,
    /// The secret of a link by which they sign in, once.
    pub link: String,
}

impl Operations {
    /// Makes a link by which somebody signs in once, without password or app.
    ///
    /// # Errors
    /// If it is not the operator who asks, or there is no open account of the address.
    pub async fn sign_in_link(&self, actor: &Actor, email: &str) -> Result<String, Refusal> {
        must_be_operator(actor)?;
        let person = accounts::with_email(self.store(), email).await?.filter(|person| !person.disabled);
        let person = person.ok_or(Refusal::NotThere { what: "account" })?;
        let (secret, now) = (secrets::secret(), self.now());
        let session = Session {
            token_hash: secrets::hash(&secret),
            person: Some(person.id.clone()),
            verified: false,
            state: [(ONCE.to_owned(), "yes".to_owned())].into(),
            created_at: now,
            seen_at: now,
            expires_at: now + WORKS,
        };
        let changes = self.store().change().await?;
        sessions::add(&changes, &session).await?;
        self.note(&changes, actor, Noted::new("make_sign_in_link", PARTNERSHIP, &person.email)).await?;
        changes.keep().await?;
        Ok(secret)
    }

    /// What the person of a link is called, while it works.
    ///
    /// # Errors
    /// If the link is none, was used, or works no longer.
    pub async fn named_by_link(&self, secret: &str) -> Result<String, Refusal> {
        Ok(self.person_of_link(secret).await?.1.name)
    }

    async fn person_of_link(&self, secret: &str) -> Result<(Session, Person), Refusal> {
        let gone = Refusal::NotThere { what: "link, or it was used or has expired" };
        let session = sessions::find(self.store(), &secrets::hash(secret)).await?;
        let session = session.filter(|session| session.state.contains_key(ONCE) && session.expires_at > self.now());
        let Some((session, id)) = session.and_then(|session| session.person.clone().map(|id| (session, id))) else {
            return Err(gone);
        };
        let person = accounts::find(self.store(), &id).await?.filter(|person| !person.disabled);
        person.map(|person| (session, person)).ok_or(gone)
    }

    /// Signs in by a link, which then works no longer.
    ///
    /// # Errors
    /// As [`named_by_link`](Self::named_by_link).
    pub async fn sign_in_once(&self, secret: &str) -> Result<Stepped, Refusal> {
        let (session, person) = self.person_of_link(secret).await?;
        let changes = self.store().change().await?;
        if !sessions::end(&changes, &session.token_hash).await? {
            return Err(Refusal::NotThere { what: "link, or it was used or has expired" });
        }
        audit::forget_attempts(&changes, Some(&format!("account {}", secrets::hash(&person.email))), self.now())
            .await?;
        let cookie = self.begin_in(&changes, Some(&person.id), true).await?;
        changes.keep().await?;
        Ok(Stepped { cookie, step: Step::Done })
    }

    /// Makes an account with every role for each authority of a demonstration, with a link for each.
    ///
    /// # Errors
    /// If it is not the operator who asks.
    pub async fn demo_accounts(&self, actor: &Actor) -> Result<Vec<DemoAccount>, Refusal> {
        must_be_operator(actor)?;
        let authorities = self.standing().await?.partnership.authorities;
        let mut made = Vec::new();
        for authority in &authorities {
            let email = format!("officer.{}@example.gov.uk", authority.code.to_lowercase());
            let name = format!("An officer of {}", body_name(&authorities, &authority.code));
            if accounts::with_email(self.store(), &email).await?.is_none() {
                self.demo_account(actor, &email, &name, &authority.code).await?;
            }
            made.push(DemoAccount { link: self.sign_in_link(actor, &email).await?, name });
        }
        Ok(made)
    }

    async fn demo_account(&self, actor: &Actor, email: &str, name: &str, code: &str) -> Result<(), Refusal> {
        let person = Person {
            id: secrets::name(),
            email: email.to_owned(),
            name: name.to_owned(),
            // Nobody can sign in with a password: there is only the link.
            password_hash: None,
            totp_secret: None,
            totp_last_step: 0,
            oidc_subject: None,
            disabled: false,
            created_at: self.now(),
        };
        let roles: Vec<String> =
            Role::ALL.iter().filter(|role| **role != Role::Auditor).map(|role| role.key().to_owned()).collect();
        let changes = self.store().change().await?;
        accounts::add(&changes, &person).await?;
        for body in [code, PARTNERSHIP] {
            memberships::set(&changes, &person.id, body, &roles).await?;
            self.note(&changes, actor, Noted::new("make_demo_account", body, email).after(&roles)).await?;
        }
        Ok(changes.keep().await?)
    }
}

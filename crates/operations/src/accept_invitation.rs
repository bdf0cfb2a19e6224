//! Accepts an invitation: shows it, makes the account or adds to it, and gives the roles that come with it.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_store::accounts::{self, Invitation, Person};
use penshaw_store::{Changes, memberships};

use crate::actor::{Actor, Role};
use crate::invite_person::{keys, roles_of};
use crate::service::{Noted, Operations, body_name};
use crate::sign_in::{Step, Stepped, password_hash};
use crate::{Refusal, secrets};

/// What is not there where a link cannot be used.
const NO_LONGER: &str = "invitation, or it was used or has expired";

/// What a link's page shows to who was invited.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// Their address.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// The roles that come with it, in words.
    pub roles: Vec<String>,
    /// Whether they have an account already, and accept it signed in.
    pub has_account: bool,
}

impl Operations {
    /// What a link's page shows to who was invited.
    ///
    /// # Errors
    /// If the link is none, was used, or works no longer.
    pub async fn welcome(&self, secret: &str) -> Result<Welcome, Refusal> {
        let invitation = self.open_invitation(secret).await?;
        let standing = self.standing().await?;
        let words = |(body, role): &(String, Role)| {
            format!("{}, {}", role.label(), body_name(&standing.partnership.authorities, body))
        };
        let roles = roles_of(&invitation).iter().map(words).collect();
        let account = accounts::with_email(self.store(), &invitation.email).await?;
        let has_account = account.is_some_and(|person| signs_in(&person));
        Ok(Welcome { email: invitation.email, name: invitation.name, roles, has_account })
    }

    async fn open_invitation(&self, secret: &str) -> Result<Invitation, Refusal> {
        let known = accounts::find_invitation(self.store(), &secrets::hash(secret)).await?;
        let open = known.filter(|known| known.used_at.is_none() && known.expires_at > self.now());
        open.ok_or(Refusal::NotThere { what: NO_LONGER })
    }

    /// Accepts an invitation with a password; the authenticator app is the next step.
    ///
    /// # Errors
    /// If the link works no longer, or the password will not do.
    pub async fn accept_invitation(&self, secret: &str, password: &str) -> Result<Stepped, Refusal> {
        let invitation = self.open_invitation(secret).await?;
        let hash = password_hash(password, &invitation.email).await?;
        let changes = self.store().change().await?;
        let person = self.account_of(&changes, &invitation, |person| person.password_hash = Some(hash)).await?;
        let cookie = self.begin_in(&changes, Some(&person.id), false).await?;
        changes.keep().await?;
        Ok(Stepped { cookie, step: Step::SetUpApp })
    }

    /// Accepts an invitation with the account that the actor has: they keep their roles and are given more.
    ///
    /// # Errors
    /// If the link works no longer, or was sent to somebody else.
    pub async fn accept_signed_in(&self, actor: &Actor, secret: &str) -> Result<(), Refusal> {
        let invitation = self.open_invitation(secret).await?;
        let own = self.own_account(actor).await?;
        if own.email != invitation.email {
            return Err(Refusal::NotNow {
                what: format!(
                    "this invitation was sent to {}, and you are signed in as {}",
                    invitation.email, own.email
                ),
                hint: "sign out, then open the link again".into(),
            });
        }
        let person = actor.person.as_deref().ok_or(Refusal::SignedOut)?;
        let changes = self.store().change().await?;
        if !accounts::use_invitation(&changes, &invitation.token_hash, self.now()).await? {
            return Err(Refusal::NotThere { what: NO_LONGER });
        }
        self.add_roles(&changes, actor, person, &invitation).await?;
        Ok(changes.keep().await?)
    }

    /// Adds the roles that come with an invitation to those that a person has.
    async fn add_roles(
        &self,
        changes: &Changes,
        actor: &Actor,
        person: &str,
        invitation: &Invitation,
    ) -> Result<(), Refusal> {
        let standing = memberships::of(changes, person).await?;
        for (body, given) in by_body(&roles_of(invitation)) {
            let had = standing.iter().filter(|own| own.body == body).filter_map(|own| Role::of(&own.role));
            let had: BTreeSet<Role> = had.collect();
            let (before, after) = (keys(&had), keys(&had.union(&given).copied().collect()));
            memberships::set(changes, person, &body, &after).await?;
            let noted = Noted::new("accept_invitation", &body, &invitation.email).before(&before).after(&after);
            self.note(changes, actor, noted).await?;
        }
        Ok(())
    }

    /// Uses an invitation: makes its account, or lets the one of its address in again, and gives its roles.
    pub(crate) async fn account_of(
        &self,
        changes: &Changes,
        invitation: &Invitation,
        sign_in_by: impl FnOnce(&mut Person),
    ) -> Result<Person, Refusal> {
        if !accounts::use_invitation(changes, &invitation.token_hash, self.now()).await? {
            return Err(Refusal::NotThere { what: NO_LONGER });
        }
        let standing = accounts::with_email(changes, &invitation.email).await?;
        let is_new = standing.is_none();
        let mut person = standing.unwrap_or_else(|| Person {
            id: secrets::name(),
            email: invitation.email.clone(),
            name: invitation.name.clone(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: 0,
            oidc_subject: None,
            disabled: false,
            created_at: self.now(),
        });
        if signs_in(&person) {
            return Err(Refusal::invalid("password", "Sign in instead: there is an account of your address already"));
        }
        sign_in_by(&mut person);
        match is_new {
            true => accounts::add(changes, &person).await?,
            false => accounts::change(changes, &person).await?,
        }
        let actor = Actor { person: Some(person.id.clone()), name: person.name.clone(), ..Actor::operator("") };
        self.add_roles(changes, &actor, &person.id, invitation).await?;
        Ok(person)
    }
}

/// Whether somebody can sign in to an account, unlike to one that waits for its new link.
fn signs_in(person: &Person) -> bool {
    person.password_hash.is_some() || person.oidc_subject.is_some()
}

fn by_body(roles: &[(String, Role)]) -> BTreeMap<String, BTreeSet<Role>> {
    let mut bodies: BTreeMap<String, BTreeSet<Role>> = BTreeMap::new();
    for (body, role) in roles {
        bodies.entry(body.clone()).or_default().insert(*role);
    }
    bodies
}

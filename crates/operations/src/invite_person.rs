//! Invites people by a link, gives and takes roles, and makes the first administrator.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use penshaw_register::PARTNERSHIP;
use penshaw_store::accounts::{self, Invitation, Person};
use penshaw_store::{memberships, sessions};
use serde::Serialize;

use crate::actor::{Actor, Role};
use crate::close_account::is_last_administrator;
use crate::permissions::Verb;
use crate::service::{Noted, Operations};
use crate::{Refusal, secrets};

/// How long an invitation's link works.
const WORKS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Somebody who can sign in, as administrators see them.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    /// Names the account.
    pub id: String,
    /// What colleagues call them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether the account is closed.
    pub disabled: bool,
    /// Whether they sign in through the identity provider.
    pub single_sign_on: bool,
    /// Their roles in the bodies that the reader administers.
    pub roles: BTreeMap<String, BTreeSet<Role>>,
}

/// An invitation that was not used yet.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Names it.
    pub id: String,
    /// Who is invited.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// The roles that come with it.
    pub roles: Vec<(String, Role)>,
    /// When the link stops working.
    pub expires_at: jiff::Timestamp,
}

impl Operations {
    /// Everybody with a role in the bodies that the actor administers.
    ///
    /// # Errors
    /// If the actor administers none.
    pub async fn members(&self, actor: &Actor) -> Result<Vec<Member>, Refusal> {
        actor.must_somewhere(Verb::ManagePeople)?;
        let mut roles: BTreeMap<String, BTreeMap<String, BTreeSet<Role>>> = BTreeMap::new();
        for membership in memberships::everybody(self.store()).await? {
            if let Some(role) = Role::of(&membership.role).filter(|_| actor.may(Verb::ManagePeople, &membership.body)) {
                roles.entry(membership.person_id).or_default().entry(membership.body).or_default().insert(role);
            }
        }
        let everybody = accounts::everybody(self.store()).await?;
        let seen = everybody.into_iter().filter_map(|person| {
            let roles = roles.remove(&person.id)?;
            Some(Member {
                id: person.id,
                name: person.name,
                email: person.email,
                disabled: person.disabled,
                single_sign_on: person.oidc_subject.is_some(),
                roles,
            })
        });
        Ok(seen.collect())
    }

    /// Invitations to the bodies that the actor administers, not used yet.
    ///
    /// # Errors
    /// If the actor administers none.
    pub async fn invited(&self, actor: &Actor) -> Result<Vec<Invited>, Refusal> {
        actor.must_somewhere(Verb::ManagePeople)?;
        let open = accounts::invitations(self.store()).await?;
        let seen = open.into_iter().filter_map(|invitation| {
            let roles = roles_of(&invitation);
            let theirs = !roles.is_empty() && roles.iter().all(|(body, _)| actor.may(Verb::ManagePeople, body));
            theirs.then(|| Invited {
                id: invitation.token_hash.clone(),
                email: invitation.email.clone(),
                name: invitation.name.clone(),
                roles,
                expires_at: invitation.expires_at,
            })
        });
        Ok(seen.collect())
    }

    /// Invites somebody to a body and returns the link's secret, which is shown once.
    ///
    /// Whoever has an account already accepts it signed in. They are not given the roles at
    /// once: the account of an address may have been made by another authority's administrator,
    /// and only the link shows that it is the person whom this one knows.
    ///
    /// # Errors
    /// If the actor does not administer the body, or the name, address or roles will not do.
    pub async fn invite(
        &self,
        actor: &Actor,
        body: &str,
        email: &str,
        name: &str,
        roles: &[Role],
    ) -> Result<String, Refusal> {
        actor.must(Verb::ManagePeople, body)?;
        self.must_be_body(body).await?;
        let email = sound_invitation(email, name, roles)?;
        let secret = secrets::secret();
        let invitation = Invitation {
            token_hash: secrets::hash(&secret),
            email: email.clone(),
            name: name.trim().to_owned(),
            memberships: roles.iter().map(|role| (body.to_owned(), role.key().to_owned())).collect(),
            invited_by: actor.name.clone(),
            expires_at: self.now() + WORKS,
            used_at: None,
        };
        let changes = self.store().change().await?;
        accounts::invite(&changes, &invitation).await?;
        let noted = Noted::new("invite_person", body, email).after(&invitation.memberships);
        self.note(&changes, actor, noted).await?;
        changes.keep().await?;
        Ok(secret)
    }

    /// Withdraws an invitation.
    ///
    /// # Errors
    /// If there is none of that name that the actor may withdraw.
    pub async fn withdraw_invitation(&self, actor: &Actor, id: &str) -> Result<(), Refusal> {
        let open = self.invited(actor).await?;
        let invited = open.iter().find(|invited| invited.id == id).ok_or(Refusal::NotThere { what: "invitation" })?;
        let body = invited.roles.first().map_or(PARTNERSHIP, |(body, _)| body);
        let changes = self.store().change().await?;
        accounts::withdraw(&changes, id).await?;
        self.note(&changes, actor, Noted::new("withdraw_invitation", body, &invited.email)).await?;
        Ok(changes.keep().await?)
    }

    /// Gives a person these roles in a body, in place of those that they had there.
    ///
    /// # Errors
    /// If the actor does not administer the body, or it would be left without an administrator.
    pub async fn give_roles(&self, actor: &Actor, person: &str, body: &str, roles: &[Role]) -> Result<(), Refusal> {
        self.give_all_roles(actor, person, &[(body.to_owned(), roles.to_vec())]).await
    }

    /// Gives a person these roles in several bodies at once: in all of them, or in none.
    ///
    /// # Errors
    /// If the actor does not administer one of the bodies, or it would be left without an administrator.
    pub async fn give_all_roles(
        &self,
        actor: &Actor,
        person: &str,
        bodies: &[(String, Vec<Role>)],
    ) -> Result<(), Refusal> {
        for (body, _) in bodies {
            actor.must(Verb::ManagePeople, body)?;
            self.must_be_body(body).await?;
        }
        let changes = self.store().change().await?;
        let known = accounts::find(&changes, person).await?.ok_or(Refusal::NotThere { what: "person" })?;
        let standing = memberships::of(&changes, person).await?;
        for (body, roles) in bodies {
            let had = standing.iter().filter(|own| own.body == *body).filter_map(|own| Role::of(&own.role));
            let (had, given): (BTreeSet<Role>, BTreeSet<Role>) = (had.collect(), roles.iter().copied().collect());
            if had == given {
                continue;
            }
            let leaves = had.contains(&Role::Administrator) && !given.contains(&Role::Administrator);
            if leaves && is_last_administrator(&changes, person, body).await? {
                let what =
                    "Keep the role of administrator, or make somebody else administrator first: there is no other";
                return Err(Refusal::invalid(format!("roles-{body}"), what));
            }
            let (before, after) = (keys(&had), keys(&given));
            memberships::set(&changes, person, body, &after).await?;
            let noted = Noted::new("give_roles", body, &known.email).before(&before).after(&after);
            self.note(&changes, actor, noted).await?;
        }
        Ok(changes.keep().await?)
    }

    /// Makes an administrator of every body at the machine itself: the first of a service, or
    /// one who comes back in. Returns the secret of an invitation's link.
    ///
    /// # Errors
    /// If nothing was loaded yet, or the name or address will not do.
    pub async fn invite_administrator(&self, actor: &Actor, email: &str, name: &str) -> Result<String, Refusal> {
        if actor.means != crate::actor::Means::Command {
            return Err(Refusal::NotAllowed { what: "make administrators of every body" });
        }
        let standing = self.standing().await?;
        let email = sound_invitation(email, name, &[Role::Administrator])?;
        let authorities = standing.partnership.authorities.iter().map(|authority| authority.code.clone());
        let bodies: Vec<String> = authorities.chain([PARTNERSHIP.to_owned()]).collect();
        let changes = self.store().change().await?;
        if let Some(person) = accounts::with_email(&changes, &email).await? {
            // They come back in by the link, with a new password and a new app.
            let locked_out =
                Person { password_hash: None, totp_secret: None, oidc_subject: None, disabled: false, ..person };
            accounts::change(&changes, &locked_out).await?;
            sessions::end_all(&changes, &locked_out.id).await?;
        }
        let secret = secrets::secret();
        let role = Role::Administrator.key().to_owned();
        let invitation = Invitation {
            token_hash: secrets::hash(&secret),
            email: email.clone(),
            name: name.trim().to_owned(),
            memberships: bodies.iter().map(|body| (body.clone(), role.clone())).collect(),
            invited_by: actor.name.clone(),
            expires_at: self.now() + WORKS,
            used_at: None,
        };
        accounts::invite(&changes, &invitation).await?;
        let noted = Noted::new("invite_administrator", PARTNERSHIP, email).after(&invitation.memberships);
        self.note(&changes, actor, noted).await?;
        changes.keep().await?;
        Ok(secret)
    }

    pub(crate) async fn must_be_body(&self, body: &str) -> Result<(), Refusal> {
        let standing = self.standing().await?;
        let known = body == PARTNERSHIP || standing.partnership.authority(body).is_some();
        if known { Ok(()) } else { Err(Refusal::NotThere { what: "authority" }) }
    }
}

pub(crate) fn keys(roles: &BTreeSet<Role>) -> Vec<String> {
    roles.iter().map(|role| role.key().to_owned()).collect()
}

pub(crate) fn roles_of(invitation: &Invitation) -> Vec<(String, Role)> {
    invitation.memberships.iter().filter_map(|(body, role)| Some((body.clone(), Role::of(role)?))).collect()
}

/// The address in small letters, where name, address and roles will do.
fn sound_invitation(email: &str, name: &str, roles: &[Role]) -> Result<String, Refusal> {
    let email = email.trim().to_lowercase();
    let mut invalid = Vec::new();
    let mut wrong = |field: &str, what: &str| {
        invalid.push(crate::Invalid { field: field.to_owned(), what: what.to_owned() });
    };
    let sound = email.split_once('@').is_some_and(|(who, place)| !who.is_empty() && place.contains('.'));
    if !sound || email.len() > 200 || email.chars().any(|one| one.is_whitespace() || one.is_control()) {
        wrong("email", "Enter an e-mail address, such as officer@example.gov.uk");
    }
    if name.trim().is_empty() || name.len() > 200 {
        wrong("name", "Enter the name by which colleagues know them");
    }
    if roles.is_empty() {
        wrong("roles", "Select at least one role");
    }
    if invalid.is_empty() { Ok(email) } else { Err(Refusal::Invalid(invalid)) }
}

//! Closes somebody's account and opens it again, and shows it to administrators.
//!
//! An account is one for all bodies. Whoever administers some of the person's bodies takes
//! their roles away there; only whoever administers every one of them may close the account,
//! so that no authority locks another's officer out.

use penshaw_store::accounts::{self, Person};
use penshaw_store::memberships::{self, Membership};
use penshaw_store::{Changes, sessions};

use crate::Refusal;
use crate::actor::{Actor, Role};
use crate::invite_person::Member;
use crate::permissions::Verb;
use crate::service::{Noted, Operations};

/// Somebody's account, as an administrator sees it.
#[derive(Clone, Debug)]
pub struct PersonView {
    /// Who it is, with their roles in the bodies that the reader administers.
    pub member: Member,
    /// The bodies in which the reader may give and take roles, the partnership last.
    pub administered: Vec<String>,
    /// Whether they also belong to bodies that the reader does not administer.
    pub belongs_elsewhere: bool,
    /// Whether the reader may close the account, or open it again.
    pub may_close: bool,
}

impl Operations {
    /// Somebody's account, with their roles in the bodies that the actor administers.
    ///
    /// # Errors
    /// If the actor administers none of their bodies.
    pub async fn view_person(&self, actor: &Actor, person: &str) -> Result<PersonView, Refusal> {
        let members = self.members(actor).await?;
        let member = members.into_iter().find(|member| member.id == person);
        let member = member.ok_or(Refusal::NotThere { what: "person" })?;
        let theirs = memberships::of(self.store(), person).await?;
        let belongs_elsewhere = theirs.iter().any(|own| !actor.may(Verb::ManagePeople, &own.body));
        let administered = actor.bodies().filter(|body| actor.may(Verb::ManagePeople, body));
        Ok(PersonView {
            member,
            administered: administered.map(str::to_owned).collect(),
            belongs_elsewhere,
            may_close: !belongs_elsewhere && actor.person.as_deref() != Some(person),
        })
    }

    /// Closes an account: its sessions end at once and its tokens stop working. Roles and history stay.
    ///
    /// # Errors
    /// If the actor does not administer every body of the person, it is their own account, or a
    /// body would be left without an administrator.
    pub async fn close_account(&self, actor: &Actor, person: &str) -> Result<(), Refusal> {
        if actor.person.as_deref() == Some(person) {
            return Err(Refusal::NotNow {
                what: "you cannot close your own account".into(),
                hint: "ask another administrator to close it".into(),
            });
        }
        let changes = self.store().change().await?;
        let (known, theirs) = closable(&changes, actor, person).await?;
        for own in theirs.iter().filter(|own| own.role == Role::Administrator.key()) {
            if is_last_administrator(&changes, person, &own.body).await? {
                return Err(Refusal::NotNow {
                    what: "a body would be left without an administrator".into(),
                    hint: "make somebody else its administrator first".into(),
                });
            }
        }
        accounts::change(&changes, &Person { disabled: true, ..known.clone() }).await?;
        sessions::end_all(&changes, person).await?;
        self.note_in_each(&changes, actor, "close_account", &known, &theirs).await?;
        Ok(changes.keep().await?)
    }

    /// Opens a closed account again, with the roles that it had.
    ///
    /// # Errors
    /// If the actor does not administer every body of the person.
    pub async fn reopen_account(&self, actor: &Actor, person: &str) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        let (known, theirs) = closable(&changes, actor, person).await?;
        accounts::change(&changes, &Person { disabled: false, ..known.clone() }).await?;
        self.note_in_each(&changes, actor, "reopen_account", &known, &theirs).await?;
        Ok(changes.keep().await?)
    }

    /// Notes it in the trail of each body of the person, since each may read only its own.
    async fn note_in_each(
        &self,
        changes: &Changes,
        actor: &Actor,
        verb: &str,
        person: &Person,
        theirs: &[Membership],
    ) -> Result<(), Refusal> {
        let mut bodies: Vec<&str> = theirs.iter().map(|own| own.body.as_str()).collect();
        bodies.dedup();
        for body in bodies {
            self.note(changes, actor, Noted::new(verb, body, &person.email)).await?;
        }
        Ok(())
    }
}

/// The person and their roles, where the actor administers every body of theirs.
async fn closable(changes: &Changes, actor: &Actor, person: &str) -> Result<(Person, Vec<Membership>), Refusal> {
    let known = accounts::find(changes, person).await?.ok_or(Refusal::NotThere { what: "person" })?;
    let theirs = memberships::of(changes, person).await?;
    if !theirs.iter().any(|own| actor.may(Verb::ManagePeople, &own.body)) {
        return Err(Refusal::NotThere { what: "person" });
    }
    if !theirs.iter().all(|own| actor.may(Verb::ManagePeople, &own.body)) {
        return Err(Refusal::NotNow {
            what: "they belong to a body that you do not administer".into(),
            hint: "take away their roles in yours instead".into(),
        });
    }
    Ok((known, theirs))
}

/// Whether nobody else with an open account administers the body; nobody ceases to until the changes are kept.
pub(crate) async fn is_last_administrator(changes: &Changes, person: &str, body: &str) -> Result<bool, Refusal> {
    let administrators = memberships::hold(changes, body, Role::Administrator.key()).await?;
    Ok(administrators.iter().all(|one| one == person))
}

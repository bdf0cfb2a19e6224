//! Decides what an owner shares, and shows the others exactly that.

use std::collections::BTreeMap;

use penshaw_register::{Authority, Kind, PARTNERSHIP, SharingChoice, project};
use penshaw_store::{Changes, entries, sharing};

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::save_entry::projected;
use crate::service::{Noted, Operations};

/// How many entries are shown at once.
const AT_ONCE: u64 = 2_000;

/// What an owner shares, for its own members.
#[derive(Clone, Debug)]
pub struct Sharing {
    /// The authority.
    pub authority: Authority,
    /// Its choices, in the order in which they are read.
    pub choices: Vec<SharingChoice>,
    /// How much of each kind is shared by them.
    pub counts: BTreeMap<Kind, SharedCount>,
    /// Names the state of the choices that was seen.
    pub revision: i64,
    /// Whether the reader may change them.
    pub may_share: bool,
}

/// How much of a kind is shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SharedCount {
    /// Entries there are.
    pub entries: usize,
    /// Entries of which something is shared.
    pub shared: usize,
    /// Figures and words kept back in entries that are shared.
    pub kept_fields: usize,
}

impl Operations {
    /// What an owner shares.
    ///
    /// # Errors
    /// If the actor does not belong to it.
    pub async fn sharing(&self, actor: &Actor, owner: &str) -> Result<Sharing, Refusal> {
        let authority = self.own_authority(actor, owner).await?;
        let choices = sharing::choices(self.store(), owner).await?;
        let mut counts: BTreeMap<Kind, SharedCount> = BTreeMap::new();
        for entry in entries::all_of(self.store(), owner).await? {
            let count = counts.entry(entry.record.kind).or_default();
            count.entries += 1;
            let projection = project(owner, &entry.record, &choices);
            if projection.shared.is_some() {
                count.shared += 1;
                count.kept_fields += projection.kept.len();
            }
        }
        let revision = entries::revision(self.store(), owner).await?;
        Ok(Sharing { authority, choices, counts, revision, may_share: actor.may(Verb::Share, owner) })
    }

    /// Puts an owner's choices in place of those that stood. From the moment that this returns,
    /// others see by the new ones.
    ///
    /// # Errors
    /// If the actor may not, the choices will not do, or somebody else changed the owner's
    /// choices or entries since `seen`.
    pub async fn share_entries(
        &self,
        actor: &Actor,
        owner: &str,
        choices: &[SharingChoice],
        seen: Option<i64>,
    ) -> Result<(), Refusal> {
        self.own_authority(actor, owner).await?;
        actor.must(Verb::Share, owner)?;
        let changes = self.store().change().await?;
        if let Some(seen) = seen
            && entries::revision(&changes, owner).await? != seen
        {
            return Err(Refusal::ChangedMeanwhile { what: "what is shared".into() });
        }
        let before = sharing::choices(&changes, owner).await?;
        sharing::choose(&changes, owner, choices).await?;
        show_everything(&changes, owner, choices, self.now()).await?;
        let noted = Noted::new("share_entries", owner, "choices").before(&before).after(&choices);
        self.note(&changes, actor, noted).await?;
        Ok(changes.keep().await?)
    }

    /// The authority, for those who belong to it.
    pub(crate) async fn own_authority(&self, actor: &Actor, owner: &str) -> Result<Authority, Refusal> {
        let standing = self.standing().await?;
        let authority = standing.partnership.authority(owner).cloned();
        let own = authority.filter(|_| owner != PARTNERSHIP && actor.reads_whole_of(owner));
        own.ok_or(Refusal::NotThere { what: "authority of yours" })
    }
}

/// Shows others of all of an owner's entries what its choices share.
pub(crate) async fn show_everything(
    changes: &Changes,
    owner: &str,
    choices: &[SharingChoice],
    at: jiff::Timestamp,
) -> Result<(), Refusal> {
    entries::show_none(changes, owner).await?;
    let mut some = entries::some_of(changes, owner, None, AT_ONCE).await?;
    while let Some(last) = some.last() {
        let next = entries::some_of(changes, owner, Some((last.record.kind, &last.record.reference)), AT_ONCE).await?;
        let parts = some.iter().map(|entry| projected(owner, &entry.record, choices));
        entries::show_some(changes, owner, parts, at).await?;
        some = next;
    }
    Ok(())
}

//! Decides what an owner shares, and shows the others exactly that.

use std::collections::BTreeMap;

use penshaw_register::{Authority, Holder, Kind, PARTNERSHIP, SharingChoice, Which, check_choice, project};
use penshaw_store::{Changes, entries, sharing};

use crate::{Invalid, Refusal};
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::save_entry::{projected, sentence};
use crate::service::{Noted, Operations};

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
        sound(choices)?;
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

/// # Errors
/// Every choice that names a field which is not there, or gives a band or subtotal of what has none.
fn sound(choices: &[SharingChoice]) -> Result<(), Refusal> {
    let mut invalid = Vec::new();
    for (place, choice) in choices.iter().enumerate() {
        let Which::Only(fields) = &choice.fields else { continue };
        let kinds = Kind::ALL.iter().filter(|kind| kind.holder() == Holder::Authority);
        let kinds: Vec<&Kind> = kinds.filter(|kind| choice.kind.is_none_or(|one| one == **kind)).collect();
        let strange = fields.iter().filter(|name| !kinds.iter().any(|kind| kind.field(name).is_some()));
        invalid.extend(strange.map(|name| {
            Invalid::new(format!("choices[{place}].fields"), format!("Take out {name}: there is no such field"))
        }));
    }
    for (place, choice) in choices.iter().enumerate() {
        let wrong = check_choice(choice).into_iter();
        invalid.extend(wrong.map(|problem| {
            let field = format!("choices[{place}].{}", problem.field.unwrap_or("shared"));
            Invalid::new(field, sentence(&problem.what, &problem.hint))
        }));
    }
    if invalid.is_empty() { Ok(()) } else { Err(Refusal::Invalid(invalid)) }
}

/// Shows others of all of an owner's entries what its choices share.
pub(crate) async fn show_everything(
    changes: &Changes,
    owner: &str,
    choices: &[SharingChoice],
    at: jiff::Timestamp,
) -> Result<(), Refusal> {
    let all = entries::all_of(changes, owner).await?;
    let parts = all.iter().map(|entry| projected(owner, &entry.record, choices));
    Ok(entries::show_all(changes, owner, parts, at).await?)
}

//! Shows one entry: whole to its owner's members, with its history and who sees it; to others what is shared.

use std::collections::BTreeMap;

use jiff::Timestamp;
use penshaw_register::{Authority, FieldChange, Kind, PARTNERSHIP, Projection, Record, What, difference, project};
use penshaw_store::{entries, sharing};

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;

/// One entry, as the reader may see it.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// Whose it is.
    pub owner: String,
    /// The record, or its shared part.
    pub record: Record,
    /// When what is seen of it last changed.
    pub changed_at: Timestamp,
    /// What is given instead of figures, by field; to those who see the shared part.
    pub instead: BTreeMap<String, String>,
    /// The names of the fields that are kept back; to those who see the shared part.
    pub kept: Vec<String>,
    /// What its owner's members see beyond it.
    pub own: Option<OwnView>,
    /// The authorities, to name owners by.
    pub authorities: Vec<Authority>,
}

/// What an owner's members see beyond an entry.
#[derive(Clone, Debug)]
pub struct OwnView {
    /// Its version's number, so that two editors notice each other.
    pub number: i64,
    /// What the others see of it.
    pub shared: Projection,
    /// Every state that it has had, the newest first.
    pub history: Vec<Step>,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// Whether the reader may decide what of it is shared.
    pub may_share: bool,
}

/// A step of an entry's history.
#[derive(Clone, Debug)]
pub struct Step {
    /// 1 for the first, and so on.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What became of it.
    pub what: Happened,
    /// The import that brought it, where one did.
    pub import: Option<String>,
}

/// What became of an entry.
#[derive(Clone, Debug)]
pub enum Happened {
    /// It was added.
    Added,
    /// These fields changed.
    Changed(Vec<FieldChange>),
    /// It was removed.
    Removed,
}

impl Operations {
    /// One entry, as the actor may see it.
    ///
    /// # Errors
    /// [`Refusal::NotThere`], if there is none of that reference that they may know of.
    pub async fn view_entry(
        &self,
        actor: &Actor,
        owner: &str,
        kind: Kind,
        reference: &str,
    ) -> Result<EntryView, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let authorities = self.standing().await?.partnership.authorities;
        if !actor.reads_whole_of(owner) {
            let shared = entries::find_shared(self.store(), owner, kind, reference).await?;
            let shared = shared.ok_or(Refusal::NotThere { what: "entry" })?;
            return Ok(EntryView {
                owner: shared.owner,
                record: shared.record,
                changed_at: shared.changed_at,
                instead: shared.instead,
                kept: shared.kept,
                own: None,
                authorities,
            });
        }
        let entry = entries::find(self.store(), owner, kind, reference).await?;
        let entry = entry.ok_or(Refusal::NotThere { what: "entry" })?;
        let choices = sharing::choices(self.store(), owner).await?;
        let own = OwnView {
            number: entry.number,
            shared: project(owner, &entry.record, &choices),
            history: self.history(owner, kind, reference).await?,
            may_edit: actor.may(Verb::edit(kind), owner),
            may_share: owner != PARTNERSHIP && actor.may(Verb::Share, owner),
        };
        Ok(EntryView {
            owner: entry.owner,
            record: entry.record,
            changed_at: entry.changed_at,
            instead: BTreeMap::new(),
            kept: Vec::new(),
            own: Some(own),
            authorities,
        })
    }

    async fn history(&self, owner: &str, kind: Kind, reference: &str) -> Result<Vec<Step>, Refusal> {
        let versions = entries::history(self.store(), owner, kind, reference).await?;
        let mut steps = Vec::new();
        for (place, version) in versions.iter().enumerate() {
            let before = versions.get(place + 1).and_then(|before| before.record.as_ref());
            steps.push(Step {
                number: version.number,
                at: version.changed_at,
                by: version.changed_by.clone(),
                what: happened(before, version.record.as_ref()),
                import: version.import.clone(),
            });
        }
        Ok(steps)
    }
}

fn happened(before: Option<&Record>, after: Option<&Record>) -> Happened {
    let Some(after) = after else { return Happened::Removed };
    let Some(before) = before else { return Happened::Added };
    let found = difference(std::slice::from_ref(before), std::slice::from_ref(after));
    match found.changes.into_iter().next().map(|change| change.what) {
        Some(What::Changed(fields)) => Happened::Changed(fields),
        _ => Happened::Changed(Vec::new()),
    }
}

//! Decides what an owner shares, and shows the others exactly that.

use std::collections::BTreeMap;

use penshaw_register::{
    Authority, Holder, Kind, PARTNERSHIP, Projection, Record, Severity, SharingChoice, Subtotal, Which, check_choices,
    project, subtotals,
};
use penshaw_store::{Changes, entries, sharing};

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::save_entry::{projected, sentence};
use crate::service::{Noted, Operations};
use crate::share_kind::About;
use crate::{Invalid, Refusal};

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

impl SharedCount {
    fn add(&mut self, projection: &Projection) {
        self.entries += 1;
        if projection.shared.is_some() {
            self.shared += 1;
            self.kept_fields += projection.kept.len();
        }
    }
}

/// What would change for the others by other choices.
#[derive(Clone, Debug)]
pub struct SharingPreview {
    /// The authority.
    pub authority: Authority,
    /// The choices that stand.
    pub before: Vec<SharingChoice>,
    /// How much of each kind is shared by those that stand and by the others.
    pub counts: BTreeMap<Kind, (SharedCount, SharedCount)>,
    /// How many entries the others would see otherwise than now.
    pub changed: usize,
    /// One entry, as the others see it now and as they would.
    pub example: Option<SharingExample>,
    /// The subtotals that the others would see.
    pub subtotals: Vec<Subtotal>,
    /// What somebody should know who chooses so, such as a subtotal of too few entries.
    pub warnings: Vec<String>,
    /// Names the state that was seen, for [`Operations::share_entries`].
    pub revision: i64,
}

/// One entry, whole and as the others see it.
#[derive(Clone, Debug)]
pub struct SharingExample {
    /// The entry, whole.
    pub record: Record,
    /// What the others see now.
    pub before: Projection,
    /// What they would see.
    pub after: Projection,
}

impl Operations {
    /// What would change for the others if an owner chose so. The example is of what the
    /// choice is `about`, where there is an entry of it.
    ///
    /// # Errors
    /// If the actor may not decide it, or the choices will not do.
    pub async fn preview_sharing(
        &self,
        actor: &Actor,
        owner: &str,
        choices: &[SharingChoice],
        about: Option<About<'_>>,
    ) -> Result<SharingPreview, Refusal> {
        let authority = self.own_authority(actor, owner).await?;
        actor.must(Verb::Share, owner)?;
        must_do(choices)?;
        let revision = entries::revision(self.store(), owner).await?;
        let before = sharing::choices(self.store(), owner).await?;
        let all = entries::all_of(self.store(), owner).await?;
        let records: Vec<Record> = all.into_iter().map(|entry| entry.record).collect();
        let mut counts: BTreeMap<Kind, (SharedCount, SharedCount)> = BTreeMap::new();
        let (mut changed, mut example, mut best) = (0, None, 0);
        for record in &records {
            let (was, will_be) = (project(owner, record, &before), project(owner, record, choices));
            let count = counts.entry(record.kind).or_default();
            count.0.add(&was);
            count.1.add(&will_be);
            let changes = was != will_be;
            changed += usize::from(changes);
            let fits = fitness(record, changes, about);
            if fits > best {
                best = fits;
                example = Some(SharingExample { record: record.clone(), before: was, after: will_be });
            }
        }
        let problems = check_choices(owner, choices, &records).into_iter();
        Ok(SharingPreview {
            authority,
            before,
            counts,
            changed,
            example,
            subtotals: subtotals(owner, &records, choices),
            warnings: problems.map(|(_, problem)| sentence(&problem.what, &problem.hint)).collect(),
            revision,
        })
    }

    /// What an owner shares.
    ///
    /// # Errors
    /// If the actor does not belong to it.
    pub async fn sharing(&self, actor: &Actor, owner: &str) -> Result<Sharing, Refusal> {
        let authority = self.own_authority(actor, owner).await?;
        let choices = sharing::choices(self.store(), owner).await?;
        let mut counts: BTreeMap<Kind, SharedCount> = BTreeMap::new();
        for entry in entries::all_of(self.store(), owner).await? {
            counts.entry(entry.record.kind).or_default().add(&project(owner, &entry.record, &choices));
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
        must_do(choices)?;
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

/// How well an entry shows what would change: an entry of what the choice is about before
/// another, one that changes before one that does not.
fn fitness(record: &Record, changes: bool, about: Option<About<'_>>) -> u8 {
    let is_meant = about.is_some_and(|about| {
        about.kind == record.kind && about.reference.is_none_or(|reference| reference == record.reference)
    });
    match (is_meant, changes) {
        (true, true) => 3,
        (true, false) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// # Errors
/// If the choices name what no authority has, or give in place of something what cannot be.
fn must_do(choices: &[SharingChoice]) -> Result<(), Refusal> {
    let problems = check_choices("", choices, &[]).into_iter();
    let problems = problems.filter(|(_, problem)| problem.severity == Severity::Error);
    let invalid = |(place, problem): (usize, penshaw_register::Problem)| {
        Invalid::new(format!("choice-{place}"), sentence(&problem.what, &problem.hint))
    };
    let mut wrong: Vec<Invalid> = problems.map(invalid).collect();
    for (place, choice) in choices.iter().enumerate() {
        let what = unknown(choice).map(|what| format!("{what}: name what an authority's entries have"));
        wrong.extend(what.map(|what| Invalid::new(format!("choice-{place}"), what)));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
}

/// What a choice names that no entry of an authority has.
fn unknown(choice: &SharingChoice) -> Option<String> {
    let held = |kind: &Kind| kind.holder() == Holder::Authority;
    if let Some(kind) = choice.kind.filter(|kind| !held(kind)) {
        return Some(format!("{} are not an authority's own", kind.sheet()));
    }
    let Which::Only(names) = &choice.fields else { return None };
    let has = |kind: &Kind, name: &str| choice.kind.is_none_or(|own| own == *kind) && kind.field(name).is_some();
    let stranger = names.iter().find(|name| !Kind::ALL.iter().filter(|kind| held(kind)).any(|kind| has(kind, name)));
    stranger.map(|name| format!("There is no field \"{name}\""))
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

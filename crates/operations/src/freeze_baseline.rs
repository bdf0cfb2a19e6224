//! Freezes an owner's entries as they stand, and says what changed between two baselines.

use std::collections::HashMap;

use penshaw_basis::Date;
use penshaw_register::{Baseline, Difference, Kind, PARTNERSHIP, Record, check_owned, difference};
use penshaw_store::baselines::{self, Frozen};
use penshaw_store::entries;

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::{Noted, Operations};
use crate::{Invalid, Refusal, secrets};

/// Two states of an owner's entries, and what differs between them.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The earlier baseline.
    pub earlier: Frozen,
    /// The later one; the entries as they stand where it is left out.
    pub later: Option<Frozen>,
    /// What differs.
    pub difference: Difference,
    /// What the entries that differ are called, by kind and reference.
    pub titles: HashMap<(Kind, String), String>,
}

impl Operations {
    /// Freezes an owner's entries as of a day.
    ///
    /// # Errors
    /// If the actor may not, there are none, or they have errors to be mended first.
    pub async fn freeze_baseline(&self, actor: &Actor, owner: &str, on: Date, note: &str) -> Result<Frozen, Refusal> {
        self.must_read_whole(actor, owner)?;
        actor.must(Verb::Freeze, owner)?;
        self.must_be_body(owner).await?;
        if on > self.clock().today() {
            return Err(Refusal::invalid("on", "Enter a day that is not in the future"));
        }
        if note.chars().count() > 2_000 {
            return Err(Refusal::invalid("note", "Enter a note of at most 2,000 characters"));
        }
        let changes = self.store().change().await?;
        let standing = entries::all_of(&changes, owner).await?;
        let mut records: Vec<Record> = standing.into_iter().map(|entry| placed(entry.record)).collect();
        if records.is_empty() {
            return Err(Refusal::NotNow {
                what: "there are no entries to freeze".into(),
                hint: "import a file or add entries first".into(),
            });
        }
        let errors: Vec<_> = check_owned(&records).into_iter().filter(is_error).collect();
        if !errors.is_empty() {
            return Err(Refusal::Findings(errors));
        }
        records.iter_mut().for_each(|record| record.origin = Default::default());
        let baseline = Baseline::freeze(owner, on, records);
        let id = secrets::name();
        baselines::freeze(&changes, &id, &baseline, note.trim(), &actor.name, self.now()).await?;
        entries::touch(&changes, owner).await?;
        let noted = Noted::new("freeze_baseline", owner, on.to_string()).after(&baseline.digest());
        self.note(&changes, actor, noted).await?;
        changes.keep().await?;
        baselines::find(self.store(), &id).await?.ok_or(Refusal::NotThere { what: "baseline" })
    }

    /// An owner's baselines, the newest first.
    ///
    /// # Errors
    /// If the actor does not read the owner's entries whole.
    pub async fn baselines(&self, actor: &Actor, owner: &str) -> Result<Vec<Frozen>, Refusal> {
        self.must_read_whole(actor, owner)?;
        self.must_be_body(owner).await?;
        Ok(baselines::of(self.store(), owner).await?)
    }

    /// What differs between two baselines of an owner, or between one and the entries as they stand.
    ///
    /// # Errors
    /// If the actor does not read the owner's entries whole, or there is no such baseline.
    pub async fn compare_baselines(
        &self,
        actor: &Actor,
        owner: &str,
        earlier: &str,
        later: Option<&str>,
    ) -> Result<Compared, Refusal> {
        self.must_read_whole(actor, owner)?;
        let earlier = self.own_baseline(owner, earlier).await?;
        let later = match later {
            Some(id) => Some(self.own_baseline(owner, id).await?),
            None => None,
        };
        let (before, after) = baselines::differing(self.store(), &earlier, later.as_ref()).await?;
        let mut difference = difference(&before, &after);
        difference.unchanged += usize::try_from(earlier.entries).unwrap_or(0).saturating_sub(before.len());
        let named = before.iter().chain(&after);
        let titles = named.map(|record| ((record.kind, record.reference.clone()), entries::title(record))).collect();
        Ok(Compared { earlier, later, difference, titles })
    }

    async fn own_baseline(&self, owner: &str, id: &str) -> Result<Frozen, Refusal> {
        let found = baselines::find(self.store(), id).await?.filter(|found| found.owner == owner);
        found.ok_or(Refusal::NotThere { what: "baseline" })
    }

    pub(crate) fn must_read_whole(&self, actor: &Actor, owner: &str) -> Result<(), Refusal> {
        let reads = actor.reads_whole_of(owner) && (owner != PARTNERSHIP || actor.may(Verb::SeeShared, PARTNERSHIP));
        if reads { Ok(()) } else { Err(Refusal::NotThere { what: "authority of yours" }) }
    }
}

/// A record that says by its sheet and reference where it stands.
fn placed(mut record: Record) -> Record {
    record.origin.place.file = record.kind.sheet().to_owned();
    record.origin.place.cell = Some(record.reference.clone());
    record
}

fn is_error(finding: &penshaw_register::Finding) -> bool {
    finding.severity == penshaw_register::Severity::Error
}

impl Invalid {
    /// One thing entered that must be corrected first.
    pub fn new(field: impl Into<String>, what: impl Into<String>) -> Self {
        Invalid { field: field.into(), what: what.into() }
    }
}

//! Loads a partnership folder into an empty database, and writes one from it: nothing is lost either way.

use std::collections::BTreeMap;
use std::path::Path;

use penshaw_files::read::Folder;
use penshaw_files::write::folder as write;
use penshaw_register::{Baseline, PARTNERSHIP};
use penshaw_store::entries::{self, Written};
use penshaw_store::{baselines, partnership, sharing};

use crate::actor::{Actor, Means};
use crate::service::{Noted, Operations};
use crate::share_entries::show_everything;
use crate::work_out::sound_folder;
use crate::{Refusal, secrets};

impl Operations {
    /// Loads a partnership folder: its authorities, their entries frozen as of the folder's days,
    /// and what each of them shares.
    ///
    /// # Errors
    /// If it is not the operator who asks, the database holds a partnership already, or the
    /// folder has errors; then nothing is loaded.
    pub async fn load_folder(&self, actor: &Actor, folder: &Path) -> Result<(), Refusal> {
        must_be_operator(actor)?;
        if partnership::standing(self.store()).await?.is_some() {
            return Err(Refusal::PartnershipThere);
        }
        let read = sound_folder(folder)?.folder;
        let changes = self.store().change().await?;
        partnership::found(&changes, &read.partnership, &days(&read)).await?;
        partnership::set_parameters(&changes, &read.parameters).await?;
        let now = self.now();
        let written = Written { by: &actor.name, at: now, import: None };
        for baseline in &read.baselines {
            let owner = baseline.owner();
            let choices = read.choices.get(owner).map(Vec::as_slice).unwrap_or_default();
            entries::put_all(&changes, owner, baseline.records(), &written).await?;
            sharing::choose(&changes, owner, choices).await?;
            show_everything(&changes, owner, choices, now).await?;
            if !baseline.records().is_empty() {
                let note = "As loaded from its files";
                baselines::freeze(&changes, &secrets::name(), baseline, note, &actor.name, now).await?;
            }
            let noted = Noted::new("load_folder", owner, owner).after(&baseline.digest());
            self.note(&changes, actor, noted).await?;
        }
        Ok(changes.keep().await?)
    }

    /// Writes the whole register as it stands into a new partnership folder. It is the operator's, and audited.
    ///
    /// # Errors
    /// If it is not the operator who asks, or the folder is there already or cannot be written.
    pub async fn save_folder(&self, actor: &Actor, folder: &Path) -> Result<(), Refusal> {
        let whole = self.whole_register(actor).await?;
        let files = write::files(&(&whole).into())?;
        Ok(write::write(&files, folder)?)
    }

    /// The whole register as it stands, as a partnership folder holds it. It is the operator's.
    ///
    /// # Errors
    /// If it is not the operator who asks.
    pub async fn whole_register(&self, actor: &Actor) -> Result<Folder, Refusal> {
        must_be_operator(actor)?;
        let known = self.standing().await?;
        let codes = known.partnership.authorities.iter().map(|authority| authority.code.clone());
        let (mut found, mut choices) = (Vec::new(), BTreeMap::new());
        for owner in codes.chain([PARTNERSHIP.to_owned()]) {
            let newest = baselines::of(self.store(), &owner).await?.into_iter().next();
            let on = newest.map(|newest| newest.on).or(known.base_days.get(&owner).copied());
            let on = on.unwrap_or_else(|| self.clock().today());
            let records = entries::all_of(self.store(), &owner).await?.into_iter().map(|entry| entry.record);
            found.push(Baseline::freeze(&owner, on, records.collect()));
            if owner != PARTNERSHIP {
                choices.insert(owner.clone(), sharing::choices(self.store(), &owner).await?);
            }
        }
        let parameters = partnership::parameters(self.store()).await?;
        let changes = self.store().change().await?;
        self.note(&changes, actor, Noted::new("export_everything", PARTNERSHIP, "register")).await?;
        changes.keep().await?;
        Ok(Folder { partnership: known.partnership, baselines: found, choices, parameters, findings: Vec::new() })
    }
}

fn days(read: &Folder) -> BTreeMap<String, penshaw_basis::Date> {
    read.baselines.iter().map(|baseline| (baseline.owner().to_owned(), baseline.on())).collect()
}

pub(crate) fn must_be_operator(actor: &Actor) -> Result<(), Refusal> {
    match actor.means {
        Means::Command => Ok(()),
        _ => Err(Refusal::NotAllowed { what: "do this but at the machine itself" }),
    }
}

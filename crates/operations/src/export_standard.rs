//! Writes an authority's own estate in the formats of others: OCDS, the Transparency Code's register, LGR.

use std::collections::BTreeMap;
use std::path::Path;

use penshaw_basis::{Basis, Date, Money};
use penshaw_files::write::{LeftOut, lgr, ocds, transparency};
use penshaw_register::{Authority, Kind, Record, SharingChoice, project};
use penshaw_store::{entries, sharing};
use serde::Deserialize;

use crate::Refusal;
use crate::actor::Actor;
use crate::service::{Noted, Operations};
use crate::work_out::{Sound, sound_folder};
use crate::write_template::write_new;

/// A format of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Contracts as a release package of the Open Contracting Data Standard.
    Ocds,
    /// Contracts as the register that the Transparency Code asks for, as CSV.
    Transparency,
    /// Applications as an estate of the LGR rationalisation engine.
    Lgr,
}

impl Standard {
    /// All of them.
    pub const ALL: [Standard; 3] = [Standard::Ocds, Standard::Transparency, Standard::Lgr];

    /// The name of a file in it, without its authority.
    pub const fn file_name(self) -> &'static str {
        match self {
            Standard::Ocds => "contracts.ocds.json",
            Standard::Transparency => "contracts-register.csv",
            Standard::Lgr => "estate.lgr.json",
        }
    }

    /// The kinds of entry that a file in it is made of.
    const fn kinds(self) -> &'static [Kind] {
        match self {
            Standard::Ocds | Standard::Transparency => &[Kind::Contract],
            Standard::Lgr => &[Kind::Application, Kind::Contract],
        }
    }

    /// The format of the files with that name.
    ///
    /// ```
    /// use penshaw_operations::Standard;
    /// assert_eq!(Standard::of("contracts.ocds.json"), Some(Standard::Ocds));
    /// ```
    pub fn of(file_name: &str) -> Option<Standard> {
        Standard::ALL.into_iter().find(|standard| standard.file_name() == file_name)
    }
}

/// What is to be exported, and how.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// The format.
    pub standard: Standard,
    /// The prefix of the authority's ocids, where it has one.
    pub prefix: Option<String>,
    /// The amount over which contracts are published; the Transparency Code's where nothing is said.
    pub over: Option<Money>,
    /// Whether only what the authority shares with its partners is written.
    pub only_shared: bool,
}

/// A file in a format of others.
#[derive(Clone, Debug)]
pub struct Exported {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What it does not carry.
    pub left_out: LeftOut,
    /// How many of the entries written hold something that the authority keeps back from its partners.
    pub kept_back: usize,
}

/// What a format of others would hold of an authority's estate.
#[derive(Clone, Debug)]
pub struct Publishable {
    /// The format.
    pub standard: Standard,
    /// What a file of everything does not carry.
    pub left_out: LeftOut,
    /// How many of the entries written hold something that the authority keeps back from its partners.
    pub kept_back: usize,
}

/// What an authority could publish.
#[derive(Clone, Debug)]
pub struct Publishing {
    /// The authority.
    pub authority: Authority,
    /// Every format.
    pub formats: Vec<Publishable>,
}

#[derive(Deserialize)]
struct Function {
    id: u32,
    label: String,
}

/// An authority's own entries, on a day, with what it shares of them with its partners.
#[derive(Clone, Copy, Debug)]
pub struct OwnEstate<'a> {
    /// The authority.
    pub authority: &'a Authority,
    /// Its entries.
    pub records: &'a [Record],
    /// What it shares.
    pub choices: &'a [SharingChoice],
    /// The day.
    pub on: Date,
}

/// An authority's own entries in a format of others.
///
/// # Errors
/// If a parameter cannot be used.
pub fn export_standard(estate: OwnEstate<'_>, basis: &Basis, exporting: &Exporting) -> Result<Exported, Refusal> {
    let OwnEstate { authority, records, choices, on } = estate;
    let projected = || records.iter().map(|record| project(&authority.code, record, choices));
    let kept_back = if exporting.only_shared { 0 } else { projected().filter(|one| !one.kept.is_empty()).count() };
    let shared: Vec<Record>;
    let records = if exporting.only_shared {
        shared = projected().filter_map(|one| one.shared).collect();
        &shared
    } else {
        records
    };
    let (bytes, left_out) = match exporting.standard {
        Standard::Ocds => {
            let prefix = exporting.prefix.as_deref();
            ocds::package(records, &ocds::Publisher { name: &authority.name, code: &authority.code, prefix, on })
        }
        Standard::Transparency => {
            let over = match exporting.over {
                Some(over) => over,
                None => Money::from_pounds(basis.value::<i64>("transparency/contracts", on)?.value),
            };
            transparency::contracts(records, over)
        }
        Standard::Lgr => {
            let functions = basis.value::<Vec<Function>>("functions/local_government", on);
            let functions = functions.map(|cited| cited.value).unwrap_or_default();
            let label = |number: &str| {
                let known = functions.iter().find(|function| function.id.to_string() == number);
                known.map(|function| function.label.clone())
            };
            lgr::estate(records, &authority.name, &label)
        }
    };
    Ok(Exported { bytes, left_out, kept_back })
}

/// Writes one authority's own estate of a partnership folder as a new file; returns what was written and what was not.
///
/// # Errors
/// If the folder needs mending, has no such authority, or the file is there already or cannot be written.
pub fn export_from_folder(folder: &Path, code: &str, exporting: &Exporting, out: &Path) -> Result<String, Refusal> {
    let Sound { folder: read, basis } = sound_folder(folder)?;
    let known = read.partnership.authority(code).zip(read.baselines.iter().find(|baseline| baseline.owner() == code));
    let Some((authority, baseline)) = known else {
        let codes: Vec<&str> = read.partnership.authorities.iter().map(|authority| authority.code.as_str()).collect();
        return Err(Refusal::NotNow {
            what: format!("{code} is no authority of the partnership"),
            hint: format!("one of {}", codes.join(", ")),
        });
    };
    let choices = read.choices.get(code).map(Vec::as_slice).unwrap_or_default();
    let estate = OwnEstate { authority, records: baseline.records(), choices, on: baseline.on() };
    let exported = export_standard(estate, &basis, exporting)?;
    write_new(out, &exported.bytes)?;
    let mut summary = format!("{} is written. {}", out.display(), exported.left_out);
    if exported.kept_back > 0 {
        summary.push_str(&format!(
            "\nIn {} entries {} keeps something back from its partners, and the file may hold it: look before it is published, or write only what is shared with --only-shared.",
            exported.kept_back, authority.name
        ));
    }
    Ok(summary)
}

impl Operations {
    /// What an authority could publish of its estate, format by format.
    ///
    /// # Errors
    /// If the actor does not belong to it.
    pub async fn publishing(&self, actor: &Actor, owner: &str) -> Result<Publishing, Refusal> {
        let authority = self.own_authority(actor, owner).await?;
        let exported = self.exported(&authority, &Standard::ALL, false).await?;
        let formats = Standard::ALL.into_iter().zip(exported);
        let formats = formats.map(|(standard, Exported { left_out, kept_back, .. })| Publishable {
            standard,
            left_out,
            kept_back,
        });
        Ok(Publishing { authority, formats: formats.collect() })
    }

    /// An authority's own entries in a format of others, or those parts only that it shares with its partners.
    ///
    /// # Errors
    /// If the actor does not belong to it.
    pub async fn export_standard(
        &self,
        actor: &Actor,
        owner: &str,
        standard: Standard,
        only_shared: bool,
    ) -> Result<Vec<u8>, Refusal> {
        let authority = self.own_authority(actor, owner).await?;
        let exported = self.exported(&authority, &[standard], only_shared).await?;
        let changes = self.store().change().await?;
        self.note(&changes, actor, Noted::new("export_standard", owner, standard.file_name())).await?;
        changes.keep().await?;
        Ok(exported.into_iter().flat_map(|one| one.bytes).collect())
    }

    /// The estate as it stands today in each of these formats; it is read once.
    async fn exported(
        &self,
        authority: &Authority,
        standards: &[Standard],
        only_shared: bool,
    ) -> Result<Vec<Exported>, Refusal> {
        let (owner, on) = (authority.code.as_str(), self.clock().today());
        let choices = sharing::choices(self.store(), owner).await?;
        let mut records: BTreeMap<Kind, Vec<Record>> = BTreeMap::new();
        for kind in standards.iter().flat_map(|standard| standard.kinds()) {
            if !records.contains_key(kind) {
                let held = entries::of_kind(self.store(), owner, *kind).await?;
                records.insert(*kind, held.into_iter().map(|entry| entry.record).collect());
            }
        }
        let (authority, basis, standards) = (authority.clone(), self.basis().await?, standards.to_vec());
        let written = tokio::task::spawn_blocking(move || {
            let export = |standard: Standard| {
                let records: Vec<Record> = standard.kinds().iter().flat_map(|kind| records[kind].clone()).collect();
                let estate = OwnEstate { authority: &authority, records: &records, choices: &choices, on };
                export_standard(estate, &basis, &Exporting { standard, prefix: None, over: None, only_shared })
            };
            standards.into_iter().map(export).collect()
        });
        let stopped = || Refusal::Printing { form: "the file", what: "the writer stopped".into() };
        written.await.unwrap_or_else(|_| Err(stopped()))
    }
}

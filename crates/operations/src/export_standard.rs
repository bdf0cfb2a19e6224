//! Writes an authority's own estate in the formats of others: OCDS, the Transparency Code's register, LGR.

use std::path::Path;

use penshaw_basis::{Basis, Money};
use penshaw_files::write::{LeftOut, lgr, ocds, transparency};
use penshaw_register::{Authority, Baseline, Record, SharingChoice, project};
use serde::Deserialize;

use crate::Refusal;
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

#[derive(Deserialize)]
struct Function {
    id: u32,
    label: String,
}

/// An authority's own entries in a format of others. `choices` are what it shares with its partners.
///
/// # Errors
/// If a parameter cannot be used.
pub fn export_standard(
    authority: &Authority,
    baseline: &Baseline,
    choices: &[SharingChoice],
    basis: &Basis,
    exporting: &Exporting,
) -> Result<Exported, Refusal> {
    let owner = baseline.owner();
    let projected = || baseline.records().iter().map(|record| project(owner, record, choices));
    let kept_back = if exporting.only_shared { 0 } else { projected().filter(|one| !one.kept.is_empty()).count() };
    let shared: Vec<Record>;
    let records = if exporting.only_shared {
        shared = projected().filter_map(|one| one.shared).collect();
        &shared
    } else {
        baseline.records()
    };
    let on = baseline.on();
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
    let exported = export_standard(authority, baseline, choices, &basis, exporting)?;
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

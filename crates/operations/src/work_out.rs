//! Works everything out: every analysis, the recommendation, the report. Pure.

use std::collections::BTreeMap;
use std::path::Path;

use penshaw_basis::{Basis, Date, Digester};
use penshaw_documents::{Document, Workbook};
use penshaw_files::read::Folder;
use penshaw_register::{Baseline, Finding, JointRegister, Partnership, Severity, SharingChoice, join};
use serde_json::{Value, json};

use crate::{Asked, Refusal};

/// What is worked on.
pub struct Work<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// Each owner's baseline.
    pub baselines: &'a [Baseline],
    /// What each authority chose to share.
    pub choices: &'a BTreeMap<String, Vec<SharingChoice>>,
    /// The parameters.
    pub basis: &'a Basis,
    /// The day, the trials and the seed.
    pub asked: &'a Asked,
}

/// What comes of it: everything that the files of a report pack are printed from.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The day whose parameters were in force.
    pub on: Date,
    /// The report.
    pub report: Document,
    /// The workbook.
    pub workbook: Workbook,
    /// The results as data.
    pub results: Value,
    /// What the report's own checks found.
    pub findings: Vec<Finding>,
}

/// A folder without errors.
pub(crate) fn sound_folder(folder: &Path) -> Result<Folder, Refusal> {
    let read = penshaw_files::read::folder(folder)?;
    if read.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Refusal::Findings(read.findings));
    }
    Ok(read)
}

/// The day that is worked on: the one asked for, or the newest baseline's.
pub(crate) fn day(joint: &JointRegister, asked: &Asked) -> Result<Date, Refusal> {
    asked.on.or(joint.on()).ok_or(Refusal::NothingThere)
}

/// Works out a folder that was read.
pub(crate) fn work_folder(read: &Folder, asked: &Asked) -> Result<Pack, Refusal> {
    let basis = Basis::with_overlay(&read.parameters)?;
    work_out(&Work {
        partnership: &read.partnership,
        baselines: &read.baselines,
        choices: &read.choices,
        basis: &basis,
        asked,
    })
}

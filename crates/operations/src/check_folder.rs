//! Checks a partnership folder: every finding, and how much each authority shares.

use std::path::Path;

use penshaw_files::read::Folder;
use penshaw_register::{Finding, Severity, join};

use crate::Refusal;
use crate::work_out::read_folder;

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Every finding, in the order of the files.
    pub findings: Vec<Finding>,
    /// How many of them are errors.
    pub errors: usize,
    /// What is there, in a few lines.
    pub summary: String,
}

/// Checks a partnership folder.
///
/// # Errors
/// [`Refusal`], if the folder cannot be read at all.
pub fn check_folder(folder: &Path) -> Result<Checked, Refusal> {
    let read = read_folder(folder)?.folder;
    let errors = read.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let summary = summary(&read, errors);
    Ok(Checked { findings: read.findings, errors, summary })
}

fn summary(read: &Folder, errors: usize) -> String {
    let joint = join(&read.partnership, &read.baselines, &read.choices);
    let mut lines = Vec::new();
    for baseline in &read.baselines {
        let name = read.partnership.name_of(baseline.owner());
        let shared = joint.records().filter(|(owner, _)| *owner == baseline.owner()).count();
        let kept = joint.withheld().iter().filter(|kept| kept.owner == baseline.owner()).count();
        lines.push(format!(
            "{name}: {} records as of {}, {shared} shared, {kept} fields or records kept back, baseline {}",
            baseline.records().len(),
            baseline.on(),
            baseline.digest().short(),
        ));
    }
    let warnings = read.findings.len() - errors;
    lines.push(format!("{errors} to mend, {warnings} to look at"));
    lines.join("\n")
}

//! Works everything out: every analysis, the recommendation, the report. Pure.

use std::collections::BTreeMap;
use std::path::Path;

use penshaw_analyses::appraisal::{Appraisal, TRIALS};
use penshaw_analyses::{Analysis, Sampling};
use penshaw_basis::{Basis, Date};
use penshaw_documents::{Document, Workbook, Worksheet};
use penshaw_files::read::Folder;
use penshaw_proposal::cabinet_report::{self, ReportInputs};
use penshaw_proposal::{Answers, checks, exempt, recommendation, results};
use penshaw_register::{
    Baseline, ExemptPart, Finding, JointRegister, Partnership, Severity, SharingChoice, check_parameters, join,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::digests::digests;
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
    /// The report as the public may read it: all of it, or Part I where a part is exempt from publication.
    pub report: Document,
    /// All of the report, where a part of it is exempt.
    pub part_2: Option<Document>,
    /// The workbook.
    pub workbook: Workbook,
    /// The results as data.
    pub results: Value,
    /// What the report's own checks found.
    pub findings: Vec<Finding>,
}

impl Pack {
    /// What the report lacks to be published.
    pub(crate) fn lacks(&self) -> Vec<String> {
        Exemptions::of(&self.results).lacks()
    }
}

/// Where `results.json` holds [`Exemptions`].
const EXEMPTIONS: &str = "exemptions";

/// What `results.json` says of the parts of the report that are not for publication.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Exemptions {
    /// The paragraphs of Part 1 of schedule 12A by which parts are exempt.
    pub(crate) paragraphs: Vec<String>,
    /// What must be settled before Part I may be published.
    pub(crate) unsettled: Vec<String>,
}

impl Exemptions {
    /// Those of a run, by its results.
    pub(crate) fn of(results: &Value) -> Exemptions {
        serde_json::from_value(results[EXEMPTIONS].clone()).unwrap_or_default()
    }

    /// What the report lacks to be published.
    pub(crate) fn lacks(&self) -> Vec<String> {
        self.unsettled.iter().map(|what| format!("a Part I that may be published: {what}")).collect()
    }
}

/// A folder that was read, with its parameters and every finding.
pub(crate) struct Sound {
    pub(crate) folder: Folder,
    pub(crate) basis: Basis,
}

/// Reads a folder and its parameters; findings of both stand in the folder.
///
/// # Errors
/// If the folder or its parameters cannot be read at all.
pub(crate) fn read_folder(folder: &Path) -> Result<Sound, Refusal> {
    let mut read = penshaw_files::read::folder(folder)?;
    let basis = Basis::with_overlay(&read.parameters)?;
    if let Some(on) = read.baselines.iter().map(Baseline::on).max() {
        read.findings.extend(check_parameters(&basis, on, &read.baselines));
        read.findings.sort();
    }
    Ok(Sound { folder: read, basis })
}

/// A folder without errors.
///
/// # Errors
/// If it has any; every finding is given.
pub(crate) fn sound_folder(folder: &Path) -> Result<Sound, Refusal> {
    let sound = read_folder(folder)?;
    if sound.folder.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Refusal::Findings(sound.folder.findings));
    }
    Ok(sound)
}

/// The day that is worked on: the one asked for, or the newest baseline's.
pub(crate) fn day(joint: &JointRegister, asked: &Asked) -> Result<Date, Refusal> {
    asked.on.or(joint.on()).ok_or(Refusal::NothingThere)
}

/// Works out a folder that was read.
pub(crate) fn work_folder(sound: &Sound, asked: &Asked) -> Result<Pack, Refusal> {
    work_out(&Work {
        partnership: &sound.folder.partnership,
        baselines: &sound.folder.baselines,
        choices: &sound.folder.choices,
        basis: &sound.basis,
        asked,
    })
}

/// Works everything out. Pure: the same work gives the same pack, to the byte.
///
/// # Errors
/// If nothing was frozen, or a parameter that the rules need is not in force on the day.
pub fn work_out(work: &Work) -> Result<Pack, Refusal> {
    let joint = join(work.partnership, work.baselines, work.choices);
    let on = day(&joint, work.asked)?;
    let sampling = sampling(work.asked);
    let answers = Answers::of(&joint, on, work.basis, sampling);
    let facts = recommendation::facts(&joint, on, &answers);
    let recommended = recommendation::recommend(&facts, work.basis)?;
    let recommended = recommendation::adopted(recommended, work.partnership.report.adoption.as_ref());
    let inputs = ReportInputs { joint: &joint, on, basis: work.basis, answers: &answers, recommendation: &recommended };
    let written = cabinet_report::report(&inputs);
    let findings = to_settle(checks::check(&inputs, &written));
    let exempt: Vec<ExemptPart> = joint.all::<ExemptPart>().into_iter().map(|held| held.entry).collect();
    let mut results = results::results(&inputs, digests(&joint, work.basis), sampling.seed, sampling.trials);
    results[EXEMPTIONS] = json!(Exemptions {
        paragraphs: exempt::numbers(&exempt),
        unsettled: exempt::findings(&written, &exempt).into_iter().map(|finding| finding.what).collect(),
    });
    let workbook = answers.appraisal.as_ref().ok().and_then(Appraisal::workbook).unwrap_or_else(|| nothing(&joint));
    let report = exempt::part_1(&written, &exempt, written.marking.clone());
    let part_2 = (!exempt.is_empty()).then(|| exempt::part_2(written, &exempt));
    Ok(Pack { on, report, part_2, workbook, results, findings })
}

/// The trials and the seed that were asked for.
pub(crate) fn sampling(asked: &Asked) -> Sampling {
    Sampling { trials: asked.trials.unwrap_or(TRIALS), seed: asked.seed }
}

/// What the report's own checks found: it is for officers to settle, and stops no run.
fn to_settle(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().map(|finding| Finding { severity: Severity::Warning, ..finding }).collect()
}

/// A workbook that says why there is nothing in it.
fn nothing(joint: &JointRegister) -> Workbook {
    let title = format!("{}: no appraisal", joint.partnership().name);
    let sheet = Worksheet {
        name: "Read me".into(),
        introduction: "No options with lines are recorded, so that there is nothing to recompute. The report says what is missing.".into(),
        tables: Vec::new(),
    };
    Workbook { title, sheets: vec![sheet] }
}

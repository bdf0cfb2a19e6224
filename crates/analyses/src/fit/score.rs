//! How an option answers the requirements: what counts as an answer, the share met, and the verdict.

use std::fmt;

use penshaw_register::{Fit, JointRegister, Requirement};
use serde::{Deserialize, Serialize};

use super::{Answer, Asked, Input, OptionFit, Outcome, Public, ownership};
use crate::WithConfidence;
use crate::named::ListedOption;

/// The kinds of need about which every option should be asked.
const EVENTS: [&str; 6] = [
    "a service leaves",
    "demand rises",
    "a delivery model changes",
    "performance is held",
    "skills are kept",
    "ownership is kept",
];

/// Whether an option meets what is essential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Every essential requirement is shown to be met.
    #[serde(rename = "meets")]
    Meets,
    /// None is unmet or unknown, and at least one is met only partly.
    #[serde(rename = "partly")]
    Partly,
    /// At least one essential requirement is not met.
    #[serde(rename = "does not meet")]
    DoesNotMeet,
    /// None is known to be unmet, and of at least one it is not known.
    #[serde(rename = "not known")]
    NotKnown,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Meets => "meets what is essential",
            Verdict::Partly => "meets what is essential only partly",
            Verdict::DoesNotMeet => "does not meet what is essential",
            Verdict::NotKnown => "not known",
        })
    }
}

/// Answers, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// The requirements.
    pub requirements: usize,
    /// Those met.
    pub met: usize,
    /// Those met partly.
    pub partly: usize,
    /// Those not met.
    pub unmet: usize,
    /// Those of which it is not known.
    pub not_known: usize,
}

/// Whether an option meets what is essential.
///
/// One requirement that is not met decides, whatever else is not known; what is not known
/// comes before what is met partly. With nothing essential there is nothing to meet,
/// and it is not known.
///
/// ```
/// use penshaw_analyses::fit::{Counts, Verdict, verdict};
/// let counts = Counts { requirements: 3, met: 1, partly: 0, unmet: 1, not_known: 1 };
/// assert_eq!(verdict(&counts), Verdict::DoesNotMeet);
/// assert_eq!(verdict(&Counts::default()), Verdict::NotKnown);
/// ```
pub fn verdict(essential: &Counts) -> Verdict {
    match essential {
        Counts { unmet: 1.., .. } => Verdict::DoesNotMeet,
        Counts { requirements: 0, .. } | Counts { not_known: 1.., .. } => Verdict::NotKnown,
        Counts { partly: 1.., .. } => Verdict::Partly,
        _ => Verdict::Meets,
    }
}

/// Everything that is answered.
pub(super) fn outcome(input: &Input) -> Outcome {
    let requirements = requirements(&input.requirements);
    let options: Vec<OptionFit> =
        input.options.iter().map(|option| option_fit(option, &requirements, &input.fits)).collect();
    Outcome {
        partners: input.partners.clone(),
        events_not_asked: events_not_asked(&requirements),
        findings: findings(&options, &requirements),
        options,
        requirements,
    }
}

/// The essential first, then by year, those without a year last.
fn requirements(entries: &[Requirement]) -> Vec<Asked> {
    let mut asked: Vec<Asked> = entries.iter().map(asked).collect();
    asked.sort_by_key(|asked| (!asked.essential, asked.by.is_none(), asked.by));
    asked
}

fn asked(entry: &Requirement) -> Asked {
    Asked {
        requirement: entry.reference.clone(),
        authority: entry.authority.clone(),
        name: entry.name.clone(),
        event: entry.event.clone(),
        by: entry.by,
        essential: entry.weight == "essential",
        evidence: entry.evidence.clone(),
        source: JointRegister::own_source(&entry.reference),
    }
}

fn option_fit(option: &ListedOption, requirements: &[Asked], fits: &[WithConfidence<Fit>]) -> OptionFit {
    let answers: Vec<Answer> = requirements.iter().map(|asked| answer(&option.reference, asked, fits)).collect();
    let both = || requirements.iter().zip(&answers);
    let count = |essential: bool| {
        let of_weight = both().filter(|(asked, _)| asked.essential == essential);
        counts(of_weight.map(|(_, answer)| answer.answer.as_str()))
    };
    let essential_that = |wanted: &str| -> Vec<String> {
        both()
            .filter(|(asked, answer)| asked.essential && answer.answer == wanted)
            .map(|(asked, _)| asked.requirement.clone())
            .collect()
    };
    let essential = count(true);
    let score = (essential.requirements > 0).then(|| essential.met as f64 / essential.requirements as f64);
    OptionFit {
        option: option.reference.clone(),
        name: option.name.clone(),
        course: option.course.clone(),
        delivery_model: option.delivery_model.clone(),
        verdict: verdict(&essential),
        score,
        essential,
        desirable: count(false),
        essential_unmet: essential_that("does not meet"),
        essential_not_known: essential_that("not known"),
        ownership: ownership(option),
        source: option.source(),
        answers,
    }
}

fn counts<'a>(answers: impl Iterator<Item = &'a str>) -> Counts {
    let mut counts = Counts::default();
    for answer in answers {
        counts.requirements += 1;
        match answer {
            "meets" => counts.met += 1,
            "partly meets" => counts.partly += 1,
            "does not meet" => counts.unmet += 1,
            _ => counts.not_known += 1,
        }
    }
    counts
}

/// The newest answer that a document with a date shows; else the newest recorded, as not known.
fn answer(option: &str, asked: &Asked, fits: &[WithConfidence<Fit>]) -> Answer {
    let mut entries: Vec<&WithConfidence<Fit>> =
        fits.iter().filter(|fit| fit.option == option && fit.requirement == asked.requirement).collect();
    entries.sort_by(|one, other| (other.dated, &one.reference).cmp(&(one.dated, &other.reference)));
    let shown = entries.iter().find(|fit| why_not(fit).is_none());
    match shown.or(entries.first()) {
        Some(fit) => {
            let why_not = why_not(fit);
            let counted = if why_not.is_some() { "not known" } else { &fit.answer };
            Answer {
                requirement: asked.requirement.clone(),
                answer: counted.to_owned(),
                statement: fit.statement.clone(),
                evidence: fit.evidence.clone(),
                dated: fit.dated,
                confidence: Some(fit.confidence),
                why_not,
                source: Some(JointRegister::own_source(&fit.reference)),
            }
        }
        None => Answer {
            requirement: asked.requirement.clone(),
            answer: "not known".into(),
            statement: None,
            evidence: None,
            dated: None,
            confidence: None,
            why_not: None,
            source: None,
        },
    }
}

/// Why a recorded answer does not count; one that says "not known" needs no evidence.
fn why_not(fit: &Fit) -> Option<String> {
    if fit.answer == "not known" {
        return None;
    }
    match (&fit.evidence, fit.dated) {
        (None, _) => Some(format!("\"{}\" is recorded, but no document shows it", fit.answer)),
        (_, None) => Some(format!("\"{}\" is recorded, but its document has no date", fit.answer)),
        _ => None,
    }
}

fn events_not_asked(requirements: &[Asked]) -> Vec<String> {
    let asked = |event: &&str| requirements.iter().any(|asked| asked.event.as_deref() == Some(event));
    let events = EVENTS.iter().filter(|event| !asked(event));
    events.map(|event| (*event).to_owned()).collect()
}

fn findings(options: &[OptionFit], requirements: &[Asked]) -> Vec<String> {
    let mut findings = Vec::new();
    for asked in requirements {
        if asked.by.is_none() {
            findings.push(format!("The requirement \"{}\" has no year by which it is needed.", asked.name));
        }
        if asked.evidence.is_none() {
            findings.push(format!("No document shows the need for \"{}\".", asked.name));
        }
    }
    for option in options {
        if option.delivery_model.is_none() {
            findings.push(format!("Who would deliver {} is not stated.", option.name));
        }
        findings.extend(contradiction(option, requirements));
    }
    findings
}

/// An option that is said to keep ownership, and would hand something to a commercial partner.
fn contradiction(option: &OptionFit, requirements: &[Asked]) -> Option<String> {
    let claims = requirements
        .iter()
        .zip(&option.answers)
        .any(|(asked, answer)| asked.event.as_deref() == Some("ownership is kept") && answer.answer == "meets");
    (claims && option.ownership.public == Public::NotKept).then(|| {
        format!(
            "{} is recorded as keeping ownership, though the {} would be a commercial partner's.",
            option.name,
            option.ownership.not_public.join(" and the ")
        )
    })
}

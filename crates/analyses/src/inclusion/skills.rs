//! Essential digital skills: the foundation level, the skills view and the task view, before and after, never mixed.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Basis, Cited, Date, Source};
use penshaw_register::{JointRegister, SkillsSurvey};
use serde::Deserialize;

use super::findings::{Findings, error, warning};
use super::outcome::{Asked, ResidentsSkills, View, ViewOutcome};
use super::programmes::authorities;
use super::reach::listed;
use super::vintages::MOST_CITED;
use crate::named::{Named, counted, name_of};

/// The tasks of the framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Framework {
    /// How many foundation tasks there are.
    foundation_tasks: u64,
    /// The code that says that a person can do none of the tasks.
    none: String,
    /// The areas with their tasks.
    areas: Vec<SkillArea>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SkillArea {
    #[expect(dead_code, reason = "for those who read the parameter")]
    area: String,
    tasks: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    code: String,
    #[expect(dead_code, reason = "for those who read the parameter")]
    label: String,
}

/// The framework in force on a day, or why it cannot be used.
pub(super) fn in_force(basis: &Basis, on: Date) -> Result<Cited<Framework>, String> {
    let cited: Cited<Framework> = basis
        .value("inclusion/essential_digital_skills", on)
        .map_err(|problem| format!("The tasks of the skills framework could not be read: {problem}"))?;
    let codes: Vec<&str> = cited.value.codes().collect();
    let once: BTreeSet<&str> = codes.iter().copied().collect();
    if once.len() < codes.len() || cited.value.areas.iter().any(|area| area.tasks.is_empty()) || codes.is_empty() {
        return Err(
            "The tasks of the skills framework cannot be used: a code is there twice, or an area is empty.".into()
        );
    }
    Ok(cited)
}

impl Framework {
    fn codes(&self) -> impl Iterator<Item = &str> {
        self.areas.iter().flat_map(|area| &area.tasks).map(|task| task.code.as_str())
    }

    /// Whether a person who can do these foundation tasks and these tasks for work is able, in one view; nothing
    /// where they were not asked.
    fn able(&self, view: View, answers: &Answers) -> Option<bool> {
        let can = |task: &Task| answers.tasks.contains(task.code.as_str());
        match view {
            View::Foundation => answers.foundation.map(|tasks| tasks == self.foundation_tasks),
            View::Skills => answers.asked_tasks.then(|| self.areas.iter().all(|area| area.tasks.iter().any(can))),
            View::Tasks => answers.asked_tasks.then(|| self.areas.iter().flat_map(|area| &area.tasks).all(can)),
        }
    }

    fn answers<'a>(&self, survey: &'a SkillsSurvey) -> Answers<'a> {
        let known = |code: &str| self.codes().any(|known| known == code);
        Answers {
            foundation: survey.foundation_tasks.filter(|tasks| *tasks <= self.foundation_tasks),
            tasks: survey.tasks.iter().map(|code| code.trim()).filter(|code| known(code)).collect(),
            // A list of unknown codes alone says nothing of what the person can do.
            asked_tasks: survey.tasks.iter().any(|code| known(code.trim()) || code.trim() == self.none),
        }
    }
}

/// What one person answered, unknown codes left out.
struct Answers<'a> {
    foundation: Option<u64>,
    tasks: BTreeSet<&'a str>,
    asked_tasks: bool,
}

/// The views by authority of residence, in the order of the report.
pub(super) fn by_residence(
    programme: &str,
    surveys: &[&SkillsSurvey],
    framework: &Framework,
    partners: &[Named],
    findings: &mut Findings,
) -> Vec<ResidentsSkills> {
    unfit(programme, surveys, framework, findings);
    let surveys = counted_once(programme, surveys, partners, findings);
    let codes = authorities(partners, surveys.iter().map(|survey| survey.authority.as_str()));
    let of = |authority: &str| {
        let own: Vec<&SkillsSurvey> = surveys.iter().copied().filter(|survey| survey.authority == authority).collect();
        residents(authority, &own, framework)
    };
    codes.into_iter().map(of).collect()
}

/// The answers without those of a person at a stage that are there already.
fn counted_once<'a>(
    programme: &str,
    surveys: &[&'a SkillsSurvey],
    partners: &[Named],
    findings: &mut Findings,
) -> Vec<&'a SkillsSurvey> {
    let mut seen: BTreeMap<(&str, &str, &str), &SkillsSurvey> = BTreeMap::new();
    let mut counted = Vec::new();
    for survey in surveys.iter().copied() {
        let key = survey.person.as_deref().map(|person| (survey.authority.as_str(), survey.stage.as_str(), person));
        match key.and_then(|key| seen.get(&key).copied()) {
            Some(first) => {
                let what = format!(
                    "{programme}: person {} of {} answered twice {} it; the entry {} alone counts.",
                    survey.person.as_deref().unwrap_or_default(),
                    name_of(partners, &survey.authority),
                    survey.stage,
                    first.reference
                );
                let hint = "correct the number of one of the two people, or take the entry out";
                findings.add(error(what, hint, &[source(first), source(survey)]));
            }
            None => {
                seen.extend(key.map(|key| (key, survey)));
                counted.push(survey);
            }
        }
    }
    counted
}

fn source(survey: &SkillsSurvey) -> Source {
    JointRegister::own_source(&survey.reference)
}

/// Finds codes that are no task, numbers beyond the foundation tasks, and "none" beside a task.
fn unfit(programme: &str, surveys: &[&SkillsSurvey], framework: &Framework, findings: &mut Findings) {
    let known: BTreeSet<&str> = framework.codes().collect();
    let mut unknown: BTreeMap<&str, Vec<Source>> = BTreeMap::new();
    for survey in surveys {
        let codes: Vec<&str> = survey.tasks.iter().map(|code| code.trim()).collect();
        for code in codes.iter().filter(|code| !known.contains(*code) && **code != framework.none) {
            unknown.entry(code).or_default().push(source(survey));
        }
        if codes.contains(&framework.none.as_str()) && codes.iter().any(|code| known.contains(code)) {
            let what = format!("{programme}: answer {} names tasks and \"{}\".", survey.reference, framework.none);
            findings.add(warning(what, "take one of the two out; the tasks count", &[source(survey)]));
        }
        if let Some(tasks) = survey.foundation_tasks.filter(|tasks| *tasks > framework.foundation_tasks) {
            let all = framework.foundation_tasks;
            let what = format!("{programme}: answer {} has {tasks} foundation tasks of {all}.", survey.reference);
            findings.add(error(what, "correct the number; until then it is not known", &[source(survey)]));
        }
    }
    if !unknown.is_empty() {
        let codes: Vec<&str> = unknown.keys().copied().collect();
        let sources: Vec<Source> = unknown.into_values().flatten().take(MOST_CITED).collect();
        let what = format!(
            "{programme}: {} of no task for work: {}.",
            counted(codes.len(), "code is", "codes are"),
            listed(&codes)
        );
        let hint =
            "use the codes of the parameter inclusion/essential_digital_skills, or overlay it with your own list";
        findings.add(error(what, hint, &sources));
    }
}

fn residents(authority: &str, surveys: &[&SkillsSurvey], framework: &Framework) -> ResidentsSkills {
    let answers: Vec<(&SkillsSurvey, Answers)> =
        surveys.iter().map(|survey| (*survey, framework.answers(survey))).collect();
    let none = |stage: &str| {
        let asked = answers.iter().filter(|(survey, answers)| survey.stage == stage && answers.asked_tasks);
        Asked { asked: asked.clone().count(), able: asked.filter(|(_, answers)| answers.tasks.is_empty()).count() }
    };
    ResidentsSkills {
        authority: authority.to_owned(),
        views: View::ALL.map(|view| of_view(view, &answers, framework)).to_vec(),
        none_before: none("before"),
        none_after: none("after"),
        sources: surveys.iter().map(|survey| source(survey)).collect(),
    }
}

fn of_view(view: View, answers: &[(&SkillsSurvey, Answers)], framework: &Framework) -> ViewOutcome {
    let mut asked = [Asked::default(); 2];
    let mut people: BTreeMap<&str, [Option<bool>; 2]> = BTreeMap::new();
    for (survey, answers) in answers {
        let Some(able) = framework.able(view, answers) else { continue };
        let stage = usize::from(survey.stage == "after");
        asked[stage].asked += 1;
        asked[stage].able += usize::from(able);
        if let Some(person) = &survey.person {
            people.entry(person).or_default()[stage] = Some(able);
        }
    }
    let twice = people.values().filter_map(|[before, after]| Some(((*before)?, (*after)?)));
    ViewOutcome {
        view,
        before: asked[0],
        after: asked[1],
        asked_twice: twice.clone().count(),
        gained: twice.clone().filter(|(before, after)| !before && *after).count(),
        lost: twice.filter(|(before, after)| *before && !after).count(),
    }
}

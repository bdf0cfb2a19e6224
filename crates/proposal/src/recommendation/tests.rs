//! Runs `cases.toml`: facts, and the course and areas that the rules must reach on them.

use penshaw_basis::Basis;
use penshaw_register::recommendation::{Course, Recommendation, Status};
use serde::Deserialize;

use super::{Facts, recommend};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    source: String,
    facts: Facts,
    expected: Expected,
}

/// What a case expects; what it leaves out is not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    status: Status,
    course: Course,
    areas: Vec<String>,
    #[serde(default)]
    resolutions: Vec<String>,
    #[serde(default)]
    rejected: Vec<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    missing_from: Vec<String>,
    #[serde(default)]
    reopen: Vec<String>,
    #[serde(default)]
    officers_judgement: Vec<String>,
}

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("cases.toml is read as cases");
    cases.case
}

fn run(case: &Case) -> Recommendation {
    recommend(&case.facts, &Basis::standard()).expect("the thresholds are in force")
}

fn standing(recommendation: &Recommendation) -> Vec<&str> {
    recommendation.standing().map(|area| area.reference.as_str()).collect()
}

fn all_words(recommendation: &Recommendation) -> String {
    let reasons = recommendation.reasons.iter().map(|reason| reason.text.plain());
    let rejected = recommendation.rejected.iter().map(|rejected| rejected.reason.plain());
    let areas = recommendation.areas.iter().map(|area| area.why.clone());
    reasons.chain(rejected).chain(areas).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_case_reaches_the_course_that_is_expected_of_it() {
    for case in cases() {
        assert!(!case.source.is_empty(), "{}: a case has a source", case.name);
        let found = run(&case);
        let expected = &case.expected;
        assert_eq!((found.status, found.course), (expected.status, expected.course), "{}\n{found:#?}", case.name);
        assert_eq!(standing(&found), expected.areas, "{}", case.name);
        let resolutions: Vec<&str> = found.resolutions.iter().map(|resolution| resolution.text.as_str()).collect();
        if !expected.resolutions.is_empty() {
            assert_eq!(resolutions, expected.resolutions, "{}", case.name);
        }
        let rejected: Vec<&str> = found.rejected.iter().map(|rejected| rejected.option.as_str()).collect();
        assert_eq!(rejected, expected.rejected, "{}", case.name);
        let words = all_words(&found);
        for said in &expected.says {
            assert!(words.contains(said.as_str()), "{}: nothing says \"{said}\" in\n{words}", case.name);
        }
        for of in &expected.missing_from {
            assert!(found.missing.iter().any(|wanting| wanting.of == *of), "{}: {:?}", case.name, found.missing);
        }
        assert_eq!(found.missing.is_empty(), found.status == Status::Ready, "{}", case.name);
        for condition in &expected.reopen {
            assert!(found.reopen_if.contains(condition), "{}: {:#?}", case.name, found.reopen_if);
        }
        let judged = found.areas.iter().filter(|area| area.officers_judgement);
        let judged: Vec<&str> = judged.map(|area| area.reference.as_str()).collect();
        if !expected.officers_judgement.is_empty() {
            assert_eq!(judged, expected.officers_judgement, "{}", case.name);
        }
    }
}

#[test]
fn taking_one_areas_evidence_away_drops_it_and_no_other() {
    for case in cases() {
        let all: Vec<String> = standing(&run(&case)).into_iter().map(str::to_owned).collect();
        for dropped in &all {
            let mut facts = case.facts.clone();
            let area = facts.areas.iter_mut().find(|area| area.reference == *dropped).expect("it stood");
            area.evidence.clear();
            let found = recommend(&facts, &Basis::standard()).unwrap();
            let rest: Vec<&str> = all.iter().map(String::as_str).filter(|area| area != dropped).collect();
            assert_eq!(standing(&found), rest, "{}", case.name);
        }
    }
}

#[test]
fn services_are_never_joined_without_figures_or_with_a_partner_that_loses() {
    for case in cases() {
        let mut facts = case.facts.clone();
        for option in &mut facts.options {
            option.appraisal = None;
        }
        assert_ne!(recommend(&facts, &Basis::standard()).unwrap().course, Course::Integrate, "{}", case.name);
        let mut facts = case.facts.clone();
        for partner in facts.options.iter_mut().filter_map(|option| option.appraisal.as_mut()?.partners.last_mut()) {
            partner.net_present_cash = -1.0;
        }
        assert_ne!(recommend(&facts, &Basis::standard()).unwrap().course, Course::Integrate, "{}", case.name);
    }
}

#[test]
fn every_alternative_is_rejected_with_a_reason_or_taken() {
    for case in cases() {
        for rejected in run(&case).rejected {
            assert!(rejected.reason.plain().len() > 40, "{}: {:?}", case.name, rejected);
        }
    }
}

//! Tests of what is gathered, and laws of the answer.

use std::collections::BTreeMap;

use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::json;

use super::*;

const DAY: Date = Date::constant(2014, 6, 18);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Skills>(include_str!("cases.toml"));
}

fn record(kind: Kind, reference: &str, fields: serde_json::Value) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields.extend(fields.as_object().expect("an object").clone());
    record
}

fn post(reference: &str, skills: &[&str]) -> Record {
    let fields = json!({ "title": "Network engineer", "fte": 1.0, "skills": skills, "leaving": 0.1 });
    record(Kind::Post, reference, fields)
}

fn joint(own: Vec<Record>, shared: &[&str], fields: Which) -> JointRegister {
    let partnership = Partnership {
        authorities: vec![Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() }],
        ..Partnership::default()
    };
    let records = Which::Only(shared.iter().map(|reference| (*reference).to_owned()).collect());
    let choice = SharingChoice { kind: None, records, fields, shared: true, instead: None };
    let baselines = [Baseline::freeze("SCC", DAY, own)];
    join(&partnership, &baselines, &BTreeMap::from([("SCC".to_owned(), vec![choice])]))
}

#[test]
fn without_a_post_with_skills_each_authority_is_asked_for_them() {
    let missing = Skills::gather(&joint(vec![post("P1", &[])], &["P1"], Which::All), DAY).unwrap_err();
    assert_eq!((missing.needs.len(), missing.needs[0].of.as_str()), (1, "SCC"));
}

#[test]
fn a_post_or_a_chance_that_its_owner_keeps_back_is_nowhere_in_the_answer() {
    let own = vec![post("P1", &["Networks: expert"]), post("P2", &["Secret: expert"])];
    let fields = Which::Only(["title", "fte", "skills"].map(str::to_owned).to_vec());
    let input = Skills::gather(&joint(own, &["P1"], fields), DAY).unwrap();
    assert_eq!((input.posts.len(), input.posts[0].leaving), (1, None));
    let outcome = Skills::analyse(&Input { trials: 64, ..input }, &Basis::standard());
    let told = serde_json::to_string(&(&outcome, Skills::present(&outcome))).unwrap();
    assert!(told.contains("Networks") && !told.contains("Secret") && !told.contains("P2"));
}

#[test]
fn needs_are_gathered_with_their_money() {
    let need = json!({ "skill": "Networks", "level": "expert", "people": 2, "training_cost": 450_000 });
    let own = vec![post("P1", &["Networks: expert"]), record(Kind::SkillNeed, "N1", need)];
    let input = Skills::gather(&joint(own, &["P1", "N1"], Which::All), DAY).unwrap();
    assert_eq!(input.needs[0].training_cost, Some(Money::from_pounds(4_500)));
    assert_eq!((input.needs[0].people, input.trials), (Some(2), TRIALS));
}

#[test]
fn an_input_of_extremes_is_answered_and_shown() {
    let wild = |reference: &str, fte: f64, chance: f64| PostInput {
        authority: "X".into(),
        reference: reference.into(),
        fte: Some(fte),
        skills: vec![":".into(), " : expert".into(), "A: b: expert".into(), "".into(), "A: 99".into()],
        leaving: Some(chance),
        retiring: Some(chance),
        ..PostInput::default()
    };
    let need =
        |people| NeedInput { authority: "Y".into(), skill: "A".into(), people: Some(people), ..NeedInput::default() };
    let input = Input {
        on: DAY,
        trials: 0,
        seed: u64::MAX,
        partners: Vec::new(),
        options: Vec::new(),
        posts: vec![wild("P1", 1e12, 0.5), wild("P2", 0.0, -3.0), wild("P3", -1.0, 7.0)],
        needs: vec![need(u64::MAX), need(0)],
    };
    let outcome = Skills::analyse(&input, &Basis::standard());
    assert_eq!(outcome.authorities[0].people, 10_000);
    assert!(!Skills::present(&outcome).is_empty());
}

#[test]
fn the_seed_gives_the_same_answer_again() {
    let input = |seed| Input {
        seed,
        ..Skills::gather(&joint(vec![post("P1", &["A: expert"])], &["P1"], Which::All), DAY).unwrap()
    };
    let sampled = |seed| Skills::analyse(&input(seed), &Basis::standard()).options[0].sampled;
    assert_eq!(sampled(1), sampled(1));
    assert_ne!(sampled(1), sampled(2));
}

/// Posts of three authorities with a few skills, and needs of them.
fn inputs() -> impl Strategy<Value = Input> {
    let level = prop::sample::select(vec!["awareness", "working", "practitioner", "expert", "3", "5"]);
    let skill = (prop::sample::select(vec!["A", "B", "C"]), level.clone())
        .prop_map(|(skill, level)| format!("{skill}: {level}"));
    let code = || prop::sample::select(vec!["SCC", "DCC", "GMBC"]);
    let post = (code(), prop::collection::vec(skill, 1..4), 0.0..3.0, 0.0..0.5, any::<bool>());
    let need = (code(), prop::sample::select(vec!["A", "B", "C"]), level, 0..4_u64);
    (prop::collection::vec(post, 1..9), prop::collection::vec(need, 0..6)).prop_map(|(posts, needs)| Input {
        on: DAY,
        trials: 4_096,
        seed: 1,
        partners: ["SCC", "DCC", "GMBC"].map(|code| Named::new(code, code)).to_vec(),
        options: Vec::new(),
        posts: posts
            .into_iter()
            .enumerate()
            .map(|(number, (authority, skills, fte, leaving, covers))| PostInput {
                authority: authority.into(),
                reference: format!("P{number}"),
                title: "Engineer".into(),
                fte: Some(fte),
                skills,
                leaving: Some(leaving),
                retiring: Some(0.02),
                covers_partners: Some(covers),
                ..PostInput::default()
            })
            .collect(),
        needs: needs
            .into_iter()
            .enumerate()
            .map(|(number, (authority, skill, level, people))| NeedInput {
                authority: authority.into(),
                reference: format!("N{number}"),
                skill: skill.into(),
                level: Some(level.into()),
                people: Some(people),
                training_cost: Some(Money::from_pounds(1_000)),
                retention_cost: Some(Money::from_pounds(1_000)),
                ..NeedInput::default()
            })
            .collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_closer_the_partners_work_the_fewer_skills_are_expected_to_go_uncovered(input in inputs()) {
        let outcome = Skills::analyse(&input, &Basis::standard());
        for row in &outcome.skills {
            let risk = row.risk;
            prop_assert!(risk.integrate <= risk.collaborate + 1e-12 && risk.collaborate <= risk.apart + 1e-12);
            let none: f64 = row.needs.iter().map(|need| 1.0 - need.risk).product();
            prop_assert!((risk.apart - (1.0 - none)).abs() < 1e-12, "apart, authorities are independent");
        }
        for option in &outcome.options {
            prop_assert!((option.sampled - option.expected).abs() < 0.3);
            prop_assert!(option.p10 <= option.p50 && option.p50 <= option.p90);
        }
    }

    #[test]
    fn one_more_holder_never_raises_a_risk_and_measures_always_lower_it(input in inputs()) {
        let basis = Basis::standard();
        let before = Skills::analyse(&input, &basis);
        let mut more = input.clone();
        let fte = more.posts[0].fte.unwrap_or(1.0) + 1.0;
        more.posts[0].fte = Some(fte);
        let after = Skills::analyse(&more, &basis);
        // The post must have had somebody in it, or a need may newly be assumed; none is: needs follow posts, not people.
        for (one, other) in before.authorities.iter().zip(&after.authorities) {
            prop_assert!(other.expected_uncovered <= one.expected_uncovered + 1e-12);
        }
        prop_assert!(before.measures.iter().all(|measure| measure.falls_by > 0.0 && measure.falls_by <= 8.0));
        prop_assert_eq!(before.measures.len(), before.opportunities.len());
    }
}

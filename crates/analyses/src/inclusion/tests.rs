//! What the cases cannot say: gathering, parameters of a partnership's own, and what is shown.

use std::collections::BTreeMap;

use penshaw_basis::Confidence;
use penshaw_documents::ChartKind;
use penshaw_register::{Authority, Baseline, PARTNERSHIP, Partnership, Record, SharingChoice, Which, join};
use serde_json::json;

use super::*;

const DAY: Date = Date::constant(2014, 6, 18);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Inclusion>(include_str!("cases.toml"));
}

fn area(code: &str, deri: [f64; 3]) -> SmallArea {
    serde_json::from_value(json!({
        "reference": format!("{code}-2011"), "code": code, "vintage": "2011",
        "deri_broadband": deri[0], "deri_demography": deri[1], "deri_deprivation": deri[2],
    }))
    .unwrap()
}

fn owned(owner: &str, area: SmallArea) -> OwnedArea {
    OwnedArea { owner: owner.into(), area }
}

fn input(small_areas: Vec<OwnedArea>) -> Input {
    let partners = vec![Named::new("SCC", "Sunderland"), Named::new("DCC", "Durham")];
    Input {
        on: DAY,
        partners,
        areas: Vec::new(),
        small_areas,
        programmes: Vec::new(),
        outcomes: Vec::new(),
        surveys: Vec::new(),
        gainshares: Vec::new(),
    }
}

fn joint(areas: &[SmallArea], shared: bool) -> JointRegister {
    let authority = Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() };
    let partnership = Partnership { authorities: vec![authority], ..Partnership::default() };
    let records = areas.iter().map(|entry| Record::of(entry, Confidence::Verified)).collect();
    let choice = SharingChoice { kind: None, records: Which::All, fields: Which::All, shared, instead: None };
    let choices = BTreeMap::from([("SCC".to_owned(), vec![choice])]);
    let baselines = [Baseline::freeze("SCC", DAY, records), Baseline::freeze(PARTNERSHIP, DAY, Vec::new())];
    join(&partnership, &baselines, &choices)
}

#[test]
fn without_an_area_or_a_programme_each_partner_and_the_partnership_are_asked() {
    let kept_back = joint(&[area("E1", [1.0, 2.0, 3.0])], false);
    let missing = Inclusion::gather(&kept_back, DAY).unwrap_err();
    let asked: Vec<&str> = missing.needs.iter().map(|need| need.of.as_str()).collect();
    assert_eq!(asked, ["SCC", "partnership"]);
}

#[test]
fn a_stored_input_reads_back_as_it_was() {
    let input = Inclusion::gather(&joint(&[area("E1", [1.0, 2.0, 3.0])], true), DAY).unwrap();
    assert_eq!(input.small_areas.len(), 1);
    let stored = serde_json::to_string(&input).unwrap();
    assert_eq!(serde_json::from_str::<Input>(&stored).unwrap(), input);
}

#[test]
fn a_partnerships_own_weights_are_used() {
    let text = include_str!("../../../../parameters/inclusion/weights.toml");
    let own =
        text.replace("deri_broadband = 1.0, deri_demography = 1.0", "deri_broadband = 0.0, deri_demography = 0.0");
    assert_ne!(own, text);
    let basis = Basis::with_overlay(&BTreeMap::from([("inclusion/weights.toml".to_owned(), own)])).unwrap();
    let outcome = Inclusion::analyse(&input(vec![owned("SCC", area("E1", [1.0, 2.0, 9.0]))]), &basis);
    assert_eq!(outcome.vintages[0].areas[0].need, Some(9.0));
    assert_eq!(outcome.vintages[0].areas[0].deri, Some(4.0));
}

#[test]
fn the_worked_example_of_the_method_is_what_is_worked_out() {
    let text = include_str!("../../../../parameters/inclusion/weights.toml");
    let own = text.replacen("deprivation_score = 0.0", "deprivation_score = 1.0", 1);
    let basis = Basis::with_overlay(&BTreeMap::from([("inclusion/weights.toml".to_owned(), own)])).unwrap();
    let small = SmallArea { deprivation_score: Some(30.0), ..area("E1", [4.0, 6.0, 8.0]) };
    let outcome = Inclusion::analyse(&input(vec![owned("SCC", small)]), &basis);
    assert_eq!(outcome.vintages[0].areas[0].deri, Some(6.0));
    assert_eq!(outcome.vintages[0].areas[0].need, Some(5.25));
}

#[test]
fn weights_that_cannot_be_used_are_told_and_programmes_are_still_answered() {
    let text = include_str!("../../../../parameters/inclusion/weights.toml");
    let own = text.replace("deri_broadband = 1.0", "deri_broadband = -1.0");
    let basis = Basis::with_overlay(&BTreeMap::from([("inclusion/weights.toml".to_owned(), own)])).unwrap();
    let mut input = input(vec![owned("SCC", area("E1", [1.0, 2.0, 9.0]))]);
    input.programmes =
        vec![serde_json::from_value(json!({"reference": "IP1", "name": "Online", "authority": "joint"})).unwrap()];
    let outcome = Inclusion::analyse(&input, &basis);
    assert_eq!(outcome.vintages[0].areas[0].need, None);
    assert_eq!(outcome.programmes.len(), 1);
    assert!(outcome.findings[0].what.contains("below nought"), "{:?}", outcome.findings);
    assert!(!Inclusion::present(&outcome).is_empty());
}

#[test]
fn the_map_shows_places_only_where_every_area_has_one() {
    let placed = |code: &str, north: f64| {
        let mut area = area(code, [1.0, 2.0, north]);
        (area.latitude, area.longitude) = (Some(54.0 + north / 10.0), Some(-1.4));
        owned("SCC", area)
    };
    let kind = |areas: Vec<OwnedArea>| {
        let blocks = Inclusion::present(&Inclusion::analyse(&input(areas), &Basis::standard()));
        blocks.into_iter().find_map(|block| match block {
            Block::Chart(chart) => Some(chart.kind),
            _ => None,
        })
    };
    let Some(ChartKind::Map { places, .. }) = kind(vec![placed("E1", 1.0), placed("E2", 4.0)]) else {
        panic!("with positions there is a map")
    };
    assert_eq!(places.iter().map(|place| place.weight).collect::<Vec<_>>(), [Some(0.0), Some(1.0)]);
    let Some(ChartKind::Tiles { groups, .. }) =
        kind(vec![placed("E1", 1.0), owned("DCC", area("E2", [1.0, 2.0, 4.0]))])
    else {
        panic!("without one position there are tiles")
    };
    let marked: Vec<(&str, bool)> = groups.iter().map(|group| (group.label.as_str(), group.tiles[0].marked)).collect();
    assert_eq!(marked, [("Sunderland", false), ("Durham", true)]);
}

#[test]
fn what_is_not_known_is_said_in_words_and_never_as_nought() {
    let mut input = input(Vec::new());
    input.programmes = vec![
        serde_json::from_value(
            json!({"reference": "IP1", "name": "Online", "authority": "joint", "costs": {"2014-15": 100}}),
        )
        .unwrap(),
    ];
    input.outcomes = vec![
        serde_json::from_value(
            json!({"reference": "IO1", "programme": "IP1", "authority": "DCC", "year": "2014-15", "reached": 10}),
        )
        .unwrap(),
    ];
    let outcome = Inclusion::analyse(&input, &Basis::standard());
    let words = format!("{:?}", Inclusion::present(&outcome));
    assert!(words.contains("What a sustained learner costs is not known of any programme"), "{words}");
    assert!(words.contains("not worked out: sustained at 6 months is not known"), "{words}");
}

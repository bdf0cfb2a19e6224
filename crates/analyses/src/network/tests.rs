//! Tests of what is gathered, and of the laws that every answer keeps.

use std::collections::BTreeMap;

use penshaw_documents::ChartKind;
use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<NetworkOfRegion>(include_str!("cases.toml"));
}

const DAY: Date = Date::constant(2026, 4, 1);

fn record(kind: Kind, reference: &str, fields: Json) -> Record {
    let mut record = Record::new(kind, reference);
    let Json::Object(fields) = fields else { panic!("fields are an object") };
    record.fields.extend(fields);
    record
}

fn joint(scc: Vec<Record>, dcc: Vec<Record>, kept: &[Kind]) -> JointRegister {
    let authority =
        |code: &str| Authority { code: code.into(), name: format!("{code} Council"), ..Authority::default() };
    let partnership = Partnership { authorities: vec![authority("SCC"), authority("DCC")], ..Partnership::default() };
    let kinds = [Kind::Site, Kind::Link, Kind::Contract, Kind::Workload, Kind::HostingAgreement];
    let choices: Vec<SharingChoice> = kinds
        .into_iter()
        .filter(|kind| !kept.contains(kind))
        .map(|kind| SharingChoice {
            kind: Some(kind),
            records: Which::All,
            fields: Which::All,
            shared: true,
            instead: None,
        })
        .collect();
    let baselines = [Baseline::freeze("SCC", DAY, scc), Baseline::freeze("DCC", DAY, dcc)];
    join(&partnership, &baselines, &BTreeMap::from([("SCC".to_owned(), choices.clone()), ("DCC".to_owned(), choices)]))
}

fn estate() -> (Vec<Record>, Vec<Record>) {
    let site = |reference: &str, name: &str| record(Kind::Site, reference, json!({ "name": name }));
    let between = |from: &str, to: &str| json!({ "name": "Between the councils", "from_site": from, "to_site": to, "supplier": "One", "annual_cost": 2_100_000 });
    let contract =
        json!({ "title": "Wide area network", "ends": "2027-03-31", "notice_months": 6.0, "extension_months": 12.0 });
    let own = json!({ "name": "To the office", "from_site": "S1", "to_site": "S2", "contract": "C1" });
    let workload = json!({ "name": "Finance", "site": "S2", "users": 40 });
    let scc = vec![
        site("S1", "Moorside"),
        site("S2", "Civic centre"),
        record(Kind::Link, "N1", between("S1", "DCC/S1")),
        record(Kind::Link, "N2", own),
        record(Kind::Contract, "C1", contract),
        record(Kind::Workload, "W1", workload),
    ];
    let dcc = vec![site("S1", "County hall"), record(Kind::Link, "N1", between("S1", "SCC/S1"))];
    (scc, dcc)
}

fn answered(kept: &[Kind]) -> Outcome {
    let (scc, dcc) = estate();
    let input = NetworkOfRegion::gather(&joint(scc, dcc, kept), DAY).unwrap();
    NetworkOfRegion::analyse(&input, &Basis::standard())
}

#[test]
fn without_links_each_authority_is_asked_for_its_own() {
    let (scc, dcc) = estate();
    let missing = NetworkOfRegion::gather(&joint(scc, dcc, &[Kind::Link]), DAY).unwrap_err();
    let asked: Vec<&str> = missing.needs.iter().map(|need| need.of.as_str()).collect();
    assert_eq!(asked, ["SCC", "DCC"]);
}

#[test]
fn a_link_that_both_authorities_record_counts_once_and_costs_once() {
    let outcome = answered(&[]);
    assert_eq!(outcome.in_place().count(), 2);
    assert_eq!(outcome.annual_cost, penshaw_basis::Money::from_pence(2_100_000));
    assert_eq!(outcome.links[0].recorded_by, ["SCC/N1", "DCC/N1"]);
    assert!(outcome.findings.iter().any(|finding| finding.what.contains("counts once")));
}

#[test]
fn the_loss_of_a_link_names_the_sites_their_authority_and_their_users() {
    let outcome = answered(&[]);
    let failure = outcome.failures.iter().find(|failure| failure.code == "SCC/N2").unwrap();
    assert_eq!(failure.cut_off, [["SCC/S2"]]);
    assert_eq!((failure.authorities.as_slice(), failure.users), (&["SCC".to_owned()][..], Some(40)));
}

#[test]
fn contracts_and_workloads_that_are_kept_back_leave_the_rest_answered() {
    let outcome = answered(&[Kind::Contract, Kind::Workload]);
    assert_eq!(outcome.bridges.len(), 2);
    assert!(outcome.road_map.is_empty());
    let failure = outcome.failures.iter().find(|failure| failure.code == "SCC/N2").unwrap();
    assert_eq!(failure.users, None);
}

#[test]
fn notice_and_extension_are_counted_from_the_end() {
    let outcome = answered(&[]);
    let days: Vec<(EventKind, String)> =
        outcome.road_map.iter().map(|event| (event.kind, event.day.to_string())).collect();
    let expected = [
        (EventKind::NoticeBy, "2026-09-30"),
        (EventKind::Ends, "2027-03-31"),
        (EventKind::ExtensionEnds, "2028-03-31"),
    ];
    assert_eq!(days, expected.map(|(kind, day)| (kind, day.to_owned())));
    assert_eq!(outcome.terms[0].cuts_off, ["SCC/S2"]);
}

#[test]
fn the_map_marks_the_site_in_the_middle_and_sites_without_a_position_stand_on_a_circle() {
    let outcome = answered(&[]);
    let blocks = NetworkOfRegion::present(&outcome);
    let chart = blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let ChartKind::Map { places, connections, .. } = &chart.unwrap().kind else { panic!("the first chart is the map") };
    let marked: Vec<&str> = places.iter().filter(|place| place.marked).map(|place| place.label.as_str()).collect();
    assert_eq!((marked, connections.len()), (vec!["Moorside"], 2));
    for place in places {
        assert!((place.north * place.north + place.east * place.east - 1.0).abs() < 1e-12);
    }
}

#[test]
fn the_strategy_has_its_parts_and_ends_with_its_sources() {
    let blocks = strategy(&answered(&[]));
    let titles: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level: 2, text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let parts = ["Purpose", "Where we are", "What fails", "What we propose", "Road map", "Costs", "What this rests on"];
    assert_eq!(titles, parts);
    assert_eq!(blocks.last(), Some(&Block::SourceList));
}

#[test]
fn a_partnerships_own_parameter_that_cannot_be_read_is_told_and_the_rest_is_answered() {
    let text = include_str!("../../../../parameters/network/planning.toml").replace("whole_life_years = 5, ", "");
    let basis = Basis::with_overlay(&BTreeMap::from([("network/planning.toml".to_owned(), text)])).unwrap();
    let (scc, dcc) = estate();
    let input = NetworkOfRegion::gather(&joint(scc, dcc, &[]), DAY).unwrap();
    let outcome = NetworkOfRegion::analyse(&input, &basis);
    assert_eq!((outcome.additions, outcome.bridges.len()), (None, 2));
    assert_eq!(outcome.findings[0].severity, penshaw_register::Severity::Error);
}

/// Up to seven sites, links in place and possible between any two, four suppliers and three routes.
fn inputs() -> impl Strategy<Value = Input> {
    (2_usize..8).prop_flat_map(|sites| {
        let link = (0..sites, 0..sites, any::<bool>(), 0_usize..5, 0_usize..4, proptest::option::of(0_i64..900));
        proptest::collection::vec(link, 0..14).prop_map(move |links| {
            let site = |place: usize| format!("{}/S{place}", ["SCC", "DCC"][place % 2]);
            let sites = (0..sites).map(|place| Site { code: site(place), name: site(place), ..Site::default() });
            let links =
                links.into_iter().enumerate().map(|(place, (from, to, possible, supplier, route, cost))| Link {
                    code: format!("SCC/N{place}"),
                    name: format!("Link {place}"),
                    from: Some(site(from)),
                    to: Some(site(to)),
                    possible,
                    supplier: (supplier > 0).then(|| format!("Supplier {supplier}")),
                    routes: if route > 0 { vec![format!("Duct {route}")] } else { Vec::new() },
                    annual_cost: cost.map(penshaw_basis::Money::from_pence),
                    ..Link::default()
                });
            let (sites, links) = (sites.collect(), links.collect());
            Input { on: DAY, partners: Vec::new(), sites, links, contracts: Vec::new(), hosting: Vec::new() }
        })
    })
}

/// The pairs of sites that a failure cuts apart, as far as its groups show them.
fn cut_sites(groups: &[Vec<String>]) -> usize {
    groups.iter().map(Vec::len).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_additions_are_proven_and_presented_whatever_is_recorded(input in inputs()) {
        let outcome = NetworkOfRegion::analyse(&input, &Basis::standard());
        prop_assert!(outcome.additions.as_ref().unwrap().proven);
        prop_assert!(NetworkOfRegion::present(&outcome).len() > 4);
        prop_assert!(strategy(&outcome).len() > 7);
    }

    #[test]
    fn the_failures_of_sites_and_links_agree_with_articulation_points_and_bridges(input in inputs()) {
        let outcome = NetworkOfRegion::analyse(&input, &Basis::standard());
        let of = |failing| -> Vec<String> {
            let cutting = outcome.cutting().filter(|failure| failure.failing == failing);
            cutting.map(|failure| failure.code.clone()).collect()
        };
        prop_assert_eq!(of(Failing::Site), outcome.articulation_points.clone());
        prop_assert_eq!(of(Failing::Link), outcome.bridges.clone());
    }

    #[test]
    fn putting_a_possible_link_in_place_never_makes_more_parts(input in inputs()) {
        let before = NetworkOfRegion::analyse(&input, &Basis::standard());
        for place in (0..input.links.len()).filter(|&place| input.links[place].possible) {
            let mut more = input.clone();
            more.links[place].possible = false;
            let after = NetworkOfRegion::analyse(&more, &Basis::standard());
            prop_assert!(after.parts.len() <= before.parts.len());
        }
    }

    #[test]
    fn nothing_is_cut_off_once_all_that_is_possible_is_added_that_is_not_cut_off_after_the_additions(input in inputs()) {
        let costed = |link: &Link| !link.possible || link.annual_cost.is_some();
        let mut all = input.clone();
        all.links.retain(costed);
        all.links.iter_mut().for_each(|link| link.possible = false);
        let all = NetworkOfRegion::analyse(&all, &Basis::standard());
        let chosen = NetworkOfRegion::analyse(&input, &Basis::standard());
        for failure in chosen.failures {
            let with_all = all.failures.iter().find(|other| (other.failing, &other.code) == (failure.failing, &failure.code));
            let with_all = with_all.expect("what is there is there with all others");
            prop_assert!(cut_sites(&failure.cut_off_after) <= cut_sites(&with_all.cut_off));
        }
    }
}

//! Tests of the placement: cases worked by hand, laws, and a certificate for the optimum.

use std::collections::BTreeMap;

use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::json;

use super::*;

const ON: Date = Date::constant(2014, 6, 18);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Placement>(include_str!("cases.toml"));
}

#[test]
fn without_sites_and_workloads_each_partner_is_asked_for_both() {
    let joint = join(&Partnership::default(), &[], &BTreeMap::new());
    let missing = Placement::gather(&joint, ON).unwrap_err();
    assert_eq!(missing.needs.len(), 2);
}

fn record(kind: Kind, reference: &str, fields: &serde_json::Value) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields.extend(fields.as_object().unwrap().clone());
    record
}

#[test]
fn what_an_owner_keeps_back_leaves_its_workload_where_it_is() {
    let partnership = Partnership {
        authorities: ["SCC", "DCC"]
            .map(|code| Authority { code: code.into(), name: code.into(), ..Authority::default() })
            .to_vec(),
        ..Partnership::default()
    };
    let site = |power| json!({ "name": "Data centre", "power_kw": power, "rack_units": 40, "storage_tb": 20, "running_cost_per_kw": 100_000 });
    let workload = |elsewhere| json!({ "name": "Finance", "site": "S1", "recovery_site": elsewhere, "power_kw": 1, "rack_units": 1, "storage_tb": 1 });
    let own = |power, elsewhere| {
        vec![record(Kind::Site, "S1", &site(power)), record(Kind::Workload, "W1", &workload(elsewhere))]
    };
    let baselines = [Baseline::freeze("SCC", ON, own(10, "DCC/S1")), Baseline::freeze("DCC", ON, own(10, "SCC/S1"))];
    let choice = |kind, fields, shared| SharingChoice { kind, records: Which::All, fields, shared, instead: None };
    let all = choice(None, Which::All, true);
    let but_power = choice(Some(Kind::Workload), Which::Only(vec!["power_kw".into()]), false);
    let choices = BTreeMap::from([("SCC".to_owned(), vec![all.clone(), but_power]), ("DCC".to_owned(), vec![all])]);
    let input = Placement::gather(&join(&partnership, &baselines, &choices), ON).unwrap();
    let outcome = Placement::analyse(&input, &Basis::standard());
    let of = |owner: &str| outcome.workloads.iter().find(|placement| placement.owner == owner).unwrap();
    assert_eq!(of("SCC").fixed.as_deref(), Some("nothing is recorded of its power"));
    assert_eq!(of("DCC").fixed, None);
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn a_parameter_that_cannot_be_read_is_told_and_the_rest_is_answered() {
    let overlay = BTreeMap::from([(
        "placement/costs.toml".to_owned(),
        "description = 'x'\nunit = 'x'\nset_by = 'x'\nreview_by = 2030-01-01\n[[values]]\nfrom = 2000-01-01\nvalue = 3\n\
         reference = { title = 'x', href = 'https://example.org' }"
            .to_owned(),
    )]);
    let basis = Basis::with_overlay(&overlay).unwrap();
    let outcome = Placement::analyse(&example(3, &[(1.0, 1.0, 1.0, 10, 0)], 10.0), &basis);
    assert!(outcome.findings.iter().any(|finding| finding.subject == "parameters"));
    assert_eq!(outcome.status, Status::Optimal);
}

#[test]
fn today_overloaded_is_told_and_mended() {
    let input = example(4, &[(4.0, 1.0, 1.0, 0, 0), (4.0, 1.0, 1.0, 0, 0)], 7.0);
    let outcome = Placement::analyse(&input, &Basis::standard());
    let told = outcome.findings.iter().any(|finding| finding.what.contains("would today need 8.0 kW of power"));
    assert!(told, "{:?}", outcome.findings);
    assert_eq!(outcome.status, Status::Optimal);
    assert!(outcome.loads.iter().flat_map(|load| &load.measures).all(|measure| !measure.over()));
}

#[test]
fn an_agreement_that_lets_too_little_is_a_blocker() {
    let mut input = example(2, &[(4.0, 2.0, 1.0, 0, 0)], 10.0);
    let agreement = json!({
        "reference": "HA1", "name": "Racks", "guest": "A", "host": "B", "standing": "in force", "site": "S1",
        "from_unit": 1, "to_unit": 1, "power_kw": 6.0, "storage_tb": 4.0,
    });
    input.agreements = vec![serde_json::from_value(agreement).unwrap()];
    let outcome = Placement::analyse(&input, &Basis::standard());
    assert_eq!(outcome.agreements[0].wanting, ["2.0 U of rack units needed, 1.0 let"]);
}

#[test]
fn workloads_set_apart_and_placed_together_are_told_and_still_placed() {
    let mut input = example(2, &[(1.0, 1.0, 1.0, 0, 0), (1.0, 1.0, 1.0, 0, 0)], 10.0);
    for held in &mut input.workloads {
        held.entry.placed_with = Some("one".into());
    }
    input.workloads[0].entry.apart_from = vec!["W1".into(), "W9".into()];
    let outcome = Placement::analyse(&input, &Basis::standard());
    let told = outcome.findings.iter().filter(|finding| finding.what.contains("is not set apart")).count();
    assert_eq!((told, outcome.status), (2, Status::Optimal));
}

#[test]
fn the_answer_is_shown_with_its_bound_a_map_and_every_table_filled() {
    let input = example(3, &[(4.0, 1.0, 1.0, 10, 1), (1.0, 1.0, 1.0, 10, 2)], 10.0);
    let outcome = Placement::analyse(&input, &Basis::standard());
    let blocks = Placement::present(&outcome);
    assert!(matches!(&blocks[0], Block::Paragraph { .. }));
    assert!(blocks.iter().any(|block| matches!(block, Block::Chart(chart) if !chart.table.rows.is_empty())));
    let read: Outcome = serde_json::from_value(serde_json::to_value(&outcome).unwrap()).unwrap();
    assert_eq!(read, outcome);
}

#[test]
fn where_no_workload_states_what_it_needs_the_answer_says_so_and_offers_nothing() {
    let mut input = example(2, &[(4.0, 2.0, 1.0, 0, 0), (1.0, 2.0, 1.0, 0, 0)], 10.0);
    input.workloads.iter_mut().for_each(|held| held.entry.rack_units = None);
    let outcome = Placement::analyse(&input, &Basis::standard());
    let Block::Paragraph { text, .. } = &Placement::present(&outcome)[0] else { panic!("a sentence comes first") };
    assert!(text[0].plain().starts_with("What should run where cannot be said yet: of 2 workloads none"));
    assert!(outcome.opportunities.is_empty());
    let told = outcome.findings.iter().filter(|finding| finding.what.contains("nothing is recorded of its rack units"));
    assert_eq!(told.count(), 1, "{:?}", outcome.findings);
}

/// A site's owner and reference by its place: A and B take turns, the fourth is a public cloud.
fn site(place: usize, power: f64) -> Owned<Site> {
    let owner = if place.is_multiple_of(2) { "A" } else { "B" };
    let mut entry = json!({
        "reference": format!("S{}", place / 2 + 1), "name": format!("Site {place}"), "rack_units": 40.0, "power_kw": power,
        "storage_tb": 40.0, "running_cost_per_kw": 100_000 - 7_000 * place as i64,
        "module_power_kw": 4.0, "module_cost": 150_000, "modules_most": 3,
    });
    if place == 3 {
        entry["use_of_site"] = json!("public cloud");
    }
    Owned { owner: owner.into(), entry: serde_json::from_value(entry).unwrap() }
}

/// Workloads of (kW, rack units, TB, users, group) at the first site, on some sites of a power.
fn example(sites: usize, workloads: &[(f64, f64, f64, u64, usize)], power: f64) -> Input {
    let workload = |(place, &(kw, units, tb, users, group)): (usize, &(f64, f64, f64, u64, usize))| {
        let entry = json!({
            "reference": format!("W{place}"), "name": format!("Workload {place}"), "site": "S1", "recovery_site": "B/S1",
            "power_kw": kw, "rack_units": units, "storage_tb": tb, "users": users, "moving_cost": 20_000 * group,
            "public_cloud": if group == 0 { "not possible" } else { "possible" }, "public_cloud_reason": "Paper",
            "placed_with": (group > 1).then(|| format!("group {group}")),
        });
        Owned { owner: "A".into(), entry: serde_json::from_value(entry).unwrap() }
    };
    let link = |place: usize| {
        let to = site(place, 0.0);
        let entry = json!({
            "reference": format!("N{place}"), "name": format!("Link {place}"), "from_site": "A/S1",
            "to_site": format!("{}/{}", to.owner, to.entry.reference), "latency_ms": place as f64,
        });
        Owned { owner: "A".into(), entry: serde_json::from_value(entry).unwrap() }
    };
    Input {
        on: ON,
        partners: vec![Named::new("A", "First Council"), Named::new("B", "Second Council")],
        sites: (0..sites).map(|place| site(place, power)).collect(),
        workloads: workloads.iter().enumerate().map(workload).collect(),
        links: (1..sites).map(link).collect(),
        agreements: Vec::new(),
        area: None,
        nodes: steps(workloads.len()),
    }
}

fn workloads() -> impl Strategy<Value = Vec<(f64, f64, f64, u64, usize)>> {
    let one = (1_u32..40, 1_u32..8, 1_u32..30, 0_u64..300, 0_usize..4);
    let scaled = one.prop_map(|(kw, units, tb, users, group)| {
        (f64::from(kw) / 10.0, f64::from(units), f64::from(tb) / 10.0, users, group)
    });
    prop::collection::vec(scaled, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_bound_never_exceeds_the_cost_and_the_independent_check_agrees(
        sites in 2_usize..5, workloads in workloads(), power in 4_u32..16
    ) {
        let outcome = Placement::analyse(&example(sites, &workloads, f64::from(power)), &Basis::standard());
        let Some(proposed) = outcome.proposed else { return Ok(()) };
        let check = outcome.check.unwrap();
        prop_assert!(outcome.bound.unwrap().pounds() <= proposed.weighed().pounds() + 1e-6);
        prop_assert!(check.problems.is_empty(), "{:?}", check.problems);
        prop_assert!((check.cost.unwrap().pounds() - proposed.weighed().pounds()).abs() < 1e-6);
    }

    #[test]
    fn more_capacity_never_costs_more(sites in 2_usize..5, workloads in workloads(), power in 4_u32..16) {
        let weighed = |power: u32| {
            let outcome = Placement::analyse(&example(sites, &workloads, f64::from(power)), &Basis::standard());
            (outcome.status == Status::Optimal).then(|| outcome.proposed.unwrap().weighed().pounds())
        };
        if let Some(less) = weighed(power) {
            let more = weighed(power + 4);
            prop_assert!(more.is_some_and(|more| more <= less + 1e-6), "{more:?} against {less}");
        }
    }

    #[test]
    fn the_optimum_is_that_of_trying_every_placement(
        sites in 2_usize..4, workloads in prop::collection::vec((1_u32..40, 0_usize..4), 1..4), power in 4_u32..10
    ) {
        let workloads: Vec<_> =
            workloads.into_iter().map(|(kw, group)| (f64::from(kw) / 10.0, 1.0, 1.0, 20, group)).collect();
        let input = example(sites, &workloads, f64::from(power));
        let outcome = Placement::analyse(&input, &Basis::standard());
        let found = outcome.proposed.map(|proposed| proposed.weighed().pounds());
        let least = answer::tried(&input, &Basis::standard());
        match (found, least) {
            (Some(found), Some(least)) => prop_assert!((found - least).abs() < 1e-6, "{found} against {least}"),
            (found, least) => prop_assert_eq!(found.is_some(), least.is_some()),
        }
    }

    #[test]
    fn every_recovery_is_in_other_hands(sites in 2_usize..5, workloads in workloads()) {
        let outcome = Placement::analyse(&example(sites, &workloads, 20.0), &Basis::standard());
        let find = |code: &Option<String>| outcome.sites.iter().find(|site| Some(&site.code) == code.as_ref());
        for placement in &outcome.workloads {
            let (primary, recovery) = (find(&placement.primary).unwrap(), find(&placement.recovery).unwrap());
            let cloud = primary.public_cloud || recovery.public_cloud;
            prop_assert!(primary.code != recovery.code && (cloud || primary.owner != recovery.owner));
        }
    }
}

/// Many workloads, and the share of what they need together that each site holds in power.
fn many(sites: usize, count: usize, share: f64) -> Input {
    let one = |place: usize| {
        let spread = |by: usize, of: usize| ((place * by) % of) as f64;
        let (kw, units, tb) = (0.1 + spread(37, 29) / 20.0, 1.0 + spread(11, 7), 0.2 + spread(53, 31) / 8.0);
        (kw, units, tb, (place * 97 % 400) as u64, usize::from(place.is_multiple_of(3)))
    };
    let workloads: Vec<_> = (0..count).map(one).collect();
    let mut input = example(sites, &workloads, share * count as f64);
    for held in &mut input.sites {
        held.entry.rack_units = Some(3.0 * count as f64);
        held.entry.storage_tb = Some(2.2 * count as f64);
    }
    input
}

#[test]
fn where_many_do_not_fit_what_is_short_is_found_too() {
    let outcome = Placement::analyse(&many(4, 200, 0.1), &Basis::standard());
    assert_eq!(outcome.status, Status::Infeasible);
    let short: Vec<&str> = outcome.short.iter().filter_map(|short| short.lost.as_deref()).collect();
    assert_eq!(short, ["A/S1", "B/S1", "A/S2", "B/S2"]);
}

#[test]
fn hundreds_of_workloads_are_placed_or_refused_and_every_placement_is_checked_anew() {
    for (sites, count, share) in [(4, 16, 0.55), (3, 200, 0.55), (4, 500, 0.55), (6, 500, 0.55), (4, 500, 0.1)] {
        let outcome = Placement::analyse(&many(sites, count, share), &Basis::standard());
        assert!(outcome.check.is_none_or(|check| check.problems.is_empty()));
    }
}

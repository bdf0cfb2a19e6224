//! Tests of the answer: the cases, the laws it keeps, and a slow second way to the same sets.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::{Authority, Baseline, PARTNERSHIP, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const DAY: Date = Date::constant(2026, 4, 1);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Resilience>(include_str!("cases.toml"));
}

fn answer(input: &Input) -> Outcome {
    Resilience::analyse(input, &Basis::standard())
}

fn input(entries: Value) -> Input {
    let mut all = json!({"on": "2026-04-01"});
    for (key, value) in entries.as_object().expect("entries by kind") {
        all[key] = value.clone();
    }
    serde_json::from_value(all).expect("an input")
}

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let mut record = Record::new(kind, reference);
    for (field, value) in fields.as_object().expect("fields by name") {
        record.fields.insert(field.clone(), value.clone());
    }
    record
}

fn joint(own: Vec<Record>, kept_back: &[(Kind, &str)]) -> JointRegister {
    let authority = |code: &str| Authority { code: code.into(), name: code.into(), ..Authority::default() };
    let partnership = Partnership { authorities: vec![authority("SCC"), authority("DCC")], ..Partnership::default() };
    let all = SharingChoice { kind: None, records: Which::All, fields: Which::All, shared: true, instead: None };
    let kept = kept_back.iter().map(|(kind, reference)| SharingChoice {
        kind: Some(*kind),
        records: Which::Only(vec![(*reference).to_owned()]),
        fields: Which::All,
        shared: false,
        instead: None,
    });
    let choices = BTreeMap::from([("SCC".to_owned(), std::iter::once(all).chain(kept).collect())]);
    let agreement = record(
        Kind::HostingAgreement,
        "HA1",
        json!({"name": "Recovery", "guest": "SCC", "host": "DCC", "standing": "in force", "site": "S1", "rack": "K1"}),
    );
    let baselines = [Baseline::freeze("SCC", DAY, own), Baseline::freeze(PARTNERSHIP, DAY, vec![agreement])];
    join(&partnership, &baselines, &choices)
}

fn estate() -> Vec<Record> {
    vec![
        record(Kind::Site, "S1", json!({"name": "Moorside"})),
        record(
            Kind::Workload,
            "W1",
            json!({"name": "Finance", "site": "S1", "recovery_site": "DCC/S1", "depends_on": ["W2"]}),
        ),
        record(Kind::Workload, "W2", json!({"name": "Directory", "site": "S1"})),
        record(Kind::Link, "N1", json!({"name": "Core", "from_site": "S1", "to_site": "DCC/S1"})),
        record(
            Kind::Link,
            "N2",
            json!({"name": "Wish", "from_site": "S1", "to_site": "DCC/S1", "standing": "possible"}),
        ),
        record(Kind::RecoveryTest, "T1", json!({"workload": "W1", "tested_on": "2026-01-01", "result": "passed"})),
    ]
}

#[test]
fn without_a_site_or_a_workload_the_authorities_are_asked_for_both() {
    let missing = Resilience::gather(&joint(Vec::new(), &[]), DAY).unwrap_err();
    assert_eq!(missing.needs.len(), 2);
    let missing = Resilience::gather(&joint(estate(), &[(Kind::Site, "S1")]), DAY).unwrap_err();
    assert_eq!(missing.needs.len(), 1);
}

#[test]
fn references_are_written_out_with_their_owner_and_links_that_could_be_bought_are_left_out() {
    let input = Resilience::gather(&joint(estate(), &[]), DAY).unwrap();
    let finance = &input.workloads[0];
    assert_eq!(finance.site.as_deref(), Some("SCC/S1"));
    assert_eq!(finance.recovery_site.as_deref(), Some("DCC/S1"));
    assert_eq!(finance.depends_on, ["SCC/W2"]);
    assert_eq!(input.tests[0].workload, "SCC/W1");
    assert_eq!(input.links.len(), 1);
    assert_eq!(input.agreements[0].site.as_deref(), Some("DCC/S1"));
    assert_eq!(input.agreements[0].rack.as_deref(), Some("DCC/K1"));
    let stored = serde_json::to_string(&input).unwrap();
    assert_eq!(serde_json::from_str::<Input>(&stored).unwrap(), input);
}

#[test]
fn a_workload_that_its_owner_keeps_back_breaks_nothing_and_is_told_where_others_depend_on_it() {
    let input = Resilience::gather(&joint(estate(), &[(Kind::Workload, "W2")]), DAY).unwrap();
    let outcome = answer(&input);
    assert_eq!(outcome.tried.workloads, 1);
    assert!(has(&outcome, "depends on SCC/W2, which is not shared"));
}

fn has(outcome: &Outcome, words: &str) -> bool {
    outcome.findings.iter().any(|finding| finding.what.contains(words))
}

fn finding<'a>(outcome: &'a Outcome, words: &str) -> &'a Finding {
    let all = || outcome.findings.iter().map(|finding| finding.what.as_str()).collect::<Vec<_>>();
    let found = outcome.findings.iter().find(|finding| finding.what.contains(words));
    found.unwrap_or_else(|| panic!("nothing says {words:?} among {:#?}", all()))
}

#[test]
fn what_is_wrong_is_told_all_at_once_with_its_entries_and_the_rest_is_answered() {
    let outcome = answer(&input(json!({
        "partners": [{"code": "A", "name": "Alton"}, {"code": "B", "name": "Burton"}],
        "sites": [
            {"owner": "A", "reference": "S1", "name": "One", "power_kw": 2.0},
            {"owner": "B", "reference": "S1", "name": "Two"},
        ],
        "workloads": [
            {"owner": "A", "reference": "W1", "name": "Own site", "site": "A/S1", "recovery_site": "A/S1"},
            {"owner": "A", "reference": "W2", "name": "Seldom", "site": "A/S1", "recovery_point_hours": 4.0, "backup_interval_hours": 24.0, "power_kw": 3.0},
            {"owner": "A", "reference": "W3", "name": "Soon", "site": "A/S1", "recovery_time_hours": 4.0, "depends_on": ["A/W4"]},
            {"owner": "A", "reference": "W4", "name": "Late", "site": "A/S1", "recovery_time_hours": 24.0, "depends_on": ["A/W4"]},
            {"owner": "A", "reference": "W5", "name": "Guest", "site": "B/S1", "hardware": "A/H9"},
            {"owner": "A", "reference": "W6", "name": "Nowhere"},
        ],
        "links": [
            {"owner": "A", "reference": "N1", "name": "Astray", "from_site": "A/S1", "to_site": "C/S9"},
            {"owner": "A", "reference": "N2", "name": "Half", "from_site": "A/S1"},
        ],
    })));
    for (words, source) in [
        ("1 workload recovered at the site at which it runs: Own site (A/W1)", "A/W1"),
        ("1 workload needing a recovery point that is shorter than the time between two copies: Seldom", "A/W2"),
        ("needed sooner than something they depend on: Soon (A/W3)", "A/W3"),
        ("Late (A/W4) is recorded as depending on itself", "A/W4"),
        ("run or recovered at another authority's site without an agreement in force: Guest", "A/W5"),
        ("Guest (A/W5) runs on A/H9, which is not shared", "A/W5"),
        ("1 workload at no site that is shared: Nowhere", "A/W6"),
        ("Astray (A/N1) leads to C/S9, where nothing is recorded", "A/N1"),
        ("Half (A/N2) has no site at its end \"to\"", "A/N2"),
        ("No link in place leads from Two (B/S1) to a site of Alton", "B/S1"),
        ("One (A/S1) holds 2 kW of power: 3.0 are used", "A/S1"),
    ] {
        let sources: Vec<String> = finding(&outcome, words).sources.iter().map(ToString::to_string).collect();
        assert!(sources.contains(&source.to_owned()), "{words}: {sources:?}");
    }
    assert_eq!(outcome.single(FailureKind::Site, "One (A/S1)").unwrap().stopped, 4);
    let blocks = Resilience::present(&outcome);
    assert!(matches!(&blocks[0], Block::Paragraph { .. }));
}

#[test]
fn one_link_that_both_ends_record_is_one_link_and_its_loss_is_told() {
    let link = |owner: &str, name: &str| json!({"owner": owner, "reference": "N1", "name": name, "from_site": "A/S1", "to_site": "B/S1", "supplier": "X"});
    let weak = |second: &str| {
        let outcome = answer(&input(json!({
            "sites": [{"owner": "A", "reference": "S1", "name": "One"}, {"owner": "B", "reference": "S1", "name": "Two"}],
            "workloads": [{"owner": "A", "reference": "W1", "name": "Guest", "site": "B/S1"}],
            "links": [link("A", "Core"), link("B", second)],
        })));
        assert_eq!(has(&outcome, "are taken as one link"), second == "core ");
        outcome.links.iter().filter(|link| link.weak && link.stops == 1).count()
    };
    assert_eq!(weak("core "), 1);
    assert_eq!(weak("Second"), 0);
}

#[test]
fn part_racks_of_several_authorities_stand_side_by_side_and_two_things_in_one_unit_are_told() {
    let rack = |from: u64, hardware_owner: &str, size: f64| {
        answer(&input(json!({
            "sites": [{"owner": "H", "reference": "S1", "name": "Hall"}],
            "racks": [{"owner": "H", "reference": "K1", "name": "Row B", "site": "H/S1", "rack_units": 42.0, "power_kw": 7.0}],
            "hardware": [
                {"owner": "H", "reference": "H1", "name": "Own array", "rack": "H/K1", "lowest_unit": 1, "rack_units": 20.0, "power_kw": 4.0},
                {"owner": hardware_owner, "reference": "H2", "name": "Other", "rack": "H/K1", "lowest_unit": from, "rack_units": size, "power_kw": 2.0},
            ],
            "agreements": [
                {"owner": "partnership", "reference": "HA1", "name": "Part-rack", "guest": "G", "host": "H", "standing": "in force", "site": "H/S1", "rack": "H/K1", "from_unit": 21, "to_unit": 32},
                {"owner": "partnership", "reference": "HA2", "name": "Foot", "guest": "I", "host": "H", "standing": "in force", "site": "H/S1", "rack": "H/K1", "from_unit": 33, "to_unit": 40},
            ],
            "workloads": [{"owner": "H", "reference": "W1", "name": "W", "site": "H/S1"}],
        })))
    };
    let fine = rack(25, "G", 4.0);
    assert!(!has(&fine, "both take") && !has(&fine, "taken or let."), "{:#?}", fine.findings);
    assert_eq!((fine.racks[0].taken, fine.racks[0].authorities.len()), (40.0, 3));
    // A stranger's equipment in what is let to another, and a unit that two machines take.
    assert!(has(&rack(25, "H", 4.0), "Part-rack of G and Other of H both take units 25 to 28"));
    assert!(has(&rack(20, "G", 4.0), "Own array of H and Other of G both take unit 20"));
    let over = rack(31, "G", 16.0);
    assert!(has(&over, "Row B (H/K1) holds 42 units, and 44 are taken or let"));
    assert!(has(&over, "placed at units 31 to 46"));
    assert!(!has(&over, "can draw"));
}

#[test]
fn the_answer_for_a_large_estate_fits_a_report_and_says_what_is_left_out() {
    let outcome = answer(&generated(Size { authorities: 3, sites: 8, links: 30, workloads: 300 }));
    assert!(outcome.tried.pairs_worse_together > 0 && outcome.doubles.len() == trials::MOST_DOUBLES);
    assert!(outcome.singles.iter().any(|effect| effect.back_tested > 0));
    let blocks = Resilience::present(&outcome);
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    let mut left_out = 0;
    for table in tables {
        assert!(table.rows.len() <= 60, "{} has {} rows", table.id, table.rows.len());
        left_out += usize::from(table.note.contains("more not shown"));
    }
    assert!(left_out >= 3);
}

/// A small estate of which everything that stops is listed.
#[derive(Clone, Debug)]
struct Small {
    sites: Vec<usize>,
    links: Vec<(usize, usize, usize)>,
    hardware: Vec<(usize, Vec<usize>)>,
    workloads: Vec<(usize, usize, Option<usize>, Vec<usize>, Option<usize>)>,
}

fn small() -> impl Strategy<Value = Small> {
    let links = prop::collection::vec((0..4_usize, 0..4_usize, 0..2_usize), 0..4);
    let hardware = prop::collection::vec((0..4_usize, prop::collection::vec(0..2_usize, 1..3)), 1..3);
    let workload = (
        0..4_usize,
        0..2_usize,
        prop::option::of(0..3_usize),
        prop::collection::vec(0..7_usize, 0..2),
        prop::option::of(0..1_usize),
    );
    let sites = prop::collection::vec(0..2_usize, 4);
    let parts = (sites, links, hardware, prop::collection::vec(workload, 1..7));
    parts.prop_map(|(sites, links, hardware, workloads)| Small { sites, links, hardware, workloads })
}

impl Small {
    fn site(&self, place: usize) -> String {
        format!("P{}/S{place}", self.sites[place])
    }

    fn input(&self) -> Input {
        let of = |at: usize| format!("P{}", self.sites[at]);
        let feeds = |feeds: &[usize]| feeds.iter().map(|feed| ["A", "B", "C"][*feed]).collect::<Vec<_>>();
        let sites: Vec<Value> = (0..self.sites.len())
            .map(|at| json!({"owner": of(at), "reference": format!("S{at}"), "name": format!("S{at}")}))
            .collect();
        let links: Vec<Value> = self.links.iter().enumerate().map(|(at, (from, to, supplier))| json!({
            "owner": "P0", "reference": format!("N{at}"), "name": format!("N{at}"), "from_site": self.site(*from),
            "to_site": self.site(*to), "supplier": format!("X{supplier}"),
        })).collect();
        let hardware: Vec<Value> = self.hardware.iter().enumerate().map(|(at, (site, on))| json!({
            "owner": "P0", "reference": format!("H{at}"), "name": format!("H{at}"), "site": self.site(*site), "feeds": feeds(on),
        })).collect();
        let workloads: Vec<Value> = self.workloads.iter().enumerate().map(|(at, (site, owner, machine, needs, supplier))| {
            let depends_on: Vec<String> = needs.iter().filter(|needed| **needed < self.workloads.len())
                .map(|needed| format!("P{}/W{needed}", self.workloads[*needed].1)).collect();
            let suppliers: Vec<String> = supplier.iter().map(|supplier| format!("X{supplier}")).collect();
            let hardware = machine.filter(|machine| *machine < self.hardware.len()).map(|machine| format!("P0/H{machine}"));
            let mut workload = json!({
                "owner": format!("P{owner}"), "reference": format!("W{at}"), "name": format!("W{at}"), "site": self.site(*site),
                "depends_on": depends_on, "suppliers": suppliers, "users": 1 + at,
            });
            if let Some(hardware) = hardware {
                workload["hardware"] = json!(hardware);
            }
            workload
        }).collect();
        input(json!({"sites": sites, "links": links, "hardware": hardware, "workloads": workloads}))
    }
}

fn names(effect: &Effect) -> BTreeSet<String> {
    effect.listed.iter().map(|stopped| stopped.workload.clone()).collect()
}

fn parts(effect: &Effect) -> BTreeSet<String> {
    effect.failure.iter().map(|part| format!("{} {}", part.kind, part.name)).collect()
}

/// What stops by the definitions alone, asked again and again until nothing more does.
fn slowly(input: &Input, failed: &BTreeSet<String>) -> BTreeSet<String> {
    let is_down = |kind: &str, name: &str| failed.contains(&format!("{kind} {name}"));
    let site_name = |full: &str| format!("{} ({full})", full.split_once('/').unwrap().1);
    let site_down = |full: &str| is_down("site", &site_name(full));
    let link_down = |link: &Owned<penshaw_register::Link>| {
        is_down("link", &format!("{} ({})", link.name, link.full()))
            || is_down("supplier", link.supplier.as_deref().unwrap())
            || site_down(link.from_site.as_deref().unwrap())
            || site_down(link.to_site.as_deref().unwrap())
    };
    let can_reach = |from: &str, owner: &str, with_failures: bool| {
        let mut seen = BTreeSet::from([from.to_owned()]);
        loop {
            let before = seen.len();
            for link in input.links.iter().filter(|link| !with_failures || !link_down(link)) {
                let (a, b) = (link.from_site.clone().unwrap(), link.to_site.clone().unwrap());
                if seen.contains(&a) || seen.contains(&b) {
                    seen.extend([a, b]);
                }
            }
            if seen.len() == before {
                break;
            }
        }
        let up = |site: &&String| !with_failures || !site_down(site);
        seen.iter().filter(up).any(|site| site != from && site.starts_with(&format!("{owner}/")))
    };
    let mut stopped = BTreeSet::new();
    for workload in &input.workloads {
        let site = workload.site.as_deref().unwrap();
        let machine = workload.hardware.as_ref().map(|full| {
            input.hardware.iter().find(|hardware| hardware.full() == *full).expect("hardware that is named")
        });
        let without_power = machine.is_some_and(|machine| {
            let at = machine.site.as_deref().unwrap();
            site_down(at)
                || machine.feeds.iter().all(|feed| is_down("power feed", &format!("feed {feed} at {}", site_name(at))))
        });
        let away = !site.starts_with(&format!("{}/", workload.owner));
        let cut_off = away && can_reach(site, &workload.owner, false) && !can_reach(site, &workload.owner, true);
        let unsupplied = workload.suppliers.iter().any(|supplier| is_down("supplier", supplier));
        if site_down(site) || without_power || unsupplied || cut_off {
            stopped.insert(workload.full());
        }
    }
    loop {
        let follows = |workload: &&Owned<penshaw_register::Workload>| {
            !stopped.contains(&workload.full()) && workload.depends_on.iter().any(|needed| stopped.contains(needed))
        };
        let next: Vec<String> = input.workloads.iter().filter(follows).map(Owned::full).collect();
        if next.is_empty() {
            return stopped;
        }
        stopped.extend(next);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_slow_search_by_the_definitions_finds_the_same_and_a_double_failure_never_stops_less(small in small()) {
        let input = small.input();
        let outcome = answer(&input);
        for effect in outcome.singles.iter().chain(&outcome.doubles).chain(&outcome.worse_together) {
            prop_assert_eq!(names(effect), slowly(&input, &parts(effect)), "{:?}", parts(effect));
            prop_assert_eq!(effect.stopped, effect.back_tested + effect.back_promised + effect.not_known);
        }
        for pair in outcome.doubles.iter().chain(&outcome.worse_together) {
            for single in outcome.singles.iter().filter(|single| parts(pair).is_superset(&parts(single))) {
                prop_assert!(names(pair).is_superset(&names(single)));
            }
        }
    }

    #[test]
    fn every_pair_that_stops_something_is_counted(small in small()) {
        let input = small.input();
        let outcome = answer(&input);
        let estate = estate::Estate::new(&input);
        let parameters = parameters::Parameters::default();
        let model = model::Model::new(&estate, &parameters);
        let all: Vec<String> = failures::failures(&model).all.iter().map(|one| format!("{} {}", one.kind, one.name)).collect();
        let pairs = || (0..all.len()).flat_map(|first| (0..first).map(move |second| (first, second)));
        prop_assert_eq!(outcome.tried.pairs, pairs().count());
        let stop = |(first, second): &(usize, usize)| {
            !slowly(&input, &BTreeSet::from([all[*first].clone(), all[*second].clone()])).is_empty()
        };
        prop_assert_eq!(outcome.tried.pairs_that_stop, pairs().filter(stop).count());
    }

    #[test]
    fn one_more_feed_never_stops_more(small in small(), machine in 0..2_usize) {
        let mut more = small.clone();
        let machine = machine % more.hardware.len();
        more.hardware[machine].1.push(2);
        let (less, more) = (answer(&small.input()), answer(&more.input()));
        for effect in more.singles {
            let before = less.singles.iter().find(|single| parts(single) == parts(&effect));
            let before = before.map(names).unwrap_or_default();
            prop_assert!(before.is_superset(&names(&effect)), "{:?} stops more", parts(&effect));
        }
    }

    #[test]
    fn the_order_of_entries_changes_nothing(small in small()) {
        let input = small.input();
        let mut turned = input.clone();
        turned.sites.reverse();
        turned.links.reverse();
        turned.hardware.reverse();
        turned.workloads.reverse();
        prop_assert_eq!(answer(&turned), answer(&input));
    }
}

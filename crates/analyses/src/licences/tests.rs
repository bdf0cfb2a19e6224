//! Tests of what is gathered, and laws of the answer.

use std::collections::BTreeMap;

use penshaw_basis::Money;
use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::json;

use super::*;

const DAY: Date = Date::constant(2026, 4, 1);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Licences>(include_str!("cases.toml"));
}

fn record(kind: Kind, reference: &str, fields: serde_json::Value) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields.extend(fields.as_object().expect("an object").clone());
    record
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
fn without_licences_and_installations_each_authority_is_asked_for_them() {
    let missing = Licences::gather(&joint(Vec::new(), &[], Which::All), DAY).unwrap_err();
    assert_eq!((missing.needs.len(), missing.needs[0].of.as_str()), (1, "SCC"));
}

#[test]
fn what_its_owner_keeps_back_is_nowhere_in_the_answer() {
    let own = vec![
        record(
            Kind::Licence,
            "L1",
            json!({ "product": "Office", "metric": "named user", "entitled": 7, "annual_cost": 123_456 }),
        ),
        record(Kind::Licence, "L2", json!({ "product": "Hidden", "entitled": 7 })),
        record(Kind::Installation, "I1", json!({ "product": "Office", "users": 9 })),
    ];
    let fields = Which::Only(["product", "metric", "entitled", "users"].map(str::to_owned).to_vec());
    let input = Licences::gather(&joint(own, &["L1", "I1"], fields), DAY).unwrap();
    let outcome = Licences::analyse(&input, &Basis::standard());
    let told = serde_json::to_string(&(&outcome, Licences::present(&outcome))).unwrap();
    assert!(told.contains("Office") && !told.contains("Hidden") && !told.contains("1234") && !told.contains("1,234"));
    assert_eq!(outcome.pools[0].positions[0].spare, Some(SpareSpan { least: -2, most: -2 }));
    assert!(outcome.findings.iter().any(|finding| finding.what.contains("what the shortage would cost is not known")));
}

#[test]
fn an_installation_that_could_count_against_two_metrics_is_asked_about() {
    let licence = |reference: &str, metric: &str| Owned {
        owner: "SCC".to_owned(),
        entry: serde_json::from_value(
            json!({ "reference": reference, "product": "Office", "metric": metric, "entitled": 5 }),
        )
        .unwrap(),
    };
    let installation = |owner: &str, reference: &str, named: Option<&str>| Owned {
        owner: owner.to_owned(),
        entry: serde_json::from_value(
            json!({ "reference": reference, "product": "Office", "licence": named, "devices": 3, "users": 4 }),
        )
        .unwrap(),
    };
    let input = Input {
        licences: vec![licence("L1", "named user"), licence("L2", "device")],
        installations: vec![
            installation("SCC", "I1", None),
            installation("SCC", "I2", Some("L2")),
            installation("SCC", "I3", Some("L9")),
            installation("DCC", "I1", None),
        ],
        ..empty()
    };
    let outcome = Licences::analyse(&input, &Basis::standard());
    let device = outcome.pools.iter().find(|pool| pool.metric == "device").unwrap();
    assert_eq!(device.positions[0].need, Some(Span { least: 3, most: 3 }));
    let told: Vec<&str> = outcome.findings.iter().map(|finding| finding.what.as_str()).collect();
    for expected in
        ["do not say which they count against", "names a licence that is not shared", "so that its need is not pooled"]
    {
        assert!(told.iter().any(|what| what.contains(expected)), "{expected}: {told:?}");
    }
    assert_eq!((outcome.counts[1].read, outcome.counts[1].used, outcome.unlicensed.len()), (4, 1, 1));
}

fn empty() -> Input {
    serde_json::from_value(json!({ "on": DAY })).unwrap()
}

#[test]
fn an_input_of_extremes_is_answered_and_shown() {
    let licence = |owner: &str, product: &str, number: Option<u64>| Owned {
        owner: owner.to_owned(),
        entry: serde_json::from_value(json!({
            "reference": product, "product": product, "metric": "core", "entitled": number, "least_counted": number,
            "annual_cost": 1_000_000_000_000_i64, "price_each": 0, "territory": ["", "  "], "affiliates_may_use": true,
            "version": "..", "contract": "C", "supplier": "Ltd",
        }))
        .unwrap(),
    };
    let installation = |owner: &str, product: &str, number: u64| {
        Owned {
        owner: owner.to_owned(),
        entry: serde_json::from_value(json!({
            "reference": product, "product": product, "cores": number, "devices": number, "version": "99999999999999999999.1",
        }))
        .unwrap(),
    }
    };
    let names = ["", "   ", "!!", "12.4", "v", "数据库", "Ltd", "a\u{301}", "\u{202e}x"];
    let contract = Owned {
        owner: "X".to_owned(),
        entry: serde_json::from_value(
            json!({ "reference": "C", "title": "C", "ends": "0001-01-01", "notice_months": 1e300 }),
        )
        .unwrap(),
    };
    let input = Input {
        licences: names
            .iter()
            .flat_map(|name| {
                [licence("X", name, Some(1_000_000_000)), licence("Y", name, Some(0)), licence("Z", name, None)]
            })
            .collect(),
        installations: names
            .iter()
            .flat_map(|name| [installation("X", name, 0), installation("Y", name, 1_000_000_000)])
            .collect(),
        contracts: vec![contract],
        ..empty()
    };
    let outcome = Licences::analyse(&input, &Basis::standard());
    assert!(!Licences::present(&outcome).is_empty());
}

#[test]
fn ten_thousand_equal_lines_are_added_up() {
    let one = |number: usize| Owned {
        owner: "SCC".to_owned(),
        entry: serde_json::from_value(json!({ "reference": format!("I{number}"), "product": "Office", "devices": 1 }))
            .unwrap(),
    };
    let licence = Owned {
        owner: "SCC".to_owned(),
        entry: serde_json::from_value(
            json!({ "reference": "L1", "product": "Office", "metric": "device", "entitled": 9_000 }),
        )
        .unwrap(),
    };
    let input = Input { licences: vec![licence], installations: (0..10_000).map(one).collect(), ..empty() };
    let outcome = Licences::analyse(&input, &Basis::standard());
    assert_eq!(outcome.pools[0].positions[0].short(), 1_000);
}

/// Licences and installations of one product at a few authorities.
fn inputs() -> impl Strategy<Value = Input> {
    const CODES: [&str; 4] = ["A", "B", "C", "D"];
    let code = || prop::sample::select(CODES.to_vec());
    let territory = prop::collection::vec(code(), 0..3);
    let licence = (code(), 0_u64..30, any::<Option<bool>>(), territory, 1_i64..900, prop::option::of(1_i64..900));
    let installation = (code(), 0_u64..40);
    (prop::collection::vec(licence, 1..7), prop::collection::vec(installation, 1..7)).prop_map(
        |(licences, installations)| Input {
            partners: CODES.map(|code| Partner { code: code.into(), name: code.into(), population: None }).to_vec(),
            licences: licences
                .into_iter()
                .enumerate()
                .map(|(number, (owner, entitled, affiliates, territory, cost, price))| {
                    Owned {
                owner: owner.into(),
                entry: serde_json::from_value(json!({
                    "reference": format!("L{number}"), "product": "CAD", "metric": "device", "entitled": entitled,
                    "affiliates_may_use": affiliates, "territory": territory, "annual_cost": cost, "price_each": price,
                }))
                .unwrap(),
            }
                })
                .collect(),
            installations: installations
                .into_iter()
                .enumerate()
                .map(|(number, (owner, devices))| Owned {
                    owner: owner.into(),
                    entry: serde_json::from_value(
                        json!({ "reference": format!("I{number}"), "product": "CAD", "devices": devices }),
                    )
                    .unwrap(),
                })
                .collect(),
            ..empty()
        },
    )
}

proptest! {
    #[test]
    fn reuse_keeps_to_what_is_over_what_is_short_and_what_terms_allow(input in inputs()) {
        let outcome = Licences::analyse(&input, &Basis::standard());
        let pool = &outcome.pools[0];
        for position in &pool.positions {
            let lent: u64 = pool.reuse.iter().filter(|reuse| reuse.from == position.authority).map(|reuse| reuse.number).sum();
            let taken: u64 = pool.reuse.iter().filter(|reuse| reuse.to == position.authority).map(|reuse| reuse.number).sum();
            prop_assert!(lent <= position.over() && taken <= position.short());
        }
        for reuse in &pool.reuse {
            let licence = input.licences.iter().find(|one| one.owner == reuse.from && one.entry.reference == reuse.licence).unwrap();
            prop_assert_eq!(licence.entry.affiliates_may_use, Some(true));
            prop_assert!(licence.entry.territory.is_empty() || licence.entry.territory.contains(&reuse.to));
        }
        let over: u64 = pool.positions.iter().map(Position::over).sum();
        let short: u64 = pool.positions.iter().map(Position::short).sum();
        prop_assert_eq!((pool.joint.still_over + pool.joint.reused, pool.joint.still_short + pool.joint.reused), (over, short));
        prop_assert_eq!(pool.joint.kept_apart == 0, pool.refused.is_empty());
        prop_assert_eq!(pool.joint.entitled as i64 - pool.joint.need.most as i64, over as i64 - short as i64);
    }

    #[test]
    fn lending_never_raises_what_shortages_cost(input in inputs()) {
        let outcome = Licences::analyse(&input, &Basis::standard());
        let joint = &outcome.pools[0].joint;
        let likely = |exposure: &Option<Exposure>| exposure.as_ref().map_or(0.0, |exposure| exposure.likely.pounds());
        prop_assert!(likely(&joint.exposure_after) <= likely(&joint.exposure) + 1e-9);
        let avoided: f64 = outcome.pools[0].reuse.iter().filter_map(|reuse| reuse.avoided.as_ref()).map(|one| one.likely.pounds()).sum();
        prop_assert!((likely(&joint.exposure) - likely(&joint.exposure_after) - avoided).abs() < 1e-6);
        for opportunity in &outcome.opportunities {
            prop_assert!(opportunity.amounts.iter().all(|one| one.low <= one.likely && one.likely <= one.high && one.low >= Money::ZERO));
        }
    }
}

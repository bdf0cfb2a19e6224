//! A small instance worked by hand, and instances that people get wrong.

use penshaw_numerics::assignment::Effort;

use super::*;

const INSTANCE: &str = r#"{
  "sites": [
    {"name": "North", "authority": 0, "power_kw": 2, "u": 4, "storage_tb": 10, "run_per_kw": 1000,
     "module": {"power_kw": 2, "u": 4, "storage_tb": 10, "cost": 500, "max": 1}},
    {"name": "South", "authority": 1, "power_kw": 2, "u": 4, "storage_tb": 10, "run_per_kw": 1400,
     "module": {"power_kw": 2, "u": 4, "storage_tb": 10, "cost": 800, "max": 1}}],
  "workloads": [
    {"name": "GIS", "owner": 0, "power_kw": 1, "u": 2, "storage_tb": 3, "users": 10},
    {"name": "CRM", "owner": 0, "power_kw": 1, "u": 2, "storage_tb": 2, "users": 0}],
  "affinity_groups": [[0, 1]],
  "latency_ms": [[0, 5], [5, 0]],
  "replication_cost_per_tb": [[0, 100], [90, 0]],
  "user_latency_cost": 1.1,
  "replica_factor": 0.8}"#;

fn placed(text: &str) -> Result<PlacedInstance, NotAnInstance> {
    place(&NeutralInstance::from_json(text)?, &Effort::default())
}

#[test]
fn a_placement_costs_what_it_costs_by_hand_and_holds_every_constraint() {
    let placed = placed(INSTANCE).expect("it fits");
    // At North: 1,000 + 350 + 300 for GIS, 1,000 + 350 + 200 for CRM; at South, 1,400 + 250 and dearer still.
    assert_eq!((placed.objective, placed.status.as_str()), (3200.0, "optimal"));
    let at: Vec<_> = placed.placement.iter().map(|one| (one.primary.as_str(), one.recovery.as_str())).collect();
    assert_eq!(at, [("North", "South"), ("North", "South")]);
    assert_eq!(placed.modules, BTreeMap::from([("North".into(), 0), ("South".into(), 0)]));
    assert_eq!(check(&NeutralInstance::from_json(INSTANCE).unwrap(), &placed), Ok(3200.0));
}

#[test]
fn a_module_is_bought_where_it_is_cheaper_than_the_dearer_site() {
    let smaller = INSTANCE.replacen("\"u\": 4, \"storage_tb\": 10, \"run", "\"u\": 3, \"storage_tb\": 10, \"run", 1);
    let placed = placed(&smaller).expect("it fits");
    assert_eq!(
        placed.modules["North"], 1,
        "the two cannot run at the South without it, and at the North they cost 3,200"
    );
    assert_eq!(placed.objective, 3700.0);
}

#[test]
fn the_check_finds_what_is_broken() {
    let instance = NeutralInstance::from_json(INSTANCE).unwrap();
    let good = place(&instance, &Effort::default()).unwrap();
    let mut moved = good.clone();
    moved.placement[1] = PlacedWorkload { workload: "CRM".into(), primary: "South".into(), recovery: "North".into() };
    let mut dearer = good.clone();
    dearer.objective += 1.0;
    let mut home = good.clone();
    home.placement[0].recovery = "North".into();
    let mut bought = good.clone();
    bought.modules.insert("South".into(), 2);
    let mut bound = good.clone();
    bound.bound += 1.0;
    let full = NeutralInstance::from_json(&INSTANCE.replacen("\"power_kw\": 2", "\"power_kw\": 1.5", 1)).unwrap();
    for (instance, placed, words) in [
        (&instance, &moved, "runs at several sites"),
        (&instance, &dearer, "but it costs 3200"),
        (&instance, &home, "recovered at its own authority's site"),
        (&instance, &bought, "South buys 2 modules of 1"),
        (&instance, &bound, "is above its cost"),
        (&full, &good, "power with South lost at North: 2 of 1.5"),
    ] {
        let broken = check(instance, placed).expect_err(words);
        assert!(broken.iter().any(|broken| broken.0.contains(words)), "{broken:?}");
    }
}

#[test]
fn what_is_no_instance_is_refused_in_words_that_name_the_field() {
    for (from, to, words) in [
        ("\"power_kw\": 2", "\"power_kw\": \"2\"", "sites[0].power_kw: invalid type: string"),
        ("\"power_kw\": 1", "\"power_kw\": -1", "workloads[0].power_kw is -1"),
        ("\"owner\": 0", "\"owner\": 7", "workloads[0].owner is 7, but no site is of that authority"),
        ("[[0, 1]]", "[[0, 2]]", "affinity_groups[0] names workload 2, but there are 2"),
        ("[[0, 1]]", "[[0, 1], [1]]", "affinity_groups[1] names workload 1, which is in a group already"),
        ("[[0, 5], [5, 0]]", "[[0, 5]]", "latency_ms must have a row and a column for each of the 2 sites"),
        ("\"replica_factor\": 0.8", "\"replica\": 0.8", "unknown field `replica`"),
        ("\"authority\": 1", "\"authority\": 0", "sites must belong to two authorities or more"),
        ("\"CRM\"", "\"GIS\"", "workloads has \"GIS\" twice"),
        ("\"storage_tb\": 3", "\"storage_tb\": 300", "nothing fits: storage at"),
        ("0.8}", "0.8} x", "the file: trailing characters"),
    ] {
        let text = INSTANCE.replacen(from, to, 1);
        let error = placed(&text).expect_err(words).to_string();
        assert!(error.contains(words), "{error}");
    }
}

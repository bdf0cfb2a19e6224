//! Laws of baselines: one digest for the same records, on every machine, and another for any others.

use penshaw_basis::Confidence;
use penshaw_register::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: penshaw_basis::Date = jiff::civil::date(2014, 3, 31);

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let Value::Object(fields) = fields else { panic!("fields are written as an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
}

fn application(fields: Value) -> Record {
    record(Kind::Application, "A1", fields)
}

fn digest_of(record: Record) -> String {
    Baseline::freeze("SCC", DAY, vec![record]).digest().to_string()
}

#[test]
fn a_digest_is_that_of_the_canonical_bytes_worked_out_apart() {
    let mut record = application(json!({
        "users": 120.0, "modules": ["b", "a"], "name": "Caf\u{e9} \"Zo\u{1}\" \u{200b}", "annual_cost": 8_500_000,
    }));
    record.field_confidence.insert("annual_cost".into(), Confidence::Verified);
    // SHA-256 of the parts, each after its length in eight bytes, by a script of ten lines in another language.
    assert_eq!(digest_of(record), "29dc604c9cc22d4ffc93fffab4d9cb824c6039f0980c3308cf03db75a7c46373");
}

#[test]
fn a_whole_number_is_the_same_with_a_point_and_without() {
    let site = |power: Value| digest_of(record(Kind::Site, "S1", json!({ "name": "North", "power_kw": power })));
    assert_eq!(site(json!(12)), site(json!(12.0)));
    assert_eq!(site(json!(0)), site(json!(-0.0)));
    assert_ne!(site(json!(12)), site(json!(12.000_000_000_000_002)));
    assert_ne!(site(json!(9_007_199_254_740_993_i64)), site(json!(9_007_199_254_740_992.0)));
    assert_ne!(site(json!(12)), site(json!("12")));
}

#[test]
fn a_field_in_which_nothing_was_written_is_as_if_it_were_not_there() {
    let bare = || json!({ "name": "Academy" });
    for nothing in [json!(null), json!(""), json!([]), json!({})] {
        let mut record = application(bare());
        record.fields.insert("supplier".into(), nothing);
        record.field_confidence.insert("supplier".into(), Confidence::Verified);
        assert_eq!(digest_of(record), digest_of(application(bare())));
    }
    assert_ne!(digest_of(application(json!({ "name": "Academy", "users": 0 }))), digest_of(application(bare())));
}

#[test]
fn a_digest_changes_with_anything_that_an_owner_says_and_not_with_where_it_was_read() {
    let plain = || application(json!({ "name": "Academy", "users": 120 }));
    let same = digest_of(plain());
    let mut elsewhere = plain();
    elsewhere.origin.place.file = "applications.csv".into();
    assert_eq!(digest_of(elsewhere), same);
    let mut surer = plain();
    surer.confidence = Confidence::Verified;
    assert_ne!(digest_of(surer), same);
    let mut one_surer = plain();
    one_surer.field_confidence.insert("users".into(), Confidence::Verified);
    assert_ne!(digest_of(one_surer), same);
    assert_ne!(digest_of(application(json!({ "name": "Academy", "users": 121 }))), same);
    assert_ne!(digest_of(application(json!({ "name": "Academy", "version": 120 }))), same);
    assert_ne!(digest_of(record(Kind::Service, "A1", json!({ "name": "Academy", "users": 120 }))), same);
    assert_ne!(Baseline::freeze("DCC", DAY, vec![plain()]).digest().to_string(), same);
    assert_ne!(Baseline::freeze("SCC", jiff::civil::date(2014, 4, 1), vec![plain()]).digest().to_string(), same);
}

#[test]
fn a_kept_baseline_is_read_again_and_one_that_was_changed_is_refused() {
    let frozen = Baseline::freeze("SCC", DAY, vec![application(json!({ "name": "Academy", "users": 120 }))]);
    let kept = serde_json::to_string(&frozen).unwrap();
    assert_eq!(serde_json::from_str::<Baseline>(&kept).unwrap(), frozen);
    let changed = kept.replace("120", "12");
    let error = serde_json::from_str::<Baseline>(&changed).unwrap_err().to_string();
    assert!(error.starts_with("the baseline of SCC is not what was frozen"), "{error}");
}

proptest! {
    #[test]
    fn the_order_of_records_and_fields_does_not_matter(
        records in proptest::collection::btree_map("[A-C][0-9]", (any::<u32>(), any::<f64>(), "\\PC*"), 1..8),
        seed in any::<u64>(),
    ) {
        let made: Vec<Record> = records
            .iter()
            .filter(|(_, (_, power, _))| power.is_finite())
            .map(|(reference, (users, power, name))| {
                record(Kind::Site, reference, json!({ "name": name, "power_kw": power, "rack_units": users }))
            })
            .collect();
        let mut shuffled = made.clone();
        shuffled.sort_by_key(|record| record.reference.bytes().fold(seed, |sum, byte| sum.rotate_left(7) ^ u64::from(byte)));
        let one = Baseline::freeze("SCC", DAY, made);
        let other = Baseline::freeze("SCC", DAY, shuffled);
        prop_assert_eq!(one.digest(), other.digest());
        // What is kept as text and read again is the same to the last bit of every number.
        let again: Baseline = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
        prop_assert_eq!(again.records(), one.records());
    }
}

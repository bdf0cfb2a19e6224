//! Releases and records of the Open Contracting Data Standard, sound and unsound.

use penshaw_basis::Confidence;
use penshaw_files::read::{self, BodiesAsked};
use penshaw_register::{Holder, Kind, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

const MOORSIDE: &str = include_str!("../../../examples/moorside_hosting/release.json");
const NOTICES: &str = include_str!("read_data/notices.json");

fn read_value(value: &Value) -> read::Read {
    read::file("dcc/notices.json", value.to_string().as_bytes(), Holder::Authority)
}

fn package(releases: Value) -> Value {
    json!({
        "uri": "urn:a", "version": "1.1", "publisher": { "name": "A" }, "publishedDate": "2025-01-01T00:00:00Z",
        "releases": releases,
    })
}

/// A release of one award in force.
fn release(ocid: &str) -> Value {
    json!({
        "ocid": ocid, "id": format!("{ocid}-1"), "date": "2025-01-02T00:00:00Z", "tag": ["award"], "initiationType": "tender",
        "buyer": { "id": "B", "name": "Example County Council" },
        "tender": { "id": "T", "title": "Ledger" },
        "awards": [{
            "id": "1", "status": "active", "suppliers": [{ "id": "S", "name": "Example Software Ltd" }],
            "value": { "amount": 1000, "currency": "GBP" },
            "contractPeriod": { "startDate": "2025-02-01T00:00:00Z", "endDate": "2025-07-31T23:59:59Z" },
        }],
    })
}

fn said(read: &read::Read) -> Vec<String> {
    read.findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect()
}

fn only(read: &read::Read) -> &Record {
    assert_eq!(read.records.len(), 1, "{:#?}", read.findings);
    &read.records[0]
}

#[test]
fn durhams_hosting_in_sunderland_is_read_with_its_days_and_its_value_a_year() {
    let read = read::file_of("dcc/release.json", MOORSIDE.as_bytes(), "Durham County Council");
    let contract = only(&read);
    assert_eq!(
        json!(contract.fields),
        json!({
            "title": "Rack space and power in the Moorside data centre", "supplier": "Sunderland City Council",
            "starts": "2025-10-08", "ends": "2028-06-01", "value": 27_000_000, "annual_value": 10_187_758,
            "ocid": "ocds-h6vhtk-051272", "awarded_by": "direct award", "regime": "Procurement Act 2023",
        })
    );
    assert_eq!((contract.kind, contract.reference.as_str()), (Kind::Contract, "ocds-h6vhtk-051272-1"));
    assert_eq!(contract.confidence_of("annual_value"), Confidence::Estimated);
    assert_eq!(contract.confidence_of("value"), Confidence::Reported);
    let day = |field: &str| contract.fields[field].as_str().unwrap().parse::<penshaw_basis::Date>().unwrap();
    assert_eq!((day("ends") - day("starts")).get_days() + 1, 968);
    assert_eq!(said(&read), ["dcc/release.json: 1 releases and records read, 1 used"]);
    // Sunderland supplies: it is Durham's contract, and no entry of Sunderland's.
    let other = read::file_of("scc/release.json", MOORSIDE.as_bytes(), "Sunderland City Council");
    assert!(other.records.is_empty());
    assert_eq!(
        said(&other),
        [
            "scc/release.json: 1 releases and records read, 0 used; set aside: 1 of other bodies (Durham County Council 1)"
        ]
    );
}

#[test]
fn real_notices_give_contracts_and_say_what_was_set_aside() {
    let read = read::file("notices.json", NOTICES.as_bytes(), Holder::Authority);
    let named: Vec<&str> = read.records.iter().map(|record| record.fields["title"].as_str().unwrap()).collect();
    assert_eq!(
        named,
        [
            "Objective Keyplan Data Load Project",
            "Care Home Assistant Practitioner (CHAPs) Training",
            "Parking Pilot - CEO",
        ]
    );
    assert!(!read::has_errors(&read.findings), "{:#?}", read.findings);
}

#[test]
fn every_form_of_a_file_gives_the_same_contract() {
    let one = release("ocds-x-1");
    let whole = only(&read_value(&package(json!([one])))).clone();
    let same = |text: String, name: &str| {
        let read = read::file(name, text.as_bytes(), Holder::Authority);
        let found = only(&read);
        assert_eq!((&found.reference, &found.fields), (&whole.reference, &whole.fields), "{name}");
    };
    same(one.to_string(), "a.json");
    same(json!([one]).to_string(), "a.json");
    let mut planned = release("ocds-x-2");
    planned.as_object_mut().unwrap().remove("awards");
    same(format!("{one}\n{planned}\n"), "a.jsonl");
    same(json!({ "records": [{ "ocid": "ocds-x-1", "compiledRelease": one, "releases": [] }] }).to_string(), "a.json");
    same(json!({ "records": [{ "ocid": "ocds-x-1", "releases": [one] }] }).to_string(), "a.json");
    same(format!("\u{feff}{}", package(json!([one]))), "a.json");
}

#[test]
fn releases_of_one_procurement_are_put_together_and_the_newest_counts() {
    let mut older = release("ocds-x-1");
    older["awards"][0]["value"]["amount"] = json!(800);
    older["tender"]["description"] = json!("The ledger of the council.");
    let mut newer = release("ocds-x-1");
    (newer["id"], newer["date"]) = (json!("ocds-x-1-2"), json!("2025-03-01T00:00:00Z"));
    let again = newer.clone();
    let read = read_value(&package(json!([newer, older, again])));
    let contract = only(&read);
    assert_eq!(
        (&contract.fields["value"], &contract.fields["description"]),
        (&json!(100_000), &json!("The ledger of the council."))
    );
    let told = said(&read);
    assert!(
        told.iter().any(|one| one
            .ends_with("3 releases and records read, 1 used; set aside: 1 superseded by newer ones, 1 there twice")),
        "{told:#?}"
    );
}

#[test]
fn awards_and_contracts_each_become_an_entry_with_a_reference_of_its_own() {
    let mut several = release("ocds-x-1");
    let award = several["awards"][0].clone();
    let with = |changes: Value| {
        let mut award = award.clone();
        award.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        award
    };
    several["awards"] = json!([
        with(json!({ "relatedLots": ["L1"] })),
        with(json!({ "id": "ocds-x-1-2" })),
        with(json!({ "id": "3", "status": "cancelled" })),
        with(json!({ "id": "4", "status": "pending" })),
        with(json!({ "id": "1", "title": "Again" })),
    ]);
    several["tender"]["lots"] = json!([{ "id": "L1", "title": "North" }, { "id": "L2", "title": "South" }]);
    several["contracts"] = json!([
        { "id": "C1", "awardID": "5", "status": "active" },
        { "id": "C2", "awardID": "5", "status": "active", "title": "Own title" },
    ]);
    let read = read_value(&package(json!([several])));
    let named: Vec<(&str, &str)> = read
        .records
        .iter()
        .map(|record| (record.reference.as_str(), record.fields["title"].as_str().unwrap()))
        .collect();
    assert_eq!(
        named,
        [
            ("ocds-x-1-1", "Ledger: North"),
            ("ocds-x-1-2", "Ledger: award 2"),
            ("ocds-x-1-5-C1", "Ledger: award C1"),
            ("ocds-x-1-5-C2", "Own title"),
        ]
    );
    let told = said(&read).join("\n");
    for expected in [
        "/releases/0/awards/2: an award of the procurement is set aside: cancelled",
        "/releases/0/awards/3: an award of the procurement is set aside: awarded and not in force yet",
        "/releases/0/awards/4: two awards or contracts of one procurement have the same id; the first is read",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

/// What is left of the award's fields, and what is said, when the release is changed.
fn changed(change: impl FnOnce(&mut Value)) -> (Value, String) {
    let mut release = release("ocds-x-1");
    change(&mut release);
    let read = read_value(&package(json!([release])));
    let fields = read.records.first().map_or(Value::Null, |record| json!(record.fields));
    (fields, said(&read).join("\n"))
}

#[test]
fn what_cannot_be_used_is_left_out_and_said() {
    for (pointer, value, field, expected) in [
        (
            "/awards/0/value",
            json!({ "amount": 5, "currency": "EUR" }),
            "value",
            "the value is in EUR, not pounds, and is left out",
        ),
        (
            "/awards/0/value",
            json!({ "amountGross": 5, "currency": "GBP" }),
            "value",
            "only the value with VAT is given, and is left out",
        ),
        (
            "/awards/0/value/amount",
            json!(-5),
            "value",
            "the value -5 is not one that a contract can have, and is left out",
        ),
        ("/awards/0/value/amount", json!(1e300), "value", "is not one that a contract can have"),
        (
            "/awards/0/value/amount",
            json!("dear"),
            "value",
            "awards/value/amount is a text, which the OCDS schema refuses",
        ),
        ("/awards/0/value", Value::Null, "value", "the contract has no value"),
        (
            "/awards/0/contractPeriod/endDate",
            json!("2024-01-01T00:00:00Z"),
            "ends",
            "the contract ends before it starts, and its last day is left out",
        ),
        ("/awards/0/contractPeriod/endDate", json!("soon"), "ends", "endDate \"soon\" is not a day, and is left out"),
        ("/awards/0/contractPeriod", json!(7), "starts", "the contract has no first and last day"),
        ("/awards/0/suppliers", json!([]), "supplier", "no supplier is named"),
        ("/awards/0/suppliers", json!([{ "id": "S", "name": null }]), "supplier", "a supplier has no name"),
    ] {
        let (fields, told) = changed(|release| *release.pointer_mut(pointer).unwrap() = value.clone());
        assert!(fields.is_object() && fields.get(field).is_none(), "{pointer} {value}: {fields}");
        assert!(told.contains(expected), "{pointer} {value}: {told}");
    }
}

#[test]
fn extensions_and_amendments_are_read_where_they_are_figures() {
    let (fields, _) = changed(|release| {
        release["awards"][0]["contractPeriod"]["maxExtentDate"] = json!("2026-07-31T23:59:59Z");
        release["awards"][0]["amendments"] = json!([{ "changes": [
            { "property": "value.amount", "former_value": 900 },
            { "property": "contractPeriod.endDate", "former_value": "2025-05-31T23:59:59Z" },
        ] }]);
    });
    assert_eq!(
        (&fields["extension_months"], &fields["modified_value"], &fields["modified_months"]),
        (&json!(12.0), &json!(10_000), &json!(2.0))
    );
    let (fields, told) = changed(|release| {
        release["awards"][0]["contractPeriod"] = json!({ "startDate": "2025-02-01T00:00:00Z", "durationInDays": 28 });
        release["awards"][0]["amendments"] = json!([{ "description": "longer" }]);
    });
    assert_eq!(fields["ends"], "2025-02-28");
    assert!(told.contains("the contract was amended, and the notice does not say by how much in figures"), "{told}");
}

#[test]
fn what_is_paid_in_a_year_is_worked_out_only_where_it_is_clear() {
    let year = |release: &mut Value| {
        release["awards"][0]["contractPeriod"]["endDate"] = json!("2027-01-31T23:59:59Z");
        release["awards"][0]["value"]["amount"] = json!(73_000);
    };
    // 730 days: 73,000 × 365.25 / 730.
    assert_eq!(changed(year).0["annual_value"], 3_652_500);
    for (pointer, value) in [
        ("/tender/mainProcurementCategory", json!("goods")),
        ("/tender/title", json!("Framework for ledgers")),
        ("/awards/0/suppliers", json!([{ "id": "S", "name": "One" }, { "id": "T", "name": "Two" }])),
        ("/awards/0/contractPeriod/endDate", json!("2026-01-30T23:59:59Z")),
    ] {
        let (fields, told) = changed(|release| {
            year(release);
            let (under, name) = pointer.rsplit_once('/').unwrap();
            release.pointer_mut(under).unwrap()[name] = value.clone();
        });
        assert!(fields.is_object() && fields.get("annual_value").is_none(), "{pointer}: {fields} {told}");
    }
}

#[test]
fn releases_that_the_schema_refuses_are_used_as_far_as_they_go_and_marked() {
    let mut without_id = release("ocds-x-1");
    without_id.as_object_mut().unwrap().remove("id");
    let mut mangled = release("ocds-x-2");
    mangled["tender"]["description"] = json!("One.rnrnTwo &amp; three");
    let nameless = json!({ "date": "2025-01-02T00:00:00Z", "awards": [{ "id": "1" }] });
    let read = read_value(&package(json!([without_id, mangled, nameless, 7, null])));
    assert_eq!(read.records.len(), 2);
    assert_eq!(read.records[0].confidence, Confidence::Estimated);
    assert_eq!(
        (read.records[1].confidence, &read.records[1].fields["description"]),
        (Confidence::Reported, &json!("One.\n\nTwo & three"))
    );
    let told = said(&read).join("\n");
    for expected in [
        "/releases/0: the release has no \"id\", which the OCDS schema requires (2: ocds-x-1, a release without an ocid)",
        "/releases/2: releases without an ocid and an id are set aside",
        "/releases/3: a release is not an object, and is set aside (2)",
        "line breaks or letters that the publisher's system had broken were mended (1: ocds-x-2-1)",
        "5 releases and records read, 2 used; set aside: 2 that are no releases, 1 without an ocid and an id",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

#[test]
fn records_that_cannot_be_read_are_set_aside_and_counted() {
    let records = json!({ "uri": "urn:a", "version": "1.0", "records": [
        { "ocid": "a", "releases": [] }, { "ocid": "b", "releases": [{}] }, { "ocid": "c", "releases": [{ "url": "http://a/b" }] },
        { "ocid": "d", "releases": "a string" }, { "ocid": "e", "releases": null }, { "ocid": "f", "releases": {} }, "g",
    ] });
    let read = read_value(&records);
    assert!(read.records.is_empty());
    let told = said(&read).join("\n");
    for expected in [
        "7 releases and records read, 0 used; set aside: 1 records that only give the addresses of their releases, 6 records without any release that can be read",
        "the package has no \"publisher\"",
        "the package is of version 1.0 of the standard",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    for (text, expected) in [
        (r#"{"releases": null}"#, "the releases or records are null, not a list, and not read"),
        (r#"{"releases": [{"ocid": "a"}, "#, "line 1: it is not JSON: EOF while parsing"),
        ("{\"ocid\":\"a\"}\n{\"ocid\":", "it is not whole JSON, and nothing of it is read: line 2"),
    ] {
        let told = said(&read::file("a.json", text.as_bytes(), Holder::Authority)).join("\n");
        assert!(told.contains(expected), "{text}: {told}");
    }
}

#[test]
fn every_body_gets_its_own_contracts_and_the_cpv_codes_asked_for() {
    let whole = read::of_bodies("notices.json", NOTICES.as_bytes(), BodiesAsked::default());
    let names: Vec<(&str, usize)> = whole.bodies.iter().map(|body| (body.name.as_str(), body.records.len())).collect();
    assert_eq!(
        names,
        [("Durham County Council", 1), ("London Borough of Enfield", 1), ("London Borough of Merton", 1)]
    );
    assert_eq!(whole.tally.read, whole.tally.used + whole.tally.set_aside.values().sum::<u64>());
    let (enfield, cpv) = (["Enfield Council".to_owned()], ["48".to_owned(), "72".to_owned()]);
    let asked = BodiesAsked { bodies: &enfield, cpv: &cpv };
    let some = read::of_bodies("notices.json", NOTICES.as_bytes(), asked);
    assert_eq!(
        (some.bodies.len(), some.bodies[0].records[0].fields["classification"].clone()),
        (1, json!(["48000000"]))
    );
}

/// Any JSON, of a shape that a release might have.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(vec![0.0, -1.0, 1e308, 0.005, 1e12]).prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "GBP",
            "2025-01-01T00:00:00Z",
            "2025-02-30",
            "1",
            "active",
            ";\n",
            "é—\u{0}",
            "#N/A",
            "CPV"
        ])
        .prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop::sample::select(vec![
            "id",
            "ocid",
            "awards",
            "value",
            "amount",
            "suppliers",
            "name",
            "releases",
            "records",
            "period",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.prop_map(str::to_owned), inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

/// Every place in a value, as pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), all)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, value)| places(value, &format!("{at}/{n}"), all)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_stands_in_a_release_it_is_read_and_counted_without_a_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..5),
        source in prop::sample::select(vec![MOORSIDE, NOTICES]),
    ) {
        let mut value: Value = serde_json::from_str(source).unwrap();
        for (place, with) in changes {
            let mut all = Vec::new();
            places(&value, "", &mut all);
            *value.pointer_mut(place.get(all.as_slice()).as_str()).unwrap() = with;
        }
        let found = read::of_bodies("a.json", value.to_string().as_bytes(), BodiesAsked::default());
        prop_assert_eq!(found.tally.read, found.tally.used + found.tally.set_aside.values().sum::<u64>());
        let own = read::file_of("a.json", value.to_string().as_bytes(), "Durham County Council");
        for record in own.records.iter().filter(|record| record.kind == Kind::Contract) {
            let csv = penshaw_files::write::entries::csv(Kind::Contract, std::slice::from_ref(record));
            let again = read::file("contracts.csv", &csv, Holder::Authority);
            prop_assert_eq!(&again.records[0].fields, &record.fields);
        }
    }

    #[test]
    fn any_json_at_all_is_read_without_a_panic(value in any_json()) {
        for name in ["a.json", "a.jsonl"] {
            read::file(name, value.to_string().as_bytes(), Holder::Authority);
            read::of_bodies(name, value.to_string().as_bytes(), BodiesAsked::default());
        }
    }
}

//! Arbitrary records of every kind, and what differs between two lists of them.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, FinancialYear};
use penshaw_register::{Field, FieldKind, Kind, Record, difference, is_of_the_sheet, plain_text};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

/// Texts as they are kept: with everything in them that trips a file form.
fn words() -> BoxedStrategy<String> {
    let awkward = prop::sample::select(vec![
        "=cmd|'/c calc'!A1",
        "+44",
        "-1",
        "@x",
        "'tis",
        "''=1",
        "a,b",
        "a;b",
        "\"quoted\"",
        "two\nlines",
        "[\"a\"]",
        "[x",
        "{a}",
        "tab\there",
        "é ü 漢字 🏛",
        "\u{202e}abc",
        "007",
        "1e5",
        "TRUE",
        "yes",
        "2014-06-18",
        "1/2/2014",
        "2014/15",
        "sep=;",
        "all",
        "joint",
        "Total",
        "example",
        "#",
        "£1,000",
        "100%",
        "\\",
        "\\n",
        "\"\"\"",
        "'''",
        "_x000D_",
        "_x0041_",
        "&amp;",
        "<b>",
        "]]>",
        "Reference",
        "a=b",
        "null",
        "None",
    ]);
    prop_oneof![awkward.prop_map(str::to_owned), any::<String>(), "[a-z ,;'\"\n=+@-]{1,12}"]
        .prop_map(|text| plain_text(&text))
        .prop_filter("a text that can be kept", |text| fits("name", json!(text)))
        .boxed()
}

/// Whether a record could hold a text, by the register's own check.
fn fits(field: &str, value: Value) -> bool {
    let mut record = Record::new(Kind::Site, "S1");
    record.fields.insert("name".into(), json!("North"));
    record.fields.insert(field.into(), value);
    Kind::Site.check(&record).is_empty()
}

fn reference() -> BoxedStrategy<String> {
    prop_oneof![4 => "[A-Z]{1,2}[0-9]{1,3}".boxed(), 1 => words()]
        .prop_filter("a reference", |text| !text.contains([';', '\n']) && !is_of_the_sheet(text))
        .boxed()
}

fn list() -> impl Strategy<Value = Value> {
    prop::collection::vec(words(), 1..4).prop_map(|items| json!(items))
}

/// Any value that a field of the kind may hold.
fn value(kind: FieldKind) -> BoxedStrategy<Value> {
    let pence = || prop_oneof![-1_000_000_000_000..=1_000_000_000_000_i64, -10_000..10_000_i64];
    let year = || (1900_i16..2999).prop_map(|year| FinancialYear::starting(year).to_string());
    match kind {
        FieldKind::Text | FieldKind::Authority => words().prop_map(Value::from).boxed(),
        // "Joint" is not "joint", and no authority may have either as its code.
        FieldKind::AuthorityOrJoint => {
            prop_oneof![Just("joint".to_owned()), "[A-Z]{2,4}"].prop_map(Value::from).boxed()
        }
        FieldKind::Reference(_) => reference().prop_map(Value::from).boxed(),
        FieldKind::Money => pence().prop_map(Value::from).boxed(),
        FieldKind::Number { least, most, .. } => {
            let any = any::<f64>().prop_filter("a number", |number| number.is_finite());
            let near = -1_000.0..1_000.0_f64;
            prop_oneof![any, near, (0_u8..9).prop_map(f64::from)]
                .prop_map(move |number| json!(number.clamp(least, most) + 0.0))
                .boxed()
        }
        FieldKind::Count => (0_u64..=1_000_000_000).prop_map(Value::from).boxed(),
        FieldKind::Proportion => (0.0..=1.0_f64).prop_map(Value::from).boxed(),
        FieldKind::Date => (1901_i16..2999, 1_u8..=12, 1_u8..=28)
            .prop_map(|(year, month, day)| json!(format!("{year:04}-{month:02}-{day:02}")))
            .boxed(),
        FieldKind::Year => year().prop_map(Value::from).boxed(),
        FieldKind::AmountsByYear => {
            prop::collection::btree_map(year(), pence(), 1..4).prop_map(|amounts| json!(amounts)).boxed()
        }
        FieldKind::Choice(choices) => prop::sample::select(choices.to_vec()).prop_map(Value::from).boxed(),
        FieldKind::YesNo => any::<bool>().prop_map(Value::from).boxed(),
        FieldKind::List => list().boxed(),
        FieldKind::References(_) => prop::collection::vec(reference(), 1..4).prop_map(|items| json!(items)).boxed(),
        FieldKind::Function => "[0-9]{1,6}".prop_map(Value::from).boxed(),
    }
}

fn field(field: &'static Field) -> BoxedStrategy<Option<Value>> {
    let value = value(field.kind);
    if field.required { value.prop_map(Some).boxed() } else { prop::option::of(value).boxed() }
}

fn confidence() -> impl Strategy<Value = Confidence> {
    prop::sample::select(Confidence::ALL.to_vec())
}

/// Any record of a kind whose every field holds what its kind declares.
pub fn any_record(kind: Kind) -> impl Strategy<Value = Record> {
    let fields: Vec<_> = kind.fields().iter().map(field).collect();
    let single = prop::collection::vec(prop::option::weighted(0.2, confidence()), kind.fields().len());
    (reference(), fields, confidence(), single).prop_map(move |(reference, values, confidence, single)| {
        let named = || kind.fields().iter().map(|field| field.name.to_owned());
        let fields: BTreeMap<String, Value> =
            named().zip(values).filter_map(|(name, value)| Some((name, value?))).collect();
        let single = named().zip(single).filter_map(|(name, confidence)| Some((name, confidence?)));
        let field_confidence = single.filter(|(name, _)| fields.contains_key(name)).collect();
        Record { fields, confidence, field_confidence, ..Record::new(kind, reference) }
    })
}

/// A few records of one kind, each under a reference of its own.
pub fn records_of(kind: Kind) -> impl Strategy<Value = Vec<Record>> {
    prop::collection::vec(any_record(kind), 1..4).prop_map(|records| {
        let by_reference: BTreeMap<String, Record> =
            records.into_iter().map(|record| (record.reference.clone(), record)).collect();
        by_reference.into_values().collect()
    })
}

#[allow(dead_code)]
pub fn any_records() -> impl Strategy<Value = (Kind, Vec<Record>)> {
    prop::sample::select(Kind::ALL.to_vec()).prop_flat_map(|kind| (Just(kind), records_of(kind)))
}

/// What differs between two lists of records, in words; nothing where nothing does.
pub fn differences(before: &[Record], after: &[Record]) -> String {
    let found = difference(before, after);
    let same = before.len() == after.len() && found.is_empty();
    let bare = |record: &Record| Record { origin: Default::default(), ..record.clone() };
    if same && before.iter().map(bare).eq(after.iter().map(bare)) {
        return String::new();
    }
    format!("{found:#?}\n{before:?}\n{after:?}")
}

//! Laws of every kind of entry: what is declared of a field agrees with the type that holds it.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Confidence, Money};
use penshaw_register::*;
use serde_json::{Value, json};

const DAY: penshaw_basis::Date = jiff::civil::date(2014, 3, 31);

/// The example of a field as a record holds it; where none is given, one of its kind.
fn example(field: &Field) -> Value {
    let text = field.example;
    let or = |other: &str| json!(if text.is_empty() { other } else { text });
    let number = || text.parse::<f64>().unwrap_or(0.5);
    let pence = || text.parse::<Money>().map_or(100, Money::pence);
    match field.kind {
        FieldKind::Text | FieldKind::Reference(_) | FieldKind::Authority | FieldKind::AuthorityOrJoint => or("X1"),
        FieldKind::Function => or("3"),
        FieldKind::Money => json!(pence()),
        FieldKind::Number { .. } | FieldKind::Proportion => json!(number()),
        FieldKind::Count => json!(text.parse::<u64>().expect("a count has an example")),
        FieldKind::Date | FieldKind::Year => json!(text),
        FieldKind::AmountsByYear => json!({ "2014/15": pence(), "2015/16": 100 }),
        FieldKind::Choice(words) => or(words[0]),
        FieldKind::YesNo => json!(text == "yes"),
        FieldKind::List | FieldKind::References(_) => {
            let words: Vec<&str> = text.split(';').map(str::trim).filter(|word| !word.is_empty()).collect();
            if words.is_empty() { json!(["X1"]) } else { json!(words) }
        }
    }
}

/// A record in which every field of its kind is written.
fn full(kind: Kind) -> Record {
    let fields = kind.fields().iter().map(|field| (field.name.to_owned(), example(field)));
    Record { fields: fields.collect(), confidence: Confidence::Estimated, ..Record::new(kind, "X1") }
}

fn again<E: Entry>(record: &Record) -> Record {
    let entry: E = record.read().unwrap_or_else(|problem| panic!("{}", problem.what));
    Record::of(&entry, record.confidence)
}

fn held<E: Entry>(joint: &JointRegister) -> usize {
    joint.all::<E>().len()
}

/// Calls a function for the type of each kind; a kind that is added without a line here does not compile.
macro_rules! by_kind {
    ($kind:expr, $call:ident, $argument:expr) => {
        by_kind!($kind, $call, $argument; Application Contract Licence Installation Hardware Site Rack Workload
            RecoveryTest Link Post SkillNeed Payment CostLine Service Performance SmallArea Meeting Decision Notice CallIn Objective Area Evidence CourseOption Line Correlation Mitigation Risk Bid CoalitionCost
            Scheme SchemeMember ReservedMatter Division Alignment Requirement Fit Impact Consideration Programme Paper ExemptPart ProductReview SupplierName
            Direction Consent HostingAgreement
            InclusionProgramme InclusionOutcome SkillsSurvey Action Commitment Benefit RiskReview)
    };
    ($kind:expr, $call:ident, $argument:expr; $($name:ident)*) => {
        match $kind { $(Kind::$name => $call::<$name>($argument),)* }
    };
}

#[test]
fn every_field_is_read_as_its_type_and_written_back_without_loss() {
    for kind in Kind::ALL {
        let record = full(*kind);
        assert_eq!(by_kind!(kind, again, &record), record, "{kind}");
    }
}

#[test]
fn every_field_may_be_absent_from_the_type_and_stays_absent() {
    for kind in Kind::ALL {
        let bare = by_kind!(kind, again, &Record::new(*kind, "X1"));
        // Numbers, money and years that every entry must have are refused by the check, not by the type.
        let optional = bare.fields.keys().filter_map(|name| kind.field(name)).find(|field| !field.required);
        assert!(optional.is_none(), "{kind}: {optional:?}");
    }
}

#[test]
fn every_example_is_of_the_kind_of_its_field() {
    for kind in Kind::ALL {
        for problem in kind.check(&full(*kind)) {
            let label = problem.field.and_then(|name| kind.field(name)).map(|field| format!("{}: ", field.label));
            assert!(label.is_some_and(|label| !problem.what.starts_with(&label)), "{kind}: {}", problem.what);
        }
    }
}

#[test]
fn an_entry_without_a_field_that_it_must_have_is_found() {
    for kind in Kind::ALL {
        let findings = check_each(&[Record::new(*kind, "X1")]);
        let missing: BTreeSet<Option<&str>> =
            findings.iter().map(|finding| finding.what.strip_suffix(" is empty")).collect();
        let required = kind.fields().iter().filter(|field| field.required).map(|field| Some(field.label));
        assert_eq!(missing, required.collect(), "{kind}");
        for nothing in [json!(null), json!(" "), json!([]), json!({})] {
            let mut blank = full(*kind);
            let name = kind.fields()[0].name;
            blank.fields.insert(name.to_owned(), nothing);
            let found = kind.check(&blank).iter().any(|problem| problem.what.ends_with(" is empty"));
            assert_eq!(found, kind.fields()[0].required, "{kind}");
        }
    }
}

#[test]
fn a_value_of_another_type_is_found_in_its_field() {
    for kind in Kind::ALL {
        for field in kind.fields() {
            let mut wrong = full(*kind);
            wrong.fields.insert(field.name.to_owned(), json!([true]));
            let problems = kind.check(&wrong);
            assert_eq!(problems.len(), 1, "{kind} {}: {problems:?}", field.name);
            assert_eq!(problems[0].field, Some(field.name));
        }
    }
}

#[test]
fn an_entry_of_which_every_field_is_kept_back_can_still_be_read() {
    for kind in Kind::ALL.iter().filter(|kind| kind.holder() == Holder::Authority) {
        let shareable: Vec<String> =
            kind.fields().iter().filter(|field| field.shareable).map(|field| field.name.to_owned()).collect();
        let kept = shareable.len();
        let choice =
            |fields, shared| SharingChoice { kind: Some(*kind), records: Which::All, fields, shared, instead: None };
        let choices = vec![choice(Which::All, true), choice(Which::Only(shareable), false)];
        let baseline = Baseline::freeze("SCC", DAY, vec![full(*kind)]);
        let choices = BTreeMap::from([("SCC".to_owned(), choices)]);
        let joint = join(&Partnership::default(), &[baseline], &choices);
        assert_eq!(by_kind!(kind, held, &joint), 1, "{kind}");
        assert_eq!(joint.withheld().len(), kept, "{kind}");
    }
}

#[test]
fn a_kind_is_known_by_its_file_and_by_its_sheet_whatever_the_case() {
    let mut taken = BTreeSet::new();
    for kind in Kind::ALL {
        for name in [kind.key().to_owned(), kind.sheet().to_owned(), format!(" {} ", kind.sheet().to_uppercase())] {
            assert_eq!(name.parse(), Ok(*kind), "{name}");
        }
        assert_eq!(serde_json::to_value(kind).unwrap(), json!(kind.key()));
        assert!(taken.insert(kind.key()), "{kind} is there twice");
        // Excel refuses a sheet of a longer name.
        assert!(kind.sheet().len() <= 31, "{}", kind.sheet());
    }
    assert_eq!("persons".parse::<Kind>().unwrap_err().to_string(), "\"persons\" is not a kind of entry");
    assert!("".parse::<Kind>().is_err());
}

#[test]
fn the_fields_of_a_kind_have_names_and_headings_of_their_own() {
    for kind in Kind::ALL {
        let mut taken = BTreeSet::from(["reference".to_owned(), "confidence".to_owned()]);
        for field in kind.fields() {
            assert!(taken.insert(field.name.to_owned()), "{kind} {}", field.name);
            assert!(field.help.ends_with('.'), "{kind} {}", field.name);
        }
        let labels: BTreeSet<String> = kind.fields().iter().map(|field| field.label.to_lowercase()).collect();
        assert_eq!(labels.len(), kind.fields().len(), "{kind}");
        // What the partners hold together, nobody can keep back.
        let kept_back = kind.fields().iter().any(|field| field.shareable);
        assert!(!kept_back || kind.holder() == Holder::Authority, "{kind}");
    }
}

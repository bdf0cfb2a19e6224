//! A folder that is written and read is the same folder: partnership, entries, choices, days and parameters.

mod any_record;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use any_record::{differences, records_of};
use penshaw_basis::{Confidence, Date};
use penshaw_files::read::{self, Folder};
use penshaw_files::write::folder::{self, Contents, FolderError};
use penshaw_register::*;
use proptest::prelude::*;
use serde_json::json;

const DAY: Date = Date::constant(2014, 3, 31);

fn written_and_read(contents: &Contents<'_>) -> Folder {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("written");
    folder::write(&folder::files(contents).unwrap(), &path).unwrap();
    read::folder(&path).unwrap()
}

/// Asserts that two folders hold the same, and that what is joined of them has one digest.
fn same(before: &Folder, after: &Folder) {
    assert_eq!(after.partnership, before.partnership);
    assert_eq!(after.choices, before.choices);
    assert_eq!(after.parameters, before.parameters);
    assert_eq!(after.baselines.len(), before.baselines.len());
    for (one, other) in before.baselines.iter().zip(&after.baselines) {
        assert_eq!((other.owner(), other.on()), (one.owner(), one.on()));
        assert_eq!(differences(one.records(), other.records()), "");
        assert_eq!(other.digest(), one.digest());
    }
    let joined = |folder: &Folder| join(&folder.partnership, &folder.baselines, &folder.choices).digest();
    assert_eq!(joined(after), joined(before));
}

#[test]
fn every_example_comes_back_as_it_was() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let folders = fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path());
    let folders: Vec<PathBuf> = folders.filter(|path| path.join("partnership.toml").exists()).collect();
    assert!(folders.len() >= 5);
    for path in folders {
        let before = read::folder(&path).unwrap();
        let after = written_and_read(&Contents::from(&before));
        same(&before, &after);
        let errors = |folder: &Folder| folder.findings.iter().map(|finding| finding.what.clone()).collect::<Vec<_>>();
        let (mut were, mut are) = (errors(&before), errors(&after));
        were.sort();
        are.sort();
        assert_eq!(are, were, "{}", path.display());
        // Written again, it is the same to the byte.
        assert_eq!(folder::files(&Contents::from(&after)).unwrap(), folder::files(&Contents::from(&before)).unwrap());
    }
}

fn partnership() -> Partnership {
    let authority = |code: &str, folder: &str| Authority {
        code: code.into(),
        name: format!("{code} \"Council\" \\ é"),
        folder: folder.into(),
        population: Some(275_500),
        usage: Some(1.25e-7),
        annual_budget: Some(penshaw_basis::Money::from_pence(-1_205)),
        source: Some("=SUM(A1)\nline two".into()),
        ..Authority::default()
    };
    let adoption = Adoption {
        officer: "Director".into(),
        on: DAY,
        adopted: false,
        reason: "Why; not".into(),
        resolutions: vec!["Note; and close.".into()],
    };
    let report = ReportDetails {
        authority: "SCC".into(),
        body: "Cabinet".into(),
        meeting: Some(DAY),
        key_decision: Some(false),
        legal_comment: Some("\"\"\"".into()),
        words: BTreeMap::from([
            ("3".into(), vec!["One; two.".into(), "Three\nlines".into()]),
            ("7.3".into(), Vec::new()),
        ]),
        adoption: Some(adoption),
        ..ReportDetails::default()
    };
    let authorities = vec![authority("SCC", "south side"), authority("DCC", "estates/durham/")];
    Partnership { name: "Two = councils".into(), marking: Some("Illustrative".into()), authorities, report }
}

fn which(names: Vec<String>) -> impl Strategy<Value = Which> {
    let some = prop::sample::subsequence(names.clone(), 0..=names.len().min(3)).prop_map(Which::Only);
    prop_oneof![Just(Which::All), some]
}

fn any_choice() -> impl Strategy<Value = SharingChoice> {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.holder() == Holder::Authority).collect();
    prop::option::of(prop::sample::select(kinds)).prop_flat_map(|kind| {
        let fields = kind.map_or(Vec::new(), |kind| kind.fields().iter().map(|field| field.name.to_owned()).collect());
        let records = which(vec!["A1".into(), "é; 2".into(), "all".into(), "\"".into()]);
        let instead = prop::option::of(prop::sample::select(Instead::ALL.to_vec()));
        (records, which(fields), any::<bool>(), instead).prop_map(move |(records, fields, shared, instead)| {
            let choice = SharingChoice { kind, records, fields, shared, instead };
            let sound = check_choice(&choice).is_empty();
            if sound { choice } else { SharingChoice { instead: None, ..choice } }
        })
    })
}

fn any_day() -> impl Strategy<Value = Date> {
    (1900_i16..2999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn any_baseline(owner: &'static str) -> impl Strategy<Value = Baseline> {
    let holder = if owner == PARTNERSHIP { Holder::Partnership } else { Holder::Authority };
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.holder() == holder).collect();
    let kinds = prop::sample::subsequence(kinds, 0..=3);
    let records = kinds.prop_flat_map(|kinds| kinds.into_iter().map(records_of).collect::<Vec<_>>());
    (any_day(), records).prop_map(move |(day, records)| Baseline::freeze(owner, day, records.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_folder_holds_comes_back(
        baselines in (any_baseline("SCC"), any_baseline("DCC"), any_baseline(PARTNERSHIP)),
        choices in prop::collection::vec(any_choice(), 0..4),
        parameter in any::<String>(),
    ) {
        let before = Folder {
            partnership: partnership(),
            baselines: vec![baselines.0, baselines.1, baselines.2],
            choices: BTreeMap::from([("SCC".to_owned(), choices), ("DCC".to_owned(), Vec::new())]),
            parameters: BTreeMap::from([("green_book/own.toml".to_owned(), parameter)]),
            findings: Vec::new(),
        };
        prop_assume!(!before.parameters["green_book/own.toml"].starts_with('\u{feff}'));
        same(&before, &written_and_read(&Contents::from(&before)));
    }
}

/// A partnership whose one authority has one record.
fn refused(change: impl Fn(&mut Partnership, &mut Record)) -> String {
    let mut partnership = partnership();
    let mut record = Record::new(Kind::Application, "A1");
    record.fields.insert("name".into(), json!("Academy"));
    change(&mut partnership, &mut record);
    let (choices, parameters) = Default::default();
    let baselines = [Baseline::freeze("SCC", DAY, vec![record])];
    let contents =
        Contents { partnership: &partnership, baselines: &baselines, choices: &choices, parameters: &parameters };
    folder::files(&contents).map_or_else(|error| error.to_string(), |_| "nothing".to_owned())
}

#[test]
fn what_would_be_lost_is_refused_by_its_name() {
    assert_eq!(refused(|_, _| {}), "nothing");
    let said = refused(|_, record| drop(record.fields.insert("users".into(), json!("many"))));
    assert_eq!(said, "south side/applications.csv cannot hold the users of entry A1 as it stands");
    let said = refused(|_, record| drop(record.fields.insert("supplier".into(), json!(" Example"))));
    assert_eq!(said, "south side/applications.csv cannot hold the supplier of entry A1 as it stands");
    let said = refused(|_, record| drop(record.fields.insert("alarm".into(), json!("1"))));
    assert_eq!(said, "south side/applications.csv cannot hold the alarm of entry A1 as it stands");
    let said = refused(|_, record| record.reference = "TOTAL".into());
    assert_eq!(said, "south side/applications.csv cannot hold entry TOTAL as it stands");
    let said = refused(|partnership, _| partnership.name = "Two ".into());
    assert_eq!(said, "partnership.toml cannot hold the partnership's name as it stands");
    let said = refused(|partnership, _| partnership.authorities[1].code = "joint".into());
    assert!(said.starts_with("partnership.toml cannot hold the authority DCC"), "{said}");
    let said = refused(|partnership, _| partnership.report.words.extend([("4".into(), vec![String::new()])]));
    assert_eq!(said, "partnership.toml cannot hold the report's details as it stands");
    for folder in ["../elsewhere", "/etc", "a/../b", "con", "a\\b", "x:y", "a//b", "ends."] {
        let said = refused(|partnership, _| partnership.authorities[0].folder = folder.into());
        assert!(said.contains("cannot be the name of the folder of"), "{said}");
    }
    let said = refused(|partnership, _| drop(partnership.authorities.remove(0)));
    assert!(said.starts_with("SCC is no authority") || said.contains("report's details"), "{said}");
}

#[test]
fn parameters_stay_where_they_belong() {
    let (partnership, choices) = (partnership(), BTreeMap::new());
    for path in ["../x.toml", "x.txt", ".x.toml", "/x.toml", "a//x.toml", "nul.toml"] {
        let parameters = BTreeMap::from([(path.to_owned(), String::new())]);
        let contents =
            Contents { partnership: &partnership, baselines: &[], choices: &choices, parameters: &parameters };
        assert!(matches!(folder::files(&contents), Err(FolderError::Name { .. })), "{path}");
    }
}

#[test]
fn a_person_can_read_what_is_written() {
    let partnership = partnership();
    let mut record = Record::new(Kind::Contract, "C1");
    record.fields.extend([("title".into(), json!("Support, 24/7")), ("value".into(), json!(1_234_550))]);
    record.field_confidence.insert("value".into(), Confidence::Verified);
    let choice = SharingChoice {
        kind: Some(Kind::Contract),
        records: Which::All,
        fields: Which::Only(vec!["value".into()]),
        shared: false,
        instead: Some(Instead::Band),
    };
    let choices = BTreeMap::from([("SCC".to_owned(), vec![choice])]);
    let baselines = [Baseline::freeze("SCC", DAY, vec![record])];
    let parameters = BTreeMap::new();
    let contents =
        Contents { partnership: &partnership, baselines: &baselines, choices: &choices, parameters: &parameters };
    let files = folder::files(&contents).unwrap();
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert_eq!(
        text("south side/estate.toml"),
        "on = 2014-03-31\n\n[[share]]\nkind = \"contracts\"\nfields = [\"value\"]\nshared = false\ninstead = \"band\"\n"
    );
    assert!(text("south side/contracts.csv").contains("C1,\"Support, 24/7\","));
    assert!(text("south side/contracts.csv").contains(",12345.50,"));
    assert!(text("partnership.toml").contains("annual_budget = -12.05\n"));
    assert!(text("partnership.toml").contains("[report.words]\n\"3\" = [\"One; two.\", \"Three\\nlines\"]\n"));
}

#[test]
fn a_folder_that_is_there_is_left_alone_and_a_failure_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let files = BTreeMap::from([("a/b.toml".to_owned(), b"x".to_vec())]);
    let there = place.path().join("there");
    fs::create_dir(&there).unwrap();
    assert!(matches!(folder::write(&files, &there), Err(FolderError::Exists(_))));
    let clash = BTreeMap::from([("a".to_owned(), Vec::new()), ("a/b".to_owned(), Vec::new())]);
    assert!(matches!(folder::write(&clash, &place.path().join("new")), Err(FolderError::File { .. })));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    folder::write(&files, &place.path().join("new")).unwrap();
    assert_eq!(fs::read(place.path().join("new/a/b.toml")).unwrap(), b"x");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
}

//! Laws of bands and subtotals: what is shown in place of a figure, and that nothing tells more.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Money};
use penshaw_register::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const DAY: Date = jiff::civil::date(2014, 3, 31);
const REFERENCES: &[&str] = &["R1", "R2", "R3", "R4", "R5"];
const KINDS: &[Kind] = &[Kind::Application, Kind::CostLine, Kind::Post];
const FIELDS: &[&str] = &["annual_cost", "users", "budget", "fte", "supplier", "name", "title"];

fn choice(
    kind: Option<Kind>,
    records: Which,
    fields: &[&str],
    shared: bool,
    instead: Option<Instead>,
) -> SharingChoice {
    let fields = match fields {
        ["all"] => Which::All,
        some => Which::Only(some.iter().map(|field| (*field).to_owned()).collect()),
    };
    SharingChoice { kind, records, fields, shared, instead }
}

fn everything() -> SharingChoice {
    choice(None, Which::All, &["all"], true, None)
}

fn keep(kind: Kind, field: &str, instead: Instead) -> SharingChoice {
    choice(Some(kind), Which::All, &[field], false, Some(instead))
}

fn only(references: &[&str]) -> Which {
    Which::Only(references.iter().map(|reference| (*reference).to_owned()).collect())
}

fn joined(records: &[Record], choices: &[SharingChoice]) -> JointRegister {
    let choices = BTreeMap::from([("SCC".to_owned(), choices.to_vec())]);
    join(&Partnership::default(), &[Baseline::freeze("SCC", DAY, records.to_vec())], &choices)
}

fn contracts(pounds: &[i64]) -> Vec<Record> {
    let contract = |(number, pounds): (usize, &i64)| {
        let mut record = Record::new(Kind::Contract, format!("R{}", number + 1));
        record.fields.insert("title".into(), json!("Support"));
        record.fields.insert("value".into(), json!(pounds * 100));
        record
    };
    pounds.iter().enumerate().map(contract).collect()
}

#[test]
fn a_band_stands_beside_its_entry_and_no_figure_in_it() {
    let joint = joined(&contracts(&[85_000]), &[everything(), keep(Kind::Contract, "value", Instead::Band)]);
    let [band] = joint.bands() else { panic!("{:?}", joint.bands()) };
    assert_eq!((band.reference.as_str(), band.field.as_str()), ("R1", "value"));
    assert_eq!(band.band.to_string(), "£50,000 to £100,000");
    assert_eq!(joint.all::<Contract>()[0].value, None);
    assert_eq!(joint.left_out(Kind::Contract, "value", None), LeftOut { figures: 1, entries: 0 });
    assert!(joint.subtotals().is_empty());
}

#[test]
fn a_band_of_an_entry_that_is_kept_back_whole_is_not_shown() {
    let band = keep(Kind::Contract, "value", Instead::Band);
    assert!(joined(&contracts(&[85_000]), std::slice::from_ref(&band)).bands().is_empty());
    let whole = choice(None, only(&["R1"]), &["all"], false, None);
    assert!(joined(&contracts(&[85_000]), &[everything(), band, whole]).bands().is_empty());
}

#[test]
fn a_subtotal_needs_three_figures_and_covers_none_that_is_shared() {
    let subtotal = keep(Kind::Contract, "value", Instead::Subtotal);
    let choices = [everything(), subtotal.clone()];
    let joint = joined(&contracts(&[10, 20, 30]), &choices);
    let [given] = joint.subtotals() else { panic!("{:?}", joint.subtotals()) };
    assert_eq!((given.entries, &given.sum), (3, &Sum::Pence(Money::from_pounds(60))));
    assert!(joint.all::<Contract>().iter().all(|contract| contract.value.is_none()));
    assert!(joined(&contracts(&[10, 20]), &choices).subtotals().is_empty());

    // R1 is shared again: it can be subtracted from nothing.
    let again = choice(Some(Kind::Contract), only(&["R1"]), &["value"], true, None);
    let choices = [everything(), subtotal, again];
    assert!(joined(&contracts(&[10, 20, 30]), &choices).subtotals().is_empty());
    let joint = joined(&contracts(&[10, 20, 30, 40]), &choices);
    assert_eq!(joint.subtotals()[0].sum, Sum::Pence(Money::from_pounds(90)));
    assert_eq!(joint.left_out(Kind::Contract, "value", Some("SCC")).to_string(), "3 figures kept back and left out");
    assert!(joint.left_out(Kind::Contract, "value", Some("DCC")).is_nothing());
}

#[test]
fn entries_that_are_kept_back_whole_may_be_given_as_a_subtotal() {
    let joint = joined(&contracts(&[10, 20, 30]), &[keep(Kind::Contract, "value", Instead::Subtotal)]);
    assert_eq!(joint.records().count(), 0);
    assert_eq!(joint.subtotals()[0].entries, 3);
    assert_eq!(joint.left_out(Kind::Contract, "value", None).to_string(), "3 whole entries kept back and left out");
}

#[test]
fn amounts_by_year_have_a_band_and_a_subtotal_for_each_year() {
    let line = |reference: &str, budget: Value| {
        let mut record = Record::new(Kind::CostLine, reference);
        record.fields.insert("description".into(), json!("Staff"));
        record.fields.insert("budget".into(), budget);
        record
    };
    let lines = [
        line("R1", json!({ "2014/15": 150_000, "2015/16": 2_500_000 })),
        line("R2", json!({ "2014/15": -150_000 })),
        line("R3", json!({ "2014/15": 50_000, "2015/16": 100 })),
    ];
    let joint = joined(&lines, &[everything(), keep(Kind::CostLine, "budget", Instead::Band)]);
    assert_eq!(joint.bands()[0].band.to_string(), "2014/15: £1,000 to £2,000; 2015/16: £20,000 to £50,000");
    assert_eq!(joint.bands()[1].band.to_string(), "2014/15: −£2,000 to −£1,000");
    let joint = joined(&lines, &[everything(), keep(Kind::CostLine, "budget", Instead::Subtotal)]);
    let [given] = joint.subtotals() else { panic!("{:?}", joint.subtotals()) };
    assert_eq!((given.year.unwrap().to_string(), given.sum.to_string()), ("2014/15".into(), "£500.00".into()));
}

#[test]
fn the_digest_changes_with_the_band_and_with_the_subtotal_that_are_shown() {
    let digest = |pounds: &[i64], instead| {
        joined(&contracts(pounds), &[everything(), keep(Kind::Contract, "value", instead)]).digest()
    };
    assert_eq!(digest(&[50_000], Instead::Band), digest(&[99_999], Instead::Band));
    assert_ne!(digest(&[50_000], Instead::Band), digest(&[100_000], Instead::Band));
    assert_eq!(digest(&[1, 2, 3], Instead::Subtotal), digest(&[2, 2, 2], Instead::Subtotal));
    assert_ne!(digest(&[1, 2, 3], Instead::Subtotal), digest(&[1, 2, 4], Instead::Subtotal));
    assert_eq!(digest(&[1, 2], Instead::Subtotal), digest(&[5, 9], Instead::Subtotal));
}

#[test]
fn the_digest_of_who_uses_neither_is_what_it_always_was() {
    let joint = joined(&contracts(&[10, 20]), &[everything(), choice(None, Which::All, &["value"], false, None)]);
    assert_eq!(joint.digest().short(), "0c7d36d9e210");
    assert_eq!(joint.digests()["SCC"].short(), "ddc16b52721e");
}

#[test]
fn choices_that_ask_for_what_cannot_be_given_are_found() {
    let said = |choices: &[SharingChoice]| -> Vec<(usize, String)> {
        let found = check_choices("SCC", choices, &contracts(&[10, 20]));
        found.into_iter().map(|(place, problem)| (place, problem.what)).collect()
    };
    assert_eq!(said(&[everything(), keep(Kind::Contract, "value", Instead::Band)]), []);
    let shared = SharingChoice { shared: true, ..keep(Kind::Contract, "value", Instead::Band) };
    assert_eq!(said(&[shared])[0].1, "the choice shares what it names, so that no band is given instead");
    let whole = SharingChoice { fields: Which::All, ..keep(Kind::Contract, "value", Instead::Subtotal) };
    assert_eq!(said(&[whole])[0].1, "a subtotal is given field by field, but the choice keeps back whole entries");
    assert_eq!(
        said(&[keep(Kind::Contract, "supplier", Instead::Band)])[0].1,
        "\"supplier\" holds no figure that can be kept back, so that it has no band"
    );
    assert_eq!(
        said(&[everything(), keep(Kind::Contract, "value", Instead::Subtotal)]),
        [(1, "no subtotal of \"Whole-life value\" is given: only 2 of the contracts are kept back for it".to_owned())]
    );
}

#[test]
fn instead_is_written_as_an_owner_reads_it() {
    let text = r#"{"kind":"contracts","records":"all","fields":["value"],"shared":false,"instead":"subtotal"}"#;
    let choice = keep(Kind::Contract, "value", Instead::Subtotal);
    assert_eq!(serde_json::to_string(&choice).unwrap(), text);
    assert_eq!(serde_json::from_str::<SharingChoice>(text).unwrap(), choice);
}

/// Annual cost, users, this year's budget and perhaps the next's, and posts.
type Figures = (i64, u32, i64, Option<i64>, u32);

/// Records whose figures are whole, so that sums of them are exact in any order.
fn any_records() -> impl Strategy<Value = Vec<Record>> {
    let keys: Vec<(Kind, &str)> =
        KINDS.iter().flat_map(|kind| REFERENCES.iter().map(move |reference| (*kind, *reference))).collect();
    let figure = || prop_oneof![-500_000..500_000_000_i64, 0..2_000_i64];
    let figures = (figure(), 0..5_000_u32, figure(), prop::option::of(figure()), 0..30_u32);
    let all = prop::collection::vec(figures, keys.len()).prop_map(move |figures| {
        keys.iter().zip(figures).map(|((kind, reference), figures)| record(*kind, reference, figures)).collect()
    });
    all.prop_flat_map(|records: Vec<Record>| subsequence(records, 3..=15))
}

fn record(kind: Kind, reference: &str, (cost, users, this_year, next_year, fte): Figures) -> Record {
    let mut budget = json!({ "2014/15": this_year });
    if let Some(next_year) = next_year {
        budget["2015/16"] = json!(next_year);
    }
    let fields = [
        ("name", json!("N")),
        ("title", json!("T")),
        ("supplier", json!("S")),
        ("annual_cost", json!(cost)),
        ("users", json!(users)),
        ("budget", budget),
        ("fte", json!(f64::from(fte))),
    ];
    let declared = fields.into_iter().filter(|(name, _)| kind.field(name).is_some());
    let fields = declared.map(|(name, value)| (name.to_owned(), value)).collect();
    Record { fields, ..Record::new(kind, reference) }
}

fn any_choices() -> impl Strategy<Value = Vec<SharingChoice>> {
    let some = |words: &'static [&'static str]| {
        let some = subsequence(words.to_vec(), 0..=4).prop_map(|words| only(&words));
        prop_oneof![Just(Which::All), some]
    };
    let instead = prop::option::weighted(0.7, select(Instead::ALL.to_vec()));
    let choice = (prop::option::of(select(KINDS)), some(REFERENCES), some(FIELDS), any::<bool>(), instead)
        .prop_map(|(kind, records, fields, shared, instead)| SharingChoice { kind, records, fields, shared, instead });
    prop::collection::vec(choice, 0..8)
}

/// Another figure of the same band.
fn within(band: &Band, pence: bool) -> i64 {
    let inner = match (band.from, band.to) {
        (Some(from), _) if from >= 0 => from,
        (_, Some(to)) => to - i64::from(to == 0),
        (from, _) => from.unwrap_or_default(),
    };
    if pence { inner * 100 } else { inner }
}

/// Every secret changed that neither a band nor a subtotal tells: figures within their
/// bands, figures of one subtotal among each other (all of them where too few make one up), and
/// all others at will.
fn with_other_secrets(records: &[Record], choices: &[SharingChoice]) -> Vec<Record> {
    let projections: Vec<Projection> = records.iter().map(|record| project("SCC", record, choices)).collect();
    let mut groups: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (place, projection) in projections.iter().enumerate() {
        for field in &projection.subtotalled {
            groups.entry((records[place].kind, field)).or_default().push(place);
        }
    }
    let mut others = records.to_vec();
    for (other, projection) in others.iter_mut().zip(&projections) {
        let kept = |name: &str| projection.shared.as_ref().is_none_or(|shared| !shared.fields.contains_key(name));
        for (name, value) in other.fields.iter_mut().filter(|(name, _)| kept(name)) {
            *value = match projection.bands.get(name) {
                Some(Banded::One(band)) => json!(within(band, name == "annual_cost")),
                Some(Banded::ByYear(bands)) => {
                    json!(bands.iter().map(|(year, band)| (*year, within(band, true))).collect::<BTreeMap<_, _>>())
                }
                None if projection.subtotalled.contains(name) => continue,
                None => json!("another secret"),
            };
        }
    }
    for ((_, field), places) in groups {
        if places.len() < LEAST_ENTRIES as usize {
            let other = if field == "budget" { json!({ "2013/14": 7 }) } else { json!(7) };
            places.iter().for_each(|place| others[*place].fields.extend([(field.to_owned(), other.clone())]));
            continue;
        }
        let values: Vec<Value> = places.iter().map(|place| records[*place].fields[field].clone()).collect();
        for (place, value) in places.iter().zip(values.iter().cycle().skip(1)) {
            others[*place].fields.insert(field.to_owned(), value.clone());
        }
    }
    others
}

proptest! {
    #[test]
    fn nothing_of_the_joint_register_tells_a_figure_beyond_its_band_or_subtotal(
        records in any_records(),
        choices in any_choices(),
    ) {
        let joint = joined(&records, &choices);
        let other = joined(&with_other_secrets(&records, &choices), &choices);
        prop_assert_eq!(format!("{joint:?}"), format!("{other:?}"));
        prop_assert_eq!(joint.digest(), other.digest());
    }

    #[test]
    fn a_figure_with_a_band_or_in_a_subtotal_is_kept_back_and_never_in_both(
        records in any_records(),
        choices in any_choices(),
    ) {
        for record in &records {
            let projection = project("SCC", record, &choices);
            for field in projection.bands.keys().chain(&projection.subtotalled) {
                prop_assert!(projection.shared.as_ref().is_none_or(|shared| !shared.fields.contains_key(field)));
            }
            prop_assert!(projection.bands.keys().all(|field| !projection.subtotalled.contains(field)));
        }
        let joint = joined(&records, &choices);
        prop_assert!(joint.subtotals().iter().all(|given| given.entries >= LEAST_ENTRIES));
        let sorted = Baseline::freeze("SCC", DAY, records);
        prop_assert_eq!(joint.subtotals(), subtotals("SCC", sorted.records(), &choices));
    }

    #[test]
    fn bands_and_subtotals_change_nothing_else(records in any_records(), choices in any_choices()) {
        let without = choices.iter().cloned().map(|choice| SharingChoice { instead: None, ..choice }).collect::<Vec<_>>();
        let (with, without) = (joined(&records, &choices), joined(&records, &without));
        prop_assert_eq!(with.records().collect::<Vec<_>>(), without.records().collect::<Vec<_>>());
        prop_assert_eq!(with.withheld(), without.withheld());
        let shows_none = with.bands().is_empty() && with.subtotals().is_empty();
        prop_assert_eq!(with.digest() == without.digest(), shows_none);
    }

    #[test]
    fn a_figure_stands_within_its_band(pence in any::<i64>()) {
        let band = Band::of_money(Money::from_pence(pence));
        let above = band.from.is_none_or(|from| i128::from(from) * 100 <= i128::from(pence));
        let below = band.to.is_none_or(|to| i128::from(pence) <= i128::from(to) * 100);
        prop_assert!(above && below, "{}", band);
    }
}

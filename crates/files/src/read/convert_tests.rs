//! What each kind of field takes and refuses.

use penshaw_register::{FieldKind, at_least_zero};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::convert::convert;
use super::written::Written;

fn text(text: &str) -> Written {
    Written::text(text)
}

fn what(kind: FieldKind, written: &Written) -> String {
    convert(kind, written).expect_err("it should be refused").what
}

#[test]
fn money_is_read_to_the_penny_from_numbers_and_from_text() {
    for (written, pence) in [
        (Written::Number(1250.5), 125_050_i64),
        (Written::Number(0.1 + 0.2), 30),
        (Written::Number(-0.07), -7),
        (Written::Number(123_456_789.01), 12_345_678_901),
        (text("£1,250.50"), 125_050),
        (text("(2,000)"), -200_000),
    ] {
        assert_eq!(convert(FieldKind::Money, &written), Ok(json!(pence)), "{written:?}");
    }
}

#[test]
fn money_with_fractions_of_a_penny_or_without_sense_is_refused() {
    assert_eq!(what(FieldKind::Money, &Written::Number(1234.005)), "1234.005 is not an amount to the penny");
    assert_eq!(what(FieldKind::Money, &text("12.345")), "12.345 is not an amount to the penny");
    assert_eq!(what(FieldKind::Money, &text("about ten")), "\"about ten\" is not an amount of money");
    assert!(what(FieldKind::Money, &Written::Number(1e300)).ends_with("more than any authority spends"));
    assert!(what(FieldKind::Money, &Written::Number(f64::NAN)).ends_with("more than any authority spends"));
    assert!(what(FieldKind::Money, &text("10000000001")).ends_with("more than any authority spends"));
    assert_eq!(what(FieldKind::Money, &Written::YesNo(true)), "\"yes\" is not an amount of money");
}

#[test]
fn a_negative_capacity_is_refused() {
    let kind = at_least_zero("kW");
    let wrong = convert(kind, &Written::Number(-5.0)).unwrap_err();
    assert_eq!((wrong.what.as_str(), wrong.hint.as_str()), ("-5 is negative", "enter 0 or more, in kW"));
    assert_eq!(convert(kind, &text("3.2 kW")), Ok(json!(3.2)));
    assert_eq!(convert(kind, &text("1,200")), Ok(json!(1200.0)));
    for refused in ["inf", "NaN", "1e999", "12,34", "many"] {
        assert!(convert(kind, &text(refused)).is_err(), "{refused}");
    }
}

#[test]
fn a_number_outside_its_bounds_is_refused() {
    let kind = FieldKind::Number { unit: "", least: -1.0, most: 1.0 };
    assert_eq!(what(kind, &Written::Number(2.0)), "2 is not between -1 and 1");
}

#[test]
fn a_count_is_a_whole_number_from_nought() {
    assert_eq!(convert(FieldKind::Count, &Written::Number(120.0)), Ok(json!(120)));
    assert_eq!(convert(FieldKind::Count, &text("1,200")), Ok(json!(1200)));
    assert_eq!(what(FieldKind::Count, &Written::Number(1.5)), "\"1.5\" is not a whole number");
    assert_eq!(what(FieldKind::Count, &text("-3")), "-3 is negative");
    assert_eq!(what(FieldKind::Count, &text("a dozen")), "\"a dozen\" is not a whole number");
}

#[test]
fn a_proportion_may_be_written_as_a_percentage() {
    for (written, share) in
        [(text("30%"), 0.3), (text("12.4 %"), 0.124), (text("0.3"), 0.3), (Written::Number(0.58), 0.58)]
    {
        assert_eq!(convert(FieldKind::Proportion, &written), Ok(json!(share)), "{written:?}");
    }
    assert_eq!(what(FieldKind::Proportion, &Written::Number(30.0)), "30 is not between 0 and 1");
    assert_eq!(what(FieldKind::Proportion, &text("likely")), "\"likely\" is not a proportion");
    assert_eq!(what(FieldKind::Proportion, &text("x%")), "\"x%\" is not a proportion");
}

#[test]
fn a_choice_is_found_whatever_its_case_and_a_slip_gets_a_suggestion() {
    let kind = FieldKind::Choice(&["triangular", "PERT"]);
    assert_eq!(convert(kind, &text(" pert ")), Ok(json!("PERT")));
    let wrong = convert(kind, &text("trianglar")).unwrap_err();
    assert_eq!(wrong.what, "\"trianglar\" is not one of: triangular, PERT");
    assert_eq!(wrong.hint, "did you mean \"triangular\"?");
}

#[test]
fn errors_and_formulas_without_a_value_are_refused_for_every_kind() {
    for kind in [FieldKind::Text, FieldKind::Money, FieldKind::Count, FieldKind::Date, FieldKind::List] {
        assert_eq!(what(kind, &text("#REF!")), "the cell holds the error #REF!");
        assert_eq!(what(kind, &text("#DIV/0!")), "the cell holds the error #DIV/0!");
        assert_eq!(what(kind, &Written::Unworked), "the formula has no value in the file");
    }
}

#[test]
fn a_financial_year_needs_both_of_its_years() {
    assert_eq!(convert(FieldKind::Year, &text("2014-15")), Ok(json!("2014/15")));
    // A spreadsheet makes a month of what was typed as 2011/12.
    let month = penshaw_basis::Date::constant(2011, 12, 1);
    assert_eq!(convert(FieldKind::Year, &Written::Day(month)), Ok(json!("2011/12")));
    assert!(convert(FieldKind::Year, &Written::Day(penshaw_basis::Date::constant(2011, 11, 1))).is_err());
    assert_eq!(what(FieldKind::Year, &Written::Number(2014.0)), "\"2014\" is not a financial year");
}

#[test]
fn yes_and_no_are_read_as_people_write_them() {
    assert_eq!(convert(FieldKind::YesNo, &text("Yes")), Ok(json!(true)));
    assert_eq!(convert(FieldKind::YesNo, &Written::YesNo(false)), Ok(json!(false)));
    assert_eq!(what(FieldKind::YesNo, &text("maybe")), "\"maybe\" is neither yes nor no");
}

#[test]
fn a_list_is_split_at_its_semicolons_and_a_number_is_a_word() {
    assert_eq!(
        convert(FieldKind::List, &text("Council tax; Business rates;")),
        Ok(json!(["Council tax", "Business rates"]))
    );
    assert_eq!(convert(FieldKind::List, &Written::Number(7.0)), Ok(json!(["7"])));
    let items = Written::List(vec![text("A1"), text(" A2 ")]);
    assert_eq!(convert(FieldKind::List, &items), Ok(json!(["A1", "A2"])));
    assert_eq!(what(FieldKind::Text, &items), "it holds a list, but one value is wanted");
}

#[test]
fn a_function_is_its_number_with_or_without_its_name() {
    assert_eq!(convert(FieldKind::Function, &Written::Number(3.0)), Ok(json!("3")));
    assert_eq!(convert(FieldKind::Function, &text("148 Adult social care")), Ok(json!("148")));
    assert_eq!(what(FieldKind::Function, &text("Benefits")), "\"Benefits\" is not the number of a function");
}

#[test]
fn amounts_stand_under_their_years() {
    let amounts = Written::Table(vec![("2014/15".into(), text("100000")), ("2015-16".into(), text("0.5"))]);
    assert_eq!(convert(FieldKind::AmountsByYear, &amounts), Ok(json!({"2014/15": 10_000_000, "2015/16": 50})));
    let twice = Written::Table(vec![("2014/15".into(), text("1")), ("2014-15".into(), text("2"))]);
    assert_eq!(what(FieldKind::AmountsByYear, &twice), "2014/15 is there twice");
    assert!(what(FieldKind::AmountsByYear, &text("5")).contains("of which years"));
}

fn any_kind() -> impl Strategy<Value = FieldKind> {
    prop::sample::select(vec![
        FieldKind::Text,
        FieldKind::Money,
        FieldKind::Count,
        FieldKind::Proportion,
        FieldKind::Date,
        FieldKind::Year,
        FieldKind::AmountsByYear,
        FieldKind::Choice(&["a", "b"]),
        FieldKind::YesNo,
        FieldKind::List,
        FieldKind::Function,
        FieldKind::AuthorityOrJoint,
        at_least_zero("kW"),
    ])
}

fn any_written() -> impl Strategy<Value = Written> {
    prop_oneof![
        "\\PC*".prop_map(Written::text),
        "[-£(]?[0-9,.]{0,25}[%)]?".prop_map(Written::text),
        "[0-9]{0,5}[-/. ][0-9]{0,5}[-/. ][0-9]{0,6}".prop_map(Written::text),
        any::<f64>().prop_map(Written::Number),
        any::<bool>().prop_map(Written::YesNo),
    ]
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_or_refused_without_a_panic(kind in any_kind(), written in any_written()) {
        if let Ok(value) = convert(kind, &written) {
            prop_assert_ne!(value, Value::Null);
        }
    }

    #[test]
    fn every_amount_of_pence_survives_the_way_through_a_spreadsheet(pence in -1_000_000_000_000_i64..=1_000_000_000_000) {
        let pounds = pence as f64 / 100.0;
        prop_assert_eq!(convert(FieldKind::Money, &Written::Number(pounds)), Ok(json!(pence)));
    }
}

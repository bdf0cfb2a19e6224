//! Tests of reading parameters, and of the facts that the embedded ones must agree with.

use jiff::civil::date;
use serde_json::Value as Json;

use super::*;

const ON: Date = date(2026, 4, 1);

fn overlay(name: &str, text: &str) -> Result<Basis, ParameterErrors> {
    Basis::with_overlay(&BTreeMap::from([(name.to_owned(), text.to_owned())]))
}

fn problems(text: &str) -> Vec<String> {
    let refused = overlay("example", text).expect_err("the file is not sound");
    refused.problems.iter().map(ToString::to_string).collect()
}

fn value<T: DeserializeOwned>(name: &str) -> T {
    Basis::standard().value(name, ON).unwrap_or_else(|cause| panic!("{cause}")).value
}

const SOUND: &str = r#"
description = "An example"
unit = "years"
set_by = "this test"
review_by = 2030-01-01
[[values]]
from = 2010-01-01
value = 7
reference = { title = "A report", href = "https://example.org/report" }
[[values]]
from = 2020-01-01
value = 8
reference = { title = "A later report", href = "https://example.org/later" }
"#;

#[test]
fn every_embedded_parameter_is_dated_and_referenced() {
    let basis = Basis::read(&embedded_files()).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(basis.names().count() >= 30);
    assert_eq!(basis.digest(), Basis::standard().digest());
}

#[test]
fn the_value_in_force_is_the_latest_that_has_begun() {
    let basis = overlay("example.toml", SOUND).unwrap();
    let on = |day| basis.value::<u32>("example", day);
    assert_eq!(on(date(2019, 12, 31)).unwrap().value, 7);
    assert_eq!(on(date(2020, 1, 1)).unwrap().value, 8);
    assert_eq!(on(date(2020, 1, 1)).unwrap().sources[0].to_string(), "parameter example from 2020-01-01");
    let earliest = date(2010, 1, 1);
    let early = ParameterError::NotInForce { name: "example".into(), on: date(2009, 12, 31), earliest };
    assert_eq!(on(date(2009, 12, 31)).unwrap_err(), early);
    assert!(matches!(basis.value::<bool>("example", ON), Err(ParameterError::WrongShape { .. })));
    assert!(matches!(basis.value::<u32>("exmaple", ON), Err(ParameterError::Unknown { .. })));
}

#[test]
fn an_overlay_takes_the_place_of_a_parameter_and_changes_the_digest() {
    let standard = Basis::standard();
    let basis = overlay("parameters/green_book/appraisal_horizon.toml", SOUND).unwrap();
    assert_eq!(basis.value::<u32>("green_book/appraisal_horizon", ON).unwrap().value, 8);
    assert_eq!(basis.names().count(), standard.names().count());
    assert_ne!(basis.digest(), standard.digest());
    let same = Basis::with_overlay(&BTreeMap::new()).unwrap();
    assert_eq!(same.digest(), standard.digest());
}

#[test]
fn other_line_ends_do_not_change_the_digest() {
    let one = overlay("example", SOUND).unwrap();
    let other = overlay("example", &SOUND.replace('\n', "\r\n")).unwrap();
    assert_eq!(one.digest(), other.digest());
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = r#"
description = "An example"
set_by = 3
review_by = "soon"
[[values]]
value = 7
reference = { title = "A report" }
[[values]]
from = 2020-01-01
valeu = 8
[[values]]
from = 2020-01-01
value = nan
reference = { title = "A report", href = "on the shelf" }
"#;
    let found = problems(text);
    let wanted = [
        "parameter example: unit is missing; write unit = \"per year\"",
        "parameter example: set_by is not text; write set_by = \"HM Treasury\"",
        "parameter example: review_by is not a date without quotes; write review_by = 2027-04-01",
        "parameter example, value 1: from is missing; write from = 2003-04-01",
        "parameter example, value 1: the href of its reference is missing",
        "parameter example, value 2: \"valeu\" is not a field of a parameter",
        "parameter example, value 2: reference is missing",
        "parameter example, value 2: value is missing",
        "parameter example, value 3: reference is not a reference with a web address",
        "parameter example, value 3: infinity and \"not a number\" cannot be values",
    ];
    assert_eq!(found.len(), wanted.len(), "{found:#?}");
    for (found, wanted) in found.iter().zip(wanted) {
        assert!(found.starts_with(wanted), "{found}");
    }
}

#[test]
fn two_bad_files_are_both_told() {
    let files = BTreeMap::from([("one".to_owned(), "= 1".to_owned()), ("two".to_owned(), String::new())]);
    let refused = Basis::with_overlay(&files).unwrap_err().to_string();
    assert!(refused.contains("parameter one: line 1 is not TOML"), "{refused}");
    assert!(refused.contains("parameter two: values is missing"), "{refused}");
}

#[test]
fn values_out_of_order_are_refused() {
    let turned = SOUND.replace("2020-01-01", "2009-01-01");
    let wanted =
        "parameter example, value 2: 2009-01-01 does not come after the value before it; put the earliest first";
    assert_eq!(problems(&turned), [wanted]);
}

#[test]
fn a_value_may_be_marked_as_to_be_confirmed() {
    let marked = SOUND.replace("value = 8", "value = 8\nconfidence = \"to be confirmed\"");
    let basis = overlay("example", &marked).unwrap();
    let marks: Vec<bool> =
        basis.parameter("example").unwrap().values.iter().map(|value| value.to_be_confirmed).collect();
    assert_eq!(marks, [false, true]);
    assert_eq!(problems(&SOUND.replace("value = 8", "value = 8\nconfidence = \"sure\"")).len(), 1);
}

#[test]
fn all_editions_of_the_green_book_have_the_same_standard_rates() {
    let basis = Basis::standard();
    let editions = &basis.parameter("green_book/standard_discount_rate").unwrap().values;
    assert_eq!(editions.len(), 3);
    assert!(editions.iter().all(|edition| edition.value == editions[0].value));
}

#[test]
fn upper_bounds_of_optimism_bias_are_not_below_lower_bounds_and_contributions_make_up_the_whole() {
    let bias: BTreeMap<String, BTreeMap<String, Json>> = value("green_book/optimism_bias");
    assert_eq!(bias.len(), 6);
    for bounds in bias.values().flat_map(BTreeMap::values).filter(|value| value.is_object()) {
        assert!(bounds["upper"].as_f64() >= bounds["lower"].as_f64());
    }
    assert!(!bias["outsourcing"].contains_key("works_duration"));
    let shares: Vec<Json> = value("green_book/optimism_bias_contributions");
    let mut sums: BTreeMap<(String, String), f64> = BTreeMap::new();
    for share in &shares {
        let key = (share["category"].to_string(), share["kind"].to_string());
        *sums.entry(key).or_default() += share["share"].as_f64().unwrap();
    }
    assert!(sums.values().all(|sum| (sum - 1.0).abs() < 1e-9), "{sums:?}");
}

#[test]
fn no_flow_is_both_cash_and_financing_and_none_that_finances_is_of_social_value() {
    let flows: BTreeMap<String, Json> = value("green_book/treatment");
    assert_eq!(flows.len(), 12);
    let is = |flow: &Json, what: &str| flow[what].as_bool().unwrap();
    for flow in flows.values() {
        assert!(!(is(flow, "financing") && (is(flow, "economic_case") || is(flow, "financial_case"))));
        assert_eq!(is(flow, "financing"), flow["nature"] == "financing");
        assert!(flow["nature"] != "transfer" || !is(flow, "economic_case"));
    }
}

#[test]
fn the_functions_are_a_tree_of_176() {
    let functions: Vec<Json> = value("functions/local_government");
    assert_eq!(functions.len(), 176);
    for function in &functions {
        let parent = &function["parent"];
        assert!(parent.is_null() || functions.iter().any(|other| &other["id"] == parent), "{function}");
    }
}

#[test]
fn the_ratios_of_the_reference_class_are_outturn_over_plan_and_the_prior_spans_them() {
    let class: Json = value("reference_class/shared_ict_benefits");
    let ratios = class["observations"].as_array().unwrap().iter().map(|observation| {
        let ratio = observation["outturn"].as_f64().unwrap() / observation["planned"].as_f64().unwrap();
        assert!((ratio - observation["ratio"].as_f64().unwrap()).abs() < 0.005, "{observation}");
        (ratio * 100.0).round() / 100.0
    });
    for ratio in ratios {
        assert!(class["prior"]["low"].as_f64().unwrap() <= ratio && ratio <= class["prior"]["high"].as_f64().unwrap());
    }
}

#[test]
fn every_published_partnership_has_partners_references_and_a_known_end() {
    let partnerships: Vec<Json> = value("reference_class/shared_ict_partnerships");
    assert!(partnerships.len() >= 10);
    for partnership in &partnerships {
        assert!(partnership["partners"].as_array().unwrap().len() >= 2, "{partnership}");
        assert!(!partnership["references"].as_array().unwrap().is_empty(), "{partnership}");
        let happened = partnership["happened"].as_str().unwrap();
        assert!(["continued", "grew", "shrank", "closed", "not known"].contains(&happened), "{partnership}");
    }
}

#[test]
fn the_chance_of_a_grant_is_what_the_past_fund_shows() {
    let grants: Vec<Json> = value("grants");
    for grant in &grants {
        let chance = grant["successful"].as_f64().unwrap() / grant["bids"].as_f64().unwrap();
        assert!((chance - grant["probability"].as_f64().unwrap()).abs() < 0.0005, "{grant}");
    }
}

#[test]
fn the_holidays_of_each_known_year_are_eight_or_more_and_fall_on_working_days() {
    let holidays: Json = value("bank_holidays/england_and_wales");
    let mut years: BTreeMap<i16, u32> = BTreeMap::new();
    for holiday in holidays["holidays"].as_array().unwrap() {
        let day: Date = holiday["day"].as_str().unwrap().parse().unwrap();
        assert!(day.weekday().to_monday_one_offset() <= 5, "{day}");
        *years.entry(day.year()).or_default() += 1;
    }
    assert_eq!(years.keys().copied().collect::<Vec<_>>(), (2011..=2028).collect::<Vec<_>>());
    assert!(years.values().all(|count| *count >= 8), "{years:?}");
}

#[test]
fn the_pension_age_rises_in_april_2028() {
    let basis = Basis::standard();
    let age = |on| basis.value::<Json>("pensions", on).unwrap().value["from_age"].as_u64();
    assert_eq!((age(date(2028, 4, 5)), age(date(2028, 4, 6))), (Some(55), Some(57)));
}

#[test]
fn parameters_that_a_run_of_june_2014_needs_are_in_force_then() {
    let basis = Basis::standard();
    let seed = date(2014, 6, 18);
    let later = [
        "green_book/health_discount_rate",
        "green_book/lower_rate_sensitivity",
        "green_book/lower_rate_sensitivity_horizon",
        "transparency/contracts",
    ];
    // A constitution is in force from the first document that shows it.
    let told = |parameter: &&Parameter| parameter.name.starts_with("constitutions/");
    for parameter in basis.parameters().filter(|one| !told(one) && !later.contains(&one.name.as_str())) {
        assert!(parameter.in_force(seed).is_some(), "{}", parameter.name);
    }
}

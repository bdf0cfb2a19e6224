//! Runs an analysis's `cases.toml`: facts with a source, readable without Rust.

use penshaw_basis::Basis;
use serde::Deserialize;
use serde_json::Value;

use crate::Analysis;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    source: String,
    input: Value,
    outcome: Value,
    #[serde(default)]
    tolerance: f64,
}

/// Runs every case of an analysis. A case lists only the fields that its source
/// gives; numbers agree within its tolerance, which is exact unless stated.
///
/// # Panics
/// If a case fails, has no source, or expects nothing.
pub fn run_cases<A: Analysis>(text: &str) {
    let cases: Cases = toml::from_str(text).expect("cases.toml is read as cases");
    assert!(!cases.case.is_empty(), "an analysis has at least one case");
    for case in cases.case {
        assert!(!case.source.is_empty(), "{}: a case has a source", case.name);
        let input = serde_json::from_value(case.input).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let outcome = A::analyse(&input, &Basis::standard());
        let found = serde_json::to_value(&outcome).expect("an outcome is plain data");
        let mut compared = 0;
        compare(&case.name, "outcome", &case.outcome, &found, case.tolerance, &mut compared);
        assert!(compared > 0, "{}: a case expects something", case.name);
    }
}

fn compare(case: &str, at: &str, expected: &Value, found: &Value, tolerance: f64, compared: &mut usize) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let there = found.get(key).unwrap_or_else(|| panic!("{case}: {at} has no {key}"));
                compare(case, &format!("{at}.{key}"), value, there, tolerance, compared);
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            assert_eq!(expected.len(), found.len(), "{case}: {at} has another length: {found:?}");
            for (place, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(case, &format!("{at}[{place}]"), expected, found, tolerance, compared);
            }
        }
        (Value::Number(expected), Value::Number(found)) => {
            let (expected, found) = (expected.as_f64().expect("a number"), found.as_f64().expect("a number"));
            assert!((expected - found).abs() <= tolerance, "{case}: {at} is {found}, not {expected}");
            *compared += 1;
        }
        (expected, found) => {
            assert_eq!(expected, found, "{case}: {at}");
            *compared += 1;
        }
    }
}

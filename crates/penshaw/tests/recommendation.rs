//! The recommendation on the example: the decision of 2014, each area by its own evidence.

mod common;

use std::fs;
use std::path::Path;

use common::{appraise, example, example_copy};
use serde_json::{Value, json};

fn resolutions(results: &Value) -> Vec<(&str, &Value)> {
    let list = results["recommendation"]["resolutions"].as_array().expect("resolutions");
    list.iter().map(|resolution| (resolution["verb"].as_str().expect("a verb"), &resolution["areas"])).collect()
}

/// Takes a record out of a partnership file.
fn without(path: &Path, reference: &str) {
    let text = fs::read_to_string(path).expect("a file is read");
    let named = text.find(&format!("reference = \"{reference}\"")).expect("the record is there");
    let begin = text[..named].rfind("[[").expect("a record begins");
    let end = text[named..].find("\n[[").map_or(text.len(), |end| named + end);
    fs::write(path, text[..begin].to_owned() + &text[end..]).expect("a file is written");
}

#[test]
fn the_decision_of_2014_is_reached_with_exactly_its_five_areas() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let results = appraise(&example(), scratch.path());
    assert_eq!(results["recommendation"]["status"], "ready");
    let five = json!(["AR1", "AR2", "AR3", "AR4", "AR5"]);
    assert_eq!(resolutions(&results), [("note", &json!([])), ("support", &five), ("agree", &json!([]))]);
    assert_eq!(results["recommendation"]["resolutions"][2]["option"], "O3");
}

#[test]
fn taking_one_areas_evidence_away_drops_that_area_alone() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    for (evidence, area) in [("EV1", "AR1"), ("EV3", "AR3"), ("EV5", "AR5")] {
        let below = scratch.path().join(evidence);
        fs::create_dir_all(&below).expect("a folder is made");
        let copy = example_copy(&below);
        without(&copy.join("partnership.toml"), evidence);
        let results = appraise(&copy, &below.join("out"));
        let left: Vec<&str> = ["AR1", "AR2", "AR3", "AR4", "AR5"].into_iter().filter(|other| *other != area).collect();
        assert_eq!(resolutions(&results)[1], ("support", &json!(left)), "without {evidence}");
    }
}

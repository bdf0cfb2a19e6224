//! The smaller commands, as a person or a program would use them.

mod common;

use std::fs;

use common::{example, penshaw, printed, said};
use serde_json::Value;

#[test]
fn cost_shares_of_a_table_agree_with_the_example_worked_by_hand() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let table = scratch.path().join("game.csv");
    let text = "coalition,cost\nA,60\nB,50\nC,40\nA+B,95\nA+C,85\nB+C,78\nA+B+C,120\n";
    fs::write(&table, text).expect("a file is written");
    let output = penshaw(&["share", &table.display().to_string(), "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let answer: Value = serde_json::from_str(&printed(&output)).expect("JSON");
    assert_eq!(answer["cost"]["grand"], 120.0);
    for (member, share) in [("A", 49.0), ("B", 40.5), ("C", 30.5)] {
        let found = answer["shares"]["shapley_value"][member].as_f64().expect("a number");
        assert!((found - share).abs() < 1e-9, "{member}: {found}");
    }
    assert_eq!(answer["in_core"]["shapley_value"], true);
    assert_eq!(answer["core_is_empty"], false);
}

#[test]
fn a_template_reads_back_without_a_finding() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let folder = scratch.path();
    fs::create_dir_all(folder.join("a")).expect("a folder is made");
    let template = folder.join("a/estate.xlsx").display().to_string();
    let output = penshaw(&["template", &template]);
    assert!(output.status.success(), "{}", said(&output));
    fs::write(folder.join("a/estate.toml"), "on = 2026-03-31\n").expect("a file is written");
    let partnership = "name = \"One\"\n[[authorities]]\ncode = \"A\"\nname = \"A\"\nfolder = \"a\"\n";
    fs::write(folder.join("partnership.toml"), partnership).expect("a file is written");
    let output = penshaw(&["check", &folder.display().to_string()]);
    assert!(!said(&output).contains("error:"), "{}", said(&output));
}

#[test]
fn every_question_of_the_example_is_answered_in_text_and_json() {
    let folder = example().display().to_string();
    for name in ["completeness", "appraisal", "cost-shares", "alignment", "fit", "impacts", "considerations"] {
        let text = penshaw(&["analyse", name, &folder]);
        assert!(text.status.success(), "{name}: {}", said(&text));
        assert!(printed(&text).lines().count() > 5, "{name}");
        let json = penshaw(&["analyse", name, &folder, "--json"]);
        let outcome: Value = serde_json::from_str(&printed(&json)).expect("JSON");
        assert!(outcome.is_object(), "{name}");
    }
}

#[test]
fn a_question_without_an_analysis_says_so() {
    let output = penshaw(&["analyse", "overlap", &example().display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no analysis answers it yet"), "{}", said(&output));
}

#[test]
fn parameters_are_printed_with_their_references() {
    let output = penshaw(&["parameters", "green_book/standard_discount_rate", "--on", "2014-06-18"]);
    let text = printed(&output);
    assert!(output.status.success() && text.contains("0.035") && text.contains("https://"), "{text}");
}

#[test]
fn a_model_gives_the_same_bytes_on_one_thread_and_on_many() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let model = scratch.path().join("model.json");
    let text = r#"{"discount_rate": 0.035, "years": 2, "groups": [], "options": [{"name": "Share", "partners": [
        {"name": "A", "lines": [
            {"name": "Cost", "kind": "cost", "dist": {"type": "pert", "min": 0.8, "mode": 1.0, "max": 1.6}, "profile": [100, 0]},
            {"name": "Saving", "kind": "benefit", "dist": {"type": "triangular", "min": 0.5, "mode": 1.0, "max": 1.2}, "profile": [0, 150]}]}]}]}"#;
    fs::write(&model, text).expect("a file is written");
    let path = model.display().to_string();
    let run =
        |threads: &str| printed(&penshaw(&["simulate", &path, "--trials", "30000", "--threads", threads, "--json"]));
    assert_eq!(run("1"), run("4"));
    let answer: Value = serde_json::from_str(&run("1")).expect("JSON");
    let mean = answer["options"][0]["total"]["mean"].as_f64().expect("a number");
    // PERT mean (0.8 + 4 + 1.6)/6 on 100; triangular mean 0.9 on 150, a year later.
    let exact = 0.9 * 150.0 / 1.035 - 100.0 * 6.4 / 6.0;
    assert!((mean - exact).abs() < 1.0, "{mean} is not near {exact}");
}

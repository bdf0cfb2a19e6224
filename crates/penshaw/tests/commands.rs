//! The smaller commands, as a person or a program would use them.

mod common;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

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
    let output = penshaw(&["analyse", "unit-costs", &example().display().to_string()]);
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

#[test]
fn two_catalogues_are_matched_with_reasons_and_held_against_what_is_known() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let write = |name: &str, text: &str| {
        let path = scratch.path().join(name);
        fs::write(&path, text).expect("a file is written");
        path.display().to_string()
    };
    let left = write(
        "left.csv",
        "id,name,supplier,annual_cost\nA1,Council Tax Live 6.0,Northern Systems,1000\nA2,Housing Rents,Wearside,\nA3,Planning Portal,Teesside,£900\n",
    );
    let right = write(
        "right.csv",
        "id,name,annual_cost\nB1,Housing Rents (hosted),400\nB2,\"=cmd|'calc'!A1 Payroll\",10\nB3,Northern Council Tax 6,950\nB4,,\n",
    );
    let truth = write("truth.csv", "left,right\nA1,B3\nA2,B1\n");
    let output = penshaw(&["match", &left, &right, "--truth", &truth, "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let answer: Value = serde_json::from_str(&printed(&output)).expect("JSON");
    assert_eq!((&answer["read"]["left"], &answer["read"]["right"]), (&3.into(), &4.into()), "{answer:#}");
    let pairs: Vec<(&str, &str)> = answer["pairs"]
        .as_array()
        .expect("pairs")
        .iter()
        .filter_map(|pair| Some((pair["left"].as_str()?, pair["right"].as_str()?)))
        .collect();
    assert_eq!(pairs, [("A1", "B3"), ("A2", "B1")]);
    assert_eq!(answer["f1"].as_f64(), Some(1.0));
    assert!(answer["pairs"][0]["reasons"].to_string().contains("both names have council, tax"), "{answer:#}");
    let text = penshaw(&["match", &left, &right]);
    assert!(printed(&text).contains("of 3 entries on the left and 4 on the right"), "{}", printed(&text));
}

#[test]
fn a_raw_inventory_becomes_installations_with_what_was_set_aside() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let path = scratch.path().join("raw.csv");
    fs::write(&path, "device,product,owner\nPC1,Office,SCC\nPC1,Office,SCC\nPC2,Office,DCC\n,Office,SCC\n")
        .expect("a file is written");
    let (path, out) = (path.display().to_string(), scratch.path().join("out").display().to_string());
    let output = penshaw(&["inventory", &path, "--out", &out, "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let answer: Value = serde_json::from_str(&printed(&output)).expect("JSON");
    assert_eq!(
        (&answer["read"], &answer["used"], &answer["groups"], &answer["devices"]),
        (&4.into(), &3.into(), &2.into(), &2.into())
    );
    assert_eq!(answer["set_aside"][0]["first"], serde_json::json!([5]));
    assert!(scratch.path().join("out/DCC/installations.csv").is_file());
    let text = penshaw(&["inventory", &path, "--authority", "DCC"]);
    assert!(printed(&text).contains("3 are of other authorities"), "{}", printed(&text));
    let refused = penshaw(&["inventory", &path, "--out", &scratch.path().join("one.csv").display().to_string()]);
    assert!(said(&refused).contains("choose one with --authority"), "{}", said(&refused));
}

#[test]
fn what_is_no_catalogue_is_refused_with_every_finding() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let path = scratch.path().join("left.csv");
    fs::write(&path, "id,name\n1,One\n1,Two\n,Three\n").expect("a file is written");
    let path = path.display().to_string();
    let output = penshaw(&["match", &path, &path]);
    assert_eq!(output.status.code(), Some(1));
    for words in ["the id 1 is there twice", "the entry has no id", "hint:"] {
        assert!(said(&output).contains(words), "{}", said(&output));
    }
}

const INSTANCE: &str = r#"{
  "sites": [
    {"name": "North", "authority": 0, "power_kw": 2, "u": 4, "storage_tb": 10, "run_per_kw": 1000,
     "module": {"power_kw": 2, "u": 4, "storage_tb": 10, "cost": 500, "max": 1}},
    {"name": "South", "authority": 1, "power_kw": 2, "u": 4, "storage_tb": 10, "run_per_kw": 1400,
     "module": {"power_kw": 2, "u": 4, "storage_tb": 10, "cost": 800, "max": 1}}],
  "workloads": [{"name": "GIS", "owner": 0, "power_kw": 1, "u": 2, "storage_tb": 3, "users": 10}],
  "affinity_groups": [], "latency_ms": [[0, 5], [5, 0]], "replication_cost_per_tb": [[0, 100], [90, 0]],
  "user_latency_cost": 1.1, "replica_factor": 0.8}"#;

#[test]
fn an_instance_is_placed_in_words_and_in_json() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let path = scratch.path().join("instance.json");
    fs::write(&path, INSTANCE).expect("a file is written");
    let path = path.display().to_string();
    let text = penshaw(&["place", &path]);
    assert!(text.status.success() && printed(&text).contains("The placement costs 1650.00"), "{}", printed(&text));
    let json = penshaw(&["place", &path, "--gap", "0", "--json"]);
    let answer: Value = serde_json::from_str(&printed(&json)).expect("JSON");
    // 1,000 to run at the North, a quarter of 1,400 to stand by at the South, 3 TB copied at 100.
    assert_eq!((&answer["status"], answer["objective"].as_f64()), (&"optimal".into(), Some(1650.0)));
    assert_eq!(answer["placement"][0]["recovery"], "South");
    assert_eq!(answer["modules"]["North"], 0);
}

#[test]
fn the_strategy_is_drafted_in_three_forms() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let out = scratch.path().display().to_string();
    let output = penshaw(&["draft", "strategy", &example().display().to_string(), "--out", &out]);
    assert!(output.status.success(), "{}", said(&output));
    let read = |name: &str| fs::read(scratch.path().join(name)).expect("it was written");
    assert!(read("strategy.pdf").starts_with(b"%PDF") && read("strategy.docx").starts_with(b"PK"));
    let page = String::from_utf8(read("strategy.html")).expect("UTF-8");
    assert!(page.contains("Road map") && page.contains("What we propose"));
}

#[test]
fn how_the_decisions_hang_together_is_drafted_in_three_forms() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let out = scratch.path().display().to_string();
    let output = penshaw(&["draft", "history", &example().display().to_string(), "--out", &out]);
    assert!(output.status.success(), "{}", said(&output));
    let read = |name: &str| fs::read(scratch.path().join(name)).expect("it was written");
    assert!(read("history.pdf").starts_with(b"%PDF") && read("history.docx").starts_with(b"PK"));
    let page = String::from_utf8(read("history.html")).expect("UTF-8");
    for words in ["The mandates of 17 June 2013 and 10 July 2013", "baseline of 31 March 2014", "Still to come"] {
        assert!(page.contains(words), "{words}");
    }
}

/// The partnership's example with a part of the report that is exempt.
fn with_an_exempt_part(scratch: &Path) -> PathBuf {
    let folder = common::example_copy(scratch);
    let file = folder.join("partnership.toml");
    let exempt = "\n[[exempt_parts]]\nreference = \"EX1\"\npart = \"7.7\"\nparagraphs = [\"4\"]\npublic_interest = \"Talks go on\"\nwords = \"The joint team of eleven is told first.\"\n";
    fs::write(&file, fs::read_to_string(&file).expect("it is read") + exempt).expect("it is written");
    folder
}

/// The words of a Word file's text.
fn words_of(file: &Path) -> String {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a Word file is a ZIP");
    let mut text = String::new();
    zip.by_name("word/document.xml").expect("its text").read_to_string(&mut text).expect("it is read");
    text
}

#[test]
fn an_authoritys_own_form_is_filled_with_each_part_of_the_report() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let folder = with_an_exempt_part(scratch.path()).display().to_string();
    let form = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides/forms/executive-summary-sheet.docx");
    let out = scratch.path().join("out");
    let output = penshaw(&["draft", "form", &folder, "--template", form, "--out", &out.display().to_string()]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).contains("no place"), "{}", said(&output));
    let (first, second) = (words_of(&out.join("report-form.docx")), words_of(&out.join("report-form-part-ii.docx")));
    for words in ["CABINET MEETING", "18 June 2014", "Agree to close down", "Assistant Chief Executive"] {
        assert!(first.contains(words) && second.contains(words), "{words}");
    }
    assert!(first.contains("PART I<") && second.contains("PART II<") && second.contains("Not for publication"));
    assert!(!first.contains("joint team of eleven") && second.contains("joint team of eleven"));
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let refused = penshaw(&["draft", "form", &folder, "--template", page, "--out", &out.display().to_string()]);
    assert!(!refused.status.success() && said(&refused).contains("cannot be filled"), "{}", said(&refused));
}

#[test]
fn a_decision_is_handed_over_to_a_committee_system_with_part_one_alone() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let folder = with_an_exempt_part(scratch.path()).display().to_string();
    let out = scratch.path().join("out");
    let pack = ["draft", "committee-pack", &folder, "--authority", "SCC", "--decision", "D2", "--out"];
    let output = penshaw(&[&pack[..], &[&out.display().to_string()]].concat());
    assert!(output.status.success(), "{}", said(&output));
    assert!(words_of(&out.join("report-part-i.docx")).contains("Not for publication"));
    assert!(!words_of(&out.join("report-part-i.docx")).contains("joint team of eleven"));
    let fields = fs::read_to_string(out.join("fields.csv")).expect("it is written");
    assert!(fields.contains("Restriction,Part exempt: paragraph 4") && fields.contains("18 June 2014"), "{fields}");
    assert!(!fields.contains("joint team of eleven"));
    let none = penshaw(&[&pack[..6], &["D99", "--out", &out.display().to_string()]].concat());
    assert!(!none.status.success() && said(&none).contains("decision"), "{}", said(&none));
}

#[test]
fn an_update_says_what_changed_since_the_folder_of_then() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let then = common::example_copy(scratch.path());
    let now = ("will continue to generate savings", "will generate savings");
    common::change(&then.join("partnership.toml"), &[now]);
    let folder = example().display().to_string();
    let (then, out) = (then.display().to_string(), scratch.path().join("out").display().to_string());
    let output = penshaw(&["draft", "update", &folder, "--since", &then, "--out", &out]);
    assert!(output.status.success(), "{}", said(&output));
    let page = fs::read_to_string(scratch.path().join("out/update.html")).expect("it was written");
    assert!(page.contains("What has changed since") && page.contains("will continue to generate savings"));
}

#[test]
fn commitments_of_the_report_are_told_from_those_recorded() {
    let output = penshaw(&["draft", "commitments", &example().display().to_string(), "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let drafted: Value = serde_json::from_str(&printed(&output)).expect("JSON");
    let all = drafted.as_array().expect("a list");
    assert!(all.iter().all(|one| one["statement"].as_str().is_some_and(|words| words.contains("will"))), "{all:#?}");
    let mut references: Vec<&str> = all.iter().filter_map(|one| one["reference"].as_str()).collect();
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), all.len(), "each has a reference of its own");
}

#[test]
fn a_release_becomes_a_folder_that_is_exported_and_gathered_again() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let path = |name: &str| scratch.path().join(name).display().to_string();
    let release = example().parent().expect("examples").join("moorside_hosting/release.json").display().to_string();
    let plan = path("transition-config.json");
    fs::write(&plan, r#"{"vestingDate": "2027-04-01", "successors": [{"name": "North"}]}"#).expect("a file is written");
    let gathered = penshaw(&["gather", &release, &plan, "--out", &path("durham")]);
    assert!(gathered.status.success(), "{}", said(&gathered));
    assert!(said(&gathered).contains("vesting day 2027-04-01, successors North"), "{}", said(&gathered));
    assert!(
        printed(&gathered).contains("Durham County Council (DCC): Contracts 1, as of 2025-10-08"),
        "{}",
        printed(&gathered)
    );
    let checked = penshaw(&["check", &path("durham")]);
    assert!(checked.status.success(), "{}", said(&checked));
    for (format, file, holds) in [
        ("ocds", "out.json", "ocds-h6vhtk-051272"),
        ("transparency", "out.csv", "Rack space and power in the Moorside data centre"),
        ("lgr", "lgr.json", "Durham County Council"),
    ] {
        let export = ["export", &path("durham"), "--authority", "DCC", "--as", format, "--out", &path(file)];
        let exported = penshaw(&export);
        assert!(exported.status.success(), "{format}: {}", said(&exported));
        assert!(fs::read_to_string(path(file)).expect("the file is there").contains(holds), "{format}");
        assert_eq!(penshaw(&export).status.code(), Some(1), "a file that is there stays as it is");
    }
    let again = penshaw(&["gather", &path("out.json"), "--authority", "Durham", "--out", &path("again")]);
    assert!(printed(&again).contains("Contracts 1"), "{}", said(&again));
    let nobody = penshaw(&["gather", &release, "--authority", "Sunderland City Council", "--out", &path("nobody")]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(said(&nobody).contains("1 of other bodies (Durham County Council 1)"), "{}", said(&nobody));
}

//! Files that people get wrong: a finding or one line with a hint, and nothing half-written.

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;

use common::{change, example_copy, penshaw, said};

/// Appraises a folder that cannot be appraised, and returns what was said.
fn refused(folder: &Path) -> String {
    let out = folder.join("../out");
    let output = penshaw(&["appraise", &folder.display().to_string(), "--out", &out.display().to_string()]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("hint:"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let left = fs::read_dir(&out).map(|entries| entries.count()).unwrap_or(0);
    assert_eq!(left, 0, "something was left in the output folder");
    said
}

/// The example with one thing wrong in it.
fn with(wrong: impl FnOnce(&Path)) -> String {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let copy = example_copy(scratch.path());
    wrong(&copy);
    refused(&copy)
}

#[test]
fn every_mistake_is_found_at_once_with_its_place() {
    let said = with(|folder| {
        change(
            &folder.join("partnership.toml"),
            &[
                ("authority = \"DCC\"\naspect", "authority = \"XYZ\"\naspect"),
                ("dated = 2014-06-18", "dated = \"31/02/2014\""),
            ],
        );
        change(&folder.join("sunderland/sites.csv"), &[(",840,", ",-840,")]);
        change(&folder.join("durham/applications.csv"), &[("A02,", "A01,")]);
        fs::write(folder.join("durham/services.csv"), "").expect("a file is written");
    });
    for expected in ["XYZ", "31", "-840", "sites.csv", "A01", "applications.csv", "services.csv"] {
        assert!(said.contains(expected), "nothing is said of {expected}:\n{said}");
    }
}

#[test]
fn stated_shares_that_do_not_add_up_to_one_are_refused() {
    let said = with(|folder| {
        change(
            &folder.join("partnership.toml"),
            &[("cost_key = \"users\"", "cost_key = \"stated\"\nstated_shares = [\"SCC=0.5\", \"DCC=0.4\"]")],
        );
    });
    assert!(said.contains("0.9"), "{said}");
}

#[test]
fn the_same_doubt_counted_twice_is_refused() {
    let said = with(|folder| {
        change(
            &folder.join("partnership.toml"),
            &[(
                "optimism_bias = \"equipment_development\"",
                "optimism_bias = \"equipment_development\"\nrange = \"uniform\"\nlow = 0.5\nhigh = 1.5",
            )],
        );
    });
    assert!(said.contains("twice"), "{said}");
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_a_finding() {
    let said = with(|folder| {
        fs::write(folder.join("durham/estate.xlsx"), "<html>an error page</html>").expect("a file is written");
    });
    assert!(said.contains("estate.xlsx"), "{said}");
}

#[test]
fn a_file_of_two_hundred_megabytes_is_refused_unread() {
    let said = with(|folder| {
        let file = fs::File::create(folder.join("durham/links.csv")).expect("a file is made");
        file.set_len(200 * 1024 * 1024).expect("a file is made long");
    });
    assert!(said.contains("links.csv"), "{said}");
}

#[test]
fn a_zip_bomb_is_refused() {
    let said = with(|folder| {
        let file = fs::File::create(folder.join("durham/estate.xlsx")).expect("a file is made");
        let mut archive = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file("xl/workbook.xml", options).expect("an entry is begun");
        let nothing = vec![0_u8; 1024 * 1024];
        (0..400).for_each(|_| archive.write_all(&nothing).expect("an entry is written"));
        archive.finish().expect("an archive is closed");
    });
    assert!(said.contains("estate.xlsx"), "{said}");
}

#[test]
fn a_folder_that_is_not_there_is_one_line_and_a_hint() {
    let output = penshaw(&["check", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said(&output).lines().count(), 2, "{}", said(&output));
}

#[test]
fn a_cost_table_that_lacks_a_coalition_says_which() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let table = scratch.path().join("game.csv");
    fs::write(&table, "coalition,cost\nA,60\nB,50\nC,40\nA+B,95\nA+C,85\nA+B+C,120\n").expect("a file is written");
    let output = penshaw(&["share", &table.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("B+C"), "{}", said(&output));
}

#[test]
fn a_model_that_is_none_is_refused() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let model = scratch.path().join("model.json");
    fs::write(&model, "{\"discount_rate\": \"low\"}").expect("a file is written");
    let output = penshaw(&["simulate", &model.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("hint:"), "{}", said(&output));
}

#[test]
fn an_instance_that_is_none_is_refused_and_the_field_named() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let instance = scratch.path().join("instance.json");
    fs::write(&instance, "{\"sites\": [{\"name\": \"North\", \"authority\": \"A\"}]}").expect("a file is written");
    let output = penshaw(&["place", &instance.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("sites[0].authority"), "{}", said(&output));
    assert!(said(&output).contains("hint:"), "{}", said(&output));
}

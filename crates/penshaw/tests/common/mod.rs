//! Runs the command and the programs that open its files.
#![allow(dead_code)] // each test file uses its own part

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The example's folder.
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham")
}

/// Runs `penshaw` with arguments.
pub fn penshaw(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_penshaw")).args(arguments).output().expect("penshaw runs")
}

/// What a run said on standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a run printed.
pub fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Appraises a folder with few trials and returns the results.
pub fn appraise(folder: &Path, out: &Path) -> Value {
    let (folder, out_text) = (folder.display().to_string(), out.display().to_string());
    let output = penshaw(&["appraise", &folder, "--out", &out_text, "--trials", "5000"]);
    assert!(output.status.success(), "{}", said(&output));
    results(out)
}

/// The results of a pack.
pub fn results(out: &Path) -> Value {
    let text = fs::read_to_string(out.join("results.json")).expect("results.json is there");
    serde_json::from_str(&text).expect("results.json is JSON")
}

/// A copy of the example to change.
pub fn example_copy(below: &Path) -> PathBuf {
    let to = below.join("example");
    copy(&example(), &to);
    to
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder is read") {
        let path = entry.expect("an entry is read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file is copied");
        }
    }
}

/// Changes the words of a file, each of which must be there.
pub fn change(path: &Path, changes: &[(&str, &str)]) {
    let mut text = fs::read_to_string(path).expect("a file is read");
    for (from, to) in changes {
        assert!(text.contains(from), "{from} is in {}", path.display());
        text = text.replacen(from, to, 1);
    }
    fs::write(path, text).expect("a file is written");
}

/// Converts a file with LibreOffice, which recalculates every formula on load.
pub fn convert(file: &Path, to: &str, out: &Path) -> PathBuf {
    let profile = out.join("profile");
    fs::create_dir_all(profile.join("user")).expect("a profile is made");
    fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).expect("a profile is written");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(out)
        .arg(file)
        .output()
        .expect("LibreOffice runs: `cargo xtask test` installs it or says how");
    let extension = to.split(':').next().expect("a format has a name");
    let converted = out.join(file.file_stem().expect("a file has a name")).with_extension(extension);
    assert!(converted.is_file(), "LibreOffice wrote no {extension}: {}", said(&output));
    converted
}

const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

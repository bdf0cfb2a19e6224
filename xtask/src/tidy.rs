//! The invariants of the house, each with what to do where it is broken.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run::root;

/// Which of the house's crates each crate may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("basis", &[]),
    ("numerics", &[]),
    ("documents", &["basis"]),
    ("register", &["basis", "numerics"]),
    ("files", &["basis", "documents", "register"]),
    ("pdf", &["basis", "documents"]),
    ("analyses", &["basis", "numerics", "documents", "register"]),
    ("proposal", &["basis", "documents", "register", "analyses"]),
    ("store", &["basis", "register"]),
    ("operations", &["basis", "numerics", "documents", "register", "files", "pdf", "analyses", "proposal", "store"]),
    ("web", &["operations", "basis", "documents", "register", "analyses", "proposal", "files"]),
    ("penshaw", &["operations", "web"]),
];

const LINES_AT_MOST: usize = 800;
const FILES_OF_AN_ANALYSIS: &[&str] = &["mod.rs", "present.rs", "method.md", "cases.toml"];

/// Checks every invariant and reports all that are broken.
///
/// # Errors
/// If one is broken.
pub fn tidy() -> Result<()> {
    let mut broken = arrows()?;
    broken.extend(files()?);
    broken.extend(analyses()?);
    broken.extend(circles()?);
    broken.extend(parameters()?);
    broken.extend(decisions()?);
    if broken.is_empty() {
        println!("tidy: the house is in order");
        return Ok(());
    }
    bail!("the house is not in order:\n  {}", broken.join("\n  "))
}

/// Every arrow between crates runs down, as the house allows it.
fn arrows() -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let known: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    for folder in folders(&root().join("crates"))? {
        let name = file_name(&folder);
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            broken.push(format!("crates/{name} is not in the house: add it to ARCHITECTURE.md and to xtask's tidy"));
            continue;
        };
        let manifest = read(&folder.join("Cargo.toml"))?;
        let manifest: toml::Table = toml::from_str(&manifest).with_context(|| format!("crates/{name}/Cargo.toml"))?;
        let used = manifest.get("dependencies").and_then(toml::Value::as_table);
        for dependency in used.into_iter().flat_map(toml::Table::keys) {
            let Some(other) = dependency.strip_prefix("penshaw-") else { continue };
            if known.contains(other) && !allowed.contains(&other) {
                broken.push(format!("crates/{name} may not use {other}: see the table in ARCHITECTURE.md"));
            }
        }
        if !folder.join("README.md").is_file() {
            broken.push(format!("crates/{name} has no README.md: one sentence and how to add to it"));
        }
    }
    Ok(broken)
}

/// Each file opens with what it owns, and is one idea.
fn files() -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let mut sources = Vec::new();
    for folder in ["crates", "xtask"] {
        collect(&root().join(folder), "rs", &mut sources)?;
    }
    for path in sources {
        let text = read(&path)?;
        if !text.starts_with("//!") {
            broken.push(format!("{} does not open with //! and what it owns", shown(&path)));
        }
        let lines = text.lines().count();
        if lines > LINES_AT_MOST {
            broken.push(format!("{} has {lines} lines: look for two ideas", shown(&path)));
        }
    }
    Ok(broken)
}

/// Each analysis has its files, its method's headings, and its place in the list.
fn analyses() -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let source = root().join("crates/analyses/src");
    let list = read(&source.join("lib.rs"))?;
    for folder in folders(&source)? {
        let name = file_name(&folder);
        for file in FILES_OF_AN_ANALYSIS {
            if !folder.join(file).is_file() && !folder.join(file.replace(".rs", "/mod.rs")).is_file() {
                broken.push(format!("analysis {name} has no {file}"));
            }
        }
        let method = fs::read_to_string(folder.join("method.md")).unwrap_or_default();
        for heading in ["At a glance", "What it shows", "How to read it", "What to do next", "Worked example"] {
            if !method.contains(heading) {
                broken.push(format!("analysis {name}: method.md has no part \"{heading}\""));
            }
        }
        if !list.contains(&format!("listed::<{name}::")) {
            broken.push(format!("analysis {name} is not in ALL"));
        }
    }
    Ok(broken)
}

/// An analysis may call another's functions, but not one that calls it back.
fn circles() -> Result<Vec<String>> {
    let source = root().join("crates/analyses/src");
    let names: Vec<String> = folders(&source)?.iter().map(|folder| file_name(folder)).collect();
    let mut calls: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in &names {
        let mut files = Vec::new();
        collect(&source.join(name), "rs", &mut files)?;
        for file in files {
            let text = read(&file)?;
            let called = names.iter().filter(|other| *other != name && text.contains(&format!("crate::{other}::")));
            calls.entry(name).or_default().extend(called.map(String::as_str));
        }
    }
    let reaches_itself = |name: &str| {
        let mut open: Vec<&str> = calls.get(name).into_iter().flatten().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                open.extend(calls.get(next).into_iter().flatten());
            }
        }
        false
    };
    let circular = names.iter().filter(|name| reaches_itself(name));
    Ok(circular.map(|name| format!("analysis {name} calls one that calls it back")).collect())
}

/// Each parameter has its unit, its reference and the day to look again.
fn parameters() -> Result<Vec<String>> {
    let mut broken = Vec::new();
    let mut found = Vec::new();
    collect(&root().join("parameters"), "toml", &mut found)?;
    for path in found {
        let name = shown(&path);
        let table: toml::Table = match toml::from_str(&read(&path)?) {
            Ok(table) => table,
            Err(error) => {
                broken.push(format!("{name}: {error}"));
                continue;
            }
        };
        for key in ["description", "unit", "set_by", "review_by"] {
            if !table.contains_key(key) {
                broken.push(format!("{name} has no {key}"));
            }
        }
        let values = table.get("values").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let referenced = |value: &toml::Value| value.get("reference").is_some() && value.get("from").is_some();
        if values.is_empty() || !values.iter().all(referenced) {
            broken.push(format!("{name}: each value has a first day and a reference"));
        }
    }
    Ok(broken)
}

/// Decision numbers are unique and in order.
fn decisions() -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(&root().join("docs/decisions"), "md", &mut found)?;
    found.sort();
    let mut broken = Vec::new();
    let numbered = found.iter().filter(|path| file_name(path) != "README.md");
    for (place, path) in numbered.enumerate() {
        let expected = format!("{:04}-", place + 1);
        if !file_name(path).starts_with(&expected) {
            broken.push(format!("{} should be number {expected}", shown(path)));
        }
    }
    Ok(broken)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| shown(path))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = entries(path)?.into_iter().filter(|entry| entry.is_dir()).collect();
    found.sort();
    Ok(found)
}

fn collect(path: &Path, extension: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in entries(path)? {
        if entry.is_dir() && file_name(&entry) != "target" {
            collect(&entry, extension, found)?;
        } else if entry.extension().is_some_and(|own| own == extension) {
            found.push(entry);
        }
    }
    Ok(())
}

fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(path).with_context(|| shown(path))?;
    listed.map(|entry| Ok(entry?.path())).collect()
}

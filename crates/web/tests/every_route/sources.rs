//! The routes as the sources of the pages declare them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every route, as `GET /estate` and `POST /work-out`.
pub fn routes() -> BTreeSet<String> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages"), &mut files);
    files.iter().flat_map(|path| of(&fs::read_to_string(path).expect("a source can be read"))).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The routes of one file: `.route("/path", get(this).post(that))`.
fn of(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for declared in source.split(".route(").skip(1) {
        let Some(path) = declared.split('"').nth(1) else { continue };
        let methods = &declared[..closing(declared)];
        for (word, method) in [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")] {
            let names = methods
                .match_indices(word)
                .filter(|(at, _)| !methods[..*at].ends_with(|one: char| one.is_alphanumeric() || one == '_'));
            found.extend(names.map(|_| format!("{method} {path}")));
        }
    }
    found
}

/// Where the parenthesis that was opened before the text is closed.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    for (at, one) in text.char_indices() {
        match one {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

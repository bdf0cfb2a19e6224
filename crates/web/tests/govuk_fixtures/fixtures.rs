//! The fixtures that govuk-frontend publishes, and the comparison with what we draw.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use maud::Markup;
use serde_json::Value;

use crate::dom::normal;

/// Fixtures that we do not match, and why not.
pub struct LeftOut {
    pub reason: &'static str,
    pub names: &'static [&'static str],
}

/// Every fixture of a component by name, so that one that an upgrade adds is looked at.
pub struct Coverage {
    pub component: &'static str,
    /// Those of which we draw the same.
    pub covered: &'static [&'static str],
    pub left_out: &'static [LeftOut],
}

/// Compares each fixture of a component with what `draw` makes of its options.
pub fn compare(coverage: &Coverage, draw: impl Fn(&Value) -> Markup) {
    let Coverage { component, covered, left_out } = coverage;
    let fixtures = read(component);
    let mut complaints = unnamed(&fixtures, covered, left_out);
    for fixture in &fixtures {
        let name = fixture["name"].as_str().expect("a fixture has a name");
        let theirs = normal(fixture["html"].as_str().expect("a fixture has its HTML"));
        let ours = normal(&draw(&fixture["options"]).into_string());
        match (covered.contains(&name), theirs == ours) {
            (true, false) => complaints.push(format!("“{name}” differs:\n{}", difference(&theirs, &ours))),
            (false, true) => complaints.push(format!("“{name}” is left out, though it is the same")),
            _ => {}
        }
    }
    assert!(complaints.is_empty(), "{component}:\n{}", complaints.join("\n"));
}

fn read(component: &str) -> Vec<Value> {
    let path = Path::new(env!("PENSHAW_GOVUK")).join("components").join(component).join("fixtures.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|why| {
        panic!("{}: {why}. With PENSHAW_ASSETS, point it at the whole of govuk-frontend's dist/govuk.", path.display())
    });
    let mut file: Value = serde_json::from_str(&text).expect("fixtures are JSON");
    let Value::Array(fixtures) = file["fixtures"].take() else { panic!("{component} has no list of fixtures") };
    fixtures
}

fn unnamed(fixtures: &[Value], covered: &[&str], left_out: &[LeftOut]) -> Vec<String> {
    let there: BTreeSet<&str> = fixtures.iter().filter_map(|fixture| fixture["name"].as_str()).collect();
    let all: Vec<&str> = covered.iter().chain(left_out.iter().flat_map(|group| group.names)).copied().collect();
    let named: BTreeSet<&str> = all.iter().copied().collect();
    let mut complaints: Vec<String> = Vec::new();
    complaints.extend(there.difference(&named).map(|name| format!("“{name}” is new: cover it or leave it out")));
    complaints.extend(named.difference(&there).map(|name| format!("“{name}” is named, but there is no such fixture")));
    complaints.extend((all.len() > named.len()).then(|| "a fixture is named twice".to_owned()));
    complaints
        .extend(left_out.iter().filter(|group| group.reason.is_empty()).map(|_| "a reason is missing".to_owned()));
    complaints
}

/// The first line that differs, with the line of each.
fn difference(theirs: &str, ours: &str) -> String {
    let (mut theirs, mut ours) = (theirs.lines(), ours.lines());
    loop {
        match (theirs.next(), ours.next()) {
            (Some(one), Some(other)) if one == other => {}
            (None, None) => return String::new(),
            (one, other) => return format!("  theirs: {}\n  ours:   {}", one.unwrap_or("–"), other.unwrap_or("–")),
        }
    }
}

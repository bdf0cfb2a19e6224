//! Says which figures moved between two runs, and why.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use penshaw_basis::Estimate;
use serde_json::Value;

use crate::read_file::text;
use crate::{Pack, Refusal};

/// Reads an earlier run's `results.json`.
///
/// # Errors
/// If it cannot be read or is no results file.
pub fn read_results(path: &Path) -> Result<Value, Refusal> {
    let results: Value = serde_json::from_str(&text(path)?)
        .map_err(|error| Refusal::NotWhatItShouldBe { path: path.to_owned(), what: error.to_string() })?;
    if results["options"].is_array() && results["digests"].is_object() {
        return Ok(results);
    }
    Err(Refusal::NotWhatItShouldBe { path: path.to_owned(), what: "it is no results.json of an appraisal".into() })
}

/// Compares an earlier run's results with a pack.
pub fn compare_with(earlier: &Value, pack: &Pack) -> Moved {
    compare_results(earlier, &pack.results)
}

/// What moved between an earlier run and a later one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moved {
    /// What changed in the register, the parameters or the settings.
    pub why: Vec<String>,
    /// Each figure that moved, and from what to what.
    pub figures: Vec<String>,
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.why.is_empty() && self.figures.is_empty() {
            return f.write_str("Nothing moved: same register, same parameters, same figures.\n");
        }
        writeln!(f, "What changed:")?;
        for why in &self.why {
            writeln!(f, "  {why}")?;
        }
        if self.figures.is_empty() {
            return writeln!(
                f,
                "No figure of the appraisal or the recommendation moved; the report's other tables may have."
            );
        }
        writeln!(f, "What moved:")?;
        self.figures.iter().try_for_each(|figure| writeln!(f, "  {figure}"))
    }
}

/// Compares two results as `results.json` holds them.
pub fn compare_results(earlier: &Value, later: &Value) -> Moved {
    let mut moved = Moved::default();
    for (name, what) in [("entries", "entry"), ("parameters", "parameter")] {
        moved.why.extend(changed(&earlier["digests"][name], &later["digests"][name], what));
    }
    for setting in ["seed", "trials", "on"] {
        if earlier[setting] != later[setting] {
            moved.why.push(format!("{setting}: {} became {}", shown(&earlier[setting]), shown(&later[setting])));
        }
    }
    if earlier["digests"]["partnership"] != later["digests"]["partnership"] {
        moved.why.push("partnership.toml: what the partnership or its report says of itself changed".into());
    }
    let (before, after) = (figures(earlier), figures(later));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        match (before.get(name), after.get(name)) {
            (Some(one), Some(other)) if one != other => moved.figures.push(format!("{name}: {one} became {other}")),
            (Some(one), None) => moved.figures.push(format!("{name}: {one} is no longer there")),
            (None, Some(other)) => moved.figures.push(format!("{name}: {other} is new")),
            _ => {}
        }
    }
    moved
}

fn changed(earlier: &Value, later: &Value, what: &str) -> Vec<String> {
    let empty = serde_json::Map::new();
    let earlier = earlier.as_object().unwrap_or(&empty);
    let later = later.as_object().unwrap_or(&empty);
    let names: std::collections::BTreeSet<&String> = earlier.keys().chain(later.keys()).collect();
    let said = |name: &String| match (earlier.get(name), later.get(name)) {
        (Some(one), Some(other)) if one != other => Some(format!("{what} {name} changed")),
        (Some(_), None) => Some(format!("{what} {name} is no longer there")),
        (None, Some(_)) => Some(format!("{what} {name} is new")),
        _ => None,
    };
    names.into_iter().filter_map(said).collect()
}

/// Every figure of a run by a name that stays the same, printed.
fn figures(results: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for option in results["options"].as_array().into_iter().flatten() {
        collect(option, &format!("option {}", shown(&option["name"])), &mut found);
    }
    for (place, resolution) in results["recommendation"]["resolutions"].as_array().into_iter().flatten().enumerate() {
        found.insert(format!("resolution {}", place + 1), shown(&resolution["text"]));
    }
    found
}

fn collect(value: &Value, name: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter().filter(|(key, _)| *key != "name" && *key != "authority") {
                let (words, pounds) = match key.strip_suffix("_pounds") {
                    Some(words) => (words, inner.as_f64()),
                    None => (key.as_str(), None),
                };
                let name = format!("{name}, {}", words.replace('_', " "));
                match pounds {
                    Some(pounds) => _ = found.insert(name, Estimate::from_pounds(pounds).to_string()),
                    None => collect(inner, &name, found),
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                let own = item.get("authority").or_else(|| item.get("name")).map_or(place.to_string(), shown);
                collect(item, &format!("{name}, {own}"), found);
            }
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Bool(_) => {
            found.insert(name.to_owned(), shown(value));
        }
    }
}

/// A value as a person reads it: money to the penny with its sign, words bare.
fn shown(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Null => "none".into(),
        Value::Number(number) => match number.as_f64() {
            Some(fraction) if number.as_i64().is_none() => format!("{fraction:.4}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_changed_entry_is_named_beside_the_figures_that_moved() {
        let run = |digest: &str, npsv: f64| {
            json!({
                "seed": 1, "trials": 10, "digests": { "entries": { "partnership/L1": digest } },
                "options": [{ "name": "Share", "npsv": { "base_pounds": npsv } }],
            })
        };
        let moved = compare_results(&run("a", 1.5), &run("b", 2.5));
        assert_eq!(moved.why, ["entry partnership/L1 changed"]);
        assert_eq!(moved.figures, ["option Share, npsv, base: £1.50 became £2.50"]);
        assert_eq!(compare_results(&run("a", 1.5), &run("a", 1.5)), Moved::default());
    }
}

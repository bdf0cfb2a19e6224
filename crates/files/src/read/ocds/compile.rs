//! The releases of one procurement put together: what the newest says, and what it does not say from those before it.
//!
//! Source: Open Contracting Data Standard 1.1, "Merging", <https://standard.open-contracting.org/1.1/en/schema/merging/>.

use serde_json::Value;

/// A release of a procurement.
pub(super) struct Version {
    /// When it was published, in seconds since 1970; nothing where that is not known.
    pub(super) published: Option<i64>,
    /// Whether it is what other releases come to.
    pub(super) compiled: bool,
    /// Its place in the file.
    pub(super) at: String,
    /// What it says, as text: a tree takes several times the memory, and a file may hold the releases of a country.
    pub(super) json: Box<str>,
    /// Whether the schema refuses something in it.
    pub(super) doubtful: bool,
}

impl Version {
    fn release(&self) -> Value {
        serde_json::from_str(&self.json).unwrap_or_default()
    }
}

/// The versions of one procurement put together.
pub(super) struct Compiled {
    /// What they come to.
    pub(super) release: Value,
    /// The place of the newest.
    pub(super) at: String,
    /// Whether the schema refuses something in any of them.
    pub(super) doubtful: bool,
    /// How many are there twice.
    pub(super) twice: u64,
    /// How many others the newest supersedes.
    pub(super) superseded: u64,
}

/// Puts the versions together, the oldest first; one that is what others come to stands for all up to its day.
pub(super) fn compile(mut versions: Vec<Version>) -> Option<Compiled> {
    versions.sort_by_key(|version| (version.published, version.compiled));
    let before = versions.len() as u64;
    versions.dedup_by(|later, earlier| later.published == earlier.published && later.json == earlier.json);
    let twice = before - versions.len() as u64;
    let superseded = (versions.len() as u64).saturating_sub(1);
    let mut versions = versions.into_iter();
    let first = versions.next()?;
    let (release, doubtful) = (first.release(), first.doubtful);
    let mut compiled = Compiled { release, at: first.at, doubtful, twice, superseded };
    for version in versions {
        if version.compiled {
            compiled.release = version.release();
        } else {
            merge(&mut compiled.release, version.release());
        }
        compiled.at = version.at;
        compiled.doubtful |= version.doubtful;
    }
    Some(compiled)
}

/// Lays one value over another: members by name, items of lists by their id, null takes away.
fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (name, value) in over {
                match under.get_mut(&name) {
                    _ if value.is_null() => {
                        under.remove(&name);
                    }
                    Some(known) => merge(known, value),
                    None => {
                        under.insert(name, value);
                    }
                }
            }
        }
        (Value::Array(under), Value::Array(over)) if has_ids(under) && has_ids(&over) => {
            for item in over {
                match under.iter_mut().find(|known| known["id"] == item["id"]) {
                    Some(known) => merge(known, item),
                    None => under.push(item),
                }
            }
        }
        (under, over) => *under = over,
    }
}

fn has_ids(items: &[Value]) -> bool {
    items.iter().all(|item| item.get("id").is_some_and(|id| id.is_string() || id.is_number()))
}

/// Members that the register has no field for and that take the most room.
const PASSED_OVER: &[&str] = &[
    "documents",
    "milestones",
    "address",
    "contactPoint",
    "deliveryAddresses",
    "deliveryAddress",
    "deliveryLocation",
    "criteria",
    "awardCriteria",
    "selectionCriteria",
    "submissionTerms",
    "links",
    "implementation",
    "tenderers",
    "bids",
    "planning",
    "contractTerms",
    "otherRequirements",
    "enquiries",
    "statistics",
    "secondStage",
    "communication",
];

/// Takes out of a release what nothing is read from.
pub(super) fn lighten(release: &mut Value) {
    match release {
        Value::Object(members) => {
            members.retain(|name, _| !PASSED_OVER.contains(&name.as_str()));
            members.values_mut().for_each(lighten);
        }
        Value::Array(items) => items.iter_mut().for_each(lighten),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn version(published: i64, release: Value) -> Version {
        let json = release.to_string().into();
        Version { published: Some(published), compiled: false, at: format!("/{published}"), json, doubtful: false }
    }

    #[test]
    fn the_newest_counts_and_what_it_does_not_say_is_taken_from_before() {
        let newest =
            version(3, json!({ "id": "3", "contracts": [{ "id": 1, "title": "New" }, { "id": 2 }], "gone": null }));
        let oldest = version(1, json!({ "id": "1", "tender": { "title": "T", "lots": ["a", "b"] }, "gone": 1 }));
        let middle = version(
            2,
            json!({ "id": "2", "contracts": [{ "id": 1, "title": "Old", "value": 5 }], "tender": { "lots": ["c"] } }),
        );
        let again = version(2, middle.release());
        let compiled = compile(vec![newest, oldest, middle, again]).unwrap();
        assert_eq!((compiled.twice, compiled.superseded, compiled.at.as_str()), (1, 2, "/3"));
        assert_eq!(
            compiled.release,
            json!({
                "id": "3", "tender": { "title": "T", "lots": ["c"] },
                "contracts": [{ "id": 1, "title": "New", "value": 5 }, { "id": 2 }],
            })
        );
    }
}

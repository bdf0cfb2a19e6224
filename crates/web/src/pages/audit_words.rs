//! What rows of the audit trail say, in words: what was done, and what differs between before and after.

use std::collections::BTreeSet;

use penshaw_operations::Role;
use penshaw_register::{Kind, Record};
use serde_json::Value;

use crate::values;

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// What it is called; empty for the whole.
    pub(super) label: String,
    /// What it was, where it was anything.
    pub(super) before: Option<String>,
    /// What it is, where it is anything.
    pub(super) after: Option<String>,
}

const VERBS: &[(&str, &str)] = &[
    ("accept_invitation", "Accepted an invitation"),
    ("add_entry", "Added an entry"),
    ("adopt_recommendation", "Decided on the recommendation"),
    ("change_entry", "Changed an entry"),
    ("change_password", "Changed their password"),
    ("close_account", "Closed an account"),
    ("export_entries", "Downloaded entries"),
    ("export_everything", "Exported everything"),
    ("export_standard", "Downloaded entries in a format of others"),
    ("freeze_baseline", "Froze a baseline"),
    ("give_import_up", "Gave an import up"),
    ("give_roles", "Changed somebody's roles"),
    ("import_file", "Imported a file"),
    ("invite_administrator", "Invited an administrator"),
    ("invite_person", "Invited somebody"),
    ("load_folder", "Loaded a folder"),
    ("make_api_token", "Made a token"),
    ("publish_record", "Published a record"),
    ("remove_api_token", "Removed a token"),
    ("remove_entry", "Removed an entry"),
    ("reopen_account", "Opened an account again"),
    ("share_entries", "Changed what is shared"),
    ("withdraw_invitation", "Withdrew an invitation"),
    ("withdraw_record", "Withdrew a publication"),
    ("work_out", "Worked something out"),
    ("write_report", "Changed the report"),
];

/// What was done, in words.
pub(super) fn verb_words(verb: &str) -> String {
    let known = VERBS.iter().find(|(key, _)| *key == verb);
    known.map_or_else(|| values::capital(&verb.replace('_', " ")), |(_, words)| (*words).to_owned())
}

/// What differs between what stood there before and what stands there now, both as JSON.
pub(super) fn changes(before: Option<&str>, after: Option<&str>) -> Vec<Difference> {
    let read = |text: Option<&str>| text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let (before, after) = (read(before), read(after));
    match (record(&before), record(&after)) {
        (None, None) => of_values(&before, &after),
        (before, after) => of_records(before.as_ref(), after.as_ref()),
    }
}

fn record(value: &Value) -> Option<Record> {
    serde_json::from_value(value.clone()).ok()
}

fn of_records(before: Option<&Record>, after: Option<&Record>) -> Vec<Difference> {
    let Some(kind) = after.or(before).map(|record| record.kind) else { return Vec::new() };
    let fields = kind.fields().iter().map(|field| {
        let words = |record: Option<&Record>| Some(values::shown(field, record?.fields.get(field.name)?));
        Difference { label: field.label.to_owned(), before: words(before), after: words(after) }
    });
    let sure = |record: Option<&Record>| record.map(|record| record.confidence.word().to_owned());
    let sure = Difference { label: "How sure".into(), before: sure(before), after: sure(after) };
    fields.chain([sure]).filter(|one| one.before != one.after).collect()
}

fn of_values(before: &Value, after: &Value) -> Vec<Difference> {
    match (before, after) {
        (Value::Array(before), after) => of_lists(before, after.as_array().map_or(&[], Vec::as_slice)),
        (before, Value::Array(after)) => of_lists(before.as_array().map_or(&[], Vec::as_slice), after),
        (Value::Object(_), _) | (_, Value::Object(_)) => of_objects(before, after),
        (before, after) => {
            let one = Difference { label: String::new(), before: words(before), after: words(after) };
            if one.before == one.after { Vec::new() } else { vec![one] }
        }
    }
}

/// What only one of two lists holds.
fn of_lists(before: &[Value], after: &[Value]) -> Vec<Difference> {
    let gone = before.iter().filter(|item| !after.contains(item));
    let come = after.iter().filter(|item| !before.contains(item));
    let gone = gone.map(|item| Difference { label: String::new(), before: words(item), after: None });
    let come = come.map(|item| Difference { label: String::new(), before: None, after: words(item) });
    gone.chain(come).collect()
}

fn of_objects(before: &Value, after: &Value) -> Vec<Difference> {
    let names = |value: &Value| value.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect::<Vec<_>>();
    let names: BTreeSet<String> = names(before).into_iter().chain(names(after)).collect();
    let differ = names.into_iter().filter(|name| before.get(name) != after.get(name));
    let found = differ.map(|name| Difference {
        label: values::capital(&name.replace('_', " ")),
        before: before.get(&name).and_then(words),
        after: after.get(&name).and_then(words),
    });
    found.filter(|one| one.before.is_some() || one.after.is_some()).collect()
}

/// A value in words; nothing where there is none, or none of anything.
fn words(value: &Value) -> Option<String> {
    let words = match value {
        Value::Number(number) if number.as_i64() == Some(0) => String::new(),
        Value::String(key) => plain_word(key),
        Value::Array(pair) if is_role_somewhere(pair) => {
            format!("{}, {}", plain_word(pair[1].as_str().unwrap_or_default()), values::plain(&pair[0]))
        }
        Value::Object(map) => {
            let parts =
                map.iter().filter_map(|(name, value)| Some(format!("{}: {}", name.replace('_', " "), words(value)?)));
            parts.collect::<Vec<_>>().join("; ")
        }
        Value::Array(items) => items.iter().filter_map(words).collect::<Vec<_>>().join("; "),
        other => values::plain(other),
    };
    (!words.is_empty()).then_some(words)
}

fn is_role_somewhere(pair: &[Value]) -> bool {
    matches!(pair, [Value::String(_), Value::String(role)] if Role::of(role).is_some())
}

/// The key of a role or a kind by what pages call it; other words as they are.
fn plain_word(key: &str) -> String {
    if let Some(role) = Role::of(key) {
        return role.label().to_owned();
    }
    key.parse::<Kind>().map_or_else(|_| key.to_owned(), |kind| kind.sheet().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: Option<&str>, after: Option<&str>) -> Vec<(String, Option<String>, Option<String>)> {
        changes(before, after).into_iter().map(|one| (one.label, one.before, one.after)).collect()
    }

    fn some(words: &str) -> Option<String> {
        Some(words.to_owned())
    }

    #[test]
    fn a_changed_entry_says_which_fields_differ_in_the_words_of_its_form() {
        let record = |cost: u32| {
            format!(
                r#"{{"kind":"applications","reference":"C1","fields":{{"supplier":"A","annual_cost":{cost}}},"confidence":"estimated"}}"#
            )
        };
        let found = said(Some(&record(100)), Some(&record(250)));
        assert_eq!(found, [("Annual cost".into(), some("£1.00"), some("£2.50"))]);
    }

    #[test]
    fn changed_roles_say_which_came_and_which_went() {
        let found = said(Some(r#"["auditor","finance"]"#), Some(r#"["finance","approver"]"#));
        assert_eq!(found, [(String::new(), some("Auditor"), None), (String::new(), None, some("Approver"))]);
    }

    #[test]
    fn what_is_the_same_or_nothing_is_left_out() {
        assert_eq!(said(Some(r#"{"new":0,"changed":2}"#), Some(r#"{"new":0,"changed":2}"#)), []);
        assert_eq!(said(None, Some(r#"{"new":0,"changed":2}"#)), [("Changed".into(), None, some("2"))]);
        assert_eq!(said(None, None), []);
    }
}

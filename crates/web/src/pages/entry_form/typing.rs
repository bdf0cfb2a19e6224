//! What a form holds of an entry, by the names of its fields: read from what was sent, and sent on hidden.

use maud::{Markup, html};
use penshaw_operations::TypedEntry;
use penshaw_register::{FieldKind, Kind};

use crate::form::Form;

/// The number of the version that the editor saw.
pub(in crate::pages) const SEEN: &str = "seen_version";
/// Asks for the form again, with what is typed.
pub(super) const AGAIN: &str = "edit_again";
/// Stands before the name of a field in the name of how sure it is.
pub(super) const SURE: &str = "sure.";

/// The entry that stands in a form.
pub(super) fn read(kind: Kind, sent: &Form) -> TypedEntry {
    let mut typed = TypedEntry {
        reference: sent.get("reference").to_owned(),
        confidence: sent.get("confidence").to_owned(),
        ..TypedEntry::default()
    };
    for (name, value) in &sent.0 {
        if let Some(field) = name.strip_prefix(SURE).and_then(|name| kind.field(name)) {
            typed.field_confidence.insert(field.name.to_owned(), value.trim().to_owned());
            continue;
        }
        let (field, year) = name.split_once('.').map_or((name.as_str(), None), |(field, year)| (field, Some(year)));
        let Some(field) = kind.field(field).filter(|field| year.is_none() || field.kind == FieldKind::AmountsByYear)
        else {
            continue;
        };
        let held = typed.fields.entry(name.clone()).or_default();
        // Boxes that are ticked come one by one.
        let several = matches!(field.kind, FieldKind::References(_)) && !held.is_empty();
        *held = if several { format!("{held}; {}", value.trim()) } else { value.trim().to_owned() };
    }
    typed
}

/// Everything that is typed, hidden, to be sent again.
pub(super) fn hidden(typed: &TypedEntry) -> Markup {
    html! {
        input type="hidden" name="reference" value=(typed.reference);
        input type="hidden" name="confidence" value=(typed.confidence);
        @for (name, value) in &typed.fields { input type="hidden" name=(name) value=(value); }
        @for (name, word) in &typed.field_confidence {
            input type="hidden" name=(format!("{SURE}{name}")) value=(word);
        }
    }
}

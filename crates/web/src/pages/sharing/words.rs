//! Sharing choices in plain words.

use penshaw_operations::{Extent, Shares};
use penshaw_register::{Holder, Instead, Kind, SharingChoice, Which};

/// One choice as a sentence.
pub(super) fn rule(choice: &SharingChoice) -> String {
    let whom = entries(choice);
    let names = match &choice.fields {
        Which::All => {
            return if choice.shared {
                format!("Share everything of {whom}.")
            } else {
                format!("Keep back {whom} whole.")
            };
        }
        Which::Only(names) => names,
    };
    let labels = listed(&names.iter().map(|name| label(choice.kind, name)).collect::<Vec<_>>());
    if choice.shared {
        return format!("Share {labels} of {whom}.");
    }
    if names.iter().any(|name| always_goes_along(choice.kind, name)) {
        return format!("Keep back {whom} whole.");
    }
    let instead = match choice.instead {
        None => "",
        Some(Instead::Band) => " Show a band instead of each figure.",
        Some(Instead::Subtotal) => " Give a subtotal instead of the figures, where there are three or more.",
    };
    format!("Keep back {labels} of {whom}.{instead}")
}

fn entries(choice: &SharingChoice) -> String {
    let sheet = choice.kind.map(|kind| kind.sheet().to_lowercase());
    match (&choice.records, sheet) {
        (Which::All, None) => "all entries".to_owned(),
        (Which::All, Some(sheet)) => format!("all {sheet}"),
        (Which::Only(references), None) => listed(references),
        (Which::Only(references), Some(sheet)) => format!("{} among the {sheet}", listed(references)),
    }
}

fn label(kind: Option<Kind>, name: &str) -> String {
    let kinds =
        Kind::ALL.iter().filter(|other| kind.map_or(other.holder() == Holder::Authority, |kind| kind == **other));
    let field = kinds.into_iter().find_map(|kind| kind.field(name));
    field.map_or_else(|| name.to_owned(), |field| format!("“{}”", field.label))
}

/// Whether to keep a field back is to keep the entry back with it.
fn always_goes_along(kind: Option<Kind>, name: &str) -> bool {
    kind.and_then(|kind| kind.field(name)).is_some_and(|field| !field.shareable)
}

/// Words with commas, and "and" before the last.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// How much is shared, in a word or two.
pub(super) fn extent(shares: &Shares) -> String {
    match shares.extent {
        Extent::AsTheRest => "As the rest".to_owned(),
        Extent::Nothing => "Nothing".to_owned(),
        Extent::Titles => "Titles only".to_owned(),
        Extent::Everything => "Everything".to_owned(),
        Extent::But => match shares.kept.len() {
            1 => "All but 1 field".to_owned(),
            many => format!("All but {many} fields"),
        },
    }
}

/// The fields that go along with every entry of a kind that is shared.
pub(super) fn titles(kind: Kind) -> String {
    let open = kind.fields().iter().filter(|field| !field.shareable).map(|field| format!("“{}”", field.label));
    listed(&open.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(choice: &str) -> String {
        rule(&serde_json::from_str(choice).expect("a choice"))
    }

    #[test]
    fn a_choice_reads_as_a_sentence() {
        assert_eq!(said(r#"{ "shared": true }"#), "Share everything of all entries.");
        assert_eq!(
            said(
                r#"{ "kind": "contracts", "fields": ["value", "termination_cost"], "shared": false, "instead": "band" }"#
            ),
            "Keep back “Whole-life value” and “Termination cost” of all contracts. Show a band instead of each figure."
        );
        assert_eq!(
            said(r#"{ "kind": "contracts", "records": ["C1", "C2"], "shared": false }"#),
            "Keep back C1 and C2 among the contracts whole."
        );
        assert_eq!(
            said(r#"{ "kind": "contracts", "fields": ["title"], "shared": true }"#),
            "Share “Title” of all contracts."
        );
    }
}

//! The fields that may be kept back, each with what is given instead.

use std::collections::BTreeMap;

use maud::{Markup, html};
use penshaw_operations::{Extent, Invalid, Shares, may_give_instead};
use penshaw_register::{Field, Instead, Kind};

use crate::form::Form;

/// What stands in the form: how much is shared, and the fields that are kept back.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) extent: String,
    /// The fields that are ticked, each with the word for what is given instead, empty for nothing.
    kept: BTreeMap<String, String>,
    /// What is given instead of every field, ticked or not.
    instead: BTreeMap<String, String>,
}

impl Typed {
    pub(super) fn of(shares: &Shares) -> Self {
        let word = |instead: &Option<Instead>| instead.map_or("", Instead::word).to_owned();
        let kept: BTreeMap<String, String> =
            shares.kept.iter().map(|(name, instead)| (name.clone(), word(instead))).collect();
        Typed { extent: shares.extent.key().to_owned(), instead: kept.clone(), kept }
    }

    pub(super) fn sent(kind: Kind, sent: &Form) -> Self {
        let given = |field: &Field| sent.get(&format!("instead.{}", field.name)).to_owned();
        let instead: BTreeMap<String, String> =
            kind.fields().iter().map(|field| (field.name.to_owned(), given(field))).collect();
        let ticked = sent.all("kept");
        let kept = instead.iter().filter(|(name, _)| ticked.contains(&name.as_str()));
        Typed {
            extent: sent.get("extent").to_owned(),
            kept: kept.map(|(name, word)| (name.clone(), word.clone())).collect(),
            instead,
        }
    }

    /// What it says, or what must be corrected first.
    pub(super) fn read(&self, kind: Kind, is_entry: bool) -> Result<Shares, Invalid> {
        let extent = Extent::of(&self.extent).filter(|extent| is_entry || *extent != Extent::AsTheRest);
        let extent = extent.ok_or_else(|| Invalid::new("extent", "Select how much to share"))?;
        if extent != Extent::But {
            return Ok(Shares::of_extent(extent));
        }
        let fields = kind.fields().iter().filter(|field| field.shareable && self.kept.contains_key(field.name));
        let kept: BTreeMap<String, Option<Instead>> =
            fields.map(|field| (field.name.to_owned(), self.instead_of(field))).collect();
        if kept.is_empty() {
            return Err(Invalid::new("kept", "Select at least one field to keep back"));
        }
        let owned = kind.fields().iter().filter(|field| field.shareable).count();
        if kept.len() == owned && kept.values().all(Option::is_none) {
            return Ok(Shares::of_extent(Extent::Titles));
        }
        Ok(Shares { extent, kept })
    }

    fn instead_of(&self, field: &Field) -> Option<Instead> {
        let word = self.kept.get(field.name).filter(|_| may_give_instead(field))?;
        Instead::ALL.into_iter().find(|instead| instead.word() == word)
    }
}

/// The table of fields, with what is wrong with it.
pub(super) fn table(kind: Kind, typed: &Typed, error: Option<&str>) -> Markup {
    let fields = kind.fields().iter().filter(|field| field.shareable);
    html! {
        div.govuk-form-group.govuk-form-group--error[error.is_some()] {
            @if let Some(error) = error {
                p.govuk-error-message id="kept-error" { span.govuk-visually-hidden { "Error: " } (error) }
            }
            table.govuk-table {
                caption.govuk-table__caption.govuk-table__caption--s { "Fields to keep back" }
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        th.govuk-table__header scope="col" { "Keep back" }
                        th.govuk-table__header scope="col" { "Show instead" }
                    }
                }
                tbody.govuk-table__body {
                    @for (place, field) in fields.enumerate() { (row(field, place, typed)) }
                }
            }
        }
    }
}

fn row(field: &Field, place: usize, typed: &Typed) -> Markup {
    let id = if place == 0 { "kept".to_owned() } else { format!("kept-{}", field.name) };
    html! {
        tr.govuk-table__row {
            td.govuk-table__cell {
                div.govuk-checkboxes.govuk-checkboxes--small {
                    div.govuk-checkboxes__item {
                        input.govuk-checkboxes__input type="checkbox" id=(id) name="kept" value=(field.name)
                            checked[typed.kept.contains_key(field.name)];
                        label.govuk-label.govuk-checkboxes__label for=(id) { (field.label) }
                    }
                }
            }
            td.govuk-table__cell {
                @if may_give_instead(field) { (instead(field, typed.instead.get(field.name).map_or("", String::as_str))) }
                @else { span.penshaw-quiet { "Nothing" } }
            }
        }
    }
}

fn instead(field: &Field, chosen: &str) -> Markup {
    let choices = [("", "Nothing"), ("band", "A band"), ("subtotal", "A subtotal")];
    html! {
        select.govuk-select name=(format!("instead.{}", field.name)) aria-label=(format!("Show instead of {}", field.label)) {
            @for (value, words) in choices { option value=(value) selected[value == chosen] { (words) } }
        }
    }
}

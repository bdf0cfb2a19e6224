//! `estate.toml`: the day of an authority's baseline, what it shares, and entries if it likes.

use std::collections::BTreeSet;

use penshaw_basis::Date;
use penshaw_register::{
    Authority, Holder, Instead, Kind, Record, SharingChoice, Which, check_choice, check_choices as check_with_records,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::convert::{date, list};
use super::gathered::{Gathered, place};
use super::nearest::suggest;
use super::tables;
use super::toml_text::{Lines, mistakes, refuse_unknown, written};
use super::workbook::kinds_of;
use super::written::{Written, Wrong};

/// The file in an authority's folder that dates its baseline and holds its choices.
pub const ESTATE_FILE: &str = "estate.toml";

/// What `estate.toml` says besides its entries.
#[derive(Default)]
pub(super) struct Estate {
    pub(super) on: Option<Date>,
    pub(super) choices: Vec<SharingChoice>,
    /// Where each choice stands, in the same order.
    pub(super) places: Vec<penshaw_register::Place>,
}

/// The day and the choices of a text whose findings nobody asks for.
pub(crate) fn estate_of(file: &str, text: &str) -> (Option<Date>, Vec<SharingChoice>) {
    let estate = read(file, text, &mut Gathered::default());
    (estate.on, estate.choices)
}

/// Reads the file; its entries are gathered.
pub(super) fn read(file: &str, text: &str, gathered: &mut Gathered) -> Estate {
    let lines = Lines::of(file, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        mistakes(&lines, &errors, gathered);
        return Estate::default();
    }
    let root = root.get_ref();
    let known: Vec<&str> = ["on", "share"].into_iter().chain(kinds_of(Holder::Authority).map(Kind::key)).collect();
    refuse_unknown(&lines, "", root, &known, gathered);
    let mut estate = Estate::default();
    if let Some(value) = root.get("on") {
        match date(&written(value.get_ref())) {
            Ok(day) => estate.on = Some(day),
            Err(wrong) => gathered.wrong(lines.at("on", value), wrong),
        }
    }
    if let Some(value) = root.get("share") {
        shares(&lines, value, &mut estate, gathered);
    }
    tables::read(&lines, root, Holder::Authority, gathered);
    estate
}

fn shares(lines: &Lines<'_>, value: &Spanned<DeValue<'_>>, estate: &mut Estate, gathered: &mut Gathered) {
    let Some(items) = value.get_ref().as_array() else {
        return gathered.error(lines.at("share", value), "the choices are not a list", "head each choice [[share]]");
    };
    for (number, item) in items.iter().enumerate() {
        let name = format!("[[share]] {}", number + 1);
        let Some(table) = item.get_ref().as_table() else {
            gathered.error(lines.at(&name, item), "the choice is not a table", "head each choice [[share]]");
            continue;
        };
        if let Some(choice) = choice(lines, &name, item, table, gathered) {
            estate.choices.push(choice);
            estate.places.push(lines.at(&name, item));
        }
    }
}

/// A choice; a choice that is not wholly understood is left out, as it might share too much.
fn choice(
    lines: &Lines<'_>,
    name: &str,
    item: &Spanned<DeValue<'_>>,
    table: &DeTable<'_>,
    gathered: &mut Gathered,
) -> Option<SharingChoice> {
    let before = gathered.findings.len();
    refuse_unknown(lines, name, table, &["kind", "records", "fields", "shared", "instead"], gathered);
    let kind = table.get("kind").and_then(|value| {
        let read = kind(&written(value.get_ref()));
        read.map_err(|wrong| gathered.wrong(lines.at(&format!("{name}, kind"), value), wrong)).ok()
    });
    let mut which = |key: &str| match table.get(key) {
        None => Which::All,
        Some(value) => which(&written(value.get_ref())).unwrap_or_else(|wrong| {
            gathered.wrong(lines.at(&format!("{name}, {key}"), value), wrong);
            Which::All
        }),
    };
    let (records, fields) = (which("records"), which("fields"));
    let shared = table.get("shared").map(|value| (value, written(value.get_ref())));
    let shared = match shared {
        Some((_, Written::YesNo(shared))) => shared,
        Some((value, _)) => {
            gathered.error(
                lines.at(&format!("{name}, shared"), value),
                "it is neither true nor false",
                "write shared = true or shared = false",
            );
            false
        }
        None => {
            gathered.error(
                lines.at(name, item),
                "the choice does not say whether it shares",
                "add shared = true or shared = false",
            );
            false
        }
    };
    let instead = table.get("instead").and_then(|value| {
        let read = instead(&written(value.get_ref()));
        read.map_err(|wrong| gathered.wrong(lines.at(&format!("{name}, instead"), value), wrong)).ok()
    });
    check_fields(lines, name, item, kind, &fields, gathered);
    let choice = SharingChoice { kind, records, fields, shared, instead };
    for problem in check_choice(&choice) {
        let place = lines.at(&format!("{name}, instead"), item);
        gathered.error(place, problem.what, problem.hint);
    }
    let understood =
        gathered.findings[before..].iter().all(|finding| finding.severity != penshaw_register::Severity::Error);
    understood.then_some(choice)
}

fn kind(written: &Written) -> Result<Kind, Wrong> {
    let text = written.as_text().unwrap_or_default();
    let found = text.parse::<Kind>().ok().filter(|kind| kind.holder() == Holder::Authority);
    found.ok_or_else(|| {
        let keys: Vec<&str> = kinds_of(Holder::Authority).map(Kind::key).collect();
        let what = format!("\"{}\" is not a kind of an authority's entries", super::nearest::shortened(&text));
        Wrong::new(what, suggest(&text, &keys))
    })
}

fn instead(written: &Written) -> Result<Instead, Wrong> {
    let text = written.as_text().unwrap_or_default();
    Instead::ALL.into_iter().find(|instead| instead.word() == text).ok_or_else(|| {
        let what = format!("\"{}\" is not what can be given instead", super::nearest::shortened(&text));
        Wrong::new(what, suggest(&text, &Instead::ALL.map(Instead::word)))
    })
}

/// `"all"`, one word, or a list.
fn which(written: &Written) -> Result<Which, Wrong> {
    let words = list(written)?;
    match words.as_slice() {
        [word] if word == "all" && !matches!(written, Written::List(_)) => Ok(Which::All),
        _ => Ok(Which::Only(words)),
    }
}

/// Fields that the kind does not have, or that always go with their entry.
fn check_fields(
    lines: &Lines<'_>,
    name: &str,
    item: &Spanned<DeValue<'_>>,
    kind: Option<Kind>,
    fields: &Which,
    gathered: &mut Gathered,
) {
    let Which::Only(fields) = fields else { return };
    let kinds: Vec<Kind> = kind.map_or_else(|| kinds_of(Holder::Authority).collect(), |kind| vec![kind]);
    for wanted in fields {
        let found: Vec<_> = kinds.iter().filter_map(|kind| kind.field(wanted)).collect();
        let place = || lines.at(&format!("{name}, fields"), item);
        if found.is_empty() {
            let names: BTreeSet<&str> = kinds.iter().flat_map(|kind| kind.fields()).map(|field| field.name).collect();
            let names: Vec<&str> = names.into_iter().collect();
            let what = format!("there is no field \"{}\"", super::nearest::shortened(wanted));
            gathered.error(place(), what, suggest(wanted, &names));
        } else if found.iter().all(|field| !field.shareable) {
            let what = format!("\"{wanted}\" always goes with its entry");
            gathered.warning(place(), what, "to keep it back, keep the whole entry back");
        }
    }
}

/// What a choice names that is not there, and an authority that shares nothing.
pub(super) fn check_choices(
    file: &str,
    authority: &Authority,
    estate: &Estate,
    records: &[Record],
    gathered: &mut Gathered,
) {
    if !records.is_empty() && !estate.choices.iter().any(|choice| choice.shared) {
        gathered.warning(
            place(file, None),
            format!("{} shares nothing, so no analysis sees its entries", authority.code),
            "to share everything add [[share]] and under it shared = true; to keep prices back, add fields",
        );
    }
    for (choice, place) in estate.choices.iter().zip(&estate.places) {
        let Which::Only(references) = &choice.records else { continue };
        for reference in references {
            let known = records
                .iter()
                .any(|record| record.reference == *reference && choice.kind.is_none_or(|kind| kind == record.kind));
            if !known {
                let what = format!("the choice names {reference}, which is not among the entries");
                gathered.warning(place.clone(), what, "correct the reference, or take it out");
            }
        }
    }
    for (number, problem) in check_with_records(&authority.code, &estate.choices, records) {
        gathered.warning(estate.places[number].clone(), problem.what, problem.hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_the_register_writes_them() {
        let text = "on = 2014-03-31\n[[share]]\nshared = true\n[[share]]\nkind = \"applications\"\nrecords = [\"A1\"]\nfields = [\"annual_cost\"]\nshared = false\n";
        let mut gathered = Gathered::default();
        let estate = read("scc/estate.toml", text, &mut gathered);
        assert_eq!(gathered.findings, []);
        assert_eq!(estate.on, Some(Date::constant(2014, 3, 31)));
        let written: Vec<serde_json::Value> =
            estate.choices.iter().map(|choice| serde_json::to_value(choice).unwrap()).collect();
        assert_eq!(written[0], serde_json::json!({"records": "all", "fields": "all", "shared": true}));
        assert_eq!(
            written[1],
            serde_json::json!({
                "kind": "applications", "records": ["A1"], "fields": ["annual_cost"], "shared": false
            })
        );
    }

    #[test]
    fn a_band_or_a_subtotal_is_given_for_figures_only() {
        let text = "[[share]]\nkind = \"contracts\"\nfields = \"value\"\nshared = false\ninstead = \"band\"\n[[share]]\nfields = \"supplier\"\nshared = false\ninstead = \"subtotal\"\n[[share]]\nshared = false\ninstead = \"bnad\"\n[[share]]\nshared = true\ninstead = \"band\"\n";
        let mut gathered = Gathered::default();
        let estate = read("scc/estate.toml", text, &mut gathered);
        assert_eq!(estate.choices.len(), 1);
        assert_eq!(estate.choices[0].instead, Some(Instead::Band));
        let said: Vec<String> = gathered.findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "error: scc/estate.toml, [[share]] 2, instead, line 6: \"supplier\" holds no figure that can be kept back, so that it has no subtotal\n  hint: name only fields of money, counts or numbers, or take \"instead\" out",
                "error: scc/estate.toml, [[share]] 3, instead, line 12: \"bnad\" is not what can be given instead\n  hint: did you mean \"band\"?",
                "error: scc/estate.toml, [[share]] 4, instead, line 13: the choice shares what it names, so that no band is given instead\n  hint: take \"instead\" out, or write shared = false",
            ]
        );
    }

    #[test]
    fn a_choice_that_is_not_understood_shares_nothing_and_says_why() {
        let text = "on = \"31/02/2014\"\n[[share]]\nkind = \"aplications\"\nshared = true\n[[share]]\nfeilds = [\"x\"]\nshared = true\n[[share]]\nfields = [\"anual_cost\"]\nshared = \"yes\"\n[[share]]\nkind = \"applications\"\n";
        let mut gathered = Gathered::default();
        let estate = read("scc/estate.toml", text, &mut gathered);
        assert!(estate.choices.is_empty());
        let said: Vec<String> = gathered.findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "error: scc/estate.toml, on, line 1: there is no 31 February 2014\n  hint: correct the day",
                "error: scc/estate.toml, [[share]] 1, kind, line 3: \"aplications\" is not a kind of an authority's entries\n  hint: did you mean \"applications\"?",
                "error: scc/estate.toml, [[share]] 2, line 6: \"feilds\" is not known here\n  hint: did you mean \"fields\"?",
                "error: scc/estate.toml, [[share]] 3, shared, line 10: it is neither true nor false\n  hint: write shared = true or shared = false",
                "error: scc/estate.toml, [[share]] 3, fields, line 8: there is no field \"anual_cost\"\n  hint: did you mean \"annual_cost\"?",
                "error: scc/estate.toml, [[share]] 4, line 11: the choice does not say whether it shares\n  hint: add shared = true or shared = false",
            ]
        );
    }
}

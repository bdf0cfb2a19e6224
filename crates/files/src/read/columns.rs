//! The headings of a sheet: which column holds which field.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::FinancialYear;
use penshaw_register::{Field, FieldKind, Kind};

use super::convert;
use super::gathered::Gathered;
use super::limits::{HEADINGS_WITHIN, MOST_COLUMNS};
use super::nearest::{nearest, shortened};
use super::other_names;
use super::sheet::{Row, Sheet};
use super::written::{Written, Wrong};
use crate::year_headings;

/// The heading of the column of references.
pub(crate) const REFERENCE: &str = "Reference";
/// The heading of the column that says how sure an entry is.
pub(crate) const CONFIDENCE: &str = "Confidence";

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    Reference,
    Confidence,
    Field(&'static Field),
    Year(&'static Field, FinancialYear),
}

/// The columns of a sheet.
pub(super) struct Columns {
    /// The row of the headings.
    pub(super) row: usize,
    /// What each column holds, by its place; columns that hold nothing known are left out.
    pub(super) holds: BTreeMap<usize, Holds>,
    /// The headings as they are written.
    headings: BTreeMap<usize, String>,
}

impl Columns {
    pub(super) fn heading(&self, column: usize) -> &str {
        self.headings.get(&column).map(String::as_str).unwrap_or_default()
    }

    /// The column of references; none where references are made of what entries hold.
    pub(super) fn reference(&self) -> Option<usize> {
        let mut columns = self.holds.iter();
        let found = columns.find(|(_, holds)| matches!(holds, Holds::Reference));
        found.map(|(column, _)| *column)
    }

    /// Whether the table is headed as bodies publish theirs and not by the register's own template.
    pub(super) fn is_published(&self, kind: Kind) -> bool {
        let own = self.reference().is_some_and(|column| plain(self.heading(column)) == "reference");
        let sure = self.holds.values().any(|holds| matches!(holds, Holds::Confidence));
        match kind {
            Kind::Payment => !own || !sure,
            Kind::Contract => !own,
            _ => false,
        }
    }

    /// The first column of a field.
    pub(super) fn of(&self, field: &str) -> Option<usize> {
        let mut columns = self.holds.iter();
        let found = columns.find(|(_, holds)| match holds {
            Holds::Field(held) | Holds::Year(held, _) => held.name == field,
            Holds::Reference | Holds::Confidence => false,
        });
        found.map(|(column, _)| *column)
    }
}

/// Finds the headings of a sheet and says what is wrong with them; `None` where nothing can be read.
pub(super) fn find(sheet: &Sheet, kind: Kind, gathered: &mut Gathered) -> Option<Columns> {
    let Some(row) = headings(sheet, kind) else {
        gathered.error(
            sheet.place.clone(),
            "there is no row of headings",
            format!("head the columns \"{REFERENCE}\", {}", labels(kind)),
        );
        return None;
    };
    let mut columns = Columns { row: row.number, holds: BTreeMap::new(), headings: BTreeMap::new() };
    let mut strangers = Vec::new();
    let mut others = Vec::new();
    for (column, written) in row.cells.iter().take(MOST_COLUMNS) {
        let Some(heading) = written.as_text().filter(|heading| !heading.is_empty()) else { continue };
        columns.headings.insert(*column, shortened(&heading));
        match held(kind, &heading) {
            Some(holds) => add(sheet, &mut columns, *column, holds, gathered),
            None if is_other(kind, &plain(&heading)) => others.push((*column, heading)),
            None => unknown(sheet, kind, (row.number, *column), &heading, &mut strangers, gathered),
        }
    }
    hold_others(kind, others, &mut columns, &mut strangers);
    pass_over(sheet, row.number, &strangers, gathered);
    say_vat(sheet, kind, &columns, gathered);
    headless(sheet, kind, &columns, gathered);
    require(sheet, kind, &columns, gathered).then_some(columns)
}

/// Whether a heading names a field or the reference by another name than its own.
fn is_other(kind: Kind, plain_heading: &str) -> bool {
    other_names::field(kind, plain_heading).is_some() || other_names::is_reference(kind, plain_heading)
}

/// Columns headed by another name of a field, where no other column holds it: of several such, the best.
fn hold_others(kind: Kind, mut others: Vec<(usize, String)>, columns: &mut Columns, strangers: &mut Vec<String>) {
    others.sort_by_key(|(column, heading)| (other_names::rank(kind, &plain(heading)), *column));
    for (column, heading) in others {
        let name = plain(&heading);
        if other_names::is_reference(kind, &name) && columns.reference().is_none() {
            columns.holds.insert(column, Holds::Reference);
            continue;
        }
        let field = other_names::field(kind, &name);
        let held = field.and_then(|field| columns.of(field.name));
        match (field, held) {
            (Some(field), None) => {
                columns.holds.insert(column, Holds::Field(field));
            }
            (Some(field), Some(own))
                if names(field, &plain(columns.heading(own))) && other_names::is_better(kind, &name) =>
            {
                columns.holds.remove(&own);
                strangers.push(format!("\"{}\"", columns.heading(own)));
                columns.holds.insert(column, Holds::Field(field));
            }
            _ => strangers.push(format!("\"{}\"", shortened(&heading))),
        }
    }
}

/// The row of headings: the first that names the reference and another column, or else
/// the first that names two columns.
fn headings(sheet: &Sheet, kind: Kind) -> Option<&Row> {
    let known = |row: &&Row| {
        let texts = row.cells.iter().take(MOST_COLUMNS).filter_map(|(_, written)| written.as_text());
        texts.filter(|text| held(kind, text).is_some() || is_other(kind, &plain(text))).count()
    };
    let refers = |row: &&Row| {
        let mut texts = row.cells.iter().take(MOST_COLUMNS).filter_map(|(_, written)| written.as_text());
        texts.any(|text| {
            matches!(held(kind, &text), Some(Holds::Reference)) || other_names::is_reference(kind, &plain(&text))
        })
    };
    let rows = || sheet.rows.iter().take(HEADINGS_WITHIN);
    rows()
        .find(|row| refers(row) && known(row) >= 2)
        .or_else(|| rows().find(|row| known(row) >= 2))
        .or_else(|| rows().find(refers))
}

fn held(kind: Kind, heading: &str) -> Option<Holds> {
    let wanted = plain(heading);
    match wanted.as_str() {
        "reference" => return Some(Holds::Reference),
        "confidence" => return Some(Holds::Confidence),
        _ => {}
    }
    if let Some((field, year)) = year_of_field(kind, heading, &wanted) {
        return Some(Holds::Year(field, year));
    }
    let mut fields = kind.fields().iter().filter(|field| field.kind != FieldKind::AmountsByYear);
    fields.find(|field| names(field, &wanted)).map(Holds::Field)
}

/// The field and the year that a heading names: a year after the field's heading, or alone where the kind has one.
fn year_of_field(kind: Kind, heading: &str, wanted: &str) -> Option<(&'static Field, FinancialYear)> {
    let mut fields = year_headings::fields(kind);
    let after = fields.find_map(|field| {
        let rest = wanted.strip_prefix(&plain(field.label))?.strip_prefix(' ')?;
        Some((field, year(rest).ok()?))
    });
    let alone = || year_headings::fields(kind).next().filter(|_| !year_headings::has_several(kind));
    after.or_else(|| Some((alone()?, year(heading).ok()?)))
}

/// The financial year that a heading names.
fn year(heading: &str) -> Result<FinancialYear, Wrong> {
    convert::year(&Written::Text(heading.trim().trim_end_matches('*').to_owned()))
}

/// Whether a heading names a field, by its label or by its name.
pub(super) fn names(field: &Field, plain_heading: &str) -> bool {
    plain(field.label) == plain_heading || field.name.replace('_', " ") == plain_heading
}

/// A heading without its case, its mark of what is required, and underscores.
pub(super) fn plain(heading: &str) -> String {
    let bare = heading.trim().trim_end_matches('*').replace('_', " ").to_lowercase();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(sheet: &Sheet, columns: &mut Columns, column: usize, holds: Holds, gathered: &mut Gathered) {
    let same = |other: &Holds| match (other, &holds) {
        (Holds::Reference, Holds::Reference) | (Holds::Confidence, Holds::Confidence) => true,
        (Holds::Field(one), Holds::Field(other)) => one.name == other.name,
        (Holds::Year(field, one), Holds::Year(other, year)) => field.name == other.name && one == year,
        _ => false,
    };
    if columns.holds.values().any(same) {
        let place = sheet.at(sheet.cell(columns.row, column, columns.heading(column)));
        gathered.error(
            place,
            format!("\"{}\" is the heading of two columns", columns.heading(column)),
            "keep one of them, or give the other another heading",
        );
        return;
    }
    columns.holds.insert(column, holds);
}

/// Says that a column is not read, where it was meant to be; others are named together.
fn unknown(
    sheet: &Sheet,
    kind: Kind,
    (row, column): (usize, usize),
    heading: &str,
    strangers: &mut Vec<String>,
    gathered: &mut Gathered,
) {
    let place = || sheet.at(sheet.cell(row, column, &shortened(heading)));
    if let (Ok(year), true) = (year(heading), year_headings::has_several(kind)) {
        let fields: Vec<String> = year_headings::fields(kind)
            .map(|field| format!("\"{}\"", year_headings::heading(kind, field, year)))
            .collect();
        let what = format!("\"{}\" does not say which amounts stand under it", shortened(heading));
        return gathered.error(place(), what, format!("head the column with one of: {}", fields.join(", ")));
    }
    if year(heading).is_ok() {
        let what = format!("{} hold no amounts by year: the column {heading} is not read", kind.sheet().to_lowercase());
        return gathered.warning(place(), what, "delete it, or move the amounts to a sheet that holds them");
    }
    if has_years(kind) && heading.contains(|character: char| character.is_ascii_digit()) {
        let what =
            format!("\"{}\" is no financial year, so that the amounts under it are not read", shortened(heading));
        return gathered.error(place(), what, "head the column with a year such as 2014/15, or delete it");
    }
    let fields = kind.fields().iter().filter(|field| field.kind != FieldKind::AmountsByYear).map(|field| field.label);
    match nearest(heading, [REFERENCE, CONFIDENCE].into_iter().chain(fields)) {
        Some(near) => {
            let what = format!("the column \"{}\" is not known and not read", shortened(heading));
            gathered.warning(place(), what, format!("did you mean \"{near}\"?"));
        }
        None => strangers.push(format!("\"{}\"", shortened(heading))),
    }
}

/// Says where amounts are read from a column that holds VAT.
fn say_vat(sheet: &Sheet, kind: Kind, columns: &Columns, gathered: &mut Gathered) {
    for (column, holds) in &columns.holds {
        if matches!(holds, Holds::Field(_)) && other_names::holds_vat(kind, &plain(columns.heading(*column))) {
            let place = sheet.at(sheet.cell(columns.row, *column, columns.heading(*column)));
            let what = "the amounts hold VAT: they are larger than what the authority bears";
            gathered.warning(place, what, "give the amounts without VAT that is recovered, if the ledger has them");
        }
    }
}

fn pass_over(sheet: &Sheet, row: usize, strangers: &[String], gathered: &mut Gathered) {
    const NAMED: usize = 10;
    if strangers.is_empty() {
        return;
    }
    let more = strangers.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let names = strangers.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    gathered.warning(
        sheet.at(sheet.row(row)),
        format!("columns that are not known and not read: {names}{more}"),
        "nothing else is lost; give them the headings of the template if they hold its fields",
    );
}

/// Says where a value stands under no heading: amounts by year would be lost without a word.
fn headless(sheet: &Sheet, kind: Kind, columns: &Columns, gathered: &mut Gathered) {
    let mut said: BTreeSet<usize> = BTreeSet::new();
    for row in sheet.rows.iter().filter(|row| row.number > columns.row) {
        let stray = row.cells.iter().take(MOST_COLUMNS).filter(|(_, written)| is_written(written));
        for (column, _) in stray.filter(|(column, _)| !columns.headings.contains_key(column)) {
            if !said.insert(*column) {
                continue;
            }
            let place = sheet.at(sheet.cell(row.number, *column, ""));
            let what = "a value stands under no heading and is not read";
            let hint = "give its column a heading of the template, or delete what stands in it";
            if has_years(kind) {
                gathered.error(place, what, hint);
            } else {
                gathered.warning(place, what, hint);
            }
        }
    }
}

fn has_years(kind: Kind) -> bool {
    kind.fields().iter().any(|field| field.kind == FieldKind::AmountsByYear)
}

/// Whether the columns that every entry needs are there.
fn require(sheet: &Sheet, kind: Kind, columns: &Columns, gathered: &mut Gathered) -> bool {
    let place = || sheet.at(sheet.row(columns.row));
    for field in kind.fields().iter().filter(|field| field.required) {
        if columns.of(field.name).is_none() && other_names::unsaid(field).is_none() {
            let (what, hint) = match field.kind {
                FieldKind::AmountsByYear => (
                    "there is no column of a financial year".to_owned(),
                    "head a column for each year, such as 2014/15".to_owned(),
                ),
                _ => (format!("the column \"{}\" is missing", field.label), format!("add it: {}", field.help)),
            };
            gathered.error(place(), what, hint);
        }
    }
    let refers = columns.reference().is_some();
    if !refers && other_names::makes_references(kind) {
        let (by, example) = other_names::named_by(kind);
        gathered.warning(
            place(),
            format!("there is no column \"{REFERENCE}\", so that each entry is named by its {by}"),
            format!("nothing is lost; the same file read again gives the same references, such as {example}"),
        );
        return true;
    }
    if !refers {
        gathered.error(
            place(),
            format!("the column \"{REFERENCE}\" is missing"),
            "add it: each entry needs a reference of its own, such as A1",
        );
    }
    refers
}

fn labels(kind: Kind) -> String {
    let labels = kind.fields().iter().map(|field| match field.kind {
        FieldKind::AmountsByYear => "\"2014/15\" and so on".to_owned(),
        _ => format!("\"{}\"", field.label),
    });
    labels.take(4).collect::<Vec<_>>().join(", ")
}

/// Whether a heading row is all that a sheet has to say.
pub(super) fn is_written(written: &Written) -> bool {
    !written.is_blank()
}

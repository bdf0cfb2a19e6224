//! Tables that public bodies publish, known by their headings: spending over £500, registers of contracts, award notices.

use std::collections::BTreeMap;

use penshaw_register::Kind;

use super::authority_name::same_authority;
use super::columns::plain;
use super::gathered::Gathered;
use super::limits::HEADINGS_WITHIN;
use super::notes::counted;
use super::other_names;
use super::published_names::BODY;
use super::sheet::{Row, Sheet};

/// Kinds of entry that are published under headings of their own, and what a table of them must at least name.
const PUBLISHED: &[(Kind, &[&str])] =
    &[(Kind::Payment, &["supplier", "amount"]), (Kind::Contract, &["title", "supplier"])];

/// The kind of entry that a table holds by its headings, if it is one that bodies publish.
pub(super) fn kind_of(sheet: &Sheet) -> Option<Kind> {
    let rows = || sheet.rows.iter().take(HEADINGS_WITHIN);
    let found = PUBLISHED.iter().find(|(kind, needed)| rows().any(|row| names_all(row, *kind, needed)));
    found.map(|(kind, _)| *kind)
}

fn names_all(row: &Row, kind: Kind, needed: &[&str]) -> bool {
    let headings: Vec<String> = texts(row).map(|(_, heading)| plain(&heading)).collect();
    let is_named = |field: &str| {
        headings.iter().any(|heading| other_names::field_named(kind, heading).is_some_and(|found| found.name == field))
    };
    needed.iter().all(|field| is_named(field))
}

pub(super) fn texts(row: &Row) -> impl Iterator<Item = (usize, String)> {
    row.cells.iter().filter_map(|(column, written)| Some((*column, written.as_text()?)))
}

/// The row of headings and the column that names the body of each line.
fn body_column(sheet: &Sheet, kind: Kind) -> Option<(usize, usize)> {
    let needed = PUBLISHED.iter().find(|(known, _)| *known == kind)?.1;
    let row = sheet.rows.iter().take(HEADINGS_WITHIN).find(|row| names_all(row, kind, needed))?;
    let best = |wanted: &&str| texts(row).find(|(_, heading)| plain(heading) == **wanted).map(|(column, _)| column);
    Some((row.number, BODY.iter().find_map(best)?))
}

/// Leaves only the lines of an authority in a table that names bodies, and says how many are of others.
pub(super) fn leave_own(sheet: &mut Sheet, kind: Kind, authority: &str, gathered: &mut Gathered) {
    let Some((headings, column)) = body_column(sheet, kind) else { return };
    let mut others: BTreeMap<String, u64> = BTreeMap::new();
    sheet.rows.retain(|row| {
        let body = row.at(column).filter(|_| row.number > headings).and_then(|written| written.as_text());
        match body {
            Some(body) if !body.is_empty() && !same_authority(&body, authority) => {
                *others.entry(body).or_default() += 1;
                false
            }
            _ => true,
        }
    });
    if !others.is_empty() {
        let count: u64 = others.values().sum();
        let what = format!("{count} lines are of other bodies, and set aside: {}", counted(&others));
        let hint = format!("nothing to do if they are not {authority}'s; otherwise correct the name in the file");
        gathered.warning(sheet.place.clone(), what, hint);
    }
}

/// A table for each body that it names, with the headings; nothing where it names none.
pub(super) fn by_body(sheet: Sheet, kind: Kind) -> Result<BTreeMap<String, Sheet>, Sheet> {
    let Some((headings, column)) = body_column(&sheet, kind) else { return Err(sheet) };
    let Sheet { place, form, rows } = sheet;
    let (first, lines): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.number <= headings);
    let mut bodies: BTreeMap<String, Sheet> = BTreeMap::new();
    for row in lines {
        let body = row.at(column).and_then(|written| written.as_text()).unwrap_or_default();
        let of_body = bodies.entry(body).or_insert_with(|| Sheet { place: place.clone(), form, rows: first.clone() });
        of_body.rows.push(row);
    }
    Ok(bodies)
}

/// The number of the first row after the headings.
pub(super) fn first_line(sheet: &Sheet, kind: Kind) -> usize {
    body_column(sheet, kind).map_or(0, |(headings, _)| headings + 1)
}

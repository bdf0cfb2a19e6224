//! A catalogue to be matched with another: `id,name` and what else is known of each entry; and pairs that are known to match.

use penshaw_register::{CatalogueEntry, Finding};

use super::contents::Contents;
use super::delimited;
use super::gathered::{Gathered, place};
use super::sheet::{Row, Sheet};
use super::written::Written;
use super::{by_place, decode};

/// Reads a catalogue as CSV.
///
/// Returns the entries and what was found that stops nothing: costs that are no numbers.
///
/// ```
/// let (rows, findings) = penshaw_files::read::catalogue("a.csv", b"id,name,supplier\n1,Council Tax Live,Example\n").unwrap();
/// assert_eq!((rows[0].name.as_str(), rows[0].supplier.as_str(), findings.len()), ("Council Tax Live", "Example", 0));
/// ```
///
/// # Errors
/// All that is wrong with it: columns that are missing, ids that are empty or there twice.
pub fn catalogue(file: &str, bytes: &[u8]) -> Result<(Vec<CatalogueEntry>, Vec<Finding>), Vec<Finding>> {
    let (sheet, mut gathered) = sheet(file, bytes)?;
    let Some((head, rows)) = sheet.rows.split_first() else {
        gathered.error(sheet.place.clone(), "the file is empty", "begin with the line: id,name");
        return Err(gathered.findings);
    };
    let columns: Vec<Option<usize>> = COLUMNS.iter().map(|name| column(head, name)).collect();
    let [Some(id), Some(_)] = columns[..2] else {
        let what = "there are no columns \"id\" and \"name\"";
        gathered.error(sheet.place.clone(), what, "begin with the line: id,name");
        return Err(gathered.findings);
    };
    let mut seen = std::collections::HashSet::new();
    let mut entries = Vec::with_capacity(rows.len());
    let mut sound = true;
    for row in rows {
        let text =
            |at: usize| columns[at].and_then(|column| row.at(column)).and_then(Written::as_text).unwrap_or_default();
        let at_id = || sheet.at(sheet.cell(row.number, id, "id"));
        let own = text(0);
        if own.is_empty() {
            gathered.error(at_id(), "the entry has no id", "give each entry an id of its own");
            sound = false;
        } else if !seen.insert(own.clone()) {
            gathered.error(at_id(), format!("the id {own} is there twice"), "give each entry an id of its own");
            sound = false;
        }
        let cost = text(6);
        let annual_cost = amount(&cost);
        if annual_cost.is_none() && !cost.is_empty() {
            let cell = sheet.at(sheet.cell(row.number, columns[6].unwrap_or_default(), "annual_cost"));
            gathered.warning(cell, "the cost is no number and was left out", "write digits, such as 1200.00");
        }
        entries.push(CatalogueEntry {
            id: own,
            name: text(1),
            supplier: text(2),
            version: text(3),
            function: text(4),
            description: text(5),
            annual_cost,
            users: None,
        });
    }
    if sound { Ok((entries, gathered.findings)) } else { Err(by_place(gathered.findings)) }
}

const COLUMNS: [&str; 7] = ["id", "name", "supplier", "version", "function", "description", "annual cost"];

/// Reads pairs that are known to match, `left,right`, by their ids.
///
/// # Errors
/// If it has no such columns.
pub fn true_pairs(file: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, Vec<Finding>> {
    let (sheet, mut gathered) = sheet(file, bytes)?;
    let found =
        sheet.rows.split_first().and_then(|(head, rows)| Some((column(head, "left")?, column(head, "right")?, rows)));
    let Some((left, right, rows)) = found else {
        let what = "there are no columns \"left\" and \"right\"";
        gathered.error(sheet.place.clone(), what, "begin with the line: left,right");
        return Err(gathered.findings);
    };
    let text = |row: &Row, column: usize| row.at(column).and_then(Written::as_text).unwrap_or_default();
    Ok(rows.iter().map(|row| (text(row, left), text(row, right))).collect())
}

fn sheet(file: &str, bytes: &[u8]) -> Result<(Sheet, Gathered), Vec<Finding>> {
    let mut gathered = Gathered::default();
    if let Some(wrong) = Contents::of(bytes).not_text("CSV") {
        gathered.wrong(place(file, None), wrong);
        return Err(gathered.findings);
    }
    let sheet = delimited::sheet(file, &decode::text(bytes), &mut gathered);
    Ok((sheet, gathered))
}

fn column(head: &Row, wanted: &str) -> Option<usize> {
    let named = |written: &Written| {
        written.as_text().is_some_and(|text| super::columns::plain(&text).replace('_', " ") == wanted)
    };
    head.cells.iter().find(|(_, written)| named(written)).map(|(column, _)| *column)
}

/// An amount in digits, with commas or without, and with £ or GBP about it or without.
pub(super) fn amount(text: &str) -> Option<f64> {
    let plain = text.trim().to_lowercase();
    let plain = plain.strip_prefix("gbp").or_else(|| plain.strip_suffix("gbp")).unwrap_or(&plain);
    let plain = plain.trim().trim_start_matches('£').replace(',', "");
    plain.parse().ok().filter(|amount: &f64| amount.is_finite())
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn an_amount_is_digits_with_or_without_its_currency() {
        for (text, pounds) in [("1,200.50", 1200.5), ("£900", 900.0), ("69.71 gbp", 69.71), ("GBP 5", 5.0)] {
            assert_eq!(amount(text), Some(pounds), "{text}");
        }
        for text in ["", "free", "$5", "1 or 2", "inf", "£"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}

//! Entries of a kind as CSV and as a workbook, drawn from its fields, which the readers read back as they were.

mod cells;
mod workbook;

use penshaw_documents::Value as Shown;
use penshaw_register::{FieldKind, Kind, Record};
use serde_json::Value;

use crate::apostrophe::guarded;
use cells::Cell;

pub(crate) use cells::pounds_text;
pub use workbook::xlsx;

/// The mark by which Excel knows that a file is UTF-8, and shows £ and é as they are.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A value as somebody would type it into a form: what [`crate::read::value`] reads as the same value.
///
/// ```
/// use penshaw_files::write::entries::typed;
/// use penshaw_register::FieldKind;
/// assert_eq!(typed(FieldKind::Money, &125_050.into()), "1250.50");
/// assert_eq!(typed(FieldKind::Date, &"2016-03-31".into()), "31 March 2016");
/// ```
pub fn typed(kind: FieldKind, value: &Value) -> String {
    match (kind, value) {
        (FieldKind::AmountsByYear, Value::Object(years)) => {
            let amounts = years.iter().map(|(year, amount)| format!("{year}: {}", typed(FieldKind::Money, amount)));
            amounts.collect::<Vec<_>>().join("\n")
        }
        (FieldKind::List | FieldKind::References(_), Value::Array(items)) if items.iter().any(has_a_line_break) => {
            value.to_string()
        }
        _ => match cells::cell(kind, value) {
            Cell::Blank => String::new(),
            Cell::Text(text) | Cell::Number { text, .. } => text,
            Cell::Day(day) => Shown::Day(day).to_string(),
        },
    }
}

fn has_a_line_break(item: &Value) -> bool {
    item.as_str().is_some_and(|word| word.contains('\n'))
}

/// The records of a kind as CSV: a column a field under the headings of the template,
/// a column a year for amounts, and how sure each record is.
///
/// A text that a spreadsheet would take for a formula has an apostrophe before it,
/// which `read` takes off again. Records of other kinds are left out.
///
/// ```
/// use penshaw_register::{Kind, Record};
/// let mut site = Record::new(Kind::Site, "S1");
/// site.fields.insert("name".into(), "=North".into());
/// let csv = String::from_utf8(penshaw_files::write::entries::csv(Kind::Site, &[site]))?;
/// assert!(csv.contains("\nS1,'=North,"));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn csv(kind: Kind, records: &[Record]) -> Vec<u8> {
    let records = of_kind(kind, records);
    let columns = cells::columns(kind, &records);
    let mut text = BYTE_ORDER_MARK.to_owned();
    line(&mut text, columns.iter().map(|column| column.heading(kind)));
    for record in records {
        line(&mut text, columns.iter().map(|column| written(column.cell(record))));
    }
    text.into_bytes()
}

fn of_kind(kind: Kind, records: &[Record]) -> Vec<&Record> {
    records.iter().filter(|record| record.kind == kind).collect()
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => guarded(&text).into_owned(),
        Cell::Number { text, .. } => text,
        Cell::Day(day) => day.to_string(),
    }
}

/// Adds a line of CSV; a value that holds what separates others stands between quotation marks.
pub(crate) fn line(text: &mut String, values: impl Iterator<Item = String>) {
    for (place, value) in values.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if value.contains([',', ';', '"', '\n', '\r', '\t']) {
            text.push('"');
            text.push_str(&value.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&value);
        }
    }
    text.push('\n');
}

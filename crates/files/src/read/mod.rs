//! Files read as records, with every finding by file, sheet and cell: workbooks, CSV, TOML, JSON, whole folders.
//!
//! A reader never stops at the first mistake and never panics on what people write. It reads
//! what can be read and says of the rest what is wrong and what to do. Reading a folder runs the
//! register's own checks too, so that its findings are all there are.

mod authority_name;
mod catalogue;
mod columns;
mod contents;
mod convert;
#[cfg(test)]
mod convert_tests;
mod cost_table;
mod days;
mod decode;
mod delimited;
mod estate;
mod folder;
mod gathered;
mod guard;
mod inventory;
mod json_file;
mod lgr;
pub mod limits;
mod many_lists;
mod mended;
mod nearest;
mod notes;
mod notices;
mod ocds;
mod of_bodies;
mod other_names;
mod owner;
mod partnership;
mod pasted;
mod published;
mod published_names;
mod rows;
mod safe_name;
mod sheet;
pub mod sndlib;
mod tables;
mod tally;
mod toml_text;
mod value;
mod workbook;
mod written;

use penshaw_register::{Finding, Holder, Place, Record, Severity};

pub use authority_name::{code_of, same_authority};
pub use catalogue::{catalogue, true_pairs};
pub use cost_table::{CostTable, cost_table};
pub use estate::ESTATE_FILE;
pub use folder::{Folder, ReadError, folder};
pub use inventory::{Hand, Holds, Inventory, Item, Keys, MEMBER_BITS, Reason, SetAside, Taker, Wanted, inventory};
pub use many_lists::{ManyLists, many_lists, true_groups};
pub use of_bodies::{BodiesAsked, OfBodies, OfBody, of_bodies};
pub use partnership::PARTNERSHIP_FILE;
pub use pasted::pasted;
pub use safe_name::safe_name;
pub use tally::Tally;
pub use value::{Misread, amount, sureness, value};

pub(crate) use columns::{CONFIDENCE, REFERENCE};
pub(crate) use estate::estate_of;
pub(crate) use folder::is_parameter_path;
pub(crate) use nearest::nearest;
pub(crate) use ocds::terms::method_of as ocds_method_of;
pub(crate) use partnership::{ADOPTION, AUTHORITY, REPORT, partnership_of};
pub(crate) use safe_name::is_plain_path;
pub(crate) use workbook::{LISTS, READ_ME};

use gathered::Gathered;
use owner::Owner;

/// What one file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The entries, those with mistakes among them.
    pub records: Vec<Record>,
    /// What is wrong with the file and with each entry on its own.
    pub findings: Vec<Finding>,
}

/// Reads one file of entries, as somebody may hand it in: a workbook, CSV, or JSON of OCDS or LGR.
///
/// ```
/// use penshaw_register::Holder;
/// let csv = b"Reference,Name,Annual cost\nA1,Academy,85000\nA2,Ledger,12.345\n";
/// let read = penshaw_files::read::file("applications.csv", csv, Holder::Authority);
/// assert_eq!(read.records.len(), 2);
/// assert_eq!(read.findings[0].place.to_string(), "applications.csv, line 3, column Annual cost");
/// ```
pub fn file(name: &str, bytes: &[u8], holder: Holder) -> Read {
    read_for(name, bytes, Owner::of(holder))
}

/// Reads one file for an authority of that name: of files that name bodies, such as OCDS packages,
/// what is its own is read, and the others are counted.
pub fn file_of(name: &str, bytes: &[u8], authority: &str) -> Read {
    read_for(name, bytes, Owner { holder: Holder::Authority, name: Some(authority) })
}

fn read_for(name: &str, bytes: &[u8], owner: Owner<'_>) -> Read {
    let mut gathered = Gathered::default();
    gather(name, bytes, owner, &mut gathered);
    let (records, findings) = gathered.finish();
    Read { records, findings: by_place(findings) }
}

/// The records of a file that is not checked any further.
pub(crate) fn records_of(name: &str, bytes: &[u8], holder: Holder) -> Vec<Record> {
    let mut gathered = Gathered::default();
    gather(name, bytes, Owner::of(holder), &mut gathered);
    gathered.unchecked()
}

/// Reads a file by its name's ending, or by its first line where that says what it is.
fn gather(name: &str, bytes: &[u8], owner: Owner<'_>, gathered: &mut Gathered) {
    if bytes.len() as u64 > limits::LARGEST_FILE {
        return gathered.wrong(gathered::place(name, None), too_large(bytes.len() as u64));
    }
    let before = gathered.findings.len();
    match ending(name).as_str() {
        _ if sndlib::is_native(bytes) => sndlib::read_into(name, bytes, owner.holder, gathered),
        "xlsx" | "xlsm" | "ods" => workbook::read(name, bytes, owner.holder, gathered),
        "csv" | "tsv" => delimited::read(name, bytes, owner, gathered),
        "json" | "jsonl" | "ndjson" => json_file::read(name, bytes, owner, gathered),
        "xls" | "xlsb" => gathered.error(
            gathered::place(name, None),
            "it is a workbook of a form that is not read",
            "open it in Excel or LibreOffice and save it as .xlsx",
        ),
        _ => gathered.warning(
            gathered::place(name, None),
            "it is not a form of file that holds entries, and not read",
            "entries are read from .xlsx, .ods, .csv, .json and .jsonl",
        ),
    }
    pasted::limit(name, before, gathered);
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

fn too_large(bytes: u64) -> written::Wrong {
    too_large_for(bytes, limits::LARGEST_FILE)
}

fn too_large_for(bytes: u64, most: u64) -> written::Wrong {
    let millions = |bytes: u64| bytes.div_ceil(1_000_000);
    written::Wrong::new(
        format!("it is a {} MB file; at most {} MB are read", millions(bytes), millions(most)),
        "split it, or take out pictures and sheets that hold no entries",
    )
}

/// Findings in the order in which somebody would mend them: errors first, then by file, sheet,
/// row and column; each once.
fn by_place(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_cached_key(|finding| (finding.severity, order(&finding.place), finding.clone()));
    findings.dedup();
    findings
}

type Order = (String, Option<String>, String, u64, usize, String);

/// C9 before B10, line 9 before line 10, the second table after the first.
fn order(place: &Place) -> Order {
    let cell = place.cell.clone().unwrap_or_default();
    let line = cell.rfind("line ").map(|at| at + "line ".len());
    let from = line.or_else(|| cell.find(|letter: char| letter.is_ascii_digit())).unwrap_or(cell.len());
    let digits: String = cell[from..].chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse().unwrap_or(0);
    let is_cell =
        from > 0 && from + digits.len() == cell.len() && cell[..from].bytes().all(|byte| byte.is_ascii_uppercase());
    // Rows and lines are compared by their number; other words come before theirs.
    let counted = is_cell || line.is_some() || cell.starts_with("row ");
    let before = if counted { String::new() } else { cell[..from].to_owned() };
    (place.file.clone(), place.sheet.clone(), before, number, if is_cell { from } else { 0 }, cell)
}

/// Whether any of the findings must be mended first.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

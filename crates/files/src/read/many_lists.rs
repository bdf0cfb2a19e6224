//! The entries of many lists in one CSV file, one after another, so that a million of them take little memory.

use std::collections::HashSet;

use penshaw_register::{CatalogueEntry, Finding};

use super::catalogue::amount;
use super::contents::Contents;
use super::delimited::separator;
use super::gathered::{Gathered, place};
use super::{by_place, columns, decode};
use crate::apostrophe::unguarded;

/// What a file of many lists held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManyLists {
    /// How many lines with entries there were.
    pub read: usize,
    /// How many of them were left out, since they lack an id, a name or their list.
    pub set_aside: usize,
    /// What was left out, and why.
    pub findings: Vec<Finding>,
}

/// No more mistakes are told one by one.
const MOST_TOLD: usize = 200;

/// Hands over each entry of a CSV file with the name of its list, which stands in the column `within`.
///
/// ```
/// let mut names = Vec::new();
/// let text = b"id,authority,name,vendor\n1,A,Council Tax Live,Example\n2,,Payroll,\n";
/// let lists = penshaw_files::read::many_lists("register.csv", text, "authority", |list, entry| names.push((list.to_owned(), entry.name)));
/// assert_eq!(names, [("A".to_owned(), "Council Tax Live".to_owned())]);
/// let lists = lists.unwrap();
/// assert_eq!((lists.read, lists.set_aside, lists.findings.len()), (2, 1, 1));
/// ```
///
/// # Errors
/// If it is no CSV, lacks a column that is needed, or has an id twice.
pub fn many_lists(
    file: &str,
    bytes: &[u8],
    within: &str,
    mut each: impl FnMut(&str, CatalogueEntry),
) -> Result<ManyLists, Vec<Finding>> {
    let mut gathered = Gathered::default();
    let text = text(file, bytes, &mut gathered)?;
    let wanted = [&["id"][..], &[within], &["name"], &["supplier", "vendor"], &["version"], &["function"]];
    let more = [&["description"][..], &["annual cost"], &["users"]];
    let (mut reader, columns) = begin(file, &text, &[&wanted[..], &more[..]].concat(), 3, &mut gathered)?;
    let mut lists = ManyLists::default();
    let mut ids: HashSet<String> = HashSet::new();
    let mut sound = true;
    let mut row = csv::StringRecord::new();
    while next(file, &mut reader, &mut row, &mut gathered)? {
        lists.read += 1;
        let text = |at: usize| columns[at].and_then(|column| row.get(column)).map_or("", |text| unguarded(text).trim());
        let at_line = || place(file, format!("line {}", row.position().map_or(0, csv::Position::line)));
        if [0, 1, 2].iter().any(|at| text(*at).is_empty()) {
            lists.set_aside += 1;
            if gathered.findings.len() < MOST_TOLD {
                let what = format!("the entry lacks its id, its name or its {within}, and was left out");
                gathered.warning(at_line(), what, format!("fill in id, name and {within}"));
            }
            continue;
        }
        if !ids.insert(text(0).to_owned()) {
            if gathered.findings.len() < MOST_TOLD {
                let what = format!("the id {} is there twice", text(0));
                gathered.error(at_line(), what, "give each entry an id of its own");
            }
            sound = false;
            continue;
        }
        let number = |at: usize| amount(text(at)).filter(|number| *number > 0.0);
        let entry = CatalogueEntry {
            id: text(0).to_owned(),
            name: text(2).to_owned(),
            supplier: text(3).to_owned(),
            version: text(4).to_owned(),
            function: text(5).to_owned(),
            description: text(6).to_owned(),
            annual_cost: number(7),
            users: number(8),
        };
        each(text(1), entry);
    }
    if !sound {
        return Err(by_place(gathered.findings));
    }
    lists.findings = gathered.findings;
    Ok(lists)
}

/// Reads which thing each id is known to mean, `id,product_id`.
///
/// # Errors
/// If it is no CSV or has no such columns.
pub fn true_groups(file: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, Vec<Finding>> {
    let mut gathered = Gathered::default();
    let text = text(file, bytes, &mut gathered)?;
    let (mut reader, columns) = begin(file, &text, &[&["id"], &["product id"]], 2, &mut gathered)?;
    let mut known = Vec::new();
    let mut row = csv::StringRecord::new();
    while next(file, &mut reader, &mut row, &mut gathered)? {
        let text = |at: usize| columns[at].and_then(|column| row.get(column)).unwrap_or_default().to_owned();
        known.push((text(0), text(1)));
    }
    Ok(known)
}

fn text<'a>(file: &str, bytes: &'a [u8], gathered: &mut Gathered) -> Result<std::borrow::Cow<'a, str>, Vec<Finding>> {
    match Contents::of(bytes).not_text("CSV") {
        Some(wrong) => {
            gathered.wrong(place(file, None), wrong);
            Err(std::mem::take(&mut gathered.findings))
        }
        None => Ok(decode::text(bytes)),
    }
}

type Reader<'a> = csv::Reader<&'a [u8]>;

/// A reader past the headings, and the columns of what is wanted, each by any of its names; the first must be there.
fn begin<'a>(
    file: &str,
    text: &'a str,
    wanted: &[&[&str]],
    needed: usize,
    gathered: &mut Gathered,
) -> Result<(Reader<'a>, Vec<Option<usize>>), Vec<Finding>> {
    let (separator, text, _) = separator(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(plain).collect(),
        Err(_) => Vec::new(),
    };
    let column = |names: &&[&str]| head.iter().position(|have| names.iter().any(|name| plain(name) == *have));
    let columns: Vec<Option<usize>> = wanted.iter().map(column).collect();
    if let Some(lacking) = columns[..needed].iter().position(Option::is_none) {
        let what = format!("there is no column \"{}\"", wanted[lacking][0]);
        let first: Vec<String> = wanted[..needed].iter().map(|names| names[0].replace(' ', "_")).collect();
        gathered.error(place(file, None), what, format!("begin with a line such as: {}", first.join(",")));
        return Err(std::mem::take(&mut gathered.findings));
    }
    Ok((reader, columns))
}

fn plain(heading: &str) -> String {
    columns::plain(heading).replace('_', " ")
}

/// Whether there was another line with something on it.
fn next(
    file: &str,
    reader: &mut Reader,
    row: &mut csv::StringRecord,
    gathered: &mut Gathered,
) -> Result<bool, Vec<Finding>> {
    loop {
        match reader.read_record(row) {
            Ok(true) if row.iter().all(|text| text.trim().is_empty()) => {}
            Ok(more) => return Ok(more),
            Err(error) => {
                let what = format!("it cannot be read as CSV: {error}");
                gathered.error(place(file, None), what, "save it as CSV again");
                return Err(std::mem::take(&mut gathered.findings));
            }
        }
    }
}

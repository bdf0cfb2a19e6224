//! A table of what each coalition would pay: `coalition,cost`, members joined by `+`.

use std::collections::BTreeMap;

use penshaw_register::Finding;

use super::contents::Contents;
use super::delimited;
use super::gathered::{Gathered, place};
use super::limits::MOST_MEMBERS;
use super::nearest::shortened;
use super::sheet::{Row, Sheet};
use super::written::Written;
use super::{by_place, decode};

/// What each coalition of the members would pay, in the unit of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct CostTable {
    /// The members, in the order in which the table first names them.
    pub members: Vec<String>,
    /// The cost of each coalition. Bit *i* of the place is member *i*; nobody pays nothing.
    pub costs: Vec<f64>,
}

/// Reads a cost table: every coalition of the members once, each with its cost.
///
/// ```
/// let table = penshaw_files::read::cost_table("game.csv", b"coalition,cost\nA,6\nB,7\nA+B,10\n").unwrap();
/// assert_eq!(table.members, ["A", "B"]);
/// assert_eq!(table.costs, [0.0, 6.0, 7.0, 10.0]);
/// ```
///
/// # Errors
/// All that is wrong with it: coalitions that are missing or there twice, costs that are no
/// numbers, more members than can be counted.
pub fn cost_table(file: &str, bytes: &[u8]) -> Result<CostTable, Vec<Finding>> {
    let mut gathered = Gathered::default();
    if let Some(wrong) = Contents::of(bytes).not_text("CSV") {
        gathered.wrong(place(file, None), wrong);
        return Err(gathered.findings);
    }
    let sheet = delimited::sheet(file, &decode::text(bytes), &mut gathered);
    let table = read(&sheet, &mut gathered);
    match table {
        Some(table) if gathered.findings.is_empty() => Ok(table),
        _ => Err(by_place(gathered.findings)),
    }
}

fn read(sheet: &Sheet, gathered: &mut Gathered) -> Option<CostTable> {
    let Some((coalition, cost, rows)) = columns(sheet) else {
        gathered.error(
            sheet.place.clone(),
            "there are no columns \"coalition\" and \"cost\"",
            "begin with the line: coalition,cost",
        );
        return None;
    };
    let mut members: Vec<String> = Vec::new();
    let mut lines: Vec<(usize, Vec<String>, Option<f64>)> = Vec::new();
    for row in rows {
        let names = coalition_of(sheet, row, coalition, gathered);
        for name in &names {
            if !members.contains(name) {
                members.push(name.clone());
            }
        }
        lines.push((row.number, names, cost_of(sheet, row, cost, gathered)));
    }
    if members.is_empty() || members.len() > MOST_MEMBERS {
        let what = format!("the table names {} members", members.len());
        gathered.error(sheet.place.clone(), what, format!("a cost table has 1 to {MOST_MEMBERS} members"));
        return None;
    }
    let costs = place_costs(sheet, &members, &lines, gathered);
    missing(sheet, &members, &costs, gathered);
    Some(CostTable { members, costs: costs.into_iter().map(Option::unwrap_or_default).collect() })
}

/// The two columns, and the rows under their headings.
fn columns(sheet: &Sheet) -> Option<(usize, usize, &[Row])> {
    let (head, rows) = sheet.rows.split_first()?;
    let named = |wanted: &str| {
        let mut cells = head.cells.iter();
        let found =
            cells.find(|(_, written)| written.as_text().is_some_and(|text| super::columns::plain(&text) == wanted));
        found.map(|(column, _)| *column)
    };
    Some((named("coalition")?, named("cost")?, rows))
}

fn coalition_of(sheet: &Sheet, row: &Row, column: usize, gathered: &mut Gathered) -> Vec<String> {
    let text = row.at(column).and_then(Written::as_text).unwrap_or_default();
    let names: Vec<String> = text.split('+').map(|name| name.trim().to_owned()).collect();
    let place = || sheet.at(sheet.cell(row.number, column, "coalition"));
    if names.iter().any(String::is_empty) {
        let what = format!("\"{}\" is not a coalition", shortened(&text));
        gathered.error(place(), what, "join the members by +, as A+B");
        return Vec::new();
    }
    let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    if let Some((_, name)) = twice {
        gathered.error(place(), format!("the coalition names {name} twice"), "name each member once");
        return Vec::new();
    }
    names
}

fn cost_of(sheet: &Sheet, row: &Row, column: usize, gathered: &mut Gathered) -> Option<f64> {
    let text = row.at(column).and_then(Written::as_text).unwrap_or_default();
    let place = sheet.at(sheet.cell(row.number, column, "cost"));
    let plain = text.trim_start_matches('£').replace(',', "");
    let number = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    let digits = plain.starts_with(|first: char| first.is_ascii_digit() || ".-".contains(first));
    match number.filter(|_| digits) {
        None => {
            let what = format!("\"{}\" is not a number", shortened(&text));
            gathered.error(place, what, "write digits, such as 34.69");
            None
        }
        Some(cost) if cost < 0.0 => {
            gathered.error(place, format!("the cost {cost} is negative"), "write what the coalition pays, from 0");
            None
        }
        Some(cost) => Some(cost + 0.0),
    }
}

/// The cost of each coalition by its place; nothing where it is missing.
fn place_costs(
    sheet: &Sheet,
    members: &[String],
    lines: &[(usize, Vec<String>, Option<f64>)],
    gathered: &mut Gathered,
) -> Vec<Option<f64>> {
    let bits: BTreeMap<&str, usize> = members.iter().enumerate().map(|(bit, name)| (name.as_str(), 1 << bit)).collect();
    let mut costs = vec![None; 1 << members.len()];
    let mut first = BTreeMap::new();
    costs[0] = Some(0.0);
    for (line, names, cost) in lines.iter().filter(|(_, names, _)| !names.is_empty()) {
        let coalition: usize = names.iter().map(|name| bits[name.as_str()]).sum();
        if let Some(earlier) = first.insert(coalition, *line) {
            let what = format!("{} is there twice: first in line {earlier}", names.join("+"));
            gathered.error(sheet.at(format!("line {line}")), what, "keep one of the two lines");
        }
        // A cost that could not be read has been refused; it is not missing as well.
        costs[coalition] = Some(cost.unwrap_or(0.0));
    }
    costs
}

/// One finding that lists the coalitions without a line.
fn missing(sheet: &Sheet, members: &[String], costs: &[Option<f64>], gathered: &mut Gathered) {
    const LISTED: usize = 20;
    let missing: Vec<usize> = (0..costs.len()).filter(|coalition| costs[*coalition].is_none()).collect();
    if missing.is_empty() {
        return;
    }
    let name = |coalition: &usize| {
        let names = members.iter().enumerate().filter(|(bit, _)| coalition & (1 << bit) != 0);
        names.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("+")
    };
    let mut names: Vec<String> = missing.iter().take(LISTED).map(name).collect();
    if missing.len() > LISTED {
        names.push(format!("and {} more", missing.len() - LISTED));
    }
    gathered.error(
        sheet.place.clone(),
        format!("{} of {} coalitions have no cost: {}", missing.len(), costs.len() - 1, names.join(", ")),
        "add a line for each",
    );
}

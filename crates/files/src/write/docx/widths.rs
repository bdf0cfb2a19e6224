//! How wide a table's columns must be, at which size of type, and whether a page is wide enough.

use penshaw_documents::{Cell, Placed, RowKind, Support, Table, text_width};

use super::front::TEXT_WIDTH;
use crate::write::words::after;

/// The sizes of type in tables, in half points, from the most to the least readable.
const SIZES: [u32; 5] = [19, 18, 17, 16, 15];

/// What the sides of a cell and the roundness of estimates take, in twentieths of a point.
const SIDES: f64 = 130.0;

/// The width beyond which words ask for less than they would fill, in twentieths of a point.
const WIDEST: f64 = 4_500.0;

/// A table's columns, in twentieths of a point, and its size of type in half points.
pub struct Fitted {
    pub columns: Vec<u32>,
    pub size: u32,
}

/// What a column needs at least, and would take at most.
struct Need {
    least: f64,
    most: f64,
}

/// Whether the table does not fit an upright page even in the smallest type.
pub fn too_wide(table: &Table, placed: &Placed) -> bool {
    least(table, placed, SIZES[SIZES.len() - 1]) > f64::from(TEXT_WIDTH)
}

/// The columns of a table in as few parts as a width has room for, each with the first column; all in one where
/// they fit, or where no parts would.
pub fn parts(table: &Table, placed: &Placed, width: u32) -> Vec<Vec<usize>> {
    let least: Vec<f64> = needs(table, placed, SIZES[SIZES.len() - 1]).iter().map(|need| need.least).collect();
    let room = f64::from(width) - least[0];
    let others: Vec<usize> = (1..least.len()).collect();
    let fits = |columns: &[usize]| columns.iter().map(|column| least[*column]).sum::<f64>() <= room;
    let mut sizes = (1..=others.len()).map(|count| others.len().div_ceil(count));
    let size = sizes.find(|size| others.chunks(*size).all(fits)).unwrap_or(others.len().max(1));
    let parts = others.chunks(size).map(|columns| [&[0], columns].concat());
    if others.is_empty() { vec![vec![0]] } else { parts.collect() }
}

/// The table fitted to a width: the largest type in which no word is broken.
pub fn fit(table: &Table, placed: &Placed, width: u32) -> Fitted {
    let fits = |size: &u32| least(table, placed, *size) <= f64::from(width);
    let size = SIZES.into_iter().find(fits).unwrap_or(SIZES[SIZES.len() - 1]);
    Fitted { columns: shared_out(&needs(table, placed, size), width), size }
}

fn least(table: &Table, placed: &Placed, size: u32) -> f64 {
    needs(table, placed, size).iter().map(|need| need.least).sum()
}

fn needs(table: &Table, placed: &Placed, size: u32) -> Vec<Need> {
    (0..table.columns.len()).map(|column| need(table, placed, column, size)).collect()
}

fn need(table: &Table, placed: &Placed, column: usize, size: u32) -> Need {
    let heading = &table.columns[column].heading;
    let mut need = Need { least: longest_word(heading, size) * 1.1, most: longest_line(heading, size) * 1.1 };
    let rows = table.rows.iter().zip(&placed.cells).filter(|(row, _)| row.kind != RowKind::Group);
    for (cell, support) in rows.filter_map(|(row, support)| row.cells.get(column).zip(support.get(column))) {
        let words = with_support(cell, support);
        let line = longest_line(&words, size);
        let unbroken = if table.columns[column].numeric { line.min(WIDEST) } else { longest_word(&words, size) };
        need.least = need.least.max(unbroken);
        need.most = need.most.max(wanted(line));
    }
    Need { least: need.least + SIDES, most: need.most.max(need.least) + SIDES }
}

/// The cell's words with what stands beside them, which is not broken from them.
fn with_support(cell: &Cell, support: &Support) -> String {
    let beside = after(support).replace(' ', "\u{a0}");
    format!("{}{beside}", cell.figure.value)
}

/// What a line would take: a long one more than a short one, but not all that it could.
fn wanted(line: f64) -> f64 {
    if line > WIDEST { WIDEST * (line / WIDEST).sqrt() } else { line }
}

fn longest_line(words: &str, size: u32) -> f64 {
    words.lines().map(|line| twentieths(line, size)).fold(0.0, f64::max)
}

fn longest_word(words: &str, size: u32) -> f64 {
    let words = words.split([' ', '\n', '\t', '-', '/']);
    words.map(|word| twentieths(word, size)).fold(0.0, f64::max)
}

/// The width of words in bold, which is never less than that of ordinary ones.
fn twentieths(words: &str, size: u32) -> f64 {
    text_width(words, f64::from(size) / 2.0) * 20.0 * 1.06
}

/// The width shared out: what each needs first, then in proportion to what each would take.
fn shared_out(needs: &[Need], width: u32) -> Vec<u32> {
    let width = f64::from(width);
    let least: f64 = needs.iter().map(|need| need.least).sum();
    if least >= width {
        return needs.iter().map(|need| (need.least * width / least) as u32).collect();
    }
    let wanted: f64 = needs.iter().map(|need| need.most - need.least).sum();
    let spare = width - least;
    let all: f64 = needs.iter().map(|need| need.most).sum();
    let share = |need: &Need| {
        let more = need.most - need.least;
        if wanted >= spare {
            need.least + more * spare / wanted
        } else {
            need.most + (spare - wanted) * need.most / all
        }
    };
    needs.iter().map(|need| share(need) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use penshaw_documents::{Citations, Column, Row, Value};

    fn years(count: i64) -> Table {
        let mut columns = vec![Column::words("Partner")];
        columns.extend((0..count).map(|year| Column::numbers(format!("{}", 2014 + year))));
        let mut table = Table::new("t", "T", columns);
        let amounts = (0..count).map(|_| Value::Count(-1_234_567).into());
        table.push(Row::body(std::iter::once("Sunderland").map(Cell::words).chain(amounts).collect()));
        table
    }

    fn parts_of(count: i64, width: u32) -> Vec<Vec<usize>> {
        let table = years(count);
        parts(&table, &Citations::default().placed(&table), width)
    }

    #[test]
    fn a_table_that_fits_is_in_one_part_and_a_wide_one_in_equal_parts_with_its_first_column() {
        assert_eq!(parts_of(3, 9_638), [[0, 1, 2, 3]]);
        let wide = parts_of(12, 9_638);
        assert_eq!(wide, [[0, 1, 2, 3, 4, 5, 6], [0, 7, 8, 9, 10, 11, 12]]);
        assert_eq!(parts_of(3, 500), [[0, 1, 2, 3]], "no part would fit either");
        assert_eq!(parts_of(0, 100), [[0]]);
    }
}

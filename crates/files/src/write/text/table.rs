//! Tables in columns: cells wrapped, numbers on the right, too many columns cut into bands.

use penshaw_documents::{Placed, RowKind, Table};

use super::wrapped;
use crate::write::words::after;

/// What stands between columns.
const BETWEEN: usize = 2;

/// The narrowest column of words.
const NARROWEST: usize = 8;

/// A table's cells as words, heading row first.
struct Grid {
    rows: Vec<(RowKind, Vec<String>)>,
    headings: Vec<String>,
    numeric: Vec<bool>,
}

/// The table with its caption above and its note below.
pub(super) fn printed(table: &Table, placed: &Placed, width: usize) -> String {
    let grid = Grid::of(table, placed);
    let mut text = String::new();
    for line in wrapped(&format!("{}{}", table.caption, after(&placed.caption)), width) {
        text.push_str(&format!("{line}\n"));
    }
    for (place, band) in grid.bands(width).iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        grid.band(band, width, &mut text);
    }
    if !table.note.is_empty() {
        for line in wrapped(&table.note, width) {
            text.push_str(&format!("{line}\n"));
        }
    }
    text
}

impl Grid {
    fn of(table: &Table, placed: &Placed) -> Self {
        let rows = table.rows.iter().zip(&placed.cells).map(|(row, support)| {
            let cells = row.cells.iter().zip(support);
            let words = cells.map(|(cell, support)| {
                let beside = after(support).replace(' ', "\u{a0}");
                format!("{}{beside}", cell.figure.value)
            });
            (row.kind, words.collect())
        });
        Grid {
            rows: rows.collect(),
            headings: table.columns.iter().map(|column| column.heading.clone()).collect(),
            numeric: table.columns.iter().map(|column| column.numeric).collect(),
        }
    }

    fn words(&self, column: usize) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().filter(|(kind, _)| *kind != RowKind::Group);
        rows.filter_map(move |(_, cells)| cells.get(column).map(String::as_str))
    }

    /// The narrowest that a column may be: a number is never broken, words may be between them.
    fn least(&self, column: usize) -> usize {
        let heading = self.headings[column].split_whitespace().map(length).max().unwrap_or(0);
        let cells = self.words(column).map(|words| match self.numeric[column] {
            true => length(words),
            false => words.split_whitespace().map(length).max().unwrap_or(0).min(NARROWEST * 2),
        });
        heading.max(cells.max().unwrap_or(0)).max(1)
    }

    /// The widest that a column would be.
    fn most(&self, column: usize) -> usize {
        let lines = self.words(column).flat_map(str::lines).map(length).max().unwrap_or(0);
        lines.max(length(&self.headings[column])).max(self.least(column))
    }

    /// Columns that fit beside the first one, band after band.
    fn bands(&self, width: usize) -> Vec<Vec<usize>> {
        if self.headings.is_empty() {
            return Vec::new();
        }
        let first = self.least(0).min(width / 2);
        let mut bands = vec![vec![0]];
        let mut filled = first;
        for column in 1..self.headings.len() {
            let least = self.least(column) + BETWEEN;
            let band = bands.last_mut().expect("there is always a band");
            if filled + least > width && band.len() > 1 {
                bands.push(vec![0, column]);
                filled = first + least;
            } else {
                band.push(column);
                filled += least;
            }
        }
        bands
    }

    /// The widths of a band's columns: the spare room goes first to those that wrap.
    fn widths(&self, band: &[usize], width: usize) -> Vec<usize> {
        let room = width.saturating_sub(BETWEEN * (band.len() - 1));
        let mut widths: Vec<usize> = band.iter().map(|column| self.least(*column).min(room)).collect();
        while widths.iter().sum::<usize>() > room {
            let widest = widths.iter_mut().max().expect("a band has a column");
            *widest -= 1;
        }
        let mut spare = room.saturating_sub(widths.iter().sum());
        for (held, column) in widths.iter_mut().zip(band) {
            let more = (self.most(*column) - (*held).min(self.most(*column))).min(spare);
            *held += more;
            spare -= more;
        }
        widths
    }

    fn band(&self, band: &[usize], width: usize, text: &mut String) {
        let widths = self.widths(band, width);
        let across = widths.iter().sum::<usize>() + BETWEEN * (band.len() - 1);
        let pick = |cells: &[String]| -> Vec<String> {
            band.iter().map(|column| cells.get(*column).cloned().unwrap_or_default()).collect()
        };
        self.line(&pick(&self.headings), band, &widths, text);
        text.push_str(&format!("{}\n", "─".repeat(across)));
        for (kind, cells) in &self.rows {
            match kind {
                RowKind::Group => {
                    let words = cells.first().map(String::as_str).unwrap_or_default();
                    wrapped(words, across).iter().for_each(|line| text.push_str(&format!("{line}\n")));
                    continue;
                }
                RowKind::Total => text.push_str(&format!("{}\n", "─".repeat(across))),
                RowKind::Body => {}
            }
            self.line(&pick(cells), band, &widths, text);
        }
    }

    /// One row, as many lines high as its highest cell.
    fn line(&self, cells: &[String], band: &[usize], widths: &[usize], text: &mut String) {
        let lines: Vec<Vec<String>> = cells.iter().zip(widths).map(|(words, width)| wrapped(words, *width)).collect();
        let high = lines.iter().map(Vec::len).max().unwrap_or(0);
        for height in 0..high {
            let mut line = String::new();
            for ((cell, column), width) in lines.iter().zip(band).zip(widths) {
                let words = cell.get(height).map(String::as_str).unwrap_or_default();
                let space = " ".repeat(width.saturating_sub(length(words)));
                let [before, behind] = if self.numeric[*column] { [&*space, ""] } else { ["", &*space] };
                line.push_str(&format!("{before}{words}{behind}{}", " ".repeat(BETWEEN)));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
}

fn length(words: &str) -> usize {
    words.chars().count()
}

//! How a table is set: its columns' widths, the size of its type, and upright or lying pages.

use penshaw_documents::{RowKind, Table, Value, text_width};

use crate::letters::{BREAK, breakable, printable};

/// The width of the text on an upright A4 page, in points.
pub const UPRIGHT: f64 = 459.0;
/// The width of the text on a lying A4 page, in points.
pub const LYING: f64 = 705.0;

/// Sizes of type to try, the largest first.
const UPRIGHT_SIZES: [f64; 5] = [9.5, 9.0, 8.5, 8.0, 7.5];
const LYING_SIZES: [f64; 5] = [9.0, 8.5, 8.0, 7.5, 7.0];
/// Letters of a word in a cell after which it may be broken.
const WORD: usize = 22;
/// Bold words are wider by about this.
const BOLD: f64 = 1.09;
/// Room for the sign of confidence beside a value, and for two sources beside a heading.
const SIGN: f64 = 0.45;
const SOURCES: f64 = 2.2;

/// Lines that are not filled to their ends take more room by about this.
const RAGGED: f64 = 1.15;
/// The width, at a size of one point, from which prose asks for less than it would fill:
/// about 45 characters a line.
const PROSE: f64 = 24.0;

/// A column's width at a size of one point, as its need gives it.
type Width = fn(&Need) -> f64;
const LEAST: Width = |need| need.least;
const LEAN: Width = |need| need.lean;
const SNUG: Width = |need| need.snug;
const EASE: Width = |need| need.ease;
const WISH: Width = |need| need.wish;

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The width of each column, in points, its padding included.
    pub widths: Vec<f64>,
    /// The size of its type, in points.
    pub size: f64,
    /// Whether it needs a lying page.
    pub lying: bool,
}

/// A column's needs at a size of one point.
#[derive(Clone, Copy)]
struct Need {
    /// Its widest unbreakable piece.
    least: f64,
    /// The width that words keep beside a column of long prose.
    lean: f64,
    /// The width at which words wrap, but not into a tower.
    snug: f64,
    /// The width at which it reads well.
    ease: f64,
    /// The width at which nothing wraps, within reason.
    wish: f64,
}

/// A cell's words. A day or a year is never broken.
pub fn cell_words(value: &Value) -> String {
    let words = printable(&value.to_string());
    match value {
        Value::Text(_) => breakable(&words, WORD),
        _ => words.replace(' ', "\u{a0}"),
    }
}

/// A column's heading.
pub fn heading_words(heading: &str) -> String {
    breakable(&printable(heading), WORD)
}

/// The settings of a table's parts, each with the columns that it shows. One part where
/// that reads well upright, or lying where that is allowed; otherwise as few upright
/// parts as read well, each beginning with the first column.
pub fn parts(table: &Table, room: f64, largest: f64, may_lie: bool) -> Vec<(Vec<usize>, Setting)> {
    let needs: Vec<Need> = (0..table.columns.len()).map(|column| need(table, column)).collect();
    let all: Vec<usize> = (0..needs.len()).collect();
    if let Some(setting) = whole(&needs, room, largest, may_lie) {
        return vec![(all, setting)];
    }
    let others = &all[1..];
    for count in 2..=others.len() {
        let chunks = others.chunks(others.len().div_ceil(count));
        let parts = chunks.map(|chunk| {
            let columns: Vec<usize> = [0].iter().chain(chunk).copied().collect();
            let needs: Vec<Need> = columns.iter().map(|column| needs[*column]).collect();
            whole(&needs, room, largest, false).map(|setting| (columns, setting))
        });
        if let Some(parts) = parts.collect() {
            return parts;
        }
    }
    vec![(all, set(&needs, 7.0, room, false))]
}

/// The setting of these columns in one piece, if they read well so. Smaller type and
/// snugger columns are better than turning the page.
fn whole(needs: &[Need], room: f64, largest: f64, may_lie: bool) -> Option<Setting> {
    let upright = || UPRIGHT_SIZES.into_iter().filter(|size| *size <= largest);
    let easy = upright().take(2).find(|size| fits(needs, EASE, *size, room));
    if let Some(size) = easy.or_else(|| upright().find(|size| fits(needs, SNUG, *size, room))) {
        return Some(set(needs, size, room, false));
    }
    let lying = || LYING_SIZES.into_iter().filter(|_| may_lie);
    let easy = lying().find(|size| fits(needs, EASE, *size, LYING));
    let size = easy.or_else(|| lying().find(|size| fits(needs, SNUG, *size, LYING)))?;
    Some(set(needs, size, LYING, true))
}

/// The padding on both sides of a cell.
pub fn padding(size: f64) -> f64 {
    if size >= 8.5 { 10.0 } else { 6.0 }
}

/// A column's width, with its padding and a little to spare.
fn padded(width: f64, size: f64) -> f64 {
    width * size + padding(size) + 1.0
}

fn fits(needs: &[Need], width: Width, size: f64, room: f64) -> bool {
    padded_all(needs, width, size).iter().sum::<f64>() <= room
}

/// The columns' widths, padded.
fn padded_all(needs: &[Need], width: Width, size: f64) -> Vec<f64> {
    needs.iter().map(|need| padded(width(need), size)).collect()
}

/// The height of a row of cells with these words, near enough to know what a page holds.
pub fn row_height<'a>(cells: impl Iterator<Item = &'a str>, widths: &[f64], size: f64) -> f64 {
    let lines = cells.zip(widths).map(|(words, width)| {
        let room = (width - padding(size)).max(size);
        let lines = words.split('\n').map(|line| (text_width(line, size) * RAGGED / room).ceil().max(1.0));
        lines.sum::<f64>()
    });
    lines.fold(1.0, f64::max) * size * 1.25 + 7.6
}

/// What a column needs: numbers are never broken, words and headings between words.
fn need(table: &Table, column: usize) -> Need {
    let heading = &heading_words(&table.columns[column].heading);
    let numeric = table.columns[column].numeric;
    let least_heading = longest_word(heading) * BOLD;
    let mut need = Need {
        least: least_heading,
        lean: least_heading,
        snug: least_heading,
        ease: least_heading,
        wish: least_heading.max(text_width(heading, 1.0) * BOLD / 2.2),
    };
    for row in &table.rows {
        if row.kind == RowKind::Group {
            continue;
        }
        let figure = &row.cells[column].figure;
        let words = cell_words(&figure.value);
        let weight = if row.kind == RowKind::Total { BOLD } else { 1.0 };
        let sign = if figure.confidence.is_some() { SIGN } else { 0.0 };
        let whole = text_width(&words, 1.0) * weight + sign;
        // Sources stand close to the last word of a row's heading.
        let sourced = column == 0 && row.cells.iter().any(|cell| !cell.figure.sources.is_empty());
        let last = words.split_whitespace().last().filter(|_| sourced);
        let last = last.map_or(0.0, |word| longest_word(word) * weight + sign + SOURCES);
        let least = if numeric { whole } else { (longest_word(&words) * weight + sign).max(last) };
        need.least = need.least.max(least);
        need.lean = need.lean.max(if numeric { whole } else { (whole / 3.0).min(6.0) });
        need.snug = need.snug.max(if numeric { whole } else { (whole / 2.2).min(9.0) });
        need.wish = need.wish.max(whole);
    }
    if column == 0 {
        need.wish += SOURCES;
        need.ease = (need.wish / 1.8).min(10.0);
    }
    need.lean = need.lean.max(need.least);
    need.snug = need.snug.max(need.least);
    need.ease = need.ease.max(need.snug);
    need.wish = prose(need.wish).max(need.ease);
    need
}

/// The width that words ask for: long prose more than short, so that it gets most of the
/// room and its rows stay low, but not in proportion, so that others keep theirs.
fn prose(wish: f64) -> f64 {
    if wish > PROSE { PROSE * (wish / PROSE).sqrt() } else { wish }
}

/// The widest piece of words that cannot be broken.
fn longest_word(words: &str) -> f64 {
    let pieces = words.split(|c: char| (c.is_whitespace() && c != '\u{a0}') || c == BREAK);
    let pieces = pieces.flat_map(|word| word.split_inclusive(['-', '–']));
    pieces.map(|piece| text_width(piece, 1.0)).fold(0.0, f64::max)
}

/// Widths that fill the room, or less of it for a small table.
fn set(needs: &[Need], size: f64, room: f64, lying: bool) -> Setting {
    // Long prose is given what shorter words can spare.
    let prose = needs.iter().any(|need| need.wish > PROSE);
    let floors = if prose { [LEAN, LEAN] } else { [EASE, SNUG] };
    let floor = floors.into_iter().find(|width| fits(needs, *width, size, room));
    let least = padded_all(needs, floor.unwrap_or(LEAST), size);
    let wish = padded_all(needs, WISH, size);
    let (all_least, all_wish): (f64, f64) = (least.iter().sum(), wish.iter().sum());
    let widths = if all_wish <= room {
        let most = if needs.len() < 4 { 1.35 } else { f64::INFINITY };
        let factor = (room / all_wish).min(most);
        wish.iter().map(|wish| wish * factor).collect()
    } else if all_least < room {
        let share = (room - all_least) / (all_wish - all_least);
        let pairs = least.iter().zip(&wish);
        pairs.map(|(least, wish)| least + (wish - least) * share).collect()
    } else {
        least.iter().map(|least| least * room / all_least).collect()
    };
    Setting { widths, size, lying }
}

#[cfg(test)]
mod tests {
    use super::*;
    use penshaw_documents::{Cell, Column, Row};

    fn table(columns: usize, words: &str) -> Table {
        let mut headed = vec![Column::words("Area")];
        headed.extend((1..columns).map(|place| Column::numbers(format!("Year {place}"))));
        let mut table = Table::new("t", "T", headed);
        let mut cells = vec![Cell::words("Service desk and support")];
        cells.extend((1..columns).map(|_| Cell::plain(Value::text(words))));
        table.push(Row::body(cells));
        table
    }

    #[test]
    fn a_table_of_twelve_columns_of_money_fits_an_upright_page() {
        let parts = parts(&table(12, "£999k"), UPRIGHT, 9.5, true);
        let [(columns, setting)] = &parts[..] else { panic!("{parts:?}") };
        assert_eq!(columns.len(), 12);
        assert!(!setting.lying && setting.size >= 8.0, "{setting:?}");
        assert!((setting.widths.iter().sum::<f64>() - UPRIGHT).abs() < 0.5);
    }

    #[test]
    fn a_wider_table_lies_where_it_may_and_is_parted_where_it_may_not() {
        let wide = table(12, "−£1,345,678");
        let lying = parts(&wide, UPRIGHT, 9.5, true);
        assert!(lying.len() == 1 && lying[0].1.lying && lying[0].1.size >= 7.0);
        let parted = parts(&wide, UPRIGHT, 9.5, false);
        assert_eq!(parted.len(), 2);
        let columns: Vec<usize> = parted.iter().flat_map(|(columns, _)| columns[1..].to_vec()).collect();
        assert_eq!(columns, (1..12).collect::<Vec<_>>(), "each column stands in one part");
        for (columns, setting) in &parted {
            assert_eq!(columns[0], 0, "each part begins with the rows' headings");
            assert!(setting.widths.iter().sum::<f64>() <= UPRIGHT + 0.5);
        }
    }

    #[test]
    fn no_table_is_wider_than_its_room_however_many_columns_and_long_its_words() {
        let monster = table(40, &"x".repeat(400));
        for (_, setting) in parts(&monster, 300.0, 9.5, false) {
            assert!(setting.widths.iter().sum::<f64>() <= 300.5, "{setting:?}");
        }
    }

    #[test]
    fn the_column_of_the_longest_prose_gets_the_most_room() {
        let headed = ["Threshold", "Meaning", "Reason"].map(Column::words).to_vec();
        let mut table = Table::new("t", "T", headed);
        let cells = [2, 4, 40].map(|count| Cell::words("some words ".repeat(count)));
        table.push(Row::body(cells.to_vec()));
        let set = &parts(&table, UPRIGHT, 9.5, true)[0].1;
        let [first, second, reason] = set.widths[..] else { panic!("{set:?}") };
        assert!(reason > 0.45 * UPRIGHT && first > 60.0 && second > 60.0, "{set:?}");
    }

    #[test]
    fn a_row_is_as_high_as_its_highest_cell() {
        let [one, prose] = ["Yes", &"some words ".repeat(60)];
        let height = |cells: &[&str]| row_height(cells.iter().copied(), &[80.0, 200.0], 9.5);
        assert!(height(&[one, one]) < 20.0);
        assert!(height(&[prose, one]) > height(&[one, prose]) && height(&[one, prose]) > 150.0);
    }

    #[test]
    fn a_small_table_does_not_stretch_across_the_page() {
        let small = parts(&table(2, "£1"), UPRIGHT, 9.5, true);
        assert!(small[0].1.widths.iter().sum::<f64>() < 0.6 * UPRIGHT);
    }
}

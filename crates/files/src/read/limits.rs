//! How much of a file is read at most, and why.

/// The largest file that is opened: an estate of a hundred thousand entries takes about 20 MB.
pub const LARGEST_FILE: u64 = 50_000_000;

/// The largest file of many bodies that is gathered from: a month of all notices of the country takes about 200 MB.
pub const LARGEST_PUBLISHED: u64 = 1_000_000_000;

/// What a workbook may unpack to in all: six times the largest file, as spreadsheets pack.
pub const LARGEST_UNPACKED: u64 = 300_000_000;

/// How many times larger than packed a part may be: real sheets reach 20 to 60, bombs 1,000.
pub const GREATEST_RATIO: u64 = 200;

/// Below this size no ratio is asked: a small sheet of equal rows packs very well and harms nobody.
pub const RATIO_FROM: u64 = 10_000_000;

/// The most parts of a workbook; one of 29 sheets has about 100.
pub const MOST_PARTS: usize = 10_000;

/// The most rows of a sheet or a CSV file: far more than any council has of anything.
pub const MOST_ROWS: usize = 200_000;

/// The most filled cells of a sheet: the most rows of the widest kind of entry.
pub const MOST_CELLS: usize = 5_000_000;

/// The most text of a workbook once every cell holds its own: a short text shared by
/// millions of cells would fill the memory.
pub const MOST_TEXT: usize = 200_000_000;

/// How many columns may have headings: the widest kind of entry has about 40 with its years.
pub const MOST_COLUMNS: usize = 1_000;

/// The most findings of one file; nobody reads further, and mending these mends most of the rest.
pub const MOST_FINDINGS: usize = 10_000;

/// How many rows from the top may come before the headings.
pub const HEADINGS_WITHIN: usize = 30;

pub use penshaw_register::{MOST_COUNTED, MOST_MONEY_PENCE};

/// The most members of a cost table: its coalitions double with each.
pub const MOST_MEMBERS: usize = 20;

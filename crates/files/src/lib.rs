//! Formats read into entries with findings, and documents written as HTML, Word, Excel and text.

mod apostrophe;
mod months;
pub mod read;
pub mod template;
pub mod write;
mod year_headings;

//! Documents and workbooks written in each format.

pub mod bundle;
pub mod calendar;
pub mod csv;
pub mod docx;
pub mod entries;
pub mod feed;
pub mod folder;
pub mod html;
pub mod lgr;
pub mod ocds;
pub mod text;
pub mod transparency;
pub mod xlsx;

mod left_out;
mod words;

pub use left_out::LeftOut;

/// Why a document or workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The workbook's library refused a cell, a name or a sheet.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A formula is longer than a spreadsheet takes.
    #[error("a formula of {length} characters is longer than a spreadsheet takes: split its sum over helper cells")]
    LongFormula {
        /// How long it is.
        length: usize,
    },
    /// A part could not be packed.
    #[error("the file could not be packed: {0}")]
    Package(#[from] zip::result::ZipError),
    /// A part could not be written.
    #[error("the file could not be packed: {0}")]
    Part(#[from] std::io::Error),
    /// A chart could not be turned into a picture.
    #[error("the chart {chart} could not be drawn: {reason}")]
    Chart {
        /// The chart's id.
        chart: String,
        /// What the drawing library said.
        reason: String,
    },
}

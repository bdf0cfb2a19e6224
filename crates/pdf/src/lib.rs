//! A document as a tagged PDF: typst lives here and nowhere else.
//!
//! The document goes to one fixed template (`report.typ`) as data, so that no words of
//! a user are ever read as typst code. Fonts are carried in the program; no file, no
//! clock and no network is asked, and the same document gives the same bytes.

mod letters;
mod report;
mod tables;
mod world;

use penshaw_basis::Date;
use penshaw_documents::Document;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use world::ReportWorld;

/// Why a document could not be printed as PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The typesetter refused the document, or the file would break its standards.
    #[error("the PDF could not be made: {0}")]
    Typesetting(String),
}

/// The document as a PDF that keeps to PDF/UA-1 and PDF/A-2a, with a day of creation.
///
/// ```no_run
/// # // Typesetting without optimisation is slow; `tests/` does this and more.
/// use penshaw_documents::{Block, Document};
/// let document = Document {
///     title: "Shared ICT".into(),
///     blocks: vec![Block::words("Nothing is decided yet.")],
///     ..Document::default()
/// };
/// let bytes = penshaw_pdf::write(&document, jiff::civil::date(2014, 6, 18))?;
/// assert!(bytes.starts_with(b"%PDF-1.7"));
/// # Ok::<(), penshaw_pdf::PdfError>(())
/// ```
pub fn write(document: &Document, created: Date) -> Result<Vec<u8>, PdfError> {
    let report = report::Report::of(document);
    let data = serde_json::to_vec(&report).expect("a report of words and numbers is JSON");
    let world = ReportWorld::new(data);
    let pages: PagedDocument = typst::compile(&world).output.map_err(|faults| refusal(&faults))?;
    let options = options(document, created);
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|faults| refusal(&faults));
    // What the typesetter remembers is dropped, so that a long-lived server does not grow.
    typst::comemo::evict(0);
    bytes
}

fn options(document: &Document, created: Date) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
    let (year, month, day) = (created.year(), created.month() as u8, created.day() as u8);
    let midnight = Datetime::from_ymd_hms(i32::from(year), month, day, 0, 0, 0);
    PdfOptions {
        ident: Smart::Custom(format!("penshaw: {} ({})", document.title, document.occasion)),
        creator: Smart::Custom(Some(format!("Penshaw {}", env!("CARGO_PKG_VERSION")))),
        timestamp: midnight.map(Timestamp::new_utc),
        standards: standards.expect("PDF/UA-1 and PDF/A-2a agree"),
        ..PdfOptions::default()
    }
}

/// What the typesetter said, in one line.
fn refusal(faults: &[SourceDiagnostic]) -> PdfError {
    let messages: Vec<String> = faults.iter().map(|fault| fault.message.to_string()).collect();
    PdfError::Typesetting(messages.join("; "))
}

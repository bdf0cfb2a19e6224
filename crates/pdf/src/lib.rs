//! A document as a tagged PDF: typst lives here and nowhere else.

//! The numbering of sources: each source one number, in the order of first mention.

use std::collections::BTreeMap;

use penshaw_basis::Source;

use crate::{Block, Cell, Document, Inline, Table, Workbook, source_words};

/// The sources of a document, numbered from one in the order of first mention.
///
/// Every printer numbers by this, so that `[3]` is the same source on the page,
/// in the PDF and in Word.
#[derive(Debug, Default)]
pub struct Citations {
    numbers: BTreeMap<Source, usize>,
    order: Vec<Source>,
    titles: BTreeMap<Source, String>,
}

impl Citations {
    /// The sources of a document.
    pub fn of(document: &Document) -> Self {
        let mut citations = Citations::default();
        citations.blocks(&document.blocks);
        citations.titles.clone_from(&document.titles);
        citations
    }

    /// The sources of a workbook, sheet by sheet.
    pub fn of_workbook(workbook: &Workbook) -> Self {
        let mut citations = Citations::default();
        let tables = workbook.sheets.iter().flat_map(|sheet| &sheet.tables);
        tables.for_each(|table| citations.table(table));
        citations
    }

    /// The number of a source, from one.
    ///
    /// # Panics
    /// If the document does not cite it.
    pub fn number(&self, source: &Source) -> usize {
        self.numbers[source]
    }

    /// The numbers of several sources, ascending.
    pub fn numbers(&self, sources: &[Source]) -> Vec<usize> {
        let mut numbers: Vec<usize> = sources.iter().map(|source| self.number(source)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The sources in the order of their numbers.
    pub fn sources(&self) -> &[Source] {
        &self.order
    }

    /// A source as the list of sources prints it: by what the document calls it, or by its own words.
    pub fn words(&self, source: &Source) -> String {
        self.titles.get(source).cloned().unwrap_or_else(|| source_words(source))
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { text, .. } | Block::Note { text, .. } => self.runs(text),
                Block::List { items, .. } => items.iter().for_each(|item| self.runs(item)),
                Block::Fields { fields, .. } => fields.iter().for_each(|(_, blocks)| self.blocks(blocks)),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.table(&chart.table),
                Block::Heading { .. } | Block::PageBreak | Block::SourceList => {}
            }
        }
    }

    fn runs(&mut self, runs: &[Inline]) {
        for run in runs {
            if let Inline::Figure(figure) = run {
                self.cite(&figure.sources);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.for_each(|Cell { figure, .. }| self.cite(&figure.sources));
    }

    fn cite(&mut self, sources: &[Source]) {
        for source in sources {
            if !self.numbers.contains_key(source) {
                self.order.push(source.clone());
                self.numbers.insert(source.clone(), self.order.len());
            }
        }
    }
}

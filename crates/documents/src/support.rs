//! What is printed beside a value: the numbers of its sources and how sure it is, said once where a row, a table or running text shares it.

use penshaw_basis::{Confidence, Date, Source};

use crate::{Citations, Figure, Inline, Row, Table, Value};

/// The numbers of the sources that a value rests on, and its confidence where recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// The sources' numbers, ascending.
    pub numbers: Vec<usize>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
}

impl Support {
    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.confidence.is_none()
    }

    /// The sources' numbers as spans from first to last. Three or more that
    /// follow one another are one span, so that many sources stay short.
    ///
    /// ```
    /// use penshaw_documents::Support;
    /// let support = Support { numbers: vec![1, 2, 3, 5, 6], confidence: None };
    /// assert_eq!(support.spans(), [(1, 3), (5, 5), (6, 6)]);
    /// ```
    pub fn spans(&self) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        for run in self.numbers.chunk_by(|one, next| one + 1 == *next) {
            match run {
                [first, _, .., last] => spans.push((*first, *last)),
                short => spans.extend(short.iter().map(|number| (*number, *number))),
            }
        }
        spans
    }

    /// The spans as printed, without brackets: `1–3, 5`.
    pub fn printed(&self) -> String {
        let spans = self.spans().into_iter().map(span_words);
        spans.collect::<Vec<_>>().join(", ")
    }
}

/// One number, or the first and the last of several.
pub(crate) fn span_words((first, last): (usize, usize)) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// Where the support of a table's cells is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Beside the caption: what every figure of the table shares.
    pub caption: Support,
    /// Beside each cell, by row and column; what a row shares stands beside its heading.
    pub cells: Vec<Vec<Support>>,
}

impl Citations {
    /// What is printed beside a figure.
    pub fn support(&self, figure: &Figure) -> Support {
        Support { numbers: self.numbers(&figure.sources), confidence: figure.confidence }
    }

    /// What is printed after each run of one paragraph, list item or note: a
    /// figure whose next figure rests on the same leaves it to that one to say,
    /// so that figures in a row that share their support say it once, after the last.
    ///
    /// ```
    /// use penshaw_basis::Source;
    /// use penshaw_documents::{Block, Citations, Document, Inline, Value};
    /// let survey = [Source::entry("SCC", "A12")];
    /// let figure = |count| Inline::figure(Value::Count(count), &survey);
    /// let text = vec![figure(3), Inline::text(" of "), figure(8), Inline::text(" sites")];
    /// let document = Document { blocks: vec![Block::paragraph(text.clone())], ..Document::default() };
    /// let placed = Citations::of(&document).placed_in_text(&text);
    /// let printed: Vec<String> = placed.iter().map(|support| support.printed()).collect();
    /// assert_eq!(printed, ["", "", "1", ""]);
    /// ```
    pub fn placed_in_text(&self, runs: &[Inline]) -> Vec<Support> {
        let mut placed = vec![Support::default(); runs.len()];
        let mut next = Support::default();
        for (run, place) in runs.iter().zip(&mut placed).rev() {
            if let Inline::Figure(figure) = run {
                let support = self.support(figure);
                if support != next {
                    place.clone_from(&support);
                }
                next = support;
            }
        }
        placed
    }

    /// Where the support of a table's figures is printed: beside the caption
    /// where all of them share it, beside a row's heading where its figures
    /// share it, else beside each figure.
    pub fn placed(&self, table: &Table) -> Placed {
        let support = |row: &Row| row.cells.iter().map(|cell| self.support(&cell.figure)).collect();
        let mut placed = Placed { caption: Support::default(), cells: table.rows.iter().map(support).collect() };
        match shared_by_table(table, &placed.cells) {
            Some(shared) => {
                for cell in placed.cells.iter_mut().flatten() {
                    if *cell == shared {
                        *cell = Support::default();
                    }
                }
                placed.caption = shared;
            }
            None => {
                let rows = table.rows.iter().zip(&mut placed.cells);
                rows.for_each(|(row, cells)| hoist(row, cells));
            }
        }
        placed
    }
}

/// The support of the figures in a row that show something, its heading left out.
fn figures<'a>(row: &'a Row, cells: &'a [Support]) -> impl Iterator<Item = &'a Support> {
    let shown = row.cells.iter().zip(cells).skip(1);
    shown
        .filter(|(cell, _)| match &cell.figure.value {
            Value::Nothing => false,
            Value::Text(words) => !words.is_empty(),
            _ => true,
        })
        .map(|(_, support)| support)
}

/// What at least two figures, and all of them, share.
fn shared<'a>(mut figures: impl Iterator<Item = &'a Support>) -> Option<Support> {
    let first = figures.next()?;
    let second = figures.next()?;
    let same = second == first && figures.all(|other| other == first);
    (same && !first.is_empty()).then(|| first.clone())
}

fn shared_by_table(table: &Table, cells: &[Vec<Support>]) -> Option<Support> {
    let rows = table.rows.iter().zip(cells);
    shared(rows.flat_map(|(row, cells)| figures(row, cells)))
}

/// Moves what a row's figures share to its heading.
fn hoist(row: &Row, cells: &mut [Support]) {
    let Some(shared) = shared(figures(row, cells)) else {
        return;
    };
    let heading = &mut cells[0];
    if heading.confidence.is_some() && heading.confidence != shared.confidence {
        return;
    }
    heading.numbers.extend(&shared.numbers);
    heading.numbers.sort_unstable();
    heading.numbers.dedup();
    heading.confidence = shared.confidence;
    cells[1..].fill(Support::default());
}

/// A source as a reader meets it in the list of sources: its owner and reference,
/// its name and first day, its words, or its title.
///
/// ```
/// use penshaw_basis::Source;
/// use penshaw_documents::source_words;
/// assert_eq!(source_words(&Source::entry("SCC", "A12")), "SCC: register entry A12");
/// ```
pub fn source_words(source: &Source) -> String {
    match source {
        Source::Entry { owner, reference } if owner == "partnership" => {
            format!("Partnership: register entry {reference}")
        }
        Source::Entry { owner, reference } => format!("{owner}: register entry {reference}"),
        Source::Parameter { name, from } => {
            let from = match from.parse::<Date>() {
                Ok(day) => Value::Day(day).to_string(),
                Err(_) => from.clone(),
            };
            format!("Parameter {name}, value in force from {from}")
        }
        Source::Assumption(words) => format!("Assumption: {words}"),
        Source::Publication { title, .. } => title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Cell, Column, Document};

    fn cited(number: i64, references: &[&str]) -> Cell {
        let sources = references.iter().map(|reference| Source::entry("SCC", reference));
        Cell::new(Value::Count(number), sources.collect())
    }

    fn placed(rows: Vec<Vec<Cell>>) -> Placed {
        let columns = vec![Column::words("a"), Column::numbers("b"), Column::numbers("c")];
        let mut table = Table::new("t", "T", columns);
        rows.into_iter().for_each(|cells| table.push(Row::body(cells)));
        let document = Document { blocks: vec![Block::Table(table.clone())], ..Document::default() };
        Citations::of(&document).placed(&table)
    }

    #[test]
    fn a_row_that_shares_its_sources_cites_them_once_at_its_heading() {
        let placed = placed(vec![
            vec![Cell::words("x"), cited(1, &["A"]), cited(2, &["A"])],
            vec![Cell::words("y"), cited(1, &["B"]), cited(2, &["A"])],
        ]);
        let printed: Vec<Vec<String>> =
            placed.cells.iter().map(|row| row.iter().map(Support::printed).collect()).collect();
        assert_eq!(printed, [["1", "", ""], ["", "2", "1"]]);
        assert!(placed.caption.is_empty());
    }

    fn printed_in_text(figures: &[(&[&str], Option<Confidence>)]) -> Vec<String> {
        let runs = figures.iter().map(|(references, confidence)| {
            let figure = cited(1, references).figure;
            Inline::Figure(Figure { confidence: *confidence, ..figure })
        });
        let text: Vec<Inline> = runs.collect();
        let document = Document { blocks: vec![Block::paragraph(text.clone())], ..Document::default() };
        Citations::of(&document).placed_in_text(&text).iter().map(Support::printed).collect()
    }

    #[test]
    fn figures_in_a_row_that_share_their_support_say_it_after_the_last() {
        let [a, b]: [&[&str]; 2] = [&["A"], &["A", "B"]];
        let printed = printed_in_text(&[(a, None), (a, None), (b, None), (b, None), (a, None)]);
        assert_eq!(printed, ["", "1", "", "1, 2", "1"]);
    }

    #[test]
    fn figures_of_other_confidence_or_without_sources_part_those_that_share_support() {
        let a: &[&str] = &["A"];
        let estimated = Some(Confidence::Estimated);
        assert_eq!(printed_in_text(&[(a, None), (a, estimated), (a, estimated)]), ["1", "", "1"]);
        assert_eq!(printed_in_text(&[(a, None), (&[], None), (a, None)]), ["1", "", "1"]);
    }

    #[test]
    fn a_table_that_shares_its_sources_cites_them_once_at_its_caption() {
        let row = || vec![Cell::words("x"), cited(1, &["A", "B"]), Value::Nothing.into()];
        let placed = placed(vec![row(), row()]);
        assert_eq!(placed.caption.printed(), "1, 2");
        assert!(placed.cells.iter().flatten().all(Support::is_empty));
    }
}

//! Tables and forms: headings repeated on each page, rows kept whole, titles for readers who cannot see them.

use penshaw_documents::{Block, Column, Placed, Row, RowKind, Support, Table};

use super::Body;
use super::runs::{Letters, Look, run};
use super::widths::{Fitted, fit, parts};
use super::xml::Xml;
use crate::write::WriteError;
use crate::write::words::one_line;

/// What the sides of a form's cell take, in twentieths of a point.
const FORM_SIDES: u32 = 220;

impl Body<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let placed = self.placed(table);
        // Our own pages turn for a wide table; a template's do not.
        let parts = if self.margins.is_none() { parts(table, &placed, self.width) } else { Vec::new() };
        if parts.len() < 2 {
            return self.whole_table(table, &placed);
        }
        for (number, columns) in (1..).zip(&parts) {
            let (mut table, placed) = of_columns(table, &placed, columns);
            table.caption = format!("{}, part {number} of {}", table.caption, parts.len());
            if number < parts.len() {
                table.note.clear();
            }
            self.whole_table(&table, &placed);
        }
    }

    fn whole_table(&mut self, table: &Table, placed: &Placed) {
        let fitted = fit(table, placed, self.width);
        self.caption(table, &placed.caption);
        self.xml.open("w:tbl", &[]);
        properties(&mut self.xml, "PenshawTable", &fitted.columns, (&table.caption, &table.note), true);
        self.headings(&table.columns, &fitted);
        for (row, support) in table.rows.iter().zip(&placed.cells) {
            match row.kind {
                RowKind::Group => self.group(row, support, &fitted),
                _ => self.row(&table.columns, row, support, &fitted),
            }
        }
        self.xml.close("w:tbl");
        self.table_last = true;
        if !table.note.is_empty() {
            self.paragraph(&Look::of("TableNote"), |body| {
                run(&mut body.xml, &table.note, Letters::default());
            });
        }
    }

    /// What is printed beside the table's figures: no numbers where there is no list of sources.
    fn placed(&self, table: &Table) -> Placed {
        let mut placed = self.citations.placed(table);
        if !self.cited {
            let all = placed.cells.iter_mut().flatten().chain([&mut placed.caption]);
            all.for_each(|support| support.numbers.clear());
        }
        placed
    }

    fn caption(&mut self, table: &Table, support: &Support) {
        self.paragraph(&Look { with_next: true, ..Look::of("Caption") }, |body| {
            run(&mut body.xml, &one_line(&table.caption), Letters::default());
            body.beside(support, Letters::default());
        });
    }

    fn headings(&mut self, columns: &[Column], fitted: &Fitted) {
        self.xml.open("w:tr", &[]);
        self.xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            xml.empty("w:tblHeader", &[]);
        });
        for (column, width) in columns.iter().zip(&fitted.columns) {
            let look = Look { right: column.numeric, with_next: true, ..Look::of("TableHeading") };
            self.cell(&Room::of(*width), |body| {
                body.paragraph(&look, |body| run(&mut body.xml, &column.heading, letters(fitted)));
            });
        }
        self.xml.close("w:tr");
    }

    fn group(&mut self, row: &Row, support: &[Support], fitted: &Fitted) {
        let all = Room { width: fitted.columns.iter().sum(), columns: fitted.columns.len(), shade: Some("F0F0F0") };
        self.open_row();
        if let (Some(cell), Some(support)) = (row.cells.first(), support.first()) {
            let look = Look { with_next: true, ..Look::of("TableText") };
            let bold = Letters { bold: true, ..letters(fitted) };
            self.cell(&all, |body| {
                body.paragraph(&look, |body| {
                    run(&mut body.xml, &cell.figure.value.to_string(), bold);
                    body.beside(support, Letters::default());
                });
            });
        }
        self.xml.close("w:tr");
    }

    fn row(&mut self, columns: &[Column], row: &Row, support: &[Support], fitted: &Fitted) {
        let letters = Letters { bold: row.kind == RowKind::Total, ..letters(fitted) };
        self.open_row();
        let cells = row.cells.iter().zip(support).zip(columns).zip(&fitted.columns);
        for (((cell, support), column), width) in cells {
            let look = Look { right: column.numeric, ..Look::of("TableText") };
            self.cell(&Room::of(*width), |body| {
                body.paragraph(&look, |body| {
                    run(&mut body.xml, &cell.figure.value.to_string(), letters);
                    body.beside(support, Letters::default());
                });
            });
        }
        self.xml.close("w:tr");
    }

    fn open_row(&mut self) {
        self.xml.open("w:tr", &[]);
        self.xml.element("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
    }

    fn cell(&mut self, room: &Room, inside: impl FnOnce(&mut Self)) {
        self.open_cell(room);
        inside(self);
        self.xml.close("w:tc");
    }

    fn open_cell(&mut self, room: &Room) {
        self.xml.open("w:tc", &[]);
        self.xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &room.width.to_string()), ("w:type", "dxa")]);
            if room.columns > 1 {
                xml.value("w:gridSpan", &room.columns.to_string());
            }
            if let Some(colour) = room.shade {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)]);
            }
        });
    }

    /// Names and what they hold, as a table of two columns without a heading.
    pub(super) fn fields(&mut self, caption: &str, fields: &[(String, Vec<Block>)]) -> Result<(), WriteError> {
        let whole = self.width;
        let columns = [whole * 3 / 10, whole - whole * 3 / 10];
        self.xml.open("w:tbl", &[]);
        properties(&mut self.xml, "PenshawForm", &columns, (caption, ""), false);
        for (name, blocks) in fields {
            self.xml.open("w:tr", &[]);
            self.cell(&Room::of(columns[0]), |body| {
                body.paragraph(&Look::of("FieldName"), |body| run(&mut body.xml, name, Letters::default()));
            });
            self.open_cell(&Room::of(columns[1]));
            self.within(columns[1] - FORM_SIDES, blocks)?;
            self.xml.close("w:tc");
            self.xml.close("w:tr");
        }
        self.xml.close("w:tbl");
        self.width = whole;
        self.table_last = true;
        Ok(())
    }

    /// Blocks within a cell, which must end with a paragraph.
    fn within(&mut self, width: u32, blocks: &[Block]) -> Result<(), WriteError> {
        self.width = width;
        self.depth += 1;
        self.table_last = true;
        self.blocks(blocks)?;
        if self.table_last {
            self.paragraph(&Look::of("TableText"), |_| {});
        }
        self.depth -= 1;
        Ok(())
    }
}

/// Some of a table's columns, with what is printed beside their figures.
fn of_columns(table: &Table, placed: &Placed, columns: &[usize]) -> (Table, Placed) {
    let rows = table.rows.iter().map(|row| {
        let cells = columns.iter().filter_map(|column| row.cells.get(*column).cloned());
        Row { kind: row.kind, cells: cells.collect() }
    });
    let part = Table {
        columns: columns.iter().map(|column| table.columns[*column].clone()).collect(),
        rows: rows.collect(),
        ..table.clone()
    };
    let cells = placed.cells.iter();
    let cells = cells.map(|row| columns.iter().filter_map(|column| row.get(*column).cloned()).collect());
    (part, Placed { caption: placed.caption.clone(), cells: cells.collect() })
}

/// A cell's width, the columns it spans and its shade.
struct Room {
    width: u32,
    columns: usize,
    shade: Option<&'static str>,
}

impl Room {
    fn of(width: u32) -> Self {
        Room { width, columns: 1, shade: None }
    }
}

fn letters(fitted: &Fitted) -> Letters {
    Letters { size: Some(fitted.size), ..Letters::default() }
}

/// The table's properties in the order that the format demands, and its grid.
fn properties(xml: &mut Xml, style: &str, columns: &[u32], (title, note): (&str, &str), headed: bool) {
    xml.element("w:tblPr", &[], |xml| {
        xml.value("w:tblStyle", style);
        xml.empty("w:tblW", &[("w:w", &columns.iter().sum::<u32>().to_string()), ("w:type", "dxa")]);
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        let (look, first_row) = if headed { ("00A0", "1") } else { ("0080", "0") };
        xml.empty(
            "w:tblLook",
            &[
                ("w:val", look),
                ("w:firstRow", first_row),
                ("w:lastRow", "0"),
                ("w:firstColumn", "1"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "0"),
                ("w:noVBand", "0"),
            ],
        );
        xml.value("w:tblCaption", &one_line(title));
        if !note.is_empty() {
            xml.value("w:tblDescription", &one_line(note));
        }
    });
    xml.element("w:tblGrid", &[], |xml| {
        for width in columns {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
    });
}

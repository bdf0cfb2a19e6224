//! How wide the text of a template is where a place stands, in twentieths of a point.

use super::tree::{Id, Tree};
use crate::write::docx::front::TEXT_WIDTH;

/// What the sides of a cell take where the table does not say.
const SIDES: u32 = 216;

/// The narrowest width that is believed.
const LEAST: u32 = 1_000;

/// English Metric Units a twentieth of a point.
const EMU: u64 = 635;

/// The width of the text of each section of a part, by where the section ends, and of all that follows.
#[derive(Default)]
pub struct Pages {
    sections: Vec<(Id, u32)>,
    last: u32,
}

impl Pages {
    /// The pages of a part that holds sections.
    pub fn of(tree: &Tree) -> Self {
        let is_now = |id: &Id| tree.name(*id) == "w:sectPr" && tree.name(tree.parent(*id)) != "w:sectPrChange";
        let sections: Vec<(Id, u32)> = tree.all().filter(is_now).map(|id| (id, text_width(tree, id))).collect();
        let last = sections.last().map_or(TEXT_WIDTH, |(_, width)| *width);
        Pages { sections, last }
    }

    /// The pages of a part without sections of its own, such as a header: they go by the last.
    pub fn last(self) -> Self {
        Pages { sections: Vec::new(), last: self.last }
    }

    /// The width of the text where an element stands: of its section, text box or cell.
    pub fn width(&self, tree: &Tree, id: Id) -> u32 {
        let section = self.sections.iter().find(|(end, _)| *end > id).map_or(self.last, |(_, width)| *width);
        let within = tree.holders(id).find_map(|holder| match tree.name(holder) {
            "w:tc" => cell_width(tree, holder),
            "wp:anchor" | "wp:inline" => extent(tree, holder),
            _ => None,
        });
        within.map_or(section, |within| within.min(section)).max(LEAST)
    }
}

/// The width of a section's text, or of one of its columns.
fn text_width(tree: &Tree, section: Id) -> u32 {
    let number = |name: &str, attribute: &str| {
        let value = tree.attribute(tree.child(section, name)?, attribute)?;
        value.parse::<f64>().ok().filter(|value| (0.0..1e6).contains(value)).map(|value| value as u32)
    };
    let Some(page) = number("w:pgSz", "w:w") else { return TEXT_WIDTH };
    let sides = ["w:left", "w:right", "w:gutter"].iter().filter_map(|side| number("w:pgMar", side));
    let text = page.saturating_sub(sides.sum());
    let columns = number("w:cols", "w:num").unwrap_or(1).clamp(1, 45);
    let between = number("w:cols", "w:space").unwrap_or(720) * (columns - 1);
    (text.saturating_sub(between) / columns).max(LEAST)
}

/// The width of a cell's text: by its own width, else by those of the grid's columns that it spans.
pub fn cell_width(tree: &Tree, cell: Id) -> Option<u32> {
    let stated = tree.child(cell, "w:tcPr").and_then(|properties| tree.child(properties, "w:tcW"));
    let is_length = |id: &Id| tree.attribute(*id, "w:type").is_none_or(|kind| kind == "dxa");
    let stated = stated.filter(is_length).and_then(|id| tree.attribute(id, "w:w")?.parse().ok());
    let width = stated.filter(|width| *width > 0).or_else(|| spanned(tree, cell))?;
    Some(u32::saturating_sub(width, SIDES))
}

fn spanned(tree: &Tree, cell: Id) -> Option<u32> {
    let named = |name: &'static str| tree.holders(cell).find(move |id| tree.name(*id) == name);
    let (row, table) = (named("w:tr")?, named("w:tbl")?);
    let grid = tree.child(table, "w:tblGrid")?;
    let columns: Vec<u32> =
        tree.children(grid).filter_map(|column| tree.attribute(column, "w:w")?.parse().ok()).collect();
    let before = tree.child(row, "w:trPr").and_then(|id| number_of(tree, id, "w:gridBefore")).unwrap_or(0);
    let of_row =
        |id: &Id| tree.name(*id) == "w:tc" && tree.holders(*id).find(|id| tree.name(*id) == "w:tr") == Some(row);
    let earlier = tree.within(row).filter(of_row).take_while(|id| *id != cell);
    let from = before + earlier.map(|id| span(tree, id)).sum::<usize>();
    let spanned = columns.get(from..from + span(tree, cell))?;
    Some(spanned.iter().sum())
}

fn span(tree: &Tree, cell: Id) -> usize {
    tree.child(cell, "w:tcPr").and_then(|id| number_of(tree, id, "w:gridSpan")).unwrap_or(1).clamp(1, 1_000)
}

fn number_of(tree: &Tree, id: Id, child: &str) -> Option<usize> {
    tree.value_of(id, child)?.parse().ok().filter(|number| *number < 1_000)
}

/// The width of a drawing, in which a text box stands.
fn extent(tree: &Tree, drawing: Id) -> Option<u32> {
    let wide: u64 = tree.attribute(tree.child(drawing, "wp:extent")?, "cx")?.parse().ok()?;
    u32::try_from(wide / EMU).ok().map(|wide| wide.saturating_sub(SIDES + 72))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A5: &str =
        "<w:sectPr><w:pgSz w:w=\"8391\" w:h=\"11907\"/><w:pgMar w:left=\"1000\" w:right=\"391\"/></w:sectPr>";

    fn width(text: &str) -> u32 {
        let tree = Tree::of(text).expect("it is sound");
        let here = tree.all().find(|id| tree.name(*id) == "here").expect("it is there");
        Pages::of(&tree).width(&tree, here)
    }

    #[test]
    fn text_is_as_wide_as_the_page_of_its_section_without_margins() {
        let wide = "<w:sectPr><w:pgSz w:w=\"16838\"/><w:pgMar w:left=\"1000\" w:right=\"838\"/></w:sectPr>";
        assert_eq!(width(&format!("<b><p><here/></p><p>{A5}</p>{wide}</b>")), 7_000);
        assert_eq!(width(&format!("<b><p>{A5}</p><p><here/></p>{wide}</b>")), 15_000);
        let columns = A5.replace("</w:sectPr>", "<w:cols w:num=\"2\" w:space=\"400\"/></w:sectPr>");
        assert_eq!(width(&format!("<b><here/>{columns}</b>")), 3_300);
        assert_eq!(width("<b><here/></b>"), TEXT_WIDTH);
    }

    #[test]
    fn a_cell_is_as_wide_as_it_says_or_as_the_columns_that_it_spans() {
        let cell = |properties: &str, inside: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>");
        let table = |cells: &str| {
            let grid = [1_500, 2_000, 3_000].map(|wide| format!("<w:gridCol w:w=\"{wide}\"/>")).concat();
            format!("<w:tbl><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>{A5}")
        };
        let stated = cell("<w:tcW w:w=\"4216\" w:type=\"dxa\"/>", "<here/>");
        assert_eq!(width(&table(&stated)), 4_000);
        let part = "<w:tcW w:w=\"2500\" w:type=\"pct\"/>";
        let two = [cell(part, ""), cell(&format!("{part}<w:gridSpan w:val=\"2\"/>"), "<here/>")].concat();
        assert_eq!(width(&table(&two)), 5_000 - SIDES);
    }
}

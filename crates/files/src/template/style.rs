//! How the cells of a template look: quiet, legible in print, and never by colour alone.

use penshaw_register::FieldKind;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

const INK: Color = Color::RGB(0x0b0c0c);
const QUIET: Color = Color::RGB(0x505a5f);
const EXAMPLE: Color = Color::RGB(0x6b7276);
const HEADING: Color = Color::RGB(0xdde6ef);
const REQUIRED: Color = Color::RGB(0xbcd0e4);
const LINK: Color = Color::RGB(0x1d5a96);
const RULE: Color = Color::RGB(0x5b7a99);

/// The formats of a template.
pub(crate) struct Styles {
    pub(super) title: Format,
    pub(super) about: Format,
    pub(super) help: Format,
    pub(super) link: Format,
    pub(crate) heading: Format,
    pub(super) required: Format,
    pub(super) words: Format,
    pub(super) bold: Format,
    /// A column of words: digits stay as they are typed, leading noughts included.
    pub(super) text: Format,
    pub(super) money: Format,
    pub(super) number: Format,
    pub(super) whole: Format,
    pub(super) day: Format,
    pub(super) share: Format,
}

impl Styles {
    pub(crate) fn new() -> Self {
        let base = Format::new().set_font_name("Arial").set_font_size(10).set_font_color(INK);
        let wrapped = base.clone().set_text_wrap().set_align(FormatAlign::Top);
        let heading = wrapped
            .clone()
            .set_align(FormatAlign::VerticalCenter)
            .set_bold()
            .set_background_color(HEADING)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_color(RULE);
        let column = |format: &str| base.clone().set_align(FormatAlign::Top).set_num_format(format);
        let figures = |format: &str| column(format).set_align(FormatAlign::Right).set_indent(1);
        Styles {
            title: base.clone().set_bold().set_font_size(16),
            about: base.clone().set_font_color(QUIET),
            help: wrapped.clone().set_align(FormatAlign::Bottom).set_font_size(9).set_font_color(QUIET),
            link: wrapped.clone().set_font_color(LINK).set_underline(FormatUnderline::Single),
            required: heading.clone().set_background_color(REQUIRED),
            heading,
            words: wrapped.clone(),
            bold: wrapped.set_bold(),
            text: column("@").set_text_wrap(),
            money: figures("#,##0.00"),
            number: figures("General"),
            whole: figures("#,##0"),
            day: column("yyyy-mm-dd").set_align(FormatAlign::Left),
            share: figures("0.##"),
        }
    }

    /// How a column of that kind looks.
    pub(crate) fn of(&self, kind: FieldKind) -> &Format {
        match kind {
            FieldKind::Money | FieldKind::AmountsByYear => &self.money,
            FieldKind::Number { .. } => &self.number,
            FieldKind::Count => &self.whole,
            FieldKind::Date => &self.day,
            FieldKind::Proportion => &self.share,
            _ => &self.text,
        }
    }

    /// An example in the number format of its column.
    pub(super) fn example_as(column: &Format) -> Format {
        column.clone().set_italic().set_font_color(EXAMPLE)
    }
}

//! How cells look: number formats by kind of value, inputs shaded, totals bold.

use penshaw_documents::{Cell, RowKind, Value};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

const LINE: Color = Color::RGB(0x8A_9B_AD);
const HAIRLINE: Color = Color::RGB(0xD5_DB_E1);

/// What every cell starts from.
pub fn base() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10)
}

pub fn title() -> Format {
    base().set_bold().set_font_size(14)
}

pub fn introduction() -> Format {
    base().set_font_color(Color::RGB(0x33_33_33))
}

pub fn marking() -> Format {
    base().set_bold().set_font_color(Color::RGB(0x9C_1C_00))
}

pub fn caption() -> Format {
    base().set_bold().set_font_size(11)
}

pub fn note() -> Format {
    base().set_italic()
}

/// Words of the sources' tables.
pub fn words() -> Format {
    ruled().set_align(FormatAlign::Left).set_text_wrap()
}

/// An address that opens.
pub fn link() -> Format {
    ruled().set_font_color(Color::RGB(0x1A_65_A6)).set_underline(FormatUnderline::Single)
}

/// A cell with a fine line under it.
fn ruled() -> Format {
    base().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin).set_border_bottom_color(HAIRLINE)
}

/// A column's heading.
pub fn heading(numeric: bool) -> Format {
    let align = if numeric { FormatAlign::Right } else { FormatAlign::Left };
    base()
        .set_bold()
        .set_text_wrap()
        .set_align(align)
        .set_align(FormatAlign::Bottom)
        .set_background_color(Color::RGB(0xDD_E7_F0))
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(LINE)
}

/// A cell of the body.
pub fn cell(cell: &Cell, kind: RowKind, first: bool, numeric: bool) -> Format {
    let mut format = ruled();
    if let Some(number) = number_format(&cell.figure.value, cell.input) {
        format = format.set_num_format(number);
    }
    if numeric {
        format = format.set_align(FormatAlign::Right);
    } else {
        format = format.set_align(FormatAlign::Left).set_text_wrap();
    }
    match kind {
        RowKind::Total => {
            format = format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(LINE);
            format = format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(LINE);
        }
        RowKind::Group => format = format.set_bold().set_background_color(Color::RGB(0xF0_F0_F0)),
        RowKind::Body => {}
    }
    if cell.input && !first {
        format = format
            .set_unlocked()
            .set_background_color(Color::RGB(0xFF_F4_C2))
            .set_font_color(Color::RGB(0x00_2F_8E))
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE);
    }
    format
}

/// The number format of a kind of value. What a reader may change shows more of a percentage.
fn number_format(value: &Value, input: bool) -> Option<String> {
    match value {
        Value::Money(_) | Value::Pence(_) => Some("£#,##0.00;[Red]-£#,##0.00".to_owned()),
        Value::Pounds(_) => Some("£#,##0;[Red]-£#,##0".to_owned()),
        Value::Percent(_) if input => Some("0.0##%".to_owned()),
        Value::Percent(_) => Some("0.0%".to_owned()),
        Value::Number { decimals: 0, .. } | Value::Count(_) => Some("#,##0;[Red]-#,##0".to_owned()),
        Value::Number { decimals, .. } => {
            let noughts = "0".repeat(usize::from(*decimals).min(15));
            Some(format!("#,##0.{noughts};[Red]-#,##0.{noughts}"))
        }
        Value::Day(_) => Some("d mmmm yyyy".to_owned()),
        Value::Year(_) | Value::Text(_) => Some("@".to_owned()),
        Value::Nothing => None,
    }
}

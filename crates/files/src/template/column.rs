//! One column of a template's sheet: its heading, its explanation, its width and what it lets in.

use penshaw_basis::{Confidence, FinancialYear};
use penshaw_register::{EXAMPLE, Field, FieldKind, Kind};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::YEARS;
use super::sheet::{Drawing, FIRST_ENTRY, LAST_ENTRY};
use crate::read::{CONFIDENCE, REFERENCE};
use crate::year_headings;

/// A column of a sheet.
pub(super) struct Column {
    pub(super) heading: String,
    pub(super) required: bool,
    pub(super) help: String,
    pub(super) example: String,
    pub(super) kind: FieldKind,
    pub(super) width: f64,
}

/// The columns of a kind's sheet: the reference, its fields, and how sure it is.
pub(super) fn of(kind: Kind, first_year: FinancialYear) -> Vec<Column> {
    let mut columns = vec![Column {
        heading: REFERENCE.into(),
        required: true,
        help: "Your own name for the entry, used once on this sheet, such as A1.".into(),
        example: EXAMPLE.into(),
        kind: FieldKind::Text,
        width: 13.0,
    }];
    for field in kind.fields() {
        if field.kind == FieldKind::AmountsByYear {
            columns.extend(
                first_year.following(YEARS).enumerate().map(|(place, year)| year_column(kind, field, place, year)),
            );
        } else {
            columns.push(Column {
                heading: field.label.into(),
                required: field.required,
                help: field.help.into(),
                example: field.example.into(),
                kind: field.kind,
                width: width(field),
            });
        }
    }
    columns.push(Column {
        heading: CONFIDENCE.into(),
        required: false,
        help: "How sure the figures are: verified, reported or estimated. Reported where it is left empty. \
               For one figure: reported; annual_cost=verified."
            .into(),
        example: "reported".into(),
        kind: FieldKind::Text,
        width: 20.0,
    });
    columns
}

fn year_column(kind: Kind, field: &Field, place: usize, year: FinancialYear) -> Column {
    let first = place == 0;
    Column {
        heading: year_headings::heading(kind, field, year),
        required: field.required && first,
        help: if first { field.help.into() } else { String::new() },
        example: if first { field.example.into() } else { String::new() },
        kind: FieldKind::Money,
        width: if first { 16.0 } else { 13.0 },
    }
}

fn width(field: &Field) -> f64 {
    let heading = field.label.len() as f64 + 3.0;
    let least = match field.kind {
        FieldKind::Text if ["name", "title", "statement", "description", "position"].contains(&field.name) => 34.0,
        FieldKind::Text | FieldKind::List => 24.0,
        FieldKind::Choice(choices) => choices.iter().map(|choice| choice.len()).max().unwrap_or(0) as f64 + 4.0,
        FieldKind::Function => 28.0,
        FieldKind::Reference(_) | FieldKind::References(_) => 14.0,
        _ => 13.0,
    };
    least.max(heading.min(20.0)).clamp(12.0, 36.0)
}

impl Column {
    /// What the column's cells let in, and what they say when one is chosen.
    pub(super) fn validation(&self, drawing: &Drawing<'_>) -> Result<DataValidation, XlsxError> {
        let rule = self.rule(DataValidation::new(), drawing)?;
        let example = match self.example.as_str() {
            "" | EXAMPLE => String::new(),
            example => format!(" For example: {example}"),
        };
        let message = format!("{}{example}", self.help);
        let rule = rule
            .set_error_title("Please look again")?
            .set_error_message(cut(&format!("{} {}", self.wants(), self.help), 255))?;
        if message.trim().is_empty() {
            return Ok(rule);
        }
        rule.set_input_title(cut(&self.heading, 32))?.set_input_message(cut(&message, 255))
    }

    fn rule(&self, rule: DataValidation, drawing: &Drawing<'_>) -> Result<DataValidation, XlsxError> {
        let advice = |rule: DataValidation| rule.set_error_style(DataValidationErrorStyle::Information);
        Ok(match self.kind {
            _ if self.heading == CONFIDENCE => advice(rule.allow_list_strings(&Confidence::ALL.map(Confidence::word))?),
            FieldKind::Choice(choices) => rule.allow_list_strings(choices)?,
            FieldKind::YesNo => rule.allow_list_strings(&["yes", "no"])?,
            FieldKind::Count => rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
            FieldKind::Money => rule.allow_decimal_number(DataValidationRule::Between(-1e10, 1e10)),
            FieldKind::Proportion => rule.allow_decimal_number(DataValidationRule::Between(0.0, 1.0)),
            FieldKind::Number { least, most, .. } => {
                // Spreadsheets cannot hold the largest numbers of a computer.
                let bound = |number: f64| number.clamp(-1e15, 1e15);
                rule.allow_decimal_number(DataValidationRule::Between(bound(least), bound(most)))
            }
            FieldKind::Date => {
                let (first, last) = (ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(2999, 12, 31)?);
                rule.allow_date(DataValidationRule::Between(first, last))
            }
            FieldKind::Function => match &drawing.functions {
                Some(list) => advice(rule.allow_list_formula(list.clone())),
                None => rule.allow_any_value(),
            },
            FieldKind::Reference(kind) if drawing.kinds.contains(&kind) => {
                advice(rule.allow_list_formula(references(kind)))
            }
            _ => rule.allow_any_value(),
        })
    }

    /// What a cell must hold, for the message that refuses another.
    fn wants(&self) -> &'static str {
        match self.kind {
            FieldKind::Choice(_) | FieldKind::YesNo => "Choose one from the list.",
            FieldKind::Count => "Write a whole number from 0.",
            FieldKind::Money => "Write pounds as a number.",
            FieldKind::Proportion => "Write a number from 0 to 1, or a percentage.",
            FieldKind::Number { .. } => "Write a number within bounds.",
            FieldKind::Date => "Write a date, such as 2014-06-18.",
            _ => "",
        }
    }
}

/// The references on another sheet of the workbook.
fn references(kind: Kind) -> Formula {
    Formula::new(format!("='{}'!$A${}:$A${}", kind.sheet(), FIRST_ENTRY + 1, LAST_ENTRY + 1))
}

/// A text within a limit that Excel sets.
fn cut(text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit - 1).collect();
    format!("{kept}…")
}

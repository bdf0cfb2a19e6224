//! Formula trees printed as Excel's formulas.

use penshaw_documents::{At, Cell, Formula, Range, Value};

use super::layout::Layout;
use crate::write::WriteError;

/// The most characters that Excel takes in a formula.
const LONGEST: usize = 8192;

/// How tightly a printed part holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Whole,
}

/// The formula as a cell of one sheet holds it, with its equals sign.
pub fn printed(formula: &Formula, layout: &Layout, sheet: usize) -> Result<String, WriteError> {
    let words = format!("={}", Printer { layout, sheet }.any(formula));
    if words.len() > LONGEST {
        return Err(WriteError::LongFormula { length: words.len() });
    }
    Ok(words)
}

struct Printer<'a> {
    layout: &'a Layout<'a>,
    sheet: usize,
}

impl Printer<'_> {
    fn any(&self, formula: &Formula) -> String {
        self.part(formula).0
    }

    /// The formula, in brackets if it does not hold together as tightly as it must.
    fn held(&self, formula: &Formula, at_least: Binding) -> String {
        match self.part(formula) {
            (words, binding) if binding >= at_least => words,
            (words, _) => format!("({words})"),
        }
    }

    fn part(&self, formula: &Formula) -> (String, Binding) {
        match formula {
            Formula::Number(number) if number.is_sign_negative() && *number != 0.0 => {
                (number.to_string(), Binding::Sum)
            }
            Formula::Number(number) => (number.abs().to_string(), Binding::Whole),
            Formula::Cell(at) => (self.cell(at), Binding::Whole),
            Formula::Add(parts) => (self.sum(parts), Binding::Sum),
            Formula::Subtract(one, other) => {
                (format!("{}-{}", self.any(one), self.held(other, Binding::Product)), Binding::Sum)
            }
            Formula::Multiply(parts) => (self.product(parts), Binding::Product),
            function => (self.function(function), Binding::Whole),
        }
    }

    fn function(&self, formula: &Formula) -> String {
        match formula {
            Formula::Sum(range) => format!("SUM({})", self.range(range)),
            Formula::SumProduct(left, right) => format!("SUMPRODUCT({},{})", self.range(left), self.range(right)),
            Formula::PresentValue { rate, flows } => self.present_value(rate, flows),
            Formula::Divide(one, other, otherwise) => format!(
                "IF({}=0,{},{}/{})",
                self.any(other),
                self.any(otherwise),
                self.held(one, Binding::Product),
                self.held(other, Binding::Whole),
            ),
            // Excel's MIN passes blanks and words over, where ours count as nought.
            Formula::Minimum(range) if self.has_gaps(range) => format!("MIN({},0)", self.range(range)),
            Formula::Minimum(range) => format!("MIN({})", self.range(range)),
            Formula::SumWhere { criteria, equals, amounts } => self.sum_where(criteria, equals, amounts),
            other => self.any(other),
        }
    }

    fn sum(&self, parts: &[Formula]) -> String {
        let mut words = String::new();
        for part in parts {
            let part = self.any(part);
            if !words.is_empty() && !part.starts_with('-') {
                words.push('+');
            }
            words.push_str(&part);
        }
        if words.is_empty() { "0".to_owned() } else { words }
    }

    fn product(&self, parts: &[Formula]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.held(part, Binding::Product)).collect();
        if parts.is_empty() { "1".to_owned() } else { parts.join("*") }
    }

    /// A cell's name; words count as nought, which Excel must be told.
    fn cell(&self, at: &At) -> String {
        let name = self.layout.name(at, Some(self.sheet));
        match self.layout.cell(at) {
            cell if holds_number(cell) || is_blank(cell) => name,
            Cell { figure, .. } if matches!(figure.value, Value::Day(_)) => "0".to_owned(),
            _ => format!("N({name})"),
        }
    }

    fn range(&self, range: &Range) -> String {
        self.layout.range(range, self.sheet)
    }

    fn places(&self, range: &Range) -> impl Iterator<Item = At> {
        let columns = move |row| (range.from.column..=range.to_column).map(move |column| (row, column));
        let places = (range.from.row..=range.to_row).flat_map(columns);
        places.map(|(row, column)| At::new(range.from.table.clone(), row, column))
    }

    fn has_gaps(&self, range: &Range) -> bool {
        self.places(range).any(|at| !holds_number(self.layout.cell(&at)))
    }

    /// `NPV`, or year by year where the flows have gaps: Excel's `NPV` would pass
    /// over a blank cell and discount all later flows by a year too few.
    fn present_value(&self, rate: &Formula, flows: &Range) -> String {
        if !self.has_gaps(flows) {
            return format!("NPV({},{})", self.any(rate), self.range(flows));
        }
        let rate = self.any(rate);
        let flow = |(year, at): (usize, At)| format!("{}/(1+{rate})^{}", self.cell(&at), year + 1);
        let flows: Vec<String> = self.places(flows).enumerate().map(flow).collect();
        format!("({})", flows.join("+"))
    }

    /// `SUMIF`, or an exact comparison where `SUMIF`, which ignores case, would find more.
    fn sum_where(&self, criteria: &Range, equals: &str, amounts: &Range) -> String {
        let (criteria_name, amounts_name) = (self.range(criteria), self.range(amounts));
        let only_in_lower_case = self.places(criteria).any(|at| {
            let words = self.layout.cell(&at).figure.value.to_string();
            words != equals && words.to_lowercase() == equals.to_lowercase()
        });
        if only_in_lower_case {
            format!("SUMPRODUCT(--EXACT({criteria_name},\"{}\"),{amounts_name})", equals.replace('"', "\"\""))
        } else {
            format!("SUMIF({criteria_name},\"={}\",{amounts_name})", wanted(equals))
        }
    }
}

/// Words as a criterion, in which a star, a question mark and a tilde mean themselves.
fn wanted(words: &str) -> String {
    let mut wanted = String::new();
    for one in words.chars() {
        match one {
            '*' | '?' | '~' => wanted.extend(['~', one]),
            '"' => wanted.push_str("\"\""),
            other => wanted.push(other),
        }
    }
    wanted
}

fn holds_number(cell: &Cell) -> bool {
    cell.formula.is_some() || cell.figure.value.number().is_some()
}

/// Whether the cell is written as a blank one.
pub fn is_blank(cell: &Cell) -> bool {
    match &cell.figure.value {
        Value::Text(words) => words.is_empty(),
        Value::Nothing => cell.input,
        _ => false,
    }
}

//! The appraisal as a workbook whose formulas recompute its base case.
//!
//! Tables, by id (`O1` stands for an option's reference; years and rows count from nought):
//! - `years`: row 0 discount rates (input), 1 factors, 2 prices (input); column 1 + t is year t;
//! - `key-figures` (input) and `key-shares`: a row an option, column 1 + p is partner p;
//! - `lines-O1` (input): a row a line; columns in [`lines`];
//! - `real-O1`: the same rows in prices of year 0; column 1 + t is year t, then present value, then cash beyond NPSV;
//! - `totals-O1`: rows 0 costs, 1 benefits, 2 net; column 1;
//! - `cash-O1`: rows 0 net benefit, 1 + p partner p, then all partners, then net benefit against business as usual;
//! - `funding-O1`: for each partner and then for all a row of nominal cash and a row of cash so far;
//! - `bridge-O1`: from NPSV to net present cash; its last row is nought;
//! - `results`: a row an option; columns 1 costs, 2 benefits, 3 NPSV, 4 NPSC, 5 BCR, 6 NPSV by the sheet's own
//!   `NPV`, 7 net present cash, 8 the bridge's difference, 9 peak funding;
//! - `partner-results`: a row an option and partner; columns 2 net present cash, 3 peak funding.

mod course;
mod inputs;
mod lines;
mod results;
#[cfg(test)]
mod tests;

use penshaw_basis::Estimate;
use penshaw_documents::{At, Cell, Formula, Row, Value, Workbook, Worksheet};

use super::outcome::{OptionOutcome, Outcome};

/// The base case, every range at its mean, as formulas over cells that a reader may change.
pub fn workbook(outcome: &Outcome) -> Workbook {
    let given = Given { outcome, years: outcome.years.len(), partners: outcome.partners.len() };
    let mut sheets = vec![read_me(&given), inputs::sheet(&given), inputs::parameters(&given)];
    sheets.extend((0..outcome.options.len()).map(|place| course::sheet(&given, place)));
    sheets.push(results::sheet(&given));
    Workbook { title: "Appraisal of the options: live workbook".into(), sheets }
}

/// What every sheet is drawn from.
struct Given<'a> {
    outcome: &'a Outcome,
    years: usize,
    partners: usize,
}

impl<'a> Given<'a> {
    fn option(&self, place: usize) -> &'a OptionOutcome {
        &self.outcome.options[place]
    }

    /// Business as usual, unless it is the option itself.
    fn usual(&self, option: &OptionOutcome) -> Option<&'a OptionOutcome> {
        self.outcome.business_as_usual().filter(|usual| usual.reference != option.reference)
    }

    fn year_headings(&self) -> impl Iterator<Item = String> {
        self.outcome.years.iter().map(ToString::to_string)
    }
}

/// A table's id for an option, such as `lines-O1`.
fn id(table: &str, option: &OptionOutcome) -> String {
    format!("{table}-{}", option.reference)
}

fn money(pounds: f64) -> Cell {
    Cell::plain(Value::Pence(Estimate::from_pounds(pounds)))
}

fn number(number: f64, decimals: u8) -> Cell {
    Cell::plain(Value::Number { number, decimals })
}

fn cell(table: &str, row: usize, column: usize) -> Formula {
    Formula::Cell(At::new(table, row, column))
}

fn less(one: Formula, other: Formula) -> Formula {
    Formula::Subtract(Box::new(one), Box::new(other))
}

/// The cell of an option's table less the same cell of business as usual's, where there is one.
fn against(given: &Given, option: &OptionOutcome, table: &str, row: usize, column: usize) -> Formula {
    let own = cell(&id(table, option), row, column);
    match given.usual(option) {
        Some(usual) => less(own, cell(&id(table, usual), row, column)),
        None if given.outcome.business_as_usual().is_some() => less(own.clone(), own),
        None => own,
    }
}

fn worded(cells: Vec<Cell>, kind: fn(Vec<Cell>) -> Row, label: &str) -> Row {
    kind(std::iter::once(Cell::words(label)).chain(cells).collect())
}

fn read_me(given: &Given) -> Worksheet {
    let usual = match given.outcome.business_as_usual() {
        Some(usual) => format!("Results are relative to business as usual ({}).", usual.name),
        None => "No option is business as usual: results are relative to doing nothing that costs.".into(),
    };
    let words = [
        "This workbook recomputes the base case of the appraisal: every range stands at its mean, risks and bids at their probability.",
        "Change the cells marked as inputs on the sheets Inputs and Parameters; every other figure follows.",
        "The sheets of the options show each line in prices of the first year, its present value, and each partner's cash.",
        &usual,
        "Costs and benefits are entered as positive amounts; whether a line counts as cost or benefit stands beside it.",
        "Where a line's money falls to the partners by the cost key, its parts follow the figures on the sheet Parameters.",
        "A present value is the sum of each year's amount times that year's discount factor. The column \"NPSV by NPV()\" is a check: the first year's amount plus the spreadsheet's own NPV of the later ones, at one rate for all years.",
        "The differences in the last rows of the bridges are nought as long as NPSV and the partners' cash agree.",
        "The spread of results (P10, P90, probabilities) comes from sampling and is not recomputed here.",
    ];
    Worksheet { name: "Read me".into(), introduction: words.join("\n"), tables: Vec::new() }
}

//! A simulated model as a document: one table of options and partners, and how it was sampled.

use penshaw_basis::Estimate;
use penshaw_documents::{Block, Cell, Column, Document, Row, RowKind, Table, Value};
use penshaw_numerics::simulation::QuantileMethod;

use super::neutral::{SimulatedModel, SimulatedValue};

impl SimulatedModel {
    /// The answer as a document. Values are in the unit of the model, which it does not name.
    pub fn document(&self) -> Document {
        Document {
            title: "Ranges, sampled".into(),
            blocks: vec![
                Block::Table(self.table()),
                Block::Table(self.contests()),
                Block::words(self.how_it_was_sampled()),
            ],
            ..Document::default()
        }
    }

    fn table(&self) -> Table {
        let headings = ["Mean", "P10", "P50", "P90", "Standard error", "Above nought"];
        let columns = std::iter::once(Column::words("Option and partner"));
        let columns = columns.chain(headings.map(Column::numbers)).collect();
        let mut table = Table::new("simulated", "Net present value of each option, all partners and each", columns);
        for option in &self.options {
            let mut group = vec![Cell::empty(); table.columns.len()];
            group[0] = Cell::words(&option.name);
            table.push(Row { kind: RowKind::Group, cells: group });
            table.push(Row::body(cells("All partners", &option.total)));
            for partner in &option.partners {
                table.push(Row::body(cells(&partner.name, &partner.value)));
            }
        }
        table
    }

    fn contests(&self) -> Table {
        let mut columns = vec![Column::words("Option"), Column::numbers("All partners")];
        columns.extend(self.probability_best_by_partner.iter().map(|partner| Column::numbers(&partner.name)));
        let mut table = Table::new("simulated-best", "How often each option is the best of all", columns);
        for (place, option) in self.options.iter().enumerate() {
            let mut cells = vec![Cell::words(&option.name), Value::Percent(self.probability_best[place]).into()];
            let partners = self.probability_best_by_partner.iter();
            cells.extend(partners.map(|partner| Cell::from(Value::Percent(partner.probability_best[place]))));
            table.push(Row::body(cells));
        }
        table
    }

    fn how_it_was_sampled(&self) -> String {
        let quantiles = match self.quantile_method {
            QuantileMethod::Exact => "Quantiles are those of all trials.".to_owned(),
            QuantileMethod::Histogram => format!(
                "Quantiles are taken from narrow bins, so that memory stays flat: they are exact to within {}.",
                number(self.quantile_error)
            ),
        };
        format!(
            "{} trials from seed {}. {quantiles}",
            Value::Number { number: self.trials as f64, decimals: 0 },
            self.seed
        )
    }
}

fn cells(name: &str, value: &SimulatedValue) -> Vec<Cell> {
    let numbers = [value.mean, value.p10, value.p50, value.p90, value.standard_error];
    let mut cells = vec![Cell::words(name)];
    cells.extend(numbers.map(|one| Cell::from(number(one))));
    cells.push(Value::Percent(value.probability_positive).into());
    cells
}

/// A number with the thousands marked, and decimals only where it is small.
fn number(number: f64) -> Value {
    let whole = Estimate::from_pounds(number).to_whole_pounds().replace('£', "");
    if number.abs() >= 1000.0 { Value::text(whole) } else { Value::Number { number, decimals: 2 } }
}

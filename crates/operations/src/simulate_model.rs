//! Samples a model of ranges in the neutral format.

use std::path::Path;

use penshaw_analyses::appraisal::{NeutralModel, SimulatedModel, SimulatedValue, simulate};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use penshaw_numerics::simulation::{QuantileMethod, Settings};

use crate::read_file::{name, text};
use crate::{Answer, Refusal};

/// Samples a model.
///
/// # Errors
/// If the file cannot be read or is no model.
pub fn simulate_model(path: &Path, trials: u64, seed: u64, threads: Option<usize>) -> Result<Answer, Refusal> {
    let model = NeutralModel::from_json(&text(path)?);
    let simulated = model.and_then(|model| simulate(&model, &Settings { trials, seed, threads }));
    let simulated =
        simulated.map_err(|error| Refusal::NotWhatItShouldBe { path: path.to_owned(), what: error.to_string() })?;
    let value = serde_json::to_value(&simulated).expect("an answer is plain data");
    Ok(Answer { document: document(&simulated, &name(path)), value })
}

fn document(simulated: &SimulatedModel, name: &str) -> Document {
    let method = match simulated.quantile_method {
        QuantileMethod::Exact => "Quantiles are of type 7, from all trials.".to_owned(),
        QuantileMethod::Histogram => {
            format!("Quantiles are of type 7, within {:.4} of those of all trials.", simulated.quantile_error)
        }
    };
    Document {
        title: "Net present value over the trials".into(),
        author: "Penshaw".into(),
        occasion: name.to_owned(),
        marking: None,
        titles: Default::default(),
        blocks: vec![
            Block::words(format!("{} trials, seed {}. {method}", simulated.trials, simulated.seed)),
            Block::Table(table(simulated)),
        ],
    }
}

fn table(simulated: &SimulatedModel) -> Table {
    let mut columns = vec![Column::words("Option"), Column::words("Partner")];
    columns.extend(["Mean", "P10", "P50", "P90", "Probability best"].map(Column::numbers));
    let mut table = Table::new("simulated", "Net present value, in the model's unit", columns);
    for (option, best) in simulated.options.iter().zip(&simulated.probability_best) {
        table.push(row(&option.name, "All", &option.total, Value::Percent(*best)));
        for partner in &option.partners {
            table.push(row("", &partner.name, &partner.value, Value::Nothing));
        }
    }
    table
}

fn row(option: &str, partner: &str, value: &SimulatedValue, best: Value) -> Row {
    let numbers = [value.mean, value.p10, value.p50, value.p90];
    let mut cells = vec![Cell::words(option), Cell::words(partner)];
    cells.extend(numbers.map(|number| Cell::plain(Value::Number { number, decimals: 2 })));
    cells.push(Cell::plain(best));
    Row::body(cells)
}

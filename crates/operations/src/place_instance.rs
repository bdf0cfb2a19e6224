//! Places the workloads of an instance in the neutral format.

use std::path::Path;

use penshaw_analyses::placement::neutral::{NeutralInstance, PlacedInstance, check, place};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use penshaw_numerics::assignment::Effort;

use crate::read_file::{name, text};
use crate::{Answer, Refusal};

/// Places the workloads of an instance, and checks the placement against every constraint before it is shown.
///
/// # Errors
/// If the file cannot be read, is no instance, or nothing fits.
///
/// # Panics
/// If the placement breaks a constraint: that would be a fault of the search.
pub fn place_instance(path: &Path, gap: f64, nodes: u64) -> Result<Answer, Refusal> {
    let instance = NeutralInstance::from_json(&text(path)?);
    let placed = instance.and_then(|instance| Ok((place(&instance, &Effort { gap, nodes })?, instance)));
    let (placed, instance) =
        placed.map_err(|error| Refusal::NotWhatItShouldBe { path: path.to_owned(), what: error.to_string() })?;
    check(&instance, &placed).expect("a placement that was found holds every constraint");
    let value = serde_json::to_value(&placed).expect("an answer is plain data");
    Ok(Answer { document: document(&placed, &name(path)), value })
}

fn document(placed: &PlacedInstance, name: &str) -> Document {
    Document {
        title: "Where each workload runs and is recovered".into(),
        author: "Penshaw".into(),
        occasion: name.to_owned(),
        marking: None,
        titles: Default::default(),
        blocks: vec![Block::words(sentence(placed)), Block::Table(modules(placed)), Block::Table(placement(placed))],
    }
}

fn sentence(placed: &PlacedInstance) -> String {
    let found =
        format!("The placement costs {:.2}; no placement costs less than {:.2}", placed.objective, placed.bound);
    let proof = match placed.status.as_str() {
        "optimal" => format!("so it is within {:.4} % of the best, as was asked", 100.0 * placed.gap),
        _ => format!(
            "so it is within {:.4} % of the best; {:.4} % was asked for, which more nodes may reach",
            100.0 * placed.gap,
            100.0 * placed.gap_asked
        ),
    };
    format!("{found}, {proof}. {} nodes were opened; every constraint was checked.", placed.nodes)
}

fn modules(placed: &PlacedInstance) -> Table {
    let mut table = Table::new("modules", "Modules bought", vec![Column::words("Site"), Column::numbers("Modules")]);
    for (site, &bought) in &placed.modules {
        let number = Value::Number { number: f64::from(bought), decimals: 0 };
        table.push(Row::body(vec![Cell::words(site), Cell::plain(number)]));
    }
    table
}

fn placement(placed: &PlacedInstance) -> Table {
    let columns = ["Workload", "Primary site", "Recovery site"].map(Column::words).to_vec();
    let mut table = Table::new("placement", "Placement", columns);
    for one in &placed.placement {
        table.push(Row::body(vec![Cell::words(&one.workload), Cell::words(&one.primary), Cell::words(&one.recovery)]));
    }
    table
}

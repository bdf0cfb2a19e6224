//! Lists every parameter in force on a day, with its reference.

use std::path::Path;

use penshaw_basis::{Basis, Date, Parameter};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value, inlines};

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;

/// Prints every parameter in force on a day, or one of them with its whole value; a
/// partnership folder's own parameters lie over those that come with Penshaw.
///
/// # Errors
/// If the folder cannot be read or its parameters cannot be used.
pub fn print_parameters(folder: Option<&Path>, on: Date, name: Option<&str>, width: usize) -> Result<String, Refusal> {
    let basis = match folder {
        Some(folder) => Basis::with_overlay(&penshaw_files::read::folder(folder)?.parameters)?,
        None => Basis::standard(),
    };
    if let Some(name) = name {
        basis.parameter(name)?;
    }
    Ok(penshaw_files::write::text::write(&list_parameters(&basis, on, name), width))
}

impl Operations {
    /// The parameters that a service works with, the partnership's own laid over those that come with Penshaw.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn parameters(&self, actor: &Actor) -> Result<Basis, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        self.basis().await
    }
}

/// Every parameter in force on a day, as a document; with `name`, that one alone and its whole value.
fn list_parameters(basis: &Basis, on: Date, name: Option<&str>) -> Document {
    let chosen: Vec<&Parameter> =
        basis.parameters().filter(|parameter| name.is_none_or(|name| parameter.name == name)).collect();
    let mut blocks = vec![table(&chosen, on)];
    if let (Some(_), [parameter]) = (name, chosen.as_slice()) {
        blocks.extend(whole(parameter, on));
    }
    Document {
        title: "Parameters in force".into(),
        author: "Penshaw".into(),
        occasion: Value::Day(on).to_string(),
        marking: None,
        titles: Default::default(),
        blocks,
    }
}

fn table(parameters: &[&Parameter], on: Date) -> Block {
    let columns = ["Parameter", "What it is", "Unit", "Set by", "In force from", "Reference", "Look again by"];
    let columns = columns.into_iter().map(Column::words).collect();
    let mut table = Table::new("parameters", format!("Parameters in force on {}", Value::Day(on)), columns);
    for parameter in parameters {
        let value = parameter.in_force(on);
        table.push(Row::body(vec![
            Cell::words(&parameter.name),
            Cell::words(&parameter.description),
            Cell::words(&parameter.unit),
            Cell::words(&parameter.set_by),
            value.map_or(Cell::words("not in force"), |value| Cell::plain(Value::Day(value.from))),
            value.map_or(Cell::empty(), |value| {
                Cell::words(format!("{} <{}>", value.reference.title, value.reference.href))
            }),
            Cell::plain(Value::Day(parameter.review_by)),
        ]));
    }
    Block::Table(table)
}

fn whole(parameter: &Parameter, on: Date) -> Vec<Block> {
    let Some(value) = parameter.in_force(on) else { return Vec::new() };
    let text = serde_json::to_string_pretty(&value.value).expect("a parameter's value is plain data");
    let lines = text.lines().map(inlines).collect();
    vec![Block::heading(2, "Value"), Block::List { ordered: false, items: lines }]
}

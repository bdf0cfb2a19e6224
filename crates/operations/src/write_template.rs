//! Writes the workbook that an authority or the partnership fills in.

use std::fs;
use std::path::Path;

use penshaw_basis::{Basis, Date, FinancialYear};
use serde::Deserialize;

use crate::Refusal;

#[derive(Deserialize)]
struct Function {
    id: u32,
    label: String,
}

/// Writes the template, with ten financial years from the first one given.
///
/// # Errors
/// If it cannot be made or written.
pub fn write_template(path: &Path, first_year: FinancialYear, on: Date) -> Result<(), Refusal> {
    let functions = Basis::standard()
        .value::<Vec<Function>>("functions/local_government", on)
        .map(|cited| cited.value)
        .unwrap_or_default();
    let functions: Vec<(String, String)> =
        functions.into_iter().map(|function| (function.id.to_string(), function.label)).collect();
    let bytes = penshaw_files::template::workbook(on, first_year, &functions)
        .map_err(|error| Refusal::Printing { form: "the template", what: error.to_string() })?;
    fs::write(path, bytes).map_err(|error| Refusal::File { path: path.to_owned(), error })
}

//! Writes the workbooks that an authority and the partnership fill in.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use penshaw_basis::{Basis, Date, FinancialYear};
use penshaw_files::template;
use penshaw_register::PARTNERSHIP;
use serde::Deserialize;

use crate::Refusal;
use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;

/// Which workbook is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// What an authority has.
    Estate,
    /// What the partners hold together: options, lines, risks.
    Partnership,
}

#[derive(Deserialize)]
struct Function {
    id: u32,
    label: String,
}

/// Writes a template, with ten financial years from the first one given.
///
/// # Errors
/// If it cannot be made or written.
pub fn write_template(path: &Path, which: Template, first_year: FinancialYear, on: Date) -> Result<(), Refusal> {
    let is_xlsx = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if !is_xlsx {
        return Err(Refusal::NotWhatItShouldBe {
            path: path.to_owned(),
            what: "a template's name ends in .xlsx".into(),
        });
    }
    write_new(path, &made(which, first_year, on)?)
}

impl Operations {
    /// The workbook that a body fills in, its years from this one on.
    ///
    /// # Errors
    /// If the actor belongs to no body, or there is none of that name.
    pub async fn template(&self, actor: &Actor, body: &str) -> Result<Vec<u8>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        self.must_be_body(body).await?;
        let which = if body == PARTNERSHIP { Template::Partnership } else { Template::Estate };
        let today = self.clock().today();
        made(which, FinancialYear::of(today), today)
    }
}

fn made(which: Template, first_year: FinancialYear, on: Date) -> Result<Vec<u8>, Refusal> {
    let made = match which {
        Template::Estate => template::estate(on, first_year, &functions(on)),
        Template::Partnership => template::partnership(on, first_year),
    };
    made.map_err(|error| Refusal::Printing { form: "the template", what: error.to_string() })
}

/// Writes a file that was not there; one that is there may be somebody's work.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Refusal::ThereAlready { path: path.to_owned() },
        _ => Refusal::File { path: path.to_owned(), error },
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::File::create_new(path).and_then(|mut file| file.write_all(bytes)).map_err(failed)
}

/// The local government functions that applications may serve.
fn functions(on: Date) -> Vec<(String, String)> {
    let basis = Basis::standard();
    let listed = basis.value::<Vec<Function>>("functions/local_government", on);
    let listed = listed.map(|cited| cited.value).unwrap_or_default();
    listed.into_iter().map(|function| (function.id.to_string(), function.label)).collect()
}

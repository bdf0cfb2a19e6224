//! `penshaw parameters`: what is given, by whom.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Date, Refusal, print_parameters, today};

use crate::show;

/// List every parameter in force on a day, with its reference
#[derive(Args)]
pub struct Parameters {
    /// One parameter alone, with its whole value
    name: Option<String>,
    /// The day; today if left out
    #[arg(long, value_name = "DATE", value_parser = crate::show::day)]
    on: Option<Date>,
    /// A partnership folder whose own parameters are laid over
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Parameters {
    /// Lists the parameters.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let text = print_parameters(
            self.folder.as_deref(),
            self.on.unwrap_or_else(today),
            self.name.as_deref(),
            show::width(),
        )?;
        show::print(&text);
        Ok(ExitCode::SUCCESS)
    }
}

//! `penshaw analyse NAME FOLDER`: one question.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Asked, Date, Refusal, analyse_one};

use crate::show;

/// Answer one question about a partnership folder
#[derive(Args)]
#[command(after_help = questions())]
pub struct Analyse {
    /// The question's name
    name: String,
    /// The partnership folder, with its partnership.toml
    folder: PathBuf,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
    /// The day whose parameters are in force; the newest baseline's if left out
    #[arg(long, value_name = "DATE", value_parser = crate::show::day)]
    on: Option<Date>,
    /// The seed of the sampling
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn questions() -> String {
    let lines: Vec<String> =
        penshaw_operations::questions().map(|(name, question)| format!("  {name:<16} {question}")).collect();
    format!("Questions:\n{}", lines.join("\n"))
}

impl Analyse {
    /// Answers the question.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let asked = Asked { on: self.on, seed: self.seed, ..Asked::default() };
        let answer = analyse_one(&self.name, &self.folder, &asked)?;
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}

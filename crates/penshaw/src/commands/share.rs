//! `penshaw share GAME.csv`: cost shares of a given cost table.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Refusal, share_costs};

use crate::show;

/// Share the cost of a coalition, given what each coalition would cost
///
/// The table has the columns `coalition` and `cost`; members are joined by `+`, as in `A+B,34.69`.
/// Shares are in the table's own unit.
#[derive(Args)]
pub struct Share {
    /// The table of coalitions and costs
    table: PathBuf,
    /// Print the shares as JSON
    #[arg(long)]
    json: bool,
}

impl Share {
    /// Shares the cost.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let answer = share_costs(&self.table)?;
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}

//! `penshaw inventory FILE`: a raw inventory counted into installations.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Date, InventoryAsked, InventoryOut, Refusal, read_inventory};

use crate::show;

/// Count a raw inventory of devices and products into installations, however long it is
///
/// The file is CSV or Parquet with the columns `device` and `product`, and any of `version`, `authority`, `publisher`,
/// `user`, `cores` and `last used`, under these or the usual names. Each product counts the different devices and users.
#[derive(Args)]
pub struct Inventory {
    /// The inventory
    file: PathBuf,
    /// Count the rows of this authority alone, by the file's name for it
    #[arg(long, value_name = "CODE")]
    authority: Option<String>,
    /// Count each version by itself: a device with two versions then counts twice
    #[arg(long)]
    versions: bool,
    /// Set aside what was last used before this day
    #[arg(long, value_name = "DAY", value_parser = show::day)]
    used_since: Option<Date>,
    /// The day of the count, for the installations
    #[arg(long, value_name = "DAY", value_parser = show::day)]
    measured_on: Option<Date>,
    /// Write installations to a CSV file, or for several authorities to a folder
    #[arg(long, value_name = "FILE.CSV or FOLDER")]
    out: Option<PathBuf>,
    /// About how much memory is used, in MB; what goes beyond is kept in temporary files
    #[arg(long, value_name = "MB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..))]
    memory: u32,
    /// Print the counts as JSON
    #[arg(long)]
    json: bool,
}

impl Inventory {
    /// Counts the inventory.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let asked = InventoryAsked {
            authority: self.authority,
            versions: self.versions,
            used_since: self.used_since,
            memory: self.memory as usize * 1_000_000,
        };
        let out = InventoryOut { out: self.out, measured_on: self.measured_on };
        let answer = read_inventory(&self.file, &asked, &out)?;
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}

//! `penshaw export FOLDER --authority CODE --as FORMAT --out FILE`: an authority's own estate in the formats of others.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use penshaw_operations::{Exporting, Money, Refusal, Standard, export_from_folder};

use crate::show;

/// Write an authority's own estate as OCDS, as the Transparency Code's register of contracts, or as an LGR estate
#[derive(Args)]
pub struct Export {
    /// The partnership folder, with its partnership.toml
    folder: PathBuf,
    /// The authority, by its code
    #[arg(long, value_name = "CODE")]
    authority: String,
    /// The format
    #[arg(long = "as", value_enum)]
    format: Format,
    /// The file to write, which must not be there yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Publish contracts over this many pounds; the Transparency Code's amount if left out
    #[arg(long, value_name = "POUNDS")]
    over: Option<Money>,
    /// The prefix of the authority's ocids, such as ocds-h6vhtk
    #[arg(long)]
    prefix: Option<String>,
    /// Write only what the authority shares with its partners
    #[arg(long)]
    only_shared: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Contracts as a release package of the Open Contracting Data Standard 1.1
    Ocds,
    /// Contracts as CSV under the columns of the Local Government Transparency Code
    Transparency,
    /// Applications as JSON of the LGR rationalisation engine
    Lgr,
}

impl Export {
    /// Writes the file.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let standard = match self.format {
            Format::Ocds => Standard::Ocds,
            Format::Transparency => Standard::Transparency,
            Format::Lgr => Standard::Lgr,
        };
        let exporting = Exporting { standard, prefix: self.prefix, over: self.over, only_shared: self.only_shared };
        let written = export_from_folder(&self.folder, &self.authority, &exporting, &self.out)?;
        show::print(&written);
        Ok(ExitCode::SUCCESS)
    }
}

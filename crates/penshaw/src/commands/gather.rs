//! `penshaw gather FILE... --out FOLDER`: a partnership folder of files that name their own authorities.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Date, Gathering, Refusal, gather_files, today};

use crate::show;

/// Make a partnership folder of files that name their authorities: OCDS, award notices, LGR estates, spending
///
/// Reads release and record packages of the Open Contracting Data Standard (JSON or JSON Lines), tables of award
/// notices, estates of the LGR rationalisation engine, and published spending or contracts with a column of the body's
/// name. Each body gets a folder of its own, and everything is shared.
#[derive(Args)]
pub struct Gather {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The partnership folder to write, which must not be there yet
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// An authority that is wanted, by its name; may be given several times; all if left out
    #[arg(long = "authority", value_name = "NAME")]
    authorities: Vec<String>,
    /// Only contracts whose CPV code begins so, such as 48 or 72; may be given several times
    #[arg(long, value_name = "CODE")]
    cpv: Vec<String>,
    /// What the partnership is called
    #[arg(long)]
    name: Option<String>,
    /// The day of the entries; the newest day in the files if left out
    #[arg(long, value_name = "DATE", value_parser = crate::show::day)]
    on: Option<Date>,
}

impl Gather {
    /// Gathers the files.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let asked = Gathering { authorities: self.authorities, cpv: self.cpv, name: self.name, on: self.on };
        let gathered = gather_files(&self.files, &asked, today(), &self.out)?;
        show::findings(&gathered.findings);
        show::print(&gathered.summary);
        show::print(&format!("Written to {}.", self.out.display()));
        Ok(ExitCode::SUCCESS)
    }
}

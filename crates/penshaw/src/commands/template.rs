//! `penshaw template FILE.xlsx`: the estate workbook to fill in.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Date, FinancialYear, Refusal, Template as Which, today, write_template};

use crate::show;

/// Write the workbook that an authority, or the partnership, fills in
#[derive(Args)]
pub struct Template {
    /// The workbook to write
    file: PathBuf,
    /// The workbook for options, lines and risks, instead of the one for an authority's estate
    #[arg(long)]
    partnership: bool,
    /// The first of its ten financial years, such as 2026/27; this year if left out
    #[arg(long, value_name = "YEAR")]
    first_year: Option<FinancialYear>,
    /// The day that it says it was made on; today if left out
    #[arg(long, value_name = "DATE", value_parser = crate::show::day)]
    on: Option<Date>,
}

impl Template {
    /// Writes the template.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let which = if self.partnership { Which::Partnership } else { Which::Estate };
        let on = self.on.unwrap_or_else(today);
        write_template(&self.file, which, self.first_year.unwrap_or_else(|| FinancialYear::of(on)), on)?;
        show::print(&format!("{} is ready to fill in: its first sheet says how.", self.file.display()));
        Ok(ExitCode::SUCCESS)
    }
}

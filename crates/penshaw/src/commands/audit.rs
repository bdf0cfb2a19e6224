//! `penshaw audit verify`: proves that the audit trail is as it was written.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use penshaw_operations::{Actor, Refusal, Settings, Verified};

use super::serve::{Database, runtime};
use crate::show;

/// Prove that the audit trail is as it was written
#[derive(Args)]
pub struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Follow the chain of hashes from the first row to the last; exit 1 if it is broken
    Verify {
        #[command(flatten)]
        database: Database,
    },
}

impl Audit {
    /// Proves it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let What::Verify { database } = self.what;
        runtime().block_on(async {
            let operations = database.operations(Settings::default()).await?;
            match operations.verify_audit(&Actor::operator("audit verify")).await? {
                Verified::Whole { rows, last } => {
                    show::print(&format!("The trail is whole: {rows} rows, each follows from the one before it."));
                    show::print(&format!("Note this hash of the last row elsewhere: {last}"));
                    Ok(ExitCode::SUCCESS)
                }
                Verified::Broken(broken) => {
                    for one in broken.iter().take(100) {
                        eprintln!("{one}");
                    }
                    eprintln!(
                        "error: the trail is not as it was written: {} rows\n  hint: compare with a backup",
                        broken.len()
                    );
                    Ok(ExitCode::FAILURE)
                }
            }
        })
    }
}

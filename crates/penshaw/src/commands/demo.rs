//! `penshaw demo`: the example of 2014, from its files to its report pack and its pages.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Actor, Asked, Refusal, Settings, appraise_folder, lay_out_example, pack_paths, verdict};

use super::serve::{Database, listen, runtime, serve};
use crate::show;

/// Work out the example of Sunderland and Durham, 2014, write its report pack and serve its pages
#[derive(Args)]
pub struct Demo {
    /// Where to put the example's files, its report pack and its database
    #[arg(long, value_name = "DIR", default_value = "penshaw-demo")]
    out: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8018")]
    listen: SocketAddr,
    /// Write the files and the database, and end without serving
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    /// Lays out the example, appraises it and serves it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let folder = lay_out_example(&self.out)?;
        let report = self.out.join("report");
        let (pack, warnings) = appraise_folder(&folder, &Asked { seed: 1, ..Asked::default() }, &report)?;
        show::findings(&warnings);
        show::findings(&pack.findings);
        show::print(&verdict(&pack));
        show::print("The report pack:");
        for path in pack_paths(&pack, &report) {
            show::print(&format!("  {}", path.display()));
        }
        show::print(&format!("The files that it came from, to change and appraise again: {}", folder.display()));
        runtime().block_on(self.pages(folder))
    }

    /// Loads the example into a database, unless an earlier demonstration did, and serves it.
    async fn pages(self, folder: PathBuf) -> Result<ExitCode, Refusal> {
        let database = Database { address: format!("sqlite:{}", self.out.join("penshaw.db").display()) };
        let public_address = format!("http://{}", self.listen);
        let settings = Settings { public_address: public_address.clone(), ..Settings::default() };
        let operations = database.operations(settings).await?;
        let actor = Actor::operator("demo");
        match operations.load_folder(&actor, &folder).await {
            Ok(()) => {
                operations.work_out_report(&actor, false).await?;
                operations.work_once().await?;
            }
            Err(Refusal::PartnershipThere) => {}
            Err(refusal) => return Err(refusal),
        }
        let accounts = operations.demo_accounts(&actor).await?;
        show::print(&format!("\nThe database, which `penshaw serve --database {}` opens too.", database.address));
        if self.no_serve {
            return Ok(ExitCode::SUCCESS);
        }
        let listener = listen(self.listen).await?;
        show::print(&format!(
            "Serving at {public_address} until you press Ctrl+C. Sign in by one of these links; each works once:"
        ));
        for account in accounts {
            show::print(&format!("  {}: {public_address}/sign-in/once/{}", account.name, account.link));
        }
        serve(operations, listener).await
    }
}

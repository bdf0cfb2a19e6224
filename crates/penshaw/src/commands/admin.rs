//! `penshaw admin`: what only who runs the service may do: the first administrator, and letting people in again.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use penshaw_operations::{Actor, Refusal, Settings};

use super::serve::{Database, runtime};
use crate::show;

/// Make the first administrator, or let somebody in again
#[derive(Args)]
pub struct Admin {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make an administrator of every body, or let one in again: prints a link to open
    Invite {
        /// Their e-mail address
        email: String,
        /// The name by which colleagues know them
        #[arg(long)]
        name: String,
        #[command(flatten)]
        database: Database,
        /// The address by which people reach the service
        #[arg(long, value_name = "ADDRESS", env = "PENSHAW_PUBLIC_ADDRESS", default_value = "http://127.0.0.1:8018")]
        public_address: String,
    },
    /// Let somebody in once without password or app: prints a link to open
    Link {
        /// The e-mail address of their account
        email: String,
        #[command(flatten)]
        database: Database,
        /// The address by which people reach the service
        #[arg(long, value_name = "ADDRESS", env = "PENSHAW_PUBLIC_ADDRESS", default_value = "http://127.0.0.1:8018")]
        public_address: String,
    },
}

impl Admin {
    /// Does it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        runtime().block_on(async {
            match self.what {
                What::Invite { email, name, database, public_address } => {
                    let operations = database.operations(Settings::default()).await?;
                    let actor = Actor::operator("admin invite");
                    let secret = operations.invite_administrator(&actor, &email, &name).await?;
                    show::print("Open this link within seven days. It works once, so send it only to them:");
                    show::print(&format!("  {}/invitation/{secret}", public_address.trim_end_matches('/')));
                }
                What::Link { email, database, public_address } => {
                    let operations = database.operations(Settings::default()).await?;
                    let secret = operations.sign_in_link(&Actor::operator("admin link"), &email).await?;
                    show::print("Open this link within a day. It works once, so send it only to them:");
                    show::print(&format!("  {}/sign-in/once/{secret}", public_address.trim_end_matches('/')));
                }
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}

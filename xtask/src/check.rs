//! What a change must pass before it is sent: format, lints as errors, tidy, licences.

use anyhow::Result;

use crate::run::{command, is_installed, run};
use crate::tidy;

/// Runs every check.
///
/// # Errors
/// If one fails.
pub fn check() -> Result<()> {
    run("cargo", &["fmt", "--all", "--check"])?;
    run("cargo", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    tidy::tidy()?;
    licences()
}

/// Licences, banned crates and sources by cargo-deny; advisories where their database can be reached.
fn licences() -> Result<()> {
    if !is_installed("cargo-deny") {
        println!("skipped: licences and advisories; `cargo install --locked cargo-deny` provides them");
        return Ok(());
    }
    run("cargo", &["deny", "--workspace", "check", "licenses", "bans", "sources"])?;
    let advisories = command("cargo", &["deny", "--workspace", "check", "advisories"]).output()?;
    let said = String::from_utf8_lossy(&advisories.stderr);
    if advisories.status.success() {
        println!("advisories: none");
    } else if said.contains("failed to fetch advisory database") {
        println!("skipped: advisories; their database cannot be reached from here");
    } else {
        anyhow::bail!("advisories:\n{said}");
    }
    Ok(())
}

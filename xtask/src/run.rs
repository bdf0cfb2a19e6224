//! Runs a command of another program and says which one failed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the project").to_owned()
}

/// A command that runs in the project's folder.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    // What cargo says of this package is not for a cargo that we run: build scripts would take it for a
    // change, and build again what a developer's own `cargo build` has just built.
    let ours = std::env::vars_os().map(|(name, _)| name);
    for name in ours.filter(|name| is_of_package(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    command
}

fn is_of_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Runs a command and shows what it prints.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub fn run(program: &str, arguments: &[&str]) -> Result<()> {
    let words = format!("{program} {}", arguments.join(" "));
    println!("$ {words}");
    let status = command(program, arguments).status().with_context(|| format!("`{words}` cannot be started"))?;
    if !status.success() {
        bail!("`{words}` failed ({status})");
    }
    Ok(())
}

/// Whether a program is on the path.
pub fn is_installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

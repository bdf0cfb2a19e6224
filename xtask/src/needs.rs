//! Programs that the tests open our files with: installed where that can be done, named where not.

use anyhow::{Result, bail};

use crate::run::{is_installed, run};

/// A program, what the tests do with it, and Debian's package of it.
struct Need {
    program: &'static str,
    does: &'static str,
    package: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        program: "soffice",
        does: "opens the Word file and recalculates the workbook",
        package: "libreoffice-writer",
    },
    Need { program: "soffice", does: "recalculates the workbook", package: "libreoffice-calc" },
    Need { program: "pdftotext", does: "reads the PDF", package: "poppler-utils" },
    Need { program: "initdb", does: "starts a PostgreSQL server for the tests", package: "postgresql" },
    Need { program: "chromium", does: "walks through the pages", package: "chromium" },
    Need { program: "npm", does: "fetches the look of the pages and what drives the browser", package: "npm" },
];

/// Makes sure that the programs are there.
///
/// # Errors
/// If one is missing and cannot be installed from here; it is named, with what it is for.
pub fn provide() -> Result<()> {
    let missing: Vec<&Need> =
        NEEDS.iter().filter(|need| !is_installed(need.program) && !is_among_postgres(need.program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if is_installed("apt-get") && is_root() {
        run("apt-get", &["update", "-qq"])?;
        let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
        arguments.extend(missing.iter().map(|need| need.package));
        return run("apt-get", &arguments);
    }
    let list: Vec<String> =
        missing.iter().map(|need| format!("  {} ({}): package {}", need.program, need.does, need.package)).collect();
    bail!("these programs are missing; install them, then run the tests again:\n{}", list.join("\n"))
}

/// Debian keeps the programs of PostgreSQL's servers out of the path.
fn is_among_postgres(program: &str) -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin").join(program)).any(|path| path.is_file())
}

fn is_root() -> bool {
    std::process::Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).trim() == "0")
}

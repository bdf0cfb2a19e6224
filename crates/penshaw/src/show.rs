//! How answers and refusals stand on a terminal.

use std::io::Write;
use std::process::ExitCode;

use penshaw_operations::{Date, Finding, Refusal};

/// The width of a terminal that says none.
const WIDTH: usize = 100;

/// More trials than anyone needs: their error is a hundredth of that of 100,000.
pub const MOST_TRIALS: u64 = 1_000_000_000;

/// Reads a day as `2026-03-31`.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no day: write it as 2026-03-31"))
}

/// The width to print to.
pub fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(WIDTH).clamp(40, 240)
}

/// Prints to standard output; a reader that has gone away is no error.
pub fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = out.write_all(b"\n");
    }
}

/// Says why something was not done, and what to do.
pub fn refusal(refusal: &Refusal) -> ExitCode {
    if let Refusal::Findings(findings) = refusal {
        self::findings(findings);
    }
    eprintln!("error: {refusal}\n  hint: {}", refusal.hint());
    ExitCode::FAILURE
}

/// Prints findings to standard error, one after another.
pub fn findings(findings: &[Finding]) {
    for finding in findings {
        eprintln!("{finding}");
    }
}

/// Logs to standard error, a line of JSON each: what is said there holds no names and no addresses of people.
pub fn log_to_standard_error() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("PENSHAW_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,penshaw=info"));
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Reads a part of one, such as 0.0001; one itself is none.
///
/// # Errors
/// What to write instead.
pub fn part(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(part) if (0.0..1.0).contains(&part) => Ok(part),
        _ => Err("write a part of one, such as 0.0001".into()),
    }
}

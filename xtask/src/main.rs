//! The project's own chores: test, check, tidy, bench, soak.

mod api;
mod bench;
mod check;
mod needs;
mod run;
mod soak;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask test     everything that must pass, after installing or naming what it needs
cargo xtask check    format, lints as errors, tidy, licences, advisories where they can be reached
cargo xtask tidy     the invariants of the house
cargo xtask api      the JSON API against its description, by schemathesis
cargo xtask bench    speed and memory beside the peers (PENSHAW_PEERS names their folder); one part: appraise, monte_carlo, network, resilience, skills, web
cargo xtask soak     servers killed again and again while people write: minutes long, not among the tests (PENSHAW_SOAK_MINUTES)";

fn main() -> ExitCode {
    let chore = std::env::args().nth(1).unwrap_or_default();
    let done = match chore.as_str() {
        "test" => test::test(),
        "check" => check::check(),
        "tidy" => tidy::tidy(),
        "api" => api::api(),
        "bench" => bench::bench(),
        "soak" => soak::soak(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

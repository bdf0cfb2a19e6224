//! The long runs that nobody waits for before every change: `cargo xtask soak`.
//!
//! `PENSHAW_SOAK_MINUTES` says how long each of them takes (5), `PENSHAW_SOAK_SEED` by what chance (1).
#![allow(dead_code)] // it uses a part of what the tests of the service are made of

#[path = "../service/browser.rs"]
mod browser;
#[path = "../service/databases.rs"]
mod databases;
#[path = "../service/imports.rs"]
mod imports;
#[path = "../service/long_run.rs"]
mod long_run;
#[path = "../service/server.rs"]
mod server;

use std::time::Duration;

use databases::Database;

#[test]
fn one_server_on_sqlite_is_killed_again_and_again() {
    soak(&Database::sqlite(), 1);
}

#[test]
fn three_servers_on_postgresql_are_killed_again_and_again() {
    soak(&Database::postgres(), 3);
}

fn soak(database: &Database, servers: usize) {
    let long = Duration::from_secs(60 * set("PENSHAW_SOAK_MINUTES", 5));
    let seed = set("PENSHAW_SOAK_SEED", 1);
    let long_run::Came { writes, imports, kills } = long_run::run(database, servers, long, seed);
    println!("in {long:?} with {servers} servers: {writes} writes, {imports} imports, {kills} kills");
}

/// A number of the environment, or the usual one.
fn set(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|words| words.parse().ok()).filter(|number| *number > 0).unwrap_or(usual)
}

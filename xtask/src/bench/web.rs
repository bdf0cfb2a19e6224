//! The pages beside a bare Django on the same PostgreSQL server, in turn, in one run; and what an import takes.

mod load;
mod public;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use self::load::{Load, django, wrk};
use self::server::{Postgres, Server, seconds_until_ready};
use super::median;
use crate::run::is_installed;

const ROUNDS: usize = 3;
const SECONDS: u32 = 6;
/// So many entries stand on the list page, as in the peer's.
const LISTED: usize = 1_000;
const IMPORTED: usize = 100_000;

/// Compares pages, where the peers and wrk are there; then times an import and a cold start.
///
/// # Errors
/// If a server cannot be started or does not answer.
pub fn bench(scratch: &Path) -> Result<()> {
    if !is_installed("wrk") || !is_installed("curl") {
        println!("web: wrk and curl are needed: install the packages wrk and curl");
        return Ok(());
    }
    let folder = scratch.join("listed");
    lay_out(&folder)?;
    let postgres = Postgres::start(&scratch.join("postgres"))?;
    postgres.create("penshaw_bench")?;
    let sqlite = format!("sqlite:{}", scratch.join("web.db").display());
    let servers = [
        ("SQLite", Server::start(&sqlite, &folder, scratch, 8031)?),
        ("PostgreSQL", Server::start(&postgres.address("penshaw_bench"), &folder, scratch, 8032)?),
    ];
    let peer = peer(&postgres)?;
    for page in ["list", "detail"] {
        compare(page, &servers, peer.as_deref())?;
    }
    for (name, server) in &servers {
        println!("web: {name}: at most {:.0} MB of memory while it served", server.memory()?);
    }
    for (name, server) in &servers {
        public::bench(name, server)?;
    }
    drop(servers);
    import(scratch, &folder)?;
    println!(
        "web: cold start to the first page, on the database of the lists: {:.2} s",
        seconds_until_ready(&sqlite, 8034)?
    );
    Ok(())
}

/// The peer's folder, its table filled, where it is there.
fn peer(postgres: &Postgres) -> Result<Option<PathBuf>> {
    let Some(peers) = std::env::var_os("PENSHAW_PEERS") else {
        println!("web: PENSHAW_PEERS is unset, so nothing is compared");
        return Ok(None);
    };
    let folder = fs::canonicalize(PathBuf::from(peers).join("web")).context("PENSHAW_PEERS/web")?;
    postgres.create("djp")?;
    load::fill_django(&folder)?;
    Ok(Some(folder))
}

/// One page of ours on both databases and the peer's, in turn.
fn compare(page: &str, servers: &[(&str, Server)], peer: Option<&Path>) -> Result<()> {
    let address = match page {
        "list" => format!("/estate/applications?per_page={LISTED}"),
        _ => "/estate/applications/AAA/entry/A00005".to_owned(),
    };
    let mut theirs: Vec<Load> = Vec::new();
    let mut ours: Vec<Vec<Load>> = servers.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        if let Some(peer) = peer {
            theirs.push(django(peer, page, SECONDS)?);
        }
        for ((_, server), loads) in servers.iter().zip(&mut ours) {
            loads.push(wrk(server, &address, SECONDS, 8)?);
        }
    }
    let rate = |loads: &[Load]| median(loads.iter().map(|load| load.per_second).collect());
    for ((name, server), loads) in servers.iter().zip(&ours) {
        let crowded = wrk(server, &address, SECONDS, 50)?;
        let beside = match theirs.is_empty() {
            true => String::new(),
            false => format!(", {:.1} times Django's {:.0}", rate(loads) / rate(&theirs), rate(&theirs)),
        };
        println!(
            "web: {page}, {name}: {:.0} requests a second{beside} (median of {ROUNDS}, in turn, 8 connections); at 50 connections {:.0} a second, p50 {:.1} ms, p99 {:.1} ms",
            rate(loads),
            crowded.per_second,
            crowded.p50,
            crowded.p99
        );
    }
    Ok(())
}

/// Imports many rows through the pages: upload, preview with its difference, commit.
fn import(scratch: &Path, folder: &Path) -> Result<()> {
    let file = scratch.join("applications.csv");
    fs::write(&file, rows(IMPORTED, "B"))?;
    let server = Server::start(&format!("sqlite:{}", scratch.join("import.db").display()), folder, scratch, 8033)?;
    let begun = Instant::now();
    let import = server.upload("/imports/AAA", &file)?;
    let previewed = server.wait_until(&import, "Commit")?;
    let read = begun.elapsed().as_secs_f64();
    if !previewed.contains("100,000") {
        bail!("the preview of the import does not say how many entries are new");
    }
    server.post(&format!("{import}/commit"), "")?;
    server.wait_until(&import, "was committed")?;
    println!(
        "web: import of {IMPORTED} rows on SQLite: preview after {read:.1} s, committed after {:.1} s, {:.0} MB",
        begun.elapsed().as_secs_f64(),
        server.memory()?
    );
    Ok(())
}

/// Two authorities that share with each other, all but what things cost.
fn lay_out(folder: &Path) -> Result<()> {
    let authority = |code: &str| {
        format!("\n[[authorities]]\ncode = \"{code}\"\nname = \"Authority {code}\"\nfolder = \"{code}\"\n")
    };
    fs::create_dir_all(folder)?;
    let head = "name = \"Two authorities\"\nmarking = \"Made for a benchmark\"\n";
    fs::write(folder.join("partnership.toml"), format!("{head}{}{}", authority("AAA"), authority("BBB")))?;
    for (code, count) in [("AAA", LISTED * 6 / 10), ("BBB", LISTED * 4 / 10)] {
        let own = folder.join(code);
        fs::create_dir_all(&own)?;
        let sharing = "on = 2026-03-31\n\n[[share]]\nfields = \"all\"\nshared = true\n\n[[share]]\nkind = \"applications\"\nfields = [\"annual_cost\"]\nshared = false\n";
        fs::write(own.join("estate.toml"), sharing)?;
        fs::write(own.join("applications.csv"), rows(count, "A"))?;
        if code == "AAA" {
            for (name, text) in public::rows() {
                fs::write(own.join(name), text)?;
            }
        }
    }
    Ok(())
}

fn rows(count: usize, letter: &str) -> String {
    let mut text = String::from("Reference,Name,Supplier,Version,Users,Annual cost\n");
    for row in 0..count {
        let supplier = row % 97;
        text += &format!(
            "{letter}{row:05},Application {row} of services,Supplier {supplier} Ltd,{}.{},{},{}\n",
            row % 20,
            row % 7,
            row % 3_000,
            1_000 + row % 90_000
        );
    }
    text
}

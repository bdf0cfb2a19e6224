//! The public pages on one core: what anybody reads without signing in, while a publication comes in between.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::load::{Load, wrk_from_core};
use super::server::Server;
use crate::bench::median;

/// So many notices are public.
pub const NOTICES: usize = 100;
const ROUNDS: usize = 3;
const SECONDS: u32 = 6;
/// What is asked of each page, on one core.
const WANTED: f64 = 5_000.0;
const PAGES: [(&str, &str); 4] = [
    ("list", "/public"),
    ("notice", "/public/AAA/notices/N001"),
    ("Atom feed", "/public/feed.atom"),
    ("open data", "/public/records.json"),
];

/// The decisions and notices of the authority, as their files hold them.
pub fn rows() -> [(&'static str, String); 2] {
    let mut decisions = String::from("Reference,Title,Matter,Key decision,Why key or not\n");
    let mut notices = String::from(
        "Reference,Decision,Notice of,Published,States that it is key,Matter,Decision maker,Members,Decided from,Documents,Copies from,States further documents,Requests\n",
    );
    for row in 1..=NOTICES {
        decisions +=
            &format!("D{row:03},Shared service {row},Whether to share service {row},yes,It affects every ward\n");
        notices += &format!(
            "N{row:03},D{row:03},key decision,2026-01-05,yes,Whether to share service {row},Cabinet,The Leader; the Deputy Leader,2026-03-{:02},Cabinet report,Civic Centre,yes,Write to Democratic Services\n",
            row % 28 + 1
        );
    }
    [("decisions.csv", decisions), ("notices.csv", notices)]
}

/// Publishes the notices, holds the server to one core, and asks for each page.
///
/// # Errors
/// If a notice cannot be published, or a page is refused under load.
pub fn bench(name: &str, server: &Server) -> Result<()> {
    for row in 1..=NOTICES {
        publish(server, &format!("/estate/notices/AAA/entry/N{row:03}/publish"))?;
    }
    server.hold_to_core(0)?;
    for (what, address) in PAGES {
        let mut loads: Vec<Load> = Vec::new();
        for _ in 0..ROUNDS {
            loads.push(wrk_from_core(1, server, address, SECONDS, 32)?);
        }
        let rate = median(loads.iter().map(|load| load.per_second).collect());
        let p99 = median(loads.iter().map(|load| load.p99).collect());
        let verdict = if rate >= WANTED { "reached" } else { "NOT reached" };
        println!(
            "web: public {what}, {name}: {rate:.0} requests a second on one core (median of {ROUNDS}, 32 connections, p99 {p99:.1} ms; {WANTED:.0} asked, {verdict})"
        );
    }
    Ok(())
}

fn publish(server: &Server, address: &str) -> Result<()> {
    let page = server.get(address)?;
    let seen = page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let seen = seen.with_context(|| format!("{address} offers nothing to publish"))?;
    server.post(address, &format!("seen={seen}"))?;
    Ok(())
}

/// Lets every thread of a process run on one core alone.
pub fn hold_to_core(process: u32, core: usize) -> Result<()> {
    let output = Command::new("taskset").args(["-acp", &core.to_string(), &process.to_string()]).output();
    let output = output.context("taskset is needed: install the package util-linux")?;
    if !output.status.success() {
        bail!("taskset: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

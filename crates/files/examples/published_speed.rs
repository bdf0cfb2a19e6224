//! Reads files that name bodies and says how much of each was read, used and set aside, and how long it took, as JSON.

use std::time::Instant;

use penshaw_files::read::{BodiesAsked, of_bodies};
use serde_json::json;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("the file can be read");
        let begun = Instant::now();
        let found = of_bodies(&path, &bytes, BodiesAsked::default());
        let seconds = begun.elapsed().as_secs_f64();
        let records: usize = found.bodies.iter().map(|body| body.records.len()).sum();
        let said = json!({
            "file": path.rsplit('/').next(),
            "megabytes": bytes.len() as f64 / 1e6,
            "tally": found.tally.to_string(),
            "bodies": found.bodies.len(),
            "records": records,
            "findings": found.findings.len(),
            "read_s": seconds,
        });
        println!("{said}");
        if std::env::var_os("FINDINGS").is_some() {
            found.findings.iter().for_each(|finding| println!("{finding}"));
        }
    }
}

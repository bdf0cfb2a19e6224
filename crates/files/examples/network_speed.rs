//! Reads, analyses, presents and draws networks in SNDlib's format, and says how long each took, as JSON.

use std::collections::BTreeMap;
use std::time::Instant;

use penshaw_analyses::Analysis;
use penshaw_analyses::network::{NetworkOfRegion, strategy};
use penshaw_basis::{Basis, Date};
use penshaw_documents::{Block, svg};
use penshaw_files::read::sndlib;
use penshaw_register::{Authority, Baseline, JointRegister, Kind, Partnership, Record, SharingChoice, Which, join};
use serde_json::json;

const ON: Date = Date::constant(2026, 4, 1);

fn main() {
    let basis = Basis::standard();
    for path in std::env::args().skip(1) {
        let begun = Instant::now();
        let text = std::fs::read_to_string(&path).expect("the network can be read");
        let (records, findings) = sndlib::read(&text, &path);
        let read = begun.elapsed().as_secs_f64();
        let joint = shared(records);
        let input = NetworkOfRegion::gather(&joint, ON).expect("a network has sites and links");
        let outcome = NetworkOfRegion::analyse(&input, &basis);
        let analysed = begun.elapsed().as_secs_f64();
        let blocks = [NetworkOfRegion::present(&outcome), strategy(&outcome)].concat();
        let drawn: usize = blocks.iter().map(drawn).sum();
        let whole = begun.elapsed().as_secs_f64();
        let said = json!({
            "network": path.rsplit('/').next(),
            "sites": outcome.sites.len(),
            "links": outcome.links.len(),
            "findings": findings.len(),
            "bridges": outcome.bridges.len(),
            "articulation_points": outcome.articulation_points.len(),
            "spare": outcome.spare.as_ref().map(Vec::len),
            "bytes_drawn": drawn,
            "read_s": read,
            "analysed_s": analysed - read,
            "drawn_s": whole - analysed,
            "whole_s": whole,
        });
        println!("{said}");
    }
}

fn drawn(block: &Block) -> usize {
    match block {
        Block::Chart(chart) => svg(chart).len(),
        _ => 0,
    }
}

/// The records as one authority's, all of them shared.
fn shared(records: Vec<Record>) -> JointRegister {
    let partnership = Partnership {
        authorities: vec![Authority { code: "A".into(), name: "Authority".into(), ..Authority::default() }],
        ..Partnership::default()
    };
    let whole =
        |kind| SharingChoice { kind: Some(kind), records: Which::All, fields: Which::All, shared: true, instead: None };
    let choices = BTreeMap::from([("A".to_owned(), vec![whole(Kind::Site), whole(Kind::Link)])]);
    join(&partnership, &[Baseline::freeze("A", ON, records)], &choices)
}

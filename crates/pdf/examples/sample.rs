//! Writes the sample report as PDF: `cargo run -p penshaw-pdf --example sample -- sample.pdf`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "sample.pdf".into());
    let document = match arguments.next().as_deref() {
        Some("long") => sample::long(),
        _ => sample::sample(),
    };
    for _ in 0..2 {
        let started = Instant::now();
        let bytes = penshaw_pdf::write(&document, jiff::civil::date(2014, 6, 10));
        let bytes = bytes.expect("the sample can be printed");
        println!("{} bytes in {:?}", bytes.len(), started.elapsed());
        std::fs::write(&path, bytes).expect("the file can be written");
    }
}

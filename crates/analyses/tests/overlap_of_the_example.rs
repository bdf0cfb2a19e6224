//! The overlap of the example's two councils, read from its files as the command reads them.

use std::path::Path;

use penshaw_analyses::Analysis;
use penshaw_analyses::overlap::{Outcome, Overlap};
use penshaw_basis::{Basis, Date};
use penshaw_files::read;
use penshaw_register::join;

fn example() -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
    let folder = read::folder(&path).expect("the example is read");
    let joint = join(&folder.partnership, &folder.baselines, &folder.choices);
    let input = Overlap::gather(&joint, Date::constant(2014, 6, 18)).expect("the example records applications");
    Overlap::analyse(&input, &Basis::standard())
}

#[test]
fn print() {
    let outcome = example();
    let document = penshaw_documents::Document { title: "x".into(), blocks: Overlap::present(&outcome), ..Default::default() };
    println!("{}", penshaw_files::write::text::write(&document, 160));
}

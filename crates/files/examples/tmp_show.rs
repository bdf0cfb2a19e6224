//! tmp
use penshaw_analyses::Analysis;
use penshaw_analyses::network::{NetworkOfRegion, strategy};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Document;
fn main() {
    let folder = penshaw_files::read::folder(std::path::Path::new(&std::env::args().nth(1).unwrap())).unwrap();
    let joint = penshaw_register::join(&folder.partnership, &folder.baselines, &folder.choices);
    let input = NetworkOfRegion::gather(&joint, Date::constant(2026, 4, 1)).unwrap();
    let begun = std::time::Instant::now();
    let outcome = NetworkOfRegion::analyse(&input, &Basis::standard());
    eprintln!("analysed in {:?}", begun.elapsed());
    let document = Document { title: "T".into(), blocks: NetworkOfRegion::present(&outcome), ..Document::default() };
    println!("{}", penshaw_files::write::text::write(&document, 130));
    let document = Document { title: "S".into(), blocks: strategy(&outcome), ..Document::default() };
    println!("{}", penshaw_files::write::text::write(&document, 130));
}

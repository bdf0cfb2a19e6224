//! The overlap of the example's two councils, read from its files as the command reads them.

use std::path::Path;

use penshaw_analyses::Analysis;
use penshaw_analyses::overlap::{Outcome, Overlap};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Document;
use penshaw_files::{read, write};
use penshaw_register::join;

fn example() -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
    let folder = read::folder(&path).expect("the example is read");
    let joint = join(&folder.partnership, &folder.baselines, &folder.choices);
    let input = Overlap::gather(&joint, Date::constant(2014, 6, 18)).expect("the example records applications");
    assert_eq!(input.area.as_deref(), Some("AR8"));
    Overlap::analyse(&input, &Basis::standard())
}

#[test]
fn plain_names_of_the_example_are_one_product_only_where_the_supplier_is_one() {
    let outcome = example();
    assert_eq!((outcome.counts[0].read, outcome.counts[0].used, outcome.counts[0].set_aside), (68, 68, 0));
    let mut names: Vec<&str> = outcome.groups.iter().map(|group| group.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["Electoral registration", "Environmental health", "Geographical information", "Property and assets"]
    );
    assert!(outcome.groups.iter().all(|group| group.authorities == 2 && group.confidence >= 0.9));
    assert_eq!(outcome.suppliers.len(), 10, "suppliers whose names differ by one letter stay apart");
}

#[test]
fn functions_that_the_example_serves_twice_are_offered_and_registers_are_not_counted_twice() {
    let outcome = example();
    let served = |label: &str| {
        let function = outcome.shared_functions.iter().find(|function| function.label == label).expect(label);
        function.duplicates.iter().map(|duplicates| duplicates.products.len()).sum::<usize>()
    };
    assert_eq!(["Benefits", "Libraries", "Housing management", "E-mail and calendar"].map(served), [2, 2, 2, 2]);
    let offered = outcome.savings.iter().filter(|saving| saving.not_offered.is_none()).count();
    assert_eq!(outcome.opportunities.len(), offered);
    assert!(outcome.opportunities.iter().all(|one| one.area.as_deref() == Some("AR8") && !one.amounts.is_empty()));
    let printed = write::text::write(
        &Document { title: "Overlap".into(), blocks: Overlap::present(&outcome), ..Document::default() },
        160,
    );
    assert!(printed.contains("4 products are run by more than one authority"), "{printed}");
}

#[test]
fn the_answer_reads_back_as_itself() {
    let outcome = example();
    let text = serde_json::to_string(&outcome).expect("an outcome is plain data");
    let back: Outcome = serde_json::from_str(&text).expect("an outcome reads back");
    assert_eq!(back, outcome);
}

//! The page on the database: written from the tables and views themselves, and up to date.

use std::path::Path;

/// Run with `PENSHAW_WRITE=1` after a change of tables, columns or fields.
#[test]
fn the_page_on_the_database_is_up_to_date() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/database.md");
    let described = penshaw_store::describe();
    if std::env::var_os("PENSHAW_WRITE").is_some() {
        std::fs::write(&page, &described).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == described, "docs/reference/database.md is out of date: run this test with PENSHAW_WRITE=1");
}

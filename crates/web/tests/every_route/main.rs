//! Every route, walked as each role and as nobody, against a table of who may do what.

mod people;
mod routes;
mod sources;
mod table;

use std::collections::BTreeSet;

use crate::people::Service;
use crate::table::{TABLE, Who};

/// A route that is not in the table is one that nobody has decided about.
#[test]
fn every_route_of_the_sources_is_in_the_table_and_no_other() {
    let written: BTreeSet<String> = sources::routes();
    let decided: BTreeSet<String> = TABLE.iter().map(|(route, _)| (*route).to_owned()).collect();
    let undecided: Vec<_> = written.difference(&decided).collect();
    let gone: Vec<_> = decided.difference(&written).collect();
    assert!(undecided.is_empty(), "decide in tests/every_route/table.rs who may use {undecided:#?}");
    assert!(gone.is_empty(), "take out of tests/every_route/table.rs what is no longer there: {gone:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_is_open_to_those_of_the_table_and_to_nobody_else() {
    let service = Service::start().await;
    let mut wrong = Vec::new();
    for (route, who) in TABLE.iter().filter(|(_, who)| !matches!(who, Who::TriedElsewhere)) {
        for person in service.people() {
            let expected = who.is_open_to(person);
            let answer = service.ask(person, route).await;
            let form_first = matches!(who, Who::FormFirst(_)) && answer.asks_for_corrections();
            if answer.is_refused() == expected && !form_first {
                let word = if expected { "should be let in" } else { "should be refused" };
                wrong.push(format!("{route}: {} {word}, but was answered {answer:?}", person.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers differ from the table:\n{}", wrong.len(), wrong.join("\n"));
}

/// The same in words, for those who read documents rather than tests.
#[test]
fn the_document_says_what_the_permissions_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/who-may-do-what.md");
    let expected = format!("{HEAD}{}", penshaw_operations::describe_permissions());
    if std::env::var_os("PENSHAW_ACCEPT").is_some() {
        std::fs::write(path, &expected).expect("the document can be written");
    }
    let said = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(said, expected, "run this test with PENSHAW_ACCEPT=1 to bring the document up to date");
}

const HEAD: &str = "# Who may do what\n\n\
    Roles are given for one body: an authority, or the partnership. Each line is for that body alone. \
    Everybody who belongs to any body sees what the partners share, what they hold together, the analyses and the report; \
    nobody sees what another owner has not shared.\n\n";

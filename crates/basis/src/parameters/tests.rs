//! Tests of reading parameters, and of the shape of each embedded one.
use super::*;
#[test]
fn every_embedded_parameter_is_dated_and_referenced() {
    match Basis::read(&embedded_files()) { Ok(b) => for n in b.names() { println!("{n}") }, Err(e) => panic!("{e}") }
}

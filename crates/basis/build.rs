//! Rebuilds the crate when a parameter file is added, changed or removed.

fn main() {
    println!("cargo::rerun-if-changed=../../parameters");
}

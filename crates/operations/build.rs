//! Builds again when a file of the example is added: the example is embedded.

fn main() {
    println!("cargo::rerun-if-changed=../../examples/sunderland_durham");
}

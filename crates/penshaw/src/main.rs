//! The `penshaw` command.

fn main() {}

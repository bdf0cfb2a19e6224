//! The project's own chores: test, check, tidy, bench.

fn main() {}

//! Everything that must pass, for a newcomer and for continuous integration alike.

use anyhow::Result;

use crate::run::run;
use crate::{needs, tidy};

/// Provides what the tests need, then runs the house's invariants and every test.
///
/// # Errors
/// If anything is missing or fails.
pub fn test() -> Result<()> {
    needs::provide()?;
    tidy::tidy()?;
    run("cargo", &["test", "--workspace", "--locked"])
}

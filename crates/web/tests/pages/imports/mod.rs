//! Imports, baselines and downloads.

mod baselines;
mod bringing;
mod downloads;

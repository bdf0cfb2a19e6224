//! Imports, baselines and downloads through their pages, as a browser asks for them.

mod baselines;
mod bringing;
mod downloads;
mod site;

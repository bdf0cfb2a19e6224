//! The pages as a browser asks for them, each over a database in memory with the example in it.

mod alerts;
mod entries;
mod history;
mod imports;
mod papers;
mod public;
mod site;

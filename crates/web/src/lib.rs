//! Pages and the JSON API over the operations.

pub mod assets;
pub mod components;

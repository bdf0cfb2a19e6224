//! Pages and the JSON API over the operations.

mod api;
pub mod assets;
pub mod components;
mod form;
mod kept;
mod layout;
mod pages;
mod problem;
mod security;
mod server;
mod values;
mod viewer;

pub use api::openapi;
pub use server::{Web, router, serve};

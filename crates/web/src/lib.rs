//! Pages and the JSON API over the operations.

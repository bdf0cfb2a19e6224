//! A catalogue of products, as it is matched with another.

/// An entry of a catalogue; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogueEntry {
    /// Its id, once in the catalogue.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who makes or sells it.
    pub supplier: String,
    /// Its version.
    pub version: String,
    /// What it is for.
    pub function: String,
    /// What is said of it.
    pub description: String,
    /// What it costs a year, in the catalogue's own unit.
    pub annual_cost: Option<f64>,
    /// How many use it.
    pub users: Option<f64>,
}

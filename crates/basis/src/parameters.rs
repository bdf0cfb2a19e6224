//! Dated, referenced parameters: read from `parameters/`, found by name and by the day they are wanted for.

mod problem;
mod read;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use problem::{ParameterError, ParameterErrors, ParameterProblem};

use crate::{Cited, Digest, Digester, Source};

/// The workspace's `parameters/` folder, carried inside the binary.
#[derive(RustEmbed)]
#[folder = "../../parameters"]
struct Embedded;

static STANDARD: LazyLock<Basis> =
    LazyLock::new(|| Basis::read(&embedded_files()).expect("the embedded parameters are read by a test of this crate"));

/// Where a value was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The title of the publication.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// One value of a parameter, and the day from which it is in force.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DatedValue {
    /// The first day on which this value is used.
    pub from: Date,
    /// The value itself, in the shape that its file explains.
    pub value: serde_json::Value,
    /// Where it was published.
    pub reference: Reference,
    /// Further publications that bear on it.
    pub see_also: Vec<Reference>,
    /// A remark on this value.
    pub note: Option<String>,
    /// Whether the value still has to be checked against its source.
    pub to_be_confirmed: bool,
}

/// Somebody else's number or list: dated, with a unit, a reference and a day to look again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its path below `parameters/` without the ending, such as `green_book/appraisal_horizon`.
    pub name: String,
    /// What it is, in one sentence.
    pub description: String,
    /// The unit of its values.
    pub unit: String,
    /// Who decides its value.
    pub set_by: String,
    /// The day by which a person should look whether it still holds.
    pub review_by: Date,
    /// Its values, the earliest first.
    pub values: Vec<DatedValue>,
    /// A remark on the parameter.
    pub note: Option<String>,
}

impl Parameter {
    /// The value in force on a day: the latest that begins on that day or before.
    pub fn in_force(&self, on: Date) -> Option<&DatedValue> {
        self.values.iter().rev().find(|value| value.from <= on)
    }

    /// Whether the day by which it should be looked at again has passed.
    pub fn review_is_due(&self, on: Date) -> bool {
        self.review_by < on
    }
}

/// Everything that is given: all parameters, with the digest of their text.
///
/// ```
/// use jiff::civil::date;
/// use penshaw_basis::Basis;
/// let basis = Basis::standard();
/// let years = basis.value::<u32>("green_book/appraisal_horizon", date(2026, 4, 1))?;
/// assert_eq!(years.value, 10);
/// assert_eq!(years.sources[0].to_string(), "parameter green_book/appraisal_horizon from 2003-04-01");
/// # Ok::<(), penshaw_basis::ParameterError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Basis {
    parameters: Arc<BTreeMap<String, Parameter>>,
    digest: Digest,
}

impl Basis {
    /// The parameters that are embedded in the binary.
    pub fn standard() -> Basis {
        STANDARD.clone()
    }

    /// The embedded parameters with a partnership's own over them.
    ///
    /// A file replaces the embedded parameter of its name as a whole, or adds one.
    /// Names are paths below the folder's `parameters/`, with or without `.toml`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use penshaw_basis::Basis;
    /// let file = BTreeMap::from([("green_book/appraisal_horizon.toml".to_owned(), "unit = 'years'".to_owned())]);
    /// let refused = Basis::with_overlay(&file).unwrap_err();
    /// assert_eq!(refused.problems.len(), 4); // no description, set_by, review_by or values
    /// ```
    pub fn with_overlay(files: &BTreeMap<String, String>) -> Result<Basis, ParameterErrors> {
        let mut texts = embedded_files();
        texts.extend(files.iter().map(|(path, text)| (name_of(path), text.clone())));
        Basis::read(&texts)
    }

    /// The digest of the text of all parameters.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The names of all parameters, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.keys().map(String::as_str)
    }

    /// All parameters, in the order of their names.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.values()
    }

    /// One parameter with all its values.
    pub fn parameter(&self, name: &str) -> Result<&Parameter, ParameterError> {
        self.parameters.get(name).ok_or_else(|| ParameterError::Unknown { name: name.to_owned() })
    }

    /// The value of a parameter in force on a day, with its source.
    pub fn value<T: DeserializeOwned>(&self, name: &str, on: Date) -> Result<Cited<T>, ParameterError> {
        let parameter = self.parameter(name)?;
        let dated = parameter.in_force(on).ok_or_else(|| ParameterError::NotInForce {
            name: name.to_owned(),
            on,
            earliest: parameter.values[0].from,
        })?;
        let value = T::deserialize(&dated.value)
            .map_err(|cause| ParameterError::WrongShape { name: name.to_owned(), reason: cause.to_string() })?;
        Ok(Cited::new(value, Source::Parameter { name: name.to_owned(), from: dated.from.to_string() }))
    }

    /// Reads all files, by name, or tells everything that is wrong with any of them.
    fn read(texts: &BTreeMap<String, String>) -> Result<Basis, ParameterErrors> {
        let mut digester = Digester::new("parameters");
        let mut parameters = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, text) in texts {
            // A checkout with other line ends holds the same parameters.
            let text = text.replace("\r\n", "\n");
            digester.part(name).part(&text);
            if let Some(parameter) = read::parameter(name, &text, &mut problems) {
                parameters.insert(name.clone(), parameter);
            }
        }
        if !problems.is_empty() {
            return Err(ParameterErrors { problems });
        }
        Ok(Basis { parameters: Arc::new(parameters), digest: digester.finish() })
    }
}

/// The embedded files: name → text.
fn embedded_files() -> BTreeMap<String, String> {
    Embedded::iter()
        .filter(|path| path.ends_with(".toml"))
        .filter_map(|path| {
            let file = Embedded::get(&path)?;
            Some((name_of(&path), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

/// The name of a parameter, from the path of its file.
fn name_of(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("parameters/").unwrap_or(&path);
    path.strip_suffix(".toml").unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests;

//! Partners, options and areas by the code that entries use and the name that readers know.

use penshaw_basis::Source;
use penshaw_register::{Area, CourseOption, JointRegister};
use serde::{Deserialize, Serialize};

/// A code or reference, and the name behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The authority's code, or the reference of an option or area.
    pub code: String,
    /// The name as readers know it.
    pub name: String,
}

impl Named {
    /// A code with its name.
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Named { code: code.into(), name: name.into() }
    }
}

/// The partners, in the order in which reports name them.
pub(crate) fn partners(joint: &JointRegister) -> Vec<Named> {
    joint.authorities().iter().map(|authority| Named::new(&authority.code, &authority.name)).collect()
}

/// The areas of joint work, in the order of their references.
pub(crate) fn areas(joint: &JointRegister) -> Vec<Named> {
    let areas = joint.all::<Area>();
    areas.iter().map(|area| Named::new(&area.reference, &area.name)).collect()
}

/// The area of joint work that an analysis judges, by reference.
pub(crate) fn area_judged_by(joint: &JointRegister, analysis: &str) -> Option<String> {
    let areas = joint.all::<Area>().into_iter();
    areas.map(|held| held.entry).find(|area| area.judged_by.as_deref() == Some(analysis)).map(|area| area.reference)
}

/// An option of the short list, as far as it is weighed besides money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedOption {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Its place in the short list, such as `business as usual`.
    #[serde(default)]
    pub role: String,
    /// `apart`, `collaborate` or `integrate`.
    #[serde(default)]
    pub course: String,
    /// Who would deliver it, where that is stated.
    #[serde(default)]
    pub delivery_model: Option<String>,
    /// Who would own the assets.
    #[serde(default)]
    pub assets: Option<String>,
    /// Who would hold the contracts.
    #[serde(default)]
    pub contracts: Option<String>,
    /// Who would control the data.
    #[serde(default)]
    pub data: Option<String>,
}

impl ListedOption {
    /// Whether the partners would become one service.
    pub fn integrates(&self) -> bool {
        self.course == "integrate"
    }

    /// The entry of the option.
    pub fn source(&self) -> Source {
        JointRegister::own_source(&self.reference)
    }
}

impl From<&CourseOption> for ListedOption {
    fn from(option: &CourseOption) -> Self {
        ListedOption {
            reference: option.reference.clone(),
            name: option.name.clone(),
            role: option.role.clone(),
            course: option.course.clone(),
            delivery_model: option.delivery_model.clone(),
            assets: option.assets.clone(),
            contracts: option.contracts.clone(),
            data: option.data.clone(),
        }
    }
}

/// The options, in the order of their references.
pub(crate) fn options(joint: &JointRegister) -> Vec<ListedOption> {
    let options = joint.options();
    options.iter().map(|option| ListedOption::from(&option.entry)).collect()
}

/// The name of an option; its reference where it is none of them.
pub(crate) fn option_name<'a>(options: &'a [ListedOption], reference: &'a str) -> &'a str {
    let option = options.iter().find(|option| option.reference == reference);
    option.map_or(reference, |option| &option.name)
}

/// Whether an entry about these options, or about all where it names none, bears on one of them.
pub(crate) fn bears_on(entry_options: &[String], option: &str) -> bool {
    entry_options.is_empty() || entry_options.iter().any(|named| named == option)
}

/// The name behind a code; the code itself where there is none.
pub(crate) fn name_of<'a>(named: &'a [Named], code: &'a str) -> &'a str {
    match named.iter().find(|named| named.code == code) {
        Some(named) => &named.name,
        None if code == "joint" => "The partners together",
        None => code,
    }
}

/// The words with a capital letter in front.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The words with a small letter in front, to stand within a sentence.
pub(crate) fn uncapitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// The number with its noun, in the singular for one.
pub fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Words joined as a sentence joins them.
pub(crate) fn sentence_list<W: AsRef<str>>(words: &[W]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_names_are_joined_with_commas_and_an_and() {
        assert_eq!(sentence_list::<&str>(&[]), "");
        assert_eq!(sentence_list(&["Durham"]), "Durham");
        assert_eq!(sentence_list(&["A", "B", "C"]), "A, B and C");
    }

    #[test]
    fn an_unknown_code_stands_for_itself() {
        let partners = [Named::new("SCC", "Sunderland City Council")];
        assert_eq!(name_of(&partners, "SCC"), "Sunderland City Council");
        assert_eq!(name_of(&partners, "joint"), "The partners together");
        assert_eq!(name_of(&partners, "X"), "X");
    }
}

//! Partners, options and areas by the code that entries use and the name that readers know.

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
        Named {
            code: code.into(),
            name: name.into(),
        }
    }
}

/// The partners, in the order in which reports name them.
pub(crate) fn partners(joint: &JointRegister) -> Vec<Named> {
    joint
        .authorities()
        .iter()
        .map(|authority| Named::new(&authority.code, &authority.name))
        .collect()
}

/// The areas of joint work, in the order of their references.
pub(crate) fn areas(joint: &JointRegister) -> Vec<Named> {
    let areas = joint.all::<Area>();
    areas
        .iter()
        .map(|area| Named::new(&area.reference, &area.name))
        .collect()
}

/// The options, in the order of their references.
pub(crate) fn options(options: &[CourseOption]) -> Vec<Named> {
    options
        .iter()
        .map(|option| Named::new(&option.reference, &option.name))
        .collect()
}

/// The name behind a code; the code itself where there is none.
pub(crate) fn name_of<'a>(named: &'a [Named], code: &'a str) -> &'a str {
    match named.iter().find(|named| named.code == code) {
        Some(named) => &named.name,
        None if code == "joint" => "The partners together",
        None => code,
    }
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

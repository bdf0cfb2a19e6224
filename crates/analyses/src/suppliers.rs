//! Suppliers by one name: the words of legal form set aside, and former names led to the name of today.

use std::collections::BTreeMap;

use penshaw_register::SupplierName;

use crate::catalogues::words;

/// Words that say what a supplier is in law, and not who it is.
const LEGAL_FORMS: [&str; 14] = [
    "limited",
    "ltd",
    "plc",
    "llp",
    "lp",
    "cic",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "gmbh",
    "company",
    "co",
    "the",
];

/// A supplier's name without capitals, punctuation and legal form: what two spellings of one name share.
///
/// ```
/// use penshaw_analyses::suppliers::plain;
/// assert_eq!(plain("Example Software Ltd."), plain("EXAMPLE SOFTWARE LIMITED"));
/// assert_eq!(plain("Smith & Sons (Holdings) PLC"), "smith sons holdings");
/// assert_eq!(plain("The Company Ltd"), "the company ltd");
/// ```
pub fn plain(name: &str) -> String {
    let all = words(name);
    let kept: Vec<&str> = all.iter().map(String::as_str).filter(|word| !is_set_aside(word)).collect();
    if kept.is_empty() { all.join(" ") } else { kept.join(" ") }
}

fn is_set_aside(word: &str) -> bool {
    word == "and" || LEGAL_FORMS.contains(&word)
}

/// Which supplier a name stands for today, as people have recorded it.
#[derive(Clone, Debug, Default)]
pub struct Suppliers {
    /// A plain name, and the plain name that it has now.
    now: BTreeMap<String, String>,
    /// A plain name as it is written out.
    written: BTreeMap<String, String>,
}

impl Suppliers {
    /// What the partnership's entries say of suppliers' names.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a SupplierName>) -> Self {
        let mut suppliers = Suppliers::default();
        for name in names {
            let (former, now) = (plain(&name.name), plain(&name.now));
            suppliers.written.entry(now.clone()).or_insert_with(|| name.now.clone());
            if former != now && !former.is_empty() && !now.is_empty() {
                suppliers.now.insert(former, now);
            }
        }
        suppliers
    }

    /// The plain name of the supplier that a name stands for today. Names that lead round in a circle stand for the
    /// first of it in the alphabet.
    ///
    /// ```
    /// use penshaw_analyses::suppliers::Suppliers;
    /// use penshaw_register::SupplierName;
    /// let name = |name: &str, now: &str| SupplierName {
    ///     reference: "SN1".into(), name: name.into(), now: now.into(), since: None, document: None,
    /// };
    /// let suppliers = Suppliers::of(&[name("Old Systems Ltd", "Middle plc"), name("Middle", "New Group Ltd")]);
    /// assert_eq!(suppliers.today("OLD SYSTEMS LIMITED"), "new group");
    /// assert_eq!(suppliers.today("Others Ltd"), "others");
    /// ```
    pub fn today(&self, name: &str) -> String {
        let mut seen = vec![plain(name)];
        while let Some(next) = self.now.get(&seen[seen.len() - 1]) {
            if let Some(start) = seen.iter().position(|earlier| earlier == next) {
                return seen[start..].iter().min().cloned().unwrap_or_default();
            }
            seen.push(next.clone());
        }
        seen.pop().unwrap_or_default()
    }

    /// How the supplier of a name is written today: as it was recorded, or as it is given.
    pub fn written<'a>(&'a self, name: &'a str) -> &'a str {
        self.written.get(&self.today(name)).map_or(name, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, now: &str) -> SupplierName {
        SupplierName { reference: "SN1".into(), name: name.into(), now: now.into(), since: None, document: None }
    }

    #[test]
    fn names_that_lead_round_in_a_circle_are_one_supplier_and_end() {
        let suppliers = Suppliers::of(&[name("B", "C"), name("C", "B"), name("A", "B")]);
        let all: Vec<String> = ["A", "B", "C"].iter().map(|name| suppliers.today(name)).collect();
        assert_eq!(all, ["b", "b", "b"]);
    }

    #[test]
    fn a_name_without_letters_or_of_legal_form_alone_stays_itself() {
        assert_eq!(plain(""), "");
        assert_eq!(plain("– –"), "");
        assert_eq!(plain("Ltd"), "ltd");
        assert_eq!(Suppliers::of(&[name("", "X")]).today(""), "");
    }
}

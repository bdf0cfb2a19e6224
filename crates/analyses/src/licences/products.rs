//! Names of products and suppliers brought to one form, with the version told apart.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::SupplierName;

use super::parameters::Words;

/// A product's name without its supplier and version, and the version that stands in the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) words: Vec<String>,
    pub(super) version: Vec<String>,
}

impl Plain {
    /// What names of one product have in common.
    pub(super) fn key(&self) -> String {
        self.words.join(" ")
    }
}

/// Suppliers by what they are called now.
#[derive(Debug)]
pub(super) struct Suppliers<'a> {
    words: &'a Words,
    now: BTreeMap<String, String>,
    known: BTreeSet<Vec<String>>,
}

impl<'a> Suppliers<'a> {
    /// From every name of a supplier that is recorded, and what people have said of names.
    pub(super) fn of<'n>(
        words: &'a Words,
        names: &[SupplierName],
        recorded: impl Iterator<Item = &'n str>,
    ) -> Suppliers<'a> {
        let mut suppliers = Suppliers { words, now: BTreeMap::new(), known: BTreeSet::new() };
        for name in names {
            let (before, now) = (suppliers.bare(&name.name), suppliers.bare(&name.now));
            suppliers.known.extend([before.clone(), now.clone()]);
            if before != now {
                suppliers.now.insert(before.join(" "), now.join(" "));
            }
        }
        let recorded: Vec<Vec<String>> = recorded.map(|name| suppliers.bare(name)).collect();
        suppliers.known.extend(recorded);
        suppliers.known.remove(&Vec::new());
        suppliers
    }

    /// The supplier that a name means now.
    pub(super) fn now(&self, name: &str) -> String {
        let mut found = self.bare(name).join(" ");
        // Names that lead back to themselves end after as many steps as there are names.
        for _ in 0..self.now.len() {
            match self.now.get(&found) {
                Some(later) => found.clone_from(later),
                None => break,
            }
        }
        found
    }

    /// The product behind a name, its supplier's name before it left out.
    pub(super) fn product(&self, name: &str) -> Plain {
        let all = words(name);
        let before = (1..all.len()).rev().find(|length| self.known.contains(&all[..*length]));
        // A product that is called as its supplier and a version is still that product.
        let after = before.filter(|length| !is_version(&all[*length])).unwrap_or(0);
        without_version(&all[after..])
    }

    /// A supplier's name without the endings of companies.
    fn bare(&self, name: &str) -> Vec<String> {
        let mut words = words(name);
        while words.len() > 1 && words.last().is_some_and(|last| self.words.company_endings.contains(last)) {
            words.pop();
        }
        words
    }
}

/// The words of a name in lower case; a point stays within numbers and before a letter.
pub(super) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    let mut words = vec![String::new()];
    for (place, letter) in letters.iter().enumerate() {
        let next = letters.get(place + 1);
        let last = words.last_mut().expect("there is always a word");
        let within = last.ends_with(|before: char| before.is_ascii_digit()) && next.is_some_and(char::is_ascii_digit);
        let before = last.is_empty() && next.is_some_and(|next| next.is_alphabetic());
        match letter {
            letter if letter.is_alphanumeric() || "+#".contains(*letter) => last.push(*letter),
            '.' if within || before => last.push('.'),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Takes versions out of a name, its first word never.
fn without_version(all: &[String]) -> Plain {
    let mut plain = Plain { words: Vec::new(), version: Vec::new() };
    for (place, word) in all.iter().enumerate() {
        let next = all.get(place + 1).is_some_and(|next| is_version(next));
        let said = ["version", "release", "ver", "v"].contains(&word.as_str()) && next;
        let after = !plain.version.is_empty() && is_addition(word);
        match place {
            0 => plain.words.push(word.clone()),
            _ if said => {}
            _ if is_version(word) || after => plain.version.push(word.trim_start_matches('v').to_owned()),
            _ => plain.words.push(word.clone()),
        }
    }
    plain
}

/// 12, 12.4, v2, 11g or a year; three digits are part of a name, as in 365.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    let digits = number.trim_end_matches(['g', 'c', 'i']);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let year = digits.parse::<u16>().is_ok_and(|year| (1980..2100).contains(&year));
    let dotted = digits.contains('.')
        && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    dotted || whole && number.len() - digits.len() <= 1 && (digits.len() <= 2 || year && number == digits)
}

/// What follows a version: R2, SP1, U3.
fn is_addition(word: &str) -> bool {
    ["r", "sp", "u", "cu"].iter().any(|kind| {
        word.strip_prefix(kind)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// The parts of a version: 2012 R2 and 2012-R2 alike, 12.4 as 12 and 4.
pub(super) fn version_parts(version: &str) -> Vec<String> {
    let lower = version.to_lowercase();
    let parts = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(str::to_owned).collect();
    let first = parts
        .first()
        .and_then(|first| first.strip_prefix('v'))
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match first {
        Some(first) => std::iter::once(first.to_owned()).chain(parts[1..].iter().cloned()).collect(),
        None => parts.into_iter().filter(|part| !["version", "release", "ver"].contains(&part.as_str())).collect(),
    }
}

/// Whether the first version is newer than the second, where both are numbers.
pub(super) fn is_newer(one: &str, other: &str) -> bool {
    let numbers = |version: &str| -> Option<Vec<u64>> {
        let parts = version_parts(version);
        (!parts.is_empty()).then(|| parts.iter().map(|part| part.parse().ok()).collect()).flatten()
    };
    match (numbers(one), numbers(other)) {
        // A licence for 12 covers 12.4.
        (Some(one), Some(other)) => {
            one.iter().zip(&other).find(|(one, other)| one != other).is_some_and(|(one, other)| one > other)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> String {
        let basis = penshaw_basis::Basis::standard();
        let words =
            super::super::parameters::Parameters::in_force(&basis, penshaw_basis::Date::constant(2026, 4, 1)).words;
        let names = [SupplierName {
            reference: "N1".into(),
            name: "Example Computing Ltd".into(),
            now: "Example Software Ltd".into(),
            since: None,
            document: None,
        }];
        Suppliers::of(&words, &names, ["Microsoft Corporation", "Oracle"].into_iter()).product(name).key()
    }

    #[test]
    fn one_product_has_one_key_whatever_its_version_and_supplier() {
        for (name, expected) in [
            ("Microsoft Office 2010", "office"),
            ("OFFICE", "office"),
            ("Microsoft Windows Server 2012 R2 Datacenter", "windows server datacenter"),
            ("SQL Server 2008 R2 SP3, Enterprise Edition", "sql server enterprise edition"),
            ("Oracle Database 11g", "database"),
            ("Office 365", "office 365"),
            ("Dynamics 365 v9.1", "dynamics 365"),
            ("Java SE 8", "java se"),
            ("Oracle 12c", "oracle"),
            (".NET Framework 4.8", ".net framework"),
            ("Notepad++ v8.6", "notepad++"),
            ("Example Computing Ledger version 4", "ledger"),
            ("Unit4 Business World", "unit4 business world"),
            ("7-Zip 9.20", "7 zip"),
            ("東京 2.0", "東京"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn a_supplier_is_followed_to_its_name_of_today() {
        let words = Words { company_endings: vec!["ltd".into()], ..Words::default() };
        let name = |name: &str, now: &str| SupplierName {
            reference: name.into(),
            name: name.into(),
            now: now.into(),
            since: None,
            document: None,
        };
        let names = [name("A Ltd", "B"), name("B", "C Ltd"), name("X", "Y"), name("Y", "X")];
        let suppliers = Suppliers::of(&words, &names, std::iter::empty());
        assert_eq!(suppliers.now("A"), "c");
        assert!(["x", "y"].contains(&suppliers.now("X").as_str()));
    }

    #[test]
    fn a_version_within_the_one_covered_is_not_newer() {
        assert!(is_newer("2016", "2013") && is_newer("12.4", "12.3") && is_newer("13", "12.9"));
        assert!(!is_newer("12.4", "12") && !is_newer("2013", "2016") && !is_newer("next", "12") && !is_newer("", "1"));
    }
}

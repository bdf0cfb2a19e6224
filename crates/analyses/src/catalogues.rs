//! Which entries of two catalogues name the same product, each with its probability and what agrees and what does not.

use std::collections::BTreeMap;

use penshaw_numerics::linkage::{Comparison, Gathered, Link, Record, link};
pub use penshaw_numerics::linkage::{Known, Linked};
use penshaw_register::CatalogueEntry;

/// Two entries that may name the same product.
#[derive(Clone, Debug, PartialEq)]
pub struct Matched {
    /// The entry's place in the left catalogue.
    pub left: usize,
    /// The entry's place in the right catalogue.
    pub right: usize,
    /// How probable it is.
    pub probability: f64,
    /// What speaks for it and against it, in words, what tells most first.
    pub reasons: Vec<String>,
}

/// Evidence below this, as a logarithm of odds, is not worth a word.
const TELLING: f64 = 0.5;
/// Words are named up to so many.
const MOST_NAMED: usize = 6;

/// Pairs of entries that are as probable as `least`, or more.
///
/// ```
/// use penshaw_analyses::catalogues::match_catalogues;
/// use penshaw_register::CatalogueEntry;
/// let entry = |name: &str| CatalogueEntry { name: name.into(), ..CatalogueEntry::default() };
/// let left = ["Council Tax Live", "Housing Rents 6.0", "Planning Portal"].map(entry);
/// let right = ["Housing Rents 6", "Council Tax", "Payroll"].map(entry);
/// let found = match_catalogues(&left, &right, 0.5);
/// assert_eq!(found.iter().map(|one| (one.left, one.right)).collect::<Vec<_>>(), [(0, 1), (1, 0)]);
/// assert!(found[1].reasons.iter().any(|reason| reason.contains("housing")));
/// ```
pub fn match_catalogues(left: &[CatalogueEntry], right: &[CatalogueEntry], least: f64) -> Vec<Matched> {
    let records = |entries: &[CatalogueEntry]| entries.iter().map(record).collect::<Vec<Record>>();
    let (left, right) = (records(left), records(right));
    let links = link(&left, &right).into_iter().filter(|link| link.probability >= least);
    let matched = |link: Link| Matched {
        reasons: reasons(&link, &left[link.left], &right[link.right], &Sides::CATALOGUES),
        left: link.left,
        right: link.right,
        probability: link.probability,
    };
    links.map(matched).collect()
}

/// The entries of many lists, each of which holds a thing once at most.
#[derive(Clone, Debug, Default)]
pub struct ManyLists {
    gathered: Gathered,
    lists: BTreeMap<String, u32>,
}

impl ManyLists {
    /// Adds an entry of a list.
    pub fn add(&mut self, list: &str, entry: &CatalogueEntry) {
        let next = self.lists.len() as u32;
        let holder = match self.lists.get(list) {
            Some(holder) => *holder,
            None => *self.lists.entry(list.to_owned()).or_insert(next),
        };
        self.gathered.add(&record(entry), holder);
    }

    /// How many lists there are.
    pub fn count(&self) -> usize {
        self.lists.len()
    }

    /// Which entries mean the same, and what a person has said of some of them kept.
    ///
    /// ```
    /// use penshaw_analyses::catalogues::ManyLists;
    /// use penshaw_register::CatalogueEntry;
    /// let mut lists = ManyLists::default();
    /// for (list, name) in [("A", "Council Tax Live"), ("A", "Payroll"), ("B", "Council Tax Live 6"), ("B", "Housing Rents"), ("C", "Payroll")] {
    ///     lists.add(list, &CatalogueEntry { name: name.into(), ..CatalogueEntry::default() });
    /// }
    /// assert_eq!(lists.linked(&[]).groups, [vec![0, 2], vec![1, 4]]);
    /// ```
    pub fn linked(self, known: &[Known]) -> Linked {
        self.gathered.link(known)
    }
}

fn record(entry: &CatalogueEntry) -> Record {
    Record {
        words: words(&entry.name),
        numbers: words(&entry.version),
        party: words(&entry.supplier),
        function: words(&entry.function),
        description: words(&entry.description),
        amount: entry.annual_cost.filter(|cost| *cost > 0.0),
        users: entry.users.filter(|users| *users > 0.0),
    }
}

/// The words of a text in lower case: runs of letters, and numbers without the noughts that end a version.
pub fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut letters = text.to_lowercase().chars().collect::<Vec<char>>().into_iter().peekable();
    while let Some(letter) = letters.next() {
        let mut word = String::from(letter);
        if letter.is_numeric() {
            let within = |next: &char| next.is_numeric() || *next == '.';
            while let Some(next) = letters.next_if(within) {
                word.push(next);
            }
            found.push(version(&word));
        } else if letter.is_alphabetic() {
            while let Some(next) = letters.next_if(|next| next.is_alphabetic()) {
                word.push(next);
            }
            found.push(word);
        }
    }
    found
}

/// A version without the noughts and points at its end: 2.0 is 2.
fn version(word: &str) -> String {
    let mut word = word.trim_end_matches('.');
    while let Some((before, last)) = word.rsplit_once('.')
        && last.chars().all(|digit| digit == '0')
    {
        word = before;
    }
    word.to_owned()
}

/// What the two sides of a pair are called in the reasons for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides<'a> {
    /// What holds the left entry's name alone, such as "the left".
    pub(crate) left: &'a str,
    /// The same of the right one.
    pub(crate) right: &'a str,
    /// Where the left entry stands, such as "on the left".
    pub(crate) at_left: &'a str,
    /// Where the right entry stands.
    pub(crate) at_right: &'a str,
}

impl Sides<'static> {
    /// Two catalogues side by side.
    const CATALOGUES: Self =
        Sides { left: "the left", right: "the right", at_left: "on the left", at_right: "on the right" };
}

/// What speaks for a link and against it, in words, what tells most first.
pub(crate) fn reasons(link: &Link, left: &Record, right: &Record, sides: &Sides<'_>) -> Vec<String> {
    telling(link).into_iter().map(|(comparison, tells)| reason(comparison, tells > 0.0, left, right, sides)).collect()
}

/// The comparisons that are worth a word, what tells most first.
fn telling(link: &Link) -> Vec<(Comparison, f64)> {
    let mut telling: Vec<(Comparison, f64)> = link.evidence().filter(|(_, tells)| tells.abs() >= TELLING).collect();
    telling.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
    telling
}

fn reason(comparison: Comparison, supports: bool, left: &Record, right: &Record, sides: &Sides<'_>) -> String {
    let either = |good: &str, bad: &str| if supports { good } else { bad }.to_owned();
    let nearer = |at: &str| {
        if supports { format!("nothing else {at} is nearer") } else { format!("something else {at} is nearer") }
    };
    match comparison {
        Comparison::Words => named_words(left, right, sides),
        Comparison::Coverage => {
            either("most of the shorter name stands in the longer", "much of the shorter name is not in the longer")
        }
        Comparison::Numbers => either("the numbers in their names agree", "the numbers in their names do not agree"),
        Comparison::Amount => either("they cost much the same", "they do not cost the same, or that is not known"),
        Comparison::Users => either("as many use them", "not as many use them, or that is not known"),
        Comparison::Function => either(
            "they serve the same function, or ones that go together",
            "their functions do not agree, or are not known",
        ),
        Comparison::Party => either("their suppliers agree", "their suppliers do not agree, or are not known"),
        Comparison::Description => either("what is said of them is alike", "what is said of them has little in common"),
        Comparison::BestOfLeft => nearer(sides.at_right),
        Comparison::BestOfRight => nearer(sides.at_left),
    }
}

/// The words that both names have, and those that one lacks.
fn named_words(left: &Record, right: &Record, sides: &Sides<'_>) -> String {
    let held = |words: &[String], others: &Record| -> (Vec<usize>, Vec<usize>) {
        (0..words.len()).partition(|at| others.words.contains(&words[*at]) || others.party.contains(&words[*at]))
    };
    let pick = |words: &'_ [String], at: Vec<usize>| some_words(at.into_iter().map(|at| &words[at]));
    let (both, only_left) = held(&left.words, right);
    let (_, only_right) = held(&right.words, left);
    let parts = [
        ("both names have".to_owned(), pick(&left.words, both)),
        (format!("only {} has", sides.left), pick(&left.words, only_left)),
        (format!("only {} has", sides.right), pick(&right.words, only_right)),
    ];
    let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
    parts.map(|(what, words)| format!("{what} {words}")).collect::<Vec<_>>().join("; ")
}

/// The first few words, and how many more there are.
fn some_words<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let words: Vec<&String> = words.collect();
    let more = words.len().saturating_sub(MOST_NAMED);
    let mut named: Vec<String> = words.into_iter().take(MOST_NAMED).cloned().collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_runs_of_letters_and_versions_without_noughts_at_their_end() {
        assert_eq!(words("Revs&Bens v6.0 (Live)"), ["revs", "bens", "v", "6", "live"]);
        assert_eq!(words("10.0.3 and 2.50."), ["10.0.3", "and", "2.50"]);
        assert_eq!(words("Ŵyth – ٣ \u{0}…"), ["ŵyth", "٣"]);
        assert!(words("").is_empty() && words("=- / ").is_empty());
    }
}

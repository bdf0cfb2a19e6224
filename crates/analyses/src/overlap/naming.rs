//! Names as they are compared: words in the singular and in one spelling, those that tell nothing set aside.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::parameters::Parameters;
use crate::catalogues::words;

/// Words shorter than this are never taken for one another's slip of the pen.
const SPELLED_ALIKE_FROM: usize = 7;
/// Words from this length on lose the s of their plural.
const PLURAL_FROM: usize = 4;

/// A name's telling words, by number and in rising order; none where the name has no word.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name(pub(super) Vec<u32>);

/// How two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NamesAgree {
    /// The same, with a word that only such a product has.
    Same,
    /// The same, of words that say what it does.
    SameOfCommonWords,
    /// All words of one stand in the other, and one of them is telling.
    OneWithinTheOther,
    /// A telling word is shared.
    SomeWords,
    /// Only words that say what it does, or numbers, are shared.
    CommonWordsOnly,
    /// No word is shared.
    NoWord,
}

/// All words of names, each with a number and whether many products have it.
#[derive(Debug, Default)]
pub(super) struct Naming {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
    common: Vec<bool>,
    does: BTreeSet<String>,
    set_aside: BTreeSet<String>,
    spelling: BTreeMap<String, String>,
}

impl Naming {
    /// The words of these names, with those of the function list among the common ones.
    pub(super) fn of<'a>(parameters: &Parameters, names: impl Iterator<Item = &'a str>) -> Self {
        let labels = parameters.functions.iter().flat_map(|function| words(&function.label));
        let does: BTreeSet<String> =
            parameters.words.does.iter().cloned().chain(labels).map(|word| singular(&word)).collect();
        let set_aside: BTreeSet<String> = parameters.words.set_aside.iter().cloned().collect();
        let does: BTreeSet<String> = does.difference(&set_aside).cloned().collect();
        let mut held: BTreeMap<String, usize> = BTreeMap::new();
        for word in names.flat_map(words) {
            *held.entry(singular(&word)).or_default() += 1;
        }
        held.retain(|word, _| !does.contains(word));
        Naming { does, set_aside, spelling: spelled_alike(&held), ..Naming::default() }
    }

    /// A text's words as they are compared, in order.
    pub(super) fn folded(&self, text: &str) -> Vec<String> {
        let fold = |word: String| {
            let word = singular(&word);
            self.spelling.get(&word).cloned().unwrap_or(word)
        };
        words(text).into_iter().map(fold).collect()
    }

    /// The telling words of a name, those of its supplier left out where others are left.
    pub(super) fn name(&mut self, text: &str, supplier: &[String]) -> Name {
        let all = self.folded(text);
        let telling: Vec<&String> = all.iter().filter(|word| !self.set_aside.contains(*word)).collect();
        let own: Vec<&String> = telling.iter().copied().filter(|word| !supplier.contains(word)).collect();
        let chosen: Vec<String> = [own, telling, all.iter().collect()]
            .into_iter()
            .find(|words| !words.is_empty())
            .map(|words| words.into_iter().cloned().collect())
            .unwrap_or_default();
        let mut numbers: Vec<u32> = chosen.into_iter().map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Name(numbers)
    }

    fn number(&mut self, word: String) -> u32 {
        if let Some(number) = self.numbers.get(&word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.common.push(self.is_common(&word));
        self.words.push(word.clone());
        self.numbers.insert(word, number);
        number
    }

    /// Whether a word says what a product does, or is a number or a letter.
    fn is_common(&self, word: &str) -> bool {
        let letter = word.chars().nth(1).is_none() && word.is_ascii();
        letter || self.says_what_it_does(word) || word.starts_with(|first: char| first.is_numeric())
    }

    /// Whether a word, as it is compared, says what a product does.
    pub(super) fn says_what_it_does(&self, word: &str) -> bool {
        self.does.contains(word)
    }

    /// Whether a word is set aside wherever it stands.
    pub(super) fn tells_nothing(&self, word: &str) -> bool {
        self.set_aside.contains(word)
    }

    /// Whether a name has a word of its own, beside those that say what the product does.
    pub(super) fn is_telling(&self, name: &Name) -> bool {
        name.0.iter().any(|word| !self.common[*word as usize])
    }

    /// How two names agree.
    pub(super) fn agree(&self, one: &Name, other: &Name) -> NamesAgree {
        if one.0.is_empty() || other.0.is_empty() {
            return NamesAgree::NoWord;
        }
        if one == other {
            let telling = self.is_telling(one);
            return if telling { NamesAgree::Same } else { NamesAgree::SameOfCommonWords };
        }
        let shared: Vec<u32> = one.0.iter().copied().filter(|word| other.0.binary_search(word).is_ok()).collect();
        let telling = shared.iter().any(|word| !self.common[*word as usize]);
        match (shared.len(), telling) {
            (0, _) => NamesAgree::NoWord,
            (_, false) => NamesAgree::CommonWordsOnly,
            (all, true) if all == one.0.len().min(other.0.len()) => NamesAgree::OneWithinTheOther,
            _ => NamesAgree::SomeWords,
        }
    }

    /// The word behind a number.
    pub(super) fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }
}

/// A word without the s of its plural.
pub(super) fn singular(word: &str) -> String {
    let Some(one) = word.strip_suffix('s').filter(|_| word.len() >= PLURAL_FROM) else { return word.to_owned() };
    match one.strip_suffix("ie") {
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ if one.ends_with(['s', 'u', 'i']) => word.to_owned(),
        _ => one.to_owned(),
    }
}

/// Words that differ from a more frequent one by a slip of the pen, and that one.
///
/// A slip is a letter that is wrong, missing, added, or exchanged with the next. Words with a numeral are left alone.
pub(super) fn spelled_alike(held: &BTreeMap<String, usize>) -> BTreeMap<String, String> {
    let long = |word: &&String| word.chars().count() >= SPELLED_ALIKE_FROM && word.chars().all(char::is_alphabetic);
    let mut by_shortened: HashMap<String, Vec<&String>> = HashMap::new();
    for word in held.keys().filter(long) {
        for shortened in shortened(word) {
            by_shortened.entry(shortened).or_default().push(word);
        }
    }
    let mut spelling: BTreeMap<String, String> = BTreeMap::new();
    for word in held.keys().filter(long) {
        let near = shortened(word).into_iter().filter_map(|shortened| by_shortened.get(&shortened)).flatten();
        let rank = |word: &String| (held[word], std::cmp::Reverse(word.clone()));
        let better = near.filter(|other| **other != word && strsim::osa_distance(word, other) == 1);
        let best = better.copied().max_by_key(|other| rank(other)).filter(|other| rank(other) > rank(word));
        if let Some(best) = best {
            spelling.insert(word.clone(), best.clone());
        }
    }
    // A slip of a slip is followed to where it leads, which is always to a more frequent word.
    let lead = |word: &String| {
        let mut at = word;
        while let Some(next) = spelling.get(at) {
            at = next;
        }
        at.clone()
    };
    spelling.keys().map(|word| (word.clone(), lead(word))).collect()
}

/// The word, and the word without each of its letters in turn.
fn shortened(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let without = |left_out: usize| {
        letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, letter)| *letter).collect::<String>()
    };
    std::iter::once(word.to_owned()).chain((0..letters.len()).map(without)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_the_more_frequent_word_and_short_words_are_left_alone() {
        let held = [("northgate", 5), ("northgat", 1), ("northagte", 1), ("idox", 4), ("idix", 1), ("version1", 2)];
        let held = held.map(|(word, times)| (word.to_owned(), times)).into_iter().collect();
        let spelling = spelled_alike(&held);
        let expected = [("northagte", "northgate"), ("northgat", "northgate")];
        assert_eq!(spelling, expected.map(|(one, other)| (one.to_owned(), other.to_owned())).into_iter().collect());
    }

    #[test]
    fn plurals_are_singular_and_words_that_only_look_so_stay() {
        let words = ["rents", "libraries", "access", "status", "bus", "gis", "analysis", "applications"].map(singular);
        assert_eq!(words, ["rent", "library", "access", "status", "bus", "gis", "analysis", "application"]);
    }
}

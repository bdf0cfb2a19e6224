//! Words that are written differently and may be the same: a letter apart, or one shortened from the other.

use super::lists::{Rows, is_number};

/// From this length on, words that are a letter apart may be the same.
const LONG: usize = 5;
/// Words that lack the same letter are compared with so many neighbours at most.
const MOST_ALIKE: usize = 40;

/// How two words are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// A letter more, less or other, or two exchanged.
    Letter,
    /// One begins the other.
    Beginning,
    /// The letters of one stand in the other in the same order, the first and the last alike.
    Shortened,
}

/// What is known of each word before it is compared with another.
pub(super) struct Spelling {
    words: Vec<Box<[char]>>,
    /// Which letters it has.
    letters: Vec<u32>,
    is_number: Vec<bool>,
}

impl Spelling {
    pub(super) fn new(words: &[String]) -> Self {
        let is_number = words.iter().map(|word| is_number(word)).collect();
        let words: Vec<Box<[char]>> = words.iter().map(|word| word.chars().collect()).collect();
        let letters =
            words.iter().map(|word| word.iter().fold(0, |all, letter| all | 1 << (*letter as u32 % 32))).collect();
        Spelling { words, letters, is_number }
    }

    pub(super) fn is_number(&self, word: u32) -> bool {
        self.is_number[word as usize]
    }

    /// How two words that are not the same are alike, if they are.
    pub(super) fn alike(&self, one: u32, other: u32) -> Option<Alike> {
        let (one, other) = (one as usize, other as usize);
        if self.is_number[one] || self.is_number[other] {
            return None;
        }
        let (letters, others) = (self.letters[one], self.letters[other]);
        let (word, longer, only) = match self.words[one].len() <= self.words[other].len() {
            true => (&self.words[one], &self.words[other], letters & !others),
            false => (&self.words[other], &self.words[one], others & !letters),
        };
        if only == 0 && longer.len() >= word.len() + 2 && word.first() == longer.first() && word.len() >= 2 {
            return match () {
                () if longer.starts_with(word) => Some(Alike::Beginning),
                () if word.last() == longer.last() && in_order(word, longer) => Some(Alike::Shortened),
                () => None,
            };
        }
        let near = longer.len() >= LONG && longer.len() <= word.len() + 1 && (letters ^ others).count_ones() <= 2;
        (near && a_letter_apart(word, longer)).then_some(Alike::Letter)
    }

    /// For each word that names have, those a letter apart.
    pub(super) fn neighbours(&self, having: &[u32]) -> Rows {
        let mut lacking: Vec<(u64, u32)> = Vec::new();
        for (word, letters) in self.words.iter().enumerate() {
            if having[word] == 0 || letters.len() + 1 < LONG || self.is_number[word] {
                continue;
            }
            let hash = |skip: usize| {
                let left = letters.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, letter)| *letter);
                left.fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
                    (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
                })
            };
            let from = lacking.len();
            lacking.extend((0..=letters.len()).map(|skip| (hash(skip), word as u32)));
            lacking[from..].sort_unstable();
            let mut kept = from;
            for at in from..lacking.len() {
                if at == from || lacking[at] != lacking[kept - 1] {
                    lacking[kept] = lacking[at];
                    kept += 1;
                }
            }
            lacking.truncate(kept);
        }
        lacking.sort_unstable();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for run in lacking.chunk_by(|one, other| one.0 == other.0) {
            for (at, (_, one)) in run.iter().enumerate() {
                for (_, other) in run[at + 1..].iter().take(MOST_ALIKE) {
                    if self.alike(*one, *other) == Some(Alike::Letter) {
                        pairs.extend([(*one, *other), (*other, *one)]);
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut rows = Rows::new();
        let mut rest = pairs.iter().peekable();
        for word in 0..self.words.len() as u32 {
            rows.push(std::iter::from_fn(|| rest.next_if(|(one, _)| *one == word).map(|(_, other)| *other)));
        }
        rows
    }
}

/// Whether the letters of the first stand in the second in the same order.
fn in_order(word: &[char], longer: &[char]) -> bool {
    let mut rest = longer.iter();
    word.iter().all(|letter| rest.any(|other| other == letter))
}

/// Whether one letter more, less or other, or two exchanged, make one word of the other.
fn a_letter_apart(word: &[char], longer: &[char]) -> bool {
    let same = word.iter().zip(longer).take_while(|(one, other)| one == other).count();
    let (word, longer) = (&word[same..], &longer[same..]);
    let same = word.iter().rev().zip(longer.iter().rev()).take_while(|(one, other)| one == other).count();
    match (&word[..word.len() - same], &longer[..longer.len() - same]) {
        ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_if_a_letter_or_a_contraction_sets_them_apart() {
        let words = [
            "doc",
            "document",
            "mangement",
            "management",
            "mgmt",
            "mnagement",
            "mnaagement",
            "planning",
            "2010",
            "2011",
            "plant",
        ];
        let spelling = Spelling::new(&words.map(str::to_owned));
        let at = |word: &str| words.iter().position(|one| *one == word).unwrap() as u32;
        for (one, other, alike) in [
            ("doc", "document", Some(Alike::Beginning)),
            ("management", "mangement", Some(Alike::Letter)),
            ("mnaagement", "management", Some(Alike::Letter)),
            ("mgmt", "management", Some(Alike::Shortened)),
            ("mnagement", "mangement", Some(Alike::Letter)),
            ("planning", "plant", None),
            ("2010", "2011", None),
            ("doc", "planning", None),
        ] {
            assert_eq!(spelling.alike(at(one), at(other)), alike, "{one} {other}");
            assert_eq!(spelling.alike(at(other), at(one)), alike, "{other} {one}");
        }
        let neighbours = spelling.neighbours(&[1; 11]);
        assert_eq!(neighbours.of(at("mangement") as usize), [at("management"), at("mnagement")]);
    }
}

//! Words in which rules speak: lists, names inside a sentence, printed amounts.

use penshaw_basis::Estimate;
use penshaw_documents::Value;
use penshaw_register::recommendation::Statement;

/// Words joined as a sentence joins them.
///
/// ```
/// use penshaw_proposal::recommendation::listed;
/// assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
/// ```
pub fn listed<W: AsRef<str>>(words: &[W]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// A name as it stands inside a sentence: a plain first word loses its capital, an
/// abbreviation or a proper name keeps it.
///
/// ```
/// use penshaw_proposal::recommendation::inside;
/// assert_eq!(inside("Shared ICT service"), "shared ICT service");
/// assert_eq!(inside("ICT shared by both"), "ICT shared by both");
/// assert_eq!(inside("Digital Durham"), "Digital Durham");
/// ```
pub fn inside(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_abbreviation = first.chars().skip(1).any(char::is_uppercase);
    let is_proper = words.next().is_some_and(|second| {
        let mut letters = second.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    });
    if is_abbreviation || is_proper {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map(|letter| letter.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The same words with a capital at the beginning.
pub(crate) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|letter| letter.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The words without the full stop at their end, to be taken into a longer sentence.
pub(crate) fn without_stop(words: &str) -> &str {
    words.trim().trim_end_matches('.')
}

/// A statement made of several, set apart by semicolons.
pub(crate) fn chained(statements: Vec<Statement>) -> Statement {
    let mut statements = statements.into_iter();
    let first = statements.next().unwrap_or_default();
    statements.fold(first, |said, next| said.and("; ").then(next))
}

/// Pounds as reports print them.
pub(crate) fn pounds(amount: f64) -> String {
    Estimate::from_pounds(amount).to_whole_pounds()
}

/// A proportion as reports print it.
pub(crate) fn percent(proportion: f64) -> String {
    Value::Percent(proportion).to_string()
}

/// Years with one decimal where they are not whole.
pub(crate) fn years(years: f64) -> String {
    let whole = (years - years.round()).abs() < 0.05;
    let number = Value::Number { number: years, decimals: u8::from(!whole) }.to_string();
    if number == "1" { "1 year".to_owned() } else { format!("{number} years") }
}

/// A small number in words, as reports write it, a larger one in figures.
pub(crate) fn count(number: usize) -> String {
    const WORDS: [&str; 11] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_sentences_are_words_up_to_ten() {
        assert_eq!(count(5), "five");
        assert_eq!(count(12), "12");
        assert_eq!(years(1.0), "1 year");
        assert_eq!(years(3.25), "3.2 years");
    }
}

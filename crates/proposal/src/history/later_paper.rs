//! Promises of a paper to those who decide, and the days by which reports are named.

use std::collections::BTreeSet;

use penshaw_basis::Date;
use penshaw_documents::MONTHS;

use super::Recorded;

/// What is done with a paper that is to be decided on.
const BROUGHT: [&str; 11] =
    ["presented", "brought", "submitted", "reported", "report", "put", "taken", "come", "referred", "returned", "made"];

/// Those who decide, whatever they are called elsewhere.
const DECIDERS: [&str; 6] = ["cabinet", "council", "executive", "committee", "members", "cabinets"];

/// What may stand between "to" and those who decide.
const BETWEEN: [&str; 19] = [
    "the", "a", "an", "each", "both", "its", "their", "full", "future", "later", "next", "joint", "scrutiny",
    "overview", "and", "meeting", "meetings", "of", "city",
];

/// Those who decide, by the names that the decisions give them.
pub(super) struct Deciders(BTreeSet<String>);

impl Deciders {
    /// Those of the decisions.
    pub(super) fn of(recorded: &[Recorded<'_>]) -> Deciders {
        let names = recorded.iter().flat_map(|one| {
            let meeting = one.meeting.map(|meeting| meeting.body.clone());
            one.decision.decision_maker.clone().into_iter().chain(meeting)
        });
        let names = names.map(|name| name.trim().to_lowercase());
        Deciders(names.filter(|name| !name.is_empty()).collect())
    }

    /// Whether words say that a paper will come before those who decide.
    ///
    /// "Will be presented to Cabinet" does, and so does "a further report will follow". "Will not" never does.
    pub(super) fn are_promised_a_paper(&self, statement: &str) -> bool {
        let words: Vec<String> = statement.split_whitespace().map(bare).collect();
        let refused = words.first().is_some_and(|word| word == "no") || words.iter().any(|word| word == "not");
        let promised = words.iter().any(|word| word == "will");
        if refused || !promised {
            return false;
        }
        if words.windows(2).any(|pair| pair[0] == "further" && ["report", "paper"].contains(&pair[1].as_str())) {
            return true;
        }
        let Some(brought) = words.iter().position(|word| BROUGHT.contains(&word.as_str())) else { return false };
        let after = &words[brought..];
        (0..after.len()).any(|place| after[place] == "to" && self.begin(&after[place + 1..]))
    }

    /// Whether those who decide come first among words, whatever may stand before them.
    fn begin(&self, words: &[String]) -> bool {
        let before = |word: &&String| BETWEEN.contains(&word.as_str()) || word.ends_with("’s") || word.ends_with("'s");
        let skipped = words.iter().take_while(before).count();
        let rest = &words[skipped..];
        let is_named = rest.first().is_some_and(|word| DECIDERS.contains(&word.as_str()));
        is_named || self.0.iter().any(|name| (0..=skipped).any(|from| begins_with(&words[from..], name)))
    }
}

fn begins_with(words: &[String], name: &str) -> bool {
    let name: Vec<&str> = name.split_whitespace().collect();
    words.len() >= name.len() && words.iter().zip(&name).all(|(word, of)| word == of)
}

/// A word in small letters, without what stands around it.
fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// Every day that words name, such as `18 June 2014`, `18th June 2014` or `2014-06-18`.
pub(super) fn days_in(words: &str) -> Vec<Date> {
    let words: Vec<String> = words.split_whitespace().map(bare).collect();
    let written = words.iter().filter_map(|word| word.parse().ok());
    let spoken = words.windows(3).filter_map(|three| spoken(&three[0], &three[1], &three[2]));
    let mut days: Vec<Date> = written.chain(spoken).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn spoken(day: &str, month: &str, year: &str) -> Option<Date> {
    let number = day.trim_end_matches(|letter: char| letter.is_alphabetic());
    let ending = &day[number.len()..];
    if !["", "st", "nd", "rd", "th"].contains(&ending) || year.len() != 4 {
        return None;
    }
    let place = MONTHS.iter().position(|name| month.len() >= 3 && name.to_lowercase().starts_with(month))?;
    let month = i8::try_from(place + 1).ok()?;
    Date::new(year.parse().ok()?, month, number.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_to_those_who_decide_is_promised_by_its_words() {
        let deciders = Deciders(BTreeSet::from(["digital partnership board".to_owned()]));
        for promise in [
            "An updated proposal for the Council's future ICT strategy will be presented to Cabinet for consideration at a future date",
            "A regional infrastructure strategy will be brought to Cabinet",
            "Officers will report back to a future meeting of Cabinet.",
            "The strategy will be put to each council's executive",
            "It will be submitted to the Digital Partnership Board",
            "A further report will follow",
        ] {
            assert!(deciders.are_promised_a_paper(promise), "{promise}");
        }
        for other in [
            "Alternative proposals for integration will be developed",
            "The risk analysis will continue to be reviewed as part of the updated ICT strategy",
            "Hardware will be brought to the council's data centre",
            "No further report will be presented to Cabinet",
            "The project will not be brought back to Cabinet",
            "The lessons will be put to use by members",
            "The bid was presented to Cabinet",
        ] {
            assert!(!deciders.are_promised_a_paper(other), "{other}");
        }
    }

    #[test]
    fn days_are_read_as_reports_write_them() {
        let june = Date::constant(2014, 6, 18);
        for words in
            ["Cabinet report, 18 June 2014", "Cabinet, 18th June 2014 (item 5)", "report of 2014-06-18", "18 Jun 2014"]
        {
            assert_eq!(days_in(words), [june], "{words}");
        }
        for words in ["Cabinet report", "31 June 2014", "June 2014", "18 June 14", "18xx June 2014"] {
            assert_eq!(days_in(words), Vec::<Date>::new(), "{words}");
        }
        assert_eq!(days_in("17 June 2013 and 18 June 2014"), [Date::constant(2013, 6, 17), june]);
    }
}

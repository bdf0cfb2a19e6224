//! Commitments drafted from a report: every sentence that says that something will happen, with its paragraph.

use penshaw_documents::{Block, Inline};
use penshaw_register::Commitment;

/// A sentence of a report that says that something will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftCommitment {
    /// The whole sentence.
    pub statement: String,
    /// The number of its paragraph, or of the paragraph or heading above it; nothing where none has a number.
    pub paragraph: Option<String>,
}

impl DraftCommitment {
    /// The entry that an officer completes: who sees to it, in which area and by when is still to be said.
    pub fn entry(&self, reference: &str, document: &str, authority: &str) -> Commitment {
        Commitment {
            reference: reference.to_owned(),
            statement: self.statement.trim_end_matches('.').to_owned(),
            document: Some(document.to_owned()),
            paragraph: self.paragraph.clone(),
            authority: authority.to_owned(),
            owner: None,
            area: None,
            due: None,
            standing: "open".into(),
            settled: None,
        }
    }
}

/// Every sentence of a report in which something *will* be, in reading order, each once.
///
/// Paragraphs, lists, notes and the fields of a sheet are read; headings and tables are not. Where the sheet and
/// a section say the same, the section's paragraph stands. A question, "the will of", and a *will* that only a
/// relative clause holds ("the councils that will take part met") are no commitments. "Will not" is one.
///
/// ```
/// use penshaw_documents::{Block, inlines};
/// let text = inlines("Both councils agreed. A strategy for the region will be brought to Cabinet.");
/// let found = penshaw_proposal::commitments::drafts(&[Block::Paragraph { number: Some("5.4".into()), text }]);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].statement, "A strategy for the region will be brought to Cabinet.");
/// assert_eq!(found[0].paragraph.as_deref(), Some("5.4"));
/// ```
pub fn drafts(blocks: &[Block]) -> Vec<DraftCommitment> {
    let mut drafts = Vec::new();
    gather(blocks, &mut None, &mut drafts);
    drafts
}

fn gather(blocks: &[Block], number: &mut Option<String>, drafts: &mut Vec<DraftCommitment>) {
    for block in blocks {
        match block {
            Block::Heading { number: printed, .. } => number.clone_from(printed),
            Block::Paragraph { number: printed, text } => {
                if printed.is_some() {
                    number.clone_from(printed);
                }
                draft(text, number.as_ref(), drafts);
            }
            Block::List { items, .. } => items.iter().for_each(|item| draft(item, number.as_ref(), drafts)),
            Block::Note { text, .. } => draft(text, number.as_ref(), drafts),
            Block::Fields { fields, .. } => fields.iter().for_each(|(_, blocks)| gather(blocks, &mut None, drafts)),
            Block::Table(_) | Block::Chart(_) | Block::PageBreak | Block::SourceList => {}
        }
    }
}

fn draft(text: &[Inline], number: Option<&String>, drafts: &mut Vec<DraftCommitment>) {
    let plain: String = text.iter().map(Inline::plain).collect();
    for statement in sentences(&plain).into_iter().filter(|sentence| promises(sentence)) {
        match drafts.iter_mut().find(|known| known.statement == statement) {
            Some(known) => {
                if known.paragraph.is_none() {
                    known.paragraph = number.cloned();
                }
            }
            None => drafts.push(DraftCommitment { statement, paragraph: number.cloned() }),
        }
    }
}

/// Words after which a full stop ends no sentence.
const SHORTENED: [&str; 12] =
    ["e.g.", "i.e.", "etc.", "no.", "nos.", "para.", "paras.", "approx.", "cllr.", "mr.", "mrs.", "dr."];

/// The sentences of a text: each ends at a full stop, question or exclamation mark before a word that begins large.
fn sentences(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = |place: usize| {
        let word = words[place].trim_end_matches(['"', '”', '’', '\'', ')']);
        let stops = word.ends_with(['.', '!', '?']) && !SHORTENED.contains(&word.to_lowercase().as_str());
        let begins = words.get(place + 1).and_then(|next| next.chars().find(|letter| letter.is_alphanumeric()));
        stops && begins.is_none_or(|letter| letter.is_uppercase() || letter.is_numeric())
    };
    let mut sentences = Vec::new();
    let mut from = 0;
    for place in 0..words.len() {
        if ends(place) || place + 1 == words.len() {
            sentences.push(words[from..=place].join(" "));
            from = place + 1;
        }
    }
    sentences
}

/// Whether a sentence says of its own subject that it will do or be something.
fn promises(sentence: &str) -> bool {
    if sentence.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with('?') {
        return false;
    }
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = sentence.split_whitespace().map(bare).collect();
    let is_verb = |place: usize| {
        let before = place.checked_sub(1).map_or("", |place| words[place].as_str());
        let after = words.get(place + 1).map_or("", String::as_str);
        let relative = ["that", "which", "who", "what", "whoever", "whatever"].contains(&before);
        let noun =
            ["the", "a", "political", "free", "good", "at", "of", "their", "its"].contains(&before) || after == "of";
        !after.is_empty() && !relative && !noun
    };
    words.iter().enumerate().any(|(place, word)| word == "will" && is_verb(place))
}

#[cfg(test)]
mod tests {
    use penshaw_documents::{Block, Inline, Value, inlines};

    use super::*;

    fn found(text: &str) -> Vec<String> {
        drafts(&[Block::words(text)]).into_iter().map(|draft| draft.statement).collect()
    }

    #[test]
    fn the_whole_sentence_is_kept_and_its_neighbours_are_not() {
        let text =
            "The bid (£0.4m, see para. 4.2) was lost. Officers will, by March 2015, report on hosting. Costs rose.";
        assert_eq!(found(text), ["Officers will, by March 2015, report on hosting."]);
        assert_eq!(
            found("Savings of approx. 3.5 % will follow. See No. 7."),
            ["Savings of approx. 3.5 % will follow."]
        );
        assert_eq!(
            found("Both agreed that a board will meet each quarter"),
            ["Both agreed that a board will meet each quarter"]
        );
    }

    #[test]
    fn what_is_no_promise_is_left_out() {
        for text in [
            "Members have the will to share.",
            "It was the will of both councils.",
            "Goodwill is strong, and staff are willing.",
            "The councils that will take part met in May.",
            "Will it be brought to Cabinet?",
            "Where there is a will.",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_will_not_happen_is_said_too() {
        assert_eq!(found("No post will be lost. The project will not proceed.").len(), 2);
    }

    #[test]
    fn the_sheet_and_a_section_give_one_commitment_with_the_sections_paragraph() {
        let text = "The partners will test recovery.";
        let sheet =
            Block::Fields { caption: "Sheet".into(), fields: vec![("Decision".into(), vec![Block::words(text)])] };
        let section = Block::Paragraph { number: Some("2.1".into()), text: inlines(text) };
        let expected = DraftCommitment { statement: text.into(), paragraph: Some("2.1".into()) };
        assert_eq!(drafts(&[sheet, Block::numbered_heading(3, "2", "Decision"), section]), [expected]);
    }

    #[test]
    fn points_of_a_list_stand_under_the_paragraph_above_and_figures_are_part_of_the_sentence() {
        let lead = Block::Paragraph { number: Some("5.5".into()), text: inlines("Three areas go on:") };
        let point =
            vec![Inline::text("a saving of "), Inline::figure(Value::Count(40), &[]), Inline::text(" will be shown")];
        let found = drafts(&[lead, Block::List { ordered: false, items: vec![point] }]);
        assert_eq!(found[0].statement, "a saving of 40 will be shown");
        assert_eq!(found[0].paragraph.as_deref(), Some("5.5"));
    }

    #[test]
    fn a_draft_becomes_an_open_entry_that_passes_its_check_but_for_what_officers_add() {
        use penshaw_basis::Confidence;
        use penshaw_register::{Kind, Record, Severity};
        let draft = DraftCommitment { statement: "A board will meet.".into(), paragraph: Some("5.1".into()) };
        let record = Record::of(&draft.entry("CM1", "Cabinet report, 18 June 2014", "SCC"), Confidence::Reported);
        let errors = Kind::Commitment.check(&record).into_iter().filter(|problem| problem.severity == Severity::Error);
        assert_eq!(errors.count(), 0);
        assert_eq!(record.fields["standing"], "open");
        assert_eq!(record.fields["statement"], "A board will meet");
    }
}

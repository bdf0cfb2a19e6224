//! The document and its blocks.

use std::collections::BTreeMap;

use penshaw_basis::Source;
use serde::{Deserialize, Serialize};

use crate::{Chart, Figure, Table, Value};

/// What one author says to one reader, before any format.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The title, which is also the file's title in every format.
    pub title: String,
    /// Who says it: the post, never a name.
    pub author: String,
    /// The meeting or day it is for, as printed: "Cabinet, 18 June 2014".
    pub occasion: String,
    /// Words that stand on every page, such as "Illustrative estate".
    pub marking: Option<Marking>,
    /// The text.
    pub blocks: Vec<Block>,
    /// What entries that are cited are called, for the list of sources.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub titles: BTreeMap<Source, String>,
}

/// Words that stand at the head of every page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marking {
    /// The words, short enough for one line.
    pub words: String,
}

/// A block of a document, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading. Level 1 is the document's title; parts are 2, sections 3, and so on to 5.
    Heading {
        /// 1 to 5; levels are never skipped downwards.
        level: u8,
        /// The printed number, such as `7.1`, where it has one.
        number: Option<String>,
        /// The words.
        text: String,
    },
    /// A paragraph, numbered as council reports number them (`5.3`) or not.
    Paragraph {
        /// The printed number, where it has one.
        number: Option<String>,
        /// The text.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether the order matters.
        ordered: bool,
        /// One entry a point.
        items: Vec<Vec<Inline>>,
    },
    /// Names and what they hold, as on an executive summary sheet.
    Fields {
        /// What the fields together are, for a reader who cannot see them.
        caption: String,
        /// Each field's name and its blocks.
        fields: Vec<(String, Vec<Block>)>,
    },
    /// A table.
    Table(Table),
    /// A chart, with the table behind it.
    Chart(Chart),
    /// Words set apart, such as a warning.
    Note {
        /// What kind of note: "Illustrative", "Officers' judgement", "Not legal advice".
        label: String,
        /// The text.
        text: Vec<Inline>,
    },
    /// A part that starts on a new page where there are pages.
    PageBreak,
    /// Every source cited so far, numbered as the figures cite them.
    SourceList,
}

/// A run of text within a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "run", rename_all = "snake_case")]
pub enum Inline {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// Words that matter more.
    Strong {
        /// The words.
        text: String,
    },
    /// A figure that opens to its sources.
    Figure(Figure),
    /// A link whose words say where it leads.
    Link {
        /// The words.
        text: String,
        /// The address.
        href: String,
    },
}

impl Inline {
    /// Plain words.
    pub fn text(words: impl Into<String>) -> Self {
        Inline::Text { text: words.into() }
    }

    /// Words that matter more.
    pub fn strong(words: impl Into<String>) -> Self {
        Inline::Strong { text: words.into() }
    }

    /// A figure with its sources.
    pub fn figure(value: Value, sources: &[Source]) -> Self {
        Inline::Figure(Figure::new(value, sources.to_vec()))
    }

    /// The words as a reader without format would read them.
    pub fn plain(&self) -> String {
        match self {
            Inline::Text { text } | Inline::Strong { text } | Inline::Link { text, .. } => text.clone(),
            Inline::Figure(figure) => figure.value.to_string(),
        }
    }
}

/// One run of plain words, for a paragraph that holds no figure.
pub fn inlines(words: impl Into<String>) -> Vec<Inline> {
    vec![Inline::text(words)]
}

impl Block {
    /// A heading without a number.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Block::Heading { level, number: None, text: text.into() }
    }

    /// A heading with its printed number.
    pub fn numbered_heading(level: u8, number: impl Into<String>, text: impl Into<String>) -> Self {
        Block::Heading { level, number: Some(number.into()), text: text.into() }
    }

    /// A paragraph without a number.
    pub fn paragraph(text: Vec<Inline>) -> Self {
        Block::Paragraph { number: None, text }
    }

    /// A paragraph of plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Block::paragraph(inlines(text))
    }

    /// A note of plain words.
    pub fn note(label: impl Into<String>, text: impl Into<String>) -> Self {
        Block::Note { label: label.into(), text: inlines(text) }
    }
}

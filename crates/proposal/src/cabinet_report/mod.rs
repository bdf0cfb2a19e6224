//! The cabinet report: executive summary sheet Part I, sections 1 to 10 and annexes, from one source.
//!
//! The form is that of Sunderland City Council's cabinet reports (18 June 2014). What sheet and
//! report both hold (purpose, decision, reasons, alternatives) is built once and printed twice.
//! To add a section: a file here with `section(&ReportInputs) -> Vec<Block>`, and one line in
//! [`report`].

mod alternatives;
mod analysis;
mod annexes;
mod answered;
mod areas;
mod background;
mod considerations;
mod decision;
mod impacts;
mod introduction;
mod method_text;
mod money;
mod papers;
mod purpose;
mod reasons;
pub(crate) mod said;
mod sheet;
mod tested;
#[cfg(test)]
mod tests;
mod worded;

use penshaw_basis::{Basis, Date};
use penshaw_documents::{Block, Document, Marking};
use penshaw_register::{JointRegister, Partnership, Recommendation, ReportDetails};

pub(crate) use papers::is_background_paper;
pub use papers::{CitedPaper, cited_papers, is_listed};
pub use said::numbered;
pub use sheet::SHEET_FIELDS;
pub use worded::{WORDED, Worded};

use crate::Answers;

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct ReportInputs<'a> {
    /// What the partners share, and what the report says of itself.
    pub joint: &'a JointRegister,
    /// The day that is worked on.
    pub on: Date,
    /// The parameters.
    pub basis: &'a Basis,
    /// What the analyses answered.
    pub answers: &'a Answers,
    /// What is recommended.
    pub recommendation: &'a Recommendation,
}

impl<'a> ReportInputs<'a> {
    /// The partnership.
    pub fn partnership(&self) -> &'a Partnership {
        self.joint.partnership()
    }

    /// What the report says of itself.
    pub fn details(&self) -> &'a ReportDetails {
        &self.partnership().report
    }

    /// The body that receives it.
    pub fn body(&self) -> &'a str {
        match self.details().body.as_str() {
            "" => "Cabinet",
            body => body,
        }
    }

    /// The title, or one made from the partnership's name.
    pub fn title(&self) -> String {
        match self.details().title.as_str() {
            "" => format!("{}: shared ICT", self.partnership().name),
            title => title.to_owned(),
        }
    }

    /// The meeting as printed: "Cabinet, 18 June 2014".
    pub fn occasion(&self) -> String {
        match self.details().meeting {
            Some(meeting) => format!("{}, {}", self.body(), said::day(meeting)),
            None => format!("{}, the day of the meeting is not set", self.body()),
        }
    }

    /// The partners by name, as a sentence lists them.
    pub fn partners(&self) -> String {
        let names: Vec<&str> = self.joint.authorities().iter().map(|one| one.name.as_str()).collect();
        crate::recommendation::listed(&names)
    }

    fn own_words(&self, section: &str) -> Vec<Block> {
        said::own_words(self.details().words.get(section))
    }

    fn has_words(&self, section: &str) -> bool {
        self.details().words.get(section).is_some_and(|words| !words.is_empty())
    }
}

/// The whole report.
pub fn report(inputs: &ReportInputs<'_>) -> Document {
    let sections: [fn(&ReportInputs<'_>) -> Vec<Block>; 12] = [
        sheet::part,
        heading_of_the_report,
        purpose::section,
        decision::section,
        introduction::section,
        background::section,
        analysis::section,
        impacts::section,
        considerations::section,
        reasons::section,
        alternatives::section,
        papers::section,
    ];
    let mut blocks: Vec<Block> = sections.iter().flat_map(|section| section(inputs)).collect();
    blocks.extend(annexes::annexes(inputs));
    Document {
        title: inputs.title(),
        author: inputs.details().author.clone(),
        occasion: inputs.occasion(),
        marking: inputs.partnership().marking.clone().map(|words| Marking { words }),
        titles: inputs.joint.titles(),
        blocks,
    }
}

fn heading_of_the_report(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let author = match inputs.details().author.as_str() {
        "" => "Report".to_owned(),
        author => format!("Report of the {author}"),
    };
    vec![Block::PageBreak, Block::heading(2, author)]
}

//! The update report: what was agreed, what changed since, what was kept, and what needs a decision now.
//!
//! It is drafted from the answer on delivery and from what differs between two baselines of each owner, in the
//! form of a cabinet report with numbered paragraphs. Officers read it, complete it and put their names to it.

mod changes;
mod decide;
mod progress;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use penshaw_analyses::Analysis;
use penshaw_analyses::delivery::{Delivery, Outcome};
use penshaw_basis::{Date, Source};
use penshaw_documents::{Block, Document, Inline, Marking, Table, Value};
use penshaw_register::{Difference, Partnership};

use crate::cabinet_report::said::{day, section, stopped};

/// What an update report is made from.
#[derive(Clone, Copy)]
pub struct UpdateInputs<'a> {
    /// The partnership, and what its report says of itself.
    pub partnership: &'a Partnership,
    /// The report that this one follows.
    pub earlier: &'a EarlierReport,
    /// What became of what was agreed.
    pub delivery: &'a Outcome,
    /// What differs between each owner's baseline of then and of now, in the order of the report.
    pub differences: &'a [OwnerDifference],
    /// What entries are called, as [`JointRegister::titles`](penshaw_register::JointRegister::titles) gives them.
    pub titles: &'a BTreeMap<Source, String>,
}

/// The report that an update follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierReport {
    /// Its title.
    pub title: String,
    /// The day of its meeting.
    pub on: Date,
}

/// What differs between two baselines of one owner.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnerDifference {
    /// The owner's code, or `partnership`.
    pub owner: String,
    /// The day of the earlier baseline.
    pub from: Date,
    /// The day of the later baseline.
    pub to: Date,
    /// What differs, of what the owner shares.
    pub difference: Difference,
}

impl UpdateInputs<'_> {
    fn body(&self) -> &str {
        match self.partnership.report.body.as_str() {
            "" => "Cabinet",
            body => body,
        }
    }

    fn who(&self, code: &str) -> String {
        match code {
            "joint" => "the partners together".to_owned(),
            penshaw_register::PARTNERSHIP => "the partnership".to_owned(),
            code => self.partnership.name_of(code).to_owned(),
        }
    }

    /// The earlier report as a sentence names it.
    fn earlier_named(&self) -> String {
        format!("“{}” ({})", self.earlier.title, day(self.earlier.on))
    }

    /// A table that the answer on delivery draws, by its name.
    fn table(&self, blocks: &[Block], id: &str) -> Option<Table> {
        blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.id == id => Some(table.clone()),
            _ => None,
        })
    }
}

/// The whole report.
pub fn report(inputs: &UpdateInputs<'_>) -> Document {
    let answer = Delivery::present(inputs.delivery);
    let decisions = decide::decisions(inputs);
    let sections = [
        ("Purpose of the report", purpose(inputs)),
        ("Description of Decision", decide::requested(inputs, &decisions)),
        ("What was agreed", agreed(inputs)),
        ("What has changed since", changes::section(inputs)),
        ("Commitments kept, open and not kept", progress::commitments(inputs, &answer)),
        ("Progress in each area", progress::areas(inputs, &answer)),
        ("Benefits", progress::benefits(inputs, &answer)),
        ("Risks", progress::risks(inputs, &answer)),
        ("What needs a decision now", decide::section(&decisions)),
        ("Next steps", decide::next_steps(inputs)),
        ("Background Papers", papers(inputs)),
    ];
    let mut blocks = vec![Block::heading(2, heading(inputs))];
    for (place, (title, content)) in sections.into_iter().enumerate() {
        blocks.extend(section(&(place + 1).to_string(), title, content));
    }
    blocks.extend([Block::PageBreak, Block::heading(2, "Annex: Sources"), Block::SourceList]);
    document(inputs, blocks)
}

fn document(inputs: &UpdateInputs<'_>, blocks: Vec<Block>) -> Document {
    let details = &inputs.partnership.report;
    let title = match details.title.as_str() {
        "" => inputs.partnership.name.as_str(),
        title => title,
    };
    let occasion = match details.meeting {
        Some(meeting) if meeting > inputs.earlier.on => format!("{}, {}", inputs.body(), day(meeting)),
        _ => format!("{}, the day of the meeting is not set", inputs.body()),
    };
    Document {
        title: format!("{title}: update"),
        author: details.author.clone(),
        occasion,
        marking: inputs.partnership.marking.clone().map(|words| Marking { words }),
        titles: inputs.titles.clone(),
        blocks,
    }
}

fn heading(inputs: &UpdateInputs<'_>) -> String {
    match inputs.partnership.report.author.as_str() {
        "" => "Report".to_owned(),
        author => format!("Report of the {author}"),
    }
}

fn purpose(inputs: &UpdateInputs<'_>) -> Vec<Block> {
    vec![Block::words(format!(
        "To advise {} of what has been done since the report {}, as it stood on {}, and of what needs a decision now.",
        inputs.body(),
        inputs.earlier_named(),
        day(inputs.delivery.on)
    ))]
}

/// The mandate, the areas and how much was promised.
fn agreed(inputs: &UpdateInputs<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(mandate) = &inputs.partnership.report.mandate {
        blocks.push(Block::words(format!("The mandate for this work: {}", stopped(mandate))));
    }
    let areas = &inputs.delivery.areas;
    if areas.is_empty() {
        blocks.push(Block::words("No areas of joint work are recorded."));
    } else {
        blocks.push(Block::words("The areas of joint work that are followed up are:"));
        let item = |area: &penshaw_analyses::delivery::AreaStanding| {
            vec![Inline::figure(Value::text(&area.name), std::slice::from_ref(&area.source))]
        };
        blocks.push(Block::List { ordered: false, items: areas.iter().map(item).collect() });
    }
    for nature in &inputs.delivery.benefits.natures {
        let Some(last) = nature.years.last() else { continue };
        let sources: Vec<Source> = progress::sources_of(nature);
        blocks.push(Block::paragraph(vec![
            Inline::text(format!("{} benefits of ", crate::recommendation::capitalised(&nature.nature))),
            Inline::figure(Value::Money(last.cumulative_promised), &sources),
            Inline::text(format!(" were promised to the end of {}.", last.year)),
        ]));
    }
    blocks
}

/// The earlier report, and the documents that bear out what was done.
fn papers(inputs: &UpdateInputs<'_>) -> Vec<Block> {
    let mut papers = vec![format!("{}, {}", inputs.earlier.title, day(inputs.earlier.on))];
    let tests = inputs.delivery.recoveries.iter().filter_map(|recovery| recovery.evidence.clone());
    let said = inputs.delivery.commitments.iter().filter_map(|commitment| {
        let said = commitment.said_in.as_deref()?;
        Some(said.split_once(", paragraph").map_or(said, |(document, _)| document).to_owned())
    });
    for paper in tests.chain(said).filter(|paper| !paper.starts_with("paragraph")) {
        if !papers.contains(&paper) {
            papers.push(paper);
        }
    }
    vec![crate::cabinet_report::said::list(papers)]
}

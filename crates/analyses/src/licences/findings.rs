//! What is wanting in the record, gathered by what it is and whose it is.

use std::collections::BTreeMap;

use penshaw_basis::Source;

use super::outcome::{Definitions, Finding};
use crate::named::{Named, counted, name_of, sentence_list};

/// The most entries that a finding spells out.
const SPELLED_OUT: usize = 5;

/// What may be wanting in entries of one authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanting {
    NewerThanCovered,
    NotMeasured,
    NotEntitled,
    WhichLicence,
    NoSuchLicence,
    SeveralMetrics,
    NeverMeasured,
    NoDefinition,
    OldCount,
    NoDay,
    ContractOver,
    SupportDiffers,
    NoVersion,
    NoPrice,
}

/// Everything that was noted while the answer was worked out.
#[derive(Debug, Default)]
pub(super) struct Findings {
    noted: BTreeMap<(Wanting, String), (Vec<String>, Vec<Source>)>,
}

impl Findings {
    /// Notes that something is wanting in an entry; `which` says what it is about.
    pub(super) fn note(&mut self, wanting: Wanting, authority: &str, which: &str, source: Source) {
        let (whiches, sources) = self.noted.entry((wanting, authority.to_owned())).or_default();
        if !whiches.iter().any(|known| known == which) {
            whiches.push(which.to_owned());
        }
        if !sources.contains(&source) {
            sources.push(source);
        }
    }

    /// All of them, the gravest first.
    pub(super) fn all(self, partners: &[Named], definitions: &[Definitions], problems: &[String]) -> Vec<Finding> {
        let unread = problems.iter().map(|problem| {
            Finding::error(format!("A parameter could not be read: {problem}."), "correct the parameter", Vec::new())
        });
        let mut all: Vec<Finding> = unread.collect();
        all.extend(definitions.iter().map(|differs| {
            let what = format!(
                "{} is licensed by {} under {} definitions, which are not pooled.",
                differs.product,
                differs.metric,
                differs.each.len()
            );
            let sources = differs.each.iter().flat_map(|each| each.sources.iter().cloned()).collect();
            Finding::warning(
                what,
                "ask the supplier whether they mean the same, and record the same words if so",
                sources,
            )
        }));
        all.extend(self.noted.into_iter().map(|((wanting, authority), (whiches, sources))| {
            let what = what(wanting, name_of(partners, &authority), &whiches);
            match wanting {
                Wanting::NewerThanCovered => Finding::error(what, hint(wanting), sources),
                _ => Finding::warning(what, hint(wanting), sources),
            }
        }));
        all.sort_by_key(|finding| finding.severity);
        all
    }
}

fn what(wanting: Wanting, whose: &str, which: &[String]) -> String {
    let list = some_of(which);
    let count = |one, several| counted(which.len(), one, several);
    match wanting {
        Wanting::NewerThanCovered => {
            format!("{whose} uses a newer version than its licence covers, and the licence has no maintenance: {list}.")
        }
        Wanting::NotMeasured => format!("{whose}: what the metric counts is not measured: {list}."),
        Wanting::NotEntitled => {
            format!("{whose}: {} how many may be used: {list}.", count("licence does not say", "licences do not say"))
        }
        Wanting::WhichLicence => {
            format!(
                "{whose} holds a product by several metrics, and its installations do not say which they count against: {list}."
            )
        }
        Wanting::NoSuchLicence => format!("{whose}: an installation names a licence that is not shared: {list}."),
        Wanting::SeveralMetrics => {
            format!(
                "{whose} uses without a licence what partners hold by several metrics, so that its need is not pooled: {list}."
            )
        }
        Wanting::NeverMeasured => {
            format!("{whose} holds {} of which no use is measured: {list}.", count("product", "products"))
        }
        Wanting::NoDefinition => {
            format!("{whose}: no definition of the metric is recorded, and the partners' is taken: {list}.")
        }
        Wanting::OldCount => format!("{whose}: {} old: {list}.", count("count is", "counts are")),
        Wanting::NoDay => format!("{whose}: no day is recorded on which maintenance or the contract ends: {list}."),
        Wanting::ContractOver => {
            format!("{whose}: the contract has ended, and the licences are counted as held for good: {list}.")
        }
        Wanting::SupportDiffers => {
            format!("{whose}: the day on which support ends differs from the published one: {list}.")
        }
        Wanting::NoVersion => {
            format!(
                "{whose}: {} no version, so that the end of support is not known: {list}.",
                count("entry has", "entries have")
            )
        }
        Wanting::NoPrice => format!("{whose}: what the shortage would cost is not known: {list}."),
    }
}

fn hint(wanting: Wanting) -> String {
    match wanting {
        Wanting::NewerThanCovered => "go back to the version covered, or buy what covers the newer one",
        Wanting::NotMeasured => "the words in brackets say what to enter in the sheet Installations",
        Wanting::NotEntitled => "fill in the column Entitled of the sheet Licences, and share it",
        Wanting::WhichLicence => "name the licence in the column Licence of the sheet Installations",
        Wanting::NoSuchLicence => "correct the reference, or share the licence; until then the product's name decides",
        Wanting::SeveralMetrics => "settle by which metric it would be licensed",
        Wanting::NeverMeasured => "count what is used, and add it to the sheet Installations",
        Wanting::NoDefinition => "copy the contract's own words into the column Definition",
        Wanting::OldCount => "count again, and enter the day in the column Measured on",
        Wanting::NoDay => "fill in Support ends, or the contract and its last day",
        Wanting::ContractOver => "check that the right to use outlasts the contract; otherwise set Entitled to 0",
        Wanting::SupportDiffers => "the owner's day is used: keep it if support was bought, otherwise correct it",
        Wanting::NoVersion => "fill in the column Version",
        Wanting::NoPrice => "fill in Price of one more, or Annual cost and Entitled",
    }
    .into()
}

/// The first few of them, and how many more there are.
fn some_of(which: &[String]) -> String {
    let first = &which[..which.len().min(SPELLED_OUT)];
    match which.len() - first.len() {
        0 => sentence_list(first),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

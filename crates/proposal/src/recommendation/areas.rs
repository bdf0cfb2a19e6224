//! Each area of joint work stands or falls by its own evidence.
//!
//! An area stands if documents with a date, none later than the decision, show that it is
//! under way or agreed, that every partner gains by it and that it binds every partner
//! (one joint entry, or one of each), and if it can be had on the terms at hand: it needs
//! no integration that is not recommended, and no partner holds against it.

use penshaw_basis::{Date, Source};
use penshaw_register::recommendation::AreaJudged;

use super::facts::{AreaFacts, EvidenceFacts, Facts};
use super::thresholds::Thresholds;
use super::words::listed;

/// Judges every area. `integrating` says whether services are to be joined.
pub fn areas(facts: &Facts, thresholds: &Thresholds, integrating: bool) -> Vec<AreaJudged> {
    facts.areas.iter().map(|area| Judging { facts, thresholds, area }.judge(integrating)).collect()
}

struct Judging<'a> {
    facts: &'a Facts,
    thresholds: &'a Thresholds,
    area: &'a AreaFacts,
}

/// Why an area falls.
type Falls = String;

impl Judging<'_> {
    fn judge(&self, integrating: bool) -> AreaJudged {
        let outcome = self.stands(integrating);
        let stands = outcome.is_ok();
        let (why, sources) = match outcome {
            Ok(entries) => (self.why_it_stands(&entries), sources_of(entries)),
            Err(why) => (why, sources_of(self.area.evidence.iter())),
        };
        AreaJudged {
            reference: self.area.reference.clone(),
            name: self.area.name.clone(),
            stands,
            why,
            judged_by: self.area.judged_by.clone(),
            officers_judgement: self.officers_judge(),
            sources,
        }
    }

    /// Whether officers judge it: no analysis is named, it is not built, or it could not answer.
    fn officers_judge(&self) -> bool {
        let named = self.area.judged_by.as_deref();
        let planned = penshaw_analyses::PLANNED.iter().any(|planned| Some(planned.name) == named);
        planned || !self.facts.answered.iter().any(|answered| Some(answered.as_str()) == named)
    }

    /// The entries by which it stands.
    fn stands(&self, integrating: bool) -> Result<Vec<&EvidenceFacts>, Falls> {
        if self.area.evidence.is_empty() {
            return Err("No evidence of it is recorded.".into());
        }
        if self.area.needs_integration && !integrating {
            return Err("It can only be had in one integrated service, which is not recommended.".into());
        }
        if let Some(against) = self.held_against() {
            return Err(against);
        }
        let shown: Vec<&EvidenceFacts> = self.area.evidence.iter().filter(|entry| self.counts(entry)).collect();
        let Some(newest) = shown.iter().filter_map(|entry| entry.dated).max() else {
            return Err(self.why_nothing_counts());
        };
        let current: Vec<&EvidenceFacts> =
            shown.into_iter().filter(|entry| self.ended_after(entry).is_none()).collect();
        if current.is_empty() {
            return Err(format!("It was under way or agreed on {} and has ended since.", printed(newest)));
        }
        self.binds_all(current)
    }

    /// A condition of a partner on this area that is not known to be met.
    fn held_against(&self) -> Option<Falls> {
        let conditions = self.facts.alignment.iter().flat_map(|alignment| &alignment.conditions);
        let mut own = conditions.filter(|condition| condition.area.as_deref() == Some(&self.area.reference));
        let against = own.find(|condition| condition.met != Some(true))?;
        let who = self.facts.name_of(&against.authority);
        Some(format!(
            "{who} would not go on with it without a condition that is not shown to be met: {}.",
            against.words
        ))
    }

    fn counts(&self, entry: &EvidenceFacts) -> bool {
        self.is_documented(entry) && entry.mutual && self.thresholds.area_standings.value.contains(&entry.standing)
    }

    fn is_documented(&self, entry: &EvidenceFacts) -> bool {
        entry.document.is_some() && entry.dated.is_some_and(|day| day <= self.facts.on)
    }

    /// Evidence, of the same day or later, that the joint work of an entry has ended.
    fn ended_after(&self, entry: &EvidenceFacts) -> Option<&EvidenceFacts> {
        let concerns = |other: &EvidenceFacts| {
            other.authority == entry.authority || other.authority == "joint" || entry.authority == "joint"
        };
        self.area.evidence.iter().find(|other| {
            other.standing == "ended" && self.is_documented(other) && concerns(other) && other.dated >= entry.dated
        })
    }

    fn binds_all<'e>(&self, current: Vec<&'e EvidenceFacts>) -> Result<Vec<&'e EvidenceFacts>, Falls> {
        if current.iter().any(|entry| entry.authority == "joint") {
            return Ok(current);
        }
        let silent: Vec<&str> = self
            .facts
            .partners
            .iter()
            .filter(|partner| !current.iter().any(|entry| entry.authority == partner.code))
            .map(|partner| partner.name.as_str())
            .collect();
        if silent.is_empty() {
            return Ok(current);
        }
        Err(format!("No document shows that it is under way or agreed for {}.", listed(&silent)))
    }

    /// Why no entry counts: the nearest to counting speaks for all.
    fn why_nothing_counts(&self) -> Falls {
        let standing = |entry: &&EvidenceFacts| self.thresholds.area_standings.value.contains(&entry.standing);
        let mut near = self.area.evidence.iter().filter(standing);
        let Some(nearest) = near.clone().find(|entry| self.is_documented(entry)).or_else(|| near.next()) else {
            let mut standings: Vec<&str> = self.area.evidence.iter().map(|entry| entry.standing.as_str()).collect();
            standings.dedup();
            return format!("It is {}, not under way or agreed.", listed(&standings));
        };
        match (&nearest.document, nearest.dated) {
            (None, _) => "No document shows it.".into(),
            (_, None) => "The document that shows it has no date.".into(),
            (_, Some(day)) if day > self.facts.on => {
                format!("The document that shows it is dated {}, after the decision.", printed(day))
            }
            _ => "It is not shown that every partner gains by it.".into(),
        }
    }

    fn why_it_stands(&self, entries: &[&EvidenceFacts]) -> String {
        let mut standings: Vec<&str> = entries.iter().map(|entry| entry.standing.as_str()).collect();
        standings.sort_unstable();
        standings.dedup();
        let mut documents: Vec<&str> = entries.iter().filter_map(|entry| entry.document.as_deref()).collect();
        documents.dedup();
        format!(
            "It is {} for every partner, to the benefit of each{} ({}).",
            listed(&standings),
            if self.area.needs_integration { "" } else { ", and needs no integrated service" },
            documents.join("; ")
        )
    }
}

fn sources_of<'a>(entries: impl IntoIterator<Item = &'a EvidenceFacts>) -> Vec<Source> {
    entries.into_iter().flat_map(|entry| entry.sources.clone()).collect()
}

fn printed(day: Date) -> String {
    penshaw_documents::Value::Day(day).to_string()
}

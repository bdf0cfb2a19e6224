//! Adopts an opportunity that an analysis found: it becomes lines of an option, which know where they came from.

use std::collections::{BTreeMap, HashMap};

use penshaw_analyses::ALL;
use penshaw_register::kinds::{CourseOption, Line};
use penshaw_register::{Adopting, Authority, Kind, Opportunity, PARTNERSHIP, Record};
use penshaw_store::entries::{self, Entry};
use penshaw_store::runs::{self, Brief};
use serde_json::Value;

use crate::actor::Actor;
use crate::changed_since::Changed;
use crate::edit_entry::next_reference;
use crate::permissions::Verb;
use crate::service::Operations;
use crate::{Invalid, Refusal, TableRow};

/// What the newest answers offer, and what of it has been adopted.
#[derive(Clone, Debug)]
pub struct OpportunitiesView {
    /// The answers that offer something, in the order of the questions.
    pub answers: Vec<Offering>,
    /// The options that may adopt: reference and name.
    pub options: Vec<(String, String)>,
    /// The authorities.
    pub authorities: Vec<Authority>,
    /// Whether the reader may adopt.
    pub may_adopt: bool,
}

/// What the newest answer to one question offers.
#[derive(Clone, Debug)]
pub struct Offering {
    /// The question's name.
    pub name: &'static str,
    /// The question.
    pub question: &'static str,
    /// The run that found them.
    pub run: String,
    /// Whether the run rests on baselines alone.
    pub frozen: bool,
    /// What has changed since.
    pub changed: Option<Changed>,
    /// What it offers.
    pub offered: Vec<Offered>,
}

/// An opportunity and the options that adopted it.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// The options that adopted it.
    pub adopted: Vec<AdoptedBy>,
}

/// An option's adoption of an opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct AdoptedBy {
    /// The option's reference.
    pub option: String,
    /// The option's name.
    pub name: String,
    /// The references of its lines.
    pub lines: Vec<String>,
    /// Whether the newest run would make them otherwise.
    pub superseded: bool,
}

impl Operations {
    /// What the newest answers offer, and what options have adopted of it.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn opportunities(&self, actor: &Actor) -> Result<OpportunitiesView, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let lines = entries::of_kind(self.store(), PARTNERSHIP, Kind::Line).await?;
        let lines = by_adoption(&lines);
        let options = self.options().await?;
        let mut answers = Vec::new();
        for listed in ALL {
            let Some((run, found)) = self.newest_offered(listed.name).await? else { continue };
            if found.is_empty() {
                continue;
            }
            let changed = self.changed_since_brief(&run).await?;
            let offered = found.into_iter().map(|opportunity| {
                let adopted = adopted(&opportunity, &lines, &options);
                Offered { opportunity, adopted }
            });
            answers.push(Offering {
                name: listed.name,
                question: listed.question,
                frozen: run.frozen,
                changed,
                offered: offered.collect(),
                run: run.id,
            });
        }
        Ok(OpportunitiesView {
            answers,
            options,
            authorities: self.standing().await?.partnership.authorities,
            may_adopt: actor.may(Verb::edit(Kind::Line), PARTNERSHIP),
        })
    }

    /// Makes an opportunity of a question's newest answer lines of an option; lines that the option
    /// adopted from it before are made anew. Returns how many lines it has now.
    ///
    /// # Errors
    /// If the actor may not, there is no such opportunity or option, or the answer that was seen is not the newest.
    pub async fn adopt_opportunity(
        &self,
        actor: &Actor,
        analysis: &str,
        id: &str,
        adopting: &Adopting,
    ) -> Result<usize, Refusal> {
        self.may_edit(actor, PARTNERSHIP, Kind::Line)?;
        let newest = self.newest_offered(analysis).await?;
        let (run, offered) = newest.ok_or(Refusal::NotThere { what: "answer" })?;
        if run.id != adopting.run {
            return Err(Refusal::ChangedMeanwhile { what: "the answer that found it".into() });
        }
        let opportunity = offered.into_iter().find(|opportunity| opportunity.id == id);
        let opportunity = opportunity.ok_or(Refusal::NotThere { what: "opportunity" })?;
        if !self.options().await?.iter().any(|(option, _)| *option == adopting.option) {
            return Err(Refusal::invalid("option", "Choose the option that is to adopt it"));
        }
        let all = entries::of_kind(self.store(), PARTNERSHIP, Kind::Line).await?;
        let rows = rows(&opportunity.lines(adopting), &opportunity.name(), &adopting.option, &all);
        let kept = rows.iter().filter(|row| !row.removed).count();
        if kept == 0 {
            return Err(Refusal::Invalid(vec![Invalid::new("option", "It has no amounts that could become lines")]));
        }
        self.save_entries(actor, PARTNERSHIP, Kind::Line, &rows).await?;
        Ok(kept)
    }

    /// Takes an adopted opportunity out of an option again.
    ///
    /// # Errors
    /// If the actor may not, or the option has no lines of it.
    pub async fn set_opportunity_aside(&self, actor: &Actor, name: &str, option: &str) -> Result<usize, Refusal> {
        self.may_edit(actor, PARTNERSHIP, Kind::Line)?;
        let all = entries::of_kind(self.store(), PARTNERSHIP, Kind::Line).await?;
        let rows = rows(&[], name, option, &all);
        if rows.is_empty() {
            return Err(Refusal::invalid("option", "Choose an option that has adopted it"));
        }
        self.save_entries(actor, PARTNERSHIP, Kind::Line, &rows).await?;
        Ok(rows.len())
    }

    /// The newest run of a question with the opportunities of its outcome.
    async fn newest_offered(&self, analysis: &str) -> Result<Option<(Brief, Vec<Opportunity>)>, Refusal> {
        let Some(run) = runs::list(self.store(), Some(analysis), 0, 1).await?.pop() else { return Ok(None) };
        let outcome = runs::outcome(self.store(), &run.id).await?.unwrap_or_default();
        Ok(Some((run, offered(&outcome))))
    }

    async fn options(&self) -> Result<Vec<(String, String)>, Refusal> {
        let found = entries::of_kind(self.store(), PARTNERSHIP, Kind::CourseOption).await?;
        let read = found.iter().filter_map(|entry| entry.record.read::<CourseOption>().ok());
        Ok(read.map(|option| (option.reference, option.name)).collect())
    }
}

/// The opportunities of an outcome, where it has any.
fn offered(outcome: &str) -> Vec<Opportunity> {
    let mut outcome: Value = serde_json::from_str(outcome).unwrap_or_default();
    let offered = outcome.get_mut("opportunities").map(Value::take).unwrap_or_default();
    serde_json::from_value(offered).unwrap_or_default()
}

/// Adopted lines, in the order of their references, by the opportunity that they came from and their option.
type ByAdoption<'a> = HashMap<(String, String), Vec<(&'a Entry, Line)>>;

fn by_adoption(all: &[Entry]) -> ByAdoption<'_> {
    let mut adopted = ByAdoption::new();
    for entry in all {
        let Ok(line) = entry.record.read::<Line>() else { continue };
        if let Some(name) = line.opportunity.clone() {
            adopted.entry((name, line.option.clone())).or_default().push((entry, line));
        }
    }
    adopted
}

fn adopted(opportunity: &Opportunity, all: &ByAdoption<'_>, options: &[(String, String)]) -> Vec<AdoptedBy> {
    let name = opportunity.name();
    let by = options.iter().filter_map(|(option, called)| {
        let lines = all.get(&(name.clone(), option.clone()))?;
        let (_, first) = lines.first()?;
        let cost_centres: BTreeMap<String, String> =
            lines.iter().filter_map(|(_, line)| Some((line.authority.clone(), line.cost_centre.clone()?))).collect();
        let run = first.run.clone().unwrap_or_default();
        let anew = opportunity.lines(&Adopting { option: option.clone(), run, cost_centres });
        Some(AdoptedBy {
            option: option.clone(),
            name: called.clone(),
            lines: lines.iter().map(|(entry, _)| entry.record.reference.clone()).collect(),
            superseded: !same(&anew, lines),
        })
    });
    by.collect()
}

/// Whether lines stand as they would be made.
fn same(anew: &[Record], lines: &[(&Entry, Line)]) -> bool {
    let fields = |record: &Record| {
        let mut fields = record.fields.clone();
        fields.remove("run");
        fields
    };
    let standing: Vec<_> = lines.iter().map(|(entry, _)| fields(&entry.record)).collect();
    anew.len() == standing.len() && anew.iter().all(|record| standing.contains(&fields(record)))
}

/// The rows by which an option's lines of an opportunity are made as they should be: the same
/// references are kept while there are any, what is left over is removed.
fn rows(wanted: &[Record], name: &str, option: &str, all: &[Entry]) -> Vec<TableRow> {
    let mut known: Vec<Record> = all.iter().map(|entry| entry.record.clone()).collect();
    let standing = by_adoption(all).remove(&(name.to_owned(), option.to_owned())).unwrap_or_default();
    let mut standing = standing.into_iter().map(|(entry, _)| entry);
    let mut rows = Vec::new();
    for record in wanted {
        let mut record = record.clone();
        let expected = match standing.next() {
            Some(entry) => {
                record.reference.clone_from(&entry.record.reference);
                Some(entry.number)
            }
            None => {
                record.reference = next_reference(&known, "L1");
                known.push(record.clone());
                None
            }
        };
        rows.push(TableRow { record, expected, removed: false });
    }
    let left_over =
        |entry: &Entry| TableRow { record: entry.record.clone(), expected: Some(entry.number), removed: true };
    rows.extend(standing.map(left_over));
    rows
}

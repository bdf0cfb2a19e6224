//! Coverage: the share of what the due-diligence list asks that is filled and shared, by item and partner.

use std::collections::BTreeSet;

use penshaw_basis::Basis;
use penshaw_register::Kind;
use serde::Deserialize;

use super::{Answers, AuthorityCoverage, Input, Item, ItemCoverage, KindCount, Outcome};
use crate::named::Named;

/// One item of the list as the parameter holds it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Asked {
    pub(super) id: String,
    heading: String,
    asks: String,
    published: bool,
    pub(super) answered_by: Vec<Part>,
}

/// The fields of one kind of entry that answer an item.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) fields: Vec<String>,
}

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let mut problems = Vec::new();
    let (list, sources) = match basis.value::<Vec<Asked>>("due_diligence/checklist", input.on) {
        Ok(list) => (list.value, list.sources),
        Err(error) => {
            problems.push(error.to_string());
            (Vec::new(), Vec::new())
        }
    };
    let items: Vec<Item> = list.iter().map(|asked| item(asked, input)).collect();
    let authorities = input.partners.iter();
    Outcome {
        authorities: authorities.map(|partner| authority(partner, &list, &items, &input.counts)).collect(),
        items,
        kept_back: super::kept_back::rows(input),
        questions: input.questions.clone(),
        sources,
        problems,
    }
}

fn item(asked: &Asked, input: &Input) -> Item {
    let partners = input.partners.iter();
    Item {
        id: asked.id.clone(),
        heading: asked.heading.clone(),
        asks: asked.asks.clone(),
        published: asked.published,
        by_authority: partners.map(|partner| item_coverage(asked, &partner.code, &input.counts)).collect(),
    }
}

/// The mean over the kinds of entry that answer the item; a kind without entries covers nothing.
fn item_coverage(asked: &Asked, authority: &str, counts: &[KindCount]) -> ItemCoverage {
    let parts: Vec<(Kind, usize, Answers)> = asked
        .answered_by
        .iter()
        .map(|part| {
            let count = count_of(counts, authority, part.kind);
            let fields = part.fields.iter().map(String::as_str);
            (part.kind, entries(count), answers(count, fields))
        })
        .collect();
    let shares = |share: fn(&Answers) -> f64| mean(parts.iter().map(|(_, _, answers)| share(answers)));
    let without = parts.iter().filter(|(_, entries, _)| *entries == 0);
    ItemCoverage {
        authority: authority.to_owned(),
        entries: parts.iter().map(|(_, entries, _)| entries).sum(),
        coverage: shares(Answers::coverage),
        recorded: shares(Answers::recorded),
        kinds_without_entries: without.map(|(kind, _, _)| *kind).collect(),
        answers: parts.iter().fold(Answers::default(), |sum, (_, _, answers)| sum.and(answers)),
    }
}

fn count_of<'a>(counts: &'a [KindCount], authority: &str, kind: Kind) -> Option<&'a KindCount> {
    counts.iter().find(|count| count.authority == authority && count.kind == kind)
}

/// The entries of a count, those kept back whole among them.
fn entries(count: Option<&KindCount>) -> usize {
    count.map_or(0, |count| count.entries + count.kept_back)
}

/// The asked fields of a kind, counted: every field of every entry. Of an entry that is kept back
/// whole every field counts as kept back.
fn answers<'a>(count: Option<&KindCount>, fields: impl Iterator<Item = &'a str>) -> Answers {
    let Some(count) = count else {
        return Answers::default();
    };
    let mut answers = Answers::default();
    for field in fields {
        let found = count.fields.get(field).copied().unwrap_or_default();
        answers.asked += count.entries + count.kept_back;
        answers.verified += found.verified;
        answers.reported += found.reported;
        answers.estimated += found.estimated;
        answers.withheld += found.kept_back + count.kept_back;
    }
    answers.filled = answers.verified + answers.reported + answers.estimated;
    answers.missing = answers.asked.saturating_sub(answers.filled + answers.withheld);
    answers
}

impl Answers {
    /// The share of what is asked that is filled and shared; nought where nothing is recorded.
    pub fn coverage(&self) -> f64 {
        share(self.filled, self.asked)
    }

    /// The share of what is asked that is filled, shared or kept back.
    pub fn recorded(&self) -> f64 {
        share(self.filled + self.withheld, self.asked)
    }

    fn and(self, other: &Answers) -> Answers {
        Answers {
            asked: self.asked + other.asked,
            filled: self.filled + other.filled,
            verified: self.verified + other.verified,
            reported: self.reported + other.reported,
            estimated: self.estimated + other.estimated,
            withheld: self.withheld + other.withheld,
            missing: self.missing + other.missing,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn mean(shares: impl Iterator<Item = f64>) -> f64 {
    let (sum, number) = shares.fold((0.0, 0_usize), |(sum, number), share| (sum + share, number + 1));
    if number == 0 { 0.0 } else { sum / number as f64 }
}

fn authority(partner: &Named, list: &[Asked], items: &[Item], counts: &[KindCount]) -> AuthorityCoverage {
    let own = || {
        let all = items.iter().flat_map(|item| &item.by_authority);
        all.filter(|known| known.authority == partner.code)
    };
    // A field that two items ask for is counted once here.
    let fields: BTreeSet<(Kind, &str)> = list
        .iter()
        .flat_map(|asked| &asked.answered_by)
        .flat_map(|part| part.fields.iter().map(|field| (part.kind, field.as_str())))
        .collect();
    let counted =
        fields.into_iter().map(|(kind, field)| answers(count_of(counts, &partner.code, kind), std::iter::once(field)));
    AuthorityCoverage {
        authority: partner.code.clone(),
        name: partner.name.clone(),
        coverage: mean(own().map(|known| known.coverage)),
        recorded: mean(own().map(|known| known.recorded)),
        answers: counted.fold(Answers::default(), |sum, answers| sum.and(&answers)),
        items_without_entries: own().filter(|known| known.entries == 0).count(),
    }
}

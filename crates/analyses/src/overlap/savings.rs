//! What one contract for all saves, as a range with its basis: who moves to whose contract, from when, and at what cost.

use std::collections::BTreeSet;
use std::ops::Add;

use penshaw_basis::{Date, Estimate, FinancialYear, Money, Source};

use super::blockers::Blocking;
use super::duplicates::Alternatives;
use super::entries::{AddKnown, Entries, spelled_out};
use super::groups::id;
use super::outcome::{Move, Saving, SavingKind};
use super::parameters::{Range, Savings, Sharing};
use super::products::Products;
use crate::months::months_span;
use crate::named::name_of;

/// Notice beyond this many months is no notice.
const LONGEST_NOTICE: f64 = 1_200.0;

/// No amount is beyond this many pounds, whatever a partnership's own parameter says.
const MOST_POUNDS: f64 = 1e10;
/// Savings are counted over so many years at most.
const MOST_YEARS: u16 = 60;

impl Range {
    /// The range times a number that is not negative, within what money can be.
    fn times(self, factor: f64) -> Range {
        let times = |number: f64| (number * factor).clamp(-MOST_POUNDS, MOST_POUNDS);
        Range { low: times(self.low), likely: times(self.likely), high: times(self.high) }
    }

    /// What is left of a number when the range is taken off it.
    fn taken_off(self, number: f64) -> Range {
        Range { low: number - self.low, likely: number - self.likely, high: number - self.high }
    }
}

impl Add for Range {
    type Output = Range;
    fn add(self, other: Range) -> Range {
        Range { low: self.low + other.low, likely: self.likely + other.likely, high: self.high + other.high }
    }
}

/// What is needed to work savings out.
pub(super) struct Working<'a> {
    pub(super) on: Date,
    pub(super) entries: &'a Entries<'a>,
    pub(super) products: &'a Products<'a>,
    pub(super) given: &'a Savings,
    pub(super) parameters: &'a [Source],
    pub(super) blocking: Blocking<'a>,
}

impl Working<'_> {
    /// One saving for each product that is bought more than once and for each set of alternatives, no entry moving twice.
    pub(super) fn savings(&self, alternatives: &[Alternatives]) -> Vec<Saving> {
        let mut moved: BTreeSet<usize> = BTreeSet::new();
        let mut savings: Vec<Saving> = self
            .products
            .groups
            .iter()
            .filter_map(|members| {
                moved.extend(members.iter().copied());
                self.of_product(members)
            })
            .collect();
        savings.extend(alternatives.iter().filter_map(|alternatives| self.of_function(alternatives, &mut moved)));
        savings.sort_by(|one, other| {
            one.kind
                .cmp(&other.kind)
                .then(other.yearly.likely.total_cmp(&one.yearly.likely))
                .then(one.id.cmp(&other.id))
        });
        savings
    }

    /// All entries of a product under the contract of one of them.
    fn of_product(&self, members: &[usize]) -> Option<Saving> {
        let target = self.target(members)?;
        let movers: Vec<usize> = members.iter().copied().filter(|member| *member != target).collect();
        let name = self.products.name_of(members);
        let description = format!("{name}: all under the contract of {}", self.owner(target));
        self.saving(SavingKind::SameProduct, &self.given.same_product, target, movers, description)
    }

    /// Products of one function that stand alone, moving to the product that most authorities have, or to the dearest.
    fn of_function(&self, alternatives: &Alternatives, moved: &mut BTreeSet<usize>) -> Option<Saving> {
        let (groups, alone): (Vec<&Vec<usize>>, Vec<&Vec<usize>>) =
            alternatives.products.iter().partition(|entries| entries.len() > 1);
        let alone: Vec<usize> = alone.into_iter().flatten().copied().filter(|entry| !moved.contains(entry)).collect();
        let target = match groups.first() {
            Some(group) => self.target(group)?,
            None => self.target(&alone)?,
        };
        let movers: Vec<usize> = alone.into_iter().filter(|entry| *entry != target).collect();
        moved.extend(movers.iter().copied());
        // What others move to stays where it is.
        moved.insert(target);
        let name = self.entries.all[target].own().name.trim();
        let description = match name.eq_ignore_ascii_case(&alternatives.label) {
            true => format!("{name}: all to the product of {}", self.owner(target)),
            false => format!("{}: all to {name} of {}", alternatives.label, self.owner(target)),
        };
        self.saving(SavingKind::SameFunction, &self.given.same_function, target, movers, description)
    }

    /// Whose contract would serve all: one that others may join, of these the dearest, of these the first.
    fn target(&self, members: &[usize]) -> Option<usize> {
        let joinable = |member: usize| {
            self.entries.contract(member).and_then(|contract| contract.entry.others_may_join) == Some(true)
        };
        let rank = |member: &usize| (joinable(*member), self.entries.all[*member].cost, std::cmp::Reverse(*member));
        members.iter().copied().max_by_key(rank)
    }

    fn saving(
        &self,
        kind: SavingKind,
        given: &Sharing,
        target: usize,
        movers: Vec<usize>,
        description: String,
    ) -> Option<Saving> {
        let movers: Vec<usize> = movers.into_iter().filter(|mover| !self.shared_already(*mover, target)).collect();
        if movers.is_empty() {
            return None;
        }
        let source = |entry: &usize| self.entries.all[*entry].source.clone();
        let without_cost = movers.iter().filter(|mover| self.entries.all[**mover].cost.is_none()).map(source).collect();
        let moves: Vec<Move> = movers.iter().filter_map(|mover| self.move_of(*mover, given)).collect();
        let mut cost_today = self.entries.all[target].cost.unwrap_or(Money::ZERO);
        moves.iter().for_each(|one| cost_today.add_known(Some(one.annual_cost)));
        let yearly = moves.iter().fold(Range::default(), |sum, one| sum + one.yearly);
        let once = moves.iter().fold(Range::default(), |sum, one| sum + one.once);
        let all = || std::iter::once(target).chain(movers.iter().copied());
        let members: Vec<Source> = all().map(|entry| source(&entry)).collect();
        let word = if kind == SavingKind::SameProduct { "product" } else { "function" };
        let mut saving = Saving {
            id: id(word, members.iter()),
            kind,
            description,
            target: source(&target),
            target_cost: self.entries.all[target].cost,
            without_cost,
            cost_today,
            cost_shared: yearly.taken_off(cost_today.pounds()),
            yearly,
            once,
            earliest: moves.iter().map(|one| one.from).min(),
            net: Estimate::ZERO,
            blockers: self.blocking.of(target, &movers),
            not_offered: None,
            sources: self.sources(all()),
            moves,
        };
        saving.net = Estimate::from_pounds(self.net(&saving));
        saving.not_offered = self.not_offered(&saving);
        Some(saving)
    }

    /// Whether one of the two authorities uses the other's entry already.
    fn shared_already(&self, mover: usize, target: usize) -> bool {
        let of = |entry: usize| {
            let partner = &self.entries.partners[self.entries.all[entry].authority];
            [partner.code.clone(), partner.name.clone()]
        };
        let shares = |entry: usize, with: usize| {
            let with = of(with);
            let listed = &self.entries.all[entry].own().shared_with;
            listed.iter().any(|body| with.iter().any(|name| name.eq_ignore_ascii_case(body.trim())))
        };
        self.entries.all[mover].authority != self.entries.all[target].authority
            && (shares(mover, target) || shares(target, mover))
    }

    fn move_of(&self, mover: usize, given: &Sharing) -> Option<Move> {
        let entry = &self.entries.all[mover];
        let annual_cost = entry.cost.filter(|cost| *cost > Money::ZERO)?;
        let users = entry.own().users;
        let (from, because) = self.from(mover);
        Some(Move {
            entry: entry.source.clone(),
            authority: entry.input.owner.clone(),
            annual_cost,
            users,
            from,
            because,
            yearly: given.saves.times(annual_cost.pounds()),
            once: match users {
                Some(users) => given.moving_each_user.times(users as f64),
                None => given.moving_share.times(annual_cost.pounds()),
            },
        })
    }

    /// The first day on which an entry can move, and why then.
    fn from(&self, mover: usize) -> (Date, String) {
        let next_year = (FinancialYear::of(self.on) + 1).starts();
        let Some(contract) = self.entries.contract(mover) else {
            return (next_year, "no contract is recorded: taken as the next financial year".to_owned());
        };
        let reference = &contract.entry.reference;
        let ends = self.blocking.believed_end(contract);
        let notice = contract.entry.notice_months.filter(|months| (0.0..=LONGEST_NOTICE).contains(months));
        match (ends, notice) {
            (Some(ends), _) if ends >= self.on => {
                let from = ends.tomorrow().unwrap_or(ends);
                (from, format!("its contract {reference} ends the day before"))
            }
            (_, Some(notice)) => {
                let from = self.on.saturating_add(months_span(notice));
                (from, format!("its contract {reference} can be ended with notice of {notice} months"))
            }
            (Some(_), None) => (self.on, format!("its contract {reference} has ended")),
            (None, None) => {
                (next_year, format!("no end of its contract {reference} is recorded: taken as the next financial year"))
            }
        }
    }

    /// Likely savings less likely costs of moving, over the years that are counted.
    fn net(&self, saving: &Saving) -> f64 {
        let counted = |one: &Move| {
            let years = self.years_of(saving, one).count() as f64;
            if years > 0.0 { one.yearly.likely * years - one.once.likely } else { 0.0 }
        };
        saving.moves.iter().map(counted).sum()
    }

    /// The financial years in which a move saves: from the first whole one on, up to the last that is counted.
    pub(super) fn years_of(&self, saving: &Saving, one: &Move) -> impl Iterator<Item = FinancialYear> + use<> {
        let first = saving.earliest.map(first_year);
        let count = usize::from(self.given.years.min(MOST_YEARS));
        let own = first_year(one.from);
        first.into_iter().flat_map(move |first| first.following(count)).filter(move |year| *year >= own)
    }

    fn not_offered(&self, saving: &Saving) -> Option<String> {
        if saving.moves.is_empty() {
            let missing = spelled_out(&saving.without_cost);
            return Some(match saving.without_cost.is_empty() {
                true => "nothing that would move costs anything".to_owned(),
                false => format!("no figure can be given: {missing} record no cost, or keep it back"),
            });
        }
        let years = self.given.years;
        (saving.net.pounds() <= 0.0).then(|| format!("moving is likely to cost more than it saves in {years} years"))
    }

    fn sources(&self, entries: impl Iterator<Item = usize>) -> Vec<Source> {
        let mut sources = Vec::new();
        for entry in entries {
            sources.push(self.entries.all[entry].source.clone());
            let contract = self.entries.contract(entry);
            sources.extend(contract.map(|contract| contract.source()));
        }
        sources.extend(self.parameters.iter().cloned());
        let mut seen = BTreeSet::new();
        sources.retain(|source| seen.insert(source.clone()));
        sources
    }

    fn owner(&self, entry: usize) -> &str {
        name_of(&self.entries.partners, &self.entries.all[entry].input.owner)
    }
}

/// The first financial year that begins on a day or after it.
pub(super) fn first_year(day: Date) -> FinancialYear {
    let year = FinancialYear::of(day);
    if year.starts() == day { year } else { year + 1 }
}

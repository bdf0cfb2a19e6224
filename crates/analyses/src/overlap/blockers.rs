//! What stands in the way of sharing: contracts, licences, data, portability, support.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_register::{Contract, Licence};

use super::entries::{Entries, Entry};
use super::outcome::{Blocker, BlockerKind, Finding};
use crate::Owned;
use crate::months::months_span;
use crate::named::name_of;
use penshaw_documents::Value;

/// Contracts that end outside these years are slips of the keyboard.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2200;
/// Notice beyond this many months is no notice.
const LONGEST_NOTICE: f64 = 1_200.0;

/// What is needed to say what stands in the way.
pub(super) struct Blocking<'a> {
    on: Date,
    entries: &'a Entries<'a>,
    /// Licences by owner and contract.
    licences: BTreeMap<(&'a str, &'a str), Vec<&'a Licence>>,
}

impl<'a> Blocking<'a> {
    pub(super) fn of_register(on: Date, entries: &'a Entries<'a>, licences: &'a [Owned<Licence>]) -> Self {
        let mut by_contract: BTreeMap<(&str, &str), Vec<&Licence>> = BTreeMap::new();
        for own in licences {
            if let Some(contract) = own.entry.contract.as_deref() {
                by_contract.entry((own.owner.as_str(), contract)).or_default().push(&own.entry);
            }
        }
        Blocking { on, entries, licences: by_contract }
    }

    /// The last day of a contract, where it can be believed.
    pub(super) fn believed_end(&self, contract: &Owned<Contract>) -> Option<Date> {
        let ends = contract.entry.ends.filter(|ends| YEARS.contains(&ends.year()))?;
        contract.entry.starts.is_none_or(|starts| starts <= ends).then_some(ends)
    }

    /// What stands in the way of entries moving to the contract of another.
    pub(super) fn of(&self, target: usize, movers: &[usize]) -> Vec<Blocker> {
        let mut blockers = self.of_target(target, movers);
        for mover in movers {
            blockers.extend(self.of_mover(*mover));
        }
        for entry in std::iter::once(target).chain(movers.iter().copied()) {
            blockers.extend(self.of_either(entry));
        }
        blockers
    }

    fn of_target(&self, target: usize, movers: &[usize]) -> Vec<Blocker> {
        let entry = &self.entries.all[target];
        let others = movers.iter().any(|mover| self.entries.all[*mover].authority != entry.authority);
        let block = |kind, what: String| Blocker { kind, entry: entry.source.clone(), what };
        let mut blockers = Vec::new();
        let Some(contract) = self.entries.contract(target) else {
            blockers.push(block(
                BlockerKind::Joining,
                format!("No contract of {} is recorded: ask whether others may join it.", self.called(entry)),
            ));
            return blockers;
        };
        let reference = &contract.entry.reference;
        let whose = format!("The contract {reference} of {}", self.authority(entry));
        if others {
            blockers.extend(match contract.entry.others_may_join {
                Some(true) => None,
                Some(false) => Some(block(BlockerKind::Joining, format!("{whose} lets no other authority join."))),
                None => {
                    let what = format!("{whose} does not record whether other authorities may join.");
                    Some(block(BlockerKind::Joining, what))
                }
            });
            let licences = self.licences.get(&(entry.input.owner.as_str(), reference.as_str()));
            let narrow = licences.into_iter().flatten().filter(|licence| licence.affiliates_may_use == Some(false));
            blockers.extend(narrow.map(|licence| {
                let what = format!(
                    "The licence {} of {} may not be used by a partner's staff.",
                    licence.reference,
                    self.authority(entry)
                );
                block(BlockerKind::Affiliates, what)
            }));
        }
        if let Some(ends) = self.believed_end(contract).filter(|ends| *ends < self.on) {
            blockers.push(block(BlockerKind::Contract, format!("{whose} ended on {}.", Value::Day(ends))));
        }
        blockers
    }

    fn of_mover(&self, mover: usize) -> Vec<Blocker> {
        let entry = &self.entries.all[mover];
        let block = |kind, what: String| Blocker { kind, entry: entry.source.clone(), what };
        let mut blockers = Vec::new();
        if entry.own().portability.as_deref() == Some("low") {
            let what = format!("{} is hard to move.", self.called(entry));
            blockers.push(block(BlockerKind::Portability, what));
        }
        let Some(contract) = self.entries.contract(mover) else { return blockers };
        let whose = format!("The contract {} of {}", contract.entry.reference, self.authority(entry));
        match self.believed_end(contract) {
            Some(ends) if ends >= self.on => {
                let notice = contract.entry.notice_months.filter(|months| (0.0..=LONGEST_NOTICE).contains(months));
                let by = notice.map(|notice| ends.saturating_sub(months_span(notice)));
                let what = match by {
                    Some(by) if by < self.on => {
                        format!(
                            "{whose} runs to {}; the day for notice, {}, has passed.",
                            Value::Day(ends),
                            Value::Day(by)
                        )
                    }
                    Some(by) => format!("{whose} runs to {}; give notice by {}.", Value::Day(ends), Value::Day(by)),
                    None => format!("{whose} runs to {}; its notice is not recorded.", Value::Day(ends)),
                };
                blockers.push(block(BlockerKind::Contract, what));
            }
            Some(_) => {}
            None => {
                blockers.push(block(BlockerKind::Contract, format!("{whose} records no end that can be believed.")))
            }
        }
        if contract.entry.assignment.as_deref() == Some("not allowed") {
            blockers.push(block(BlockerKind::Assignment, format!("{whose} may not be passed to another authority.")));
        }
        blockers
    }

    fn of_either(&self, place: usize) -> Vec<Blocker> {
        let entry = &self.entries.all[place];
        let block = |kind, what: String| Blocker { kind, entry: entry.source.clone(), what };
        let mut blockers = Vec::new();
        if entry.own().data_partitioning.as_deref() == Some("monolithic") {
            let what = format!("One authority's data cannot be told apart from another's in {}.", self.called(entry));
            blockers.push(block(BlockerKind::Data, what));
        }
        if let Some(ended) = entry.own().support_ends.filter(|ends| *ends < self.on) {
            let what = format!("Support of {} ended on {}.", self.called(entry), Value::Day(ended));
            blockers.push(block(BlockerKind::Support, what));
        }
        blockers
    }

    /// Contracts whose dates or notice cannot be right.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let used: std::collections::BTreeSet<usize> =
            self.entries.all.iter().filter_map(|entry| entry.contract).collect();
        for contract in used.into_iter().map(|place| &self.entries.contracts[place]) {
            let own = &contract.entry;
            let whose = format!("{}, contract {}", name_of(&self.entries.partners, &contract.owner), own.reference);
            let source = || vec![penshaw_basis::Source::entry(&contract.owner, &own.reference)];
            if own.ends.is_some() && self.believed_end(contract).is_none() {
                let what = format!(
                    "{whose}: it ends before it starts, or in a year that cannot be right; its end is not used."
                );
                findings.push(Finding::warning(what, "correct the dates", source()));
            }
            let Some(notice) = own.notice_months else { continue };
            let longer = own.starts.zip(self.believed_end(contract)).is_some_and(|(starts, ends)| {
                (0.0..=LONGEST_NOTICE).contains(&notice) && ends.saturating_sub(months_span(notice)) < starts
            });
            if longer || !(0.0..=LONGEST_NOTICE).contains(&notice) {
                let what =
                    format!("{whose}: the notice of {notice} months is longer than its term, or cannot be right.");
                findings.push(Finding::warning(what, "correct the notice", source()));
            }
        }
        findings
    }

    fn called(&self, entry: &Entry<'_>) -> String {
        format!("{} of {}", entry.own().name.trim(), self.authority(entry))
    }

    fn authority(&self, entry: &Entry<'_>) -> &str {
        &self.entries.partners[entry.authority].name
    }
}

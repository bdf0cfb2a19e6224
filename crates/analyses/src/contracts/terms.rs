//! Each contract as it stands on the day: its days, its price, its regime, its supplier and what it is for.

use std::collections::BTreeMap;

use jiff::Span;
use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Contract;

use super::Input;
use super::given::{Given, Limits};
use super::outcome::{State, Term};
use crate::months::{lengthened, notice_by};
use crate::suppliers::Suppliers;

/// Days in a year, by which prices are spread.
pub(super) const YEAR: f64 = 365.25;

/// A contract made ready.
#[derive(Clone, Debug)]
pub(super) struct Standing<'a> {
    pub(super) owner: &'a str,
    pub(super) contract: &'a Contract,
    pub(super) source: Source,
    pub(super) state: State,
    pub(super) notice_by: Option<Date>,
    /// The last day to which its own terms let it be extended.
    pub(super) extends_to: Option<Date>,
    /// What a year costs, in pence.
    pub(super) yearly: Option<f64>,
    /// Whether that was worked out from its value and its term.
    pub(super) yearly_worked_out: bool,
    /// The law under which it was awarded, and whether that was taken from its first day.
    pub(super) regime: Option<(String, bool)>,
    /// The plain name of its supplier today.
    pub(super) supplier: String,
    /// The functions that are bought under it.
    pub(super) functions: Vec<String>,
}

/// Every contract, in the order of the input.
pub(super) fn standing<'a>(input: &'a Input, given: &Given, suppliers: &Suppliers) -> Vec<Standing<'a>> {
    let mut functions: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for bought in &input.applications {
        let of = functions.entry((&bought.authority, &bought.contract)).or_default();
        of.extend(bought.function.clone().filter(|function| !of.contains(function)));
    }
    let contracts = input.contracts.iter();
    contracts
        .map(|held| {
            let contract = &held.entry;
            let yearly = yearly(contract);
            let notice_by = contract.ends.zip(contract.notice_months).map(|(ends, months)| notice_by(ends, months));
            Standing {
                owner: &held.owner,
                contract,
                source: Source::entry(&held.owner, &contract.reference),
                state: state(contract, notice_by, input.on, given),
                notice_by,
                extends_to: contract
                    .ends
                    .zip(contract.extension_months.filter(|months| *months >= 1.0))
                    .map(|(ends, months)| lengthened(ends, months)),
                yearly: yearly.map(|(pence, _)| pence),
                yearly_worked_out: yearly.is_some_and(|(_, worked_out)| worked_out),
                regime: regime(contract),
                supplier: contract.supplier.as_deref().map(|name| suppliers.today(name)).unwrap_or_default(),
                functions: functions.remove(&(held.owner.as_str(), contract.reference.as_str())).unwrap_or_default(),
            }
        })
        .collect()
}

/// What a year costs, in pence, and whether it was worked out: the value over its days, 365.25 of them to a year.
fn yearly(contract: &Contract) -> Option<(f64, bool)> {
    if let Some(annual) = contract.annual_value.filter(|annual| *annual > Money::ZERO) {
        return Some((annual.pence() as f64, false));
    }
    let days = days_of(contract).filter(|days| *days > 0)?;
    let value = contract.value.filter(|value| *value > Money::ZERO)?;
    Some((value.pence() as f64 / f64::from(days) * YEAR, true))
}

/// How many days it runs, the first and the last among them; not above nought where it ends before it starts.
pub(super) fn days_of(contract: &Contract) -> Option<i32> {
    Some(days_between(contract.starts?, contract.ends?) + 1)
}

/// How many days lie between two days; below nought where the second is the earlier.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// What so many days cost, in pence.
pub(super) fn of_days(yearly: f64, days: i32) -> f64 {
    yearly * f64::from(days) / YEAR
}

fn state(contract: &Contract, notice: Option<Date>, on: Date, given: &Given) -> State {
    let Some(ends) = contract.ends else { return State::EndUnknown };
    let near = Span::new().days(i64::from(given.notice_ahead));
    match notice {
        _ if ends < on => State::Ended,
        Some(day) if day < on => State::NoticeMissed,
        Some(day) if day <= on.saturating_add(near) => State::NoticeNear,
        _ if contract.starts.is_some_and(|starts| starts > on) => State::NotBegun,
        _ => State::Running,
    }
}

/// The law under which it was awarded; where that is not recorded, that of its first day.
fn regime(contract: &Contract) -> Option<(String, bool)> {
    const IN_FORCE: [(Date, &str); 3] = [
        (Date::constant(2025, 2, 24), "Procurement Act 2023"),
        (Date::constant(2015, 2, 26), "Public Contracts Regulations 2015"),
        (Date::constant(2006, 1, 31), "Public Contracts Regulations 2006"),
    ];
    if let Some(regime) = contract.regime.as_ref().filter(|regime| !regime.is_empty()) {
        return Some((regime.clone(), false));
    }
    let starts = contract.starts?;
    let (_, regime) = IN_FORCE.iter().find(|(from, _)| *from <= starts)?;
    Some(((*regime).to_owned(), true))
}

impl Standing<'_> {
    /// Whether its last day lies ahead.
    pub(super) fn goes_on(&self) -> bool {
        !matches!(self.state, State::Ended | State::EndUnknown)
    }

    /// What its regime allows.
    pub(super) fn limits<'g>(&self, given: &'g Given) -> Option<&'g Limits> {
        given.lengthening.get(&self.regime.as_ref()?.0)
    }

    /// What it was worth when it was awarded, in pence: its value without what modifications added.
    pub(super) fn first_value(&self) -> Option<f64> {
        let value = self.contract.value?.pence() as f64;
        let added = self.added();
        Some(if added < value { value - added } else { value })
    }

    /// By how much modifications have raised its value, in pence.
    pub(super) fn added(&self) -> f64 {
        self.contract.modified_value.map_or(0.0, |added| added.pence().max(0) as f64)
    }

    /// Its supplier as it is recorded.
    pub(super) fn supplier_written(&self) -> &str {
        self.contract.supplier.as_deref().unwrap_or("")
    }

    /// What a reader is shown of its days.
    pub(super) fn term(&self) -> Term {
        Term {
            authority: self.owner.to_owned(),
            reference: self.contract.reference.clone(),
            title: self.contract.title.clone(),
            supplier: self.supplier_written().to_owned(),
            starts: self.contract.starts,
            ends: self.contract.ends,
            extends_to: self.extends_to,
            notice_by: self.notice_by,
            state: self.state,
            yearly: self.yearly.map(|pence| Estimate::from_pounds(pence / 100.0)),
            yearly_worked_out: self.yearly_worked_out,
            regime: self.regime.as_ref().map(|(regime, _)| regime.clone()),
            regime_assumed: self.regime.as_ref().is_some_and(|(_, assumed)| *assumed),
            source: self.source.clone(),
        }
    }
}

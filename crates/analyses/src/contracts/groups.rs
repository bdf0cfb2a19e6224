//! Which contracts belong together, and the days on which they could end together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use penshaw_basis::Date;

use super::consents::Directions;
use super::given::Given;
use super::outcome::Grouping;
use super::terms::Standing;
use crate::suppliers::Suppliers;

/// Contracts that belong together, by their places.
pub(super) struct Belonging {
    /// The supplier or function; empty for a contract that stands alone.
    pub(super) name: String,
    pub(super) members: Vec<usize>,
    /// The days on which they could end together, the earliest first.
    pub(super) days: Vec<Date>,
}

/// The contracts that can be planned: their end lies within what is counted, and their price is known.
pub(super) fn plannable(standing: &[Standing<'_>], last: Date) -> Vec<usize> {
    let can = |place: &usize| {
        let one = &standing[*place];
        one.goes_on() && one.yearly.is_some() && one.contract.ends.is_some_and(|ends| ends <= last)
    };
    (0..standing.len()).filter(can).collect()
}

/// The groups of two contracts or more by name, and then every other contract by itself.
pub(super) fn groups(
    standing: &[Standing<'_>],
    planned: &[usize],
    by: Grouping,
    (given, suppliers): (&Given, &Suppliers),
) -> Vec<Belonging> {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for &place in planned {
        let one = &standing[place];
        let key = match by {
            Grouping::Supplier => Some(one.supplier.clone()).filter(|supplier| !supplier.is_empty()),
            Grouping::Function => one.functions.iter().min().cloned(),
        };
        match key {
            Some(key) => named.entry(key).or_default().push(place),
            None => alone.push(place),
        }
    }
    let mut groups = Vec::new();
    for (key, members) in named {
        if members.len() < 2 {
            alone.extend(members);
            continue;
        }
        let first = &standing[members[0]];
        let name = match by {
            Grouping::Supplier => suppliers.written(first.supplier_written()).to_owned(),
            Grouping::Function => given.functions.get(&key).cloned().unwrap_or(key),
        };
        groups.push(Belonging { name, members, days: Vec::new() });
    }
    alone.sort_unstable();
    groups.extend(alone.into_iter().map(|place| Belonging {
        name: String::new(),
        members: vec![place],
        days: Vec::new(),
    }));
    groups
}

/// The days on which a group could end together: the ends of its contracts, how far their own terms reach, the ends of
/// quarters between the first and the last of these, vesting days, and the first quarter's end that is clear of them.
pub(super) fn days(
    standing: &[Standing<'_>],
    members: &[usize],
    (first, last): (Date, Date),
    directions: &Directions<'_>,
) -> Vec<Date> {
    if members.len() < 2 {
        return Vec::new();
    }
    let mut days: BTreeSet<Date> = BTreeSet::new();
    for &place in members {
        let one = &standing[place];
        days.extend(one.contract.ends);
        days.extend(one.extends_to);
        if let Some(vesting) = directions.vesting(one.owner) {
            days.insert(vesting.day);
            days.extend(directions.clear_after(one.owner).map(quarter_end));
        }
    }
    let (Some(&from), Some(&to)) = (days.first(), days.last()) else { return Vec::new() };
    let quarters = std::iter::successors(Some(quarter_end(from.max(first))), |day| {
        let next = day.saturating_add(Span::new().months(3)).last_of_month();
        (next > *day).then_some(next)
    });
    days.extend(quarters.take_while(|day| *day <= to.min(last)));
    days.into_iter().filter(|day| (first..=last).contains(day)).collect()
}

/// The last day of the quarter in which a day falls.
pub(super) fn quarter_end(day: Date) -> Date {
    let months = (3 - (i64::from(day.month()) - 1) % 3) - 1;
    day.first_of_month().saturating_add(Span::new().months(months)).last_of_month()
}

/// The number of a day's quarter after that of another day.
pub(super) fn quarter(from: Date, day: Date) -> usize {
    let count = |day: Date| i32::from(day.year()) * 4 + (i32::from(day.month()) - 1) / 3;
    usize::try_from(count(day) - count(from)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_ends_with_its_last_month() {
        for (month, last) in [(1, 31), (2, 31), (3, 31)] {
            assert_eq!(quarter_end(Date::constant(2026, month, 1)), Date::constant(2026, 3, last));
        }
        assert_eq!(quarter_end(Date::constant(2026, 11, 30)), Date::constant(2026, 12, 31));
        assert_eq!(quarter(Date::constant(2026, 11, 30), Date::constant(2027, 1, 1)), 1);
        assert_eq!(quarter(Date::constant(2026, 11, 30), Date::constant(2025, 1, 1)), 0);
    }
}

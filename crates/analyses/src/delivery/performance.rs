//! Service performance: each partner's months against its own target, in the partners' own order; nobody is ranked.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Date, Source};
use penshaw_documents::MONTHS;
use penshaw_register::Performance;

use super::days::{days_after, months_between};
use super::given::Given;
use super::input::Input;
use super::outcome::{Finding, MonthPerformance, PartnerPerformance, PriorityPerformance};
use crate::Owned;
use crate::named::{Named, sentence_list};

/// What is told apart within a partner: month, priority, service.
type Key<'a> = (Date, &'a str, Option<&'a str>);

/// Each partner of which anything is recorded.
pub(super) fn performance(input: &Input, given: &Given) -> Vec<PartnerPerformance> {
    let grace = given.alerts.as_ref().map_or(0, |alerts| alerts.value.performance_days);
    let partners = input.partners.iter();
    partners.map(|partner| of_partner(partner, input, grace)).filter(|partner| !partner.months.is_empty()).collect()
}

fn of_partner(partner: &Named, input: &Input, grace: u16) -> PartnerPerformance {
    let entries = entries(&partner.code, input);
    let months: Vec<MonthPerformance> = entries.iter().map(|(key, found)| of_month(key, found[0])).collect();
    PartnerPerformance {
        authority: partner.code.clone(),
        name: partner.name.clone(),
        priorities: priorities(&entries),
        missing: missing(&months, input.on, grace),
        months,
    }
}

/// A partner's entries by month, priority and service; of several the first counts.
fn entries<'a>(code: &str, input: &'a Input) -> BTreeMap<Key<'a>, Vec<&'a Owned<Performance>>> {
    let mut entries: BTreeMap<Key<'_>, Vec<&Owned<Performance>>> = BTreeMap::new();
    for held in input.performance.iter().filter(|held| held.owner == code) {
        let Some(month) = held.entry.month.filter(|day| *day <= input.on) else { continue };
        let priority = held.entry.priority.as_deref().unwrap_or("all");
        entries.entry((month.first_of_month(), priority, held.entry.service.as_deref())).or_default().push(held);
    }
    entries
}

fn of_month((month, priority, service): &Key<'_>, held: &Owned<Performance>) -> MonthPerformance {
    let entry = &held.entry;
    let share = part(entry.within_target, entry.closed);
    MonthPerformance {
        month: *month,
        priority: (*priority).to_owned(),
        service: service.map(str::to_owned),
        logged: entry.logged,
        closed: entry.closed,
        share,
        target: entry.target,
        met: share.zip(entry.target).map(|(share, target)| share >= target),
        backlog: entry.backlog,
        first_contact: part(entry.first_contact, entry.closed),
        reopened: entry.reopened,
        satisfaction: entry.satisfaction,
        availability: entry.availability,
        major_incidents: entry.major_incidents,
        changes_successful: part(entry.changes_successful, entry.changes),
        source: Source::entry(&held.owner, &entry.reference),
    }
}

/// A share of a whole; nothing where there is no whole, or where the part is more than it.
fn part(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let (part, whole) = part.zip(whole)?;
    (whole > 0 && part <= whole).then(|| part as f64 / whole as f64)
}

fn priorities(entries: &BTreeMap<Key<'_>, Vec<&Owned<Performance>>>) -> Vec<PriorityPerformance> {
    let names: BTreeSet<&str> = entries.keys().map(|(_, priority, _)| *priority).collect();
    let of = |name: &str| {
        let own = entries.iter().filter(|((_, priority, _), _)| *priority == name);
        let mut sums = PriorityPerformance {
            priority: name.to_owned(),
            logged: 0,
            closed: 0,
            within_target: 0,
            share: None,
            measured: 0,
            met: 0,
            sources: Vec::new(),
        };
        own.for_each(|(key, found)| add(&mut sums, &found[0].entry, of_month(key, found[0])));
        sums.share = part(Some(sums.within_target), Some(sums.closed));
        sums
    };
    names.into_iter().map(of).collect()
}

fn add(sums: &mut PriorityPerformance, entry: &Performance, month: MonthPerformance) {
    sums.logged = sums.logged.saturating_add(entry.logged.unwrap_or_default());
    if month.share.is_some() {
        sums.closed = sums.closed.saturating_add(entry.closed.unwrap_or_default());
        sums.within_target = sums.within_target.saturating_add(entry.within_target.unwrap_or_default());
    }
    sums.measured += usize::from(month.met.is_some());
    sums.met += usize::from(month.met == Some(true));
    sums.sources.push(month.source);
}

/// The months from the first recorded one to the last that is due by the day, less those that are there.
fn missing(months: &[MonthPerformance], on: Date, grace: u16) -> Vec<Date> {
    let there: BTreeSet<Date> = months.iter().map(|month| month.month).collect();
    let Some(first) = there.first() else { return Vec::new() };
    let is_missing = |month: &Date| !there.contains(month) && due_of(*month, grace) < on;
    months_between(*first, on).into_iter().filter(is_missing).collect()
}

/// The day by which a month's performance is to be there.
pub(super) fn due_of(month: Date, grace: u16) -> Date {
    days_after(month.last_of_month(), grace)
}

/// Months missing or doubled, and partners of which nothing is known while others report.
pub(super) fn findings(input: &Input, performance: &[PartnerPerformance]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for partner in performance {
        findings.extend(doubled(partner, input));
        findings.extend(gaps(partner));
        findings.extend(without_target(partner));
    }
    let silent = input.partners.iter().filter(|partner| performance.iter().all(|one| one.authority != partner.code));
    let silent = silent.filter(|_| !performance.is_empty()).map(|partner| {
        let what = format!("No service performance of {} is recorded or shared.", partner.name);
        Finding::warning(what, "import its service desk's monthly file, and share what partners may see", Vec::new())
    });
    findings.extend(silent);
    findings
}

fn doubled<'a>(partner: &'a PartnerPerformance, input: &'a Input) -> impl Iterator<Item = Finding> + 'a {
    let several = entries(&partner.authority, input).into_iter().filter(|(_, found)| found.len() > 1);
    several.map(|((month, priority, service), found)| {
        let service = service.map(|name| format!(", {name}")).unwrap_or_default();
        let what = format!(
            "{}, {}, priority {priority}{service}, is recorded {} times; only {} counts.",
            partner.name,
            month_words(month),
            found.len(),
            found[0].entry.reference
        );
        let sources = found.iter().map(|held| held.source()).collect();
        Finding::error(what, "keep the right one and take out the others", sources)
    })
}

fn gaps(partner: &PartnerPerformance) -> Option<Finding> {
    (!partner.missing.is_empty()).then(|| {
        let months = months_listed(&partner.missing);
        let what = format!("{} has no service performance for {months}.", partner.name);
        Finding::warning(what, "import the service desk's file for the month, and share it", Vec::new())
    })
}

fn without_target(partner: &PartnerPerformance) -> Option<Finding> {
    let bare = partner.months.iter().filter(|month| month.share.is_some() && month.target.is_none());
    let sources: Vec<Source> = bare.map(|month| month.source.clone()).collect();
    (!sources.is_empty()).then(|| {
        let what =
            format!("{} gives no target for some months, so that nobody can say whether it was met.", partner.name);
        Finding::warning(what, "enter the share of tickets that should be closed within the target", sources)
    })
}

/// Months in their order as a sentence lists them, those that follow one another as a span: May 2014, and July 2014 to
/// September 2014.
pub(super) fn months_listed(months: &[Date]) -> String {
    let follows = |one: &Date, next: &Date| days_after(one.last_of_month(), 1) == next.first_of_month();
    let words = |span: &[Date]| match span {
        [one] => vec![month_words(*one)],
        [one, two] => vec![month_words(*one), month_words(*two)],
        [first, .., last] => vec![format!("{} to {}", month_words(*first), month_words(*last))],
        [] => Vec::new(),
    };
    sentence_list(&months.chunk_by(follows).flat_map(words).collect::<Vec<String>>())
}

/// A month as it is printed: May 2014.
pub(super) fn month_words(month: Date) -> String {
    format!("{} {}", MONTHS[month.month() as usize - 1], month.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_follow_one_another_are_told_as_a_span() {
        let month = |year, month| Date::constant(year, month, 1);
        let listed = [month(2014, 5), month(2014, 11), month(2014, 12), month(2015, 1), month(2015, 6), month(2015, 7)];
        assert_eq!(months_listed(&listed), "May 2014, November 2014 to January 2015, June 2015 and July 2015");
    }
}

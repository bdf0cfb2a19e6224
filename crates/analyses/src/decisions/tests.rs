//! The cases, the published days, and a second way of counting them that shares no code with the first.

mod shown;

use std::sync::LazyLock;

use penshaw_basis::Time;
use penshaw_register::{Partnership, join};
use proptest::prelude::*;

use super::*;

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

static BOOK: LazyLock<RuleBook> =
    LazyLock::new(|| RuleBook::read(&Basis::standard()).expect("the constitutions are read"));
static BY_INDEX: LazyLock<ByIndex> = LazyLock::new(ByIndex::new);

fn book() -> &'static RuleBook {
    &BOOK
}

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Decisions>(include_str!("cases.toml"));
}

#[test]
fn without_a_decision_each_partner_is_asked_for_one() {
    let joint = join(&Partnership::default(), &[], &Default::default());
    let missing = Decisions::gather(&joint, day(2014, 6, 18)).unwrap_err();
    assert_eq!(missing.needs[0].of, "partnership");
}

#[test]
fn published_days_of_effect_come_out() {
    let published = [
        ("Darlington", day(2019, 7, 12), day(2019, 7, 20)),
        ("Darlington", day(2020, 7, 17), day(2020, 7, 25)),
        ("Darlington", day(2022, 7, 8), day(2022, 7, 16)),
        ("Darlington", day(2023, 7, 6), day(2023, 7, 14)),
        ("Huntingdonshire", day(2015, 7, 21), day(2015, 7, 29)),
        ("Sefton", day(2011, 6, 29), day(2011, 7, 6)),
    ];
    for (authority, published, effective) in published {
        let rules = book().meant(authority, published).unwrap();
        assert_eq!(rules.after_decision(published, None).unwrap().effective, effective, "{authority}");
        assert!(rules.whose.words().starts_with(&format!("constitution of {authority}")));
    }
}

#[test]
fn vectors_of_meetings_come_out() {
    let meetings = [
        (day(2014, 6, 18), day(2014, 5, 20), day(2014, 5, 7), day(2014, 6, 10)),
        (day(2027, 1, 13), day(2026, 12, 15), day(2026, 11, 30), day(2027, 1, 5)),
    ];
    for (meeting, calendar, working, papers) in meetings {
        let clock = book().common(meeting).unwrap().before_meeting(meeting).unwrap();
        assert_eq!((clock.key_decision_notice_by, clock.papers_by), (LastDay { calendar, working }, papers));
    }
    for (meeting, papers) in [
        (day(2019, 4, 23), day(2019, 4, 11)),
        (day(2019, 4, 25), day(2019, 4, 15)),
        (day(2019, 4, 30), day(2019, 4, 18)),
    ] {
        assert_eq!(book().common(meeting).unwrap().before_meeting(meeting).unwrap().papers_by, papers);
    }
    let notice = book().common(day(2016, 2, 16)).unwrap().after_notice(day(2016, 2, 16), None).unwrap();
    assert_eq!(notice.key_decision_from, LastDay { calendar: day(2016, 3, 16), working: day(2016, 3, 30) });
    let exception = book().common(day(2014, 6, 9)).unwrap().after_notice(day(2014, 6, 9), None).unwrap();
    assert_eq!(exception.general_exception_from, day(2014, 6, 17));
}

#[test]
fn a_publication_after_the_cut_off_counts_as_the_next_days() {
    let rules = book().common(day(2014, 5, 20)).unwrap();
    let at = |hour, minute| Some(Time::constant(hour, minute, 0, 0));
    let from = |at| rules.after_notice(day(2014, 5, 20), at).unwrap().key_decision_from.calendar;
    assert_eq!((from(None), from(at(17, 0)), from(at(17, 1))), (day(2014, 6, 18), day(2014, 6, 18), day(2014, 6, 19)));
}

#[test]
fn a_constitution_that_is_not_recorded_is_refused_and_those_recorded_are_named() {
    let unknown = book().meant("Sunderland", day(2014, 6, 18)).unwrap_err().to_string();
    assert!(unknown.contains("none is guessed") && unknown.contains("Darlington Borough Council"), "{unknown}");
    assert!(book().meant("council", day(2020, 1, 1)).is_err(), "a name that fits several names none");
    assert_eq!(book().of("Sunderland City Council", day(2014, 6, 18)).unwrap().whose, Whose::Illustrative);
}

#[test]
fn two_files_with_one_authority_s_constitution_are_refused() {
    let twin = include_str!("../../../../parameters/constitutions/darlington.toml").to_owned();
    let files = std::collections::BTreeMap::from([("constitutions/other.toml".to_owned(), twin)]);
    let basis = Basis::with_overlay(&files).unwrap();
    assert!(matches!(RuleBook::read(&basis), Err(NoRules::Twice { .. })));
    let input = Input {
        decisions: Vec::new(),
        ..Input::of(&join(&Partnership::default(), &[], &Default::default()), day(2020, 1, 1))
    };
    assert_eq!(Decisions::analyse(&input, &basis).findings.len(), 1);
}

#[test]
fn the_constitution_of_the_guide_is_read_and_counts() {
    let guide = include_str!("../../../../docs/guides/decide-lawfully.md");
    let text = guide.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).expect("the guide shows one");
    let files = std::collections::BTreeMap::from([("constitutions/example.toml".to_owned(), text.to_owned())]);
    let basis = Basis::with_overlay(&files).unwrap();
    let rules = RuleBook::read(&basis).unwrap().meant("Example Council", day(2026, 1, 14)).unwrap();
    assert_eq!((rules.call_in.members, rules.call_in.heard_within_working_days), (Some(5), Some(10)));
    assert_eq!(rules.key.as_ref().unwrap().revenue_spend, Some(500_000));
    let at = |hour| Some(Time::constant(hour, 30, 0, 0));
    assert_eq!(rules.counted_from(day(2026, 1, 5), at(16)), Ok(day(2026, 1, 6)));
    // Closed between Christmas and New Year: those three days are not counted.
    let papers = rules.before_meeting(day(2026, 1, 6)).unwrap().papers_by;
    assert_eq!(papers, day(2025, 12, 19));
}

/// Days as numbers, holidays as a sorted list, counting by index: another way than walking from day to day.
struct ByIndex {
    working: Vec<i64>,
    all: Vec<i64>,
}

impl ByIndex {
    fn new() -> Self {
        let calendar = penshaw_basis::WorkingCalendar::england_and_wales(&Basis::standard(), day(2026, 4, 1)).unwrap();
        let holidays: Vec<i64> = calendar.value.bank_holidays.keys().map(|day| number(*day)).collect();
        let all: Vec<i64> = (number(day(2011, 2, 1))..=number(day(2028, 12, 31))).collect();
        // 1 January 1970 was a Thursday.
        let weekend = |day: i64| matches!((day + 3).rem_euclid(7), 5 | 6);
        let working = all.iter().copied().filter(|day| !weekend(*day) && holidays.binary_search(day).is_err());
        ByIndex { working: working.collect(), all }
    }

    fn of(&self, working: bool) -> &[i64] {
        if working { &self.working } else { &self.all }
    }

    /// The last day that counts and is before the `n`-th counted day before the meeting.
    fn latest(&self, meeting: i64, n: usize, working: bool) -> i64 {
        let days = self.of(working);
        days[days.partition_point(|day| *day < meeting) - n - 1]
    }

    fn earliest(&self, published: i64, n: usize, working: bool) -> i64 {
        let days = self.of(working);
        days[days.partition_point(|day| *day <= published) + n - 1] + 1
    }
}

fn number(on: Date) -> i64 {
    i64::from(day(1970, 1, 1).until(on).expect("days can be counted").get_days())
}

fn date(number: i64) -> Date {
    day(1970, 1, 1).saturating_add(jiff::Span::new().days(number))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_ways_of_counting_agree_on_every_day_from_2012_to_2028(offset in 0_i64..6100, days in 1_usize..30, working: bool) {
        let on = number(day(2012, 1, 1)) + offset;
        let count = if working { penshaw_basis::DayCount::Working } else { penshaw_basis::DayCount::Calendar };
        let rules = book().common(date(on)).unwrap();
        let latest = rules.calendar.latest_publication(date(on), days as u32, count).unwrap();
        prop_assert_eq!(latest, date(BY_INDEX.latest(on, days, working)));
        let earliest = rules.calendar.earliest_meeting(date(on), days as u32, count).unwrap();
        prop_assert_eq!(earliest, date(BY_INDEX.earliest(on, days, working)));
    }
}

//! Laws that hold for every input: of discounting, of prices and of clear days.

use jiff::civil::{Date, date};
use penshaw_basis::{
    Band, Basis, CannotCount, DayCount, Deflator, DiscountRate, DiscountSchedule, Estimate, FinancialYear, NoIndex,
    NotASchedule, Timing, WorkingCalendar, net_present_value, payback, peak_funding,
};
use proptest::prelude::*;

const ON: Date = date(2026, 4, 1);

fn standard() -> DiscountSchedule {
    Basis::standard().value("green_book/standard_discount_rate", ON).expect("the rate is given").value
}

fn calendar() -> WorkingCalendar {
    WorkingCalendar::england_and_wales(&Basis::standard(), ON).expect("bank holidays are given").value
}

fn flows() -> impl Strategy<Value = Vec<Estimate>> {
    prop::collection::vec((-1e6..1e6_f64).prop_map(Estimate::from_pounds), 1..40)
}

fn timing() -> impl Strategy<Value = Timing> {
    prop_oneof![Just(Timing::YearEnd), Just(Timing::MidYear)]
}

fn day() -> impl Strategy<Value = Date> {
    (2012_i16..2028, 1_i16..=365).prop_map(|(year, nth)| {
        date(year, 1, 1).checked_add(jiff::Span::new().days(nth - 1)).expect("the day is in the year")
    })
}

proptest! {
    #[test]
    fn net_present_value_is_linear(one in flows(), other in flows(), factor in -3.0..3.0_f64, timing in timing()) {
        let schedule = standard();
        let worth = |flows: &[Estimate]| net_present_value(flows, &schedule, timing).pounds();
        let length = one.len().max(other.len());
        let at = |flows: &[Estimate], year: usize| flows.get(year).copied().unwrap_or(Estimate::ZERO);
        let both: Vec<_> = (0..length).map(|year| at(&one, year) + at(&other, year) * factor).collect();
        prop_assert!((worth(&both) - worth(&one) - factor * worth(&other)).abs() < 1e-3);
    }

    #[test]
    fn factors_fall_from_year_to_year_and_agree_one_by_one(count in 2_usize..150, timing in timing()) {
        let schedule = standard();
        let factors = schedule.factors(count, timing);
        prop_assert!(factors.windows(2).all(|pair| pair[0] > pair[1]));
        prop_assert_eq!(*factors.last().unwrap(), schedule.factor(count as u32 - 1, timing));
    }

    #[test]
    fn the_middle_of_a_year_lies_between_its_ends(year in 0_u32..200) {
        let schedule = standard();
        let middle = schedule.factor(year, Timing::MidYear);
        prop_assert!(schedule.factor(year, Timing::YearEnd) > middle);
        prop_assert!(middle > schedule.factor(year + 1, Timing::YearEnd));
    }

    #[test]
    fn what_pays_back_ends_a_year_with_a_balance_that_is_not_negative(flows in flows()) {
        let balances = flows.iter().scan(0.0, |sum, flow| { *sum += flow.pounds(); Some(*sum) });
        let balances: Vec<f64> = balances.collect();
        let deepest = balances.iter().copied().fold(0.0, f64::min);
        prop_assert_eq!(peak_funding(&flows).pounds(), -deepest + 0.0);
        match payback(&flows) {
            Some(years) => prop_assert!(balances[years.ceil() as usize] >= 0.0 || years == 0.0),
            None => prop_assert!(*balances.last().unwrap() < 0.0),
        }
    }

    #[test]
    fn prices_taken_there_and_back_are_unchanged(pounds in 1.0..1e9_f64, from in 1990_i16..2060, to in 1990_i16..2060) {
        let deflator = Deflator::gdp(&Basis::standard(), ON).expect("the deflator is given").value;
        let (from, to) = (FinancialYear::starting(from), FinancialYear::starting(to));
        let there = deflator.to_prices_of(Estimate::from_pounds(pounds), from, to).unwrap();
        let back = deflator.to_prices_of(there, to, from).unwrap();
        prop_assert!((back.pounds() / pounds - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_notice_on_the_latest_day_is_in_time_and_a_day_later_is_not(meeting in day(), days in 0_u32..40) {
        prop_assume!(meeting > date(2012, 6, 1));
        let calendar = calendar();
        for count in [DayCount::Calendar, DayCount::Working] {
            let latest = calendar.latest_publication(meeting, days, count).unwrap();
            prop_assert!(calendar.earliest_meeting(latest, days, count).unwrap() <= meeting);
            let next = latest.tomorrow().unwrap();
            if count == DayCount::Calendar || calendar.is_working_day(next).unwrap() {
                prop_assert!(calendar.earliest_meeting(next, days, count).unwrap() > meeting);
            }
        }
    }

    #[test]
    fn working_days_never_allow_a_later_notice_than_calendar_days(meeting in day(), days in 1_u32..40) {
        prop_assume!(meeting > date(2012, 6, 1));
        let calendar = calendar();
        let working = calendar.latest_publication(meeting, days, DayCount::Working).unwrap();
        prop_assert!(working <= calendar.latest_publication(meeting, days, DayCount::Calendar).unwrap());
    }
}

#[test]
fn a_flow_that_spends_nothing_is_paid_back_at_once_and_one_that_only_spends_never() {
    assert_eq!(payback(&[0.0, 1.0].map(Estimate::from_pounds)), Some(0.0));
    assert_eq!(payback(&[0.0, -1.0].map(Estimate::from_pounds)), None);
    assert_eq!(payback(&[0.0, -1.0, 2.0].map(Estimate::from_pounds)), Some(1.5));
}

#[test]
fn a_schedule_without_a_start_out_of_order_or_in_per_cent_is_refused() {
    let band = |after_years, rate| Band { after_years, rate: DiscountRate::per_year(rate) };
    let refused = |bands: Vec<Band>| DiscountSchedule::try_from(bands).unwrap_err();
    assert_eq!(refused(vec![]), NotASchedule::NoStart);
    assert_eq!(refused(vec![band(1, 0.035)]), NotASchedule::NoStart);
    assert_eq!(refused(vec![band(0, 0.035), band(0, 0.03)]), NotASchedule::OutOfOrder { after_years: 0 });
    assert_eq!(refused(vec![band(0, 3.5)]), NotASchedule::RateOutOfRange { rate: 3.5 });
    assert!(DiscountSchedule::try_from(vec![band(0, f64::NAN)]).is_err());
}

#[test]
fn the_index_of_a_financial_year_is_three_quarters_of_its_first_calendar_year() {
    let deflator = Deflator::gdp(&Basis::standard(), ON).expect("the deflator is given").value;
    let index = deflator.index(FinancialYear::starting(2014)).unwrap();
    assert!((index - (0.75 * 74.6524 + 0.25 * 75.1536)).abs() < 1e-12);
    let early = deflator.index(FinancialYear::starting(1989));
    assert_eq!(early, Err(NoIndex::TooEarly { year: 1989, first: 1990 }));
}

#[test]
fn an_index_with_a_gap_or_without_a_year_is_refused() {
    assert_eq!(Deflator::new([(2000, 90.0), (2002, 100.0)].into(), 0.02, 0.75), Err(NoIndex::NotAnIndex));
    assert_eq!(Deflator::new([].into(), 0.02, 0.75), Err(NoIndex::NotAnIndex));
    assert_eq!(Deflator::new([(2000, 0.0)].into(), 0.02, 0.75), Err(NoIndex::NotAnIndex));
}

#[test]
fn working_days_are_refused_where_bank_holidays_are_not_known_and_calendar_days_are_not() {
    let calendar = calendar();
    let (first, last) = calendar.known;
    let meeting = date(2035, 6, 20);
    let refused = calendar.latest_publication(meeting, 5, DayCount::Working);
    assert_eq!(refused, Err(CannotCount::UnknownBankHolidays { day: date(2035, 6, 19), first, last }));
    assert_eq!(calendar.latest_publication(meeting, 5, DayCount::Calendar), Ok(date(2035, 6, 14)));
}

#[test]
fn closures_and_saturdays_are_counted_as_the_authority_rules() {
    let calendar = calendar();
    // The offices are closed on 29, 30 and 31 December 2026.
    let closed = calendar.clone().with_closures([29, 30, 31].map(|day| date(2026, 12, day)));
    let meeting = date(2027, 1, 6);
    assert_eq!(calendar.latest_publication(meeting, 5, DayCount::Working), Ok(date(2026, 12, 24)));
    assert_eq!(closed.latest_publication(meeting, 5, DayCount::Working), Ok(date(2026, 12, 21)));
    let saturdays = WorkingCalendar { saturday_counts: true, ..calendar };
    assert_eq!(saturdays.is_working_day(date(2026, 11, 21)), Ok(true));
    assert_eq!(saturdays.is_working_day(date(2026, 11, 22)), Ok(false));
}

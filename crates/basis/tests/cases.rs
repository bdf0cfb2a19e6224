//! Runs every worked example of `cases.toml`.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use penshaw_basis::{
    Basis, Deflator, DiscountRate, DiscountSchedule, Estimate, Timing, WorkingCalendar, deflate, discounted_payback,
    net_present_value, nominal_rate, payback, peak_funding,
};
use penshaw_basis::{DayCount, TakesEffect};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    source: String,
    #[serde(default)]
    tolerance: f64,
    #[serde(flatten)]
    question: Question,
}

#[derive(Deserialize)]
#[serde(tag = "question", rename_all = "snake_case")]
enum Question {
    DiscountFactors { input: Factors, outcome: FactorsOutcome },
    NetPresentValue { input: Flows, outcome: FlowsOutcome },
    Deflate { input: Deflation, outcome: DeflationOutcome },
    NominalRate { input: Rates, outcome: RatesOutcome },
    Prices { input: Prices, outcome: PricesOutcome },
    LatestPublication { input: Meeting, outcome: Days },
    EarliestMeeting { input: Published, outcome: Days },
    CallIn { input: CallIn, outcome: CallInOutcome },
}

#[derive(Deserialize)]
struct Factors {
    schedule: String,
    timing: Timing,
}

#[derive(Deserialize)]
struct FactorsOutcome {
    factors: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Flows {
    flows: Vec<Estimate>,
    rate: DiscountRate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlowsOutcome {
    net_present_value: f64,
    present_values: Option<Vec<f64>>,
    benefit_cost_ratio: Option<f64>,
    payback: Option<f64>,
    discounted_payback: Option<f64>,
    peak_funding: Option<f64>,
}

#[derive(Deserialize)]
struct Deflation {
    nominal: Estimate,
    inflation: f64,
}

#[derive(Deserialize)]
struct DeflationOutcome {
    real: Vec<f64>,
}

#[derive(Deserialize)]
struct Rates {
    real: DiscountRate,
    inflation: f64,
}

#[derive(Deserialize)]
struct RatesOutcome {
    nominal: f64,
}

#[derive(Deserialize)]
struct Prices {
    amount: Estimate,
    from: i16,
    to: i16,
}

#[derive(Deserialize)]
struct PricesOutcome {
    amount: f64,
}

#[derive(Deserialize)]
struct Meeting {
    meeting: Date,
}

#[derive(Deserialize)]
struct Published {
    published: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    calendar_28: Option<Date>,
    working_28: Option<Date>,
    calendar_5: Option<Date>,
    working_5: Option<Date>,
}

#[derive(Deserialize)]
struct CallIn {
    published: Date,
    working_days: u32,
    takes_effect: TakesEffect,
}

#[derive(Deserialize)]
struct CallInOutcome {
    ends: Date,
    takes_effect: Date,
}

/// The day for which the parameters of the examples are read.
const ON: Date = date(2026, 4, 1);

#[test]
fn every_worked_example_comes_out_as_its_source_says() {
    let cases: Cases = toml::from_str(include_str!("../cases.toml")).expect("cases.toml is read as cases");
    assert!(cases.case.len() >= 30, "the examples are all there");
    for case in &cases.case {
        assert!(!case.source.is_empty(), "{}: a case has a source", case.name);
        run(case);
    }
}

fn run(case: &Case) {
    let near = |found: f64, wanted: f64, what: &str| {
        let off = (found - wanted).abs();
        assert!(off <= case.tolerance, "{}: {what} is {found}, the source says {wanted}", case.name);
    };
    let basis = Basis::standard();
    let calendar = WorkingCalendar::england_and_wales(&basis, ON).expect("bank holidays are given").value;
    match &case.question {
        Question::DiscountFactors { input, outcome } => {
            let schedule = basis.value::<DiscountSchedule>(&input.schedule, ON).expect("the schedule is given").value;
            for (year, wanted) in &outcome.factors {
                let year = year.parse().expect("a factor is of a year");
                near(schedule.factor(year, input.timing).value(), *wanted, &format!("the factor of year {year}"));
            }
        }
        Question::NetPresentValue { input, outcome } => flows(input, outcome, &near),
        Question::Deflate { input, outcome } => {
            for (years, wanted) in (0..).zip(&outcome.real) {
                near(deflate(input.nominal, input.inflation, years).pounds(), *wanted, &format!("year {years}"));
            }
        }
        Question::NominalRate { input, outcome } => {
            near(nominal_rate(input.real, input.inflation).fraction(), outcome.nominal, "the nominal rate");
        }
        Question::Prices { input, outcome } => {
            let deflator = Deflator::gdp(&basis, ON).expect("the deflator is given").value;
            let amount = deflator.to_prices_of_calendar_year(input.amount, input.from, input.to);
            near(amount.expect("the index covers both years").pounds(), outcome.amount, "the amount");
        }
        Question::LatestPublication { input, outcome } => {
            days(case, outcome, |number, count| calendar.latest_publication(input.meeting, number, count).ok());
        }
        Question::EarliestMeeting { input, outcome } => {
            days(case, outcome, |number, count| calendar.earliest_meeting(input.published, number, count).ok());
        }
        Question::CallIn { input, outcome } => {
            let ends = calendar.call_in_ends(input.published, input.working_days);
            assert_eq!(ends, Ok(outcome.ends), "{}", case.name);
            let effect = calendar.takes_effect(input.published, input.working_days, input.takes_effect);
            assert_eq!(effect, Ok(outcome.takes_effect), "{}", case.name);
        }
    }
}

fn flows(input: &Flows, outcome: &FlowsOutcome, near: &dyn Fn(f64, f64, &str)) {
    let schedule = DiscountSchedule::flat(input.rate);
    let worth = |flows: &[Estimate]| net_present_value(flows, &schedule, Timing::YearEnd).pounds();
    near(worth(&input.flows), outcome.net_present_value, "the net present value");
    for (year, wanted) in outcome.present_values.iter().flatten().enumerate() {
        let factor = schedule.factor(year as u32, Timing::YearEnd);
        near((input.flows[year] * factor).pounds(), *wanted, &format!("the present value of year {year}"));
    }
    if let Some(wanted) = outcome.benefit_cost_ratio {
        let part = |keep: fn(f64) -> bool| {
            let kept = input.flows.iter().map(|flow| if keep(flow.pounds()) { *flow } else { Estimate::ZERO });
            worth(&kept.collect::<Vec<_>>())
        };
        near(part(|pounds| pounds > 0.0) / -part(|pounds| pounds < 0.0), wanted, "the benefit-cost ratio");
    }
    if let Some(wanted) = outcome.payback {
        near(payback(&input.flows).expect("it pays back"), wanted, "the payback");
    }
    if let Some(wanted) = outcome.discounted_payback {
        let years = discounted_payback(&input.flows, &schedule, Timing::YearEnd);
        near(years.expect("it pays back"), wanted, "the discounted payback");
    }
    if let Some(wanted) = outcome.peak_funding {
        near(peak_funding(&input.flows).pounds(), wanted, "the peak funding");
    }
}

fn days(case: &Case, outcome: &Days, found: impl Fn(u32, DayCount) -> Option<Date>) {
    let wanted = [
        (28, DayCount::Calendar, outcome.calendar_28),
        (28, DayCount::Working, outcome.working_28),
        (5, DayCount::Calendar, outcome.calendar_5),
        (5, DayCount::Working, outcome.working_5),
    ];
    assert!(wanted.iter().any(|(.., day)| day.is_some()), "{}: the case says something", case.name);
    for (number, count, day) in wanted.into_iter().filter(|(.., day)| day.is_some()) {
        assert_eq!(found(number, count), day, "{}: {number} clear days, {count:?}", case.name);
    }
}

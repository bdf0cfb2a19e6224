//! What each workload's owner needs, what the host promises and what a test has shown.

use jiff::ToSpan;
use penshaw_basis::{Date, Source};
use penshaw_register::{RecoveryTest, Workload};

use super::estate::Estate;
use super::input::Owned;
use super::outcome::{TestStanding, Times};
use super::parameters::Parameters;

/// How one workload is recovered, as far as it does not hang on what fails.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) required: Times,
    pub(super) promised: Times,
    pub(super) tested: Times,
    pub(super) tested_on: Option<Date>,
    pub(super) copy_started: Option<bool>,
    pub(super) standing: TestStanding,
    /// The place of its agreement among those whose equipment is kept running; the last where it has none.
    pub(super) priority: u64,
    pub(super) sources: Vec<Source>,
}

impl Standing {
    /// The time that a test has shown, if it counts.
    pub(super) fn shown_hours(&self) -> Option<f64> {
        self.tested.recovery_time_hours.filter(|_| self.standing == TestStanding::Passed)
    }
}

/// How a workload stands on the day.
pub(super) fn standing(estate: &Estate, parameters: &Parameters, workload: &Owned<Workload>) -> Standing {
    let recovery_site = workload.recovery_site.as_deref();
    let agreements = recovery_site.map_or_else(Vec::new, |site| estate.agreements_for(&workload.owner, site));
    let longest = |times: Vec<Option<f64>>| times.into_iter().flatten().reduce(f64::max);
    let promised = Times {
        recovery_time_hours: longest(agreements.iter().map(|one| one.recovery_time_hours).collect()),
        recovery_point_hours: longest(agreements.iter().map(|one| one.recovery_point_hours).collect()),
    };
    let test = estate.tests.get(workload.full().as_str()).and_then(|tests| tests.last()).copied();
    let mut sources = vec![workload.source()];
    sources.extend(agreements.iter().map(|agreement| agreement.source()));
    sources.extend(test.map(Owned::source));
    Standing {
        required: Times {
            recovery_time_hours: workload.recovery_time_hours,
            recovery_point_hours: workload.recovery_point_hours,
        },
        promised,
        tested: Times {
            recovery_time_hours: test.and_then(|test| test.recovery_time_hours),
            recovery_point_hours: test.and_then(|test| test.recovery_point_hours),
        },
        tested_on: latest_day(test, workload, estate.on),
        copy_started: test.and_then(|test| test.copy_started),
        standing: of_tests(test, workload, estate.on, parameters),
        priority: agreements.first().map_or(u64::MAX, |first| super::estate::priority(first)),
        sources,
    }
}

fn latest_day(test: Option<&Owned<RecoveryTest>>, workload: &Workload, on: Date) -> Option<Date> {
    test.and_then(|test| test.tested_on).or(workload.recovery_tested_on.filter(|day| *day <= on))
}

/// What the latest test shows. A day on the workload's own entry is a test whose result nobody recorded.
fn of_tests(
    test: Option<&Owned<RecoveryTest>>,
    workload: &Workload,
    on: Date,
    parameters: &Parameters,
) -> TestStanding {
    let Some(test) = test else {
        let day = latest_day(None, workload, on);
        return if day.is_some() { TestStanding::NoResult } else { TestStanding::Never };
    };
    match (test.result.as_deref(), test.copy_started) {
        (Some("failed"), _) => TestStanding::Failed,
        (_, Some(false)) => TestStanding::CopyNotStarted,
        (Some("partial"), _) => TestStanding::Partial,
        (Some(_), None) => TestStanding::CopyNotKnown,
        (Some(_), Some(true)) if test.tested_on.is_some_and(|day| is_lately(day, on, parameters)) => {
            TestStanding::Passed
        }
        (Some(_), Some(true)) => TestStanding::Lapsed,
        (None, _) => TestStanding::NoResult,
    }
}

/// Whether a test lies within the months in which it counts; none does where the parameter could not be read.
fn is_lately(tested_on: Date, on: Date, parameters: &Parameters) -> bool {
    let months = parameters.recovery.as_ref().map(|scale| scale.tested_within_months);
    months.is_some_and(|months| tested_on >= on.saturating_sub(i64::from(months.min(1_200)).months()))
}

//! The recommendation: integrate, collaborate in named areas, close down, or not enough evidence, by rules over the answers.
//!
//! 1. Every option to join services is tested against every threshold. It is *supported* if
//!    all tests pass, *closed* if one fails that no terms mend (direction, essential needs,
//!    value of the whole), *not on these terms* if another fails, else *undecided*.
//! 2. A supported option is recommended, the one of greatest net present social value first.
//! 3. Else, if one is undecided, there is not enough evidence; what is missing is said.
//! 4. Else every one fails. If all are closed the course is to close down; if not, to
//!    collaborate where areas stand.
//! 5. Whatever the course, each area of joint work stands or falls by its own evidence, and
//!    those that stand are supported.
//!
//! The thresholds are the parameter `recommendation/thresholds`, each with its reason.

mod alternatives;
mod areas;
mod backtest;
mod direction;
mod facts;
mod figures;
mod from_answers;
mod needs;
mod options;
mod reasons;
mod resolutions;
#[cfg(test)]
mod tests;
mod thresholds;
mod words;

use penshaw_basis::{Basis, ParameterError};
use penshaw_register::Adoption;
use penshaw_register::recommendation::{Answer, AreaJudged, Course, Recommendation, Status, Test, Wanting};

pub use backtest::{Backtested, Verdict, backtest, backtested};
pub use facts::*;
pub use from_answers::facts;
pub use options::Standing;
pub use thresholds::{PARAMETER, Threshold, Thresholds};
pub use words::{inside, listed};

pub(crate) use words::{capitalised, count};

use alternatives::{Choosing, collaborating};
use options::Judged;

/// What the rules recommend on these facts.
///
/// # Errors
/// If the thresholds cannot be read from the basis.
pub fn recommend(facts: &Facts, basis: &Basis) -> Result<Recommendation, ParameterError> {
    let thresholds = Thresholds::read(basis, facts.on)?;
    let judged: Vec<Judged<'_>> =
        facts.integrating().map(|option| options::judge(facts, &thresholds, option)).collect();
    let supported = best_supported(&judged);
    let areas = areas::areas(facts, &thresholds, supported.is_some());
    let (status, course) = course(facts, &judged, &areas, supported.is_some());
    let chosen = supported.or_else(|| collaborating(facts, &areas));
    let missing = missing(facts, &judged, &areas, status);
    let choosing = Choosing { facts, judged: &judged, areas: &areas, course, chosen };
    Ok(Recommendation {
        status,
        course,
        resolutions: resolutions::resolutions(facts, &judged, &areas, course, chosen, &missing),
        reasons: choosing.reasons(),
        rejected: choosing.rejected(),
        tests: tests_of(&judged),
        reopen_if: reopen_if(&judged, &areas, course),
        thresholds: thresholds.sources,
        adoption: None,
        areas,
        missing,
    })
}

/// The recommendation with a named officer's adoption of it, or an override.
#[must_use]
pub fn adopted(recommendation: Recommendation, adoption: Option<&Adoption>) -> Recommendation {
    Recommendation { adoption: adoption.cloned(), ..recommendation }
}

/// The supported option of the greatest net present social value; of several, the first.
fn best_supported<'a>(judged: &[Judged<'a>]) -> Option<&'a OptionFacts> {
    let npsv = |option: &OptionFacts| option.appraisal.as_ref().map_or(f64::MIN, |appraisal| appraisal.npsv);
    let mut best: Option<&OptionFacts> = None;
    for judged in judged.iter().filter(|judged| judged.standing == Standing::Supported) {
        if best.is_none_or(|best| npsv(judged.option) > npsv(best)) {
            best = Some(judged.option);
        }
    }
    best
}

fn course(facts: &Facts, judged: &[Judged<'_>], areas: &[AreaJudged], supported: bool) -> (Status, Course) {
    let stands = areas.iter().any(|area| area.stands);
    let collaborate_or_none = if stands { Course::Collaborate } else { Course::None };
    if supported {
        return (Status::Ready, Course::Integrate);
    }
    if judged.iter().any(|judged| judged.standing == Standing::Undecided) {
        return (Status::NotEnoughEvidence, Course::None);
    }
    if judged.is_empty() {
        let known = stands || facts.options.iter().any(|option| option.course == "apart");
        let status = if known { Status::Ready } else { Status::NotEnoughEvidence };
        return (status, collaborate_or_none);
    }
    match judged.iter().all(|judged| judged.standing == Standing::Closed) {
        true => (Status::Ready, Course::CloseDown),
        false => (Status::Ready, collaborate_or_none),
    }
}

/// What has to be known before it can be decided, once each; nothing where it is decided.
fn missing(facts: &Facts, judged: &[Judged<'_>], areas: &[AreaJudged], status: Status) -> Vec<Wanting> {
    if status == Status::Ready {
        return Vec::new();
    }
    let undecided = judged.iter().filter(|judged| judged.standing == Standing::Undecided);
    let tests = undecided.flat_map(|judged| judged.with(Answer::NotKnown)).flat_map(|tried| tried.wanting.clone());
    let mut missing: Vec<Wanting> = Vec::new();
    for wanting in tests.chain(judged.is_empty().then(|| nothing_proposed(facts, areas))) {
        if !missing.contains(&wanting) {
            missing.push(wanting);
        }
    }
    missing
}

/// What is missing where there is no option to join services and no area stands.
fn nothing_proposed(facts: &Facts, areas: &[AreaJudged]) -> Wanting {
    let what = if areas.is_empty() && facts.options.is_empty() {
        "the options that are to be considered, and the areas of joint work"
    } else {
        "dated documents that show which areas of joint work are under way or agreed"
    };
    Wanting { question: "recommendation".into(), what: what.into(), of: "the partnership".into() }
}

fn tests_of(judged: &[Judged<'_>]) -> Vec<Test> {
    judged.iter().flat_map(|judged| &judged.tried).map(|tried| tried.test.clone()).collect()
}

/// What would have to come about for the question to be put again, once each: of the partners, then of each option.
fn reopen_if(judged: &[Judged<'_>], areas: &[AreaJudged], course: Course) -> Vec<String> {
    let mut conditions: Vec<String> = Vec::new();
    if course == Course::Integrate {
        return conditions;
    }
    for judged in judged {
        let open = judged.failing().chain(judged.with(Answer::NotKnown));
        for (tried, condition) in open.filter_map(|tried| Some((tried, tried.reopen.as_deref()?))) {
            let condition = if reasons::OF_ALL.contains(&tried.test.rule.as_str()) {
                format!("{}.", capitalised(condition))
            } else {
                format!("{}: {condition}.", judged.option.name)
            };
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
    }
    let falling = areas.iter().filter(|area| !area.stands).count();
    if falling > 0 {
        let areas =
            if falling == 1 { "the area that does not stand now" } else { "any of the areas that do not stand now" };
        conditions
            .push(format!("For {areas}: a dated document shows that it is under way or agreed for every partner."));
    }
    conditions
}

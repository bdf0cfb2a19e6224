//! The thresholds tried on published partnerships, hits and misses alike.
//!
//! Each partnership is judged twice. *As published*: on what a source gives for the time of
//! the decision, which is mostly too little to decide on. *On the figures alone*: as if the
//! partners had been aligned, their needs met and their estates known, which tries the
//! thresholds of money. Nothing is tuned to the result.

use penshaw_analyses::alignment::Verdict as Alignment;
use penshaw_basis::{Basis, Cited, Date, DiscountSchedule, ParameterError, Source, Timing};
use penshaw_documents::{Block, Cell, Column, Row, Table};
use penshaw_register::recommendation::{Course, Recommendation, Status};
use serde::Deserialize;

use super::facts::*;
use super::recommend;

const PARTNERSHIPS: &str = "reference_class/shared_ict_partnerships";
const BENEFITS: &str = "reference_class/shared_ict_benefits";

/// How a recommendation compares with what came of a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Integration was recommended and lasted, or was not recommended and did not last.
    Hit,
    /// The other way round.
    Miss,
    /// There was not enough evidence to recommend, or it is not known what came of it.
    Neither,
}

impl Verdict {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Hit => "hit",
            Verdict::Miss => "miss",
            Verdict::Neither => "neither",
        }
    }
}

/// One published partnership and what the rules make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtested {
    /// Its name.
    pub name: String,
    /// The day for which it is judged.
    pub on: Date,
    /// What was known at the time.
    pub known: String,
    /// What came of it, in one word or two.
    pub happened: String,
    /// What the rules make of what was published.
    pub as_published: String,
    /// What they make of its figures, all else assumed to be well.
    pub on_figures_alone: String,
    /// How the second compares with what came of it.
    pub verdict: Verdict,
    /// Where it stands.
    pub sources: Vec<Source>,
    /// What was recorded when the thresholds were set, as published and on figures alone.
    pub recorded: [String; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    partnership: Vec<PublishedPartnership>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishedPartnership {
    id: String,
    known: String,
    facts: Facts,
    recorded: Recorded,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    as_published: String,
    on_figures_alone: String,
}

/// What the parameter says came of a partnership.
#[derive(Deserialize)]
struct Outturn {
    id: String,
    name: String,
    happened: String,
    #[serde(default)]
    planned_saving_pounds: Option<f64>,
    #[serde(default)]
    planned_years: Option<u32>,
    #[serde(default)]
    set_up_cost_pounds: Option<f64>,
}

#[derive(Deserialize)]
struct Benefits {
    prior: Prior,
}

/// The triangular range of what share of planned benefits comes.
#[derive(Deserialize)]
struct Prior {
    low: f64,
    mode: f64,
    high: f64,
}

impl Prior {
    /// The probability that the share is above a value: 1 less the triangular distribution function.
    fn above(&self, share: f64) -> f64 {
        let (low, mode, high) = (self.low, self.mode, self.high);
        if share <= low {
            1.0
        } else if share <= mode {
            1.0 - (share - low) * (share - low) / ((high - low) * (mode - low))
        } else if share < high {
            (high - share) * (high - share) / ((high - low) * (high - mode))
        } else {
            0.0
        }
    }
}

/// What figures are discounted and judged with.
struct Money {
    schedule: DiscountSchedule,
    timing: Timing,
    horizon: u32,
    prior: Prior,
}

/// Every published partnership, judged by the thresholds in force on its day.
///
/// # Errors
/// If a parameter cannot be read.
pub fn backtested(basis: &Basis) -> Result<Vec<Backtested>, ParameterError> {
    let published: Published =
        toml::from_str(include_str!("published.toml")).expect("the file is read by a test of this crate");
    published.partnership.into_iter().filter_map(|one| one.judged(basis).transpose()).collect()
}

impl PublishedPartnership {
    /// The partnership judged, unless the parameter no longer holds it.
    fn judged(self, basis: &Basis) -> Result<Option<Backtested>, ParameterError> {
        let on = self.facts.on;
        let outturns: Cited<Vec<Outturn>> = basis.value(PARTNERSHIPS, on)?;
        let Some(outturn) = outturns.value.iter().find(|outturn| outturn.id == self.id) else {
            return Ok(None);
        };
        let money = Money {
            schedule: basis.value("green_book/standard_discount_rate", on)?.value,
            timing: basis.value("green_book/discount_timing", on)?.value,
            horizon: basis.value("green_book/appraisal_horizon", on)?.value,
            prior: basis.value::<Benefits>(BENEFITS, on)?.value.prior,
        };
        let as_published = recommend(&self.facts, basis)?;
        let alone = recommend(&assuming_the_rest(&self.facts, outturn, &money), basis)?;
        let mut sources: Vec<Source> = self.facts.options.iter().flat_map(|option| option.sources.clone()).collect();
        sources.extend(outturns.sources.clone());
        Ok(Some(Backtested {
            name: outturn.name.clone(),
            on,
            known: self.known,
            happened: outturn.happened.clone(),
            verdict: verdict(&alone, &outturn.happened),
            as_published: words(&as_published).to_owned(),
            on_figures_alone: words(&alone).to_owned(),
            sources,
            recorded: [self.recorded.as_published, self.recorded.on_figures_alone],
        }))
    }
}

/// The same facts as if the partners were aligned, their needs met and their estates known.
fn assuming_the_rest(facts: &Facts, outturn: &Outturn, money: &Money) -> Facts {
    let assumed = || vec![Source::assumption("for the trial of the thresholds of money only")];
    let mut facts = facts.clone();
    facts.alignment = Some(AlignmentFacts {
        verdict: Alignment::Aligned,
        aspects: Vec::new(),
        conditions: Vec::new(),
        aligned_below: None,
    });
    let partners = facts.partners.iter();
    facts.coverage = partners
        .map(|partner| CoverageFacts { authority: partner.code.clone(), share: 1.0, sources: assumed() })
        .collect();
    for option in &mut facts.options {
        option.appraisal = figures(outturn, facts.partners.len(), money).map(|appraisal| AppraisalFacts {
            partners: (facts.partners.iter().zip(appraisal.partners))
                .map(|(partner, cash)| PartnerFacts { authority: partner.code.clone(), ..cash })
                .collect(),
            ..appraisal
        });
        option.requirements = vec![RequirementFacts {
            authority: "joint".into(),
            name: "what the partners hold essential".into(),
            essential: true,
            answer: "meets".into(),
            statement: None,
            sources: assumed(),
        }];
    }
    facts
}

/// An appraisal of what was published: set-up in year 0, the saving level over the years
/// after it, benefits in the range of the reference class, and equal shares. Nothing where
/// the saving or the cost of set-up is not published.
fn figures(outturn: &Outturn, partners: usize, money: &Money) -> Option<AppraisalFacts> {
    let (saving, set_up) = (outturn.planned_saving_pounds?, outturn.set_up_cost_pounds?);
    let stated = outturn.planned_years.unwrap_or(1).max(1);
    // A saving of one year goes on over the horizon; one of several years is spread over them.
    let years = if stated == 1 { money.horizon } else { stated };
    let yearly = saving / f64::from(stated);
    let present: f64 = (1..=years).map(|year| money.schedule.factor(year, money.timing).value() * yearly).sum();
    let cash = PartnerFacts {
        authority: String::new(),
        net_present_cash: (present - set_up) / partners as f64,
        probability_gains: money.prior.above(set_up / present),
        payback: Some(set_up / yearly),
        lays_out: true,
    };
    Some(AppraisalFacts {
        npsv: present - set_up,
        probability_positive: cash.probability_gains,
        as_delivered_elsewhere: Some(present * money.prior.mode - set_up),
        years: years as usize,
        partners: vec![cash; partners],
        sources: Vec::new(),
    })
}

fn words(recommendation: &Recommendation) -> &'static str {
    match (recommendation.status, recommendation.course) {
        (Status::NotEnoughEvidence, _) => "not enough evidence",
        (_, Course::Integrate) => "integrate",
        (_, Course::Collaborate) => "collaborate",
        (_, Course::CloseDown) => "close down",
        (_, Course::None) => "stay apart",
    }
}

fn verdict(recommendation: &Recommendation, happened: &str) -> Verdict {
    let lasted = match happened {
        "continued" | "grew" => true,
        "shrank" | "closed" => false,
        _ => return Verdict::Neither,
    };
    match (recommendation.status, recommendation.course == Course::Integrate) {
        (Status::NotEnoughEvidence, _) => Verdict::Neither,
        (_, integrate) if integrate == lasted => Verdict::Hit,
        _ => Verdict::Miss,
    }
}

/// The trial as blocks: what it is, the partnerships, and hits and misses.
///
/// # Errors
/// If a parameter cannot be read.
pub fn backtest(basis: &Basis) -> Result<Vec<Block>, ParameterError> {
    let tried = backtested(basis)?;
    let count = |verdict| tried.iter().filter(|one| one.verdict == verdict).count();
    let decided = tried.iter().filter(|one| one.as_published != "not enough evidence").count();
    let mut table = Table::new(
        "backtest",
        "Published partnerships, what the thresholds make of them, and what came of them",
        ["Partnership", "Judged for", "As published", "On the figures alone", "What came of it", "Result"]
            .map(Column::words)
            .to_vec(),
    );
    for one in &tried {
        table.push(Row::body(vec![
            Cell::words(&one.name),
            Cell::words(penshaw_documents::Value::Day(one.on).to_string()),
            Cell::words(&one.as_published),
            Cell::new(penshaw_documents::Value::text(&one.on_figures_alone), one.sources.clone()),
            Cell::words(&one.happened),
            Cell::words(one.verdict.word()),
        ]));
    }
    Ok(vec![
        Block::words(
            "The thresholds were set by reason and then tried on published partnerships. As published, what is known of a \
             decision is mostly too little: positions of the partners, their shares and the cost of set-up are seldom \
             made public. On the figures alone each is judged as if its partners had been aligned, their needs met and \
             their estates known; benefits take the range of the reference class, and each partner an equal share. That \
             range was drawn from some of the same partnerships, so that this is a trial in hindsight.",
        ),
        Block::words(format!(
            "As published, {decided} of {} could be decided. On the figures alone there are {} hits and {} misses; in {} \
             there was not enough evidence, or it is not known what came of it. {}",
            tried.len(),
            count(Verdict::Hit),
            count(Verdict::Miss),
            count(Verdict::Neither),
            misses(&tried)
        )),
        Block::Table(table),
        Block::words("What was known of each at the time:"),
        Block::List {
            ordered: false,
            items: tried.iter().map(|one| penshaw_documents::inlines(format!("{}: {}", one.name, one.known))).collect(),
        },
        Block::words(
            "A hit: integration was recommended and the partnership continued or grew, or was not recommended and it \
             closed or lost a partner. These are the partnerships whose figures were found, not a sample.",
        ),
    ])
}

/// The misses by name, and what they show.
fn misses(tried: &[Backtested]) -> String {
    let missed: Vec<&Backtested> = tried.iter().filter(|one| one.verdict == Verdict::Miss).collect();
    let names: Vec<&str> = missed.iter().map(|one| one.name.as_str()).collect();
    if names.is_empty() {
        return "There is no miss.".into();
    }
    let passed = missed.iter().all(|one| one.on_figures_alone == "integrate");
    let lesson = if passed { ": their figures passed, and the partners parted all the same" } else { "" };
    format!("Missed: {}{lesson}.", super::listed(&names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_eight_partnerships_are_tried_and_come_out_as_recorded() {
        let tried = backtested(&Basis::standard()).unwrap();
        assert!(tried.len() >= 8, "{}", tried.len());
        for one in &tried {
            assert_eq!(
                [&one.as_published, &one.on_figures_alone],
                [&one.recorded[0], &one.recorded[1]],
                "{}",
                one.name
            );
        }
        let count = |verdict| tried.iter().filter(|one| one.verdict == verdict).count();
        assert_eq!((count(Verdict::Hit), count(Verdict::Miss), count(Verdict::Neither)), (3, 2, 8));
    }

    #[test]
    fn the_trial_prints_its_hits_and_misses() {
        let blocks = backtest(&Basis::standard()).unwrap();
        let printed = serde_json::to_string(&blocks).unwrap();
        assert!(printed.contains("3 hits and 2 misses"), "{printed}");
    }

    #[test]
    fn the_share_of_benefits_that_comes_follows_a_triangle() {
        let prior = Prior { low: 0.0, mode: 0.5, high: 1.0 };
        assert_eq!(prior.above(0.5), 0.5);
        assert_eq!(prior.above(0.25), 0.875);
        assert_eq!(prior.above(0.75), 0.125);
        assert_eq!((prior.above(-1.0), prior.above(2.0)), (1.0, 0.0));
    }
}

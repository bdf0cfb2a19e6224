//! Benefits promised and realised, by partner and financial year, transition costs netted, natures kept apart.

use penshaw_basis::{Date, FinancialYear, Money, Source};
use penshaw_register::{Benefit, JointRegister};

use super::given::Given;
use super::input::Input;
use super::outcome::{
    Benefits, ClassObservation, ClassPlace, ClassStanding, Finding, NatureBenefits, PartnerBenefits, ToDate,
    YearBenefits,
};
use crate::named::{Named, name_of, sentence_list};

/// Cash-releasing first.
const NATURES: [&str; 2] = ["cash-releasing", "non-cash-releasing"];

/// Everything that was promised and came of it.
///
/// What is said to have been realised without a baseline is not in any total of what was realised: nobody can
/// tell from what it departs. The promise stands all the same, so that a benefit does not look the better for
/// never having been measured.
pub(super) fn benefits(input: &Input, given: &Given) -> Benefits {
    let years = years(&input.benefits);
    let natures: Vec<NatureBenefits> = NATURES.iter().filter_map(|nature| of_nature(nature, input, &years)).collect();
    let share = natures.iter().find(|nature| nature.nature == NATURES[0]).and_then(|nature| nature.to_date.share);
    let hidden: Vec<&Benefit> = input.benefits.iter().filter(|benefit| !is_shown(benefit)).collect();
    Benefits {
        not_shown: hidden.len(),
        not_shown_amount: hidden.iter().flat_map(|benefit| benefit.realised.values().copied()).sum(),
        not_shown_sources: hidden.iter().map(|benefit| source(benefit)).collect(),
        reference_class: class(given, share),
        natures,
        years,
    }
}

fn source(benefit: &Benefit) -> Source {
    JointRegister::own_source(&benefit.reference)
}

/// Whether what was realised can be told from a frozen baseline; nothing realised needs none.
fn is_shown(benefit: &Benefit) -> bool {
    benefit.realised.is_empty() || has_baseline(benefit)
}

fn has_baseline(benefit: &Benefit) -> bool {
    benefit.baseline.as_ref().is_some_and(|baseline| !baseline.trim().is_empty())
}

/// The years of any amount.
fn years(benefits: &[Benefit]) -> Vec<FinancialYear> {
    let amounts = benefits.iter().flat_map(|one| [&one.promised, &one.realised, &one.transition_costs]);
    let mut years: Vec<FinancialYear> = amounts.flat_map(|amounts| amounts.keys().copied()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn of_nature(nature: &str, input: &Input, years: &[FinancialYear]) -> Option<NatureBenefits> {
    let own: Vec<&Benefit> = input.benefits.iter().filter(|benefit| benefit.nature == nature).collect();
    if own.is_empty() {
        return None;
    }
    let partners = gainers(input, &own).into_iter().map(|partner| {
        let of_partner: Vec<&Benefit> =
            own.iter().copied().filter(|benefit| benefit.authority == partner.code).collect();
        let years = by_year(&of_partner, years);
        PartnerBenefits { to_date: to_date(&years, input.on), years, authority: partner.code, name: partner.name }
    });
    let together = by_year(&own, years);
    Some(NatureBenefits {
        nature: nature.to_owned(),
        partners: partners.collect(),
        to_date: to_date(&together, input.on),
        years: together,
    })
}

/// Who was promised a benefit: the partners in their order, then codes that are no partner's.
fn gainers(input: &Input, benefits: &[&Benefit]) -> Vec<Named> {
    let gains = |code: &str| benefits.iter().any(|benefit| benefit.authority == code);
    let mut gainers: Vec<Named> = input.partners.iter().filter(|partner| gains(&partner.code)).cloned().collect();
    for benefit in benefits {
        if gainers.iter().all(|gainer| gainer.code != benefit.authority) {
            gainers.push(Named::new(&benefit.authority, name_of(&input.partners, &benefit.authority)));
        }
    }
    gainers
}

fn by_year(benefits: &[&Benefit], years: &[FinancialYear]) -> Vec<YearBenefits> {
    let mut before = (Money::ZERO, Money::ZERO, Money::ZERO);
    let each = years.iter().map(|year| {
        let row = of_year(benefits, *year, before);
        before = (row.cumulative_promised, row.cumulative_realised, row.cumulative_net);
        row
    });
    each.collect()
}

fn of_year(benefits: &[&Benefit], year: FinancialYear, before: (Money, Money, Money)) -> YearBenefits {
    let mut row = YearBenefits {
        year,
        promised: Money::ZERO,
        realised: Money::ZERO,
        transition_costs: Money::ZERO,
        net: Money::ZERO,
        cumulative_promised: before.0,
        cumulative_realised: before.1,
        cumulative_net: before.2,
        sources: Vec::new(),
    };
    for benefit in benefits {
        let realised = benefit.realised.get(&year).filter(|_| is_shown(benefit));
        let amounts = [benefit.promised.get(&year), realised, benefit.transition_costs.get(&year)];
        if amounts.iter().any(Option::is_some) {
            row.sources.push(source(benefit));
        }
        let [promised, realised, costs] = amounts.map(|amount| amount.copied().unwrap_or_default());
        row.promised += promised;
        row.realised += realised;
        row.transition_costs += costs;
    }
    row.net = row.realised - row.transition_costs;
    row.cumulative_promised += row.promised;
    row.cumulative_realised += row.realised;
    row.cumulative_net += row.net;
    row
}

/// The years that have ended by the day: a year still running cannot be set against its promise.
fn to_date(years: &[YearBenefits], on: Date) -> ToDate {
    let mut sums = ToDate::default();
    for row in years.iter().filter(|row| row.year.ends() <= on) {
        sums.promised += row.promised;
        sums.realised += row.realised;
        sums.transition_costs += row.transition_costs;
        sums.sources
            .extend(row.sources.iter().filter(|source| !sums.sources.contains(source)).cloned().collect::<Vec<_>>());
    }
    sums.net = sums.realised - sums.transition_costs;
    sums.share = (sums.promised > Money::ZERO).then(|| sums.realised.pounds() / sums.promised.pounds());
    sums
}

fn class(given: &Given, share: Option<f64>) -> Option<ClassStanding> {
    let cited = given.reference_class.as_ref()?;
    let prior = cited.value.prior;
    let observations = cited.value.observations.iter().map(|one| ClassObservation {
        name: one.name.clone(),
        ratio: one.ratio,
        observed: one.observed,
        source: Source::publication(&one.title, &one.href),
    });
    let place = share.map(|share| match share {
        share if share < prior.low => ClassPlace::BelowLow,
        share if share < prior.mode => ClassPlace::BelowMode,
        share if share <= prior.high => ClassPlace::AboveMode,
        _ => ClassPlace::AboveHigh,
    });
    Some(ClassStanding {
        low: prior.low,
        mode: prior.mode,
        high: prior.high,
        share,
        place,
        observations: observations.collect(),
        sources: cited.sources.clone(),
    })
}

/// Benefits that cannot be shown, were not reported, or were reported before their time.
pub(super) fn findings(input: &Input) -> Vec<Finding> {
    input.benefits.iter().flat_map(|benefit| of_benefit(benefit, input)).collect()
}

fn of_benefit(benefit: &Benefit, input: &Input) -> Vec<Finding> {
    let named = format!("“{}” of {}", benefit.name, name_of(&input.partners, &benefit.authority));
    let mut found: Vec<(String, &str)> = Vec::new();
    if !is_shown(benefit) {
        found.push((
            format!("The benefit {named} has no baseline and counts as not shown: no total holds what it is said to have brought."),
            "name the frozen baseline against which it was measured",
        ));
    } else if !has_baseline(benefit) {
        found.push((
            format!("The benefit {named} has no baseline yet: what it brings could not be shown."),
            "freeze a baseline before the change is made, and name it",
        ));
    }
    if input.partners.iter().all(|partner| partner.code != benefit.authority) {
        found.push((format!("The benefit {named} is promised to no partner."), "enter a partner's code"));
    }
    let silent = benefit.promised.keys().filter(|year| year.ends() <= input.on && !benefit.realised.contains_key(year));
    let silent: Vec<String> = silent.map(FinancialYear::to_string).collect();
    if !silent.is_empty() {
        let what = format!(
            "What came of the benefit {named} in {} is not recorded and counts as nothing.",
            sentence_list(&silent)
        );
        found.push((what, "enter what was realised; enter 0 where it was nothing"));
    }
    let early: Vec<String> =
        benefit.realised.keys().filter(|year| year.starts() > input.on).map(FinancialYear::to_string).collect();
    if !early.is_empty() {
        let what =
            format!("The benefit {named} is recorded as realised in {}, which has not begun.", sentence_list(&early));
        found.push((what, "correct the year, or enter it as promised"));
    }
    if !benefit.realised.is_empty() && benefit.evidence.is_none() {
        found.push((format!("No document shows what came of the benefit {named}."), "name the document"));
    }
    found.into_iter().map(|(what, hint)| Finding::warning(what, hint, vec![source(benefit)])).collect()
}

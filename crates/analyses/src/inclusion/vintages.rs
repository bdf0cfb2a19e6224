//! The small areas of each vintage on their own: scored, put in bands, and held against what programmes reach.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::SmallArea;

use super::findings::{Findings, error, warning};
use super::need::{band, carried_by, counting, deri_total, highest, needs, ranks};
use super::outcome::{AreaNeed, AuthorityNeed, IndicatorUse, People, Steadiness, Vintage};
use super::reach::{self, Reach};
use super::weights::{Indicator, NeedWeights, Weights};
use super::{Input, OwnedArea};
use crate::named::{counted, name_of, sentence_list};

/// The vintages in order, each with its own areas and never another's.
pub(super) fn vintages(input: &Input, weights: Option<&NeedWeights>, findings: &mut Findings) -> Vec<Vintage> {
    let by_vintage = kept_apart(input, findings);
    let reach = reach::reach(input, &by_vintage, findings);
    let scored = by_vintage.iter();
    scored.map(|(vintage, areas)| vintage_of(input, vintage, areas, weights, &reach, findings)).collect()
}

/// The areas by vintage, in the order of authority, name and code; a code that is there twice is counted once.
fn kept_apart<'a>(input: &'a Input, findings: &mut Findings) -> BTreeMap<&'a str, Vec<&'a OwnedArea>> {
    let mut by_vintage: BTreeMap<&str, Vec<&OwnedArea>> = BTreeMap::new();
    let mut seen: BTreeMap<(&str, &str), &OwnedArea> = BTreeMap::new();
    for area in &input.small_areas {
        let Some(vintage) = area.area.vintage.as_deref() else {
            let what = format!("The area {} has no vintage, so it is in no count.", area.area.code);
            findings.add(error(what, "say whether its code is of 2011 or 2021", &[area.source()]));
            continue;
        };
        if let Some(first) = seen.get(&(vintage, area.area.code.as_str())) {
            findings.add(twice(input, first, area, vintage));
            continue;
        }
        seen.insert((vintage, &area.area.code), area);
        by_vintage.entry(vintage).or_default().push(area);
    }
    let place = |owner: &str| input.partners.iter().position(|partner| partner.code == owner);
    for areas in by_vintage.values_mut() {
        areas.sort_by_key(|area| (place(&area.owner), &area.owner, &area.area.name, &area.area.code));
    }
    by_vintage
}

fn twice(input: &Input, first: &OwnedArea, second: &OwnedArea, vintage: &str) -> super::Finding {
    let whose = match first.owner == second.owner {
        true => format!("by {}", name_of(&input.partners, &first.owner)),
        false => {
            format!("by {} and {}", name_of(&input.partners, &first.owner), name_of(&input.partners, &second.owner))
        }
    };
    let what = format!(
        "The area {} of {vintage} is recorded twice, {whose}; the entry {} alone counts.",
        first.area.code, first.area.reference
    );
    error(what, "take one of the two entries out", &[first.source(), second.source()])
}

fn vintage_of(
    input: &Input,
    vintage: &str,
    owned: &[&OwnedArea],
    weights: Option<&NeedWeights>,
    reach: &Reach,
    findings: &mut Findings,
) -> Vintage {
    let areas: Vec<&SmallArea> = owned.iter().map(|owned| &owned.area).collect();
    let used = weights.map(|weights| Used::of(&areas, weights));
    let needs = used.as_ref().map_or_else(|| vec![None; areas.len()], |used| used.needs(&areas));
    let ranks = ranks(&needs);
    let top = highest(&ranks, weights.map_or(0.0, |weights| weights.highest_share));
    let scored = ranks.iter().flatten().count();
    let bands = weights.map_or(1, |weights| weights.bands);
    let area_need = |(at, owned): (usize, &&OwnedArea)| AreaNeed {
        code: owned.area.code.clone(),
        name: owned.area.name.clone(),
        authority: owned.owner.clone(),
        deri: deri_total(&owned.area),
        need: needs[at],
        rank: ranks[at],
        band: ranks[at].map(|rank| band(rank, scored, bands)),
        highest: top[at],
        population: owned.area.population,
        aged_65_and_over: owned.area.aged_65_and_over,
        reached_by: reach.programmes_of(vintage, &owned.area.code),
        latitude: owned.area.latitude,
        longitude: owned.area.longitude,
        source: owned.source(),
    };
    let found: Vec<AreaNeed> = owned.iter().enumerate().map(area_need).collect();
    let known = reach.is_known(vintage);
    if let Some(used) = &used {
        not_scored(input, vintage, &found, used, findings);
    }
    Vintage {
        vintage: vintage.to_owned(),
        indicators: used.as_ref().map(|used| used.indicators(&areas)).unwrap_or_default(),
        otherwise: used.as_ref().is_some_and(|used| used.otherwise),
        authorities: authorities(&found, bands, known),
        highest: found.iter().filter(|area| area.highest).count(),
        highest_reached: known.then(|| found.iter().filter(|area| is_reached(area)).count()),
        steadiness: used.as_ref().map(|used| used.steadiness(&areas, &top)).unwrap_or_default(),
        areas: found,
    }
}

/// Whether an area of highest need is reached.
fn is_reached(area: &AreaNeed) -> bool {
    area.highest && !area.reached_by.is_empty()
}

/// The weights that a vintage is scored with, and the indicators that count.
struct Used<'a> {
    scales: &'a NeedWeights,
    weights: Weights,
    otherwise: bool,
    counting: Vec<Indicator>,
}

impl<'a> Used<'a> {
    /// The first set of weights; the second where no indicator of the first counts.
    fn of(areas: &[&SmallArea], scales: &'a NeedWeights) -> Self {
        let first = counting(areas, &scales.weights, scales);
        if first.is_empty() {
            let counting = counting(areas, &scales.otherwise, scales);
            return Used { scales, weights: scales.otherwise, otherwise: true, counting };
        }
        Used { scales, weights: scales.weights, otherwise: false, counting: first }
    }

    fn needs(&self, areas: &[&SmallArea]) -> Vec<Option<f64>> {
        needs(areas, &self.weights, &self.counting, self.scales)
    }

    fn indicators(&self, areas: &[&SmallArea]) -> Vec<IndicatorUse> {
        let used = |indicator| IndicatorUse {
            indicator,
            carried_by: carried_by(areas, indicator, self.scales),
            weight: self.weights.of(indicator),
            counts: self.counting.contains(&indicator),
        };
        Indicator::ALL.into_iter().map(used).collect()
    }

    /// For each indicator that enough areas carry: how many areas stay of highest need if it weighs more.
    fn steadiness(&self, areas: &[&SmallArea], top: &[bool]) -> Vec<Steadiness> {
        let counted: Vec<f64> = self.counting.iter().map(|indicator| self.weights.of(*indicator)).collect();
        if counted.is_empty() {
            return Vec::new();
        }
        let mean = counted.iter().sum::<f64>() / counted.len() as f64;
        let tried = |indicator| {
            let weight = self.weights.of(indicator);
            let tried = if weight > 0.0 { 2.0 * weight } else { mean };
            let weights = self.weights.with(indicator, tried);
            let counting = counting(areas, &weights, self.scales);
            counting.contains(&indicator).then(|| Steadiness {
                indicator,
                weight,
                tried,
                kept: self.kept(areas, &weights, &counting, top),
                of: top.iter().filter(|top| **top).count(),
            })
        };
        // With one indicator alone its weight changes nothing.
        let several = |steadiness: &Steadiness| self.counting.as_slice() != [steadiness.indicator];
        Indicator::ALL.into_iter().filter_map(tried).filter(several).collect()
    }

    fn kept(&self, areas: &[&SmallArea], weights: &Weights, counting: &[Indicator], top: &[bool]) -> usize {
        let ranks = ranks(&needs(areas, weights, counting, self.scales));
        let others = highest(&ranks, self.scales.highest_share);
        top.iter().zip(others).filter(|(before, after)| **before && *after).count()
    }
}

/// Says by authority how many areas lack an indicator that counts, or which weighed indicator too few areas carry.
fn not_scored(input: &Input, vintage: &str, areas: &[AreaNeed], used: &Used, findings: &mut Findings) {
    let names: Vec<String> = used.counting.iter().map(Indicator::to_string).collect();
    let owners: BTreeSet<&str> = areas.iter().map(|area| area.authority.as_str()).collect();
    for owner in owners {
        let without: Vec<&AreaNeed> =
            areas.iter().filter(|area| area.authority == owner && area.need.is_none()).collect();
        if without.is_empty() {
            continue;
        }
        let why = match names.as_slice() {
            [] => "no indicator that is weighed is recorded".to_owned(),
            names => format!("one or more of {} is not recorded", sentence_list(names)),
        };
        let what = format!(
            "The need of {} of {vintage} in {} is not known: {why}.",
            counted(without.len(), "area", "areas"),
            name_of(&input.partners, owner)
        );
        let sources: Vec<_> = without.iter().take(MOST_CITED).map(|area| area.source.clone()).collect();
        findings.add(warning(what, "add the indicators to the sheet Small areas, or weigh others", &sources));
    }
}

/// The most entries that one finding cites.
pub(super) const MOST_CITED: usize = 10;

fn authorities(areas: &[AreaNeed], bands: usize, known: bool) -> Vec<AuthorityNeed> {
    let mut owners: Vec<&str> = areas.iter().map(|area| area.authority.as_str()).collect();
    owners.dedup();
    owners.into_iter().map(|owner| authority(owner, areas, bands, known)).collect()
}

fn authority(owner: &str, areas: &[AreaNeed], bands: usize, known: bool) -> AuthorityNeed {
    let own: Vec<&AreaNeed> = areas.iter().filter(|area| area.authority == owner).collect();
    let needs: Vec<(f64, f64)> = own.iter().filter_map(|area| area.need).map(|need| (need, 1.0)).collect();
    let in_band = |band: usize| own.iter().filter(|area| area.band == Some(band)).count();
    let highest = own.iter().filter(|area| area.highest);
    let not_reached = highest.clone().filter(|area| known && area.reached_by.is_empty());
    AuthorityNeed {
        authority: owner.to_owned(),
        areas: own.len(),
        scored: needs.len(),
        by_band: (1..=bands).map(in_band).collect(),
        mean_need: super::need::weighted_mean(&needs),
        population: people(own.iter().map(|area| area.population)),
        aged_65_and_over: people(own.iter().map(|area| area.aged_65_and_over)),
        highest: highest.clone().count(),
        highest_reached: known.then(|| highest.filter(|area| is_reached(area)).count()),
        not_reached: not_reached.map(|area| area.code.clone()).collect(),
    }
}

fn people(numbers: impl Iterator<Item = Option<u64>>) -> People {
    numbers.fold(People::default(), |sum, number| match number {
        Some(number) => People { people: sum.people.saturating_add(number), ..sum },
        None => People { not_known: sum.not_known + 1, ..sum },
    })
}

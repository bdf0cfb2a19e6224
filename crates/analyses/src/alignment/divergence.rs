//! How far partners stand apart: the widest gap on each aspect, and the verdict that no missing answer could change.

use std::fmt;

use penshaw_basis::{Basis, Date};
use penshaw_register::{Alignment, JointRegister};
use serde::{Deserialize, Serialize};

use super::{AreaVerdict, Aspect, DealBreaker, Input, MissingPosition, Outcome, Position, SCORED, Scale, TOLD};
use crate::WithConfidence;
use crate::named::Named;

/// The steps of the scale, from 0 to 4.
const STEPS: f64 = 4.0;

/// How far partners stand apart, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// At the same level.
    #[serde(rename = "aligned")]
    Aligned,
    /// Apart, but not far.
    #[serde(rename = "partly")]
    Partly,
    /// Not enough dated evidence to say.
    #[serde(rename = "not known")]
    NotKnown,
    /// Far apart.
    #[serde(rename = "far apart")]
    FarApart,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Aligned => "aligned",
            Verdict::Partly => "partly aligned",
            Verdict::NotKnown => "not known",
            Verdict::FarApart => "far apart",
        })
    }
}

/// From where on partners are apart, willing and ready.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The divergence from which an aspect is aligned only partly.
    pub partly_from: f64,
    /// The divergence from which an aspect is far apart.
    pub far_apart_from: f64,
    /// How many aspects far apart put the partnership far apart.
    pub aspects_far_apart: usize,
    /// The level from which a partner is willing.
    pub willing_from: f64,
    /// The level from which a partner is ready.
    pub ready_from: f64,
}

/// The widest gap between two partners, as a share of the scale: `(max − min) / 4`.
///
/// Nothing for fewer than two levels: one partner cannot stand apart.
///
/// ```
/// use penshaw_analyses::alignment::divergence;
/// assert_eq!(divergence(&[3.0, 1.0]), Some(0.5)); // two of four steps
/// assert_eq!(divergence(&[3.0, 1.0, 4.0]), Some(0.75)); // the two that are furthest apart decide
/// assert_eq!(divergence(&[3.0]), None);
/// ```
pub fn divergence(levels: &[f64]) -> Option<f64> {
    if levels.len() < 2 {
        return None;
    }
    let highest = levels.iter().copied().fold(f64::MIN, f64::max);
    let lowest = levels.iter().copied().fold(f64::MAX, f64::min);
    Some((highest - lowest) / STEPS)
}

/// What a divergence amounts to.
pub fn aspect_verdict(divergence: Option<f64>, thresholds: &Thresholds) -> Verdict {
    match divergence {
        None => Verdict::NotKnown,
        Some(gap) if gap >= thresholds.far_apart_from => Verdict::FarApart,
        Some(gap) if gap >= thresholds.partly_from => Verdict::Partly,
        Some(_) => Verdict::Aligned,
    }
}

/// The verdict on the partnership, from the verdicts on its aspects and whether its deal-breakers are met.
///
/// A deal-breaker that is not met, or as many aspects far apart as `enough`, put it
/// far apart. Any other verdict stands only where nothing that is not known could
/// change it.
///
/// ```
/// use penshaw_analyses::alignment::{Verdict::*, partnership_verdict};
/// assert_eq!(partnership_verdict(&[FarApart, FarApart, NotKnown, Aligned], &[], 2), FarApart);
/// assert_eq!(partnership_verdict(&[FarApart, NotKnown, Aligned, Aligned], &[], 2), NotKnown);
/// assert_eq!(partnership_verdict(&[Partly, NotKnown, Aligned, Aligned], &[], 2), Partly);
/// assert_eq!(partnership_verdict(&[Aligned; 4], &[Some(false)], 2), FarApart);
/// assert_eq!(partnership_verdict(&[Aligned; 4], &[None], 2), NotKnown);
/// ```
pub fn partnership_verdict(aspects: &[Verdict], deal_breakers_met: &[Option<bool>], enough: usize) -> Verdict {
    let count = |wanted| aspects.iter().filter(|verdict| **verdict == wanted).count();
    let (far, unknown) = (count(Verdict::FarApart), count(Verdict::NotKnown));
    if deal_breakers_met.contains(&Some(false)) || far >= enough {
        return Verdict::FarApart;
    }
    if deal_breakers_met.contains(&None) || far + unknown >= enough {
        return Verdict::NotKnown;
    }
    match (far + count(Verdict::Partly), unknown) {
        (0, 0) => Verdict::Aligned,
        (0, _) => Verdict::NotKnown,
        _ => Verdict::Partly,
    }
}

/// Everything that is answered, from the positions and the thresholds in force.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    let mut thresholds = None;
    match basis.value::<Thresholds>("alignment/divergence", input.on) {
        Ok(found) => {
            thresholds = Some(found.value);
            sources.extend(found.sources);
        }
        Err(error) => problems.push(error.to_string()),
    }
    let scale = match basis.value::<Vec<Scale>>("alignment/scale", input.on) {
        Ok(found) => {
            sources.extend(found.sources);
            found.value
        }
        Err(error) => {
            problems.push(error.to_string());
            Vec::new()
        }
    };
    let aspects = aspects(input, thresholds.as_ref());
    let deal_breakers = deal_breakers(input, &aspects);
    let whole = |aspect: &&Aspect| aspect.area.is_none();
    let scored: Vec<Verdict> = aspects
        .iter()
        .filter(whole)
        .filter(|aspect| SCORED.contains(&aspect.aspect.as_str()))
        .map(|aspect| aspect.verdict)
        .collect();
    let met: Vec<Option<bool>> = deal_breakers.iter().map(|condition| condition.met).collect();
    let verdict = match &thresholds {
        Some(thresholds) => partnership_verdict(&scored, &met, thresholds.aspects_far_apart),
        None => Verdict::NotKnown,
    };
    let all_from = |aspect: &str, from: Option<f64>| every_partner_from(input, &aspects, aspect, from?);
    Outcome {
        partners: input.partners.clone(),
        verdict,
        areas: area_verdicts(&input.areas, &aspects),
        missing: missing(input, &aspects),
        willing: all_from("willingness", thresholds.map(|found| found.willing_from)),
        ready: all_from("readiness", thresholds.map(|found| found.ready_from)),
        aspects,
        deal_breakers,
        scale,
        thresholds,
        sources,
        problems,
    }
}

/// The six aspects of the service as a whole, then those of areas that have a position.
fn aspects(input: &Input, thresholds: Option<&Thresholds>) -> Vec<Aspect> {
    let names = || SCORED.iter().chain(&TOLD);
    let whole = names().map(|aspect| aspect_of(input, aspect, None, thresholds));
    let areas = area_references(input).into_iter().flat_map(|area| {
        names()
            .map(move |aspect| aspect_of(input, aspect, Some(area), thresholds))
            .filter(|aspect| !aspect.positions.is_empty())
    });
    whole.chain(areas).collect()
}

/// The areas on which a position is recorded, in the order of their list, unknown ones last.
fn area_references(input: &Input) -> Vec<&str> {
    let listed = input.areas.iter().map(|area| area.code.as_str());
    let recorded = input.alignments.iter().filter_map(|entry| entry.area.as_deref());
    let mut references: Vec<&str> = Vec::new();
    for area in listed.chain(recorded) {
        if !references.contains(&area) {
            references.push(area);
        }
    }
    references
}

fn aspect_of(input: &Input, aspect: &str, area: Option<&str>, thresholds: Option<&Thresholds>) -> Aspect {
    let positions: Vec<Position> =
        input.partners.iter().flat_map(|partner| positions(input, aspect, area, &partner.code)).collect();
    let levels: Vec<f64> =
        positions.iter().filter(|position| position.counts).filter_map(|position| position.level).collect();
    let complete = levels.len() == input.partners.len();
    let divergence = complete.then(|| divergence(&levels)).flatten();
    let verdict = match thresholds {
        Some(thresholds) => aspect_verdict(divergence, thresholds),
        None => Verdict::NotKnown,
    };
    Aspect { aspect: aspect.to_owned(), area: area.map(str::to_owned), positions, divergence, verdict }
}

/// What one partner recorded of an aspect, the newest first; the newest with a document counts, if it has a level.
fn positions(input: &Input, aspect: &str, area: Option<&str>, authority: &str) -> Vec<Position> {
    let mut entries: Vec<&WithConfidence<Alignment>> = input
        .alignments
        .iter()
        .filter(|entry| entry.authority == authority && entry.aspect == aspect)
        .filter(|entry| entry.area.as_deref() == area)
        .collect();
    entries.sort_by(|one, other| (other.dated, &one.reference).cmp(&(one.dated, &other.reference)));
    let newest = entries.iter().map(|entry| &entry.entry).find(|entry| is_evidenced(entry));
    let position = |entry: &WithConfidence<Alignment>| {
        let why_not = why_not(entry, newest);
        Position {
            authority: entry.authority.clone(),
            level: entry.level,
            position: entry.position.clone(),
            evidence: entry.evidence.clone(),
            dated: entry.dated,
            deal_breaker: entry.deal_breaker == Some(true),
            confidence: entry.confidence,
            counts: why_not.is_none(),
            why_not,
            source: JointRegister::own_source(&entry.reference),
        }
    };
    entries.into_iter().map(position).collect()
}

fn is_evidenced(entry: &Alignment) -> bool {
    entry.evidence.is_some() && entry.dated.is_some()
}

fn why_not(entry: &Alignment, newest: Option<&Alignment>) -> Option<String> {
    if entry.evidence.is_none() {
        return Some("no document shows it".into());
    }
    if entry.dated.is_none() {
        return Some("its document has no date".into());
    }
    match newest {
        Some(newest) if newest.reference != entry.reference => Some(format!("{} is newer", newest.reference)),
        _ if entry.level.is_none() => Some("stated, not scored".into()),
        _ => None,
    }
}

/// Conditions of the newest day on which their partner spoke of the aspect, with a document.
fn deal_breakers(input: &Input, aspects: &[Aspect]) -> Vec<DealBreaker> {
    let mut conditions = Vec::new();
    for aspect in aspects {
        for partner in &input.partners {
            let own = aspect
                .positions
                .iter()
                .filter(|position| position.authority == partner.code)
                .filter(|position| position.evidence.is_some());
            let newest: Option<Date> = own.clone().filter_map(|position| position.dated).max();
            let standing = own.filter(|position| position.dated.is_some() && position.dated == newest);
            conditions.extend(standing.filter(|position| position.deal_breaker).map(|position| DealBreaker {
                authority: partner.code.clone(),
                aspect: aspect.aspect.clone(),
                area: aspect.area.clone(),
                position: position.position.clone(),
                met: aspect.divergence.map(|_| aspect.verdict == Verdict::Aligned),
                source: position.source.clone(),
            }));
        }
    }
    conditions
}

/// The worst verdict among an area's aspects; what is not known counts as worse than partly.
fn area_verdicts(areas: &[Named], aspects: &[Aspect]) -> Vec<AreaVerdict> {
    let verdict = |area: &Named| {
        let own = aspects.iter().filter(|aspect| aspect.area.as_deref() == Some(area.code.as_str()));
        Some(AreaVerdict {
            area: area.code.clone(),
            name: area.name.clone(),
            verdict: own.map(|aspect| aspect.verdict).max()?,
        })
    };
    areas.iter().filter_map(verdict).collect()
}

fn missing(input: &Input, aspects: &[Aspect]) -> Vec<MissingPosition> {
    let mut missing = Vec::new();
    for aspect in aspects.iter().filter(|aspect| aspect.area.is_none()) {
        for partner in &input.partners {
            let mut own = aspect.positions.iter().filter(|position| position.authority == partner.code);
            if own.clone().any(|position| position.counts) {
                continue;
            }
            let why = match own.find_map(|position| position.why_not.as_deref()) {
                None => "no position is recorded",
                Some(why) => why,
            };
            missing.push(MissingPosition {
                aspect: aspect.aspect.clone(),
                authority: partner.code.clone(),
                why: why.to_owned(),
            });
        }
    }
    missing
}

/// Whether every partner stands at a level or above: no as soon as one is below, nothing where one is not known.
fn every_partner_from(input: &Input, aspects: &[Aspect], name: &str, from: f64) -> Option<bool> {
    let aspect = aspects.iter().find(|aspect| aspect.area.is_none() && aspect.aspect == name)?;
    let levels: Vec<f64> =
        aspect.positions.iter().filter(|position| position.counts).filter_map(|position| position.level).collect();
    if levels.iter().any(|level| *level < from) {
        return Some(false);
    }
    (levels.len() == input.partners.len()).then_some(true)
}

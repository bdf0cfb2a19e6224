//! What a shortage would cost in a year, from the prices that are recorded.

use penshaw_basis::{Estimate, Source};
use penshaw_register::Licence;

use super::outcome::{Exposure, SpareSpan};
use crate::owned::Owned;

/// What one more costs in a year, in pounds: the least, the likeliest and the most that is recorded.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Price {
    pub(super) low: f64,
    pub(super) likely: f64,
    pub(super) high: f64,
    basis: String,
    sources: Vec<Source>,
}

/// What one of a licence costs in a year on average, in pounds.
pub(super) fn average(licence: &Licence) -> Option<f64> {
    let entitled = licence.entitled.filter(|entitled| *entitled > 0)?;
    licence.annual_cost.map(|cost| cost.pounds() / entitled as f64)
}

/// The price of one more for an authority: its own price of one more is the likeliest, then its own average, then the
/// partners' prices and averages.
pub(super) fn price(licences: &[&Owned<Licence>], authority: &str) -> Option<Price> {
    let own = |licence: &&&Owned<Licence>| licence.owner == authority;
    let stated = |licence: &&Owned<Licence>| licence.entry.price_each.map(|price| price.pounds());
    let averaged = |licence: &&Owned<Licence>| average(&licence.entry);
    let partners = |licence: &&&Owned<Licence>| !own(licence);
    let of = |belongs: &dyn Fn(&&&Owned<Licence>) -> bool, price: &dyn Fn(&&Owned<Licence>) -> Option<f64>| {
        let found = licences.iter().filter(belongs).filter_map(|licence| Some((price(licence)?, licence.source())));
        found.collect::<Vec<(f64, Source)>>()
    };
    let kinds = [
        ("its own price of one more", of(&own, &stated)),
        ("its own average price", of(&own, &averaged)),
        ("the partners' price of one more", of(&partners, &stated)),
        ("the partners' average price", of(&partners, &averaged)),
    ];
    let known: Vec<&(&str, Vec<(f64, Source)>)> = kinds.iter().filter(|(_, prices)| !prices.is_empty()).collect();
    let (_, likeliest) = known.first()?;
    let all = || known.iter().flat_map(|(_, prices)| prices.iter().map(|(price, _)| *price));
    let mut sources: Vec<Source> = Vec::new();
    for (_, source) in known.iter().flat_map(|(_, prices)| prices) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let words: Vec<&str> = known.iter().map(|(words, _)| *words).collect();
    Some(Price {
        low: all().fold(f64::INFINITY, f64::min),
        likely: likeliest.iter().map(|(price, _)| *price).sum::<f64>() / likeliest.len() as f64,
        high: all().fold(0.0, f64::max),
        basis: crate::named::sentence_list(&words),
        sources,
    })
}

impl Price {
    /// What so many cost in a year: surely `least`, at most `most`, likeliest half way between.
    pub(super) fn of(&self, least: u64, most: u64) -> Exposure {
        let pounds = |number: f64, price: f64| Estimate::from_pounds(number * price);
        Exposure {
            low: pounds(least as f64, self.low),
            likely: pounds((least as f64 + most as f64) / 2.0, self.likely),
            high: pounds(most as f64, self.high),
            basis: self.basis.clone(),
            sources: self.sources.clone(),
        }
    }
}

/// What a shortage costs, once so many of it are met by partners; none where nothing is short.
pub(super) fn exposure(spare: SpareSpan, met: u64, price: Option<&Price>) -> Option<Exposure> {
    let short = |spare: i64| spare.min(0).unsigned_abs().saturating_sub(met);
    let (least, most) = (short(spare.most), short(spare.least));
    (most > 0).then(|| price.map(|price| price.of(least, most))).flatten()
}

/// The sum of exposures.
pub(super) fn together<'e>(exposures: impl Iterator<Item = &'e Exposure>) -> Option<Exposure> {
    exposures.fold(None, |all, one| {
        let Some(all) = all else { return Some(one.clone()) };
        let mut sources = all.sources;
        sources.extend(one.sources.iter().filter(|source| !sources.contains(source)).cloned().collect::<Vec<_>>());
        Some(Exposure {
            low: all.low + one.low,
            likely: all.likely + one.likely,
            high: all.high + one.high,
            basis: if all.basis == one.basis { all.basis } else { "the sum of the authorities' exposures".into() },
            sources,
        })
    })
}

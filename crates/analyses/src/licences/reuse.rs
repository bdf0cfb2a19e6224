//! Who would use whose licences: as many as terms allow, those that would cost the most first.

use std::collections::BTreeMap;

use penshaw_numerics::transport::{Offer, Wanted, shipments};
use penshaw_register::Licence;

use super::exposure::{Price, average, exposure, price, together};
use super::need::Span;
use super::outcome::{Exposure, Joint, Position, Reuse, SpareSpan};
use super::parameters::Words;
use super::pools::Draft;
use super::positions::Contracts;
use super::products::{Suppliers, is_newer};
use super::territory::{Within, within};
use super::{Input, Partner};
use crate::named::{counted, name_of, sentence_list};
use crate::owned::Owned;

/// What reuse is worked out from.
pub(super) struct Sharing<'a> {
    pub(super) input: &'a Input,
    pub(super) contracts: &'a Contracts<'a>,
    pub(super) suppliers: &'a Suppliers<'a>,
    pub(super) words: &'a Words,
}

/// The partners' licences put to use, what is then left, and why it is no more.
pub(super) struct Shared {
    pub(super) joint: Joint,
    pub(super) reuse: Vec<Reuse>,
    pub(super) refused: Vec<String>,
}

/// Pence, so that worths can be compared exactly.
fn pence(pounds: f64) -> i64 {
    (pounds * 100.0).round() as i64
}

impl Sharing<'_> {
    /// The most that partners may use of each other's licences; of all ways to it, the one that leaves the dearest to be
    /// given up at renewal and spares the dearest purchases.
    pub(super) fn of(&self, draft: &Draft<'_>, positions: &[Position]) -> Shared {
        let prices: Vec<Option<Price>> =
            positions.iter().map(|position| price(&draft.licences, &position.authority)).collect();
        let takers: Vec<usize> = (0..positions.len()).filter(|place| positions[*place].short() > 0).collect();
        let wanted: Vec<Wanted> = takers
            .iter()
            .map(|place| Wanted {
                amount: positions[*place].short(),
                worth: prices[*place].as_ref().map_or(0, |price| pence(price.likely)),
            })
            .collect();
        let holders: Vec<u64> = positions.iter().map(Position::over).collect();
        let mut offers = Vec::new();
        let mut offered: Vec<&Owned<Licence>> = Vec::new();
        let mut refused: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for licence in &draft.licences {
            let holder = positions.iter().position(|position| position.authority == licence.owner);
            let Some(holder) = holder.filter(|holder| holders[*holder] > 0) else { continue };
            let mut to = Vec::new();
            for (place, taker) in takers.iter().enumerate() {
                match self.why_not(draft, licence, &positions[*taker].authority) {
                    None => to.push(place),
                    Some(why) => refused.entry(why).or_default().push(positions[*taker].authority.clone()),
                }
            }
            let cost = average(&licence.entry).map_or(0, pence);
            offers.push(Offer { holder, amount: licence.entry.entitled.unwrap_or(0), cost, to });
            offered.push(licence);
        }
        let mut met = vec![0_u64; positions.len()];
        let found = shipments(&holders, &offers, &wanted);
        let reuse = found.iter().map(|shipment| {
            let (licence, taker) = (offered[shipment.offer], &positions[takers[shipment.to]]);
            let before = met[takers[shipment.to]];
            met[takers[shipment.to]] += shipment.amount;
            let avoided = avoided(taker, before, shipment.amount, prices[takers[shipment.to]].as_ref());
            let mut sources = vec![licence.source()];
            sources.extend(taker.sources.iter().filter(|one| **one != licence.source()).cloned());
            Reuse {
                from: licence.owner.clone(),
                licence: licence.entry.reference.clone(),
                to: taker.authority.clone(),
                number: shipment.amount,
                avoided,
                sources,
            }
        });
        let reuse: Vec<Reuse> = reuse.collect();
        let joint = joint(draft, positions, &prices, &met);
        let partners = self.input.named();
        let refused = refused.into_iter().map(|(why, takers)| {
            let names: Vec<&str> = takers.iter().map(|taker| name_of(&partners, taker)).collect();
            format!("{}: {why}", sentence_list(&names))
        });
        let refused = if joint.kept_apart > 0 { refused.collect() } else { Vec::new() };
        Shared { joint, reuse, refused }
    }

    /// Why an authority may not use a licence of another; none where it may.
    fn why_not(&self, draft: &Draft<'_>, licence: &Owned<Licence>, taker: &str) -> Option<String> {
        let Owned { owner, entry } = licence;
        let named = format!("{owner}/{}", entry.reference);
        match entry.affiliates_may_use {
            Some(true) => {}
            Some(false) => return Some(format!("{named} may not be used by a partner's staff")),
            None => return Some(format!("{named} does not say whether a partner's staff may use it")),
        }
        let unknown = Partner { code: taker.to_owned(), name: taker.to_owned(), population: None };
        let partner = self.input.partners.iter().find(|partner| partner.code == taker).unwrap_or(&unknown);
        let territory = entry.territory.join(", ");
        match within(&entry.territory, partner, &self.input.partners, &self.words.wide_territories) {
            Within::Yes => {}
            Within::No => return Some(format!("{named} may be used in {territory} only")),
            Within::Unknown => {
                return Some(format!("{named} may be used in {territory}, and whether that takes it in is not known"));
            }
        }
        let own =
            draft.licences.iter().filter(|own| own.owner == taker).filter_map(|own| own.entry.supplier.as_deref());
        let other = |own: &str| {
            entry.supplier.as_deref().is_some_and(|supplier| self.suppliers.now(supplier) != self.suppliers.now(own))
        };
        if let Some(own) = own.into_iter().find(|own| other(own)) {
            let theirs = entry.supplier.as_deref().unwrap_or_default();
            return Some(format!(
                "{named} is licensed by {theirs} and its own by {own}: settle whether it is one product"
            ));
        }
        let newest =
            draft.installations.iter().filter(|one| one.owner == taker).filter_map(|one| one.entry.version.as_deref());
        let beyond = |version: &str| entry.version.as_deref().is_some_and(|covered| is_newer(version, covered));
        let beyond = newest.into_iter().find(|version| beyond(version));
        if let Some(version) = beyond.filter(|_| !self.contracts.is_maintained(licence, self.input.on)) {
            let covered = entry.version.as_deref().unwrap_or_default();
            return Some(format!(
                "{named} covers versions up to {covered} and has no maintenance, and it uses {version}"
            ));
        }
        None
    }
}

/// What a taker need not buy: its exposure before less its exposure after.
fn avoided(taker: &Position, before: u64, number: u64, price: Option<&Price>) -> Option<Exposure> {
    let spare = taker.spare?;
    let first = exposure(spare, before, price)?;
    let then = exposure(spare, before + number, price);
    let less = |part: fn(&Exposure) -> penshaw_basis::Estimate| match &then {
        Some(then) => part(&first) - part(then),
        None => part(&first),
    };
    let (low, likely, high) = (less(|one| one.low), less(|one| one.likely), less(|one| one.high));
    Some(Exposure { low, likely, high, ..first })
}

/// The positions that are known, together.
fn joint(draft: &Draft<'_>, positions: &[Position], prices: &[Option<Price>], met: &[u64]) -> Joint {
    let known = || positions.iter().filter(|position| position.spare.is_some());
    let entitled = known().filter_map(|position| position.entitled).fold(0, u64::saturating_add);
    let mut need = known().filter_map(|position| position.need).fold(Span::default(), Span::and);
    if draft.metric == Some("concurrent user") {
        // Peaks fall on different times: together they are at least the greatest and at most their sum.
        need.least = known().filter_map(|position| position.need).map(|need| need.least).max().unwrap_or(0);
    }
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let reused: u64 = met.iter().sum();
    let over: u64 = positions.iter().map(Position::over).sum();
    let short: u64 = positions.iter().map(Position::short).sum();
    let after = positions
        .iter()
        .zip(prices)
        .zip(met)
        .filter_map(|((position, price), met)| exposure(position.spare?, *met, price.as_ref()));
    let after: Vec<Exposure> = after.collect();
    Joint {
        entitled,
        need,
        spare: SpareSpan {
            least: signed(entitled).saturating_sub(signed(need.most)),
            most: signed(entitled).saturating_sub(signed(need.least)),
        },
        reused,
        still_short: short - reused,
        still_over: over - reused,
        kept_apart: over.min(short) - reused,
        exposure: together(positions.iter().filter_map(|position| position.exposure.as_ref())),
        exposure_after: together(after.iter()),
    }
}

/// How many licences, in words.
pub(super) fn licences(number: u64) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), "licence", "licences")
}

//! The position of each authority in a pool: entitled, needed, over or short.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Source};
use penshaw_register::{Contract, Installation, Licence};

use super::Input;
use super::exposure::{exposure, price};
use super::findings::{Findings, Wanting};
use super::need::{Needed, Span, needed};
use super::outcome::{Position, SpareSpan};
use super::parameters::Ranges;
use super::pools::Draft;
use super::products::is_newer;
use crate::months::months_span;
use crate::owned::Owned;

/// Contracts by owner and reference.
pub(super) struct Contracts<'a>(BTreeMap<(&'a str, &'a str), &'a Owned<Contract>>);

impl<'a> Contracts<'a> {
    pub(super) fn of(input: &'a Input) -> Self {
        let keyed =
            |contract: &'a Owned<Contract>| ((contract.owner.as_str(), contract.entry.reference.as_str()), contract);
        Contracts(input.contracts.iter().map(keyed).collect())
    }

    /// The contract of a licence.
    pub(super) fn behind(&self, licence: &Owned<Licence>) -> Option<&'a Owned<Contract>> {
        let reference = licence.entry.contract.as_deref()?;
        self.0.get(&(licence.owner.as_str(), reference)).copied()
    }

    /// The last day of maintenance: the licence's own, or its contract's.
    pub(super) fn maintained_until(&self, licence: &Owned<Licence>) -> Option<Date> {
        licence.entry.support_ends.or_else(|| self.behind(licence)?.entry.ends)
    }

    /// Whether newer versions may be used on the day.
    pub(super) fn is_maintained(&self, licence: &Owned<Licence>, on: Date) -> bool {
        self.maintained_until(licence).is_none_or(|until| until >= on)
    }
}

/// What the positions of a pool are worked out from.
pub(super) struct Positions<'a> {
    pub(super) input: &'a Input,
    pub(super) contracts: &'a Contracts<'a>,
    pub(super) ranges: &'a Ranges,
}

impl Positions<'_> {
    /// The position of each authority that holds or uses the product, in the order of the partners.
    pub(super) fn of(&self, draft: &Draft<'_>, findings: &mut Findings) -> Vec<Position> {
        let holds = |code: &str| draft.licences.iter().any(|licence| licence.owner == code);
        let uses = |code: &str| draft.installations.iter().any(|installation| installation.owner == code);
        let mut owners: Vec<&str> = self.input.partners.iter().map(|partner| partner.code.as_str()).collect();
        let licensed = draft.licences.iter().map(|licence| licence.owner.as_str());
        for owner in licensed.chain(draft.installations.iter().map(|installation| installation.owner.as_str())) {
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        let owners = owners.into_iter().filter(|code| holds(code) || uses(code));
        owners.map(|owner| self.position(draft, owner, findings)).collect()
    }

    fn position(&self, draft: &Draft<'_>, owner: &str, findings: &mut Findings) -> Position {
        let licences: Vec<&Owned<Licence>> =
            draft.licences.iter().copied().filter(|licence| licence.owner == owner).collect();
        let installations: Vec<&Owned<Installation>> =
            draft.installations.iter().copied().filter(|installation| installation.owner == owner).collect();
        let entitled = self.entitled(&licences, findings);
        let need = self.need(draft, owner, &licences, &installations, findings);
        let spare = entitled.zip(need.as_ref()).map(|(entitled, need)| SpareSpan {
            least: difference(entitled, need.span.most),
            most: difference(entitled, need.span.least),
        });
        let exposure = spare.and_then(|spare| exposure(spare, 0, price(&draft.licences, owner).as_ref()));
        if let (Some(spare), None) = (spare, &exposure)
            && spare.least < 0
        {
            installations
                .iter()
                .for_each(|installation| findings.note(Wanting::NoPrice, owner, &draft.product, installation.source()));
        }
        let without_maintenance =
            licences.iter().filter(|licence| !self.contracts.is_maintained(licence, self.input.on));
        let sources: Vec<Source> =
            licences.iter().map(|one| one.source()).chain(installations.iter().map(|one| one.source())).collect();
        Position {
            authority: owner.to_owned(),
            entitled,
            without_maintenance: without_maintenance.filter_map(|licence| licence.entry.entitled).sum(),
            need: need.as_ref().map(|need| need.span),
            counted: need.map(|need| need.counted).unwrap_or_default(),
            spare,
            exposure,
            sources,
        }
    }

    /// What the licences entitle to; none where one does not say.
    fn entitled(&self, licences: &[&Owned<Licence>], findings: &mut Findings) -> Option<u64> {
        for licence in licences {
            let Owned { owner, entry } = licence;
            if entry.entitled.is_none() {
                findings.note(Wanting::NotEntitled, owner, &entry.product, licence.source());
            }
            if self.contracts.maintained_until(licence).is_none() {
                findings.note(Wanting::NoDay, owner, &entry.product, licence.source());
            }
            if self
                .contracts
                .behind(licence)
                .is_some_and(|contract| contract.entry.ends.is_some_and(|ends| ends < self.input.on))
            {
                findings.note(Wanting::ContractOver, owner, &entry.product, licence.source());
            }
        }
        licences.iter().map(|licence| licence.entry.entitled).try_fold(0_u64, |all, one| Some(all.saturating_add(one?)))
    }

    /// What the installations need together; none where one of them cannot be judged, or where there is none.
    fn need(
        &self,
        draft: &Draft<'_>,
        owner: &str,
        licences: &[&Owned<Licence>],
        installations: &[&Owned<Installation>],
        findings: &mut Findings,
    ) -> Option<Needed> {
        let population =
            self.input.partners.iter().find(|partner| partner.code == owner).and_then(|partner| partner.population);
        if installations.is_empty() {
            if draft.metric == Some("population")
                && let Some(people) = population
            {
                return Some(Needed { span: Span::exactly(people), counted: "people who live in the area".into() });
            }
            licences
                .iter()
                .for_each(|licence| findings.note(Wanting::NeverMeasured, owner, &draft.product, licence.source()));
            return None;
        }
        let mut all: Option<Needed> = None;
        let mut judged = true;
        for installation in installations {
            let terms = self.terms(draft, licences, &installation.entry);
            self.check(licences, installation, findings);
            match needed(draft.metric, &installation.entry, terms, population) {
                Ok(need) => {
                    all = Some(match all {
                        None => need,
                        Some(before) => Needed {
                            span: before.span.and(need.span),
                            counted: if before.counted.contains(&need.counted) {
                                before.counted
                            } else {
                                format!("{}; {}", before.counted, need.counted)
                            },
                        },
                    });
                }
                Err(what) => {
                    judged = false;
                    let which = format!("{} ({what})", installation.entry.product);
                    findings.note(Wanting::NotMeasured, owner, &which, installation.source());
                }
            }
        }
        all.filter(|_| judged)
    }

    /// The fewest that count for each device: of the licence that it names, or else the most of those that may cover it.
    fn terms(&self, draft: &Draft<'_>, licences: &[&Owned<Licence>], installation: &Installation) -> Option<u64> {
        let named = installation.licence.as_deref();
        let stated = licences.iter().find(|licence| Some(licence.entry.reference.as_str()) == named);
        let of = |licences: &[&Owned<Licence>]| licences.iter().filter_map(|licence| licence.entry.least_counted).max();
        match (stated, licences) {
            (Some(licence), _) => licence.entry.least_counted,
            (None, []) => of(&draft.licences),
            (None, own) => of(own),
        }
    }

    /// Notes old counts, and versions that no licence covers any more.
    fn check(&self, licences: &[&Owned<Licence>], installation: &Owned<Installation>, findings: &mut Findings) {
        let Owned { owner, entry } = installation;
        let old = self.input.on.saturating_sub(months_span(self.ranges.old_after_months as f64));
        if let Some(day) = entry.measured_on.filter(|day| *day < old) {
            findings.note(Wanting::OldCount, owner, &format!("{} of {day}", entry.product), installation.source());
        }
        let Some(version) = &entry.version else { return };
        let named = |licence: &&&Owned<Licence>| {
            entry.licence.as_deref().is_none_or(|named| named == licence.entry.reference || licences.len() == 1)
        };
        let may = |licence: &&Owned<Licence>| {
            self.contracts.is_maintained(licence, self.input.on)
                || licence.entry.version.as_deref().is_none_or(|covered| !is_newer(version, covered))
        };
        let mut covering = licences.iter().filter(named).peekable();
        if covering.peek().is_some() && !covering.any(may) {
            findings.note(
                Wanting::NewerThanCovered,
                owner,
                &format!("{} {version}", entry.product),
                installation.source(),
            );
        }
    }
}

fn difference(entitled: u64, need: u64) -> i64 {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    signed(entitled).saturating_sub(signed(need))
}

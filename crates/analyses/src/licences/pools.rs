//! Licences pooled by product, metric and definition, and installations counted against them.

use std::collections::BTreeMap;

use penshaw_register::{Installation, Licence};

use super::Input;
use super::findings::{Findings, Wanting};
use super::outcome::{Defined, Definitions, Unlicensed};
use super::products::{Suppliers, words};
use crate::named::counted;
use crate::owned::Owned;

/// A product by one metric under one definition, before anything is worked out.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) key: String,
    pub(super) product: String,
    pub(super) metric: Option<&'a str>,
    pub(super) definition: Option<&'a str>,
    pub(super) licences: Vec<&'a Owned<Licence>>,
    pub(super) installations: Vec<&'a Owned<Installation>>,
}

/// Everything that was pooled, and what could not be.
#[derive(Debug, Default)]
pub(super) struct Drafts<'a> {
    pub(super) pools: Vec<Draft<'a>>,
    pub(super) unlicensed: Vec<Unlicensed>,
    pub(super) definitions: Vec<Definitions>,
}

/// The name of a metric that is not recorded.
pub(super) const NO_METRIC: &str = "not recorded";

pub(super) fn pooled<'a>(input: &'a Input, suppliers: &Suppliers<'_>, findings: &mut Findings) -> Drafts<'a> {
    let mut drafts = Drafts::default();
    let mut products: BTreeMap<String, Vec<&Owned<Licence>>> = BTreeMap::new();
    for licence in &input.licences {
        products.entry(suppliers.product(&licence.entry.product).key()).or_default().push(licence);
    }
    for (key, licences) in products {
        let mut metrics: BTreeMap<Option<&str>, Vec<&Owned<Licence>>> = BTreeMap::new();
        for licence in licences {
            metrics.entry(licence.entry.metric.as_deref()).or_default().push(licence);
        }
        for (metric, licences) in metrics {
            drafts.by_definition(&key, metric, licences, findings);
        }
    }
    for installation in &input.installations {
        drafts.count(installation, suppliers, findings);
    }
    drafts
}

impl<'a> Drafts<'a> {
    /// One pool where the definitions agree; a licence without one joins it. Where they differ, one pool for each.
    fn by_definition(
        &mut self,
        key: &str,
        metric: Option<&'a str>,
        licences: Vec<&'a Owned<Licence>>,
        findings: &mut Findings,
    ) {
        let mut defined: BTreeMap<String, Vec<&'a Owned<Licence>>> = BTreeMap::new();
        for licence in &licences {
            let definition = licence.entry.definition.as_deref().unwrap_or_default();
            defined.entry(words(definition).join(" ")).or_default().push(licence);
        }
        let several = defined.keys().filter(|definition| !definition.is_empty()).count() > 1;
        if several {
            self.definitions.push(definitions(metric, &defined));
        } else if defined.len() > 1 {
            for licence in defined.get("").into_iter().flatten() {
                findings.note(Wanting::NoDefinition, &licence.owner, &licence.entry.product, licence.source());
            }
        }
        let groups: Vec<Vec<&'a Owned<Licence>>> =
            if several { defined.into_values().collect() } else { vec![licences] };
        for licences in groups {
            self.pools.push(Draft {
                key: key.to_owned(),
                product: licences[0].entry.product.clone(),
                metric,
                definition: licences.iter().find_map(|licence| licence.entry.definition.as_deref()),
                licences,
                installations: Vec::new(),
            });
        }
    }

    /// Counts an installation against the licence that it names, or its owner's licence of that product, or a partner's.
    fn count(&mut self, installation: &'a Owned<Installation>, suppliers: &Suppliers<'_>, findings: &mut Findings) {
        let Owned { owner, entry } = installation;
        if let Some(named) = entry.licence.as_deref() {
            let is_named = |licence: &&Owned<Licence>| licence.owner == *owner && licence.entry.reference == named;
            if let Some(pool) = self.pools.iter_mut().find(|pool| pool.licences.iter().any(is_named)) {
                return pool.installations.push(installation);
            }
            findings.note(
                Wanting::NoSuchLicence,
                owner,
                &format!("{} names {named}", entry.product),
                installation.source(),
            );
        }
        let key = suppliers.product(&entry.product).key();
        let of_product = |pool: &Draft<'_>| pool.key == key;
        let own = |pool: &Draft<'_>| of_product(pool) && pool.licences.iter().any(|licence| licence.owner == *owner);
        let places = |belongs: &dyn Fn(&Draft<'_>) -> bool| -> Vec<usize> {
            let pools = self.pools.iter().enumerate();
            pools.filter(|(_, pool)| belongs(pool)).map(|(place, _)| place).collect()
        };
        let (owns, any) = (places(&own), places(&of_product));
        match (owns.as_slice(), any.as_slice()) {
            ([one], _) | ([], [one]) => self.pools[*one].installations.push(installation),
            ([], several) => {
                if !several.is_empty() {
                    findings.note(Wanting::SeveralMetrics, owner, &entry.product, installation.source());
                }
                self.without_licence(installation);
            }
            _ => {
                findings.note(Wanting::WhichLicence, owner, &entry.product, installation.source());
            }
        }
    }

    fn without_licence(&mut self, installation: &Owned<Installation>) {
        let Owned { owner, entry } = installation;
        let same = |one: &&mut Unlicensed| one.authority == *owner && one.product == entry.product;
        let measured = measured(entry);
        match self.unlicensed.iter_mut().find(same) {
            Some(known) => {
                known.measured = [known.measured.as_str(), measured.as_str()].join("; ");
                known.sources.push(installation.source());
            }
            None => self.unlicensed.push(Unlicensed {
                product: entry.product.clone(),
                authority: owner.clone(),
                measured,
                sources: vec![installation.source()],
            }),
        }
    }
}

fn definitions(metric: Option<&str>, defined: &BTreeMap<String, Vec<&Owned<Licence>>>) -> Definitions {
    let each = defined.values().map(|licences| {
        let mut authorities: Vec<String> = licences.iter().map(|licence| licence.owner.clone()).collect();
        authorities.dedup();
        Defined {
            words: licences[0].entry.definition.clone().unwrap_or_default(),
            authorities,
            sources: licences.iter().map(|licence| licence.source()).collect(),
        }
    });
    let first = defined.values().next().map(|licences| licences[0].entry.product.clone());
    Definitions {
        product: first.unwrap_or_default(),
        metric: metric.unwrap_or(NO_METRIC).to_owned(),
        each: each.collect(),
    }
}

/// What was measured of an installation, in words.
fn measured(installation: &Installation) -> String {
    let Installation { version, used, devices, users, .. } = installation;
    let number = |number: Option<u64>, one: &str, several: &str| {
        number.map(|number| counted(usize::try_from(number).unwrap_or(usize::MAX), one, several))
    };
    let mut said: Vec<String> = [
        version.as_ref().map(|version| format!("version {version}")),
        used.map(|used| format!("{used} used")),
        number(*devices, "device", "devices"),
        number(*users, "user", "users"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if said.is_empty() {
        said.push("not counted".into());
    }
    said.join(", ")
}

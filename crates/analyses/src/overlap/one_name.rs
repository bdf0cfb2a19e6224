//! Entries of one name and different suppliers: whether names of this register are products or only say what those do.

use std::collections::BTreeMap;

use super::entries::Entry;
use super::naming::Name;
use super::parameters::SameProduct;

/// How probable it is, name by name, that two entries of one name and different suppliers are one product.
///
/// Of entries that are one product, the suppliers agree with the chance `a` of the parameter. If of the pairs of one name
/// the suppliers agree in the share `s`, then `s / a` of them are one product, and of those whose suppliers differ
/// `(1 − a) · (s / a) / (1 − s)`. The share is that of the name, shrunk towards that of all names of the register, and
/// that towards the share which the stated table implies.
#[derive(Debug, Default)]
pub(super) struct OneName {
    by_name: BTreeMap<Name, f64>,
}

impl OneName {
    pub(super) fn of<'a>(compared: impl Iterator<Item = &'a Entry<'a>>, given: &SameProduct) -> Self {
        let mut held: BTreeMap<&Name, BTreeMap<usize, f64>> = BTreeMap::new();
        for entry in compared {
            if let Some(maker) = entry.maker {
                *held.entry(&entry.name).or_default().entry(maker).or_default() += 1.0;
            }
        }
        let shares: Vec<(&Name, f64, f64)> = held
            .into_iter()
            .map(|(name, makers)| (name, makers.values().sum::<f64>(), makers))
            .filter(|(_, all, _)| *all > 1.0)
            .map(|(name, all, makers)| {
                let agreeing: f64 = makers.values().map(|number| number * (number - 1.0)).sum();
                (name, all - 1.0, agreeing / (all * (all - 1.0)))
            })
            .collect();
        let agrees = given.supplier_agrees_if_same.clamp(0.01, 0.99);
        let odds = given.names.same.differ * agrees / (1.0 - agrees);
        let implied = odds / (1.0 + odds);
        let mixed = |weight: f64, share: f64, towards: f64, weighs: f64| {
            (weight * share + weighs * towards) / (weight + weighs).max(f64::MIN_POSITIVE)
        };
        let weight: f64 = shares.iter().map(|(_, weight, _)| weight).sum();
        let sum: f64 = shares.iter().map(|(_, weight, share)| weight * share).sum();
        let usual = mixed(weight, sum / weight.max(f64::MIN_POSITIVE), implied, given.table_weighs);
        let by_name = shares.into_iter().map(|(name, weight, share)| {
            let share = mixed(weight, share, usual, given.register_weighs);
            let probability = (1.0 - agrees) * (share / agrees).min(1.0) / (1.0 - share).max(1e-9);
            (name.clone(), probability.min(agrees))
        });
        OneName { by_name: by_name.collect() }
    }

    /// How probable it is that two entries of this name are one product although their suppliers differ.
    pub(super) fn although_suppliers_differ(&self, name: &Name) -> Option<f64> {
        self.by_name.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use penshaw_register::Application;
    use serde_json::json;

    use super::*;
    use crate::Owned;

    #[test]
    fn suppliers_of_a_name_that_seldom_agree_say_that_it_is_no_product() {
        let given = SameProduct {
            supplier_agrees_if_same: 0.9,
            table_weighs: 0.0,
            register_weighs: 1.0,
            ..SameProduct::default()
        };
        let entry: Application = serde_json::from_value(json!({ "reference": "A1", "name": "Any" })).unwrap();
        let input = Owned { owner: "SCC".into(), entry };
        let entry = |name: u32, maker: usize| Entry {
            input: &input,
            authority: 0,
            source: penshaw_basis::Source::entry("SCC", "A1"),
            supplier: None,
            maker: Some(maker),
            name: Name(vec![name]),
            cost: None,
            contract: None,
            function: None,
        };
        // Name 1: three of one maker and one of another, 3 of 6 pairs agree. Name 2: two makers, no pair agrees.
        let entries = [(1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (3, 1)].map(|(name, maker)| entry(name, maker));
        let one_name = OneName::of(entries.iter(), &given);
        let of = |name: u32| one_name.although_suppliers_differ(&Name(vec![name]));
        // The register's share: (3 × 1/2 + 1 × 0) / 4 = 0.375. Name 1: (3 × 0.5 + 0.375) / 4; name 2: 0.375 / 2.
        let expected = |share: f64| 0.1 * (share / 0.9) / (1.0 - share);
        assert!((of(1).unwrap() - expected(0.46875)).abs() < 1e-12);
        assert!((of(2).unwrap() - expected(0.1875)).abs() < 1e-12);
        assert_eq!(of(3), None);
    }
}

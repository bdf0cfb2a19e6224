//! Function by authority: who has which applications for what.

use std::collections::{BTreeMap, BTreeSet};

use super::entries::Entries;
use super::functions::Functions;
use super::naming::Name;
use super::outcome::{FunctionCell, FunctionRow, NamedEntry};
use super::products::Products;

/// What entries are gathered under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Under {
    /// A function of the list.
    Listed(u32),
    /// A name that entries without a function share.
    Named(Name),
}

/// The entries of each function: those that record it, and those without one whose name several authorities use.
pub(super) fn by_function(entries: &Entries<'_>) -> BTreeMap<Under, Vec<usize>> {
    let mut by_function: BTreeMap<Under, Vec<usize>> = BTreeMap::new();
    for (place, entry) in entries.all.iter().enumerate() {
        let under = entry.function.map_or_else(|| Under::Named(entry.name.clone()), Under::Listed);
        by_function.entry(under).or_default().push(place);
    }
    by_function.retain(|under, places| {
        let several = |places: &[usize]| {
            let mut authorities = places.iter().map(|place| entries.all[*place].authority);
            authorities.next().is_some_and(|first| authorities.any(|other| other != first))
        };
        matches!(under, Under::Listed(_)) || several(places)
    });
    by_function
}

/// The matrix: each function at the top of the list with all below it, followed by the functions that are used.
pub(super) fn rows(
    entries: &Entries<'_>,
    products: &Products<'_>,
    functions: &Functions<'_>,
    by_function: &BTreeMap<Under, Vec<usize>>,
) -> Vec<FunctionRow> {
    let mut by_top: BTreeMap<u32, Vec<(u32, &Vec<usize>)>> = BTreeMap::new();
    let mut named = Vec::new();
    for (under, places) in by_function {
        match under {
            Under::Listed(id) => by_top.entry(functions.top(*id)).or_default().push((*id, places)),
            Under::Named(_) => named.push(places),
        }
    }
    let rowed = Rowed { entries, products };
    let mut rows = Vec::new();
    for (top, used) in by_top {
        let all: Vec<usize> = used.iter().flat_map(|(_, places)| places.iter().copied()).collect();
        rows.push(rowed.row(top.to_string(), functions.label(top), top.to_string(), true, &all));
        for (id, places) in used {
            rows.push(rowed.row(id.to_string(), functions.label(id), top.to_string(), false, places));
        }
    }
    for places in named {
        rows.push(rowed.row(String::new(), &products.name_of(places), String::new(), false, places));
    }
    rows
}

struct Rowed<'a> {
    entries: &'a Entries<'a>,
    products: &'a Products<'a>,
}

impl Rowed<'_> {
    fn row(&self, function: String, label: &str, top: String, rolled_up: bool, places: &[usize]) -> FunctionRow {
        let mut cells: BTreeMap<usize, Vec<NamedEntry>> = BTreeMap::new();
        for place in places {
            let entry = &self.entries.all[*place];
            let named = NamedEntry { entry: entry.source.clone(), name: entry.own().name.clone() };
            cells.entry(entry.authority).or_default().push(named);
        }
        let cell = |(authority, applications): (usize, Vec<NamedEntry>)| FunctionCell {
            authority: self.entries.partners[authority].code.clone(),
            applications,
        };
        FunctionRow {
            function,
            label: label.to_owned(),
            rolled_up,
            top,
            cells: cells.into_iter().map(cell).collect(),
            products: products_of(self.products, places).len(),
        }
    }
}

/// The products that entries mean: a group, or an entry that stands alone.
pub(super) fn products_of(products: &Products<'_>, places: &[usize]) -> BTreeSet<(Option<usize>, usize)> {
    places.iter().map(|place| products.product(*place)).collect()
}

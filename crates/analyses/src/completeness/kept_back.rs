//! Figures that partners keep back, and the bands and subtotals that they give instead.

use std::collections::BTreeMap;

use penshaw_register::{JointRegister, Kind};

use super::{GivenInstead, Input, KeptBack, KindCount};

/// What partners give in place of figures, by partner, kind and field.
pub(super) fn instead(joint: &JointRegister) -> Vec<GivenInstead> {
    let mut given: BTreeMap<(&str, Kind, &str), GivenInstead> = BTreeMap::new();
    for band in joint.bands() {
        of(&mut given, &band.owner, band.kind, &band.field).bands += 1;
    }
    for subtotal in joint.subtotals() {
        of(&mut given, &subtotal.owner, subtotal.kind, &subtotal.field).subtotals.push(subtotal.clone());
    }
    given.into_values().collect()
}

fn of<'given, 'joint>(
    given: &'given mut BTreeMap<(&'joint str, Kind, &'joint str), GivenInstead>,
    authority: &'joint str,
    kind: Kind,
    field: &'joint str,
) -> &'given mut GivenInstead {
    given.entry((authority, kind, field)).or_insert_with(|| GivenInstead {
        authority: authority.to_owned(),
        kind,
        field: field.to_owned(),
        bands: 0,
        subtotals: Vec::new(),
    })
}

/// Whole entries and figures that are kept back, partners in their order.
pub(super) fn rows(input: &Input) -> Vec<KeptBack> {
    let of_partner = |code: &str, name: &str| -> Vec<KeptBack> {
        let mut rows: BTreeMap<(Kind, String), KeptBack> = BTreeMap::new();
        for (kind, field, number) in input.counts.iter().filter(|count| count.authority == code).flat_map(numbers) {
            row(&mut rows, name, kind, field).number += number;
        }
        for given in input.instead.iter().filter(|given| given.authority == code) {
            let row = row(&mut rows, name, given.kind, &given.field);
            row.bands += given.bands;
            row.subtotals.extend(given.subtotals.iter().cloned());
        }
        rows.into_values().collect()
    };
    input.partners.iter().flat_map(|partner| of_partner(&partner.code, &partner.name)).collect()
}

/// The whole entries that a count keeps back, and its figures field by field.
fn numbers(count: &KindCount) -> Vec<(Kind, &str, usize)> {
    let is_figure = |name: &str| count.kind.field(name).is_some_and(|field| field.kind.is_figure());
    let fields = count.fields.iter().filter(|(name, _)| is_figure(name));
    let fields = fields.map(|(name, field)| (count.kind, name.as_str(), field.kept_back));
    let whole = std::iter::once((count.kind, "record", count.kept_back));
    whole.chain(fields).filter(|(_, _, number)| *number > 0).collect()
}

fn row<'rows>(
    rows: &'rows mut BTreeMap<(Kind, String), KeptBack>,
    name: &str,
    kind: Kind,
    field: &str,
) -> &'rows mut KeptBack {
    rows.entry((kind, field.to_owned())).or_insert_with(|| KeptBack {
        name: name.to_owned(),
        kind,
        field: field.to_owned(),
        number: 0,
        bands: 0,
        subtotals: Vec::new(),
    })
}

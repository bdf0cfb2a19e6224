//! A subtotal: how many figures an owner keeps back of a kind and field, and what they add up to.

use std::collections::BTreeMap;
use std::fmt;

use penshaw_basis::{Digester, FinancialYear, Money};
use serde::{Deserialize, Serialize};

use crate::band::{Figures, figures, unit_of};
use crate::projection::project;
use crate::{Kind, Record, SharingChoice};

/// How many entries make up a subtotal at least. A sum of one gives it away, and a sum
/// of two gives each away to whoever knows the other, such as its supplier.
pub const LEAST_ENTRIES: u64 = 3;

/// What figures add up to that their owner keeps back one by one.
///
/// It covers only figures that are kept back and for which no band is given, so that
/// nothing which is shared can be subtracted from it; there is one for each owner, kind,
/// field and year, so that no two of them overlap; and it is given only where at
/// least [`LEAST_ENTRIES`] entries make it up. It is shown and never added to anything.
///
/// What it cannot hide: of figures that cannot be negative none is more than the sum,
/// and when one entry joins or leaves, the difference from an earlier subtotal is its
/// figure. Where entries come and go, a [band](crate::Band) tells less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subtotal {
    /// The owner's code.
    pub owner: String,
    /// The kind of entry.
    pub kind: Kind,
    /// The field's name.
    pub field: String,
    /// The financial year, for a field that has amounts by year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<FinancialYear>,
    /// How many entries make it up.
    pub entries: u64,
    /// What they add up to.
    pub sum: Sum,
}

/// What a subtotal comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    /// Money, in pence.
    Pence(Money),
    /// A number in a unit, which may be empty.
    Number {
        /// How much.
        amount: f64,
        /// Of what.
        unit: String,
    },
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sum::Pence(money) => money.fmt(f),
            Sum::Number { amount, unit } => f.write_str(format!("{amount} {unit}").trim_end()),
        }
    }
}

impl Subtotal {
    /// Adds what is shown of it to a digest.
    pub(crate) fn digest_into(&self, digester: &mut Digester) {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        digester.part("subtotal").part(self.kind.key()).part(&self.field).part(&year);
        digester.part(&self.entries.to_string()).part(&self.sum.to_string());
    }
}

/// The subtotals that an owner's choices give of its records, which are added in the order in which they stand.
///
/// ```
/// use penshaw_register::{Kind, Record, SharingChoice, subtotals};
/// let contract = |reference: &str, pounds: i64| {
///     let mut record = Record::new(Kind::Contract, reference);
///     record.fields.insert("value".into(), (pounds * 100).into());
///     record
/// };
/// let contracts = [contract("C1", 10_000), contract("C2", 20_000), contract("C3", 30_000)];
/// let choices: Vec<SharingChoice> = serde_json::from_str(
///     r#"[{ "kind": "contracts", "fields": "value", "shared": false, "instead": "subtotal" }]"#,
/// )?;
/// let given = subtotals("SCC", &contracts, &choices);
/// assert_eq!((given[0].entries, given[0].sum.to_string()), (3, "£60,000.00".into()));
/// assert!(subtotals("SCC", &contracts[..2], &choices).is_empty()); // two would give each other away
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn subtotals(owner: &str, records: &[Record], choices: &[SharingChoice]) -> Vec<Subtotal> {
    let mut adding = Adding::default();
    for record in records {
        adding.add(record, &project(owner, record, choices).subtotalled);
    }
    adding.given(owner)
}

/// What was added so far, by kind, field and year.
#[derive(Default)]
pub(crate) struct Adding(BTreeMap<(Kind, String, Option<FinancialYear>), Added>);

#[derive(Default)]
struct Added {
    entries: u64,
    // Wider than any record, so that no sum of them can overflow.
    pence: i128,
    number: f64,
}

impl Adding {
    /// Adds the figures of the fields of a record that go into subtotals.
    pub(crate) fn add(&mut self, record: &Record, fields: &[String]) {
        for name in fields {
            let field = record.kind.field(name).zip(record.fields.get(name));
            let Some(figures) = field.and_then(|(field, value)| figures(field, value)) else { continue };
            match figures {
                Figures::Number(number) => self.one_more(record.kind, name, None).number += number,
                Figures::Pence(amounts) => {
                    for (year, pence) in amounts {
                        self.one_more(record.kind, name, year).pence += i128::from(pence);
                    }
                }
            }
        }
    }

    fn one_more(&mut self, kind: Kind, field: &str, year: Option<FinancialYear>) -> &mut Added {
        let added = self.0.entry((kind, field.to_owned(), year)).or_default();
        added.entries += 1;
        added
    }

    /// The subtotals that enough entries make up.
    pub(crate) fn given(self, owner: &str) -> Vec<Subtotal> {
        let enough = self.0.into_iter().filter(|(_, added)| added.entries >= LEAST_ENTRIES);
        let subtotal = |((kind, field, year), added): ((Kind, String, Option<FinancialYear>), Added)| {
            let sum = added.sum(kind, &field)?;
            Some(Subtotal { owner: owner.to_owned(), kind, field, year, entries: added.entries, sum })
        };
        enough.filter_map(subtotal).collect()
    }

    /// The kinds and fields of which too few entries make up a subtotal, in every year, and how many they are.
    pub(crate) fn too_few(&self) -> Vec<(Kind, &str, u64)> {
        let mut most: BTreeMap<(Kind, &str), u64> = BTreeMap::new();
        for ((kind, field, _), added) in &self.0 {
            let entries = most.entry((*kind, field)).or_default();
            *entries = added.entries.max(*entries);
        }
        let few = most.into_iter().filter(|(_, entries)| *entries < LEAST_ENTRIES);
        few.map(|((kind, field), entries)| (kind, field, entries)).collect()
    }
}

impl Added {
    fn sum(&self, kind: Kind, field: &str) -> Option<Sum> {
        match unit_of(kind.field(field)?) {
            "£" => Some(Sum::Pence(Money::from_pence(i64::try_from(self.pence).ok()?))),
            unit => self.number.is_finite().then(|| Sum::Number { amount: self.number, unit: unit.to_owned() }),
        }
    }
}

//! A baseline: one owner's records, frozen and dated, with a digest that is the same on every machine.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Digest, Digester};
use serde::{Deserialize, Serialize};

use crate::record::is_nothing;
use crate::{Kind, Record};

/// The owner of the records that the partners hold together.
pub const PARTNERSHIP: &str = "partnership";

/// One owner's records as they stood on a day. It cannot be changed.
///
/// ```
/// use penshaw_register::{Baseline, Kind, Record};
/// let day = jiff::civil::date(2014, 3, 31);
/// let one = Baseline::freeze("SCC", day, vec![Record::new(Kind::Site, "S1"), Record::new(Kind::Post, "P1")]);
/// let other = Baseline::freeze("SCC", day, vec![Record::new(Kind::Post, "P1"), Record::new(Kind::Site, "S1")]);
/// assert_eq!(one.digest(), other.digest()); // the order of the files does not matter
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Kept")]
pub struct Baseline {
    owner: String,
    on: Date,
    records: Vec<Record>,
    digest: Digest,
}

impl Baseline {
    /// Freezes an owner's records. Two records of one kind and reference are the
    /// reader's finding; here the last one stands. A field in which nothing was
    /// written is left out, so that it makes no other digest than one that is not there.
    pub fn freeze(owner: impl Into<String>, on: Date, records: Vec<Record>) -> Self {
        let sorted: BTreeMap<(Kind, String), Record> =
            records.into_iter().map(|record| ((record.kind, record.reference.clone()), written(record))).collect();
        let records: Vec<Record> = sorted.into_values().collect();
        let owner = owner.into();
        let digest = digest(&owner, on, &records);
        Baseline { owner, on, records, digest }
    }

    /// The owner's code, or [`PARTNERSHIP`].
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The day on which it was frozen.
    pub fn on(&self) -> Date {
        self.on
    }

    /// The records, by kind and reference.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The digest of owner, day and records, for the owner alone: whoever knows the
    /// rest of a record could guess a price that is kept back from it. Partners see
    /// the digests of the [joint register](crate::JointRegister::digests).
    pub fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// A record without the fields in which nothing was written.
fn written(mut record: Record) -> Record {
    record.fields.retain(|_, value| !is_nothing(value));
    record.field_confidence.retain(|name, _| record.fields.contains_key(name));
    record
}

/// A baseline as it is kept, before its digest is believed.
#[derive(Deserialize)]
struct Kept {
    owner: String,
    on: Date,
    records: Vec<Record>,
    digest: Digest,
}

/// A kept baseline is not what was frozen.
#[derive(Debug, thiserror::Error)]
#[error("the baseline of {0} is not what was frozen: its digest differs")]
struct Changed(String);

impl TryFrom<Kept> for Baseline {
    type Error = Changed;

    fn try_from(kept: Kept) -> Result<Self, Changed> {
        let frozen = Baseline::freeze(kept.owner, kept.on, kept.records);
        if frozen.digest == kept.digest { Ok(frozen) } else { Err(Changed(frozen.owner)) }
    }
}

fn digest(owner: &str, on: Date, records: &[Record]) -> Digest {
    let mut digester = Digester::new("penshaw baseline 1");
    digester.part(owner).part(&on.to_string()).part(&records.len().to_string());
    for record in records {
        record.digest_into(&mut digester);
    }
    digester.finish()
}

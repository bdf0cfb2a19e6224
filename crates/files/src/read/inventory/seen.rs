//! What a thread saw of the rows: how many count, and why others do not.

use std::collections::BTreeMap;

use hashbrown::HashMap;

/// Why a row does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It has more values than there are headings.
    TooManyValues,
    /// It names no device.
    NoDevice,
    /// It names no product.
    NoProduct,
    /// It names no authority.
    NoAuthority,
    /// It was last used before the day that was asked for.
    NotUsedSince,
}

impl Reason {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Reason::TooManyValues => "more values than headings",
            Reason::NoDevice => "no device",
            Reason::NoProduct => "no product",
            Reason::NoAuthority => "no authority",
            Reason::NotUsedSince => "not used since the day asked for",
        }
    }

    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Reason::TooManyValues => "put values that hold the separator between quotation marks",
            Reason::NotUsedSince => "nothing is wrong with them: leave out the day to count them too",
            _ => "fill it in where the inventory was taken, and export it again",
        }
    }
}

/// Rows that do not count for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Why.
    pub reason: Reason,
    /// How many rows.
    pub rows: u64,
    /// The first of them: line of a CSV file, row of a Parquet file, from 1.
    pub first: Vec<u64>,
}

/// How many rows are named as examples.
const EXAMPLES: usize = 3;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) read: u64,
    pub(super) used: u64,
    pub(super) of_others: u64,
    pub(super) undated: u64,
    aside: BTreeMap<Reason, (u64, Vec<u64>)>,
    /// How many rows name a publisher (low 32 bits) of an item (high 32 bits).
    pub(super) publishers: HashMap<u64, u64>,
    /// The most cores of each device.
    pub(super) cores: HashMap<u32, u32>,
}

impl Seen {
    /// Notes a row that does not count.
    pub(super) fn put_aside(&mut self, reason: Reason, row: u64) {
        let (rows, first) = self.aside.entry(reason).or_default();
        *rows += 1;
        if first.len() < EXAMPLES {
            first.push(row);
        }
    }

    /// What two threads saw.
    pub(super) fn and(mut self, other: Seen) -> Seen {
        self.read += other.read;
        self.used += other.used;
        self.of_others += other.of_others;
        self.undated += other.undated;
        for (reason, (rows, first)) in other.aside {
            let (all, firsts) = self.aside.entry(reason).or_default();
            *all += rows;
            firsts.extend(first);
            firsts.sort_unstable();
            firsts.truncate(EXAMPLES);
        }
        other.publishers.into_iter().for_each(|(pair, rows)| *self.publishers.entry(pair).or_default() += rows);
        for (device, cores) in other.cores {
            let most = self.cores.entry(device).or_default();
            *most = cores.max(*most);
        }
        self
    }

    /// The rows that do not count, by the reason.
    pub(super) fn set_aside(&self) -> Vec<SetAside> {
        let aside = self.aside.iter();
        aside.map(|(reason, (rows, first))| SetAside { reason: *reason, rows: *rows, first: first.clone() }).collect()
    }
}

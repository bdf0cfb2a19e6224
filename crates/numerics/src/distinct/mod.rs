//! How many different members each group has: an exact count over any number of keys, within a bounded memory.
//!
//! Keys are dealt to parts by their group, so that a group lies in one part. A part sorts what it was dealt when that
//! comes to its room, drops repetitions, and keeps the rest as a run of steps, two or three bytes a key where groups
//! are dense. Runs beyond the room in memory go to a scratch file. At the end each part merges its runs, reading a
//! little of each at a time.

mod merge;
mod run;
mod store;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Mutex;

use rayon::prelude::*;

use merge::{Cursor, each_once};
use store::{Kept, Store};

pub use store::{OpenScratch, Scratch};

/// Into how many parts keys are dealt, as a power of two.
const PARTS_LOG: u32 = 9;
const PARTS: usize = 1 << PARTS_LOG;
/// How many keys a dealer holds for each part before it hands them over.
const HAND: usize = 128;
/// The least room of a part, in keys: below it sorting would do nothing but sort.
const LEAST_ROOM: usize = 1 << 10;
/// The share of the memory for keys as they come, and for runs; what is left is for dealers and merging.
const FOR_KEYS: usize = 4;
const FOR_RUNS: usize = 2;

/// Counts the different members of groups.
///
/// A key is a group in its high bits and a member in its low ones.
///
/// ```
/// use std::io::Cursor;
/// use penshaw_numerics::distinct::Distinct;
/// let distinct = Distinct::new(8, 1 << 20, Box::new(|| Ok(Box::new(Cursor::new(Vec::new())))));
/// let mut dealer = distinct.dealer();
/// // Group 1 has the members 5 and 6, group 2 the member 5.
/// dealer.deal(&[0x105, 0x106, 0x105, 0x205])?;
/// dealer.finish()?;
/// let groups = distinct.finish(|_, _| 0)?;
/// assert_eq!(groups.iter().map(|group| (group.group, group.members)).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Distinct {
    member_bits: u32,
    room: usize,
    parts: Vec<Mutex<Part>>,
    store: Store,
}

/// One group's count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The group.
    pub group: u64,
    /// How many different members it has.
    pub members: u64,
    /// What its members weigh together.
    pub weight: u64,
}

/// What was dealt to a part.
#[derive(Default)]
struct Part {
    keys: Vec<u64>,
    runs: Vec<Kept>,
}

impl Distinct {
    /// A count of members of `member_bits` bits that holds about `memory` bytes; beyond them it opens a scratch file.
    ///
    /// # Panics
    /// If a member has no bits or all 64.
    pub fn new(member_bits: u32, memory: usize, open: Box<OpenScratch>) -> Self {
        assert!((1..64).contains(&member_bits), "a key holds a member and a group");
        let room = (memory / FOR_KEYS / PARTS / size_of::<u64>()).max(LEAST_ROOM);
        let parts = (0..PARTS).map(|_| Mutex::default()).collect();
        Distinct { member_bits, room, parts, store: Store::new(memory / FOR_RUNS, open) }
    }

    /// Deals keys to the parts; each thread has one of its own.
    pub fn dealer(&self) -> Dealer<'_> {
        Dealer { distinct: self, hands: vec![0; PARTS * HAND], held: vec![0; PARTS] }
    }

    /// Bytes that went to the scratch file so far.
    pub fn spilled(&self) -> u64 {
        self.store.spilled()
    }

    /// Every group in rising order with its count and the weights of its members, each member of a group weighed once.
    ///
    /// # Errors
    /// If the scratch file cannot be read.
    pub fn finish(self, weight: impl Fn(u64, u64) -> u64 + Sync) -> io::Result<Vec<Group>> {
        let Distinct { member_bits, parts, store, .. } = self;
        let counted: Vec<Vec<Group>> = parts
            .into_par_iter()
            .map(|part| {
                let part = part.into_inner().expect("no holder of a part panics");
                part.counted(member_bits, &store, &weight)
            })
            .collect::<io::Result<_>>()?;
        let mut groups = Vec::with_capacity(counted.iter().map(Vec::len).sum());
        counted.into_iter().for_each(|of_part| groups.extend(of_part));
        groups.par_sort_unstable_by_key(|group: &Group| group.group);
        Ok(groups)
    }

    fn take(&self, place: usize, keys: &[u64]) -> io::Result<()> {
        let mut part = self.parts[place].lock().expect("no holder of a part panics");
        part.keys.extend_from_slice(keys);
        if part.keys.len() >= self.room { part.tidy(self.room, &self.store) } else { Ok(()) }
    }
}

impl Part {
    /// Sorts what was dealt; keeps it as a run, unless most of it was repetition.
    fn tidy(&mut self, room: usize, store: &Store) -> io::Result<()> {
        self.keys.sort_unstable();
        self.keys.dedup();
        if self.keys.len() > room / 2 {
            self.runs.push(store.keep(run::encoded(&self.keys))?);
            self.keys.clear();
        }
        Ok(())
    }

    fn counted(mut self, member_bits: u32, store: &Store, weight: impl Fn(u64, u64) -> u64) -> io::Result<Vec<Group>> {
        self.keys.sort_unstable();
        self.keys.dedup();
        let mut groups: Vec<Group> = Vec::new();
        let cursors = self.runs.into_iter().map(|kept| Cursor::new(store, kept)).collect();
        each_once(cursors, &self.keys, |key| {
            let (group, member) = (key >> member_bits, key & ((1 << member_bits) - 1));
            let weight = weight(group, member);
            match groups.last_mut() {
                Some(last) if last.group == group => {
                    last.members += 1;
                    last.weight += weight;
                }
                _ => groups.push(Group { group, members: 1, weight }),
            }
        })?;
        Ok(groups)
    }
}

/// Deals keys to parts, some at a time.
pub struct Dealer<'a> {
    distinct: &'a Distinct,
    hands: Vec<u64>,
    held: Vec<u32>,
}

impl Dealer<'_> {
    /// Takes keys over.
    ///
    /// # Errors
    /// If the scratch file cannot be written.
    pub fn deal(&mut self, keys: &[u64]) -> io::Result<()> {
        let member_bits = self.distinct.member_bits;
        for key in keys {
            let part = part_of(key >> member_bits);
            let held = self.held[part] as usize;
            self.hands[part * HAND + held] = *key;
            if held + 1 < HAND {
                self.held[part] += 1;
            } else {
                self.held[part] = 0;
                self.distinct.take(part, &self.hands[part * HAND..][..HAND])?;
            }
        }
        Ok(())
    }

    /// Hands over what it still holds. A dealer that is dropped without it loses keys.
    ///
    /// # Errors
    /// If the scratch file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        for (part, held) in self.held.iter().enumerate() {
            self.distinct.take(part, &self.hands[part * HAND..][..*held as usize])?;
        }
        Ok(())
    }
}

/// The part of a group: groups that follow each other are scattered (Fibonacci hashing).
fn part_of(group: u64) -> usize {
    (group.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PARTS_LOG)) as usize
}

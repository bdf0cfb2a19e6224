//! Runs merged into one rising line of keys, reading a little of each at a time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;

use super::run::{LONGEST_STEP, step};
use super::store::{Kept, Store};

/// How much of a run in the scratch file is read at once.
const READ_AT_ONCE: usize = 1 << 16;

/// A run while it is read.
pub(super) struct Cursor<'a> {
    store: &'a Store,
    kept: Kept,
    /// What was read of a run in the scratch file, and how far its bytes were read.
    window: Vec<u8>,
    read: usize,
    at: usize,
    before: u64,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(store: &'a Store, kept: Kept) -> Self {
        Cursor { store, kept, window: Vec::new(), read: 0, at: 0, before: 0 }
    }

    /// The next key; none at the end of the run.
    fn next(&mut self) -> io::Result<Option<u64>> {
        if let Kept::Scratch { at, length } = self.kept
            && self.window.len() - self.at < LONGEST_STEP
            && self.read < length
        {
            self.window.drain(..self.at);
            self.at = 0;
            let (from, more) = (self.window.len(), READ_AT_ONCE.min(length - self.read));
            self.window.resize(from + more, 0);
            self.store.read(at + self.read as u64, &mut self.window[from..])?;
            self.read += more;
        }
        let bytes = match &self.kept {
            Kept::Memory(bytes) => bytes,
            Kept::Scratch { .. } => &self.window,
        };
        let Some((step, taken)) = step(&bytes[self.at..]) else { return Ok(None) };
        self.at += taken;
        self.before += step;
        Ok(Some(self.before))
    }
}

/// Gives every key of the runs and of the rest, in rising order, each once; the rest is in order without repetition.
pub(super) fn each_once(cursors: Vec<Cursor<'_>>, rest: &[u64], mut give: impl FnMut(u64)) -> io::Result<()> {
    let mut cursors = cursors;
    let mut heads = BinaryHeap::with_capacity(cursors.len());
    for (place, cursor) in cursors.iter_mut().enumerate() {
        heads.extend(cursor.next()?.map(|key| Reverse((key, place))));
    }
    let mut rest = rest.iter().copied().peekable();
    let mut given = None;
    let mut once = |key: u64| {
        if given != Some(key) {
            given = Some(key);
            give(key);
        }
    };
    while let Some(mut head) = heads.peek_mut() {
        let Reverse((key, place)) = *head;
        while let Some(own) = rest.next_if(|own| *own <= key) {
            once(own);
        }
        once(key);
        match cursors[place].next()? {
            Some(next) => *head = Reverse((next, place)),
            None => _ = PeekMut::pop(head),
        }
    }
    rest.for_each(once);
    Ok(())
}

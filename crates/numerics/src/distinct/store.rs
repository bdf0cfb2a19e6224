//! Where runs are kept: in memory, and beyond the room for them in a scratch file.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A scratch file: written at its end, read anywhere.
pub trait Scratch: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Scratch for T {}

/// Opens a new scratch file.
pub type OpenScratch = dyn Fn() -> io::Result<Box<dyn Scratch>> + Send + Sync;

/// The bytes of a run.
#[derive(Debug)]
pub(super) enum Kept {
    Memory(Vec<u8>),
    Scratch { at: u64, length: usize },
}

/// All runs' bytes.
pub(super) struct Store {
    room: usize,
    held: AtomicUsize,
    open: Box<OpenScratch>,
    file: Mutex<Option<(Box<dyn Scratch>, u64)>>,
}

impl Store {
    /// A store that holds about so many bytes in memory.
    pub(super) fn new(room: usize, open: Box<OpenScratch>) -> Self {
        Store { room, held: AtomicUsize::new(0), open, file: Mutex::new(None) }
    }

    /// Keeps the bytes of a run.
    pub(super) fn keep(&self, bytes: Vec<u8>) -> io::Result<Kept> {
        let length = bytes.len();
        if self.held.fetch_add(length, Ordering::Relaxed) + length <= self.room {
            return Ok(Kept::Memory(bytes));
        }
        self.held.fetch_sub(length, Ordering::Relaxed);
        let mut file = self.file.lock().expect("no holder of the scratch file panics");
        if file.is_none() {
            *file = Some(((self.open)()?, 0));
        }
        let (scratch, end) = file.as_mut().expect("it was opened");
        scratch.seek(SeekFrom::Start(*end))?;
        scratch.write_all(&bytes)?;
        let at = *end;
        *end += length as u64;
        Ok(Kept::Scratch { at, length })
    }

    /// Bytes that were written to the scratch file.
    pub(super) fn spilled(&self) -> u64 {
        self.file.lock().expect("no holder of the scratch file panics").as_ref().map_or(0, |(_, end)| *end)
    }

    /// Fills the buffer from a place in the scratch file.
    pub(super) fn read(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().expect("no holder of the scratch file panics");
        let (scratch, _) = file.as_mut().ok_or_else(|| io::Error::other("no scratch file was opened"))?;
        scratch.seek(SeekFrom::Start(at))?;
        scratch.read_exact(buffer)
    }
}

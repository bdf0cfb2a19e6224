//! A CSV file, cut where lines end into blocks that threads read by themselves.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Mutex;

use csv::{ByteRecord, ReaderBuilder};
use memchr::{memchr, memchr_iter, memrchr};

use super::counting::{Codes, NO_DAY, Shared, Worker};
use super::names::{Coder, NOTHING};
use super::seen::{Reason, Seen};
use super::{Holds, Inventory, START, Taker, Wanted, inventory_of, not_opened, wanted_columns};
use crate::read::decode;
use crate::read::delimited::separator;
use crate::read::written::Wrong;

/// About how much a thread takes at once.
const BLOCK: usize = 1 << 22;
/// The longest record: beyond it a quotation mark was left open.
const LONGEST: usize = 1 << 26;
/// How many rows have their codes counted together.
const ROWS: usize = 1 << 14;

pub(super) fn read(path: &Path, wanted: &Wanted, taker: &dyn Taker) -> Result<Inventory, Wrong> {
    let file = File::open(path).map_err(|error| not_opened(&error))?;
    let mut blocks = Blocks::of(file)?;
    let Some(first) = blocks.next()? else {
        return Err(Wrong::new("the file is empty", "begin with the line: device,product,version"));
    };
    let mut reader =
        ReaderBuilder::new().delimiter(blocks.separator).has_headers(false).flexible(true).from_reader(&*first.bytes);
    let mut head = ByteRecord::new();
    reader.read_byte_record(&mut head).map_err(|error| unread(&error))?;
    let headings: Vec<String> = head.iter().map(|heading| decode::text(heading.trim_ascii()).into_owned()).collect();
    let columns = wanted_columns(&headings, wanted)?;
    let after = reader.position().byte() as usize;
    let rest = Block { line: first.line + lines_in(&first.bytes[..after]), bytes: first.bytes[after..].to_vec() };
    let shared = Shared::new(wanted, columns[Holds::Authority as usize].is_some())?;
    let source = Source {
        separator: blocks.separator,
        width: headings.len(),
        columns,
        blocks: Mutex::new((Some(rest), Ok(blocks))),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let seen: Result<Vec<Seen>, Wrong> = std::thread::scope(|scope| {
        let work = || source.counted(Worker::new(&shared, taker));
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("reading lines does not panic")).collect()
    });
    Ok(inventory_of(shared, seen?, columns, &headings))
}

fn unread(error: &csv::Error) -> Wrong {
    Wrong::new(format!("it cannot be read as CSV: {error}"), "save it as CSV again")
}

fn lines_in(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Whole records, and the line on which they begin.
struct Block {
    bytes: Vec<u8>,
    line: u64,
}

/// What the threads read from.
struct Source {
    separator: u8,
    width: usize,
    columns: [Option<usize>; 8],
    /// What is left of the block of the headings, and the rest of the file until something is wrong with it.
    blocks: Mutex<(Option<Block>, Result<Blocks, ()>)>,
}

impl Source {
    fn next(&self) -> Result<Option<Block>, Wrong> {
        let mut held = self.blocks.lock().expect("no holder of the file panics");
        let (rest, blocks) = &mut *held;
        if let Some(block) = rest.take() {
            return Ok(Some(block));
        }
        let Ok(open) = blocks else { return Ok(None) };
        let next = open.next();
        if next.is_err() {
            *blocks = Err(());
        }
        next
    }

    fn counted(&self, mut worker: Worker<'_>) -> Result<Seen, Wrong> {
        let mut codes = Codes::default();
        let mut record = ByteRecord::new();
        while let Some(block) = self.next()? {
            let mut reader = ReaderBuilder::new()
                .delimiter(self.separator)
                .has_headers(false)
                .flexible(true)
                .from_reader(&*block.bytes);
            let mut starts = Vec::new();
            let mut more = true;
            while more {
                more = reader.read_byte_record(&mut record).map_err(|error| unread(&error))?;
                if more {
                    let at = record.position().map_or(0, csv::Position::byte);
                    self.row(&record, &block, at, &mut worker, &mut codes, &mut starts)?;
                }
                if starts.len() == ROWS || !more {
                    worker.count(&codes, |place| block.line_of(starts[place]))?;
                    codes.clear();
                    starts.clear();
                }
            }
        }
        worker.finish()
    }

    fn row(
        &self,
        record: &ByteRecord,
        block: &Block,
        at: u64,
        worker: &mut Worker<'_>,
        codes: &mut Codes,
        starts: &mut Vec<u64>,
    ) -> Result<(), Wrong> {
        if record.len() > self.width && record.iter().skip(self.width).any(|value| !value.trim_ascii().is_empty()) {
            worker.seen.read += 1;
            worker.seen.put_aside(Reason::TooManyValues, block.line_of(at));
            return Ok(());
        }
        starts.push(at);
        for (holds, column) in Holds::ALL.into_iter().zip(self.columns) {
            let Some(column) = column else { continue };
            let text = record.get(column).unwrap_or_default().trim_ascii();
            if holds == Holds::LastUsed {
                let day = if text.is_empty() { NO_DAY } else { worker.day(text) };
                codes.last_used.push(day);
                continue;
            }
            worker.coded(holds, codes, |coder: &mut dyn Coder, found| {
                found.push(if text.is_empty() { NOTHING } else { coder.text(text)? });
                Ok(())
            })?;
        }
        Ok(())
    }
}

impl Block {
    /// The line of the record that begins at this byte, blank lines before it left out.
    fn line_of(&self, at: u64) -> u64 {
        let from = at as usize;
        let blank = self.bytes[from..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        self.line + lines_in(&self.bytes[..from + blank])
    }
}

/// Cuts a file into blocks of whole records.
struct Blocks {
    file: Box<dyn Read + Send>,
    separator: u8,
    /// What was read after the last record's end.
    held: Vec<u8>,
    line: u64,
    ended: bool,
}

impl Blocks {
    fn of(mut file: File) -> Result<Self, Wrong> {
        let mut start = Vec::new();
        file.by_ref().take(START).read_to_end(&mut start).map_err(|error| not_opened(&error))?;
        let (bytes, file): (Vec<u8>, Box<dyn Read + Send>) = match start.get(..2) {
            Some(mark @ (b"\xFF\xFE" | b"\xFE\xFF")) => {
                let little = mark == b"\xFF\xFE";
                let whole = io::Cursor::new(start[2..].to_vec()).chain(file);
                (
                    Vec::new(),
                    Box::new(FromUtf16 { source: Box::new(whole), little, odd: None, high: None, out: Vec::new() }),
                )
            }
            _ => (start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).to_vec(), Box::new(file)),
        };
        let mut blocks = Blocks { file, separator: b',', held: bytes, line: 1, ended: false };
        blocks.fill(START as usize).map_err(|error| not_opened(&error))?;
        let text = String::from_utf8_lossy(&blocks.held).into_owned();
        let (found, _, skipped) = separator(&text);
        blocks.separator = found;
        if skipped > 0 {
            let end = memchr(b'\n', &blocks.held).map_or(blocks.held.len(), |end| end + 1);
            blocks.held.drain(..end);
            blocks.line += 1;
        }
        Ok(blocks)
    }

    /// Reads on until so much is held or the file ends.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        while !self.ended && self.held.len() < wanted {
            let more = (wanted - self.held.len()) as u64;
            self.ended = self.file.by_ref().take(more).read_to_end(&mut self.held)? == 0;
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Block>, Wrong> {
        let mut wanted = BLOCK;
        loop {
            self.fill(wanted).map_err(|error| not_opened(&error))?;
            let end = if self.ended { Some(self.held.len()) } else { last_end(&self.held, self.separator) };
            let Some(end) = end else {
                wanted *= 2;
                if wanted > LONGEST {
                    return Err(Wrong::new(
                        format!(
                            "from line {} on no line ends for {} million characters",
                            self.line,
                            LONGEST / 1_000_000
                        ),
                        "close the quotation mark that was left open there",
                    ));
                }
                continue;
            };
            if end == 0 {
                return Ok(None);
            }
            let rest = self.held.split_off(end);
            let bytes = std::mem::replace(&mut self.held, rest);
            let line = self.line;
            self.line += lines_in(&bytes);
            return Ok(Some(Block { bytes, line }));
        }
    }
}

/// The end of the last whole record: after a line's end that stands in no quotation marks.
fn last_end(bytes: &[u8], separator: u8) -> Option<usize> {
    let mut last = None;
    let mut at = 0;
    let newline = |from: usize, to: usize| memrchr(b'\n', &bytes[from..to]).map(|place| from + place + 1);
    while let Some(quote) = memchr(b'"', &bytes[at..]).map(|place| at + place) {
        last = newline(at, quote).or(last);
        let opens = quote == 0 || [separator, b'\n', b'\r'].contains(&bytes[quote - 1]);
        at = quote + 1;
        if !opens {
            continue;
        }
        loop {
            let Some(close) = memchr(b'"', &bytes[at..]).map(|place| at + place) else { return last };
            match bytes.get(close + 1) {
                Some(b'"') => at = close + 2,
                Some(_) => {
                    at = close + 1;
                    break;
                }
                None => return last,
            }
        }
    }
    newline(at, bytes.len()).or(last)
}

/// UTF-16 read as UTF-8.
struct FromUtf16 {
    source: Box<dyn Read + Send>,
    little: bool,
    /// Half of a unit, and the first half of a pair.
    odd: Option<u8>,
    high: Option<u16>,
    out: Vec<u8>,
}

impl Read for FromUtf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out.is_empty() {
            let mut raw = Vec::with_capacity(START as usize);
            raw.extend(self.odd.take());
            if self.source.by_ref().take(START).read_to_end(&mut raw)? == 0 {
                return Ok(0);
            }
            let pairs = raw.chunks_exact(2);
            self.odd = pairs.remainder().first().copied();
            let unit = |pair: &[u8]| match self.little {
                true => u16::from_le_bytes([pair[0], pair[1]]),
                false => u16::from_be_bytes([pair[0], pair[1]]),
            };
            let mut units: Vec<u16> = self.high.take().into_iter().chain(pairs.map(unit)).collect();
            self.high = units.pop_if(|last| (0xD800..0xDC00).contains(last));
            self.out = String::from_utf16_lossy(&units).into_bytes();
        }
        let taken = buffer.len().min(self.out.len());
        buffer[..taken].copy_from_slice(&self.out[..taken]);
        self.out.drain(..taken);
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_ends_where_no_quotation_mark_is_open() {
        let end = |text: &str| last_end(text.as_bytes(), b',');
        assert_eq!(end("a,b\nc,d"), Some(4));
        assert_eq!(end("a,\"b\nc"), None);
        assert_eq!(end("a\n\"b\nc\"\nd,\"e\n"), Some(8));
        // A mark within a value opens nothing.
        assert_eq!(end("a,24\" screen\nb"), Some(13));
        assert_eq!(end("\"a \"\"b\"\"\n\",c\n"), Some(13));
        assert_eq!(end("a\n\"b\""), Some(2));
    }
}

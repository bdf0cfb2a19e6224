//! Names as small numbers: each different text has a code, the same in every thread.

use std::hash::BuildHasher;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::read::decode;

/// Stands for a name that is not there.
pub(super) const NOTHING: u32 = u32::MAX;

/// Whole numbers below it are their own code among scattered names; the codes of texts begin here.
pub(super) const OWN_CODE: u32 = 1 << 27;

/// Into how many shelves scattered names are put, so that threads seldom wait for each other.
const SHELVES: usize = 64;

/// Why a name has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoCode {
    /// There are more different names than codes.
    TooMany,
    /// They take more memory than is allowed.
    NoRoom,
}

/// What all names may take, in bytes.
#[derive(Debug)]
pub(super) struct Room {
    most: usize,
    taken: AtomicUsize,
}

impl Room {
    pub(super) fn new(most: usize) -> Self {
        Room { most, taken: AtomicUsize::new(0) }
    }

    fn take(&self, bytes: usize) -> Result<(), NoCode> {
        match self.taken.fetch_add(bytes, Ordering::Relaxed) + bytes <= self.most {
            true => Ok(()),
            false => Err(NoCode::NoRoom),
        }
    }
}

/// Texts, each once, in the order in which they came.
#[derive(Debug, Default)]
struct Shelf {
    found: HashTable<u32>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Shelf {
    /// The text's place, and whether it is new.
    fn place(&mut self, hash: u64, text: &[u8], hasher: &DefaultHashBuilder) -> (u32, bool) {
        let Shelf { found, bytes, ends } = self;
        if let Some(place) = found.find(hash, |place| text_of(bytes, ends, *place) == text) {
            return (*place, false);
        }
        let place = ends.len() as u32;
        bytes.extend_from_slice(text);
        ends.push(bytes.len());
        found.insert_unique(hash, place, |place| hasher.hash_one(text_of(bytes, ends, *place)));
        (place, true)
    }
}

fn text_of<'a>(bytes: &'a [u8], ends: &[usize], place: u32) -> &'a [u8] {
    let place = place as usize;
    let from = if place == 0 { 0 } else { ends[place - 1] };
    &bytes[from..ends[place]]
}

/// What one name takes besides its text.
const EACH: usize = 32;

/// Names with their codes.
#[derive(Debug)]
pub(super) struct Names {
    shelves: Vec<Mutex<Shelf>>,
    hasher: DefaultHashBuilder,
    most: usize,
}

impl Names {
    /// Names whose codes follow each other from 0, at most so many.
    pub(super) fn dense(most: usize) -> Self {
        Names { shelves: vec![Mutex::default()], hasher: DefaultHashBuilder::default(), most }
    }

    /// Names of which there may be very many; their codes lie below `OWN_CODE`.
    pub(super) fn scattered() -> Self {
        let shelves = (0..SHELVES).map(|_| Mutex::default()).collect();
        Names { shelves, hasher: DefaultHashBuilder::default(), most: OWN_CODE as usize / SHELVES }
    }

    pub(super) fn code(&self, text: &[u8], room: &Room) -> Result<u32, NoCode> {
        let hash = self.hasher.hash_one(text);
        let number = self.shelves.len();
        // The table takes the low and the highest bits of the hash: the shelf is chosen by others.
        let shelf = (hash >> 40) as usize % number;
        let mut held = self.shelves[shelf].lock().expect("no holder of a shelf panics");
        let (place, new) = held.place(hash, text, &self.hasher);
        if new {
            room.take(text.len() + EACH)?;
            if place as usize >= self.most {
                return Err(NoCode::TooMany);
            }
        }
        Ok(place * number as u32 + shelf as u32)
    }

    /// The texts of dense names by their codes.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.into_bytes().iter().map(|bytes| decode::text(bytes).into_owned()).collect()
    }

    /// Dense names by their codes, byte by byte as they were given.
    pub(super) fn into_bytes(self) -> Vec<Vec<u8>> {
        let shelf =
            self.shelves.into_iter().next().map(|shelf| shelf.into_inner().expect("no holder of a shelf panics"));
        let Shelf { bytes, ends, .. } = shelf.unwrap_or_default();
        (0..ends.len() as u32).map(|place| text_of(&bytes, &ends, place).to_vec()).collect()
    }
}

/// Gives one thread the codes of a column's names.
pub(super) trait Coder {
    /// The code of a whole number.
    fn whole(&mut self, number: i64) -> Result<u32, NoCode>;
    /// The code of a text; `NOTHING` if it is blank.
    fn text(&mut self, text: &[u8]) -> Result<u32, NoCode>;
}

/// Codes of names of which there are few, kept at hand.
pub(super) struct Near<'a> {
    names: &'a Names,
    room: &'a Room,
    /// The code of each small whole number, or `NOTHING`.
    small: Vec<u32>,
    shelf: Shelf,
    codes: Vec<u32>,
}

/// Whole numbers below it have their place in a table.
const SMALL: i64 = 1 << 20;

impl<'a> Near<'a> {
    pub(super) fn new(names: &'a Names, room: &'a Room) -> Self {
        Near { names, room, small: Vec::new(), shelf: Shelf::default(), codes: Vec::new() }
    }

    /// The code of bytes as they are, numbers and blanks among them.
    pub(super) fn exact(&mut self, bytes: &[u8]) -> Result<u32, NoCode> {
        let hash = self.names.hasher.hash_one(bytes);
        let (place, new) = self.shelf.place(hash, bytes, &self.names.hasher);
        if new {
            self.codes.push(self.names.code(bytes, self.room)?);
        }
        Ok(self.codes[place as usize])
    }
}

impl Coder for Near<'_> {
    fn whole(&mut self, number: i64) -> Result<u32, NoCode> {
        if !(0..SMALL).contains(&number) {
            return self.exact(number.to_string().as_bytes());
        }
        let place = number as usize;
        if self.small.len() <= place {
            self.small.resize((place + 1).next_power_of_two(), NOTHING);
        }
        if self.small[place] == NOTHING {
            self.small[place] = self.names.code(number.to_string().as_bytes(), self.room)?;
        }
        Ok(self.small[place])
    }

    fn text(&mut self, text: &[u8]) -> Result<u32, NoCode> {
        match plain_number(text) {
            Some(number) => self.whole(number),
            None if text.is_empty() => Ok(NOTHING),
            None => self.exact(text),
        }
    }
}

/// Codes of names of which there are many: small whole numbers are their own.
pub(super) struct Far<'a> {
    pub(super) names: &'a Names,
    pub(super) room: &'a Room,
}

impl Coder for Far<'_> {
    fn whole(&mut self, number: i64) -> Result<u32, NoCode> {
        match (0..i64::from(OWN_CODE)).contains(&number) {
            true => Ok(number as u32),
            false => Ok(OWN_CODE + self.names.code(number.to_string().as_bytes(), self.room)?),
        }
    }

    fn text(&mut self, text: &[u8]) -> Result<u32, NoCode> {
        match plain_number(text) {
            Some(number) => self.whole(number),
            None if text.is_empty() => Ok(NOTHING),
            None => Ok(OWN_CODE + self.names.code(text, self.room)?),
        }
    }
}

/// The number that a text of up to nine digits without a leading nought is; so 7 is the same as a text and as a number.
fn plain_number(text: &[u8]) -> Option<i64> {
    let plain = (1..10).contains(&text.len()) && (text[0] != b'0' || text.len() == 1);
    if !plain || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_code_as_text_and_as_number_and_a_leading_nought_makes_another() {
        let (names, room) = (Names::dense(100), Room::new(10_000));
        let mut near = Near::new(&names, &room);
        let codes =
            [near.text(b"7"), near.whole(7), near.text(b"007"), near.text(b"-7"), near.whole(-7), near.text(b"")];
        assert_eq!(codes.map(Result::unwrap), [0, 0, 1, 2, 2, NOTHING]);
        assert_eq!(names.into_texts(), ["7", "007", "-7"]);
    }

    #[test]
    fn two_threads_have_the_same_codes() {
        let (names, room) = (Names::dense(100), Room::new(10_000));
        let (mut one, mut other) = (Near::new(&names, &room), Near::new(&names, &room));
        let first = [one.text(b"Office"), other.text(b"Maps"), one.text(b"Maps"), other.text(b"Office")];
        assert_eq!(first.map(Result::unwrap), [0, 1, 1, 0]);
    }

    #[test]
    fn scattered_names_keep_clear_of_small_numbers() {
        let (names, room) = (Names::scattered(), Room::new(100_000_000));
        let mut far = Far { names: &names, room: &room };
        assert_eq!((far.whole(9), far.text(b"9")), (Ok(9), Ok(9)));
        let codes: std::collections::BTreeSet<u32> =
            (0..10_000).map(|number| far.text(format!("PC-{number}").as_bytes()).unwrap()).collect();
        assert_eq!(codes.len(), 10_000);
        assert!(codes.iter().all(|code| (OWN_CODE..2 * OWN_CODE).contains(code)));
        assert_eq!(far.whole(i64::MIN), far.text(i64::MIN.to_string().as_bytes()));
    }

    #[test]
    fn names_beyond_their_number_or_their_room_have_no_code() {
        let names = Names::dense(2);
        let room = Room::new(3 * EACH + 3);
        let codes = [b"a", b"b", b"c", b"d"].map(|text| names.code(text, &room));
        assert_eq!(codes, [Ok(0), Ok(1), Err(NoCode::TooMany), Err(NoCode::NoRoom)]);
    }
}

//! Rows of codes turned into keys, and those that do not count set aside.

use std::collections::BTreeMap;
use std::io;

use hashbrown::HashMap;

use super::names::{Coder, Far, NOTHING, Names, Near, NoCode, Room};
use super::seen::{Reason, Seen};
use super::{Hand, Holds, ITEM_BITS, Item, Keys, MEMBER_BITS, MOST_AUTHORITIES, MOST_ITEMS, Taker, Wanted};
use crate::read::days::day;
use crate::read::written::Wrong;

/// A day that is not there.
pub(super) const NO_DAY: i32 = i32::MIN;

/// What all threads share.
#[derive(Debug)]
pub(super) struct Shared {
    room: Room,
    authorities: Names,
    products: Names,
    versions: Names,
    /// Pairs of a product's code and a version's, where versions count by themselves.
    pairs: Names,
    publishers: Names,
    devices: Names,
    users: Names,
    by_versions: bool,
    only: Option<u32>,
    used_since: Option<i32>,
}

impl Shared {
    pub(super) fn new(wanted: &Wanted, has_authorities: bool) -> Result<Self, Wrong> {
        let mut shared = Shared {
            room: Room::new(wanted.names),
            authorities: Names::dense(MOST_AUTHORITIES),
            products: Names::dense(MOST_ITEMS),
            versions: Names::dense(MOST_ITEMS),
            pairs: Names::dense(MOST_ITEMS),
            publishers: Names::dense(MOST_ITEMS),
            devices: Names::scattered(),
            users: Names::scattered(),
            by_versions: wanted.versions,
            only: None,
            used_since: wanted.used_since.and_then(days),
        };
        let code = |name: &str| {
            shared.authorities.code(name.trim().as_bytes(), &shared.room).map_err(|why| no_code(Holds::Authority, why))
        };
        match &wanted.authority {
            Some(name) => shared.only = has_authorities.then_some(code(name)?),
            None if !has_authorities => _ = code("")?,
            None => {}
        }
        Ok(shared)
    }

    /// The authorities and the items by their codes.
    pub(super) fn names(self, publishers: &HashMap<u64, u64>) -> (Vec<String>, Vec<Item>) {
        let products = self.products.into_texts();
        let of_product = |product: usize| Item { product: products[product].clone(), ..Item::default() };
        let mut items: Vec<Item> = match self.by_versions {
            false => (0..products.len()).map(of_product).collect(),
            true => {
                let versions = self.versions.into_texts();
                let pairs = self.pairs.into_bytes();
                let item = |pair: &Vec<u8>| {
                    let part =
                        |at: usize| pair[at..at + 4].iter().rev().fold(0, |code, byte| code << 8 | u32::from(*byte));
                    let version = part(4);
                    let version = (version != NOTHING).then(|| versions[version as usize].clone());
                    Item { version, ..of_product(part(0) as usize) }
                };
                pairs.iter().map(item).collect()
            }
        };
        let names = self.publishers.into_texts();
        let mut most: BTreeMap<usize, u64> = BTreeMap::new();
        for (pair, rows) in publishers {
            let (item, publisher) = ((pair >> 32) as usize, &names[(pair & 0xFFFF_FFFF) as usize]);
            let before = most.entry(item).or_default();
            let named = &mut items[item].publisher;
            if rows > before || rows == before && named.as_ref().is_some_and(|named| publisher < named) {
                (*before, *named) = (*rows, Some(publisher.clone()));
            }
        }
        (self.authorities.into_texts(), items)
    }
}

/// The codes of some rows, column by column; empty where the file has no such column.
#[derive(Debug, Default)]
pub(super) struct Codes {
    pub(super) devices: Vec<u32>,
    pub(super) products: Vec<u32>,
    pub(super) versions: Vec<u32>,
    pub(super) authorities: Vec<u32>,
    pub(super) publishers: Vec<u32>,
    pub(super) users: Vec<u32>,
    /// `NOTHING` where they are not stated.
    pub(super) cores: Vec<u32>,
    /// Days since 1970, or `NO_DAY`.
    pub(super) last_used: Vec<i32>,
}

impl Codes {
    pub(super) fn clear(&mut self) {
        self.last_used.clear();
        for codes in [&mut self.devices, &mut self.products, &mut self.versions, &mut self.authorities] {
            codes.clear();
        }
        [&mut self.publishers, &mut self.users, &mut self.cores].into_iter().for_each(Vec::clear);
    }
}

/// One thread's work.
pub(super) struct Worker<'a> {
    shared: &'a Shared,
    hand: Box<dyn Hand + 'a>,
    authorities: Near<'a>,
    products: Near<'a>,
    versions: Near<'a>,
    pairs: Near<'a>,
    publishers: Near<'a>,
    devices: Far<'a>,
    users: Far<'a>,
    days: HashMap<Vec<u8>, i32>,
    pub(super) seen: Seen,
    device_keys: Vec<u64>,
    user_keys: Vec<u64>,
}

impl<'a> Worker<'a> {
    pub(super) fn new(shared: &'a Shared, taker: &'a dyn Taker) -> Self {
        let near = |names: &'a Names| Near::new(names, &shared.room);
        let far = |names: &'a Names| Far { names, room: &shared.room };
        Worker {
            shared,
            hand: taker.hand(),
            authorities: near(&shared.authorities),
            products: near(&shared.products),
            versions: near(&shared.versions),
            pairs: near(&shared.pairs),
            publishers: near(&shared.publishers),
            devices: far(&shared.devices),
            users: far(&shared.users),
            days: HashMap::new(),
            seen: Seen::default(),
            device_keys: Vec::new(),
            user_keys: Vec::new(),
        }
    }

    /// Gives codes to one column's values, by what it holds.
    pub(super) fn coded(
        &mut self,
        holds: Holds,
        codes: &mut Codes,
        code: impl FnOnce(&mut dyn Coder, &mut Vec<u32>) -> Result<(), NoCode>,
    ) -> Result<(), Wrong> {
        let done = match holds {
            Holds::Device => code(&mut self.devices, &mut codes.devices),
            Holds::Product => code(&mut self.products, &mut codes.products),
            Holds::Version => code(&mut self.versions, &mut codes.versions),
            Holds::Authority => code(&mut self.authorities, &mut codes.authorities),
            Holds::Publisher => code(&mut self.publishers, &mut codes.publishers),
            Holds::User => code(&mut self.users, &mut codes.users),
            Holds::Cores => code(&mut Cores, &mut codes.cores),
            Holds::LastUsed => Ok(()),
        };
        done.map_err(|why| no_code(holds, why))
    }

    /// The day that a text says.
    pub(super) fn day(&mut self, text: &[u8]) -> i32 {
        if let Some(day) = self.days.get(text) {
            return *day;
        }
        let read = std::str::from_utf8(text).ok().and_then(|text| day(text).ok()).and_then(days);
        let read = read.unwrap_or(NO_DAY);
        if self.days.len() < MOST_DAYS {
            self.days.insert(text.to_vec(), read);
        }
        read
    }

    /// Counts rows; `row` says where each stands.
    pub(super) fn count(&mut self, codes: &Codes, row: impl Fn(usize) -> u64) -> Result<(), Wrong> {
        self.device_keys.clear();
        self.user_keys.clear();
        let number = codes.devices.len();
        self.seen.read += number as u64;
        for place in 0..number {
            let (device, product) = (codes.devices[place], codes.products[place]);
            let authority = codes.authorities.get(place).copied().unwrap_or(0);
            if self.shared.only.is_some_and(|only| only != authority && authority != NOTHING) {
                self.seen.of_others += 1;
                continue;
            }
            if device == NOTHING || product == NOTHING || authority == NOTHING {
                let reason = match (device, product) {
                    (NOTHING, _) => Reason::NoDevice,
                    (_, NOTHING) => Reason::NoProduct,
                    _ => Reason::NoAuthority,
                };
                self.seen.put_aside(reason, row(place));
                continue;
            }
            if let (Some(since), Some(last)) = (self.shared.used_since, codes.last_used.get(place)) {
                if *last == NO_DAY {
                    self.seen.undated += 1;
                } else if *last < since {
                    self.seen.put_aside(Reason::NotUsedSince, row(place));
                    continue;
                }
            }
            let item = match codes.versions.get(place) {
                Some(version) => self.pair(product, *version)?,
                None => product,
            };
            let group = u64::from(authority) << ITEM_BITS | u64::from(item);
            self.device_keys.push(group << MEMBER_BITS | u64::from(device));
            self.besides(codes, place, group, item);
        }
        self.seen.used += self.device_keys.len() as u64;
        let keys = Keys { devices: &self.device_keys, users: &self.user_keys };
        self.hand.take(keys).map_err(|error| not_kept(&error))
    }

    fn pair(&mut self, product: u32, version: u32) -> Result<u32, Wrong> {
        let mut pair = [0; 8];
        pair[..4].copy_from_slice(&product.to_le_bytes());
        pair[4..].copy_from_slice(&version.to_le_bytes());
        self.pairs.exact(&pair).map_err(|why| no_code(Holds::Version, why))
    }

    /// Notes what a row says of its user, its publisher and its device.
    fn besides(&mut self, codes: &Codes, place: usize, group: u64, item: u32) {
        if let Some(user) = codes.users.get(place).filter(|user| **user != NOTHING) {
            self.user_keys.push(group << MEMBER_BITS | u64::from(*user));
        }
        if let Some(publisher) = codes.publishers.get(place).filter(|publisher| **publisher != NOTHING) {
            *self.seen.publishers.entry(u64::from(item) << 32 | u64::from(*publisher)).or_default() += 1;
        }
        if let Some(cores) = codes.cores.get(place).filter(|cores| **cores != NOTHING) {
            let most = self.seen.cores.entry(codes.devices[place]).or_default();
            *most = (*most).max(*cores);
        }
    }

    /// Hands over what is left, and says what was seen.
    pub(super) fn finish(self) -> Result<Seen, Wrong> {
        self.hand.finish().map_err(|error| not_kept(&error))?;
        Ok(self.seen)
    }
}

/// The most different texts of days that are remembered.
const MOST_DAYS: usize = 100_000;

/// Days since 1970.
pub(super) fn days(date: penshaw_basis::Date) -> Option<i32> {
    date.since(penshaw_basis::Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

/// Cores are numbers, not names.
struct Cores;

impl Coder for Cores {
    fn whole(&mut self, number: i64) -> Result<u32, NoCode> {
        Ok(u32::try_from(number).unwrap_or(NOTHING))
    }

    fn text(&mut self, text: &[u8]) -> Result<u32, NoCode> {
        let number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
        Ok(number.unwrap_or(NOTHING))
    }
}

fn no_code(holds: Holds, why: NoCode) -> Wrong {
    let word = holds.word();
    match why {
        NoCode::TooMany => Wrong::new(
            format!("there are more different values of {word} than can be told apart"),
            format!("check that the column {word} holds what its heading says; otherwise split the file by authority"),
        ),
        NoCode::NoRoom => Wrong::new(
            format!("the different names do not fit into the memory allowed; the last was a {word}"),
            "allow more memory, or split the file by authority",
        ),
    }
}

fn not_kept(error: &io::Error) -> Wrong {
    Wrong::new(
        format!("what was read cannot be kept for counting: {error}"),
        "free space in the folder for temporary files, or allow more memory",
    )
}

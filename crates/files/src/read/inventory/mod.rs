//! A raw inventory, device by device and product by product, read in batches however long it is: CSV or Parquet.
//!
//! Each row that counts becomes a key: the authority and the product in its high bits, the device or the user in its
//! low ones. Whoever takes the keys counts what is distinct; no row is held longer than its batch.

mod counting;
mod headings;
mod lines;
mod names;
mod parquet;
mod seen;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use hashbrown::HashMap;
use penshaw_basis::Date;
use penshaw_register::Finding;

use super::contents::Contents;
use super::gathered::{Gathered, place};
use super::written::Wrong;
use counting::Shared;
use seen::Seen;

pub use headings::Holds;
pub use seen::{Reason, SetAside};

/// How many of a key's low bits name a device or a user.
pub const MEMBER_BITS: u32 = 28;
/// How many bits of a group name the product, below those of the authority.
const ITEM_BITS: u32 = 24;
/// The most different authorities, and the most different products or versions.
const MOST_AUTHORITIES: usize = 1 << (64 - MEMBER_BITS - ITEM_BITS);
const MOST_ITEMS: usize = 1 << ITEM_BITS;

/// What is asked of an inventory.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The one authority whose rows count, by the file's own name for it; all where it is left out.
    pub authority: Option<String>,
    /// Whether each version counts by itself.
    pub versions: bool,
    /// Rows that were last used before this day are set aside.
    pub used_since: Option<Date>,
    /// How many bytes the different names may take in memory.
    pub names: usize,
}

/// Keys of some rows.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    /// Group and device.
    pub devices: &'a [u64],
    /// Group and user, of the rows that name one.
    pub users: &'a [u64],
}

/// Takes the keys of all threads.
pub trait Taker: Sync {
    /// A hand for one thread.
    fn hand(&self) -> Box<dyn Hand + '_>;
}

/// Takes the keys of one thread.
pub trait Hand {
    /// Takes some keys.
    ///
    /// # Errors
    /// If they cannot be kept.
    fn take(&mut self, keys: Keys<'_>) -> io::Result<()>;

    /// There are no more.
    ///
    /// # Errors
    /// If what is held cannot be kept.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// What was read besides the keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Inventory {
    /// Rows in the file.
    pub read: u64,
    /// Rows that count.
    pub used: u64,
    /// Rows of other authorities than the one that was asked for.
    pub of_others: u64,
    /// Rows that count although they do not say when they were last used.
    pub undated: u64,
    /// Rows that do not count, by the reason.
    pub set_aside: Vec<SetAside>,
    /// The columns that were read: what each holds, and its heading.
    pub columns: Vec<(Holds, String)>,
    /// The authorities by their codes; one without a name where the file has no such column.
    pub authorities: Vec<String>,
    /// The products, or their versions, by their codes.
    pub items: Vec<Item>,
    /// The cores of each device that states them, the most that any of its rows gives.
    cores: HashMap<u32, u32>,
}

/// A product, or one version of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The product.
    pub product: String,
    /// Its version, where versions were asked for and it has one.
    pub version: Option<String>,
    /// Who publishes it, as most of its rows say.
    pub publisher: Option<String>,
}

impl Inventory {
    /// The authority and the item of a group.
    pub fn of_group(&self, group: u64) -> (&str, &Item) {
        (&self.authorities[(group >> ITEM_BITS) as usize], &self.items[(group & (MOST_ITEMS as u64 - 1)) as usize])
    }

    /// The cores of a device; none where it does not state them.
    pub fn cores_of(&self, device: u64) -> u64 {
        u32::try_from(device).ok().and_then(|device| self.cores.get(&device)).map_or(0, |cores| u64::from(*cores))
    }

    /// Whether a column was there.
    pub fn has(&self, holds: Holds) -> bool {
        self.columns.iter().any(|(held, _)| *held == holds)
    }
}

/// Reads an inventory and hands its keys over, on as many threads as the machine has.
///
/// # Errors
/// If it is no inventory: no such file, a column that is missing, data that break off, more names than can be held.
pub fn inventory(path: &Path, wanted: &Wanted, taker: &dyn Taker) -> Result<Inventory, Vec<Finding>> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    read(path, wanted, taker).map_err(|wrong| {
        let mut gathered = Gathered::default();
        gathered.wrong(place(&file, None), wrong);
        gathered.findings
    })
}

/// How much of a file is looked at to know what it is.
const START: u64 = 1 << 16;

fn read(path: &Path, wanted: &Wanted, taker: &dyn Taker) -> Result<Inventory, Wrong> {
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(START).read_to_end(&mut start)).map_err(|error| not_opened(&error))?;
    match start.starts_with(b"PAR1") {
        true => parquet::read(path, wanted, taker),
        false => match Contents::of(&start).not_text("CSV or Parquet") {
            Some(wrong) => Err(wrong),
            None => lines::read(path, wanted, taker),
        },
    }
}

fn not_opened(error: &io::Error) -> Wrong {
    Wrong::new(format!("it cannot be read: {error}"), "check its name, and that you may read it")
}

/// The columns that are wanted of those that the headings name, or what is lacking.
fn wanted_columns(headings: &[String], wanted: &Wanted) -> Result<[Option<usize>; 8], Wrong> {
    let mut columns = headings::columns(headings);
    let has = |holds: Holds| columns[holds as usize].is_some();
    let mut needed = vec![Holds::Device, Holds::Product];
    needed.extend(wanted.versions.then_some(Holds::Version));
    needed.extend(wanted.used_since.map(|_| Holds::LastUsed));
    let lacking: Vec<&str> = needed.into_iter().filter(|holds| !has(*holds)).map(Holds::word).collect();
    if !lacking.is_empty() {
        let found: Vec<&str> = headings.iter().map(String::as_str).filter(|heading| !heading.is_empty()).collect();
        let found = super::nearest::shortened(&found.join(", "));
        let quoted: Vec<String> = lacking.iter().map(|word| format!("\"{word}\"")).collect();
        return Err(Wrong::new(
            format!("there is no column {}; the headings are: {found}", quoted.join(" and no column ")),
            "name the columns device and product, and where they are there version, authority, publisher, user, cores and last used",
        ));
    }
    if !wanted.versions {
        columns[Holds::Version as usize] = None;
    }
    if wanted.used_since.is_none() {
        columns[Holds::LastUsed as usize] = None;
    }
    Ok(columns)
}

/// Puts together what the threads saw.
fn inventory_of(shared: Shared, seen: Vec<Seen>, columns: [Option<usize>; 8], headings: &[String]) -> Inventory {
    let seen = seen.into_iter().fold(Seen::default(), Seen::and);
    let columns = Holds::ALL.into_iter().zip(columns);
    let columns = columns.filter_map(|(holds, column)| Some((holds, headings[column?].clone()))).collect();
    let (authorities, items) = shared.names(&seen.publishers);
    Inventory {
        read: seen.read,
        used: seen.used,
        of_others: seen.of_others,
        undated: seen.undated,
        set_aside: seen.set_aside(),
        columns,
        authorities,
        items,
        cores: seen.cores,
    }
}

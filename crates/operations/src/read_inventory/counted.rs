//! The keys of an inventory, counted within a bounded memory: devices and users of each product of each authority.

use std::io;
use std::path::Path;

use penshaw_files::read::{Hand, Holds, Inventory, Keys, MEMBER_BITS, Taker, Wanted, inventory};
use penshaw_numerics::distinct::{Dealer, Distinct, Group, Scratch};
use penshaw_register::Finding;

use crate::read_file::name;

/// What is counted of an inventory.
pub struct Counted {
    /// What was read besides.
    pub inventory: Inventory,
    /// The devices of each group, their cores as its weight; groups in rising order.
    pub devices: Vec<Group>,
    /// The users of each group that names any; groups in rising order.
    pub users: Vec<Group>,
    /// Bytes that did not fit into memory.
    pub spilled: u64,
}

/// The shares of the memory for names and for users; devices have the rest.
const FOR_NAMES: usize = 8;
const FOR_USERS: usize = 8;

/// What is asked besides the columns' names.
pub struct Asked {
    /// The one authority whose rows count.
    pub authority: Option<String>,
    /// Whether each version counts by itself.
    pub versions: bool,
    /// Rows that were last used before this day are set aside.
    pub used_since: Option<penshaw_basis::Date>,
    /// About how many bytes of memory are used.
    pub memory: usize,
}

/// Reads an inventory and counts it.
///
/// # Errors
/// If it is no inventory or cannot be kept while it is counted.
pub fn counted(path: &Path, asked: &Asked) -> Result<Counted, Vec<Finding>> {
    let (names, users) = (asked.memory / FOR_NAMES, asked.memory / FOR_USERS);
    let counting = Counting {
        devices: Distinct::new(MEMBER_BITS, asked.memory - names - users, Box::new(scratch)),
        users: Distinct::new(MEMBER_BITS, users, Box::new(scratch)),
    };
    let wanted =
        Wanted { authority: asked.authority.clone(), versions: asked.versions, used_since: asked.used_since, names };
    let inventory = inventory(path, &wanted, &counting)?;
    let spilled = counting.devices.spilled() + counting.users.spilled();
    let unread = |error: io::Error| vec![unread(path, &error)];
    let devices = counting.devices.finish(|_, device| inventory.cores_of(device)).map_err(unread)?;
    let users = match inventory.has(Holds::User) {
        true => counting.users.finish(|_, _| 0).map_err(unread)?,
        false => Vec::new(),
    };
    Ok(Counted { inventory, devices, users, spilled })
}

fn scratch() -> io::Result<Box<dyn Scratch>> {
    Ok(Box::new(tempfile::tempfile()?))
}

fn unread(path: &Path, error: &io::Error) -> Finding {
    let file = name(path);
    Finding {
        severity: penshaw_register::Severity::Error,
        place: penshaw_register::Place { file, ..Default::default() },
        what: format!("what was kept in a temporary file cannot be read back: {error}"),
        hint: "free space in the folder for temporary files, or allow more memory".into(),
    }
}

struct Counting {
    devices: Distinct,
    users: Distinct,
}

impl Taker for Counting {
    fn hand(&self) -> Box<dyn Hand + '_> {
        Box::new(Dealers { devices: self.devices.dealer(), users: self.users.dealer() })
    }
}

struct Dealers<'a> {
    devices: Dealer<'a>,
    users: Dealer<'a>,
}

impl Hand for Dealers<'_> {
    fn take(&mut self, keys: Keys<'_>) -> io::Result<()> {
        self.devices.deal(keys.devices)?;
        self.users.deal(keys.users)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.devices.finish()?;
        self.users.finish()
    }
}

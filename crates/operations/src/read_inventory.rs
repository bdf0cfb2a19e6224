//! Reads a raw inventory of devices and products, however long, into installations.

mod counted;
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use penshaw_basis::{Confidence, Date};
use penshaw_files::read::{Holds, Inventory, safe_name};
use penshaw_files::write::entries::csv;
use penshaw_numerics::distinct::Group;
use penshaw_register::{Installation, Kind, Record};

use crate::read_file::name;
use crate::{Answer, Refusal};

pub use counted::Asked as InventoryAsked;
use counted::{Counted, counted};

/// Where installations are written, and what is said of them.
#[derive(Clone, Debug, Default)]
pub struct InventoryOut {
    /// A CSV file for one authority, or a folder that gets one for each.
    pub out: Option<PathBuf>,
    /// The day of the count.
    pub measured_on: Option<Date>,
}

/// Counts the devices and users of each product of each authority, and writes them as installations.
///
/// # Errors
/// If the file is no inventory, or what is asked for is there already or cannot be written.
pub fn read_inventory(path: &Path, asked: &InventoryAsked, out: &InventoryOut) -> Result<Answer, Refusal> {
    let counted = counted(path, asked).map_err(Refusal::Findings)?;
    let authorities = by_authority(&counted);
    let written = match &out.out {
        Some(place) => write(place, &counted, &authorities, out.measured_on)?,
        None => Vec::new(),
    };
    Ok(told::answer(&name(path), &counted, &authorities, &written))
}

/// Where each authority's groups lie among all groups, by its name: an authority's groups follow each other.
fn by_authority(counted: &Counted) -> Authorities {
    let name = |group: &Group| counted.inventory.of_group(group.group).0;
    let mut start = 0;
    let each = counted.devices.chunk_by(|one, other| std::ptr::eq(name(one), name(other))).map(|groups| {
        let from = start;
        start += groups.len();
        (name(&groups[0]).to_owned(), from..start)
    });
    each.collect()
}

type Authorities = BTreeMap<String, Range<usize>>;

/// Writes a file for each authority, and returns their paths; nothing that is there already is written over.
fn write(
    place: &Path,
    counted: &Counted,
    authorities: &Authorities,
    measured_on: Option<Date>,
) -> Result<Vec<PathBuf>, Refusal> {
    let is_file = place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    if is_file && authorities.len() > 1 {
        return Err(Refusal::NotWhatItShouldBe {
            path: place.to_owned(),
            what: format!(
                "the inventory holds {} authorities: choose one with --authority, or name a folder with --out",
                authorities.len()
            ),
        });
    }
    let mut written: Vec<PathBuf> = Vec::new();
    for (authority, places) in authorities {
        let path = if is_file { place.to_owned() } else { place.join(safe_name(authority)).join("installations.csv") };
        if path.exists() || written.contains(&path) {
            return Err(Refusal::ThereAlready { path });
        }
        let records = installations(counted, &counted.devices[places.clone()], measured_on);
        save(&path, &csv(Kind::Installation, &records)).map_err(|error| Refusal::File { path: path.clone(), error })?;
        written.push(path);
    }
    Ok(written)
}

fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// The installations of one authority, in the order of their names.
fn installations(counted: &Counted, groups: &[Group], measured_on: Option<Date>) -> Vec<Record> {
    let mut groups: Vec<&Group> = groups.iter().collect();
    groups.sort_by_cached_key(|group| {
        let (_, item) = counted.inventory.of_group(group.group);
        (item.product.clone(), item.version.clone())
    });
    let digits = groups.len().to_string().len();
    let numbered = groups.into_iter().enumerate();
    numbered
        .map(|(place, group)| {
            let reference = format!("I{:0digits$}", place + 1);
            Record::of(&installation(counted, group, reference, measured_on), Confidence::Verified)
        })
        .collect()
}

fn installation(counted: &Counted, group: &Group, reference: String, measured_on: Option<Date>) -> Installation {
    let inventory: &Inventory = &counted.inventory;
    let (_, item) = inventory.of_group(group.group);
    let users = counted.users.binary_search_by_key(&group.group, |users| users.group);
    let users = users.map_or(0, |place| counted.users[place].members);
    Installation {
        reference,
        product: item.product.clone(),
        version: item.version.clone(),
        licence: None,
        used: None,
        measured_on,
        devices: Some(group.members),
        users: inventory.has(Holds::User).then_some(users),
        most_at_once: None,
        processors: None,
        cores: inventory.has(Holds::Cores).then_some(group.weight).filter(|cores| *cores > 0),
        publisher: item.publisher.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> InventoryAsked {
        InventoryAsked { authority: None, versions: false, used_since: None, memory: 1 << 24 }
    }

    #[test]
    fn an_inventory_of_two_authorities_becomes_a_file_for_each() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("raw.csv");
        let rows = "Council,Computer name,Software name,Vendor,User name,Cores\n\
                    SCC,PC1,Office,Example,ann,4\nSCC,PC2,Office,Example,ann,8\nSCC,PC1,Office,Example,bob,4\n\
                    DCC,PC1,Office,,,\nSCC,,Office,,,\n";
        fs::write(&path, rows).unwrap();
        let out = folder.path().join("out");
        let wanted = InventoryOut { out: Some(out.clone()), measured_on: Some(Date::constant(2026, 4, 1)) };
        let answer = read_inventory(&path, &asked(), &wanted).unwrap();
        assert_eq!((answer.value["read"].as_u64(), answer.value["used"].as_u64()), (Some(5), Some(4)));
        assert_eq!(answer.value["set_aside"][0]["rows"], 1);
        let sunderland = fs::read(out.join("SCC/installations.csv")).unwrap();
        let read = penshaw_files::read::file("installations.csv", &sunderland, penshaw_register::Holder::Authority);
        assert_eq!(read.findings, []);
        let office: Installation = read.records[0].read().unwrap();
        assert_eq!((office.devices, office.users, office.cores), (Some(2), Some(2), Some(12)));
        assert_eq!(office.publisher.as_deref(), Some("Example"));
        let again = read_inventory(&path, &asked(), &wanted);
        assert!(matches!(again, Err(Refusal::ThereAlready { .. })), "{again:?}");
    }

    #[test]
    fn one_file_takes_one_authority() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("raw.csv");
        fs::write(&path, "authority,device,product\nSCC,1,A\nDCC,1,A\n").unwrap();
        let out = InventoryOut { out: Some(folder.path().join("i.csv")), measured_on: None };
        assert!(matches!(read_inventory(&path, &asked(), &out), Err(Refusal::NotWhatItShouldBe { .. })));
        let one = InventoryAsked { authority: Some("DCC".into()), ..asked() };
        let answer = read_inventory(&path, &one, &out).unwrap();
        assert_eq!(answer.value["of_others"], 1);
        assert!(folder.path().join("i.csv").is_file());
    }
}

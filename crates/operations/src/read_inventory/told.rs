//! What is said of an inventory that was counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;

use penshaw_documents::{Block, Cell, Column, Document, Inline, Row, Table, Value};
use penshaw_files::read::Holds;
use penshaw_numerics::distinct::Group;
use serde_json::json;

use super::Authorities;
use super::counted::Counted;
use crate::Answer;

/// A table in the terminal shows as many rows at most.
const SHOWN: usize = 40;
/// The JSON holds as many installations at most; the files hold them all.
const IN_JSON: usize = 10_000;

pub(super) fn answer(file: &str, counted: &Counted, authorities: &Authorities, written: &[PathBuf]) -> Answer {
    Answer { document: document(file, counted, written), value: value(counted, authorities, written) }
}

fn devices(counted: &Counted) -> u64 {
    counted.devices.iter().map(|group| group.members).sum()
}

fn value(counted: &Counted, authorities: &Authorities, written: &[PathBuf]) -> serde_json::Value {
    let inventory = &counted.inventory;
    let users: BTreeMap<u64, u64> = match inventory.has(Holds::User) {
        true => counted.users.iter().map(|group| (group.group, group.members)).collect(),
        false => BTreeMap::new(),
    };
    let installation = |place: usize| {
        let group = &counted.devices[place];
        let (authority, item) = inventory.of_group(group.group);
        let mut one = json!({ "authority": authority, "product": item.product, "devices": group.members });
        if let Some(version) = &item.version {
            one["version"] = version.as_str().into();
        }
        if inventory.has(Holds::User) {
            one["users"] = users.get(&group.group).copied().unwrap_or(0).into();
        }
        if inventory.has(Holds::Cores) {
            one["cores"] = group.weight.into();
        }
        one
    };
    let set_aside = inventory.set_aside.iter().map(|aside| {
        json!({ "reason": aside.reason.words(), "rows": aside.rows, "first": aside.first, "hint": aside.reason.hint() })
    });
    json!({
        "read": inventory.read,
        "used": inventory.used,
        "of_others": inventory.of_others,
        "without_last_use": inventory.undated,
        "set_aside": set_aside.collect::<Vec<_>>(),
        "columns": inventory.columns.iter().map(|(holds, heading)| json!({ "holds": holds.word(), "heading": heading })).collect::<Vec<_>>(),
        "authorities": authorities.len(),
        "groups": counted.devices.len(),
        "devices": devices(counted),
        "spilled_bytes": counted.spilled,
        "written": written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        "installations": authorities.values().cloned().flatten().take(IN_JSON).map(installation).collect::<Vec<_>>(),
    })
}

fn document(file: &str, counted: &Counted, written: &[PathBuf]) -> Document {
    let inventory = &counted.inventory;
    let shown = |number: u64| Value::Count(i64::try_from(number).unwrap_or(i64::MAX)).to_string();
    let mut said = format!("{} rows were read and {} used.", shown(inventory.read), shown(inventory.used));
    if inventory.of_others > 0 {
        said.push_str(&format!(" {} are of other authorities.", shown(inventory.of_others)));
    }
    if inventory.undated > 0 {
        said.push_str(&format!(" {} do not say when they were last used, and count.", shown(inventory.undated)));
    }
    let columns = inventory.columns.iter().map(|(holds, heading)| format!("{} from {heading}", holds.word()));
    let mut blocks =
        vec![Block::words(said), Block::words(format!("The columns: {}.", columns.collect::<Vec<_>>().join(", ")))];
    let aside = inventory.set_aside.iter().map(|aside| {
        let first: Vec<String> = aside.first.iter().map(u64::to_string).collect();
        let what = format!(
            "{} set aside: {}, the first in row {}. ",
            shown(aside.rows),
            aside.reason.words(),
            first.join(", ")
        );
        vec![Inline::text(what), Inline::text(format!("What to do: {}.", aside.reason.hint()))]
    });
    let items: Vec<Vec<Inline>> = aside.collect();
    if !items.is_empty() {
        blocks.push(Block::List { ordered: false, items });
    }
    blocks.push(Block::Table(table(counted).first(SHOWN, "--out writes them all as installations.")));
    if let [first, others @ ..] = written {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more files", others.len()) };
        blocks.push(Block::words(format!("Written: {}{more}.", first.display())));
    }
    Document {
        title: "What is installed, by authority and product".into(),
        author: "Penshaw".into(),
        occasion: file.to_owned(),
        marking: None,
        titles: Default::default(),
        blocks,
    }
}

/// The products with the most devices; no more rows are made than are shown.
fn table(counted: &Counted) -> Table {
    let columns = ["Authority", "Product", "Version"].map(Column::words).into_iter();
    let mut table = Table::new(
        "installed",
        "Products by the number of different devices",
        columns.chain([Column::numbers("Devices")]).collect(),
    );
    let mut groups: Vec<&Group> = counted.devices.iter().collect();
    let most = |group: &&Group| (Reverse(group.members), group.group);
    if groups.len() > SHOWN + 1 {
        groups.select_nth_unstable_by_key(SHOWN, most);
        groups.truncate(SHOWN + 1);
    }
    groups.sort_unstable_by_key(most);
    for group in groups {
        let (authority, item) = counted.inventory.of_group(group.group);
        table.push(Row::body(vec![
            Cell::words(authority),
            Cell::words(&item.product),
            Cell::words(item.version.clone().unwrap_or_default()),
            Cell::plain(Value::Count(i64::try_from(group.members).unwrap_or(i64::MAX))),
        ]));
    }
    table
}

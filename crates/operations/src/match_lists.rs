//! Says which entries of many lists in one file mean the same.

use std::collections::HashMap;
use std::path::Path;

use penshaw_analyses::catalogues::{Linked, ManyLists};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use penshaw_files::read::{many_lists, true_groups};
use penshaw_register::Finding;
use serde_json::json;

use crate::match_quality::Quality;
use crate::read_file::{bytes, name};
use crate::{Answer, Refusal};

/// A table in the terminal shows as many groups at most; JSON holds them all.
const SHOWN: usize = 50;
/// So many names of a group are shown.
const NAMED: usize = 4;

/// Groups the entries of many lists, of which the column `within` names each; where it is known what each entry means,
/// says how well. Returns the warnings of the files too.
///
/// # Errors
/// If a file cannot be read or lacks a column; every finding is given.
pub fn match_lists(
    register: &Path,
    within: &str,
    truth: Option<&Path>,
    least: f64,
) -> Result<(Answer, Vec<Finding>), Refusal> {
    let mut lists = ManyLists::default();
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    let read = many_lists(&name(register), &bytes(register)?, within, |list, entry| {
        lists.add(list, &entry);
        ids.push(entry.id);
        names.push(entry.name);
    })
    .map_err(Refusal::Findings)?;
    let count = lists.count();
    let linked = lists.linked(&[]);
    let pairs = linked.links.iter().filter(|link| link.probability >= least).count();
    let grouped: usize = linked.groups.iter().map(Vec::len).sum();
    let mut value = json!({
        "groups": linked.groups.iter().map(|group| group.iter().map(|entry| &ids[*entry]).collect()).collect::<Vec<Vec<_>>>(),
        "pairs": pairs,
        "lists": count,
        "read": read.read,
        "used": ids.len(),
        "set_aside": read.set_aside,
        "in_groups": grouped,
    });
    let mut blocks = vec![Block::words(format!(
        "{} entries of {} lists were read, {} used and {} set aside. {} of them make {} groups that mean the same.",
        read.read,
        count,
        ids.len(),
        read.set_aside,
        grouped,
        linked.groups.len()
    ))];
    if let Some(path) = truth {
        let truth = true_groups(&name(path), &bytes(path)?).map_err(Refusal::Findings)?;
        let (of_pairs, of_groups) = quality(&linked, least, &ids, &truth);
        for (what, quality) in [("pair", &of_pairs), ("group", &of_groups)] {
            quality.add_to(&mut value, &format!("{what}_"));
        }
        for (what, quality) in [("pairs found", of_pairs), ("pairs within groups", of_groups)] {
            blocks.push(Block::words(quality.told(what, "known to be right")));
        }
    }
    blocks.push(Block::Table(table(&linked, &names)));
    let document = Document {
        title: "Which entries mean the same".into(),
        author: "Penshaw".into(),
        occasion: String::new(),
        marking: None,
        titles: Default::default(),
        blocks,
    };
    Ok((Answer { document, value }, read.findings))
}

fn table(linked: &Linked, names: &[String]) -> Table {
    let columns = vec![Column::numbers("Entries"), Column::words("Names")];
    let mut table = Table::new("groups", "Entries that mean the same", columns);
    for group in &linked.groups {
        let mut shown: Vec<&str> = Vec::new();
        for entry in group {
            if shown.len() < NAMED && !shown.contains(&names[*entry].as_str()) {
                shown.push(&names[*entry]);
            }
        }
        table.push(Row::body(vec![
            Cell::plain(Value::Number { number: group.len() as f64, decimals: 0 }),
            Cell::words(shown.join("; ")),
        ]));
    }
    table.first(SHOWN, "--json holds them all.")
}

/// The quality of the links, and of the pairs that stand in one group.
fn quality(linked: &Linked, least: f64, ids: &[String], truth: &[(String, String)]) -> (Quality, Quality) {
    let meant: HashMap<&str, &str> = truth.iter().map(|(id, meant)| (id.as_str(), meant.as_str())).collect();
    let means: Vec<Option<&str>> = ids.iter().map(|id| meant.get(id.as_str()).copied()).collect();
    let pairs = |count: usize| (count * count.saturating_sub(1) / 2) as f64;
    let of_same = |entries: &mut dyn Iterator<Item = usize>| -> f64 {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        entries.filter_map(|entry| means[entry]).for_each(|meant| *counts.entry(meant).or_default() += 1);
        counts.values().map(|count| pairs(*count)).sum()
    };
    let all = of_same(&mut (0..ids.len()));
    let likely = || linked.links.iter().filter(|link| link.probability >= least);
    let same = |left: usize, right: usize| means[left].is_some() && means[left] == means[right];
    let of_pairs = Quality {
        found: likely().count() as f64,
        right: likely().filter(|link| same(link.left, link.right)).count() as f64,
        all,
    };
    let of_groups = Quality {
        found: linked.groups.iter().map(|group| pairs(group.len())).sum(),
        right: linked.groups.iter().map(|group| of_same(&mut group.iter().copied())).sum(),
        all,
    };
    (of_pairs, of_groups)
}

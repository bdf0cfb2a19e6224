//! What a reader may see: their own bodies' entries whole, and of the others what is shared, however they ask.

use penshaw_register::{Kind, Record};
use penshaw_store::entries::{self, Projected, Sort, Wanted};
use penshaw_store::{Store, partnership};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::common::{Fresh, both, put, record, share};
use crate::lists::wanted;

both! {
    whoever_is_no_member_sees_what_is_shared_and_nothing_else,
}

const OWNERS: [&str; 3] = ["SCC", "DCC", "GMB"];

/// An entry, and how much of it its owner shares: nothing, some or all.
#[derive(Clone, Debug)]
struct Held {
    owner: usize,
    number: u8,
    value: i64,
    word: u8,
    shared: u8,
}

fn held() -> impl Strategy<Value = Held> {
    (0..3_usize, 0..8_u8, 1..5_i64, 0..4_u8, 0..4_u8).prop_map(|(owner, number, value, word, shared)| Held {
        owner,
        number,
        value,
        word,
        shared,
    })
}

impl Held {
    fn record(&self) -> Record {
        let fields = json!({
            "title": format!("Title {}", self.number),
            "supplier": format!("Supplier{}", self.word),
            "annual_value": self.value,
        });
        record(Kind::Contract, &format!("C{}", self.number), fields)
    }

    fn projected(&self) -> Projected {
        let mut part = self.record();
        let kept: &[&str] = match self.shared {
            0 => return Projected::default(),
            1 => &["supplier", "annual_value"],
            2 => &["supplier"],
            _ => &[],
        };
        part.fields.retain(|name, _| !kept.contains(&name.as_str()));
        Projected { shared: Some(part), kept: kept.iter().map(|&name| name.into()).collect(), ..Projected::default() }
    }

    /// What a reader sees of it.
    fn seen(&self, whole: &[&str]) -> Option<Record> {
        if whole.contains(&OWNERS[self.owner]) { Some(self.record()) } else { self.projected().shared }
    }
}

async fn whoever_is_no_member_sees_what_is_shared_and_nothing_else(fresh: Fresh) {
    let mut newcomer = crate::common::partners().authorities[0].clone();
    newcomer.code = "GMB".into();
    let changes = fresh.store.change().await.expect("changes");
    partnership::add_authority(&changes, &newcomer).await.expect("added");
    changes.keep().await.expect("kept");
    let mut runner = TestRunner::deterministic();
    let case = (vec(held(), 0..30), 0..8_usize);
    for _ in 0..30 {
        let (mut held, readers) = case.new_tree(&mut runner).expect("a case").current();
        held.sort_by_key(|entry| (entry.owner, entry.number));
        held.dedup_by_key(|entry| (entry.owner, entry.number));
        let whole: Vec<&str> = (0..3).filter(|owner| readers & (1 << owner) != 0).map(|owner| OWNERS[owner]).collect();
        fill(&fresh.store, &held).await;
        check(&fresh.store, &held, &whole).await;
    }
}

/// Puts these entries in place of those of the case before.
async fn fill(store: &Store, held: &[Held]) {
    crate::common::say(store, "DELETE FROM entry").await.expect("emptied");
    for (place, owner) in OWNERS.iter().enumerate() {
        let own: Vec<&Held> = held.iter().filter(|entry| entry.owner == place).collect();
        put(store, owner, &own.iter().map(|entry| entry.record()).collect::<Vec<_>>()).await;
        share(store, owner, own.iter().map(|entry| entry.projected()).collect()).await;
    }
}

async fn check(store: &Store, held: &[Held], whole: &[&str]) {
    let sorts = [Sort::Title, Sort::Owner, Sort::Field("annual_value"), Sort::Field("supplier")];
    for (place, sort) in sorts.into_iter().enumerate() {
        let all = Wanted { sort, descending: place % 2 == 1, ..wanted(whole) };
        agree(store, held, &all, |_, _| true, whole).await;
    }
    for word in 0..4 {
        let supplier = format!("Supplier{word}");
        let is_it =
            |_: &Held, seen: &Record| seen.fields.get("supplier").and_then(|said| said.as_str()) == Some(&supplier);
        agree(store, held, &Wanted { words: &supplier, ..wanted(whole) }, is_it, whole).await;
        agree(store, held, &Wanted { holding: Some(("supplier", &supplier)), ..wanted(whole) }, is_it, whole).await;
    }
    for (place, owner) in OWNERS.iter().enumerate() {
        let is_its = |entry: &Held, _: &Record| entry.owner == place;
        agree(store, held, &Wanted { owner: Some(owner), ..wanted(whole) }, is_its, whole).await;
        let bodies: Vec<String> = whole.iter().map(|&body| body.to_owned()).collect();
        let counts = entries::counts(store, &bodies).await.expect("counted");
        let counted = counts.iter().find(|count| count.owner == *owner).map_or(0, |count| count.count);
        let seen = held.iter().filter(|entry| entry.owner == place && entry.seen(whole).is_some()).count();
        assert_eq!(counted, seen as i64);
    }
}

/// What the database lists and counts is what the reader may see of what they ask for.
async fn agree(
    store: &Store,
    held: &[Held],
    wanted: &Wanted<'_>,
    asked: impl Fn(&Held, &Record) -> bool,
    whole: &[&str],
) {
    let listed = entries::list(store, wanted).await.expect("listed");
    let mut found: Vec<_> = listed.iter().map(|entry| (entry.owner.as_str(), entry.record.clone())).collect();
    let seen = held.iter().filter_map(|entry| Some((entry, entry.seen(whole)?)));
    let expected: Vec<_> =
        seen.filter(|(entry, seen)| asked(entry, seen)).map(|(entry, seen)| (OWNERS[entry.owner], seen)).collect();
    assert_eq!(entries::count(store, wanted).await.expect("counted"), expected.len() as u64);
    // Whatever is sorted by stands in what is seen: the order of two that look alike tells nothing.
    for pair in listed.windows(2).filter(|_| wanted.sort == Sort::Field("annual_value")) {
        let value = |place: usize| pair[place].record.fields.get("annual_value").and_then(|value| value.as_i64());
        assert!(value(1).is_none() || value(0) <= value(1) && value(0).is_some() || wanted.descending);
    }
    found.sort_by(|one, other| (one.0, &one.1.reference).cmp(&(other.0, &other.1.reference)));
    let mut sorted = expected;
    sorted.sort_by(|one, other| (one.0, &one.1.reference).cmp(&(other.0, &other.1.reference)));
    assert_eq!(found, sorted);
    for entry in &listed {
        assert_eq!(entry.whole, whole.contains(&entry.owner.as_str()));
    }
}

//! Imports: staged, looked at, committed in one step or not at all.

use penshaw_register::{Finding, Kind, Place, Record, Severity};
use penshaw_store::entries::{self, Written};
use penshaw_store::imports::{self, Change, Import, Staged, State, Summary};
use penshaw_store::{Store, StoreError};

use crate::common::{Fresh, at, both, contract, put, share, shared};

both! {
    an_import_is_staged_and_committed_in_one_step,
    entries_that_the_file_no_longer_holds_are_removed_where_that_is_wanted,
    an_import_that_is_dropped_half_way_leaves_nothing,
    what_somebody_changed_in_the_meantime_stops_the_commit,
    an_import_keeps_its_file_until_it_ends,
}

fn import(remove_missing: bool) -> Import {
    Import {
        id: "i1".into(),
        owner: "SCC".into(),
        file_name: "estate.xlsx".into(),
        kind: Some(Kind::Contract),
        state: State::Uploaded,
        summary: None,
        remove_missing,
        made_at: at(1),
        made_by: "anna".into(),
        person: None,
    }
}

fn written() -> Written<'static> {
    Written { by: "anna", at: at(5), import: Some("i1") }
}

fn staged(change: Change, record: &Record, base_number: Option<i64>) -> Staged {
    let kept = (change != Change::Missing).then(|| record.clone());
    Staged { change, kind: record.kind, reference: record.reference.clone(), record: kept, base_number }
}

/// Four entries stand or are new; the import brings one of each change.
async fn prepare(store: &Store, import: &Import) {
    let standing = [contract("same", "Same", 1), contract("changed", "Old", 1), contract("missing", "Missing", 1)];
    put(store, "SCC", &standing).await;
    put(store, "DCC", &[contract("missing", "Another's", 1)]).await;
    share(store, "SCC", standing.iter().map(shared).collect()).await;
    let changes = store.change().await.expect("changes");
    imports::add(&changes, import, b"a file".to_vec()).await.expect("added");
    let first = [staged(Change::New, &contract("new", "New", 1), None), staged(Change::Same, &standing[0], Some(1))];
    let rest = [
        staged(Change::Changed, &contract("changed", "Changed", 2), Some(1)),
        staged(Change::Missing, &standing[2], Some(1)),
    ];
    imports::stage(&changes, "i1", 0, &first).await.expect("staged");
    imports::stage(&changes, "i1", 2, &rest).await.expect("staged");
    changes.keep().await.expect("kept");
}

async fn titles(store: &Store) -> Vec<String> {
    let entries = entries::all_of(store, "SCC").await.expect("read");
    entries
        .iter()
        .map(|entry| format!("{} {} {}", entry.record.reference, entries::title(&entry.record), entry.number))
        .collect()
}

async fn an_import_is_staged_and_committed_in_one_step(fresh: Fresh) {
    let store = &fresh.store;
    prepare(store, &import(false)).await;
    for change in Change::ALL {
        let rows = imports::staged(store, "i1", change, 0, 10).await.expect("read");
        assert_eq!(rows.iter().map(|row| row.change).collect::<Vec<_>>(), [change]);
        assert!(imports::staged(store, "i1", change, 1, 10).await.expect("read").is_empty());
    }
    assert_eq!(imports::moved_since(store, &import(false)).await.expect("read"), 0);
    let changes = store.change().await.expect("changes");
    imports::commit(&changes, &import(false), &written()).await.expect("committed");
    changes.keep().await.expect("kept");
    assert_eq!(titles(store).await, ["changed Changed 2", "missing Missing 1", "new New 1", "same Same 1"]);
    let history = entries::history(store, "SCC", Kind::Contract, "changed").await.expect("read");
    assert_eq!(history[0].import.as_deref(), Some("i1"));
    assert_eq!(history[0].record, Some(contract("changed", "Changed", 2)));
    assert_eq!(history.len(), 2);
}

async fn entries_that_the_file_no_longer_holds_are_removed_where_that_is_wanted(fresh: Fresh) {
    let store = &fresh.store;
    prepare(store, &import(true)).await;
    let changes = store.change().await.expect("changes");
    imports::commit(&changes, &import(true), &written()).await.expect("committed");
    changes.keep().await.expect("kept");
    assert_eq!(titles(store).await, ["changed Changed 2", "new New 1", "same Same 1"]);
    let shown = entries::all_shared(store, "SCC").await.expect("read");
    // What has changed is shown by nobody until its new part is worked out.
    assert_eq!(shown.iter().map(|part| part.record.reference.as_str()).collect::<Vec<_>>(), ["same"]);
    assert!(entries::find(store, "DCC", Kind::Contract, "missing").await.expect("read").is_some());
    let history = entries::history(store, "SCC", Kind::Contract, "missing").await.expect("read");
    assert_eq!(history.iter().map(|version| version.record.is_some()).collect::<Vec<_>>(), [false, true]);
}

async fn an_import_that_is_dropped_half_way_leaves_nothing(fresh: Fresh) {
    let store = &fresh.store;
    prepare(store, &import(true)).await;
    let before = titles(store).await;
    let changes = store.change().await.expect("changes");
    imports::commit(&changes, &import(true), &written()).await.expect("committed");
    imports::set(&changes, &Import { state: State::Committed, ..import(true) }).await.expect("set");
    drop(changes);
    assert_eq!(titles(store).await, before);
    assert_eq!(imports::find(store, "i1").await.expect("read").expect("there").state, State::Uploaded);
    assert_eq!(imports::staged(store, "i1", Change::New, 0, 9).await.expect("read").len(), 1);
}

async fn what_somebody_changed_in_the_meantime_stops_the_commit(fresh: Fresh) {
    let store = &fresh.store;
    prepare(store, &import(false)).await;
    put(store, "SCC", &[contract("missing", "Changed, but not by us", 3)]).await;
    assert_eq!(imports::moved_since(store, &import(false)).await.expect("read"), 0);
    assert_eq!(imports::moved_since(store, &import(true)).await.expect("read"), 1);
    put(store, "SCC", &[contract("changed", "By hand", 3), contract("new", "By hand", 3)]).await;
    assert_eq!(imports::moved_since(store, &import(false)).await.expect("read"), 2);
    let changes = store.change().await.expect("changes");
    let stopped = imports::commit(&changes, &import(false), &written()).await.expect_err("moved");
    assert!(matches!(stopped, StoreError::ChangedMeanwhile { .. }), "{stopped}");
    drop(changes);
    assert!(titles(store).await.contains(&"changed By hand 2".to_owned()));
}

async fn an_import_keeps_its_file_until_it_ends(fresh: Fresh) {
    let store = &fresh.store;
    prepare(store, &import(false)).await;
    assert_eq!(imports::bytes(store, "i1").await.expect("read"), b"a file");
    let finding = |severity, what: &str| Finding {
        severity,
        place: Place::default(),
        what: what.into(),
        hint: "Correct it".into(),
    };
    let findings = [finding(Severity::Error, "first"), finding(Severity::Warning, "second")];
    let summary = Summary { new: 1, errors: 1, warnings: 1, ..Summary::default() };
    let ready = Import { state: State::Ready, summary: Some(summary), ..import(true) };
    let changes = store.change().await.expect("changes");
    imports::set(&changes, &ready).await.expect("set");
    imports::set_findings(&changes, "i1", &findings[..1]).await.expect("set");
    imports::set_findings(&changes, "i1", &findings).await.expect("set");
    changes.keep().await.expect("kept");
    assert_eq!(imports::find(store, "i1").await.expect("read").expect("there"), ready);
    assert_eq!(imports::of(store, "SCC").await.expect("read"), std::slice::from_ref(&ready));
    assert!(imports::of(store, "DCC").await.expect("read").is_empty());
    assert_eq!(imports::findings(store, "i1", 1, 5).await.expect("read")[0].what, "second");

    let changes = store.change().await.expect("changes");
    imports::set(&changes, &Import { state: State::GivenUp, ..ready }).await.expect("set");
    changes.keep().await.expect("kept");
    assert!(imports::bytes(store, "i1").await.expect("read").is_empty());
    assert!(imports::staged(store, "i1", Change::New, 0, 9).await.expect("read").is_empty());
}

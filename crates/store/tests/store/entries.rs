//! Entries: written, changed, removed, remembered, and never changed by two at once unseen.

use penshaw_register::Kind;
use penshaw_store::entries::{self, Projected};
use penshaw_store::{Store, StoreError};
use serde_json::json;

use crate::common::{Fresh, at, both, by, contract, put, record, share, shared};

both! {
    an_entry_is_written_changed_and_removed_and_its_history_stays,
    two_editors_notice_each_other,
    of_two_writers_at_once_one_is_told,
    changes_that_are_dropped_never_were,
    many_entries_are_written_at_once,
    the_letter_nul_is_left_out,
    moments_keep_their_order,
}

async fn an_entry_is_written_changed_and_removed_and_its_history_stays(fresh: Fresh) {
    let store = &fresh.store;
    let (first, second) = (contract("C1", "Payroll", 100), contract("C1", "Payroll and pensions", 200));
    let changes = store.change().await.expect("changes");
    assert_eq!(entries::put(&changes, "SCC", &first, None, &by(1)).await.expect("new"), 1);
    assert_eq!(entries::put(&changes, "SCC", &second, Some(1), &by(2)).await.expect("changed"), 2);
    changes.keep().await.expect("kept");
    let entry = entries::find(store, "SCC", Kind::Contract, "C1").await.expect("read").expect("there");
    assert_eq!((entry.record, entry.number, entry.changed_at), (second.clone(), 2, at(2)));
    share(store, "SCC", vec![shared(&second)]).await;

    let changes = store.change().await.expect("changes");
    entries::remove(&changes, "SCC", Kind::Contract, "C1", 2, &by(3)).await.expect("removed");
    changes.keep().await.expect("kept");
    assert!(entries::find(store, "SCC", Kind::Contract, "C1").await.expect("read").is_none());
    assert!(entries::find_shared(store, "SCC", Kind::Contract, "C1").await.expect("read").is_none());
    let history = entries::history(store, "SCC", Kind::Contract, "C1").await.expect("read");
    let records: Vec<_> = history.into_iter().map(|version| (version.number, version.record)).collect();
    assert_eq!(records, [(3, None), (2, Some(second)), (1, Some(first.clone()))]);

    let changes = store.change().await.expect("changes");
    assert_eq!(entries::put(&changes, "SCC", &first, None, &by(4)).await.expect("new again"), 4);
}

async fn two_editors_notice_each_other(fresh: Fresh) {
    put(&fresh.store, "SCC", &[contract("C1", "Payroll", 100)]).await;
    let changes = fresh.store.change().await.expect("changes");
    for expected in [None, Some(2)] {
        let late =
            entries::put(&changes, "SCC", &contract("C1", "x", 1), expected, &by(2)).await.expect_err("conflict");
        assert!(matches!(&late, StoreError::ChangedMeanwhile { what } if what.contains("C1")), "{late}");
    }
    let late = entries::remove(&changes, "SCC", Kind::Contract, "C1", 7, &by(2)).await.expect_err("conflict");
    assert!(matches!(late, StoreError::ChangedMeanwhile { .. }));
    assert!(!late.is_passing());
}

async fn of_two_writers_at_once_one_is_told(fresh: Fresh) {
    put(&fresh.store, "SCC", &[contract("C1", "Payroll", 100)]).await;
    let write = |store: Store, value: i64| {
        tokio::spawn(async move {
            let changes = store.change().await?;
            entries::put(&changes, "SCC", &contract("C1", "Payroll", value), Some(1), &by(2)).await?;
            changes.keep().await
        })
    };
    let writers: Vec<_> = (0..6).map(|value| write(fresh.store.clone(), value)).collect();
    let mut kept = 0;
    for writer in writers {
        match writer.await.expect("a writer") {
            Ok(()) => kept += 1,
            Err(told) => assert!(matches!(told, StoreError::ChangedMeanwhile { .. }), "{told}"),
        }
    }
    assert_eq!(kept, 1);
}

async fn changes_that_are_dropped_never_were(fresh: Fresh) {
    let store = &fresh.store;
    let before = entries::revision(store, "SCC").await.expect("read");
    let changes = store.change().await.expect("changes");
    entries::put(&changes, "SCC", &contract("C1", "Payroll", 100), None, &by(1)).await.expect("written");
    entries::show(&changes, "SCC", Kind::Contract, "C1", &shared(&contract("C1", "Payroll", 100)), at(1))
        .await
        .expect("shown");
    drop(changes);
    assert!(entries::all_of(store, "SCC").await.expect("read").is_empty());
    assert!(entries::all_shared(store, "SCC").await.expect("read").is_empty());
    assert!(entries::history(store, "SCC", Kind::Contract, "C1").await.expect("read").is_empty());
    assert_eq!(entries::revision(store, "SCC").await.expect("read"), before);
    put(store, "SCC", &[contract("C1", "Payroll", 100)]).await;
    assert!(entries::revision(store, "SCC").await.expect("read") > before);
}

async fn many_entries_are_written_at_once(fresh: Fresh) {
    let store = &fresh.store;
    let records: Vec<_> = (0..1_234).map(|number| contract(&format!("C{number}"), "Payroll", number)).collect();
    put(store, "DCC", &records).await;
    put(store, "DCC", &[contract("C7", "Twice", 1), contract("C7", "Pensions", 1)]).await;
    let entry = entries::find(store, "DCC", Kind::Contract, "C7").await.expect("read").expect("there");
    assert_eq!(entry.record, contract("C7", "Pensions", 1));
    assert!(entry.number > 1);
    assert_eq!(entries::of_kind(store, "DCC", Kind::Contract).await.expect("read").len(), 1_234);
    assert!(entries::of_kind(store, "DCC", Kind::Site).await.expect("read").is_empty());
    assert!(entries::of_kind(store, "SCC", Kind::Contract).await.expect("read").is_empty());
}

async fn the_letter_nul_is_left_out(fresh: Fresh) {
    let fields = json!({ "name": "A\u{0}B \\u0000", "modules": ["x\u{0}y"] });
    let changes = fresh.store.change().await.expect("changes");
    entries::put(&changes, "SCC", &record(Kind::Application, "A1", fields), None, &by(1)).await.expect("written");
    changes.keep().await.expect("kept");
    let entry = entries::find(&fresh.store, "SCC", Kind::Application, "A1").await.expect("read").expect("there");
    let plain = record(Kind::Application, "A1", json!({ "name": "AB \\u0000", "modules": ["xy"] }));
    assert_eq!(entry.record, plain);
}

/// SQLite keeps moments as text of various lengths: their order must be that of time.
async fn moments_keep_their_order(fresh: Fresh) {
    let start = at(0);
    let moments: Vec<_> = [0, 1, 1_000, 1_001, 500_000, 999_999, 1_000_000]
        .map(|micros| start + jiff::SignedDuration::from_micros(micros))
        .into();
    for (place, &when) in moments.iter().enumerate() {
        let changes = fresh.store.change().await.expect("changes");
        let written = entries::Written { by: "anna", at: when, import: None };
        let record = contract(&format!("C{place}"), "Payroll", 1);
        entries::put(&changes, "SCC", &record, None, &written).await.expect("written");
        entries::show(&changes, "SCC", Kind::Contract, "C", &Projected::default(), when).await.expect("shown");
        changes.keep().await.expect("kept");
    }
    let wanted = crate::lists::wanted(&["SCC"]);
    let wanted = entries::Wanted { sort: entries::Sort::Changed, ..wanted };
    let listed = entries::list(&fresh.store, &wanted).await.expect("listed");
    assert_eq!(listed.into_iter().map(|entry| entry.changed_at).collect::<Vec<_>>(), moments);
}

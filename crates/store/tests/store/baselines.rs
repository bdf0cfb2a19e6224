//! Baselines: frozen, opened, proved, and refused any change by the database itself.

use penshaw_register::{Baseline, Record};
use penshaw_store::{Store, StoreError, audit, baselines, entries};

use crate::common::{Fresh, at, both, contract, day, put, say};

both! {
    a_baseline_opens_as_it_was_frozen,
    what_changed_before_it_was_frozen_is_noticed,
    what_is_kept_cannot_be_changed_nor_removed,
    a_baseline_that_was_tampered_with_does_not_open,
    the_newest_baseline_of_each_owner_is_found,
}

async fn records(store: &Store) -> Vec<Record> {
    entries::all_of(store, "SCC").await.expect("read").into_iter().map(|entry| entry.record).collect()
}

async fn freeze(store: &Store, id: &str, second: i64) -> Baseline {
    let changes = store.change().await.expect("changes");
    let baseline = Baseline::freeze("SCC", day(), records(store).await);
    baselines::freeze(&changes, id, &baseline, "For the report", "anna", at(second)).await.expect("frozen");
    changes.keep().await.expect("kept");
    baseline
}

async fn a_baseline_opens_as_it_was_frozen(fresh: Fresh) {
    let store = &fresh.store;
    put(store, "SCC", &[contract("C1", "Payroll", 100), contract("C2", "Tax", 200)]).await;
    let baseline = freeze(store, "b1", 1).await;
    put(store, "SCC", &[contract("C1", "Changed since", 1), contract("C3", "New since", 1)]).await;
    let frozen = baselines::find(store, "b1").await.expect("read").expect("there");
    assert_eq!((frozen.entries, frozen.on, frozen.note.as_str()), (2, day(), "For the report"));
    assert_eq!(baselines::open(store, &frozen).await.expect("opened"), baseline);
    assert!(baselines::find(store, "b2").await.expect("read").is_none());
}

async fn what_changed_before_it_was_frozen_is_noticed(fresh: Fresh) {
    let store = &fresh.store;
    put(store, "SCC", &[contract("C1", "Payroll", 100)]).await;
    let seen = Baseline::freeze("SCC", day(), records(store).await);
    for since in [contract("C1", "The same number of entries", 1), contract("C2", "One more", 1)] {
        put(store, "SCC", &[since]).await;
        let changes = store.change().await.expect("changes");
        let refused = baselines::freeze(&changes, "b1", &seen, "", "anna", at(1)).await.expect_err("changed");
        assert!(matches!(refused, StoreError::ChangedMeanwhile { .. }), "{refused}");
    }
    assert!(baselines::of(store, "SCC").await.expect("read").is_empty());
}

async fn what_is_kept_cannot_be_changed_nor_removed(fresh: Fresh) {
    let store = &fresh.store;
    put(store, "SCC", &[contract("C1", "Payroll", 100)]).await;
    freeze(store, "b1", 1).await;
    let changes = store.change().await.expect("changes");
    audit::record(&changes, audit::Event { verb: "freeze".into(), ..audit::Event::default() }, at(1))
        .await
        .expect("recorded");
    changes.keep().await.expect("kept");
    let columns =
        [("entry_version", "title"), ("baseline", "note"), ("baseline_entry", "baseline_id"), ("audit", "who")];
    for (table, column) in columns {
        let mut attempts = vec![format!("UPDATE {table} SET {column} = 'x'"), format!("DELETE FROM {table}")];
        match store.is_sqlite() {
            true => attempts.push(format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")),
            false => attempts.push(format!("TRUNCATE {table} CASCADE")),
        }
        for attempt in attempts {
            let refused = say(store, &attempt).await.expect_err(&attempt).to_string();
            assert!(refused.contains("are kept as they are"), "{attempt}: {refused}");
        }
    }
    let refused = StoreError::from(say(store, "DELETE FROM audit").await.expect_err("refused"));
    assert!(!refused.is_passing());
    let frozen = baselines::find(store, "b1").await.expect("read").expect("there");
    baselines::open(store, &frozen).await.expect("opened");
}

async fn a_baseline_that_was_tampered_with_does_not_open(fresh: Fresh) {
    let store = &fresh.store;
    put(store, "SCC", &[contract("C1", "Payroll", 100)]).await;
    freeze(store, "b1", 1).await;
    let guard = if store.is_sqlite() {
        "DROP TRIGGER entry_version_no_UPDATE"
    } else {
        "DROP TRIGGER entry_version_kept ON entry_version"
    };
    say(store, guard).await.expect("a guard dropped");
    say(store, "UPDATE entry_version SET body = replace(body, '100', '101')").await.expect("tampered with");
    let frozen = baselines::find(store, "b1").await.expect("read").expect("there");
    let refused = baselines::open(store, &frozen).await.expect_err("not what was frozen");
    assert!(refused.to_string().contains("is not what was frozen"), "{refused}");
}

async fn the_newest_baseline_of_each_owner_is_found(fresh: Fresh) {
    let store = &fresh.store;
    assert!(baselines::newest(store).await.expect("read").is_empty());
    for (id, second) in [("b2", 2), ("b3", 3), ("b1", 1), ("b4", 3)] {
        put(store, "SCC", &[contract("C1", id, second)]).await;
        freeze(store, id, second).await;
    }
    let newest: Vec<String> = baselines::newest(store).await.expect("read").into_iter().map(|one| one.id).collect();
    assert_eq!(newest, ["b4"]);
    let all: Vec<String> = baselines::of(store, "SCC").await.expect("read").into_iter().map(|one| one.id).collect();
    assert_eq!(all, ["b3", "b4", "b2", "b1"]);
}

//! A database that is away, or whose disk is full: told apart from what is wrong, and done with once it is back.

use std::time::Duration;

use penshaw_store::testing::Postgres;
use penshaw_store::{Changes, Connected, Store, StoreError, audit, entries};
use sea_orm::ConnectionTrait;

use crate::common::{Fresh, at, both, by, contract, put, sqlite};

both! {
    what_was_said_wrongly_does_not_pass,
}

async fn write(changes: &Changes, count: i64) -> Result<(), StoreError> {
    let long = "Payroll ".repeat(100);
    let records: Vec<_> = (0..count).map(|number| contract(&format!("L{number}"), &long, number)).collect();
    entries::put_all(changes, "SCC", &records, &by(1)).await?;
    audit::record(changes, audit::Event::default(), at(1)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_and_starts_again_is_found_again() {
    let mut server = Postgres::alone();
    let address = server.database().await;
    let store = Store::open(&address).await.expect("opened");
    let changes = store.change().await.expect("changes");
    penshaw_store::partnership::found(&changes, &crate::common::partners(), &Default::default())
        .await
        .expect("founded");
    changes.keep().await.expect("kept");
    put(&store, "SCC", &[contract("C1", "Kept", 1)]).await;
    let changes = store.change().await.expect("changes");
    write(&changes, 3).await.expect("written");
    server.stop();
    let lost = changes.keep().await.expect_err("the server is away");
    assert!(lost.is_passing(), "{lost}");
    let away = entries::all_of(&store, "SCC").await.expect_err("the server is away");
    assert!(away.is_passing(), "{away}");
    assert!(store.ping().await.is_err());
    assert!(store.change().await.expect_err("the server is away").is_passing());
    server.start_again();
    // Connections that died are let go of one by one, as they are found.
    let read = entries::all_of(&store, "SCC").await.expect("the server is back");
    assert_eq!(read.into_iter().map(|entry| entry.record.reference).collect::<Vec<_>>(), ["C1"]);
    let changes = store.change().await.expect("changes");
    write(&changes, 3).await.expect("written");
    changes.keep().await.expect("kept");
    assert_eq!(audit::verify(&store).await.expect("read").expect("whole").0, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_keeps_nothing_half() {
    let Fresh { store, folder: _folder, .. } = sqlite().await;
    put(&store, "SCC", &[contract("C1", "Kept", 1)]).await;
    let changes = store.change().await.expect("changes");
    changes.on().execute_unprepared("PRAGMA max_page_count = 120").await.expect("a small disk");
    let full = write(&changes, 2_000).await.expect_err("the disk is full");
    assert!(full.is_passing() && full.to_string().contains("full"), "{full}");
    drop(changes);
    assert_eq!(entries::all_of(&store, "SCC").await.expect("read").len(), 1);
    assert_eq!(audit::count(&store).await.expect("read"), 0);
    let changes = store.change().await.expect("changes");
    changes.on().execute_unprepared("PRAGMA max_page_count = 1000000").await.expect("a large disk");
    write(&changes, 2_000).await.expect("written");
    changes.keep().await.expect("kept");
    assert_eq!(entries::all_of(&store, "SCC").await.expect("read").len(), 2_001);
    assert_eq!(audit::verify(&store).await.expect("read").expect("whole").0, 1);
}

/// What PostgreSQL says by its codes passes or does not, whatever its words.
#[tokio::test]
async fn postgresqls_codes_are_understood() {
    let Fresh { store, folder: _folder, .. } = crate::common::postgres().await;
    let passing = ["53100", "53200", "53300", "57P01", "57P03", "40001", "40P01", "55P03", "08006", "25006", "58030"];
    let lasting = ["23505", "42P01", "42501", "22P02", "P0001", "28P01", "3D000"];
    for (codes, passes) in [(&passing[..], true), (&lasting[..], false)] {
        for code in codes {
            let raise = format!("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$");
            let error = StoreError::from(store.on().execute_unprepared(&raise).await.expect_err(code));
            assert_eq!(error.is_passing(), passes, "{code}: {error}");
        }
    }
}

async fn what_was_said_wrongly_does_not_pass(fresh: Fresh) {
    for wrong in
        ["SELECT nothing FROM nowhere", "SELEC 1", "INSERT INTO owner (code, position, revision) VALUES ('SCC', 1, 1)"]
    {
        let error = StoreError::from(fresh.store.on().execute_unprepared(wrong).await.expect_err(wrong));
        assert!(!error.is_passing(), "{wrong}: {error}");
    }
}

/// Somebody who writes for long keeps SQLite's other writers waiting, not failing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_waits_for_its_turn() {
    let Fresh { store, folder: _folder, .. } = sqlite().await;
    let first = store.change().await.expect("changes");
    write(&first, 1).await.expect("written");
    let other = tokio::spawn({
        let store = store.clone();
        async move { put(&store, "DCC", &[contract("D1", "Later", 1)]).await }
    });
    assert!(
        tokio::time::timeout(Duration::from_millis(100), async {
            while !other.is_finished() {
                tokio::task::yield_now().await
            }
        })
        .await
        .is_err()
    );
    assert!(entries::all_of(&store, "DCC").await.expect("readers do not wait").is_empty());
    first.keep().await.expect("kept");
    other.await.expect("a writer");
    assert_eq!(entries::all_of(&store, "DCC").await.expect("read").len(), 1);
}

//! Backups: whole and consistent while others write, restored elsewhere, and refused where they should be.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use penshaw_register::Baseline;
use penshaw_store::backup::{backup, restore};
use penshaw_store::testing::Postgres;
use penshaw_store::{Store, StoreError, audit, baselines, entries};

use crate::common::{Fresh, ask, at, both, by, contract, day, put, say, share, shared};

both! {
    a_backup_made_while_others_write_is_restored_elsewhere,
    a_backup_goes_over_no_file_and_no_register,
    a_backup_that_is_damaged_or_newer_is_refused,
}

/// One change as operations make it: an entry and its row of the trail, kept together.
async fn change(store: &Store, number: i64) -> Result<(), StoreError> {
    let changes = store.change().await?;
    entries::put(&changes, "SCC", &contract(&format!("W{number}"), "Written", number), None, &by(number)).await?;
    let event = audit::Event { verb: "change_entry".into(), body: "SCC".into(), ..audit::Event::default() };
    audit::record(&changes, event, at(number)).await?;
    changes.keep().await
}

/// Where a backup of this database can be restored to.
async fn elsewhere(fresh: &Fresh) -> String {
    match fresh.store.is_sqlite() {
        true => format!("sqlite:{}", fresh.folder.path().join("restored.db").display()),
        false => Postgres::start().database().await,
    }
}

async fn freeze(store: &Store) -> Baseline {
    let records = entries::all_of(store, "SCC").await.expect("read").into_iter().map(|entry| entry.record).collect();
    let baseline = Baseline::freeze("SCC", day(), records);
    let changes = store.change().await.expect("changes");
    baselines::freeze(&changes, "b1", &baseline, "", "anna", at(1)).await.expect("frozen");
    changes.keep().await.expect("kept");
    baseline
}

async fn a_backup_made_while_others_write_is_restored_elsewhere(fresh: Fresh) {
    let store = &fresh.store;
    let estate: Vec<_> = (0..2_000).map(|number| contract(&format!("C{number}"), "Payroll", number)).collect();
    put(store, "SCC", &estate).await;
    share(store, "SCC", estate.iter().take(500).map(shared).collect()).await;
    let baseline = freeze(store).await;
    let ended = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (store, ended) = (store.clone(), ended.clone());
        async move {
            let mut written = 0;
            while !ended.load(Ordering::Relaxed) || written < 3 {
                change(&store, written).await.expect("written");
                written += 1;
            }
            written
        }
    });
    while audit::count(store).await.expect("counted") < 3 {
        tokio::task::yield_now().await;
    }
    let file = fresh.folder.path().join("a backup #1");
    backup(store, &file).await.expect("backed up");
    ended.store(true, Ordering::Relaxed);
    let written = writer.await.expect("a writer");
    only_its_owner_reads(&file);

    let address = elsewhere(&fresh).await;
    restore(&file, &address).await.expect("restored");
    let restored = Store::open(&address).await.expect("opened");
    let (rows, _) = audit::verify(&restored).await.expect("read").expect("whole");
    assert!((3..=written).contains(&rows), "{rows} of {written}");
    // What was kept together was backed up together.
    assert_eq!(entries::all_of(&restored, "SCC").await.expect("read").len() as i64, 2_000 + rows);
    for table in ["owner", "shared_entry", "baseline", "baseline_entry", "seaql_migrations"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(ask(&restored, &sql).await, ask(store, &sql).await, "{table}");
    }
    let frozen = baselines::newest(&restored).await.expect("read").remove(0);
    assert_eq!(baselines::open(&restored, &frozen).await.expect("opened"), baseline);
    assert!(say(&restored, "DELETE FROM audit").await.is_err(), "the guards are restored too");
    change(&restored, 1_000_000).await.expect("it goes on");
    audit::verify(&restored).await.expect("read").expect("whole");
}

#[cfg(unix)]
fn only_its_owner_reads(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[cfg(not(unix))]
fn only_its_owner_reads(_: &Path) {}

async fn a_backup_goes_over_no_file_and_no_register(fresh: Fresh) {
    let file = fresh.folder.path().join("backup");
    std::fs::write(&file, "somebody's").expect("written");
    let refused = backup(&fresh.store, &file).await.expect_err("a file is there");
    assert!(refused.to_string().contains("is there already"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "somebody's");
    std::fs::remove_file(&file).expect("removed");
    backup(&fresh.store, &file).await.expect("backed up");
    let refused = restore(&file, &fresh.address).await.expect_err("a register is there");
    assert!(matches!(refused, StoreError::CannotBeDone { .. }), "{refused}");
    let nowhere = fresh.folder.path().join("no such folder").join("backup");
    assert!(matches!(backup(&fresh.store, &nowhere).await, Err(StoreError::CannotBeDone { .. })));
    let left: Vec<_> =
        std::fs::read_dir(fresh.folder.path()).expect("read").flatten().map(|file| file.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

async fn a_backup_that_is_damaged_or_newer_is_refused(fresh: Fresh) {
    put(&fresh.store, "SCC", &(0..500).map(|number| contract(&format!("C{number}"), "Payroll", 1)).collect::<Vec<_>>())
        .await;
    let path = |name: &str| fresh.folder.path().join(name);
    backup(&fresh.store, &path("whole")).await.expect("backed up");
    let mut bytes = std::fs::read(path("whole")).expect("read");
    let address = elsewhere(&fresh).await;
    std::fs::write(path("cut"), &bytes[..bytes.len() / 2]).expect("written");
    bytes[..64].fill(7);
    std::fs::write(path("damaged"), &bytes).expect("written");
    std::fs::write(path("empty"), "").expect("written");
    for name in ["cut", "damaged", "empty", "not there"] {
        let refused = restore(&path(name), &address).await.expect_err(name);
        assert!(matches!(refused, StoreError::CannotBeDone { .. }), "{name}: {refused}");
    }
    say(&fresh.store, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)")
        .await
        .expect("said");
    backup(&fresh.store, &path("newer")).await.expect("backed up");
    let refused = restore(&path("newer"), &address).await.expect_err("newer");
    assert!(matches!(refused, StoreError::Newer(_)), "{refused}");
    // Nothing was left of all that.
    restore(&path("whole"), &address).await.expect("restored");
    let restored = Store::open(&address).await.expect("opened");
    assert_eq!(entries::all_of(&restored, "SCC").await.expect("read").len(), 500);
}

/// The server asks this user for a password, which stands in the address alone.
#[tokio::test]
async fn a_password_reaches_postgresqls_programs() {
    let fresh = crate::common::postgres().await;
    let make = "DO $$ BEGIN CREATE ROLE with_password SUPERUSER LOGIN PASSWORD 'p@ss:/'; END $$";
    say(&fresh.store, make).await.expect("made");
    let with_password = |address: &str| address.replace("postgres@", "with_password:p%40ss%3A%2F@");
    let store = Store::open(&with_password(&fresh.address)).await.expect("opened");
    let file = fresh.folder.path().join("backup");
    backup(&store, &file).await.expect("backed up");
    let address = with_password(&elsewhere(&fresh).await);
    restore(&file, &address).await.expect("restored");
    let wrong = fresh.address.replace("postgres@", "with_password:wrong@");
    let refused = Store::open(&wrong).await.expect_err("wrong");
    assert!(!refused.to_string().contains("wrong@") && !refused.is_passing(), "{refused}");
    assert!(!format!("{store:?}").contains("p%40ss"));
}

/// A schema of one's own is backed up and restored under its name.
#[tokio::test]
async fn a_schema_is_restored_under_its_name() {
    let fresh = crate::common::postgres().await;
    let store = Store::open(&format!("{}?schema=Our own", fresh.address)).await.expect("opened");
    let file = fresh.folder.path().join("backup");
    backup(&store, &file).await.expect("backed up");
    let address = elsewhere(&fresh).await;
    let refused = restore(&file, &address).await.expect_err("another schema");
    assert!(refused.to_string().contains("schema"), "{refused}");
    let named = format!("{address}?schema=Our own");
    restore(&file, &named).await.expect("restored");
    let restored = Store::open(&named).await.expect("opened");
    assert_eq!(ask(&restored, "SELECT COUNT(*) FROM seaql_migrations").await, 7);
}

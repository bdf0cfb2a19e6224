//! Backups of a database that is written to, and folders that are saved, loaded and saved again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use penshaw_store::testing::Postgres;

use crate::databases::Database;
use crate::imports::{applications, through};
use crate::server::{Server, penshaw};

#[test]
fn a_backup_of_sqlite_under_writes_is_whole() {
    back_up_under_writes(Database::sqlite(), &Database::none());
}

#[test]
fn a_backup_of_postgresql_under_writes_is_whole() {
    back_up_under_writes(Database::postgres(), &Database::none_on(Postgres::start()));
}

/// Backs up while somebody writes without a pause, restores elsewhere, and looks at what is there.
fn back_up_under_writes(database: Database, elsewhere: &Database) {
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    let file = database.scratch.path().join("penshaw.backup").display().to_string();
    let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (before, during) = std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let email = format!("person{number}@example.gov.uk");
                let fields = [("name", "A person"), ("email", &email), ("body", "SCC"), ("roles", "finance")];
                let answer = browser.post("/people/invite", &fields);
                assert_eq!(answer.status, 200, "a backup disturbs nobody: {}", answer.text());
                written.fetch_add(1, Ordering::Relaxed);
            }
        });
        crate::server::until("something is written", || (written.load(Ordering::Relaxed) > 5).then_some(()));
        let before = written.load(Ordering::Relaxed);
        penshaw(&["backup", &file, "--database", &database.address]);
        let during = written.load(Ordering::Relaxed) - before;
        stop.store(true, Ordering::Relaxed);
        (before, during)
    });
    println!("{during} writes were kept while the backup was made");
    penshaw(&["restore", &file, "--database", &elsewhere.address]);
    let (live, restored) = (database.verified(), elsewhere.verified());
    assert!(restored <= live && restored as usize > before, "{restored} of {live} rows");
    let second = Server::over(elsewhere);
    let mut officer = elsewhere.officer("SCC", &second);
    assert_eq!(officer.get("/estate/applications/SCC/entry/A01").status, 200);
    let refused = std::process::Command::new(env!("CARGO_BIN_EXE_penshaw"))
        .args(["restore", &file, "--database", &elsewhere.address])
        .output()
        .expect("penshaw runs");
    assert_eq!(refused.status.code(), Some(1), "a database that is there is not written over");
    through(&mut officer, "SCC", "applications.csv", applications("R", 50).as_bytes());
    elsewhere.verified();
}

#[test]
fn a_folder_that_is_saved_loaded_and_saved_again_is_the_same() {
    let targets = [Database::sqlite(), Database::postgres()];
    let mut saved: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
    for (number, database) in targets.iter().enumerate() {
        let server = Server::over(database);
        let mut officer = database.officer("SCC", &server);
        let file = "Reference,Name,Users,Annual cost\nZ1,\"Café, \"\"quoted\"\" = +1\",3,10.55\nZ2,  spaced ,,\n";
        through(&mut officer, "SCC", "applications.csv", file.as_bytes());
        let folder = |name: &str| database.scratch.path().join(name);
        penshaw(&["save", &folder("first").display().to_string(), "--database", &database.address]);
        let other = if number == 0 { Database::none_on(Postgres::start()) } else { Database::none() };
        penshaw(&["load", &folder("first").display().to_string(), "--database", &other.address]);
        penshaw(&["save", &folder("second").display().to_string(), "--database", &other.address]);
        let (first, second) = (files(&folder("first")), files(&folder("second")));
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (name, bytes) in &first {
            assert!(bytes == &second[name], "{name} is not the same");
        }
        saved.push(first);
    }
    assert!(saved[0] == saved[1], "both databases save the same");
}

/// Every file below a folder by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is read") {
        let path = entry.expect("an entry is read").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("a file is read"));
        }
    }
    found
}

//! Servers that are killed, put to sleep or stopped while they work: all or nothing, once, and to the end.

use std::time::{Duration, Instant};

use penshaw_register::Kind;
use penshaw_store::imports::State;
use penshaw_store::{audit, entries, imports, jobs};

use crate::browser::Browser;
use crate::databases::Database;
use crate::imports::{Stands, applications, bring, commit, stands, wait_for};
use crate::long_run;
use crate::server::{Server, until, within};

/// Servers that lose their jobs soon, so that nobody waits for long.
const SOON: [&str; 2] = ["--lease", "2s"];
const ROWS: usize = 20_000;

#[test]
fn an_import_survives_kills_on_sqlite() {
    kill_while_importing(&Database::sqlite());
}

#[test]
fn an_import_survives_kills_on_postgresql() {
    kill_while_importing(&Database::postgres());
}

/// Kills the server twice while it reads and twice while it commits, and looks at what is left each time.
fn kill_while_importing(database: &Database) {
    let began = Instant::now();
    let before = count(database);
    let mut server = Server::with(database, &SOON);
    let mut browser = database.officer("SCC", &server);
    let import = bring(&mut browser, "SCC", "applications.csv", applications("K", ROWS).as_bytes());
    for stage in [Stands::Reading, Stands::Preparing] {
        wait_for(&mut browser, &import, stage);
        server.kill();
        assert_eq!(count(database), before, "nothing is there before it is committed");
        database.verified();
        server = Server::with(database, &SOON);
        browser = browser.moved_to(&server);
    }
    wait_for(&mut browser, &import, Stands::Ready);
    let rows = database.verified();
    commit(&mut browser, &import);
    for later in [20, 400] {
        until("it is being committed", || match stands(&mut browser, &import) {
            Stands::Committing | Stands::Committed => Some(()),
            _ => None,
        });
        std::thread::sleep(Duration::from_millis(later));
        server.kill();
        let found = count(database);
        println!("{later} ms into the commit: {} of {ROWS} rows", found - before);
        assert!(found == before || found == before + ROWS, "all or nothing: {found}");
        database.verified();
        server = Server::with(database, &SOON);
        browser = browser.moved_to(&server);
    }
    wait_for(&mut browser, &import, Stands::Committed);
    until("the job ends", || metric(&mut browser, "penshaw_jobs_waiting").filter(|waiting| *waiting == 0.0));
    assert_eq!(count(database), before + ROWS);
    assert_eq!(noted(database, "import_file"), 1, "it was committed once");
    assert!(database.verified() > rows);
    println!("an import of {ROWS} rows with four kills: {:?}", began.elapsed());
}

#[test]
fn a_job_of_a_killed_server_is_taken_over_by_another() {
    let database = Database::postgres();
    let mut first = Server::with(&database, &SOON);
    let mut browser = database.officer("SCC", &first);
    let import = bring(&mut browser, "SCC", "applications.csv", applications("T", 8_000).as_bytes());
    wait_for(&mut browser, &import, Stands::Reading);
    first.kill();
    let second = Server::with(&database, &SOON);
    let mut browser = browser.moved_to(&second);
    let began = Instant::now();
    wait_for(&mut browser, &import, Stands::Ready);
    println!("a job of a killed server was taken over and done in {:?}", began.elapsed());
    assert_eq!(job(&database, &import).attempts, 2);
}

#[test]
fn a_server_that_slept_through_its_lease_changes_nothing_when_it_wakes() {
    let database = Database::postgres();
    let before = count(&database);
    let first = Server::with(&database, &SOON);
    let mut browser = database.officer("SCC", &first);
    let import = bring(&mut browser, "SCC", "applications.csv", applications("S", 8_000).as_bytes());
    wait_for(&mut browser, &import, Stands::Reading);
    first.sleep();
    let second = Server::with(&database, &SOON);
    let mut browser = browser.moved_to(&second);
    wait_for(&mut browser, &import, Stands::Ready);
    commit(&mut browser, &import);
    first.wake();
    wait_for(&mut browser, &import, Stands::Committed);
    until("the job ends", || metric(&mut browser, "penshaw_jobs_waiting").filter(|waiting| *waiting == 0.0));
    assert!(first.is_ready(), "it goes on");
    assert_eq!((count(&database), noted(&database, "import_file")), (before + 8_000, 1));
    database.verified();
}

#[test]
fn a_server_that_is_asked_to_stop_hands_its_job_to_another_at_once() {
    for database in [Database::sqlite(), Database::postgres()] {
        // The usual lease: nobody has to wait for a minute.
        let mut first = Server::over(&database);
        let mut browser = database.officer("SCC", &first);
        let import = bring(&mut browser, "SCC", "applications.csv", applications("H", 8_000).as_bytes());
        wait_for(&mut browser, &import, Stands::Reading);
        let began = Instant::now();
        assert!(first.stop().success());
        println!("a server in the middle of a job stopped in {:?}", began.elapsed());
        assert!(began.elapsed() < Duration::from_secs(30), "it does not wait for the job to end");
        let second = Server::over(&database);
        let mut browser = browser.moved_to(&second);
        within(Duration::from_secs(45), "the other does it", || {
            (stands(&mut browser, &import) == Stands::Ready).then_some(())
        });
        assert_eq!(job(&database, &import).attempts, 1, "that it was handed on is no fault of the job");
    }
}

#[test]
fn no_job_is_done_twice_by_servers_that_take_them_together() {
    let database = Database::postgres();
    let servers = [Server::with(&database, &SOON), Server::with(&database, &SOON)];
    let first = database.officer("SCC", &servers[0]);
    let mut browsers = [first.clone(), first.moved_to(&servers[1])];
    let mut brought = Vec::new();
    for number in 0..12_usize {
        let file = applications(&format!("Q{number:02}"), 200);
        brought.push(bring(&mut browsers[number % 2], "SCC", "applications.csv", file.as_bytes()));
    }
    for import in &brought {
        wait_for(&mut browsers[0], import, Stands::Ready);
        commit(&mut browsers[1], import);
        // Twice, as somebody does whose connection is slow.
        commit(&mut browsers[0], import);
    }
    for import in &brought {
        wait_for(&mut browsers[1], import, Stands::Committed);
    }
    let attempts: Vec<i64> = brought.iter().map(|import| job(&database, import).attempts).collect();
    assert_eq!(attempts, vec![1; brought.len()]);
    assert_eq!(noted(&database, "import_file"), brought.len());
    database.verified();
}

/// How many applications an authority has, as the database itself says.
fn count(database: &Database) -> usize {
    database.store(async |store| {
        entries::of_kind(store, "SCC", Kind::Application).await.expect("the database answers").len()
    })
}

/// How often the trail says that something was done.
fn noted(database: &Database, verb: &str) -> usize {
    let bodies = ["SCC".to_owned()];
    let wanted = audit::Wanted { bodies: &bodies, limit: 1_000, ..audit::Wanted::default() };
    let rows = database.store(async |store| audit::rows(store, &wanted).await.expect("the database answers"));
    rows.iter().filter(|row| row.event.verb == verb).count()
}

/// The job of an import, the last of it.
fn job(database: &Database, import: &str) -> jobs::Job {
    let id = import.rsplit('/').next().expect("an id").to_owned();
    database.store(async |store| {
        let known = imports::find(store, &id).await.expect("an answer").expect("an import");
        assert_ne!(known.state, State::Failed);
        jobs::about(store, &id).await.expect("an answer").expect("a job")
    })
}

/// A figure of a server's own.
fn metric(browser: &mut Browser, name: &str) -> Option<f64> {
    let figures = browser.get("/metrics").body;
    let line = figures.lines().find(|line| line.starts_with(name))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[test]
fn what_was_answered_is_kept_while_servers_are_killed_at_any_moment() {
    let long = Duration::from_secs(6);
    for (database, servers) in [(Database::sqlite(), 1), (Database::postgres(), 2)] {
        let long_run::Came { writes, imports, kills } = long_run::run(&database, servers, long, 20_140_618);
        println!("in {long:?} with {servers} servers: {writes} writes, {imports} imports, {kills} kills");
        assert!(writes > 5 && kills > 1);
    }
}

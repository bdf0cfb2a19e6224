//! A run in which people write without a pause and servers are killed at any moment: what was answered is kept.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use penshaw_register::Kind;
use penshaw_store::{accounts, entries, jobs};

use crate::browser::Browser;
use crate::databases::Database;
use crate::imports::applications;
use crate::server::{Server, free_port, until};

/// How many entries each import brings.
const ROWS: usize = 300;

/// What a run came to.
#[derive(Debug)]
pub struct Came {
    pub writes: usize,
    pub imports: usize,
    pub kills: usize,
}

/// Runs for so long over a database, on so many servers, and looks at what is left.
pub fn run(database: &Database, servers: usize, long: Duration, seed: u64) -> Came {
    let ports: Vec<String> = (0..servers).map(|_| free_port().to_string()).collect();
    let start = |port: &String| Server::with(database, &["--listen", port, "--lease", "2s"]);
    let mut running: Vec<Server> = ports.iter().map(start).collect();
    let browser = database.officer("SCC", &running[0]);
    let browsers: Vec<Browser> = running.iter().map(|server| browser.moved_to(server)).collect();
    let (stop, kept, brought) = (AtomicBool::new(false), Mutex::new(Vec::new()), AtomicUsize::new(0));
    let mut kills = 0;
    std::thread::scope(|scope| {
        for (number, browser) in browsers.iter().chain(&browsers).enumerate() {
            let (browser, stop, kept) = (browser.clone(), &stop, &kept);
            scope.spawn(move || write(browser, number, stop, kept));
        }
        let (browser, stop_importing, brought) = (browsers[servers - 1].clone(), &stop, &brought);
        scope.spawn(move || import(browser, stop_importing, brought));
        let (began, mut chance) = (Instant::now(), Chance(seed));
        while began.elapsed() < long {
            std::thread::sleep(Duration::from_millis(300 + chance.below(1_500)));
            let which = chance.below(servers as u64) as usize;
            running[which].kill();
            kills += 1;
            running[which] = start(&ports[which]);
        }
        stop.store(true, Ordering::Relaxed);
    });
    until("every job ends", || {
        (database.store(async |store| jobs::waiting(store).await.expect("an answer")) == 0).then_some(())
    });
    drop(running);
    database.verified();
    let kept = kept.into_inner().expect("nobody panicked");
    is_all_there(database, &kept);
    let imports = whole_imports(database);
    assert!(imports >= brought.load(Ordering::Relaxed), "what was answered as committed is there");
    Came { writes: kept.len(), imports, kills }
}

/// Invites people one after another and notes who was answered for.
fn write(mut browser: Browser, number: usize, stop: &AtomicBool, kept: &Mutex<Vec<String>>) {
    for count in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let email = format!("person.{number}.{count}@example.gov.uk");
        let body = format!("name=A&email={email}&body=SCC&roles=finance").into_bytes();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        match browser.try_to_send("POST", "/people/invite", &headers, body) {
            Ok(answer) if answer.status == 200 => kept.lock().expect("nobody panicked").push(email),
            Ok(answer) => assert!(answer.status == 503, "{} {}", answer.status, answer.text()),
            // The server was killed: nobody knows whether it was kept.
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Brings files and commits them, as far as the servers let it.
fn import(mut browser: Browser, stop: &AtomicBool, brought: &AtomicUsize) {
    for count in 0..900 {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let file = applications(&format!("R{count:03}"), ROWS);
        if import_one(&mut browser, &file, stop).is_some() {
            brought.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Nothing, where it cannot be told what became of it.
fn import_one(browser: &mut Browser, file: &str, stop: &AtomicBool) -> Option<()> {
    let answer = browser.try_to_upload("/imports/SCC", "applications.csv", file.as_bytes()).ok()?;
    if answer.status != 303 {
        return None;
    }
    let import = answer.leads_to().to_owned();
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(30));
        let Ok(page) = browser.try_to_send("GET", &import, &[], Vec::new()) else { continue };
        if page.body.contains("/commit\"") {
            let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
            let _ = browser.try_to_send("POST", &format!("{import}/commit"), &headers, Vec::new());
        } else if page.status == 200 && page.text().contains("was committed") {
            return Some(());
        }
    }
    None
}

fn is_all_there(database: &Database, kept: &[String]) {
    let invited = database.store(async |store| accounts::invitations(store).await.expect("an answer"));
    let invited: std::collections::BTreeSet<&str> = invited.iter().map(|one| one.email.as_str()).collect();
    let lost: Vec<&String> = kept.iter().filter(|email| !invited.contains(email.as_str())).collect();
    assert!(lost.is_empty(), "of {} that were answered as kept these are lost: {lost:?}", kept.len());
}

/// How many imports are there, each of them whole.
fn whole_imports(database: &Database) -> usize {
    let all = database
        .store(async |store| entries::of_kind(store, "SCC", Kind::Application).await.expect("the database answers"));
    let mut counts: std::collections::BTreeMap<String, usize> = Default::default();
    for entry in all.iter().filter(|entry| entry.record.reference.starts_with('R')) {
        *counts.entry(entry.record.reference[..4].to_owned()).or_default() += 1;
    }
    let halves: Vec<_> = counts.iter().filter(|(_, count)| **count != ROWS).collect();
    assert!(halves.is_empty(), "kept by half: {halves:?}");
    counts.len()
}

/// Chance that is the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

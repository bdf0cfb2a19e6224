//! What is another authority's, asked for by who has guessed its address: the same answer as for what is not there.

use std::fs;
use std::path::Path;

use crate::browser::Browser;
use crate::databases::{Database, address_of};
use crate::imports::{applications, bring};
use crate::server::{Server, example, penshaw};

#[test]
fn what_is_anothers_is_answered_like_what_is_not_there() {
    let database = withheld();
    let server = Server::over(&database);
    let mut durham = database.officer("DCC", &server);
    let mut sunderland = database.officer("SCC", &server);
    let import = bring(&mut durham, "DCC", "applications.csv", applications("G", 20).as_bytes());
    let id = import.rsplit('/').next().expect("an id").to_owned();
    let job = database.store(async |store| {
        penshaw_store::jobs::about(store, &id).await.expect("an answer").expect("the import has a job").id
    });
    assert_eq!(durham.get(&import).status, 200);
    assert_eq!(durham.get("/estate/posts/DCC/entry/P1").status, 200, "the owner reads it");
    let none = "0123456789abcdef0123456789abcdef";
    let asked = [
        ("GET", "/estate/posts/DCC/entry/P1", "/estate/posts/DCC/entry/P99"),
        ("GET", "/estate/posts/DCC/entry/P1/change", "/estate/posts/DCC/entry/P99/change"),
        ("GET", &import, &format!("/import/{none}")),
        ("POST", &format!("{import}/commit"), &format!("/import/{none}/commit")),
        ("POST", &format!("{import}/again"), &format!("/import/{none}/again")),
        ("POST", &format!("{import}/give-up"), &format!("/import/{none}/give-up")),
        ("GET", &format!("/job/{job}"), &format!("/job/{none}")),
        ("GET", &format!("/job/{job}/fragment"), &format!("/job/{none}/fragment")),
        ("POST", &format!("/job/{job}/cancel"), &format!("/job/{none}/cancel")),
        ("GET", "/imports/DCC", "/imports/XYZ"),
        ("GET", "/baselines/DCC", "/baselines/XYZ"),
        ("GET", "/sharing/DCC", "/sharing/XYZ"),
    ];
    for (method, theirs, none) in asked {
        is_the_same(&mut sunderland, method, theirs, none);
    }
    let lists = ["/estate/posts", "/estate/posts?owner=DCC", "/estate/posts?words=P1"];
    for list in lists {
        assert!(!sunderland.get(list).body.contains("/DCC/entry/"), "{list}");
    }
    let download = sunderland.get("/estate/posts/DCC/download.csv").body;
    assert_eq!(download.lines().count(), 1, "the headings alone: {download}");
    assert!(durham.get(&import).status == 200, "nothing was done to it");
    let theirs = durham.get(&format!("/people/{}", account(&database, "DCC")));
    assert_eq!(theirs.status, 200);
    database.verified();
}

#[test]
fn a_file_can_be_brought_for_no_other_authority() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut sunderland = database.officer("SCC", &server);
    let file = applications("X", 5);
    let theirs = sunderland.upload("/imports/DCC", "applications.csv", file.as_bytes());
    let none = sunderland.upload("/imports/XYZ", "applications.csv", file.as_bytes());
    assert_eq!((theirs.status, none.status), (404, 404), "{}", theirs.text());
    assert_eq!(theirs.text(), none.text());
    let import = bring(&mut sunderland, "SCC", "applications.csv", file.as_bytes());
    let other = import.replace("/import/", "/import/%2e%2e/");
    assert_eq!(sunderland.get(&other).status, 404);
}

#[test]
fn somebody_without_a_role_is_shown_nothing() {
    let database = Database::sqlite();
    database.account("nobody@example.gov.uk", &[]);
    let server = Server::over(&database);
    let mut nobody = database.signed_in("nobody@example.gov.uk", &server);
    for path in ["/estate/applications", "/estate/applications/SCC/entry/A01", "/imports/SCC", "/people", "/audit"] {
        let answer = nobody.get(path);
        assert!([403, 404].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
        assert!(!answer.body.contains("Council tax and business rates"), "{path}");
    }
}

#[test]
fn an_auditor_changes_nothing() {
    let database = Database::sqlite();
    database.account("auditor@example.gov.uk", &[("SCC", &["auditor"])]);
    let server = Server::over(&database);
    let mut auditor = database.signed_in("auditor@example.gov.uk", &server);
    assert_eq!(auditor.get("/estate/applications/SCC/entry/A01").status, 200);
    let before = database.verified();
    let upload = auditor.upload("/imports/SCC", "applications.csv", applications("X", 5).as_bytes());
    assert_eq!(upload.status, 403, "{}", upload.text());
    let frozen = [("on-day", "31"), ("on-month", "3"), ("on-year", "2026"), ("note", "mine")];
    assert_eq!(auditor.post("/baselines/SCC", &frozen).status, 403);
    let invited = [("name", "A"), ("email", "a@example.gov.uk"), ("body", "SCC"), ("roles", "approver")];
    assert_eq!(auditor.post("/people/invite", &invited).status, 403);
    assert_eq!(database.verified(), before, "nothing was written");
}

/// The example, in which Durham keeps its posts back.
fn withheld() -> Database {
    let database = Database::none();
    let folder = database.scratch.path().join("example");
    copy(Path::new(&example()), &folder);
    let estate = folder.join("durham/estate.toml");
    let text = fs::read_to_string(&estate).expect("it is read")
        + "\n[[share]]\nkind = \"posts\"\nfields = \"all\"\nshared = false\n";
    fs::write(&estate, text).expect("it is written");
    penshaw(&["load", &folder.display().to_string(), "--database", &database.address]);
    database.with_officers()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder is read") {
        let path = entry.expect("an entry is read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file is copied");
        }
    }
}

/// Asks for both and compares what comes back, the address that was asked for left out of it.
fn is_the_same(browser: &mut Browser, method: &str, theirs: &str, none: &str) {
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    let [found, missing] = [theirs, none].map(|path| {
        let answer = browser.send(method, path, &headers, Vec::new());
        let said: String = answer.text().replace(path, "").chars().take(600).collect();
        (answer.status, said)
    });
    assert_eq!(found, missing, "{method} {theirs}");
    assert_eq!(found.0, 404, "{method} {theirs}: {}", found.1);
}

fn account(database: &Database, authority: &str) -> String {
    let email = address_of(authority);
    database.store(async |store| {
        penshaw_store::accounts::with_email(store, &email).await.expect("an answer").expect("an account").id
    })
}

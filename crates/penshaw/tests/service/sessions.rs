//! Sessions: what is typed when one ends is kept for who typed it, and for nobody else.

use crate::browser::{Answer, Browser};
use crate::databases::{Database, address_of};
use crate::server::{Server, within};
use std::time::Duration;

#[test]
fn what_was_typed_when_a_session_ended_is_shown_again_and_saved() {
    for database in [Database::sqlite(), Database::postgres()] {
        let server = Server::over(&database);
        let mut browser = database.officer("SCC", &server);
        let typed = [
            ("name", "Zoë \"<Nord>\" & Co"),
            ("email", "zoe@example.gov.uk"),
            ("body", "SCC"),
            ("roles", "finance"),
            ("roles", "approver"),
        ];
        end_sessions(&database, &browser);
        let to = browser.post("/people/invite", &typed).leads_to().to_owned();
        assert!(to.starts_with("/sign-in?ended=yes&next=/held/"), "{to}");
        let page = browser.get(&to);
        assert!(page.text().contains("What you had typed is kept"), "{}", page.text());
        let held = to.split_once("next=").expect("it leads on").1.to_owned();

        let mut colleague = database.officer("DCC", &server);
        assert_eq!(colleague.get(&held).status, 404, "nobody else sees it");
        assert!(Browser::at(&server).get(&held).leads_to().starts_with("/sign-in"));

        database.sign_in(&address_of("SCC"), &mut browser);
        for _ in 0..2 {
            let page = browser.get(&held);
            assert_eq!(page.status, 200, "a page that is loaded again shows it again: {}", page.text());
            assert_eq!(page.field("name"), "Zoë \"<Nord>\" & Co");
            assert_eq!(page.field("email"), "zoe@example.gov.uk");
            assert_eq!(page.body.matches("name=\"roles\"").count(), 2, "both that were ticked");
        }
        let page = browser.get(&held);
        let action = page.between("action=\"/people", "\"").replace("&amp;", "&");
        let saved = browser.post(&format!("/people{action}"), &typed);
        assert!(saved.text().contains("Invitation made"), "{}", saved.text());
        assert!(browser.get("/people").text().contains("zoe@example.gov.uk"));
        assert_eq!(browser.get(&held).status, 404, "once it is saved it is kept no longer");
        database.verified();
    }
}

#[test]
fn passwords_and_codes_are_never_kept() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    end_sessions(&database, &browser);
    let secrets = ["the old words", "the new words"];
    let answer = browser.post("/account/password", &[("current", secrets[0]), ("new", secrets[1])]);
    assert_eq!(answer.leads_to().split_once("/held/"), None, "nothing is kept of it");
    let answer =
        browser.post("/people/invite", &[("email", "b@example.gov.uk"), ("password", secrets[0]), ("code", "1")]);
    let held = answer.leads_to().split_once("next=").expect("the rest of a form is kept").1.to_owned();
    database.sign_in(&address_of("SCC"), &mut browser);
    let page = browser.get(&held);
    assert_eq!(page.field("email"), "b@example.gov.uk");
    assert!(!page.body.contains("the old words") && !page.body.contains("name=\"code\""), "{}", page.body);
}

#[test]
fn who_is_invited_is_let_in_even_where_an_earlier_session_has_ended() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    end_sessions(&database, &browser);
    let arguments = ["admin", "invite", "new@example.gov.uk", "--name", "New", "--database", &database.address];
    let printed = crate::server::penshaw(&arguments);
    let secret = printed.split_once("/invitation/").expect("a link").1.trim();
    let fields = [("email", "new@example.gov.uk"), ("password", "copper lantern meadow")];
    assert_eq!(browser.post(&format!("/invitation/{secret}"), &fields).leads_to(), "/sign-in/app");
}

#[test]
fn a_session_that_nobody_uses_ends_and_one_that_is_used_does_not() {
    let database = Database::sqlite();
    let server = Server::with(&database, &["--idle", "4s"]);
    let mut used = database.officer("SCC", &server);
    let mut unused = database.officer("DCC", &server);
    let mut ended = false;
    within(Duration::from_secs(30), "a session ends by itself", || {
        assert_eq!(used.get("/").status, 200, "somebody who is at work stays signed in");
        // Without waking it: what is asked for by a cookie keeps a session awake.
        let answer = sleeping(&database, &unused);
        ended = ended || answer;
        ended.then_some(())
    });
    assert_eq!(unused.get("/").leads_to(), "/sign-in");
}

#[test]
fn a_session_works_at_every_server_and_ends_at_every_server() {
    let database = Database::postgres();
    let servers = [Server::over(&database), Server::over(&database)];
    let mut here = database.officer("SCC", &servers[0]);
    let mut there = here.moved_to(&servers[1]);
    let home = there.get("/");
    assert!(home.status == 200 && home.body.contains("Officer officer.scc@example.gov.uk"), "{}", home.text());
    assert_eq!(there.post("/sign-out", &[]).leads_to(), "/sign-in");
    let refused: Answer = here.get("/");
    assert_eq!(refused.leads_to(), "/sign-in");
}

#[test]
fn what_one_server_writes_another_shows_at_once() {
    let database = Database::postgres();
    let servers = [Server::over(&database), Server::over(&database)];
    let mut here = database.officer("SCC", &servers[0]);
    let mut there = here.moved_to(&servers[1]);
    for number in 0..5 {
        let email = format!("person{number}@example.gov.uk");
        assert!(!there.get("/people").body.contains(&email));
        let fields = [("name", "A person"), ("email", &email), ("body", "SCC"), ("roles", "finance")];
        let saved = here.post("/people/invite", &fields);
        assert_eq!(saved.status, 200, "{}", saved.text());
        assert!(there.get("/people").body.contains(&email));
    }
}

/// Ends the session of a browser, as time does.
fn end_sessions(database: &Database, browser: &Browser) {
    let hash = hash_of(browser);
    database.store(async |store| {
        let mut session = penshaw_store::sessions::find(store, &hash).await.expect("an answer").expect("a session");
        session.expires_at = session.created_at;
        let changes = store.change().await.expect("changes begin");
        penshaw_store::sessions::change(&changes, &session).await.expect("it is changed");
        changes.keep().await.expect("it is kept");
    });
}

/// Whether the session of a browser has ended by itself.
fn sleeping(database: &Database, browser: &Browser) -> bool {
    let hash = hash_of(browser);
    let session = database.store(async |store| penshaw_store::sessions::find(store, &hash).await.expect("an answer"));
    let ends = session.expect("it is known").expires_at.as_millisecond();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_millis();
    ends < now as i64
}

/// What the database keeps of a session's cookie.
fn hash_of(browser: &Browser) -> String {
    use sha2::Digest;
    let secret = browser.session().expect("a session");
    sha2::Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

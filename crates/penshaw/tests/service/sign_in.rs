//! Signing in: what works once, what is counted, and what another site cannot do.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::browser::{Answer, Browser};
use crate::databases::Database;
use crate::server::{Server, penshaw};

const ADDRESS: &str = "ada@example.gov.uk";
const PASSWORD: &str = "copper lantern meadow";

#[test]
fn an_invitation_and_a_code_work_once_each() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let invitation = invited(&database);
    let mut browser = Browser::at(&server);
    assert!(browser.get(&invitation).text().contains("Welcome, Ada Example"));
    let secret = accepted(&mut browser, &invitation);
    let code = code(&secret, 0);
    assert_eq!(browser.post("/sign-in/app", &[("code", &code)]).leads_to(), "/");
    assert_eq!(browser.get("/").status, 200);

    let again = Browser::at(&server).get(&invitation);
    assert_eq!((again.status, again.text().contains("no such")), (404, true), "{}", again.text());
    assert_eq!(Browser::at(&server).post(&invitation, &[("password", PASSWORD)]).status, 404);

    let mut browser = Browser::at(&server);
    assert_eq!(password(&mut browser, PASSWORD).leads_to(), "/sign-in/code");
    let used = browser.post("/sign-in/code", &[("code", &code)]);
    assert_eq!(used.status, 422, "{}", used.text());
    assert_eq!(browser.get("/").leads_to(), "/sign-in/code", "a password alone opens nothing");
    let next = self::code(&secret, 30);
    assert_eq!(browser.post("/sign-in/code", &[("code", &next)]).leads_to(), "/");
    assert_eq!(browser.get("/").status, 200);
    database.verified();
}

#[test]
fn a_link_that_signs_in_works_once_and_is_not_used_up_by_looking_at_it() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let printed = penshaw(&["admin", "link", "officer.scc@example.gov.uk", "--database", &database.address]);
    let path = format!("/sign-in/once/{}", printed.split_once("/sign-in/once/").expect("a link").1.trim());
    for _ in 0..2 {
        assert_eq!(Browser::at(&server).get(&path).status, 200);
    }
    assert_eq!(Browser::at(&server).post(&path, &[]).leads_to(), "/");
    assert_eq!(Browser::at(&server).post(&path, &[]).status, 404);
    assert_eq!(Browser::at(&server).get(&path).status, 404);
}

#[test]
fn wrong_passwords_lock_an_account_and_no_other() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let invitation = invited(&database);
    accepted(&mut Browser::at(&server), &invitation);
    // All at once, as a program would that wants more guesses than are counted.
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let guess = |number: usize| {
            let server = &server;
            scope.spawn(move || password(&mut Browser::at(server), &format!("not the password {number}")))
        };
        let guesses: Vec<_> = (0..20).map(guess).collect();
        guesses.into_iter().map(|guess| guess.join().expect("it is answered")).collect()
    });
    let told = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    println!("of 20 wrong passwords at once {} were looked at and {} refused unseen", told(422), told(429));
    assert!(told(422) <= 5 && told(422) + told(429) == 20, "{answers:?}");
    let right = password(&mut Browser::at(&server), PASSWORD);
    assert_eq!(right.status, 429, "an account that is locked is locked for the right password too");
    assert!(right.text().contains("try again in 15 minutes"), "{}", right.text());

    let mut other = Browser::at(&server);
    let answer = other.post("/sign-in", &[("email", "nobody@example.gov.uk"), ("password", PASSWORD)]);
    assert_eq!(answer.status, 422, "another address is not locked");
    let known = other.post("/sign-in", &[("email", "officer.scc@example.gov.uk"), ("password", PASSWORD)]);
    assert_eq!(answer.text(), known.text(), "nobody learns which accounts there are");
    assert_eq!(database.officer("SCC", &server).get("/").status, 200, "a link lets in");
}

#[test]
fn a_code_is_guessed_five_times_at_most() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let invitation = invited(&database);
    let mut browser = Browser::at(&server);
    let secret = accepted(&mut browser, &invitation);
    let wrong = |right: &str| if right == "000000" { "111111" } else { "000000" };
    let statuses: Vec<u16> =
        (0..7).map(|_| browser.post("/sign-in/app", &[("code", wrong(&code(&secret, 0)))]).status).collect();
    assert_eq!(statuses[..5], [422; 5]);
    assert_eq!(statuses[5..], [429; 2]);
}

#[test]
fn another_site_can_send_no_form_and_a_link_from_it_opens_the_page() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://elsewhere.example.com")],
        &[("origin", "null")],
    ] {
        let answer = browser.post_with("/sign-out", &[], headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert_eq!(browser.get("/").status, 200, "the session goes on");
    }
    assert_eq!(browser.send("GET", "/estate", &[("sec-fetch-site", "cross-site")], Vec::new()).status, 200);
    let own = server.address.clone();
    assert_eq!(browser.post_with("/sign-out", &[], &[("origin", &own)]).leads_to(), "/sign-in");
    assert_eq!(browser.get("/").leads_to(), "/sign-in");
}

#[test]
fn a_session_cookie_goes_nowhere_but_here_and_no_script_reads_it() {
    let database = Database::sqlite();
    for (public_address, secure) in [("http://127.0.0.1:1", false), ("https://penshaw.example.gov.uk", true)] {
        let server = Server::with(&database, &["--public-address", public_address]);
        let printed = penshaw(&["admin", "link", "officer.scc@example.gov.uk", "--database", &database.address]);
        let path = printed.split_once("/sign-in/once/").expect("a link").1.trim().to_owned();
        let answer = Browser::at(&server).post(&format!("/sign-in/once/{path}"), &[]);
        let cookie = answer.header("set-cookie").to_lowercase();
        for attribute in ["httponly", "samesite=lax", "path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert_eq!(cookie.contains("secure"), secure, "{cookie}");
        assert!(!cookie.contains("domain="), "{cookie}");
    }
}

#[test]
fn every_kind_of_answer_says_how_browsers_may_use_it() {
    let database = Database::sqlite();
    let server = Server::over(&database);
    let mut officer = database.officer("SCC", &server);
    let mut nobody = Browser::at(&server);
    let page = nobody.get("/sign-in");
    let style = page.body.split('"').find(|part| part.starts_with("/assets/")).expect("a page has a style").to_owned();
    let answers = [
        ("a page", officer.get("/"), 200),
        ("the way to sign in", nobody.get("/estate"), 303),
        ("no such page", officer.get("/no/such/page"), 404),
        ("no such entry", officer.get("/estate/applications/SCC/entry/none"), 404),
        ("a wrong password", nobody.post("/sign-in", &[("email", "a@b.uk"), ("password", "c")]), 422),
        ("another site's form", nobody.post_with("/sign-in", &[], &[("sec-fetch-site", "cross-site")]), 403),
        ("a wrong method", officer.send("DELETE", "/estate", &[("sec-fetch-site", "same-origin")], Vec::new()), 405),
        ("a style", nobody.get(&style), 200),
        ("no such style", nobody.get("/assets/none/none.css"), 404),
        ("readiness", nobody.get("/readyz"), 200),
        ("figures", nobody.get("/metrics"), 200),
        ("the interface for programs", nobody.get("/api/v1/kinds"), 401),
    ];
    for (what, answer, status) in answers {
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{what}");
        assert!(!policy.contains("unsafe"), "{what}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{what}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
        let kept = answer.header("cache-control");
        let public = what == "a style";
        assert_eq!(kept.contains("immutable"), public, "{what}: {kept}");
        assert_eq!(kept.contains("no-store"), !public, "{what}: {kept}");
        assert!(!answer.body.contains("<script>") && !answer.body.contains(" style=\""), "{what}");
    }
}

/// Invites an administrator and returns the path of the link.
fn invited(database: &Database) -> String {
    let printed = penshaw(&["admin", "invite", ADDRESS, "--name", "Ada Example", "--database", &database.address]);
    let secret = printed.split_once("/invitation/").expect("a link is printed").1.trim();
    format!("/invitation/{secret}")
}

/// Accepts an invitation and returns the secret of the app that is to be set up.
fn accepted(browser: &mut Browser, invitation: &str) -> String {
    let answer = browser.post(invitation, &[("email", ADDRESS), ("password", PASSWORD)]);
    assert_eq!(answer.leads_to(), "/sign-in/app");
    browser.get("/sign-in/app").between("penshaw-key\">", "<").to_owned()
}

fn password(browser: &mut Browser, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", ADDRESS), ("password", password)])
}

/// The code that an app shows so many seconds from now.
fn code(secret: &str, from_now: u64) -> String {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970").as_secs();
    let secret = totp_rs::Secret::try_from_base32(secret).expect("the key of an app");
    let app = totp_rs::Builder::new().with_secret(secret).with_account_name(ADDRESS).build().expect("an app");
    app.generate(time + from_now).to_string()
}

//! Single sign-on against a real OpenID provider, followed as a browser follows it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::browser::{Answer, Browser};
use crate::databases::Database;
use crate::programs::fetched;
use crate::server::{Server, free_port, penshaw};

#[test]
fn an_invited_address_gets_its_account_and_a_known_one_signs_in_again() {
    let (database, provider, server) = service(&[]);
    invite(&database, "ada@example.gov.uk");
    for round in ["with the invitation", "again"] {
        let mut browser = Browser::at(&server);
        assert_eq!(provider.sign_in(&mut browser, "Ada@example.gov.uk").leads_to(), "/", "{round}");
        let home = browser.get("/");
        assert!(home.status == 200 && home.body.contains("Ada Example"), "{round}: {}", home.text());
    }
    let known = database.store(async |store| penshaw_store::accounts::count(store).await.expect("an answer"));
    assert_eq!(known, 3, "two officers, and one account for who signed in twice");
    // An account that was made in another way is found by its verified address.
    let mut browser = Browser::at(&server);
    assert_eq!(provider.sign_in(&mut browser, "officer.scc@example.gov.uk").leads_to(), "/");
    assert!(browser.get("/").body.contains("Officer officer.scc@example.gov.uk"));
    database.verified();
}

#[test]
fn an_address_that_nobody_invited_is_refused_kindly() {
    let (database, provider, server) = service(&[]);
    invite(&database, "unverified.ada@example.gov.uk");
    invite(&database, "unsaid.ada@example.gov.uk");
    for address in ["stranger@example.gov.uk", "unverified.ada@example.gov.uk", "unsaid.ada@example.gov.uk"] {
        let mut browser = Browser::at(&server);
        let answer = provider.sign_in(&mut browser, address);
        assert_eq!(answer.status, 409, "{address}: {}", answer.text());
        let text = answer.text();
        assert!(text.contains("no account of yours") && text.contains("to invite you"), "{text}");
        assert!(browser.get("/").leads_to().starts_with("/sign-in"), "{address}");
    }
    database.verified();
}

#[test]
fn a_provider_that_is_trusted_with_addresses_need_not_say_that_they_are_verified() {
    let (database, provider, server) = service(&["--oidc-vouches-for-addresses"]);
    invite(&database, "unsaid.ada@example.gov.uk");
    invite(&database, "unverified.ada@example.gov.uk");
    let mut browser = Browser::at(&server);
    assert_eq!(provider.sign_in(&mut browser, "unsaid.ada@example.gov.uk").leads_to(), "/");
    let answer = provider.sign_in(&mut Browser::at(&server), "unverified.ada@example.gov.uk");
    assert_eq!(answer.status, 409, "what the provider itself says is not verified is not: {}", answer.text());
}

#[test]
fn what_did_not_come_from_here_is_refused() {
    let (_database, provider, server) = service(&[]);
    let officer = "officer.scc@example.gov.uk";

    let mut browser = Browser::at(&server);
    let back = provider.way_back(&mut browser, officer);
    let (path, query) = back.split_once('?').expect("it has a code");
    let state = query.split('&').find_map(|pair| pair.strip_prefix("state=")).expect("a state");
    let wrong = back.replace(state, "somebody-elses-state");
    assert_eq!(browser.get(&wrong).leads_to(), "/sign-in", "a wrong state");
    assert!(browser.get("/").leads_to().starts_with("/sign-in"));
    let mut victim = Browser::at(&server);
    assert_eq!(victim.get(&back).leads_to(), "/sign-in", "a browser that never left from here");
    assert!(victim.get("/").leads_to().starts_with("/sign-in"));
    victim.get("/sign-in/council");
    assert_eq!(victim.get(&back).leads_to(), "/sign-in", "one that left with a state of its own");

    assert_eq!(browser.get(&back).leads_to(), "/", "the right one comes in");
    assert_eq!(browser.get("/").status, 200);
    browser.get(&back);
    let code = query.split('&').find_map(|pair| pair.strip_prefix("code=")).expect("a code");
    let mut thief = Browser::at(&server);
    let own = provider.way_back(&mut thief, "stranger@example.gov.uk");
    let own_code = own.split(['?', '&']).find_map(|pair| pair.strip_prefix("code=")).expect("a code");
    let answer = thief.get(&own.replace(own_code, code));
    assert_eq!(answer.status, 502, "a code that was used: {}", answer.text());
    assert!(thief.get("/").leads_to().starts_with("/sign-in"));

    let mut browser = Browser::at(&server);
    browser.get("/sign-in/council");
    let denied = browser.get(&format!("{path}?error=access_denied&state=x"));
    assert_eq!(denied.status, 502, "{}", denied.text());
    assert!(denied.text().contains("did not sign you in"), "{}", denied.text());
}

#[test]
fn a_provider_that_is_down_is_said_kindly_and_passwords_still_work() {
    let (database, mut provider, server) = service(&[]);
    let mut browser = Browser::at(&server);
    let back = provider.way_back(&mut browser, "officer.scc@example.gov.uk");
    provider.stop();
    for path in ["/sign-in/council", &back] {
        let answer = browser.get(path);
        let text = answer.text();
        assert_eq!(answer.status, 502, "{path}: {text}");
        assert!(text.contains("Sign in with your password"), "{text}");
        assert!(!text.contains("127.0.0.1") && !text.contains("tcp"), "what is for the log stands on the page: {text}");
    }
    assert_eq!(Browser::at(&server).get("/sign-in").status, 200);
    assert_eq!(database.officer("SCC", &server).get("/").status, 200);
}

/// A service with a provider of its own.
fn service(arguments: &[&str]) -> (Database, Provider, Server) {
    let database = Database::sqlite();
    let listen = free_port().to_string();
    let public = format!("http://{listen}");
    let provider = Provider::start(&format!("{public}/sign-in/council/back"));
    let set = ["--listen", &listen, "--oidc-issuer", &provider.address, "--oidc-client", "penshaw"];
    let arguments: Vec<&str> = set.into_iter().chain(arguments.iter().copied()).collect();
    let server = Server::with(&database, &arguments);
    (database, provider, server)
}

fn invite(database: &Database, address: &str) {
    penshaw(&["admin", "invite", address, "--name", "Ada Example", "--database", &database.address]);
}

/// A provider, whose development pages take whatever address somebody types.
struct Provider {
    address: String,
    process: Child,
}

impl Provider {
    fn start(back: &str) -> Self {
        let port = free_port().port();
        let mut process = Command::new("node")
            .arg(fetched().join("provider.mjs"))
            .args([&port.to_string(), back])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Node.js runs");
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().expect("its output is ours")).read_line(&mut line).expect("it says so");
        assert_eq!(line, "ready\n");
        Provider { address: format!("http://127.0.0.1:{port}"), process }
    }

    fn stop(&mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it ends");
    }

    /// Signs in by the button of the sign-in page, all the way, and returns the answer of the way back.
    fn sign_in(&self, browser: &mut Browser, address: &str) -> Answer {
        assert!(browser.get("/sign-in").body.contains("/sign-in/council"), "the page has a button");
        let back = self.way_back(browser, address);
        browser.get(&back)
    }

    /// Leaves for the provider, signs in there and consents; returns the address by which it sends the browser back.
    fn way_back(&self, browser: &mut Browser, address: &str) -> String {
        let mut next = browser.get("/sign-in/council").leads_to().to_owned();
        for _ in 0..12 {
            if next.contains("/sign-in/council/back") {
                let path = next.split_once("/sign-in/council").expect("it comes back").1;
                return format!("/sign-in/council{path}");
            }
            next = self.step(browser, &next, address);
        }
        panic!("the provider leads nowhere: {next}")
    }

    /// One page of the provider, and the address that it leads on to.
    fn step(&self, browser: &mut Browser, at: &str, address: &str) -> String {
        let page = browser.get(at);
        let answer = if page.status != 200 {
            page
        } else if page.body.contains("name=\"login\"") {
            browser.post(at, &[("prompt", "login"), ("login", address), ("password", "any")])
        } else {
            assert!(page.body.contains("value=\"consent\""), "{}", page.body);
            browser.post(at, &[("prompt", "consent")])
        };
        let to = answer.leads_to();
        if to.starts_with('/') { format!("{}{to}", self.address) } else { to.to_owned() }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

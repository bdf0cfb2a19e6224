//! Databases for the tests: the example in an SQLite file or on a real PostgreSQL server, with its officers.

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::sync::OnceLock;

use penshaw_store::accounts::{self, Person};
use penshaw_store::testing::Postgres;
use penshaw_store::{Store, memberships};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::browser::Browser;
use crate::server::{Server, example, penshaw};

/// A database, and a folder for what belongs to it.
pub struct Database {
    pub address: String,
    pub scratch: TempDir,
}

/// Every role but the auditor's, who changes nothing.
const ROLES: [&str; 5] = ["estate_editor", "finance", "democratic_services", "approver", "administrator"];

impl Database {
    /// Nothing yet, as an SQLite file.
    pub fn none() -> Self {
        let scratch = tempfile::tempdir().expect("a folder is made");
        let address = format!("sqlite:{}", scratch.path().join("penshaw.db").display());
        Database { address, scratch }
    }

    /// Nothing yet, on PostgreSQL.
    pub fn none_on(server: &Postgres) -> Self {
        let scratch = tempfile::tempdir().expect("a folder is made");
        Database { address: now(server.database()), scratch }
    }

    /// The example with an officer of each authority, as an SQLite file.
    pub fn sqlite() -> Self {
        static LOADED: OnceLock<(Database, PathBuf)> = OnceLock::new();
        let (_, loaded) = LOADED.get_or_init(|| {
            let database = Database::none().loaded();
            let path = database.scratch.path().join("loaded.db");
            penshaw(&["backup", &path.display().to_string(), "--database", &database.address]);
            (database, path)
        });
        let database = Database::none();
        fs::copy(loaded, database.path()).expect("the database is copied");
        database
    }

    /// The same, on PostgreSQL.
    pub fn postgres() -> Self {
        Database::none_on(Postgres::start()).loaded()
    }

    /// Loads the example and makes an account for an officer of each authority.
    pub fn loaded(self) -> Self {
        penshaw(&["load", &example(), "--database", &self.address]);
        self.with_officers()
    }

    /// Makes an account for an officer of each authority.
    pub fn with_officers(self) -> Self {
        for authority in ["SCC", "DCC"] {
            self.account(&address_of(authority), &[(authority, &ROLES), ("partnership", &ROLES)]);
        }
        self
    }

    /// Makes an account, which signs in by links alone.
    pub fn account(&self, email: &str, roles: &[(&str, &[&str])]) {
        let person = Person {
            id: email.split('@').next().unwrap_or_default().to_owned(),
            email: email.to_owned(),
            name: format!("Officer {email}"),
            password_hash: None,
            totp_secret: None,
            totp_last_step: 0,
            oidc_subject: None,
            disabled: false,
            created_at: "2026-01-01T00:00:00Z".parse().expect("a moment"),
        };
        self.store(async |store| {
            let changes = store.change().await.expect("changes begin");
            accounts::add(&changes, &person).await.expect("an account is made");
            for (body, roles) in roles {
                let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
                memberships::set(&changes, &person.id, body, &roles).await.expect("roles are given");
            }
            changes.keep().await.expect("they are kept");
        });
    }

    /// The officer of an authority, signed in at a server.
    pub fn officer(&self, authority: &str, server: &Server) -> Browser {
        self.signed_in(&address_of(authority), server)
    }

    /// Somebody with an account, signed in at a server by a link.
    pub fn signed_in(&self, email: &str, server: &Server) -> Browser {
        let mut browser = Browser::at(server);
        self.sign_in(email, &mut browser);
        browser
    }

    /// Signs somebody in by a link in a browser, and says where it led.
    pub fn sign_in(&self, email: &str, browser: &mut Browser) -> String {
        let printed = penshaw(&["admin", "link", email, "--database", &self.address]);
        let path = printed.split_once("/sign-in/once/").expect("a link is printed").1.trim();
        browser.post(&format!("/sign-in/once/{path}"), &[]).leads_to().to_owned()
    }

    /// Asks the database itself.
    pub fn store<T>(&self, ask: impl AsyncFnOnce(&Store) -> T) -> T {
        now(async {
            let store = Store::open(&self.address).await.expect("the database opens");
            let answer = ask(&store).await;
            store.close().await;
            answer
        })
    }

    /// Proves the trail, and says how many rows it has.
    pub fn verified(&self) -> u64 {
        let printed = penshaw(&["audit", "verify", "--database", &self.address]);
        let rows = printed.split_once(" rows").expect("it says how many").0.rsplit(' ').next();
        rows.and_then(|rows| rows.replace(',', "").parse().ok()).unwrap_or_else(|| panic!("{printed}"))
    }

    /// Where the SQLite file is.
    pub fn path(&self) -> PathBuf {
        self.address.strip_prefix("sqlite:").expect("it is a file").into()
    }
}

/// The address of an authority's officer.
pub fn address_of(authority: &str) -> String {
    format!("officer.{}@example.gov.uk", authority.to_lowercase())
}

/// Waits for what the database is asked.
pub fn now<T>(ask: impl Future<Output = T>) -> T {
    Runtime::new().expect("the machine gives threads").block_on(ask)
}

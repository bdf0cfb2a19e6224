//! The operations of a service: a database, a clock and settings, shared by every door of one server.

use std::sync::Arc;

use jiff::SignedDuration;
use penshaw_analyses::delivery::Alert;
use penshaw_basis::{Basis, Date};
use penshaw_register::{Authority, PARTNERSHIP};
use penshaw_store::audit::{self, Event};
use penshaw_store::partnership::{self, Standing};
use penshaw_store::{Changes, Connected, Store};
use quick_cache::sync::Cache;
use serde::Serialize;
use tokio::sync::Notify;

use crate::actor::Actor;
use crate::changed_since::Digests;
use crate::single_sign_on::SingleSignOn;
use crate::today::Clock;
use crate::{DecisionsToday, HistoryView};
use crate::{Refusal, secrets};

/// Everything a person may do on a server. Cheap to clone: all clones are one.
#[derive(Clone)]
pub struct Operations {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    /// Names this server among those that take jobs.
    pub(crate) server: String,
    /// Wakes the worker of this server when a job was asked for here.
    pub(crate) wake: Notify,
    pub(crate) single_sign_on: Option<SingleSignOn>,
    /// What runs would rest on, by the register's revision and whether on its entries as they stand.
    pub(crate) digests: Cache<(i64, bool), Arc<Digests>>,
    /// What needs attention, by the register's revision and the day.
    pub(crate) alerts: Cache<(i64, Date), Arc<Vec<Alert>>>,
    /// Where decisions stand, by the revision and the day.
    pub(crate) decisions: Cache<(i64, Date), Arc<DecisionsToday>>,
    /// How decisions hang together, by the revision and the day.
    pub(crate) histories: Cache<(i64, Date), Arc<HistoryView>>,
}

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address by which people reach it, such as `https://penshaw.example.gov.uk`.
    pub public_address: String,
    /// The identity provider for single sign-on, where there is one.
    pub identity_provider: Option<IdentityProvider>,
    /// Trials of analyses and reports; the usual number where it is left out.
    pub trials: Option<u64>,
    /// A session that nobody uses ends after this.
    pub idle: SignedDuration,
    /// A server that has said nothing of its job for so long has lost it.
    pub lease: SignedDuration,
    /// How many proxies stand before it: each adds to `X-Forwarded-For` whom it had its request from.
    pub proxies: usize,
    /// How people reach whoever runs it, as the accessibility statement says: an e-mail address or a telephone number.
    pub contact: Option<String>,
    /// The mail server by which alerts are sent, where there is one.
    pub mail: Option<MailServer>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            public_address: "http://127.0.0.1:8018".into(),
            identity_provider: None,
            trials: None,
            idle: SignedDuration::from_mins(30),
            lease: SignedDuration::from_secs(60),
            proxies: 0,
            contact: None,
            mail: None,
        }
    }
}

/// A mail server that takes our mail.
#[derive(Clone)]
pub struct MailServer {
    /// Its address, such as `smtps://NAME:PASSWORD@mail.example.gov.uk` or `smtp://localhost:25`.
    pub address: String,
    /// From whom mail comes, such as `Shared ICT <shared-ict@example.gov.uk>`.
    pub from: String,
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Its address may hold a password.
        f.debug_struct("MailServer").field("from", &self.from).finish_non_exhaustive()
    }
}

/// An OpenID Connect provider, such as a council's Entra ID.
#[derive(Clone)]
pub struct IdentityProvider {
    /// Its issuer address.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: String,
    /// What the button on the sign-in page says, such as "Sign in with your council account".
    pub label: String,
    /// Whether every address that it names is one that the council gave, though it does not say so itself:
    /// Entra ID never says that an address was verified.
    pub vouches_for_addresses: bool,
}

impl std::fmt::Debug for IdentityProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityProvider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Operations {
    /// Opens the operations of a database by its address.
    ///
    /// # Errors
    /// If the database cannot be opened.
    pub async fn open(address: &str, clock: Clock, settings: Settings) -> Result<Self, Refusal> {
        let store = Store::open(address).await?;
        let single_sign_on = settings.identity_provider.clone().map(SingleSignOn::new);
        let inner = Inner {
            store,
            clock,
            settings,
            server: secrets::name(),
            wake: Notify::new(),
            single_sign_on,
            digests: Cache::new(8),
            alerts: Cache::new(4),
            decisions: Cache::new(4),
            histories: Cache::new(4),
        };
        Ok(Operations { inner: Arc::new(inner) })
    }

    /// How the server is set up.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The clock that it goes by.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn is_ready(&self) -> Result<(), Refusal> {
        Ok(self.store().ping().await?)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.inner.clock.now()
    }

    /// The partnership as it stands.
    ///
    /// # Errors
    /// [`Refusal::NoPartnership`], if nothing was loaded into the database yet.
    pub(crate) async fn standing(&self) -> Result<Standing, Refusal> {
        standing(self.store()).await
    }

    /// The parameters, the partnership's own laid over those that come with Penshaw.
    pub(crate) async fn basis(&self) -> Result<Basis, Refusal> {
        let own = partnership::parameters(self.store()).await?;
        Ok(if own.is_empty() { Basis::standard() } else { Basis::with_overlay(&own)? })
    }

    /// Adds to the audit trail what an actor does, in the same changes.
    pub(crate) async fn note(&self, changes: &Changes, actor: &Actor, noted: Noted<'_>) -> Result<(), Refusal> {
        let event = Event {
            who: actor.name.clone(),
            person: actor.person.clone(),
            verb: noted.verb.to_owned(),
            body: noted.body.to_owned(),
            subject: noted.subject,
            before: noted.before,
            after: noted.after,
        };
        Ok(audit::record(changes, event, self.now()).await?)
    }
}

pub(crate) async fn standing(on: &impl Connected) -> Result<Standing, Refusal> {
    partnership::standing(on).await?.ok_or(Refusal::NoPartnership)
}

/// What the audit trail notes of one act.
#[derive(Default)]
pub(crate) struct Noted<'a> {
    pub(crate) verb: &'a str,
    pub(crate) body: &'a str,
    pub(crate) subject: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl<'a> Noted<'a> {
    pub(crate) fn new(verb: &'a str, body: &'a str, subject: impl Into<String>) -> Self {
        Noted { verb, body, subject: subject.into(), before: None, after: None }
    }

    pub(crate) fn before(self, thing: &impl Serialize) -> Self {
        Noted { before: Some(plain(thing)), ..self }
    }

    pub(crate) fn after(self, thing: &impl Serialize) -> Self {
        Noted { after: Some(plain(thing)), ..self }
    }
}

fn plain(thing: &impl Serialize) -> String {
    serde_json::to_string(thing).expect("what is audited is plain data")
}

/// What a body is called on pages.
pub fn body_name(authorities: &[Authority], body: &str) -> String {
    match authorities.iter().find(|authority| authority.code == body) {
        Some(authority) => authority.name.clone(),
        None if body == PARTNERSHIP => "The partnership".into(),
        None => body.to_owned(),
    }
}

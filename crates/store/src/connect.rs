//! Opening a database, and making changes that are kept together or not at all.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::{StoreError, migrations};

/// How long a writer waits for another before it gives up.
const WAIT: Duration = Duration::from_secs(20);

/// How long somebody waits for a server that is away, before they are told.
const AWAY: Duration = Duration::from_secs(5);

/// A connection that nobody used for so long is asked whether its server is still there. One that is in use tells
/// by itself, and to ask every time would double the way of each request.
const IDLE: Duration = Duration::from_secs(1);

/// A database that holds one partnership.
#[derive(Clone)]
pub struct Store {
    db: DatabaseConnection,
    address: String,
}

impl fmt::Debug for Store {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Store({})", without_password(&self.address))
    }
}

/// Changes that are kept together, once [`keep`](Changes::keep) is called, or not at all.
#[derive(Debug)]
pub struct Changes {
    tx: DatabaseTransaction,
}

/// Something that can be read from: the store, or changes that are being made.
pub trait Connected: Sync {
    /// What the questions are put to.
    type On: ConnectionTrait;
    /// What the questions are put to.
    fn on(&self) -> &Self::On;
}

impl Connected for Store {
    type On = DatabaseConnection;
    fn on(&self) -> &DatabaseConnection {
        &self.db
    }
}

impl Connected for Changes {
    type On = DatabaseTransaction;
    fn on(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

impl Store {
    /// Opens a database by its address and brings its tables up to date.
    ///
    /// `sqlite:PATH` is made where it is not there; `postgres://USER@HOST/NAME` must be there.
    /// `?schema=NAME` after the latter keeps everything in a schema of that name, which is made
    /// where it is not there.
    ///
    /// # Errors
    /// If the address is none, the database cannot be reached, or its tables are of a newer Penshaw.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let store = Store::connect(address).await?;
        migrations::run(&store).await?;
        Ok(store)
    }

    /// Opens a database as it is.
    pub(crate) async fn connect(address: &str) -> Result<Self, StoreError> {
        Ok(Store { db: Database::connect(options(address)?).await?, address: address.to_owned() })
    }

    /// Opens an SQLite file to read it alone, and leaves it as it is.
    pub(crate) async fn look_into(path: &Path) -> Result<Self, StoreError> {
        let (address, path) = (format!("sqlite:{}", path.display()), path.to_owned());
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |sqlite| {
            sqlite.filename(&path).in_memory(false).shared_cache(false).read_only(true).immutable(true)
        });
        Ok(Store { db: Database::connect(options).await?, address })
    }

    /// The address it was opened by, which may hold a password: never shown.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether it is an SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    /// Begins changes. On SQLite there is one writer at a time, and this waits for its turn.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn change(&self) -> Result<Changes, StoreError> {
        let mode = self.is_sqlite().then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        Ok(Changes { tx: self.db.begin_with_options(options).await? })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }

    /// Lets go of every connection.
    pub async fn close(self) {
        let _ = self.db.close().await;
    }
}

impl Changes {
    /// Keeps the changes. Dropped without it, they never were.
    ///
    /// # Errors
    /// If the database cannot keep them; then none is kept.
    pub async fn keep(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }
}

fn options(address: &str) -> Result<ConnectOptions, StoreError> {
    let mut options = match address.split_once(':') {
        Some(("sqlite", path)) => sqlite(path),
        Some(("postgres" | "postgresql", _)) => postgres(address),
        _ => return Err(StoreError::Address(without_password(address))),
    };
    options.sqlx_logging(false);
    Ok(options)
}

/// How many questions are put at once: two for each core. With more, they take each other's turns, and half of
/// them are answered late.
fn connections() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, |cores| cores.get() as u32);
    (2 * cores).max(4)
}

fn sqlite(path: &str) -> ConnectOptions {
    let path = path.trim_start_matches("//").to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.acquire_timeout(WAIT);
    if path == ":memory:" {
        // Each connection would see a database of its own, and lose it when it is let go of.
        options.max_connections(1).idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
        return options;
    }
    // Each would be asked before each use whether it is still there: a file does not go away.
    options.max_connections(connections()).test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            // Not as part of an address, where `?`, `#` and `%` would mean something else.
            .filename(&path)
            .in_memory(false)
            .shared_cache(false)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            .pragma("journal_mode", "WAL")
            // An answer "saved" is true even if the power fails in the next moment.
            .pragma("synchronous", "FULL")
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "MEMORY")
            .pragma("mmap_size", "268435456")
    });
    options
}

fn postgres(address: &str) -> ConnectOptions {
    let (url, schema) = without_schema(address);
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections()).acquire_timeout(AWAY).set_application_name("penshaw");
    options.test_before_acquire_if_idle_for(IDLE);
    if let Some(schema) = schema {
        options.set_schema_search_path(schema);
    }
    options.map_sqlx_postgres_opts(|postgres| postgres.options(SESSION));
    options
}

/// What every session on PostgreSQL asks for: nobody waits for ever for another's lock, and a
/// server whose machine died lets go of its locks within a minute or so, not within hours.
const SESSION: [(&str, &str); 4] = [
    ("lock_timeout", "30s"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
];

/// PostgreSQL's own address, and the schema that ours may name beside it.
pub(crate) fn without_schema(address: &str) -> (String, Option<String>) {
    // SeaORM knows it by the shorter name alone.
    let address = address.replacen("postgresql:", "postgres:", 1);
    let Some((base, query)) = address.split_once('?') else { return (address, None) };
    let (schema, others): (Vec<&str>, Vec<&str>) = query.split('&').partition(|part| part.starts_with("schema="));
    let url = if others.is_empty() { base.to_owned() } else { format!("{base}?{}", others.join("&")) };
    (url, schema.first().map(|part| part["schema=".len()..].to_owned()))
}

/// The address without the password that may stand in it, as errors and logs show it.
fn without_password(address: &str) -> String {
    let address = address.split('?').next().unwrap_or_default();
    match (address.find("://"), address.rfind('@')) {
        (Some(start), Some(end)) if start + 3 < end => format!("{}…{}", &address[..start + 3], &address[end..]),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_taken_out_of_the_address_wherever_it_stands() {
        let (url, schema) = without_schema("postgresql://a@b/c?schema=one&sslmode=require");
        assert_eq!((url.as_str(), schema.as_deref()), ("postgres://a@b/c?sslmode=require", Some("one")));
        assert_eq!(without_schema("postgres://a@b/c"), ("postgres://a@b/c".to_owned(), None));
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(without_password("postgres://a:secret@b/c?password=secret"), "postgres://…@b/c");
    }
}

//! Opening a database, and making changes that are kept together or not at all.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::{StoreError, migrations};

/// How long a writer waits for another before it gives up.
const WAIT: Duration = Duration::from_secs(20);

/// A database that holds one partnership.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    address: String,
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
    /// `?schema=NAME` after the latter keeps everything in a schema of that name.
    ///
    /// # Errors
    /// If the address is none, the database cannot be reached, or its tables are of a newer Penshaw.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let store = Store { db: Database::connect(options(address)?).await?, address: address.to_owned() };
        migrations::run(&store.db).await?;
        Ok(store)
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
    options.acquire_timeout(WAIT).sqlx_logging(false);
    Ok(options)
}

fn sqlite(path: &str) -> ConnectOptions {
    let path = path.trim_start_matches("//");
    let mut options = ConnectOptions::new(format!("sqlite://{path}?mode=rwc"));
    let in_memory = path == ":memory:";
    // Each connection to a database in memory would see one of its own.
    options.max_connections(if in_memory { 1 } else { 8 });
    if in_memory {
        options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
    }
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
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
    let (url, schema) = match address.split_once("?schema=") {
        Some((url, schema)) => (url, Some(schema.to_owned())),
        None => (address, None),
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(16).set_application_name("penshaw");
    if let Some(schema) = schema {
        options.set_schema_search_path(schema);
    }
    options
}

/// The address without the password that may stand in it, as errors and logs show it.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(start), Some(end)) if start + 3 < end => format!("{}…{}", &address[..start + 3], &address[end..]),
        _ => address.to_owned(),
    }
}

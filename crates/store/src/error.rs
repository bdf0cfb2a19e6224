//! Why the database did not do what it was asked.

use sea_orm::error::SqlxError;
use sea_orm::{DbErr, RuntimeErr};

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database that can be used.
    #[error("{0} is no database address: write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// The database cannot be reached, or refused.
    #[error("the database did not answer: {0}")]
    Database(#[from] DbErr),
    /// Somebody else changed it first.
    #[error("{what} was changed by somebody else in the meantime")]
    ChangedMeanwhile {
        /// What was changed.
        what: String,
    },
    /// What is kept cannot be read.
    #[error("{what} in the database cannot be read: {why}")]
    Unreadable {
        /// What was to be read.
        what: &'static str,
        /// Why not.
        why: String,
    },
    /// A newer Penshaw has been here.
    #[error("the database was brought up to date by a newer Penshaw ({0}): use that one")]
    Newer(String),
    /// It cannot be done with this database, or in this way.
    #[error("{what} cannot be done: {why}")]
    CannotBeDone {
        /// What was asked for.
        what: &'static str,
        /// Why not, and what to do.
        why: String,
    },
}

impl StoreError {
    /// Whether it may go away by itself: the database is away, busy or full.
    pub fn is_passing(&self) -> bool {
        let StoreError::Database(error) = self else { return false };
        match error {
            DbErr::ConnectionAcquire(_) => true,
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => passes(cause),
            _ => false,
        }
    }

    /// Whether a row of that key is there already.
    pub fn is_duplicate(&self) -> bool {
        let StoreError::Database(error) = self else { return false };
        matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
    }

    pub(crate) fn unreadable(what: &'static str, why: impl ToString) -> Self {
        StoreError::Unreadable { what, why: why.to_string() }
    }

    pub(crate) fn cannot(what: &'static str, why: impl Into<String>) -> Self {
        StoreError::CannotBeDone { what, why: why.into() }
    }

    /// Two who wrote at once met in a key: to the later of them, it was changed in the meantime.
    pub(crate) fn or_changed(self, what: impl FnOnce() -> String) -> Self {
        if self.is_duplicate() { StoreError::ChangedMeanwhile { what: what() } } else { self }
    }
}

fn passes(cause: &SqlxError) -> bool {
    match cause {
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed => true,
        SqlxError::Database(refused) => refused.code().is_some_and(|code| code_passes(&code)),
        _ => false,
    }
}

/// Whether a database's own code says that it is away, busy or full.
fn code_passes(code: &str) -> bool {
    // SQLSTATE: connection, resources (a full disk among them), shutdown, another's lock or
    // transaction, a standby that is not the primary yet, input and output.
    const POSTGRES: &[&str] = &["08", "53", "57", "40001", "40P01", "55P03", "25006", "58030"];
    // SQLITE_BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN; what is above 255 says more of each.
    const SQLITE: &[u32] = &[5, 6, 7, 10, 13, 14];
    match code.len() {
        5 => POSTGRES.iter().any(|known| code.starts_with(known)),
        _ => code.parse::<u32>().is_ok_and(|number| SQLITE.contains(&(number % 256))),
    }
}

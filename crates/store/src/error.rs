//! Why the database did not do what it was asked.

use sea_orm::DbErr;

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
}

impl StoreError {
    /// Whether it may go away by itself: the database is away, busy or full.
    pub fn is_passing(&self) -> bool {
        match self {
            StoreError::Database(error) => !matches!(error, DbErr::Custom(_) | DbErr::Type(_)),
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
}

//! Backups that are consistent while the database is in use.

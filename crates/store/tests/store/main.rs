//! The store on SQLite and on a real PostgreSQL server: every test runs on both.

mod alerts;
mod analysts;
mod audit;
mod away;
mod backups;
mod baselines;
mod common;
mod entries;
mod imports;
mod jobs;
mod lists;
mod migrations;
mod people;
mod reference;
mod visibility;

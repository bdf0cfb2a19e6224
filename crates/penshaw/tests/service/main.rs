//! The service as it runs: real processes over real databases, asked by HTTP and stopped in every way.

mod backups;
mod browser;
mod databases;
mod estates;
mod outages;
mod server;
mod sessions;
mod sign_in;
mod strangers;

//! The service as it runs: real processes over real databases, asked by HTTP and stopped in every way.

mod backups;
mod browser;
mod databases;
mod edits;
mod full_disk;
mod imports;
mod killed;
mod long_run;
mod mail;
mod outages;
mod programs;
mod server;
mod sessions;
mod sign_in;
mod single_sign_on;
mod strangers;
mod uploads;

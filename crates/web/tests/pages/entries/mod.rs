//! Entries added, changed and removed through forms and tables, and what is shared of them.

mod forms;
mod sharing;
mod tables;

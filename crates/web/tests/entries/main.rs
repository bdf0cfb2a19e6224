//! Entries added, changed and removed through forms and tables, and what is shared of them, over a database in memory.

mod forms;
mod sharing;
mod site;
mod tables;

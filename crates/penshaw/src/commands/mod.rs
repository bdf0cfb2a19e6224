//! One file a command: each reads its arguments, calls one operation and shows the answer.

pub mod admin;
pub mod analyse;
pub mod appraise;
pub mod audit;
pub mod backup;
pub mod check;
pub mod clock;
pub mod demo;
pub mod draft;
pub mod export;
pub mod gather;
pub mod inventory;
pub mod load;
pub mod match_catalogues;
pub mod parameters;
pub mod place;
pub mod save;
pub mod serve;
pub mod share;
pub mod simulate;
pub mod template;

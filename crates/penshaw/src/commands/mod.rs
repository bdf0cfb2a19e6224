//! One file a command: each reads its arguments, calls one operation and shows the answer.

pub mod analyse;
pub mod appraise;
pub mod check;
pub mod demo;
pub mod parameters;
pub mod share;
pub mod simulate;
pub mod template;

//! From answers to a recommendation with reasons, and the cabinet report as blocks.
//!
//! [`recommendation::facts`] takes from the [`Answers`] of the analyses and from the joint
//! register what the rules may know; [`recommendation::recommend`] applies the rules, whose
//! thresholds are parameters; [`cabinet_report::report`] prints both in the form of a cabinet
//! report; [`checks::check`] says what is still wrong with it; [`results::results`] gives the
//! figures as JSON. What was decided is followed up: [`commitments::drafts`] finds what a report says will
//! happen, [`alert_message::message`] tells people what is due, [`update_report::report`] drafts the next report.
//! [`public_record`] makes what an authority publishes of a decision, [`exempt`] the two parts of its report.

pub mod alert_message;
mod answers;
pub mod cabinet_report;
pub mod checks;
pub mod commitments;
pub mod committee_pack;
pub mod exempt;
pub mod form_places;
pub mod history;
pub mod public_record;
pub mod recommendation;
pub mod results;
#[cfg(test)]
mod sample;
pub mod update_report;

pub use answers::{Answered, Answers, AreaAnswer, answer};

//! Cases with published answers, and the laws that every way of sharing must keep.

use super::CostShares;
use crate::cases::run_cases;

#[test]
fn published_and_hand_worked_answers_are_met() {
    run_cases::<CostShares>(include_str!("cases.toml"));
}

//! What every other question lacks: their own gathering is asked, and none of them is run.

use penshaw_basis::Date;
use penshaw_register::JointRegister;

use super::{Completeness, QuestionNeeds};
use crate::{ALL, Analysis, Listed};

/// What every other question lacks, in the order in which a report needs them.
pub(super) fn needs(joint: &JointRegister, on: Date) -> Vec<QuestionNeeds> {
    let others = ALL.iter().filter(|listed| listed.name != Completeness::NAME);
    others.map(|listed| needs_of(listed, joint, on)).collect()
}

fn needs_of(listed: &Listed, joint: &JointRegister, on: Date) -> QuestionNeeds {
    let missing = listed.missing(joint, on);
    QuestionNeeds {
        name: listed.name.to_owned(),
        question: listed.question.to_owned(),
        answerable: missing.is_none(),
        needs: missing.map(|missing| missing.needs).unwrap_or_default(),
    }
}

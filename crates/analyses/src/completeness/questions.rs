//! What every other question lacks: their own gathering is asked, and none of them is run.

use penshaw_basis::Date;
use penshaw_register::JointRegister;

use super::QuestionNeeds;
use crate::Analysis;
use crate::alignment::AlignmentOfPartners;
use crate::appraisal::Appraisal;
use crate::considerations::Considerations;
use crate::cost_shares::CostShares;
use crate::fit::FitOfOptions;
use crate::impacts::Impacts;
use crate::inclusion::Inclusion;

/// Asks one question whether it can be answered.
type Asked = fn(&JointRegister, Date) -> QuestionNeeds;

/// Every question of [`crate::ALL`] but this one.
const ASKED: &[Asked] = &[
    needs_of::<Appraisal>,
    needs_of::<CostShares>,
    needs_of::<AlignmentOfPartners>,
    needs_of::<FitOfOptions>,
    needs_of::<Impacts>,
    needs_of::<Considerations>,
    needs_of::<Inclusion>,
];

/// What every other question lacks, in the order in which a report needs them.
pub(super) fn needs(joint: &JointRegister, on: Date) -> Vec<QuestionNeeds> {
    ASKED.iter().map(|asked| asked(joint, on)).collect()
}

fn needs_of<A: Analysis>(joint: &JointRegister, on: Date) -> QuestionNeeds {
    let missing = A::gather(joint, on).err();
    QuestionNeeds {
        name: A::NAME.to_owned(),
        question: A::QUESTION.to_owned(),
        answerable: missing.is_none(),
        needs: missing.map(|missing| missing.needs).unwrap_or_default(),
    }
}

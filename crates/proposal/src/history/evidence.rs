//! The evidence of a decision: the baselines that were frozen when it was made.

use penshaw_basis::Date;
use penshaw_register::PARTNERSHIP;

use super::{Evidence, HistoryInputs, KnownBaseline, named};

/// Of each owner the newest baseline of a day or before.
pub(super) fn evidence(inputs: &HistoryInputs<'_>, day: Date) -> Vec<Evidence> {
    let authorities = inputs.joint.authorities().iter().map(|authority| authority.code.as_str());
    let of = |owner: &str| Evidence {
        owner: named(inputs.joint, owner),
        baseline: newest(inputs.baselines, owner, day).cloned(),
    };
    authorities.chain([PARTNERSHIP]).map(of).collect()
}

fn newest<'a>(baselines: &'a [KnownBaseline], owner: &str, day: Date) -> Option<&'a KnownBaseline> {
    let as_old = baselines.iter().filter(|one| one.owner == owner && one.on <= day);
    // Of two of one day the first stands, and `max_by_key` takes the last.
    as_old.rev().max_by_key(|one| one.on)
}

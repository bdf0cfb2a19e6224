//! What follows if one partner leaves, or two: what the rest then pay, and whether they still gain.

use super::keys::by_figures;
use super::{CostTable, DropOut, Shares, shapley_value};

/// The most members for whom pairs of leavers are gone through.
const MOST_FOR_PAIRS: usize = 12;

/// What follows for those who stay, for each leaver and each pair, as long as two stay.
///
/// `figures` are those of the key in force, which is applied afresh to those who stay.
pub(super) fn drop_outs(table: &CostTable, figures: Option<&[f64]>) -> Vec<DropOut> {
    let count = table.count();
    let singles = (0..count).map(|leaver| 1_usize << leaver);
    let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| 1 << one | 1 << other));
    let pairs = pairs.filter(|_| count <= MOST_FOR_PAIRS);
    let leaving = singles.chain(pairs).filter(|leaving| count - leaving.count_ones() as usize >= 2);
    leaving.map(|leaving| drop_out(table, leaving, figures)).collect()
}

fn drop_out(table: &CostTable, leaving: usize, figures: Option<&[f64]>) -> DropOut {
    let staying = table.all() & !leaving;
    let rest = table.among(staying);
    let alone: f64 = (0..rest.count()).map(|member| rest.alone(member)).sum();
    let saves = alone - rest.grand();
    let under_key = figures.and_then(|figures| {
        let theirs: Vec<f64> = table.places(staying).map(|place| figures[place]).collect();
        // With the leavers gone, nobody who stays may have a figure above nought.
        (theirs.iter().sum::<f64>() > 0.0).then(|| by_figures(&rest, &theirs))
    });
    let tolerance = table.tolerance();
    let shapley = shapley_value(&rest);
    let judged = under_key.as_ref().unwrap_or(&shapley).iter().enumerate();
    let worse = judged.map(|(member, share)| (member, share - rest.alone(member)));
    let worse = worse.filter(|(_, by)| *by > tolerance);
    DropOut {
        leaving: table.codes(leaving),
        rest: rest.members().to_vec(),
        rest_cost: rest.grand(),
        rest_saves: saves,
        rest_gains: saves > tolerance,
        worse_off_than_alone: worse.map(|(member, by)| (rest.members()[member].clone(), by)).collect(),
        under_key: under_key.map(|shares| by_code(&rest, &shares)),
        shapley_value: by_code(&rest, &shapley),
    }
}

/// An amount a member, by the members' codes.
pub(super) fn by_code(table: &CostTable, amounts: &[f64]) -> Shares {
    table.members().iter().cloned().zip(amounts.iter().copied()).collect()
}

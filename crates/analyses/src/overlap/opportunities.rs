//! The savings as lines that an option may take up: by authority and financial year, moving costs in the first.

use std::collections::BTreeMap;

use penshaw_basis::{Estimate, FinancialYear};
use penshaw_register::{Opportunity, OpportunityAmount};

use super::Overlap;
use super::outcome::Saving;
use super::parameters::Range;
use super::savings::Working;
use crate::Analysis;

/// An opportunity spells out so many blockers at most.
const MOST_BLOCKERS: usize = 12;

/// Every saving that is offered.
pub(super) fn offered(working: &Working<'_>, savings: &[Saving], area: Option<&String>) -> Vec<Opportunity> {
    let offered = savings.iter().filter(|saving| saving.not_offered.is_none());
    offered.map(|saving| opportunity(working, saving, area)).collect()
}

fn opportunity(working: &Working<'_>, saving: &Saving, area: Option<&String>) -> Opportunity {
    let mut amounts: BTreeMap<(&str, FinancialYear), Range> = BTreeMap::new();
    for one in &saving.moves {
        for (place, year) in working.years_of(saving, one).enumerate() {
            let once = if place == 0 { one.once } else { Range::default() };
            let amount = amounts.entry((&one.authority, year)).or_default();
            // The least saving goes with the dearest move.
            amount.low += one.yearly.low - once.high;
            amount.likely += one.yearly.likely - once.likely;
            amount.high += one.yearly.high - once.low;
        }
    }
    let money = |pounds: f64| Estimate::from_pounds(pounds).to_money();
    let amount = |((authority, year), range): ((&str, FinancialYear), Range)| OpportunityAmount {
        authority: authority.to_owned(),
        year,
        low: money(range.low),
        likely: money(range.likely),
        high: money(range.high),
    };
    Opportunity {
        id: saving.id.clone(),
        analysis: Overlap::NAME.to_owned(),
        area: area.cloned(),
        description: saving.description.clone(),
        amounts: amounts.into_iter().map(amount).collect(),
        earliest: saving.earliest,
        blockers: blockers(saving),
        sources: saving.sources.clone(),
    }
}

fn blockers(saving: &Saving) -> Vec<String> {
    let mut blockers: Vec<String> = saving.blockers.iter().map(|blocker| blocker.what.clone()).collect();
    let without = saving.without_cost.len();
    if without > 0 {
        blockers.push(format!("Without a figure, since they record no cost or keep it back: {without}."));
    }
    let more = blockers.len().saturating_sub(MOST_BLOCKERS);
    if more > 0 {
        blockers.truncate(MOST_BLOCKERS);
        blockers.push(format!("And {more} more, in the answer."));
    }
    blockers
}

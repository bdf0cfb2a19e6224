//! The cheapest possible links that survive every single failure, and what they cost.

use penshaw_basis::{Basis, Cited, Date, Estimate, FinancialYear, Money};
use penshaw_numerics::survivable::{self, DEAREST, cheapest_additions};
use penshaw_register::{Opportunity, OpportunityAmount};
use serde::Deserialize;

use super::failures::{Graph, Loss};
use super::input::Input;
use super::outcome::Additions;
use super::region::{Line, Region, cost};
use super::road_map::later;
use super::{NetworkOfRegion, owner};
use crate::Analysis;

/// How many partly decided choices are looked at in a region; fewer in a larger network, where each takes longer.
const LOOK_AT_MOST: u64 = 5_000;
/// The possible links of a region.
const REGION: u64 = 100;
/// The longest time over which a cost is counted, in years.
const LONGEST: u32 = 100;

/// How costs are counted and how long buying takes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Planning {
    pub(super) whole_life_years: u32,
    pub(super) lead_months: u32,
}

/// The answer, with the lines that it adds by their places.
pub(super) struct Answer {
    pub(super) additions: Option<Additions>,
    pub(super) added: Vec<usize>,
    pub(super) graph: Graph,
    /// Of the graph's possible edges, which are added.
    pub(super) chosen: Vec<bool>,
    /// Why the parameter could not be read.
    pub(super) problem: Option<String>,
    pub(super) years: Option<u32>,
}

pub(super) fn answer(input: &Input, region: &Region, losses: &[Loss], basis: &Basis) -> Answer {
    match basis.value::<Planning>("network/planning", input.on) {
        Ok(planning) => chosen(input, region, losses, &planning),
        Err(error) => Answer {
            additions: None,
            added: Vec::new(),
            graph: Graph::of(input, region, &[]),
            chosen: Vec::new(),
            problem: Some(error.to_string()),
            years: None,
        },
    }
}

fn chosen(input: &Input, region: &Region, losses: &[Loss], planning: &Cited<Planning>) -> Answer {
    let years = planning.value.whole_life_years.min(LONGEST);
    let possible = region.lines.iter().enumerate().filter(|(_, line)| line.link.possible);
    let costed: Vec<(usize, u64)> =
        possible.filter_map(|(place, line)| Some((place, whole_life(line, years)?))).collect();
    let dearest = DEAREST / (costed.len() as u64).max(1);
    let candidates: Vec<(usize, u64)> = costed.into_iter().map(|(place, cost)| (place, cost.min(dearest))).collect();
    let graph = Graph::of(input, region, &candidates);
    let failures: Vec<survivable::Failure> = losses.iter().map(|loss| graph.failure(loss)).collect();
    let size = (candidates.len() as u64).max(REGION);
    let most = LOOK_AT_MOST * REGION * REGION / (size * size);
    let found = cheapest_additions(&graph.network, &failures, most);
    let added: Vec<usize> = found.chosen.iter().map(|&edge| candidates[edge].0).collect();
    let costs = added.iter().filter_map(|&place| cost(&region.lines[place].link));
    let pounds = |pence: u64| Estimate::from_pounds(pence as f64 / 100.0);
    let additions = Additions {
        considered: candidates.len(),
        added: added.iter().map(|&place| region.lines[place].link.code.clone()).collect(),
        capital_cost: costs.clone().map(|(capital, _)| capital).sum(),
        annual_cost: costs.map(|(_, annual)| annual).sum(),
        years,
        whole_life: pounds(found.cost),
        bound: pounds(found.bound),
        proven: found.is_proven(),
        looked_at: found.looked_at,
        can_begin: later(input.on, f64::from(planning.value.lead_months)),
        sources: planning.sources.clone(),
    };
    let mut chosen = vec![false; candidates.len()];
    found.chosen.iter().for_each(|&edge| chosen[edge] = true);
    Answer { additions: Some(additions), added, graph, chosen, problem: None, years: Some(years) }
}

/// Putting a line in and keeping it for some years, in pence; nothing where no cost is known.
pub(super) fn whole_life(line: &Line, years: u32) -> Option<u64> {
    let (capital, annual) = cost(&line.link)?;
    let pence = |amount: Money| amount.pence().unsigned_abs();
    Some(pence(capital).saturating_add(pence(annual).saturating_mul(u64::from(years))))
}

/// What each addition costs those who recorded it, by year: putting it in in the first, the annual cost in each.
pub(super) fn opportunities(region: &Region, answer: &Answer) -> Vec<Opportunity> {
    let Some(additions) = &answer.additions else { return Vec::new() };
    let Some(begins) = additions.can_begin else { return Vec::new() };
    answer.added.iter().map(|&place| opportunity(&region.lines[place], begins, additions)).collect()
}

fn opportunity(line: &Line, begins: Date, additions: &Additions) -> Opportunity {
    let (capital, annual) = cost(&line.link).unwrap_or_default();
    let first = FinancialYear::of(begins);
    let payers: Vec<&str> = line.recorded_by.iter().map(|code| owner(code)).collect();
    let mut amounts = Vec::new();
    for (place, payer) in payers.iter().enumerate() {
        for year in 0..additions.years {
            let whole = if year == 0 { capital + annual } else { annual };
            let share = -part(whole, place, payers.len());
            let year = first + i16::try_from(year).unwrap_or(i16::MAX);
            amounts.push(OpportunityAmount {
                authority: (*payer).to_owned(),
                year,
                low: share,
                likely: share,
                high: share,
            });
        }
    }
    let mut sources = line.sources();
    sources.extend(additions.sources.clone());
    Opportunity {
        id: format!("add {}", line.link.code),
        analysis: NetworkOfRegion::NAME.to_owned(),
        area: None,
        description: format!("Add the link {}", line.link.name),
        amounts,
        earliest: Some(begins),
        blockers: vec![
            "The price is the one recorded: it is not yet a quotation for all additions together.".to_owned(),
        ],
        sources,
    }
}

/// An equal part of an amount, the pence that do not divide falling to the first.
fn part(amount: Money, place: usize, of: usize) -> Money {
    let (pence, of) = (amount.pence(), of as i64);
    Money::from_pence(pence / of + i64::from((place as i64) < pence % of))
}

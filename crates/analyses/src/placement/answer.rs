//! The answer: what each workload may do, the best of it all together, and what shows that it is so.

use penshaw_basis::{Basis, Estimate};
use penshaw_numerics::assignment::{self, Effort, Infeasible, Solution};

use super::candidates::{Candidate, CostedWay, candidates};
use super::costs::{Costs, Parameters};
use super::estate::Estate;
use super::loads::{Placed, loads};
use super::model::{Member, Model, ModuleOffer, Way};
use super::outcome::{Check, Finding, ModulesBought, Outcome, PlacedSite, Placement, Status};
use super::{Input, agreements, groups, opportunities, shortage, today};

pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let mut findings = Vec::new();
    let question = Question::new(input, basis, &mut findings);
    question.answer(findings)
}

/// What the best of all placements is weighed at, found by trying every one of them.
#[cfg(test)]
pub(super) fn tried(input: &Input, basis: &Basis) -> Option<f64> {
    let (problem, _) = Question::new(input, basis, &mut Vec::new()).model().problem();
    assignment::solve_by_enumeration(&problem, &Effort::default()).ok().map(|solution| solution.cost)
}

/// The question as it is put to the search.
struct Question<'a> {
    input: &'a Input,
    parameters: Parameters,
    estate: Estate,
    candidates: Vec<Candidate<'a>>,
    groups: Vec<Vec<usize>>,
    apart: Vec<[usize; 2]>,
}

/// A placement that keeps the rules: the way of each candidate, and the modules.
struct Chosen {
    ways: Vec<Option<CostedWay>>,
    modules: Vec<(ModuleOffer, u32)>,
}

impl<'a> Question<'a> {
    fn new(input: &'a Input, basis: &Basis, findings: &mut Vec<Finding>) -> Self {
        let parameters = Parameters::in_force(basis, input.on, findings);
        let estate = Estate::new(input, &parameters, findings);
        let candidates = candidates(input, &estate, &parameters, findings);
        findings.extend(no_cloud(&estate.sites));
        let groups = groups::together(&candidates, findings);
        let apart = groups::apart(&candidates, &groups, findings);
        Question { input, parameters, estate, candidates, groups, apart }
    }

    fn answer(self, mut findings: Vec<Finding>) -> Outcome {
        let model = self.model();
        let short = shortage::together(&model, &self.estate);
        if !short.is_empty() {
            findings.push(shortage::told(&short));
            return Outcome { status: Status::Infeasible, short, ..self.shown(None, findings) };
        }
        self.searched(&model, findings)
    }

    /// The answer of the search, where no sum alone rules it out.
    fn searched(&self, model: &Model, mut findings: Vec<Finding>) -> Outcome {
        let (problem, meanings) = model.problem();
        let solved = assignment::solve(&problem, &Effort { gap: 0.0, nodes: self.input.nodes });
        let chosen = solved.as_ref().ok().map(|solution| self.chosen(model, solution));
        let mut short = Vec::new();
        if let Err(why) = &solved {
            findings.push(shortage::explained(why, &meanings, &self.estate));
            if !matches!(why, Infeasible::NotFound { .. }) {
                short = shortage::least(model, &self.estate, self.input.nodes);
            }
        }
        let check = solved.as_ref().ok().map(|solution| checked(&problem, solution));
        let mut outcome = self.shown(chosen.as_ref(), findings);
        outcome.status = status(&solved);
        if let Ok(solution) = &solved {
            outcome.bound = Some(Estimate::from_pounds(solution.bound));
            outcome.nodes = solution.nodes;
        }
        outcome.check = check.map(|check| self.with_loads(check, &outcome));
        outcome.short = short;
        outcome
    }

    fn model(&self) -> Model {
        let member = |place: &usize| Member {
            needs: self.candidates[*place].needs,
            ways: self.candidates[*place].ways.iter().map(weighed).collect(),
        };
        let at = |place: usize| {
            let group =
                self.groups.iter().position(|group| group.contains(&place)).expect("a pair is of placed workloads");
            let member = self.groups[group].iter().position(|member| *member == place).expect("the group holds it");
            (group, member)
        };
        Model {
            sites: self.estate.capacities.clone(),
            offers: self.estate.offers.clone(),
            groups: self.groups.iter().map(|group| group.iter().map(member).collect()).collect(),
            apart: self.apart.iter().map(|pair| pair.map(at)).collect(),
            replica_factor: self.parameters.copies.replica_factor,
        }
    }

    fn chosen(&self, model: &Model, solution: &Solution) -> Chosen {
        let mut ways = vec![None; self.candidates.len()];
        for (group, choices) in self.groups.iter().zip(&solution.choices) {
            for (place, choice) in group.iter().zip(choices) {
                ways[*place] = Some(self.candidates[*place].ways[*choice]);
            }
        }
        let bought = model.offers.iter().copied().zip(solution.modules.iter().copied());
        Chosen { ways, modules: bought.filter(|(_, number)| *number > 0).collect() }
    }

    /// Everything that is shown of a placement, or of today where there is none.
    fn shown(&self, chosen: Option<&Chosen>, mut findings: Vec<Finding>) -> Outcome {
        let replica_factor = self.parameters.copies.replica_factor;
        let placed_today: Vec<Placed> = self.candidates.iter().filter_map(placed_today).collect();
        let loads_today = loads(&self.estate, &placed_today, replica_factor, &[]);
        let broken = today::breaks(&self.estate, &self.candidates, &self.groups, &self.apart, &loads_today);
        let today_stands = broken.is_empty() && self.candidates.iter().all(|candidate| candidate.fixed.is_none());
        findings.extend(broken);
        findings.sort_by_key(|finding| finding.severity);
        let workloads: Vec<Placement> = (0..self.candidates.len()).map(|place| self.placement(place, chosen)).collect();
        let modules = chosen.map(|chosen| self.modules(chosen)).unwrap_or_default();
        let placed = self.placed(chosen);
        let agreements = match chosen {
            Some(_) => agreements::needs(&self.estate, &placed, &self.input.agreements, self.input.on, replica_factor),
            None => Vec::new(),
        };
        let proposed = chosen.map(|chosen| proposed(chosen, &modules));
        let grouped: Vec<Vec<&Placement>> =
            self.groups.iter().map(|group| group.iter().map(|place| &workloads[*place]).collect()).collect();
        let opportunities = match chosen {
            Some(_) => opportunities::offered(
                self.input,
                &self.estate.sites,
                &grouped,
                &modules,
                &agreements,
                &self.parameters,
            ),
            None => Vec::new(),
        };
        let loads = match chosen {
            Some(chosen) => {
                let placed: Vec<Placed> = placed.iter().map(|(_, placed)| *placed).collect();
                loads(&self.estate, &placed, replica_factor, &chosen.modules)
            }
            None => loads_today,
        };
        Outcome {
            partners: self.input.partners.clone(),
            sites: self.estate.sites.clone(),
            status: Status::NotFound,
            bound: None,
            nodes: 0,
            check: None,
            today: sum(workloads.iter().filter_map(|placement| placement.cost_today)),
            today_stands,
            saving: proposed.map(|proposed| saving(&workloads) - proposed.modules),
            lacking_recovery: self.lacking_recovery(),
            proposed,
            workloads,
            modules,
            loads,
            short: Vec::new(),
            agreements,
            findings,
            opportunities,
            parameters: self.parameters.clone(),
        }
    }

    fn placement(&self, place: usize, chosen: Option<&Chosen>) -> Placement {
        let candidate = &self.candidates[place];
        let code = |site: usize| self.estate.code(site).to_owned();
        let way = chosen.and_then(|chosen| chosen.ways[place]);
        let cost = way.map(|way| way.costs);
        let saving = candidate.compared().zip(cost).map(|(compared, cost)| compared.yearly() - cost.yearly());
        let mut placement = Placement {
            owner: candidate.owner.to_owned(),
            reference: candidate.workload.reference.clone(),
            name: candidate.workload.name.clone(),
            primary_today: candidate.primary.map(code),
            recovery_today: candidate.recovery.map(code),
            primary: way.map(|way| code(way.primary)),
            recovery: way.and_then(|way| way.recovery).map(code),
            fixed: candidate.fixed.as_ref().map(|fixed| fixed.why.clone()),
            cost_today: candidate.cost_today(&self.estate, &self.parameters),
            cost,
            saving: if candidate.fixed.is_some() { None } else { saving },
            moving_cost: Estimate::from_pounds(way.map_or(0.0, |way| candidate.once(way.primary))),
            to_test: candidate.workload.recovery_tested_on.is_none(),
            source: candidate.source.clone(),
        };
        placement.to_test |= placement.moves();
        placement
    }

    fn modules(&self, chosen: &Chosen) -> Vec<ModulesBought> {
        let bought = |(offer, number): &(ModuleOffer, u32)| ModulesBought {
            site: self.estate.code(offer.site).to_owned(),
            number: *number,
            cost: Estimate::from_pounds(offer.cost * f64::from(*number)),
            source: self.estate.sites[offer.site].source.clone(),
        };
        chosen.modules.iter().map(bought).collect()
    }

    /// Where each workload would stand, with its owner.
    fn placed(&self, chosen: Option<&Chosen>) -> Vec<(&str, Placed)> {
        let Some(chosen) = chosen else { return Vec::new() };
        let ways = self.candidates.iter().zip(&chosen.ways);
        ways.filter_map(|(candidate, way)| {
            let way = way.as_ref()?;
            let placed = Placed { needs: candidate.needs, primary: way.primary, recovery: way.recovery };
            Some((candidate.owner, placed))
        })
        .collect()
    }

    /// What the cheapest lawful recovery adds for workloads whose recovery today is none or not lawful.
    fn lacking_recovery(&self) -> Estimate {
        let lacking = self.candidates.iter().filter(|candidate| candidate.lawful_today().is_none());
        let added = lacking.filter_map(|candidate| {
            let today = candidate.cost_today(&self.estate, &self.parameters)?;
            Some(candidate.compared()?.yearly() - today.yearly())
        });
        added.sum()
    }

    /// The check with a second one: the loads, added up anew from the placement, against what each site has.
    fn with_loads(&self, mut check: Check, outcome: &Outcome) -> Check {
        for load in &outcome.loads {
            for measure in load.measures.iter().filter(|measure| measure.over()) {
                check.problems.push(format!("{} is overloaded: {}", load.site, measure.what));
            }
        }
        check
    }
}

fn weighed(way: &CostedWay) -> Way {
    Way { primary: way.primary, recovery: way.recovery, cost: way.costs.weighed().pounds() }
}

fn placed_today(candidate: &Candidate<'_>) -> Option<Placed> {
    let primary = candidate.primary?;
    Some(Placed { needs: candidate.needs, primary, recovery: candidate.recovery.filter(|site| *site != primary) })
}

fn proposed(chosen: &Chosen, modules: &[ModulesBought]) -> Costs {
    let mut costs = sum(chosen.ways.iter().flatten().map(|way| way.costs));
    costs.modules = modules.iter().map(|bought| bought.cost).sum();
    costs
}

fn saving(workloads: &[Placement]) -> Estimate {
    workloads.iter().filter_map(|placement| placement.saving).sum()
}

fn sum(costs: impl Iterator<Item = Costs>) -> Costs {
    costs.fold(Costs::default(), |total, one| total + one)
}

/// Optimal where cost and bound are the same to half a penny.
fn status(solved: &Result<Solution, Infeasible>) -> Status {
    const HALF_A_PENNY: f64 = 0.005;
    match solved {
        Ok(solution) if solution.cost - solution.bound <= HALF_A_PENNY => Status::Optimal,
        Ok(_) => Status::WithinBound,
        Err(Infeasible::NotFound { .. }) => Status::NotFound,
        Err(_) => Status::Infeasible,
    }
}

fn checked(problem: &assignment::Problem, solution: &Solution) -> Check {
    match assignment::verify(problem, solution) {
        Ok(cost) => Check { cost: Some(Estimate::from_pounds(cost)), problems: Vec::new() },
        Err(wrong) => Check { cost: None, problems: wrong.iter().map(ToString::to_string).collect() },
    }
}

fn no_cloud(sites: &[PlacedSite]) -> Option<Finding> {
    (!sites.iter().any(|site| site.public_cloud)).then(|| {
        Finding::warning(
            "public cloud",
            "no public cloud is among the sites, so that none was weighed",
            "record one as a site of the use \"public cloud\", with its price of a kW, or the reason why none is looked at",
            Vec::new(),
        )
    })
}

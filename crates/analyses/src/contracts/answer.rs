//! The answer, put together.

use penshaw_basis::{Basis, Estimate};
use penshaw_numerics::scheduling::Problem;

use super::consents::{Asked, Directions};
use super::given::Given;
use super::groups;
use super::means::Ways;
use super::outcome::{ConsentNeeded, Counts, Grouping, Outcome, Plan, State, Step, Term, Vesting};
use super::plan::{Draft, Planned, last_counted};
use super::terms::{Standing, standing};
use super::{Input, findings, joining, opportunities, spend};
use crate::suppliers::Suppliers;

pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let given = Given::in_force(basis, input.on);
    let suppliers = Suppliers::of(&input.supplier_names);
    let standing = standing(input, &given, &suppliers);
    let directions = Directions::of(input, &given, &standing);
    let planning =
        Planning { input, given: &given, suppliers: &suppliers, standing: &standing, directions: &directions };
    let planned = planning.planned();
    let spend = spend::spend(input, &given, &suppliers, &standing);
    let mut plans = planning.plans(&planned);
    // The plan that saves most stands first; of two alike, that by supplier.
    plans.sort_by(|one, other| other.plan.saving().pounds().total_cmp(&one.plan.saving().pounds()));
    let consents = planning.consents(&planned, plans.first());
    let opportunities = plans.first().map(|planned| opportunities::offered(planned, &standing, &given, &consents));
    let mut outcome = Outcome {
        on: input.on,
        partners: input.partners.clone(),
        terms: terms(&standing),
        vesting: vesting(&standing, &directions),
        consents,
        joining: joining::joining(input, &given, &standing),
        counts: Counts {
            contracts: standing.len(),
            ahead: standing.iter().filter(|one| one.goes_on()).count(),
            planned: planned.len(),
            payments: input.payments.len(),
            payments_used: spend.used,
        },
        spend: spend.spend,
        opportunities: opportunities.unwrap_or_default(),
        plans: plans.into_iter().map(|planned| planned.plan).collect(),
        findings: Vec::new(),
        parameters: given.sources.clone(),
    };
    outcome.findings = findings::all(input, &given, &standing, &outcome);
    outcome
}

/// The problem of the plan by supplier.
pub(super) fn problem(input: &Input, basis: &Basis) -> Option<Problem> {
    let given = Given::in_force(basis, input.on);
    let suppliers = Suppliers::of(&input.supplier_names);
    let standing = standing(input, &given, &suppliers);
    let directions = Directions::of(input, &given, &standing);
    let planning =
        Planning { input, given: &given, suppliers: &suppliers, standing: &standing, directions: &directions };
    let planned = planning.planned();
    let ways = planning.ways(false, false);
    let draft = planning.draft(&ways, &planned, Grouping::Supplier);
    (!planned.is_empty()).then_some(draft.problem)
}

struct Planning<'a> {
    input: &'a Input,
    given: &'a Given,
    suppliers: &'a Suppliers,
    standing: &'a [Standing<'a>],
    directions: &'a Directions<'a>,
}

impl Planning<'_> {
    fn ways(&self, hoped: bool, near_vesting_too: bool) -> Ways<'_> {
        Ways { on: self.input.on, given: self.given, directions: self.directions, hoped, near_vesting_too }
    }

    fn planned(&self) -> Vec<usize> {
        groups::plannable(self.standing, last_counted(&self.ways(false, false)))
    }

    /// How many procurements run at a time: as the partners say, or one for so many contracts.
    fn procurements(&self, planned: &[usize]) -> u32 {
        let planning = &self.given.planning;
        let contracts = u32::try_from(planned.len()).unwrap_or(u32::MAX);
        let usual = contracts.div_ceil(planning.contracts_per_procurement.max(1)).max(planning.least_procurements);
        self.input.procurements.unwrap_or(usual).max(1)
    }

    fn draft<'a>(&'a self, ways: &'a Ways<'a>, planned: &[usize], by: Grouping) -> Draft<'a> {
        let groups = groups::groups(self.standing, planned, by, (self.given, self.suppliers));
        Draft::of(ways, self.standing, groups, self.procurements(planned))
    }

    fn plans(&self, planned: &[usize]) -> Vec<Planned> {
        [Grouping::Supplier, Grouping::Function].into_iter().filter_map(|by| self.plan(planned, by)).collect()
    }

    /// The plan by supplier or function; nothing where no two contracts belong together.
    fn plan(&self, planned: &[usize], by: Grouping) -> Option<Planned> {
        let ways = self.ways(false, false);
        let draft = self.draft(&ways, planned, by);
        if draft.problem.groups.iter().all(|group| group.things.len() < 2) {
            return None;
        }
        let mut found = draft.plan(by, self.procurements(planned))?;
        let every_day = self.ways(false, true);
        let looked =
            if self.directions.any() { self.draft(&every_day, planned, by).days_looked() } else { draft.days_looked() };
        for group in &mut found.plan.groups {
            let of = looked.iter().find(|(name, _)| *name == group.name);
            group.days = of.map(|(_, days)| days.clone()).unwrap_or_default();
        }
        Some(found)
    }

    /// What the plan would do with every consent that is not refused, where a direction requires one.
    fn consents(&self, planned: &[usize], first: Option<&Planned>) -> Vec<ConsentNeeded> {
        if !self.directions.any() || planned.is_empty() {
            return Vec::new();
        }
        let by = first.map_or(Grouping::Supplier, |first| first.plan.by);
        let ways = self.ways(true, false);
        let hoped = self.draft(&ways, planned, by).plan(by, self.procurements(planned));
        let all = hoped.iter().chain(first).flat_map(|planned| planned.plan.steps.iter().zip(&planned.taken));
        let mut needed: Vec<ConsentNeeded> =
            all.filter_map(|(step, taken)| Some(consent_needed(step, taken.consent.as_ref()?))).collect();
        needed.sort_by(|one, other| {
            let order = |one: &ConsentNeeded| (one.ask_by, one.authority.clone(), one.reference.clone(), one.new_end);
            order(one).cmp(&order(other))
        });
        needed.dedup();
        needed
    }
}

fn consent_needed(step: &Step, asked: &Asked) -> ConsentNeeded {
    ConsentNeeded {
        authority: step.authority.clone(),
        reference: step.reference.clone(),
        title: step.title.clone(),
        means: step.means,
        new_end: step.new_end,
        counted: Estimate::from_pounds(asked.counted / 100.0),
        standing: asked.standing.clone(),
        ask_by: asked.ask_by,
        consent_of: asked.consent_of.clone(),
        law: asked.law.clone(),
        sources: asked.sources.clone(),
    }
}

/// The terms: what is to be done first stands first, then by day; what has ended or has no end stands last.
fn terms(standing: &[Standing<'_>]) -> Vec<Term> {
    let mut terms: Vec<Term> = standing.iter().map(Standing::term).collect();
    terms.sort_by(|one, other| order(one).cmp(&order(other)));
    terms
}

fn order(term: &Term) -> (u8, Option<penshaw_basis::Date>, &str, &str) {
    let (rank, day) = match term.state {
        State::NoticeNear => (0, term.notice_by),
        State::NoticeMissed => (1, term.ends),
        State::Running | State::NotBegun => (2, term.notice_by.or(term.ends)),
        State::Ended => (3, term.ends),
        State::EndUnknown => (4, None),
    };
    (rank, day, &term.authority, &term.reference)
}

fn vesting(standing: &[Standing<'_>], directions: &Directions<'_>) -> Vec<Vesting> {
    let mut owners: Vec<&str> = standing.iter().map(|one| one.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    owners.into_iter().filter_map(|owner| directions.vesting(owner)).collect()
}

impl Plan {
    /// The plan's steps that do anything but let a contract run out by itself.
    pub fn doing(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.together || step.means != super::Means::RunsOut)
    }
}

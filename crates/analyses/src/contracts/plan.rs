//! The plan: each group's day and each contract's way, at least cost within the procurements that run at a time.

use jiff::Span;
use penshaw_basis::{Date, Estimate};
use penshaw_numerics::assignment::Effort;
use penshaw_numerics::scheduling::{self, CommonDate, Ending, Group, Problem, Solution, Thing, Way};

use super::groups::{self, Belonging};
use super::means::{Taken, Ways};
use super::outcome::{DayLooked, GroupPlan, Grouping, Plan, Step, StepCosts};
use super::terms::{Standing, days_between, of_days};

/// How many nodes of the search may be opened; the proof has never taken a hundredth of them.
const NODES: u64 = 20_000;

/// The ways of a contract apart, and on each day of its group.
type TakenWays = (Vec<Taken>, Vec<Vec<Taken>>);

/// The problem with what each way of it means.
pub(super) struct Draft<'a> {
    ways: &'a Ways<'a>,
    standing: &'a [Standing<'a>],
    groups: Vec<Belonging>,
    /// For each group and contract, its ways.
    taken: Vec<Vec<TakenWays>>,
    pub(super) problem: Problem,
    last: Date,
    discount: f64,
}

/// What comes of a draft: the plan, and for each step the way that it takes.
pub(super) struct Planned {
    pub(super) plan: Plan,
    /// The way of each step and, where it ends apart at least cost, what it would cost then, in pence.
    pub(super) taken: Vec<Taken>,
    /// For each step, the way in which it would end if every contract were bought again by itself.
    pub(super) apart: Vec<Taken>,
    /// For each step, the place of its contract.
    pub(super) places: Vec<usize>,
}

impl<'a> Draft<'a> {
    /// The ways of all contracts of all groups.
    pub(super) fn of(
        ways: &'a Ways<'a>,
        standing: &'a [Standing<'a>],
        mut groups: Vec<Belonging>,
        procurements: u32,
    ) -> Self {
        let planning = &ways.given.planning;
        let last = last_counted(ways);
        let first = ways.after(planning.procurement_months);
        for group in &mut groups {
            group.days = groups::days(standing, &group.members, (first, last), ways.directions);
            if !ways.near_vesting_too {
                // A day on which none of them may end is none.
                let bars = |place: &usize, day| ways.directions.near_vesting(standing[*place].owner, day);
                let members = group.members.clone();
                group.days.retain(|day| members.iter().filter(|place| !bars(place, *day)).count() > 1);
            }
        }
        let periods = groups::quarter(ways.on, last) + 1;
        let mut draft = Draft {
            ways,
            standing,
            groups: Vec::new(),
            taken: Vec::new(),
            problem: Problem { groups: Vec::new(), capacities: vec![procurements; periods] },
            last,
            discount: planning.discount.likely,
        };
        groups.into_iter().for_each(|group| draft.add(group));
        draft
    }

    fn add(&mut self, group: Belonging) {
        let planning = &self.ways.given.planning;
        let lead = Span::new().months(i64::from(planning.procurement_months));
        let date = |day: &Date| CommonDate {
            cost: (planning.procurement_cost * 100.0).round(),
            uses: self.periods(Some((day.saturating_sub(lead), *day))),
            enough: planning.enough_for_discount.max(2),
        };
        let dates = group.days.iter().map(date).collect();
        let mut things = Vec::new();
        let mut taken = Vec::new();
        for &place in &group.members {
            let of = &self.standing[place];
            let apart = self.ways.apart(of, self.last);
            let together: Vec<Vec<Taken>> = group.days.iter().map(|day| self.ways.to(of, *day)).collect();
            let way = |taken: &Taken| Way { cost: taken.cost(), uses: self.periods(taken.buying) };
            let yearly = of.yearly.unwrap_or(0.0);
            let saved = |day: &Date| (self.discount * of_days(yearly, days_between(*day, self.last).max(0))).round();
            things.push(Thing {
                apart: apart.iter().map(way).collect(),
                together: together.iter().map(|ways| ways.iter().map(way).collect()).collect(),
                reductions: group.days.iter().map(saved).collect(),
            });
            taken.push((apart, together));
        }
        self.problem.groups.push(Group { dates, things });
        self.taken.push(taken);
        self.groups.push(group);
    }

    /// The quarters in which a procurement runs.
    fn periods(&self, buying: Option<(Date, Date)>) -> Vec<usize> {
        let Some((from, to)) = buying else { return Vec::new() };
        let most = self.problem.capacities.len() - 1;
        let quarter = |day: Date| groups::quarter(self.ways.on, day).min(most);
        (quarter(from.max(self.ways.on))..=quarter(to)).collect()
    }

    /// The plan at least cost; nothing where the search ended without one.
    pub(super) fn plan(&self, by: Grouping, procurements: u32) -> Option<Planned> {
        let effort = Effort { gap: 0.0, nodes: NODES };
        let solution = scheduling::solve(&self.problem, &effort).ok()?;
        let alone = |group: &Group| Group {
            dates: Vec::new(),
            things: group.things.iter().map(|thing| Thing { apart: thing.apart.clone(), ..Thing::default() }).collect(),
        };
        let apart_problem = Problem {
            groups: self.problem.groups.iter().map(alone).collect(),
            capacities: self.problem.capacities.clone(),
        };
        let apart = scheduling::solve(&apart_problem, &effort).ok()?;
        let mut planned = Planned {
            plan: Plan {
                by,
                cost: pounds(solution.cost),
                apart: pounds(apart.cost),
                bound: pounds(solution.bound),
                proved: solution.proved,
                nodes: solution.nodes,
                procurements,
                counted_until: self.last,
                groups: Vec::new(),
                steps: Vec::new(),
            },
            taken: Vec::new(),
            apart: Vec::new(),
            places: Vec::new(),
        };
        (0..self.groups.len()).for_each(|group| self.follow(group, (&solution, &apart), &mut planned));
        planned.plan.groups.sort_by(|one, other| {
            let saving = |group: &GroupPlan| (group.apart - group.cost).pounds();
            saving(other).total_cmp(&saving(one)).then(one.name.cmp(&other.name))
        });
        Some(planned)
    }

    /// The steps of a group.
    fn follow(&self, group: usize, (solution, apart): (&Solution, &Solution), planned: &mut Planned) {
        let belonging = &self.groups[group];
        let date = solution.dates[group];
        let endings = &solution.endings[group];
        let together = endings.iter().filter(|ending| matches!(ending, Ending::Together(_))).count();
        let reduced = solution.is_enough(&self.problem, group);
        let of_group = &self.problem.groups[group];
        let joint = date.map_or(0.0, |date| of_group.dates[date].cost);
        let (mut cost, mut alone) = (joint, 0.0);
        for (member, &place) in belonging.members.iter().enumerate() {
            let (ways, days) = &self.taken[group][member];
            let (taken, joined) = match (endings[member], date) {
                (Ending::Together(way), Some(date)) => (&days[date][way], true),
                (Ending::Apart(way) | Ending::Together(way), _) => (&ways[way], false),
            };
            let Ending::Apart(by_itself) = apart.endings[group][member] else { continue };
            let saved = match date.filter(|_| joined && reduced) {
                Some(date) => of_group.things[member].reductions[date],
                None => 0.0,
            };
            cost += taken.cost() - saved;
            alone += ways[by_itself].cost();
            let share = if joined { joint / together.max(1) as f64 } else { 0.0 };
            planned.plan.steps.push(self.step(place, &belonging.name, (taken, joined), (saved, share)));
            planned.taken.push(taken.clone());
            planned.apart.push(ways[by_itself].clone());
            planned.places.push(place);
        }
        if belonging.members.len() > 1 {
            planned.plan.groups.push(GroupPlan {
                name: belonging.name.clone(),
                contracts: belonging.members.len(),
                ends: date.map(|date| belonging.days[date]),
                together,
                cost: pounds(cost),
                apart: pounds(alone),
                days: Vec::new(),
                sources: belonging.members.iter().map(|&place| self.standing[place].source.clone()).collect(),
            });
        }
    }

    fn step(&self, place: usize, group: &str, (taken, together): (&Taken, bool), (saved, share): (f64, f64)) -> Step {
        let of = &self.standing[place];
        Step {
            authority: of.owner.to_owned(),
            reference: of.contract.reference.clone(),
            title: of.contract.title.clone(),
            group: group.to_owned(),
            together,
            means: taken.means,
            ends: of.contract.ends.unwrap_or(taken.end),
            new_end: taken.end,
            costs: StepCosts {
                dearer: pounds(taken.dearer),
                gap: pounds(taken.gap),
                overlap: pounds(taken.overlap),
                termination: pounds(taken.termination),
                procurement: pounds(taken.procurement),
                joint_procurement: pounds(share),
                saved: pounds(saved),
            },
            act_by: taken.act_by,
            law: taken.law.clone(),
            consent_given: taken.consent.as_ref().is_some_and(super::consents::Asked::is_given),
            near_vesting: taken.near_vesting,
            source: of.source.clone(),
        }
    }

    /// Every day of every group that was looked at, for the group alone.
    pub(super) fn days_looked(&self) -> Vec<(String, Vec<DayLooked>)> {
        let groups = self.groups.iter().zip(&self.problem.groups).filter(|(group, _)| group.members.len() > 1);
        let looked = |(belonging, group): (&Belonging, &Group)| {
            let on = |(date, day): (usize, &Date)| {
                let (cost, endings) = scheduling::best_on(group, date)?;
                let bars = |place: &usize| self.ways.directions.near_vesting(self.standing[*place].owner, *day);
                Some(DayLooked {
                    day: *day,
                    together: endings.iter().filter(|ending| matches!(ending, Ending::Together(_))).count(),
                    cost: pounds(cost),
                    near_vesting: belonging.members.iter().any(bars),
                })
            };
            (belonging.name.clone(), belonging.days.iter().enumerate().filter_map(on).collect())
        };
        groups.map(looked).collect()
    }
}

/// The last day that is counted.
pub(super) fn last_counted(ways: &Ways<'_>) -> Date {
    ways.after(ways.given.planning.years.max(1) * 12)
}

fn pounds(pence: f64) -> Estimate {
    Estimate::from_pounds(pence / 100.0)
}

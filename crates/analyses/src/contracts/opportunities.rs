//! What ending together saves and for whom, offered so that an option may take it up.

use std::collections::BTreeMap;

use penshaw_basis::{Date, FinancialYear, Money};
use penshaw_register::{Opportunity, OpportunityAmount};

use super::Contracts;
use super::given::Given;
use super::means::Taken;
use super::outcome::{ConsentNeeded, GroupPlan, Means, Step};
use super::plan::Planned;
use super::terms::{Standing, days_between, of_days};
use crate::Analysis;
use crate::named::{counted, sentence_list};

/// One opportunity for each group that ends together and saves by it.
pub(super) fn offered(
    planned: &Planned,
    standing: &[Standing<'_>],
    given: &Given,
    consents: &[ConsentNeeded],
) -> Vec<Opportunity> {
    let saving = planned.plan.groups.iter().filter(|group| group.ends.is_some() && group.cost < group.apart);
    let offering = Offering { planned, standing, given, consents };
    let mut offered: Vec<Opportunity> = saving.filter_map(|group| offering.of(group)).collect();
    if offered.len() > 1 {
        let words = "Worked out together with the other groups, within the procurements that run at a time.";
        offered.iter_mut().for_each(|one| one.blockers.push(words.to_owned()));
    }
    offered
}

struct Offering<'a> {
    planned: &'a Planned,
    standing: &'a [Standing<'a>],
    given: &'a Given,
    consents: &'a [ConsentNeeded],
}

/// Pence by authority and year: what is sure, and what a year's discount of the whole price would be.
type Amounts = BTreeMap<(String, FinancialYear), (f64, f64)>;

impl Offering<'_> {
    fn of(&self, group: &GroupPlan) -> Option<Opportunity> {
        let ends = group.ends?;
        let mut amounts = Amounts::new();
        let members = self.planned.plan.steps.iter().enumerate().filter(|(_, step)| step.group == group.name);
        let members: Vec<(usize, &Step)> = members.collect();
        for (number, step) in &members {
            self.add(step, *number, ends, &mut amounts);
        }
        let low_high = self.given.planning.discount;
        let amount = |((authority, year), (sure, price)): (&(String, FinancialYear), &(f64, f64))| OpportunityAmount {
            authority: authority.clone(),
            year: *year,
            low: pence(sure + price * low_high.low),
            likely: pence(sure + price * low_high.likely),
            high: pence(sure + price * low_high.high),
        };
        let mut sources = group.sources.clone();
        sources.extend(self.given.source("contracts/planning"));
        Some(Opportunity {
            id: format!("end-together-{}-{}", self.planned.plan.by.word(), group.name.replace(' ', "-").to_lowercase()),
            analysis: Contracts::NAME.to_owned(),
            area: None,
            description: format!(
                "Let {} of {} end together on {} and buy them again as one",
                counted(group.together, "contract", "contracts"),
                group.name,
                penshaw_documents::Value::Day(ends)
            ),
            amounts: amounts.iter().map(amount).collect(),
            earliest: ends.tomorrow().ok(),
            blockers: self.blockers(&members),
            sources,
        })
    }

    /// What a step costs and saves against buying its contract again by itself, in the years in which it falls.
    fn add(&self, step: &Step, number: usize, ends: Date, amounts: &mut Amounts) {
        let (taken, apart) = (&self.planned.taken[number], &self.planned.apart[number]);
        let mut put = |day: Date, pence: f64| {
            if pence != 0.0 {
                amounts.entry((step.authority.clone(), FinancialYear::of(day))).or_default().0 += pence;
            }
        };
        for (way, sign) in [(taken, -1.0), (apart, 1.0)] {
            put(step.ends.min(way.end), sign * extra(way));
            put(way.end, sign * way.procurement);
        }
        put(step.new_end, -step.costs.joint_procurement.pounds() * 100.0);
        let yearly = self.standing[self.planned.places[number]].yearly.unwrap_or(0.0);
        if step.costs.saved.pounds() > 0.0 {
            let Ok(first) = ends.tomorrow() else { return };
            let last = self.planned.plan.counted_until;
            let years = FinancialYear::of(first).following(1 + usize::from(self.given.planning.years));
            for year in years {
                let days = days_between(first.max(year.starts()), last.min(year.ends())) + 1;
                if days > 0 {
                    let price = of_days(yearly, days);
                    amounts.entry((step.authority.clone(), year)).or_default().1 += price;
                }
            }
        }
    }

    fn blockers(&self, members: &[(usize, &Step)]) -> Vec<String> {
        let mut blockers = Vec::new();
        let named = |wanted: &dyn Fn(&Step) -> bool| -> Vec<String> {
            let all = members.iter().filter(|(_, step)| wanted(step));
            all.map(|(_, step)| format!("{}/{}", step.authority, step.reference)).collect()
        };
        let mut block = |which: Vec<String>, words: &str| {
            if !which.is_empty() {
                blockers.push(format!("{}: {words}.", sentence_list(&which)));
            }
        };
        let asked = |step: &Step| {
            self.consents.iter().any(|consent| {
                consent.authority == step.authority
                    && consent.reference == step.reference
                    && consent.standing != "given"
            })
        };
        block(named(&asked), "consent under section 24 is wanting, and the plan does without it");
        let modified = |step: &Step| {
            matches!(step.means, Means::NotSubstantial | Means::BelowThreshold | Means::AdditionalServices)
        };
        block(named(&modified), "the modification needs its record in law, and the supplier's agreement");
        block(named(&|step| step.means == Means::Bridge), "the bridge needs the supplier's agreement");
        block(named(&|step| step.means == Means::Lapse), "nothing is there for a time");
        blockers
    }
}

/// What a way costs besides its procurement.
fn extra(way: &Taken) -> f64 {
    way.dearer + way.gap + way.overlap + way.termination
}

fn pence(amount: f64) -> Money {
    Money::from_pence(amount.round() as i64)
}

//! What each move saves and for whom, offered so that an option may adopt it.

use penshaw_basis::{Estimate, FinancialYear, Money, Source};
use penshaw_register::{Opportunity, OpportunityAmount};

use super::agreements;
use super::costs::Parameters;
use super::outcome::{AgreementNeed, ModulesBought, PlacedSite, Placement};
use super::{Input, Placement as PlacementOfWorkloads};
use crate::Analysis;
use crate::named::counted;

/// One opportunity for each group that moves, and one for the modules of each site.
pub(super) fn offered(
    input: &Input,
    sites: &[PlacedSite],
    groups: &[Vec<&Placement>],
    modules: &[ModulesBought],
    needs: &[AgreementNeed],
    parameters: &Parameters,
) -> Vec<Opportunity> {
    let offering = Offering { input, sites, needs, parameters };
    let moves = groups.iter().filter(|group| group.iter().any(|placement| placement.moves()));
    let mut offered: Vec<Opportunity> = moves.map(|group| offering.moved(group)).collect();
    offered.extend(modules.iter().map(|bought| offering.enlarged(bought)));
    if offered.len() > 1 {
        let words = "Worked out together with the other moves: looked at alone it may not fit its sites.";
        offered.iter_mut().for_each(|opportunity| opportunity.blockers.push(words.to_owned()));
    }
    offered
}

struct Offering<'a> {
    input: &'a Input,
    sites: &'a [PlacedSite],
    needs: &'a [AgreementNeed],
    parameters: &'a Parameters,
}

impl Offering<'_> {
    /// What moving a group saves its owner, in money against what is paid today.
    fn moved(&self, group: &[&Placement]) -> Opportunity {
        let first = group[0];
        let money = |placement: &Placement| match (placement.cost_today, placement.cost) {
            (Some(today), Some(proposed)) => (today - proposed).money(),
            _ => Estimate::ZERO,
        };
        let yearly: Estimate = group.iter().map(|placement| money(placement)).sum();
        let once: Estimate = group.iter().map(|placement| placement.moving_cost).sum();
        let mut sources: Vec<Source> = group.iter().map(|placement| placement.source.clone()).collect();
        let mut blockers = Vec::new();
        for site in group.iter().flat_map(|placement| [&placement.primary, &placement.recovery]).flatten() {
            sources.extend(self.site(site).map(|site| site.source.clone()));
            let need = agreements::of(self.needs, &first.owner, site);
            sources.extend(agreements::sources(need));
            let wanting = need.into_iter().flat_map(|need| &need.wanting);
            blockers.extend(wanting.map(|wanting| format!("At {}: {wanting}.", self.name(site))));
        }
        if group.iter().any(|placement| placement.to_test) {
            blockers.push("Its recovery must be tested, with the copy started, before it counts.".to_owned());
        }
        blockers.sort_unstable();
        blockers.dedup();
        Opportunity {
            description: self.described(group),
            blockers,
            ..self.opportunity(format!("move-{}-{}", first.owner, first.reference), &first.owner, yearly, once, sources)
        }
    }

    fn described(&self, group: &[&Placement]) -> String {
        let first = group[0];
        let others = match group.len() {
            1 => String::new(),
            members => format!(" with {} placed with it", counted(members - 1, "workload", "workloads")),
        };
        let primary = first.primary.as_deref().map_or("where it is", |site| self.name(site));
        let recovery = match first.recovery.as_deref().map(|site| self.name(site)) {
            Some(site) if group.iter().all(|placement| placement.recovery == first.recovery) => {
                format!(" and recover {} at {site}", if group.len() == 1 { "it" } else { "them" })
            }
            Some(_) => " and recover each at its own recovery site".to_owned(),
            None => String::new(),
        };
        format!("Run {}{others} at {primary}{recovery}", first.name)
    }

    /// What modules cost the site's owner.
    fn enlarged(&self, bought: &ModulesBought) -> Opportunity {
        let owner = self.site(&bought.site).map_or("joint", |site| site.owner.as_str());
        let id = format!("modules-{}", bought.site.replace('/', "-"));
        let number = usize::try_from(bought.number).unwrap_or(usize::MAX);
        let modules = counted(number, "module", "modules");
        Opportunity {
            description: format!("Add {modules} of capacity at {}", self.name(&bought.site)),
            blockers: vec!["Its owner pays first; the price of hosting may recover it.".to_owned()],
            ..self.opportunity(id, owner, -bought.cost, Estimate::ZERO, vec![bought.source.clone()])
        }
    }

    /// A yearly amount from the next financial year on, less what is spent once in the first.
    fn opportunity(
        &self,
        id: String,
        authority: &str,
        yearly: Estimate,
        once: Estimate,
        mut sources: Vec<Source>,
    ) -> Opportunity {
        let moves = &self.parameters.moves;
        let from = FinancialYear::of(self.input.on) + 1;
        let amount = |(place, year): (usize, FinancialYear)| {
            let likely = if place == 0 { yearly - once } else { yearly };
            let least = yearly - Estimate::from_pounds(yearly.pounds().abs() * moves.spread);
            let most = yearly + Estimate::from_pounds(yearly.pounds().abs() * moves.spread);
            let first = |amount: Estimate, factor: f64| if place == 0 { amount - once * factor } else { amount };
            OpportunityAmount {
                authority: authority.to_owned(),
                year,
                low: first(least, 1.0 + moves.spread).to_money(),
                likely: likely.to_money(),
                high: first(most, 1.0 - moves.spread).to_money(),
            }
        };
        sources.extend(self.parameters.sources.iter().cloned());
        let mut seen = Vec::new();
        sources.retain(|source| {
            let new = !seen.contains(source);
            seen.push(source.clone());
            new
        });
        Opportunity {
            id,
            analysis: PlacementOfWorkloads::NAME.to_owned(),
            area: self.input.area.clone(),
            description: String::new(),
            amounts: from.following(usize::from(moves.years.max(1))).enumerate().map(amount).collect(),
            earliest: Some(from.starts()),
            blockers: Vec::new(),
            sources,
        }
    }

    fn site(&self, code: &str) -> Option<&PlacedSite> {
        self.sites.iter().find(|site| site.code == code)
    }

    fn name<'s>(&'s self, code: &'s str) -> &'s str {
        self.site(code).map_or(code, |site| &site.name)
    }
}

/// What all opportunities together come to in their second year and after, in money.
pub(super) fn yearly(offered: &[Opportunity]) -> Money {
    let last = |opportunity: &Opportunity| opportunity.amounts.last().map(|amount| amount.likely);
    offered.iter().filter_map(last).sum()
}

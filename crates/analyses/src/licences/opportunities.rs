//! What could be done, as lines that an option may take up: reuse now, and fewer at the next renewal.

use penshaw_basis::{Date, Estimate, FinancialYear, Source};
use penshaw_register::{Licence, Opportunity, OpportunityAmount};

use super::exposure::{average, together};
use super::outcome::{Pool, Position};
use super::parameters::Parameters;
use super::positions::Contracts;
use super::reuse::licences;
use super::{Input, Licences};
use crate::Analysis;
use crate::months::months_span;
use crate::named::name_of;
use crate::owned::Owned;

/// What opportunities are worked out from.
pub(super) struct Offering<'a> {
    pub(super) input: &'a Input,
    pub(super) contracts: &'a Contracts<'a>,
    pub(super) parameters: &'a Parameters,
}

impl Offering<'_> {
    /// Those of one pool: its reuse, and what each authority could give up.
    pub(super) fn of(&self, pool: &Pool, held: &[&Owned<Licence>]) -> Vec<Opportunity> {
        let reductions = pool.positions.iter().filter_map(|position| self.reduction(pool, position, held));
        self.reuse(pool).into_iter().chain(reductions).collect()
    }

    /// Partners use what others have over, and need not buy it.
    fn reuse(&self, pool: &Pool) -> Option<Opportunity> {
        let year = FinancialYear::of(self.input.on) + 1;
        let mut takers: Vec<&str> = pool.reuse.iter().map(|reuse| reuse.to.as_str()).collect();
        takers.sort_unstable();
        takers.dedup();
        let amounts: Vec<OpportunityAmount> = takers
            .into_iter()
            .filter_map(|taker| {
                let own = pool.reuse.iter().filter(|reuse| reuse.to == taker);
                let avoided = together(own.filter_map(|reuse| reuse.avoided.as_ref()))?;
                Some(self.yearly(taker, year, (avoided.low, avoided.likely, avoided.high)))
            })
            .flatten()
            .collect();
        if amounts.is_empty() {
            return None;
        }
        let mut blockers: Vec<String> = pool.refused.clone();
        if pool.reuse.iter().any(|reuse| self.lapses(&reuse.from, &reuse.licence)) {
            blockers.push("Some of these licences have no maintenance, and give no right to newer versions.".into());
        }
        let sources = pool.reuse.iter().flat_map(|reuse| {
            reuse.sources.iter().chain(reuse.avoided.iter().flat_map(|avoided| &avoided.sources)).cloned()
        });
        Some(self.opportunity(
            format!("reuse:{}", pool.id),
            format!(
                "{}: use {} that partners have over instead of buying them",
                pool.product,
                licences(pool.joint.reused)
            ),
            amounts,
            Some(year.starts()),
            blockers,
            sources.collect(),
        ))
    }

    /// An authority gives up what neither it nor a partner needs, when its contract comes up for renewal.
    fn reduction(&self, pool: &Pool, position: &Position, held: &[&Owned<Licence>]) -> Option<Opportunity> {
        let lent: u64 =
            pool.reuse.iter().filter(|reuse| reuse.from == position.authority).map(|reuse| reuse.number).sum();
        let over = position.over().checked_sub(lent).filter(|over| *over > 0)?;
        let own: Vec<&&Owned<Licence>> = held
            .iter()
            .filter(|licence| {
                licence.owner == position.authority && average(&licence.entry).is_some_and(|price| price > 0.0)
            })
            .collect();
        let entitled: u64 = own.iter().filter_map(|licence| licence.entry.entitled).sum();
        let cost: f64 = own.iter().filter_map(|licence| licence.entry.annual_cost).map(|cost| cost.pounds()).sum();
        let each = (entitled > 0).then(|| cost / entitled as f64)?;
        let renewal = own
            .iter()
            .filter_map(|licence| self.contracts.maintained_until(licence))
            .filter(|day| *day >= self.input.on)
            .min();
        let shares = self.parameters.ranges.saved_by_reduction;
        let saved = |share: f64| Estimate::from_pounds(over.min(entitled) as f64 * each * share);
        let from = match renewal {
            Some(day) => FinancialYear::of(day) + 1,
            None => FinancialYear::of(self.input.on) + 1,
        };
        let blockers = match renewal {
            Some(day) => self.notice(&own, day),
            None => {
                vec!["No day of renewal is recorded: until one is, it is not known when this can begin.".to_owned()]
            }
        };
        Some(self.opportunity(
            format!("reduce:{}:{}", position.authority, pool.id),
            format!(
                "{}: renew {} fewer at {}",
                pool.product,
                licences(over),
                name_of(&self.input.named(), &position.authority)
            ),
            self.yearly(&position.authority, from, (saved(shares.low), saved(shares.likely), saved(shares.high))),
            renewal,
            blockers,
            position.sources.clone(),
        ))
    }

    /// By when the supplier must be told.
    fn notice(&self, licences: &[&&Owned<Licence>], renewal: Date) -> Vec<String> {
        const MOST_MONTHS: f64 = 1_200.0;
        let contracts = licences.iter().filter_map(|licence| self.contracts.behind(licence));
        let months = contracts.filter_map(|contract| contract.entry.notice_months).fold(0.0, f64::max);
        if months <= 0.0 || months > MOST_MONTHS {
            return Vec::new();
        }
        let by = renewal.saturating_sub(months_span(months));
        let passed =
            if by < self.input.on { ", a day that has passed: it then waits for the renewal after" } else { "" };
        vec![format!("The supplier must be told by {}{passed}.", penshaw_documents::Value::Day(by))]
    }

    fn lapses(&self, owner: &str, reference: &str) -> bool {
        let licence = self.input.licences.iter().find(|one| one.owner == owner && one.entry.reference == reference);
        licence.is_some_and(|licence| !self.contracts.is_maintained(licence, self.input.on))
    }

    /// The same amounts in each year that is counted.
    fn yearly(
        &self,
        authority: &str,
        from: FinancialYear,
        (low, likely, high): (Estimate, Estimate, Estimate),
    ) -> Vec<OpportunityAmount> {
        let years = from.following(usize::from(self.parameters.ranges.years.max(1)));
        let amount = |year| OpportunityAmount {
            authority: authority.to_owned(),
            year,
            low: low.to_money(),
            likely: likely.to_money(),
            high: high.to_money(),
        };
        years.map(amount).collect()
    }

    fn opportunity(
        &self,
        id: String,
        description: String,
        amounts: Vec<OpportunityAmount>,
        earliest: Option<Date>,
        blockers: Vec<String>,
        sources: Vec<Source>,
    ) -> Opportunity {
        let mut all: Vec<Source> = Vec::new();
        for source in sources.into_iter().chain(self.parameters.sources.iter().cloned()) {
            if !all.contains(&source) {
                all.push(source);
            }
        }
        Opportunity {
            id,
            analysis: Licences::NAME.to_owned(),
            area: self.input.area.clone(),
            description,
            amounts,
            earliest,
            blockers,
            sources: all,
        }
    }
}

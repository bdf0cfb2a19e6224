//! An opportunity: a saving or cost that an analysis found and that an option may adopt as lines.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, Date, FinancialYear, Money, Source};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Kind, Record};

/// A saving or cost that an analysis offers, as a range, for each authority and year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opportunity {
    /// Names it within the run that found it.
    pub id: String,
    /// The analysis that found it.
    pub analysis: String,
    /// The area of joint work it belongs to, where it is one.
    pub area: Option<String>,
    /// What would be done.
    pub description: String,
    /// What each authority saves (positive) or pays (negative) in each year.
    pub amounts: Vec<OpportunityAmount>,
    /// The first day on which it can begin.
    pub earliest: Option<Date>,
    /// What stands in its way.
    pub blockers: Vec<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// What one authority saves or pays in one year, as a range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpportunityAmount {
    /// The authority's code.
    pub authority: String,
    /// The financial year.
    pub year: FinancialYear,
    /// The least.
    pub low: Money,
    /// The likeliest.
    pub likely: Money,
    /// The most.
    pub high: Money,
}

/// How an option adopts an opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct Adopting {
    /// The option's reference.
    pub option: String,
    /// The run that found the opportunity.
    pub run: String,
    /// The cost centre of each authority whose budget falls; the benefit of any other is not cash-releasing.
    pub cost_centres: BTreeMap<String, String>,
}

impl Opportunity {
    /// What a line that was adopted from it says of where it came from.
    pub fn name(&self) -> String {
        format!("{}/{}", self.analysis, self.id)
    }

    /// The lines of an option that adopts it, without references yet: of each authority one for
    /// the years in which it saves and one for those in which it pays, each with its range.
    pub fn lines(&self, adopting: &Adopting) -> Vec<Record> {
        let mut authorities: Vec<&str> = self.amounts.iter().map(|amount| amount.authority.as_str()).collect();
        authorities.sort_unstable();
        authorities.dedup();
        let both = authorities.into_iter().flat_map(|authority| {
            let own = || self.amounts.iter().filter(move |amount| amount.authority == authority);
            let saved = Amounts::of(own().filter(|amount| amount.likely > Money::ZERO), false);
            let paid = Amounts::of(own().filter(|amount| amount.likely < Money::ZERO), true);
            [(authority, saved, false), (authority, paid, true)]
        });
        let there = both.filter(|(_, amounts, _)| !amounts.by_year.is_empty());
        there.map(|(authority, amounts, is_cost)| self.line(adopting, authority, &amounts, is_cost)).collect()
    }

    fn line(&self, adopting: &Adopting, authority: &str, amounts: &Amounts, is_cost: bool) -> Record {
        let cost_centre = adopting.cost_centres.get(authority).filter(|_| !is_cost);
        let flow = match (is_cost, cost_centre) {
            (true, _) => "cost",
            (false, Some(_)) => "cash-releasing benefit",
            (false, None) => "non-cash-releasing benefit",
        };
        let mut record = Record::new(Kind::Line, String::new());
        record.confidence = Confidence::Estimated;
        let mut put = |field: &str, value: Value| record.fields.insert(field.into(), value);
        put("option", json!(adopting.option));
        put("authority", json!(authority));
        put("description", json!(self.description));
        put("flow", json!(flow));
        put("amounts", json!(amounts.by_year));
        put("opportunity", json!(self.name()));
        put("run", json!(adopting.run));
        if let Some(cost_centre) = cost_centre {
            put("cost_centre", json!(cost_centre));
        }
        if let Some((low, high)) = amounts.multiples() {
            put("range", json!("triangular"));
            put("low", json!(low));
            put("likely", json!(1.0));
            put("high", json!(high));
        }
        record
    }
}

/// What one authority saves in some years, or pays: the likeliest of each, and the sums of the range.
struct Amounts {
    by_year: BTreeMap<FinancialYear, Money>,
    low: Money,
    high: Money,
}

impl Amounts {
    /// Of amounts that are paid the signs are turned, so that the least paid is the low end.
    fn of<'a>(amounts: impl Iterator<Item = &'a OpportunityAmount>, turned: bool) -> Self {
        let mut all = Amounts { by_year: BTreeMap::new(), low: Money::ZERO, high: Money::ZERO };
        for amount in amounts {
            let (low, likely, high) = match turned {
                true => (-amount.high, -amount.likely, -amount.low),
                false => (amount.low, amount.likely, amount.high),
            };
            *all.by_year.entry(amount.year).or_insert(Money::ZERO) += likely;
            all.low += low;
            all.high += high;
        }
        all
    }

    /// The ends of the range as multiples of the likeliest; nothing for a fixed amount.
    fn multiples(&self) -> Option<(f64, f64)> {
        let likely = self.by_year.values().map(|amount| amount.pence()).sum::<i64>() as f64;
        let (low, high) = (self.low.pence() as f64 / likely, self.high.pence() as f64 / likely);
        (low < high && low <= 1.0 && high >= 1.0).then_some((low, high))
    }
}

#[cfg(test)]
mod tests {
    use super::{Adopting, Opportunity, OpportunityAmount};
    use crate::kinds::Line;
    use penshaw_basis::{FinancialYear, Money};
    use std::collections::BTreeMap;

    fn amount(authority: &str, year: i16, pounds: [i64; 3]) -> OpportunityAmount {
        let [low, likely, high] = pounds.map(|pounds| Money::from_pence(pounds * 100));
        let year = FinancialYear::starting(year);
        OpportunityAmount { authority: authority.into(), year, low, likely, high }
    }

    #[test]
    fn an_authority_that_pays_first_and_saves_after_has_a_line_for_each_with_its_range() {
        let opportunity = Opportunity {
            id: "revenues".into(),
            analysis: "overlap".into(),
            area: None,
            description: "One revenues system".into(),
            amounts: vec![
                amount("SCC", 2015, [-30_000, -20_000, -15_000]),
                amount("SCC", 2016, [20_000, 40_000, 50_000]),
                amount("SCC", 2017, [20_000, 40_000, 50_000]),
                amount("DCC", 2016, [10_000, 10_000, 10_000]),
                amount("DCC", 2017, [0, 0, 0]),
            ],
            earliest: None,
            blockers: Vec::new(),
            sources: Vec::new(),
        };
        let cost_centres = BTreeMap::from([("SCC".to_owned(), "CE1".to_owned())]);
        let adopting = Adopting { option: "O3".into(), run: "r1".into(), cost_centres };
        let mut records = opportunity.lines(&adopting);
        records.iter_mut().enumerate().for_each(|(place, record)| record.reference = format!("L{place}"));
        assert!(records.iter().all(|record| record.kind.check(record).is_empty()), "{records:?}");
        let lines: Vec<Line> = records.iter().map(|record| record.read().expect("a line")).collect();
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.authority.as_str(), line.flow.as_str(), line.low, line.high, line.amounts.len()))
            .collect();
        assert_eq!(
            said,
            [
                ("DCC", "non-cash-releasing benefit", None, None, 1),
                ("SCC", "cash-releasing benefit", Some(0.5), Some(1.25), 2),
                ("SCC", "cost", Some(0.75), Some(1.5), 1),
            ]
        );
        assert_eq!(lines[1].opportunity.as_deref(), Some("overlap/revenues"));
        assert_eq!(lines[2].amounts.values().next().map(|amount| amount.pence()), Some(2_000_000));
    }
}

//! The lawful ways in which a contract can come to end on a day, with what each costs and rests on.

use jiff::Span;
use penshaw_basis::Date;

use super::consents::{Asked, Directions, Doing, Said};
use super::given::Given;
use super::outcome::Means;
use super::terms::{Standing, days_between, days_of, of_days};
use crate::months::notice_by;

/// A way to end, as a plan takes it. Amounts are in whole pence over today's price.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) means: Means,
    pub(super) end: Date,
    pub(super) dearer: f64,
    pub(super) gap: f64,
    pub(super) overlap: f64,
    pub(super) termination: f64,
    pub(super) procurement: f64,
    /// The days between which a procurement for it runs.
    pub(super) buying: Option<(Date, Date)>,
    pub(super) act_by: Date,
    pub(super) law: String,
    pub(super) consent: Option<Asked>,
    pub(super) near_vesting: bool,
}

impl Taken {
    fn new(means: Means, end: Date, act_by: Date, law: impl Into<String>) -> Self {
        Taken {
            means,
            end,
            dearer: 0.0,
            gap: 0.0,
            overlap: 0.0,
            termination: 0.0,
            procurement: 0.0,
            buying: None,
            act_by,
            law: law.into(),
            consent: None,
            near_vesting: false,
        }
    }

    /// What it costs in all, in pence.
    pub(super) fn cost(&self) -> f64 {
        self.dearer + self.gap + self.overlap + self.termination + self.procurement
    }
}

/// Finds ways.
pub(super) struct Ways<'a> {
    pub(super) on: Date,
    pub(super) given: &'a Given,
    pub(super) directions: &'a Directions<'a>,
    /// Whether consents that are not refused count as given.
    pub(super) hoped: bool,
    /// Whether days near vesting day are looked at too.
    pub(super) near_vesting_too: bool,
}

impl Ways<'_> {
    /// The day so many months later.
    pub(super) fn after(&self, months: u16) -> Date {
        self.on.saturating_add(Span::new().months(i64::from(months)))
    }

    /// The ways in which a contract ends on a day together with others; none where it may not end then.
    pub(super) fn to(&self, of: &Standing<'_>, day: Date) -> Vec<Taken> {
        if !self.near_vesting_too && self.directions.near_vesting(of.owner, day) {
            return Vec::new();
        }
        let (Some(ends), Some(yearly)) = (of.contract.ends, of.yearly) else { return Vec::new() };
        match day.cmp(&ends) {
            std::cmp::Ordering::Equal => vec![Taken::new(Means::RunsOut, ends, ends, "its own terms")],
            std::cmp::Ordering::Greater => {
                let mut ways = self.lengthened(of, day);
                let mut lapse = Taken::new(Means::Lapse, day, ends, "its own terms");
                lapse.gap = (of_days(yearly, days_between(ends, day)) * self.given.planning.doing_without).round();
                ways.push(lapse);
                ways
            }
            std::cmp::Ordering::Less => self.shortened(of, day, ends, yearly),
        }
    }

    /// The ways to lengthen a contract to a day.
    fn lengthened(&self, of: &Standing<'_>, day: Date) -> Vec<Taken> {
        let (Some(ends), Some(yearly)) = (of.contract.ends, of.yearly) else { return Vec::new() };
        let payable = of_days(yearly, days_between(ends, day));
        let mut ways = Vec::new();
        if let Some(limits) = of.limits(self.given) {
            let own = of.extends_to.unwrap_or(ends).max(ends);
            if day <= own {
                let by = of.notice_by.filter(|by| *by >= self.on).unwrap_or(ends);
                ways.push(Taken::new(Means::OwnTerms, day, by, &limits.own_terms));
            } else {
                ways.extend(self.modified(of, day, own, yearly));
            }
        }
        ways.extend(self.bridged(of, day, ends, yearly));
        ways.into_iter().filter_map(|way| self.allowed(of, way, payable)).collect()
    }

    /// The modifications by which a contract goes on beyond what its own terms let it.
    fn modified(&self, of: &Standing<'_>, day: Date, own: Date, yearly: f64) -> Vec<Taken> {
        let (Some(limits), Some(ends)) = (of.limits(self.given), of.contract.ends) else { return Vec::new() };
        let days = days_between(own, day);
        let added = of_days(yearly, days);
        let all_added = added + of.added();
        let mut ways = Vec::new();
        let mut push = |means: Means, law: &str| ways.push(Taken::new(means, day, ends, law));
        if let Some(most) = of.contract.starts.map(|starts| days_between(starts, own) + 1)
            && limits.term_share > 0.0
        {
            let modified = of.contract.modified_months.filter(|months| months.is_finite()).unwrap_or(0.0).max(0.0);
            let modified = modified * super::terms::YEAR / 12.0;
            let awarded = f64::from(most) - modified;
            if f64::from(days) + modified <= limits.term_share * awarded {
                push(Means::NotSubstantial, &limits.term_law);
            }
        }
        if let Some(first) = of.first_value() {
            if limits.value_share > 0.0
                && all_added <= limits.value_share * first
                && self.given.threshold.is_above(all_added)
            {
                push(Means::BelowThreshold, &limits.value_law);
            }
            if limits.additional_share > 0.0 && added <= limits.additional_share * first {
                push(Means::AdditionalServices, &limits.additional_law);
            }
            if limits.stays_below && self.given.threshold.is_above(first + all_added) {
                push(Means::StaysBelow, &self.given.threshold.law);
            }
        }
        ways
    }

    /// A short new contract with the same supplier, where its value stays below the threshold.
    fn bridged(&self, of: &Standing<'_>, day: Date, ends: Date, yearly: f64) -> Option<Taken> {
        let planning = &self.given.planning;
        let longest = ends.saturating_add(Span::new().months(i64::from(planning.longest_bridge_months)));
        let longest = if ends == ends.last_of_month() { longest.last_of_month() } else { longest };
        let recorded = of.contract.bridging_price.filter(|price| price.is_finite());
        let price = recorded.unwrap_or(planning.bridging_price).max(0.0);
        let paid = of_days(yearly, days_between(ends, day));
        if day > longest || !self.given.threshold.is_above(paid * (1.0 + price)) {
            return None;
        }
        let mut way = Taken::new(Means::Bridge, day, ends, &self.given.threshold.law);
        way.dearer = (paid * price).round();
        way.procurement = (planning.bridge_cost * 100.0).round();
        let months = Span::new().months(i64::from(planning.small_procurement_months));
        way.buying = Some((ends.saturating_sub(months), ends));
        Some(way)
    }

    /// The ways to be free of a contract before its end.
    fn shortened(&self, of: &Standing<'_>, day: Date, ends: Date, yearly: f64) -> Vec<Taken> {
        let mut beside = Taken::new(Means::Overlap, day, day, "its own terms");
        beside.overlap = of_days(yearly, days_between(day, ends)).round();
        let mut ways = vec![beside];
        if let (Some(cost), Some(months)) = (of.contract.termination_cost, of.contract.notice_months) {
            let by = notice_by(day, months);
            if by >= self.on {
                let mut early = Taken::new(Means::Terminate, day, by, "its own terms on termination");
                early.termination = cost.pence().max(0) as f64;
                ways.push(early);
            }
        }
        ways
    }

    /// The way, if no consent that it needs is wanting.
    fn allowed(&self, of: &Standing<'_>, way: Taken, payable: f64) -> Option<Taken> {
        let doing = Doing { until: way.end, payable: payable + way.dearer, by: way.act_by };
        match self.directions.say(of, &doing) {
            Said::Free => Some(way),
            Said::Needs(asked) if asked.is_given() || (self.hoped && !asked.is_refused()) => {
                Some(Taken { consent: Some(asked), ..way })
            }
            Said::Needs(_) => None,
        }
    }

    /// The ways in which a contract ends by itself and is bought again by its owner alone. There is always one: to
    /// lapse, and to do without for as long as buying takes.
    pub(super) fn apart(&self, of: &Standing<'_>, last: Date) -> Vec<Taken> {
        let (Some(ends), Some(yearly)) = (of.contract.ends, of.yearly) else { return Vec::new() };
        let planning = &self.given.planning;
        let small = self.given.threshold.is_above(of.first_value().unwrap_or(4.0 * yearly));
        let (months, cost) = match small {
            true => (planning.small_procurement_months, planning.small_procurement_cost),
            false => (planning.procurement_months, planning.procurement_cost),
        };
        let ready = self.after(months).last_of_month();
        let mut ways = Vec::new();
        if ends >= self.after(months) {
            ways.push(Taken::new(Means::RunsOut, ends, ends, "its own terms"));
        } else {
            ways.extend(self.lengthened(of, ready));
        }
        let own = of.extends_to.filter(|own| *own > ends && *own >= ready && *own <= last);
        ways.extend(own.into_iter().flat_map(|own| self.lengthened(of, own)));
        let clear = self.directions.clear_after(of.owner).map(|clear| clear.max(ready).last_of_month());
        let clear =
            clear.filter(|clear| *clear > ends && *clear <= last && self.directions.near_vesting(of.owner, ends));
        ways.extend(clear.into_iter().flat_map(|clear| self.lengthened(of, clear)));
        for way in &mut ways {
            let buying = way.end.saturating_sub(Span::new().months(i64::from(months)));
            way.near_vesting = self.directions.near_vesting(of.owner, way.end);
            way.procurement += (cost * 100.0).round();
            if way.means == Means::RunsOut {
                way.act_by = buying;
            }
            // A bridge takes its own buying along; what runs longer is the buying that counts.
            way.buying = Some((way.buying.map_or(buying, |(from, _)| from.min(buying)), way.end));
        }
        if ways.iter().any(|way| !way.near_vesting) {
            ways.retain(|way| !way.near_vesting);
        }
        ways.push(self.without(of, ends, yearly, (months, cost)));
        ways
    }

    fn without(&self, of: &Standing<'_>, ends: Date, yearly: f64, (months, cost): (u16, f64)) -> Taken {
        let mut lapse = Taken::new(Means::Lapse, ends, ends, "its own terms");
        let gap = yearly * f64::from(months) / 12.0 * self.given.planning.doing_without;
        lapse.gap = gap.max(1.0).round();
        lapse.procurement = (cost * 100.0).round();
        lapse.near_vesting = self.directions.near_vesting(of.owner, ends);
        lapse
    }
}

/// Whether a contract's notice is longer than its whole term.
pub(super) fn notice_longer_than_term(of: &Standing<'_>) -> bool {
    let notice = of.contract.ends.zip(of.contract.notice_months).map(|(ends, months)| notice_by(ends, months));
    days_of(of.contract).is_some_and(|days| days > 0)
        && notice.zip(of.contract.starts).is_some_and(|(by, starts)| by < starts)
}

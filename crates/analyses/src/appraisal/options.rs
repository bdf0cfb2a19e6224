//! One option's answer, from its lines as counted and from what the trials gave.

use penshaw_basis::{DiscountSchedule, Estimate, Timing, net_present_value};

use super::input::{BidInput, Input, OptionInput};
use super::keys;
use super::lines::Counted;
use super::outcome::{BidOutcome, CashOutcome, Economic, LineOutcome, OptionOutcome, PartnerOutcome};
use super::rates::Rates;
use super::sensitivity::Compared;
use super::totals::{self, Calendar, Totals};
use super::uncertainty::Sampled;

/// What appraising one option needs of all of them.
pub(super) struct Appraising<'a> {
    pub(super) input: &'a Input,
    pub(super) rates: &'a Rates,
    pub(super) calendar: Calendar<'a>,
    pub(super) counted: &'a [Counted],
    pub(super) usual: Option<usize>,
    pub(super) sampled: &'a Sampled,
    pub(super) unit_present: &'a dyn Fn(&LineOutcome) -> f64,
}

impl Appraising<'_> {
    /// The answer for the option at a place.
    pub(super) fn option(&self, place: usize) -> OptionOutcome {
        let option = &self.input.options[place];
        let counted = &self.counted[place];
        let partners = self.input.partners.len();
        let own = self.calendar.totals(&counted.lines, partners);
        let usual = self.usual.map_or(&[][..], |usual| &self.counted[usual].lines);
        let usual = self.calendar.totals(usual, partners);
        let economic = self.economic(&own, &usual, place);
        let cash = differences(&own.cash, &usual.cash);
        let financing = differences(&own.financing, &usual.financing);
        let compared = Compared {
            option: counted,
            usual: self.usual.filter(|usual| *usual != place).map(|usual| &self.counted[usual]),
            npsv: economic.npsv,
            unit_present: self.unit_present,
        };
        let present = (economic.present_costs, economic.present_benefits);
        let switching = match self.usual {
            Some(usual) if usual == place => Vec::new(),
            _ => compared.switching_values(present, &economic.net_by_year, self.rates),
        };
        let codes: Vec<String> = self.input.partners.iter().map(|partner| partner.code.clone()).collect();
        let moved = self.moved(place);
        OptionOutcome {
            reference: option.reference.clone(),
            name: option.name.clone(),
            role: option.role.clone(),
            course: option.course.clone(),
            years: option.years.unwrap_or(self.rates.horizon),
            partners: self.partners(place, &cash, &financing),
            joint: self.calendar.cash(&self.sum(&cash), &self.sum(&financing)),
            bridge: totals::bridge(economic.npsv, &own.beyond, &usual.beyond),
            shares: keys::shares(option, &self.input.partners),
            cost_key: keys::key(option).to_owned(),
            key_figures: keys::figures(option, &self.input.partners),
            cash: self.calendar.cash_rows(&moved, &codes),
            budgets: self.calendar.budget_rows(&moved, &codes, &self.input.budgets),
            sensitivities: compared.one_at_a_time(),
            switching,
            bids: self.bids(option, counted, &self.sum(&cash)),
            optimism: counted.optimism.clone(),
            as_delivered_elsewhere: compared.as_delivered_elsewhere(&self.rates.class),
            lines: counted.lines.clone(),
            sources: self.sources(place),
            economic,
        }
    }

    fn economic(&self, own: &Totals, usual: &Totals, place: usize) -> Economic {
        let net_by_year = difference(&own.net_by_year, &usual.net_by_year);
        let present = net_by_year.iter().zip(self.calendar.factors).map(|(net, factor)| net * factor);
        let costs = own.present_costs - usual.present_costs;
        let benefits = own.present_benefits - usual.present_benefits;
        Economic {
            present_costs: costs,
            present_benefits: benefits,
            npsv: benefits - costs,
            npsc: costs,
            bcr: (costs > 0.0).then(|| benefits / costs),
            at_lower_rates: self.at_lower_rates(place, &net_by_year),
            present_by_year: present.collect(),
            net_by_year,
            spread: self.sampled.npsv(place),
            probability_best: self.sampled.best(place),
        }
    }

    /// NPSV at the lower rates, where the horizon is long enough for the guidance to ask for it.
    fn at_lower_rates(&self, place: usize, net_by_year: &[f64]) -> Option<f64> {
        let (lower, beyond) = self.rates.lower.as_ref()?;
        let years = self.input.options[place].years.unwrap_or(self.rates.horizon);
        (years > *beyond).then(|| discounted_at(net_by_year, lower, self.rates.timing))
    }

    fn partners(&self, place: usize, cash: &[Vec<f64>], financing: &[Vec<f64>]) -> Vec<PartnerOutcome> {
        let partner = |(partner, (cash, financing)): (usize, (&Vec<f64>, &Vec<f64>))| PartnerOutcome {
            code: self.input.partners[partner].code.clone(),
            name: self.input.partners[partner].name.clone(),
            cash: self.calendar.cash(cash, financing),
            spread: self.sampled.partner(place, partner),
        };
        cash.iter().zip(financing).enumerate().map(partner).collect()
    }

    /// The lines that an option moves, and those of business as usual, which it does away with.
    fn moved(&self, place: usize) -> Vec<(&LineOutcome, f64)> {
        let usual = self.usual.map_or(&[][..], |usual| &self.counted[usual].lines);
        let own = self.counted[place].lines.iter().map(|line| (line, 1.0));
        own.chain(usual.iter().map(|line| (line, -1.0))).collect()
    }

    fn sources(&self, place: usize) -> Vec<penshaw_basis::Source> {
        let mut sources = vec![self.input.options[place].source.clone()];
        for (line, _) in self.moved(place) {
            if !sources.contains(&line.source) {
                sources.push(line.source.clone());
            }
        }
        sources
    }

    fn sum(&self, partners: &[Vec<f64>]) -> Vec<f64> {
        (0..self.calendar.years.len()).map(|year| partners.iter().map(|series| series[year]).sum()).collect()
    }

    /// Each bid's effect on all partners' cash: won, lost, and by its probability.
    fn bids(&self, option: &OptionInput, counted: &Counted, joint_cash: &[f64]) -> Vec<BidOutcome> {
        let lines = counted.lines.iter().filter(|line| line.flow == "bid");
        option.bids.iter().zip(lines).map(|(bid, line)| self.bid(bid, line, joint_cash)).collect()
    }

    fn bid(&self, bid: &BidInput, line: &LineOutcome, joint_cash: &[f64]) -> BidOutcome {
        let at = |probability: f64| -> CashOutcome {
            let moved = joint_cash
                .iter()
                .enumerate()
                .map(|(year, cash)| cash + line.unit_real(year, self.calendar.prices) * (probability - line.multiple));
            let moved: Vec<f64> = moved.collect();
            self.calendar.cash(&moved, &vec![0.0; moved.len()])
        };
        let three = [at(1.0), at(0.0), at(line.multiple)];
        BidOutcome {
            name: bid.name.clone(),
            status: bid.status.clone(),
            probability: bid.probability,
            amount: bid.amounts.values().sum(),
            net_present_cash: three.each_ref().map(|cash| cash.net_present_cash),
            peak_funding: three.each_ref().map(|cash| cash.peak_funding),
            source: bid.source.clone(),
        }
    }
}

fn discounted_at(flows: &[f64], schedule: &DiscountSchedule, timing: Timing) -> f64 {
    let flows: Vec<Estimate> = flows.iter().map(|flow| Estimate::from_pounds(*flow)).collect();
    net_present_value(&flows, schedule, timing).pounds()
}

fn difference(own: &[f64], usual: &[f64]) -> Vec<f64> {
    own.iter().zip(usual).map(|(own, usual)| own - usual).collect()
}

fn differences(own: &[Vec<f64>], usual: &[Vec<f64>]) -> Vec<Vec<f64>> {
    own.iter().zip(usual).map(|(own, usual)| difference(own, usual)).collect()
}

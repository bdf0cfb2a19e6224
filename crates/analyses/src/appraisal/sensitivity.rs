//! What each doubt alone does to NPSV, and what would have to change for NPSV to be nought.

use penshaw_basis::{DiscountRate, DiscountSchedule, Estimate, Source, net_present_value};
use penshaw_numerics::Distribution;
use penshaw_numerics::roots::root_between;

use super::lines::Counted;
use super::outcome::{AsDelivered, LineOutcome, OptimismOutcome, ReferenceClass, Sensitivity, Switching};
use super::rates::Rates;

/// A range that one or more lines draw from together.
struct Driver<'a> {
    of: &'a LineOutcome,
    weight: f64,
    sources: Vec<Source>,
}

/// The lines of an option together with those of business as usual, taken off.
pub(super) struct Compared<'a> {
    pub(super) option: &'a Counted,
    pub(super) usual: Option<&'a Counted>,
    pub(super) npsv: f64,
    pub(super) unit_present: &'a dyn Fn(&LineOutcome) -> f64,
}

impl Compared<'_> {
    fn lines(&self) -> impl Iterator<Item = (&LineOutcome, f64)> {
        let usual = self.usual.iter().flat_map(|usual| &usual.lines).map(|line| (line, -1.0));
        self.option.lines.iter().map(|line| (line, 1.0)).chain(usual)
    }

    /// Each range from its P10 to its P90, each optimism bias from none to its upper bound,
    /// all else at its mean; the widest first.
    pub(super) fn one_at_a_time(&self) -> Vec<Sensitivity> {
        let mut found = self.ranges();
        found.extend(self.optimism());
        found.retain(|one| one.low != one.high);
        found.sort_by(|one, other| width(other).total_cmp(&width(one)).then_with(|| one.label.cmp(&other.label)));
        found
    }

    fn ranges(&self) -> Vec<Sensitivity> {
        let mut drivers: Vec<Driver> = Vec::new();
        for (line, sign) in self.lines().filter(|(line, _)| line.range.is_some() && line.economic != 0.0) {
            let weight = sign * line.economic * (self.unit_present)(line);
            // A line whose range differs from its driver's is drawn on its own, and so moves on its own here.
            match drivers.iter_mut().find(|driver| driver.of.driver == line.driver && driver.of.range == line.range) {
                Some(driver) => {
                    driver.weight += weight;
                    driver.sources.push(line.source.clone());
                }
                None => drivers.push(Driver { of: line, weight, sources: vec![line.source.clone()] }),
            }
        }
        drivers.into_iter().filter_map(|driver| self.range(driver)).collect()
    }

    fn range(&self, driver: Driver) -> Option<Sensitivity> {
        let Driver { of: line, weight, sources } = driver;
        let range = line.range.as_ref()?;
        let (low, high) = ends(range);
        let at = |multiple: f64| self.npsv + weight * (multiple - line.multiple);
        Some(Sensitivity {
            label: if sources.len() == 1 { self.named(line) } else { of_driver(&line.driver) },
            low_at: words(range, low),
            high_at: words(range, high),
            low: at(low),
            high: at(high),
            sources,
        })
    }

    /// A line by its description, and by its authority where another line is described alike.
    fn named(&self, line: &LineOutcome) -> String {
        if line.description.is_empty() {
            return line.reference.clone();
        }
        let alike = self.lines().filter(|(other, _)| other.description == line.description).count();
        if alike > 1 { format!("{} ({})", line.description, line.authority) } else { line.description.clone() }
    }

    /// Each kind of optimism bias, on the option's lines and on those of business as usual.
    fn optimism(&self) -> Vec<Sensitivity> {
        let both = [(Some(self.option), 1.0), (self.usual, -1.0)];
        let mut found: Vec<(&OptimismOutcome, f64, f64, Vec<Source>)> = Vec::new();
        for (counted, sign) in both.into_iter().filter_map(|(counted, sign)| Some((counted?, sign))) {
            for line in &counted.lines {
                let Some(bias) = line.bias.and_then(|place| counted.optimism.get(place)) else { continue };
                let base = sign * line.economic * line.present / (1.0 + line.uplift);
                let same = |one: &&mut (&OptimismOutcome, f64, f64, Vec<Source>)| {
                    (&one.0.category, &one.0.kind) == (&bias.category, &bias.kind)
                };
                if found.iter_mut().find(same).is_none() {
                    found.push((bias, 0.0, 0.0, Vec::new()));
                }
                let one = found.iter_mut().find(same).expect("it was added just now");
                one.1 += base;
                one.2 += base * bias.applied;
                one.3.push(line.source.clone());
            }
        }
        let sensitivity = |(bias, base, applied, sources): (&OptimismOutcome, f64, f64, Vec<Source>)| Sensitivity {
            label: format!("Optimism bias: {}, {} spending", bias.category, bias.kind),
            low_at: "none".into(),
            high_at: format!("{:.0}%", bias.upper * 100.0),
            low: self.npsv - applied,
            high: self.npsv + base * bias.upper - applied,
            sources,
        };
        found.into_iter().map(sensitivity).collect()
    }

    /// What would have to change for NPSV to be nought: all costs, all benefits, the
    /// largest lines, the discount rate. A change beyond taking a thing away altogether is none.
    ///
    /// Source: HM Treasury, The Green Book (2026), chapter 6, switching values.
    pub(super) fn switching_values(&self, present: (f64, f64), net_by_year: &[f64], rates: &Rates) -> Vec<Switching> {
        let (costs, benefits) = present;
        let mut values = vec![self.switch("All costs", costs, -1.0), self.switch("All benefits", benefits, 1.0)];
        let mut lines: Vec<&LineOutcome> = self
            .option
            .lines
            .iter()
            .filter(|line| line.flow != "risk" && line.economic != 0.0 && line.present > 0.0)
            .collect();
        lines.sort_by(|one, other| {
            other.present.total_cmp(&one.present).then_with(|| one.reference.cmp(&other.reference))
        });
        values
            .extend(lines.iter().take(LARGEST).map(|line| self.switch(&self.named(line), line.present, line.economic)));
        values.retain(|value| value.now != 0.0);
        values.extend(internal_rate(net_by_year, rates));
        values
    }

    fn switch(&self, label: &str, now: f64, sign: f64) -> Switching {
        let at = now - sign * self.npsv;
        let within = now != 0.0 && at >= 0.0;
        Switching {
            label: label.to_owned(),
            now,
            at: within.then_some(at),
            change: within.then(|| at / now - 1.0),
            is_rate: false,
        }
    }

    /// NPSV if the benefits that carry no allowance of their own came as they did elsewhere.
    pub(super) fn as_delivered_elsewhere(&self, class: &ReferenceClass) -> Option<AsDelivered> {
        let bare = |line: &&LineOutcome| line.flow.ends_with("releasing benefit") && line.range.is_none();
        let benefits: f64 = self.option.lines.iter().filter(bare).map(|line| line.economic * line.present).sum();
        let at = |ratio: f64| self.npsv + benefits * (ratio - 1.0);
        (benefits != 0.0).then(|| AsDelivered {
            low: at(class.low),
            mode: at(class.mode),
            high: at(class.high),
            benefits,
        })
    }
}

/// How many lines are given a switching value of their own.
const LARGEST: usize = 6;

fn width(one: &Sensitivity) -> f64 {
    (one.high - one.low).abs()
}

/// P10 and P90, or the least and the greatest outcome where only some values are possible.
fn ends(range: &Distribution) -> (f64, f64) {
    match range {
        Distribution::Discrete { outcomes } => outcomes
            .iter()
            .filter(|(_, probability)| *probability > 0.0)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |ends, outcome| (ends.0.min(outcome.0), ends.1.max(outcome.0))),
        range => (range.quantile(0.1), range.quantile(0.9)),
    }
}

/// A driver that several lines share, as a reader meets it.
fn of_driver(driver: &str) -> String {
    if driver.starts_with("reference class ") {
        return "Planned benefits, as delivered by others".into();
    }
    let mut letters = driver.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn words(range: &Distribution, multiple: f64) -> String {
    match range {
        Distribution::Discrete { outcomes } if outcomes.len() == 2 && outcomes[0].0 == 0.0 && outcomes[1].0 == 1.0 => {
            if multiple == 0.0 {
                "does not happen".into()
            } else {
                "happens".into()
            }
        }
        _ => format!("{:.0}% of the estimate", multiple * 100.0),
    }
}

/// The discount rate at which NPSV is nought: the internal rate of return, where there is one between −50 % and 100 %.
fn internal_rate(net_by_year: &[f64], rates: &Rates) -> Option<Switching> {
    let flows: Vec<Estimate> = net_by_year.iter().map(|flow| Estimate::from_pounds(*flow)).collect();
    let at = |rate: f64| {
        let schedule = DiscountSchedule::flat(DiscountRate::per_year(rate));
        net_present_value(&flows, &schedule, rates.timing).pounds()
    };
    let turns = net_by_year.iter().any(|flow| *flow > 0.0) && net_by_year.iter().any(|flow| *flow < 0.0);
    let rate = if turns { root_between(at, -0.49, 0.99, 1e-9) } else { None };
    turns.then(|| Switching {
        label: "Discount rate, the same in every year".into(),
        now: rates.schedule.rate(1).fraction(),
        at: rate,
        change: None,
        is_rate: true,
    })
}

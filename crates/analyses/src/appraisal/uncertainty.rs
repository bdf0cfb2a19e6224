//! The ranges of all options as one model: shared drivers, correlations, and what is asked of the trials.

use std::collections::BTreeMap;

use penshaw_numerics::Distribution;
use penshaw_numerics::copula::normal_correlation_of_rank;
use penshaw_numerics::simulation::{
    Contest, Group, Model, QuantileMethod, Settings, Simulated, Target, TargetResult, simulate,
};

use super::input::CorrelationInput;
use super::lines::Counted;
use super::outcome::{LineOutcome, Spread};

/// Which targets of a model are whose: NPSV first, then each partner's net present cash, option by option.
pub(super) struct Sampled {
    simulated: Simulated,
    per_option: usize,
    /// Ranges sampled.
    pub(super) ranges: usize,
    /// What of the correlations could not be applied, in words.
    pub(super) cautions: Vec<String>,
}

impl Sampled {
    /// NPSV of an option over the trials.
    pub(super) fn npsv(&self, option: usize) -> Spread {
        spread(&self.simulated.targets[option * self.per_option])
    }

    /// A partner's net present cash over the trials.
    pub(super) fn partner(&self, option: usize, partner: usize) -> Spread {
        spread(&self.simulated.targets[option * self.per_option + 1 + partner])
    }

    /// The probability that the option's NPSV is the best of all.
    pub(super) fn best(&self, option: usize) -> f64 {
        self.simulated.contests[0][option]
    }

    /// Whether all values were kept.
    pub(super) fn exact(&self) -> bool {
        self.simulated.quantile_method == QuantileMethod::Exact
    }

    /// The greatest Monte Carlo error of a mean NPSV.
    pub(super) fn standard_error(&self) -> f64 {
        let npsv = self.simulated.targets.iter().step_by(self.per_option);
        npsv.map(|target| target.standard_error).fold(0.0, f64::max)
    }

    /// The most by which a quantile may be off.
    pub(super) fn quantile_error(&self) -> f64 {
        self.simulated.targets.iter().map(|target| target.quantile_error).fold(0.0, f64::max)
    }
}

fn spread(target: &TargetResult) -> Spread {
    Spread {
        mean: target.mean,
        standard_error: target.standard_error,
        p10: target.p10,
        p50: target.p50,
        p90: target.p90,
        probability_positive: target.probability_positive,
        from: target.histogram.low,
        width: target.histogram.width,
        counts: target.histogram.counts.clone(),
    }
}

/// The ranges that lines draw from, each driver once.
#[derive(Default)]
struct Drivers {
    places: BTreeMap<String, usize>,
    /// The place that each line draws from, by the line's reference: a correlation may name either.
    lines: BTreeMap<String, usize>,
    ranges: Vec<Distribution>,
}

impl Drivers {
    /// The place of a line's driver; a line whose range differs from its driver's draws on its own.
    fn place(&mut self, line: &LineOutcome) -> Option<usize> {
        let range = line.range.clone()?;
        let known = self.places.get(&line.driver).copied();
        let place = match known {
            Some(place) if self.ranges[place] == range => place,
            Some(_) => self.own(format!("{} of {}", line.driver, line.reference), range),
            None => self.own(line.driver.clone(), range),
        };
        self.lines.entry(line.reference.clone()).or_insert(place);
        Some(place)
    }

    fn own(&mut self, name: String, range: Distribution) -> usize {
        let ranges = &mut self.ranges;
        *self.places.entry(name).or_insert_with(|| {
            ranges.push(range);
            ranges.len() - 1
        })
    }

    /// The place that a correlation names, by a driver or by the reference of a line.
    fn named(&self, name: &str) -> Option<usize> {
        self.places.get(name).or_else(|| self.lines.get(name)).copied()
    }
}

/// Samples all options together, so that what moves one moves the others that share its drivers.
///
/// Every option is counted against business as usual, the option at `usual`.
pub(super) fn sample(
    options: &[Counted],
    usual: Option<usize>,
    partners: usize,
    unit_present: &dyn Fn(&LineOutcome) -> f64,
    correlations: &[CorrelationInput],
    settings: &Settings,
) -> Sampled {
    let mut drivers = Drivers::default();
    let absolute: Vec<Vec<Target>> =
        options.iter().map(|option| targets(option, partners, unit_present, &mut drivers)).collect();
    let targets: Vec<Target> = absolute
        .iter()
        .flat_map(|own| {
            own.iter().enumerate().map(|(which, target)| match usual {
                Some(usual) => less(target, &absolute[usual][which]),
                None => target.clone(),
            })
        })
        .collect();
    let per_option = 1 + partners;
    let contest = Contest { targets: (0..options.len()).map(|option| option * per_option).collect() };
    let ranges = drivers.ranges.len();
    let (pairs, mut cautions) = pairs(&drivers, correlations);
    let groups = groups(drivers.ranges.len(), &pairs);
    let mut model = Model { factors: drivers.ranges, groups, targets, contests: vec![contest] };
    let simulated = simulate(&model, settings).unwrap_or_else(|error| {
        cautions.push(format!("The correlations are left out, and all ranges move apart: {error}."));
        model.groups = Vec::new();
        // Every range was checked when its line was counted, and every amount is an ordinary number.
        simulate(&model, settings).expect("sound ranges without correlations make a model")
    });
    Sampled { simulated, per_option, ranges, cautions }
}

/// An option's targets: NPSV, then each partner's net present cash.
fn targets(
    option: &Counted,
    partners: usize,
    unit_present: &dyn Fn(&LineOutcome) -> f64,
    drivers: &mut Drivers,
) -> Vec<Target> {
    let mut targets = vec![Target { constant: 0.0, weights: Vec::new() }; 1 + partners];
    for line in &option.lines {
        let present = unit_present(line);
        let place = drivers.place(line);
        let parts = std::iter::once(line.economic).chain(line.cash.iter().copied());
        for (target, part) in targets.iter_mut().zip(parts) {
            let weight = part * present;
            match place {
                _ if weight == 0.0 => {}
                Some(place) => target.weights.push((place, weight)),
                None => target.constant += weight * line.multiple,
            }
        }
    }
    targets.into_iter().map(|target| gathered(target.constant, target.weights)).collect()
}

fn less(target: &Target, usual: &Target) -> Target {
    let taken = usual.weights.iter().map(|(place, weight)| (*place, -weight));
    gathered(target.constant - usual.constant, target.weights.iter().copied().chain(taken).collect())
}

/// One weight a driver, in the order of the drivers; those that cancel out are dropped.
fn gathered(constant: f64, weights: Vec<(usize, f64)>) -> Target {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for (place, weight) in weights {
        *sums.entry(place).or_default() += weight;
    }
    Target { constant, weights: sums.into_iter().filter(|(_, weight)| *weight != 0.0).collect() }
}

/// The correlated places with the correlation of their normals, and what could not be applied.
fn pairs(drivers: &Drivers, correlations: &[CorrelationInput]) -> (Vec<(usize, usize, f64)>, Vec<String>) {
    let mut pairs = Vec::new();
    let mut cautions = Vec::new();
    for pair in correlations {
        match (drivers.named(&pair.first), drivers.named(&pair.second)) {
            (Some(first), Some(second)) if first != second => {
                pairs.push((first, second, normal_correlation_of_rank(pair.rank_correlation)));
            }
            (Some(_), Some(_)) => cautions.push(format!(
                "The correlation of {} and {} is left out: they are one driver.",
                pair.first, pair.second
            )),
            _ => cautions.push(format!(
                "The correlation of {} and {} is left out: no range is drawn for one of them.",
                pair.first, pair.second
            )),
        }
    }
    (pairs, cautions)
}

/// Drivers that are correlated, directly or through others, each group with its matrix.
fn groups(drivers: usize, pairs: &[(usize, usize, f64)]) -> Vec<Group> {
    let mut component: Vec<usize> = (0..drivers).collect();
    for (first, second, _) in pairs {
        let (keep, join) = (component[*first], component[*second]);
        component.iter_mut().filter(|own| **own == join).for_each(|own| *own = keep);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (driver, own) in component.iter().enumerate() {
        members.entry(*own).or_default().push(driver);
    }
    members.into_values().filter(|group| group.len() > 1).map(|group| matrix(group, pairs)).collect()
}

fn matrix(factors: Vec<usize>, pairs: &[(usize, usize, f64)]) -> Group {
    let correlation =
        factors.iter().map(|row| factors.iter().map(|column| between(*row, *column, pairs)).collect()).collect();
    Group { factors, correlation }
}

fn between(one: usize, other: usize, pairs: &[(usize, usize, f64)]) -> f64 {
    let stated =
        pairs.iter().find(|(first, second, _)| (*first, *second) == (one, other) || (*first, *second) == (other, one));
    match stated {
        _ if one == other => 1.0,
        Some((_, _, correlation)) => *correlation,
        None => 0.0,
    }
}

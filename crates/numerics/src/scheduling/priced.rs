//! One group by itself, with a price on each period: solved exactly, key by key.

use super::{Ending, Group, Thing, Way};

/// What a group may take: a date or none, and whether its reductions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) date: Option<usize>,
    pub(super) reduced: bool,
}

impl Key {
    /// No common date.
    pub(super) const APART: Key = Key { date: None, reduced: false };

    /// How many things must end together under this key.
    pub(super) fn enough(self, group: &Group) -> usize {
        self.date.filter(|_| self.reduced).map_or(0, |date| group.dates[date].enough)
    }
}

/// The keys of a group.
pub(super) fn keys(group: &Group) -> Vec<Key> {
    let mut keys = vec![Key::APART];
    for (place, date) in group.dates.iter().enumerate() {
        keys.push(Key { date: Some(place), reduced: false });
        let reduces = group.things.iter().any(|thing| thing.reductions[place] > 0.0);
        if reduces && date.enough <= group.things.len() {
            keys.push(Key { date: Some(place), reduced: true });
        }
    }
    keys
}

/// The best of a group under one key.
#[derive(Clone, Debug)]
pub(super) struct Best {
    pub(super) key: Key,
    /// What it costs with the prices.
    pub(super) priced: f64,
    /// What it costs without them.
    pub(super) cost: f64,
    pub(super) endings: Vec<Ending>,
}

/// The best of a group under a key; none where too few of its things can end together.
pub(super) fn best(group: &Group, key: Key, prices: &[f64]) -> Option<Best> {
    let mut best = Best { key, priced: 0.0, cost: 0.0, endings: Vec::with_capacity(group.things.len()) };
    if let Some(date) = key.date {
        best.cost = group.dates[date].cost;
        best.priced = best.cost + price(&group.dates[date].uses, prices);
    }
    // How much dearer it is to end together, for those that do not and could.
    let mut dearer: Vec<(f64, usize, Chosen)> = Vec::new();
    let mut together = 0;
    for (place, thing) in group.things.iter().enumerate() {
        let apart = cheapest(&thing.apart, prices).expect("a thing has a way to end apart");
        let joined = joined(thing, key, prices);
        let chosen = match joined {
            Some(joined) if joined.priced <= apart.priced => {
                together += 1;
                best.endings.push(Ending::Together(joined.place));
                joined
            }
            other => {
                dearer.extend(other.map(|joined| (joined.priced - apart.priced, place, joined)));
                best.endings.push(Ending::Apart(apart.place));
                apart
            }
        };
        best.priced += chosen.priced;
        best.cost += chosen.cost;
    }
    let lacking = key.enough(group).saturating_sub(together);
    if lacking > dearer.len() {
        return None;
    }
    dearer.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (by, place, joined) in dearer.into_iter().take(lacking) {
        let apart = cheapest(&group.things[place].apart, prices).expect("a thing has a way to end apart");
        best.endings[place] = Ending::Together(joined.place);
        best.priced += by;
        best.cost += joined.cost - apart.cost;
    }
    Some(best)
}

/// The best of a group under any of these keys.
pub(super) fn best_of(group: &Group, keys: &[Key], prices: &[f64]) -> Best {
    let apart: Vec<f64> = group.things.iter().map(|thing| least(&thing.apart, prices)).collect();
    let all = keys.iter().map(|&key| (value(group, key, prices, &apart), key));
    let (_, key) = all.min_by(|one, other| one.0.total_cmp(&other.0)).expect("a group has a key");
    best(group, key, prices).expect("to end apart is always possible")
}

/// What the best of a group under a key costs with the prices; infinite where too few can end together.
fn value(group: &Group, key: Key, prices: &[f64], apart: &[f64]) -> f64 {
    let Some(date) = key.date else { return apart.iter().sum() };
    let mut value = group.dates[date].cost + price(&group.dates[date].uses, prices);
    let mut dearer = Vec::new();
    let mut together = 0;
    for (thing, apart) in group.things.iter().zip(apart) {
        let reduction = if key.reduced { thing.reductions[date] } else { 0.0 };
        let joined = least(&thing.together[date], prices) - reduction;
        if joined <= *apart {
            together += 1;
            value += joined;
        } else {
            dearer.push(joined - apart);
            value += apart;
        }
    }
    let lacking = key.enough(group).saturating_sub(together);
    if lacking > 0 {
        dearer.sort_by(f64::total_cmp);
        value += dearer.iter().take(lacking).sum::<f64>();
    }
    if lacking > dearer.len() { f64::INFINITY } else { value }
}

/// What the cheapest way costs with the prices; infinite where there is none.
pub(super) fn least(ways: &[Way], prices: &[f64]) -> f64 {
    ways.iter().map(|way| with_prices(way, prices)).fold(f64::INFINITY, f64::min)
}

/// What a way costs with the prices.
pub(super) fn with_prices(way: &Way, prices: &[f64]) -> f64 {
    way.cost + price(&way.uses, prices)
}

/// What a group costs with the prices under a key at least: as if any number could end together.
pub(super) fn floor(group: &Group, key: Key, prices: &[f64]) -> f64 {
    let Some(date) = key.date else { return group.things.iter().map(|thing| least(&thing.apart, prices)).sum() };
    let things = group.things.iter().map(|thing| least_of(thing, key, prices));
    group.dates[date].cost + price(&group.dates[date].uses, prices) + things.sum::<f64>()
}

/// What a thing costs with the prices under a key at least.
pub(super) fn least_of(thing: &Thing, key: Key, prices: &[f64]) -> f64 {
    let apart = least(&thing.apart, prices);
    let Some(date) = key.date else { return apart };
    let reduction = if key.reduced { thing.reductions[date] } else { 0.0 };
    apart.min(least(&thing.together[date], prices) - reduction)
}

/// How much of each period a group takes.
pub(super) fn uses<'a>(group: &'a Group, best: &'a Best) -> impl Iterator<Item = usize> + 'a {
    let common = best.key.date.into_iter().flat_map(|date| &group.dates[date].uses);
    let ways = group.things.iter().zip(&best.endings).flat_map(move |(thing, ending)| match *ending {
        Ending::Apart(place) => &thing.apart[place].uses,
        Ending::Together(place) => &thing.together[best.key.date.expect("they end on a date")][place].uses,
    });
    common.chain(ways).copied()
}

#[derive(Clone, Copy)]
struct Chosen {
    place: usize,
    priced: f64,
    cost: f64,
}

fn cheapest(ways: &[Way], prices: &[f64]) -> Option<Chosen> {
    let chosen = |(place, way): (usize, &Way)| Chosen { place, priced: with_prices(way, prices), cost: way.cost };
    ways.iter().enumerate().map(chosen).min_by(|one, other| one.priced.total_cmp(&other.priced))
}

fn joined(thing: &Thing, key: Key, prices: &[f64]) -> Option<Chosen> {
    let date = key.date?;
    let reduction = if key.reduced { thing.reductions[date] } else { 0.0 };
    let chosen = cheapest(&thing.together[date], prices)?;
    Some(Chosen { priced: chosen.priced - reduction, cost: chosen.cost - reduction, ..chosen })
}

fn price(uses: &[usize], prices: &[f64]) -> f64 {
    uses.iter().map(|&period| prices[period]).sum()
}

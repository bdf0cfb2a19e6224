//! What is over at some places taken to where it is wanted: as much as can be, and of that the best worth.

use std::collections::{BTreeMap, VecDeque};

/// Some of what a holder has over, to be had at one price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Whose it is: a place in the list of holders.
    pub holder: usize,
    /// How much there is at most.
    pub amount: u64,
    /// What one of it is worth where it is.
    pub cost: i64,
    /// To whom it may go: places in the list of what is wanted, in rising order.
    pub to: Vec<usize>,
}

/// What is wanted at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How much.
    pub amount: u64,
    /// What one of it is worth there.
    pub worth: i64,
}

/// How much goes from an offer to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shipment {
    /// The offer.
    pub offer: usize,
    /// The place.
    pub to: usize,
    /// How much.
    pub amount: u64,
}

/// The most that can be taken from offers to places; among all such, one with the greatest `Σ amount × (worth − cost)`.
///
/// No holder gives more than it has over. A flow of least cost by successive shortest paths: each path is the best that
/// is left, so that no cycle could improve what has gone before.
///
/// Source: Ahuja, Magnanti and Orlin (1993), "Network Flows", section 9.7.
///
/// ```
/// use penshaw_numerics::transport::{Offer, Shipment, Wanted, shipments};
/// // One holder has 3 over; the place that values one at 5 has its 2 before the place that values one at 4.
/// let offers = [Offer { holder: 0, amount: 3, cost: 1, to: vec![0, 1] }];
/// let wanted = [Wanted { amount: 2, worth: 4 }, Wanted { amount: 2, worth: 5 }];
/// let found = shipments(&[3], &offers, &wanted);
/// assert_eq!(found, [Shipment { offer: 0, to: 0, amount: 1 }, Shipment { offer: 0, to: 1, amount: 2 }]);
/// ```
pub fn shipments(holders: &[u64], offers: &[Offer], wanted: &[Wanted]) -> Vec<Shipment> {
    let mut network = Network::of(holders, offers, wanted);
    while let Some(path) = network.best_path() {
        network.send(&path);
    }
    network.shipments(offers)
}

const SOURCE: usize = 0;
const SINK: usize = 1;

/// Arcs with what they may still carry, each beside its reverse.
struct Network {
    arcs: Vec<Arc>,
    /// The arcs that leave each node.
    leaving: Vec<Vec<usize>>,
    /// The arc of each offer into the node of those to whom it may go.
    offered: Vec<usize>,
    /// For each such node, the arcs to places.
    onward: BTreeMap<usize, Vec<(usize, usize)>>,
}

struct Arc {
    to: usize,
    room: u64,
    cost: i64,
}

impl Network {
    /// Source → holders → offers → those who may have the same → places → sink.
    fn of(holders: &[u64], offers: &[Offer], wanted: &[Wanted]) -> Self {
        let first_offer = 2 + holders.len();
        let first_place = first_offer + offers.len();
        let mut network = Network {
            arcs: Vec::new(),
            leaving: vec![Vec::new(); first_place + wanted.len()],
            offered: Vec::new(),
            onward: BTreeMap::new(),
        };
        for (place, over) in holders.iter().enumerate() {
            network.join(SOURCE, 2 + place, *over, 0);
        }
        for (place, wanted) in wanted.iter().enumerate() {
            network.join(first_place + place, SINK, wanted.amount, -wanted.worth);
        }
        let mut hubs: BTreeMap<&[usize], usize> = BTreeMap::new();
        for (place, offer) in offers.iter().enumerate() {
            network.join(2 + offer.holder, first_offer + place, offer.amount, offer.cost);
            let hub = match hubs.get(offer.to.as_slice()) {
                Some(hub) => *hub,
                None => {
                    let hub = network.leaving.len();
                    network.leaving.push(Vec::new());
                    let arcs = offer.to.iter().map(|to| (*to, network.join(hub, first_place + to, u64::MAX, 0)));
                    let arcs = arcs.collect();
                    network.onward.insert(hub, arcs);
                    hubs.insert(&offer.to, hub);
                    hub
                }
            };
            let arc = network.join(first_offer + place, hub, u64::MAX, 0);
            network.offered.push(arc);
        }
        network
    }

    fn join(&mut self, from: usize, to: usize, room: u64, cost: i64) -> usize {
        let arc = self.arcs.len();
        self.arcs.push(Arc { to, room, cost });
        self.arcs.push(Arc { to: from, room: 0, cost: -cost });
        self.leaving[from].push(arc);
        self.leaving[to].push(arc + 1);
        arc
    }

    /// The arcs of a cheapest path from source to sink; costs may be negative, but no cycle is.
    fn best_path(&self) -> Option<Vec<usize>> {
        let mut cost = vec![i64::MAX; self.leaving.len()];
        let mut by = vec![usize::MAX; self.leaving.len()];
        let mut waiting = VecDeque::from([SOURCE]);
        let mut waits = vec![false; self.leaving.len()];
        cost[SOURCE] = 0;
        while let Some(node) = waiting.pop_front() {
            waits[node] = false;
            for arc in &self.leaving[node] {
                let Arc { to, room, cost: more } = self.arcs[*arc];
                if room > 0 && cost[node].saturating_add(more) < cost[to] {
                    cost[to] = cost[node].saturating_add(more);
                    by[to] = *arc;
                    if !std::mem::replace(&mut waits[to], true) {
                        waiting.push_back(to);
                    }
                }
            }
        }
        let mut path = Vec::new();
        let mut node = SINK;
        while node != SOURCE {
            let arc = *by.get(node).filter(|arc| **arc != usize::MAX)?;
            path.push(arc);
            node = self.arcs[arc ^ 1].to;
        }
        Some(path)
    }

    fn send(&mut self, path: &[usize]) {
        let most = path.iter().map(|arc| self.arcs[*arc].room).min().unwrap_or(0);
        for arc in path {
            self.arcs[*arc].room -= most;
            let back = &mut self.arcs[arc ^ 1].room;
            *back = back.saturating_add(most);
        }
    }

    /// What each offer sends on, dealt to the places that its node serves.
    fn shipments(mut self, offers: &[Offer]) -> Vec<Shipment> {
        let mut found = Vec::new();
        for offer in 0..offers.len() {
            let arc = self.offered[offer];
            let mut left = self.arcs[arc ^ 1].room;
            let hub = self.arcs[arc].to;
            for (to, onward) in &self.onward[&hub] {
                let carried = &mut self.arcs[onward ^ 1].room;
                let amount = left.min(*carried);
                *carried -= amount;
                left -= amount;
                if amount > 0 {
                    found.push(Shipment { offer, to: *to, amount });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The greatest amount, and the greatest worth at it, by trying every way.
    fn by_trying(holders: &[u64], offers: &[Offer], wanted: &[Wanted]) -> (u64, i64) {
        let ways: Vec<(usize, usize)> =
            offers.iter().enumerate().flat_map(|(offer, given)| given.to.iter().map(move |to| (offer, *to))).collect();
        let mut state =
            (holders.to_vec(), offers.iter().map(|offer| offer.amount).collect::<Vec<_>>(), wanted.to_vec());
        best(&ways, &mut state, offers)
    }

    type State = (Vec<u64>, Vec<u64>, Vec<Wanted>);

    fn best(ways: &[(usize, usize)], state: &mut State, offers: &[Offer]) -> (u64, i64) {
        let Some(((offer, to), rest)) = ways.split_first() else { return (0, 0) };
        let holder = offers[*offer].holder;
        let most = state.0[holder].min(state.1[*offer]).min(state.2[*to].amount);
        let mut found = (0, 0);
        for amount in 0..=most {
            let mut after = state.clone();
            after.0[holder] -= amount;
            after.1[*offer] -= amount;
            after.2[*to].amount -= amount;
            let (more, worth) = best(rest, &mut after, offers);
            let each = state.2[*to].worth - offers[*offer].cost;
            found = found.max((more + amount, worth + each * amount as i64));
        }
        found
    }

    proptest! {
        #[test]
        fn no_other_way_takes_more_or_is_worth_more(
            holders in prop::collection::vec(0_u64..4, 2),
            offers in prop::collection::vec((0_usize..2, 0_u64..4, -3_i64..6, prop::collection::btree_set(0_usize..3, 0..=3)), 1..4),
            wanted in prop::collection::vec((0_u64..3, -2_i64..9), 3),
        ) {
            let offers: Vec<Offer> = offers
                .into_iter()
                .map(|(holder, amount, cost, to)| Offer { holder, amount, cost, to: to.into_iter().collect() })
                .collect();
            let wanted: Vec<Wanted> = wanted.into_iter().map(|(amount, worth)| Wanted { amount, worth }).collect();
            let found = shipments(&holders, &offers, &wanted);
            let total = |belongs: &dyn Fn(&Shipment) -> bool| found.iter().filter(|one| belongs(one)).map(|one| one.amount).sum::<u64>();
            for (place, over) in holders.iter().enumerate() {
                prop_assert!(total(&|one| offers[one.offer].holder == place) <= *over);
            }
            for (place, offer) in offers.iter().enumerate() {
                prop_assert!(total(&|one| one.offer == place) <= offer.amount);
            }
            for (place, want) in wanted.iter().enumerate() {
                prop_assert!(total(&|one| one.to == place) <= want.amount);
            }
            prop_assert!(found.iter().all(|one| offers[one.offer].to.contains(&one.to)));
            let worth: i64 = found.iter().map(|one| (wanted[one.to].worth - offers[one.offer].cost) * one.amount as i64).sum();
            prop_assert_eq!((total(&|_| true), worth), by_trying(&holders, &offers, &wanted));
        }
    }

    #[test]
    fn two_hundred_holders_serve_two_hundred_places() {
        let offers: Vec<Offer> =
            (0..200).map(|holder| Offer { holder, amount: 10, cost: holder as i64, to: (0..200).collect() }).collect();
        let wanted: Vec<Wanted> = (0..200).map(|place| Wanted { amount: 5, worth: 1_000 - place }).collect();
        let found = shipments(&vec![10; 200], &offers, &wanted);
        assert_eq!(found.iter().map(|one| one.amount).sum::<u64>(), 1_000);
        assert!(found.iter().all(|one| one.offer < 100));
    }
}

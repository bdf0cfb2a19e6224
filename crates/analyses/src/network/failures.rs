//! What each single failure takes away, and which sites it cuts from which.

use std::collections::BTreeMap;

use penshaw_basis::Source;
use penshaw_numerics::survivable;

use super::input::Input;
use super::outcome::{ApparentDiversity, Failing, Failure};
use super::region::{Line, Region};
use super::{owner, plain, source};

/// A single failure: what fails, and the lines that it takes away.
pub(super) struct Loss {
    pub(super) failing: Failing,
    pub(super) code: String,
    pub(super) name: String,
    /// The site that is lost, by its place.
    pub(super) site: Option<usize>,
    /// The lines, by their places.
    pub(super) lines: Vec<usize>,
}

/// Every single failure, of sites, links, routes and suppliers, in place or possible.
pub(super) fn losses(input: &Input, region: &Region) -> Vec<Loss> {
    let ends_at = |place| move |line: &Line| line.ends.0 == place || line.ends.1 == place;
    let places = |of: &dyn Fn(&Line) -> bool| -> Vec<usize> {
        (0..region.lines.len()).filter(|&line| of(&region.lines[line])).collect()
    };
    let mut losses = Vec::new();
    for (place, site) in input.sites.iter().enumerate() {
        let lines = places(&ends_at(place));
        if !lines.is_empty() {
            let (code, name) = (site.code.clone(), site.name.clone());
            losses.push(Loss { failing: Failing::Site, code, name, site: Some(place), lines });
        }
    }
    for (place, line) in region.lines.iter().enumerate() {
        let (code, name) = (line.link.code.clone(), line.link.name.clone());
        losses.push(Loss { failing: Failing::Link, code, name, site: None, lines: vec![place] });
    }
    losses.extend(shared(region, Failing::Route));
    losses.extend(shared(region, Failing::Supplier));
    losses
}

/// One failure for each route, or each supplier, with all its lines.
fn shared(region: &Region, failing: Failing) -> Vec<Loss> {
    let mut groups: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (place, line) in region.lines.iter().enumerate() {
        for name in names(line, failing) {
            let (_, lines) = groups.entry(plain(name)).or_insert_with(|| (name.trim().to_owned(), Vec::new()));
            if lines.last() != Some(&place) {
                lines.push(place);
            }
        }
    }
    let losses =
        groups.into_values().map(|(name, lines)| Loss { failing, code: name.clone(), name, site: None, lines });
    losses.collect()
}

fn names(line: &Line, failing: Failing) -> Vec<&String> {
    match failing {
        Failing::Route => line.link.routes.iter().collect(),
        _ => line.link.supplier.iter().collect(),
    }
}

/// The region as a network whose possible edges are some of its possible lines.
pub(super) struct Graph {
    pub(super) network: survivable::Network,
    /// The place among its edges, or among its possible edges, of each line.
    places: Vec<Option<(bool, usize)>>,
}

impl Graph {
    /// `candidates` are the possible lines that may be chosen, with their costs in pence.
    pub(super) fn of(input: &Input, region: &Region, candidates: &[(usize, u64)]) -> Self {
        let mut network = survivable::Network { nodes: input.sites.len(), ..survivable::Network::default() };
        network.matter = (0..input.sites.len()).collect();
        let mut places = vec![None; region.lines.len()];
        for (place, line) in region.lines.iter().enumerate().filter(|(_, line)| !line.link.possible) {
            places[place] = Some((false, network.edges.len()));
            network.edges.push(line.ends);
        }
        for &(place, cost) in candidates {
            places[place] = Some((true, network.possible.len()));
            network.possible.push(region.lines[place].ends);
            network.costs.push(cost);
        }
        Graph { network, places }
    }

    /// A loss as the network knows it.
    pub(super) fn failure(&self, loss: &Loss) -> survivable::Failure {
        self.failure_of(loss.site, &loss.lines)
    }

    /// The loss of a site and of some lines.
    pub(super) fn failure_of(&self, site: Option<usize>, lines: &[usize]) -> survivable::Failure {
        let of = |possible| lines.iter().filter_map(move |&line| self.places[line].filter(|(is, _)| *is == possible));
        survivable::Failure {
            nodes: site.into_iter().collect(),
            edges: of(false).map(|(_, place)| place).collect(),
            possible: of(true).map(|(_, place)| place).collect(),
        }
    }

    /// The sites that a failure cuts off from the greater part of what hung together, group by group.
    pub(super) fn cut_off(&self, failure: &survivable::Failure, added: &[bool]) -> Vec<Vec<usize>> {
        let whole = self.network.parts_under(&survivable::Failure::default(), added);
        cut_off(&whole, &self.network.parts_under(failure, added))
    }
}

/// Of each part that was, the pieces that it falls into besides the largest.
fn cut_off(before: &[Option<usize>], after: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut pieces: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (site, (before, after)) in before.iter().zip(after).enumerate() {
        if let (Some(before), Some(after)) = (before, after) {
            pieces.entry(*before).or_default().entry(*after).or_default().push(site);
        }
    }
    let mut groups = Vec::new();
    for mut pieces in pieces.into_values().map(|pieces| pieces.into_values().collect::<Vec<_>>()) {
        // Of two equal pieces, the one with the first site is the greater.
        pieces.sort_by_key(|sites| (std::cmp::Reverse(sites.len()), sites[0]));
        groups.extend(pieces.into_iter().skip(1));
    }
    groups
}

/// A failure with what it cuts today and once the additions are there.
pub(super) fn failure(
    input: &Input,
    region: &Region,
    loss: &Loss,
    today: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
) -> Failure {
    let codes = |groups: Vec<Vec<usize>>| -> Vec<Vec<String>> {
        let code = |site: usize| input.sites[site].code.clone();
        groups.into_iter().map(|sites| sites.into_iter().map(code).collect()).collect()
    };
    let cut: Vec<usize> = today.iter().flatten().copied().collect();
    let mut authorities: Vec<String> = Vec::new();
    for &site in &cut {
        let owner = owner(&input.sites[site].code);
        if !authorities.iter().any(|known| known == owner) {
            authorities.push(owner.to_owned());
        }
    }
    let lines = loss.lines.iter().map(|&line| &region.lines[line]);
    let mut sources: Vec<Source> = loss.site.map(|site| source(&input.sites[site].code)).into_iter().collect();
    sources.extend(lines.clone().flat_map(Line::sources));
    Failure {
        failing: loss.failing,
        code: loss.code.clone(),
        name: loss.name.clone(),
        links: lines.map(|line| line.link.code.clone()).collect(),
        workloads: cut.iter().map(|&site| input.sites[site].workloads).sum(),
        users: cut.iter().filter_map(|&site| input.sites[site].users).reduce(u64::saturating_add),
        authorities,
        cut_off: codes(today),
        cut_off_after: codes(after),
        sources,
    }
}

/// Links in place that look like several ways and fail together: parallel ones, and all those of a site.
pub(super) fn apparent(input: &Input, region: &Region) -> Vec<ApparentDiversity> {
    let mut found = Vec::new();
    let in_place: Vec<&Line> = region.lines.iter().filter(|line| !line.link.possible).collect();
    let mut between: BTreeMap<(usize, usize), Vec<&Line>> = BTreeMap::new();
    for line in &in_place {
        between.entry((line.ends.0.min(line.ends.1), line.ends.0.max(line.ends.1))).or_default().push(line);
    }
    let site = |place: usize| input.sites[place].code.clone();
    for ((from, to), lines) in between {
        found.extend(all_share(vec![site(from), site(to)], &lines));
    }
    for place in 0..input.sites.len() {
        let lines: Vec<&Line> =
            in_place.iter().copied().filter(|line| line.ends.0 == place || line.ends.1 == place).collect();
        let neighbours = lines.iter().map(|line| line.ends.0 + line.ends.1 - place);
        // Links to one neighbour only are parallel, and told above.
        if neighbours.collect::<std::collections::BTreeSet<_>>().len() > 1 {
            found.extend(all_share(vec![site(place)], &lines));
        }
    }
    found
}

/// What all of two or more lines share.
fn all_share(sites: Vec<String>, lines: &[&Line]) -> Vec<ApparentDiversity> {
    let [first, others @ ..] = lines else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for failing in [Failing::Route, Failing::Supplier] {
        for name in names(first, failing) {
            let shares = |line: &&&Line| names(line, failing).iter().any(|other| plain(other) == plain(name));
            if others.iter().filter(shares).count() == others.len() {
                let links = lines.iter().map(|line| line.link.code.clone()).collect();
                found.push(ApparentDiversity { sites: sites.clone(), links, failing, shares: name.clone() });
            }
        }
    }
    found
}

//! The links as a graph of the sites: each physical link once, whoever recorded it, and what is wrong with the record.

use std::collections::BTreeMap;

use penshaw_basis::{Money, Source};
use penshaw_register::Severity;

use super::input::{Input, Link};
use super::outcome::Finding;
use super::{owner, plain, source};
use crate::named::{counted, name_of};

/// A physical link between two sites.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What is recorded of it, what the first entry leaves empty taken from the others.
    pub(super) link: Link,
    /// The codes of all entries that record it.
    pub(super) recorded_by: Vec<String>,
    /// The contracts that it is bought under, by code.
    pub(super) contracts: Vec<String>,
    /// The sites at its ends, by their places in the input.
    pub(super) ends: (usize, usize),
}

impl Line {
    /// The entries that record it.
    pub(super) fn sources(&self) -> Vec<Source> {
        self.recorded_by.iter().map(|code| source(code)).collect()
    }
}

/// The sites, by their places in the input, and the links between them.
pub(super) struct Region {
    pub(super) lines: Vec<Line>,
    pub(super) findings: Vec<Finding>,
}

impl Region {
    pub(super) fn of(input: &Input) -> Self {
        let mut region = Region { lines: Vec::new(), findings: Vec::new() };
        let places: BTreeMap<&str, usize> =
            input.sites.iter().enumerate().map(|(place, site)| (site.code.as_str(), place)).collect();
        for link in &input.links {
            if let Some(ends) = region.ends(link, &places) {
                region.add(link, ends, input);
            }
        }
        region.wanting(input);
        region.findings.sort_by_key(|finding| finding.severity);
        region
    }

    pub(super) fn find(&mut self, severity: Severity, what: String, hint: &str, sources: Vec<Source>) {
        self.findings.push(Finding { severity, what, hint: hint.to_owned(), sources });
    }

    /// The sites at both ends; nothing, and a finding, where one is not known.
    fn ends(&mut self, link: &Link, places: &BTreeMap<&str, usize>) -> Option<(usize, usize)> {
        let from_entry = || vec![source(&link.code)];
        let (Some(from), Some(to)) = (&link.from, &link.to) else {
            let what = format!("An end of {} is not recorded or not shared, and the link is left out.", link.name);
            self.find(Severity::Warning, what, "record both sites, or share the fields From and To", from_entry());
            return None;
        };
        if from == to {
            let what = format!("{} ends where it begins, and is left out.", link.name);
            self.find(Severity::Error, what, "name the site at the other end", from_entry());
            return None;
        }
        let mut known = Vec::new();
        for site in [from, to] {
            match places.get(site.as_str()) {
                Some(&place) => known.push(place),
                None => {
                    let what =
                        format!("{} leads to {site}, which is not recorded or not shared, and is left out.", link.name);
                    self.find(Severity::Warning, what, "correct the reference, or share the site", from_entry());
                }
            }
        }
        if let [from, to] = known[..] { Some((from, to)) } else { None }
    }

    /// Takes a link over, as another entry of one that is known or as a new one.
    fn add(&mut self, link: &Link, ends: (usize, usize), input: &Input) {
        let contract = link.contract.as_ref();
        let mut link = link.clone();
        if link.supplier.is_none() {
            let known = input.contracts.iter().find(|known| Some(&known.code) == contract);
            link.supplier = known.and_then(|contract| contract.supplier.clone());
        }
        let contracts: Vec<String> = contract.cloned().into_iter().collect();
        let same = self.lines.iter_mut().find(|line| is_the_same(line, &link, ends));
        let Some(line) = same else {
            let recorded_by = vec![link.code.clone()];
            return self.lines.push(Line { link, recorded_by, contracts, ends });
        };
        line.recorded_by.push(link.code.clone());
        line.contracts.extend(contracts);
        let sources = line.sources();
        let costs_differ =
            differ(line.link.annual_cost, link.annual_cost) || differ(line.link.capital_cost, link.capital_cost);
        complete(&mut line.link, link);
        let name = line.link.name.clone();
        let who: Vec<&str> = line.recorded_by.iter().map(|code| name_of(&input.partners, owner(code))).collect();
        let what = format!("{name} is recorded by {} and counts once.", crate::named::sentence_list(&who));
        let hint = "agree which authority records it, if it is one link; give each its own name if they are two";
        self.find(Severity::Warning, what, hint, sources.clone());
        if costs_differ {
            let what = format!("The authorities record different costs of {name}; the higher counts.");
            self.find(Severity::Warning, what, "agree what it costs, and who pays which part", sources);
        }
    }

    /// What the record leaves open: one finding for each thing, with all the links it is about.
    fn wanting(&mut self, input: &Input) {
        type Lacks = fn(&Line) -> bool;
        let in_place: [(Lacks, &str, &str); 4] = [
            (
                |line| line.link.supplier.is_none(),
                "no supplier",
                "record it: until then the loss of the supplier is not tested for them",
            ),
            (
                |line| line.link.routes.is_empty(),
                "no routes",
                "ask the supplier which ducts and exchanges they pass: until then shared routes are not found",
            ),
            (
                |line| line.link.capacity_mbps.is_none(),
                "no capacity",
                "record it: connection alone says nothing of whether the other way round is wide enough",
            ),
            (|line| line.contracts.is_empty(), "no contract", "name it: until then they are not on the road map"),
        ];
        for (lacks, what, hint) in in_place {
            let lines = self.lines.iter().filter(|line| !line.link.possible && lacks(line));
            let sources: Vec<Source> = lines.flat_map(Line::sources).collect();
            if !sources.is_empty() {
                let number = self.lines.iter().filter(|line| !line.link.possible && lacks(line)).count();
                let what =
                    format!("{} in place {} {what} recorded or shared.", counted(number, "link", "links"), has(number));
                self.find(Severity::Warning, what, hint, sources);
            }
        }
        let uncosted: Vec<&Line> =
            self.lines.iter().filter(|line| line.link.possible && cost(&line.link).is_none()).collect();
        if !uncosted.is_empty() {
            let what = format!(
                "{} {} no cost recorded or shared, and cannot be chosen.",
                counted(uncosted.len(), "possible link", "possible links"),
                has(uncosted.len())
            );
            let sources = uncosted.into_iter().flat_map(Line::sources).collect();
            self.find(Severity::Warning, what, "ask for a price, and record the annual and the capital cost", sources);
        }
        let alone = input
            .sites
            .iter()
            .enumerate()
            .filter(|(place, _)| !self.lines.iter().any(|line| line.ends.0 == *place || line.ends.1 == *place));
        let alone: Vec<(String, Source)> = alone.map(|(_, site)| (site.name.clone(), source(&site.code))).collect();
        for (name, source) in alone {
            let what = format!("{name} has no link on the register.");
            self.find(Severity::Warning, what, "record the links that reach it, or those that could", vec![source]);
        }
    }
}

fn has(number: usize) -> &'static str {
    if number == 1 { "has" } else { "have" }
}

/// Whether two entries of different owners record one physical link: the same ends and standing, nothing
/// that contradicts, and the same name or both the same supplier and the same annual cost.
fn is_the_same(line: &Line, link: &Link, ends: (usize, usize)) -> bool {
    let known = &line.link;
    let same_ends = line.ends == ends || line.ends == (ends.1, ends.0);
    let other_owner = line.recorded_by.iter().all(|code| owner(code) != owner(&link.code));
    if !same_ends || !other_owner || known.possible != link.possible {
        return false;
    }
    let supplier = |link: &Link| link.supplier.as_deref().map(plain);
    let routes = |link: &Link| link.routes.iter().map(|route| plain(route)).collect::<Vec<_>>();
    let (known_routes, routes) = (routes(known), routes(link));
    let other_routes =
        !known_routes.is_empty() && !routes.is_empty() && !routes.iter().any(|route| known_routes.contains(route));
    if differ(supplier(known), supplier(link)) || differ(known.capacity_mbps, link.capacity_mbps) || other_routes {
        return false;
    }
    let same_supplier = known.supplier.is_some() && link.supplier.is_some();
    let same_cost = known.annual_cost.is_some() && known.annual_cost == link.annual_cost;
    plain(&known.name) == plain(&link.name) || (same_supplier && same_cost)
}

/// Whether both are known and not the same.
fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// Fills what the first entry leaves empty from another, and takes the higher of two costs.
fn complete(known: &mut Link, other: Link) {
    known.supplier = known.supplier.take().or(other.supplier);
    known.capacity_mbps = known.capacity_mbps.or(other.capacity_mbps);
    known.latency_ms = known.latency_ms.or(other.latency_ms);
    let routes: Vec<String> = known.routes.iter().map(|route| plain(route)).collect();
    known.routes.extend(other.routes.into_iter().filter(|route| !routes.contains(&plain(route))));
    known.annual_cost = known.annual_cost.max(other.annual_cost);
    known.capital_cost = known.capital_cost.max(other.capital_cost);
}

/// What a possible link costs once and in a year; nothing where neither is known.
pub(super) fn cost(link: &Link) -> Option<(Money, Money)> {
    let known = link.annual_cost.is_some() || link.capital_cost.is_some();
    let no_less = |amount: Option<Money>| amount.unwrap_or(Money::ZERO).max(Money::ZERO);
    known.then(|| (no_less(link.capital_cost), no_less(link.annual_cost)))
}

//! The outcome, put together from the region, its failures, its additions and its days.

use penshaw_basis::{Basis, Estimate};
use penshaw_numerics::graph::{articulation_points, bridges, parts};
use penshaw_numerics::survivable::Failure as Lost;
use penshaw_register::Severity;

use super::additions::{self, Answer, whole_life};
use super::failures::{self, Loss, losses};
use super::input::Input;
use super::outcome::{Failure, LinkAnswer, Outcome, SiteAnswer};
use super::region::{Line, Region};
use super::{owner, road_map};

/// Links times failures, beyond which it is not tried whether each link could go.
const TRIES: usize = 60_000;

pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let mut region = Region::of(input);
    let losses = losses(input, &region);
    let answer = additions::answer(input, &region, &losses, basis);
    if let Some(problem) = &answer.problem {
        let what = format!("The additions could not be worked out: {problem}");
        region.find(Severity::Error, what, "correct the parameter network/planning", Vec::new());
    }
    let edges = &answer.graph.network.edges;
    let cut_points = articulation_points(input.sites.len(), edges);
    let in_place: Vec<usize> = (0..region.lines.len()).filter(|&line| !region.lines[line].link.possible).collect();
    let weak: Vec<usize> = bridges(input.sites.len(), edges).into_iter().map(|edge| in_place[edge]).collect();
    let code = |line: &usize| region.lines[*line].link.code.clone();
    let terms = road_map::terms(input, &region, &answer);
    let mut findings = std::mem::take(&mut region.findings);
    findings.extend(road_map::findings(input, &region, &terms, answer.additions.as_ref()));
    findings.sort_by_key(|finding| finding.severity);
    Outcome {
        on: input.on,
        partners: input.partners.clone(),
        sites: sites(input, &region, &cut_points),
        links: region.lines.iter().enumerate().map(|(place, line)| link(input, place, line, &weak, &answer)).collect(),
        parts: hang_together(input, edges),
        annual_cost: in_place.iter().filter_map(|&line| region.lines[line].link.annual_cost).sum(),
        articulation_points: cut_points.iter().map(|&site| input.sites[site].code.clone()).collect(),
        bridges: weak.iter().map(code).collect(),
        failures: cut_by(input, &region, &losses, &answer),
        apparent_diversity: failures::apparent(input, &region),
        spare: spare(&region, &losses, &answer, &in_place),
        road_map: road_map::events(input, &terms),
        terms,
        findings,
        opportunities: additions::opportunities(&region, &answer),
        additions: answer.additions,
    }
}

fn sites(input: &Input, region: &Region, cut_points: &[usize]) -> Vec<SiteAnswer> {
    let site = |(place, site): (usize, &super::Site)| SiteAnswer {
        code: site.code.clone(),
        name: site.name.clone(),
        authority: owner(&site.code).to_owned(),
        latitude: site.latitude.filter(|degrees| degrees.is_finite()),
        longitude: site.longitude.filter(|degrees| degrees.is_finite()),
        links: region
            .lines
            .iter()
            .filter(|line| !line.link.possible && (line.ends.0 == place || line.ends.1 == place))
            .count(),
        articulation: cut_points.contains(&place),
        workloads: site.workloads,
        users: site.users,
    };
    input.sites.iter().enumerate().map(site).collect()
}

fn link(input: &Input, place: usize, line: &Line, weak: &[usize], answer: &Answer) -> LinkAnswer {
    let recorded = &line.link;
    let cost = answer.years.filter(|_| recorded.possible).and_then(|years| whole_life(line, years));
    LinkAnswer {
        code: recorded.code.clone(),
        recorded_by: line.recorded_by.clone(),
        name: recorded.name.clone(),
        from: input.sites[line.ends.0].code.clone(),
        to: input.sites[line.ends.1].code.clone(),
        possible: recorded.possible,
        added: answer.added.contains(&place),
        bridge: weak.contains(&place),
        capacity_mbps: recorded.capacity_mbps,
        supplier: recorded.supplier.clone(),
        routes: recorded.routes.clone(),
        annual_cost: recorded.annual_cost,
        capital_cost: recorded.capital_cost,
        whole_life: cost.map(|pence| Estimate::from_pounds(pence as f64 / 100.0)),
    }
}

/// The parts of the network today, the largest first.
fn hang_together(input: &Input, edges: &[(usize, usize)]) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for (site, part) in parts(input.sites.len(), edges, |_| false, |_| false).into_iter().enumerate() {
        let part = part.expect("no site is lost");
        if part == groups.len() {
            groups.push(Vec::new());
        }
        groups[part].push(input.sites[site].code.clone());
    }
    groups.sort_by_key(|sites| std::cmp::Reverse(sites.len()));
    groups
}

/// What each failure of something that is there, or that is added, cuts.
fn cut_by(input: &Input, region: &Region, losses: &[Loss], answer: &Answer) -> Vec<Failure> {
    let none = vec![false; answer.chosen.len()];
    let there = |line: &usize| !region.lines[*line].link.possible || answer.added.contains(line);
    let real = losses.iter().filter(|loss| loss.lines.iter().any(there));
    real.map(|loss| {
        let lost = answer.graph.failure(loss);
        let today = answer.graph.cut_off(&lost, &none);
        let after = if answer.added.is_empty() { today.clone() } else { answer.graph.cut_off(&lost, &answer.chosen) };
        failures::failure(input, region, loss, today, after)
    })
    .collect()
}

/// Links in place without which, each on its own, every failure cuts as much and no more once the additions are there.
fn spare(region: &Region, losses: &[Loss], answer: &Answer, in_place: &[usize]) -> Option<Vec<String>> {
    if in_place.len() * losses.len() > TRIES {
        return None;
    }
    let mut failures: Vec<Lost> = losses.iter().map(|loss| answer.graph.failure(loss)).collect();
    failures.push(Lost::default());
    let network = &answer.graph.network;
    let whole: Vec<_> = failures.iter().map(|failure| network.parts_under(failure, &answer.chosen)).collect();
    let could_go = |line: &&usize| {
        let place = in_place.binary_search(line).expect("it is in place");
        failures.iter().zip(&whole).all(|(failure, parts)| {
            let mut without = failure.clone();
            without.edges.push(place);
            network.parts_under(&without, &answer.chosen) == *parts
        })
    };
    Some(in_place.iter().filter(could_go).map(|&line| region.lines[line].link.code.clone()).collect())
}

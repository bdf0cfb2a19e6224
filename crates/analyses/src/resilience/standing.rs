//! The sites, links, agreements and pairs of sites as they stand, with the availability that tiers are designed for.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;
use penshaw_numerics::availability::{hours_away, parallel, parallel_with_common_cause, series};

use super::capacity::let_by;
use super::estate::{Estate, in_force};
use super::failures::Failures;
use super::input::source_of;
use super::model::{Model, one_spelling};
use super::outcome::{Agreement, FailureKind, LinkStanding, PairOfSites, Recovery, SiteStanding, TestStanding, Times};
use super::parameters::Parameters;
use super::trials::Trials;

/// The sites, those whose loss stops most first.
pub(super) fn sites(model: &Model, parameters: &Parameters, failures: &Failures, trials: &Trials) -> Vec<SiteStanding> {
    let mut stops = vec![0; model.sites.len()];
    for (failure, stopped) in failures.all.iter().zip(&trials.stops) {
        if let Some(site) = failure.site {
            stops[site] = *stopped;
        }
    }
    let mut sites: Vec<SiteStanding> = model
        .sites
        .iter()
        .enumerate()
        .map(|(place, full)| site(model, parameters, place, full, stops[place]))
        .collect();
    sites.sort_by_key(|site| (std::cmp::Reverse(site.stops), site.site.clone()));
    sites
}

fn site(model: &Model, parameters: &Parameters, place: usize, full: &str, stops: usize) -> SiteStanding {
    let entry = model.estate.sites.get(full).copied();
    let availability = entry.and_then(|site| parameters.availability(site.tier.as_deref()));
    let recovers = |running: &&super::model::Running| running.recovery.as_ref().is_some_and(|at| at.site == place);
    SiteStanding {
        site: full.to_owned(),
        name: entry.map_or_else(|| full.to_owned(), |site| site.name.clone()),
        recorded: entry.is_some(),
        latitude: entry.and_then(|site| site.latitude),
        longitude: entry.and_then(|site| site.longitude),
        tier: entry.and_then(|site| site.tier.clone()),
        tier_scheme: entry.and_then(|site| site.tier_scheme.clone()),
        tier_certified: entry.and_then(|site| site.tier_certified),
        availability,
        hours_away: availability.map(hours_away),
        workloads: model.workloads.iter().filter(|running| running.site == Some(place)).count(),
        recovered_here: model.workloads.iter().filter(recovers).count(),
        stops,
        source: source_of(full),
    }
}

/// The links in place, those whose loss stops most first.
pub(super) fn links(model: &Model, failures: &Failures, trials: &Trials) -> Vec<LinkStanding> {
    let mut stops: BTreeMap<usize, usize> = BTreeMap::new();
    for (failure, stopped) in failures.all.iter().zip(&trials.stops) {
        if failure.kind == FailureKind::Link {
            failure.lines.ones().for_each(|line| {
                stops.insert(line, *stopped);
            });
        }
    }
    let mut links: Vec<LinkStanding> = (model.lines.iter().enumerate())
        .map(|(place, line)| {
            let mut down = FixedBitSet::with_capacity(model.lines.len());
            down.insert(place);
            let joined = model.joined(&down, &[]);
            LinkStanding {
                name: line.entries[0].name.clone(),
                from: model.sites[line.ends.0].clone(),
                to: model.sites[line.ends.1].clone(),
                weak: joined[line.ends.0] != joined[line.ends.1],
                stops: stops.get(&place).copied().unwrap_or(0),
                sources: line.sources(),
            }
        })
        .collect();
    links.sort_by_key(|link| std::cmp::Reverse((link.stops, link.weak)));
    links
}

/// The agreements, by host, priority and reference.
pub(super) fn agreements(estate: &Estate) -> Vec<Agreement> {
    let stands = estate.agreements.iter().map(|agreement| {
        let [power_kw, rack_units, storage_tb] = let_by(agreement);
        Agreement {
            agreement: agreement.full(),
            name: agreement.name.clone(),
            host: agreement.host.clone(),
            guest: agreement.guest.clone(),
            site: agreement.site.clone(),
            rack: agreement.rack.clone(),
            rack_units,
            power_kw,
            storage_tb,
            annual_price: agreement.annual_price,
            priority: agreement.priority,
            notice_months: agreement.notice_months,
            promised: Times {
                recovery_time_hours: agreement.recovery_time_hours,
                recovery_point_hours: agreement.recovery_point_hours,
            },
            standing: agreement.standing.clone(),
            ends: agreement.ends,
            in_force: in_force(agreement, estate.on),
            source: agreement.source(),
        }
    });
    stands.collect()
}

/// How each workload is recovered, the gravest first: what stops most often and is shown least.
pub(super) fn recoveries(model: &Model, parameters: &Parameters, trials: &Trials) -> Vec<Recovery> {
    let shown: Vec<Option<f64>> = model.workloads.iter().map(|running| running.standing.shown_hours()).collect();
    let with_dependencies = model.dependencies.gathered(&shown, |all, one| {
        *all = all.zip(*one).map(|(all, one)| all.max(one));
    });
    let none = FixedBitSet::with_capacity(model.sites.len());
    let own_sites: Vec<FixedBitSet> = model
        .workloads
        .iter()
        .map(|running| {
            let mut sites = none.clone();
            running.site.into_iter().chain(running.site_of_hardware).for_each(|site| sites.insert(site));
            sites
        })
        .collect();
    let sites = model.dependencies.gathered(&own_sites, |all, one| all.union_with(one));
    let mut recoveries: Vec<Recovery> = (0..model.workloads.len())
        .map(|place| recovery(model, parameters, place, with_dependencies[place], &sites[place], trials))
        .collect();
    recoveries
        .sort_by_key(|one| (one.standing, std::cmp::Reverse(one.stopped_by), one.class_required, one.workload.clone()));
    recoveries
}

fn recovery(
    model: &Model,
    parameters: &Parameters,
    place: usize,
    with_dependencies: Option<f64>,
    sites: &FixedBitSet,
    trials: &Trials,
) -> Recovery {
    let running = &model.workloads[place];
    let (entry, standing) = (running.entry, &running.standing);
    let automatic = entry.recovery_automatic == Some(true);
    let shown_point = standing.tested.recovery_point_hours.filter(|_| standing.standing == TestStanding::Passed);
    let tiers = sites.ones().map(|site| {
        let entry = model.estate.sites.get(&model.sites[site])?;
        parameters.availability(entry.tier.as_deref())
    });
    let tiers: Option<Vec<f64>> = tiers.collect();
    Recovery {
        workload: entry.full(),
        name: running.name.clone(),
        application: model.estate.application(entry),
        site: running.site.map(|site| model.sites[site].clone()),
        recovery_site: running.recovery.as_ref().map(|at| model.sites[at.site].clone()),
        required: standing.required,
        promised: standing.promised,
        tested: standing.tested,
        tested_on: standing.tested_on,
        copy_started: standing.copy_started,
        standing: standing.standing,
        with_dependencies_hours: with_dependencies,
        class_required: parameters.class(
            standing.required.recovery_time_hours,
            standing.required.recovery_point_hours,
            automatic,
        ),
        class_shown: parameters.class(with_dependencies, shown_point, automatic),
        sites_needed: sites.count_ones(..),
        availability: tiers.filter(|tiers| !tiers.is_empty()).map(|tiers| series(&tiers)),
        stopped_by: trials.stopped_by[place],
        sources: standing.sources.clone(),
    }
}

/// The pairs of sites between which workloads would be recovered, those of most workloads first.
pub(super) fn pairs(model: &Model, parameters: &Parameters) -> Vec<PairOfSites> {
    let mut counts: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for running in &model.workloads {
        if let (Some(site), Some(recovery)) = (running.site, &running.recovery)
            && site != recovery.site
        {
            let (workloads, automatic) = counts.entry((site, recovery.site)).or_default();
            *workloads += 1;
            *automatic += usize::from(running.entry.recovery_automatic == Some(true));
        }
    }
    let mut pairs: Vec<PairOfSites> =
        counts.into_iter().map(|(ends, counted)| pair(model, parameters, ends, counted)).collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.workloads), pair.site.clone(), pair.recovery_site.clone()));
    pairs
}

fn pair(
    model: &Model,
    parameters: &Parameters,
    (site, recovery_site): (usize, usize),
    (workloads, automatic): (usize, usize),
) -> PairOfSites {
    let entry = |place: usize| model.estate.sites.get(&model.sites[place]).copied();
    let of = |place: usize| entry(place).and_then(|site| parameters.availability(site.tier.as_deref()));
    let (in_common, common_share) = in_common(model, parameters, site, recovery_site);
    let both = of(site).zip(of(recovery_site));
    let mut sources = vec![source_of(&model.sites[site]), source_of(&model.sites[recovery_site])];
    sources.extend(parameters.tier_sources.iter().cloned());
    sources.extend(parameters.common_cause_sources.iter().cloned());
    PairOfSites {
        site: model.sites[site].clone(),
        recovery_site: model.sites[recovery_site].clone(),
        workloads,
        automatic,
        independent: both.map(|(first, second)| parallel(&[first, second])),
        in_common,
        common_share,
        with_common_cause: both.map(|(first, second)| parallel_with_common_cause(first, second, common_share)),
        sources,
    }
}

/// What two sites have in common, and the share of failures that it takes both with.
fn in_common(model: &Model, parameters: &Parameters, site: usize, other: usize) -> (Vec<String>, f64) {
    let Some(shares) = &parameters.common_cause else { return (Vec::new(), 0.0) };
    let (mut said, mut share) = (Vec::new(), 0.0);
    let mut add = |what: &str, names: Vec<String>, by: f64| {
        if !names.is_empty() {
            said.push(format!("{what} {}", names.join(", ")));
            share += by;
        }
    };
    let both = |names: &dyn Fn(usize) -> BTreeMap<String, String>| -> Vec<String> {
        let (here, there) = (names(site), names(other));
        here.into_iter().filter(|(key, _)| there.contains_key(key)).map(|(_, name)| name).collect()
    };
    add("supplier", both(&|site| suppliers(model, site)), shares.supplier);
    let services = services(model, site, other);
    add("shared service", services, shares.shared_service);
    let near = distance_km(model, site, other).filter(|km| *km <= shares.same_power_within_km);
    let public_supply = near.map(|km| format!("supply ({km:.1} km apart)"));
    add("public power", public_supply.into_iter().collect(), shares.power);
    (said, share.min(1.0))
}

/// The suppliers of the links that end at a site.
fn suppliers(model: &Model, site: usize) -> BTreeMap<String, String> {
    let ends = model.lines.iter().filter(|line| line.ends.0 == site || line.ends.1 == site);
    let named = ends.flat_map(|line| &line.entries).filter_map(|link| link.supplier.as_deref());
    named.map(|name| (one_spelling(name), name.trim().to_owned())).collect()
}

/// The shared services of what runs at the one site and would be recovered at the other: they are needed at both.
fn services(model: &Model, site: usize, other: usize) -> Vec<String> {
    let moves = model
        .workloads
        .iter()
        .filter(|running| running.site == Some(site) && running.recovery.as_ref().is_some_and(|at| at.site == other));
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for name in moves.flat_map(|running| &running.entry.shared_services) {
        let trimmed = name.trim();
        let known = names.entry(one_spelling(name)).or_insert_with(|| trimmed.to_owned());
        if trimmed < known.as_str() {
            *known = trimmed.to_owned();
        }
    }
    names.into_values().collect()
}

/// Kilometres between two sites, near enough for a town: a degree of latitude is 111.2 km everywhere,
/// a degree of longitude shrinks with the cosine of the latitude.
fn distance_km(model: &Model, site: usize, other: usize) -> Option<f64> {
    const KM_PER_DEGREE: f64 = 111.2;
    let place = |site: usize| {
        let entry = model.estate.sites.get(&model.sites[site])?;
        entry.latitude.zip(entry.longitude)
    };
    let ((north, east), (other_north, other_east)) = (place(site)?, place(other)?);
    let middle = libm::cos((north + other_north) / 2.0 * std::f64::consts::PI / 180.0);
    Some(KM_PER_DEGREE * libm::hypot(north - other_north, (east - other_east) * middle))
}

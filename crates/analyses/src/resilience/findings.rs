//! What is wrong or wanting in what is recorded: all of it at once, each with what to do.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Source;
use penshaw_register::{Severity, Workload};

use super::capacity::{MEASURES, Pools, capacity};
use super::estate::{Estate, in_force};
use super::input::{Owned, owner_of, source_of};
use super::model::{Model, Running, one_spelling};
use super::outcome::{Finding, TestStanding};
use super::parameters::Parameters;
use crate::named::{capitalised, counted, name_of, sentence_list};

/// How many entries a finding about many of them names.
const MOST_NAMED: usize = 5;
/// How many entries a finding about many of them rests on.
const MOST_SOURCES: usize = 20;

pub(super) fn error(what: impl Into<String>, hint: &str, sources: Vec<Source>) -> Finding {
    Finding { severity: Severity::Error, what: what.into(), hint: hint.to_owned(), sources }
}

pub(super) fn warning(what: impl Into<String>, hint: &str, sources: Vec<Source>) -> Finding {
    Finding { severity: Severity::Warning, what: what.into(), hint: hint.to_owned(), sources }
}

/// Everything that is wrong or wanting, without the racks, in the order of what it is about.
pub(super) fn findings(model: &Model, parameters: &Parameters) -> Vec<Finding> {
    let estate = model.estate;
    let mut findings: Vec<Finding> = parameters
        .problems
        .iter()
        .map(|problem| error(format!("A parameter could not be read: {problem}."), "correct it", Vec::new()))
        .collect();
    findings.extend(unknown_sites(estate));
    findings.extend(links(estate, model));
    findings.extend(hardware(estate));
    findings.extend(beyond(estate, &model.pools));
    findings.extend(agreements(estate));
    findings.extend(circles(model));
    let of_workloads: [(&str, &str, Severity, Test); 14] = [
        ("{} at no site that is shared", "record where it runs", Severity::Warning, |_, running| {
            running.site.is_none()
        }),
        (
            "{} recovered at the site at which it runs",
            "name another site: its loss takes both",
            Severity::Error,
            own_site,
        ),
        ("{} without a recovery site", "name one, or record that it would wait", Severity::Warning, |_, running| {
            running.entry.recovery_site.is_none()
        }),
        (
            "{} needing a recovery point that is shorter than the time between two copies",
            "copy it more often, or accept that more work is lost",
            Severity::Error,
            |_, running| copied_too_seldom(running.entry, running.standing.required.recovery_point_hours),
        ),
        (
            "{} promised a recovery point that is shorter than the time between two copies",
            "copy it more often, or correct the agreement",
            Severity::Error,
            |_, running| copied_too_seldom(running.entry, running.standing.promised.recovery_point_hours),
        ),
        (
            "{} promised less than its owner needs",
            "agree shorter times, or accept the longer ones",
            Severity::Warning,
            |_, running| {
                let (needs, promised) = (&running.standing.required, &running.standing.promised);
                slower(promised.recovery_time_hours, needs.recovery_time_hours)
                    || slower(promised.recovery_point_hours, needs.recovery_point_hours)
            },
        ),
        (
            "{} slower in its test than its owner needs",
            "make recovery faster, or accept the longer time",
            Severity::Warning,
            |_, running| {
                let (needs, tested) = (&running.standing.required, &running.standing.tested);
                slower(tested.recovery_time_hours, needs.recovery_time_hours)
                    || slower(tested.recovery_point_hours, needs.recovery_point_hours)
            },
        ),
        ("{} whose latest test failed", "mend what failed and test again", Severity::Error, |_, running| {
            running.standing.standing == TestStanding::Failed
        }),
        (
            "{} whose copy was not started in the latest test",
            "start the copy and use it: a copy that nobody has started may be none",
            Severity::Error,
            |_, running| running.standing.standing == TestStanding::CopyNotStarted,
        ),
        (
            "{} of which nobody recorded whether the copy can be started",
            "start the copy in the next test and record it",
            Severity::Warning,
            |_, running| running.standing.standing == TestStanding::CopyNotKnown,
        ),
        (
            "{} whose latest test passed in part only",
            "test again until the whole of it passes",
            Severity::Warning,
            |_, running| running.standing.standing == TestStanding::Partial,
        ),
        ("{} last tested too long ago to count", "test again", Severity::Warning, |_, running| {
            running.standing.standing == TestStanding::Lapsed
        }),
        (
            "{} with a recovery site and no test on record",
            "test its recovery, and record the result and whether the copy was started",
            Severity::Warning,
            |_, running| {
                let untested = matches!(running.standing.standing, TestStanding::Never | TestStanding::NoResult);
                untested && running.entry.recovery_site.is_some()
            },
        ),
        (
            "{} run or recovered at another authority's site without an agreement in force",
            "record the agreement, or make one",
            Severity::Warning,
            without_agreement,
        ),
    ];
    for (what, hint, severity, test) in of_workloads {
        findings.extend(grouped(model, what, hint, severity, test));
    }
    findings.extend(sooner_than_dependencies(model));
    findings.extend(unknown_dependencies(model));
    findings.extend(unreachable(model));
    findings
}

type Test = fn(&Estate, &Running) -> bool;

fn own_site(_: &Estate, running: &Running) -> bool {
    running.site.is_some() && running.site == running.recovery.as_ref().map(|recovery| recovery.site)
}

fn copied_too_seldom(workload: &Workload, point: Option<f64>) -> bool {
    workload.backup_interval_hours.zip(point).is_some_and(|(interval, point)| point < interval)
}

fn slower(hours: Option<f64>, needed: Option<f64>) -> bool {
    hours.zip(needed).is_some_and(|(hours, needed)| hours > needed)
}

fn without_agreement(estate: &Estate, running: &Running) -> bool {
    let entry = running.entry;
    let sites = [estate.site_of(entry), entry.recovery_site.as_deref()];
    let elsewhere = |site: &&str| {
        let owner = owner_of(site);
        owner != entry.owner && estate.input.partners.iter().any(|partner| partner.code == owner)
    };
    sites.into_iter().flatten().filter(elsewhere).any(|site| estate.agreements_for(&entry.owner, site).is_empty())
}

/// One finding an owner for what may be true of many workloads.
fn grouped(model: &Model, what: &str, hint: &str, severity: Severity, test: Test) -> Vec<Finding> {
    let mut by_owner: BTreeMap<usize, Vec<&Running>> = BTreeMap::new();
    for running in model.workloads.iter().filter(|running| test(model.estate, running)) {
        by_owner.entry(running.owner).or_default().push(running);
    }
    let groups = by_owner.into_iter().map(|(owner, mut all)| {
        all.sort_by_key(|running| running.entry.full());
        let owner = name_of(&model.estate.input.partners, model.owners[owner]);
        let many = counted(all.len(), "workload", "workloads");
        let what = format!("{owner} has {}: {}.", what.replace("{}", &many), named(&all));
        let sources = all.iter().take(MOST_SOURCES).map(|running| running.entry.source()).collect();
        Finding { severity, what, hint: hint.to_owned(), sources }
    });
    groups.collect()
}

fn named(all: &[&Running]) -> String {
    let label = |running: &&Running| format!("{} ({})", running.name, running.entry.full());
    let mut names: Vec<String> = all.iter().take(MOST_NAMED).map(label).collect();
    if all.len() > MOST_NAMED {
        names.push(format!("{} more", all.len() - MOST_NAMED));
    }
    sentence_list(&names)
}

/// Sites that entries name and for which no entry is shared.
fn unknown_sites(estate: &Estate) -> Vec<Finding> {
    let mut named: BTreeMap<String, BTreeSet<Source>> = BTreeMap::new();
    let mut name = |site: Option<&str>, source: Source| {
        if let Some(site) = site.filter(|site| !estate.sites.contains_key(*site)) {
            named.entry(site.to_owned()).or_default().insert(source);
        }
    };
    for workload in estate.workloads.values() {
        name(estate.site_of(workload), workload.source());
        name(workload.recovery_site.as_deref(), workload.source());
    }
    estate.racks.values().for_each(|rack| name(rack.entry.site.as_deref(), rack.source()));
    estate.hardware.values().for_each(|hardware| name(hardware.entry.site.as_deref(), hardware.source()));
    estate.agreements.iter().for_each(|agreement| name(agreement.entry.site.as_deref(), agreement.source()));
    let unknown = named.into_iter().map(|(site, sources)| {
        let what = format!("Site {site} is named and no entry for it is shared: its room and tier are not known.");
        let sources = sources.into_iter().take(MOST_SOURCES).collect();
        warning(what, "record and share the site, or correct its reference", sources)
    });
    unknown.collect()
}

fn links(estate: &Estate, model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for link in estate.links.values() {
        let ends = [("from", &link.from_site), ("to", &link.to_site)];
        for (end, site) in ends {
            let what = match site.as_deref() {
                None => format!("Link {} ({}) has no site at its end \"{end}\".", link.name, link.full()),
                Some(site) if model.site(site).is_none() => {
                    format!("Link {} ({}) leads to {site}, where nothing is recorded.", link.name, link.full())
                }
                Some(_) => continue,
            };
            let hint = "record the site, or correct the link: until then nothing counts on it";
            findings.push(error(what, hint, vec![link.source()]));
        }
        if link.from_site.is_some() && link.from_site == link.to_site {
            let what = format!("Link {} ({}) ends where it begins.", link.name, link.full());
            findings.push(error(what, "name the site at the other end", vec![link.source()]));
        }
    }
    for line in model.lines.iter().filter(|line| line.entries.len() > 1) {
        let names: Vec<String> = line.entries.iter().map(|link| link.full()).collect();
        let what = format!(
            "{} are taken as one link: they have one name, one supplier and the same ends.",
            sentence_list(&names)
        );
        findings.push(warning(what, "give them different names if they are two links", line.sources()));
    }
    findings
}

fn hardware(estate: &Estate) -> Vec<Finding> {
    let mut findings = Vec::new();
    for hardware in estate.hardware.values() {
        let Some(rack) = estate.rack_of(hardware).filter(|rack| !rack.entry.feeds.is_empty()) else { continue };
        let reach: BTreeSet<String> = rack.entry.feeds.iter().map(|feed| one_spelling(feed)).collect();
        let strange: Vec<&str> = hardware
            .entry
            .feeds
            .iter()
            .filter(|feed| !reach.contains(&one_spelling(feed)))
            .map(|feed| feed.trim())
            .collect();
        if !strange.is_empty() {
            let what = format!(
                "{} ({}) hangs on feed {}, which does not reach its rack {}.",
                hardware.name,
                hardware.full(),
                sentence_list(&strange),
                rack.full()
            );
            findings.push(warning(
                what,
                "correct the feeds of the hardware or of the rack",
                vec![hardware.source(), rack.source()],
            ));
        }
    }
    for workload in estate.workloads.values() {
        findings.extend(on_hardware(estate, workload));
    }
    findings
}

fn on_hardware(estate: &Estate, workload: &Owned<Workload>) -> Option<Finding> {
    let named = workload.entry.hardware.as_deref()?;
    let Some(hardware) = estate.hardware_of(workload) else {
        let what = format!("{} ({}) runs on {named}, which is not shared.", workload.name, workload.full());
        let hint = "share the hardware: its room and its feeds are not known";
        return Some(warning(what, hint, vec![workload.source()]));
    };
    let (own, other) = (workload.entry.site.as_deref()?, estate.site_of_hardware(hardware)?);
    (own != other).then(|| {
        let what = format!(
            "{} ({}) is recorded at {}, and its hardware stands at {}: it is taken to need both.",
            workload.name,
            workload.full(),
            estate.site_name(own),
            estate.site_name(other)
        );
        warning(what, "correct one of the two sites", vec![workload.source(), hardware.source()])
    })
}

/// Sites that hold more than they can, by themselves or with what is let.
fn beyond(estate: &Estate, pools: &Pools) -> Vec<Finding> {
    let mut findings: Vec<Finding> = pools
        .beyond
        .iter()
        .map(|beyond| {
            let what = format!(
                "{} holds {} {}: {:.1} are used and {:.1} are let or used by guests.",
                capitalised(&estate.site_name(&beyond.site)),
                beyond.capacity,
                MEASURES[beyond.measure],
                beyond.used,
                beyond.let_to_guests
            );
            let hint = "let less, or add to the site: what is short is taken from the last in priority";
            let lets = estate.agreements.iter().filter(|one| estate.lets_at(one, &beyond.site));
            let sources = std::iter::once(source_of(&beyond.site)).chain(lets.map(|one| one.source()));
            error(what, hint, sources.collect())
        })
        .collect();
    for (full, site) in &estate.sites {
        let in_racks: f64 = estate
            .racks
            .values()
            .filter(|rack| rack.entry.site.as_deref() == Some(full))
            .filter_map(|rack| rack.entry.rack_units)
            .sum();
        if let Some(units) = capacity(site)[1].filter(|units| in_racks > units + 1e-9) {
            let what = format!("The racks of {} have {in_racks} units, and the site {units}.", estate.site_name(full));
            findings.push(warning(what, "correct the site's rack units", vec![source_of(full)]));
        }
    }
    findings
}

fn agreements(estate: &Estate) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut priorities: BTreeMap<(String, u64), Vec<(String, Source)>> = BTreeMap::new();
    for agreement in &estate.agreements {
        let label = format!("{} ({})", agreement.name, agreement.full());
        if agreement.standing == "in force" && !in_force(agreement, estate.on) {
            let what = format!("{label} is recorded as in force, and the day lies outside its term.");
            findings.push(warning(
                what,
                "record what stands in its place, or correct its days",
                vec![agreement.source()],
            ));
        }
        if agreement.guest == agreement.host {
            let what = format!("{label} names one authority as guest and as host.");
            findings.push(error(what, "name the authority whose site it is as host", vec![agreement.source()]));
        }
        if !in_force(agreement, estate.on) {
            continue;
        }
        if let Some(site) = agreement.entry.site.as_deref().filter(|site| owner_of(site) != agreement.host) {
            let what = format!("{label} names the site {site}, which is not its host's.");
            findings.push(warning(what, "name a site of the host", vec![agreement.source()]));
        }
        if let (Some(site), Some(priority)) = (&agreement.entry.site, agreement.priority) {
            priorities.entry((site.clone(), priority)).or_default().push((label, agreement.source()));
        }
    }
    for ((site, priority), agreements) in priorities.into_iter().filter(|(_, agreements)| agreements.len() > 1) {
        let (names, sources): (Vec<String>, Vec<Source>) = agreements.into_iter().unzip();
        let what = format!(
            "{} have priority {priority} at {}: which is kept running is not settled, and the first by reference is taken.",
            sentence_list(&names),
            estate.site_name(&site)
        );
        findings.push(warning(what, "give each its own priority", sources));
    }
    findings
}

fn circles(model: &Model) -> Vec<Finding> {
    let circles = model.dependencies.circles().map(|circle| {
        let mut all: Vec<&Running> = circle.iter().map(|place| &model.workloads[*place]).collect();
        all.sort_by_key(|running| running.entry.full());
        let what = match all.as_slice() {
            [one] => format!("{} ({}) is recorded as depending on itself.", one.name, one.entry.full()),
            all => format!(
                "{} depend on one another in a circle: if one stops, all do, and none can be started first.",
                named(all)
            ),
        };
        let sources = all.iter().take(MOST_SOURCES).map(|running| running.entry.source()).collect();
        warning(what, "find out which can start without the others", sources)
    });
    let mut circles: Vec<Finding> = circles.collect();
    circles.sort_by(|first, second| first.what.cmp(&second.what));
    circles
}

/// Workloads that must be back sooner than something they depend on.
fn sooner_than_dependencies(model: &Model) -> Vec<Finding> {
    let own: Vec<Option<f64>> =
        model.workloads.iter().map(|running| running.standing.required.recovery_time_hours).collect();
    let longest = model.dependencies.gathered(&own, |all, one| *all = longer(*all, *one));
    let mut by_owner: BTreeMap<usize, Vec<&Running>> = BTreeMap::new();
    for (place, running) in model.workloads.iter().enumerate() {
        if slower(longest[place], own[place]) {
            by_owner.entry(running.owner).or_default().push(running);
        }
    }
    let groups = by_owner.into_iter().map(|(owner, mut all)| {
        all.sort_by_key(|running| running.entry.full());
        let owner = name_of(&model.estate.input.partners, model.owners[owner]);
        let many = counted(all.len(), "workload that is", "workloads that are");
        let what = format!("{owner} has {many} needed sooner than something they depend on: {}.", named(&all));
        let sources = all.iter().take(MOST_SOURCES).map(|running| running.entry.source()).collect();
        warning(what, "nothing is back before what it depends on: agree one time for both", sources)
    });
    groups.collect()
}

fn longer(first: Option<f64>, second: Option<f64>) -> Option<f64> {
    match (first, second) {
        (Some(first), Some(second)) => Some(first.max(second)),
        (first, second) => first.or(second),
    }
}

fn unknown_dependencies(model: &Model) -> Vec<Finding> {
    let estate = model.estate;
    let mut findings = Vec::new();
    for workload in estate.workloads.values() {
        for other in workload.depends_on.iter().filter(|other| !estate.workloads.contains_key(*other)) {
            let what = format!("{} ({}) depends on {other}, which is not shared.", workload.name, workload.full());
            findings.push(warning(what, "share the workload, or correct its reference", vec![workload.source()]));
        }
    }
    findings
}

/// Sites that an owner cannot reach even while nothing has failed.
fn unreachable(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for reach in model.reaches.iter().filter(|reach| !reach.at_rest) {
        let owner = name_of(&model.estate.input.partners, model.owners[reach.owner]);
        let site = &model.sites[reach.site];
        let what = format!(
            "No link in place leads from {} to a site of {owner}, which runs or recovers workloads there.",
            model.estate.site_name(site)
        );
        let hint = "record the link: until then no recovery there counts, and nothing there is told as cut off";
        findings.push(warning(what, hint, vec![source_of(site)]));
    }
    findings.sort_by(|first, second| first.what.cmp(&second.what));
    findings
}

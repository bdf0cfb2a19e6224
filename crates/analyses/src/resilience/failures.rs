//! Everything that may fail, and what each failure stops by itself before links are looked at.

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use penshaw_basis::Source;

use super::input::source_of;
use super::model::{Model, one_spelling};
use super::outcome::{FailureKind, FailurePart};

/// The most entries that a failure's name rests on.
const MOST_SOURCES: usize = 12;

/// One thing that may fail.
pub(super) struct Failure {
    pub(super) kind: FailureKind,
    pub(super) name: String,
    sources: Vec<Source>,
    /// The site that is down.
    pub(super) site: Option<usize>,
    /// The lines that are down.
    pub(super) lines: FixedBitSet,
    /// The workloads that stop of themselves.
    pub(super) direct: FixedBitSet,
    /// Those with all that depend on them.
    pub(super) closed: FixedBitSet,
    /// Whether those workloads stop wherever they run.
    pub(super) anywhere: bool,
}

/// Everything that may fail.
pub(super) struct Failures {
    /// By kind, then by name.
    pub(super) all: Vec<Failure>,
    /// What stops where two feeds fail, and not where one of them does: direct, and with dependants.
    pub(super) both_feeds: BTreeMap<(usize, usize), (FixedBitSet, FixedBitSet)>,
}

impl Failure {
    pub(super) fn part(&self) -> FailurePart {
        FailurePart { kind: self.kind, name: self.name.clone(), sources: self.sources.clone() }
    }
}

/// What is known of a failure while everything is read.
#[derive(Default)]
struct Draft {
    name: String,
    sources: BTreeSet<Source>,
    site: Option<usize>,
    lines: Vec<usize>,
    workloads: Vec<usize>,
}

type Drafts = BTreeMap<(FailureKind, String), Draft>;

/// Everything that may fail in an estate.
pub(super) fn failures(model: &Model) -> Failures {
    let mut drafts = Drafts::new();
    sites(model, &mut drafts);
    rooms(model, &mut drafts);
    let on_feeds = feeds(model, &mut drafts);
    links(model, &mut drafts);
    suppliers_and_services(model, &mut drafts);
    let place: BTreeMap<String, usize> = drafts
        .keys()
        .enumerate()
        .filter(|(_, (kind, _))| *kind == FailureKind::PowerFeed)
        .map(|(place, (_, key))| (key.clone(), place))
        .collect();
    let mut all: Vec<Failure> = drafts.into_iter().map(|((kind, _), draft)| failure(model, kind, draft)).collect();
    let both_feeds = hang_on_feeds(model, &place, &on_feeds, &mut all);
    for failure in &mut all {
        failure.closed = failure.direct.clone();
        model.dependencies.close(&mut failure.closed);
    }
    Failures { all, both_feeds }
}

fn failure(model: &Model, kind: FailureKind, draft: Draft) -> Failure {
    let set = |places: Vec<usize>, length: usize| {
        let mut set = FixedBitSet::with_capacity(length);
        places.into_iter().for_each(|place| set.insert(place));
        set
    };
    Failure {
        kind,
        name: draft.name,
        sources: draft.sources.into_iter().take(MOST_SOURCES).collect(),
        site: draft.site,
        lines: set(draft.lines, model.lines.len()),
        direct: set(draft.workloads, model.workloads.len()),
        closed: FixedBitSet::new(),
        anywhere: matches!(kind, FailureKind::Supplier | FailureKind::SharedService),
    }
}

fn draft(drafts: &mut Drafts, kind: FailureKind, key: String, name: impl FnOnce() -> String) -> &mut Draft {
    drafts.entry((kind, key)).or_insert_with(|| Draft { name: name(), ..Draft::default() })
}

fn sites(model: &Model, drafts: &mut Drafts) {
    for (place, site) in model.sites.iter().enumerate() {
        let draft = draft(drafts, FailureKind::Site, site.clone(), || model.estate.site_name(site));
        draft.site = Some(place);
        draft.sources.insert(source_of(site));
        let ends = model.lines.iter().enumerate().filter(|(_, line)| line.ends.0 == place || line.ends.1 == place);
        draft.lines = ends.map(|(line, _)| line).collect();
        let here = model
            .workloads
            .iter()
            .enumerate()
            .filter(|(_, running)| running.site == Some(place) || running.site_of_hardware == Some(place));
        draft.workloads = here.map(|(workload, _)| workload).collect();
    }
}

fn rooms(model: &Model, drafts: &mut Drafts) {
    let estate = model.estate;
    let mut of_room: BTreeMap<String, String> = BTreeMap::new();
    let key = |site: &str, room: &str| format!("{site} {}", one_spelling(room));
    let name = |site: &str, room: &str| format!("{} at {}", room.trim(), estate.site_name(site));
    for rack in estate.racks.values() {
        if let (Some(site), Some(room)) = (rack.entry.site.as_deref(), filled(&rack.entry.room)) {
            let draft = draft(drafts, FailureKind::Room, key(site, room), || name(site, room));
            draft.sources.insert(rack.source());
        }
    }
    for (full, hardware) in &estate.hardware {
        if let (Some(site), Some(room)) = (estate.site_of_hardware(hardware), estate.room_of(hardware)) {
            let draft = draft(drafts, FailureKind::Room, key(site, room), || name(site, room));
            draft.sources.insert(hardware.source());
            of_room.insert(full.clone(), key(site, room));
        }
    }
    for (place, running) in model.workloads.iter().enumerate() {
        let room = running.entry.hardware.as_ref().and_then(|hardware| of_room.get(hardware));
        if let Some(draft) = room.and_then(|room| drafts.get_mut(&(FailureKind::Room, room.clone()))) {
            draft.workloads.push(place);
        }
    }
}

fn filled(room: &Option<String>) -> Option<&str> {
    room.as_deref().map(str::trim).filter(|room| !room.is_empty())
}

/// Adds the feeds, and gives the feeds that each workload's hardware hangs on.
fn feeds(model: &Model, drafts: &mut Drafts) -> Vec<(usize, BTreeSet<String>)> {
    let estate = model.estate;
    let key = |site: &str, feed: &str| format!("{site} {}", one_spelling(feed));
    let mut add = |site: &str, feed: &str, source: Source| {
        let name = || format!("feed {} at {}", feed.trim(), estate.site_name(site));
        draft(drafts, FailureKind::PowerFeed, key(site, feed), name).sources.insert(source);
    };
    for rack in estate.racks.values() {
        if let Some(site) = rack.entry.site.as_deref() {
            rack.entry.feeds.iter().for_each(|feed| add(site, feed, rack.source()));
        }
    }
    for hardware in estate.hardware.values() {
        if let Some(site) = estate.site_of_hardware(hardware) {
            estate.feeds_of(hardware).iter().for_each(|feed| add(site, feed, hardware.source()));
        }
    }
    let hangs_on = |(place, running): (usize, &super::model::Running)| {
        let hardware = estate.hardware_of(running.entry)?;
        let site = estate.site_of_hardware(hardware)?;
        let feeds: BTreeSet<String> = estate.feeds_of(hardware).iter().map(|feed| key(site, feed)).collect();
        Some((place, feeds))
    };
    model.workloads.iter().enumerate().filter_map(hangs_on).collect()
}

/// Workloads stop with a feed if their hardware has no other, and with two if it has just these.
fn hang_on_feeds(
    model: &Model,
    place: &BTreeMap<String, usize>,
    on_feeds: &[(usize, BTreeSet<String>)],
    all: &mut [Failure],
) -> BTreeMap<(usize, usize), (FixedBitSet, FixedBitSet)> {
    let mut both: BTreeMap<(usize, usize), FixedBitSet> = BTreeMap::new();
    for (workload, feeds) in on_feeds {
        let feeds: Vec<usize> = feeds.iter().map(|feed| place[feed]).collect();
        match feeds.as_slice() {
            [only] => all[*only].direct.insert(*workload),
            [first, second] => both
                .entry((*first.min(second), *first.max(second)))
                .or_insert_with(|| FixedBitSet::with_capacity(model.workloads.len()))
                .insert(*workload),
            _ => {}
        }
    }
    let closed = both.into_iter().map(|(feeds, direct)| {
        let mut closed = direct.clone();
        model.dependencies.close(&mut closed);
        (feeds, (direct, closed))
    });
    closed.collect()
}

fn links(model: &Model, drafts: &mut Drafts) {
    for (place, line) in model.lines.iter().enumerate() {
        let first = line.entries[0];
        let name = || format!("{} ({})", first.name, first.full());
        let of_link = draft(drafts, FailureKind::Link, first.full(), name);
        of_link.lines.push(place);
        of_link.sources.extend(line.sources());
        for link in &line.entries {
            for route in link.routes.iter().filter(|route| !route.trim().is_empty()) {
                let of_route = draft(drafts, FailureKind::Route, one_spelling(route), || route.trim().to_owned());
                of_route.lines.push(place);
                of_route.sources.insert(link.source());
            }
            for supplier in link.supplier.iter().filter(|supplier| !supplier.trim().is_empty()) {
                let of_supplier =
                    draft(drafts, FailureKind::Supplier, one_spelling(supplier), || supplier.trim().to_owned());
                of_supplier.lines.push(place);
                of_supplier.sources.insert(link.source());
            }
        }
    }
}

fn suppliers_and_services(model: &Model, drafts: &mut Drafts) {
    // By reference, so that the first spelling of a name does not hang on the order in which room is given.
    let mut by_reference: Vec<usize> = (0..model.workloads.len()).collect();
    by_reference.sort_by_key(|place| model.workloads[*place].entry.full());
    for place in by_reference {
        let entry = model.workloads[place].entry;
        let named = [
            (FailureKind::Supplier, &entry.entry.suppliers),
            (FailureKind::SharedService, &entry.entry.shared_services),
        ];
        for (kind, names) in named {
            for name in names.iter().filter(|name| !name.trim().is_empty()) {
                let draft = draft(drafts, kind, one_spelling(name), || name.trim().to_owned());
                draft.workloads.push(place);
                draft.sources.insert(entry.source());
            }
        }
    }
}

//! What stands in each rack and what is let in it: part-racks, and several authorities in one.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Source;
use penshaw_register::{Hardware, HostingAgreement, Rack};

use super::estate::{Estate, in_force, units_let};
use super::findings::{error, warning};
use super::input::Owned;
use super::outcome::{Finding, RackPlace, RackUse};

/// Everything in one rack.
#[derive(Default)]
struct Contents<'a> {
    hardware: Vec<&'a Owned<Hardware>>,
    agreements: Vec<&'a Owned<HostingAgreement>>,
}

/// Every rack in which something stands or is let, and what is wrong with it.
pub(super) fn racks(estate: &Estate, findings: &mut Vec<Finding>) -> Vec<RackUse> {
    let mut contents: BTreeMap<&str, Contents> = BTreeMap::new();
    for hardware in estate.hardware.values() {
        if let Some(rack) = hardware.entry.rack.as_deref() {
            contents.entry(rack).or_default().hardware.push(hardware);
        }
    }
    for agreement in estate.agreements.iter().filter(|agreement| in_force(agreement, estate.on)) {
        if let Some(rack) = agreement.entry.rack.as_deref() {
            contents.entry(rack).or_default().agreements.push(agreement);
        }
    }
    let mut racks = Vec::new();
    for (full, contents) in contents {
        let sources = contents.sources();
        let Some(rack) = estate.racks.get(full) else {
            let what = format!("Rack {full} is named and no entry for it is shared.");
            findings.push(warning(what, "record the rack, or correct its reference", sources));
            continue;
        };
        let found = rack_use(full, rack, &contents);
        findings.extend(over_full(&found));
        findings.extend(clashes(&found));
        findings.extend(at_another_site(estate, rack, &contents));
        racks.push(found);
    }
    racks
}

impl Contents<'_> {
    fn sources(&self) -> Vec<Source> {
        let agreements = self.agreements.iter().map(|agreement| agreement.source());
        self.hardware.iter().map(|hardware| hardware.source()).chain(agreements).collect()
    }

    /// Units taken or let: a guest's equipment stands in what it is let, and is not counted twice.
    fn taken(&self) -> f64 {
        let mut by_authority: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for hardware in &self.hardware {
            by_authority.entry(&hardware.owner).or_default().0 += hardware.entry.rack_units.unwrap_or(0.0);
        }
        for agreement in &self.agreements {
            by_authority.entry(&agreement.guest).or_default().1 += units_let(agreement).unwrap_or(0.0);
        }
        by_authority.values().map(|(stands, is_let)| stands.max(*is_let)).sum()
    }
}

fn rack_use(full: &str, rack: &Owned<Rack>, contents: &Contents) -> RackUse {
    let stands = contents.hardware.iter().filter_map(|hardware| {
        let lowest = hardware.lowest_unit?;
        // Half a unit takes the whole of it from everybody else.
        let units = (hardware.entry.rack_units.unwrap_or(1.0).ceil() as u64).max(1);
        Some(RackPlace {
            name: hardware.name.clone(),
            authority: hardware.owner.clone(),
            from_unit: lowest,
            to_unit: lowest.saturating_add(units - 1),
            let_to: false,
            source: hardware.source(),
        })
    });
    let lets = contents.agreements.iter().filter_map(|agreement| {
        units_let(agreement)?;
        Some(RackPlace {
            name: agreement.name.clone(),
            authority: agreement.guest.clone(),
            from_unit: agreement.from_unit?,
            to_unit: agreement.to_unit?,
            let_to: true,
            source: agreement.source(),
        })
    });
    let mut blocks: Vec<RackPlace> = stands.chain(lets).collect();
    blocks.sort_by_key(|block| (block.from_unit, block.to_unit, block.let_to, block.source.to_string()));
    let guests = contents.agreements.iter().map(|agreement| agreement.guest.as_str());
    let authorities: BTreeSet<&str> =
        contents.hardware.iter().map(|hardware| hardware.owner.as_str()).chain(guests).collect();
    let mut sources = vec![rack.source()];
    sources.extend(contents.sources());
    RackUse {
        rack: full.to_owned(),
        name: rack.name.clone(),
        site: rack.site.clone(),
        units: rack.entry.rack_units,
        taken: contents.taken(),
        power_kw: rack.power_kw,
        drawn_kw: contents.hardware.iter().filter_map(|hardware| hardware.power_kw).sum(),
        authorities: authorities.into_iter().map(str::to_owned).collect(),
        blocks,
        sources,
    }
}

fn over_full(rack: &RackUse) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(units) = rack.units.filter(|units| rack.taken > units + 1e-9) {
        let what = format!("Rack {} holds {units} units, and {} are taken or let.", rack.label(), rack.taken);
        findings.push(error(what, "move equipment, or let less", rack.sources.clone()));
    }
    if let Some(power) = rack.power_kw.filter(|power| rack.drawn_kw > power + 1e-9) {
        let what =
            format!("Rack {} can draw {power} kW, and its hardware draws {:.1} kW.", rack.label(), rack.drawn_kw);
        findings.push(error(what, "move equipment, or raise the rack's supply", rack.sources.clone()));
    }
    let top = rack.units.map_or(u64::MAX, |units| units as u64);
    for block in rack.blocks.iter().filter(|block| block.to_unit > top || block.from_unit == 0) {
        let what = format!(
            "{} is placed at units {} to {} of rack {}, which has units 1 to {top}.",
            block.name,
            block.from_unit,
            block.to_unit,
            rack.label()
        );
        findings.push(error(what, "correct the lowest unit or the size", vec![block.source.clone()]));
    }
    findings
}

/// Two things in the same units. A guest's own equipment in what it is let is no clash.
fn clashes(rack: &RackUse) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, block) in rack.blocks.iter().enumerate() {
        // Blocks are sorted by their lowest unit: those that begin above this one's top cannot meet it.
        let meets = rack.blocks[place + 1..].iter().take_while(|other| other.from_unit <= block.to_unit);
        for other in meets.filter(|other| !(block.let_to != other.let_to && block.authority == other.authority)) {
            let (from, to) = (other.from_unit, block.to_unit.min(other.to_unit));
            let units = if from == to { format!("unit {from}") } else { format!("units {from} to {to}") };
            let what = format!(
                "{} of {} and {} of {} both take {units} of rack {}.",
                block.name,
                block.authority,
                other.name,
                other.authority,
                rack.label()
            );
            let sources = vec![block.source.clone(), other.source.clone()];
            findings.push(error(what, "look at the rack, and correct the entry that is wrong", sources));
        }
    }
    findings
}

fn at_another_site(estate: &Estate, rack: &Owned<Rack>, contents: &Contents) -> Vec<Finding> {
    let Some(site) = rack.site.as_deref() else { return Vec::new() };
    let hardware = contents.hardware.iter().map(|one| (one.name.as_str(), one.entry.site.as_deref(), one.source()));
    let agreements = contents.agreements.iter().map(|one| (one.name.as_str(), one.entry.site.as_deref(), one.source()));
    let elsewhere = hardware.chain(agreements).filter(|(_, named, _)| named.is_some_and(|named| named != site));
    elsewhere
        .map(|(name, named, source)| {
            let what = format!(
                "{name} names the site {}, and its rack {} stands at {}.",
                named.unwrap_or_default(),
                rack.full(),
                estate.site_name(site)
            );
            warning(what, "correct the site or the rack", vec![source, rack.source()])
        })
        .collect()
}

impl RackUse {
    /// Its name and reference.
    pub(super) fn label(&self) -> String {
        format!("{} ({})", self.name, self.rack)
    }
}

//! Takes what is shared from the joint register and writes every reference out with its owner.

use penshaw_basis::Date;
use penshaw_register::{
    Application, Entry, Hardware, HostingAgreement, JointRegister, Kind, Link, Rack, RecoveryTest, Site, Workload,
};

use super::input::{Input, Owned, with_owner};
use crate::named::{self, Named};
use crate::{Missing, Need};

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let input = Input {
        on,
        partners: named::partners(joint),
        sites: owned::<Site>(joint, |_, _| ()),
        racks: owned(joint, rack),
        hardware: owned(joint, hardware),
        workloads: owned(joint, workload),
        tests: owned::<RecoveryTest>(joint, |owner, test| test.workload = with_owner(owner, &test.workload)),
        links: links(joint),
        agreements: owned(joint, agreement),
        applications: applications(joint),
    };
    let sheets = [(input.sites.is_empty(), Kind::Site), (input.workloads.is_empty(), Kind::Workload)];
    let needs: Vec<Need> = sheets.into_iter().filter(|(none, _)| *none).map(|(_, kind)| needed(kind)).collect();
    if needs.is_empty() { Ok(input) } else { Err(Missing { needs }) }
}

fn needed(kind: Kind) -> Need {
    let what = match kind {
        Kind::Site => "the sites that hold equipment",
        _ => "what runs at the sites",
    };
    Need {
        what: what.into(),
        of: "each authority".into(),
        hint: format!("add to the sheet {}, and share the entries", kind.sheet()),
    }
}

fn owned<E: Entry>(joint: &JointRegister, resolve: impl Fn(&str, &mut E)) -> Vec<Owned<E>> {
    let held = joint.all::<E>().into_iter().map(|held| Owned { owner: held.owner, entry: held.entry });
    let resolved = held.map(|mut owned| {
        resolve(&owned.owner, &mut owned.entry);
        owned
    });
    resolved.collect()
}

fn resolve(owner: &str, reference: &mut Option<String>) {
    *reference = reference.take().filter(|words| !words.trim().is_empty()).map(|words| with_owner(owner, &words));
}

fn rack(owner: &str, rack: &mut Rack) {
    resolve(owner, &mut rack.site);
}

fn hardware(owner: &str, hardware: &mut Hardware) {
    resolve(owner, &mut hardware.site);
    resolve(owner, &mut hardware.rack);
}

fn workload(owner: &str, workload: &mut Workload) {
    for reference in
        [&mut workload.site, &mut workload.recovery_site, &mut workload.hardware, &mut workload.application]
    {
        resolve(owner, reference);
    }
    workload.depends_on = workload.depends_on.iter().map(|other| with_owner(owner, other)).collect();
}

fn agreement(_: &str, agreement: &mut HostingAgreement) {
    let host = agreement.host.clone();
    resolve(&host, &mut agreement.site);
    resolve(&host, &mut agreement.rack);
}

/// The links that are there: what could be bought carries nothing yet.
fn links(joint: &JointRegister) -> Vec<Owned<Link>> {
    let mut links = owned::<Link>(joint, |owner, link| {
        resolve(owner, &mut link.from_site);
        resolve(owner, &mut link.to_site);
    });
    links.retain(|link| link.standing.as_deref().unwrap_or("in place") == "in place");
    links
}

/// The names of the applications that workloads belong to.
fn applications(joint: &JointRegister) -> Vec<Named> {
    let held = joint.all::<Application>().into_iter();
    held.map(|held| Named::new(format!("{}/{}", held.owner, held.reference), &held.name)).collect()
}

//! What guests would need at hosts' sites, beside the hosting agreements that stand.

use penshaw_basis::{Date, Source};
use penshaw_register::{HostingAgreement, JointRegister};

use super::estate::Estate;
use super::loads::{Placed, loads};
use super::outcome::AgreementNeed;

/// What each guest would need at each other authority's site; nothing for public clouds, which are bought.
pub(super) fn needs(
    estate: &Estate,
    placed: &[(&str, Placed)],
    agreements: &[HostingAgreement],
    on: Date,
    replica_factor: f64,
) -> Vec<AgreementNeed> {
    let mut guests: Vec<&str> = placed.iter().map(|(owner, _)| *owner).collect();
    guests.sort_unstable();
    guests.dedup();
    let mut needs = Vec::new();
    for guest in guests {
        let own: Vec<Placed> = placed.iter().filter(|(owner, _)| *owner == guest).map(|(_, placed)| *placed).collect();
        for (site, load) in loads(estate, &own, replica_factor, &[]).iter().enumerate() {
            let hosted = &estate.sites[site];
            let [power_kw, rack_units, storage_tb] = [0, 1, 2].map(|measure| load.measures[measure].worst().0);
            if hosted.owner == guest || hosted.public_cloud || power_kw + rack_units + storage_tb <= 0.0 {
                continue;
            }
            let mut need = AgreementNeed {
                guest: guest.to_owned(),
                host: hosted.owner.clone(),
                site: hosted.code.clone(),
                power_kw,
                rack_units,
                storage_tb,
                wanting: Vec::new(),
                sources: Vec::new(),
            };
            compare(&mut need, agreements, on);
            needs.push(need);
        }
    }
    needs
}

/// Sets what is needed beside what the agreements of the day let.
fn compare(need: &mut AgreementNeed, agreements: &[HostingAgreement], on: Date) {
    let site = need.site.split_once('/').map_or(need.site.as_str(), |(_, reference)| reference);
    let covers = |agreement: &&HostingAgreement| {
        let here = agreement.site.as_deref().is_none_or(|named| named == site || named == need.site);
        here && agreement.guest == need.guest
            && agreement.host == need.host
            && matches!(agreement.standing.as_str(), "agreed" | "in force")
            && agreement.ends.is_none_or(|ends| ends >= on)
    };
    let standing: Vec<&HostingAgreement> = agreements.iter().filter(covers).collect();
    need.sources = standing.iter().map(|agreement| JointRegister::own_source(&agreement.reference)).collect();
    if standing.is_empty() {
        need.wanting = vec!["no hosting agreement stands".to_owned()];
        return;
    }
    let units = |agreement: &HostingAgreement| {
        let (from, to) = (agreement.from_unit?, agreement.to_unit?);
        Some((to + 1).saturating_sub(from) as f64)
    };
    let wanted: [(&str, &str, f64, Option<f64>); 3] = [
        ("power", "kW", need.power_kw, total(&standing, |agreement| agreement.power_kw)),
        ("rack units", "U", need.rack_units, total(&standing, units)),
        ("storage", "TB", need.storage_tb, total(&standing, |agreement| agreement.storage_tb)),
    ];
    need.wanting = wanted.into_iter().filter_map(wanting).collect();
}

/// What the agreements let together; nothing where one of them does not say.
fn total(standing: &[&HostingAgreement], let_to: impl Fn(&HostingAgreement) -> Option<f64>) -> Option<f64> {
    standing.iter().map(|agreement| let_to(agreement)).sum()
}

fn wanting((what, unit, needed, agreed): (&str, &str, f64, Option<f64>)) -> Option<String> {
    match agreed {
        None => Some(format!("the agreement does not say how much {what} it lets")),
        Some(agreed) if needed > agreed + 1e-9 => Some(format!("{needed:.1} {unit} of {what} needed, {agreed:.1} let")),
        Some(_) => None,
    }
}

/// The sources of what a workload would need agreed at a site, with what is wanting.
pub(super) fn of<'a>(needs: &'a [AgreementNeed], guest: &str, site: &str) -> Option<&'a AgreementNeed> {
    needs.iter().find(|need| need.guest == guest && need.site == site)
}

/// The entries of an agreement, as far as they stand.
pub(super) fn sources(need: Option<&AgreementNeed>) -> Vec<Source> {
    need.map(|need| need.sources.clone()).unwrap_or_default()
}

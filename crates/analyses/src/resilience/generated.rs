//! Estates of any size, made by rule: for measuring how long an answer takes.

use penshaw_basis::Date;
use serde_json::{Value, json};

use super::input::{Input, Owned};
use crate::named::Named;

/// How large an estate is made.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Authorities.
    pub authorities: usize,
    /// Sites in all; each authority has as many as the next, or one more.
    pub sites: usize,
    /// Links in all.
    pub links: usize,
    /// Workloads in all.
    pub workloads: usize,
}

impl Size {
    /// The largest estate that an answer is meant for.
    pub const LARGE: Size = Size { authorities: 6, sites: 20, links: 200, workloads: 5_000 };
}

/// An estate of a size: the same estate every time.
///
/// Each site has two rooms, two power feeds and eight machines, of which one in four hangs on a single feed.
/// Every fifth workload depends on another, and there are forty suppliers, twelve shared services and thirty routes.
pub fn generated(size: Size) -> Input {
    let codes: Vec<String> = (0..size.authorities).map(|place| format!("P{place:02}")).collect();
    let owner = |place: usize| codes[place % codes.len()].clone();
    let site = |place: usize| format!("{}/S{place}", owner(place));
    let mut draw = Draw(1);
    Input {
        on: Date::constant(2026, 4, 1),
        partners: codes.iter().map(|code| Named::new(code, format!("Authority {code}"))).collect(),
        sites: (0..size.sites).map(|place| entry(&owner(place), a_site(place))).collect(),
        racks: Vec::new(),
        hardware: (0..size.sites * 8).map(|place| entry(&owner(place % size.sites), machine(place, size))).collect(),
        workloads: (0..size.workloads)
            .map(|place| entry(&owner(place % size.sites), workload(place, size, &site, &owner, &mut draw)))
            .collect(),
        tests: (0..size.workloads)
            .filter(|place| place % 3 != 0)
            .map(|place| entry(&owner(place % size.sites), test(place, &owner(place % size.sites))))
            .collect(),
        links: (0..size.links).map(|place| entry(&owner(place), link(place, size, &site, &mut draw))).collect(),
        agreements: Vec::new(),
        applications: Vec::new(),
    }
}

fn entry<E: serde::de::DeserializeOwned>(owner: &str, fields: Value) -> Owned<E> {
    let entry = serde_json::from_value(fields).expect("a generated entry has the fields of its kind");
    Owned { owner: owner.to_owned(), entry }
}

fn a_site(place: usize) -> Value {
    json!({
        "reference": format!("S{place}"), "name": format!("Site {place}"), "power_kw": 400.0, "rack_units": 2_000.0,
        "storage_tb": 2_500.0, "tier": "II", "latitude": 54.0 + 0.05 * place as f64, "longitude": -1.5,
    })
}

fn machine(place: usize, size: Size) -> Value {
    let site = place % size.sites;
    let feeds = if place.is_multiple_of(4) { json!(["A"]) } else { json!(["A", "B"]) };
    json!({
        "reference": format!("H{place}"), "name": format!("Host {place}"), "site": format!("P{:02}/S{site}", site % size.authorities),
        "room": format!("Hall {}", 1 + place / size.sites % 2), "rack_units": 10.0, "power_kw": 5.0, "feeds": feeds,
    })
}

fn workload(
    place: usize,
    size: Size,
    site: &impl Fn(usize) -> String,
    owner: &impl Fn(usize) -> String,
    draw: &mut Draw,
) -> Value {
    let home = place % size.sites;
    let machine = home + size.sites * (place / size.sites % 8);
    let recovery = (home + 1 + draw.below(size.sites - 1)) % size.sites;
    let hours = [4.0, 24.0, 72.0][place % 3];
    let other = draw.below(size.workloads);
    let depends_on = if place.is_multiple_of(5) && other != place {
        json!([format!("{}/W{other}", owner(other % size.sites))])
    } else {
        json!([])
    };
    json!({
        "reference": format!("W{place}"), "name": format!("Workload {place}"), "site": site(home),
        "hardware": format!("{}/H{machine}", owner(home)), "recovery_site": site(recovery),
        "recovery_time_hours": hours, "recovery_point_hours": 4.0, "backup_interval_hours": 4.0,
        "power_kw": 0.1, "rack_units": 0.5, "storage_tb": 0.5, "users": 10 + place % 90, "depends_on": depends_on,
        "suppliers": [format!("Supplier {}", draw.below(40))],
        "shared_services": [format!("Service {}", draw.below(12))],
    })
}

fn test(place: usize, owner: &str) -> Value {
    json!({
        "reference": format!("T{place}"), "workload": format!("{owner}/W{place}"), "tested_on": "2025-11-03",
        "result": "passed", "copy_started": !place.is_multiple_of(7), "recovery_time_hours": 6.0, "recovery_point_hours": 4.0,
    })
}

/// The first links make a ring; the others join any two sites.
fn link(place: usize, size: Size, site: &impl Fn(usize) -> String, draw: &mut Draw) -> Value {
    let from = place % size.sites;
    let step = if place < size.sites { 1 } else { 1 + draw.below(size.sites - 1) };
    json!({
        "reference": format!("N{place}"), "name": format!("Link {place}"), "from_site": site(from),
        "to_site": site((from + step) % size.sites), "supplier": format!("Supplier {}", draw.below(40)),
        "routes": [format!("Route {}", draw.below(30))],
    })
}

/// Numbers that look drawn and are the same every time (Lehmer's generator of 1951, modulus 2³¹ − 1).
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 % most.max(1) as u64) as usize
    }
}

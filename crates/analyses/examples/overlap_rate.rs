//! Prints how long it takes to say where the same thing is run twice: `overlap_rate [AUTHORITIES] [APPLICATIONS OF EACH]`.

use std::time::Instant;

use penshaw_analyses::overlap::{Input, Overlap};
use penshaw_analyses::{Analysis, Named};
use penshaw_basis::{Basis, Date};
use serde_json::{Value, json};

const ON: Date = Date::constant(2026, 4, 1);
const SYLLABLES: [&str; 12] = ["ba", "co", "di", "fu", "ga", "he", "li", "mo", "nu", "pra", "ri", "so"];
/// What an application is for, and its number in the list of functions.
const KINDS: [(&str, &str); 6] = [
    ("Planning", "101"),
    ("Payroll", "119"),
    ("Libraries", "76"),
    ("Parking permits", "110"),
    ("Adult care", "148"),
    ("School admissions", "137"),
];

/// A number below `most` that looks random and is always the same.
fn below(of: usize, most: usize) -> usize {
    (of as u64 ^ 0x5DEE_CE66).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23) as usize % most
}

fn application(owner: usize, place: usize, products: usize) -> Value {
    let seed = (owner << 20 | place) * 8;
    let product = below(seed, products);
    let brand: String = (0..3).map(|part| SYLLABLES[below(product * 3 + part + 1, SYLLABLES.len())]).collect();
    let (kind, function) = KINDS[product % KINDS.len()];
    let name = match below(seed + 1, 4) {
        0 => brand,
        1 => format!("{brand} {kind}"),
        2 => format!("{kind} ({brand})"),
        _ => format!("{brand} {}.{}", below(seed + 2, 12), below(seed + 3, 9)),
    };
    let supplier = ["", " Ltd", " LIMITED"][below(seed + 4, 3)];
    json!({ "owner": format!("X{owner}"), "entry": {
        "reference": format!("A{place}"),
        "name": name,
        "supplier": format!("Maker {}{supplier}", product % 97),
        "users": below(seed + 5, 3_000),
        "annual_cost": below(seed + 6, 50_000_000),
        "function": (below(seed + 7, 4) > 0).then_some(function),
    } })
}

fn main() {
    let number = |place: usize, usual: usize| {
        std::env::args().nth(place).map_or(usual, |text| text.parse().expect("a whole number"))
    };
    let (authorities, each) = (number(1, 2), number(2, 2_000));
    let owners = 0..authorities;
    let partners: Vec<Named> =
        owners.clone().map(|owner| Named::new(format!("X{owner}"), format!("Council {owner}"))).collect();
    let made: Vec<Value> =
        owners.flat_map(|owner| (0..each).map(move |place| application(owner, place, each * 3 / 2))).collect();
    let input = json!({ "on": ON, "partners": partners, "applications": made });
    let input: Input = serde_json::from_value(input).expect("an input");
    let began = Instant::now();
    let outcome = Overlap::analyse(&input, &Basis::standard());
    let analysed = began.elapsed().as_secs_f64();
    let blocks = Overlap::present(&outcome).len();
    println!(
        "{}",
        json!({
            "authorities": authorities, "applications": authorities * each, "groups": outcome.groups.len(),
            "savings": outcome.savings.len(), "blocks": blocks, "seconds": analysed,
            "shown_after": began.elapsed().as_secs_f64(),
        })
    );
}

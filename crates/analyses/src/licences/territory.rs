//! Whether an authority lies within the territory of a licence.

use super::Partner;
use super::products::words;

/// What a territory says of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Yes,
    No,
    /// It names a place of which it is not known whether the authority lies there.
    Unknown,
}

/// Whether a partner may use a licence by its territory: codes of authorities, their names, or places.
pub(super) fn within(territory: &[String], partner: &Partner, partners: &[Partner], wide: &[String]) -> Within {
    let mut found = if territory.is_empty() { Within::Yes } else { Within::No };
    for place in territory {
        let place = words(place).join(" ");
        let names = |partner: &Partner| {
            place == partner.code.to_lowercase() || !place.is_empty() && holds(&words(&partner.name).join(" "), &place)
        };
        if wide.contains(&place) || names(partner) {
            return Within::Yes;
        }
        if !partners.iter().any(names) {
            found = Within::Unknown;
        }
    }
    found
}

/// Whether a name holds a place's words, whole and in their order.
fn holds(name: &str, place: &str) -> bool {
    format!(" {name} ").contains(&format!(" {place} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_territory_names_codes_authorities_or_wide_places() {
        let partner = |code: &str, name: &str| Partner { code: code.into(), name: name.into(), population: None };
        let partners = [partner("SCC", "Sunderland City Council"), partner("DCC", "Durham County Council")];
        let within = |territory: &[&str]| {
            let territory: Vec<String> = territory.iter().map(|place| (*place).to_owned()).collect();
            within(&territory, &partners[1], &partners, &["england".to_owned()])
        };
        assert_eq!(within(&[]), Within::Yes);
        assert_eq!(within(&["scc"]), Within::No);
        assert_eq!(within(&["SCC", "DCC"]), Within::Yes);
        assert_eq!(within(&["Durham"]), Within::Yes);
        assert_eq!(within(&["England"]), Within::Yes);
        assert_eq!(within(&["Sunderland"]), Within::No);
        assert_eq!(within(&["North East"]), Within::Unknown);
    }
}

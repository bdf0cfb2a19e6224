//! What a measured installation needs of its licence, by the metric's own definition.

use penshaw_register::Installation;
use serde::{Deserialize, Serialize};

/// At least and at most so many; both the same where the measurement settles it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// At least.
    pub least: u64,
    /// At most.
    pub most: u64,
}

impl Span {
    /// Exactly so many.
    pub(super) fn exactly(number: u64) -> Self {
        Span { least: number, most: number }
    }

    /// The sum of both ends.
    pub(super) fn and(self, other: Span) -> Self {
        Span { least: self.least.saturating_add(other.least), most: self.most.saturating_add(other.most) }
    }

    /// Whether the measurement settles it.
    pub fn is_exact(self) -> bool {
        self.least == self.most
    }
}

/// What is needed, and from which measurement it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needed {
    pub(super) span: Span,
    pub(super) counted: String,
}

/// What an installation needs; `least` is the fewest that count for each device.
///
/// `used`, counted by the licence's own metric, settles it. Otherwise:
///
/// | metric | need |
/// |---|---|
/// | named user | users |
/// | concurrent user | most at once; at most the users where only they are known |
/// | device, instance | devices, each at least `least` |
/// | core, processor | `Σ max(cores of a device, least)`: at least `max(cores, devices × least)`; where one device may hold all but one core of each other, at most `cores − (devices − 1) + (devices − 1) × least` |
/// | server and client access | devices (the servers) + users (the clients) |
/// | population | the people who live in the area |
///
/// # Errors
/// What must be measured first.
pub(super) fn needed(
    metric: Option<&str>,
    installation: &Installation,
    least: Option<u64>,
    population: Option<u64>,
) -> Result<Needed, String> {
    let exactly = |number: u64, counted: &str| Ok(Needed { span: Span::exactly(number), counted: counted.to_owned() });
    if let Some(used) = installation.used {
        return exactly(used, "used, by the licence's metric");
    }
    let lacking = |what: &str| Err(format!("enter {what}, or Used by the licence's metric"));
    let Installation { users, devices, most_at_once, processors, cores, .. } = installation;
    match metric.unwrap_or_default() {
        "named user" => users.map_or_else(|| lacking("Users"), |users| exactly(users, "users")),
        "concurrent user" => match (most_at_once, users) {
            (Some(most), _) => exactly(*most, "most at once"),
            (None, Some(users)) => {
                let span = Span { least: u64::from(*users > 0), most: *users };
                Ok(Needed { span, counted: "at most the users; the most at once is not measured".into() })
            }
            _ => lacking("Most at once"),
        },
        "device" | "instance" => match devices {
            Some(devices) => exactly(
                devices.saturating_mul(least.unwrap_or(1).max(1)),
                if least > Some(1) { "devices × least counted" } else { "devices" },
            ),
            None => lacking("Devices"),
        },
        "core" => each_device("cores", *cores, *devices, least),
        "processor" => each_device("processors", *processors, *devices, least),
        "server and client access" => match (devices, users) {
            (Some(servers), Some(clients)) => {
                exactly(servers.saturating_add(*clients), "devices (servers) and users (clients)")
            }
            (None, Some(_)) => lacking("Devices, the servers"),
            _ => lacking("Devices, the servers, and Users, the clients"),
        },
        "population" => match population {
            Some(people) => exactly(people, "people who live in the area"),
            None => Err("enter the population of the authority, or Used by the licence's metric".into()),
        },
        "site" => lacking("how many sites use it: it is no count of an inventory"),
        "consumption" => lacking("what was consumed, as the supplier's statement says"),
        "module" => lacking("how many modules are used"),
        _ => Err("enter the metric of its licence, or Used by the licence's metric".into()),
    }
}

fn each_device(what: &str, all: Option<u64>, devices: Option<u64>, least: Option<u64>) -> Result<Needed, String> {
    let least = least.unwrap_or(1).max(1);
    let capital = crate::named::capitalised(what);
    match (all, devices) {
        (Some(all), _) if least == 1 => Ok(Needed { span: Span::exactly(all), counted: what.to_owned() }),
        (Some(all), Some(devices)) => {
            let floor = devices.saturating_mul(least);
            let others = devices.saturating_sub(1);
            let span = Span {
                least: all.max(floor),
                most: all.max(floor).max(all.saturating_sub(others).saturating_add(others.saturating_mul(least))),
            };
            let counted = format!(
                "{what}, at least {least} for each of {devices} devices; which device has how many is not recorded"
            );
            Ok(Needed { span, counted })
        }
        (Some(_), None) => Err(format!("enter Devices: at least {least} {what} count for each")),
        (None, Some(devices)) if least > 1 => {
            Err(format!("enter {capital}: the {devices} devices need at least {}", devices.saturating_mul(least)))
        }
        _ => Err(format!("enter {capital}, or Used by the licence's metric")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn installation() -> Installation {
        serde_json::from_value(serde_json::json!({ "reference": "I1", "product": "Database" })).unwrap()
    }

    #[test]
    fn each_metric_counts_what_it_says() {
        let all = Installation {
            users: Some(120),
            devices: Some(4),
            most_at_once: Some(35),
            processors: Some(8),
            cores: Some(40),
            ..installation()
        };
        let span = |metric: &str, least| {
            needed(Some(metric), &all, least, Some(300_000)).map(|need| (need.span.least, need.span.most))
        };
        assert_eq!(span("named user", None), Ok((120, 120)));
        assert_eq!(span("concurrent user", None), Ok((35, 35)));
        assert_eq!(span("device", None), Ok((4, 4)));
        assert_eq!(span("processor", None), Ok((8, 8)));
        assert_eq!(span("processor", Some(2)), Ok((8, 11)));
        assert_eq!(span("core", None), Ok((40, 40)));
        assert_eq!(span("core", Some(16)), Ok((64, 85)));
        assert_eq!(span("server and client access", None), Ok((124, 124)));
        assert_eq!(span("population", None), Ok((300_000, 300_000)));
        assert!(span("site", None).is_err() && span("consumption", None).is_err());
        let used = Installation { used: Some(7), ..all };
        assert_eq!(needed(Some("site"), &used, None, None).unwrap().span, Span::exactly(7));
    }

    #[test]
    fn what_is_not_measured_is_asked_for() {
        let told = |metric: &str| needed(Some(metric), &installation(), Some(16), None).unwrap_err();
        assert_eq!(told("named user"), "enter Users, or Used by the licence's metric");
        assert_eq!(told("core"), "enter Cores, or Used by the licence's metric");
        let servers = Installation { devices: Some(3), ..installation() };
        assert_eq!(
            needed(Some("core"), &servers, Some(16), None).unwrap_err(),
            "enter Cores: the 3 devices need at least 48"
        );
    }

    proptest! {
        #[test]
        fn the_true_need_of_cores_lies_within_the_span(cores in prop::collection::vec(1_u64..40, 1..8), least in 1_u64..20) {
            let truth: u64 = cores.iter().map(|cores| (*cores).max(least)).sum();
            let measured = Installation { cores: Some(cores.iter().sum()), devices: Some(cores.len() as u64), ..installation() };
            let span = needed(Some("core"), &measured, Some(least), None).unwrap().span;
            prop_assert!(span.least <= truth && truth <= span.most, "{truth} is not within {span:?}");
        }
    }
}

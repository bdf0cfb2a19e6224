//! Which column of an inventory holds what, by the headings that inventory tools write.

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// The device, by its name or number.
    Device,
    /// The product.
    Product,
    /// Its version.
    Version,
    /// The authority whose device it is.
    Authority,
    /// Who publishes the product.
    Publisher,
    /// Who uses it.
    User,
    /// How many cores the device has.
    Cores,
    /// When it was last used.
    LastUsed,
}

impl Holds {
    /// All of them.
    pub const ALL: [Holds; 8] = [
        Holds::Device,
        Holds::Product,
        Holds::Version,
        Holds::Authority,
        Holds::Publisher,
        Holds::User,
        Holds::Cores,
        Holds::LastUsed,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        self.headings()[0]
    }

    /// The headings under which it is found, the likeliest first.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Holds::Device => &[
                "device",
                "device id",
                "device name",
                "computer",
                "computer name",
                "hostname",
                "host name",
                "machine",
                "machine name",
                "netbios name0",
                "asset",
                "asset tag",
                "serial number",
                "resourceid",
            ],
            Holds::Product => &[
                "product",
                "product name",
                "software",
                "software name",
                "application",
                "application name",
                "app name",
                "displayname0",
                "display name",
                "title",
            ],
            Holds::Version => &[
                "version",
                "product version",
                "software version",
                "application version",
                "display version",
                "version0",
            ],
            Holds::Authority => &["authority", "owner", "council", "organisation", "organization", "authority code"],
            Holds::Publisher => &["publisher", "publisher0", "vendor", "manufacturer", "supplier"],
            Holds::User => &[
                "user",
                "users",
                "user name",
                "username",
                "primary user",
                "last user",
                "last logon user",
                "assigned to",
            ],
            Holds::Cores => &["cores", "core count", "number of cores", "cpu cores", "physical cores"],
            Holds::LastUsed => &["last used", "last used date", "last usage", "last run", "last launched"],
        }
    }
}

/// The column of each thing, in the order of [`Holds::ALL`]; none where no heading names it.
pub(super) fn columns(headings: &[String]) -> [Option<usize>; 8] {
    let plain: Vec<String> = headings.iter().map(|heading| crate::read::columns::plain(heading)).collect();
    Holds::ALL.map(|holds| {
        let mut known = holds.headings().iter();
        known.find_map(|known| plain.iter().position(|heading| heading == known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_however_they_are_written() {
        let headings = ["Computer_Name", "SOFTWARE NAME", "Vendor", "Device"].map(str::to_owned);
        let [device, product, version, authority, publisher, ..] = columns(&headings);
        assert_eq!((device, product, version, authority, publisher), (Some(3), Some(1), None, None, Some(2)));
    }
}

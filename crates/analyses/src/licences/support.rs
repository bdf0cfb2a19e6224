//! When the support of what is used ends: the owner's own day, or the published one of the release it is found to be.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Source};

use super::Input;
use super::findings::{Findings, Wanting};
use super::outcome::{SupportEnd, SupportState};
use super::parameters::{Parameters, SupportedProduct};
use super::products::{Plain, Suppliers, version_parts, words};
use crate::months::months_span;

/// A release and its days.
#[derive(Clone, Debug, PartialEq)]
struct Release {
    name: String,
    parts: Vec<String>,
    ends: Ends,
    extended: Option<Date>,
}

/// When support ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ends {
    /// On an unknown day that has passed.
    Past,
    On(Date),
    Open,
}

impl Release {
    /// Reads `release end extended`.
    fn of(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let (name, ends, extended) = (parts.next()?, parts.next()?, parts.next()?);
        let ends = match ends {
            "ended" => Ends::Past,
            "none" => Ends::Open,
            day => Ends::On(day.parse().ok()?),
        };
        Some(Release { name: name.to_owned(), parts: version_parts(name), ends, extended: extended.parse().ok() })
    }
}

/// Products whose releases are known, by the words of their names.
pub(super) struct Known<'a> {
    products: BTreeMap<Vec<String>, &'a SupportedProduct>,
    parameters: &'a Parameters,
}

/// What was found of an entry.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    /// Its releases are not known.
    Nothing,
    /// They are, but not which of them it is.
    NoVersion,
    /// The release.
    Release { title: String, ends: Ends, extended: Option<Date> },
}

impl<'a> Known<'a> {
    pub(super) fn of(parameters: &'a Parameters) -> Self {
        let products = &parameters.support.products;
        let names = |product: &'a SupportedProduct| product.names.iter().chain([&product.title]);
        let named = products.iter().flat_map(|product| names(product).map(move |name| (words(name), product)));
        Known { products: named.collect(), parameters }
    }

    /// Every application and installation of which an end of support is recorded or known, the earliest first.
    pub(super) fn ends(&self, input: &Input, suppliers: &Suppliers<'_>, findings: &mut Findings) -> Vec<SupportEnd> {
        let applications = input.applications.iter().map(|one| Entry {
            authority: &one.owner,
            name: &one.entry.name,
            version: one.entry.version.as_deref(),
            recorded: one.entry.support_ends,
            source: one.source(),
        });
        let installations = input.installations.iter().map(|one| Entry {
            authority: &one.owner,
            name: &one.entry.product,
            version: one.entry.version.as_deref(),
            recorded: None,
            source: one.source(),
        });
        let all = applications.chain(installations);
        let mut ends: Vec<SupportEnd> =
            all.filter_map(|entry| self.end(&entry, input.on, suppliers, findings)).collect();
        ends.sort_by(|one, other| {
            let key = |end: &SupportEnd| (end.state, end.ends, end.authority.clone(), end.name.clone());
            key(one).cmp(&key(other))
        });
        ends
    }

    fn end(
        &self,
        entry: &Entry<'_>,
        on: Date,
        suppliers: &Suppliers<'_>,
        findings: &mut Findings,
    ) -> Option<SupportEnd> {
        let plain = suppliers.product(entry.name);
        let all = words(entry.name);
        let found = self.found(&plain, &all, entry.version);
        if found == Found::NoVersion && entry.recorded.is_none() {
            findings.note(Wanting::NoVersion, entry.authority, entry.name, entry.source.clone());
        }
        let (release, published, extended) = match found {
            Found::Release { title, ends, extended } => (Some(title), Some(ends), extended),
            _ => (None, None, None),
        };
        if let (Some(recorded), Some(Ends::On(day))) = (entry.recorded, published)
            && recorded != day
            && extended != Some(recorded)
        {
            let which = format!("{} ({recorded}, published {day})", entry.name);
            findings.note(Wanting::SupportDiffers, entry.authority, &which, entry.source.clone());
        }
        let ends = entry.recorded.map(Ends::On).or(published)?;
        let mut sources = vec![entry.source.clone()];
        if release.is_some() {
            sources.extend(self.parameters.support_sources.iter().cloned());
        }
        Some(SupportEnd {
            authority: entry.authority.to_owned(),
            name: entry.name.to_owned(),
            version: entry.version.map_or_else(|| plain.version.join(" "), str::to_owned),
            release,
            ends: match ends {
                Ends::On(day) => Some(day),
                _ => None,
            },
            extended,
            recorded: entry.recorded.is_some(),
            state: self.state(ends, on),
            sources,
        })
    }

    fn state(&self, ends: Ends, on: Date) -> SupportState {
        let [soon, later] = self.parameters.ranges.warn_months;
        let within = |day: Date, months: i64| day <= on.saturating_add(months_span(months as f64));
        match ends {
            Ends::Past => SupportState::Ended,
            Ends::Open => SupportState::Open,
            Ends::On(day) if day < on => SupportState::Ended,
            Ends::On(day) if within(day, soon) => SupportState::Soon,
            Ends::On(day) if within(day, later) => SupportState::Later,
            Ends::On(_) => SupportState::Far,
        }
    }

    /// The longest name of a product with which the words begin, followed by words of editions alone.
    fn product(&self, words: &[String]) -> Option<&'a SupportedProduct> {
        let is_edition = |word: &String| self.parameters.words.editions.contains(word);
        let lengths = (1..=words.len()).rev();
        let mut fitting = lengths.filter(|length| words[*length..].iter().all(is_edition));
        fitting.find_map(|length| self.products.get(&words[..length]).copied())
    }

    fn found(&self, plain: &Plain, all: &[String], version: Option<&str>) -> Found {
        // With the supplier's name, as "oracle database", and without it.
        let unversioned: Vec<String> = all.iter().filter(|word| !plain.version.contains(word)).cloned().collect();
        let Some(product) = self.product(&unversioned).or_else(|| self.product(&plain.words)) else {
            return Found::Nothing;
        };
        let version = version.map_or_else(|| plain.version.join(" "), str::to_owned);
        let parts = self.as_published(product, version_parts(&version));
        if parts.is_empty() {
            return Found::NoVersion;
        }
        let releases: Vec<Release> = product.releases.iter().filter_map(|text| Release::of(text)).collect();
        match self.release(&releases, &parts) {
            Some(release) => {
                let title = format!("{} {}", product.title, release.name);
                Found::Release { title, ends: release.ends, extended: release.extended }
            }
            None => Found::Nothing,
        }
    }

    /// A version in the words of the releases: 2012 as 11.0.
    fn as_published(&self, product: &SupportedProduct, parts: Vec<String>) -> Vec<String> {
        let called = product.also_called.iter().map(|(called, published)| (version_parts(called), published));
        let fitting = called.filter(|(called, _)| parts.starts_with(called));
        match fitting.max_by_key(|(called, _)| called.len()) {
            Some((called, published)) => {
                version_parts(published).into_iter().chain(parts[called.len()..].iter().cloned()).collect()
            }
            None => parts,
        }
    }

    /// The longest release with which the version begins; of several releases within the version, the one whose support
    /// ends last, special channels left out unless the version names them.
    fn release<'r>(&self, releases: &'r [Release], parts: &[String]) -> Option<&'r Release> {
        let special = |release: &Release| {
            let channels = &self.parameters.words.special_channels;
            release.parts.iter().any(|part| channels.contains(part) && !parts.contains(part))
        };
        let longest = releases.iter().filter(|release| parts.starts_with(&release.parts));
        let longest = longest.max_by_key(|release| release.parts.len());
        let within = releases.iter().filter(|release| release.parts.starts_with(parts) && !special(release));
        let latest = within.max_by_key(|release| release.ends);
        match (longest, latest) {
            (Some(longest), Some(latest)) if longest.parts.len() >= parts.len() => Some(latest),
            (longest, latest) => longest.or(latest),
        }
    }
}

/// An application or installation.
struct Entry<'a> {
    authority: &'a str,
    name: &'a str,
    version: Option<&'a str>,
    recorded: Option<Date>,
    source: Source,
}

#[cfg(test)]
mod tests {
    use penshaw_basis::Basis;

    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Ends {
        Ends::On(Date::constant(year, month, day))
    }

    fn found(name: &str, version: Option<&str>) -> Option<(String, Ends)> {
        let parameters = Parameters::in_force(&Basis::standard(), Date::constant(2026, 9, 1));
        assert_eq!(parameters.problems, Vec::<String>::new());
        let suppliers = Suppliers::of(&parameters.words, &[], ["Microsoft Corporation", "Oracle"].into_iter());
        match Known::of(&parameters).found(&suppliers.product(name), &words(name), version) {
            Found::Release { title, ends, .. } => Some((title, ends)),
            _ => None,
        }
    }

    #[test]
    fn a_name_and_a_version_find_their_release() {
        for (name, version, release, ends) in [
            (
                "Microsoft Windows Server 2012 R2 Datacenter",
                None,
                "Microsoft Windows Server 2012-r2",
                day(2023, 10, 10),
            ),
            ("Windows Server", Some("2019"), "Microsoft Windows Server 2019", day(2029, 1, 9)),
            ("SQL Server 2012", None, "Microsoft SQL Server 11.0-sp4", day(2022, 7, 12)),
            ("Microsoft SQL Server Enterprise", Some("2008 R2 SP3"), "Microsoft SQL Server 10.50-sp3", day(2019, 7, 9)),
            ("Windows 10", None, "Microsoft Windows 10-22h2", day(2025, 10, 14)),
            ("Office", Some("2016"), "Microsoft Office 2016", day(2025, 10, 14)),
            ("Oracle Database", Some("12.1.0.2"), "Oracle Database 12.1", day(2018, 7, 31)),
            ("Red Hat Enterprise Linux Server", Some("7.9"), "Red Hat Enterprise Linux 7", day(2024, 6, 30)),
            ("PostgreSQL", Some("9.6.24"), "PostgreSQL 9.6", day(2021, 11, 11)),
        ] {
            assert_eq!(found(name, version), Some((release.to_owned(), ends)), "{name} {version:?}");
        }
    }

    #[test]
    fn another_product_of_a_like_name_is_not_mistaken_for_it() {
        for (name, version) in [
            ("Office Manager", Some("2010")),
            ("Python Tools for Boys", Some("3")),
            ("Office", None),
            ("Office", Some("1850")),
        ] {
            assert_eq!(found(name, version), None, "{name}");
        }
    }

    #[test]
    fn every_release_of_the_parameter_is_read() {
        let parameters = Parameters::in_force(&Basis::standard(), Date::constant(2014, 6, 18));
        let all = parameters.support.products.iter().flat_map(|product| &product.releases);
        let unread: Vec<&String> = all.clone().filter(|text| Release::of(text).is_none()).collect();
        assert_eq!(unread, Vec::<&String>::new());
        assert!(all.count() > 1_500);
    }
}

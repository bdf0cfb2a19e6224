//! The rules by which an authority decides: the law, its own constitution, and the common reading where that is silent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use penshaw_basis::{
    Basis, CannotCount, Cited, ClearDays, Date, DayCount, ParameterError, Source, Time, WorkingCalendar,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::constitution::{CallInRules, Constitution, KeyThresholds};

/// Where constitutions are, below `parameters/`.
const CONSTITUTIONS: &str = "constitutions/";
const CLEAR_DAYS: &str = "decisions/clear_days";
const PART_VA: &str = "decisions/part_va";
const WARDS: &str = "decisions/key_decision_wards";
/// The parameters that hold the law and the common readings.
const LAW: [&str; 5] = [CLEAR_DAYS, PART_VA, WARDS, "decisions/call_in", "bank_holidays/england_and_wales"];

/// How many clear days there must be, and which are counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Notice {
    #[serde(flatten)]
    pub(super) clear: ClearDays,
    /// The reading that nobody could fault, where the law is unsettled.
    #[serde(default)]
    pub(super) cautious_count: Option<DayCount>,
    /// The regulation.
    pub rule: String,
}

impl Notice {
    /// How many clear days.
    pub fn days(&self) -> u32 {
        self.clear.days
    }
}

/// What the law asks of notices (SI 2012/2089).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Notices {
    /// After this time of day a publication counts as the next day's.
    pub publication_cut_off: Time,
    /// Of a key decision: regulation 9.
    pub key_decision_notice: Notice,
    /// Of a private meeting, the first: regulation 5(2).
    pub private_meeting_first_notice: Notice,
    /// Of a private meeting, the second: regulation 5(4).
    pub private_meeting_second_notice: Notice,
    /// Agenda and reports: regulations 6 and 7.
    pub papers: Notice,
    /// The general exception: regulation 10.
    pub general_exception: Notice,
}

/// What the law asks of a joint committee of which not all members are of an executive (Local Government Act 1972,
/// Part VA).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartVa {
    /// Agenda and reports: section 100B(3) and (4).
    pub papers: Notice,
    /// Minutes, agenda and reports after the meeting: section 100C.
    pub minutes: KeptOpen,
    /// Background papers after the meeting: section 100D.
    pub background_papers: KeptOpen,
    /// Public notice of the time and place of the meeting, in as many clear days as papers.
    pub meeting_notice_rule: String,
    /// The resolution that excludes the public.
    pub exclusion_rule: String,
    /// What the chair of the meeting may hold to be urgent, for reasons in the minutes.
    pub urgency_rule: String,
}

/// For how long papers are open to inspection after a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptOpen {
    /// So many years, beginning with the day of the meeting.
    pub years: u8,
    /// The section.
    pub rule: String,
}

/// Whose rules they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The common readings, since no constitution is recorded.
    Illustrative,
    /// An authority's own constitution, with the common readings where it is silent.
    Constitution(String),
}

impl Whose {
    /// In words, as `penshaw clock --json` prints it.
    pub fn words(&self) -> String {
        match self {
            Whose::Illustrative => "illustrative".into(),
            Whose::Constitution(name) => format!("constitution of {name}"),
        }
    }
}

/// The rules of one authority that are in force from one day on.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Whose they are.
    pub whose: Whose,
    /// The days on which it works.
    pub calendar: WorkingCalendar,
    /// What the law asks of notices, with the constitution's own count of days.
    pub notices: Notices,
    /// What it asks of a joint committee of which not all members are of an executive.
    pub part_va: PartVa,
    /// How decisions are called in.
    pub call_in: CallInRules,
    /// Whether the call-in is the constitution's own, not the common reading.
    pub call_in_is_its_own: bool,
    /// The first day of the regulations that ask for notices.
    pub notices_in_force: Date,
    /// The first day from which Part VA is recorded.
    pub part_va_in_force: Date,
    /// What makes a decision a key one, where the constitution is recorded.
    pub key: Option<KeyThresholds>,
    /// Effects in so many wards make it one: the constitution's own number, else that of the regulations.
    pub wards: u64,
    /// What they rest on.
    pub sources: Vec<Source>,
}

/// Why the rules cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoRules {
    /// A parameter cannot be read.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// Two files hold the constitution of one authority.
    #[error(
        "the constitution of {authority} is recorded twice, in parameters/{first}.toml and parameters/{second}.toml: \
         keep one"
    )]
    Twice {
        /// The authority.
        authority: String,
        /// One parameter.
        first: String,
        /// The other.
        second: String,
    },
    /// No constitution of that name is recorded.
    #[error(
        "no constitution of \"{name}\" is recorded, and none is guessed: add it as parameters/constitutions/NAME.toml, \
         or leave the authority out for the common readings. Recorded are {}",
        .recorded.join(", ")
    )]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names that are there.
        recorded: Vec<String>,
    },
}

/// The rules of every authority, on every day: read once, and asked often.
#[derive(Clone, Debug)]
pub struct RuleBook {
    /// By the authority's name in small letters, its parameter.
    names: BTreeMap<String, String>,
    /// The rules by parameter (the common readings under the empty name), from the day on which they begin.
    periods: BTreeMap<String, Periods>,
}

impl RuleBook {
    /// Reads every constitution that is recorded.
    ///
    /// # Errors
    /// [`NoRules`], if a constitution cannot be read as one or is recorded twice.
    pub fn read(basis: &Basis) -> Result<RuleBook, NoRules> {
        let mut book = RuleBook { names: BTreeMap::new(), periods: BTreeMap::new() };
        book.periods.insert(String::new(), common_periods(basis));
        let recorded: Vec<&str> = basis.names().filter(|name| name.starts_with(CONSTITUTIONS)).collect();
        for parameter in recorded {
            for name in names_of(basis, parameter)? {
                if let Some(first) = book.names.insert(name.to_lowercase(), parameter.to_owned())
                    && first != parameter
                {
                    return Err(NoRules::Twice { authority: name, first, second: parameter.to_owned() });
                }
            }
            let periods = book.own_periods(basis, parameter)?;
            book.periods.insert(parameter.to_owned(), periods);
        }
        Ok(book)
    }

    /// The rules of an authority on a day: its constitution's where that is recorded, else the common readings.
    ///
    /// # Errors
    /// [`NoRules::Parameter`], if the rules were not in force yet on that day.
    pub fn of(&self, authority: &str, on: Date) -> Result<Arc<Rules>, NoRules> {
        let own = self.names.get(&authority.to_lowercase()).and_then(|parameter| self.on(parameter, on));
        own.or_else(|| self.on("", on)).expect("the common readings have a first day")
    }

    /// The common readings on a day.
    ///
    /// # Errors
    /// [`NoRules::Parameter`], if they were not in force yet on that day.
    pub fn common(&self, on: Date) -> Result<Arc<Rules>, NoRules> {
        self.on("", on).expect("the common readings have a first day")
    }

    /// The rules of the one authority that a person means by a name: all of it, or the first words of it.
    ///
    /// # Errors
    /// [`NoRules::Unknown`], if there is none, or the name fits several.
    pub fn meant(&self, name: &str, on: Date) -> Result<Arc<Rules>, NoRules> {
        let wanted = name.trim().to_lowercase();
        let unknown = || NoRules::Unknown { name: name.to_owned(), recorded: self.recorded() };
        let fits = |known: &&String, parameter: &String| {
            **known == wanted || parameter.strip_prefix(CONSTITUTIONS) == Some(wanted.replace(' ', "_").as_str())
        };
        let mut found: Vec<&String> =
            self.names.iter().filter(|(known, parameter)| fits(known, parameter)).map(|(_, one)| one).collect();
        if found.is_empty() && !wanted.is_empty() {
            found = self.names.iter().filter(|(known, _)| known.contains(&wanted)).map(|(_, one)| one).collect();
        }
        found.dedup();
        match found.as_slice() {
            [parameter] => self.on(parameter, on).ok_or_else(unknown)?,
            _ => Err(unknown()),
        }
    }

    /// The names of the authorities whose constitutions are recorded, as they are read.
    pub fn recorded(&self) -> Vec<String> {
        let names = self.periods.values().filter_map(|periods| {
            let rules = periods.last()?.1.as_ref().ok()?;
            if let Whose::Constitution(name) = &rules.whose { Some(name.clone()) } else { None }
        });
        names.collect()
    }

    fn on(&self, parameter: &str, on: Date) -> Option<Result<Arc<Rules>, NoRules>> {
        let periods = self.periods.get(parameter)?;
        let begun = periods.partition_point(|(from, _)| *from <= on);
        match begun {
            0 if parameter.is_empty() => periods.first().map(|(_, rules)| rules.clone()),
            0 => None,
            begun => Some(periods[begun - 1].1.clone()),
        }
    }
}

/// The names that a constitution gives its authority, over time.
fn names_of(basis: &Basis, parameter: &str) -> Result<Vec<String>, NoRules> {
    let values = &basis.parameter(parameter)?.values;
    let names = values.iter().map(|value| Ok(basis.value::<Constitution>(parameter, value.from)?.value.authority));
    let mut names = names.collect::<Result<Vec<String>, NoRules>>()?;
    names.dedup();
    Ok(names)
}

/// A parameter's value on a day, or its first one where the day is earlier; and its first day.
fn from_its_first_day<T: DeserializeOwned>(
    basis: &Basis,
    name: &str,
    on: Date,
) -> Result<(Cited<T>, Date), ParameterError> {
    let first = basis.parameter(name)?.values.first().map_or(on, |first| first.from);
    Ok((basis.value::<T>(name, on.max(first))?, first))
}

/// The rules of one authority, each from the day on which it begins.
type Periods = Vec<(Date, Result<Arc<Rules>, NoRules>)>;

/// The days on which a value of any of these parameters begins.
fn beginnings<'a>(basis: &'a Basis, names: impl IntoIterator<Item = &'a str>) -> BTreeSet<Date> {
    let parameters = names.into_iter().filter_map(|name| basis.parameter(name).ok());
    parameters.flat_map(|one| one.values.iter().map(|value| value.from)).collect()
}

/// The common readings, from each day on which any of them changes.
fn common_periods(basis: &Basis) -> Periods {
    beginnings(basis, LAW).into_iter().map(|day| (day, Rules::common(basis, day).map(Arc::new))).collect()
}

impl RuleBook {
    /// The rules under a constitution, from its own first day on.
    fn own_periods(&self, basis: &Basis, parameter: &str) -> Result<Periods, NoRules> {
        let first = basis.parameter(parameter)?.values.first().map(|value| value.from);
        let days = beginnings(basis, LAW.into_iter().chain([parameter]));
        let begun = days.into_iter().filter(|day| first.is_some_and(|first| *day >= first));
        Ok(begun.map(|day| (day, self.own(basis, parameter, day).map(Arc::new))).collect())
    }

    fn own(&self, basis: &Basis, parameter: &str, on: Date) -> Result<Rules, NoRules> {
        let mut rules = (*self.common(on)?).clone();
        let own = basis.value::<Constitution>(parameter, on)?;
        rules.sources.extend(own.sources);
        rules.take(own.value);
        Ok(rules)
    }
}

impl Rules {
    fn common(basis: &Basis, on: Date) -> Result<Rules, NoRules> {
        let calendar = WorkingCalendar::england_and_wales(basis, on)?;
        // Before the regulations of 2012 there was no such notice; call-in is older.
        let (notices, notices_in_force) = from_its_first_day::<Notices>(basis, CLEAR_DAYS, on)?;
        let (part_va, part_va_in_force) = from_its_first_day::<PartVa>(basis, PART_VA, on)?;
        let (wards, _) = from_its_first_day::<u64>(basis, WARDS, on)?;
        let call_in = basis.value::<CallInRules>("decisions/call_in", on)?;
        Ok(Rules {
            whose: Whose::Illustrative,
            calendar: calendar.value,
            notices: notices.value,
            part_va: part_va.value,
            call_in: call_in.value,
            call_in_is_its_own: false,
            notices_in_force,
            part_va_in_force,
            key: None,
            wards: wards.value,
            sources: [calendar.sources, notices.sources, part_va.sources, wards.sources, call_in.sources].concat(),
        })
    }

    /// Puts what a constitution says in the place of the common readings.
    fn take(&mut self, own: Constitution) {
        self.whose = Whose::Constitution(own.authority);
        if let Some(wards) = own.key_decision.as_ref().and_then(|key| key.wards) {
            self.wards = wards;
        }
        self.key = own.key_decision;
        if let Some(call_in) = own.call_in {
            (self.call_in, self.call_in_is_its_own) = (call_in, true);
        }
        let notices = own.notices.unwrap_or_default();
        if let Some(cut_off) = notices.publication_cut_off {
            self.notices.publication_cut_off = cut_off;
        }
        if let Some(count) = notices.count {
            self.notices.key_decision_notice.clear.count = count;
            self.notices.private_meeting_first_notice.clear.count = count;
        }
        let calendar = own.calendar.unwrap_or_default();
        self.calendar.closures.extend(calendar.closures);
        self.calendar.saturday_counts = calendar.saturday_counts;
    }

    /// The day that a publication counts for: the next one where it came after the cut-off.
    ///
    /// # Errors
    /// [`CannotCount`], at the end of the years that dates can name.
    pub fn counted_from(&self, published: Date, at: Option<Time>) -> Result<Date, CannotCount> {
        match at.is_some_and(|at| at > self.notices.publication_cut_off) {
            true => published.tomorrow().map_err(|_| CannotCount::NoSuchDay { day: published }),
            false => Ok(published),
        }
    }
}

//! Directions under section 24: which authority they bind, what needs consent, and whether it is given.

use jiff::Span;
use penshaw_basis::{Date, Source};
use penshaw_register::{Consent, Direction, JointRegister};

use super::Input;
use super::given::Given;
use super::outcome::Vesting;
use super::terms::{Standing, days_of, of_days};

/// The directions with all that is counted under them.
pub(super) struct Directions<'a> {
    on: Date,
    given: &'a Given,
    standing: &'a [Standing<'a>],
    directions: &'a [Direction],
    consents: &'a [Consent],
}

/// What a direction says of something that would be done.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// Nothing: it needs no consent.
    Free,
    /// It needs consent; `given` says whether it has it, `refused` whether that was refused.
    Needs(Asked),
}

/// A consent that is needed.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// What is payable, with all that is counted with it, in pence.
    pub(super) counted: f64,
    pub(super) standing: String,
    pub(super) ask_by: Date,
    pub(super) consent_of: String,
    pub(super) law: String,
    pub(super) sources: Vec<Source>,
}

impl Asked {
    pub(super) fn is_given(&self) -> bool {
        self.standing == "given"
    }

    pub(super) fn is_refused(&self) -> bool {
        self.standing == "refused"
    }
}

/// Something that would be done with a contract.
pub(super) struct Doing {
    /// The last day to which it would run.
    pub(super) until: Date,
    /// What would be payable for it, in pence.
    pub(super) payable: f64,
    /// The day by which it must be entered into.
    pub(super) by: Date,
}

impl<'a> Directions<'a> {
    pub(super) fn of(input: &'a Input, given: &'a Given, standing: &'a [Standing<'a>]) -> Self {
        Directions { on: input.on, given, standing, directions: &input.directions, consents: &input.consents }
    }

    /// Whether any direction stands on the day or later.
    pub(super) fn any(&self) -> bool {
        self.directions.iter().any(|direction| self.stands(direction))
    }

    fn stands(&self, direction: &Direction) -> bool {
        direction.until.is_none_or(|until| until >= self.on)
    }

    /// The directions that bind an authority, and are or will be in force.
    fn binding<'b>(&'b self, authority: &'b str) -> impl Iterator<Item = &'a Direction> + 'b {
        let bound = move |direction: &&Direction| direction.authorities.iter().any(|bound| bound == authority);
        self.directions.iter().filter(|direction| self.stands(direction)).filter(bound)
    }

    /// The first day of what comes after an authority, where a direction ends with it.
    pub(super) fn vesting(&self, authority: &str) -> Option<Vesting> {
        let first =
            self.binding(authority).filter_map(|direction| Some((direction.until?, direction))).min_by_key(|one| one.0);
        let (until, direction) = first?;
        Some(Vesting {
            authority: authority.to_owned(),
            day: until.tomorrow().ok()?,
            source: JointRegister::own_source(&direction.reference),
        })
    }

    /// Whether a last day lies so near to an authority's vesting day that no contract of it should end then.
    pub(super) fn near_vesting(&self, authority: &str, day: Date) -> bool {
        let clear = Span::new().months(i64::from(self.given.planning.clear_of_vesting_months));
        let near =
            |vesting: Vesting| (vesting.day.saturating_sub(clear)..=vesting.day.saturating_add(clear)).contains(&day);
        self.vesting(authority).is_some_and(near)
    }

    /// The first last day after an authority's vesting day that is far enough from it.
    pub(super) fn clear_after(&self, authority: &str) -> Option<Date> {
        let clear = Span::new().months(i64::from(self.given.planning.clear_of_vesting_months));
        Some(self.vesting(authority)?.day.saturating_add(clear).saturating_add(Span::new().days(1)))
    }

    /// What the directions that bind a contract's owner say of something that would be done with it.
    ///
    /// What other contracts with the same supplier, or for the same function, come to is counted with it
    /// (section 27), the contract itself among them.
    pub(super) fn say(&self, of: &Standing<'_>, doing: &Doing) -> Said {
        let binding = self.binding(of.owner).filter(|direction| direction.from.is_none_or(|from| from <= doing.by));
        let needs = binding.filter_map(|direction| self.needs(of, doing, direction));
        // Where two directions bind, the one that is hardest to meet decides.
        match needs.min_by_key(|asked| (asked.is_given(), !asked.is_refused())) {
            Some(asked) => Said::Needs(asked),
            None => Said::Free,
        }
    }

    fn needs(&self, of: &Standing<'_>, doing: &Doing, direction: &Direction) -> Option<Asked> {
        let limits = &self.given.section_24;
        let capital = of.contract.capital == Some(true);
        let (limit, law) = match capital {
            true => (limits.capital, &limits.capital_law),
            false => (limits.other, &limits.other_law),
        };
        let beyond = direction.until.is_none_or(|until| doing.until > until);
        let counted = doing.payable + self.counted_with(of);
        if counted <= limit * 100.0 || !(beyond || capital) {
            return None;
        }
        let consent = self.consents.iter().find(|consent| {
            consent.direction == direction.reference
                && consent.authority == of.owner
                && consent.contract == of.contract.reference
        });
        let mut sources = vec![JointRegister::own_source(&direction.reference), of.source.clone()];
        sources.extend(consent.map(|consent| JointRegister::own_source(&consent.reference)));
        Some(Asked {
            counted,
            standing: standing(consent, doing),
            ask_by: doing.by.saturating_sub(Span::new().days(i64::from(self.given.planning.consent_days))).max(self.on),
            consent_of: direction.consent_of.clone().unwrap_or_default(),
            law: law.clone(),
            sources,
        })
    }

    fn counted_with(&self, of: &Standing<'_>) -> f64 {
        let from = self.given.section_24.counted_from.unwrap_or(Date::MIN);
        let alike = |other: &&Standing<'_>| {
            other.owner == of.owner
                && other.contract.starts.is_none_or(|starts| starts >= from)
                && (other.contract.reference == of.contract.reference
                    || (!of.supplier.is_empty() && other.supplier == of.supplier)
                    || other.functions.iter().any(|function| of.functions.contains(function)))
        };
        self.standing.iter().filter(alike).map(whole_value).sum()
    }
}

/// What a contract is worth as a whole, in pence.
fn whole_value(of: &Standing<'_>) -> f64 {
    let recorded = of.contract.value.map(|value| value.pence() as f64);
    let from_days = || Some(of_days(of.yearly?, days_of(of.contract)?.max(0)));
    recorded.or_else(from_days).unwrap_or(0.0)
}

fn standing(consent: Option<&Consent>, doing: &Doing) -> String {
    let Some(consent) = consent else { return "not asked for".into() };
    let reaches = consent.until.is_none_or(|until| until >= doing.until)
        && consent.most.is_none_or(|most| most.pence() as f64 >= doing.payable);
    match consent.standing.as_str() {
        "given" if !reaches => "given for less".into(),
        other => other.to_owned(),
    }
}

//! What the law lets each vehicle decide for itself, from the parameters in force on the day.

use penshaw_basis::{Basis, Cited, Date, ParameterError, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The parameters that the answer rests on, and what could not be read of them.
#[derive(Debug, Default)]
pub(super) struct Law {
    pub(super) vehicles: Given<Vec<Vehicle>>,
    /// Fewer authorities than this, and the members of a joint committee sit in their executives.
    pub(super) executive_below: Given<Option<usize>>,
    pub(super) quorum: Given<Option<LeastQuorum>>,
    pub(super) reserved: Given<Vec<Matter>>,
    pub(super) leaving: Given<Vec<Point>>,
    /// The chance that any two partners take the same side.
    pub(super) agreement: Given<Option<f64>>,
    pub(super) problems: Vec<String>,
}

/// A parameter's value with the parameter as its source.
#[derive(Debug, Default)]
pub(super) struct Given<T> {
    pub(super) value: T,
    pub(super) sources: Vec<Source>,
}

/// A vehicle and its freedom.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Vehicle {
    pub(super) vehicle: String,
    /// Whether councillors sit in it, so that the law of committees holds.
    pub(super) councillors: bool,
    pub(super) may_weigh_votes: bool,
    pub(super) may_set_majority: bool,
    pub(super) legal_person: bool,
    casting_vote: String,
    /// Reserved matters of the first list that cannot arise, by id.
    pub(super) cannot_arise: Vec<String>,
    pub(super) says: String,
    pub(super) law_of_votes: Vec<Reference>,
    pub(super) law_of_person: Vec<Reference>,
    /// The law by which only the lead authority's own members vote in its committee.
    #[serde(default)]
    pub(super) only_own_members_vote: Vec<Reference>,
}

/// A statute, regulation or case.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reference {
    title: String,
    href: String,
}

/// The quorum below which it seldom goes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct LeastQuorum {
    pub(super) least_share: f64,
    pub(super) least_members: u64,
}

/// A matter of the first list of reserved matters.
#[derive(Debug, Deserialize)]
pub(super) struct Matter {
    pub(super) id: String,
    pub(super) matter: String,
    pub(super) kept_by: String,
}

/// A point of the checklist for leaving.
#[derive(Debug, Deserialize)]
pub(super) struct Point {
    pub(super) asks: String,
    /// The scheme's field that answers it.
    #[serde(default)]
    pub(super) field: Option<String>,
}

impl Reference {
    pub(super) fn source(&self) -> Source {
        Source::publication(&self.title, &self.href)
    }
}

impl Vehicle {
    /// Whether the law itself gives the chair a second vote.
    pub(super) fn chair_votes_twice_by_law(&self) -> bool {
        self.casting_vote == "by law"
    }
}

impl Law {
    /// The law in force on a day.
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut law = Law::default();
        law.vehicles = law.read(basis.value("governance/vehicles", on));
        law.executive_below = law.read(basis.value("governance/executive_members", on));
        law.quorum = law.read(basis.value("governance/quorum", on));
        law.reserved = law.read(basis.value("governance/reserved_matters", on));
        law.leaving = law.read(basis.value("governance/leaving", on));
        law.agreement = law.read(basis.value("governance/agreement_of_partners", on));
        law
    }

    fn read<T: Default + DeserializeOwned>(&mut self, value: Result<Cited<T>, ParameterError>) -> Given<T> {
        match value {
            Ok(cited) => Given { value: cited.value, sources: cited.sources },
            Err(error) => {
                self.problems.push(error.to_string());
                Given::default()
            }
        }
    }

    /// What the law says of a vehicle; nothing where the parameter does not know it.
    pub(super) fn of(&self, vehicle: &str) -> Option<&Vehicle> {
        self.vehicles.value.iter().find(|known| known.vehicle == vehicle)
    }
}

//! The applications as they are compared, and those that are set aside with the reason why.

use std::collections::BTreeMap;

use penshaw_basis::{Money, Source};
use penshaw_register::{Application, Contract, MOST_MONEY_PENCE};

use super::Input;
use super::naming::{Name, Naming};
use super::outcome::Finding;
use super::parameters::Parameters;
use super::suppliers::Suppliers;
use crate::Owned;
use crate::named::{Named, counted, name_of, sentence_list};

/// A finding spells out so many entries at most.
const SPELLED_OUT: usize = 5;

/// An application as it is compared.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) input: &'a Owned<Application>,
    /// Its authority, by place among the partners.
    pub(super) authority: usize,
    pub(super) source: Source,
    /// The supplier that is recorded.
    pub(super) supplier: Option<usize>,
    /// Whose product it is: the supplier that its name names, or else the one that is recorded. What several sell is
    /// often recorded with the seller.
    pub(super) maker: Option<usize>,
    pub(super) name: Name,
    /// What it costs a year, where that can be believed.
    pub(super) cost: Option<Money>,
    /// The contract it is bought under, by place.
    pub(super) contract: Option<usize>,
    /// The function it records, where the list has it.
    pub(super) function: Option<u32>,
}

impl Entry<'_> {
    pub(super) fn own(&self) -> &Application {
        &self.input.entry
    }
}

/// All applications that are used, and what is needed to read them.
#[derive(Debug, Default)]
pub(super) struct Entries<'a> {
    pub(super) all: Vec<Entry<'a>>,
    pub(super) partners: Vec<Named>,
    pub(super) contracts: &'a [Owned<Contract>],
    /// Entries by their source.
    pub(super) places: BTreeMap<Source, usize>,
    pub(super) set_aside: usize,
}

/// Money that is added up where it is known.
pub(super) trait AddKnown {
    /// Adds an amount, if there is one; a sum beyond all bounds stays at the bound.
    fn add_known(&mut self, amount: Option<Money>);
}

impl AddKnown for Money {
    fn add_known(&mut self, amount: Option<Money>) {
        *self = Money::from_pence(self.pence().saturating_add(amount.map_or(0, Money::pence)));
    }
}

impl<'a> Entries<'a> {
    pub(super) fn of(
        input: &'a Input,
        parameters: &Parameters,
        suppliers: &Suppliers,
        naming: &mut Naming,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut noted = Noted::default();
        let mut entries = Entries { partners: partners(input), contracts: &input.contracts, ..Entries::default() };
        let authorities: BTreeMap<String, usize> =
            entries.partners.iter().enumerate().map(|(place, partner)| (partner.code.clone(), place)).collect();
        let contracts: BTreeMap<(&str, &str), usize> = input
            .contracts
            .iter()
            .enumerate()
            .map(|(place, own)| ((own.owner.as_str(), own.entry.reference.as_str()), place))
            .collect();
        let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
        let reviewed = reviewed(input);
        for own in &input.applications {
            let entry = &own.entry;
            let source = Source::entry(&own.owner, &entry.reference);
            let supplier = entry.supplier.as_deref().and_then(|name| suppliers.named(name));
            let maker = told_by_name(&entry.name, naming, suppliers).or(supplier);
            let name = naming.name(&entry.name, &suppliers.parties([maker, supplier]));
            if name.0.is_empty() {
                noted.note(Wanting::NoName, &own.owner, source);
                continue;
            }
            if !reviewed.contains(&source) {
                if let Some(first) = seen.get(&(own.owner.as_str(), alike(entry))) {
                    noted.first(&own.owner, first);
                    noted.note(Wanting::Twice, &own.owner, source);
                    continue;
                }
                seen.insert((&own.owner, alike(entry)), &entry.reference);
            }
            let cost = entry.annual_cost.filter(|cost| (0..=MOST_MONEY_PENCE).contains(&cost.pence()));
            if cost != entry.annual_cost {
                noted.note(Wanting::Cost, &own.owner, source.clone());
            }
            let function = entry.function.as_deref().map(|id| parameters.function(id));
            if function == Some(None) {
                noted.note(Wanting::Function, &own.owner, source.clone());
            }
            let contract = entry.contract.as_deref();
            let contract = contract.and_then(|contract| contracts.get(&(own.owner.as_str(), contract)).copied());
            entries.places.entry(source.clone()).or_insert(entries.all.len());
            entries.all.push(Entry {
                authority: authorities[&own.owner],
                input: own,
                source,
                supplier,
                maker,
                name,
                cost,
                contract,
                function: function.flatten(),
            });
        }
        entries.set_aside = input.applications.len() - entries.all.len();
        findings.extend(noted.findings(&entries.partners));
        entries
    }

    /// The place of an authority among the partners; of none, the first.
    pub(super) fn place_of(&self, code: &str) -> usize {
        self.partners.iter().position(|partner| partner.code == code).unwrap_or_default()
    }

    /// What a contract costs a year, where that can be believed.
    pub(super) fn contract_cost(&self, contract: usize) -> Option<Money> {
        let value = self.contracts[contract].entry.annual_value;
        value.filter(|value| (0..=MOST_MONEY_PENCE).contains(&value.pence()))
    }

    /// The contract of an entry.
    pub(super) fn contract(&self, entry: usize) -> Option<&'a Owned<Contract>> {
        self.all[entry].contract.map(|contract| &self.contracts[contract])
    }
}

impl Parameters {
    /// The function of that number, where the list has it.
    pub(super) fn function(&self, id: &str) -> Option<u32> {
        let id: u32 = id.trim().parse().ok()?;
        self.functions.iter().any(|function| function.id == id).then_some(id)
    }
}

/// The partners, and every other owner of an entry.
fn partners(input: &Input) -> Vec<Named> {
    let mut partners = input.partners.clone();
    let mut known: std::collections::BTreeSet<String> = partners.iter().map(|partner| partner.code.clone()).collect();
    let owners = input.applications.iter().map(|own| &own.owner).chain(input.contracts.iter().map(|own| &own.owner));
    for owner in owners {
        if known.insert(owner.clone()) {
            partners.push(Named::new(owner, owner));
        }
    }
    partners
}

/// The entries that a review names: a person told them apart, so that they are never taken for one row.
fn reviewed(input: &Input) -> std::collections::BTreeSet<Source> {
    let named = input.reviews.iter().flat_map(|review| [&review.one, &review.other]);
    named.filter_map(|entry| entry.parse().ok()).collect()
}

/// The supplier whose name stands in the name of a product.
fn told_by_name(name: &str, naming: &Naming, suppliers: &Suppliers) -> Option<usize> {
    let words = naming.folded(name);
    words.iter().filter(|word| !naming.says_what_it_does(word)).find_map(|word| suppliers.of_word(word))
}

/// All that an entry says but its reference: two that are alike are one row recorded twice.
fn alike(entry: &Application) -> String {
    let mut entry = entry.clone();
    entry.reference.clear();
    serde_json::to_string(&entry).expect("an entry is plain data")
}

/// What may be wanting in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanting {
    NoName,
    Twice,
    Cost,
    Function,
}

#[derive(Default)]
struct Noted {
    entries: BTreeMap<(Wanting, String), Vec<Source>>,
    firsts: BTreeMap<String, std::collections::BTreeSet<String>>,
}

impl Noted {
    fn note(&mut self, wanting: Wanting, owner: &str, source: Source) {
        self.entries.entry((wanting, owner.to_owned())).or_default().push(source);
    }

    fn first(&mut self, owner: &str, reference: &str) {
        self.firsts.entry(owner.to_owned()).or_default().insert(reference.to_owned());
    }

    fn findings(self, partners: &[Named]) -> Vec<Finding> {
        let firsts = &self.firsts;
        let told = |((wanting, owner), sources): ((Wanting, String), Vec<Source>)| {
            let whose = name_of(partners, &owner);
            let entries = counted(sources.len(), "application", "applications");
            let listed = spelled_out(&sources);
            let (what, hint) = match wanting {
                Wanting::NoName => (
                    format!("{whose}: {entries} set aside, whose name has no letter or numeral: {listed}."),
                    "enter the name by which officers know it",
                ),
                Wanting::Twice => {
                    let first: Vec<&String> = firsts.get(&owner).into_iter().flatten().take(SPELLED_OUT).collect();
                    (
                        format!(
                            "{whose}: {entries} set aside, alike in every field to {}: {listed}.",
                            sentence_list(&first)
                        ),
                        "delete what was recorded twice; where there are really two, say in the name what tells them apart",
                    )
                }
                Wanting::Cost => (
                    format!("{whose}: the annual cost of {entries} cannot be right, and no figure holds it: {listed}."),
                    "enter what it costs in a year, in pounds and not below nought",
                ),
                Wanting::Function => (
                    format!(
                        "{whose}: {entries} with a function that the list does not have, counted as without one: {listed}."
                    ),
                    "correct the number; `penshaw parameters functions/local_government` lists them",
                ),
            };
            Finding::warning(what, hint, sources)
        };
        self.entries.into_iter().map(told).collect()
    }
}

/// The first few entries, and how many more there are.
pub(super) fn spelled_out(sources: &[Source]) -> String {
    let first: Vec<String> = sources.iter().take(SPELLED_OUT).map(Source::to_string).collect();
    match sources.len() - first.len() {
        0 => sentence_list(&first),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

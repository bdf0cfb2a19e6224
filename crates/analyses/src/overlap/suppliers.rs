//! Suppliers under all their names: spellings, legal forms, changes of name, and numbers with Companies House.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Money, Source};
use penshaw_register::JointRegister;
use petgraph::unionfind::UnionFind;

use super::Input;
use super::entries::{AddKnown, Entries};
use super::naming::{singular, spelled_alike};
use super::outcome::{Finding, PerhapsOneSupplier, SuppliedTo, SupplierGroup};
use super::parameters::Words;
use crate::catalogues::words;
use crate::named::sentence_list;

/// A number of a register is at least so long.
const LEAST_NUMBER: usize = 6;
/// A word that more suppliers have tells none of them.
const FEW_SUPPLIERS: usize = 3;
/// Initials of so many words may be a supplier's short name.
const INITIALS: std::ops::RangeInclusive<usize> = 3..=5;
/// A word alone names a supplier within the name of a product from this length on.
const NAMES_ALONE_FROM: usize = 4;

/// Suppliers, each under all its names.
#[derive(Debug, Default)]
pub(super) struct Suppliers {
    groups: Vec<Group>,
    of_name: BTreeMap<String, usize>,
    /// Suppliers by the one word that is their whole name.
    of_word: BTreeMap<String, usize>,
}

#[derive(Debug, Default)]
struct Group {
    name: String,
    names: BTreeSet<String>,
    words: BTreeSet<String>,
    reasons: BTreeSet<String>,
    numbers: BTreeSet<String>,
    /// The words that tell it, as a record is compared.
    party: Vec<String>,
}

/// Names that are being put together.
struct Joining {
    /// Every name as recorded, by its words without legal forms.
    forms: BTreeMap<String, BTreeSet<String>>,
    places: BTreeMap<String, usize>,
    joined: UnionFind<usize>,
    reasons: Vec<(usize, String)>,
}

impl Joining {
    fn join(&mut self, one: &str, other: &str, reason: String) {
        let (Some(&one), Some(&other)) = (self.places.get(one), self.places.get(other)) else { return };
        if self.joined.union(one, other) {
            self.reasons.push((one, reason));
        }
    }
}

impl Suppliers {
    pub(super) fn of(input: &Input, given: &Words, findings: &mut Vec<Finding>) -> Self {
        let legal: BTreeSet<&str> = given.legal_forms.iter().map(String::as_str).collect();
        let form = |name: &str| form(name, &legal);
        let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for name in recorded(input) {
            let form = form(name);
            if !form.is_empty() {
                forms.entry(form).or_default().insert(name.trim().to_owned());
            }
        }
        let places: BTreeMap<String, usize> = forms.keys().cloned().zip(0..).collect();
        let joined = UnionFind::new(forms.len());
        let mut joining = Joining { forms, places, joined, reasons: Vec::new() };
        let now = changes(input, &form, &mut joining, findings);
        let numbers = numbers(input, &form, &mut joining, findings);
        spellings(&mut joining);
        Suppliers::grouped(joining, &now, &numbers)
    }

    fn grouped(joining: Joining, now: &BTreeSet<String>, numbers: &BTreeMap<usize, BTreeSet<String>>) -> Self {
        let Joining { forms, places, joined, reasons } = joining;
        let mut by_root: BTreeMap<usize, Group> = BTreeMap::new();
        for (form, names) in &forms {
            let place = places[form];
            let group = by_root.entry(joined.find(place)).or_default();
            group.names.extend(names.iter().cloned());
            group.words.extend(form.split(' ').map(str::to_owned));
            group.numbers.extend(numbers.get(&place).into_iter().flatten().cloned());
            let called_now = names.iter().find(|name| now.contains(*name));
            if group.name.is_empty() || called_now.is_some() {
                called_now.or_else(|| names.first()).cloned().unwrap_or_default().clone_into(&mut group.name);
            }
        }
        for (place, reason) in reasons {
            by_root.entry(joined.find(place)).or_default().reasons.insert(reason);
        }
        let mut held: BTreeMap<String, usize> = BTreeMap::new();
        by_root.values().flat_map(|group| &group.words).for_each(|word| *held.entry(word.clone()).or_default() += 1);
        for group in by_root.values_mut() {
            group.party = group.words.iter().filter(|word| held[*word] <= FEW_SUPPLIERS).cloned().collect();
            if group.party.is_empty() {
                group.party = vec![group.words.iter().map(String::as_str).collect::<Vec<_>>().join("_")];
            }
        }
        let groups: Vec<(usize, Group)> = by_root.into_iter().collect();
        let roots: BTreeMap<usize, usize> =
            groups.iter().enumerate().map(|(place, (root, _))| (*root, place)).collect();
        let group_of = |form: &String| roots[&joined.find(places[form])];
        let of_name =
            forms.iter().flat_map(|(form, names)| names.iter().map(move |name| (name.clone(), group_of(form))));
        let alone = forms.keys().filter(|form| !form.contains(' ') && form.chars().count() >= NAMES_ALONE_FROM);
        Suppliers {
            of_name: of_name.collect(),
            of_word: alone.map(|form| (singular(form), group_of(form))).collect(),
            groups: groups.into_iter().map(|(_, group)| group).collect(),
        }
    }

    /// The supplier of that name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.of_name.get(name.trim()).copied()
    }

    /// The supplier whose whole name is that word.
    pub(super) fn of_word(&self, word: &str) -> Option<usize> {
        self.of_word.get(word).copied()
    }

    /// The words that tell a supplier from others.
    pub(super) fn party(&self, supplier: usize) -> &[String] {
        &self.groups[supplier].party
    }

    /// The words that tell these suppliers.
    pub(super) fn parties(&self, suppliers: [Option<usize>; 2]) -> Vec<String> {
        suppliers.into_iter().flatten().flat_map(|supplier| self.party(supplier).iter().cloned()).collect()
    }

    /// What a supplier is called now.
    pub(super) fn name(&self, supplier: usize) -> &str {
        &self.groups[supplier].name
    }

    /// Names that may be of one supplier: one's words stand in the other's, or are its initials.
    pub(super) fn perhaps(&self) -> Vec<PerhapsOneSupplier> {
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut initials: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, group) in self.groups.iter().enumerate() {
            group.words.iter().for_each(|word| having.entry(word).or_default().push(place));
            for name in &group.names {
                let first: String = words(name).iter().filter_map(|word| word.chars().next()).collect();
                if INITIALS.contains(&first.chars().count()) {
                    initials.entry(first).or_default().push(place);
                }
            }
        }
        let mut pairs: BTreeMap<(usize, usize), String> = BTreeMap::new();
        let mut add = |one: usize, other: usize, reason: &str| {
            if one != other {
                pairs.entry((one.min(other), one.max(other))).or_insert_with(|| reason.to_owned());
            }
        };
        for (place, group) in self.groups.iter().enumerate() {
            let rarest = group.words.iter().map(|word| &having[word.as_str()]).min_by_key(|having| having.len());
            for other in rarest.into_iter().filter(|having| having.len() <= FEW_SUPPLIERS).flatten() {
                if group.words.is_subset(&self.groups[*other].words) {
                    add(place, *other, "all words of one name stand in the other");
                }
            }
            let short = group.words.iter().next().filter(|_| group.words.len() == 1);
            for other in short.and_then(|word| initials.get(word)).into_iter().flatten() {
                add(place, *other, "one name is made of the initials of the other");
            }
        }
        let name = |place: usize| self.groups[place].name.clone();
        let perhaps = pairs.into_iter();
        perhaps
            .map(|((one, other), reason)| PerhapsOneSupplier { one: name(one), other: name(other), reason })
            .collect()
    }

    /// Every supplier with what each authority buys from it, the most money first.
    pub(super) fn answered(&self, input: &Input, entries: &Entries<'_>) -> Vec<SupplierGroup> {
        let mut supplied: Vec<BTreeMap<usize, SuppliedTo>> = vec![BTreeMap::new(); self.groups.len()];
        for (place, contract) in input.contracts.iter().enumerate() {
            let Some(supplier) = contract.entry.supplier.as_deref().and_then(|name| self.named(name)) else { continue };
            let to = to(&mut supplied[supplier], entries.place_of(&contract.owner), &contract.owner);
            to.contracts.push(contract.source());
            to.contracts_a_year.add_known(entries.contract_cost(place));
        }
        for entry in &entries.all {
            let Some(supplier) = entry.supplier else { continue };
            let to = to(&mut supplied[supplier], entry.authority, &entry.input.owner);
            to.applications.push(entry.source.clone());
            to.applications_a_year.add_known(entry.cost);
        }
        let groups = self.groups.iter().zip(supplied);
        let mut answered: Vec<SupplierGroup> = groups
            .filter(|(_, authorities)| !authorities.is_empty())
            .map(|(group, authorities)| {
                let authorities: Vec<SuppliedTo> = authorities.into_values().collect();
                SupplierGroup {
                    name: group.name.clone(),
                    names: group.names.iter().cloned().collect(),
                    reasons: group.reasons.iter().cloned().collect(),
                    numbers: group.numbers.iter().cloned().collect(),
                    contracts_a_year: authorities.iter().map(|to| to.contracts_a_year).sum(),
                    applications_a_year: authorities.iter().map(|to| to.applications_a_year).sum(),
                    authorities,
                }
            })
            .collect();
        answered.sort_by_key(|group| {
            (std::cmp::Reverse(group.contracts_a_year.max(group.applications_a_year)), group.name.clone())
        });
        answered
    }
}

fn to<'a>(supplied: &'a mut BTreeMap<usize, SuppliedTo>, place: usize, code: &str) -> &'a mut SuppliedTo {
    supplied.entry(place).or_insert_with(|| SuppliedTo {
        authority: code.to_owned(),
        contracts: Vec::new(),
        contracts_a_year: Money::ZERO,
        applications: Vec::new(),
        applications_a_year: Money::ZERO,
    })
}

/// A name's words without legal forms, unless nothing else is left, as one text.
fn form(name: &str, legal: &BTreeSet<&str>) -> String {
    let all = words(name);
    let own: Vec<&String> = all.iter().filter(|word| !legal.contains(word.as_str())).collect();
    let chosen = if own.is_empty() { all.iter().collect() } else { own };
    chosen.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Every name of a supplier that is recorded.
fn recorded(input: &Input) -> impl Iterator<Item = &str> {
    let applications = input.applications.iter().filter_map(|own| own.entry.supplier.as_deref());
    let contracts = input.contracts.iter().filter_map(|own| own.entry.supplier.as_deref());
    let licences = input.licences.iter().filter_map(|own| own.entry.supplier.as_deref());
    let changed = input.supplier_names.iter().flat_map(|change| [change.name.as_str(), change.now.as_str()]);
    applications.chain(contracts).chain(licences).chain(changed)
}

/// Joins former names to present ones; returns the names that are borne now.
fn changes(
    input: &Input,
    form: &dyn Fn(&str) -> String,
    joining: &mut Joining,
    findings: &mut Vec<Finding>,
) -> BTreeSet<String> {
    let mut now_of: BTreeMap<String, (String, &str)> = BTreeMap::new();
    for change in &input.supplier_names {
        let source = || vec![JointRegister::own_source(&change.reference)];
        let (name, now) = (form(&change.name), form(&change.now));
        if name.is_empty() || now.is_empty() {
            let what = format!("The supplier's name {} has no word.", change.reference);
            findings.push(Finding::warning(what, "write both names, or delete the entry", source()));
            continue;
        }
        match now_of.get(&name) {
            Some((known, _)) if *known != now => {
                let what =
                    format!("{} is recorded as two other suppliers now; all three are taken for one.", change.name);
                findings.push(Finding::warning(what, "keep the name that it bears now", source()));
            }
            _ if name != now && leads_to(&now_of, &now, &name) => {
                let what = format!("{} and {} are each recorded as the other's present name.", change.name, change.now);
                findings.push(Finding::warning(what, "delete the entry that is the wrong way round", source()));
            }
            _ => {}
        }
        joining.join(&name, &now, format!("{} is {} now ({})", change.name, change.now, change.reference));
        now_of.entry(name).or_insert((now, &change.now));
    }
    let last = now_of.values().filter(|(now, _)| !now_of.contains_key(now));
    last.map(|(_, name)| name.trim().to_owned()).collect()
}

fn leads_to(now_of: &BTreeMap<String, (String, &str)>, from: &str, to: &str) -> bool {
    let mut at = from;
    for _ in 0..=now_of.len() {
        match now_of.get(at) {
            Some((next, _)) if next == to => return true,
            Some((next, _)) if next != at => at = next,
            _ => return false,
        }
    }
    false
}

/// Joins names that are recorded with one number; returns the numbers of each name.
fn numbers(
    input: &Input,
    form: &dyn Fn(&str) -> String,
    joining: &mut Joining,
    findings: &mut Vec<Finding>,
) -> BTreeMap<usize, BTreeSet<String>> {
    let mut by_number: BTreeMap<String, Vec<(String, String, Source)>> = BTreeMap::new();
    for contract in &input.contracts {
        let entry = &contract.entry;
        let number = entry.supplier_number.as_deref().and_then(number);
        if let (Some(name), Some(number)) = (entry.supplier.as_deref(), number) {
            let source = Source::entry(&contract.owner, &entry.reference);
            by_number.entry(number).or_default().push((form(name), name.trim().to_owned(), source));
        }
    }
    let mut of_form: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (number, named) in &by_number {
        let (first, first_name, _) = &named[0];
        for (form, name, _) in named {
            if form != first {
                joining.join(first, form, format!("{first_name} and {name} are recorded with the number {number}"));
            }
            if let Some(place) = joining.places.get(form) {
                of_form.entry(*place).or_default().insert(number.clone());
            }
        }
    }
    let forms: Vec<&String> = joining.forms.keys().collect();
    for (place, numbers) in of_form.iter().filter(|(_, numbers)| numbers.len() > 1) {
        let numbers: Vec<&String> = numbers.iter().collect();
        let names = sentence_list(&joining.forms[forms[*place]].iter().collect::<Vec<_>>());
        let with = by_number.values().flatten().filter(|(form, ..)| form == forms[*place]);
        let what = format!("{names} is recorded with the numbers {}.", sentence_list(&numbers));
        let hint = "check with Companies House whether these are two companies, and name them apart";
        findings.push(Finding::warning(what, hint, with.map(|(_, _, source)| source.clone()).collect()));
    }
    of_form
}

/// A number of a register, in capitals and without spaces; none where it is a stopgap such as 00000000.
fn number(written: &str) -> Option<String> {
    let number: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
    let number = number.to_ascii_uppercase();
    let several = number.bytes().any(|letter| Some(letter) != number.bytes().next());
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (number.len() >= LEAST_NUMBER && several && digits >= LEAST_NUMBER - 2).then_some(number)
}

/// Joins names that differ by spaces, or by one slip of the pen in a long word.
fn spellings(joining: &mut Joining) {
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for (form, names) in &joining.forms {
        form.split(' ').for_each(|word| *held.entry(word.to_owned()).or_default() += names.len());
    }
    let spelling = spelled_alike(&held);
    let mut by_spelling: BTreeMap<String, (String, String)> = BTreeMap::new();
    let forms: Vec<(String, String)> =
        joining.forms.iter().map(|(form, names)| (form.clone(), names.first().cloned().unwrap_or_default())).collect();
    for (form, name) in forms {
        let words = form.split(' ').map(|word| spelling.get(word).map_or(word, String::as_str));
        let key: String = words.collect();
        match by_spelling.get(&key) {
            Some((first, first_name)) => {
                joining.join(first, &form, format!("{first_name} and {name} are spelled alike"))
            }
            None => {
                by_spelling.insert(key, (form, name));
            }
        }
    }
}

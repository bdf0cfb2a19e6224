//! Which entries mean the same product: learnt from the register, steadied by a stated table, bound by reviews.

use std::collections::{BTreeMap, HashSet};

use penshaw_basis::Money;
use penshaw_numerics::linkage::{Known, Link, Record, group, link_within};

use super::entries::{Entries, Entry};
use super::functions::Functions;
use super::naming::{Name, NamesAgree, Naming};
use super::one_name::OneName;
use super::outcome::Finding;
use super::parameters::{BySuppliers, SameProduct};
use super::reviews::Reviews;
use super::suppliers::Suppliers;
use crate::catalogues::{Sides, reasons, words};

/// Two entries and how probable it is that they mean the same product.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) probability: f64,
    /// The link that was learnt, by place; none where only the table speaks.
    learnt: Option<usize>,
}

/// Entries put together, and what put them together.
pub(super) struct Products<'a> {
    entries: &'a Entries<'a>,
    suppliers: &'a Suppliers,
    naming: &'a Naming,
    records: Vec<Record>,
    links: Vec<Link>,
    /// Of each link, the entries that it is about.
    linked: Vec<usize>,
    /// Pairs that are as likely as may be put before a person, or likelier, and those that are reviewed.
    pub(super) pairs: Vec<Pair>,
    /// Groups of two or more entries, in rising order.
    pub(super) groups: Vec<Vec<usize>>,
    /// The group of each entry.
    pub(super) group_of: Vec<Option<usize>>,
    /// How probable it is that each entry belongs to its group.
    pub(super) belongs: Vec<f64>,
    /// The likeliest pair of each member within its group.
    pub(super) joined_by: Vec<Option<usize>>,
}

/// How two entries' suppliers agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SuppliersAgree {
    Agree,
    Unknown,
    Differ,
}

impl<'a> Products<'a> {
    pub(super) fn of(
        entries: &'a Entries<'a>,
        suppliers: &'a Suppliers,
        naming: &'a Naming,
        (reviews, given, functions): (&Reviews, &SameProduct, &Functions<'_>),
        findings: &mut Vec<Finding>,
    ) -> Self {
        let leaders = leaders(entries, reviews);
        let compared: Vec<usize> = (0..entries.all.len()).filter(|entry| leaders[*entry] == *entry).collect();
        let mut place_of = vec![0; entries.all.len()];
        compared.iter().enumerate().for_each(|(place, entry)| place_of[*entry] = place);
        let records: Vec<Record> =
            compared.iter().map(|entry| record(&entries.all[*entry], suppliers, naming, functions)).collect();
        let holders: Vec<u32> = compared.iter().map(|entry| entries.all[*entry].authority as u32).collect();
        let mut known = reviews.known();
        known.iter_mut().for_each(|known| (known.one, known.other) = (place_of[known.one], place_of[known.other]));
        let linked = link_within(&records, &holders, &known);
        findings.extend(reviews.contradictions(&linked.contradictions, entries));
        let mut products = Products {
            entries,
            suppliers,
            naming,
            records,
            links: linked.links,
            linked: compared,
            pairs: Vec::new(),
            groups: Vec::new(),
            group_of: vec![None; entries.all.len()],
            belongs: vec![1.0; entries.all.len()],
            joined_by: vec![None; entries.all.len()],
        };
        products.weigh(given, reviews);
        known.extend(products.same_names().into_iter().map(|(one, other)| Known {
            one: place_of[one],
            other: place_of[other],
            same: true,
        }));
        let groups = group(&products.weighed(&place_of), &holders, &known);
        products.take(groups, &leaders);
        products
    }

    /// The pairs with their probabilities: what was learnt and what the table says, by how much there was to learn from.
    fn weigh(&mut self, given: &SameProduct, reviews: &Reviews) {
        let learnt: f64 =
            self.links.iter().map(|link| link.probability).filter(|probability| *probability >= 0.5).sum();
        let weight = learnt / (learnt + given.links_of_equal_weight.max(f64::MIN_POSITIVE));
        let one_name = OneName::of(self.linked.iter().map(|entry| &self.entries.all[*entry]), given);
        let table = Table { given, weight, one_name };
        let mut pairs = Vec::new();
        let mut looked_at: HashSet<(usize, usize)> = HashSet::new();
        for (place, link) in self.links.iter().enumerate() {
            let (one, other) = (self.linked[link.left], self.linked[link.right]);
            let (names, suppliers) = self.agree(one, other);
            if matches!(names, NamesAgree::Same | NamesAgree::SameOfCommonWords) {
                looked_at.insert((one, other));
            }
            let reviewed = reviews.has(one, other);
            let probability = match reviewed {
                true => link.probability,
                false => table.blended(link.probability, names, suppliers, &self.entries.all[one].name),
            };
            if probability >= given.review_from || reviewed {
                pairs.push(Pair { one, other, probability, learnt: Some(place) });
            }
        }
        for (one, other) in self.same_names().into_iter().filter(|pair| !looked_at.contains(pair)) {
            let (names, suppliers) = self.agree(one, other);
            let probability = table.stated(names, suppliers, &self.entries.all[one].name);
            if !reviews.has(one, other) && probability >= given.review_from {
                pairs.push(Pair { one, other, probability, learnt: None });
            }
        }
        pairs.extend(reviewed_besides(reviews, &pairs));
        self.pairs = pairs;
    }

    /// Entries of one name and one known supplier, each with the first of them. They are one product whatever was
    /// learnt, unless a person says otherwise.
    fn same_names(&self) -> Vec<(usize, usize)> {
        let mut firsts: BTreeMap<(&Name, usize), usize> = BTreeMap::new();
        let mut pairs = Vec::new();
        for &entry in &self.linked {
            let own = &self.entries.all[entry];
            let Some(maker) = own.maker else { continue };
            let first = *firsts.entry((&own.name, maker)).or_insert(entry);
            if self.entries.all[first].authority != own.authority {
                pairs.push((first, entry));
            }
        }
        pairs
    }

    fn agree(&self, one: usize, other: usize) -> (NamesAgree, SuppliersAgree) {
        let (one, other) = (&self.entries.all[one], &self.entries.all[other]);
        let suppliers = match (one.maker, other.maker) {
            (Some(one), Some(other)) if one == other => SuppliersAgree::Agree,
            (Some(_), Some(_)) => SuppliersAgree::Differ,
            _ => SuppliersAgree::Unknown,
        };
        (self.naming.agree(&one.name, &other.name), suppliers)
    }

    /// The pairs by the places of the records that were compared.
    fn weighed(&self, place_of: &[usize]) -> Vec<(usize, usize, f64)> {
        self.pairs.iter().map(|pair| (place_of[pair.one], place_of[pair.other], pair.probability)).collect()
    }

    /// Takes groups of compared records, with the entries that are their doubles within one authority.
    fn take(&mut self, groups: Vec<Vec<usize>>, leaders: &[usize]) {
        let mut doubles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (entry, leader) in leaders.iter().enumerate().filter(|(entry, leader)| entry != *leader) {
            doubles.entry(*leader).or_default().push(entry);
        }
        let mut all: Vec<Vec<usize>> = Vec::new();
        let mut grouped: HashSet<usize> = HashSet::new();
        for group in groups {
            let mut members: Vec<usize> = group.iter().map(|place| self.linked[*place]).collect();
            grouped.extend(members.iter().copied());
            let more: Vec<usize> = members.iter().filter_map(|member| doubles.get(member)).flatten().copied().collect();
            members.extend(more);
            members.sort_unstable();
            all.push(members);
        }
        for (leader, doubles) in doubles.into_iter().filter(|(leader, _)| !grouped.contains(leader)) {
            all.push(std::iter::once(leader).chain(doubles).collect());
        }
        all.sort();
        for (place, members) in all.iter().enumerate() {
            members.iter().for_each(|member| self.group_of[*member] = Some(place));
        }
        self.groups = all;
        for (place, pair) in self.pairs.iter().enumerate() {
            if self.group_of[pair.one].is_none() || self.group_of[pair.one] != self.group_of[pair.other] {
                continue;
            }
            for member in [pair.one, pair.other] {
                let best = self.joined_by[member].map_or(-1.0, |best| self.pairs[best].probability);
                if pair.probability > best {
                    self.joined_by[member] = Some(place);
                    self.belongs[member] = pair.probability;
                }
            }
        }
        for (entry, leader) in leaders.iter().enumerate() {
            self.belongs[entry] = self.belongs[*leader];
        }
    }

    /// Why a pair may mean the same product, or may not, what tells most first.
    pub(super) fn reasons(&self, pair: &Pair) -> Vec<String> {
        let (names, suppliers) = self.agree(pair.one, pair.other);
        let (one, other) = (&self.entries.all[pair.one], &self.entries.all[pair.other]);
        let mut told = vec![self.names_in_words(names, one, other)];
        told.push(match suppliers {
            SuppliersAgree::Agree => self.supplier_in_words(one, other),
            SuppliersAgree::Differ => {
                format!("their suppliers differ: {} and {}", self.supplier(one), self.supplier(other))
            }
            SuppliersAgree::Unknown => "the supplier of one of them is not recorded".to_owned(),
        });
        if let (Some(version), Some(others)) = (&one.own().version, &other.own().version)
            && words(version) != words(others)
        {
            told.push(format!("their versions differ: {version} and {others}"));
        }
        let learnt = pair.learnt.map(|place| &self.links[place]);
        told.extend(learnt.into_iter().flat_map(|link| {
            let (left, right) = (&self.entries.all[self.linked[link.left]], &self.entries.all[self.linked[link.right]]);
            let [at_left, at_right] =
                [left, right].map(|entry| format!("at {}", self.entries.partners[entry.authority].name));
            let [left_name, right_name] = [left, right].map(|entry| entry.source.to_string());
            let sides = Sides { left: &left_name, right: &right_name, at_left: &at_left, at_right: &at_right };
            reasons(link, &self.records[link.left], &self.records[link.right], &sides)
                .into_iter()
                .filter(|reason| !reason.starts_with("their suppliers"))
        }));
        told
    }

    fn names_in_words(&self, names: NamesAgree, one: &Entry<'_>, other: &Entry<'_>) -> String {
        let shared = one.name.0.iter().filter(|word| other.name.0.binary_search(word).is_ok());
        let shared: Vec<&str> = shared.take(6).map(|word| self.naming.word(*word)).collect();
        let shared = shared.join(", ");
        match names {
            NamesAgree::Same => "their names are the same".to_owned(),
            NamesAgree::SameOfCommonWords => "their names are the same, and say only what they do".to_owned(),
            NamesAgree::OneWithinTheOther => format!("one name stands within the other ({shared})"),
            NamesAgree::SomeWords => format!("their names share {shared}"),
            NamesAgree::CommonWordsOnly => format!("their names share only words that many products have ({shared})"),
            NamesAgree::NoWord => "their names share no word".to_owned(),
        }
    }

    fn supplier_in_words(&self, one: &Entry<'_>, other: &Entry<'_>) -> String {
        let maker = self.supplier(one);
        match (&one.own().supplier, &other.own().supplier) {
            (Some(name), Some(others)) if one.supplier == other.supplier && name.trim() == others.trim() => {
                format!("their supplier is the same: {name}")
            }
            (Some(name), Some(others)) if one.supplier == other.supplier => {
                format!("their suppliers are one: {name} and {others} are {maker}")
            }
            _ => format!("their names and suppliers say that both are of {maker}"),
        }
    }

    fn supplier(&self, entry: &Entry<'_>) -> &str {
        entry.maker.map_or("not recorded", |supplier| self.suppliers.name(supplier))
    }

    /// The product that an entry means: its group, or the entry itself where it stands alone.
    pub(super) fn product(&self, entry: usize) -> (Option<usize>, usize) {
        match self.group_of[entry] {
            Some(group) => (Some(group), 0),
            None => (None, entry),
        }
    }

    /// The name that most of these entries bear; of several, the first.
    pub(super) fn name_of(&self, members: &[usize]) -> String {
        let mut borne: BTreeMap<&str, usize> = BTreeMap::new();
        let names = || members.iter().map(|member| self.entries.all[*member].own().name.trim());
        names().for_each(|name| *borne.entry(name).or_default() += 1);
        let most = borne.values().max().copied().unwrap_or_default();
        names().find(|name| borne[name] == most).unwrap_or_default().to_owned()
    }
}

/// Of each entry, the first of its authority with the same name and supplier: it alone is compared with other authorities'.
/// An entry that a review names stands for itself.
fn leaders(entries: &Entries<'_>, reviews: &Reviews) -> Vec<usize> {
    let reviewed = reviews.entries();
    let mut firsts: BTreeMap<(usize, &Name, Option<usize>), usize> = BTreeMap::new();
    let mut leaders = Vec::with_capacity(entries.all.len());
    for (place, entry) in entries.all.iter().enumerate() {
        leaders.push(match reviewed.contains(&place) {
            true => place,
            false => *firsts.entry((entry.authority, &entry.name, entry.maker)).or_insert(place),
        });
    }
    leaders
}

fn record(entry: &Entry<'_>, suppliers: &Suppliers, naming: &Naming, functions: &Functions<'_>) -> Record {
    let own = entry.own();
    Record {
        words: naming.folded(&own.name),
        numbers: Vec::new(),
        party: entry.maker.map(|supplier| suppliers.party(supplier).to_vec()).unwrap_or_default(),
        function: entry.function.map(|function| words(functions.label(function))).unwrap_or_default(),
        description: own.modules.iter().flat_map(|module| naming.folded(module)).collect(),
        amount: entry.cost.map(Money::pounds).filter(|cost| *cost > 0.0),
        users: own.users.map(|users| users as f64).filter(|users| *users > 0.0),
    }
}

/// Reviewed pairs that no list of links holds: a person's word is certain.
fn reviewed_besides(reviews: &Reviews, pairs: &[Pair]) -> Vec<Pair> {
    let held: HashSet<(usize, usize)> =
        pairs.iter().map(|pair| (pair.one.min(pair.other), pair.one.max(pair.other))).collect();
    let besides = reviews.pairs().filter(|pair| !held.contains(pair));
    let certain = |one, other| f64::from(reviews.serve_one_function(one, other).is_none());
    besides.map(|(one, other)| Pair { one, other, probability: certain(one, other), learnt: None }).collect()
}

/// What the stated table says, and how much it weighs beside what was learnt.
struct Table<'a> {
    given: &'a SameProduct,
    /// The weight of what was learnt.
    weight: f64,
    one_name: OneName,
}

impl Table<'_> {
    /// How probable it is that two entries are one product, before anything was learnt of the two; `name` is that of one.
    fn stated(&self, names: NamesAgree, suppliers: SuppliersAgree, name: &Name) -> f64 {
        let given = &self.given.names;
        let BySuppliers { agree, unknown, differ } = match names {
            NamesAgree::Same => given.same,
            NamesAgree::SameOfCommonWords => given.same_of_common_words,
            NamesAgree::OneWithinTheOther => given.one_within_the_other,
            NamesAgree::SomeWords => given.some_words,
            NamesAgree::CommonWordsOnly => given.common_words_only,
            NamesAgree::NoWord => given.no_word,
        };
        match (suppliers, names) {
            (SuppliersAgree::Agree, _) => agree,
            (SuppliersAgree::Unknown, _) => unknown,
            (SuppliersAgree::Differ, NamesAgree::Same) => {
                self.one_name.although_suppliers_differ(name).unwrap_or(differ)
            }
            (SuppliersAgree::Differ, _) => differ,
        }
    }

    /// Learnt and stated probability, their odds weighed.
    fn blended(&self, learnt: f64, names: NamesAgree, suppliers: SuppliersAgree, name: &Name) -> f64 {
        let stated = self.stated(names, suppliers, name);
        let most = self.given.most_learnt.clamp(0.5, 1.0 - 1e-9);
        let odds = |probability: f64| libm::log(probability / (1.0 - probability));
        let learnt = odds(learnt.clamp(1.0 - most, most));
        let odds = self.weight * learnt + (1.0 - self.weight) * odds(stated.clamp(1e-9, 1.0 - 1e-9));
        let probability = 1.0 / (1.0 + libm::exp(-odds));
        use NamesAgree::{CommonWordsOnly, NoWord, Same, SameOfCommonWords};
        match (suppliers, names) {
            (SuppliersAgree::Agree, Same | SameOfCommonWords) => probability.max(stated),
            // Of one name, what was learnt of the two knows no more than how suppliers go with that name.
            (SuppliersAgree::Differ, Same) => stated,
            (SuppliersAgree::Differ, SameOfCommonWords | CommonWordsOnly | NoWord) => {
                probability.min(self.given.most_if_common_words_only)
            }
            _ => probability,
        }
    }
}

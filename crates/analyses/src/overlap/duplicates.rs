//! Products that serve one function: those of which one would do, told from those that complement each other.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Source;

use super::entries::Entries;
use super::functions::Functions;
use super::matrix::{Under, products_of};
use super::naming::Naming;
use super::outcome::{Complement, Duplicates, ProductOfFunction, SharedFunction};
use super::parameters::SameFunction;
use super::products::Products;
use super::reviews::Reviews;
use crate::named::sentence_list;

/// Odds, as a logarithm, beyond which a person's word is as good as certain.
const A_PERSON_SAYS: f64 = 5.0;
/// So many complements of one function are told at most: the products that most authorities have.
const MOST_COMPLEMENTS: usize = 20;

/// A group, or an entry that stands alone.
type Product = (Option<usize>, usize);

/// A product as it serves functions.
#[derive(Debug)]
struct Serving {
    /// What it is among the products.
    product: Product,
    entries: Vec<usize>,
    authorities: BTreeSet<usize>,
    /// The words that say what it does.
    does: Vec<String>,
    /// Users of an entry, on average over those that record them.
    users: Option<f64>,
}

/// Products of one function of which one would do, by their entries.
#[derive(Debug)]
pub(super) struct Alternatives {
    pub(super) label: String,
    /// Of each product its entries; two or more products.
    pub(super) products: Vec<Vec<usize>>,
}

/// What is answered of every function that several products serve, and the alternatives that savings come from.
pub(super) struct Told {
    pub(super) shared: Vec<SharedFunction>,
    pub(super) alternatives: Vec<Alternatives>,
}

/// How sure it is that one of two products would do, as odds, and why.
struct Verdict {
    odds: f64,
    reasons: Vec<String>,
}

impl Verdict {
    fn probability(&self) -> f64 {
        1.0 / (1.0 + libm::exp(-self.odds))
    }

    fn one_would_do(&self) -> bool {
        self.odds >= 0.0
    }
}

pub(super) struct Judging<'a> {
    entries: &'a Entries<'a>,
    products: &'a Products<'a>,
    naming: &'a Naming,
    given: SameFunction,
    /// Whether two products serve one function, as people have said of entries of theirs.
    said: BTreeMap<(Product, Product), bool>,
}

impl<'a> Judging<'a> {
    pub(super) fn of(
        entries: &'a Entries<'a>,
        products: &'a Products<'a>,
        naming: &'a Naming,
        reviews: &Reviews,
        given: SameFunction,
    ) -> Self {
        let mut said: BTreeMap<(Product, Product), bool> = BTreeMap::new();
        for (one, other) in reviews.pairs() {
            let Some(serve_one) = reviews.serve_one_function(one, other) else { continue };
            let (one, other) = (products.product(one), products.product(other));
            let known = said.entry((one.min(other), one.max(other))).or_insert(serve_one);
            // Where two of their entries are said to be different, so are they.
            *known &= serve_one;
        }
        Judging { entries, products, naming, given, said }
    }

    pub(super) fn told(&self, functions: &Functions<'_>, by_function: &BTreeMap<Under, Vec<usize>>) -> Told {
        let mut told = Told { shared: Vec::new(), alternatives: Vec::new() };
        for (under, places) in by_function {
            let serving = self.serving(places);
            let authorities: BTreeSet<usize> =
                serving.iter().flat_map(|product| product.authorities.iter().copied()).collect();
            if serving.len() < 2 || authorities.len() < 2 {
                continue;
            }
            let (function, label) = match under {
                Under::Listed(id) => (id.to_string(), functions.label(*id).to_owned()),
                Under::Named(_) => (String::new(), self.products.name_of(places)),
            };
            let (clusters, complements) = self.clusters(&serving);
            let several = |cluster: &&Vec<usize>| {
                let all: BTreeSet<usize> =
                    cluster.iter().flat_map(|place| serving[*place].authorities.iter().copied()).collect();
                cluster.len() > 1 && all.len() > 1
            };
            let several: Vec<&Vec<usize>> = clusters.iter().filter(several).collect();
            told.alternatives.extend(several.iter().map(|cluster| Alternatives {
                label: label.clone(),
                products: cluster.iter().map(|place| serving[*place].entries.clone()).collect(),
            }));
            told.shared.push(SharedFunction {
                function,
                label,
                duplicates: several.into_iter().map(|cluster| self.duplicates(&serving, cluster)).collect(),
                complements,
            });
        }
        told
    }

    /// The products that serve a function, those that most authorities have first.
    fn serving(&self, places: &[usize]) -> Vec<Serving> {
        let products = products_of(self.products, places).into_iter();
        let mut serving: Vec<Serving> = products.map(|product| self.serving_by(product)).collect();
        let cost = |product: &Serving| -> i64 {
            let costs = product.entries.iter().filter_map(|entry| self.entries.all[*entry].cost);
            costs.fold(0, |sum, cost| sum.saturating_add(cost.pence()))
        };
        serving.sort_by_cached_key(|product| {
            use std::cmp::Reverse;
            (Reverse(product.authorities.len()), Reverse(cost(product)), product.entries[0])
        });
        serving
    }

    fn serving_by(&self, product: Product) -> Serving {
        let entries = match product {
            (Some(group), _) => self.products.groups[group].clone(),
            (None, place) => vec![place],
        };
        let own = || entries.iter().map(|entry| self.entries.all[*entry].own());
        let texts = own().flat_map(|own| std::iter::once(&own.name).chain(&own.modules));
        let mut does: Vec<String> = texts
            .flat_map(|text| self.naming.folded(text))
            .filter(|word| self.naming.says_what_it_does(word) && word.chars().count() > 2)
            .collect();
        does.sort_unstable();
        does.dedup();
        let users: Vec<f64> = own().filter_map(|own| own.users).map(|users| users as f64).collect();
        Serving {
            product,
            authorities: entries.iter().map(|entry| self.entries.all[*entry].authority).collect(),
            does,
            users: (!users.is_empty()).then(|| users.iter().sum::<f64>() / users.len() as f64),
            entries,
        }
    }

    /// Products put together while one of each two would do; and those that complement the first of such a cluster.
    fn clusters(&self, serving: &[Serving]) -> (Vec<Vec<usize>>, Vec<Complement>) {
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        let mut complements = Vec::new();
        for (place, product) in serving.iter().enumerate() {
            let fits =
                |cluster: &&mut Vec<usize>| cluster.iter().all(|other| self.odds(&serving[*other], product) >= 0.0);
            match clusters.iter_mut().find(fits) {
                Some(cluster) => cluster.push(place),
                None => {
                    if complements.len() < MOST_COMPLEMENTS {
                        let others = clusters.iter().map(|cluster| &serving[cluster[0]]);
                        let verdicts = others.map(|other| (other, self.verdict(other, product)));
                        let against = verdicts.filter(|(_, verdict)| !verdict.one_would_do());
                        let least = against.min_by(|(_, one), (_, other)| one.odds.total_cmp(&other.odds));
                        complements.extend(least.map(|(other, verdict)| Complement {
                            one: self.answered(other),
                            other: self.answered(product),
                            probability: verdict.probability(),
                            reasons: verdict.reasons,
                        }));
                    }
                    clusters.push(vec![place]);
                }
            }
        }
        (clusters, complements)
    }

    /// The products of a cluster, with the least sure of its pairs.
    fn duplicates(&self, serving: &[Serving], cluster: &[usize]) -> Duplicates {
        let pairs =
            cluster.iter().enumerate().flat_map(|(at, one)| cluster[at + 1..].iter().map(move |other| (*one, *other)));
        let odds = |(one, other): &(usize, usize)| self.odds(&serving[*one], &serving[*other]);
        let least = pairs.min_by(|one, other| odds(one).total_cmp(&odds(other)));
        let verdict = least.map(|(one, other)| self.verdict(&serving[one], &serving[other]));
        Duplicates {
            products: cluster.iter().map(|place| self.answered(&serving[*place])).collect(),
            probability: verdict.as_ref().map_or(1.0, Verdict::probability),
            reasons: verdict.map(|verdict| verdict.reasons).unwrap_or_default(),
        }
    }

    fn odds(&self, one: &Serving, other: &Serving) -> f64 {
        self.evidence(one, other).iter().map(|(tells, _)| tells).sum()
    }

    fn verdict(&self, one: &Serving, other: &Serving) -> Verdict {
        let evidence = self.evidence(one, other);
        let odds = evidence.iter().map(|(tells, _)| tells).sum();
        let reasons = evidence.into_iter().filter_map(|(_, kind)| self.in_words(kind, one, other)).collect();
        Verdict { odds, reasons }
    }

    fn evidence(&self, one: &Serving, other: &Serving) -> Vec<(f64, Evidence)> {
        if let Some(said) = self.said(one, other) {
            let odds = if said { A_PERSON_SAYS } else { -A_PERSON_SAYS };
            return vec![(odds, Evidence::Said(said))];
        }
        let given = &self.given;
        let mut evidence = vec![(given.begin, Evidence::OneFunction)];
        if !one.authorities.is_disjoint(&other.authorities) {
            evidence.push((given.run_side_by_side, Evidence::SideBySide));
        }
        let fewer = one.does.len().min(other.does.len());
        let shared = one.does.iter().filter(|word| other.does.binary_search(word).is_ok()).count();
        match (fewer, shared) {
            (0, _) => {}
            (_, 0) => evidence.push((given.does_other_things, Evidence::OtherThings)),
            _ if shared as f64 >= given.shares_from * fewer as f64 => {
                evidence.push((given.does_the_same, Evidence::TheSame));
            }
            _ => {}
        }
        if let (Some(users), Some(others)) = (one.users, other.users)
            && users.max(others) > given.users_differ_from * users.min(others).max(1.0)
        {
            evidence.push((given.users_differ, Evidence::Users));
        }
        evidence
    }

    /// What a person has said of entries of the two: that they serve one function, or that they are different.
    fn said(&self, one: &Serving, other: &Serving) -> Option<bool> {
        let pair = (one.product.min(other.product), one.product.max(other.product));
        self.said.get(&pair).copied()
    }

    fn in_words(&self, evidence: Evidence, one: &Serving, other: &Serving) -> Option<String> {
        Some(match evidence {
            Evidence::OneFunction => return None,
            Evidence::Said(true) => "a person says that they serve one function".to_owned(),
            Evidence::Said(false) => "a person says that they are different".to_owned(),
            Evidence::SideBySide => {
                let both: Vec<&str> = one
                    .authorities
                    .intersection(&other.authorities)
                    .take(3)
                    .map(|place| self.entries.partners[*place].name.as_str())
                    .collect();
                let run = if both.len() == 1 { "runs" } else { "run" };
                format!("{} {run} both side by side", sentence_list(&both))
            }
            Evidence::TheSame => {
                let shared: Vec<&str> = one
                    .does
                    .iter()
                    .filter(|word| other.does.binary_search(word).is_ok())
                    .take(4)
                    .map(String::as_str)
                    .collect();
                format!("both are said to be for {}", sentence_list(&shared))
            }
            Evidence::OtherThings => {
                let some = |product: &Serving| {
                    let words: Vec<&str> = product.does.iter().take(4).map(String::as_str).collect();
                    sentence_list(&words)
                };
                format!("one is said to be for {}, the other for {}", some(one), some(other))
            }
            Evidence::Users => "one has many times the users of the other".to_owned(),
        })
    }

    fn answered(&self, product: &Serving) -> ProductOfFunction {
        let sources: Vec<Source> =
            product.entries.iter().map(|entry| self.entries.all[*entry].source.clone()).collect();
        ProductOfFunction { name: self.products.name_of(&product.entries), entries: sources }
    }
}

#[derive(Clone, Copy, Debug)]
enum Evidence {
    OneFunction,
    Said(bool),
    SideBySide,
    TheSame,
    OtherThings,
    Users,
}

//! A function for an application that records none: from its group, or from its words, as others' words have taught.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::entries::Entries;
use super::functions::Functions;
use super::naming::Naming;
use super::outcome::{Finding, FunctionSuggestion};
use super::parameters::{Parameters, Suggestions};
use super::products::Products;
use super::suppliers::Suppliers;
use crate::named::sentence_list;

/// How far words may be believed: what is tried while that is learnt.
const BELIEVED: [f64; 9] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
/// It is learnt from so many applications at most, evenly spread over the register.
const LEARNT_FROM: usize = 1_000;

/// What words tell of functions: naive Bayes, each word's frequency under a function shrunk towards its frequency anywhere.
///
/// `P(f | words) ∝ P(f) · Π P(word | f)^believed`, with `P(word | f) = (n(word, f) + s·P(word)) / (n(f) + s)`.
#[derive(Debug)]
pub(super) struct Learnt<'a> {
    given: &'a Suggestions,
    functions: Vec<u32>,
    /// Applications that record each function, and what its label counts besides.
    applications: Vec<f64>,
    labels: Vec<f64>,
    /// Of each word, how often it is seen under which functions.
    words: HashMap<String, BTreeMap<usize, f64>>,
    /// How far words are believed.
    believed: f64,
}

impl<'a> Learnt<'a> {
    /// What applications that record a function teach, given as their words and function.
    pub(super) fn of(
        given: &'a Suggestions,
        list: &Functions<'_>,
        naming: &Naming,
        recorded: &[(BTreeSet<String>, u32)],
    ) -> Self {
        let functions: Vec<u32> = list.ids().collect();
        let places: BTreeMap<u32, usize> = functions.iter().copied().zip(0..).collect();
        let mut learnt = Learnt {
            given,
            applications: vec![0.0; functions.len()],
            labels: vec![0.0; functions.len()],
            words: HashMap::new(),
            believed: given.believed,
            functions,
        };
        for (&id, &place) in &places {
            let own: BTreeSet<String> = naming.folded(list.label(id)).into_iter().collect();
            let above = list.parent_label(id).map(|label| naming.folded(label)).unwrap_or_default();
            let above: BTreeSet<String> = above.into_iter().filter(|word| !own.contains(word)).collect();
            learnt.see(&own, place, given.label);
            learnt.see(&above, place, given.parent);
            learnt.labels[place] = given.label;
        }
        for (words, id) in recorded {
            if let Some(&place) = places.get(id) {
                learnt.see(words, place, 1.0);
                learnt.applications[place] += 1.0;
            }
        }
        if recorded.len() >= given.learn_from.max(1) {
            learnt.believed = learnt.best_believed(recorded, &places);
        }
        learnt
    }

    fn see(&mut self, words: &BTreeSet<String>, place: usize, times: f64) {
        for word in words {
            *self.words.entry(word.clone()).or_default().entry(place).or_default() += times;
        }
    }

    /// What makes the functions that are recorded likeliest, each judged without its own application.
    fn best_believed(&self, recorded: &[(BTreeSet<String>, u32)], places: &BTreeMap<u32, usize>) -> f64 {
        let step = recorded.len().div_ceil(LEARNT_FROM);
        let sample: Vec<(usize, Telling)> = recorded
            .iter()
            .step_by(step)
            .filter_map(|(words, id)| {
                let place = *places.get(id)?;
                Some((place, self.telling(words, Some(place))))
            })
            .collect();
        let score = |believed: f64| -> f64 {
            let own =
                |(place, telling): &(usize, Telling)| libm::log(telling.probabilities(believed)[*place].max(1e-12));
            sample.iter().map(own).sum()
        };
        let scores: Vec<f64> = BELIEVED.iter().map(|believed| score(*believed)).collect();
        let best = (0..BELIEVED.len()).max_by(|one, other| scores[*one].total_cmp(&scores[*other]));
        best.map_or(self.given.believed, |best| BELIEVED[best])
    }

    /// What words tell of each function; where `without` is given, an application of that function with these words is
    /// taken out of what was learnt.
    fn telling(&self, words: &BTreeSet<String>, without: Option<usize>) -> Telling {
        let out = |place: usize| if without == Some(place) { 1.0 } else { 0.0 };
        let all: f64 = self.applications.iter().sum::<f64>() - if without.is_some() { 1.0 } else { 0.0 };
        let weighed: f64 = all + self.labels.iter().sum::<f64>();
        let shrinking = self.given.shrinking.max(f64::MIN_POSITIVE);
        let known: Vec<&BTreeMap<usize, f64>> = words.iter().filter_map(|word| self.words.get(word)).collect();
        let known: Vec<&BTreeMap<usize, f64>> =
            known.into_iter().filter(|seen| seen.iter().any(|(place, times)| times - out(*place) > 1e-9)).collect();
        let mut prior = Vec::with_capacity(self.functions.len());
        let mut evidence = Vec::with_capacity(self.functions.len());
        for place in 0..self.functions.len() {
            let own = self.applications[place] - out(place);
            prior.push(libm::log((own + 1.0) / (all + self.functions.len() as f64)));
            evidence.push(-(known.len() as f64) * libm::log(own + self.labels[place] + shrinking));
        }
        for seen in known {
            let anywhere: f64 = seen.iter().map(|(place, times)| times - out(*place)).sum();
            let usual = shrinking * (anywhere + 0.5) / (weighed + 1.0);
            for (place, times) in seen {
                evidence[*place] += libm::log(1.0 + (times - out(*place)).max(0.0) / usual);
            }
        }
        Telling { prior, evidence }
    }

    /// The likeliest function for these words and how probable it is; where `recorded` is given, as if an application
    /// with these words that records it had not been there.
    pub(super) fn likeliest(&self, words: &BTreeSet<String>, recorded: Option<u32>) -> Option<(u32, f64)> {
        let without = recorded.and_then(|id| self.functions.iter().position(|function| *function == id));
        let probabilities = self.telling(words, without).probabilities(self.believed);
        let best =
            (0..probabilities.len()).max_by(|one, other| probabilities[*one].total_cmp(&probabilities[*other]))?;
        Some((self.functions[best], probabilities[best]))
    }
}

/// Logarithms for each function, up to a constant.
#[derive(Debug)]
struct Telling {
    prior: Vec<f64>,
    evidence: Vec<f64>,
}

impl Telling {
    fn probabilities(&self, believed: f64) -> Vec<f64> {
        let odds: Vec<f64> =
            self.prior.iter().zip(&self.evidence).map(|(prior, evidence)| prior + believed * evidence).collect();
        let most = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = odds.iter().map(|odds| libm::exp(odds - most)).collect();
        let all: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / all).collect()
    }
}

/// The words of an entry that may tell its function: its name's and modules', its supplier's left out.
pub(super) fn words_of(
    entries: &Entries<'_>,
    place: usize,
    suppliers: &Suppliers,
    naming: &Naming,
) -> BTreeSet<String> {
    let entry = &entries.all[place];
    let party = suppliers.parties([entry.maker, entry.supplier]);
    let own = entry.own();
    let texts = std::iter::once(&own.name).chain(&own.modules);
    let words = texts.flat_map(|text| naming.folded(text)).filter(|word| !party.contains(word));
    words.filter(|word| !naming.tells_nothing(word)).collect()
}

/// Suggestions for every entry without a function, and findings where a group's members record different ones.
pub(super) fn suggestions(
    entries: &Entries<'_>,
    products: &Products<'_>,
    suppliers: &Suppliers,
    naming: &Naming,
    (parameters, functions): (&Parameters, &Functions<'_>),
    findings: &mut Vec<Finding>,
) -> Vec<FunctionSuggestion> {
    let given = &parameters.suggestions;
    let words = |place: usize| words_of(entries, place, suppliers, naming);
    let recorded: Vec<(BTreeSet<String>, u32)> = (0..entries.all.len())
        .filter_map(|place| entries.all[place].function.map(|function| (words(place), function)))
        .collect();
    let learnt = Learnt::of(given, functions, naming, &recorded);
    let of_groups: Vec<BTreeMap<u32, usize>> =
        products.groups.iter().map(|group| recorded_by(entries, group)).collect();
    findings.extend(differing(entries, products, functions, &of_groups));
    let mut suggestions = Vec::new();
    for (place, entry) in entries.all.iter().enumerate().filter(|(_, entry)| entry.function.is_none()) {
        let group = products.group_of[place].map(|group| &of_groups[group]);
        let by_group = group.and_then(|recorded| likeliest_of_group(recorded, given.unsaid));
        let by_group = by_group.map(|(function, share)| (function, share * products.belongs[place], true));
        let by_words =
            learnt.likeliest(&words(place), None).map(|(function, probability)| (function, probability, false));
        let best = by_group.into_iter().chain(by_words).max_by(|one, other| one.1.total_cmp(&other.1));
        let Some((function, probability, of_group)) =
            best.filter(|best| best.1 >= given.least && !functions.label(best.0).is_empty())
        else {
            continue;
        };
        suggestions.push(FunctionSuggestion {
            entry: entry.source.clone(),
            authority: entry.input.owner.clone(),
            name: entry.own().name.clone(),
            function: function.to_string(),
            label: functions.label(function).to_owned(),
            probability,
            reason: match of_group {
                true => "others record it for the same product".to_owned(),
                false => format!("its words: {}", words(place).into_iter().take(6).collect::<Vec<_>>().join(", ")),
            },
        });
    }
    suggestions
}

fn recorded_by(entries: &Entries<'_>, group: &[usize]) -> BTreeMap<u32, usize> {
    let mut recorded = BTreeMap::new();
    for function in group.iter().filter_map(|member| entries.all[*member].function) {
        *recorded.entry(function).or_default() += 1;
    }
    recorded
}

fn likeliest_of_group(recorded: &BTreeMap<u32, usize>, unsaid: f64) -> Option<(u32, f64)> {
    let all: usize = recorded.values().sum();
    let (function, times) = recorded.iter().max_by_key(|(function, times)| (**times, std::cmp::Reverse(**function)))?;
    Some((*function, *times as f64 / (all as f64 + unsaid)))
}

/// Groups whose members record different functions.
fn differing(
    entries: &Entries<'_>,
    products: &Products<'_>,
    functions: &Functions<'_>,
    of_groups: &[BTreeMap<u32, usize>],
) -> Option<Finding> {
    let differ: Vec<(&Vec<usize>, &BTreeMap<u32, usize>)> =
        products.groups.iter().zip(of_groups).filter(|(_, recorded)| recorded.len() > 1).collect();
    let named = |(group, recorded): &(&Vec<usize>, &BTreeMap<u32, usize>)| {
        let labels: Vec<&str> = recorded.keys().map(|id| functions.label(*id)).collect();
        format!("{} ({})", products.name_of(group), sentence_list(&labels))
    };
    let first: Vec<String> = differ.iter().take(5).map(named).collect();
    (!differ.is_empty()).then(|| {
        let more = match differ.len() - first.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let what =
            format!("Products stand under different functions at different authorities: {}{more}.", first.join("; "));
        let members = differ.iter().take(5).flat_map(|(group, _)| group.iter());
        let sources = members.map(|member| entries.all[*member].source.clone()).collect();
        Finding::warning(what, "agree on one function for each product, so that the matrix holds it once", sources)
    })
}

//! The records of all lists as they are compared: words by numbers, suppliers apart from names, in an order of their own.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::Record;

/// No party, no function.
pub(super) const NONE: u32 = u32::MAX;
/// From this length on, two words that stand side by side may be one word elsewhere.
const JOINED_FROM: usize = 6;
/// The initials of so many words may stand for them.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=6;
/// A name may begin with a party of so many words.
const PARTY_WORDS: usize = 3;
/// So many names are worked through at a time.
const CHUNK: usize = 65_536;
/// How a firm is constituted says nothing of who it is.
const LEGAL: [&str; 20] = [
    "ltd",
    "limited",
    "plc",
    "llp",
    "lp",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "sa",
    "bv",
    "nv",
    "llc",
    "pty",
    "cic",
    "uk",
];
/// A word that ends this many parties, and this part of those, that stand without it too says nothing either.
const LOOSE_FROM: usize = 3;
const LOOSE_PART: f64 = 0.4;

/// Lists of numbers, one after another.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    pub(super) fn new() -> Self {
        Rows { starts: vec![0], items: Vec::new() }
    }

    pub(super) fn push(&mut self, items: impl IntoIterator<Item = u32>) {
        self.items.extend(items);
        self.starts.push(self.items.len() as u32);
    }

    /// Numbers by the row that is given with each; they keep their order.
    pub(super) fn by(rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; rows + 1];
        pairs.clone().for_each(|(row, _)| starts[row as usize + 1] += 1);
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[rows] as usize];
        for (row, item) in pairs {
            items[next[row as usize] as usize] = item;
            next[row as usize] += 1;
        }
        Rows { starts, items }
    }

    pub(super) fn of(&self, row: usize) -> &[u32] {
        &self.items[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The rows in another order.
    fn ordered(&self, order: &[u32]) -> Rows {
        let mut rows =
            Rows { starts: Vec::with_capacity(order.len() + 1), items: Vec::with_capacity(self.items.len()) };
        rows.starts.push(0);
        order.iter().for_each(|row| rows.push(self.of(*row as usize).iter().copied()));
        rows
    }
}

/// Words run together or shortened to their initials, as they may be one word elsewhere.
#[derive(Clone, Copy)]
pub(super) struct Contracted {
    pub(super) word: u32,
    /// Where in the name the words begin for which it stands, and how many they are.
    pub(super) first: u8,
    pub(super) count: u8,
}

/// The records of all lists. Their order depends on what they say alone, so that the order in which they were given
/// changes nothing.
pub(super) struct Lists {
    /// The place at which each record was given.
    pub(super) given: Vec<u32>,
    pub(super) holders: Vec<u32>,
    /// All words, in alphabetical order.
    pub(super) words: Vec<String>,
    /// The words of each name in the order of the name, without its party.
    pub(super) written: Rows,
    /// The same in rising order, each once.
    pub(super) names: Rows,
    /// The numbers in each name and those that go with it.
    pub(super) numbers: Rows,
    /// What words of each name may be elsewhere.
    contracted: Vec<Contracted>,
    contracted_starts: Vec<u32>,
    /// The party of each record.
    pub(super) parties: Vec<u32>,
    /// The words of each party that say who it is, in rising order.
    pub(super) party_words: Rows,
    /// The function of each record.
    pub(super) functions: Vec<u32>,
    pub(super) function_words: Rows,
    /// The words of names, parties and descriptions, in rising order.
    pub(super) described: Rows,
    /// Whether a record has a description.
    pub(super) has_description: Vec<bool>,
    /// Logarithms; no number where it is not known.
    pub(super) amounts: Vec<f32>,
    pub(super) users: Vec<f32>,
    /// How rare each word is in names and parties: the logarithm of all records over those that have it.
    pub(super) rarity: Vec<f32>,
    pub(super) described_rarity: Vec<f32>,
    /// How many records have each word in their names or parties.
    pub(super) having: Vec<u32>,
}

/// Records as they come in, their words by the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    known: HashMap<String, u32>,
    /// Words, numbers, party, function and description.
    rows: [Rows; 5],
    amounts: Vec<[f32; 2]>,
    holders: Vec<u32>,
}

impl Raw {
    pub(super) fn new() -> Self {
        Raw {
            known: HashMap::new(),
            rows: std::array::from_fn(|_| Rows::new()),
            amounts: Vec::new(),
            holders: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.holders.len()
    }

    pub(super) fn add(&mut self, record: &Record, holder: u32) {
        let known = &mut self.known;
        let fields = [&record.words, &record.numbers, &record.party, &record.function, &record.description];
        for (row, field) in self.rows.iter_mut().zip(fields) {
            row.push(field.iter().map(|word| match known.get(word) {
                Some(number) => *number,
                None => {
                    let next = known.len() as u32;
                    known.insert(word.clone(), next);
                    next
                }
            }));
        }
        let amounts = [record.amount, record.users].map(|amount| logarithm(amount).unwrap_or(f32::NAN));
        self.amounts.push(amounts);
        self.holders.push(holder);
    }

    /// The words in alphabetical order, by which the records name them from now on.
    fn in_order(&mut self) -> Vec<String> {
        let mut words: Vec<(String, u32)> = self.known.drain().collect();
        words.sort_unstable();
        let mut places = vec![0; words.len()];
        words.iter().enumerate().for_each(|(place, (_, number))| places[*number as usize] = place as u32);
        let all = self.rows.iter_mut().flat_map(|rows| rows.items.iter_mut());
        all.for_each(|word| *word = places[*word as usize]);
        words.into_iter().map(|(word, _)| word).collect()
    }
}

impl Lists {
    pub(super) fn new(mut raw: Raw) -> Self {
        let words = raw.in_order();
        let [names, versions, party_rows, function_rows, descriptions] = raw.rows;
        let holders = raw.holders;
        let (mut written, mut numbers) = (Rows::new(), Rows::new());
        let (mut parties, mut functions) = (Kinds::default(), Kinds::default());
        let all = 0..holders.len();
        let mut party_of: Vec<u32> = all.clone().map(|record| parties.number(party_rows.of(record).to_vec())).collect();
        let mut function_of: Vec<u32> =
            all.clone().map(|record| functions.number(function_rows.of(record).to_vec())).collect();
        drop((party_rows, function_rows));
        functions.put_in_order(&mut function_of);
        let (cores, mut cored) = parties.cores(&words);
        party_of.iter_mut().filter(|party| **party != NONE).for_each(|party| *party = cores[*party as usize]);
        cored.put_in_order(&mut party_of);
        let party_words = cored.list;
        let mut held = vec![0_u32; party_words.len()];
        party_of.iter().filter(|party| **party != NONE).for_each(|party| held[*party as usize] += 1);
        let by_words: HashMap<&[u32], u32> =
            party_words.iter().enumerate().map(|(party, words)| (words.as_slice(), party as u32)).collect();
        let is_number = |word: &u32| is_number(&words[*word as usize]);
        for (record, party) in party_of.iter_mut().enumerate() {
            let name = names.of(record);
            let begins = |party: &u32| name.starts_with(&party_words[*party as usize]);
            if *party == NONE {
                let longest = (1..=PARTY_WORDS.min(name.len().saturating_sub(1))).rev();
                let mut found = longest.filter_map(|count| by_words.get(&name[..count]));
                *party = found.find(|party| held[**party as usize] > 1).copied().unwrap_or(NONE);
            }
            let strip = Some(*party).filter(|party| *party != NONE && begins(party));
            let from = strip.map_or(0, |party| party_words[party as usize].len());
            let own = if from < name.len() { &name[from..] } else { name };
            written.push(own.iter().copied());
            let all = own.iter().copied().filter(|word| is_number(word)).chain(versions.of(record).iter().copied());
            numbers.push(in_order(all.collect()));
        }
        drop((names, by_words));
        let said = Said {
            written: &written,
            parties: &party_of,
            functions: &function_of,
            amounts: &raw.amounts,
            numbers: &numbers,
            descriptions: &descriptions,
        };
        let order = said.order(&holders);
        let pick = |list: &[u32]| order.iter().map(|record| list[*record as usize]).collect::<Vec<u32>>();
        let amounts = |at: usize| order.iter().map(|record| raw.amounts[*record as usize][at]).collect::<Vec<f32>>();
        let mut lists = Lists {
            holders: pick(&holders),
            written: written.ordered(&order),
            names: Rows::new(),
            numbers: numbers.ordered(&order),
            contracted: Vec::new(),
            contracted_starts: vec![0],
            parties: pick(&party_of),
            party_words: Rows::new(),
            functions: pick(&function_of),
            function_words: Rows::new(),
            described: Rows::new(),
            has_description: order.iter().map(|record| !descriptions.of(*record as usize).is_empty()).collect(),
            amounts: amounts(0),
            users: amounts(1),
            rarity: Vec::new(),
            described_rarity: Vec::new(),
            having: vec![0; words.len()],
            given: order,
            words: Vec::new(),
        };
        party_words.iter().for_each(|words| lists.party_words.push(in_order(words.clone())));
        functions.list.iter().for_each(|words| lists.function_words.push(in_order(words.clone())));
        for from in all.clone().step_by(CHUNK) {
            let chunk = from..(from + CHUNK).min(all.end);
            let found: Vec<Vec<Contracted>> =
                chunk.clone().into_par_iter().map(|record| contracted(lists.written.of(record), &words)).collect();
            for (record, contracted) in chunk.zip(found) {
                lists.names.push(in_order(lists.written.of(record).to_vec()));
                lists.contracted.extend(contracted);
                lists.contracted_starts.push(lists.contracted.len() as u32);
            }
        }
        lists.count(&descriptions);
        lists.words = words;
        lists
    }

    /// Counts the words, and lists those of descriptions.
    fn count(&mut self, descriptions: &Rows) {
        let mut described = vec![0_u32; self.having.len()];
        let any = self.has_description.contains(&true);
        for record in 0..self.len() {
            let all = in_order(self.bag(record).collect());
            all.iter().for_each(|word| self.having[*word as usize] += 1);
            if any {
                let about = descriptions.of(self.given[record] as usize).iter().copied();
                let all = in_order(all.into_iter().chain(about).collect());
                all.iter().for_each(|word| described[*word as usize] += 1);
                self.described.push(all);
            }
        }
        let all = self.len().max(1) as f64;
        let rarity = |having: &[u32]| -> Vec<f32> {
            having.iter().map(|having| libm::log(all / f64::from((*having).max(1))) as f32).collect()
        };
        (self.rarity, self.described_rarity) = (rarity(&self.having), rarity(&described));
    }

    pub(super) fn len(&self) -> usize {
        self.holders.len()
    }

    /// The words of a record's name and party; one may come twice.
    pub(super) fn bag(&self, record: usize) -> impl Iterator<Item = u32> {
        self.names.of(record).iter().chain(self.party(record)).copied()
    }

    /// The words of a record's party.
    pub(super) fn party(&self, record: usize) -> &[u32] {
        match self.parties[record] {
            NONE => &[],
            party => self.party_words.of(party as usize),
        }
    }

    pub(super) fn contracted(&self, record: usize) -> &[Contracted] {
        &self.contracted[self.contracted_starts[record] as usize..self.contracted_starts[record + 1] as usize]
    }

    /// The square of a word's rarity.
    pub(super) fn weight(&self, word: u32) -> f32 {
        self.rarity[word as usize] * self.rarity[word as usize]
    }
}

/// Whether a word is a number, such as a version.
pub(super) fn is_number(word: &str) -> bool {
    word.len() < 8 && word.starts_with(|first: char| first.is_ascii_digit())
}

/// Lists of words, each with a number.
#[derive(Default)]
struct Kinds {
    known: HashMap<Vec<u32>, u32>,
    list: Vec<Vec<u32>>,
}

impl Kinds {
    fn number(&mut self, words: Vec<u32>) -> u32 {
        if words.is_empty() {
            return NONE;
        }
        let next = self.list.len() as u32;
        *self.known.entry(words).or_insert_with_key(|words| {
            self.list.push(words.clone());
            next
        })
    }

    /// Numbers them by what they say instead of which came first.
    fn put_in_order(&mut self, numbers: &mut [u32]) {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_unstable_by(|one, other| self.list[*one].cmp(&self.list[*other]));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, kind)| places[*kind] = place as u32);
        numbers.iter_mut().filter(|kind| **kind != NONE).for_each(|kind| *kind = places[*kind as usize]);
        self.list = order.into_iter().map(|kind| std::mem::take(&mut self.list[kind])).collect();
    }

    /// Without the words at their end that say nothing: the number of each that is left, and their words.
    fn cores(&self, words: &[String]) -> (Vec<u32>, Kinds) {
        let mut ends: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for list in self.list.iter().filter(|list| list.len() > 1) {
            if let Some((last, before)) = list.split_last() {
                let counts = ends.entry(*last).or_default();
                counts.0 += usize::from(self.known.contains_key(before));
                counts.1 += 1;
            }
        }
        let mut loose: HashSet<u32> = ends
            .into_iter()
            .filter(|(_, (without, all))| *without >= LOOSE_FROM && *without as f64 >= LOOSE_PART * *all as f64)
            .map(|(word, _)| word)
            .collect();
        loose.extend(
            LEGAL
                .iter()
                .filter_map(|legal| words.binary_search_by(|word| word.as_str().cmp(legal)).ok())
                .map(|word| word as u32),
        );
        let mut cores = Kinds::default();
        let mut core = |list: &Vec<u32>| {
            let kept = list.iter().rposition(|word| !loose.contains(word)).map_or(list.len(), |last| last + 1);
            cores.number(list[..kept].to_vec())
        };
        (self.list.iter().map(&mut core).collect(), cores)
    }
}

pub(super) fn in_order(mut words: Vec<u32>) -> Vec<u32> {
    words.sort_unstable();
    words.dedup();
    words
}

fn logarithm(amount: Option<f64>) -> Option<f32> {
    amount.filter(|amount| amount.is_finite() && *amount > 0.0).map(|amount| libm::log(amount) as f32)
}

/// What the records say.
struct Said<'a> {
    written: &'a Rows,
    parties: &'a [u32],
    functions: &'a [u32],
    amounts: &'a [[f32; 2]],
    numbers: &'a Rows,
    descriptions: &'a Rows,
}

impl Said<'_> {
    fn compare(&self, one: u32, other: u32) -> std::cmp::Ordering {
        let (one, other) = (one as usize, other as usize);
        let amounts = |record: usize| self.amounts[record].map(f32::to_bits);
        let by = self.written.of(one).cmp(self.written.of(other));
        let by = by.then_with(|| self.parties[one].cmp(&self.parties[other]));
        let by = by.then_with(|| self.functions[one].cmp(&self.functions[other]));
        let by = by.then_with(|| amounts(one).cmp(&amounts(other)));
        by.then_with(|| self.numbers.of(one).cmp(self.numbers.of(other)))
            .then_with(|| self.descriptions.of(one).cmp(self.descriptions.of(other)))
    }

    /// The records in the order of what they say; of those that say the same, the first of each holder, then the second.
    fn order(&self, holders: &[u32]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..holders.len() as u32).collect();
        order.par_sort_unstable_by(|one, other| {
            let by = self.compare(*one, *other).then(holders[*one as usize].cmp(&holders[*other as usize]));
            by.then(one.cmp(other))
        });
        in_turns(&mut order, |one, other| self.compare(one, other).is_eq(), holders);
        order
    }
}

fn in_turns(order: &mut [u32], same: impl Fn(u32, u32) -> bool, holders: &[u32]) {
    for same in order.chunk_by_mut(|one, other| same(*one, *other)).filter(|same| same.len() > 1) {
        let mut times: HashMap<u32, u32> = HashMap::new();
        let mut turns: Vec<(u32, u32, u32)> = Vec::with_capacity(same.len());
        for record in same.iter() {
            let holder = holders[*record as usize];
            let time = times.entry(holder).or_default();
            turns.push((*time, holder, *record));
            *time += 1;
        }
        turns.sort_unstable();
        same.iter_mut().zip(turns).for_each(|(place, (_, _, record))| *place = record);
    }
}

/// What words of a name may be elsewhere: two run together, or the initials of several.
fn contracted(written: &[u32], words: &[String]) -> Vec<Contracted> {
    let text = |word: &u32| words[*word as usize].as_str();
    let known = |text: String| words.binary_search(&text).ok().map(|word| word as u32);
    let mut found = Vec::new();
    for first in 0..written.len().min(usize::from(u8::MAX)) {
        let mut initials = String::new();
        for (count, word) in (1..=*INITIALS.end()).zip(&written[first..]) {
            initials.extend(text(word).chars().next());
            let joined = (count == 2).then(|| written[first..first + 2].iter().map(text).collect::<String>());
            let joined = joined.filter(|joined| joined.len() >= JOINED_FROM);
            let initials = Some(&initials).filter(|_| INITIALS.contains(&count)).cloned();
            for word in joined.into_iter().chain(initials).filter_map(known) {
                found.push(Contracted { word, first: first as u8, count: count as u8 });
            }
        }
    }
    found
}

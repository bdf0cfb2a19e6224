//! The groups of the same product and the matches behind them, as they are answered.

use std::collections::BTreeSet;

use penshaw_basis::{Digester, Estimate, Money, Source};

use super::entries::{AddKnown, Entries};
use super::outcome::{Match, Member, ProductGroup};
use super::parameters::SameProduct;
use super::products::{Pair, Products};
use super::reviews::Reviews;

/// Unsure matches that are listed at most; of more their number is given.
const MOST_UNSURE: usize = 2_000;

/// Every group, the dearest first.
pub(super) fn answered(entries: &Entries<'_>, products: &Products<'_>) -> Vec<ProductGroup> {
    let mut groups: Vec<ProductGroup> =
        products.groups.iter().map(|members| answered_group(entries, products, members)).collect();
    groups.sort_by(|one, other| {
        let several = |group: &ProductGroup| group.authorities > 1;
        let by = several(other).cmp(&several(one)).then(other.annual_cost.cmp(&one.annual_cost));
        by.then(other.members.len().cmp(&one.members.len())).then(one.id.cmp(&other.id))
    });
    groups
}

fn answered_group(entries: &Entries<'_>, products: &Products<'_>, group: &[usize]) -> ProductGroup {
    let mut ordered: Vec<usize> = group.to_vec();
    ordered.sort_by_key(|member| (entries.all[*member].authority, *member));
    let members: Vec<Member> = ordered.iter().map(|member| answered_member(entries, products, *member)).collect();
    let mut authorities: Vec<usize> = ordered.iter().map(|member| entries.all[*member].authority).collect();
    authorities.dedup();
    let mut annual_cost = Money::ZERO;
    members.iter().for_each(|member| annual_cost.add_known(member.annual_cost));
    ProductGroup {
        id: id("product", members.iter().map(|member| &member.entry)),
        name: products.name_of(group),
        authorities: authorities.len(),
        annual_cost,
        without_cost: members.iter().filter(|member| member.annual_cost.is_none()).count(),
        users: members.iter().fold(0, |users, member| users.saturating_add(member.users.unwrap_or(0))),
        confidence: members.iter().map(|member| member.probability).fold(1.0, f64::min),
        members,
    }
}

fn answered_member(entries: &Entries<'_>, products: &Products<'_>, member: usize) -> Member {
    let entry = &entries.all[member];
    let own = entry.own();
    Member {
        entry: entry.source.clone(),
        authority: entry.input.owner.clone(),
        name: own.name.clone(),
        supplier: own.supplier.clone(),
        version: own.version.clone(),
        users: own.users,
        annual_cost: entry.cost,
        function: entry.function.map(|function| function.to_string()),
        contract_ends: entries.contract(member).and_then(|contract| contract.entry.ends),
        probability: products.belongs[member],
    }
}

/// A name that follows from its members alone, whatever else the register holds.
pub(super) fn id<'a>(what: &str, members: impl Iterator<Item = &'a Source>) -> String {
    let mut references: Vec<String> = members.map(Source::to_string).collect();
    references.sort();
    let mut digester = Digester::new("penshaw overlap 1");
    references.iter().for_each(|reference| {
        digester.part(reference);
    });
    format!("{what}-{}", digester.finish().short())
}

/// The matches that put groups together, that are unsure, or that are reviewed: the most expected money at stake first.
///
/// What is expected to be misjudged of a pair is the smaller of its probability and of what is left to one, of the smaller
/// annual cost. Matches without costs follow, those nearest to one half first.
pub(super) fn matches(
    entries: &Entries<'_>,
    products: &Products<'_>,
    reviews: &Reviews,
    given: &SameProduct,
) -> (Vec<Match>, usize) {
    let kept: BTreeSet<usize> = products.joined_by.iter().flatten().copied().collect();
    let mut listed = Vec::new();
    let mut unsure = Vec::new();
    for (place, pair) in products.pairs.iter().enumerate() {
        if kept.contains(&place) || reviews.has(pair.one, pair.other) {
            listed.push(pair);
        } else if (given.review_from..=given.review_to).contains(&pair.probability) {
            unsure.push(pair);
        }
    }
    let stake = |pair: &&Pair| -expected(entries, pair).1;
    unsure.sort_by(|one, other| order(stake(one), stake(other), one, other));
    let more = unsure.len().saturating_sub(MOST_UNSURE);
    unsure.truncate(MOST_UNSURE);
    listed.extend(unsure);
    let decided = |pair: &&Pair| reviews.has(pair.one, pair.other);
    listed.sort_by(|one, other| {
        decided(one).cmp(&decided(other)).then_with(|| order(stake(one), stake(other), one, other))
    });
    (listed.into_iter().map(|pair| answered_match(entries, products, reviews, pair)).collect(), more)
}

fn order(stake: f64, others: f64, one: &Pair, other: &Pair) -> std::cmp::Ordering {
    let sure = |pair: &Pair| (pair.probability - 0.5).abs();
    stake
        .total_cmp(&others)
        .then(sure(one).total_cmp(&sure(other)))
        .then((one.one, one.other).cmp(&(other.one, other.other)))
}

/// The smaller annual cost, and the part of it that may be misjudged, in pounds.
fn expected(entries: &Entries<'_>, pair: &Pair) -> (Option<Money>, f64) {
    let costs = entries.all[pair.one].cost.zip(entries.all[pair.other].cost);
    let at_stake = costs.map(|(one, other)| one.min(other));
    let misjudged = pair.probability.min(1.0 - pair.probability);
    (at_stake, at_stake.map_or(0.0, |cost| cost.pounds() * misjudged))
}

fn answered_match(entries: &Entries<'_>, products: &Products<'_>, reviews: &Reviews, pair: &Pair) -> Match {
    let (at_stake, misjudged) = expected(entries, pair);
    let (one, other) = (&entries.all[pair.one], &entries.all[pair.other]);
    Match {
        one: one.source.clone(),
        other: other.source.clone(),
        one_name: one.own().name.clone(),
        other_name: other.own().name.clone(),
        one_supplier: one.own().supplier.clone(),
        other_supplier: other.own().supplier.clone(),
        probability: pair.probability,
        reasons: products.reasons(pair),
        together: products.group_of[pair.one].is_some() && products.group_of[pair.one] == products.group_of[pair.other],
        at_stake,
        expected_at_stake: Estimate::from_pounds(misjudged),
        review: reviews.of_pair(pair.one, pair.other),
    }
}

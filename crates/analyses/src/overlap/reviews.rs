//! What people have said of matches: it binds, it teaches, and what cannot be kept of it is told.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Source;
use penshaw_numerics::linkage::Known;
use penshaw_register::{JointRegister, ProductReview};

use super::Input;
use super::entries::Entries;
use super::outcome::{Finding, Reviewed};
use crate::named::sentence_list;

/// The verdict that joins two entries.
const SAME: &str = "same product";
/// The verdict that two entries serve one function as different products.
const SAME_FUNCTION: &str = "same function only";

/// What people have said of pairs of entries, by their places, the smaller first.
#[derive(Debug, Default)]
pub(super) struct Reviews {
    said: BTreeMap<(usize, usize), Said>,
    /// How many reviews there are, and how many of them name two entries that are used.
    pub(super) read: usize,
    pub(super) used: usize,
}

/// What was said of one pair: the review that holds.
#[derive(Clone, Debug)]
struct Said {
    review: String,
    verdict: String,
}

impl Reviews {
    /// The newest review of each pair; the older ones, and those that name no entry, are told.
    pub(super) fn of(input: &Input, entries: &Entries<'_>, findings: &mut Vec<Finding>) -> Self {
        let mut by_pair: BTreeMap<(usize, usize), Vec<&ProductReview>> = BTreeMap::new();
        let mut used = 0;
        for review in &input.reviews {
            match places(review, entries) {
                Ok(pair) => {
                    used += 1;
                    by_pair.entry(pair).or_default().push(review);
                }
                Err(finding) => findings.push(finding),
            }
        }
        let mut reviews = Reviews { said: BTreeMap::new(), read: input.reviews.len(), used };
        for (pair, mut said) in by_pair {
            said.sort_by_key(|review| review.reviewed_on);
            let Some(last) = said.last() else { continue };
            let same_day: Vec<&&ProductReview> =
                said.iter().filter(|review| review.reviewed_on == last.reviewed_on).collect();
            // Of reviews of one day, what sets entries apart is kept.
            let holds = same_day.iter().find(|review| review.verdict != SAME).map_or(*last, |review| **review);
            findings.extend(overruled(&said, holds));
            reviews.said.insert(pair, Said { review: holds.reference.clone(), verdict: holds.verdict.clone() });
        }
        reviews
    }

    /// What is known of which entries, as matching takes it.
    pub(super) fn known(&self) -> Vec<Known> {
        let known = |(&(one, other), said): (&(usize, usize), &Said)| Known { one, other, same: said.verdict == SAME };
        self.said.iter().map(known).collect()
    }

    /// The review of a pair.
    pub(super) fn of_pair(&self, one: usize, other: usize) -> Option<Reviewed> {
        let said = self.said.get(&(one.min(other), one.max(other)))?;
        Some(Reviewed { review: JointRegister::own_source(&said.review), verdict: said.verdict.clone() })
    }

    /// Whether a pair is reviewed.
    pub(super) fn has(&self, one: usize, other: usize) -> bool {
        !self.said.is_empty() && self.said.contains_key(&(one.min(other), one.max(other)))
    }

    /// Every pair that is reviewed.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.said.keys().copied()
    }

    /// The entries that a review names.
    pub(super) fn entries(&self) -> BTreeSet<usize> {
        self.said.keys().flat_map(|&(one, other)| [one, other]).collect()
    }

    /// Whether a person has said that two entries serve one function as different products.
    pub(super) fn serve_one_function(&self, one: usize, other: usize) -> Option<bool> {
        let said = self.said.get(&(one.min(other), one.max(other)))?;
        (said.verdict != SAME).then_some(said.verdict == SAME_FUNCTION)
    }

    /// Reviews that say that two entries are the same which others set apart.
    pub(super) fn contradictions(&self, places: &[usize], entries: &Entries<'_>) -> Vec<Finding> {
        let said: Vec<(&(usize, usize), &Said)> = self.said.iter().collect();
        let told = |place: &usize| {
            let ((one, other), said) = said.get(*place)?;
            let (one, other) = (&entries.all[*one].source, &entries.all[*other].source);
            let what = format!(
                "The review {} says that {one} and {other} are the same product, which other reviews rule out between them. It is not kept.",
                said.review
            );
            let hint =
                "look at the reviews of these two and of what is joined with either, and correct the one that is wrong";
            let sources = vec![JointRegister::own_source(&said.review), one.clone(), other.clone()];
            Some(Finding::error(what, hint, sources))
        };
        places.iter().filter_map(told).collect()
    }
}

/// The places of the two entries of a review, the smaller first.
fn places(review: &ProductReview, entries: &Entries<'_>) -> Result<(usize, usize), Finding> {
    let place = |named: &String| named.parse::<Source>().ok().and_then(|source| entries.places.get(&source).copied());
    let missing: Vec<&String> =
        [&review.one, &review.other].into_iter().filter(|named| place(named).is_none()).collect();
    let sources = vec![JointRegister::own_source(&review.reference)];
    match (place(&review.one), place(&review.other)) {
        (Some(one), Some(other)) if one == other => {
            let what = format!("The review {} names one entry twice, and was not used.", review.reference);
            Err(Finding::warning(what, "name the entry that it is compared with", sources))
        }
        (Some(one), Some(other)) => Ok((one.min(other), one.max(other))),
        _ => {
            let what = format!(
                "The review {} names {}, which is no application that is shared and used; the review was not used.",
                review.reference,
                sentence_list(&missing)
            );
            Err(Finding::warning(what, "correct the reference, or ask its owner to share the entry", sources))
        }
    }
}

/// Reviews of one pair that say something other than the one that holds.
fn overruled(said: &[&ProductReview], holds: &ProductReview) -> Option<Finding> {
    let others: Vec<&&ProductReview> = said.iter().filter(|review| review.verdict != holds.verdict).collect();
    let references: Vec<&String> = others.iter().map(|review| &review.reference).collect();
    let same_day = others.iter().any(|review| review.reviewed_on == holds.reviewed_on);
    let why = if same_day { "of reviews of one day, what sets entries apart is kept" } else { "the newest is kept" };
    let all = others.iter().map(|review| review.reference.as_str()).chain([holds.reference.as_str()]);
    let sources = all.map(JointRegister::own_source).collect();
    let what = format!(
        "Reviews of {} and {} contradict each other: {} says \"{}\", {} otherwise; {why}.",
        holds.one,
        holds.other,
        holds.reference,
        holds.verdict,
        sentence_list(&references)
    );
    let hint = "delete the review that no longer holds";
    let finding = if same_day { Finding::error(what, hint, sources) } else { Finding::warning(what, hint, sources) };
    (!others.is_empty()).then_some(finding)
}

/// The pairs to be reviewed as different so that a part of a group stands apart from the rest of it.
///
/// Entries of the part that are no members are left out; so is everything where the part is the whole group.
///
/// ```
/// use penshaw_analyses::overlap::reviews_that_split;
/// let group = ["SCC/A1", "DCC/A7", "GMBC/A3"];
/// assert_eq!(reviews_that_split(&group, &["GMBC/A3"]), [("SCC/A1", "GMBC/A3"), ("DCC/A7", "GMBC/A3")]);
/// ```
pub fn reviews_that_split<'a>(members: &[&'a str], part: &[&str]) -> Vec<(&'a str, &'a str)> {
    let (part, rest): (Vec<&str>, Vec<&str>) = members.iter().copied().partition(|member| part.contains(member));
    rest.iter().flat_map(|one| part.iter().map(move |other| (*one, *other))).collect()
}

//! Keeps what a person says of entries that might mean the same product: it binds every matching after it.

use std::collections::BTreeMap;

use penshaw_analyses::Analysis;
use penshaw_analyses::overlap::{Match, Outcome, Overlap};
use penshaw_basis::Confidence;
use penshaw_register::kinds::{ProductReview, VERDICTS};
use penshaw_register::{Kind, PARTNERSHIP, Record};
use penshaw_store::entries;

use crate::actor::Actor;
use crate::edit_entry::next_reference;
use crate::permissions::Verb;
use crate::service::Operations;
use crate::view_runs::RunView;
use crate::{Refusal, TableRow};

/// What somebody says of two entries, each as its owner's code and reference: `SCC/A12`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviewed {
    /// One entry.
    pub one: String,
    /// The other.
    pub other: String,
    /// One of [`VERDICTS`].
    pub verdict: String,
    /// Why; may be empty.
    pub reason: String,
}

/// What the newest answer on overlap suggests, to be reviewed.
#[derive(Clone, Debug)]
pub struct MatchesView {
    /// The answer; nothing where it has not been worked out, or could not be.
    pub answer: Option<(RunView, Outcome)>,
    /// The reviews that stand, by their two entries in order: reference and verdict.
    pub reviews: BTreeMap<(String, String), (String, String)>,
    /// Whether the reader may review.
    pub may_review: bool,
}

impl MatchesView {
    /// The reference and the verdict of the review that stands on a match.
    pub fn review_of(&self, found: &Match) -> Option<&(String, String)> {
        self.reviews.get(&in_order(&found.one.to_string(), &found.other.to_string()))
    }
}

impl Operations {
    /// The matches of the newest answer on overlap, and what has been said of them by now.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn matches(&self, actor: &Actor) -> Result<MatchesView, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let run = self.latest_run(actor, Overlap::NAME).await?.run;
        let read = |run: RunView| serde_json::from_str(&run.run.outcome).ok().map(|outcome| (run, outcome));
        let standing = entries::of_kind(self.store(), PARTNERSHIP, Kind::ProductReview).await?;
        let reviews = standing.iter().filter_map(|entry| entry.record.read::<ProductReview>().ok());
        let reviews = reviews.map(|review| (in_order(&review.one, &review.other), (review.reference, review.verdict)));
        Ok(MatchesView {
            answer: run.filter(|run| run.run.answered).and_then(read),
            reviews: reviews.collect(),
            may_review: actor.may(Verb::edit(Kind::ProductReview), PARTNERSHIP),
        })
    }

    /// Keeps verdicts on pairs of entries; one that was given on a pair before is changed. Splitting a
    /// group is a verdict on each two entries that part.
    ///
    /// # Errors
    /// If the actor may not, or a verdict or a pair is not one; nothing is kept then.
    pub async fn review_products(&self, actor: &Actor, reviewed: &[Reviewed]) -> Result<usize, Refusal> {
        self.may_edit(actor, PARTNERSHIP, Kind::ProductReview)?;
        if let Some(wrong) = reviewed.iter().find(|review| !VERDICTS.contains(&review.verdict.as_str())) {
            let what = format!("\"{}\" is no verdict: choose one of {}", wrong.verdict, VERDICTS.join(", "));
            return Err(Refusal::invalid("verdict", what));
        }
        if reviewed.is_empty() {
            return Err(Refusal::invalid("verdict", "Choose a verdict on one match or more"));
        }
        let standing = entries::of_kind(self.store(), PARTNERSHIP, Kind::ProductReview).await?;
        let mut known: Vec<Record> = standing.iter().map(|entry| entry.record.clone()).collect();
        let read = standing.iter().filter_map(|entry| Some((entry, entry.record.read::<ProductReview>().ok()?)));
        let before: BTreeMap<(String, String), (String, i64)> = read
            .map(|(entry, review)| (in_order(&review.one, &review.other), (review.reference, entry.number)))
            .collect();
        let mut rows: BTreeMap<(String, String), TableRow> = BTreeMap::new();
        for said in reviewed {
            let pair = in_order(&said.one, &said.other);
            let (reference, expected) = match before.get(&pair) {
                Some((reference, number)) => (reference.clone(), Some(*number)),
                None => (next_reference(&known, "PR1"), None),
            };
            let review = ProductReview {
                reference,
                one: pair.0.clone(),
                other: pair.1.clone(),
                verdict: said.verdict.clone(),
                reason: Some(said.reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
                reviewer: None,
                reviewed_on: Some(self.clock().today()),
            };
            let record = Record::of(&review, Confidence::Verified);
            known.push(record.clone());
            rows.insert(pair, TableRow { record, expected, removed: false });
        }
        let rows: Vec<TableRow> = rows.into_values().collect();
        self.save_entries(actor, PARTNERSHIP, Kind::ProductReview, &rows).await?;
        Ok(rows.len())
    }
}

/// A pair of entries, whichever was named first.
fn in_order(one: &str, other: &str) -> (String, String) {
    let (one, other) = (one.trim().to_owned(), other.trim().to_owned());
    if one <= other { (one, other) } else { (other, one) }
}

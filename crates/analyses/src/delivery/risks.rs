//! Risks under review: when each was last looked at, which way it moved, and which are late.

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::{JointRegister, Risk, RiskReview};

use super::days::months_after;
use super::given::Given;
use super::input::Input;
use super::outcome::{Finding, Moved, RiskStanding};
use crate::named::counted;

/// Every risk, in the order of the entries.
pub(super) fn risks(input: &Input, given: &Given) -> Vec<RiskStanding> {
    input.risks.iter().map(|risk| standing(risk, input, given)).collect()
}

/// What was thought of a risk at one time; what a review does not give stands as it was.
#[derive(Clone, Copy)]
struct Assessment {
    probability: Option<f64>,
    impact: Option<Money>,
}

impl Assessment {
    fn expected(self) -> Option<Estimate> {
        Some(Estimate::from(self.impact?) * self.probability?)
    }

    fn after(self, review: &RiskReview) -> Self {
        Assessment { probability: review.probability.or(self.probability), impact: review.impact.or(self.impact) }
    }
}

fn standing(risk: &Risk, input: &Input, given: &Given) -> RiskStanding {
    let reviews = reviews_of(risk, input);
    let mut now = Assessment { probability: risk.probability, impact: risk.impact };
    let mut before = now;
    for review in &reviews {
        before = now;
        now = now.after(review);
    }
    let last = reviews.last();
    let last_reviewed = last.and_then(|review| review.reviewed_on).max(risk.reviewed.filter(|day| *day <= input.on));
    let closed = last.and_then(|review| review.decision.as_deref()) == Some("close");
    let months = given.alerts.as_ref().map(|alerts| alerts.value.risk_review_months);
    let due = last_reviewed.zip(months).filter(|_| !closed).map(|(day, months)| months_after(day, months));
    let own = JointRegister::own_source(&risk.reference);
    RiskStanding {
        description: risk.description.clone(),
        authority: risk.authority.clone(),
        owner: risk.owner.clone(),
        reviews: reviews.len(),
        last_reviewed,
        decision: last.and_then(|review| review.decision.clone()),
        probability: now.probability,
        impact: now.impact,
        expected: now.expected(),
        moved: if reviews.is_empty() { Moved::NotKnown } else { moved(before, now) },
        late: !closed && due.is_none_or(|due| due < input.on),
        due,
        closed,
        sources: std::iter::once(own).chain(reviews.iter().map(|review| source(review))).collect(),
    }
}

fn source(review: &RiskReview) -> Source {
    JointRegister::own_source(&review.reference)
}

/// The reviews of a risk up to the day, the earliest first.
fn reviews_of<'a>(risk: &Risk, input: &'a Input) -> Vec<&'a RiskReview> {
    let own = input.reviews.iter().filter(|review| review.risk == risk.reference);
    let mut own: Vec<&RiskReview> = own.filter(|review| is_held(review, input.on)).collect();
    own.sort_by_key(|review| review.reviewed_on);
    own
}

fn is_held(review: &RiskReview, on: Date) -> bool {
    review.reviewed_on.is_some_and(|day| day <= on)
}

/// Which way probability times impact went, or the probability alone where a cost is not known.
fn moved(before: Assessment, now: Assessment) -> Moved {
    let expected = before.expected().zip(now.expected()).map(|(before, now)| (before.pounds(), now.pounds()));
    match expected.or(before.probability.zip(now.probability)) {
        Some((before, now)) if now > before => Moved::Up,
        Some((before, now)) if now < before => Moved::Down,
        Some(_) => Moved::Unchanged,
        None => Moved::NotKnown,
    }
}

/// Risks that nobody reviewed, and reviews of risks that are not there.
pub(super) fn findings(input: &Input, risks: &[RiskStanding]) -> Vec<Finding> {
    let never: Vec<&RiskStanding> = risks.iter().filter(|risk| risk.last_reviewed.is_none()).collect();
    let never = (!never.is_empty()).then(|| {
        let sources = never.iter().flat_map(|risk| risk.sources.clone()).collect();
        let what = format!("{} never reviewed.", counted(never.len(), "risk was", "risks were"));
        Finding::warning(what, "review them, or close those that no longer matter, on the sheet Risk reviews", sources)
    });
    let orphans = input.reviews.iter().filter(|review| input.risks.iter().all(|risk| risk.reference != review.risk));
    let orphans = orphans.map(|review| {
        let what = format!("The risk review {} is of the risk {}, which is not there.", review.reference, review.risk);
        Finding::warning(what, "correct the reference of the risk", vec![source(review)])
    });
    let ahead = input.reviews.iter().filter(|review| review.reviewed_on.is_some_and(|day| day > input.on));
    let ahead = ahead.map(|review| {
        let what = format!(
            "The risk review {} is dated after the day of this answer, and does not count yet.",
            review.reference
        );
        Finding::warning(what, "correct its day, or answer on a later day", vec![source(review)])
    });
    never.into_iter().chain(orphans).chain(ahead).collect()
}

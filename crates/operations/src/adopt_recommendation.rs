//! Adopts the recommendation as it stands, or sets it aside with a reason; and shows what is recommended.

use penshaw_register::{Adoption, PARTNERSHIP, Partnership, ReportDetails};
use penshaw_store::partnership;
use penshaw_store::runs::{self, Run};
use serde::Serialize;

use crate::actor::Actor;
use crate::changed_since::Changed;
use crate::permissions::Verb;
use crate::run_analysis::REPORT;
use crate::service::{Noted, Operations, standing};
use crate::view_runs::RunView;
use crate::write_report::{ReportDraft, writes};
use crate::{Invalid, Refusal};

/// What is recommended, with its adoption.
#[derive(Debug)]
pub struct RecommendationView {
    /// The newest report, of which the recommendation is a part.
    pub report: Option<RunView>,
    /// What the report says of itself, the adoption that stands among it.
    pub draft: ReportDraft,
    /// Why it cannot be adopted as things stand.
    pub hindrance: Option<Refusal>,
}

/// What the audit trail notes of an adoption: the run that it is about, too.
#[derive(Serialize)]
struct Adopted<'a> {
    run: &'a str,
    joint_digest: &'a str,
    #[serde(flatten)]
    adoption: &'a Adoption,
}

impl Operations {
    /// What is recommended, and whether it can be adopted.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn recommendation(&self, actor: &Actor) -> Result<RecommendationView, Refusal> {
        let draft = self.report_draft(actor).await?;
        let report = self.latest_report(actor).await?;
        let hindrance = match &report {
            Some(report) => hindrance(&report.run, report.changed),
            None => Some(nothing_worked_out()),
        };
        Ok(RecommendationView { report, draft, hindrance })
    }

    /// Adopts the recommendation of the newest report as it stands, or sets it aside with a reason.
    ///
    /// `run` is the report that was seen, `expected` the state of the report's own words.
    ///
    /// # Errors
    /// If the actor may not, nothing was worked out, the report that was seen is a working copy,
    /// out of date or not the newest, or the reason or the resolutions in its place are lacking.
    pub async fn adopt_recommendation(
        &self,
        actor: &Actor,
        run: &str,
        adoption: Adoption,
        expected: i64,
    ) -> Result<(), Refusal> {
        let newest = runs::latest(self.store(), REPORT).await?;
        let changed = match &newest {
            Some(newest) => self.changed_since(newest).await?,
            None => None,
        };
        let changes = self.store().change().await?;
        let known = standing(&changes).await?;
        let before = known.partnership.report.clone();
        if !writes(actor, Verb::Adopt, &before.authority) {
            return Err(Refusal::NotAllowed { what: Verb::Adopt.words() });
        }
        let newest = newest.ok_or_else(nothing_worked_out)?;
        if newest.id != run {
            return Err(Refusal::ChangedMeanwhile { what: "the recommendation".into() });
        }
        if let Some(hindrance) = hindrance(&newest, changed) {
            return Err(hindrance);
        }
        sound(&adoption)?;
        let report = ReportDetails { adoption: Some(adoption), ..known.partnership.report.clone() };
        let partnership = Partnership { report, ..known.partnership };
        partnership::describe(&changes, &partnership, expected).await?;
        let adopted = partnership.report.adoption.as_ref();
        let after = adopted.map(|adoption| Adopted { run, joint_digest: &newest.joint_digest, adoption });
        let noted = Noted::new("adopt_recommendation", PARTNERSHIP, "report").before(&before.adoption).after(&after);
        self.note(&changes, actor, noted).await?;
        Ok(changes.keep().await?)
    }
}

fn sound(adoption: &Adoption) -> Result<(), Refusal> {
    let mut invalid = Vec::new();
    if adoption.officer.trim().is_empty() {
        invalid.push(Invalid::new("officer", "Enter the post of the officer who decides, never a name"));
    }
    if !adoption.adopted && adoption.reason.trim().is_empty() {
        invalid.push(Invalid::new("reason", "Enter why the recommendation is set aside"));
    }
    if !adoption.adopted && adoption.resolutions.is_empty() {
        invalid.push(Invalid::new("resolutions", "Enter the resolutions that are put in its place, one a line"));
    }
    if invalid.is_empty() { Ok(()) } else { Err(Refusal::Invalid(invalid)) }
}

/// Why the recommendation of a report cannot be adopted.
fn hindrance(run: &Run, changed: Option<Changed>) -> Option<Refusal> {
    let because = |what: &str, hint: &str| Some(Refusal::NotNow { what: what.into(), hint: hint.into() });
    if !run.frozen {
        return because(
            "the newest report is a working copy, so that its recommendation cannot be adopted",
            "freeze a baseline of every body, then work everything out again",
        );
    }
    if changed == Some(Changed::Evidence) {
        return because(
            "what the recommendation rests on has changed since it was worked out",
            "work everything out again, then adopt what it says",
        );
    }
    None
}

fn nothing_worked_out() -> Refusal {
    Refusal::NotNow {
        what: "nothing has been worked out yet, so that there is no recommendation".into(),
        hint: "work everything out first".into(),
    }
}

//! Writes what the report says of itself and in its officers' own words.

use penshaw_register::{PARTNERSHIP, Partnership, ReportDetails};
use penshaw_store::partnership;

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::{Noted, Operations, standing};
use crate::{Invalid, Refusal};

/// The report's own words, as its editor shows them.
#[derive(Clone, Debug)]
pub struct ReportDraft {
    /// The partnership, with the report's details.
    pub partnership: Partnership,
    /// Names the state that was seen, so that two editors notice each other.
    pub revision: i64,
    /// Whether the reader may write it.
    pub may_edit: bool,
    /// Whether the reader may adopt the recommendation.
    pub may_adopt: bool,
}

impl Operations {
    /// The report's own words.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn report_draft(&self, actor: &Actor) -> Result<ReportDraft, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let known = self.standing().await?;
        let reporting = known.partnership.report.authority.clone();
        Ok(ReportDraft {
            may_edit: writes(actor, Verb::EditReport, &reporting),
            may_adopt: writes(actor, Verb::Adopt, &reporting),
            revision: known.revision,
            partnership: known.partnership,
        })
    }

    /// Writes the report's own words and details. Its adoption is not among them.
    ///
    /// # Errors
    /// If the actor may not, something must be corrected, or somebody else wrote since `expected`.
    pub async fn write_report(&self, actor: &Actor, details: ReportDetails, expected: i64) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        let known = standing(&changes).await?;
        let before = known.partnership.report.clone();
        if !writes(actor, Verb::EditReport, &before.authority) {
            return Err(Refusal::NotAllowed { what: Verb::EditReport.words() });
        }
        sound(&details, &known.partnership)?;
        let details = ReportDetails { adoption: before.adoption.clone(), ..details };
        let partnership = Partnership { report: details, ..known.partnership };
        partnership::describe(&changes, &partnership, expected).await?;
        let noted = Noted::new("write_report", PARTNERSHIP, "report").before(&before).after(&partnership.report);
        self.note(&changes, actor, noted).await?;
        Ok(changes.keep().await?)
    }
}

/// The report is written by the partnership's officers and by those of the authority whose cabinet receives it.
pub(crate) fn writes(actor: &Actor, verb: Verb, reporting: &str) -> bool {
    actor.may(verb, PARTNERSHIP) || actor.may(verb, reporting)
}

fn sound(details: &ReportDetails, partnership: &Partnership) -> Result<(), Refusal> {
    let mut invalid = Vec::new();
    if details.title.trim().is_empty() {
        invalid.push(Invalid::new("title", "Enter the title of the report"));
    }
    if !details.authority.is_empty() && partnership.authority(&details.authority).is_none() {
        invalid.push(Invalid::new("authority", "Select the authority whose cabinet receives the report"));
    }
    let long = |words: &String| words.len() > 20_000;
    if details.words.values().flatten().any(long) || long(&details.purpose) {
        invalid.push(Invalid::new("words", "Enter paragraphs of at most 20,000 characters"));
    }
    if invalid.is_empty() { Ok(()) } else { Err(Refusal::Invalid(invalid)) }
}

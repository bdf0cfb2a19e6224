//! Whether what a run rests on has changed since it was worked out.

use std::sync::Arc;

use penshaw_register::{JointRegister, Partnership, ReportDetails, join};
use penshaw_store::runs::{Brief, Run};
use penshaw_store::visits;
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::run_analysis::{Gathered, REPORT, off_the_server};
use crate::service::Operations;

/// What has changed since a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The report's own words, its details or its adoption; no figure and no finding.
    Words,
    /// Baselines, entries, what is shared, or parameters: the answer may be another.
    Evidence,
}

/// The digests of all that runs of a day rest on.
#[derive(Clone, Debug)]
pub(crate) struct Digests {
    report: String,
    evidence: String,
    basis: String,
}

/// What a report's run keeps as its input: what it rests on, its own words left out.
#[derive(Serialize, Deserialize)]
pub(crate) struct Evidence {
    pub(crate) evidence_digest: String,
}

/// What a run says that it rests on.
struct Rests<'a> {
    analysis: &'a str,
    frozen: bool,
    joint: &'a str,
    basis: &'a str,
    evidence: Option<String>,
    revision: i64,
}

impl Operations {
    /// What has changed since a run.
    pub(crate) async fn changed_since(&self, run: &Run) -> Result<Option<Changed>, Refusal> {
        let input = run.input.as_deref().filter(|_| run.analysis == REPORT);
        let evidence = input.and_then(|input| serde_json::from_str::<Evidence>(input).ok());
        self.has_changed(&Rests {
            analysis: &run.analysis,
            frozen: run.frozen,
            joint: &run.joint_digest,
            basis: &run.basis_digest,
            evidence: evidence.map(|evidence| evidence.evidence_digest),
            revision: run.revision,
        })
        .await
    }

    /// What has changed since a question was worked out.
    pub(crate) async fn changed_since_brief(&self, run: &Brief) -> Result<Option<Changed>, Refusal> {
        self.has_changed(&Rests {
            analysis: &run.analysis,
            frozen: run.frozen,
            joint: &run.joint_digest,
            basis: &run.basis_digest,
            evidence: None,
            revision: run.revision,
        })
        .await
    }

    async fn has_changed(&self, run: &Rests<'_>) -> Result<Option<Changed>, Refusal> {
        let revision = visits::revision(self.store()).await?;
        if run.revision == revision {
            return Ok(None);
        }
        let mut found = self.digests_of(revision, false).await?.compare(run);
        if found.is_some() && !run.frozen {
            // A working copy may rest on the entries as they stand, baselines or not.
            found = self.digests_of(revision, true).await?.compare(run);
        }
        Ok(found)
    }

    /// The digests as of now: worked out once for each state of the register.
    async fn digests_of(&self, revision: i64, standing: bool) -> Result<Arc<Digests>, Refusal> {
        if let Some(known) = self.inner.digests.get(&(revision, standing)) {
            return Ok(known);
        }
        let gathered = self.gathered(standing).await?;
        let key = (gathered.revision, standing);
        let digests = Arc::new(off_the_server(move || digests(&gathered)).await?);
        self.inner.digests.insert(key, digests.clone());
        Ok(digests)
    }
}

impl Digests {
    fn compare(&self, run: &Rests<'_>) -> Option<Changed> {
        let is_report = run.analysis == REPORT;
        let (joint, evidence) = match is_report {
            true => (&self.report, run.evidence.as_deref() == Some(&self.evidence)),
            false => (&self.evidence, false),
        };
        match run.basis == self.basis {
            true if run.joint == joint => None,
            true if evidence => Some(Changed::Words),
            _ => Some(Changed::Evidence),
        }
    }
}

fn digests(gathered: &Gathered) -> Digests {
    Digests {
        report: joined(gathered).digest().as_str().to_owned(),
        evidence: evidence(gathered).digest().as_str().to_owned(),
        basis: gathered.basis.digest().as_str().to_owned(),
    }
}

/// All that a report can read.
pub(crate) fn joined(gathered: &Gathered) -> JointRegister {
    join(&gathered.partnership, &gathered.baselines, &gathered.choices)
}

/// All that a question can read: of what the report says of itself, the day of its meeting alone.
pub(crate) fn evidence(gathered: &Gathered) -> JointRegister {
    let report = ReportDetails { meeting: gathered.partnership.report.meeting, ..ReportDetails::default() };
    let partnership = Partnership { report, ..gathered.partnership.clone() };
    join(&partnership, &gathered.baselines, &gathered.choices)
}

//! How the decisions hang together: chains of decisions, what their reports said would happen, what they could rest on.

use std::collections::BTreeMap;
use std::sync::Arc;

use penshaw_analyses::Analysis;
use penshaw_analyses::decisions::{Decisions, Input, Outcome};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Document;
use penshaw_proposal::history::{History, HistoryInputs, KnownBaseline, history, present};
use penshaw_register::{Baseline, JointRegister, PARTNERSHIP, Partnership, SharingChoice, join};
use penshaw_store::baselines::{self, Frozen};
use penshaw_store::visits;

use crate::Refusal;
use crate::actor::Actor;
use crate::changed_since::joined;
use crate::permissions::Verb;
use crate::run_analysis::{Gathered, off_the_server};
use crate::service::Operations;

/// How the decisions hang together on a day.
#[derive(Clone, Debug)]
pub struct HistoryView {
    /// The chains, the commitments and what is wanting.
    pub history: History,
    /// The same as blocks.
    pub document: Document,
}

impl Operations {
    /// How the decisions hang together today, by the entries as they stand.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn decision_history(&self, actor: &Actor) -> Result<Arc<HistoryView>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let on = self.clock().today();
        let key = (visits::revision(self.store()).await?, on);
        if let Some(today) = self.inner.histories.get(&key) {
            return Ok(today);
        }
        let gathered = Arc::new(self.gathered(true).await?);
        let known = self.known_baselines(&gathered, on).await?;
        let found = off_the_server(move || Arc::new(view(&joined(&gathered), on, &gathered.basis, &known))).await?;
        self.inner.histories.insert(key, Arc::clone(&found));
        Ok(found)
    }

    /// Every baseline that was frozen, those with a digest that a decision could rest on.
    pub(crate) async fn known_baselines(
        &self,
        gathered: &Arc<Gathered>,
        on: Date,
    ) -> Result<Vec<KnownBaseline>, Refusal> {
        let mut frozen: Vec<Frozen> = Vec::new();
        let codes = gathered.partnership.authorities.iter().map(|authority| authority.code.as_str());
        for owner in codes.chain([PARTNERSHIP]) {
            frozen.extend(baselines::of(self.store(), owner).await?);
        }
        let mut known: Vec<KnownBaseline> =
            frozen.iter().map(|one| without_digest(&one.id, &one.owner, one.on)).collect();
        let (all, of) = (known.clone(), Arc::clone(gathered));
        let told = off_the_server(move || told(&joined(&of), on, &of.basis, &all)).await?;
        let cited = told.cited_baselines();
        for (known, frozen) in known.iter_mut().zip(&frozen).filter(|(known, _)| cited.contains(known.id.as_str())) {
            let (baseline, of) = (baselines::open(self.store(), frozen).await?, Arc::clone(gathered));
            let digest = off_the_server(move || shared_digest(&of.partnership, &baseline, &of.choices)).await?;
            known.digest = digest;
        }
        Ok(known)
    }
}

/// How the decisions hang together as a paper: of the day that is asked for, or of the last on which something is recorded
/// as done where that is later.
pub(crate) fn history_paper(joint: &JointRegister, on: Date, basis: &Basis, known: &[KnownBaseline]) -> Document {
    let on = Decisions::gather(joint, on).map_or(on, |input| input.on);
    view(joint, on, basis, known).document
}

/// How the decisions hang together by what is shared.
fn view(joint: &JointRegister, on: Date, basis: &Basis, known: &[KnownBaseline]) -> HistoryView {
    let history = told(joint, on, basis, known);
    HistoryView { document: present(&history, joint), history }
}

fn told(joint: &JointRegister, on: Date, basis: &Basis, known: &[KnownBaseline]) -> History {
    let clock: Outcome = Decisions::analyse(&Input::of(joint, on), basis);
    history(&HistoryInputs { joint, clock: &clock, baselines: known })
}

/// The baselines that a folder holds.
pub(crate) fn held_baselines(
    partnership: &Partnership,
    baselines: &[Baseline],
    choices: &BTreeMap<String, Vec<SharingChoice>>,
) -> Vec<KnownBaseline> {
    let known = |baseline: &Baseline| KnownBaseline {
        digest: shared_digest(partnership, baseline, choices),
        ..without_digest(baseline.owner(), baseline.owner(), baseline.on())
    };
    baselines.iter().map(known).collect()
}

fn without_digest(id: &str, owner: &str, on: Date) -> KnownBaseline {
    KnownBaseline { id: id.to_owned(), owner: owner.to_owned(), on, digest: None }
}

/// The digest of what an owner shares of a baseline, as it shares today.
fn shared_digest(
    partnership: &Partnership,
    baseline: &Baseline,
    choices: &BTreeMap<String, Vec<SharingChoice>>,
) -> Option<String> {
    let joint = join(partnership, std::slice::from_ref(baseline), choices);
    joint.digests().get(baseline.owner()).map(|digest| digest.as_str().to_owned())
}

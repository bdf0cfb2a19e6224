//! When may we decide, as of today and of the entries as they stand: what democratic services look at each morning.

use std::sync::Arc;

use penshaw_analyses::Analysis;
use penshaw_analyses::decisions::{Decisions, Input, Outcome};
use penshaw_basis::Date;
use penshaw_documents::Document;
use penshaw_store::visits;

use crate::Refusal;
use crate::actor::Actor;
use crate::analyse_one::{document, known};
use crate::changed_since::joined;
use crate::permissions::Verb;
use crate::run_analysis::off_the_server;
use crate::service::Operations;

/// Where every decision stands on a day.
#[derive(Clone, Debug)]
pub struct DecisionsToday {
    /// The day.
    pub on: Date,
    /// The answer.
    pub outcome: Outcome,
    /// The same as blocks; empty where nothing is to be decided.
    pub document: Document,
}

impl Operations {
    /// Where every decision stands today, from the entries as they stand.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn decisions_today(&self, actor: &Actor) -> Result<Arc<DecisionsToday>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let on = self.clock().today();
        let key = (visits::revision(self.store()).await?, on);
        if let Some(today) = self.inner.decisions.get(&key) {
            return Ok(today);
        }
        let gathered = self.gathered(true).await?;
        let listed = known(Decisions::NAME)?;
        let found = off_the_server(move || {
            let joint = joined(&gathered);
            let outcome = Decisions::analyse(&Input::of(&joint, on), &gathered.basis);
            let blocks = if outcome.decisions.is_empty() { Vec::new() } else { Decisions::present(&outcome) };
            let document = document(listed, &joint, on, blocks);
            Arc::new(DecisionsToday { on, outcome, document })
        })
        .await?;
        self.inner.decisions.insert(key, Arc::clone(&found));
        Ok(found)
    }
}

//! The worker of a server: takes jobs one after another, and those that another server let go.

use std::time::Duration;

use penshaw_store::jobs::{self, Job, State, Task};

use super::Progress;
use crate::Refusal;
use crate::actor::{Actor, Means};
use crate::service::Operations;

/// How often a server looks for jobs that were asked for elsewhere.
const LOOKS: Duration = Duration::from_millis(500);
/// A job that brought down this many servers is not begun again.
const ATTEMPTS: i64 = 3;

impl Operations {
    /// Takes jobs until it is dropped. A server runs one of these.
    pub async fn work(&self) {
        loop {
            match self.work_once().await {
                Ok(true) => {}
                Ok(false) => {
                    let _ = tokio::time::timeout(LOOKS, self.inner.wake.notified()).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "no job could be taken");
                    tokio::time::sleep(LOOKS * 4).await;
                }
            }
        }
    }

    /// Takes one job and does it; says whether there was one.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn work_once(&self) -> Result<bool, Refusal> {
        let now = self.now();
        let Some(job) = jobs::take(self.store(), &self.inner.server, now, now + self.settings().lease).await? else {
            return Ok(false);
        };
        let done = if job.attempts > ATTEMPTS { Err(too_often()) } else { self.guarded(&job).await };
        self.end(&job, done).await?;
        Ok(true)
    }

    /// Does a job; what panics in it is a fault of that job and not the end of the server.
    async fn guarded(&self, job: &Job) -> Result<Option<String>, Refusal> {
        let (operations, job) = (self.clone(), job.clone());
        let mut task = {
            let job = job.clone();
            tokio::spawn(async move { operations.perform(&job).await })
        };
        loop {
            match tokio::time::timeout(self.renews(), &mut task).await {
                Ok(done) => return done.unwrap_or_else(|_| Err(by_itself())),
                Err(_) => self.renew(&job).await,
            }
        }
    }

    /// How often a server says that it still has its job: more than once before another would take it over.
    fn renews(&self) -> Duration {
        self.settings().lease.unsigned_abs() / 4
    }

    /// Keeps a job that takes long in one of its stages. Whether it is still ours is asked where it ends.
    async fn renew(&self, job: &Job) {
        if let Err(error) = jobs::renew(self.store(), job, self.now() + self.settings().lease).await {
            tracing::warn!(%error, job = %job.id, "a job could not be kept");
        }
    }

    /// Lets other servers have the jobs of this one at once, which is about to stop.
    ///
    /// # Errors
    /// If the database does not answer: then they are taken over when their lease has run out.
    pub async fn hand_jobs_back(&self) -> Result<(), Refusal> {
        Ok(jobs::hand_back(self.store(), &self.inner.server).await?)
    }

    async fn perform(&self, job: &Job) -> Result<Option<String>, Refusal> {
        let progress = Progress { operations: self, job };
        // For the audit trail: what may be done was asked before the job was made.
        let actor = Actor {
            person: job.person.clone(),
            name: job.asked_by.clone(),
            roles: Default::default(),
            means: Means::Command,
        };
        match &job.task {
            Task::ReadImport { import } => self.read_import(import, &progress).await.map(|()| None),
            Task::CommitImport { import } => self.put_import(import, &actor, &progress).await.map(|()| None),
            Task::RunAnalysis { name, standing } => self.answer(name, *standing, &actor, &progress).await.map(Some),
            Task::WorkOut { standing } => self.work_everything_out(*standing, &actor, &progress).await.map(Some),
        }
    }

    async fn end(&self, job: &Job, done: Result<Option<String>, Refusal>) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        let now = self.now();
        match done {
            Ok(result) => jobs::end(&changes, job, State::Done, result, None, now).await?,
            Err(refusal) => {
                let asked = jobs::find(&changes, &job.id).await?.is_some_and(|known| known.cancel);
                let state = if asked { State::Cancelled } else { State::Failed };
                tracing::info!(job = %job.id, state = state.word(), "a job ended without an answer");
                let words = format!(
                    "{refusal}. {}",
                    crate::save_entry::sentence(&refusal.hint(), "").trim_end_matches([':', ' '])
                );
                jobs::end(&changes, job, state, None, Some(words), now).await?;
            }
        }
        Ok(changes.keep().await?)
    }
}

fn by_itself() -> Refusal {
    Refusal::Printing { form: "the work", what: "it stopped by itself".into() }
}

fn too_often() -> Refusal {
    Refusal::NotNow {
        what: "it was begun several times and never came to an end".into(),
        hint: "tell whoever runs the service".into(),
    }
}

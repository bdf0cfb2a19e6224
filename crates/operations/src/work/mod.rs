//! Work in the background: asked for as rows of the database, taken by any server.

mod worker;

use penshaw_register::PARTNERSHIP;
use penshaw_store::Changes;
use penshaw_store::jobs::{self, Job, State, Task};

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::Operations;
use crate::{Refusal, secrets};

/// How a job tells how far it has come.
pub(crate) struct Progress<'a> {
    pub(crate) operations: &'a Operations,
    pub(crate) job: &'a Job,
}

impl Progress<'_> {
    /// Says what is being done and how much of it is, in hundredths.
    ///
    /// # Errors
    /// If somebody asked for the job to stop, or another server has taken it over.
    pub(crate) async fn say(&self, stage: &str, done: i64) -> Result<(), Refusal> {
        let until = self.operations.now() + self.operations.settings().lease;
        let goes_on = jobs::progress(self.operations.store(), self.job, stage, done, until).await?;
        if goes_on { Ok(()) } else { Err(stopped()) }
    }

    /// Makes sure, in the changes that finish the job, that it is still this server's.
    ///
    /// # Errors
    /// If it is not: then the changes are to be dropped.
    pub(crate) async fn must_be_ours(&self, changes: &Changes) -> Result<(), Refusal> {
        if jobs::is_ours(changes, self.job).await? { Ok(()) } else { Err(stopped()) }
    }
}

fn stopped() -> Refusal {
    Refusal::NotNow { what: "it was stopped".into(), hint: "ask for it again".into() }
}

impl Operations {
    /// Asks for a job, in the same changes as what it is about.
    pub(crate) async fn ask_for(
        &self,
        changes: &Changes,
        actor: &Actor,
        body: &str,
        task: Task,
    ) -> Result<Job, Refusal> {
        let job = Job {
            id: secrets::name(),
            task,
            body: body.to_owned(),
            asked_by: actor.name.clone(),
            person: actor.person.clone(),
            state: State::Waiting,
            stage: "Waiting for its turn".into(),
            done: 0,
            cancel: false,
            attempts: 0,
            taken_by: None,
            result: None,
            error: None,
            asked_at: self.now(),
            ended_at: None,
        };
        jobs::add(changes, &job).await?;
        Ok(job)
    }

    pub(crate) fn wake_worker(&self) {
        self.inner.wake.notify_one();
    }

    /// How many jobs wait or run, on whatever server.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn jobs_waiting(&self) -> Result<i64, Refusal> {
        Ok(jobs::waiting(self.store()).await?)
    }

    /// A job, for who asked for it or may do the like for the same body.
    ///
    /// # Errors
    /// If there is none of that id that the actor may know of.
    pub async fn job(&self, actor: &Actor, id: &str) -> Result<Job, Refusal> {
        let job = jobs::find(self.store(), id).await?;
        let theirs = job.filter(|job| {
            let own = actor.person.is_some() && job.person == actor.person;
            own || (job.body == PARTNERSHIP && actor.may(Verb::SeeShared, PARTNERSHIP)) || actor.belongs_to(&job.body)
        });
        theirs.ok_or(Refusal::NotThere { what: "job" })
    }

    /// Stops a job that the actor asked for, or may ask for.
    ///
    /// # Errors
    /// If there is none of that id that they may stop.
    pub async fn cancel_job(&self, actor: &Actor, id: &str) -> Result<(), Refusal> {
        let job = self.job(actor, id).await?;
        actor.must_write("stop jobs with a token that only reads")?;
        let verb = match job.task {
            Task::ReadImport { .. } | Task::CommitImport { .. } => Verb::Import,
            Task::RunAnalysis { .. } | Task::WorkOut { .. } => Verb::WorkOut,
        };
        if job.person != actor.person {
            actor.must(verb, &job.body)?;
        }
        let changes = self.store().change().await?;
        jobs::cancel(&changes, id, self.now()).await?;
        Ok(changes.keep().await?)
    }

    /// The job that works on an import, or did last.
    pub(crate) async fn job_of_import(&self, import: &str) -> Result<Option<Job>, Refusal> {
        Ok(jobs::about(self.store(), import).await?)
    }
}

//! Works out one question, or everything with the report, in the background; and shows what was worked out.

use std::collections::BTreeMap;

use penshaw_analyses::{ALL, Listed, Missing, Ran};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Document;
use penshaw_register::{Baseline, JointRegister, PARTNERSHIP, Partnership, Record, SharingChoice, join};
use penshaw_store::jobs::{Job, Task};
use penshaw_store::runs::{self, Brief, Run};
use penshaw_store::{baselines, entries, sharing, visits};
use serde_json::Value;
use tokio::task::spawn_blocking;

use crate::actor::Actor;
use crate::analyse_one::{document, known};
use crate::permissions::Verb;
use crate::service::{Noted, Operations};
use crate::work::Progress;
use crate::work_out::{day, sampling};
use crate::write_pack::print;
use crate::{Asked, Pack, Refusal, Work, secrets, work_out};

/// The name under which the run of everything is kept.
pub const REPORT: &str = "report";

/// The seed of a service's runs: the same register gives the same bytes.
const SEED: u64 = 1;

/// The register as it is worked on.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    partnership: Partnership,
    baselines: Vec<Baseline>,
    choices: BTreeMap<String, Vec<SharingChoice>>,
    basis: Basis,
    frozen: bool,
    revision: i64,
}

/// A question with its newest answer.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The question's name.
    pub name: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its method in words, as Markdown.
    pub method: &'static str,
    /// Its newest run.
    pub run: Option<RunView>,
    /// Whether the reader may have it worked out.
    pub may_work_out: bool,
}

/// A run as its page shows it.
#[derive(Clone, Debug)]
pub struct RunView {
    /// The run.
    pub run: Run,
    /// The answer; nothing where it could not be answered.
    pub document: Option<Document>,
    /// What was missing, where it could not be answered.
    pub missing: Option<Missing>,
    /// Whether the register has changed since.
    pub out_of_date: bool,
}

impl Operations {
    /// Every question with when it was last worked out.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn analyses(&self, actor: &Actor) -> Result<Vec<(&'static Listed, Option<Brief>)>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let mut found = Vec::new();
        for listed in ALL {
            let newest = runs::list(self.store(), Some(listed.name), 0, 1).await?.pop();
            found.push((listed, newest));
        }
        Ok(found)
    }

    /// A question with its newest answer.
    ///
    /// # Errors
    /// If there is no such question, or the actor belongs to no body.
    pub async fn latest_run(&self, actor: &Actor, name: &str) -> Result<Answered, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let listed = known(name)?;
        let run = runs::latest(self.store(), listed.name).await?;
        let run = match run {
            Some(run) => Some(self.view(run).await?),
            None => None,
        };
        Ok(Answered {
            name: listed.name,
            question: listed.question,
            method: listed.method,
            run,
            may_work_out: actor.may_somewhere(Verb::WorkOut),
        })
    }

    /// The newest run of everything.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn latest_report(&self, actor: &Actor) -> Result<Option<RunView>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        match runs::latest(self.store(), REPORT).await? {
            Some(run) => Ok(Some(self.view(run).await?)),
            None => Ok(None),
        }
    }

    /// A run by its id.
    ///
    /// # Errors
    /// If there is none.
    pub async fn run(&self, actor: &Actor, id: &str) -> Result<RunView, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let run = runs::find(self.store(), id).await?.ok_or(Refusal::NotThere { what: "run" })?;
        self.view(run).await
    }

    /// Runs, the newest first.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn runs(
        &self,
        actor: &Actor,
        analysis: Option<&str>,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Brief>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        Ok(runs::list(self.store(), analysis, offset, limit.min(200)).await?)
    }

    /// A file of a run's report pack.
    ///
    /// # Errors
    /// If there is none of that name.
    pub async fn run_file(&self, actor: &Actor, id: &str, name: &str) -> Result<Vec<u8>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        runs::file(self.store(), id, name).await?.ok_or(Refusal::NotThere { what: "file" })
    }

    async fn view(&self, run: Run) -> Result<RunView, Refusal> {
        let read = |words: &String| serde_json::from_str(words).ok();
        let missing = if run.answered { None } else { serde_json::from_str(&run.outcome).ok() };
        let out_of_date = visits::revision(self.store()).await? != run.revision;
        Ok(RunView { document: run.document.as_ref().and_then(read), missing, out_of_date, run })
    }

    /// Asks for one question to be worked out: from baselines, or from the entries as they stand.
    ///
    /// # Errors
    /// If there is no such question, or the actor may not.
    pub async fn run_analysis(&self, actor: &Actor, name: &str, standing: bool) -> Result<Job, Refusal> {
        let listed = known(name)?;
        self.ask_to_work(actor, Task::RunAnalysis { name: listed.name.to_owned(), standing }).await
    }

    /// Asks for everything to be worked out and the report to be printed.
    ///
    /// # Errors
    /// If the actor may not.
    pub async fn work_out_report(&self, actor: &Actor, standing: bool) -> Result<Job, Refusal> {
        self.ask_to_work(actor, Task::WorkOut { standing }).await
    }

    async fn ask_to_work(&self, actor: &Actor, task: Task) -> Result<Job, Refusal> {
        actor.must_somewhere(Verb::WorkOut)?;
        let changes = self.store().change().await?;
        let job = self.ask_for(&changes, actor, PARTNERSHIP, task).await?;
        changes.keep().await?;
        self.wake_worker();
        Ok(job)
    }

    /// Everything that is worked on, by each owner's newest baseline or as it stands.
    ///
    /// An owner that has frozen none is taken as it stands, and the run is a working copy.
    pub(crate) async fn gathered(&self, standing: bool) -> Result<Gathered, Refusal> {
        let revision = visits::revision(self.store()).await?;
        let known = self.standing().await?;
        let newest = baselines::newest(self.store()).await?;
        let codes = known.partnership.authorities.iter().map(|authority| authority.code.as_str());
        let owners: Vec<&str> = codes.chain([PARTNERSHIP]).collect();
        let latest_day = newest.iter().map(|frozen| frozen.on).chain(known.base_days.values().copied()).max();
        let (mut found, mut choices, mut frozen) = (Vec::new(), BTreeMap::new(), true);
        for owner in owners {
            let own = newest.iter().find(|baseline| baseline.owner == owner);
            match own.filter(|_| !standing) {
                Some(own) => found.push(baselines::open(self.store(), own).await?),
                None => {
                    let entries = entries::all_of(self.store(), owner).await?;
                    let records: Vec<Record> = entries.into_iter().map(|entry| entry.record).collect();
                    let on = own.map(|own| own.on).or(known.base_days.get(owner).copied()).or(latest_day);
                    frozen = frozen && records.is_empty();
                    found.push(Baseline::freeze(owner, on.unwrap_or_else(|| self.clock().today()), records));
                }
            }
            choices.insert(owner.to_owned(), sharing::choices(self.store(), owner).await?);
        }
        let basis = self.basis().await?;
        Ok(Gathered { partnership: known.partnership, baselines: found, choices, basis, frozen, revision })
    }

    /// Answers one question: a worker's part. Returns the run's id.
    pub(crate) async fn answer(
        &self,
        name: &str,
        standing: bool,
        actor: &Actor,
        progress: &Progress<'_>,
    ) -> Result<String, Refusal> {
        progress.say("Gathering what is shared", 10).await?;
        let listed = known(name)?;
        let gathered = self.gathered(standing).await?;
        progress.say("Working it out", 30).await?;
        let asked = self.asked();
        let run = self.new_run(&gathered, actor);
        let run = off_the_server(move || answered(listed, &gathered, &asked, run)).await??;
        progress.say("Keeping the answer", 90).await?;
        self.keep_run(run, Vec::new(), actor, progress).await
    }

    /// Works everything out and prints the report: a worker's part. Returns the run's id.
    pub(crate) async fn work_everything_out(
        &self,
        standing: bool,
        actor: &Actor,
        progress: &Progress<'_>,
    ) -> Result<String, Refusal> {
        progress.say("Gathering what is shared", 5).await?;
        let gathered = self.gathered(standing).await?;
        let asked = self.asked();
        for (place, listed) in ALL.iter().enumerate() {
            progress.say(listed.question, 10 + (place * 40 / ALL.len()) as i64).await?;
            let (gathered, asked, run) = (gathered.clone(), asked.clone(), self.new_run(&gathered, actor));
            let run = off_the_server(move || answered(listed, &gathered, &asked, run)).await??;
            let changes = self.store().change().await?;
            runs::add(&changes, &run, Vec::new()).await?;
            changes.keep().await?;
        }
        progress.say("Weighing the recommendation", 55).await?;
        let (worked, now) = (gathered.clone(), asked.clone());
        let pack = off_the_server(move || work_gathered(&worked, &now)).await??;
        progress.say("Printing the report", 70).await?;
        let (files, pack) = off_the_server(move || print(&pack).map(|files| (files, pack))).await??;
        let run = report_run(self.new_run(&gathered, actor), &pack, &gathered);
        progress.say("Keeping the report", 95).await?;
        let files = files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
        self.keep_run(run, files, actor, progress).await
    }

    /// The report as PDF with the words as they stand, without keeping a run.
    ///
    /// # Errors
    /// If the actor may not write the report, or there is nothing to work out yet.
    pub async fn preview_report(&self, actor: &Actor) -> Result<Vec<u8>, Refusal> {
        actor.must_somewhere(Verb::EditReport)?;
        let gathered = self.gathered(false).await?;
        let asked = self.asked();
        off_the_server(move || {
            let pack = work_gathered(&gathered, &asked)?;
            let failed =
                |error: penshaw_pdf::PdfError| Refusal::Printing { form: "report.pdf", what: error.to_string() };
            penshaw_pdf::write(&pack.report, pack.on).map_err(failed)
        })
        .await?
    }

    fn asked(&self) -> Asked {
        Asked { on: None, trials: self.settings().trials, seed: SEED }
    }

    fn new_run(&self, gathered: &Gathered, actor: &Actor) -> Run {
        Run {
            id: secrets::name(),
            analysis: String::new(),
            version: 1,
            frozen: gathered.frozen,
            on: self.clock().today(),
            seed: SEED as i64,
            trials: 0,
            joint_digest: String::new(),
            basis_digest: gathered.basis.digest().as_str().to_owned(),
            input: None,
            outcome: String::new(),
            answered: true,
            document: None,
            revision: gathered.revision,
            made_at: self.now(),
            made_by: actor.name.clone(),
        }
    }

    async fn keep_run(
        &self,
        run: Run,
        files: Vec<(String, Vec<u8>)>,
        actor: &Actor,
        progress: &Progress<'_>,
    ) -> Result<String, Refusal> {
        let changes = self.store().change().await?;
        progress.must_be_ours(&changes).await?;
        runs::add(&changes, &run, files).await?;
        let noted = Noted::new("work_out", PARTNERSHIP, &run.analysis).after(&run.joint_digest);
        self.note(&changes, actor, noted).await?;
        changes.keep().await?;
        Ok(run.id)
    }
}

/// Does work that takes a while on a thread of its own, so that pages go on.
async fn off_the_server<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let done = spawn_blocking(work).await;
    done.map_err(|_| Refusal::Printing { form: "the answer", what: "the working-out stopped".into() })
}

fn joined(gathered: &Gathered) -> JointRegister {
    join(&gathered.partnership, &gathered.baselines, &gathered.choices)
}

fn work_gathered(gathered: &Gathered, asked: &Asked) -> Result<Pack, Refusal> {
    work_out(&Work {
        partnership: &gathered.partnership,
        baselines: &gathered.baselines,
        choices: &gathered.choices,
        basis: &gathered.basis,
        asked,
    })
}

/// One question's run.
fn answered(listed: &'static Listed, gathered: &Gathered, asked: &Asked, run: Run) -> Result<Run, Refusal> {
    let joint = joined(gathered);
    let on = day(&joint, asked)?;
    let sampling = sampling(asked);
    let run = Run {
        analysis: listed.name.to_owned(),
        version: i64::from(listed.version),
        on,
        trials: sampling.trials as i64,
        joint_digest: joint.digest().as_str().to_owned(),
        ..run
    };
    Ok(match listed.run_sampled(&joint, on, &gathered.basis, sampling) {
        Ok(ran) => with_answer(run, listed, &joint, on, ran),
        Err(missing) => Run { answered: false, outcome: plain(&missing), ..run },
    })
}

fn with_answer(run: Run, listed: &Listed, joint: &JointRegister, on: Date, ran: Ran) -> Run {
    let document = document(listed, joint, on, ran.blocks);
    Run {
        input: Some(ran.input.to_string()),
        outcome: ran.outcome.to_string(),
        document: Some(plain(&document)),
        ..run
    }
}

/// The run of everything: its outcome is what `results.json` holds, with the report's own findings.
fn report_run(run: Run, pack: &Pack, gathered: &Gathered) -> Run {
    let mut results = pack.results.clone();
    if let Value::Object(map) = &mut results {
        map.insert("findings".into(), serde_json::to_value(&pack.findings).expect("findings are plain data"));
    }
    let trials = pack.results["trials"].as_i64().unwrap_or(0);
    Run {
        analysis: REPORT.to_owned(),
        on: pack.on,
        trials,
        joint_digest: joined(gathered).digest().as_str().to_owned(),
        outcome: results.to_string(),
        document: Some(plain(&pack.report)),
        ..run
    }
}

fn plain(thing: &impl serde::Serialize) -> String {
    serde_json::to_string(thing).expect("what is kept is plain data")
}

//! Works out one question, or everything with the report, in the background.

use std::collections::BTreeMap;

use penshaw_analyses::{ALL, Listed, Ran};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Marking;
use penshaw_register::{Baseline, JointRegister, PARTNERSHIP, Partnership, Record, SharingChoice};
use penshaw_store::jobs::{Job, Task};
use penshaw_store::runs::{self, Run};
use penshaw_store::{baselines, entries, sharing, visits};
use serde_json::Value;
use tokio::task::spawn_blocking;

use crate::actor::Actor;
use crate::analyse_one::{document, known};
use crate::changed_since::{Evidence, evidence, joined};
use crate::permissions::Verb;
use crate::service::{Noted, Operations};
use crate::work::Progress;
use crate::work_out::{day, sampling};
use crate::write_pack::print;
use crate::{Asked, Pack, Refusal, Work, secrets, work_out};

/// The name under which the run of everything is kept.
pub const REPORT: &str = "report";

/// What a report is marked with that does not rest on baselines alone.
const WORKING_COPY: &str = "Working copy, not to be published";

/// The seed of a service's runs: the same register gives the same bytes.
const SEED: u64 = 1;

/// The register as it is worked on.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    pub(crate) partnership: Partnership,
    pub(crate) baselines: Vec<Baseline>,
    pub(crate) choices: BTreeMap<String, Vec<SharingChoice>>,
    pub(crate) basis: Basis,
    frozen: bool,
    pub(crate) revision: i64,
}

impl Operations {
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

    /// The report as PDF with the words as they stand, what is exempt among them, without keeping a run.
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
            penshaw_pdf::write(pack.part_2.as_ref().unwrap_or(&pack.report), pack.on).map_err(failed)
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
pub(crate) async fn off_the_server<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let done = spawn_blocking(work).await;
    done.map_err(|_| Refusal::Printing { form: "the answer", what: "the working-out stopped".into() })
}

fn work_gathered(gathered: &Gathered, asked: &Asked) -> Result<Pack, Refusal> {
    let mut pack = work_out(&Work {
        partnership: &gathered.partnership,
        baselines: &gathered.baselines,
        choices: &gathered.choices,
        basis: &gathered.basis,
        asked,
    })?;
    for part in [Some(&mut pack.report), pack.part_2.as_mut()].into_iter().flatten() {
        part.marking = marked(gathered, part.marking.take());
    }
    Ok(pack)
}

/// What stands on every page of a paper: more, where it does not rest on baselines alone.
pub(crate) fn marked(gathered: &Gathered, marking: Option<Marking>) -> Option<Marking> {
    let words = match marking {
        marking if gathered.frozen => return marking,
        Some(marking) => format!("{WORKING_COPY}. {}", marking.words),
        None => WORKING_COPY.to_owned(),
    };
    Some(Marking { words })
}

/// One question's run.
fn answered(listed: &'static Listed, gathered: &Gathered, asked: &Asked, run: Run) -> Result<Run, Refusal> {
    let joint = evidence(gathered);
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
    let evidence = Evidence { evidence_digest: evidence(gathered).digest().as_str().to_owned() };
    Run {
        analysis: REPORT.to_owned(),
        on: pack.on,
        trials,
        joint_digest: joined(gathered).digest().as_str().to_owned(),
        input: Some(plain(&evidence)),
        outcome: results.to_string(),
        document: Some(plain(&pack.report)),
        ..run
    }
}

fn plain(thing: &impl serde::Serialize) -> String {
    serde_json::to_string(thing).expect("what is kept is plain data")
}

//! Shows what was worked out: each question with its newest answer, runs and their files.

use std::collections::BTreeMap;

use penshaw_analyses::{ALL, Missing, PLANNED, Planned};
use penshaw_basis::Source;
use penshaw_documents::Document;
use penshaw_register::Kind;
use penshaw_store::entries;
use penshaw_store::runs::{self, Brief, Run};
use serde_json::Value;

use crate::Refusal;
use crate::actor::Actor;
use crate::analyse_one::known;
use crate::changed_since::Changed;
use crate::permissions::Verb;
use crate::run_analysis::REPORT;
use crate::service::Operations;
use crate::write_pack::PART_2_FILES;

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
    /// What has changed since.
    pub changed: Option<Changed>,
}

/// A question in the list of all of them.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name.
    pub name: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its newest run.
    pub newest: Option<Brief>,
    /// What has changed since that run.
    pub changed: Option<Changed>,
}

/// Every question, and whether the reader may have them worked out.
#[derive(Clone, Debug)]
pub struct Questions {
    /// The questions, in the order in which a report needs them.
    pub questions: Vec<Question>,
    /// Those that no analysis answers yet.
    pub planned: &'static [Planned],
    /// Whether the reader may have them worked out.
    pub may_work_out: bool,
}

/// Where the entries that a document cites can be read: their kinds, by owner and reference.
pub type Places = BTreeMap<(String, String), Kind>;

impl Operations {
    /// Every question with when it was last worked out.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn analyses(&self, actor: &Actor) -> Result<Questions, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let mut questions = Vec::new();
        for listed in ALL {
            let newest = runs::list(self.store(), Some(listed.name), 0, 1).await?.pop();
            let changed = match &newest {
                Some(run) => self.changed_since_brief(run).await?,
                None => None,
            };
            questions.push(Question { name: listed.name, question: listed.question, newest, changed });
        }
        Ok(Questions { questions, planned: PLANNED, may_work_out: actor.may_somewhere(Verb::WorkOut) })
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

    /// Whether the actor is of the authority that receives the report, and so reads what is exempt in it.
    async fn reads_part_2(&self, actor: &Actor) -> Result<bool, Refusal> {
        Ok(actor.reads_whole_of(&self.standing().await?.partnership.report.authority))
    }

    /// A file of a run's report pack. Part II is for the authority that receives the report.
    ///
    /// # Errors
    /// If there is none of that name.
    pub async fn run_file(&self, actor: &Actor, id: &str, name: &str) -> Result<Vec<u8>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let is_theirs = !PART_2_FILES.contains(&name) || self.reads_part_2(actor).await?;
        let found = if is_theirs { runs::file(self.store(), id, name).await? } else { None };
        found.ok_or(Refusal::NotThere { what: "file" })
    }

    /// The files of a run, each with its length in bytes.
    ///
    /// # Errors
    /// If the actor belongs to no body.
    pub async fn run_files(&self, actor: &Actor, id: &str) -> Result<Vec<(String, i64)>, Refusal> {
        actor.must_somewhere(Verb::SeeShared)?;
        let reads_part_2 = self.reads_part_2(actor).await?;
        let mut files = runs::files(self.store(), id).await?;
        files.retain(|(name, _)| reads_part_2 || !PART_2_FILES.contains(&name.as_str()));
        Ok(files)
    }

    /// Where the entries among sources can be read, those alone that the actor may see.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn places(&self, actor: &Actor, sources: &[Source]) -> Result<Places, Refusal> {
        let mut cited: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for source in sources {
            if let Source::Entry { owner, reference } = source {
                cited.entry(owner).or_default().push(reference);
            }
        }
        let mut places = Places::new();
        for (owner, references) in cited {
            let found = entries::kinds_of(self.store(), owner, &references, actor.reads_whole_of(owner)).await?;
            for (reference, kind) in found {
                places.entry((owner.to_owned(), reference)).or_insert(kind);
            }
        }
        Ok(places)
    }

    pub(crate) async fn view(&self, run: Run) -> Result<RunView, Refusal> {
        let read = |words: &String| serde_json::from_str(words).ok();
        let missing = if run.answered { None } else { serde_json::from_str(&run.outcome).ok() };
        let changed = self.changed_since(&run).await?;
        Ok(RunView { document: run.document.as_ref().and_then(read), missing, changed, run })
    }
}

impl RunView {
    /// The outcome as data; of a report, what `results.json` holds with what its checks found.
    pub fn results(&self) -> Value {
        serde_json::from_str(&self.run.outcome).unwrap_or_default()
    }

    /// Whether ranges were sampled for it.
    pub fn is_sampled(&self) -> bool {
        let input = self.run.input.as_deref().and_then(|input| serde_json::from_str::<Value>(input).ok());
        self.run.analysis == REPORT || input.is_some_and(|input| input.get("seed").is_some())
    }

    /// The question, or what the run of everything is called.
    pub fn question(&self) -> &str {
        let listed = ALL.iter().find(|listed| listed.name == self.run.analysis);
        listed.map_or("The report", |listed| listed.question)
    }
}

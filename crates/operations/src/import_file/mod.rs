//! Imports a file: brought, read and compared in the background, looked at, then committed or given up.

mod compare;

use std::collections::{BTreeMap, HashMap};

use penshaw_files::read;
use penshaw_register::{Finding, Kind, Record};
use penshaw_store::entries::{self, Written};
use penshaw_store::imports::{self, Change, Import, Staged, State};
use penshaw_store::jobs::{self, Job, Task};
use penshaw_store::{Changes, sharing};

use crate::actor::Actor;
use crate::list_entries::MOST_ON_A_PAGE;
use crate::permissions::Verb;
use crate::save_entry::projected;
use crate::service::{Noted, Operations};
use crate::work::Progress;
use crate::{Refusal, secrets};

/// The largest file that is taken, in bytes.
pub const LARGEST_UPLOAD: u64 = read::limits::LARGEST_FILE;

/// How many committed entries are shown to others at once.
const AT_ONCE: u64 = 2_000;

/// A file that somebody brings.
#[derive(Clone, Debug)]
pub enum Brought {
    /// A file with its name, as the browser gave it.
    File {
        /// The name.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// Cells pasted from a spreadsheet.
    Pasted {
        /// What kind of entry they are.
        kind: Kind,
        /// The text.
        text: String,
    },
}

/// An import as its page shows it.
#[derive(Clone, Debug)]
pub struct ImportView {
    /// The import.
    pub import: Import,
    /// What is wrong in its file, a page of it.
    pub findings: Vec<Finding>,
    /// Entries of the change that was asked for.
    pub staged: Vec<Staged>,
    /// What stands now, for those entries that would change.
    pub standing: Vec<Option<Record>>,
    /// The job that works on it, or did last.
    pub job: Option<Job>,
    /// Whether the reader may commit it or give it up.
    pub may_import: bool,
}

impl Operations {
    /// Takes a file, and asks for it to be read and compared. Returns the import and the job.
    ///
    /// # Errors
    /// If the actor may not import for the owner, or the file is too large or empty.
    pub async fn bring_file(&self, actor: &Actor, owner: &str, brought: Brought) -> Result<(Import, Job), Refusal> {
        self.may_import(actor, owner).await?;
        let is_pasted = matches!(brought, Brought::Pasted { .. });
        let (file_name, kind, bytes) = match brought {
            Brought::File { name, bytes } => {
                let name = read::safe_name(&name);
                (name.clone(), kind_within(&name), bytes)
            }
            Brought::Pasted { kind, text } => ("pasted".to_owned(), Some(kind), text.into_bytes()),
        };
        if bytes.len() as u64 > LARGEST_UPLOAD {
            return Err(Refusal::TooLarge { megabytes: LARGEST_UPLOAD / 1_000_000 });
        }
        if bytes.trim_ascii().is_empty() {
            return Err(match is_pasted {
                true => Refusal::invalid("text", "Paste the cells with their row of headings"),
                false => Refusal::invalid("file", "Select a file that holds entries"),
            });
        }
        let import = Import {
            id: secrets::name(),
            owner: owner.to_owned(),
            file_name,
            kind,
            state: State::Uploaded,
            summary: None,
            remove_missing: false,
            made_at: self.now(),
            made_by: actor.name.clone(),
            person: actor.person.clone(),
        };
        let changes = self.store().change().await?;
        imports::add(&changes, &import, bytes).await?;
        let job = self.ask_for(&changes, actor, owner, Task::ReadImport { import: import.id.clone() }).await?;
        changes.keep().await?;
        self.wake_worker();
        Ok((import, job))
    }

    /// Whether files may be brought for an owner, before one is taken.
    ///
    /// # Errors
    /// If the actor may not import for it.
    pub async fn may_import(&self, actor: &Actor, owner: &str) -> Result<(), Refusal> {
        if !actor.reads_whole_of(owner) {
            return Err(Refusal::NotThere { what: "authority of yours" });
        }
        actor.must(Verb::Import, owner)?;
        self.must_be_body(owner).await
    }

    /// An owner's imports, the newest first.
    ///
    /// # Errors
    /// If the actor does not read the owner's entries whole.
    pub async fn imports(&self, actor: &Actor, owner: &str) -> Result<Vec<Import>, Refusal> {
        self.must_read_whole(actor, owner)?;
        self.must_be_body(owner).await?;
        Ok(imports::of(self.store(), owner).await?)
    }

    /// An import, with a page of its findings and of the entries of one change.
    ///
    /// # Errors
    /// If there is none of that id that the actor may know of.
    pub async fn view_import(
        &self,
        actor: &Actor,
        id: &str,
        change: Change,
        page: u64,
        per_page: u64,
    ) -> Result<ImportView, Refusal> {
        // The job first: one that has ended has left its import as it is read now, and one that ends in
        // between is followed a moment longer.
        let job = self.job_of_import(id).await?;
        let import = self.own_import(actor, id).await?;
        let per_page = per_page.clamp(1, MOST_ON_A_PAGE);
        let offset = page.saturating_sub(1).min(1_000_000) * per_page;
        let staged = imports::staged(self.store(), id, change, offset, per_page).await?;
        let standing = self.standing_of(&import.owner, &staged).await?;
        let findings = imports::findings(self.store(), id, offset, per_page).await?;
        let may_import = actor.may(Verb::Import, &import.owner);
        Ok(ImportView { import, findings, staged, standing, job, may_import })
    }

    /// What stands now of each staged entry.
    async fn standing_of(&self, owner: &str, staged: &[Staged]) -> Result<Vec<Option<Record>>, Refusal> {
        let mut by_kind: BTreeMap<Kind, Vec<&str>> = BTreeMap::new();
        for entry in staged {
            by_kind.entry(entry.kind).or_default().push(&entry.reference);
        }
        let mut found: HashMap<(Kind, String), Record> = HashMap::new();
        for (kind, references) in by_kind {
            let named = entries::named(self.store(), owner, kind, &references).await?;
            found.extend(named.into_iter().map(|one| ((kind, one.record.reference.clone()), one.record)));
        }
        Ok(staged.iter().map(|entry| found.get(&(entry.kind, entry.reference.clone())).cloned()).collect())
    }

    async fn own_import(&self, actor: &Actor, id: &str) -> Result<Import, Refusal> {
        let import = imports::find(self.store(), id).await?;
        self.own(actor, import)
    }

    fn own(&self, actor: &Actor, import: Option<Import>) -> Result<Import, Refusal> {
        let own = import.filter(|import| self.must_read_whole(actor, &import.owner).is_ok());
        own.ok_or(Refusal::NotThere { what: "import" })
    }

    /// An import that the actor may move on, held until the changes are kept.
    async fn held_import(&self, changes: &Changes, actor: &Actor, id: &str) -> Result<Import, Refusal> {
        let import = self.own(actor, imports::hold(changes, id).await?)?;
        actor.must(Verb::Import, &import.owner)?;
        Ok(import)
    }

    /// Asks for an import to be committed.
    ///
    /// # Errors
    /// If it is not ready, or its file has errors to be mended first.
    pub async fn commit_import(&self, actor: &Actor, id: &str, remove_missing: bool) -> Result<Job, Refusal> {
        let changes = self.store().change().await?;
        let mut import = self.held_import(&changes, actor, id).await?;
        let summary = import.summary.clone().filter(|_| import.state == State::Ready);
        let summary = summary.ok_or_else(|| not_ready(&import))?;
        if summary.errors > 0 {
            return Err(Refusal::NotNow {
                what: format!("there are {} errors in the file", summary.errors),
                hint: "mend them in the file and bring it again: nothing was changed".into(),
            });
        }
        if let Some(job) = unfinished(&changes, id).await? {
            return Ok(job);
        }
        import.remove_missing = remove_missing;
        imports::set(&changes, &import).await?;
        let task = Task::CommitImport { import: import.id.clone() };
        let job = self.ask_for(&changes, actor, &import.owner, task).await?;
        changes.keep().await?;
        self.wake_worker();
        Ok(job)
    }

    /// Asks for an import's file to be read and compared once more: it could not be the first time, or
    /// somebody has changed the register since.
    ///
    /// # Errors
    /// If it was committed or given up already.
    pub async fn compare_again(&self, actor: &Actor, id: &str) -> Result<Job, Refusal> {
        let changes = self.store().change().await?;
        let mut import = self.held_import(&changes, actor, id).await?;
        if matches!(import.state, State::Committed | State::GivenUp) {
            return Err(not_ready(&import));
        }
        if let Some(job) = unfinished(&changes, id).await? {
            return Ok(job);
        }
        import.state = State::Uploaded;
        import.summary = None;
        imports::set(&changes, &import).await?;
        let task = Task::ReadImport { import: import.id.clone() };
        let job = self.ask_for(&changes, actor, &import.owner, task).await?;
        changes.keep().await?;
        self.wake_worker();
        Ok(job)
    }

    /// Gives an import up: its file is let go of and nothing is changed. Work on it is stopped.
    ///
    /// # Errors
    /// If it was committed already.
    pub async fn give_import_up(&self, actor: &Actor, id: &str) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        let mut import = self.held_import(&changes, actor, id).await?;
        if import.state == State::Committed {
            return Err(not_ready(&import));
        }
        if let Some(job) = unfinished(&changes, id).await? {
            jobs::cancel(&changes, &job.id, self.now()).await?;
        }
        import.state = State::GivenUp;
        imports::set(&changes, &import).await?;
        self.note(&changes, actor, Noted::new("give_import_up", &import.owner, &import.file_name)).await?;
        Ok(changes.keep().await?)
    }

    /// Commits an import, all of it or nothing: a worker's part.
    pub(crate) async fn put_import(&self, id: &str, actor: &Actor, progress: &Progress<'_>) -> Result<(), Refusal> {
        progress.say("Putting the entries in place", 20).await?;
        let changes = self.store().change().await?;
        let mut import = imports::hold(&changes, id).await?.ok_or(Refusal::NotThere { what: "import" })?;
        match import.state {
            State::Ready => {}
            State::Committed => return Ok(()),
            _ => return Err(not_ready(&import)),
        }
        let moved = imports::moved_since(&changes, &import).await?;
        if moved > 0 {
            return Err(Refusal::NotNow {
                what: format!("{moved} of the entries were changed by somebody else since the preview"),
                hint: "compare the file again, and look at what has changed".into(),
            });
        }
        let written = Written { by: &import.made_by, at: self.now(), import: Some(id) };
        imports::commit(&changes, &import, &written).await?;
        show_imported(&changes, &import, written.at).await?;
        import.state = State::Committed;
        imports::set(&changes, &import).await?;
        let noted = Noted::new("import_file", &import.owner, &import.file_name).after(&import.summary);
        self.note(&changes, actor, noted).await?;
        progress.must_be_ours(&changes).await?;
        Ok(changes.keep().await?)
    }

    async fn known_import(&self, id: &str) -> Result<Import, Refusal> {
        imports::find(self.store(), id).await?.ok_or(Refusal::NotThere { what: "import" })
    }
}

fn not_ready(import: &Import) -> Refusal {
    Refusal::NotNow {
        what: match import.state {
            State::Committed => "this import was committed already".into(),
            State::GivenUp => "this import was given up".into(),
            _ => "the file has not been read yet".into(),
        },
        hint: "go back to the imports, or bring the file again".into(),
    }
}

/// The job that works on an import just now.
async fn unfinished(changes: &Changes, import: &str) -> Result<Option<Job>, Refusal> {
    Ok(jobs::about(changes, import).await?.filter(|job| !job.state.is_ended()))
}

/// Shows others of the entries that an import brought what its owner's choices share of them.
async fn show_imported(changes: &Changes, import: &Import, at: jiff::Timestamp) -> Result<(), Refusal> {
    let choices = sharing::choices(changes, &import.owner).await?;
    let mut after = -1;
    loop {
        let some = imports::taken(changes, &import.id, after, AT_ONCE).await?;
        let Some((last, _)) = some.last() else { return Ok(()) };
        after = *last;
        let parts = some.iter().map(|(_, record)| projected(&import.owner, record, &choices));
        entries::show_some(changes, &import.owner, parts, at).await?;
    }
}

/// Whether a file of that name is a table of one kind of entry, as CSV is.
fn is_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    matches!(ending.as_deref(), Some("csv" | "tsv"))
}

/// The kind of entry that a table's name says among other words: `contracts (1).csv`, `DCC cost-lines.csv`.
fn kind_within(name: &str) -> Option<Kind> {
    if !is_table(name) {
        return None;
    }
    let stem = name.rsplit_once('.')?.0.to_lowercase();
    let words: Vec<&str> =
        stem.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Two words before one: cost lines are no lines.
    let mut parts = words.windows(2).map(|two| two.join("_")).chain(words.iter().map(|one| (*one).to_owned()));
    parts.find_map(|part| part.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_table_is_found_among_the_words_of_its_name() {
        for (name, kind) in [
            ("contracts (1).csv", Some(Kind::Contract)),
            ("DCC-cost_lines-2026.csv", Some(Kind::CostLine)),
            ("Background papers.TSV", Some(Kind::Paper)),
            ("contracts.xlsx", None),
            ("estate.csv", None),
        ] {
            assert_eq!(kind_within(name), kind, "{name}");
        }
    }
}

//! Imports a file: brought, read and compared in the background, looked at, then committed or given up.

use penshaw_files::read::{self, Read};
use penshaw_register::{Finding, Holder, Kind, PARTNERSHIP, Record, Severity, What, check_twice, difference};
use penshaw_store::entries::{self, Written};
use penshaw_store::imports::{self, Change, Import, Staged, State, Summary};
use penshaw_store::jobs::{Job, Task};

use crate::actor::Actor;
use crate::permissions::Verb;
use crate::service::{Noted, Operations};
use crate::share_entries::show_everything;
use crate::work::Progress;
use crate::{Refusal, secrets};

/// The largest file that is taken, in bytes.
pub const LARGEST_UPLOAD: u64 = read::limits::LARGEST_FILE;

/// How many staged entries are written at once.
const AT_ONCE: usize = 2_000;

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
    /// What is wrong in its file, the first of it.
    pub findings: Vec<Finding>,
    /// Entries of the change that was asked for.
    pub staged: Vec<Staged>,
    /// What stands now, for those entries that would change.
    pub standing: Vec<Option<Record>>,
    /// The job that works on it, or did last.
    pub job: Option<Job>,
}

impl Operations {
    /// Takes a file, and asks for it to be read and compared. Returns the import and the job.
    ///
    /// # Errors
    /// If the actor may not import for the owner, or the file is too large or empty.
    pub async fn bring_file(&self, actor: &Actor, owner: &str, brought: Brought) -> Result<(Import, Job), Refusal> {
        self.may_import(actor, owner).await?;
        let (file_name, kind, bytes) = match brought {
            Brought::File { name, bytes } => (read::safe_name(&name), None, bytes),
            Brought::Pasted { kind, text } => ("pasted".to_owned(), Some(kind), text.into_bytes()),
        };
        if bytes.len() as u64 > LARGEST_UPLOAD {
            return Err(Refusal::TooLarge { megabytes: LARGEST_UPLOAD / 1_000_000 });
        }
        if bytes.is_empty() {
            return Err(Refusal::invalid("file", "Select a file that holds entries, or paste some"));
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

    async fn may_import(&self, actor: &Actor, owner: &str) -> Result<(), Refusal> {
        if !actor.reads_whole_of(owner) {
            return Err(Refusal::NotThere { what: "authority of yours" });
        }
        actor.must(Verb::Import, owner)?;
        self.must_be_body(owner).await
    }

    /// An owner's imports, the newest first.
    ///
    /// # Errors
    /// If the actor may not import for it.
    pub async fn imports(&self, actor: &Actor, owner: &str) -> Result<Vec<Import>, Refusal> {
        self.may_import(actor, owner).await?;
        Ok(imports::of(self.store(), owner).await?)
    }

    /// An import, with its findings and the entries of one change, a page of them.
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
        let import = self.own_import(actor, id).await?;
        let offset = page.saturating_sub(1) * per_page;
        let staged = imports::staged(self.store(), id, change, offset, per_page).await?;
        let mut standing = Vec::new();
        for entry in &staged {
            let found = entries::find(self.store(), &import.owner, entry.kind, &entry.reference).await?;
            standing.push(found.map(|found| found.record));
        }
        let findings = imports::findings(self.store(), id, 0, 500).await?;
        let job = self.job_of_import(id).await?;
        Ok(ImportView { import, findings, staged, standing, job })
    }

    async fn own_import(&self, actor: &Actor, id: &str) -> Result<Import, Refusal> {
        let import = imports::find(self.store(), id).await?;
        let own = import.filter(|import| actor.reads_whole_of(&import.owner) && actor.may(Verb::Import, &import.owner));
        own.ok_or(Refusal::NotThere { what: "import" })
    }

    /// Asks for an import to be committed.
    ///
    /// # Errors
    /// If it is not ready, or its file has errors to be mended first.
    pub async fn commit_import(&self, actor: &Actor, id: &str, remove_missing: bool) -> Result<Job, Refusal> {
        let mut import = self.own_import(actor, id).await?;
        let summary = import.summary.clone().filter(|_| import.state == State::Ready);
        let summary = summary.ok_or_else(|| not_ready(&import))?;
        if summary.errors > 0 {
            return Err(Refusal::NotNow {
                what: format!("there are {} errors in the file", summary.errors),
                hint: "mend them in the file and bring it again: nothing was changed".into(),
            });
        }
        import.remove_missing = remove_missing;
        let changes = self.store().change().await?;
        imports::set(&changes, &import).await?;
        let task = Task::CommitImport { import: import.id.clone() };
        let job = self.ask_for(&changes, actor, &import.owner, task).await?;
        changes.keep().await?;
        self.wake_worker();
        Ok(job)
    }

    /// Gives an import up: its file is let go of and nothing is changed.
    ///
    /// # Errors
    /// If it was committed already.
    pub async fn give_import_up(&self, actor: &Actor, id: &str) -> Result<(), Refusal> {
        let mut import = self.own_import(actor, id).await?;
        if import.state == State::Committed {
            return Err(not_ready(&import));
        }
        import.state = State::GivenUp;
        let changes = self.store().change().await?;
        imports::set(&changes, &import).await?;
        self.note(&changes, actor, Noted::new("give_import_up", &import.owner, &import.file_name)).await?;
        Ok(changes.keep().await?)
    }

    /// Reads an import's file and compares it with what stands: a worker's part.
    pub(crate) async fn read_import(&self, id: &str, progress: &Progress<'_>) -> Result<(), Refusal> {
        let mut import = self.known_import(id).await?;
        if import.state != State::Uploaded {
            return Ok(());
        }
        progress.say("Reading the file", 5).await?;
        let bytes = imports::bytes(self.store(), id).await?;
        let (name, kind, owner) = (import.file_name.clone(), import.kind, import.owner.clone());
        let read = tokio::task::spawn_blocking(move || read_bytes(&name, kind, &owner, bytes)).await;
        let read = read.map_err(|_| Refusal::Printing { form: "the import", what: "the reader stopped".into() })?;
        progress.say("Comparing with what is there", 45).await?;
        let standing = entries::all_of(self.store(), &import.owner).await?;
        let compared = tokio::task::spawn_blocking(move || compare(read, standing)).await;
        let (staged, mut summary, findings) =
            compared.map_err(|_| Refusal::Printing { form: "the import", what: "the comparison stopped".into() })?;
        self.stage(id, &staged, progress).await?;
        summary.errors = count(&findings, Severity::Error);
        summary.warnings = count(&findings, Severity::Warning);
        import.summary = Some(summary);
        import.state = State::Ready;
        let changes = self.store().change().await?;
        progress.must_be_ours(&changes).await?;
        imports::set_findings(&changes, id, &findings).await?;
        imports::set(&changes, &import).await?;
        Ok(changes.keep().await?)
    }

    /// Writes staged entries some at a time, so that nobody else has to wait for long.
    async fn stage(&self, id: &str, staged: &[Staged], progress: &Progress<'_>) -> Result<(), Refusal> {
        let changes = self.store().change().await?;
        imports::unstage(&changes, id).await?;
        changes.keep().await?;
        for (place, some) in staged.chunks(AT_ONCE).enumerate() {
            let changes = self.store().change().await?;
            imports::stage(&changes, id, place * AT_ONCE, some).await?;
            changes.keep().await?;
            let done = (place + 1) * AT_ONCE * 40 / staged.len().max(AT_ONCE);
            progress.say("Preparing the preview", 55 + done.min(40) as i64).await?;
        }
        Ok(())
    }

    /// Commits an import, all of it or nothing: a worker's part.
    pub(crate) async fn put_import(&self, id: &str, actor: &Actor, progress: &Progress<'_>) -> Result<(), Refusal> {
        let mut import = self.known_import(id).await?;
        if import.state == State::Committed {
            return Ok(());
        }
        progress.say("Putting the entries in place", 20).await?;
        let changes = self.store().change().await?;
        let moved = imports::moved_since(&changes, &import).await?;
        if moved > 0 {
            return Err(Refusal::NotNow {
                what: format!("{moved} of the entries were changed by somebody else since the preview"),
                hint: "bring the file again, and look at what has changed".into(),
            });
        }
        let written = Written { by: &import.made_by, at: self.now(), import: Some(id) };
        imports::commit(&changes, &import, &written).await?;
        let choices = penshaw_store::sharing::choices(&changes, &import.owner).await?;
        show_everything(&changes, &import.owner, &choices, written.at).await?;
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

fn count(findings: &[Finding], severity: Severity) -> u64 {
    findings.iter().filter(|finding| finding.severity == severity).count() as u64
}

fn read_bytes(name: &str, kind: Option<Kind>, owner: &str, bytes: Vec<u8>) -> Read {
    let holder = if owner == PARTNERSHIP { Holder::Partnership } else { Holder::Authority };
    let mut read = match kind {
        Some(kind) => read::pasted(&String::from_utf8_lossy(&bytes), kind),
        None => read::file(name, &bytes, holder),
    };
    read.findings.extend(check_twice(&read.records));
    if read.records.is_empty() && !read::has_errors(&read.findings) {
        read.findings.push(Finding {
            severity: Severity::Error,
            place: penshaw_register::Place { file: name.to_owned(), sheet: None, cell: None },
            what: "no entries were found in it".into(),
            hint: "check that the first row names the columns, as in the template".into(),
        });
    }
    read
}

/// Stages every entry with what it would change. Kinds that the file does not hold are left alone.
fn compare(read: Read, standing: Vec<entries::Entry>) -> (Vec<Staged>, Summary, Vec<Finding>) {
    let kinds: std::collections::BTreeSet<Kind> = read.records.iter().map(|record| record.kind).collect();
    let numbers: std::collections::HashMap<(Kind, &str), i64> =
        standing.iter().map(|entry| ((entry.record.kind, entry.record.reference.as_str()), entry.number)).collect();
    let before: Vec<Record> =
        standing.iter().map(|entry| &entry.record).filter(|record| kinds.contains(&record.kind)).cloned().collect();
    let found = difference(&before, &read.records);
    let changes: std::collections::HashMap<(Kind, &str), &What> =
        found.changes.iter().map(|change| ((change.kind, change.reference.as_str()), &change.what)).collect();
    let mut staged: Vec<Staged> = Vec::with_capacity(read.records.len());
    let mut summary = Summary::default();
    for record in &read.records {
        let key = (record.kind, record.reference.as_str());
        let change = match changes.get(&key) {
            Some(What::New) => Change::New,
            Some(What::Changed(_)) => Change::Changed,
            _ => Change::Same,
        };
        let base_number = numbers.get(&key).copied();
        staged.push(Staged {
            change,
            kind: record.kind,
            reference: record.reference.clone(),
            record: Some(record.clone()),
            base_number,
        });
    }
    for change in found.changes.iter().filter(|change| change.what == What::NotInFile) {
        let base_number = numbers.get(&(change.kind, change.reference.as_str())).copied();
        staged.push(Staged {
            change: Change::Missing,
            kind: change.kind,
            reference: change.reference.clone(),
            record: None,
            base_number,
        });
    }
    for entry in &staged {
        match entry.change {
            Change::New => summary.new += 1,
            Change::Changed => summary.changed += 1,
            Change::Same => summary.same += 1,
            Change::Missing => summary.missing += 1,
        }
    }
    (staged, summary, read.findings)
}

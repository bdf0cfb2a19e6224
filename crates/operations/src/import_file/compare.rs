//! Reads an import's file and compares it with what stands: a worker's part.
//!
//! Of the entries that stand only their digests are read. Those alone that differ are read whole,
//! some at a time, so that a file of a hundred thousand entries takes little more memory than itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use penshaw_files::read::{self, Read};
use penshaw_register::{Finding, Holder, Kind, PARTNERSHIP, Place, Record, Severity, What, difference};
use penshaw_store::entries;
use penshaw_store::imports::{self, Change, Staged, State, Summary};

use super::{is_table, not_ready};
use crate::Refusal;
use crate::service::Operations;
use crate::work::Progress;

/// How many entries are compared and staged at once.
const AT_ONCE: usize = 2_000;
/// How many entries that stand are looked up at once.
const KNOWN_AT_ONCE: u64 = 10_000;

/// An entry that stands, as far as it takes to compare it.
struct Standing {
    number: i64,
    digest: String,
    in_file: bool,
}

/// Every entry that stands of the kinds that a file holds.
type Register = BTreeMap<Kind, HashMap<String, Standing>>;

impl Operations {
    /// Reads an import's file and compares it with what stands.
    pub(crate) async fn read_import(&self, id: &str, progress: &Progress<'_>) -> Result<(), Refusal> {
        let import = self.known_import(id).await?;
        if import.state != State::Uploaded {
            return Ok(());
        }
        progress.say("Reading the file", 5).await?;
        let bytes = imports::bytes(self.store(), id).await?;
        let (name, kind) = (import.file_name.clone(), import.kind);
        let authority = self.authority_name(&import.owner).await?;
        let read = tokio::task::spawn_blocking(move || read_bytes(&name, kind, authority.as_deref(), bytes)).await;
        let read = read.map_err(|_| Refusal::Printing { form: "the import", what: "the reader stopped".into() })?;
        progress.say("Comparing with what is there", 45).await?;
        let mut summary = self.stage(id, &import.owner, read.records, progress).await?;
        summary.errors = count(&read.findings, Severity::Error);
        summary.warnings = count(&read.findings, Severity::Warning);
        let changes = self.store().change().await?;
        progress.must_be_ours(&changes).await?;
        let mut import = imports::hold(&changes, id).await?.ok_or(Refusal::NotThere { what: "import" })?;
        if import.state != State::Uploaded {
            return Err(not_ready(&import));
        }
        import.summary = Some(summary);
        import.state = State::Ready;
        imports::set_findings(&changes, id, &read.findings).await?;
        imports::set(&changes, &import).await?;
        Ok(changes.keep().await?)
    }

    /// The name of the authority of that code; nothing for the partnership.
    async fn authority_name(&self, owner: &str) -> Result<Option<String>, Refusal> {
        if owner == PARTNERSHIP {
            return Ok(None);
        }
        let known = self.standing().await?;
        Ok(Some(known.partnership.name_of(owner).to_owned()))
    }

    /// Stages every entry with what it would change, some at a time, so that nobody else has to
    /// wait for long. Kinds that the file does not hold are left alone.
    async fn stage(
        &self,
        id: &str,
        owner: &str,
        records: Vec<Record>,
        progress: &Progress<'_>,
    ) -> Result<Summary, Refusal> {
        let kinds: BTreeSet<Kind> = records.iter().map(|record| record.kind).collect();
        let mut register = self.register(owner, &kinds).await?;
        let changes = self.store().change().await?;
        imports::unstage(&changes, id).await?;
        changes.keep().await?;
        let (all, mut place, mut summary) = (records.len().max(1), 0, Summary::default());
        let mut records = records.into_iter();
        loop {
            let some: Vec<Record> = records.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            let staged = self.with_changes(owner, some, &mut register).await?;
            place += self.write_staged(id, place, &staged, &mut summary, progress).await?;
            progress.say("Preparing the preview", 50 + (place * 45 / all).min(45) as i64).await?;
        }
        let missing: Vec<Staged> = missing(register).collect();
        for some in missing.chunks(AT_ONCE) {
            place += self.write_staged(id, place, some, &mut summary, progress).await?;
        }
        Ok(summary)
    }

    /// What it takes to compare, of every entry that stands of some kinds.
    async fn register(&self, owner: &str, kinds: &BTreeSet<Kind>) -> Result<Register, Refusal> {
        let mut register = Register::new();
        for &kind in kinds {
            let known = register.entry(kind).or_default();
            let mut after: Option<String> = None;
            loop {
                let some = entries::known(self.store(), owner, kind, after.as_deref(), KNOWN_AT_ONCE).await?;
                after = some.last().map(|last| last.reference.clone());
                let full = some.len() as u64 == KNOWN_AT_ONCE;
                known.extend(
                    some.into_iter().map(|one| {
                        (one.reference, Standing { number: one.number, digest: one.digest, in_file: false })
                    }),
                );
                if !full {
                    break;
                }
            }
        }
        Ok(register)
    }

    /// Some entries of a file with what each would change.
    async fn with_changes(
        &self,
        owner: &str,
        records: Vec<Record>,
        register: &mut Register,
    ) -> Result<Vec<Staged>, Refusal> {
        let mut staged: Vec<Staged> = records.into_iter().map(|record| first_look(record, register)).collect();
        let really = self.really_changed(owner, &staged).await?;
        for entry in staged.iter_mut().filter(|entry| entry.change == Change::Changed) {
            if !really.contains(&(entry.kind, entry.reference.clone())) {
                entry.change = Change::Same;
            }
        }
        Ok(staged)
    }

    /// Those entries that say something else than what stands: an empty field or 12.0 for 12 is another
    /// digest and no change.
    async fn really_changed(&self, owner: &str, staged: &[Staged]) -> Result<BTreeSet<(Kind, String)>, Refusal> {
        let mut by_kind: BTreeMap<Kind, Vec<&Record>> = BTreeMap::new();
        for record in staged.iter().filter(|entry| entry.change == Change::Changed).flat_map(|entry| &entry.record) {
            by_kind.entry(record.kind).or_default().push(record);
        }
        let mut changed = BTreeSet::new();
        for (kind, after) in by_kind {
            let references: Vec<&str> = after.iter().map(|record| record.reference.as_str()).collect();
            let before = entries::named(self.store(), owner, kind, &references).await?;
            let before: Vec<Record> = before.into_iter().map(|entry| entry.record).collect();
            let after: Vec<Record> = after.into_iter().cloned().collect();
            let found = difference(&before, &after).changes.into_iter();
            let found = found.filter(|change| matches!(change.what, What::Changed(_) | What::New));
            changed.extend(found.map(|change| (change.kind, change.reference)));
        }
        Ok(changed)
    }

    /// Writes staged entries, counts them, and says how many they were.
    async fn write_staged(
        &self,
        id: &str,
        place: usize,
        staged: &[Staged],
        summary: &mut Summary,
        progress: &Progress<'_>,
    ) -> Result<usize, Refusal> {
        let changes = self.store().change().await?;
        progress.must_be_ours(&changes).await?;
        imports::stage(&changes, id, place, staged).await?;
        changes.keep().await?;
        for entry in staged {
            match entry.change {
                Change::New => summary.new += 1,
                Change::Changed => summary.changed += 1,
                Change::Same => summary.same += 1,
                Change::Missing => summary.missing += 1,
            }
        }
        Ok(staged.len())
    }
}

/// What an entry of a file would change, as far as digests tell.
fn first_look(record: Record, register: &mut Register) -> Staged {
    let standing = register.get_mut(&record.kind).and_then(|known| known.get_mut(&record.reference));
    let (change, base_number) = match standing {
        None => (Change::New, None),
        Some(standing) => {
            standing.in_file = true;
            let same = standing.digest == entries::digest_of(&record);
            (if same { Change::Same } else { Change::Changed }, Some(standing.number))
        }
    };
    Staged { change, kind: record.kind, reference: record.reference.clone(), record: Some(record), base_number }
}

/// What stands and the file no longer holds, by kind and reference.
fn missing(register: Register) -> impl Iterator<Item = Staged> {
    register.into_iter().flat_map(|(kind, known)| {
        let mut left: Vec<(String, i64)> = known
            .into_iter()
            .filter(|(_, standing)| !standing.in_file)
            .map(|(reference, standing)| (reference, standing.number))
            .collect();
        left.sort_unstable();
        left.into_iter().map(move |(reference, number)| Staged {
            change: Change::Missing,
            kind,
            reference,
            record: None,
            base_number: Some(number),
        })
    })
}

fn count(findings: &[Finding], severity: Severity) -> u64 {
    findings.iter().filter(|finding| finding.severity == severity).count() as u64
}

/// Reads a file for an authority of that name, or for the partnership where there is none.
fn read_bytes(name: &str, kind: Option<Kind>, authority: Option<&str>, bytes: Vec<u8>) -> Read {
    let mut read = match kind {
        Some(kind) if is_table(name) => read_as(kind, name, &bytes, authority),
        Some(kind) => read::pasted(&String::from_utf8_lossy(&bytes), kind),
        None => read_whole(name, &bytes, authority),
    };
    drop(bytes);
    // Where each cell stood has been said in the findings, and takes more memory than what it holds.
    read.records.iter_mut().for_each(|record| record.origin = Default::default());
    if read.records.is_empty() && !read::has_errors(&read.findings) {
        read.findings.push(Finding {
            severity: Severity::Error,
            place: Place { file: name.to_owned(), sheet: None, cell: None },
            what: "no entries were found in it".into(),
            hint: "check that the first row names the columns, as in the template".into(),
        });
    }
    read
}

/// Reads a CSV file whose name says its kind among other words, such as `contracts (1).csv`.
fn read_as(kind: Kind, name: &str, bytes: &[u8], authority: Option<&str>) -> Read {
    let known = format!("{}.csv", kind.key());
    let mut read = read_whole(&known, bytes, authority);
    for finding in read.findings.iter_mut().filter(|finding| finding.place.file == known) {
        finding.place.file = name.to_owned();
    }
    read
}

fn read_whole(name: &str, bytes: &[u8], authority: Option<&str>) -> Read {
    match authority {
        Some(authority) => read::file_of(name, bytes, authority),
        None => read::file(name, bytes, Holder::Partnership),
    }
}

//! Work that takes a while: uploads, imports, jobs that any server may take, and the runs they leave.

use sea_orm_migration::prelude::*;

use super::Kind::*;
use super::{Table, column, create};

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "import",
        about: "A file that somebody brought: uploaded, read, compared, and committed or given up.",
        columns: &[
            column("id", Text, "Names it, not to be guessed."),
            column("owner", Text, "Whose entries it holds."),
            column("file_name", Text, "The file's name, made safe."),
            column("kind", MaybeText, "The kind of entry, where the file does not say it: text that was pasted."),
            column("bytes", Bytes, "The file itself; emptied once it is committed or given up."),
            column("state", Text, "uploaded, reading, ready, committing, committed, given_up or failed."),
            column("summary", MaybeText, "How many entries are new, changed, the same or not in the file, as JSON."),
            column("remove_missing", YesNo, "Whether entries that the file no longer holds are removed."),
            column("made_at", Moment, "When it was brought."),
            column("made_by", Text, "Who brought it."),
            column("person_id", MaybeText, "Who brought it, as the account's id."),
        ],
        rules: &["PRIMARY KEY (id)", "FOREIGN KEY (owner) REFERENCES owner (code)"],
        indexes: &["owner, made_at"],
    },
    Table {
        name: "staged_entry",
        about: "The entries of an import before they are committed.",
        columns: &[
            column("import_id", Text, "The import."),
            column("position", Number, "The order in the file."),
            column("change", Text, "new, changed, same or missing."),
            column("kind", Text, "The entry's kind."),
            column("reference", Text, "Its reference."),
            column("title", Text, "Its first words in small letters."),
            column("search", Text, "Its words in small letters."),
            column("confidence", Text, "How sure it is."),
            column("body", MaybeText, "The record as JSON; nothing where the file no longer holds it."),
            column("digest", MaybeText, "The record's digest."),
            column(
                "base_number",
                MaybeNumber,
                "The number of the entry that it was compared with: a later one stops the commit.",
            ),
        ],
        rules: &["PRIMARY KEY (import_id, position)", "FOREIGN KEY (import_id) REFERENCES import (id)"],
        indexes: &["import_id, kind, reference", "import_id, change, position"],
    },
    Table {
        name: "import_finding",
        about: "What is wrong in an imported file, where, and what to do.",
        columns: &[
            column("import_id", Text, "The import."),
            column("position", Number, "The order in which somebody would mend them."),
            column("severity", Text, "error or warning."),
            column("body", Text, "The finding as JSON."),
        ],
        rules: &["PRIMARY KEY (import_id, position)", "FOREIGN KEY (import_id) REFERENCES import (id)"],
        indexes: &[],
    },
    Table {
        name: "job",
        about: "Work in the background. Any server takes it, and another takes it over when that one dies.",
        columns: &[
            column("id", Text, "Names it, not to be guessed."),
            column("task", Text, "What is to be done, as JSON."),
            column("body", Text, "For whom: an authority's code or \"partnership\"."),
            column("asked_by", Text, "Who asked for it."),
            column("person_id", MaybeText, "Who asked for it, as the account's id."),
            column("state", Text, "waiting, running, done, failed or cancelled."),
            column("stage", Text, "What is being done, in words."),
            column("done", Number, "How much of it is done, in hundredths."),
            column("cancel", YesNo, "Whether somebody asked for it to stop."),
            column("attempts", Number, "How often a server began it."),
            column("taken_by", MaybeText, "The server that has it."),
            column("lease_until", MaybeMoment, "Until when no other server takes it."),
            column("result", MaybeText, "Where the answer is, once done."),
            column("error", MaybeText, "Why it failed, for the person who asked."),
            column("asked_at", Moment, "When it was asked for."),
            column("ended_at", MaybeMoment, "When it ended."),
        ],
        rules: &["PRIMARY KEY (id)"],
        indexes: &["state, asked_at", "person_id, asked_at"],
    },
    Table {
        name: "run",
        about: "One working-out of everything, or of one question, with all that it rests on. Kept as it was.",
        columns: &[
            column("id", Text, "Names it, not to be guessed."),
            column("analysis", Text, "The question's name, or \"report\" for everything."),
            column("version", Number, "The version of the question's shapes."),
            column("frozen", YesNo, "Whether it rests on baselines alone; else it is a working copy."),
            column("on_day", Day, "The day whose parameters were in force."),
            column("seed", Number, "The seed of its sampling."),
            column("trials", Number, "How often the ranges were sampled."),
            column("joint_digest", Text, "The digest of what was shared."),
            column("basis_digest", Text, "The digest of the parameters."),
            column("input", MaybeText, "The input as JSON."),
            column("outcome", Text, "The outcome as JSON, or what is missing."),
            column("answered", YesNo, "Whether it could be answered."),
            column("document", MaybeText, "The answer as a document, as JSON: old runs always open."),
            column(
                "revision",
                Number,
                "How often the register had changed by then: where it has since, the run is of an earlier state.",
            ),
            column("made_at", Moment, "When."),
            column("made_by", Text, "Who asked for it."),
        ],
        rules: &["PRIMARY KEY (id)"],
        indexes: &["analysis, made_at"],
    },
    Table {
        name: "run_file",
        about: "The files of a report pack.",
        columns: &[
            column("run_id", Text, "The run."),
            column("name", Text, "The file's name, such as report.pdf."),
            column("bytes", Bytes, "The file."),
        ],
        rules: &["PRIMARY KEY (run_id, name)", "FOREIGN KEY (run_id) REFERENCES run (id)"],
        indexes: &[],
    },
];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0003_work"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await
    }
}

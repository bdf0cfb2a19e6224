//! The register: the partnership, its authorities, their entries, baselines and sharing choices.

use sea_orm_migration::prelude::*;

use super::Kind::*;
use super::{Table, column, create};

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "partnership",
        about: "The one partnership of this database.",
        columns: &[
            column("id", Number, "Always 1: a database holds one partnership."),
            column("name", Text, "What it is called."),
            column("marking", MaybeText, "Words that stand on every page, such as \"Illustrative estate\"."),
            column("report", Text, "What its report says of itself, as JSON."),
            column("base_day", MaybeDay, "The day of the partners' own entries, where nobody has frozen them yet."),
            column("revision", Number, "Rises with every change, so that two editors notice each other."),
        ],
        rules: &["PRIMARY KEY (id)", "CHECK (id = 1)"],
        indexes: &[],
    },
    Table {
        name: "owner",
        about: "Who holds entries: each authority, and the partnership itself.",
        columns: &[
            column("code", Text, "The authority's short code, or \"partnership\"."),
            column("position", Number, "The order in which reports name them."),
            column(
                "details",
                MaybeText,
                "The authority as JSON: its name, population, users; nothing for the partnership.",
            ),
            column(
                "base_day",
                MaybeDay,
                "The day that its files said its entries are of, until it freezes a baseline.",
            ),
            column(
                "revision",
                Number,
                "Rises whenever its entries or choices change: what was read before is then out of date.",
            ),
        ],
        rules: &["PRIMARY KEY (code)"],
        indexes: &[],
    },
    Table {
        name: "parameter_file",
        about: "The partnership's own parameters, which lie over those that come with Penshaw.",
        columns: &[
            column("path", Text, "The file's path below parameters/."),
            column("body", Text, "Its text, as TOML."),
        ],
        rules: &["PRIMARY KEY (path)"],
        indexes: &[],
    },
    Table {
        name: "entry_version",
        about: "Every state that every entry has ever had. Rows are added and never changed.",
        columns: &[
            column("id", Counted, "Names the version."),
            column("owner", Text, "Whose entry it is."),
            column("kind", Text, "Its kind, such as contracts."),
            column("reference", Text, "The owner's own reference."),
            column("number", Number, "1 for the first version of the entry, and so on."),
            column("body", MaybeText, "The record as JSON; nothing where this version removes the entry."),
            column("digest", MaybeText, "The digest of the record, for its owner alone."),
            column("title", Text, "The entry's first words in small letters, for lists."),
            column("changed_at", Moment, "When it was written."),
            column("changed_by", Text, "Who wrote it, as the audit trail names them."),
            column("import_id", MaybeText, "The import that brought it, where one did."),
        ],
        rules: &["UNIQUE (owner, kind, reference, number)", "FOREIGN KEY (owner) REFERENCES owner (code)"],
        indexes: &["import_id"],
    },
    Table {
        name: "entry",
        about: "Each entry as it stands, whole: read by members of its owner alone.",
        columns: &[
            column("owner", Text, "Whose entry it is."),
            column("kind", Text, "Its kind."),
            column("reference", Text, "The owner's own reference."),
            column("version_id", Number, "The version that stands."),
            column("number", Number, "That version's number, so that two editors notice each other."),
            column("title", Text, "Its first words in small letters, to sort by."),
            column("search", Text, "Its words in small letters, to search in."),
            column("confidence", Text, "How sure the whole entry is."),
            column("body", Text, "The record as JSON."),
            column("changed_at", Moment, "When it was last changed."),
        ],
        rules: &["PRIMARY KEY (owner, kind, reference)", "FOREIGN KEY (version_id) REFERENCES entry_version (id)"],
        indexes: &["kind, owner, title, reference", "kind, title, owner, reference"],
    },
    Table {
        name: "shared_entry",
        about: "What each owner shares of its entries, by its choices: all that other authorities can reach.",
        columns: &[
            column("owner", Text, "Whose entry it is."),
            column("kind", Text, "Its kind."),
            column("reference", Text, "The owner's own reference."),
            column("title", Text, "Its first words among those that are shared, in small letters."),
            column("search", Text, "The shared words in small letters: nobody finds an entry by what is kept back."),
            column("confidence", Text, "How sure the whole entry is."),
            column("body", Text, "The shared part of the record as JSON."),
            column("instead", Text, "Bands given instead of figures, by field, as JSON."),
            column("kept", Text, "The names of the fields that are kept back, as JSON."),
            column("changed_at", Moment, "When the shared part last changed."),
        ],
        rules: &["PRIMARY KEY (owner, kind, reference)"],
        indexes: &["kind, owner, title, reference", "kind, title, owner, reference"],
    },
    Table {
        name: "sharing_choice",
        about: "What each owner chose to share, in the order in which the choices are read.",
        columns: &[
            column("owner", Text, "Who chose."),
            column("position", Number, "Its place: the last that speaks of a field decides."),
            column("body", Text, "The choice as JSON."),
        ],
        rules: &["PRIMARY KEY (owner, position)", "FOREIGN KEY (owner) REFERENCES owner (code)"],
        indexes: &[],
    },
    Table {
        name: "baseline",
        about: "One owner's entries, frozen and dated. Neither it nor its list of entries can be changed or removed.",
        columns: &[
            column("id", Text, "Names it, not to be guessed."),
            column("owner", Text, "Whose baseline it is."),
            column("on_day", Day, "The day that its entries are of."),
            column("digest", Text, "The digest of owner, day and records: proves that nothing was changed."),
            column("entries", Number, "How many entries it has."),
            column("note", Text, "What it was frozen for, in its owner's words."),
            column("frozen_at", Moment, "When it was frozen."),
            column("frozen_by", Text, "Who froze it."),
        ],
        rules: &["PRIMARY KEY (id)", "FOREIGN KEY (owner) REFERENCES owner (code)"],
        indexes: &["owner, frozen_at"],
    },
    Table {
        name: "baseline_entry",
        about: "The versions of entries that a baseline is made of.",
        columns: &[
            column("baseline_id", Text, "The baseline."),
            column("version_id", Number, "The version of an entry."),
        ],
        rules: &[
            "PRIMARY KEY (baseline_id, version_id)",
            "FOREIGN KEY (baseline_id) REFERENCES baseline (id)",
            "FOREIGN KEY (version_id) REFERENCES entry_version (id)",
        ],
        indexes: &[],
    },
];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0001_register"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await
    }
}

//! People: accounts, what they may do, how they sign in, and the trail of what they did.

use sea_orm_migration::prelude::*;

use super::Kind::*;
use super::{Table, column, create};

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "person",
        about: "Somebody who can sign in.",
        columns: &[
            column("id", Text, "Names the person, not to be guessed."),
            column("email", Text, "The address that they sign in with, in small letters."),
            column("name", Text, "What colleagues call them on pages."),
            column("password_hash", MaybeText, "The argon2id hash of the password, for local accounts."),
            column("totp_secret", MaybeText, "The secret of the authenticator app, for local accounts."),
            column("totp_last_step", Number, "The last time step used, so that no code works twice."),
            column("oidc_subject", MaybeText, "Issuer and subject at the identity provider, for single sign-on."),
            column("disabled", YesNo, "Whether they can no longer sign in."),
            column("created_at", Moment, "When the account was made."),
        ],
        rules: &["PRIMARY KEY (id)", "UNIQUE (email)", "UNIQUE (oidc_subject)"],
        indexes: &[],
    },
    Table {
        name: "membership",
        about: "What a person may do, and for whom. A person may belong to several authorities.",
        columns: &[
            column("person_id", Text, "The person."),
            column("body", Text, "The authority's code, or \"partnership\"."),
            column("role", Text, "The role there, such as estate_editor."),
        ],
        rules: &[
            "PRIMARY KEY (person_id, body, role)",
            "FOREIGN KEY (person_id) REFERENCES person (id)",
            "FOREIGN KEY (body) REFERENCES owner (code)",
        ],
        indexes: &["body"],
    },
    Table {
        name: "invitation",
        about: "A link by which somebody makes their account, once.",
        columns: &[
            column("token_hash", Text, "SHA-256 of the secret in the link; the secret itself is not kept."),
            column("email", Text, "Who is invited."),
            column("name", Text, "What colleagues call them."),
            column("memberships", Text, "Bodies and roles that come with it, as JSON."),
            column("invited_by", Text, "Who invited them."),
            column("expires_at", Moment, "When the link stops working."),
            column("used_at", MaybeMoment, "When it was used."),
        ],
        rules: &["PRIMARY KEY (token_hash)"],
        indexes: &[],
    },
    Table {
        name: "session",
        about: "Somebody's visit, from signing in to signing out. Any server can read it.",
        columns: &[
            column("token_hash", Text, "SHA-256 of the secret in the cookie; the secret itself is not kept."),
            column("person_id", MaybeText, "Who it is; nothing before they have said."),
            column("verified", YesNo, "Whether the second factor was given too."),
            column("state", Text, "What pages need to remember in the meantime, as JSON."),
            column("created_at", Moment, "When it began."),
            column("seen_at", Moment, "When it was last used, to within a minute."),
            column("expires_at", Moment, "When it ends at the latest."),
        ],
        rules: &["PRIMARY KEY (token_hash)"],
        indexes: &["expires_at", "person_id"],
    },
    Table {
        name: "held_form",
        about: "What somebody had typed when their session ended, kept until they sign in again.",
        columns: &[
            column("id", Text, "Names it, not to be guessed."),
            column("person_id", Text, "Who typed it: nobody else is shown it."),
            column("path", Text, "The page that it was sent to."),
            column("body", Text, "The fields and what was typed in them, as JSON."),
            column("held_at", Moment, "When it was sent; removed after a day."),
        ],
        rules: &["PRIMARY KEY (id)", "FOREIGN KEY (person_id) REFERENCES person (id)"],
        indexes: &[],
    },
    Table {
        name: "attempt",
        about: "Attempts that are counted, to slow down those who guess. Any server can read it.",
        columns: &[
            column("id", Counted, "Names it."),
            column("what", Text, "What was tried and for whom, such as sign-in and a hash of the address."),
            column("tried_at", Moment, "When."),
        ],
        rules: &[],
        indexes: &["what, tried_at", "tried_at"],
    },
    Table {
        name: "api_token",
        about: "A secret by which a person's own programs act for them.",
        columns: &[
            column("id", Text, "Names it."),
            column("token_hash", Text, "SHA-256 of the secret; the secret itself is not kept."),
            column("person_id", Text, "Whose it is: it can do no more than they can."),
            column("label", Text, "What they use it for."),
            column("scopes", Text, "What it may do, separated by spaces: read, write."),
            column("created_at", Moment, "When it was made."),
            column("expires_at", Moment, "When it stops working."),
            column("used_at", MaybeMoment, "When it was last used, to within a minute."),
        ],
        rules: &["PRIMARY KEY (id)", "UNIQUE (token_hash)", "FOREIGN KEY (person_id) REFERENCES person (id)"],
        indexes: &["person_id"],
    },
    Table {
        name: "audit",
        about: "Every change: who, when, what, before and after. Each row holds the hash of the one before it.",
        columns: &[
            column("number", Number, "1, 2, 3… without a gap."),
            column("at", Moment, "When."),
            column("who", Text, "Who, by the name of their account, or the command that was run."),
            column("person_id", MaybeText, "Who, as the account's id."),
            column("verb", Text, "What was done, such as change_entry."),
            column(
                "body",
                Text,
                "For whom: an authority's code or \"partnership\". Only its members may read the row.",
            ),
            column("subject", Text, "To what, such as contracts/C1."),
            column("before", MaybeText, "What stood there before, as JSON."),
            column("after", MaybeText, "What stands there now, as JSON."),
            column("previous_hash", Text, "The hash of the row before."),
            column("hash", Text, "SHA-256 over all of the above."),
        ],
        rules: &["PRIMARY KEY (number)", "UNIQUE (hash)"],
        indexes: &["body, number", "body, subject"],
    },
];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0002_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await
    }
}

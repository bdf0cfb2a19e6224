//! Alerts: which day's were looked over, who was told of which, and how each person wants to be told.

use sea_orm_migration::prelude::*;

use super::Kind::*;
use super::{Table, column, create};

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "alert_round",
        about: "The days whose alerts were looked over. Of several servers, the one that adds a day sends its mail.",
        columns: &[column("on_day", Day, "The day."), column("taken_at", Moment, "When a server took it.")],
        rules: &["PRIMARY KEY (on_day)"],
        indexes: &[],
    },
    Table {
        name: "alert_sent",
        about: "Who was told of which alert by mail, so that nobody is told twice.",
        columns: &[
            column("person_id", Text, "The person."),
            column("alert", Text, "The alert, by a name that stays while its cause does."),
            column("sent_at", Moment, "When."),
        ],
        rules: &["PRIMARY KEY (person_id, alert)", "FOREIGN KEY (person_id) REFERENCES person (id)"],
        indexes: &[],
    },
    Table {
        name: "alert_reader",
        about: "How a person wants to be told of alerts. Without a row, by mail and without a calendar.",
        columns: &[
            column("person_id", Text, "The person."),
            column("mails", YesNo, "Whether alerts are sent by mail."),
            column(
                "calendar_hash",
                MaybeText,
                "The hash of the secret in the address of their calendar; nothing where they have none.",
            ),
        ],
        rules: &["PRIMARY KEY (person_id)", "FOREIGN KEY (person_id) REFERENCES person (id)"],
        indexes: &["calendar_hash"],
    },
];

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0006_alerts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, TABLES).await
    }
}

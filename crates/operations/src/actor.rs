//! Who asks: a person with roles in several bodies, through a page, a token or a command.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::PARTNERSHIP;
use serde::{Deserialize, Serialize};

/// What somebody may do for a body: an authority, or the partnership itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps the estate's entries.
    EstateEditor,
    /// Keeps the money in them.
    Finance,
    /// Writes the report and takes it to the meeting.
    DemocraticServices,
    /// Freezes baselines, decides what is shared, adopts recommendations.
    Approver,
    /// Invites people and gives them roles.
    Administrator,
    /// Reads everything of the body that appointed them, and changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order of pages.
    pub const ALL: [Role; 6] = [
        Role::EstateEditor,
        Role::Finance,
        Role::DemocraticServices,
        Role::Approver,
        Role::Administrator,
        Role::Auditor,
    ];

    /// Its name in the database, in addresses and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Role::EstateEditor => "estate_editor",
            Role::Finance => "finance",
            Role::DemocraticServices => "democratic_services",
            Role::Approver => "approver",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
        }
    }

    /// What it is called on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Role::EstateEditor => "Estate editor",
            Role::Finance => "Finance",
            Role::DemocraticServices => "Democratic services",
            Role::Approver => "Approver",
            Role::Administrator => "Administrator",
            Role::Auditor => "Auditor",
        }
    }

    /// What it is for, in one sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Role::EstateEditor => "Keeps the estate's entries and imports files.",
            Role::Finance => "Keeps budgets, contracts and the money in options.",
            Role::DemocraticServices => "Writes the report's own words and takes it to the meeting.",
            Role::Approver => "Freezes baselines, decides what is shared and adopts the recommendation.",
            Role::Administrator => "Invites people and gives them roles.",
            Role::Auditor => "Reads everything of this body, and changes nothing.",
        }
    }

    /// The role of that key.
    pub fn of(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// By what means somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Through pages, signed in.
    Page,
    /// Through a program of theirs, with a token that may write or only read.
    Token {
        /// Whether it may change anything.
        writes: bool,
    },
    /// At the machine itself: the operator, who holds the database anyway.
    Command,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account's id; nothing for a command.
    pub person: Option<String>,
    /// What colleagues call them, or the command.
    pub name: String,
    /// Their roles, by body.
    pub roles: BTreeMap<String, BTreeSet<Role>>,
    /// By what means they ask.
    pub means: Means,
}

impl Actor {
    /// The operator, by a command at the machine itself.
    pub fn operator(command: &str) -> Self {
        Actor {
            person: None,
            name: format!("the operator, by penshaw {command}"),
            roles: BTreeMap::new(),
            means: Means::Command,
        }
    }

    /// Whether they belong to a body, in any role.
    pub fn belongs_to(&self, body: &str) -> bool {
        self.roles.contains_key(body)
    }

    /// The bodies that they belong to, the partnership last.
    pub fn bodies(&self) -> impl Iterator<Item = &str> {
        let own = self.roles.keys().map(String::as_str).filter(|body| *body != PARTNERSHIP);
        own.chain(self.roles.contains_key(PARTNERSHIP).then_some(PARTNERSHIP))
    }

    /// The owners whose entries they read whole: their own bodies, and the partnership,
    /// whose entries the partners hold together.
    pub fn reads_whole(&self) -> Vec<String> {
        let own = self.bodies().filter(|body| *body != PARTNERSHIP).map(str::to_owned);
        own.chain([PARTNERSHIP.to_owned()]).collect()
    }

    /// Whether they read an owner's entries whole.
    pub fn reads_whole_of(&self, owner: &str) -> bool {
        owner == PARTNERSHIP || self.belongs_to(owner) || self.means == Means::Command
    }
}

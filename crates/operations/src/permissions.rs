//! Who may do what: one table, which pages, API and commands ask alike.

use penshaw_register::{Kind, PARTNERSHIP};

use crate::actor::{Actor, Means, Role};
use crate::{Refusal, Role::*};

/// Something that may be done for a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// See what the partners share and hold together, the analyses and the report.
    SeeShared,
    /// See a body's own entries whole, their history, its baselines and choices.
    SeeOwn,
    /// Download a body's own entries and what others share.
    Export,
    /// Add, change and remove entries of any kind.
    EditEntries,
    /// Add, change and remove entries of the kinds that hold money.
    EditMoney,
    /// Add, change and remove meetings, decisions, notices and call-ins.
    EditDecisions,
    /// Publish notices, reports and statements of decisions, and withdraw them.
    Publish,
    /// Import files.
    Import,
    /// Freeze a baseline.
    Freeze,
    /// Decide what is shared.
    Share,
    /// Have analyses and the report worked out.
    WorkOut,
    /// Write the report's own words.
    EditReport,
    /// Adopt the recommendation, or set it aside.
    Adopt,
    /// Invite people, give and take roles.
    ManagePeople,
    /// Read the audit trail.
    ReadAudit,
}

/// Which roles may do it. `SeeShared` is everybody's who belongs to any body.
pub const TABLE: &[(Verb, &[Role])] = &[
    (Verb::SeeShared, &Role::ALL),
    (Verb::SeeOwn, &Role::ALL),
    (Verb::Export, &Role::ALL),
    (Verb::EditEntries, &[EstateEditor]),
    (Verb::EditMoney, &[EstateEditor, Finance]),
    (Verb::EditDecisions, &[EstateEditor, DemocraticServices]),
    (Verb::Publish, &[DemocraticServices]),
    (Verb::Import, &[EstateEditor]),
    (Verb::Freeze, &[Approver]),
    (Verb::Share, &[Approver]),
    (Verb::WorkOut, &[EstateEditor, Finance, DemocraticServices, Approver]),
    (Verb::EditReport, &[DemocraticServices]),
    (Verb::Adopt, &[Approver]),
    (Verb::ManagePeople, &[Administrator]),
    (Verb::ReadAudit, &[Approver, Administrator, Auditor]),
];

/// The kinds of entry that finance officers keep.
const MONEY: &[Kind] = &[
    Kind::CostLine,
    Kind::Contract,
    Kind::Line,
    Kind::Bid,
    Kind::Risk,
    Kind::Mitigation,
    Kind::Correlation,
    Kind::CoalitionCost,
    Kind::HostingAgreement,
    Kind::Benefit,
];

/// The kinds of entry that democratic services keep.
const DECIDED: &[Kind] = &[Kind::Meeting, Kind::Decision, Kind::Notice, Kind::CallIn];

impl Verb {
    /// What it is, for a person who may not: "You cannot …".
    pub fn words(self) -> &'static str {
        match self {
            Verb::SeeShared => "see what the partners share",
            Verb::SeeOwn => "see these entries whole",
            Verb::Export => "download these entries",
            Verb::Publish => "publish this",
            Verb::EditEntries | Verb::EditMoney | Verb::EditDecisions => "change these entries",
            Verb::Import => "import files here",
            Verb::Freeze => "freeze this baseline",
            Verb::Share => "decide what is shared here",
            Verb::WorkOut => "have this worked out",
            Verb::EditReport => "write the report",
            Verb::Adopt => "adopt the recommendation",
            Verb::ManagePeople => "manage people here",
            Verb::ReadAudit => "read this audit trail",
        }
    }

    /// What it is, for a table of who may do what.
    pub fn about(self) -> &'static str {
        match self {
            Verb::SeeShared => "See what the partners share, the analyses and the report",
            Verb::SeeOwn => "See the body's own entries whole",
            Verb::Export => "Download entries",
            Verb::EditEntries => "Add, change and remove entries of every kind",
            Verb::EditMoney => "Add, change and remove entries that hold money, such as budgets and contracts",
            Verb::EditDecisions => "Add, change and remove meetings, decisions, notices and call-ins",
            Verb::Publish => "Publish notices, reports and statements of decisions, and withdraw them",
            Verb::Import => "Import files",
            Verb::Freeze => "Freeze baselines",
            Verb::Share => "Decide what is shared",
            Verb::WorkOut => "Have the analyses and the report worked out",
            Verb::EditReport => "Write the report's own words",
            Verb::Adopt => "Adopt the recommendation, or set it aside",
            Verb::ManagePeople => "Invite people and give them roles",
            Verb::ReadAudit => "Read the audit trail",
        }
    }

    /// The verb by which entries of a kind are changed.
    pub fn edit(kind: Kind) -> Verb {
        match kind {
            kind if MONEY.contains(&kind) => Verb::EditMoney,
            kind if DECIDED.contains(&kind) => Verb::EditDecisions,
            _ => Verb::EditEntries,
        }
    }

    /// Whether it only looks.
    fn only_looks(self) -> bool {
        matches!(self, Verb::SeeShared | Verb::SeeOwn | Verb::Export | Verb::ReadAudit)
    }

    fn roles(self) -> &'static [Role] {
        TABLE.iter().find(|(verb, _)| *verb == self).map_or(&[], |(_, roles)| roles)
    }
}

impl Actor {
    /// Whether they may do something for a body.
    pub fn may(&self, verb: Verb, body: &str) -> bool {
        match self.means {
            Means::Command => return true,
            Means::Token { writes: false } if !verb.only_looks() => return false,
            Means::Token { .. } | Means::Page => {}
        }
        if verb == Verb::SeeShared || (verb == Verb::SeeOwn && body == PARTNERSHIP) {
            return !self.roles.is_empty();
        }
        let roles = self.roles.get(body);
        roles.is_some_and(|roles| roles.iter().any(|role| verb.roles().contains(role)))
    }

    /// # Errors
    /// [`Refusal::NotAllowed`], if they ask by a token that only reads.
    pub(crate) fn must_write(&self, what: &'static str) -> Result<(), Refusal> {
        if self.means == (Means::Token { writes: false }) { Err(Refusal::NotAllowed { what }) } else { Ok(()) }
    }

    /// Whether they may do something for any body.
    pub fn may_somewhere(&self, verb: Verb) -> bool {
        self.means == Means::Command || self.roles.keys().any(|body| self.may(verb, body))
    }

    /// # Errors
    /// [`Refusal::NotAllowed`], if they may not.
    pub fn must(&self, verb: Verb, body: &str) -> Result<(), Refusal> {
        if self.may(verb, body) { Ok(()) } else { Err(Refusal::NotAllowed { what: verb.words() }) }
    }

    /// # Errors
    /// [`Refusal::NotAllowed`], if they may not for any body.
    pub fn must_somewhere(&self, verb: Verb) -> Result<(), Refusal> {
        if self.may_somewhere(verb) { Ok(()) } else { Err(Refusal::NotAllowed { what: verb.words() }) }
    }
}

/// The table as Markdown, for `docs/reference/who-may-do-what.md`.
pub fn describe_permissions() -> String {
    let heads: Vec<&str> = Role::ALL.iter().map(|role| role.label()).collect();
    let mut text = format!("| | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for (verb, roles) in TABLE {
        let cells: Vec<&str> = Role::ALL.iter().map(|role| if roles.contains(role) { "yes" } else { "" }).collect();
        text += &format!("| {} | {} |\n", verb.about(), cells.join(" | "));
    }
    text
}

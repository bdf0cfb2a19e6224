//! The partnership: its authorities, and what its report says of itself.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Money};
use serde::{Deserialize, Serialize};

/// Two or more authorities that are deciding whether to share ICT.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partnership {
    /// What it is called.
    pub name: String,
    /// Words that stand on every page, such as "Illustrative estate".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<String>,
    /// Its authorities, in the order in which reports name them.
    #[serde(default)]
    pub authorities: Vec<Authority>,
    /// What the report says of itself.
    #[serde(default)]
    pub report: ReportDetails,
}

/// A body with its own estate and its own vote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its short code, such as `SCC`, by which records name it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The folder of its estate files, from the partnership folder.
    pub folder: String,
    /// The people who live in its area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// The people who use its ICT service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<u64>,
    /// The devices that its ICT service supports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u64>,
    /// What it would use of the shared service, by the meter that the partners agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<f64>,
    /// Its yearly budget for ICT, where it shares no cost lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annual_budget: Option<Money>,
    /// Where these figures come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What the cabinet report says of itself and in its officers' own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportDetails {
    /// The authority whose cabinet receives it, by its code.
    pub authority: String,
    /// The meeting's body, such as "Cabinet".
    pub body: String,
    /// The day of the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Date>,
    /// The title.
    pub title: String,
    /// The post that writes it; never a name.
    pub author: String,
    /// What it is for.
    pub purpose: String,
    /// Whether the decision is consistent with the budget and policy framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_budget_framework: Option<bool>,
    /// Whether it is a key decision as the constitution defines it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_decision: Option<bool>,
    /// Why it is or is not a key decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_decision_reason: Option<String>,
    /// The day on which it was first in the 28-day notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_published: Option<Date>,
    /// Whether it is in the 28-day notice, where the day is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_notice: Option<bool>,
    /// The scrutiny committee that watches over the matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scrutiny_committee: Option<String>,
    /// What the section 151 officer says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finance_comment: Option<String>,
    /// What the monitoring officer says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_comment: Option<String>,
    /// The decision that asked for this work: the mandate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mandate: Option<String>,
    /// Paragraphs in officers' own words, by section number: `"3"`, `"4"`, `"5"`, `"7.3"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
    /// A named officer's decision to adopt the recommendation or to set it aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adoption: Option<Adoption>,
}

/// An officer's adoption of the recommendation, or an override with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The officer's post.
    pub officer: String,
    /// The day.
    pub on: Date,
    /// Whether the recommendation is adopted as it stands.
    pub adopted: bool,
    /// Why, needed where it is set aside.
    #[serde(default)]
    pub reason: String,
    /// The resolutions put in its place, where it is set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolutions: Vec<String>,
}

impl Partnership {
    /// The authority of that code.
    pub fn authority(&self, code: &str) -> Option<&Authority> {
        self.authorities.iter().find(|authority| authority.code == code)
    }

    /// The name of an authority, or the code itself where it is unknown.
    pub fn name_of<'a>(&'a self, code: &'a str) -> &'a str {
        match self.authority(code) {
            Some(authority) => &authority.name,
            None if code == "joint" => "Joint",
            None => code,
        }
    }
}

//! The facts on which the rules stand: what the analyses answered and the register shows, and nothing else.

use penshaw_analyses::Named;
use penshaw_analyses::alignment::Verdict;
use penshaw_basis::{Date, Source};
use penshaw_register::recommendation::Wanting;
use serde::{Deserialize, Serialize};

/// Everything that the rules may know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The day on which it is decided: later evidence does not count, and thresholds are those in force on it.
    pub on: Date,
    /// The partners, in the order in which reports name them.
    pub partners: Vec<Named>,
    /// Whether they go the same way, where that was asked.
    #[serde(default)]
    pub alignment: Option<AlignmentFacts>,
    /// The options.
    #[serde(default)]
    pub options: Vec<OptionFacts>,
    /// The areas of joint work.
    #[serde(default)]
    pub areas: Vec<AreaFacts>,
    /// How much of the due-diligence list each authority has answered.
    #[serde(default)]
    pub coverage: Vec<CoverageFacts>,
    /// The analyses that gave an answer, by name.
    #[serde(default)]
    pub answered: Vec<String>,
    /// What analyses found missing.
    #[serde(default)]
    pub missing: Vec<Wanting>,
}

/// Whether the partners go the same way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlignmentFacts {
    /// The verdict.
    pub verdict: Verdict,
    /// The aspects of the service as a whole.
    #[serde(default)]
    pub aspects: Vec<AspectFacts>,
    /// Conditions without which a partner would not go on.
    #[serde(default)]
    pub conditions: Vec<ConditionFacts>,
    /// The divergence below which partners count as aligned on an aspect.
    #[serde(default)]
    pub aligned_below: Option<f64>,
}

/// How far the partners stand apart on one aspect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AspectFacts {
    /// The aspect.
    pub aspect: String,
    /// The widest gap as a share of the scale, where it is known.
    #[serde(default)]
    pub divergence: Option<f64>,
    /// What that amounts to.
    pub verdict: Verdict,
    /// The positions that show it.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A condition without which a partner would not go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionFacts {
    /// The partner's code.
    pub authority: String,
    /// The area that it is about; none for the service as a whole.
    #[serde(default)]
    pub area: Option<String>,
    /// The condition in words.
    pub words: String,
    /// Whether it is met, where that is known.
    #[serde(default)]
    pub met: Option<bool>,
    /// The entry.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionFacts {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// `apart`, `collaborate` or `integrate`.
    pub course: String,
    /// Its place in the short list.
    #[serde(default)]
    pub role: String,
    /// Who would deliver it.
    #[serde(default)]
    pub delivery_model: Option<String>,
    /// The areas that it keeps or starts, by reference.
    #[serde(default)]
    pub areas: Vec<String>,
    /// What its appraisal gave, where it was appraised with money of its own.
    #[serde(default)]
    pub appraisal: Option<AppraisalFacts>,
    /// How it answers the requirements.
    #[serde(default)]
    pub requirements: Vec<RequirementFacts>,
    /// Programmes that it would delay.
    #[serde(default)]
    pub delays: Vec<DelayFacts>,
    /// The entry.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// What an option's appraisal gave, in pounds relative to business as usual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppraisalFacts {
    /// Net present social value, every range at its mean.
    pub npsv: f64,
    /// The share of trials in which it is above nought.
    pub probability_positive: f64,
    /// NPSV where benefits come in the likeliest share of the reference class; none where
    /// every benefit carries an allowance of its own.
    #[serde(default)]
    pub as_delivered_elsewhere: Option<f64>,
    /// The years that are appraised.
    pub years: usize,
    /// Each partner's cash.
    pub partners: Vec<PartnerFacts>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// What an option does to one partner's cash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerFacts {
    /// Its code.
    pub authority: String,
    /// Net present cash.
    pub net_present_cash: f64,
    /// The share of trials in which it gains.
    pub probability_gains: f64,
    /// Years until its outlay is made good; none where that does not happen.
    #[serde(default)]
    pub payback: Option<f64>,
    /// Whether it has to lay anything out at all.
    #[serde(default = "yes")]
    pub lays_out: bool,
}

const fn yes() -> bool {
    true
}

/// How an option answers a requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFacts {
    /// Who requires it: an authority's code, or `joint`.
    pub authority: String,
    /// What is required.
    pub name: String,
    /// Whether an option that does not meet it cannot be taken.
    pub essential: bool,
    /// `meets`, `partly meets`, `does not meet` or `not known`, by a document with a date.
    pub answer: String,
    /// Why, in one sentence.
    #[serde(default)]
    pub statement: Option<String>,
    /// The entries.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A programme that an option would delay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayFacts {
    /// Whose programme it is.
    pub authority: String,
    /// The programme.
    pub programme: String,
    /// By how many months, where that is known.
    #[serde(default)]
    pub months: Option<f64>,
    /// The entry.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// An area of joint work, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaFacts {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// The analysis that judges it.
    #[serde(default)]
    pub judged_by: Option<String>,
    /// Whether it can only be had in one integrated service.
    #[serde(default)]
    pub needs_integration: bool,
    /// What shows that it is real.
    #[serde(default)]
    pub evidence: Vec<EvidenceFacts>,
}

/// What shows that an area is real.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFacts {
    /// Whose evidence it is: an authority's code, or `joint`.
    pub authority: String,
    /// How far the joint work has come.
    pub standing: String,
    /// Where it is recorded.
    #[serde(default)]
    pub document: Option<String>,
    /// The day of the document.
    #[serde(default)]
    pub dated: Option<Date>,
    /// Whether every partner gains by it.
    #[serde(default)]
    pub mutual: bool,
    /// The entry.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// How much of the due-diligence list one authority has answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageFacts {
    /// The authority's code.
    pub authority: String,
    /// The share of the list that it has answered.
    pub share: f64,
    /// What that rests on.
    #[serde(default)]
    pub sources: Vec<Source>,
}

impl Facts {
    /// The name of a partner.
    pub fn name_of<'a>(&'a self, code: &'a str) -> &'a str {
        match self.partners.iter().find(|partner| partner.code == code) {
            Some(partner) => &partner.name,
            None if code == "joint" => "the partners together",
            None => code,
        }
    }

    /// The options that would make one service.
    pub fn integrating(&self) -> impl Iterator<Item = &OptionFacts> {
        self.options.iter().filter(|option| option.course == "integrate")
    }
}

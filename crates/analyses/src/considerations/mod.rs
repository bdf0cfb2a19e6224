//! What else should members know: the other relevant considerations of the report, drawn from the entries that bear on them.
#![doc = include_str!("method.md")]

mod drawn;
mod employee;
mod estate;
mod headings;
mod legal;
mod money;
mod present;
mod services;

use penshaw_basis::{Basis, Date, Estimate, Money, Source};
use penshaw_documents::Block;
use penshaw_register::{Bid, Consideration, Hardware, JointRegister, Kind, Line, Post, Programme, Risk, Site};
use serde::{Deserialize, Serialize};

use crate::named::{self, ListedOption, Named};
use crate::owned::entries;
use crate::{Analysis, Missing};

/// The headings, each with its number in the report, the subject of its entries, and its title.
pub const HEADINGS: [(&str, &str, &str); 7] = [
    ("7.1", "financial", "Financial implications"),
    ("7.2", "risk", "Risk analysis"),
    ("7.3", "employee", "Employee implications"),
    ("7.4", "legal", "Legal implications"),
    ("7.5", "property", "Property implications"),
    ("7.6", "other services", "Implications for other services"),
    ("7.7", "project method", "Project management methodology"),
];

/// What else should members know?
pub struct Considerations;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the law in force.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The options.
    #[serde(default)]
    pub options: Vec<ListedOption>,
    /// What the partners recorded under the headings.
    #[serde(default)]
    pub considerations: Vec<Consideration>,
    /// Programmes that wait on the decision.
    #[serde(default)]
    pub programmes: Vec<Programme>,
    /// The risks of the options.
    #[serde(default)]
    pub risks: Vec<Risk>,
    /// Applications for money.
    #[serde(default)]
    pub bids: Vec<Bid>,
    /// Lines for redundancy, pensions, grants, reserves and receipts.
    #[serde(default)]
    pub lines: Vec<MoneyLine>,
    /// The posts that each partner shares.
    #[serde(default)]
    pub staff: Vec<Staff>,
    /// The sites and hardware that each partner shares.
    #[serde(default)]
    pub premises: Vec<Premises>,
}

/// A line of an option that bears on a heading besides the appraisal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyLine {
    /// Its reference.
    pub reference: String,
    /// The option.
    pub option: String,
    /// What kind of money it is, such as `redundancy`.
    pub flow: String,
    /// Its amounts of all years, in pence, as they are recorded.
    pub total: Money,
}

/// The posts that one partner shares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// The partner's code.
    pub authority: String,
    /// How many posts.
    pub posts: usize,
    /// Their full-time equivalent, of those that state it.
    pub fte: f64,
    /// Posts that do not state it.
    pub without_fte: usize,
    /// Posts that are kept back.
    pub kept_back: usize,
    /// The entries.
    pub sources: Vec<Source>,
}

/// The sites and hardware that one partner shares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Premises {
    /// The partner's code.
    pub authority: String,
    /// How many sites.
    pub sites: usize,
    /// How many entries of hardware.
    pub hardware: usize,
    /// Entries of hardware that stand at another partner's site.
    pub away: usize,
    /// Sites and entries of hardware that are kept back.
    pub kept_back: usize,
    /// The entries.
    pub sources: Vec<Source>,
}

/// The headings of the report, with what bears on them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// The seven headings, in order.
    pub headings: Vec<Heading>,
    /// The programmes that wait on the decision, by option.
    pub programmes: Vec<Waiting>,
    /// The longest delay that each option would cause.
    pub delays: Vec<Delay>,
    /// The risks of each option.
    pub risks: Vec<RiskSummary>,
    /// Why parameters could not be read, where they could not.
    pub problems: Vec<String>,
}

/// One heading of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Its number, such as `7.3`.
    pub number: String,
    /// The subject of its entries.
    pub subject: String,
    /// Its title.
    pub title: String,
    /// What bears on it.
    pub statements: Vec<Statement>,
    /// False only where something shows that nothing bears on it: then `reason` says what.
    pub applicable: bool,
    /// Why it is not applicable.
    pub reason: Option<Statement>,
    /// What is not recorded, so that the heading is not complete.
    pub missing: Vec<String>,
}

/// Something that members should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The words.
    pub text: String,
    /// The options it is about, by reference; empty for all.
    pub options: Vec<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// A programme that waits on the decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Whose programme it is.
    pub authority: String,
    /// The programme.
    pub name: String,
    /// The option that would delay it, by reference.
    pub option: String,
    /// The option's name.
    pub option_name: String,
    /// By how much, in months; nothing where it is not known.
    pub delay_months: Option<f64>,
    /// What the delay would do.
    pub statement: Option<String>,
    /// The document that shows it.
    pub evidence: Option<String>,
    /// The entry.
    pub source: Source,
}

/// The longest delay that an option would cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delay {
    /// The option's reference.
    pub option: String,
    /// Its name.
    pub name: String,
    /// The longest delay known, in months.
    pub months: Option<f64>,
    /// Programmes that it would delay by a time that is not known.
    pub not_known: usize,
}

/// The risks of one option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskSummary {
    /// The option's reference.
    pub option: String,
    /// Its name.
    pub name: String,
    /// How many risks are recorded.
    pub risks: usize,
    /// Probability × impact of those that state both, added up, in pounds.
    pub expected: Estimate,
    /// Risks without a probability or a cost.
    pub not_measured: usize,
    /// Risks without a response.
    pub without_response: usize,
    /// Risks that were never reviewed.
    pub never_reviewed: usize,
    /// The greatest by probability × impact.
    pub greatest: Vec<GreatRisk>,
}

/// One of the greatest risks of an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GreatRisk {
    /// What may happen.
    pub description: String,
    /// Who bears it: an authority's code, or `joint`.
    pub authority: String,
    /// How likely it is.
    pub probability: f64,
    /// What it would cost.
    pub impact: Money,
    /// The one times the other, in pounds.
    pub expected: Estimate,
    /// What is done about it.
    pub response: Option<String>,
    /// The entry.
    pub source: Source,
}

impl Outcome {
    /// The heading of that number, such as `7.3`.
    pub fn heading(&self, number: &str) -> Option<&Heading> {
        self.headings.iter().find(|heading| heading.number == number)
    }
}

impl Heading {
    /// What bears on one option, what is about all options among it.
    pub fn of_option<'a>(&'a self, option: &'a str) -> impl Iterator<Item = &'a Statement> {
        let bears = move |statement: &&Statement| named::bears_on(&statement.options, option);
        self.statements.iter().filter(bears)
    }
}

impl Analysis for Considerations {
    const NAME: &'static str = "considerations";
    const QUESTION: &'static str = "What else should members know?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[(Kind::Post, "fte")];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let input = Input {
            on,
            partners: named::partners(joint),
            options: named::options(joint),
            considerations: entries(joint),
            programmes: entries(joint),
            risks: entries(joint),
            bids: entries(joint),
            lines: entries::<Line>(joint).iter().filter_map(money_line).collect(),
            staff: joint.authorities().iter().map(|partner| staff(joint, &partner.code)).collect(),
            premises: joint.authorities().iter().map(|partner| premises(joint, &partner.code)).collect(),
        };
        if input.options.is_empty() && input.considerations.is_empty() {
            return Err(Missing::one(
                "the options, or what is to be said of them besides money",
                "partnership",
                "add to the sheets Options and Considerations",
            ));
        }
        Ok(input)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        headings::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

fn money_line(line: &Line) -> Option<MoneyLine> {
    let bears =
        employee::FLOWS.contains(&line.flow.as_str()) || money::FLOWS.iter().any(|(flow, _)| *flow == line.flow);
    bears.then(|| MoneyLine {
        reference: line.reference.clone(),
        option: line.option.clone(),
        flow: line.flow.clone(),
        total: line.total(),
    })
}

fn staff(joint: &JointRegister, authority: &str) -> Staff {
    let posts: Vec<_> = joint.all::<Post>().into_iter().filter(|post| post.owner == authority).collect();
    Staff {
        authority: authority.to_owned(),
        posts: posts.len(),
        fte: posts.iter().filter_map(|post| post.fte).sum(),
        without_fte: posts.iter().filter(|post| post.fte.is_none()).count(),
        kept_back: kept_back(joint, authority, &[Kind::Post]),
        sources: posts.iter().map(|post| post.source()).collect(),
    }
}

fn premises(joint: &JointRegister, authority: &str) -> Premises {
    let sites: Vec<_> = joint.all::<Site>().into_iter().filter(|site| site.owner == authority).collect();
    let hardware: Vec<_> = joint.all::<Hardware>().into_iter().filter(|hardware| hardware.owner == authority).collect();
    // Another partner's site is written AUTHORITY/REFERENCE, an own one by its reference alone.
    let away =
        |site: Option<&str>| site.and_then(|site| site.split_once('/')).is_some_and(|(owner, _)| owner != authority);
    let sources = sites.iter().map(|site| site.source());
    Premises {
        authority: authority.to_owned(),
        sites: sites.len(),
        hardware: hardware.len(),
        away: hardware.iter().filter(|hardware| away(hardware.site.as_deref())).count(),
        kept_back: kept_back(joint, authority, &[Kind::Site, Kind::Hardware]),
        sources: sources.chain(hardware.iter().map(|hardware| hardware.source())).collect(),
    }
}

/// Whole entries of these kinds that a partner keeps back.
fn kept_back(joint: &JointRegister, authority: &str, kinds: &[Kind]) -> usize {
    let whole = joint.withheld().iter().filter(|withheld| withheld.field == "record");
    whole.filter(|withheld| withheld.owner == authority && kinds.contains(&withheld.kind)).count()
}

#[cfg(test)]
mod tests;

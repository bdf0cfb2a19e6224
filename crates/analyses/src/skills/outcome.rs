//! What is answered: the matrix of skills, single holders, cover, the options, what could be done, and what is wanting.

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Opportunity;
use serde::{Deserialize, Serialize};

use super::Scheme;
pub use crate::Finding;
use crate::named::Named;

/// Who can do what, and what follows if they leave. All risks are of one year in which nobody is replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// Posts and people of each partner, and what it may expect on its own.
    pub authorities: Vec<AuthoritySkills>,
    /// Each skill with who holds it and how likely it is that it goes uncovered, the likeliest first.
    pub skills: Vec<SkillRow>,
    /// Skills that one person alone holds at the level needed, at an authority.
    pub single_holders: Vec<SingleHolder>,
    /// Skills that only one of several authorities holds.
    pub held_by_one: Vec<HeldByOne>,
    /// Which posts of partners could stand in, for each need that one loss would leave uncovered.
    pub cover: Vec<Cover>,
    /// How many skills may be uncovered under each option.
    pub options: Vec<OptionCover>,
    /// What training and keeping people would do, the least money for the effect first.
    pub measures: Vec<Measure>,
    /// The same as lines that an option may take up.
    pub opportunities: Vec<Opportunity>,
    /// What is wanting, the gravest first.
    pub findings: Vec<Finding>,
    /// Trials behind the ranges.
    pub trials: u64,
    /// Their seed.
    pub seed: u64,
    /// The parameters that it rests on.
    pub parameters: Vec<Source>,
    /// The needs and the posts with skills that the numbers of uncovered skills rest on.
    pub entries: Vec<Source>,
}

/// The posts of one authority, and what it may expect on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthoritySkills {
    /// The authority's code.
    pub authority: String,
    /// How many posts it shares.
    pub posts: usize,
    /// Their full-time equivalent, of those that state it.
    pub fte: f64,
    /// How many people hold them.
    pub people: usize,
    /// Posts that nobody holds.
    pub vacant: usize,
    /// How many skills it needs.
    pub needs: usize,
    /// Of these, uncovered today.
    pub uncovered_today: usize,
    /// Expected to be uncovered at the end of a year, on its own; those of today among them.
    pub expected_uncovered: f64,
    /// Its posts.
    pub sources: Vec<Source>,
}

/// One skill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkillRow {
    /// The skill.
    pub skill: String,
    /// Whose levels it is recorded in.
    pub scheme: Scheme,
    /// What each authority that needs it has.
    pub needs: Vec<NeedRow>,
    /// How likely it is that it goes uncovered at an authority, under each course.
    pub risk: CourseRisk,
}

/// A probability within a year for each course that an option may take.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CourseRisk {
    /// Each authority covers its own needs from its own posts.
    pub apart: f64,
    /// Posts that may stand in at partners help where they are over.
    pub collaborate: f64,
    /// Needs and posts are pooled.
    pub integrate: f64,
}

/// What one authority needs of a skill and has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeedRow {
    /// The authority's code.
    pub authority: String,
    /// The least level that is enough.
    pub level: String,
    /// People needed.
    pub needed: usize,
    /// Whether the need is assumed, since the authority holds the skill and records no need.
    pub assumed: bool,
    /// People who hold it at that level or above.
    pub holders: usize,
    /// People who hold it below that level.
    pub below: usize,
    /// How likely it is that too few are left after a year.
    pub risk: f64,
    /// The same if nobody retired.
    pub risk_of_leaving: f64,
    /// The same if nobody left otherwise.
    pub risk_of_retiring: f64,
    /// The need and the posts of its holders.
    pub sources: Vec<Source>,
}

impl NeedRow {
    /// Whether there are fewer than needed already.
    pub fn is_uncovered(&self) -> bool {
        self.holders < self.needed
    }

    /// Whether one loss leaves it uncovered, or it is so already.
    pub fn hangs_on_one(&self) -> bool {
        self.holders <= self.needed
    }
}

/// A post, as it may be named: never the person in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostNamed {
    /// The authority's code.
    pub authority: String,
    /// The post's reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// The level at which it holds the skill.
    pub level: String,
    /// The entry.
    pub source: Source,
}

/// A skill that one person alone holds at the level needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SingleHolder {
    /// The skill.
    pub skill: String,
    /// The authority that needs it.
    pub authority: String,
    /// The post.
    pub post: PostNamed,
    /// Whether no partner holds it at that level either.
    pub across_all: bool,
    /// How likely it is that the holder goes within a year.
    pub risk: f64,
}

/// A skill that only one authority holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldByOne {
    /// The skill.
    pub skill: String,
    /// The authority that holds it.
    pub authority: String,
    /// How many people hold it there, at any level.
    pub people: usize,
    /// Their posts.
    pub sources: Vec<Source>,
}

/// Who could cover for whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// The skill.
    pub skill: String,
    /// The authority that would be helped.
    pub authority: String,
    /// The least level that is enough there.
    pub level: String,
    /// Posts of partners that may stand in, at that level or above.
    pub by: Vec<PostNamed>,
    /// Posts of partners that hold it at that level or above and are not recorded as standing in.
    pub might: Vec<PostNamed>,
}

/// How many skills may be uncovered under one option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionCover {
    /// The option's reference; empty where no option is recorded and the course stands for one.
    pub option: String,
    /// Its name.
    pub name: String,
    /// `apart`, `collaborate` or `integrate`.
    pub course: String,
    /// Skills uncovered today.
    pub uncovered_today: usize,
    /// Skills expected to be uncovered at the end of a year, exactly.
    pub expected: f64,
    /// The mean of the trials, which differs from it by chance alone.
    pub sampled: f64,
    /// In one trial of ten there were no more than this.
    pub p10: usize,
    /// In half of the trials.
    pub p50: usize,
    /// In nine of ten.
    pub p90: usize,
    /// How likely it is that none is uncovered.
    pub none_uncovered: f64,
    /// The option and the parameters; the entries are those of the outcome.
    pub sources: Vec<Source>,
}

/// What is done about a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// More people are brought up to the level.
    Training,
    /// A holder is kept.
    Retention,
}

/// A measure, what it costs, and what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Names it within the run.
    pub id: String,
    /// What is done.
    pub kind: MeasureKind,
    /// The authority's code.
    pub authority: String,
    /// The skills that gain by it.
    pub skills: Vec<String>,
    /// What would be done, in words.
    pub description: String,
    /// People who are trained or kept.
    pub people: usize,
    /// What it costs: once for training, each year for keeping.
    pub cost: Money,
    /// How long it takes, in months, where it is recorded.
    pub months: Option<f64>,
    /// By how much the authority's expected uncovered skills of a year fall, on its own.
    pub falls_by: f64,
    /// The cost of one expected uncovered skill less, in pounds.
    pub cost_of_one_less: Estimate,
    /// The entries.
    pub sources: Vec<Source>,
}

//! What the question is answered with: need by vintage, programmes by authority of residence, contingent inflows.

use std::fmt;

use penshaw_basis::{Basis, Date, Estimate, FinancialYear, Money, Source};
use penshaw_register::{AmountsByYear, Severity};
use serde::{Deserialize, Serialize};

use super::findings::{Findings, error};
use super::weights::{self, Indicator};
use super::{Input, NeedWeights, gainshare, programmes, skills, vintages};
use crate::named::Named;

/// Where need is, what programmes reach and what came of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// The weights in force; none where the parameter could not be read.
    pub weights: Option<NeedWeights>,
    /// Need by vintage of codes: the vintages are never joined.
    pub vintages: Vec<Vintage>,
    /// The programmes, each by authority of residence.
    pub programmes: Vec<ProgrammeOutcome>,
    /// Shares of profit that contracts may give back: contingent, in no cost.
    pub gainshare: Gainshare,
    /// What is wrong or wanting in the record, the gravest first.
    pub findings: Vec<Finding>,
    /// What the scores rest on.
    pub weight_sources: Vec<Source>,
    /// What the views of skills rest on.
    pub skills_sources: Vec<Source>,
}

/// The need of the small areas of one vintage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vintage {
    /// The census whose boundaries the codes belong to.
    pub vintage: String,
    /// What its areas carry, and what of it counts.
    pub indicators: Vec<IndicatorUse>,
    /// Whether the second set of weights was used, because no area carries an indicator of the first.
    pub otherwise: bool,
    /// The areas in the order of authority, name and code.
    pub areas: Vec<AreaNeed>,
    /// What the areas of each authority come to.
    pub authorities: Vec<AuthorityNeed>,
    /// How many areas are of highest need.
    pub highest: usize,
    /// How many of those a programme reaches; nothing where no programme names areas of this vintage.
    pub highest_reached: Option<usize>,
    /// How the areas of highest need would change if one indicator weighed more.
    pub steadiness: Vec<Steadiness>,
}

impl Vintage {
    /// The share of the areas of highest need that programmes reach, where it is known.
    pub fn share_reached(&self) -> Option<f64> {
        let reached = self.highest_reached?;
        (self.highest > 0).then(|| reached as f64 / self.highest as f64)
    }

    /// The indicators that count, in words.
    pub fn counting(&self) -> Vec<String> {
        self.indicators.iter().filter(|used| used.counts).map(|used| used.indicator.to_string()).collect()
    }

    /// The scored areas, the highest need first, in the order of their codes where equal.
    pub fn ranked(&self) -> Vec<&AreaNeed> {
        let mut ranked: Vec<(usize, &AreaNeed)> =
            self.areas.iter().filter_map(|area| area.rank.map(|rank| (rank, area))).collect();
        ranked.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.code.cmp(&other.1.code)));
        ranked.into_iter().map(|(_, area)| area).collect()
    }
}

/// How an indicator is used in a vintage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorUse {
    /// The indicator.
    pub indicator: Indicator,
    /// How many areas carry it.
    pub carried_by: usize,
    /// Its weight; nought where it is not weighed.
    pub weight: f64,
    /// Whether it counts: it is weighed, and enough areas carry it.
    pub counts: bool,
}

/// One small area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaNeed {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Option<String>,
    /// The authority that it lies in.
    pub authority: String,
    /// The mean of the three components of the Digital Exclusion Risk Index, 0 to 10, where all three are known.
    pub deri: Option<f64>,
    /// Its need, 0 to 10, by the weights in force; nothing where an indicator that counts is not known.
    pub need: Option<f64>,
    /// Its place among the areas of its vintage, 1 for the highest need; equal needs share a place.
    pub rank: Option<usize>,
    /// Its band, 1 for the highest need.
    pub band: Option<usize>,
    /// Whether it is among the areas of highest need.
    pub highest: bool,
    /// How many people live there.
    pub population: Option<u64>,
    /// How many of them are 65 or over.
    pub aged_65_and_over: Option<u64>,
    /// The programmes that reach it, by reference.
    pub reached_by: Vec<String>,
    /// Degrees north, where recorded.
    pub latitude: Option<f64>,
    /// Degrees east, where recorded.
    pub longitude: Option<f64>,
    /// The entry.
    pub source: Source,
}

/// What the areas of one authority come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorityNeed {
    /// The authority's code.
    pub authority: String,
    /// Its areas.
    pub areas: usize,
    /// Those that have a need.
    pub scored: usize,
    /// How many areas are in each band, the highest need first.
    pub by_band: Vec<usize>,
    /// The mean need of its scored areas, each counted once.
    pub mean_need: Option<f64>,
    /// How many people live in them.
    pub population: People,
    /// How many of them are 65 or over.
    pub aged_65_and_over: People,
    /// Its areas of highest need.
    pub highest: usize,
    /// Those that a programme reaches; nothing where no programme names areas of this vintage.
    pub highest_reached: Option<usize>,
    /// The codes of those that none reaches; empty where it is not known.
    pub not_reached: Vec<String>,
}

/// A number of people over several areas, and how many of those do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// The people of the areas that say.
    pub people: u64,
    /// Areas that do not say.
    pub not_known: usize,
}

/// How the areas of highest need would change if one indicator weighed more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Steadiness {
    /// The indicator.
    pub indicator: Indicator,
    /// Its weight in force.
    pub weight: f64,
    /// The weight tried: twice its own, or the mean of the others where it has none.
    pub tried: f64,
    /// How many areas of highest need would stay so.
    pub kept: usize,
    /// Of how many.
    pub of: usize,
}

/// A step of the way from being reached to using services online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Was reached.
    Reached,
    /// Started.
    Started,
    /// Completed.
    Completed,
    /// Gained the foundation level or essential digital skills.
    Gained,
    /// Still had them after three months.
    #[serde(rename = "sustained_3_months")]
    Sustained3Months,
    /// Still had them after six months.
    #[serde(rename = "sustained_6_months")]
    Sustained6Months,
    /// Still had a device and a connection.
    Connected,
    /// Uses the authority's services online.
    ShiftedChannel,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 8] = [
        Step::Reached,
        Step::Started,
        Step::Completed,
        Step::Gained,
        Step::Sustained3Months,
        Step::Sustained6Months,
        Step::Connected,
        Step::ShiftedChannel,
    ];
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Reached => "reached",
            Step::Started => "started",
            Step::Completed => "completed",
            Step::Gained => "gained skills",
            Step::Sustained3Months => "sustained at 3 months",
            Step::Sustained6Months => "sustained at 6 months",
            Step::Connected => "still connected",
            Step::ShiftedChannel => "use services online",
        })
    }
}

/// How many people came to a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepCount {
    /// The step.
    pub step: Step,
    /// The people; nothing where one of the years or authorities added up does not say.
    pub people: Option<u64>,
    /// As a share of the step before, where both are known and that is not nought.
    pub of_previous: Option<f64>,
    /// As a share of those who were reached.
    pub of_reached: Option<f64>,
}

/// The steps of a programme, for the residents of one authority or of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// The steps in order.
    pub steps: Vec<StepCount>,
    /// The financial years added up.
    pub years: Vec<FinancialYear>,
    /// The entries.
    pub sources: Vec<Source>,
}

impl Chain {
    /// How many people came to a step, where it is known.
    pub fn people(&self, step: Step) -> Option<u64> {
        self.steps.iter().find(|count| count.step == step)?.people
    }
}

/// What a sustained learner costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostPerLearner {
    /// The cost.
    pub cost: Option<Money>,
    /// The learners who still had their skills after six months.
    pub sustained: Option<u64>,
    /// The one divided by the other, in pounds.
    pub per_learner: Option<Estimate>,
    /// Why it is not worked out, where it is not.
    pub why_not: Option<String>,
}

/// What a programme did for the residents of one authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResidentsOutcome {
    /// The authority in which they live.
    pub authority: String,
    /// The steps.
    pub chain: Chain,
    /// Its share of the programme's cost, and what its sustained learners cost.
    pub cost: CostPerLearner,
}

/// A programme and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeOutcome {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Who runs it: an authority's code, or `joint`.
    pub authority: String,
    /// The area of joint work that it belongs to, by name.
    pub area: Option<String>,
    /// Who delivers it.
    pub provider: Option<String>,
    /// Its first day.
    pub starts: Option<Date>,
    /// Its last day.
    pub ends: Option<Date>,
    /// Where it is recorded.
    pub document: Option<String>,
    /// What it costs in each year.
    pub costs: AmountsByYear,
    /// How many of the small areas that it names are shared and of the vintage that it states.
    pub small_areas: usize,
    /// How many of those are of highest need.
    pub highest_areas: usize,
    /// The steps of all residents; nothing where no outcome is recorded.
    pub chain: Option<Chain>,
    /// What a sustained learner costs.
    pub cost: CostPerLearner,
    /// The step by which the cost is shared between authorities of residence, where it is.
    pub split_by: Option<Step>,
    /// By authority of residence.
    pub residents: Vec<ResidentsOutcome>,
    /// What residents could do before and after.
    pub skills: Vec<ResidentsSkills>,
    /// The entry.
    pub source: Source,
}

/// A way of measuring skills. The three are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// All foundation tasks without help.
    Foundation,
    /// At least one task for work in each of the five areas.
    Skills,
    /// Every task for work.
    Tasks,
}

impl View {
    /// Every view.
    pub const ALL: [View; 3] = [View::Foundation, View::Skills, View::Tasks];
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            View::Foundation => "foundation level",
            View::Skills => "skills view",
            View::Tasks => "task view",
        })
    }
}

/// What the residents of one authority could do before and after a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResidentsSkills {
    /// The authority in which they live.
    pub authority: String,
    /// The three views.
    pub views: Vec<ViewOutcome>,
    /// People who can do none of the tasks for work, before.
    pub none_before: Asked,
    /// People who can do none of them, after.
    pub none_after: Asked,
    /// The entries.
    pub sources: Vec<Source>,
}

/// One view, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewOutcome {
    /// The view.
    pub view: View,
    /// Before the programme.
    pub before: Asked,
    /// After it.
    pub after: Asked,
    /// People asked both times.
    pub asked_twice: usize,
    /// Those of them who could not before and can after.
    pub gained: usize,
    /// Those of them who could before and cannot after.
    pub lost: usize,
}

/// How many were asked, and how many of them can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// People asked.
    pub asked: usize,
    /// People of whom it holds.
    pub able: usize,
}

impl Asked {
    /// The share of whom it holds; nothing where nobody was asked.
    pub fn share(self) -> Option<f64> {
        (self.asked > 0).then(|| self.able as f64 / self.asked as f64)
    }
}

/// Shares of profit that contracts may give back: contingent, in no cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gainshare {
    /// Each of them.
    pub inflows: Vec<Inflow>,
    /// What they come to if all that may still come do.
    pub with: Money,
    /// What they come to if none of those that may still come do.
    pub without: Money,
    /// What is expected of them, in pounds.
    pub expected: Estimate,
}

/// One contingent inflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inflow {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Who would receive it.
    pub authority: String,
    /// `pending`, `won` or `lost`.
    pub status: String,
    /// How likely it is, while it is pending.
    pub probability: Option<f64>,
    /// What it comes to if it comes.
    pub with: Money,
    /// What it comes to if it does not.
    pub without: Money,
    /// Probability × amount; nothing while it is pending and no probability is recorded.
    pub expected: Option<Estimate>,
    /// The entry.
    pub source: Source,
}

/// Something wrong or wanting in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let mut findings = Findings::default();
    let weighed = findings.or_told(weights::in_force(basis, input.on));
    let framework = findings.or_told(skills::in_force(basis, input.on));
    let vintages = vintages::vintages(input, weighed.as_ref().map(|cited| &cited.value), &mut findings);
    let framework_used = framework.as_ref().map(|cited| &cited.value);
    Outcome {
        partners: input.partners.clone(),
        programmes: programmes::programmes(input, &vintages, framework_used, &mut findings),
        vintages,
        gainshare: gainshare::gainshare(&input.gainshares, &mut findings),
        findings: findings.gravest_first(),
        weight_sources: weighed.as_ref().map(|cited| cited.sources.clone()).unwrap_or_default(),
        skills_sources: framework.map(|cited| cited.sources).unwrap_or_default(),
        weights: weighed.map(|cited| cited.value),
    }
}

impl Findings {
    /// The value, or nothing where a parameter could not be read, which is told.
    fn or_told<T>(&mut self, value: Result<T, String>) -> Option<T> {
        value.map_err(|problem| self.add(error(problem, "correct the parameter", &[]))).ok()
    }
}

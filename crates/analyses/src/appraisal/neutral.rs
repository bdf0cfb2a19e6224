//! Ranges on their own: the neutral model format of `penshaw simulate`.

use penshaw_numerics::Distribution;
use penshaw_numerics::simulation::{
    Contest, Group, Model, QuantileMethod, Settings, SimulationError, Target, TargetResult,
};
use serde::{Deserialize, Serialize};

/// A model as other tools write it: options × partners × lines, each line one uncertain multiple of a profile.
///
/// Correlations are those of the normals behind the ranges, for the same lines of every option and partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralModel {
    /// What the model means, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spec: String,
    /// Only "line" is known: one draw a line and trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The rate per year; year 0 is not discounted.
    pub discount_rate: f64,
    /// How many years each profile has.
    pub years: usize,
    /// Lines that move together.
    #[serde(default)]
    pub groups: Vec<NeutralGroup>,
    /// The options.
    pub options: Vec<NeutralOption>,
}

/// Lines that move together, by their places among a partner's lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralGroup {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The lines.
    pub lines: Vec<usize>,
    /// The correlation of their normals.
    pub corr: Vec<Vec<f64>>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralOption {
    /// Its name.
    pub name: String,
    /// What it is for each partner.
    pub partners: Vec<NeutralPartner>,
}

/// A partner's lines of an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralPartner {
    /// Its name.
    pub name: String,
    /// The lines.
    pub lines: Vec<NeutralLine>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralLine {
    /// Its name.
    pub name: String,
    /// Whether it counts for or against.
    pub kind: NeutralKind,
    /// The multiple of the profile.
    pub dist: Distribution,
    /// An amount for each year.
    pub profile: Vec<f64>,
}

/// Whether a line counts for or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeutralKind {
    /// Counts against.
    Cost,
    /// Counts for.
    Benefit,
}

/// What came of simulating a neutral model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatedModel {
    /// Trials made.
    pub trials: u64,
    /// The seed.
    pub seed: u64,
    /// The options, in the model's order.
    pub options: Vec<SimulatedOption>,
    /// How often each option's total is the greatest.
    pub probability_best: Vec<f64>,
    /// The same for each partner's own value, where every option has the same partners.
    pub probability_best_by_partner: Vec<PartnerContest>,
    /// How the quantiles were found: from all values, or from narrow bins.
    pub quantile_method: QuantileMethod,
    /// The most by which a quantile may be off; 0 where all values were kept.
    pub quantile_error: f64,
    /// The ranges that vary: what a trial would draw if each were drawn by itself.
    pub draws_per_trial: usize,
    /// What a trial did draw, after ranges that feed the same sums were folded together.
    pub draws_made_per_trial: usize,
}

/// One option of a simulated model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatedOption {
    /// Its name.
    pub name: String,
    /// All partners together.
    pub total: SimulatedValue,
    /// Each partner.
    pub partners: Vec<SimulatedPartner>,
}

/// One partner of an option of a simulated model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatedPartner {
    /// Its name.
    pub name: String,
    /// Its value.
    #[serde(flatten)]
    pub value: SimulatedValue,
}

/// A net present value over the trials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatedValue {
    /// The mean of the trials.
    pub mean: f64,
    /// One trial in ten stays below.
    pub p10: f64,
    /// The median.
    pub p50: f64,
    /// Nine trials in ten stay below.
    pub p90: f64,
    /// The mean by formula, without chance.
    pub exact_mean: f64,
    /// The standard deviation of the trials.
    pub standard_deviation: f64,
    /// The Monte Carlo error of the mean.
    pub standard_error: f64,
    /// The share of trials above nought.
    pub probability_positive: f64,
}

/// How often each option is the best for one partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerContest {
    /// The partner's name.
    pub name: String,
    /// A probability for each option.
    pub probability_best: Vec<f64>,
}

/// Why a neutral model cannot be simulated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotANeutralModel {
    /// The text is not such a model.
    #[error("the model cannot be read: {0}")]
    Unreadable(String),
    /// Draws by the year, or something else that is not known.
    #[error("the mode \"{0}\" is not known: only \"line\" is, one draw a line and trial")]
    UnknownMode(String),
    /// No option, or an option without partners.
    #[error("{0}")]
    Empty(String),
    /// A rate that is surely a slip.
    #[error("a discount rate of {0} is not between -0.5 and 1: write 3.5 % as 0.035")]
    RateOutOfRange(f64),
    /// A profile of another length than the model's years.
    #[error("{line} has {found} amounts, but the model has {years} years")]
    ProfileLength {
        /// The line.
        line: String,
        /// How many amounts it has.
        found: usize,
        /// How many it needs.
        years: usize,
    },
    /// A range that makes no sense.
    #[error("{line}: {reason}")]
    Range {
        /// The line.
        line: String,
        /// What is wrong with its range.
        reason: String,
    },
    /// A group names a line that a partner does not have.
    #[error("group \"{group}\" names line {place}, counted from 0, but {partner} has {lines} lines")]
    UnknownLine {
        /// The group.
        group: String,
        /// The line named.
        place: usize,
        /// The option and partner.
        partner: String,
        /// How many lines it has.
        lines: usize,
    },
    /// A correlation that cannot be used, or numbers too great.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

impl NeutralModel {
    /// Reads a model from JSON.
    ///
    /// # Errors
    /// [`NotANeutralModel::Unreadable`], with the line and column.
    pub fn from_json(text: &str) -> Result<Self, NotANeutralModel> {
        serde_json::from_str(text).map_err(|error| NotANeutralModel::Unreadable(error.to_string()))
    }

    /// The model as factors, groups and sums: for each option its total, then its partners.
    ///
    /// # Errors
    /// If anything in it makes no sense.
    pub fn model(&self) -> Result<Model, NotANeutralModel> {
        self.check()?;
        let mut model = Model::default();
        let mut totals = Vec::new();
        for option in &self.options {
            totals.push(model.targets.len());
            let first = model.targets.len();
            model.targets.push(Target { constant: 0.0, weights: Vec::new() });
            for partner in &option.partners {
                let target = self.partner(option, partner, &mut model)?;
                model.targets[first].weights.extend(&target.weights);
                model.targets.push(target);
            }
        }
        model.contests.push(Contest { targets: totals.clone() });
        for partner in 0..self.contested().len() {
            model.contests.push(Contest { targets: totals.iter().map(|total| total + 1 + partner).collect() });
        }
        Ok(model)
    }

    fn check(&self) -> Result<(), NotANeutralModel> {
        if let Some(mode) = self.mode.as_ref().filter(|mode| *mode != "line") {
            return Err(NotANeutralModel::UnknownMode(mode.clone()));
        }
        if !(-0.5..1.0).contains(&self.discount_rate) {
            return Err(NotANeutralModel::RateOutOfRange(self.discount_rate));
        }
        if self.options.is_empty() {
            return Err(NotANeutralModel::Empty("the model has no options".into()));
        }
        match self.options.iter().find(|option| option.partners.is_empty()) {
            Some(option) => Err(NotANeutralModel::Empty(format!("option \"{}\" has no partners", option.name))),
            None => Ok(()),
        }
    }

    fn partner(
        &self,
        option: &NeutralOption,
        partner: &NeutralPartner,
        model: &mut Model,
    ) -> Result<Target, NotANeutralModel> {
        let whose = format!("{}, {}", option.name, partner.name);
        let first = model.factors.len();
        let mut weights = Vec::with_capacity(partner.lines.len());
        for line in &partner.lines {
            weights.push((model.factors.len(), self.weight(line, &whose)?));
            model.factors.push(line.dist.clone());
        }
        for group in &self.groups {
            if let Some(&place) = group.lines.iter().find(|&&place| place >= partner.lines.len()) {
                let group = group.name.clone();
                return Err(NotANeutralModel::UnknownLine { group, place, partner: whose, lines: partner.lines.len() });
            }
            let factors = group.lines.iter().map(|place| first + place).collect();
            model.groups.push(Group { factors, correlation: group.corr.clone() });
        }
        Ok(Target { constant: 0.0, weights })
    }

    /// What a line is worth at the start at a multiple of 1, with its sign.
    fn weight(&self, line: &NeutralLine, whose: &str) -> Result<f64, NotANeutralModel> {
        let named = || format!("{whose}, {}", line.name);
        if line.profile.len() != self.years {
            let found = line.profile.len();
            return Err(NotANeutralModel::ProfileLength { line: named(), found, years: self.years });
        }
        line.dist.check().map_err(|error| NotANeutralModel::Range { line: named(), reason: error.to_string() })?;
        let sign = match line.kind {
            NeutralKind::Cost => -1.0,
            NeutralKind::Benefit => 1.0,
        };
        let mut factor = 1.0;
        let present = line.profile.iter().map(|amount| {
            let present = amount * factor;
            factor /= 1.0 + self.discount_rate;
            present
        });
        Ok(sign * present.sum::<f64>())
    }

    /// The partners, where every option has the same ones.
    fn contested(&self) -> Vec<&str> {
        let names = |option: &NeutralOption| -> Vec<String> {
            option.partners.iter().map(|partner| partner.name.clone()).collect()
        };
        let Some(first) = self.options.first() else { return Vec::new() };
        let same = self.options.iter().all(|option| names(option) == names(first));
        if same { first.partners.iter().map(|partner| partner.name.as_str()).collect() } else { Vec::new() }
    }
}

/// Simulates a neutral model.
///
/// # Errors
/// [`NotANeutralModel`], if anything in it makes no sense.
///
/// ```
/// use penshaw_analyses::appraisal::{NeutralModel, simulate};
/// use penshaw_numerics::simulation::Settings;
/// let model = NeutralModel::from_json(r#"{
///   "discount_rate": 0.035, "years": 2,
///   "options": [{"name": "Share", "partners": [{"name": "Sunderland", "lines": [
///     {"name": "Saving", "kind": "benefit", "profile": [0, 103.5],
///      "dist": {"type": "triangular", "min": 0.5, "mode": 1.0, "max": 1.5}}]}]}]}"#)?;
/// let answer = simulate(&model, &Settings { trials: 10_000, seed: 1, threads: None })?;
/// assert!((answer.options[0].total.mean - 100.0).abs() < 1.0);
/// assert_eq!(answer.probability_best, [1.0]);
/// # Ok::<(), penshaw_analyses::appraisal::NotANeutralModel>(())
/// ```
pub fn simulate(neutral: &NeutralModel, settings: &Settings) -> Result<SimulatedModel, NotANeutralModel> {
    let answer = penshaw_numerics::simulation::simulate(&neutral.model()?, settings)?;
    let mut targets = answer.targets.iter();
    let mut options = Vec::with_capacity(neutral.options.len());
    for option in &neutral.options {
        let mut next = || targets.next().map(value).expect("each option has its total and its partners");
        let total = next();
        let partners = option.partners.iter();
        let partners = partners.map(|partner| SimulatedPartner { name: partner.name.clone(), value: next() }).collect();
        options.push(SimulatedOption { name: option.name.clone(), total, partners });
    }
    let contested = neutral.contested().into_iter().zip(answer.contests.iter().skip(1));
    let contest =
        |(name, best): (&str, &Vec<f64>)| PartnerContest { name: name.into(), probability_best: best.clone() };
    Ok(SimulatedModel {
        trials: answer.trials,
        seed: settings.seed,
        options,
        probability_best: answer.contests[0].clone(),
        probability_best_by_partner: contested.map(contest).collect(),
        quantile_method: answer.quantile_method,
        quantile_error: answer.targets.iter().map(|target| target.quantile_error).fold(0.0, f64::max),
        draws_per_trial: answer.draws_per_trial,
        draws_made_per_trial: answer.draws_made_per_trial,
    })
}

fn value(target: &TargetResult) -> SimulatedValue {
    SimulatedValue {
        mean: target.mean,
        p10: target.p10,
        p50: target.p50,
        p90: target.p90,
        exact_mean: target.exact_mean,
        standard_deviation: target.standard_deviation,
        standard_error: target.standard_error,
        probability_positive: target.probability_positive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = r#"{
      "spec": "two lines a partner", "discount_rate": 0.035, "years": 2,
      "groups": [{"name": "savings", "lines": [0, 1], "corr": [[1, 0.6], [0.6, 1]]}],
      "options": [
        {"name": "Share", "partners": [
          {"name": "S", "lines": [
            {"name": "a", "kind": "benefit", "dist": {"type": "normal", "mean": 1, "sd": 0.1}, "profile": [100, 0]},
            {"name": "b", "kind": "cost", "dist": {"type": "lognormal", "mean": 1, "sd": 0.2}, "profile": [0, 103.5]}]},
          {"name": "D", "lines": [
            {"name": "a", "kind": "benefit", "dist": {"type": "pert", "min": 0, "mode": 1, "max": 2}, "profile": [50, 0]},
            {"name": "b", "kind": "cost", "dist": {"type": "triangular", "min": 0, "mode": 1, "max": 2}, "profile": [10, 0]}]}]},
        {"name": "Apart", "partners": [
          {"name": "S", "lines": [
            {"name": "a", "kind": "benefit", "dist": {"type": "fixed", "value": 1}, "profile": [0, 0]},
            {"name": "b", "kind": "cost", "dist": {"type": "fixed", "value": 1}, "profile": [0, 0]}]},
          {"name": "D", "lines": [
            {"name": "a", "kind": "benefit", "dist": {"type": "fixed", "value": 1}, "profile": [0, 0]},
            {"name": "b", "kind": "cost", "dist": {"type": "fixed", "value": 1}, "profile": [20, 0]}]}]}]}"#;

    fn settings() -> Settings {
        Settings { trials: 50_000, seed: 3, threads: None }
    }

    #[test]
    fn means_are_those_of_the_formulas_and_the_contests_cover_all_and_each_partner() {
        let answer = simulate(&NeutralModel::from_json(MODEL).unwrap(), &settings()).unwrap();
        let share = &answer.options[0];
        assert!((share.total.exact_mean - 40.0).abs() < 1e-9, "100 − 100 + 50 − 10");
        assert!((share.total.mean - 40.0).abs() < 5.0 * share.total.standard_error);
        assert!((share.partners[0].value.mean + share.partners[1].value.mean - share.total.mean).abs() < 1e-9);
        assert_eq!(answer.options[1].total.p10, -20.0);
        assert!((answer.probability_best.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let names: Vec<&str> = answer.probability_best_by_partner.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["S", "D"]);
        assert!((answer.probability_best_by_partner[0].probability_best[0] - 0.5).abs() < 0.1);
        assert_eq!(answer.draws_per_trial, 4);
    }

    #[test]
    fn correlations_are_of_the_normals_and_narrow_a_difference() {
        let model = NeutralModel::from_json(MODEL).unwrap();
        let apart = NeutralModel { groups: Vec::new(), ..model.clone() };
        let deviation = |model: &NeutralModel| {
            simulate(model, &settings()).unwrap().options[0].partners[0].value.standard_deviation
        };
        assert!(deviation(&model) < 0.85 * deviation(&apart));
    }

    #[test]
    fn the_answer_is_printed_in_the_agreed_shape() {
        let answer = simulate(&NeutralModel::from_json(MODEL).unwrap(), &settings()).unwrap();
        let json = serde_json::to_value(&answer).unwrap();
        assert_eq!(json["trials"], 50_000);
        assert!(json["options"][0]["total"]["p10"].is_number());
        assert_eq!(json["options"][0]["partners"][1]["name"], "D");
        assert!(json["options"][0]["partners"][1]["mean"].is_number());
        assert_eq!(json["quantile_method"], "exact");
        assert!(json["probability_best"][0].is_number());
        assert_eq!(answer.document().blocks.len(), 3);
    }

    #[test]
    fn what_is_no_model_is_refused_in_words_that_name_it() {
        for (from, to, words) in [
            ("\"pert\"", "\"PERT\"", "unknown variant `PERT`"),
            ("\"years\": 2", "\"years\": 3", "Share, S, a has 2 amounts, but the model has 3 years"),
            ("\"min\": 0, \"mode\": 1", "\"min\": 0, \"mode\": 3", "Share, D, a: the most likely value, 3,"),
            ("\"lines\": [0, 1]", "\"lines\": [0, 7]", "group \"savings\" names line 7"),
            ("[0.6, 1]", "[0.5, 1]", "must be symmetric"),
            ("\"discount_rate\": 0.035", "\"discount_rate\": 3.5", "write 3.5 % as 0.035"),
            ("\"kind\": \"cost\"", "\"kind\": \"loss\"", "unknown variant `loss`"),
            ("\"spec\"", "\"mode\": \"year\", \"spec\"", "the mode \"year\" is not known"),
        ] {
            let text = MODEL.replacen(from, to, 1);
            let answer = NeutralModel::from_json(&text).and_then(|model| simulate(&model, &settings()));
            let error = answer.expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}

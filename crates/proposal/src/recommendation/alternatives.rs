//! Each option that is not recommended, with its reason: no alternative is dropped in silence.

use penshaw_basis::Source;
use penshaw_register::recommendation::{Answer, AreaJudged, Course, Rejected, Statement};

use super::facts::{Facts, OptionFacts};
use super::options::{Judged, Standing, Tried};
use super::words::{capitalised, chained, count, pounds};

/// What the course makes of the options.
pub struct Choosing<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The options to join services, tested.
    pub judged: &'a [Judged<'a>],
    /// The areas.
    pub areas: &'a [AreaJudged],
    /// The course.
    pub course: Course,
    /// The option that is taken, where it is one.
    pub chosen: Option<&'a OptionFacts>,
}

impl Choosing<'_> {
    /// Every option that is not taken. Where there is not enough evidence none is rejected
    /// but those that a failed test decides against.
    pub fn rejected(&self) -> Vec<Rejected> {
        let taken = |option: &&OptionFacts| self.chosen.is_none_or(|chosen| chosen.reference != option.reference);
        self.facts.options.iter().filter(taken).filter_map(|option| self.reject(option)).collect()
    }

    fn reject(&self, option: &OptionFacts) -> Option<Rejected> {
        let reason = match option.course.as_str() {
            "integrate" => self.why_not_integrated(option),
            "collaborate" => self.why_not_shared(option),
            _ => self.why_not_apart(),
        }?;
        let reason = Statement::words("This option is not recommended because ").then(reason).and(".");
        let mut sources = reason.sources();
        sources.extend(option.sources.iter().filter(|source| !reason.sources().contains(source)).cloned());
        Some(Rejected { option: option.reference.clone(), name: option.name.clone(), reason, sources })
    }

    fn why_not_integrated(&self, option: &OptionFacts) -> Option<Statement> {
        let judged = self.judged.iter().find(|judged| judged.option.reference == option.reference)?;
        match judged.standing {
            Standing::Supported => self.bettered(option),
            Standing::Undecided if self.course == Course::Integrate => {
                let clauses: Vec<Statement> = judged.with(Answer::NotKnown).map(|tried| tried.clause.clone()).collect();
                Some(chained(clauses))
            }
            Standing::Undecided => None,
            Standing::OnOtherTerms | Standing::Closed => {
                let mut clauses: Vec<Statement> = judged.failing().map(in_short).collect();
                clauses.extend(option.delays.iter().map(|delay| self.delay(delay)));
                Some(chained(clauses))
            }
        }
    }

    fn bettered(&self, option: &OptionFacts) -> Option<Statement> {
        let (better, own) = (self.chosen?.appraisal.as_ref()?, option.appraisal.as_ref()?);
        let said = Statement::words("it passes every test and would gain ")
            .figure(pounds(own.npsv), &own.sources)
            .and(format!(" together, less than the {} of the option that is recommended", pounds(better.npsv)));
        Some(said)
    }

    pub(super) fn delay(&self, delay: &super::facts::DelayFacts) -> Statement {
        let programme = format!("{} of {}", delay.programme, self.facts.name_of(&delay.authority));
        let (delays, by) = match delay.months {
            Some(months) => {
                let number =
                    penshaw_documents::Value::Number { number: months, decimals: u8::from(months.fract() != 0.0) };
                ("it would delay the ", format!(" by {number} months"))
            }
            None => ("it may delay the ", " by a time that is not known".to_owned()),
        };
        Statement::words(delays).figure(programme, &delay.sources).and(by)
    }

    fn why_not_shared(&self, option: &OptionFacts) -> Option<Statement> {
        let standing: Vec<&AreaJudged> = self.areas.iter().filter(|area| area.stands).collect();
        if self.course == Course::Integrate {
            let npsv = self.chosen?.appraisal.as_ref()?;
            return Some(
                Statement::words("joint work without one service would give up ")
                    .figure(pounds(npsv.npsv), &npsv.sources)
                    .and(" of net present social value, less what the joint work brings"),
            );
        }
        if standing.is_empty() {
            let words = if self.areas.is_empty() {
                "no area of joint work is recorded that it would hold, with evidence"
            } else {
                "none of the areas considered stands on its own evidence"
            };
            return Some(Statement::words(words));
        }
        let held = standing.iter().filter(|area| option.areas.contains(&area.reference)).count();
        let words = format!("it holds {} of the {} areas that stand", count(held), count(standing.len()));
        Some(Statement::words(words))
    }

    fn why_not_apart(&self) -> Option<Statement> {
        if let (Course::Integrate, Some(chosen)) = (self.course, self.chosen) {
            let gain = chosen.appraisal.as_ref()?;
            let lost = pounds(gain.npsv);
            return Some(
                Statement::words("it would give up ").figure(lost, &gain.sources).and(" of net present social value"),
            );
        }
        let standing: Vec<&AreaJudged> = self.areas.iter().filter(|area| area.stands).collect();
        if standing.is_empty() {
            return None;
        }
        let sources: Vec<Source> = standing.iter().flat_map(|area| area.sources.clone()).collect();
        let areas =
            if standing.len() == 1 { "area of joint work that stands" } else { "areas of joint work that stand" };
        Some(
            Statement::words("it would give up the ")
                .figure(count(standing.len()), &sources)
                .and(format!(" {areas} on their own evidence")),
        )
    }
}

/// The collaborating option that is taken: the one that holds most of the areas that stand
/// (all of them where it names none); of several, the first.
pub fn collaborating<'a>(facts: &'a Facts, areas: &[AreaJudged]) -> Option<&'a OptionFacts> {
    let held = |option: &OptionFacts| {
        let holds = |area: &&AreaJudged| option.areas.is_empty() || option.areas.contains(&area.reference);
        areas.iter().filter(|area| area.stands).filter(holds).count()
    };
    let mut best: Option<&OptionFacts> = None;
    for option in facts.options.iter().filter(|option| option.course == "collaborate") {
        if held(option) > best.map_or(0, held) {
            best = Some(option);
        }
    }
    best
}

/// What a test found, without what is said once for all options.
fn in_short(tried: &Tried) -> Statement {
    tried.short.clone().unwrap_or_else(|| tried.clause.clone())
}

/// A clause as a sentence of its own.
pub fn sentence(clause: Statement) -> Statement {
    let mut clause = clause;
    if let Some(first) = clause.parts.first_mut() {
        first.text = capitalised(&first.text);
    }
    clause.and(".")
}

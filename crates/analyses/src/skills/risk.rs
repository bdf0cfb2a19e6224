//! The risks of a year: exactly for each need and skill, and sampled for how many skills go uncovered at once.

use penshaw_basis::Source;
use penshaw_numerics::losses::{Demand, Pooled, Requirement, fewer_than, probability_short, simulate};

use super::Input;
use super::held::{Estate, Needed, Skill};
use super::outcome::{CourseRisk, OptionCover};

/// The courses that options may take, in the order in which they are worked out.
const COURSES: [&str; 3] = ["apart", "collaborate", "integrate"];

/// What stands for the options where none is recorded.
const STAND_INS: [&str; 3] = ["Staying apart", "Working together in named areas", "One service"];

/// The skills as requirements under each course, with their exact risks.
pub(super) struct Risks {
    systems: Vec<Vec<Requirement>>,
    exact: Vec<Vec<f64>>,
    today: Vec<usize>,
}

impl Risks {
    pub(super) fn of(estate: &Estate<'_>) -> Self {
        let system = |course: &&str| estate.skills.iter().map(|skill| requirement(estate, skill, course)).collect();
        let systems: Vec<Vec<Requirement>> = COURSES.iter().map(system).collect();
        let risks = |lost: &[f64], system: &[Requirement]| -> Vec<f64> {
            system.iter().map(|requirement| probability_short(lost, requirement)).collect()
        };
        let nobody_gone = vec![0.0; estate.people.gone.len()];
        let short_now =
            |system: &Vec<Requirement>| risks(&nobody_gone, system).iter().filter(|risk| **risk > 0.5).count();
        Risks {
            exact: systems.iter().map(|system| risks(&estate.people.gone, system)).collect(),
            today: systems.iter().map(short_now).collect(),
            systems,
        }
    }

    /// The risk of one skill under each course.
    pub(super) fn of_skill(&self, skill: usize) -> CourseRisk {
        let [apart, collaborate, integrate] = [0, 1, 2].map(|course: usize| self.exact[course][skill]);
        CourseRisk { apart, collaborate, integrate }
    }

    /// How many skills go uncovered under each option, in the order of the options.
    pub(super) fn options(&self, estate: &Estate<'_>, input: &Input, rests_on: &[Source]) -> Vec<OptionCover> {
        let sampled = simulate(&estate.people.gone, &self.systems, input.trials, input.seed);
        let cover = |option: &str, name: &str, course: &str, source: Option<Source>| {
            let place = COURSES.iter().position(|known| *known == course)?;
            let sampled = &sampled[place];
            Some(OptionCover {
                option: option.to_owned(),
                name: name.to_owned(),
                course: course.to_owned(),
                uncovered_today: self.today[place],
                expected: self.exact[place].iter().sum(),
                sampled: sampled.mean(),
                p10: sampled.quantile(0.1),
                p50: sampled.quantile(0.5),
                p90: sampled.quantile(0.9),
                none_uncovered: sampled.none_short(),
                sources: source.into_iter().chain(rests_on.iter().cloned()).collect(),
            })
        };
        if input.options.is_empty() {
            return COURSES.iter().zip(STAND_INS).filter_map(|(course, name)| cover("", name, course, None)).collect();
        }
        let options = input.options.iter();
        options
            .filter_map(|option| cover(&option.reference, &option.name, &option.course, Some(option.source())))
            .collect()
    }
}

/// A skill as a requirement under a course.
///
/// Apart, an authority's holders fill its own need alone. Where partners collaborate, holders who may stand in are
/// pooled: each fills one place, at home or at a partner whose level they reach, and the others stay at home. In one
/// service all holders are pooled, and so are the needs.
fn requirement(estate: &Estate<'_>, skill: &Skill<'_>, course: &str) -> Requirement {
    let pooled = |covers: bool| match course {
        "apart" => false,
        "collaborate" => covers,
        _ => true,
    };
    let demand = |need: &Needed<'_>| {
        let (authority, least) = (need.authority, need.rank);
        let own = estate
            .people_of(skill, move |post, rank| post.authority == authority && rank >= least && !pooled(post.covers()));
        Demand { rank: least, needed: need.people, own: own.collect() }
    };
    let holdings = skill.holdings.iter().map(|holding| (holding.rank, &estate.posts[holding.post]));
    let pool = holdings
        .filter(|(_, post)| pooled(post.covers()))
        .flat_map(|(rank, post)| post.people.clone().map(move |element| Pooled { rank, element }));
    Requirement { demands: skill.needs.iter().map(demand).collect(), pool: pool.collect() }
}

/// How likely it is that too few of these people are left.
pub(super) fn too_few(needed: usize, people: &[usize], chances: &[f64]) -> f64 {
    fewer_than(needed, people.iter().map(|&person| chances[person]))
}

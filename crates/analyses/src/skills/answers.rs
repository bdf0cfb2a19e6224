//! The answer, put together: matrix, single holders, cover, options, measures, findings.

use penshaw_basis::{Basis, Source};

use super::findings::Findings;
use super::held::{Estate, Needed, Skill};
use super::levels::{Given, Level};
use super::outcome::{AuthoritySkills, NeedRow, Outcome, SkillRow};
use super::risk::{Risks, too_few};
use super::{Input, cover, measures};

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let given = Given::in_force(basis, input.on);
    let mut findings = Findings::default();
    let estate = Estate::of(input, &given, &mut findings);
    let risks = Risks::of(&estate);
    let parameters: Vec<Source> = given.level_sources.iter().chain(&given.turnover_sources).cloned().collect();
    let mut skills: Vec<SkillRow> =
        estate.skills.iter().enumerate().map(|(place, skill)| row(&estate, skill, &given, &risks, place)).collect();
    let measures = measures::measures(&estate, &given, &skills);
    let outcome = Outcome {
        on: input.on,
        partners: estate.authorities.clone(),
        authorities: (0..estate.authorities.len()).map(|place| authority(&estate, place, &skills)).collect(),
        single_holders: cover::single_holders(&estate, &given),
        held_by_one: cover::held_by_one(&estate),
        cover: cover::cover(&estate, &given),
        options: risks.options(&estate, input, &parameters),
        opportunities: measures.iter().map(|measure| measures::opportunity(measure, input.on)).collect(),
        measures,
        findings: findings.all(&estate, &given),
        trials: input.trials.max(1),
        seed: input.seed,
        parameters,
        entries: entries(input),
        skills: Vec::new(),
    };
    skills.sort_by(|one, other| other.risk.apart.total_cmp(&one.risk.apart));
    Outcome { skills, ..outcome }
}

/// The needs and the posts with skills.
fn entries(input: &Input) -> Vec<Source> {
    let posts = input.posts.iter().filter(|post| !post.skills.is_empty()).map(|post| post.source());
    input.needs.iter().map(|need| need.source()).chain(posts).collect()
}

fn row(estate: &Estate<'_>, skill: &Skill<'_>, given: &Given, risks: &Risks, place: usize) -> SkillRow {
    SkillRow {
        skill: skill.name.clone(),
        scheme: skill.scheme,
        needs: skill.needs.iter().map(|need| need_row(estate, skill, need, given)).collect(),
        risk: risks.of_skill(place),
    }
}

fn need_row(estate: &Estate<'_>, skill: &Skill<'_>, need: &Needed<'_>, given: &Given) -> NeedRow {
    let holders: Vec<usize> = estate.holders(skill, need).collect();
    let (authority, least) = (need.authority, need.rank);
    let below = estate.people_of(skill, move |post, rank| post.authority == authority && rank < least);
    let risk = |chances: &[f64]| too_few(need.people, &holders, chances);
    let posts =
        skill.holdings.iter().filter(|holding| holding.rank >= least).map(|holding| &estate.posts[holding.post]);
    let posts = posts.filter(|post| post.authority == authority && !post.people.is_empty());
    NeedRow {
        authority: estate.authorities[authority].code.clone(),
        level: given.word(Level { scheme: skill.scheme, rank: need.rank }),
        needed: need.people,
        assumed: need.entry.is_none(),
        holders: holders.len(),
        below: below.count(),
        risk: risk(&estate.people.gone),
        risk_of_leaving: risk(&estate.people.leaving),
        risk_of_retiring: risk(&estate.people.retiring),
        sources: need
            .entry
            .map(|entry| entry.source())
            .into_iter()
            .chain(posts.map(|post| post.input.source()))
            .collect(),
    }
}

fn authority(estate: &Estate<'_>, place: usize, skills: &[SkillRow]) -> AuthoritySkills {
    let code = &estate.authorities[place].code;
    let own: Vec<_> = estate.posts.iter().filter(|post| post.authority == place).collect();
    let needs: Vec<&NeedRow> =
        skills.iter().flat_map(|row| &row.needs).filter(|need| need.authority == *code).collect();
    AuthoritySkills {
        authority: code.clone(),
        posts: own.len(),
        fte: own.iter().filter_map(|post| post.input.fte).sum(),
        people: own.iter().map(|post| post.people.len()).sum(),
        vacant: own.iter().filter(|post| post.input.filled == Some(false)).count(),
        needs: needs.len(),
        uncovered_today: needs.iter().filter(|need| need.is_uncovered()).count(),
        expected_uncovered: needs.iter().map(|need| need.risk).sum(),
        sources: own.iter().map(|post| post.input.source()).collect(),
    }
}

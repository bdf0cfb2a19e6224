//! Prints how long the question of skills takes of a large estate: `skills_rate [POSTS] [SKILLS] [TRIALS]`, JSON on stdout.

use std::time::Instant;

use penshaw_analyses::skills::{Input, NeedInput, PostInput, Skills};
use penshaw_analyses::{Analysis, Named};
use penshaw_basis::{Basis, Date};

const PARTNERS: [&str; 5] = ["AAA", "BBB", "CCC", "DDD", "EEE"];
const LEVELS: [&str; 4] = ["awareness", "working", "practitioner", "expert"];
/// Each post holds as many skills.
const EACH: usize = 5;

fn post(number: usize, skills: usize) -> PostInput {
    let skill = |step: usize| format!("Skill {}: {}", (number * 31 + step * 47) % skills, LEVELS[(number + step) % 4]);
    PostInput {
        authority: PARTNERS[number % PARTNERS.len()].into(),
        reference: format!("P{number}"),
        title: format!("Officer {}", number % 40),
        fte: Some(1.0),
        skills: (0..EACH).map(skill).collect(),
        leaving: Some(0.03 + 0.01 * (number % 10) as f64),
        retiring: Some(0.02),
        covers_partners: Some(number.is_multiple_of(3)),
        ..PostInput::default()
    }
}

fn need(number: usize, skills: usize) -> NeedInput {
    NeedInput {
        authority: PARTNERS[number / skills].into(),
        reference: format!("N{number}"),
        skill: format!("Skill {}", number % skills),
        level: Some(LEVELS[1 + number % 2].into()),
        people: Some(2 + number as u64 % 7),
        ..NeedInput::default()
    }
}

fn main() {
    let number = |place: usize, usual: usize| match std::env::args().nth(place) {
        Some(text) => text.parse().expect("a whole number"),
        None => usual,
    };
    let (posts, skills, trials) = (number(1, 2_000), number(2, 150).max(1), number(3, 100_000));
    let input = Input {
        on: Date::constant(2026, 4, 1),
        trials: trials as u64,
        seed: 1,
        partners: PARTNERS.map(|code| Named::new(code, code)).to_vec(),
        options: Vec::new(),
        posts: (0..posts).map(|number| post(number, skills)).collect(),
        needs: (0..skills * PARTNERS.len()).map(|number| need(number, skills)).collect(),
    };
    let begun = Instant::now();
    let outcome = Skills::analyse(&input, &Basis::standard());
    let seconds = begun.elapsed().as_secs_f64();
    let farthest = outcome.options.iter().map(|option| (option.sampled - option.expected).abs());
    let option = &outcome.options[1];
    println!(
        r#"{{"posts": {posts}, "skills": {skills}, "courses": {}, "trials": {trials}, "seconds": {seconds:.4}, "expected": {:.5}, "sampled": {:.5}, "farthest_from_exact": {:.5}, "p10": {}, "p90": {}}}"#,
        outcome.options.len(),
        option.expected,
        option.sampled,
        farthest.fold(0.0, f64::max),
        option.p10,
        option.p90,
    );
}

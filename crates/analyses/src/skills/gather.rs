//! Takes the posts, the needs and the options from the joint register.

use penshaw_basis::Date;
use penshaw_register::{Held, JointRegister, Post, SkillNeed};

use super::{Input, NeedInput, PostInput, TRIALS};
use crate::{Missing, Need, named};

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let posts: Vec<PostInput> = joint.all::<Post>().into_iter().map(post).collect();
    if posts.iter().all(|post| post.skills.is_empty()) {
        let asked = joint.authorities().iter().map(|authority| posts_of(&authority.code));
        let needs: Vec<Need> = asked.collect();
        return Err(Missing { needs: if needs.is_empty() { vec![posts_of("partnership")] } else { needs } });
    }
    Ok(Input {
        on,
        trials: TRIALS,
        seed: 0,
        partners: named::partners(joint),
        options: named::options(joint),
        posts,
        needs: joint.all::<SkillNeed>().into_iter().map(need).collect(),
    })
}

fn posts_of(authority: &str) -> Need {
    Need {
        what: "posts with their skills".into(),
        of: authority.to_owned(),
        hint: "fill in the column Skills of the sheet Posts, such as \"Network management: expert\", and share it"
            .into(),
    }
}

fn post(held: Held<Post>) -> PostInput {
    let post = held.entry;
    PostInput {
        authority: held.owner,
        reference: post.reference,
        title: post.title,
        fte: post.fte,
        filled: post.filled,
        skills: post.skills,
        leaving: post.leaving,
        retiring: post.retiring,
        covers_partners: post.covers_partners,
    }
}

fn need(held: Held<SkillNeed>) -> NeedInput {
    let need = held.entry;
    NeedInput {
        authority: held.owner,
        reference: need.reference,
        skill: need.skill,
        level: need.level,
        people: need.people,
        training_cost: need.training_cost,
        training_months: need.training_months,
        retention_cost: need.retention_cost,
    }
}

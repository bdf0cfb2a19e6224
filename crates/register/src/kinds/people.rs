//! Posts and the skills that a service needs of them; never the people in them.

use penshaw_basis::Money;

use super::estate::positive_money;
use crate::FieldKind::{Count, List, Money as Pounds, Proportion, Text, YesNo};
use crate::entry::entry;
use crate::field::at_least_zero;

entry! {
    /// A post and its skills, never the person in it.
    Post {
        title: String, "Title", Text, required, open, "The post's title; never a person's name.", "Network engineer";
        team: Option<String>, "Team", Text, optional, owned, "The team it belongs to.", "Infrastructure";
        fte: Option<f64>, "Full-time equivalent", at_least_zero("FTE"), optional, owned, "Full-time equivalent, such as 0.6.", "1";
        skills: Vec<String>, "Skills", List, optional, owned, "Skills held in the post with their level, separated by semicolons.", "Network management: expert; Security: working";
        annual_cost: Option<Money>, "Annual cost", Pounds, optional, owned, "Pay with on-costs in a year, in pounds.", "42000";
        filled: Option<bool>, "Filled", YesNo, optional, owned, "Whether somebody holds it.", "yes";
        leaving: Option<f64>, "Chance of leaving", Proportion, optional, owned, "How likely it is that a holder leaves within a year, retirement left out.", "0.08";
        retiring: Option<f64>, "Chance of retiring", Proportion, optional, owned, "How likely it is that a holder retires within a year.", "0.05";
        covers_partners: Option<bool>, "May cover for partners", YesNo, optional, owned, "Whether its holder could stand in at a partner.", "yes";
    } check |post| positive_money("annual_cost", post.annual_cost)
}

entry! {
    /// A skill that the service needs, at which level and how many times over.
    SkillNeed {
        skill: String, "Skill", Text, required, open, "The skill, by the name that posts use.", "Network management";
        level: Option<String>, "Level", Text, optional, owned, "The least level that is enough: awareness, working, practitioner, expert, or your own scheme's 1 to 7.", "practitioner";
        people: Option<u64>, "People needed", Count, optional, owned, "How many people must hold it so that the service goes on.", "2";
        reason: Option<String>, "Reason", Text, optional, owned, "Why it is needed.", "Firewalls and the core network are run in-house";
        training_cost: Option<Money>, "Training cost", Pounds, optional, owned, "What training one more person to that level costs, in pounds.", "4500";
        training_months: Option<f64>, "Training takes (months)", at_least_zero("months"), optional, owned, "How long that takes, in months.", "9";
        retention_cost: Option<Money>, "Retention cost", Pounds, optional, owned, "What keeping one holder costs in a year over pay, in pounds.", "3000";
    } check |need| {
        let mut problems = positive_money("training_cost", need.training_cost);
        problems.extend(positive_money("retention_cost", need.retention_cost));
        problems
    }
}

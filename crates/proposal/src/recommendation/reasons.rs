//! Why: each reason one sentence, with its figures and the rule that says so.

use penshaw_register::recommendation::{Answer, AreaJudged, Course, Reason, Statement};

use super::alternatives::{Choosing, sentence};
use super::options::{Judged, Standing, Tried};
use super::words::count;

impl Choosing<'_> {
    /// The reasons for the course, those that decide it first.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for judged in self.speaking() {
            let tried = self.telling(judged);
            for tried in tried {
                let reason = reason(judged, tried);
                // What holds for every option, such as the partners' direction, is said once.
                if !reasons.iter().any(|said: &Reason| said.rule == reason.rule && said.text == reason.text) {
                    reasons.push(reason);
                }
            }
            reasons.extend(self.delays(judged));
        }
        reasons.extend(self.areas_reason());
        reasons.extend(self.money_of_joint_work());
        if reasons.is_empty() {
            reasons.push(nothing_put());
        }
        reasons
    }

    /// The options whose tests decide the course.
    fn speaking(&self) -> impl Iterator<Item = &Judged<'_>> {
        self.judged.iter().filter(|judged| match self.course {
            Course::Integrate => self.chosen.is_some_and(|chosen| chosen.reference == judged.option.reference),
            _ => true,
        })
    }

    /// The tests that tell: all where the option is taken, those that fail where it is not,
    /// those that are not known where that leaves it undecided.
    fn telling<'j>(&self, judged: &'j Judged<'_>) -> Vec<&'j Tried> {
        match judged.standing {
            Standing::Supported => judged.tried.iter().collect(),
            Standing::Undecided => judged.with(Answer::NotKnown).collect(),
            Standing::OnOtherTerms | Standing::Closed => judged.failing().collect(),
        }
    }

    /// The programmes that an option would delay, where it is not taken.
    fn delays(&self, judged: &Judged<'_>) -> Vec<Reason> {
        let delays = judged.option.delays.iter().filter(|_| judged.standing >= Standing::OnOtherTerms);
        delays
            .map(|delay| Reason {
                rule: "delay".into(),
                option: Some(judged.option.reference.clone()),
                text: of_option(judged, self.delay(delay)),
            })
            .collect()
    }

    fn areas_reason(&self) -> Option<Reason> {
        if self.areas.is_empty() {
            return None;
        }
        let standing: Vec<&AreaJudged> = self.areas.iter().filter(|area| area.stands).collect();
        let of = count(self.areas.len());
        let text = if standing.is_empty() {
            Statement::words(format!("None of the {of} areas of joint work considered stands on its own evidence."))
        } else {
            let sources: Vec<_> = standing.iter().flat_map(|area| area.sources.clone()).collect();
            let stand = if standing.len() == 1 { "stands on its" } else { "stand on their" };
            Statement::words("Of the ")
                .and(format!("{of} areas of joint work considered, "))
                .figure(count(standing.len()), &sources)
                .and(format!(
                    " {stand} own evidence: under way or agreed, binding every partner, and of benefit to each."
                ))
        };
        Some(Reason { rule: "areas".into(), option: None, text })
    }

    /// Where the joint work that is supported was appraised, what it brings, and who would lose by it.
    fn money_of_joint_work(&self) -> Option<Reason> {
        let chosen = self.chosen.filter(|chosen| chosen.course == "collaborate")?;
        let appraisal = chosen.appraisal.as_ref()?;
        let losing = appraisal.partners.iter().filter(|partner| partner.net_present_cash < 0.0);
        let losing: Vec<&str> = losing.map(|partner| self.facts.name_of(&partner.authority)).collect();
        let who = if losing.is_empty() {
            "no partner would lose by it".to_owned()
        } else {
            format!("{} would lose by it unless a recharge is agreed", super::words::listed(&losing))
        };
        let text = Statement::words("The joint work in these areas comes to ")
            .figure(super::words::pounds(appraisal.npsv), &appraisal.sources)
            .and(format!(" of net present social value; {who}."));
        Some(Reason { rule: "joint-work".into(), option: Some(chosen.reference.clone()), text })
    }
}

/// The rules about the partners rather than about one option.
pub const OF_ALL: [&str; 2] = ["alignment", "coverage"];

fn reason(judged: &Judged<'_>, tried: &Tried) -> Reason {
    let of_all = OF_ALL.contains(&tried.test.rule.as_str());
    Reason {
        rule: tried.test.rule.clone(),
        option: (!of_all).then(|| judged.option.reference.clone()),
        text: if of_all { sentence(tried.clause.clone()) } else { of_option(judged, tried.clause.clone()) },
    }
}

fn nothing_put() -> Reason {
    let words = "No option to join services and no area of joint work was put, so that there is nothing to decide about sharing.";
    Reason { rule: "nothing-put".into(), option: None, text: Statement::words(words) }
}

/// A clause about an option as a sentence that begins with its name.
fn of_option(judged: &Judged<'_>, clause: Statement) -> Statement {
    sentence(Statement::words(format!("{}: ", judged.option.name)).then(clause))
}

//! The test of needs: whether an option meets what the partners hold essential.

use penshaw_register::recommendation::{Answer, Statement, Wanting};

use super::facts::RequirementFacts;
use super::options::{Found, Testing, Tried, wanting};
use super::words::{chained, listed, without_stop};

impl Testing<'_> {
    /// Whether the option meets what the partners hold essential.
    pub(super) fn needs(&self) -> Tried {
        let essential: Vec<&RequirementFacts> =
            self.option.requirements.iter().filter(|requirement| requirement.essential).collect();
        let with = |answer: &str| -> Vec<&RequirementFacts> {
            essential.iter().copied().filter(|requirement| requirement.answer == answer).collect()
        };
        let (unmet, unknown) = (with("does not meet"), with("not known"));
        let most = self.thresholds.essential_needs_unmet.value;
        let (answer, clause, reopen, wanting) = if unmet.len() > most {
            (Answer::Fails, self.unmet_clause(&unmet), Some(self.met_clause(&unmet)), Vec::new())
        } else if essential.is_empty() || !unknown.is_empty() {
            let (clause, wanting) = self.needs_not_known(&unknown);
            let reopen = "the option is shown to meet every essential requirement of each partner".to_owned();
            (Answer::NotKnown, clause, Some(reopen), wanting)
        } else {
            (Answer::Passes, self.needs_met(&essential, with("partly meets").len()), None, Vec::new())
        };
        self.tried(Found {
            rule: "essential-needs",
            about: None,
            found: match answer {
                Answer::Fails => Some(self.unmet_alone(&unmet)),
                _ => None,
            },
            asks: "Does it meet what the partners hold essential?".into(),
            needed: format!("{most} unmet"),
            answer,
            clause,
            closes: true,
            reopen,
            wanting,
        })
    }

    fn unmet_clause(&self, unmet: &[&RequirementFacts]) -> Statement {
        let said = |requirement: &&RequirementFacts| {
            let who = self.facts.name_of(&requirement.authority);
            let why = requirement.statement.as_deref().map(without_stop);
            Statement::words(format!("it does not meet a requirement that is essential to {who}, "))
                .figure(format!("“{}”", requirement.name), &requirement.sources)
                .and(why.map_or(String::new(), |why| format!(" ({why})")))
        };
        chained(unmet.iter().map(said).collect())
    }

    /// The requirements that are not met, by name.
    fn unmet_alone(&self, unmet: &[&RequirementFacts]) -> Statement {
        let said = |requirement: &&RequirementFacts| {
            Statement::words("unmet: ").figure(format!("“{}”", requirement.name), &requirement.sources)
        };
        chained(unmet.iter().map(said).collect())
    }

    fn met_clause(&self, unmet: &[&RequirementFacts]) -> String {
        let names: Vec<String> = unmet
            .iter()
            .map(|requirement| format!("“{}” ({})", requirement.name, self.facts.name_of(&requirement.authority)))
            .collect();
        format!("the option is shown to meet {}, now unmet", listed(&names))
    }

    fn needs_not_known(&self, unknown: &[&RequirementFacts]) -> (Statement, Vec<Wanting>) {
        if unknown.is_empty() {
            let clause = Statement::words("what the partners hold essential is not recorded");
            return (clause, self.missing_for("fit", "what the service will have to be able to do, and by when"));
        }
        let names: Vec<String> = unknown.iter().map(|requirement| format!("“{}”", requirement.name)).collect();
        let clause = Statement::words(format!("whether it meets {} is not known", listed(&names)));
        let wants = unknown.iter().map(|requirement| {
            let what = format!("a dated document that shows whether {} meets “{}”", self.option.name, requirement.name);
            wanting("fit", &what, self.facts.name_of(&requirement.authority))
        });
        (clause, wants.collect())
    }

    fn needs_met(&self, essential: &[&RequirementFacts], partly: usize) -> Statement {
        let sources: Vec<_> = essential.iter().flat_map(|requirement| requirement.sources.clone()).collect();
        let only = if partly == 0 { String::new() } else { format!(", {partly} of them only partly") };
        Statement::words("it meets every essential requirement (")
            .figure(essential.len().to_string(), &sources)
            .and(only + ")")
    }
}

//! Every option to join services against every threshold: what is needed, what was found, and whether that is enough.
//!
//! The tests are joined by "and". One that fails decides against an option, whatever else is
//! not known; one that is not known leaves it undecided; an option is supported only where all
//! pass, so that services are never joined without figures.

use penshaw_register::recommendation::{Answer, Statement, Test, Wanting};

use super::facts::{CoverageFacts, Facts, OptionFacts};
use super::thresholds::Thresholds;
use super::words::{chained, listed, percent};

/// What the tests make of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Every test passes.
    Supported,
    /// None fails, and at least one cannot be answered.
    Undecided,
    /// A test fails that other terms might mend, such as another cost key.
    OnOtherTerms,
    /// A test fails that no terms mend: direction, essential needs, or the value of the whole.
    Closed,
}

/// One test of an option, in the words that reasons are made of.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The test.
    pub test: Test,
    /// Whether failing it closes the option, whatever the terms.
    pub closes: bool,
    /// What was found, as a clause that begins with a small letter and has no full stop.
    pub clause: Statement,
    /// The same without what is said once for all options.
    pub short: Option<Statement>,
    /// The partner that it is about, by its code.
    pub about: Option<String>,
    /// What would have to come about for it to pass, as a clause.
    pub reopen: Option<String>,
    /// What is missing where it is not known.
    pub wanting: Vec<Wanting>,
}

/// An option with its tests.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The option.
    pub option: &'a OptionFacts,
    /// Its tests, in order.
    pub tried: Vec<Tried>,
    /// What they make of it.
    pub standing: Standing,
}

impl Judged<'_> {
    /// The tests that fail, in the order in which they tell against the option. That an outlay is not
    /// made good in time is left out for a partner that is said to lose.
    pub fn failing(&self) -> impl Iterator<Item = &Tried> {
        let loses = |about: &Option<String>| {
            about.is_some()
                && self.with(Answer::Fails).any(|tried| tried.test.rule == "partner" && tried.about == *about)
        };
        self.with(Answer::Fails).filter(move |tried| tried.test.rule != "payback" || !loses(&tried.about))
    }

    /// The tests with an answer.
    pub fn with(&self, answer: Answer) -> impl Iterator<Item = &Tried> {
        self.tried.iter().filter(move |tried| tried.test.answer == answer)
    }
}

/// Tests one option.
pub fn judge<'a>(facts: &'a Facts, thresholds: &Thresholds, option: &'a OptionFacts) -> Judged<'a> {
    let testing = Testing { facts, thresholds, option };
    let mut tried = vec![testing.alignment(), testing.needs()];
    match &option.appraisal {
        Some(appraisal) => tried.extend(testing.money(appraisal)),
        None => tried.push(testing.no_figures()),
    }
    tried.push(testing.coverage());
    let too_little = facts.coverage.iter().any(|one| one.share < thresholds.coverage.value);
    let standing = standing(&tried, too_little);
    Judged { option, tried, standing }
}

/// The rules that ask nothing of the estates: they decide however little is known of those.
const WITHOUT_ESTATES: [&str; 2] = ["alignment", "essential-needs"];

fn standing(tried: &[Tried], too_little: bool) -> Standing {
    let rests_on_estates = |tried: &Tried| !WITHOUT_ESTATES.contains(&tried.test.rule.as_str());
    let of = |tried: &Tried| match tried.test.answer {
        // Figures drawn from estates that are hardly known decide nothing, for an option or against it.
        Answer::Fails if too_little && rests_on_estates(tried) => Standing::Undecided,
        Answer::Passes => Standing::Supported,
        Answer::NotKnown => Standing::Undecided,
        Answer::Fails if tried.closes => Standing::Closed,
        Answer::Fails => Standing::OnOtherTerms,
    };
    tried.iter().map(of).max().unwrap_or(Standing::Undecided)
}

pub(super) struct Testing<'a> {
    pub(super) facts: &'a Facts,
    pub(super) thresholds: &'a Thresholds,
    pub(super) option: &'a OptionFacts,
}

/// What a rule found, before it is a test.
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) asks: String,
    pub(super) needed: String,
    pub(super) answer: Answer,
    pub(super) clause: Statement,
    /// The clause in a few words, for a table; the clause itself where it has none.
    pub(super) found: Option<Statement>,
    pub(super) about: Option<String>,
    pub(super) closes: bool,
    pub(super) reopen: Option<String>,
    pub(super) wanting: Vec<Wanting>,
}

impl Testing<'_> {
    pub(super) fn tried(&self, found: Found) -> Tried {
        Tried {
            test: Test {
                option: self.option.reference.clone(),
                rule: found.rule.to_owned(),
                asks: found.asks,
                needed: found.needed,
                found: found.found.unwrap_or_else(|| found.clause.clone()),
                answer: found.answer,
            },
            closes: found.closes,
            clause: found.clause,
            short: None,
            about: found.about,
            reopen: found.reopen,
            wanting: found.wanting,
        }
    }

    /// What an analysis found missing, or one thing where it said nothing.
    pub(super) fn missing_for(&self, question: &str, otherwise: &str) -> Vec<Wanting> {
        let told: Vec<Wanting> =
            self.facts.missing.iter().filter(|wanting| wanting.question == question).cloned().collect();
        if !told.is_empty() {
            return told;
        }
        vec![wanting(question, otherwise, "the partnership")]
    }

    fn coverage(&self) -> Tried {
        let least = percent(self.thresholds.coverage.value);
        let low = |one: &&CoverageFacts| one.share < self.thresholds.coverage.value;
        let short: Vec<&CoverageFacts> = self.facts.coverage.iter().filter(low).collect();
        let silent: Vec<&str> = self
            .facts
            .partners
            .iter()
            .filter(|partner| !self.facts.coverage.iter().any(|one| one.authority == partner.code))
            .map(|partner| partner.name.as_str())
            .collect();
        let passes = short.is_empty() && silent.is_empty();
        let shown: Vec<&CoverageFacts> =
            if short.is_empty() { self.facts.coverage.iter().collect() } else { short.clone() };
        let asked = short.iter().map(|one| self.facts.name_of(&one.authority)).chain(silent.iter().copied());
        let wanted = format!("answers to at least {least} of the due-diligence list");
        self.tried(Found {
            rule: "coverage",
            about: None,
            found: silent.is_empty().then(|| shares(&shown)),
            asks: "Is enough known to decide?".into(),
            needed: format!("at least {least} from each"),
            answer: if passes { Answer::Passes } else { Answer::NotKnown },
            clause: self.coverage_clause(&shown, &silent),
            closes: false,
            reopen: (!passes)
                .then(|| format!("each authority has answered at least {least} of the due-diligence list")),
            wanting: asked.map(|who| wanting("completeness", &wanted, who)).collect(),
        })
    }

    fn coverage_clause(&self, shown: &[&CoverageFacts], silent: &[&str]) -> Statement {
        let answered = shown.iter().map(|one| {
            Statement::words(format!("{} has answered ", self.facts.name_of(&one.authority)))
                .figure(percent(one.share), &one.sources)
                .and(" of the due-diligence list")
        });
        let mut clauses: Vec<Statement> = answered.collect();
        if !silent.is_empty() {
            clauses
                .push(Statement::words(format!("how much of the list {} has answered is not known", listed(silent))));
        }
        chained(clauses)
    }
}

/// What each has answered, in a few words.
fn shares(shown: &[&CoverageFacts]) -> Statement {
    shown.iter().enumerate().fold(Statement::default(), |said, (place, one)| {
        said.and(if place == 0 { "" } else { ", " }).figure(percent(one.share), &one.sources)
    })
}

pub(super) fn wanting(question: &str, what: &str, of: &str) -> Wanting {
    Wanting { question: question.to_owned(), what: what.to_owned(), of: of.to_owned() }
}

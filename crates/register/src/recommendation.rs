//! A recommendation as it is kept: resolutions, reasons, what is rejected and why, and what would reopen the question.

use penshaw_basis::Source;
use serde::{Deserialize, Serialize};

use crate::Adoption;

/// What is recommended, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Whether there is enough evidence to decide.
    pub status: Status,
    /// What the partners should do.
    pub course: Course,
    /// What a cabinet is asked to pass.
    pub resolutions: Vec<Resolution>,
    /// Why, each with the rule that says so.
    pub reasons: Vec<Reason>,
    /// The options that are not recommended.
    pub rejected: Vec<Rejected>,
    /// The areas of joint work, each by its own evidence.
    pub areas: Vec<AreaJudged>,
    /// Every test of every option that would join the services.
    pub tests: Vec<Test>,
    /// What is missing where there is not enough evidence.
    pub missing: Vec<Wanting>,
    /// What would reopen the question.
    pub reopen_if: Vec<String>,
    /// The thresholds, as sources.
    pub thresholds: Vec<Source>,
    /// A named officer's adoption of it, or an override with its reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption: Option<Adoption>,
}

/// Whether there is enough evidence to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is.
    Ready,
    /// There is not.
    NotEnoughEvidence,
}

/// What the partners should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// Join their services.
    Integrate,
    /// Work together in named areas, and not join their services on the present terms.
    Collaborate,
    /// Close the proposal to join their services, and keep what stands without it.
    CloseDown,
    /// Nothing, for now.
    None,
}

/// What a resolution does. To note is not in itself to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Takes notice of something.
    Note,
    /// Backs work that goes on.
    Support,
    /// Decides.
    Agree,
}

/// One thing that a cabinet is asked to pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// What it does.
    pub verb: Verb,
    /// The option that it is about, by its reference.
    pub option: Option<String>,
    /// The areas that it is about, by their references.
    pub areas: Vec<String>,
    /// The words that are put, the verb first, without a full stop.
    pub text: String,
}

/// A sentence whose figures open to their sources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Statement {
    /// Its runs, in order.
    pub parts: Vec<Part>,
}

/// A run of a sentence: plain words, or a figure with its sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The words or the printed figure.
    pub text: String,
    /// What a figure rests on; none for plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

impl Statement {
    /// A sentence that begins with plain words.
    ///
    /// ```
    /// use penshaw_basis::Source;
    /// use penshaw_register::recommendation::Statement;
    /// let said = Statement::words("They gain ").figure("£4", &[Source::entry("SCC", "L1")]).and(".");
    /// assert_eq!(said.plain(), "They gain £4.");
    /// assert_eq!(said.sources(), [Source::entry("SCC", "L1")]);
    /// ```
    #[must_use]
    pub fn words(words: impl Into<String>) -> Self {
        Statement::default().and(words)
    }

    /// The same, with plain words after it.
    #[must_use]
    pub fn and(mut self, words: impl Into<String>) -> Self {
        let text = words.into();
        match self.parts.last_mut() {
            Some(last) if last.sources.is_empty() => last.text.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.parts.push(Part { text, sources: Vec::new() }),
        }
        self
    }

    /// The same, with a printed figure after it.
    #[must_use]
    pub fn figure(self, printed: impl Into<String>, sources: &[Source]) -> Self {
        if sources.is_empty() {
            return self.and(printed);
        }
        let mut said = self;
        said.parts.push(Part { text: printed.into(), sources: sources.to_vec() });
        said
    }

    /// The same, with another one's runs after it.
    #[must_use]
    pub fn then(self, other: Statement) -> Self {
        other.parts.into_iter().fold(self, |said, part| match part.sources.as_slice() {
            [] => said.and(part.text),
            sources => said.figure(part.text, sources),
        })
    }

    /// The sentence without its sources.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// Every source of its figures, once, in order of mention.
    pub fn sources(&self) -> Vec<Source> {
        let mut sources: Vec<Source> = Vec::new();
        for source in self.parts.iter().flat_map(|part| &part.sources) {
            if !sources.contains(source) {
                sources.push(source.clone());
            }
        }
        sources
    }
}

/// Why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule that says so.
    pub rule: String,
    /// The option that it is about, where it is about one.
    pub option: Option<String>,
    /// The reason in one sentence.
    pub text: Statement,
}

/// An option that is not recommended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rejected {
    /// The option's reference.
    pub option: String,
    /// Its name.
    pub name: String,
    /// Why it is not recommended.
    pub reason: Statement,
    /// What that rests on.
    pub sources: Vec<Source>,
}

/// An area of joint work, and whether it stands by its own evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaJudged {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Whether it stands.
    pub stands: bool,
    /// Why it stands or falls, in one sentence.
    pub why: String,
    /// The analysis that judges it, where one is named.
    pub judged_by: Option<String>,
    /// Whether officers judge it, because no analysis has answered for it.
    pub officers_judgement: bool,
    /// The entries that show it.
    pub sources: Vec<Source>,
}

/// One test of one option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// The option's reference.
    pub option: String,
    /// The rule.
    pub rule: String,
    /// What is asked.
    pub asks: String,
    /// What is needed.
    pub needed: String,
    /// What was found.
    pub found: Statement,
    /// Whether that is enough.
    pub answer: Answer,
}

/// What a test answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is enough.
    Passes,
    /// It is not.
    Fails,
    /// It is not known.
    NotKnown,
}

/// Something that is missing, and who can give it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanting {
    /// The question that cannot be answered.
    pub question: String,
    /// What is missing.
    pub what: String,
    /// Who can give it: a name, or "the partnership".
    pub of: String,
}

impl Recommendation {
    /// What is put to the cabinet: the officer's own resolutions where the
    /// recommendation is set aside with a reason, its own otherwise.
    pub fn put(&self) -> Vec<Resolution> {
        match &self.adoption {
            Some(adoption) if sets_aside(adoption) => {
                adoption.resolutions.iter().map(|text| Resolution::of_words(text)).collect()
            }
            _ => self.resolutions.clone(),
        }
    }

    /// Whether an officer has set it aside, with a reason and with resolutions in its place.
    pub fn set_aside(&self) -> Option<&Adoption> {
        self.adoption.as_ref().filter(|adoption| sets_aside(adoption))
    }

    /// The areas that stand.
    pub fn standing(&self) -> impl Iterator<Item = &AreaJudged> {
        self.areas.iter().filter(|area| area.stands)
    }

    /// The areas that do not.
    pub fn falling(&self) -> impl Iterator<Item = &AreaJudged> {
        self.areas.iter().filter(|area| !area.stands)
    }
}

fn sets_aside(adoption: &Adoption) -> bool {
    !adoption.adopted
        && !adoption.reason.trim().is_empty()
        && adoption.resolutions.iter().any(|text| !text.trim().is_empty())
}

impl Resolution {
    /// A resolution in an officer's words; its verb is its first word, and to agree where that is another.
    ///
    /// ```
    /// use penshaw_register::recommendation::{Resolution, Verb};
    /// assert_eq!(Resolution::of_words("Note the report").verb, Verb::Note);
    /// assert_eq!(Resolution::of_words("Approve the plan").verb, Verb::Agree);
    /// ```
    pub fn of_words(text: &str) -> Self {
        let text = text.trim().trim_end_matches('.').to_owned();
        let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
        let verb = match first.as_str() {
            "note" => Verb::Note,
            "support" => Verb::Support,
            _ => Verb::Agree,
        };
        Resolution { verb, option: None, areas: Vec::new(), text }
    }
}

//! The test of direction: whether the partners go the same way at the same pace.

use penshaw_analyses::alignment::Verdict;
use penshaw_register::recommendation::{Answer, Statement, Wanting};

use super::facts::{AspectFacts, ConditionFacts};
use super::options::{Found, Testing, Tried};
use super::words::{chained, listed, percent, without_stop};

impl Testing<'_> {
    /// Whether the partners go the same way.
    pub(super) fn alignment(&self) -> Tried {
        let needed = self.thresholds.alignment_needed.value;
        let verdict = self.facts.alignment.as_ref().map_or(Verdict::NotKnown, |alignment| alignment.verdict);
        let answer = match verdict {
            Verdict::NotKnown => Answer::NotKnown,
            verdict if verdict <= needed => Answer::Passes,
            _ => Answer::Fails,
        };
        let tried = self.tried(Found {
            rule: "alignment",
            about: None,
            found: Some(self.verdict_alone(verdict)),
            asks: "Do the partners go the same way at the same pace?".into(),
            needed: needed.to_string(),
            answer,
            clause: self.alignment_clause(verdict),
            closes: verdict >= self.thresholds.alignment_closes.value,
            reopen: (answer != Answer::Passes).then(|| self.alignment_reopens(verdict)),
            wanting: if answer == Answer::NotKnown { self.alignment_wants() } else { Vec::new() },
        });
        Tried { short: Some(self.alignment_short(verdict)), ..tried }
    }

    /// The verdict with the positions that show it: those on the aspects that speak for it, or on all.
    fn verdict_alone(&self, verdict: Verdict) -> Statement {
        let speaking = self.apart(verdict);
        let all = self.facts.alignment.iter().flat_map(|alignment| &alignment.aspects);
        let aspects: Vec<&AspectFacts> = if speaking.is_empty() { all.collect() } else { speaking };
        let sources: Vec<_> = aspects.into_iter().flat_map(|aspect| aspect.sources.clone()).collect();
        Statement::default().figure(verdict.to_string(), &sources)
    }

    /// The verdict and what speaks for it, without gaps: those are said once for all options.
    fn alignment_short(&self, verdict: Verdict) -> Statement {
        let apart: Vec<&str> = self.apart(verdict).iter().map(|aspect| aspect.aspect.as_str()).collect();
        let said = match verdict {
            Verdict::NotKnown => return Statement::words("whether the partners go the same way is not known"),
            _ => Statement::words("the partners are ").then(self.verdict_alone(verdict)),
        };
        if apart.is_empty() { said } else { said.and(format!(" on {}", listed(&apart))) }
    }

    fn alignment_clause(&self, verdict: Verdict) -> Statement {
        let apart = self.apart(verdict);
        let aligned_below = self.facts.alignment.as_ref().and_then(|alignment| alignment.aligned_below);
        let lead = match verdict {
            Verdict::Aligned => return self.aligned_clause(),
            Verdict::NotKnown => return Statement::words("whether the partners go the same way is not known"),
            Verdict::Partly => "the partners are only partly aligned",
            Verdict::FarApart => "the partners are far apart",
        };
        let mut clauses = Vec::new();
        if !apart.is_empty() {
            clauses.push(Statement::words(lead).then(gaps(&apart, aligned_below)));
        }
        for condition in self.broken() {
            let who = self.facts.name_of(&condition.authority);
            let words = without_stop(&condition.words);
            let said = Statement::words(format!("{who} would not go on without a condition that is not met, "));
            clauses.push(said.figure(format!("“{words}”"), &condition.sources));
        }
        if clauses.is_empty() { Statement::words(lead) } else { chained(clauses) }
    }

    fn aligned_clause(&self) -> Statement {
        let Some(alignment) = self.facts.alignment.as_ref().filter(|alignment| !alignment.aspects.is_empty()) else {
            return Statement::words("the partners are aligned");
        };
        let aspects: Vec<&str> = alignment.aspects.iter().map(|aspect| aspect.aspect.as_str()).collect();
        let sources: Vec<_> = alignment.aspects.iter().flat_map(|aspect| aspect.sources.clone()).collect();
        Statement::words("the partners are ").figure("aligned", &sources).and(format!(" on {}", listed(&aspects)))
    }

    /// The aspects that speak for a verdict: those far apart, or for a milder verdict all that are not aligned.
    fn apart(&self, verdict: Verdict) -> Vec<&AspectFacts> {
        let aspects = self.facts.alignment.iter().flat_map(|alignment| &alignment.aspects);
        match verdict {
            Verdict::FarApart => aspects.filter(|aspect| aspect.verdict == Verdict::FarApart).collect(),
            _ => aspects.filter(|aspect| matches!(aspect.verdict, Verdict::Partly | Verdict::FarApart)).collect(),
        }
    }

    fn broken(&self) -> impl Iterator<Item = &ConditionFacts> {
        let conditions = self.facts.alignment.iter().flat_map(|alignment| &alignment.conditions);
        conditions.filter(|condition| condition.area.is_none() && condition.met == Some(false))
    }

    fn alignment_reopens(&self, verdict: Verdict) -> String {
        if verdict == Verdict::NotKnown {
            return "dated evidence shows that the partners go the same way at the same pace".into();
        }
        let now = |aspect: &&AspectFacts| match aspect.divergence {
            Some(gap) => format!("{} (now {})", aspect.aspect, percent(gap)),
            None => aspect.aspect.clone(),
        };
        let aspects: Vec<String> = self.apart(Verdict::Partly).iter().map(now).collect();
        let below = self.facts.alignment.as_ref().and_then(|alignment| alignment.aligned_below);
        let mut clauses = Vec::new();
        if !aspects.is_empty() {
            let to = below.map_or("come to stand together".to_owned(), |below| {
                format!("come to stand less than {} of the scale apart", percent(below))
            });
            clauses.push(format!("the partners {to} on {}", listed(&aspects)));
        }
        for condition in self.broken() {
            let who = self.facts.name_of(&condition.authority);
            clauses.push(format!("the condition of {who}, “{}”, is met or withdrawn", without_stop(&condition.words)));
        }
        if clauses.is_empty() { "the partners become aligned".into() } else { clauses.join(", and ") }
    }

    fn alignment_wants(&self) -> Vec<Wanting> {
        self.missing_for("alignment", "where each partner stands on stage, pace, delivery model and objectives")
    }
}

/// How wide the gap is on each aspect, or the aspects alone where no gap is known.
fn gaps(apart: &[&AspectFacts], aligned_below: Option<f64>) -> Statement {
    if apart.iter().any(|aspect| aspect.divergence.is_none()) {
        let aspects: Vec<&str> = apart.iter().map(|aspect| aspect.aspect.as_str()).collect();
        return Statement::words(format!(" on {}", listed(&aspects)));
    }
    let mut said = Statement::words(": the gap between them is ");
    for (place, aspect) in apart.iter().enumerate() {
        let joint = match place {
            0 => "",
            last if last + 1 == apart.len() => " and ",
            _ => ", ",
        };
        let of_scale = if place == 0 { " of the scale" } else { "" };
        let gap = percent(aspect.divergence.unwrap_or_default());
        said = said.and(joint).figure(gap, &aspect.sources).and(format!("{of_scale} on {}", aspect.aspect));
    }
    match aligned_below {
        Some(below) => said.and(format!(", where less than {} counts as aligned", percent(below))),
        None => said,
    }
}

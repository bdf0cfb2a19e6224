//! The seven headings: what is recorded under each, what the entries add, and when one is not applicable.

use penshaw_basis::Basis;
use penshaw_register::JointRegister;

use super::drawn::{Drawn, sentence};
use super::{HEADINGS, Heading, Input, Outcome, Statement, employee, estate, legal, money, services};
use crate::named::capitalised;

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let programmes = services::waiting(input);
    let risks = money::risks(input);
    let mut problems = Vec::new();
    let headings = HEADINGS.iter().map(|(number, subject, title)| {
        let drawn = match *subject {
            "financial" => money::financial(input),
            "risk" => money::risk(input, &risks),
            "employee" => employee::drawn(input, basis),
            "legal" => legal::drawn(input, basis),
            "property" => estate::drawn(input),
            "other services" => services::drawn(&input.partners, &programmes),
            _ => Drawn::default(),
        };
        problems.extend(drawn.problems.iter().cloned());
        heading(number, subject, title, input, drawn)
    });
    let headings = headings.collect();
    Outcome {
        partners: input.partners.clone(),
        headings,
        delays: services::delays(input, &programmes),
        programmes,
        risks,
        problems,
    }
}

/// What is recorded under a heading, and what the entries add to it.
///
/// A recorded "not applicable" is an answer only with its reason, and only where
/// nothing bears on the heading.
fn heading(number: &str, subject: &str, title: &str, input: &Input, drawn: Drawn) -> Heading {
    let mut statements = Vec::new();
    let mut reasons = Vec::new();
    let mut bare = 0;
    for entry in input.considerations.iter().filter(|entry| entry.subject == subject) {
        let sources = vec![JointRegister::own_source(&entry.reference)];
        let said = |text: String| Statement { text, options: entry.options.clone(), sources: sources.clone() };
        match not_applicable(&entry.statement) {
            None => statements.push(said(sentence(&entry.statement))),
            Some("") => bare += 1,
            Some(reason) => reasons.push(said(sentence(&capitalised(reason)))),
        }
    }
    statements.extend(drawn.statements);
    let mut missing = drawn.missing;
    let mut reason = None;
    if statements.is_empty() {
        reason = reasons.into_iter().next().or(drawn.not_applicable);
        if reason.is_none() {
            missing.insert(0, nothing_recorded(bare));
        }
    } else {
        statements.extend(reasons);
        if bare > 0 {
            missing.push("\"Not applicable\" is recorded here, though what is said above bears on it.".into());
        }
    }
    Heading {
        number: number.to_owned(),
        subject: subject.to_owned(),
        title: title.to_owned(),
        applicable: reason.is_none(),
        statements,
        missing: if reason.is_some() { Vec::new() } else { missing },
        reason,
    }
}

fn nothing_recorded(bare: usize) -> String {
    if bare > 0 {
        "\"Not applicable\" is recorded without a reason: say why, or what bears on it.".into()
    } else {
        "Nothing is recorded: say what bears on it, or why nothing does.".into()
    }
}

/// What follows a leading "not applicable"; empty where it gives no reason, nothing where the words say something else.
fn not_applicable(words: &str) -> Option<&str> {
    const LEAD: &str = "not applicable";
    let words = words.trim();
    let lead = words.get(..LEAD.len()).filter(|lead| lead.eq_ignore_ascii_case(LEAD))?;
    let rest = &words[lead.len()..];
    let rest = rest.trim_start_matches(|mark: char| !mark.is_alphanumeric());
    Some(rest.strip_prefix("because ").unwrap_or(rest).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_not_applicable_is_told_from_its_reason() {
        assert_eq!(not_applicable("Not applicable"), Some(""));
        assert_eq!(not_applicable(" not applicable. "), Some(""));
        assert_eq!(not_applicable("Not applicable: no staff move"), Some("no staff move"));
        assert_eq!(not_applicable("Not applicable – because no site closes"), Some("no site closes"));
        assert_eq!(not_applicable("Staff would transfer"), None);
        assert_eq!(not_applicable("£4"), None);
    }
}

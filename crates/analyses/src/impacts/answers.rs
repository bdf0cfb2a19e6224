//! The answer for each subject, option and characteristic, from the entries.

use penshaw_basis::Basis;
use penshaw_register::{Impact, JointRegister};

use super::asked::{Asked, Covered};
use super::{Characteristic, Input, Letter, OptionLetter, Outcome, Recorded, SUBJECTS, Subject, findings};
use crate::named::{ListedOption, bears_on};

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let asked = Asked::in_force(basis, input.on);
    let subjects: Vec<Subject> = SUBJECTS.iter().map(|name| subject(name, input, &asked)).collect();
    let characteristics: Vec<Characteristic> = asked
        .equality
        .characteristics
        .iter()
        .map(|covered| characteristic(covered, &asked, &subjects[0].entries))
        .collect();
    Outcome {
        meeting: input.meeting,
        findings: findings::findings(input, &asked, &subjects, &characteristics),
        subjects,
        characteristics,
    }
}

fn subject(name: &str, input: &Input, asked: &Asked) -> Subject {
    let entries: Vec<Recorded> = input.impacts.iter().filter(|impact| impact.subject == name).map(recorded).collect();
    let options = input.options.iter();
    Subject {
        subject: name.to_owned(),
        letter: letter(entries.iter().map(|entry| entry.letter)),
        options: options.map(|option| option_letter(option, &entries)).collect(),
        asks: asked.of(name),
        sources: asked.sources(name),
        entries,
    }
}

/// One letter for several answers: analysed as soon as one is, not applicable only where all are.
fn letter(answers: impl Iterator<Item = Letter>) -> Option<Letter> {
    answers.reduce(|one, other| match (one, other) {
        (Letter::Yes, _) | (_, Letter::Yes) => Letter::Yes,
        (Letter::No, _) | (_, Letter::No) => Letter::No,
        _ => Letter::NotApplicable,
    })
}

fn option_letter(option: &ListedOption, entries: &[Recorded]) -> OptionLetter {
    let own = || entries.iter().filter(|entry| bears_on(&entry.options, &option.reference));
    OptionLetter {
        option: option.reference.clone(),
        name: option.name.clone(),
        letter: letter(own().map(|entry| entry.letter)),
        effect: worst(own()),
    }
}

/// The worst effect that entries record.
fn worst<'a>(entries: impl Iterator<Item = &'a Recorded>) -> Option<String> {
    let effects: Vec<&str> = entries.filter_map(|entry| entry.effect.as_deref()).collect();
    let worst = ["negative", "none", "positive"].into_iter().find(|effect| effects.contains(effect));
    worst.map(str::to_owned)
}

fn recorded(impact: &Impact) -> Recorded {
    Recorded {
        options: impact.options.clone(),
        letter: match impact.answer.as_str() {
            "yes" => Letter::Yes,
            "not applicable" => Letter::NotApplicable,
            _ => Letter::No,
        },
        characteristic: impact.characteristic.clone(),
        effect: impact.effect.clone(),
        statement: impact.statement.clone(),
        mitigation: impact.mitigation.clone(),
        assessment: impact.assessment.clone(),
        assessed_on: impact.assessed_on,
        source: JointRegister::own_source(&impact.reference),
    }
}

/// What was found of one characteristic, on its own or with all of them.
fn characteristic(covered: &Covered, asked: &Asked, entries: &[Recorded]) -> Characteristic {
    let about = |entry: &&Recorded| entry.characteristic.as_ref().is_none_or(|named| *named == covered.characteristic);
    let own: Vec<&Recorded> = entries.iter().filter(|entry| entry.letter == Letter::Yes).filter(about).collect();
    let aims = covered.aims.iter();
    Characteristic {
        characteristic: covered.characteristic.clone(),
        aims: aims.filter_map(|aim| Some(format!("({aim}) {}", asked.equality.aims.get(aim)?))).collect(),
        analysed: !own.is_empty(),
        effect: worst(own.iter().copied()),
        sources: own.iter().map(|entry| entry.source.clone()).collect(),
    }
}

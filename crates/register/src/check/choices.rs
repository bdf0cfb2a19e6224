//! What is wrong with an owner's sharing choices: bands and subtotals of what is no figure, or of too few.

use crate::projection::project;
use crate::subtotal::Adding;
use crate::{Holder, Instead, Kind, Problem, Record, SharingChoice, Which};

/// What is wrong with an owner's choices, each problem with the place of its choice
/// in the list, from nought; among them the subtotals that too few of its records make up.
///
/// Names of kinds, records and fields that are not there are the reader's finding.
pub fn check_choices(owner: &str, choices: &[SharingChoice], records: &[Record]) -> Vec<(usize, Problem)> {
    let each = choices.iter().enumerate();
    let mut problems: Vec<(usize, Problem)> = each
        .flat_map(|(place, choice)| check_choice(choice).into_iter().map(move |problem| (place, problem)))
        .collect();
    problems.extend(too_few(owner, choices, records));
    problems.sort_by_key(|(place, _)| *place);
    problems
}

/// What is wrong with one choice on its own.
pub fn check_choice(choice: &SharingChoice) -> Vec<Problem> {
    let Some(instead) = choice.instead else { return Vec::new() };
    let word = instead.word();
    if choice.shared {
        let what = format!("the choice shares what it names, so that no {word} is given instead");
        return vec![Problem::error("instead", what, "take \"instead\" out, or write shared = false")];
    }
    let Which::Only(fields) = &choice.fields else {
        let what = format!("a {word} is given field by field, but the choice keeps back whole entries");
        return vec![Problem::error("instead", what, "name the fields of money, counts or numbers that are meant")];
    };
    let wrong = fields.iter().filter(|name| !may_have_instead(choice.kind, name));
    wrong
        .map(|name| {
            let what = format!("\"{name}\" holds no figure that can be kept back, so that it has no {word}");
            Problem::error("instead", what, "name only fields of money, counts or numbers, or take \"instead\" out")
        })
        .collect()
}

/// Whether a field holds figures that an owner may keep back, in the kind or in any that an authority holds.
fn may_have_instead(kind: Option<Kind>, name: &str) -> bool {
    let has = |kind: Kind| kind.field(name).is_some_and(|field| field.shareable && field.kind.is_figure());
    match kind {
        Some(kind) => has(kind),
        None => Kind::ALL.iter().filter(|kind| kind.holder() == Holder::Authority).any(|kind| has(*kind)),
    }
}

fn too_few(owner: &str, choices: &[SharingChoice], records: &[Record]) -> Vec<(usize, Problem)> {
    if !choices.iter().any(|choice| choice.instead == Some(Instead::Subtotal)) {
        return Vec::new();
    }
    let mut adding = Adding::default();
    for record in records {
        adding.add(record, &project(owner, record, choices).subtotalled);
    }
    let asks = |kind: Kind, field: &str| {
        let asking = |choice: &SharingChoice| {
            choice.kind.is_none_or(|other| other == kind)
                && choice.fields.speaks_of(field)
                && choice.gives(Instead::Subtotal, kind)
        };
        choices.iter().rposition(asking).unwrap_or_default()
    };
    let problem = |(kind, name, entries): (Kind, &str, u64)| {
        let label = kind.field(name).map_or(name, |field| field.label);
        let are = if entries == 1 { "is" } else { "are" };
        let what = format!(
            "no subtotal of \"{label}\" is given: only {entries} of the {} {are} kept back for it",
            kind.sheet().to_lowercase()
        );
        let hint = "three are needed, since a sum of one or two gives them away; instead = \"band\" needs only one";
        (asks(kind, name), Problem::warning("instead", what, hint))
    };
    adding.too_few().into_iter().map(problem).collect()
}

//! Legal implications: what the law asks of the way in which each option would be delivered.

use penshaw_basis::{Basis, Source};
use serde::Deserialize;

use super::drawn::{Drawn, Law, sentence};
use super::{Input, Statement};
use crate::named::ListedOption;

#[derive(Deserialize)]
struct Notes {
    models: Vec<ModelNote>,
    courses: Vec<CourseNote>,
}

#[derive(Deserialize)]
struct ModelNote {
    model: String,
    note: String,
    law: Law,
}

#[derive(Deserialize)]
struct CourseNote {
    course: String,
    note: String,
    law: Law,
}

#[derive(Deserialize)]
struct Procurement {
    between_authorities: Bought,
    from_outside: Bought,
}

#[derive(Deserialize)]
struct Bought {
    models: Vec<String>,
    note: String,
}

pub(super) fn drawn(input: &Input, basis: &Basis) -> Drawn {
    let mut drawn = Drawn::default();
    let joint: Vec<&ListedOption> = input.options.iter().filter(|option| option.course != "apart").collect();
    if joint.is_empty() {
        drawn.not_applicable = (!input.options.is_empty()).then(|| Statement {
            text: "Every option leaves each authority to act alone under the powers that it has.".into(),
            options: Vec::new(),
            sources: input.options.iter().map(ListedOption::source).collect(),
        });
        return drawn;
    }
    match basis.value::<Notes>("considerations/delivery_models", input.on) {
        Ok(notes) => drawn.statements.extend(vehicles(&joint, &notes.value, &notes.sources)),
        Err(error) => drawn.problems.push(error.to_string()),
    }
    match basis.value::<Procurement>("considerations/procurement", input.on) {
        Ok(found) => {
            let Procurement { between_authorities, from_outside } = &found.value;
            let bought = [between_authorities, from_outside];
            drawn
                .statements
                .extend(bought.into_iter().filter_map(|bought| procurement(&joint, bought, &found.sources)));
        }
        Err(error) => drawn.problems.push(error.to_string()),
    }
    let silent = joint.iter().filter(|option| option.integrates() && option.delivery_model.is_none());
    drawn.missing.extend(
        silent
            .map(|option| format!("Who would deliver {} is not stated, so that its legal form is open.", option.name)),
    );
    drawn
}

/// One statement for each delivery model and course that an option names.
fn vehicles(options: &[&ListedOption], notes: &Notes, parameter: &[Source]) -> Vec<Statement> {
    let models = notes.models.iter().map(|note| {
        let of: Vec<&ListedOption> = with(options, |option| option.delivery_model.as_deref() == Some(&note.model));
        (of, &note.note, &note.law)
    });
    let courses = notes.courses.iter().map(|note| {
        let of: Vec<&ListedOption> = with(options, |option| option.course == note.course);
        (of, &note.note, &note.law)
    });
    models
        .chain(courses)
        .filter(|(of, _, _)| !of.is_empty())
        .map(|(of, note, law)| {
            let mut statement = about(&of, note, parameter);
            statement.sources.push(Source::publication(&law.title, &law.href));
            statement
        })
        .collect()
}

fn procurement(options: &[&ListedOption], bought: &Bought, parameter: &[Source]) -> Option<Statement> {
    let of = with(options, |option| option.delivery_model.as_ref().is_some_and(|model| bought.models.contains(model)));
    (!of.is_empty()).then(|| about(&of, &bought.note, parameter))
}

fn with<'a>(options: &[&'a ListedOption], wanted: impl Fn(&ListedOption) -> bool) -> Vec<&'a ListedOption> {
    options.iter().copied().filter(|option| wanted(option)).collect()
}

fn about(options: &[&ListedOption], note: &str, parameter: &[Source]) -> Statement {
    let names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
    let mut sources: Vec<Source> = options.iter().map(|option| option.source()).collect();
    sources.extend(parameter.iter().cloned());
    Statement {
        text: sentence(&format!("{}: {note}", crate::named::sentence_list(&names))),
        options: options.iter().map(|option| option.reference.clone()).collect(),
        sources,
    }
}

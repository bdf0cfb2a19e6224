//! One field of an entry as the form asks for it, by what the field holds.

use maud::{Markup, html};
use penshaw_operations::{Invalid, Surroundings, TypedEntry};
use penshaw_register::{Field, FieldKind, Kind};

use crate::components::{
    Checkboxes, Choice, ErrorMessage, Fieldset, Hint, Input, Label, Legend, Radios, Select, SelectItem, Textarea,
    Width, checkboxes, error_message, fieldset, hint, input, radios, select, textarea,
};
use crate::layout::{error_of, field_id};
use crate::values;

/// The most words of which each has a radio.
const MOST_RADIOS: usize = 5;
/// The most entries of which each has a box to tick.
const MOST_BOXES: usize = 15;

/// A field with what is typed in it and what is wrong with it.
pub(super) fn field(around: &Surroundings, typed: &TypedEntry, wrong: &[Invalid], field: &'static Field) -> Markup {
    let asked = Asked { field, value: typed.field(field.name), error: error_of(wrong, field.name) };
    match field.kind {
        FieldKind::Text if is_long(field, asked.value) => asked.lines(3, asked.help()),
        FieldKind::Text => asked.line(Width::Full, asked.help()),
        FieldKind::Year | FieldKind::Function => asked.line(Width::Ten, asked.help()),
        FieldKind::Money => asked.number(Width::Ten, "£", ""),
        FieldKind::Number { unit, .. } => asked.number(Width::Ten, "", unit),
        FieldKind::Count => asked.number(Width::Ten, "", ""),
        FieldKind::Proportion => asked.number(Width::Ten, "", ""),
        FieldKind::Date => {
            asked.line(Width::Twenty, format!("{} For example, 31 March 2026 or 31/3/2026.", field.help))
        }
        FieldKind::YesNo => asked.words(&[("yes", "Yes"), ("no", "No")]),
        FieldKind::Choice(words) => asked.words(&words.iter().map(|word| (*word, *word)).collect::<Vec<_>>()),
        FieldKind::List => asked.lines(3, format!("{} One a line, or separated by semicolons.", asked.about())),
        FieldKind::References(kind) => references(around, &asked, kind),
        FieldKind::Reference(kind) => reference(around, &asked, kind),
        FieldKind::Authority | FieldKind::AuthorityOrJoint => authority(around, &asked),
        FieldKind::AmountsByYear => amounts(around, typed, wrong, &asked),
    }
}

/// Whether a text is of more than one line, by what is asked for or by what is there.
pub(in crate::pages) fn is_long(field: &Field, value: &str) -> bool {
    let asks = field.help.contains("sentence") || field.example.len() > 40;
    asks || value.contains('\n') || value.chars().count() > 60
}

/// A field that is asked for.
struct Asked<'a> {
    field: &'static Field,
    value: &'a str,
    error: Option<&'a str>,
}

impl Asked<'_> {
    fn label(&self) -> String {
        format!("{}{}", self.field.label, if self.field.required { " (required)" } else { "" })
    }

    /// What to write, without how several are told apart on a sheet.
    fn about(&self) -> String {
        self.field.help.replace(", separated by semicolons", "")
    }

    fn help(&self) -> String {
        match self.field.example {
            "" => self.field.help.to_owned(),
            example => format!("{} For example: {example}", self.field.help),
        }
    }

    fn line(&self, width: Width, help: String) -> Markup {
        input(&Input {
            hint: help.into(),
            error: self.error,
            value: self.value,
            width,
            autocomplete: "off",
            ..Input::new(self.field.name, self.label())
        })
    }

    fn number(&self, width: Width, prefix: &str, suffix: &str) -> Markup {
        let whole = self.field.kind == FieldKind::Count;
        input(&Input {
            hint: self.help().into(),
            error: self.error,
            value: self.value,
            prefix: prefix.into(),
            suffix: suffix.into(),
            width,
            inputmode: if whole { "numeric" } else { "decimal" },
            autocomplete: "off",
            spellcheck: Some(false),
            ..Input::new(self.field.name, self.label())
        })
    }

    fn lines(&self, rows: u32, help: String) -> Markup {
        textarea(&Textarea {
            hint: help.into(),
            error: self.error,
            value: self.value,
            rows: Some(rows),
            ..Textarea::new(self.field.name, self.label())
        })
    }

    /// One of a few words as radios, of many as a list that drops down.
    fn words(&self, words: &[(&str, &str)]) -> Markup {
        // What a file would have refused stays to be seen, and is refused with the same words.
        let known =
            words.iter().find(|(value, _)| value.eq_ignore_ascii_case(self.value)).map_or("", |(value, _)| value);
        if words.len() > MOST_RADIOS {
            let items = words.iter().map(|(value, label)| SelectItem::new(*value, values::capital(label)));
            return self.select(known, items.collect());
        }
        let mut items: Vec<Choice> =
            words.iter().map(|(value, label)| Choice::new(*value, values::capital(label))).collect();
        if !self.field.required {
            let checked = Some(self.value.is_empty());
            items.push(Choice { checked, ..Choice::new("", "Not recorded") });
        }
        radios(&Radios {
            hint: self.field.help.into(),
            error: self.error,
            value: known,
            small: true,
            inline: words.len() == 2,
            ..Radios::new(self.field.name, self.label(), items)
        })
    }

    fn select(&self, value: &str, items: Vec<SelectItem>) -> Markup {
        let nothing = if self.field.required { "Choose one" } else { "Not recorded" };
        select(&Select {
            hint: self.field.help.into(),
            error: self.error,
            value,
            ..Select::new(
                self.field.name,
                self.label(),
                [SelectItem::new("", nothing)].into_iter().chain(items).collect(),
            )
        })
    }
}

/// The owner's entries of a kind as they are chosen from, with one that is not there but is referred to.
pub(in crate::pages) fn choices(around: &Surroundings, kind: Kind, held: &str) -> Option<Vec<(String, String)>> {
    let mut choices: Vec<(String, String)> = around.choices.get(&kind)?.iter().map(named).collect();
    if !held.is_empty() && choices.iter().all(|(reference, _)| reference != held) {
        choices.push((held.to_owned(), format!("{held}: not among the {}", kind.sheet().to_lowercase())));
    }
    Some(choices)
}

fn named((reference, title): &(String, String)) -> (String, String) {
    let words = if reference == title { reference.clone() } else { format!("{reference}: {title}") };
    (reference.clone(), words)
}

fn reference(around: &Surroundings, asked: &Asked, kind: Kind) -> Markup {
    match choices(around, kind, asked.value) {
        Some(choices) => {
            let items = choices.into_iter().map(|(reference, words)| SelectItem::new(reference, words));
            asked.select(asked.value, items.collect())
        }
        None => asked.line(Width::Ten, asked.help()),
    }
}

fn references(around: &Surroundings, asked: &Asked, kind: Kind) -> Markup {
    let held: Vec<String> = asked.value.split([';', '\n']).map(|word| word.trim().to_owned()).collect();
    let held: Vec<String> = held.into_iter().filter(|word| !word.is_empty()).collect();
    let choices = around.choices.get(&kind).filter(|choices| {
        let known = |word: &String| choices.iter().any(|(reference, _)| reference == word);
        !choices.is_empty() && choices.len() <= MOST_BOXES && held.iter().all(known)
    });
    let Some(choices) = choices else {
        return asked.lines(3, format!("{} One reference a line, or separated by semicolons.", asked.about()));
    };
    let items = choices.iter().map(named).map(|(reference, words)| Choice::new(reference, words));
    checkboxes(&Checkboxes {
        hint: asked.about().into(),
        error: asked.error,
        values: held,
        small: true,
        ..Checkboxes::new(asked.field.name, asked.label(), items.collect())
    })
}

/// The authorities, and where a field may be of all of them: together.
pub(in crate::pages) fn owners(around: &Surroundings, kind: FieldKind, held: &str) -> Vec<(String, String)> {
    let each = around.authorities.iter().map(|authority| (authority.code.clone(), authority.name.clone()));
    let joint = (kind == FieldKind::AuthorityOrJoint).then(|| ("joint".to_owned(), "Joint: all of them".to_owned()));
    let mut owners: Vec<(String, String)> = each.chain(joint).collect();
    if !held.is_empty() && owners.iter().all(|(code, _)| code != held) {
        owners.push((held.to_owned(), format!("{held}: no authority of the partnership")));
    }
    owners
}

fn authority(around: &Surroundings, asked: &Asked) -> Markup {
    let owners = owners(around, asked.field.kind, asked.value);
    if owners.len() > MOST_RADIOS {
        let items = owners.into_iter().map(|(code, name)| SelectItem::new(code, name));
        return asked.select(asked.value, items.collect());
    }
    let words: Vec<(&str, &str)> = owners.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    asked.words(&words)
}

/// A row a year, and lines for years beyond.
fn amounts(around: &Surroundings, typed: &TypedEntry, wrong: &[Invalid], asked: &Asked) -> Markup {
    let name = asked.field.name;
    let mut years: Vec<String> = around.years.iter().map(ToString::to_string).collect();
    years.extend(typed.years_of(asked.field));
    years.sort();
    years.dedup();
    let (hint_id, error_id) = (format!("{name}-all-hint"), format!("{name}-all-error"));
    let described = if asked.error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    let body = html! {
        (hint(&Hint { content: asked.field.help.into(), id: &hint_id, ..Hint::default() }))
        @if let Some(error) = asked.error {
            (error_message(&ErrorMessage { content: error.into(), id: &error_id, ..ErrorMessage::default() }))
        }
        div.penshaw-years {
            @for year in &years {
                @let named = format!("{name}.{year}");
                (input(&Input {
                    id: &field_id(&named),
                    error: error_of(wrong, &named),
                    value: typed.field(&named),
                    prefix: "£".into(),
                    width: Width::Ten,
                    inputmode: "decimal",
                    autocomplete: "off",
                    ..Input::new(&named, year.as_str())
                }))
            }
        }
        (textarea(&Textarea {
            hint: "One year a line, such as 2031/32: 1250.50".into(),
            value: asked.value,
            rows: Some(2),
            ..Textarea::new(name, Label::from("Other years"))
        }))
    };
    let failing = if asked.error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" };
    let legend = Legend { classes: "govuk-fieldset__legend--s", ..Legend::from(asked.label()) };
    html! {
        div class=(failing) { (fieldset(&Fieldset { legend, described_by: &described, body, ..Fieldset::default() })) }
    }
}

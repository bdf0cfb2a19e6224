//! Options of a fixture, read as ours are written.

use maud::PreEscaped;
use penshaw_web::components::{Choice, Content, Label, Legend, Tag, TagColour};
use serde_json::Value;

/// A string or a number as text; empty where there is none. Leaks: a test may.
pub fn text(options: &Value, name: &str) -> &'static str {
    match &options[name] {
        Value::String(text) => text.clone().leak(),
        Value::Number(number) => number.to_string().leak(),
        Value::Bool(true) => "true",
        _ => "",
    }
}

pub fn flag(options: &Value, name: &str) -> bool {
    options[name].as_bool().unwrap_or_default()
}

pub fn number(options: &Value, name: &str) -> Option<u32> {
    options[name].as_u64().and_then(|number| u32::try_from(number).ok())
}

/// `html`, or else `text` escaped, of an object.
pub fn content(object: &Value) -> Content {
    content_of(object, "html", "text")
}

pub fn content_of(object: &Value, html: &str, plain: &str) -> Content {
    match text(object, html) {
        "" => text(object, plain).into(),
        html => PreEscaped(html.to_owned()).into(),
    }
}

/// The list without what JavaScript holds for nothing.
pub fn list(options: &Value, name: &str) -> Vec<Value> {
    let items = options[name].as_array().cloned().unwrap_or_default();
    items.into_iter().filter(|item| item.is_object() || item.is_array()).collect()
}

pub fn label_of(options: &Value) -> Label<'static> {
    let label = &options["label"];
    Label {
        content: content(label),
        for_id: text(label, "for"),
        classes: text(label, "classes"),
        is_page_heading: flag(label, "isPageHeading"),
    }
}

pub fn legend(options: &Value) -> Option<Legend<'static>> {
    let fieldset = options.get("fieldset").filter(|fieldset| fieldset.is_object())?;
    let legend = &fieldset["legend"];
    Some(Legend {
        content: content(legend),
        classes: text(legend, "classes"),
        is_page_heading: flag(legend, "isPageHeading"),
    })
}

pub fn error(options: &Value) -> Option<&'static str> {
    options.get("errorMessage").map(|message| text(message, "text"))
}

pub fn choices(options: &Value) -> Vec<Choice> {
    list(options, "items").iter().map(choice).collect()
}

fn choice(item: &Value) -> Choice {
    Choice {
        value: text(item, "value").to_owned(),
        content: content(item),
        hint: content(&item["hint"]),
        checked: item["checked"].as_bool(),
        disabled: flag(item, "disabled"),
        conditional: content(&item["conditional"]),
        id: text(item, "id").to_owned(),
        name: text(item, "name").to_owned(),
        label_classes: text(&item["label"], "classes").to_owned(),
        exclusive: text(item, "behaviour") == "exclusive",
        divider: text(item, "divider").to_owned(),
    }
}

pub fn tag_of(options: &Value) -> Tag<'static> {
    let classes = text(options, "classes");
    let colour = match classes {
        "govuk-tag--grey" => TagColour::Grey,
        "govuk-tag--teal" => TagColour::Teal,
        "govuk-tag--green" => TagColour::Green,
        "govuk-tag--purple" => TagColour::Purple,
        "govuk-tag--magenta" => TagColour::Magenta,
        "govuk-tag--red" => TagColour::Red,
        "govuk-tag--orange" => TagColour::Orange,
        "govuk-tag--yellow" => TagColour::Yellow,
        _ => TagColour::Blue,
    };
    let classes = if colour == TagColour::Blue { classes } else { "" };
    Tag { content: content(options), colour, classes }
}

/// Markup as it is, or text in a paragraph, as a panel of tabs shows it.
pub fn in_paragraph(object: &Value) -> Content {
    match (text(object, "html"), text(object, "text")) {
        ("", "") => Content::default(),
        ("", plain) => maud::html! { p class="govuk-body" { (plain) } }.into(),
        (html, _) => PreEscaped(html.to_owned()).into(),
    }
}

/// A level of headings.
pub fn level(options: &Value, name: &str) -> Option<u8> {
    options[name].as_u64().and_then(|level| u8::try_from(level).ok())
}

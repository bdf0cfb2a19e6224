//! What an authority shares, by kind, and its rules in the order in which they are read.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_operations::{About, Extent, Shares, Sharing};
use penshaw_register::{Holder, Kind, SharingChoice};
use serde::Deserialize;

use super::{address, preview, words};
use crate::components::{InsetText, Tag, TagColour, Task, TaskList, TaskStatus, inset_text, task_list};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::entry_form::kind_of;
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

/// What is done with a rule: a word and the rule's place.
const ACT: &str = "act";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/sharing/{body}", get(show)).route("/sharing/{body}/rules", post(arrange))
}

/// An entry that the address may name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    reference: String,
}

async fn show(viewer: Viewer, Path(body): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    if !asked.reference.is_empty() {
        let kind = kind_of(&asked.kind)?;
        return Ok(Redirect::to(&super::subject::of_entry(&body, kind, &asked.reference)).into_response());
    }
    let sharing = viewer.web.operations.sharing(&viewer.actor, &body).await?;
    let title = format!("What {} shares", sharing.authority.name);
    let sheet =
        Sheet { title: &title, section: Section::None, body: draw(&title, &body, &sharing), ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn draw(title: &str, body: &str, sharing: &Sharing) -> Markup {
    html! {
        div.govuk-grid-row {
            div.govuk-grid-column-two-thirds {
                h1.govuk-heading-xl { (title) }
                p.govuk-body-l { "The other authorities see what the rules below share, and nothing else. Your own members always see all of it." }
                @if !sharing.may_share {
                    (inset_text(&InsetText::from("You may read this. An approver of your authority decides what is shared.")))
                }
                h2.govuk-heading-l { "By kind of entry" }
                (kinds(body, sharing))
                (rules(body, sharing))
                (takes_effect())
            }
        }
    }
}

/// When a change is felt, and what it cannot undo.
pub(super) fn takes_effect() -> Markup {
    html! {
        h2.govuk-heading-m { "When a change takes effect" }
        p.govuk-body { "The others see by the new rules from the moment you save them. Analyses and the report follow when they are next worked out." }
        p.govuk-body { "A change cannot take back what the others have read or downloaded already, nor alter a report that was worked out before." }
    }
}

fn kinds(body: &str, sharing: &Sharing) -> Markup {
    let items = Kind::ALL.iter().filter(|kind| kind.holder() == Holder::Authority).map(|kind| {
        let count = sharing.counts.get(kind).copied().unwrap_or_default();
        let shares = Shares::read(About { kind: *kind, reference: None }, &sharing.choices);
        let mut hint = match count.entries {
            0 => "No entries yet".to_owned(),
            1 => format!("1 entry, {} shared", count.shared),
            many => {
                format!("{} entries, {} shared", values::grouped(many as i64), values::grouped(count.shared as i64))
            }
        };
        if count.kept_fields > 0 {
            hint += &format!(", {} kept back in them", many(count.kept_fields, "value", "values"));
        }
        let status = TaskStatus::Tag(Tag::new(words::extent(&shares), colour(shares.extent)));
        Task { hint: hint.into(), ..Task::new(kind.sheet(), format!("{}/{}", address(body), kind.key()), status) }
    });
    task_list(&TaskList { items: items.collect(), id_prefix: "kinds", ..TaskList::default() })
}

pub(super) fn many(number: usize, one: &str, more: &str) -> String {
    format!("{} {}", values::grouped(number as i64), if number == 1 { one } else { more })
}

fn colour(extent: Extent) -> TagColour {
    match extent {
        Extent::Nothing => TagColour::Grey,
        Extent::Everything => TagColour::Green,
        _ => TagColour::Blue,
    }
}

/// The rules in their order. Whoever decides may move and remove them.
fn rules(body: &str, sharing: &Sharing) -> Markup {
    let last = sharing.choices.len().saturating_sub(1);
    html! {
        h2.govuk-heading-l { "The rules, in order" }
        @if sharing.choices.is_empty() {
            p.govuk-body { "There are no rules yet, so nothing is shared." }
        } @else {
            p.govuk-body { "They are read from first to last. Where two speak of the same thing, the later one decides." }
            form method="post" action=(format!("{}/rules", address(body))) {
                ol.penshaw-rules {
                    @for (place, choice) in sharing.choices.iter().enumerate() {
                        li {
                            span.penshaw-rules__words { (words::rule(choice)) }
                            @if sharing.may_share {
                                span.penshaw-rules__acts {
                                    @if place > 0 { (act("up", place, "Move up")) }
                                    @if place < last { (act("down", place, "Move down")) }
                                    (act("remove", place, "Remove"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn act(act: &str, place: usize, words: &str) -> Markup {
    html! {
        button.penshaw-link-button type="submit" name=(ACT) value=(format!("{act}:{place}")) {
            (words) span.govuk-visually-hidden { " rule " (place + 1) }
        }
    }
}

async fn arrange(viewer: Viewer, Path(body): Path<String>, sent: Form) -> Result<Response, Problem> {
    let sharing = viewer.web.operations.sharing(&viewer.actor, &body).await?;
    let choices = arranged(sharing.choices, sent.get(ACT));
    let here = format!("{}/rules", address(&body));
    let way = vec![(format!("What {} shares", sharing.authority.name), address(&body))];
    preview::propose(&viewer, preview::Proposed { body: &body, choices, about: None, sent: &sent, here: &here, way })
        .await
}

/// The rules with one of them moved or removed; as they are where there is no such rule.
fn arranged(mut choices: Vec<SharingChoice>, act: &str) -> Vec<SharingChoice> {
    let Some((act, place)) = act.split_once(':') else { return choices };
    let Some(place) = place.parse().ok().filter(|place| *place < choices.len()) else { return choices };
    match act {
        "up" if place > 0 => choices.swap(place, place - 1),
        "down" if place + 1 < choices.len() => choices.swap(place, place + 1),
        "remove" => {
            choices.remove(place);
        }
        _ => {}
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_move_and_go() {
        let rule = |kind| serde_json::from_value(serde_json::json!({ "kind": kind, "shared": true })).expect("a rule");
        let rules: Vec<SharingChoice> = vec![rule("sites"), rule("posts"), rule("links")];
        let kinds = |choices: Vec<SharingChoice>| choices.iter().filter_map(|one| one.kind).collect::<Vec<_>>();
        assert_eq!(kinds(arranged(rules.clone(), "up:1")), [Kind::Post, Kind::Site, Kind::Link]);
        assert_eq!(kinds(arranged(rules.clone(), "down:1")), [Kind::Site, Kind::Link, Kind::Post]);
        assert_eq!(kinds(arranged(rules.clone(), "remove:0")), [Kind::Post, Kind::Link]);
        for nothing in ["up:0", "down:2", "remove:9", "remove", ""] {
            assert_eq!(arranged(rules.clone(), nothing), rules);
        }
    }
}

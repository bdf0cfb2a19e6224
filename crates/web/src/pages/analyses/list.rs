//! Every question: when it was last worked out, and whether it could be answered.

use axum::response::Response;
use maud::{Markup, html};
use penshaw_operations::{Question, Questions};

use crate::components::{Button, Checkboxes, Choice, Emphasis, Tag, TagColour, button, checkboxes, tag};
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let questions = viewer.web.operations.analyses(&viewer.actor).await?;
    let body = draw(&questions);
    let sheet = Sheet { title: "Analyses", section: Section::Analyses, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn draw(questions: &Questions) -> Markup {
    html! {
        h1.govuk-heading-xl { "Analyses" }
        p.govuk-body-l { "Each question is answered from what the partners share. Every figure leads to the entries that it rests on." }
        ul.penshaw-cards {
            @for question in &questions.questions { (card(question)) }
        }
        @if questions.may_work_out {
            section.penshaw-part aria-labelledby="work-out" {
                h2.govuk-heading-m id="work-out" { "Work everything out" }
                p.govuk-body { "This answers every question, weighs the recommendation and prints the report. It takes about a minute." }
                (work_out_form("/work-out", "Work everything out", Emphasis::Primary))
            }
        }
        p.govuk-body { a.govuk-link href="/opportunities" { "Savings and costs found, and which options adopted them" } }
        p.govuk-body { a.govuk-link href="/runs" { "Everything that was worked out before" } }
        section.penshaw-part aria-labelledby="planned" {
            h2.govuk-heading-m id="planned" { "Questions to come" }
            p.govuk-body { "No analysis answers these yet. Until one does, officers judge, and the report says so." }
            ul.govuk-list.govuk-list--bullet.penshaw-quiet {
                @for planned in questions.planned { li { (planned.question) } }
            }
        }
    }
}

fn card(question: &Question) -> Markup {
    html! {
        li {
            h2.govuk-heading-s {
                a.govuk-link.penshaw-cards__link href=(format!("/analyses/{}", question.name)) { (question.question) }
            }
            @match &question.newest {
                None => p.govuk-body-s.penshaw-quiet { "Not worked out yet" },
                Some(run) => {
                    p.govuk-body-s {
                        @if run.answered {
                            (tag(&Tag::new("Answered", TagColour::Green)))
                        } @else {
                            (tag(&Tag::new("Something is needed", TagColour::Yellow)))
                        }
                        @if !run.frozen { " " (tag(&Tag::new("Working copy", TagColour::Grey))) }
                        @if question.changed.is_some() { " " (tag(&Tag::new("Out of date", TagColour::Orange))) }
                    }
                    p.govuk-body-s.penshaw-quiet { (values::moment(run.made_at)) ", by " (run.made_by) }
                }
            }
        }
    }
}

/// Asks for something to be worked out: from baselines, or from the entries as they stand.
pub(crate) fn work_out_form(action: &str, words: &str, emphasis: Emphasis) -> Markup {
    let standing = Checkboxes {
        name: "standing",
        items: vec![Choice {
            hint: "It is then a working copy, which cannot be published.".into(),
            ..Choice::new("yes", "Use the entries as they stand, and not the frozen baselines")
        }],
        small: true,
        ..Checkboxes::default()
    };
    html! {
        form method="post" action=(action) {
            (checkboxes(&standing))
            (button(&Button { emphasis, ..Button::submit(words) }))
        }
    }
}

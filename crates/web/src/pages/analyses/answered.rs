//! The parts of an answer's page: the answer or what is needed, its method's help, what it rests on.

use maud::{Markup, html};
use penshaw_analyses::Missing;
use penshaw_files::write::html::body_linked;
use penshaw_operations::{Changed, RunView};
use penshaw_register::Authority;

use super::method;
use super::sources::Linked;
use crate::components::{Details, SummaryList, SummaryRow, Tag, TagColour, details, inset_text, summary_list, tag};
use crate::layout::body_name;
use crate::problem::{Problem, sentence};
use crate::values;
use crate::viewer::Viewer;

/// The first letters of a digest: enough to tell two apart.
const DIGEST: usize = 12;

/// Whether it is a working copy, or something has changed since.
pub(crate) fn still_stands(run: &RunView) -> Markup {
    html! {
        @if !run.run.frozen {
            p.govuk-body { (tag(&Tag::new("Working copy", TagColour::Grey))) " It rests on entries that are not frozen, so it cannot be published." }
        }
        @match run.changed {
            None => {}
            Some(Changed::Words) => (inset_text(&"The report's own words have changed since this was worked out. Its figures and findings stand.".into())),
            Some(Changed::Evidence) => (inset_text(&"What this rests on has changed since it was worked out. Work it out again to see whether the answer has.".into())),
        }
    }
}

/// The answer with its sources linked, or what is needed before there is one; `help` stands before its sources.
pub(crate) async fn answer(viewer: &Viewer, run: &RunView, help: Markup) -> Result<Markup, Problem> {
    if let Some(missing) = &run.missing {
        return Ok(html! { (needed(missing, &viewer.brief().await?.authorities)) (help) });
    }
    let Some(document) = &run.document else {
        return Ok(html! { p.govuk-body { "No answer was kept." } (help) });
    };
    let linked = Linked::of(viewer, document).await?;
    let body = body_linked(document, &|source| linked.address(source));
    Ok(html! {
        (contents(&body.contents))
        (body.text)
        (help)
        (body.sources)
    })
}

/// The headings of a long answer, to go to.
pub(crate) fn contents(headings: &[(String, String)]) -> Markup {
    html! {
        @if headings.len() > 2 {
            nav.penshaw-contents aria-label="On this page" {
                h2.govuk-heading-s { "On this page" }
                ul.govuk-list.govuk-list--bullet {
                    @for (id, words) in headings { li { a.govuk-link href=(format!("#{id}")) { (words) } } }
                }
            }
        }
    }
}

/// What is needed before the question can be answered: each thing, from whom, and where to put it.
fn needed(missing: &Missing, authorities: &[Authority]) -> Markup {
    html! {
        section aria-labelledby="needed" {
            h2.govuk-heading-l id="needed" { "What we need before we can answer" }
            ul.govuk-list.govuk-list--spaced.penshaw-needs {
                @for need in &missing.needs {
                    li {
                        strong { (values::capital(&need.what)) }
                        br;
                        "Who can give it: " (body_name(authorities, &need.of)) "."
                        br;
                        span.penshaw-quiet { (sentence(&need.hint)) }
                    }
                }
            }
        }
    }
}

/// How to read the answer, what to do next, and how it is worked out.
pub(super) fn method_help(text: &str) -> Markup {
    let worked_out = html! {
        @for heading in ["At a glance", "What it shows", "Worked example"] {
            @if let Some(part) = method::part(text, heading) {
                h3.govuk-heading-s { (heading) }
                (part)
            }
        }
    };
    html! {
        div.penshaw-method {
            @for heading in ["How to read it", "What to do next"] {
                @if let Some(part) = method::part(text, heading) {
                    h2.govuk-heading-m { (heading) }
                    (part)
                }
            }
            (details(&Details::new("How it is worked out", worked_out)))
        }
    }
}

/// What a run rests on, so that anybody can say whether two answers were given from the same.
pub(crate) fn rests_on(run: &RunView, authorities: &[Authority]) -> Markup {
    let made = &run.run;
    let from = match made.frozen {
        true => format!("The frozen baselines of {}", owners(authorities)),
        false => "Entries that are not frozen: a working copy".to_owned(),
    };
    let mut rows = vec![
        SummaryRow::new("Worked out", html! { (values::moment(made.made_at)) ", by " (made.made_by) }),
        SummaryRow::new("From", from),
        SummaryRow::new("Parameters in force on", values::date(made.on)),
    ];
    if run.is_sampled() {
        rows.push(SummaryRow::new("Ranges", format!("{} trials, seed {}", values::grouped(made.trials), made.seed)));
    }
    rows.push(SummaryRow::new("Register", digest(&made.joint_digest)));
    rows.push(SummaryRow::new("Parameters", digest(&made.basis_digest)));
    html! {
        section.penshaw-part aria-labelledby="rests-on" {
            h2.govuk-heading-m id="rests-on" { "What this rests on" }
            (summary_list(&SummaryList::new(rows)))
            p.govuk-body {
                a.govuk-link href=(format!("/run/{}/outcome.json", made.id)) { "Download the outcome as data (JSON)" }
            }
        }
    }
}

fn owners(authorities: &[Authority]) -> String {
    let names: Vec<&str> = authorities.iter().map(|authority| authority.name.as_str()).collect();
    format!("{} and the partnership", names.join(", "))
}

fn digest(digest: &str) -> Markup {
    html! { code title=(digest) { (digest.get(..DIGEST).unwrap_or(digest)) } }
}

//! What is recommended, and whether there is enough evidence to decide.

use maud::{Markup, html};
use penshaw_operations::{RecommendationView, RunView};
use serde_json::Value;

use crate::components::{Tag, TagColour, tag};
use crate::problem::sentence;
use crate::values;

/// The status and the resolutions; what is missing, where there is not enough evidence.
pub(super) fn stands(report: &RunView, recommended: &Value, view: &RecommendationView) -> Markup {
    let body = match view.draft.partnership.report.body.as_str() {
        "" => "Cabinet",
        body => body,
    };
    html! {
        p.govuk-body {
            @if recommended["status"] == "ready" { (tag(&Tag::new("Ready to decide", TagColour::Green))) }
            @else { (tag(&Tag::new("Not enough evidence", TagColour::Yellow))) }
            " " strong { (course(recommended)) "." }
        }
        p.govuk-body { (body) " is requested to:" }
        (resolutions(&recommended["resolutions"]))
        p.govuk-hint { "Worked out on " (values::moment(report.run.made_at)) " by " (report.run.made_by) "." }
        (missing(&recommended["missing"]))
    }
}

/// The course in one phrase.
fn course(recommended: &Value) -> &'static str {
    match recommended["course"].as_str() {
        _ if recommended["status"] != "ready" => "There is not enough evidence to decide",
        Some("integrate") => "Join the services",
        Some("collaborate") => "Work together in named areas",
        Some("close_down") => "Close the proposal down, and keep what stands",
        _ => "Stay apart",
    }
}

fn resolutions(resolutions: &Value) -> Markup {
    html! {
        ol.govuk-list.govuk-list--number.govuk-list--spaced {
            @for resolution in resolutions.as_array().into_iter().flatten() {
                li { (values::capital(resolution["text"].as_str().unwrap_or_default())) }
            }
        }
    }
}

fn missing(missing: &Value) -> Markup {
    let missing = missing.as_array().map(Vec::as_slice).unwrap_or_default();
    html! {
        @if !missing.is_empty() {
            section.penshaw-part aria-labelledby="missing" {
                h2.govuk-heading-m id="missing" { "What is missing" }
                ul.govuk-list.govuk-list--bullet {
                    @for wanting in missing {
                        li {
                            (sentence(wanting["what"].as_str().unwrap_or_default()))
                            span.penshaw-quiet { " From " (wanting["of"].as_str().unwrap_or_default()) "." }
                        }
                    }
                }
            }
        }
    }
}

//! The adoption of the recommendation: the one that stands, and the form by which an approver decides.

use maud::{Markup, html};
use penshaw_operations::{Invalid, RecommendationView, Refusal, RunView};
use penshaw_register::Adoption;

use crate::components::{
    Button, Choice, DateInput, Input, Legend, Radios, Textarea, button, date_input, input, inset_text, radios, textarea,
};
use crate::form::Form;
use crate::layout::error_of;
use crate::problem::sentence;
use crate::values;

/// What somebody typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    decision: String,
    officer: String,
    day: [String; 3],
    reason: String,
    resolutions: String,
}

impl Typed {
    /// What somebody sent.
    pub(super) fn of_form(form: &Form) -> Self {
        let text = |name: &str| form.get(name).replace("\r\n", "\n");
        Typed {
            decision: text("decision"),
            officer: text("officer"),
            day: ["on-day", "on-month", "on-year"].map(text),
            reason: text("reason"),
            resolutions: text("resolutions"),
        }
    }

    /// The adoption that it says.
    pub(super) fn adoption(&self, form: &Form) -> Result<Adoption, Vec<Invalid>> {
        let mut wrong = Vec::new();
        if !["adopt", "set-aside"].contains(&self.decision.as_str()) {
            wrong.push(Invalid::new("decision", "Select whether the recommendation is adopted or set aside"));
        }
        let on = form.day("on").ok().flatten();
        if on.is_none() {
            wrong.push(Invalid::new("on", "Enter the day of the decision with day, month and year"));
        }
        let Some(on) = on.filter(|_| wrong.is_empty()) else { return Err(wrong) };
        let adopted = self.decision == "adopt";
        let lines = self.resolutions.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Adoption {
            officer: self.officer.clone(),
            on,
            adopted,
            reason: if adopted { String::new() } else { self.reason.clone() },
            resolutions: if adopted { Vec::new() } else { lines.map(str::to_owned).collect() },
        })
    }
}

/// The form by which those who may decide, or why nobody can as things stand.
pub(super) fn section(view: &RecommendationView, report: &RunView, typed: &Typed, wrong: &[Invalid]) -> Markup {
    html! {
        @if view.draft.may_adopt {
            section.penshaw-part.penshaw-no-print aria-labelledby="decide" {
                h2.govuk-heading-l id="decide" { "Adopt the recommendation, or set it aside" }
                @match &view.hindrance {
                    Some(hindrance) => (hindered(hindrance)),
                    None => (form(view, report, typed, wrong)),
                }
            }
        }
    }
}

/// Who adopted it and when, or set it aside, and why.
pub(super) fn stands(view: &RecommendationView) -> Markup {
    let report = &view.draft.partnership.report;
    html! {
        section.penshaw-part aria-labelledby="adoption" {
            h2.govuk-heading-m id="adoption" { "Adoption" }
            @match report.adoption.as_ref() {
                None => p.govuk-body { "No officer has adopted it or set it aside yet." },
                Some(adoption) => (decided(adoption)),
            }
            @if view.draft.may_adopt {
                p.govuk-body.penshaw-no-print { a.govuk-link href="#decide" { "Adopt it, or set it aside" } }
            }
        }
    }
}

fn decided(adoption: &Adoption) -> Markup {
    html! {
        @if adoption.adopted {
            p.govuk-body { "The " (adoption.officer) " adopted the recommendation on " (values::date(adoption.on)) "." }
        } @else {
            p.govuk-body {
                "The " (adoption.officer) " set the recommendation aside on " (values::date(adoption.on)) ": "
                (sentence(&adoption.reason))
            }
            p.govuk-body { "These resolutions are put in its place:" }
            ol.govuk-list.govuk-list--number {
                @for resolution in &adoption.resolutions { li { (resolution) } }
            }
        }
    }
}

fn hindered(hindrance: &Refusal) -> Markup {
    inset_text(
        &html! {
            (sentence(&hindrance.to_string())) " " (sentence(&hindrance.hint()))
        }
        .into(),
    )
}

fn form(view: &RecommendationView, report: &RunView, typed: &Typed, wrong: &[Invalid]) -> Markup {
    let items = vec![
        Choice::new("adopt", "Adopt the recommendation as it stands"),
        Choice::new("set-aside", "Set it aside, with a reason and other resolutions"),
    ];
    html! {
        form method="post" action="/recommendation/adopt" novalidate {
            input type="hidden" name="run" value=(report.run.id);
            input type="hidden" name="revision" value=(view.draft.revision);
            (radios(&Radios {
                value: &typed.decision, error: error_of(wrong, "decision"),
                hint: "An officer decides. The report prints who decided and when.".into(),
                ..Radios::new("decision", Legend::medium("Decision"), items)
            }))
            (instead(typed, wrong))
            (input(&Input {
                id: "officer", value: &typed.officer, hint: "Such as Assistant Chief Executive; never a name".into(),
                error: error_of(wrong, "officer"), ..Input::new("officer", "Post of the officer who decides")
            }))
            (date_input(&DateInput {
                hint: "For example, 18 6 2014".into(), day: &typed.day[0], month: &typed.day[1], year: &typed.day[2],
                error: error_of(wrong, "on"), ..DateInput::new("on", "Day of the decision")
            }))
            (button(&Button::submit("Save the decision")))
        }
    }
}

/// What is needed where the recommendation is set aside.
fn instead(typed: &Typed, wrong: &[Invalid]) -> Markup {
    html! {
        (textarea(&Textarea {
            id: "reason", value: &typed.reason, rows: Some(4), error: error_of(wrong, "reason"),
            ..Textarea::new("reason", "Only if it is set aside: why")
        }))
        (textarea(&Textarea {
            id: "resolutions", value: &typed.resolutions, hint: "One a line, such as: Agree to defer the decision".into(),
            error: error_of(wrong, "resolutions"),
            ..Textarea::new("resolutions", "Only if it is set aside: the resolutions in its place")
        }))
    }
}

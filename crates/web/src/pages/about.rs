//! What anybody may read without signing in: help, accessibility, privacy, cookies.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::{PERMISSIONS, Role};

use crate::components::{Cell, Frame, Table, page, scroll_region, table};
use crate::layout::Sheet;
use crate::server::Web;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/help", get(help))
        .route("/accessibility", get(accessibility))
        .route("/privacy", get(privacy))
        .route("/cookies", get(cookies))
}

/// The page, with everything that surrounds pages of those who are signed in where somebody is.
async fn shown(viewer: Option<Viewer>, title: &str, text: Markup) -> Response {
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds { h1.govuk-heading-xl { (title) } (text) } }
    };
    match viewer {
        Some(viewer) => viewer.page(Sheet { title, body, ..Sheet::default() }).await,
        None => page(&Frame { title, service_name: "Share ICT", body, ..Frame::default() }).into_response(),
    }
}

async fn help(viewer: Option<Viewer>) -> Response {
    let text = html! {
        p.govuk-body-l { "Two or more authorities record what ICT they have, share as much of it as each decides, and see what sharing the service would cost and save." }
        (beginning())
        (sharing())
        (baselines())
        (figures())
        h2.govuk-heading-l id="roles" { "Who may do what" }
        p.govuk-body { "You have roles for a body: an authority, or the partnership itself. What you may do for one says nothing about the others." }
        dl.govuk-summary-list {
            @for role in Role::ALL {
                div.govuk-summary-list__row {
                    dt.govuk-summary-list__key { (role.label()) }
                    dd.govuk-summary-list__value { (role.about()) }
                }
            }
        }
        (who_may_do_what())
        p.govuk-body { "Everybody who belongs to a body may also see what the partners share, the analyses and the report." }
    };
    shown(viewer, "Help", text).await
}

fn beginning() -> Markup {
    html! {
        h2.govuk-heading-l { "How to begin" }
        ol.govuk-list.govuk-list--number.govuk-list--spaced {
            li { "An administrator of your authority invites you and gives you roles. The link works for seven days." }
            li { "Choose a password and set up an authenticator app. From then on, signing in takes both." }
            li { "Record the estate: go to Home, find your authority and choose Import. Start from the template, or send the spreadsheet that you have." }
            li { "Mend what the import found, look at what would change, and commit it. Until then nothing is changed." }
            li { "An approver decides what is shared, and freezes a baseline." }
            li { "Work everything out. Then read the analyses and the report, and download them." }
        }
    }
}

fn sharing() -> Markup {
    html! {
        h2.govuk-heading-l { "Sharing" }
        p.govuk-body { "Each authority decides what the others see of its entries: all, nothing, or some fields. At first they see nothing." }
        p.govuk-body { "A price may be kept back, or a band shown in its place. What is kept back is on no page, in no search, in no download and in no total that the others see." }
        p.govuk-body { "Options, lines, risks and objectives belong to the partnership. All partners see them." }
    }
}

fn baselines() -> Markup {
    html! {
        h2.govuk-heading-l { "Baselines" }
        p.govuk-body { "A baseline is the state of an authority's entries on one day, frozen. It never changes, so that figures that rest on it can be checked years later." }
        p.govuk-body { "What is worked out on entries that are not frozen is a working copy, and says so. Freeze a baseline before you publish." }
    }
}

fn figures() -> Markup {
    html! {
        h2.govuk-heading-l { "Where figures come from" }
        p.govuk-body { "Each figure rests on entries, on rules and on values that others set, such as the discount rate of the Green Book. Each analysis names all three, and links to the entries." }
        p.govuk-body { "Figures about the future are uncertain. They are shown with a range, and the analysis says what it would take to change the answer." }
        p.govuk-body { "Whoever works the same entries out again gets the same figures." }
    }
}

/// The table that the service itself goes by.
fn who_may_do_what() -> Markup {
    let head = Role::ALL.iter().map(|role| Cell::from(role.label()));
    let rows = PERMISSIONS.iter().map(|(verb, roles)| {
        let may = |role: &Role| match roles.contains(role) {
            true => Cell::from("Yes"),
            false => Cell::from(html! { span.penshaw-quiet { "No" } }),
        };
        [Cell::from(verb.about())].into_iter().chain(Role::ALL.iter().map(may)).collect()
    });
    let drawn = table(&Table {
        caption: "What each role may do".into(),
        caption_classes: "govuk-table__caption--m",
        head: [Cell::from("What")].into_iter().chain(head).collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    scroll_region("What each role may do", &drawn)
}

async fn accessibility(State(web): State<Web>, viewer: Option<Viewer>) -> Response {
    let text = html! {
        p.govuk-body { "This accessibility statement applies to the pages of this service, which is built with Penshaw. We want as many people as possible to be able to use it. You should be able to:" }
        ul.govuk-list.govuk-list--bullet {
            li { "change colours, contrast levels and fonts with your browser or device" }
            li { "zoom in up to 400% without the text spilling off the screen" }
            li { "use every page with a keyboard alone, or with speech recognition software" }
            li { "listen to every page with a screen reader" }
            li { "use every page with scripts switched off" }
        }
        p.govuk-body { "The text is meant to be simple to understand. " a.govuk-link href="https://mcmw.abilitynet.org.uk/" { "AbilityNet" } " has advice on making your device easier to use if you have a disability." }
        (how_accessible())
        (reporting(web.operations.settings().contact.as_deref()))
        (technical())
        (preparation())
    };
    shown(viewer, "Accessibility statement", text).await
}

fn how_accessible() -> Markup {
    html! {
        h2.govuk-heading-l { "How accessible this service is" }
        p.govuk-body { "We know that some parts are not fully accessible:" }
        ul.govuk-list.govuk-list--bullet {
            li { "wide tables scroll sideways in a frame of their own on small screens" }
            li { "the PDF report has tags and a title, but was not tested with screen readers" }
            li { "spreadsheets and Word documents that you download were not tested with assistive technology" }
        }
        p.govuk-body { "Every chart has a table with the same figures." }
    }
}

fn reporting(contact: Option<&str>) -> Markup {
    html! {
        h2.govuk-heading-l { "Feedback and contact" }
        p.govuk-body { "If you find a problem, or need something in another form, tell an administrator of your authority. They invited you, and can reach whoever runs the service." }
        @match contact {
            Some(contact) => p.govuk-body { "Or reach whoever runs it yourself: " strong { (contact) } "." },
            None => p.govuk-body { "Whoever runs it has not yet said here how to reach them." },
        }
        h2.govuk-heading-l { "Enforcement procedure" }
        p.govuk-body { "The Equality and Human Rights Commission (EHRC) enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with the answer to your complaint, contact the " a.govuk-link href="https://www.equalityadvisoryservice.com/" { "Equality Advisory and Support Service (EASS)" } "." }
    }
}

fn technical() -> Markup {
    html! {
        h2.govuk-heading-l { "Technical information about this service's accessibility" }
        p.govuk-body { "The authorities that run this service are committed to making it accessible, in accordance with those Regulations." }
        h3.govuk-heading-m { "Compliance status" }
        p.govuk-body { "This service is partially compliant with the " a.govuk-link href="https://www.w3.org/TR/WCAG22/" { "Web Content Accessibility Guidelines version 2.2" } " AA standard. Its pages are looked over by a program; downloads are not tested, and nobody outside the project has audited it." }
        h3.govuk-heading-m { "Content that is not accessible" }
        p.govuk-body { "Downloaded spreadsheets and Word documents may fall short of success criterion 1.3.1 (info and relationships): wide tables in them repeat their headings on each page, but cells that span columns are not marked up further." }
    }
}

fn preparation() -> Markup {
    html! {
        h2.govuk-heading-l { "How this service was tested" }
        p.govuk-body { "A program walks through the service in the Chromium browser as a person would, and checks each page on its way with axe-core, against the rules for WCAG 2.0, 2.1 and 2.2 at levels A and AA and against good practice. It does so at widths of 320, 390 and 1,280 pixels, and signs in with scripts switched off too. It does so with every change of the service, and no change is taken while it finds anything." }
        p.govuk-body { "Such programs find only part of all problems. People who use assistive technology have not tested the service yet." }
        h2.govuk-heading-l { "What we are doing to improve accessibility" }
        p.govuk-body { "Testing with people who use screen readers, magnifiers and speech recognition comes next, then an audit by somebody outside the project." }
        h2.govuk-heading-l { "Preparation of this accessibility statement" }
        p.govuk-body { "This statement was prepared on 26 November 2026 and last reviewed on 26 November 2026. The service was last tested on the day on which the version that you use was made. The tests were carried out by the makers of Penshaw." }
    }
}

async fn privacy(viewer: Option<Viewer>) -> Response {
    let text = html! {
        p.govuk-body-l { "What this service keeps about the people who use it." }
        h2.govuk-heading-l { "What is kept, and why" }
        ul.govuk-list.govuk-list--bullet.govuk-list--spaced {
            li { strong { "Your name and e-mail address" } ", so that colleagues know who you are and you can sign in." }
            li { strong { "Your password and the key of your authenticator app" } ", so that nobody else can. The password is kept only in a form from which it cannot be read." }
            li { strong { "Your roles" } ", so that you can do your work." }
            li { strong { "What you change and when" } ", in the audit trail and in the history of each entry, because authorities answer for their records." }
            li { strong { "That you are signed in" } ", for at most 12 hours, and what you had typed when a session ended, for a day." }
            li { strong { "A code made from the address of your device" } ", for a day, only when a sign-in fails, so that passwords cannot be guessed. The address cannot be read from it easily." }
        }
        p.govuk-body { "The service's log says which kinds of request came and how long they took, and neither who asked nor for what." }
        h2.govuk-heading-l { "Who sees it" }
        p.govuk-body { "Administrators of a body see the names, addresses and roles of those who belong to it. Readers of an entry's history see who changed it. Nothing is given to anybody else, and there are no analytics and no advertisements." }
        h2.govuk-heading-l { "How long" }
        p.govuk-body { "An account stays until it is closed. The audit trail stays as long as the register does, because it proves what the decision rested on." }
        h2.govuk-heading-l { "Who is responsible" }
        p.govuk-body { "The authority that runs the service is the data controller. The lawful basis is the performance of a task carried out in the public interest. Ask its data protection officer to see, correct or delete what is kept about you. You may complain to the " a.govuk-link href="https://ico.org.uk/" { "Information Commissioner's Office" } "." }
        h2.govuk-heading-l { "Please do not record" }
        p.govuk-body { "The register is for posts and services. Enter no names of staff or residents in it." }
    };
    shown(viewer, "Privacy", text).await
}

async fn cookies(viewer: Option<Viewer>) -> Response {
    let rows = vec![vec![
        Cell::from(html! { code { "penshaw_session" } }),
        "Knows that you are signed in".into(),
        "When you sign out or close the browser; after 30 minutes without a page, or 12 hours at most, it works no longer".into(),
    ]];
    let drawn = table(&Table {
        caption: "The cookie".into(),
        caption_classes: "govuk-table__caption--m",
        head: vec!["Name".into(), "What it is for".into(), "When it ends".into()],
        rows,
        first_cell_is_header: true,
        ..Table::default()
    });
    let text = html! {
        p.govuk-body { "A cookie is a small file that a website saves on your device." }
        p.govuk-body { "This service uses one cookie. It is strictly necessary, so that you are not asked to accept it. It is sent to this service alone, and scripts cannot read it." }
        (scroll_region("The cookie", &drawn))
        p.govuk-body { "There are no cookies for analytics or advertisements." }
    };
    shown(viewer, "Cookies", text).await
}

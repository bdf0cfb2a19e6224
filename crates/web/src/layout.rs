//! What stands around every page of somebody who is signed in.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use penshaw_operations::{Invalid, Refusal, Verb};
use penshaw_register::{Authority, PARTNERSHIP};

use crate::components::{
    Account, Breadcrumb, ErrorItem, ErrorSummary, Frame, NavigationItem, NotificationBanner, error_summary, page,
};
use crate::problem::Problem;
use crate::viewer::Viewer;

/// What every page says of the partnership.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    pub(crate) name: String,
    pub(crate) marking: Option<String>,
    pub(crate) authorities: Vec<Authority>,
}

/// The main pages, of which one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Estate,
    Analyses,
    Report,
    Decisions,
    People,
    Audit,
    None,
}

const MAIN: &[(Section, &str, &str)] = &[
    (Section::Home, "Home", "/"),
    (Section::Estate, "Estate", "/estate"),
    (Section::Analyses, "Analyses", "/analyses"),
    (Section::Report, "Report", "/report"),
    (Section::Decisions, "Decisions", "/decisions"),
    (Section::People, "People", "/people"),
    (Section::Audit, "Audit", "/audit"),
];

/// A page before the frame is put around it.
pub(crate) struct Sheet<'a> {
    /// The words of its heading and its title.
    pub(crate) title: &'a str,
    pub(crate) section: Section,
    /// The way to it: words and addresses, itself left out.
    pub(crate) way: Vec<(String, String)>,
    /// Whether it may use the whole width.
    pub(crate) wide: bool,
    /// What must be corrected in its form.
    pub(crate) errors: &'a [Invalid],
    /// What it says, heading first.
    pub(crate) body: Markup,
}

impl Default for Sheet<'_> {
    fn default() -> Self {
        Sheet { title: "", section: Section::None, way: Vec::new(), wide: false, errors: &[], body: html! {} }
    }
}

/// What was done just before, as the address names it, in words.
const DONE: &[(&str, &str)] = &[
    ("saved", "Saved"),
    ("removed", "Removed. Its history is kept."),
    ("committed", "The import was committed"),
    ("given-up", "The import was given up. Nothing was changed."),
    ("frozen", "The baseline was frozen"),
    ("shared", "What you share was changed. Others see it so from now on."),
    ("roles", "The roles were changed"),
    ("closed", "The account was closed"),
    ("reopened", "The account was opened again"),
    ("password", "Your password was changed. You were signed out everywhere else."),
    ("withdrawn", "The invitation was withdrawn"),
    ("accepted", "You accepted the invitation"),
    ("adopted", "The recommendation was adopted"),
    ("adopted-opportunity", "The option has adopted it as lines"),
    ("set-opportunity-aside", "Its lines were taken out of the option"),
    ("reviewed", "The verdict is kept. Work the question out again to see what follows from it"),
    ("published", "It is public from now on"),
    ("withdrawn-record", "It was withdrawn. Its address says so"),
    ("set-aside", "The recommendation was set aside"),
    ("token-removed", "The token was removed and works no longer"),
    ("cancelled", "It was asked to stop"),
    ("worked-out", "It was worked out"),
];

impl Viewer {
    /// What every page says of the partnership, as of the revision that the visitor was recognised at.
    pub(crate) async fn brief(&self) -> Result<Arc<Brief>, Refusal> {
        if let Some(brief) = self.web.inner.briefs.get(&self.revision) {
            return Ok(brief);
        }
        let draft = self.web.operations.report_draft(&self.actor).await?.partnership;
        let brief = Arc::new(Brief { name: draft.name, marking: draft.marking, authorities: draft.authorities });
        self.web.inner.briefs.insert(self.revision, brief.clone());
        Ok(brief)
    }

    /// The page with everything around it.
    pub(crate) async fn page(&self, sheet: Sheet<'_>) -> Response {
        match self.brief().await {
            Ok(brief) => self.framed(&brief, sheet).into_response(),
            Err(refusal) => Problem(refusal).into_response(),
        }
    }

    fn framed(&self, brief: &Brief, sheet: Sheet<'_>) -> Markup {
        let bodies: Vec<&str> = self.actor.bodies().filter(|body| *body != PARTNERSHIP).collect();
        let body = match bodies.as_slice() {
            [] => "The partnership".to_owned(),
            [one] => body_name(&brief.authorities, one),
            [first, rest @ ..] => format!("{} and {} more", body_name(&brief.authorities, first), rest.len()),
        };
        let done = self.done.as_deref().and_then(|done| DONE.iter().find(|(key, _)| *key == done));
        page(&Frame {
            title: sheet.title,
            service_name: "Share ICT",
            navigation: self.navigation(sheet.section),
            account: Some(Account { name: &self.actor.name, body: &body, href: "/account", sign_out: "/sign-out" }),
            partnership: &brief.name,
            marking: brief.marking.as_deref(),
            breadcrumbs: sheet.way.iter().map(|(words, href)| Breadcrumb::new(words, href)).collect(),
            flash: done.filter(|_| sheet.errors.is_empty()).map(|(_, words)| NotificationBanner::success(*words)),
            has_errors: !sheet.errors.is_empty(),
            wide: sheet.wide,
            body: html! { (errors(sheet.errors)) (sheet.body) },
            ..Frame::default()
        })
    }

    fn navigation(&self, open: Section) -> Vec<NavigationItem> {
        let seen = |section: Section| match section {
            Section::People => self.actor.may_somewhere(Verb::ManagePeople),
            Section::Audit => self.actor.may_somewhere(Verb::ReadAudit),
            _ => true,
        };
        let items = MAIN.iter().filter(|(section, _, _)| seen(*section));
        items
            .map(|(section, words, href)| NavigationItem {
                active: *section == open,
                ..NavigationItem::new(*words, *href)
            })
            .collect()
    }
}

/// What must be corrected, all of it, each leading to its field.
pub(crate) fn errors(errors: &[Invalid]) -> Markup {
    if errors.is_empty() {
        return html! {};
    }
    let items = errors.iter().map(|wrong| ErrorItem::of_field(&field_id(&wrong.field), &*wrong.what)).collect();
    error_summary(&ErrorSummary { items, ..ErrorSummary::default() })
}

/// The id of a field by its name: what ids may not hold is left out.
pub(crate) fn field_id(name: &str) -> String {
    name.chars().map(|one| if one.is_ascii_alphanumeric() || one == '_' || one == '-' { one } else { '-' }).collect()
}

/// What is wrong with one field, to stand beside it.
pub(crate) fn error_of<'a>(errors: &'a [Invalid], field: &str) -> Option<&'a str> {
    errors.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.what.as_str())
}

/// What a body is called on pages.
pub(crate) fn body_name(authorities: &[Authority], body: &str) -> String {
    penshaw_operations::body_name(authorities, body)
}

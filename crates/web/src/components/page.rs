//! The frame of every page: what stands in the head, above and below what the page itself says.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::breadcrumbs::{Breadcrumb, Breadcrumbs, breadcrumbs};
use super::content::classes;
use super::footer::{Footer, footer};
use super::header::{Account, Header, header};
use super::notification_banner::{NotificationBanner, notification_banner};
use super::phase_banner::{PhaseBanner, phase_banner};
use super::service_navigation::{NavigationItem, ServiceNavigation, service_navigation};
use super::skip_link::{SkipLink, skip_link};
use crate::assets::asset;

const PRODUCT: &str = "Penshaw";

/// A page.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// What the page is called: the same words as its heading.
    pub title: &'a str,
    /// The name of the service, such as "Share ICT".
    pub service_name: &'a str,
    /// The main pages, the one that is open marked.
    pub navigation: Vec<NavigationItem>,
    /// Who is signed in.
    pub account: Option<Account<'a>>,
    /// The partnership whose register this is.
    pub partnership: &'a str,
    /// Words that stand on every page of this register, such as "Illustrative estate".
    pub marking: Option<&'a str>,
    /// How far the service has come, while it is not finished.
    pub phase: Option<PhaseBanner<'a>>,
    /// The way to the page.
    pub breadcrumbs: Vec<Breadcrumb>,
    /// Markup above the heading other than breadcrumbs, such as a back link.
    pub before: Markup,
    /// What the last act did, or what concerns more than this page.
    pub flash: Option<NotificationBanner<'a>>,
    /// Whether the form on the page has errors: then the title says so first.
    pub has_errors: bool,
    /// Whether the page may use the whole width, as for a wide table.
    pub wide: bool,
    /// What the page says, heading first.
    pub body: Markup,
}

impl Default for Frame<'_> {
    fn default() -> Self {
        let nothing = || PreEscaped(String::new());
        Frame {
            title: "",
            service_name: "",
            navigation: Vec::new(),
            account: None,
            partnership: "",
            marking: None,
            phase: None,
            breadcrumbs: Vec::new(),
            before: nothing(),
            flash: None,
            has_errors: false,
            wide: false,
            body: nothing(),
        }
    }
}

/// The whole page.
pub fn page(frame: &Frame) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" class="govuk-template" {
            (head(frame))
            body class=(classes(&["govuk-template__body", if frame.wide { "penshaw-wide" } else { "" }])) {
                script src=(asset("early.js")) {}
                (skip_link(&SkipLink {
                    content: "Skip to main content".into(), href: "#main-content", ..SkipLink::default()
                }))
                header class="govuk-template__header" { (top(frame)) }
                div class="govuk-width-container" {
                    (above(frame))
                    main class="govuk-main-wrapper" id="main-content" {
                        @if let Some(flash) = &frame.flash { (notification_banner(flash)) }
                        (frame.body)
                    }
                }
                footer class="govuk-template__footer" { (footer(&links())) }
            }
        }
    }
}

fn head(frame: &Frame) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            title { (title(frame)) }
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="theme-color" content="#12404d";
            link rel="icon" href=(asset("favicon.svg")) type="image/svg+xml";
            link rel="stylesheet" href=(asset("govuk-frontend.min.css"));
            link rel="stylesheet" href=(asset("fragments.css"));
            link rel="stylesheet" href=(asset("penshaw.css"));
            script type="module" src=(asset("penshaw.js")) {}
        }
    }
}

/// "Page – Service – Penshaw", with "Error: " first where the form has errors: it is what is read out first.
fn title(frame: &Frame) -> String {
    let parts = [frame.title, frame.service_name, PRODUCT];
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let prefix = if frame.has_errors { "Error: " } else { "" };
    format!("{prefix}{}", named.join(" – "))
}

fn top(frame: &Frame) -> Markup {
    html! {
        (header(&Header { href: "/", partnership: frame.partnership, account: frame.account }))
        @if !frame.service_name.is_empty() || !frame.navigation.is_empty() {
            (service_navigation(&ServiceNavigation {
                service_name: frame.service_name,
                service_url: "/",
                navigation: frame.navigation.clone(),
                ..ServiceNavigation::default()
            }))
        }
        @if let Some(marking) = frame.marking {
            div class="penshaw-page-marking" { p class="govuk-width-container" { (marking) } }
        }
        @if let Some(phase) = &frame.phase { (phase_banner(phase)) }
    }
}

fn above(frame: &Frame) -> Markup {
    html! {
        @if !frame.breadcrumbs.is_empty() {
            (breadcrumbs(&Breadcrumbs {
                items: frame.breadcrumbs.clone(), collapse_on_mobile: true, ..Breadcrumbs::default()
            }))
        }
        (frame.before)
    }
}

fn links() -> Footer {
    let links = [
        ("Accessibility statement", "/accessibility"),
        ("Help", "/help"),
        ("Privacy", "/privacy"),
        ("Cookies", "/cookies"),
    ];
    Footer {
        links: links.map(|(words, href)| (words.into(), href.to_owned())).to_vec(),
        note: "Penshaw is open software for councils that decide whether to share ICT.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(frame: &Frame) -> String {
        page(frame).into_string()
    }

    #[test]
    fn the_title_names_the_page_then_the_service_then_the_product() {
        let frame = Frame { title: "Contracts", service_name: "Share ICT", ..Frame::default() };
        assert!(drawn(&frame).contains("<title>Contracts – Share ICT – Penshaw</title>"));
    }

    #[test]
    fn the_title_says_first_that_there_are_errors() {
        let frame = Frame { title: "Contracts", has_errors: true, ..Frame::default() };
        assert!(drawn(&frame).contains("<title>Error: Contracts – Penshaw</title>"));
    }

    #[test]
    fn the_marking_stands_on_the_page_escaped() {
        let frame = Frame { marking: Some("Illustrative <estate>"), ..Frame::default() };
        assert!(drawn(&frame).contains("Illustrative &lt;estate&gt;"));
    }

    #[test]
    fn the_frame_bears_neither_crown_nor_its_name() {
        let drawn = drawn(&Frame { account: Some(Account::default()), ..Frame::default() });
        for never in ["GOV.UK", "gov.uk", "crown", "Crown", "crest"] {
            assert!(!drawn.contains(never), "{never} stands on the page");
        }
    }

    #[test]
    fn scripts_and_styles_come_from_files_only() {
        let drawn = drawn(&Frame::default());
        assert!(!drawn.contains(" style=") && !drawn.contains("<style"));
        assert_eq!(drawn.matches("<script").count(), drawn.matches("></script>").count());
    }
}

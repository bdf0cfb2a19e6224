//! Something that happened, or that concerns more than this page.

use maud::{Markup, html};

use super::content::{Content, classes, heading, present};

/// A banner above the heading of a page.
#[derive(Clone, Debug, Default)]
pub struct NotificationBanner<'a> {
    /// A single line, drawn large.
    pub text: Content,
    /// More than a line; then `text` is not drawn.
    pub body: Content,
    /// Whether it says that what was asked is done: green, and read out at once.
    pub success: bool,
    /// Its heading; "Success" or "Important" where empty.
    pub title: Content,
    /// The level of its heading; 2 where not said.
    pub title_heading_level: Option<u8>,
    /// The `id` of its heading, where a page has more than one banner.
    pub title_id: &'a str,
    /// Another ARIA role than the one that fits its kind.
    pub role: &'a str,
    /// Whether it is not to take the focus when the page opens; not mentioned where not said.
    pub disable_auto_focus: Option<bool>,
    /// Further classes.
    pub classes: &'a str,
}

impl NotificationBanner<'_> {
    /// Says that what was asked is done.
    pub fn success(text: impl Into<Content>) -> Self {
        NotificationBanner { text: text.into(), success: true, ..NotificationBanner::default() }
    }

    /// Says something important.
    pub fn important(text: impl Into<Content>) -> Self {
        NotificationBanner { text: text.into(), ..NotificationBanner::default() }
    }

    fn title(&self) -> Content {
        match (self.title.is_empty(), self.success) {
            (false, _) => self.title.clone(),
            (true, true) => "Success".into(),
            (true, false) => "Important".into(),
        }
    }
}

/// A notification banner.
pub fn notification_banner(banner: &NotificationBanner) -> Markup {
    let success = if banner.success { "govuk-notification-banner--success" } else { "" };
    let role = present(banner.role).unwrap_or(if banner.success { "alert" } else { "region" });
    let title_id = present(banner.title_id).unwrap_or("govuk-notification-banner-title");
    let level = banner.title_heading_level.unwrap_or(2);
    html! {
        div class=(classes(&["govuk-notification-banner", success, banner.classes])) role=(role)
            aria-labelledby=(title_id) data-module="govuk-notification-banner"
            data-disable-auto-focus=[banner.disable_auto_focus] {
            div class="govuk-notification-banner__header" {
                (heading(level, "govuk-notification-banner__title", title_id, &banner.title()))
            }
            div class="govuk-notification-banner__content" {
                @if !banner.body.is_empty() { (banner.body) }
                @else if !banner.text.is_empty() {
                    p class="govuk-notification-banner__heading" { (banner.text) }
                }
            }
        }
    }
}

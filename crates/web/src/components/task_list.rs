//! What is to be done, with how far each thing has come.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::tag::{Tag, tag};

/// How far a task has come.
#[derive(Clone, Debug)]
pub enum TaskStatus {
    /// In plain words, for what needs no more attention: "Completed".
    Text(Content),
    /// In plain grey words: "Cannot start yet".
    CannotStart(Content),
    /// As a tag, for what waits to be done.
    Tag(Tag<'static>),
}

impl Default for TaskStatus {
    fn default() -> Self {
        TaskStatus::Text(Content::default())
    }
}

/// A task.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// What is to be done.
    pub title: Content,
    /// Where; none where it cannot be done yet.
    pub href: String,
    /// Help with it.
    pub hint: Content,
    /// How far it has come.
    pub status: TaskStatus,
    /// Further classes.
    pub classes: String,
}

impl Task {
    /// A task with its page and its status.
    pub fn new(title: impl Into<Content>, href: impl Into<String>, status: TaskStatus) -> Self {
        Task { title: title.into(), href: href.into(), status, ..Task::default() }
    }
}

/// Tasks.
#[derive(Clone, Debug, Default)]
pub struct TaskList<'a> {
    /// The tasks, in the order in which they are best done.
    pub items: Vec<Task>,
    /// What their `id`s begin with; "task-list" where empty.
    pub id_prefix: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

/// A task list.
pub fn task_list(list: &TaskList) -> Markup {
    let prefix = present(list.id_prefix).unwrap_or("task-list");
    html! {
        ul class=(classes(&["govuk-task-list", list.classes])) {
            @for (index, item) in list.items.iter().enumerate() { (task(item, &format!("{prefix}-{}", index + 1))) }
        }
    }
}

fn task(item: &Task, id: &str) -> Markup {
    let (hint_id, status_id) = (format!("{id}-hint"), format!("{id}-status"));
    let with_link = if item.href.is_empty() { "" } else { "govuk-task-list__item--with-link" };
    let hint = if item.hint.is_empty() { "" } else { hint_id.as_str() };
    html! {
        li class=(classes(&["govuk-task-list__item", with_link, &item.classes])) {
            div class="govuk-task-list__name-and-hint" {
                @if item.href.is_empty() { div { (item.title) } } @else {
                    a class="govuk-link govuk-task-list__link" href=(item.href)
                        aria-describedby=(classes(&[hint, &status_id])) { (item.title) }
                }
                @if !item.hint.is_empty() { div id=(hint_id) class="govuk-task-list__hint" { (item.hint) } }
            }
            (status(&item.status, &status_id))
        }
    }
}

fn status(status: &TaskStatus, id: &str) -> Markup {
    let (class, words) = match status {
        TaskStatus::Text(words) => ("", html! { (words) }),
        TaskStatus::CannotStart(words) => ("govuk-task-list__status--cannot-start-yet", html! { (words) }),
        TaskStatus::Tag(its_tag) => ("", tag(its_tag)),
    };
    html! { div class=(classes(&["govuk-task-list__status", class])) id=(id) { (words) } }
}

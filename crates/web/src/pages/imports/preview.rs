//! An import: how far it has come, what it would change, what is to mend in it, and its commit.

use maud::{Markup, html};
use penshaw_operations::imports::{Change, State, Summary};
use penshaw_operations::{Finding, ImportView};
use penshaw_register::{FieldKind, Kind, Record, Severity, What, difference};

use crate::components::{
    Button, Cell, Checkboxes, Choice, Emphasis, InsetText, Table, Tag, TagColour, WarningText, button, checkboxes,
    inset_text, scroll_region, table, tag, warning_text,
};
use crate::pages::paging::{numbers, range};
use crate::pages::{entry, jobs};
use crate::problem::sentence;
use crate::values;
use crate::viewer::Viewer;

/// How many fields of a new entry its row says.
const FIELDS: usize = 4;

/// Which part of an import is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// What is wrong in the file.
    Findings,
    /// The entries of one change.
    Entries(Change),
}

impl Shown {
    /// What the address asks for; else what somebody would look at first.
    pub(super) fn asked(word: &str, view: &ImportView) -> Self {
        let summary = view.import.summary.clone().unwrap_or_default();
        match Change::of(word) {
            Some(change) => Shown::Entries(change),
            None if word == "findings" || summary.errors > 0 => Shown::Findings,
            None => {
                let some = |change: &Change| count(&summary, *change) > 0;
                let first = [Change::Changed, Change::New, Change::Missing].into_iter().find(some);
                Shown::Entries(first.unwrap_or(Change::Same))
            }
        }
    }

    /// The change whose entries are shown.
    pub(super) fn change(self) -> Option<Change> {
        match self {
            Shown::Findings => None,
            Shown::Entries(change) => Some(change),
        }
    }

    fn word(self) -> &'static str {
        self.change().map_or("findings", Change::word)
    }

    fn label(self) -> &'static str {
        match self {
            Shown::Findings => "Findings in the file",
            Shown::Entries(Change::New) => "New",
            Shown::Entries(Change::Changed) => "Changed",
            Shown::Entries(Change::Same) => "As they are",
            Shown::Entries(Change::Missing) => "No longer in the file",
        }
    }
}

fn count(summary: &Summary, change: Change) -> u64 {
    match change {
        Change::New => summary.new,
        Change::Changed => summary.changed,
        Change::Same => summary.same,
        Change::Missing => summary.missing,
    }
}

/// The page of an import.
pub(super) fn draw(viewer: &Viewer, title: &str, whose: &str, view: &ImportView, shown: Shown, page: u64) -> Markup {
    let import = &view.import;
    let working = view.job.as_ref().filter(|job| !job.state.is_ended());
    let summary = import.summary.clone().unwrap_or_default();
    html! {
        span.govuk-caption-xl { (whose) }
        h1.govuk-heading-xl.penshaw-wrap { (title) }
        p.govuk-body { "Brought by " (import.made_by) " on " (values::moment(import.made_at)) "." }
        @match (working, import.state) {
            (Some(job), State::Uploaded | State::Ready) => (jobs::following(viewer, job)),
            (_, State::Ready) => (ready(view, &summary, shown, page)),
            (_, State::Committed) => (committed(view, &summary)),
            (_, State::GivenUp) => {
                p.govuk-body { "It was given up. Nothing was changed by it." }
                (back(view))
            }
            (_, State::Uploaded | State::Failed) => (not_read(view)),
        }
    }
}

fn back(view: &ImportView) -> Markup {
    html! {
        p.govuk-body {
            a.govuk-link href=(format!("/imports/{}", values::path(&view.import.owner))) { "Go to the imports, to bring another file" }
        }
    }
}

/// An import whose file could not be read, or whose reading was stopped.
fn not_read(view: &ImportView) -> Markup {
    html! {
        (stopped(view))
        p.govuk-body { "The file is kept, and nothing was changed." }
        @if view.may_import {
            form method="post" action=(address(view, "again")) {
                div.govuk-button-group { (button(&Button::submit("Read it again"))) (give_up(view)) }
            }
        }
    }
}

/// Why the last work on it came to nothing, where it did.
fn stopped(view: &ImportView) -> Markup {
    use penshaw_operations::jobs::State as Ended;
    html! {
        @match view.job.as_ref().map(|job| (job.state, job)) {
            Some((Ended::Failed, job)) => (warning_text(&WarningText::from(jobs::why(job)))),
            Some((Ended::Cancelled, _)) => (inset_text(&InsetText::from("It was stopped before its end."))),
            _ => {}
        }
    }
}

/// The address of something that is done to an import.
fn address(view: &ImportView, what: &str) -> String {
    format!("/import/{}/{what}", values::path(&view.import.id))
}

fn give_up(view: &ImportView) -> Markup {
    let address = address(view, "give-up");
    button(&Button { emphasis: Emphasis::Secondary, formaction: &address, ..Button::submit("Give up this import") })
}

/// An import that was read: what it would change, and what to do with it.
fn ready(view: &ImportView, summary: &Summary, shown: Shown, page: u64) -> Markup {
    html! {
        (stopped(view))
        (figures(summary))
        @if view.may_import { (decision(view, summary)) }
        (parts(view, summary, shown))
        h2.govuk-heading-l id="shown" { (shown.label()) }
        @match shown {
            Shown::Findings => (findings(view, summary, page)),
            Shown::Entries(change) => (entries(view, change, count(summary, change), page)),
        }
    }
}

fn figures(summary: &Summary) -> Markup {
    let figures = [
        (summary.new, "new"),
        (summary.changed, "changed"),
        (summary.same, "as they are"),
        (summary.missing, "no longer in the file"),
        (summary.errors, "to mend first"),
        (summary.warnings, "to look at"),
    ];
    html! {
        ul.penshaw-figures {
            @for (count, words) in figures {
                li { span.penshaw-figures__value { (values::grouped(count as i64)) } (words) }
            }
        }
    }
}

/// What may be done: commit it, or mend the file first; or give it up.
fn decision(view: &ImportView, summary: &Summary) -> Markup {
    let failed = view.job.as_ref().is_some_and(|job| job.error.is_some());
    let nothing = summary.new + summary.changed + summary.missing == 0;
    let action = if nothing || summary.errors > 0 { "give-up" } else { "commit" };
    html! {
        form method="post" action=(address(view, action)) {
            @if summary.errors > 0 {
                (warning_text(&WarningText::from(to_mend(summary.errors))))
                div.govuk-button-group {
                    (button(&Button::link("Bring the mended file", &format!("/imports/{}", values::path(&view.import.owner)))))
                    (give_up(view))
                }
            } @else if nothing {
                (inset_text(&InsetText::from("The file says what is recorded already. There is nothing to commit.")))
                div.govuk-button-group { (give_up(view)) }
            } @else {
                @if summary.missing > 0 { (remove_missing(view, summary.missing)) }
                div.govuk-button-group {
                    (button(&Button::submit("Commit")))
                    @if failed { (again(view)) }
                    (give_up(view))
                }
            }
        }
    }
}

fn again(view: &ImportView) -> Markup {
    let address = address(view, "again");
    button(&Button { emphasis: Emphasis::Secondary, formaction: &address, ..Button::submit("Compare again") })
}

fn to_mend(errors: u64) -> String {
    let (what, they) = match errors {
        1 => ("There is 1 error in the file.".to_owned(), "it is"),
        many => (format!("There are {} errors in the file.", values::grouped(many as i64)), "they are"),
    };
    format!("{what} Nothing can be committed until {they} mended and the file is brought again.")
}

fn remove_missing(view: &ImportView, missing: u64) -> Markup {
    let words = match missing {
        1 => "Also remove the entry that the file no longer holds".to_owned(),
        many => format!("Also remove the {} entries that the file no longer holds", values::grouped(many as i64)),
    };
    let choice = Choice {
        hint: "Tick it only if the file holds everything of its kinds. What is removed keeps its history.".into(),
        checked: Some(view.import.remove_missing),
        ..Choice::new("yes", words)
    };
    checkboxes(&Checkboxes { name: "remove_missing", items: vec![choice], ..Checkboxes::default() })
}

/// The parts of the import, of which one is shown.
fn parts(view: &ImportView, summary: &Summary, shown: Shown) -> Markup {
    let findings = summary.errors + summary.warnings;
    let changes = Change::ALL.map(|change| (Shown::Entries(change), count(summary, change)));
    html! {
        nav.penshaw-parts aria-label="Parts of the import" {
            ul {
                @for (part, count) in [(Shown::Findings, findings)].into_iter().chain(changes) {
                    li {
                        a.govuk-link.govuk-link--no-visited-state href=(part_address(view, part, 1)) aria-current=[(part == shown).then_some("page")] {
                            (part.label()) " (" (values::grouped(count as i64)) ")"
                        }
                    }
                }
            }
        }
    }
}

fn part_address(view: &ImportView, part: Shown, page: u64) -> String {
    let further = if page > 1 { format!("&page={page}") } else { String::new() };
    format!("/import/{}?show={}{further}#shown", values::path(&view.import.id), part.word())
}

fn findings(view: &ImportView, summary: &Summary, page: u64) -> Markup {
    let total = summary.errors + summary.warnings;
    if total == 0 {
        return html! { p.govuk-body { "Nothing is wrong with the file." } };
    }
    let drawn = table(&Table {
        caption: range(page, total, ("finding", "findings")).into(),
        caption_classes: "govuk-table__caption--s",
        head: ["Where", "How bad", "What is wrong", "What to do"].into_iter().map(Cell::from).collect(),
        rows: view.findings.iter().map(finding).collect(),
        classes: "penshaw-table",
        ..Table::default()
    });
    html! {
        (scroll_region("Findings in the file", &drawn))
        (numbers(page, total, |page| part_address(view, Shown::Findings, page)))
    }
}

fn finding(finding: &Finding) -> Vec<Cell> {
    let place = [finding.place.sheet.as_deref(), finding.place.cell.as_deref()];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let place = if place.is_empty() { finding.place.file.clone() } else { place.join(", ") };
    let bad = match finding.severity {
        Severity::Error => tag(&Tag::new("Error", TagColour::Red)),
        Severity::Warning => tag(&Tag::new("Warning", TagColour::Yellow)),
    };
    vec![html! { span.penshaw-wrap { (place) } }.into(), bad.into(), long(&finding.what), long(&finding.hint)]
}

fn long(words: &str) -> Cell {
    Cell { classes: "penshaw-cell-long".into(), ..Cell::from(html! { span.penshaw-wrap { (sentence(words)) } }) }
}

fn entries(view: &ImportView, change: Change, total: u64, page: u64) -> Markup {
    if total == 0 {
        return html! { p.govuk-body { "There are none." } };
    }
    let what = if change == Change::Changed { "Field: before → after" } else { "What it says" };
    let rows = view.staged.iter().zip(&view.standing).map(|(staged, standing)| {
        let record = staged.record.as_ref().or(standing.as_ref());
        let said = match (change, &staged.record, standing) {
            (Change::Changed, Some(after), Some(before)) => differs(staged.kind, before, after),
            _ => record.map(said).unwrap_or_default(),
        };
        let there = standing.is_some().then(|| entry::address(&view.import.owner, staged.kind, &staged.reference));
        vec![
            Cell { classes: "penshaw-cell-long".into(), ..Cell::from(named(record, &staged.reference, there)) },
            html! { span.penshaw-wrap { (staged.reference) } }.into(),
            staged.kind.sheet().into(),
            Cell { classes: "penshaw-cell-long".into(), ..Cell::from(said) },
        ]
    });
    let drawn = table(&Table {
        caption: range(page, total, ("entry", "entries")).into(),
        caption_classes: "govuk-table__caption--s",
        head: ["Entry", "Reference", "Kind", what].into_iter().map(Cell::from).collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    html! {
        (scroll_region(Shown::Entries(change).label(), &drawn))
        (numbers(page, total, |page| part_address(view, Shown::Entries(change), page)))
    }
}

fn named(record: Option<&Record>, reference: &str, address: Option<String>) -> Markup {
    let title = record.map_or(reference, values::title);
    html! {
        span.penshaw-wrap {
            @if let Some(address) = address { a.govuk-link href=(address) { (title) } } @else { (title) }
        }
    }
}

fn differs(kind: Kind, before: &Record, after: &Record) -> Markup {
    let found = difference(std::slice::from_ref(before), std::slice::from_ref(after));
    let fields = found.changes.first().map(|change| &change.what);
    html! {
        @if let Some(What::Changed(fields)) = fields {
            ul.govuk-list.penshaw-list-plain { @for field in fields { li.penshaw-wrap { (entry::change(kind, field)) } } }
        }
    }
}

/// The first fields of an entry, its name left out.
fn said(record: &Record) -> Markup {
    let fields = record.kind.fields().iter();
    let named = fields.clone().find(|field| field.kind == FieldKind::Text).map(|field| field.name);
    let said = fields.filter(|field| Some(field.name) != named);
    let said = said.filter_map(|field| Some((field, record.fields.get(field.name)?))).take(FIELDS);
    html! {
        ul.govuk-list.penshaw-list-plain {
            @for (field, value) in said { li.penshaw-wrap { strong { (field.label) } ": " (values::shown(field, value)) } }
        }
    }
}

fn committed(view: &ImportView, summary: &Summary) -> Markup {
    let removed = if view.import.remove_missing { summary.missing } else { 0 };
    let done = [
        (summary.new, "added"),
        (summary.changed, "changed"),
        (removed, "removed"),
        (summary.same, "left as they were"),
    ];
    html! {
        p.govuk-body-l { "It was committed." }
        ul.penshaw-figures {
            @for (count, words) in done { li { span.penshaw-figures__value { (values::grouped(count as i64)) } (words) } }
        }
        p.govuk-body {
            @match view.import.kind {
                Some(kind) => a.govuk-link href=(format!("/estate/{}?owner={}", kind.key(), values::path(&view.import.owner))) { "See " (kind.sheet().to_lowercase()) },
                None => a.govuk-link href=(format!("/estate?owner={}", values::path(&view.import.owner))) { "See what is recorded now" },
            }
        }
        p.govuk-body { a.govuk-link href=(format!("/baselines/{}", values::path(&view.import.owner))) { "Freeze it as a baseline" } ", for analyses to rest on." }
        (back(view))
    }
}

//! Writes pages of all components to a folder, to be looked at through any web server, as scripts need one:
//! `cargo run -p penshaw-web --example gallery -- out/gallery`, then `python3 -m http.server -d out/gallery`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use maud::{Markup, html};
use penshaw_web::assets;
use penshaw_web::components::*;

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "out/gallery".to_owned()));
    fs::create_dir_all(&folder)?;
    for (name, bytes) in assets::all() {
        fs::write(folder.join(&name), bytes)?;
    }
    for (name, frame) in [("fields", fields()), ("words", words()), ("records", records()), ("start", start())] {
        write(&folder, name, &page(&frame))?;
    }
    Ok(())
}

/// A page that finds its assets beside it, where no server runs.
fn write(folder: &Path, name: &str, page: &Markup) -> io::Result<()> {
    let mut text = page.0.clone();
    for (asset, _) in assets::all() {
        text = text.replace(assets::asset(&asset), &asset);
    }
    fs::write(folder.join(format!("{name}.html")), text)
}

fn frame(title: &'static str, body: Markup) -> Frame<'static> {
    Frame {
        title,
        service_name: "Share ICT",
        partnership: "Sunderland and Durham",
        account: Some(Account {
            name: "Priya Nair",
            body: "Sunderland City Council",
            href: "/account",
            sign_out: "/sign-out",
        }),
        marking: Some("Illustrative estate: these figures are not those of any council"),
        navigation: vec![
            NavigationItem { current: true, ..NavigationItem::new("Register", "/register") },
            NavigationItem::new("Questions", "/questions"),
            NavigationItem::new("Options", "/options"),
            NavigationItem::new("Decisions", "/decisions"),
            NavigationItem::new("Delivery", "/delivery"),
        ],
        breadcrumbs: vec![Breadcrumb::new("Register", "/register"), Breadcrumb::new("Contracts", "/contracts")],
        body,
        ..Frame::default()
    }
}

fn fields() -> Frame<'static> {
    let errors = ErrorSummary {
        items: vec![
            ErrorItem::of_field("ends-on-day", "Enter the date on which the contract ends"),
            ErrorItem::of_field("annual-cost", "The yearly cost must be an amount, such as 12,500.00"),
        ],
        ..ErrorSummary::default()
    };
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (error_summary(&errors))
                h1 class="govuk-heading-l" { "Change a contract" }
                form method="post" novalidate { (one_answer()) (several_answers()) (acts()) }
            }
        }
    };
    Frame { has_errors: true, ..frame("Change a contract", body) }
}

fn one_answer() -> Markup {
    html! {
        (input(&Input { value: "Revenues and benefits hosting", ..Input::new("name", "What the contract is called") }))
        (input(&Input {
            hint: "Without VAT, at the price of the current year".into(),
            error: Some("The yearly cost must be an amount, such as 12,500.00"),
            value: "about 12k",
            prefix: "£".into(),
            width: Width::Ten,
            inputmode: "decimal",
            ..Input::new("annual-cost", "Yearly cost")
        }))
        (input(&Input { suffix: "kW".into(), width: Width::Five, ..Input::new("load", "Peak load") }))
        (date_input(&DateInput {
            hint: "For example, 31 3 2027".into(),
            error: Some("Enter the date on which the contract ends"),
            month: "3",
            ..DateInput::new("ends-on", Legend::medium("When does it end?"))
        }))
        (select(&Select {
            value: "SCC",
            ..Select::new("authority", "Authority", vec![
                SelectItem::new("", "Choose an authority"),
                SelectItem::new("SCC", "Sunderland City Council"),
                SelectItem::new("DCC", "Durham County Council"),
            ])
        }))
        (character_count(&CharacterCount {
            textarea: Textarea { rows: Some(3), ..Textarea::new("why", "Why it changes") },
            limit: Limit::Characters(200),
            threshold: None,
        }))
        (password_input(&PasswordInput::new("password", "Password")))
        (file_upload(&FileUpload {
            hint: "XLSX or CSV, up to 20 MB".into(),
            accept: ".xlsx, .csv",
            ..FileUpload::new("file", "Send a file")
        }))
    }
}

fn several_answers() -> Markup {
    let other = input(&Input::new("other", "Which?"));
    html! {
        (radios(&Radios {
            value: "some",
            ..Radios::new("sharing", Legend::medium("What do you share?"), vec![
                Choice { hint: "Partners see every field".into(), ..Choice::new("all", "The whole entry") },
                Choice { conditional: other.into(), ..Choice::new("some", "Some of its fields") },
                Choice::divider("or"),
                Choice::new("none", "Nothing"),
            ])
        }))
        (radios(&Radios {
            inline: true,
            ..Radios::new("exempt", "Is it exempt?", vec![Choice::new("yes", "Yes"), Choice::new("no", "No")])
        }))
        (checkboxes(&Checkboxes {
            values: vec!["hosting".into()],
            hint: "Select all that apply".into(),
            ..Checkboxes::new("areas", Legend::medium("Which areas does it concern?"), vec![
                Choice::new("hosting", "Hosting"),
                Choice::new("desk", "Service desk"),
                Choice { disabled: true, ..Choice::new("print", "Printing") },
            ])
        }))
    }
}

fn acts() -> Markup {
    let buttons = html! {
        (button(&Button::submit("Save and continue")))
        (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Save as a draft") }))
        (button(&Button { emphasis: Emphasis::Warning, ..Button::submit("Remove the contract") }))
        a class="govuk-link" href="/contracts" { "Cancel" }
    };
    button_group(&buttons)
}

fn words() -> Frame<'static> {
    let body = html! {
        div class="govuk-grid-row" {
            div class="govuk-grid-column-two-thirds" {
                (panel(&Panel {
                    title: "Recommendation sent".into(),
                    content: html! { "Your reference" br; strong { "R-2027-014" } }.into(),
                    ..Panel::default()
                }))
                h1 class="govuk-heading-l" { "Words" }
                p class="govuk-body-l" { "Each council decides what it shares, and sees what the others decided." }
                (inset_text(&"Baselines are frozen on 31 March. What is learnt later enters as new entries.".into()))
                (warning_text(&"A key decision may not be taken before its notice has stood for 28 clear days.".into()))
                (details(&Details { open: true, ..Details::new("What is a baseline?", "The register as it was on a day.") }))
                (accordion(&Accordion { id: "sections", items: sections(), ..Accordion::default() }))
                (tabs(&Tabs {
                    items: vec![
                        Tab::new("cost", "Cost", html! { p class="govuk-body" { "£1.2 million a year." } }),
                        Tab::new("risk", "Risk", html! { p class="govuk-body" { "Two risks are open." } }),
                    ],
                    ..Tabs::default()
                }))
                (task_list(&TaskList { items: tasks(), ..TaskList::default() }))
                p class="govuk-body" { @for colour in COLOURS { (tag(&Tag::new(format!("{colour:?}"), colour))) " " } }
                div class="penshaw-progress" data-progress="/runs/1/progress" aria-live="polite" {
                    p class="govuk-body" { "Working out the cost shares: 2 of 3 stages" }
                    progress max="3" value="2" { "2 of 3" }
                }
                (pagination(&Pagination {
                    previous: Some(PaginationLink { label: "Contracts".into(), ..PaginationLink::new("/contracts") }),
                    next: Some(PaginationLink { label: "Licences".into(), ..PaginationLink::new("/licences") }),
                    ..Pagination::default()
                }))
            }
        }
    };
    let flash =
        NotificationBanner { title_id: "flash", ..NotificationBanner::success("Shared 14 entries with Durham") };
    Frame {
        flash: Some(flash),
        breadcrumbs: Vec::new(),
        before: back_link(&BackLink { href: "/", ..BackLink::default() }),
        ..frame("Words", body)
    }
}

const COLOURS: [TagColour; 9] = [
    TagColour::Blue,
    TagColour::Grey,
    TagColour::Teal,
    TagColour::Green,
    TagColour::Purple,
    TagColour::Magenta,
    TagColour::Red,
    TagColour::Orange,
    TagColour::Yellow,
];

fn sections() -> Vec<AccordionSection> {
    ["How it is worked out", "What it rests on"]
        .map(|heading| AccordionSection {
            heading: heading.into(),
            content: html! { p class="govuk-body" { "By peak load, at the prices of the current year." } }.into(),
            ..AccordionSection::default()
        })
        .to_vec()
}

fn tasks() -> Vec<Task> {
    vec![
        Task::new("Record the contracts", "/contracts", TaskStatus::Text("Completed".into())),
        Task {
            hint: "Each licence with what it entitles to".into(),
            ..Task::new("Record the licences", "/licences", TaskStatus::Tag(Tag::new("In progress", TagColour::Blue)))
        },
        Task::new("Freeze the baseline", "", TaskStatus::CannotStart("Cannot start yet".into())),
    ]
}

fn records() -> Frame<'static> {
    let body = html! {
        h1 class="govuk-heading-l" { "Contracts" }
        div class="penshaw-filtered" {
            form class="penshaw-filters" method="get" {
                h2 class="govuk-heading-m" { "Filter" }
                (input(&Input::new("search", "Search")))
                (checkboxes(&Checkboxes {
                    small: true,
                    ..Checkboxes::new("of", "Authority", vec![
                        Choice::new("SCC", "Sunderland"), Choice::new("DCC", "Durham"),
                    ])
                }))
                (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Apply filters") }))
            }
            div {
                p class="govuk-body penshaw-count" { "Contracts 1 to 12 of 214" }
                (scroll_region("Contracts", &table(&contracts())))
                (pagination(&Pagination::numbered(7, 18, |number| format!("?page={number}"))))
            }
        }
        h2 class="govuk-heading-m" { "One contract" }
        (summary_list(&contract()))
    };
    Frame { wide: true, ..frame("Contracts", body) }
}

const PURPOSE: &str = "Virtual machines for revenues and benefits, with backup at a second site";

fn contracts() -> Table<'static> {
    let heads = ["Contract", "Authority", "Supplier", "What it is for", "Ends on", "Notice by", "State", "Yearly cost"];
    let mut head: Vec<Cell> =
        heads.iter().map(|&words| html! { a class="govuk-link" href="?sort" { (words) } }.into()).collect();
    head[0].aria_sort = "ascending";
    head[4].aria_sort = "none";
    head[7].numeric = true;
    let row = |number: u32| -> Vec<Cell> {
        let state = if number.is_multiple_of(3) {
            Tag::new("Ends soon", TagColour::Orange)
        } else {
            Tag::new("In force", TagColour::Green)
        };
        vec![
            html! { a class="govuk-link" href="/contracts/1" { "Hosting " (number) } }.into(),
            "Sunderland".into(),
            "Northern Data Centres Limited".into(),
            Cell { classes: "penshaw-cell-long".into(), ..Cell::from(PURPOSE) },
            Cell { classes: "penshaw-cell-short".into(), ..Cell::from("31 Mar 2027") },
            Cell { classes: "penshaw-cell-short".into(), ..Cell::from("30 Sep 2026") },
            tag(&state).into(),
            Cell::numeric(format!("£{},{number:02}4.00", 100 + number * 7)),
        ]
    };
    Table {
        caption: "Contracts in force".into(),
        caption_classes: "govuk-visually-hidden",
        head,
        rows: (1..=12).map(row).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    }
}

fn contract() -> SummaryList<'static> {
    let change = |what: &str| Action::new("Change", "/change", what);
    SummaryList {
        rows: vec![
            SummaryRow::new("Supplier", "Northern Data Centres Limited").with_action(change("the supplier")),
            SummaryRow::new("Yearly cost", "£107,014.00").with_action(change("the yearly cost")),
            SummaryRow::new("Shared", html! { (tag(&Tag::new("With Durham", TagColour::Teal))) }),
        ],
        card: Some(SummaryCard {
            title: "Hosting 1".into(),
            actions: vec![Action::new("Remove", "/remove", "")],
            ..SummaryCard::default()
        }),
        ..SummaryList::default()
    }
}

fn start() -> Frame<'static> {
    let figure = |value: &str, words: &str| html! { li { span class="penshaw-figures__value" { (value) } (words) } };
    let card = |title: &str, words: &str| {
        html! {
            li {
                h3 class="govuk-heading-s" { a class="govuk-link penshaw-cards__link" href="/questions/1" { (title) } }
                p class="govuk-body" { (words) }
            }
        }
    };
    let body = html! {
        h1 class="govuk-heading-xl" { "Sunderland and Durham" }
        ul class="penshaw-figures" {
            (figure("214", "contracts recorded")) (figure("£18.4m", "a year in all"))
            (figure("37", "opportunities found")) (figure("12 Jan", "next decision"))
        }
        h2 class="govuk-heading-m" { "Questions" }
        ul class="penshaw-cards" {
            (card("Do we hold the licences that we use?", "Entitlements against installations, product by product."))
            (card("What would each pay?", "The cost of sharing, divided by five keys."))
            (card("Which contracts end together?", "Windows in which both may leave."))
        }
        (button(&Button { is_start_button: true, ..Button::link("Start a proposal", "/proposals/new") }))
    };
    let phase = PhaseBanner {
        tag: Tag::new("Beta", TagColour::Blue),
        content: "This service is new: tell us what it lacks.".into(),
        ..PhaseBanner::default()
    };
    Frame { phase: Some(phase), breadcrumbs: Vec::new(), ..frame("Start", body) }
}

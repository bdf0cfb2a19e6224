//! Tables of recovery: what is needed, promised and tested, and the agreements of hosting both ways.

use penshaw_documents::{Block, Cell, Column, Row, Table, Value};

use super::words;
use crate::named::name_of;
use crate::resilience::{Agreement, Outcome, Recovery, TestStanding};

/// The most workloads in the table.
const MOST_WORKLOADS: usize = 40;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::heading(3, "How soon it comes back")];
    blocks.extend(copies(outcome));
    blocks.push(Block::Table(recoveries(outcome)));
    if !outcome.agreements.is_empty() {
        blocks.push(Block::heading(3, "Who hosts whom"));
        blocks.push(Block::Table(agreements(outcome)));
    }
    blocks
}

/// Whether copies can be started: the question that an audit of recovery asks first.
fn copies(outcome: &Outcome) -> Option<Block> {
    let with_site = || outcome.recoveries.iter().filter(|one| one.recovery_site.is_some());
    let all = with_site().count();
    let started = with_site().filter(|one| one.copy_started == Some(true)).count();
    let counts = with_site().filter(|one| one.standing == TestStanding::Passed).count();
    (all > 0).then(|| {
        let months = outcome.tested_within_months.map_or_else(
            || "the months that count (which could not be read)".to_owned(),
            |months| format!("{months} months"),
        );
        Block::words(format!(
            "Can the copy be started? Of {all} workloads with a recovery site, a test has started the copy of {started}. \
             Of {counts} it did so within {months} and passed: only their times count."
        ))
    })
}

fn recoveries(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Workload"),
        Column::words("Whose"),
        Column::words("Recovered at"),
        Column::words("Needed (RTO / RPO, hours)"),
        Column::words("Promised"),
        Column::words("Reached in the latest test"),
        Column::words("Latest test"),
        Column::words("Class needed"),
        Column::words("Class shown"),
        Column::numbers("With what it depends on (hours)"),
        Column::words("Sites' design availability"),
    ];
    let caption = "Recovery needed, promised and tested: what is shown least and stops most often first";
    let mut table = Table::new("resilience-recovery", caption, columns);
    outcome.recoveries.iter().take(MOST_WORKLOADS).for_each(|one| table.push(recovery(outcome, one)));
    let mut notes = vec![
        "RTO: how soon it is back. RPO: how much work may be lost. The class is the worse of the two; class shown counts \
         only what a test has shown in time, and no workload is back before what it depends on."
            .to_owned(),
    ];
    notes.extend(words::left_out(outcome.recoveries.len(), MOST_WORKLOADS, "workload", "workloads"));
    table.note = notes.join(" ");
    table
}

fn recovery(outcome: &Outcome, one: &Recovery) -> Row {
    let cell = |words: String| Cell::new(Value::text(words), one.sources.clone());
    let name = match &one.application {
        Some(application) if *application != one.name => format!("{} ({application})", one.name),
        _ => one.name.clone(),
    };
    let tested = match one.tested_on {
        Some(day) => format!("{}: {}", Value::Day(day), one.standing),
        None => one.standing.to_string(),
    };
    let availability = match (one.availability, one.sites_needed) {
        (Some(share), 1) => words::availability(share),
        (Some(share), sites) => format!("{} over {sites} sites", words::availability(share)),
        (None, _) => "not known".to_owned(),
    };
    let owner = crate::resilience::input::owner_of(&one.workload);
    let recovered_at = match &one.recovery_site {
        Some(site) if one.site.as_ref() == Some(site) => format!("{site}, its own site"),
        Some(site) => site.clone(),
        None => "nowhere".to_owned(),
    };
    Row::body(vec![
        cell(name),
        cell(name_of(&outcome.partners, owner).to_owned()),
        cell(recovered_at),
        cell(words::times(&one.required)),
        cell(words::times(&one.promised)),
        cell(words::times(&one.tested)),
        cell(tested),
        cell(one.class_required.to_string()),
        cell(one.class_shown.to_string()),
        words::known(one.with_dependencies_hours, &one.sources),
        cell(availability),
    ])
}

fn agreements(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Agreement"),
        Column::words("Guest"),
        Column::words("Host and site"),
        Column::numbers("Rack units"),
        Column::numbers("Power (kW)"),
        Column::numbers("Price a year"),
        Column::numbers("Priority"),
        Column::numbers("Notice (months)"),
        Column::words("Promised (RTO / RPO, hours)"),
        Column::words("Standing"),
    ];
    let caption = "Hosting, both ways: by host and by whose equipment is kept running first";
    let mut table = Table::new("resilience-hosting", caption, columns);
    outcome.agreements.iter().for_each(|agreement| table.push(row(outcome, agreement)));
    table.note = "Only an agreement in force on the day counts: its promise, its room, its priority.".into();
    table
}

fn row(outcome: &Outcome, agreement: &Agreement) -> Row {
    let sources = std::slice::from_ref(&agreement.source);
    let cell = |value: Value| Cell::new(value, sources.to_vec());
    let host = name_of(&outcome.partners, &agreement.host);
    let site = agreement.site.as_deref().unwrap_or("no site named");
    let standing = match (agreement.in_force, agreement.standing.as_str(), agreement.ends) {
        (true, _, Some(ends)) => format!("in force until {}", Value::Day(ends)),
        (true, ..) => "in force".to_owned(),
        (false, "in force", _) => "not in force on the day".to_owned(),
        (false, standing, _) => standing.to_owned(),
    };
    Row::body(vec![
        cell(Value::text(&agreement.name)),
        cell(Value::text(name_of(&outcome.partners, &agreement.guest))),
        cell(Value::text(format!("{host}, {site}"))),
        words::known(agreement.rack_units, sources),
        words::known(agreement.power_kw, sources),
        cell(agreement.annual_price.map_or(Value::Nothing, Value::Money)),
        cell(agreement.priority.map_or(Value::Nothing, |priority| Value::Count(priority as i64))),
        words::known(agreement.notice_months, sources),
        cell(Value::text(words::times(&agreement.promised))),
        cell(Value::text(standing)),
    ])
}

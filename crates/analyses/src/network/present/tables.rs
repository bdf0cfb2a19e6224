//! The tables of sites, links, failures, additions, shared routes and suppliers, and days.

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Cell, Column, Row, Table, Value};

use super::super::outcome::{Additions, Failing, Failure, LinkAnswer, Outcome};
use super::super::source;
use super::some;
use crate::named::{capitalised, name_of, sentence_list};

fn cell(value: Value, sources: &[Source]) -> Cell {
    Cell::new(value, sources.to_vec())
}

fn money(amount: Option<penshaw_basis::Money>) -> Value {
    amount.map_or(Value::Nothing, Value::Money)
}

fn text(words: Option<&str>) -> Value {
    words.filter(|words| !words.is_empty()).map_or(Value::Nothing, Value::text)
}

fn count(number: usize) -> Value {
    Value::Count(number as i64)
}

fn standing(link: &LinkAnswer) -> &'static str {
    match (link.possible, link.added, link.bridge) {
        (true, true, _) => "to be added",
        (true, false, _) => "possible",
        (false, _, true) => "in place, nothing goes round it",
        (false, _, false) => "in place",
    }
}

/// A cell that opens to the entry of a site.
fn site(outcome: &Outcome, code: &str) -> Cell {
    Cell::new(Value::text(outcome.site_name(code)), vec![source(code)])
}

pub(in super::super) fn links(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Link"),
        Column::words("From"),
        Column::words("To"),
        Column::words("Standing"),
        Column::words("Supplier"),
        Column::words("Routes"),
        Column::numbers("Capacity (Mbit/s)"),
        Column::numbers("A year"),
    ];
    let mut table = Table::new("network-links", "The links, each once", columns);
    for link in &outcome.links {
        let sources = link.sources();
        let capacity = link.capacity_mbps.map_or(Value::Nothing, |number| Value::Number { number, decimals: 0 });
        table.push(Row::body(vec![
            Cell::new(Value::text(&link.name), sources.clone()),
            site(outcome, &link.from),
            site(outcome, &link.to),
            Cell::words(standing(link)),
            cell(text(link.supplier.as_deref()), &sources),
            cell(text(Some(&link.routes.join("; "))), &sources),
            cell(capacity, &sources),
            cell(money(link.annual_cost), &sources),
        ]));
    }
    let sources: Vec<Source> = outcome.in_place().flat_map(LinkAnswer::sources).collect();
    let mut total: Vec<Cell> = vec![Cell::words("In place, of those with a cost")];
    total.extend((0..6).map(|_| Cell::empty()));
    total.push(Cell::new(Value::Money(outcome.annual_cost), sources));
    table.push(Row::total(total));
    table
}

pub(in super::super) fn sites(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Site"),
        Column::words("Authority"),
        Column::numbers("Links in place"),
        Column::numbers("Workloads"),
        Column::numbers("Their users"),
        Column::words("Its loss"),
    ];
    let mut table = Table::new("network-sites", "The sites", columns);
    for place in &outcome.sites {
        let sources = [source(&place.code)];
        table.push(Row::body(vec![
            site(outcome, &place.code),
            Cell::words(name_of(&outcome.partners, &place.authority)),
            Cell::plain(count(place.links)),
            cell(count(place.workloads), &sources),
            cell(users(place.users), &sources),
            Cell::words(if place.articulation { "cuts others off" } else { "cuts no other off" }),
        ]));
    }
    table
}

fn users(users: Option<u64>) -> Value {
    users.map_or(Value::Nothing, |users| Value::Count(i64::try_from(users).unwrap_or(i64::MAX)))
}

fn groups(outcome: &Outcome, groups: &[Vec<String>]) -> Value {
    let name = |sites: &Vec<String>| some(&sites.iter().map(|code| outcome.site_name(code)).collect::<Vec<_>>());
    match groups {
        [] => Value::text("none"),
        groups => Value::text(groups.iter().map(name).collect::<Vec<_>>().join("; ")),
    }
}

pub(in super::super) fn failures(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("What fails"),
        Column::words("Kind"),
        Column::words("Cut off today"),
        Column::words("Of"),
        Column::numbers("Workloads there"),
        Column::numbers("Their users"),
        Column::words("Cut off with the additions"),
    ];
    let mut table = Table::new("network-failures", "Single failures that cut sites off", columns);
    for failure in outcome.failures.iter().filter(|one| one.cuts() || !one.cut_off_after.is_empty()) {
        table.push(Row::body(failure_cells(outcome, failure)));
    }
    table.note = "Of the sites that hung together, those are named that lose the greater part; sites between semicolons \
                  still reach one another. Workloads and users are of the sites cut off: what runs at a lost site is the \
                  question of resilience."
        .into();
    table
}

fn failure_cells(outcome: &Outcome, failure: &Failure) -> Vec<Cell> {
    let authorities: Vec<&str> = failure.authorities.iter().map(|code| name_of(&outcome.partners, code)).collect();
    let cut = failure.cut_off.iter().flatten().map(|code| source(code)).collect::<Vec<_>>();
    vec![
        cell(Value::text(&failure.name), &failure.sources),
        Cell::words(failure.failing.word()),
        cell(groups(outcome, &failure.cut_off), &failure.sources),
        Cell::words(sentence_list(&authorities)),
        cell(count(failure.workloads), &cut),
        cell(users(failure.users), &cut),
        cell(groups(outcome, &failure.cut_off_after), &failure.sources),
    ]
}

pub(in super::super) fn additions(outcome: &Outcome, additions: &Additions) -> Table {
    let columns = vec![
        Column::words("Link to add"),
        Column::words("From"),
        Column::words("To"),
        Column::words("Supplier"),
        Column::numbers("Once"),
        Column::numbers("A year"),
        Column::numbers(format!("Over {} years", additions.years)),
    ];
    let mut table = Table::new("network-additions", "The cheapest additions, with their costs", columns);
    let mut all = Vec::new();
    for link in outcome.added() {
        let sources = link.sources();
        table.push(Row::body(vec![
            cell(Value::text(&link.name), &sources),
            site(outcome, &link.from),
            site(outcome, &link.to),
            cell(text(link.supplier.as_deref()), &sources),
            cell(money(link.capital_cost), &sources),
            cell(money(link.annual_cost), &sources),
            cell(pounds(link.whole_life), &sources),
        ]));
        all.extend(sources);
    }
    table.push(Row::total(vec![
        Cell::words("Together"),
        Cell::empty(),
        Cell::empty(),
        Cell::empty(),
        cell(Value::Money(additions.capital_cost), &all),
        cell(Value::Money(additions.annual_cost), &all),
        cell(Value::Pounds(additions.whole_life), &all),
    ]));
    let mut bound = vec![Cell::words("Bound: nothing that does as much costs less")];
    bound.extend((0..5).map(|_| Cell::empty()));
    bound.push(Cell::plain(Value::Pounds(additions.bound)));
    table.push(Row::body(bound));
    table
}

fn pounds(estimate: Option<Estimate>) -> Value {
    estimate.map_or(Value::Nothing, Value::Pounds)
}

pub(in super::super) fn shared(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Route or supplier"),
        Column::words("Kind"),
        Column::numbers("Links"),
        Column::words("Which"),
        Column::words("Its loss cuts off today"),
    ];
    let mut table = Table::new("network-shared", "Routes and suppliers that several links share", columns);
    let shared = outcome
        .failures
        .iter()
        .filter(|failure| matches!(failure.failing, Failing::Route | Failing::Supplier) && failure.links.len() > 1);
    for failure in shared {
        let names: Vec<String> =
            failure.links.iter().filter_map(|code| outcome.link(code)).map(|link| link.name.clone()).collect();
        table.push(Row::body(vec![
            cell(Value::text(&failure.name), &failure.sources),
            Cell::words(failure.failing.word()),
            cell(count(failure.links.len()), &failure.sources),
            Cell::words(some(&names)),
            cell(groups(outcome, &failure.cut_off), &failure.sources),
        ]));
    }
    table.note = "Possible links are counted among them.".into();
    table
}

pub(in super::super) fn spare(outcome: &Outcome, spare: &[String]) -> Table {
    let columns = vec![
        Column::words("Link"),
        Column::words("From"),
        Column::words("To"),
        Column::numbers("Capacity (Mbit/s)"),
        Column::numbers("A year"),
    ];
    let mut table = Table::new("network-spare", "Links that no single failure needs, each on its own", columns);
    for link in spare.iter().filter_map(|code| outcome.link(code)) {
        let sources = link.sources();
        let capacity = link.capacity_mbps.map_or(Value::Nothing, |number| Value::Number { number, decimals: 0 });
        table.push(Row::body(vec![
            cell(Value::text(&link.name), &sources),
            site(outcome, &link.from),
            site(outcome, &link.to),
            cell(capacity, &sources),
            cell(money(link.annual_cost), &sources),
        ]));
    }
    table
}

pub(in super::super) fn terms(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("What"),
        Column::words("With"),
        Column::words("Starts"),
        Column::words("Ends"),
        Column::words("Notice by"),
        Column::words("Can be extended to"),
        Column::words("Its end cuts off"),
    ];
    let mut table = Table::new("network-terms", "Contracts, hosting agreements and additions", columns);
    for term in &outcome.terms {
        let sources = [source(&term.code)];
        let day = |day: Option<penshaw_basis::Date>| cell(day.map_or(Value::Nothing, Value::Day), &sources);
        let cut: Vec<String> = term.cuts_off.iter().map(|code| outcome.site_name(code)).collect();
        let cut = if cut.is_empty() { Value::Nothing } else { Value::text(some(&cut)) };
        table.push(Row::body(vec![
            cell(Value::text(&term.title), &sources),
            cell(text(Some(&term.with)), &sources),
            day(term.starts),
            day(term.ends),
            day(term.notice_by),
            day(term.extends_to),
            cell(cut, &sources),
        ]));
    }
    table
}

pub(in super::super) fn road_map(outcome: &Outcome) -> Table {
    let columns = vec![Column::words("Day"), Column::words("What happens"), Column::words("Past or ahead")];
    let mut table = Table::new("network-road-map", "The road map: what happens when", columns);
    for event in &outcome.road_map {
        let sources = [source(&event.code)];
        table.push(Row::body(vec![
            cell(Value::Day(event.day), &sources),
            Cell::words(capitalised(&event.words)),
            Cell::words(if event.past { "past" } else { "ahead" }),
        ]));
    }
    table
}

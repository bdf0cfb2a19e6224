//! The tables of the answer.

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Cell, Column, Row, Table, Value};
use penshaw_register::Opportunity;

use super::super::costs::Costs;
use super::super::outcome::{Load, Outcome, PlacedSite, Placement};
use crate::named::{name_of, sentence_list};

/// What the table of loads shows.
pub(super) const LOADS: &str = "While a site is lost, what ran there runs at its recovery sites. The worst is the \
greatest load that the loss of any one other site brings; storage for copies is held all the time.";

/// Every entry and parameter that the total rests on.
pub(super) fn all_sources(outcome: &Outcome) -> Vec<Source> {
    let workloads = outcome.workloads.iter().map(|placement| &placement.source);
    let sites = outcome.sites.iter().map(|site| &site.source);
    workloads.chain(sites).chain(&outcome.parameters.sources).cloned().collect()
}

fn site<'a>(outcome: &'a Outcome, code: &str) -> Option<&'a PlacedSite> {
    outcome.sites.iter().find(|site| site.code == code)
}

/// The name of a site by its code, with its owner where another site has the same name.
pub(super) fn site_name(outcome: &Outcome, code: &str) -> String {
    let Some(found) = site(outcome, code) else { return code.to_owned() };
    let same = outcome.sites.iter().filter(|site| site.name == found.name).count();
    if same == 1 { found.name.clone() } else { format!("{} ({})", found.name, found.owner) }
}

pub(super) fn costs(outcome: &Outcome) -> Table {
    let columns =
        vec![Column::words("Cost a year"), Column::numbers("Today, as far as known"), Column::numbers("Proposed")];
    let mut table = Table::new("placement-costs", "What the placement costs a year, today and as proposed", columns);
    let proposed = outcome.proposed.unwrap_or_default();
    let sources = all_sources(outcome);
    type Part = fn(&Costs) -> Estimate;
    let parts: [(&str, Part); 5] = [
        ("Running", |costs| costs.running),
        ("Standby", |costs| costs.standby),
        ("Copying", |costs| costs.copying),
        ("Modules of capacity", |costs| costs.modules),
        ("People's time waiting (no money)", |costs| costs.waiting),
    ];
    let cell = |amount: Estimate| Cell::new(Value::Pounds(amount), sources.clone());
    for (name, part) in parts {
        table.push(Row::body(vec![Cell::words(name), cell(part(&outcome.today)), cell(part(&proposed))]));
    }
    let totals = vec![Cell::words("Together"), cell(outcome.today.yearly()), cell(proposed.yearly())];
    table.push(Row::total(totals));
    table.note = note(outcome);
    table
}

fn note(outcome: &Outcome) -> String {
    let parameters = &outcome.parameters;
    format!(
        "A standby takes {} of a kW's running cost; a TB copied costs {} a year; a user's millisecond {} a year. \
         A move's own cost is spread over {} years, and a changed site must save {} a year. These are suggestions to edit.",
        Value::Percent(parameters.costs.standby_share),
        Value::Pence(Estimate::from_pounds(parameters.costs.replicated_tb)),
        Value::Pence(Estimate::from_pounds(parameters.costs.user_millisecond)),
        parameters.moves.years,
        Value::Pounds(Estimate::from_pounds(parameters.moves.least_yearly_saving)),
    )
}

pub(super) fn moves(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Workload"),
        Column::words("Whose"),
        Column::words("Runs today at"),
        Column::words("Should run at"),
        Column::words("Recovered today at"),
        Column::words("Should be recovered at"),
        Column::numbers("Saves its owner a year"),
        Column::numbers("Costs once"),
    ];
    let caption = "What moves: today's sites, the proposed sites, and what that saves its owner";
    let mut table = Table::new("placement-moves", caption, columns);
    for placement in outcome.workloads.iter().filter(|placement| placement.moves()) {
        table.push(Row::body(move_cells(outcome, placement)));
    }
    "The saving counts people's time, and compares with today's primary site and today's recovery; where that is lacking \
     or not lawful, with the cheapest recovery that is. Moving costs are not taken off it."
        .clone_into(&mut table.note);
    table
}

fn move_cells(outcome: &Outcome, placement: &Placement) -> Vec<Cell> {
    let own = || vec![placement.source.clone()];
    let at = |code: &Option<String>| match code {
        Some(code) => {
            let sources = own().into_iter().chain(site(outcome, code).map(|site| site.source.clone()));
            Cell::new(Value::text(site_name(outcome, code)), sources.collect())
        }
        None => Value::text("nowhere").into(),
    };
    let sources = || own().into_iter().chain(outcome.parameters.sources.iter().cloned()).collect();
    vec![
        Cell::new(Value::text(&placement.name), own()),
        Cell::words(name_of(&outcome.partners, &placement.owner)),
        at(&placement.primary_today),
        at(&placement.primary),
        at(&placement.recovery_today),
        at(&placement.recovery),
        Cell::new(placement.saving.map_or(Value::Nothing, Value::Pounds), sources()),
        Cell::new(Value::Pounds(placement.moving_cost), own()),
    ]
}

pub(super) fn loads(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Site"),
        Column::words("Of"),
        Column::numbers("Holds"),
        Column::numbers("Load while all stand"),
        Column::numbers("Worst load"),
        Column::words("While this is lost"),
        Column::numbers("Spare at worst"),
    ];
    let caption = "What each site holds, and its load in normal times and with any one other site lost";
    let mut table = Table::new("placement-loads", caption, columns);
    for load in &outcome.loads {
        for measure in &load.measures {
            table.push(Row::body(load_cells(outcome, &load.site, measure)));
        }
    }
    table
}

fn load_cells(outcome: &Outcome, code: &str, load: &Load) -> Vec<Cell> {
    let sources: Vec<Source> = site(outcome, code).map(|site| site.source.clone()).into_iter().collect();
    let number = |number: f64| Cell::new(Value::Number { number, decimals: 1 }, sources.clone());
    let cloud = site(outcome, code).is_some_and(|site| site.public_cloud);
    let unlimited = || Cell::words(if cloud { "no limit" } else { "not recorded" });
    let (worst, lost) = load.worst();
    let when = lost.map_or_else(|| "none changes it".to_owned(), |code| site_name(outcome, code));
    vec![
        Cell::new(Value::text(site_name(outcome, code)), sources.clone()),
        Cell::words(format!("{} ({})", load.what, load.unit)),
        load.capacity.map_or_else(unlimited, number),
        number(load.normal),
        number(worst),
        Cell::words(when),
        load.capacity.map_or_else(|| Value::Nothing.into(), |capacity| number(capacity - worst)),
    ]
}

pub(super) fn modules(outcome: &Outcome) -> Table {
    let columns = vec![Column::words("Site"), Column::numbers("Modules"), Column::numbers("Cost a year")];
    let mut table = Table::new("placement-modules", "Modules of capacity to buy", columns);
    for bought in &outcome.modules {
        let sources = || vec![bought.source.clone()];
        table.push(Row::body(vec![
            Cell::words(site_name(outcome, &bought.site)),
            Cell::new(Value::Count(i64::from(bought.number)), sources()),
            Cell::new(Value::Pounds(bought.cost), sources()),
        ]));
    }
    table
}

pub(super) fn short(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Site"),
        Column::words("While this is lost"),
        Column::words("Of"),
        Column::numbers("Short by"),
    ];
    let caption = "What would have to be added before a placement can keep the rules";
    let mut table = Table::new("placement-short", caption, columns);
    for short in &outcome.short {
        let sources: Vec<Source> =
            short.sites.iter().filter_map(|code| site(outcome, code)).map(|site| site.source.clone()).collect();
        let names: Vec<String> = short.sites.iter().map(|code| site_name(outcome, code)).collect();
        let lost = short.lost.as_deref().map_or_else(|| "any".to_owned(), |code| site_name(outcome, code));
        table.push(Row::body(vec![
            Cell::words(sentence_list(&names)),
            Cell::words(lost),
            Cell::words(format!("{} ({})", short.what, short.unit)),
            Cell::new(Value::Number { number: short.short, decimals: 1 }, sources),
        ]));
    }
    "After all modules that are offered. Where one site is named, it is the least, a kW, a rack unit and a TB counting \
     alike, so that another mix may do too."
        .clone_into(&mut table.note);
    table
}

pub(super) fn agreements(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Guest"),
        Column::words("Site"),
        Column::numbers("Power at most (kW)"),
        Column::numbers("Rack units at most"),
        Column::numbers("Storage (TB)"),
        Column::words("Wanting"),
    ];
    let caption = "What each guest would need at another authority's site, beside the agreements that stand";
    let mut table = Table::new("placement-agreements", caption, columns);
    for need in &outcome.agreements {
        let number = |number| Cell::new(Value::Number { number, decimals: 1 }, need.sources.clone());
        let wanting = if need.wanting.is_empty() { "nothing".to_owned() } else { sentence_list(&need.wanting) };
        table.push(Row::body(vec![
            Cell::words(name_of(&outcome.partners, &need.guest)),
            Cell::words(site_name(outcome, &need.site)),
            number(need.power_kw),
            number(need.rack_units),
            number(need.storage_tb),
            Cell::new(Value::text(wanting), need.sources.clone()),
        ]));
    }
    table
}

pub(super) fn opportunities(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("What"),
        Column::words("For"),
        Column::numbers("First year"),
        Column::numbers("Each year after"),
        Column::words("Range"),
        Column::words("In the way"),
    ];
    let mut table = Table::new(
        "placement-opportunities",
        "What an option may adopt: savings, and costs as less than nought",
        columns,
    );
    for opportunity in &outcome.opportunities {
        table.push(Row::body(opportunity_cells(outcome, opportunity)));
    }
    table
}

fn opportunity_cells(outcome: &Outcome, opportunity: &Opportunity) -> Vec<Cell> {
    let money = |amount| Cell::new(Value::Money(amount), opportunity.sources.clone());
    let (first, last) = (opportunity.amounts.first(), opportunity.amounts.last());
    let range = last.map(|last| format!("{} to {}", Value::Money(last.low), Value::Money(last.high)));
    let whose = first.map(|first| name_of(&outcome.partners, &first.authority)).unwrap_or_default();
    vec![
        Cell::new(Value::text(&opportunity.description), opportunity.sources.clone()),
        Cell::words(whose),
        first.map_or_else(Cell::empty, |first| money(first.likely)),
        last.map_or_else(Cell::empty, |last| money(last.likely)),
        Cell::words(range.unwrap_or_default()),
        Cell::words(opportunity.blockers.join(" ")),
    ]
}

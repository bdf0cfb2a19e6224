//! Tables of room: what each recovery site must carry while a site is lost, and the availability of sites and pairs.

use penshaw_documents::{Block, Cell, Column, Row, Table, Value};
use penshaw_numerics::availability::hours_away;

use super::words;
use crate::named::name_of;
use crate::resilience::input::source_of;
use crate::resilience::{Carried, Effect, FailureKind, Outcome, PairOfSites, SiteStanding};

/// The most rows of one table.
const MOST_ROWS: usize = 40;
/// The most workloads named in a cell.
const MOST_NAMED: usize = 6;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = Vec::new();
    let carried = carried_rows(outcome);
    if !carried.is_empty() {
        blocks.push(Block::heading(3, "Room while a site is lost"));
        blocks.push(Block::Table(carried_table(outcome, carried)));
    }
    blocks.push(Block::heading(3, "Availability that the sites are designed for"));
    blocks.push(Block::Table(sites(outcome)));
    if !outcome.pairs.is_empty() {
        blocks.push(Block::Table(pairs(outcome)));
    }
    blocks
}

/// What is carried while each site is lost, shortages first.
fn carried_rows(outcome: &Outcome) -> Vec<(&Effect, &Carried)> {
    let lost = outcome.singles.iter().filter(|effect| effect.failure[0].kind == FailureKind::Site);
    let mut rows: Vec<(&Effect, &Carried)> =
        lost.flat_map(|effect| effect.carried.iter().map(move |carried| (effect, carried))).collect();
    rows.sort_by_key(|(_, carried)| std::cmp::Reverse(carried.left_out.len()));
    rows
}

fn carried_table(outcome: &Outcome, rows: Vec<(&Effect, &Carried)>) -> Table {
    let columns = vec![
        Column::words("Lost"),
        Column::words("Carried at"),
        Column::words("For whom"),
        Column::numbers("Workloads"),
        Column::words("Power (kW)"),
        Column::words("Rack units"),
        Column::words("Storage (TB)"),
        Column::words("Left out"),
    ];
    let caption = "What each recovery site must carry while a site is lost: needed, of what is left";
    let mut table = Table::new("resilience-room", caption, columns);
    let all = rows.len();
    rows.iter().take(MOST_ROWS).for_each(|(effect, carried)| table.push(carried_row(outcome, effect, carried)));
    let mut notes = vec![
        "Room is given in the order of the agreements' priority, then to what is needed soonest. What is left is what the \
         agreement lets, or what the site holds, less what is used there."
            .to_owned(),
    ];
    notes.extend(words::left_out(all, MOST_ROWS, "row", "rows"));
    table.note = notes.join(" ");
    table
}

fn carried_row(outcome: &Outcome, effect: &Effect, carried: &Carried) -> Row {
    let mut sources = effect.failure[0].sources.clone();
    sources.push(source_of(&carried.site));
    sources.extend(carried.agreements.iter().map(|agreement| source_of(agreement)));
    let recovered = effect.listed.iter().filter(|stopped| stopped.directly);
    sources.extend(recovered.take(MOST_NAMED).map(|stopped| source_of(&stopped.workload)));
    let cell = |words: String| Cell::new(Value::text(words), sources.clone());
    let whose = name_of(&outcome.partners, &carried.authority);
    let whose = match carried.priority {
        Some(priority) => format!("{whose} (priority {priority})"),
        None => whose.to_owned(),
    };
    Row::body(vec![
        cell(effect.failure[0].name.clone()),
        cell(carried.site.clone()),
        cell(whose),
        Cell::new(Value::Count(carried.workloads as i64), sources.clone()),
        cell(words::load(&carried.power_kw)),
        cell(words::load(&carried.rack_units)),
        cell(words::load(&carried.storage_tb)),
        cell(left_out(carried)),
    ])
}

fn left_out(carried: &Carried) -> String {
    let named: Vec<&str> = carried.left_out.iter().take(MOST_NAMED).map(String::as_str).collect();
    let mut said = match carried.left_out.len() {
        0 => "none".to_owned(),
        all if all > named.len() => format!("{all}: {} and {} more", named.join(", "), all - named.len()),
        all => format!("{all}: {}", named.join(", ")),
    };
    if carried.without_figures > 0 {
        said.push_str(&format!(". {} do not state all they need", carried.without_figures));
    }
    said
}

fn sites(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Site"),
        Column::words("Tier"),
        Column::words("Design availability"),
        Column::numbers("Hours away in a year"),
        Column::numbers("Workloads there"),
        Column::numbers("Recovered there"),
        Column::numbers("Stop if it fails"),
    ];
    let caption = "The sites: those whose loss stops most first";
    let mut table = Table::new("resilience-sites", caption, columns);
    outcome.sites.iter().take(MOST_ROWS).for_each(|site| table.push(site_row(site)));
    let mut notes =
        vec!["What a tier is designed for is an expectation: it is neither measured nor promised.".to_owned()];
    notes.extend(words::left_out(outcome.sites.len(), MOST_ROWS, "site", "sites"));
    table.note = notes.join(" ");
    table
}

fn site_row(site: &SiteStanding) -> Row {
    let sources = std::slice::from_ref(&site.source);
    let cell = |value: Value| Cell::new(value, sources.to_vec());
    let count = |count: usize| Cell::new(Value::Count(count as i64), sources.to_vec());
    let tier = match (&site.tier, &site.tier_scheme, site.tier_certified) {
        (Some(tier), scheme, certified) => {
            let scheme = scheme.as_deref().unwrap_or("scheme not named");
            let certified = if certified == Some(true) { "certified" } else { "not certified" };
            format!("{tier} ({scheme}, {certified})")
        }
        (None, ..) => "not known".to_owned(),
    };
    let name = if site.name == site.site { site.site.clone() } else { format!("{} ({})", site.name, site.site) };
    Row::body(vec![
        cell(Value::text(name)),
        cell(Value::text(tier)),
        cell(site.availability.map_or(Value::Nothing, |share| Value::text(words::availability(share)))),
        words::known(site.hours_away, sources),
        count(site.workloads),
        count(site.recovered_here),
        count(site.stops),
    ])
}

fn pairs(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("From and to"),
        Column::numbers("Workloads"),
        Column::numbers("Of these, automatic"),
        Column::words("If independent"),
        Column::words("In common"),
        Column::words("With common causes"),
        Column::numbers("Hours both are away in a year"),
    ];
    let caption = "Pairs of sites between which workloads are recovered, with common causes subtracted";
    let mut table = Table::new("resilience-pairs", caption, columns);
    outcome.pairs.iter().take(MOST_ROWS).for_each(|pair| table.push(pair_row(pair)));
    let mut notes = vec![
        "It holds for what comes back without anybody doing anything; for the rest, add the time until it is back."
            .to_owned(),
    ];
    notes.extend(words::left_out(outcome.pairs.len(), MOST_ROWS, "pair", "pairs"));
    table.note = notes.join(" ");
    table
}

fn pair_row(pair: &PairOfSites) -> Row {
    let cell = |value: Value| Cell::new(value, pair.sources.clone());
    let share = |share: Option<f64>| share.map_or(Value::Nothing, |share| Value::text(words::availability(share)));
    let in_common = match pair.in_common.as_slice() {
        [] => "nothing that is recorded".to_owned(),
        common => format!("{} ({} of failures)", common.join("; "), Value::Percent(pair.common_share)),
    };
    Row::body(vec![
        cell(Value::text(format!("{} to {}", pair.site, pair.recovery_site))),
        cell(Value::Count(pair.workloads as i64)),
        cell(Value::Count(pair.automatic as i64)),
        cell(share(pair.independent)),
        cell(Value::text(in_common)),
        cell(share(pair.with_common_cause)),
        words::known(pair.with_common_cause.map(hours_away), &pair.sources),
    ])
}

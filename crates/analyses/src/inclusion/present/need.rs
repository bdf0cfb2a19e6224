//! The need of one vintage: what it is drawn from, the map, the areas of highest need, what programmes reach.

use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};

use super::map::{self, Shown};
use super::{count, score, share};
use crate::inclusion::outcome::{AreaNeed, AuthorityNeed, Outcome, People, Vintage};
use crate::named::{capitalised, name_of, sentence_list};

/// How many of the areas of highest need are listed.
const LISTED: usize = 20;

pub(super) fn blocks(outcome: &Outcome, vintage: &Vintage) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(3, format!("Need by small area, codes of {}", vintage.vintage)),
        Block::paragraph(drawn_from(outcome, vintage)),
        Block::Table(indicators(outcome, vintage)),
    ];
    if vintage.areas.iter().all(|area| area.need.is_none()) {
        blocks.push(Block::Table(by_band(outcome, vintage)));
        return blocks;
    }
    blocks.push(Block::Chart(map::chart(outcome, vintage, Shown::Highest, by_band(outcome, vintage))));
    blocks.push(Block::Table(highest(outcome, vintage)));
    if !vintage.steadiness.is_empty() {
        blocks.push(Block::Table(steadiness(outcome, vintage)));
    }
    blocks.push(Block::heading(4, "What programmes reach"));
    match vintage.highest_reached {
        Some(_) => blocks.push(Block::Chart(map::chart(outcome, vintage, Shown::Reached, targeting(outcome, vintage)))),
        None => blocks.push(Block::words(format!(
            "No programme names small areas by codes of {}, so what is reached is not known.",
            vintage.vintage
        ))),
    }
    blocks
}

/// Which indicators count, in a sentence.
fn drawn_from(outcome: &Outcome, vintage: &Vintage) -> Vec<Inline> {
    let counting = vintage.indicators.iter().filter(|used| used.counts);
    let names: Vec<String> = counting.map(|used| format!("{} (weight {})", used.indicator, used.weight)).collect();
    let words = match (names.as_slice(), vintage.otherwise) {
        ([], _) => "No indicator that is weighed is carried by enough areas, so no need is scored.".to_owned(),
        (names, false) => format!("Need is the weighted mean of {}, from 0 to 10.", sentence_list(names)),
        (names, true) => format!(
            "These areas carry no indicator of the first set of weights; need is drawn from {} by the second set, and is \
             not to be compared with another vintage's.",
            sentence_list(names)
        ),
    };
    vec![Inline::figure(Value::text(words), &outcome.weight_sources)]
}

fn indicators(outcome: &Outcome, vintage: &Vintage) -> Table {
    let columns = vec![
        Column::words("Indicator"),
        Column::numbers("Areas that carry it"),
        Column::numbers("Weight"),
        Column::words("Counts"),
    ];
    let caption = format!("What the {} areas of {} carry", vintage.areas.len(), vintage.vintage);
    let mut table = Table::new(format!("inclusion-indicators-{}", vintage.vintage), caption, columns);
    for used in &vintage.indicators {
        table.push(Row::body(vec![
            Cell::words(capitalised(&used.indicator.to_string())),
            Value::Count(used.carried_by as i64).into(),
            Cell::new(Value::Number { number: used.weight, decimals: 2 }, outcome.weight_sources.clone()),
            Cell::words(if used.counts { "yes" } else { "no" }),
        ]));
    }
    table
}

/// Areas by authority and band, with who lives in them.
fn by_band(outcome: &Outcome, vintage: &Vintage) -> Table {
    let bands = vintage.authorities.iter().map(|own| own.by_band.len()).max().unwrap_or_default();
    let mut columns = vec![Column::words("Authority"), Column::numbers("Areas")];
    columns.extend((1..=bands).map(|band| {
        Column::numbers(match band {
            1 => "Band 1, highest need".to_owned(),
            band if band == bands => format!("Band {band}, lowest need"),
            band => format!("Band {band}"),
        })
    }));
    columns.extend(["Not scored", "Mean need", "Residents", "Aged 65 and over"].map(Column::numbers));
    let caption = format!("Small areas of {} by band of need", vintage.vintage);
    let mut table = Table::new(format!("inclusion-bands-{}", vintage.vintage), caption, columns);
    for own in &vintage.authorities {
        let mut cells = vec![Cell::words(name_of(&outcome.partners, &own.authority)), whole(own.areas)];
        cells.extend(own.by_band.iter().map(|areas| whole(*areas)));
        cells.push(whole(own.areas - own.scored));
        cells.push(score(own.mean_need).into());
        cells.extend([residents(own, own.population), residents(own, own.aged_65_and_over)]);
        table.push(Row::body(cells));
    }
    table.note = "Each band holds as many areas as the next, equal needs in one band. The figures rest on the sheet \
                  Small areas of each authority."
        .into();
    table
}

fn whole(number: usize) -> Cell {
    Value::Count(number as i64).into()
}

/// The residents of an authority's areas; nothing where no area says, and how many do not where some do.
fn residents(own: &AuthorityNeed, people: People) -> Cell {
    let known = Value::Count(i64::try_from(people.people).unwrap_or(i64::MAX));
    match people.not_known {
        0 => known.into(),
        all if all == own.areas => Cell::plain(Value::Nothing),
        some => Cell::words(format!("{known} ({some} areas not known)")),
    }
}

fn highest(outcome: &Outcome, vintage: &Vintage) -> Table {
    let columns = vec![
        Column::words("Area"),
        Column::words("Authority"),
        Column::numbers("Place"),
        Column::numbers("Need"),
        Column::numbers("DERI"),
        Column::numbers("Residents"),
        Column::words("Reached by"),
    ];
    let ranked = vintage.ranked();
    let listed = ranked.len().min(LISTED);
    let caption = format!("The {listed} areas of {} with the highest need", vintage.vintage);
    let mut table = Table::new(format!("inclusion-highest-{}", vintage.vintage), caption, columns);
    for area in ranked.into_iter().take(LISTED) {
        let cell = |value| Cell::new(value, vec![area.source.clone()]);
        table.push(Row::body(vec![
            cell(Value::text(label(area))),
            Cell::words(name_of(&outcome.partners, &area.authority)),
            count(area.rank).into(),
            cell(score(area.need)),
            cell(score(area.deri)),
            cell(area.population.map_or(Value::Nothing, |people| super::people(Some(people)))),
            reached_by(outcome, vintage, area),
        ]));
    }
    table
}

fn reached_by(outcome: &Outcome, vintage: &Vintage, area: &AreaNeed) -> Cell {
    if vintage.highest_reached.is_none() {
        return Cell::words("not recorded");
    }
    let programmes: Vec<_> =
        outcome.programmes.iter().filter(|programme| area.reached_by.contains(&programme.reference)).collect();
    let names: Vec<&str> = programmes.iter().map(|programme| programme.name.as_str()).collect();
    let words = if names.is_empty() { "no programme".to_owned() } else { sentence_list(&names) };
    Cell::new(Value::text(words), programmes.iter().map(|programme| programme.source.clone()).collect())
}

/// The name of an area with its code; the code alone where it has no name.
pub(super) fn label(area: &AreaNeed) -> String {
    match &area.name {
        Some(name) => format!("{name} ({})", area.code),
        None => area.code.clone(),
    }
}

fn steadiness(outcome: &Outcome, vintage: &Vintage) -> Table {
    let columns = vec![
        Column::words("If this weighed more"),
        Column::numbers("Weight"),
        Column::numbers("Tried"),
        Column::numbers("Stay of highest need"),
        Column::numbers("Of"),
    ];
    let caption = format!("How the areas of highest need of {} hang on the weights", vintage.vintage);
    let mut table = Table::new(format!("inclusion-steadiness-{}", vintage.vintage), caption, columns);
    for one in &vintage.steadiness {
        let weight = |number| Cell::new(Value::Number { number, decimals: 2 }, outcome.weight_sources.clone());
        table.push(Row::body(vec![
            Cell::words(capitalised(&one.indicator.to_string())),
            weight(one.weight),
            weight(one.tried),
            whole(one.kept),
            whole(one.of),
        ]));
    }
    table.note =
        "One weight is changed at a time: to twice its own, or to the mean of the others where it has none.".into();
    table
}

fn targeting(outcome: &Outcome, vintage: &Vintage) -> Table {
    let columns = vec![
        Column::words("Authority"),
        Column::numbers("Areas of highest need"),
        Column::numbers("Reached"),
        Column::numbers("Share reached"),
        Column::words("Not reached"),
    ];
    let caption = format!("Areas of highest need of {} that programmes reach", vintage.vintage);
    let mut table = Table::new(format!("inclusion-targeting-{}", vintage.vintage), caption, columns);
    for own in &vintage.authorities {
        let of_own = own.highest_reached.filter(|_| own.highest > 0);
        let not_reached = vintage.areas.iter().filter(|area| own.not_reached.contains(&area.code));
        let sources = not_reached.filter(|area| area.authority == own.authority).map(|area| area.source.clone());
        table.push(Row::body(vec![
            Cell::words(name_of(&outcome.partners, &own.authority)),
            whole(own.highest),
            count(own.highest_reached).into(),
            share(of_own.map(|reached| reached as f64 / own.highest as f64)).into(),
            Cell::new(Value::text(own.not_reached.join(", ")), sources.collect()),
        ]));
    }
    table.push(Row::total(vec![
        Cell::words("All"),
        whole(vintage.highest),
        count(vintage.highest_reached).into(),
        share(vintage.share_reached()).into(),
        Cell::empty(),
    ]));
    let silent: Vec<&str> = outcome
        .programmes
        .iter()
        .filter(|programme| programme.small_areas == 0)
        .map(|programme| programme.name.as_str())
        .collect();
    if !silent.is_empty() {
        table.note = format!("{} may reach more: no area of it is matched here.", sentence_list(&silent));
    }
    table
}

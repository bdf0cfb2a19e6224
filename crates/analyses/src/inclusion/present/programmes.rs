//! The programmes side by side, the steps of each by authority of residence, and what a sustained learner costs.

use penshaw_documents::{Block, Cell, Column, Row, RowKind, Table, Value};

use super::{people, share};
use crate::inclusion::outcome::{Chain, CostPerLearner, Outcome, ProgrammeOutcome, Step};
use crate::named::{capitalised, name_of};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    if outcome.programmes.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(3, "What programmes do"), Block::Table(compared(outcome))];
    let told: Vec<&ProgrammeOutcome> =
        outcome.programmes.iter().filter(|programme| programme.chain.is_some()).collect();
    if !told.is_empty() {
        blocks.push(Block::heading(4, "From being reached to using services online"));
        blocks.extend(told.iter().map(|programme| Block::Table(steps(outcome, programme))));
        blocks.push(Block::heading(4, "What a sustained learner costs, by authority of residence"));
        blocks.push(Block::Table(by_residence(outcome, &told)));
    }
    blocks
}

fn compared(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Programme"),
        Column::words("Run by"),
        Column::numbers("Cost"),
        Column::numbers("Areas reached"),
        Column::numbers("Of highest need"),
        Column::numbers("Reached"),
        Column::numbers("Sustained at 6 months"),
        Column::numbers("Cost per sustained learner"),
    ];
    let mut table = Table::new("inclusion-programmes", "The programmes side by side", columns);
    for programme in &outcome.programmes {
        let cell = |value| Cell::new(value, vec![programme.source.clone()]);
        let areas = |number: usize| match programme.small_areas {
            0 => cell(Value::Nothing),
            _ => cell(Value::Count(number as i64)),
        };
        table.push(Row::body(vec![
            cell(Value::text(&programme.name)),
            Cell::words(name_of(&outcome.partners, &programme.authority)),
            cell(programme.cost.cost.map_or_else(|| Value::text("not known"), Value::Money)),
            areas(programme.small_areas),
            areas(programme.highest_areas),
            step_cell(programme.chain.as_ref(), Step::Reached),
            step_cell(programme.chain.as_ref(), Step::Sustained6Months),
            per_learner(programme, &programme.cost, programme.chain.as_ref()),
        ]));
    }
    table.note =
        "Costs are those of all years, as recorded. A figure that is not known is never taken for nought.".into();
    table
}

fn step_cell(chain: Option<&Chain>, step: Step) -> Cell {
    let sources = chain.map(|chain| chain.sources.clone()).unwrap_or_default();
    Cell::new(people(chain.and_then(|chain| chain.people(step))), sources)
}

fn per_learner(programme: &ProgrammeOutcome, cost: &CostPerLearner, chain: Option<&Chain>) -> Cell {
    let mut sources = vec![programme.source.clone()];
    sources.extend(chain.into_iter().flat_map(|chain| chain.sources.iter().cloned()));
    let value = match (&cost.per_learner, &cost.why_not) {
        (Some(cost), _) => Value::Pounds(*cost),
        (None, Some(why_not)) => Value::text(format!("not worked out: {why_not}")),
        (None, None) => Value::Nothing,
    };
    Cell::new(value, sources)
}

/// The steps down, an authority of residence a pair of columns: people, and as a share of the step before.
fn steps(outcome: &Outcome, programme: &ProgrammeOutcome) -> Table {
    let several = programme.residents.len() > 1;
    let all = programme.chain.iter().filter(|_| several).map(|chain| ("All".to_owned(), chain));
    let residents = programme.residents.iter();
    let shown: Vec<(String, &Chain)> =
        residents.map(|own| (name_of(&outcome.partners, &own.authority).to_owned(), &own.chain)).chain(all).collect();
    let mut columns = vec![Column::words("Step")];
    for (name, _) in &shown {
        columns.extend([Column::numbers(name), Column::numbers(format!("{name}, of the step before"))]);
    }
    let caption = format!("{}: people at each step, by authority of residence", programme.name);
    let mut table = Table::new(format!("inclusion-steps-{}", programme.reference), caption, columns);
    for (at, step) in Step::ALL.into_iter().enumerate() {
        let mut cells = vec![Cell::words(capitalised(&step.to_string()))];
        for (_, chain) in &shown {
            let count = &chain.steps[at];
            cells.push(step_cell(Some(chain), step));
            cells.push(Cell::new(share(count.of_previous), chain.sources.clone()));
        }
        table.push(Row::body(cells));
    }
    let years = programme.chain.iter().flat_map(|chain| &chain.years).map(ToString::to_string).collect::<Vec<_>>();
    table.note =
        format!("Years: {}. A step is known only where every year and authority added up says.", years.join(", "));
    table
}

fn by_residence(outcome: &Outcome, programmes: &[&ProgrammeOutcome]) -> Table {
    let columns = vec![
        Column::words("Programme and authority of residence"),
        Column::numbers("Share of the cost"),
        Column::numbers("Sustained at 6 months"),
        Column::numbers("Cost per sustained learner"),
        Column::words("Cost shared by"),
    ];
    let caption = "What a sustained learner costs, by authority of residence";
    let mut table = Table::new("inclusion-cost-per-learner", caption, columns);
    for programme in programmes {
        let mut group = vec![Cell::words(&programme.name)];
        group.resize_with(table.columns.len(), Cell::empty);
        table.push(Row { kind: RowKind::Group, cells: group });
        let split_by = match programme.split_by {
            Some(Step::Reached) => "people reached",
            Some(_) => "people who started",
            None => "not shared",
        };
        for own in &programme.residents {
            let name = name_of(&outcome.partners, &own.authority);
            table.push(Row::body(cost_cells(programme, name, &own.cost, Some(&own.chain), split_by)));
        }
        table.push(Row::total(cost_cells(programme, "All", &programme.cost, programme.chain.as_ref(), "")));
    }
    table.note = "The cost is divided to the penny, so that the shares add up to it.".into();
    table
}

fn cost_cells(
    programme: &ProgrammeOutcome,
    name: &str,
    cost: &CostPerLearner,
    chain: Option<&Chain>,
    split_by: &str,
) -> Vec<Cell> {
    let amount = cost.cost.map_or_else(|| Value::text("not known"), Value::Money);
    vec![
        Cell::words(name),
        Cell::new(amount, vec![programme.source.clone()]),
        step_cell(chain, Step::Sustained6Months),
        per_learner(programme, cost, chain),
        Cell::words(split_by),
    ]
}

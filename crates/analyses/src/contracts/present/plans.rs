//! The plans and the consents that they need.

use penshaw_basis::Estimate;
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};

use super::super::outcome::{ConsentNeeded, GroupPlan, Outcome, Plan, Step};
use super::tables::{day, table, words};
use crate::named::{counted, name_of};

/// What the plan saves, in a sentence.
pub(super) fn sentence(outcome: &Outcome) -> Vec<Inline> {
    let Some(plan) = outcome.plans.first() else { return Vec::new() };
    let together = plan.groups.iter().filter(|group| group.ends.is_some()).count();
    if together == 0 {
        return vec![Inline::text(" No group of contracts is cheaper when it ends together.")];
    }
    vec![
        Inline::text(format!(
            " Ending together, {} by {} ",
            counted(together, "group of contracts", "groups of contracts"),
            plan.by.word()
        )),
        Inline::text(if together == 1 { "saves " } else { "save " }),
        Inline::figure(Value::Pounds(plan.saving()), &outcome.parameters),
        Inline::text(format!(" until {}, by the planning figures.", Value::Day(plan.counted_until))),
    ]
}

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let Some(plan) = outcome.plans.first() else {
        return vec![Block::words(
            "No two contracts with a price are of one supplier or function, so none can end together.",
        )];
    };
    let mut blocks = vec![Block::paragraph(proof(outcome, plan))];
    blocks.push(Block::Table(groups(plan)));
    blocks.push(Block::Table(steps(outcome, plan)));
    blocks.extend(days(plan).map(Block::Table));
    for other in &outcome.plans[1..] {
        blocks.push(Block::paragraph(vec![
            Inline::text(format!("Grouped by {} the plan would save ", other.by.word())),
            Inline::figure(Value::Pounds(other.saving()), &outcome.parameters),
            Inline::text(format!(
                ", with {} ending together. The two exclude one another.",
                counted(other.groups.iter().filter(|group| group.ends.is_some()).count(), "group", "groups")
            )),
        ]));
    }
    blocks
}

/// What it costs, and what proves that nothing costs less.
fn proof(outcome: &Outcome, plan: &Plan) -> Vec<Inline> {
    let figure = |amount: Estimate| Inline::figure(Value::Pounds(amount), &outcome.parameters);
    let bound = match plan.proved {
        true => "The search proved that no plan costs less. ".to_owned(),
        false => format!("The search ended first; no plan costs less than {}. ", Value::Pounds(plan.bound)),
    };
    vec![
        Inline::text("Bought again one by one, the contracts cost "),
        figure(plan.apart),
        Inline::text(format!(" over today's prices until {}; by the plan ", Value::Day(plan.counted_until))),
        figure(plan.cost),
        Inline::text(format!(
            ". {bound}No more than {} run at a time. Amounts are at today's prices and not discounted.",
            counted(plan.procurements as usize, "procurement", "procurements")
        )),
    ]
}

fn groups(plan: &Plan) -> Table {
    let mut columns = vec![Column::words(capital(plan.by.word())), Column::words("Ends together on")];
    columns.extend(["Contracts", "Together", "One by one", "By the plan", "Saved"].map(Column::numbers));
    let rows = plan.groups.iter().map(|group| {
        let sources = &group.sources;
        let pounds = |amount: Estimate| Cell::new(Value::Pounds(amount), sources.clone());
        let ends = group.ends.map_or(words("better apart", sources), |ends| day(Some(ends)));
        Row::body(vec![
            Cell::words(&group.name),
            ends,
            Cell::new(Value::Count(group.contracts as i64), sources.clone()),
            Cell::new(Value::Count(group.together as i64), sources.clone()),
            pounds(group.apart),
            pounds(group.cost),
            pounds(group.apart - group.cost),
        ])
    });
    let caption = format!("The plan by {}: costs over today's prices", plan.by.word());
    table("contracts-groups", &caption, columns, rows)
}

fn capital(word: &str) -> String {
    crate::named::capitalised(word)
}

/// What is done with each contract of which anything is done.
fn steps(outcome: &Outcome, plan: &Plan) -> Table {
    let columns = vec![
        Column::words("Contract"),
        Column::words("Authority"),
        Column::words("With"),
        Column::words("What is done"),
        Column::words("Ends"),
        Column::words("Then ends"),
        Column::words("Act by"),
        Column::numbers("Cost"),
        Column::numbers("Saved"),
        Column::words("Authority in law"),
        Column::words("Consent"),
    ];
    let mut doing: Vec<&Step> = plan.doing().collect();
    doing.sort_by_key(|step| (step.act_by, step.authority.clone(), step.reference.clone()));
    let rows = doing.into_iter().map(|step| {
        let sources = std::slice::from_ref(&step.source);
        Row::body(vec![
            words(&step.title, sources),
            Cell::words(name_of(&outcome.partners, &step.authority)),
            Cell::words(if step.together { step.group.as_str() } else { "by itself" }),
            Cell::words(step.means.words()),
            day(Some(step.ends)),
            day(Some(step.new_end)),
            day(Some(step.act_by)),
            Cell::new(Value::Pounds(step.costs.total() + step.costs.saved), sources.to_vec()),
            Cell::new(Value::Pounds(step.costs.saved), sources.to_vec()),
            Cell::words(&step.law),
            Cell::words(consent(step)),
        ])
    });
    let caption = "What is done with each contract, by the day on which it must be done";
    let mut steps = table("contracts-plan", caption, columns, rows);
    let note = "Costs are over today's price, procurement among them. A contract that runs out by itself and is bought \
                again alone is left out. Not legal advice.";
    steps.note = format!("{} {note}", steps.note).trim().to_owned();
    steps
}

fn consent(step: &Step) -> String {
    match (step.consent_given, step.near_vesting) {
        (true, _) => "given".into(),
        (false, true) => "none needed; still near vesting day".into(),
        (false, false) => "none needed".into(),
    }
}

/// The cheapest days of each group, so that another target can be weighed.
fn days(plan: &Plan) -> Option<Table> {
    const OF_EACH: usize = 4;
    let mut columns = vec![Column::words(capital(plan.by.word())), Column::words("Last day")];
    columns.extend(["Together", "Cost", "More than the best"].map(Column::numbers));
    columns.push(Column::words("Remark"));
    let cheapest = |group: &GroupPlan| {
        let mut days = group.days.clone();
        days.sort_by(|one, other| one.cost.pounds().total_cmp(&other.cost.pounds()).then(one.day.cmp(&other.day)));
        let best = days.iter().find(|day| !day.near_vesting).map_or(Estimate::ZERO, |day| day.cost);
        let shown = days.into_iter().take(OF_EACH);
        let row = |looked: super::super::outcome::DayLooked| {
            let remark = match (group.ends == Some(looked.day), looked.near_vesting) {
                (true, _) => "chosen",
                (_, true) => "too near to vesting day",
                _ => "",
            };
            Row::body(vec![
                Cell::words(&group.name),
                day(Some(looked.day)),
                Cell::new(Value::Count(looked.together as i64), group.sources.clone()),
                Cell::new(Value::Pounds(looked.cost), group.sources.clone()),
                Cell::new(Value::Pounds(looked.cost - best), group.sources.clone()),
                Cell::words(remark),
            ])
        };
        shown.map(row).collect::<Vec<Row>>()
    };
    let rows: Vec<Row> = plan.groups.iter().flat_map(cheapest).collect();
    let caption =
        "Other days on which each group could end together, each group for itself; every day is in the results";
    (!rows.is_empty()).then(|| table("contracts-days", caption, columns, rows.into_iter()))
}

/// What needs consent, and by when to ask.
pub(super) fn consents(outcome: &Outcome) -> Vec<Block> {
    let days: Vec<String> = outcome
        .vesting
        .iter()
        .map(|vesting| format!("{} on {}", name_of(&outcome.partners, &vesting.authority), Value::Day(vesting.day)))
        .collect();
    let mut blocks = Vec::new();
    if !days.is_empty() {
        blocks.push(Block::words(format!(
            "A direction binds authorities that are to be dissolved. Vesting day: {}. No plan uses a means above the \
             direction's limits without a recorded consent. A contract that is bought anew before that day needs consent \
             above the same limits.",
            crate::named::sentence_list(&days)
        )));
    }
    if outcome.consents.is_empty() {
        blocks.push(Block::words("Nothing that would make the plan cheaper needs consent."));
        return blocks;
    }
    let columns = vec![
        Column::words("Ask by"),
        Column::words("Contract"),
        Column::words("Authority"),
        Column::words("What would be done"),
        Column::words("Until"),
        Column::numbers("Counted"),
        Column::words("Of whom"),
        Column::words("Stands"),
        Column::words("Authority in law"),
    ];
    let rows = outcome.consents.iter().map(|one: &ConsentNeeded| {
        Row::body(vec![
            day(Some(one.ask_by)),
            words(&one.title, &one.sources),
            Cell::words(name_of(&outcome.partners, &one.authority)),
            Cell::words(one.means.words()),
            day(Some(one.new_end)),
            Cell::new(Value::Pounds(one.counted), one.sources.clone()),
            Cell::words(&one.consent_of),
            Cell::words(&one.standing),
            Cell::words(&one.law),
        ])
    });
    let caption = "What the plan would do with consent, and by when to ask for it";
    let mut shown = table("contracts-consents", caption, columns, rows);
    shown.note = format!(
        "{} Counted is what is payable, with what other contracts with the same person or for the same come to (section \
         27). Not legal advice.",
        shown.note
    )
    .trim()
    .to_owned();
    blocks.push(Block::Table(shown));
    blocks
}

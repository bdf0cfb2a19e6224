//! The answer as blocks: where need is, what programmes reach, what came of them, what may come back, what is wanting.

mod map;
mod need;
mod programmes;
mod skills;

use penshaw_basis::Source;
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};
use penshaw_register::Severity;

use super::outcome::{Finding, Gainshare, Outcome, ProgrammeOutcome, Vintage};
use crate::named::{capitalised, name_of, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(sentence(outcome))];
    if outcome.vintages.len() > 1 {
        let note = "Boundaries were drawn anew between the censuses. The same code in both is not taken for the same \
                    area, and no figure of one vintage is joined to one of the other.";
        blocks.push(Block::note("Vintages kept apart", note));
    }
    blocks.extend(outcome.vintages.iter().flat_map(|vintage| need::blocks(outcome, vintage)));
    blocks.extend(programmes::blocks(outcome));
    blocks.extend(skills::blocks(outcome));
    blocks.extend(gainshare(outcome));
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wrong or wanting in the record"));
        let items = outcome.findings.iter().map(finding).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

/// The answer in a few strong sentences.
fn sentence(outcome: &Outcome) -> Vec<Inline> {
    let mut said: Vec<String> = outcome.vintages.iter().filter_map(|vintage| where_it_is(outcome, vintage)).collect();
    if said.is_empty() {
        said.push("Where need is highest is not known: no small area with an indicator of need is shared.".into());
    }
    said.push(what_helps(outcome));
    vec![Inline::strong(said.join(" "))]
}

fn where_it_is(outcome: &Outcome, vintage: &Vintage) -> Option<String> {
    if vintage.highest == 0 {
        return None;
    }
    let by_authority: Vec<String> = vintage
        .authorities
        .iter()
        .map(|own| format!("{} in {}", own.highest, name_of(&outcome.partners, &own.authority)))
        .collect();
    let reached = match (vintage.highest_reached, vintage.share_reached()) {
        (Some(reached), Some(share)) => format!("programmes reach {reached} of them ({})", Value::Percent(share)),
        _ => "which of them programmes reach is not recorded".to_owned(),
    };
    // The second set of weights is no index: the sentence says what it rests on.
    let drawn_from = match vintage.otherwise {
        true => format!(" and {} alone", sentence_list(&vintage.counting())),
        false => String::new(),
    };
    Some(format!(
        "By codes of {}{drawn_from}, need is highest in {} of {} small areas: {}; {reached}.",
        vintage.vintage,
        vintage.highest,
        vintage.areas.len(),
        sentence_list(&by_authority)
    ))
}

/// The cheapest sustained learner, where more than one programme says; the only one; or what is not known.
fn what_helps(outcome: &Outcome) -> String {
    if outcome.programmes.is_empty() {
        return "What helps is not known: no programme is recorded.".into();
    }
    let known = outcome.programmes.iter().filter_map(|programme| Some((programme, programme.cost.per_learner?)));
    let mut known: Vec<(&ProgrammeOutcome, _)> = known.collect();
    known.sort_by(|one, other| one.1.pounds().total_cmp(&other.1.pounds()));
    let without = outcome.programmes.len() - known.len();
    let costs: Vec<String> =
        known.iter().map(|(programme, cost)| format!("{} in {}", cost.to_whole_pounds(), programme.name)).collect();
    match (costs.as_slice(), without) {
        ([], _) => "What a sustained learner costs is not known of any programme.".into(),
        (costs, 0) => format!("A learner whose skills last six months costs {}.", sentence_list(costs)),
        (costs, without) => format!(
            "A learner whose skills last six months costs {}; of {without} other {} that is not known.",
            sentence_list(costs),
            if without == 1 { "programme" } else { "programmes" }
        ),
    }
}

fn gainshare(outcome: &Outcome) -> Vec<Block> {
    let Gainshare { inflows, with, without, expected } = &outcome.gainshare;
    if inflows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("Share of profit"),
        Column::words("Who would receive it"),
        Column::words("Status"),
        Column::numbers("Probability"),
        Column::numbers("If it comes"),
        Column::numbers("If it does not"),
        Column::numbers("Expected"),
    ];
    let caption = "Shares of profit that contracts may give back (gainshare)";
    let mut table = Table::new("inclusion-gainshare", caption, columns);
    for inflow in inflows {
        let cell = |value| Cell::new(value, vec![inflow.source.clone()]);
        table.push(Row::body(vec![
            cell(Value::text(&inflow.name)),
            Cell::words(name_of(&outcome.partners, &inflow.authority)),
            cell(Value::text(&inflow.status)),
            cell(inflow.probability.map_or(Value::Nothing, Value::Percent)),
            cell(Value::Money(inflow.with)),
            cell(Value::Money(inflow.without)),
            cell(inflow.expected.map_or(Value::Nothing, Value::Pounds)),
        ]));
    }
    let sources: Vec<Source> = inflows.iter().map(|inflow| inflow.source.clone()).collect();
    let total = |value| Cell::new(value, sources.clone());
    table.push(Row::total(vec![
        Cell::words("All"),
        Cell::empty(),
        Cell::empty(),
        Cell::empty(),
        total(Value::Money(*with)),
        total(Value::Money(*without)),
        total(Value::Pounds(*expected)),
    ]));
    table.note = "A contingent inflow: it is in no cost above, and no cost per learner is lowered by it.".into();
    vec![Block::heading(3, "What may come back"), Block::Table(table)]
}

fn finding(finding: &Finding) -> Vec<Inline> {
    let mut said = Vec::new();
    if finding.severity == Severity::Error {
        said.push(Inline::strong("Must be mended: "));
    }
    said.push(Inline::figure(Value::text(&finding.what), &finding.sources));
    said.push(Inline::text(format!(" {}.", capitalised(&finding.hint))));
    said
}

/// A whole number, or nothing.
fn count(number: Option<usize>) -> Value {
    number.map_or(Value::Nothing, |number| Value::Count(number as i64))
}

/// A number of people, or the words for what is not known.
fn people(number: Option<u64>) -> Value {
    number.map_or_else(|| Value::text("not known"), |number| Value::Count(i64::try_from(number).unwrap_or(i64::MAX)))
}

/// A share, or nothing.
fn share(share: Option<f64>) -> Value {
    share.map_or(Value::Nothing, Value::Percent)
}

/// A score from 0 to 10 with two decimals, or nothing.
fn score(score: Option<f64>) -> Value {
    score.map_or(Value::Nothing, |number| Value::Number { number, decimals: 2 })
}

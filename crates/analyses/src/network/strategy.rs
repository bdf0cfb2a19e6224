//! The regional infrastructure strategy: a document from the same outcome, so that it can never say anything else.

use penshaw_documents::{Block, Inline, Value};

use super::outcome::{Failing, Outcome, TermKind};
use super::present::{counted_over, map, proposes, stands, tables};
use crate::Finding;
use crate::named::{counted, sentence_list};

/// The strategy as blocks, parts at level 2: purpose, where the region is, what fails, what is proposed, when, and costs.
pub fn strategy(outcome: &Outcome) -> Vec<Block> {
    let parts: [(&str, Vec<Block>); 6] = [
        ("Purpose", purpose(outcome)),
        ("Where we are", where_we_are(outcome)),
        ("What fails", what_fails(outcome)),
        ("What we propose", what_we_propose(outcome)),
        ("Road map", road_map(outcome)),
        ("Costs", costs(outcome)),
    ];
    let mut blocks = Vec::new();
    for (place, (title, part)) in parts.into_iter().enumerate() {
        blocks.push(Block::numbered_heading(2, (place + 1).to_string(), title));
        blocks.extend(part);
    }
    blocks.push(Block::numbered_heading(2, "7", "What this rests on"));
    blocks.extend(rests_on(outcome));
    blocks
}

fn purpose(outcome: &Outcome) -> Vec<Block> {
    let partners: Vec<&str> = outcome.partners.iter().map(|partner| partner.name.as_str()).collect();
    let whose = if partners.is_empty() { "the partners".to_owned() } else { sentence_list(&partners) };
    vec![
        Block::words(format!(
            "This strategy says which links and sites {whose} need so that no single failure of a site, link, route or \
             supplier cuts any of their sites off from the others, what that costs, and when each step can be taken."
        )),
        Block::words(format!("It states the position on {}.", Value::Day(outcome.on))),
    ]
}

fn where_we_are(outcome: &Outcome) -> Vec<Block> {
    let sources: Vec<_> = outcome.in_place().flat_map(|link| link.sources()).collect();
    let mut blocks = vec![Block::paragraph(vec![
        Inline::text(format!("{} The links in place cost ", stands(outcome))),
        Inline::figure(Value::Money(outcome.annual_cost), &sources),
        Inline::text(" a year, of those whose cost is recorded and shared."),
    ])];
    blocks.extend(map::blocks(outcome));
    blocks
}

fn what_fails(outcome: &Outcome) -> Vec<Block> {
    if outcome.cutting().next().is_none() {
        return vec![Block::words("No single failure cuts any site off from another.")];
    }
    let named = |codes: &[String], name: &dyn Fn(&String) -> String| {
        let names: Vec<String> = codes.iter().map(name).collect();
        sentence_list(&names)
    };
    let mut blocks = Vec::new();
    if !outcome.articulation_points.is_empty() {
        let sites = named(&outcome.articulation_points, &|code| outcome.site_name(code));
        blocks.push(Block::words(format!("Others are cut off by the loss of a site at {sites}.")));
    }
    if !outcome.bridges.is_empty() {
        let links = named(&outcome.bridges, &|code| outcome.link(code).map_or(code.clone(), |link| link.name.clone()));
        blocks.push(Block::words(format!("Nothing goes round {links}.")));
    }
    let shared = outcome.cutting().filter(|failure| matches!(failure.failing, Failing::Route | Failing::Supplier));
    let names: Vec<&str> = shared.map(|failure| failure.name.as_str()).collect();
    if !names.is_empty() {
        let what = format!("Several links fail at once with {}.", sentence_list(&names));
        blocks.push(Block::words(what));
    }
    blocks.push(Block::Table(tables::failures(outcome)));
    blocks
}

fn what_we_propose(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::words(proposes(outcome))];
    let steps: Vec<Vec<Inline>> = outcome
        .added()
        .map(|link| {
            let ends = format!(", between {} and {}.", outcome.site_name(&link.from), outcome.site_name(&link.to));
            vec![Inline::text("Add "), Inline::figure(Value::text(&link.name), &link.sources()), Inline::text(ends)]
        })
        .collect();
    if !steps.is_empty() {
        blocks.push(Block::List { ordered: false, items: steps });
    }
    let left: Vec<String> =
        outcome.not_survived().map(|failure| format!("the {} {}", failure.failing.word(), failure.name)).collect();
    if !left.is_empty() {
        let what = format!("No possible link would survive the loss of {}.", sentence_list(&left));
        blocks.push(Block::note("What remains", what));
    }
    blocks
}

fn road_map(outcome: &Outcome) -> Vec<Block> {
    if outcome.road_map.is_empty() {
        return vec![Block::words("No day is recorded.")];
    }
    let count = |kind| outcome.terms.iter().filter(|term| term.kind == kind).count();
    let mut blocks = vec![Block::words(format!(
        "The road map holds {}, {} and {}.",
        counted(count(TermKind::Contract), "contract", "contracts"),
        counted(count(TermKind::Hosting), "hosting agreement", "hosting agreements"),
        counted(count(TermKind::Addition), "addition", "additions")
    ))];
    blocks.extend(map::timeline(outcome));
    blocks.push(Block::Table(tables::road_map(outcome)));
    blocks
}

fn costs(outcome: &Outcome) -> Vec<Block> {
    match &outcome.additions {
        Some(additions) if !additions.added.is_empty() => {
            vec![Block::Table(tables::additions(outcome, additions)), Block::paragraph(counted_over(additions))]
        }
        Some(_) => vec![Block::words("Nothing is proposed that costs anything.")],
        None => vec![Block::words("The costs could not be worked out.")],
    }
}

fn rests_on(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::words(
        "It rests on the sites, links, contracts and hosting agreements that the authorities record and share, and on \
         nothing else: what is kept back is not in it. Connection was tried; whether each way is wide enough was not.",
    )];
    if !outcome.findings.is_empty() {
        blocks.push(Block::words("In the record, this is wanting:"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks.push(Block::SourceList);
    blocks
}

//! The network as blocks: the answer, the map, what fails, what to add, what is shared, the road map, what is wanting.

pub(super) mod map;
pub(super) mod tables;

use penshaw_documents::{Block, Inline, Value};

use super::outcome::{Additions, Failing, Failure, Finding, Outcome};
use crate::named::{counted, sentence_list};

/// The most failures, sites or links that a sentence names.
const NAMED: usize = 4;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(vec![Inline::strong(sentence(outcome))])];
    blocks.extend(map::blocks(outcome));
    blocks.push(Block::heading(3, "What each failure cuts"));
    blocks.extend(what_fails(outcome));
    blocks.push(Block::heading(3, "The cheapest additions"));
    blocks.extend(what_to_add(outcome));
    blocks.extend(what_is_shared(outcome));
    blocks.extend(what_could_go(outcome));
    blocks.extend(when(outcome));
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting in the record"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

/// The answer in a few words.
pub(super) fn sentence(outcome: &Outcome) -> String {
    format!("{} {}", stands(outcome), proposes(outcome))
}

/// How the network stands today.
pub(super) fn stands(outcome: &Outcome) -> String {
    let whole = format!(
        "{} and {} in place",
        counted(outcome.sites.len(), "site", "sites"),
        counted(outcome.in_place().count(), "link", "links")
    );
    let parts = match outcome.parts.len() {
        0 | 1 => String::new(),
        parts => format!(", in {parts} parts that do not reach one another"),
    };
    let cutting: Vec<&Failure> = outcome.cutting().collect();
    match cutting.len() {
        0 => format!(
            "{whole}{parts}: no single failure of a site, link, route or supplier cuts one site off from another."
        ),
        number => format!(
            "{whole}{parts}: {} of {} single failures {} sites off{}.",
            number,
            outcome.failures.len(),
            if number == 1 { "cuts" } else { "cut" },
            gravest(&cutting)
        ),
    }
}

/// The failure that cuts most off, in words.
fn gravest(cutting: &[&Failure]) -> String {
    let size = |failure: &Failure| failure.cut_off.iter().map(Vec::len).sum::<usize>();
    let Some(first) = cutting.iter().rev().max_by_key(|failure| size(failure)) else { return String::new() };
    let sites = counted(size(first), "site", "sites");
    format!("; the gravest, of the {} {}, cuts off {sites}", first.failing.word(), first.name)
}

/// What the answer proposes.
pub(super) fn proposes(outcome: &Outcome) -> String {
    let Some(additions) = &outcome.additions else {
        return "Which links to add could not be worked out.".to_owned();
    };
    let left = outcome.not_survived().count();
    let rest = match left {
        0 => "every single failure is survived".to_owned(),
        _ => format!(
            "all is kept together that possible links can keep together; {} still {} sites off",
            counted(left, "failure", "failures"),
            if left == 1 { "cuts" } else { "cut" }
        ),
    };
    match additions.added.len() {
        0 if left == 0 => "No addition is needed.".to_owned(),
        0 if additions.considered == 0 => {
            "No possible link with a cost is recorded, so none can be proposed.".to_owned()
        }
        0 => "None of the possible links would help.".to_owned(),
        number => format!(
            "With {} of {} possible links, for {} once and {} a year, {rest}{}.",
            number,
            additions.considered,
            Value::Money(additions.capital_cost),
            Value::Money(additions.annual_cost),
            proof(additions)
        ),
    }
}

fn proof(additions: &Additions) -> String {
    if additions.proven {
        "; nothing cheaper does as much".to_owned()
    } else {
        let saved = additions.whole_life.pounds() - additions.bound.pounds();
        format!("; it is not proven that nothing cheaper does, but none can save more than £{:.0}", saved.ceil())
    }
}

fn what_fails(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = Vec::new();
    if outcome.cutting().next().is_some() || outcome.not_survived().next().is_some() {
        blocks.push(Block::Table(tables::failures(outcome)));
    }
    let of = |failing: Failing| {
        let all = outcome.failures.iter().filter(|failure| failure.failing == failing);
        let cutting = all.clone().filter(|failure| failure.cuts()).count();
        format!("{} of {} {}s", cutting, all.count(), failing.word())
    };
    let kinds = [Failing::Site, Failing::Link, Failing::Route, Failing::Supplier].map(of);
    blocks.push(Block::words(format!(
        "Each was tried alone. Sites are cut off by the loss of {}.",
        sentence_list(&kinds)
    )));
    if outcome.parts.len() > 1 {
        let largest = outcome.parts.first().map_or(0, Vec::len);
        let apart: Vec<String> = outcome.parts.iter().skip(1).flatten().map(|code| outcome.site_name(code)).collect();
        let what =
            format!("Without any failure, the largest part holds {largest} sites. Apart from it: {}.", some(&apart));
        blocks.push(Block::note("Not joined today", what));
    }
    blocks
}

/// Names, or how many where they are many.
pub(super) fn some(names: &[String]) -> String {
    if names.len() <= NAMED {
        return sentence_list(names);
    }
    let shown = names[..NAMED].join(", ");
    format!("{shown} and {} more", names.len() - NAMED)
}

fn what_to_add(outcome: &Outcome) -> Vec<Block> {
    let Some(additions) = &outcome.additions else { return Vec::new() };
    let mut blocks = vec![Block::words(proposes(outcome))];
    if !additions.added.is_empty() {
        blocks.push(Block::Table(tables::additions(outcome, additions)));
        blocks.push(Block::paragraph(counted_over(additions)));
    }
    if additions.considered == 0 && outcome.cutting().next().is_some() {
        let what = "Record links that could be bought, with the standing \"possible\", their ends and their costs.";
        blocks.push(Block::note("To be able to choose", what));
    }
    let left: Vec<Vec<Inline>> = outcome.not_survived().map(|failure| not_survived(outcome, failure)).collect();
    if !left.is_empty() {
        blocks.push(Block::heading(4, "What no possible link would survive"));
        blocks.push(Block::List { ordered: false, items: left });
    }
    blocks
}

/// How the cost is counted, and the proof.
pub(super) fn counted_over(additions: &Additions) -> Vec<Inline> {
    let years = Value::text(format!("{} years", additions.years));
    let proof = if additions.proven {
        format!("The bound meets the cost, after {}: nothing cheaper does as much.", looked_at(additions))
    } else {
        format!("The search stopped after {}, before its bound met the cost.", looked_at(additions))
    };
    vec![
        Inline::text("The cost of a whole life is that of putting links in and of "),
        Inline::figure(years, &additions.sources),
        Inline::text(format!(", in the prices recorded and not discounted. {proof}")),
    ]
}

fn looked_at(additions: &Additions) -> String {
    counted(additions.looked_at as usize, "step of the search", "steps of the search")
}

fn not_survived(outcome: &Outcome, failure: &Failure) -> Vec<Inline> {
    let sites: Vec<String> = failure.cut_off_after.iter().flatten().map(|code| outcome.site_name(code)).collect();
    vec![
        Inline::text(format!("The loss of the {} ", failure.failing.word())),
        Inline::figure(Value::text(&failure.name), &failure.sources),
        Inline::text(format!(" cuts off {}.", some(&sites))),
    ]
}

fn what_is_shared(outcome: &Outcome) -> Vec<Block> {
    let shared = outcome
        .failures
        .iter()
        .any(|failure| matches!(failure.failing, Failing::Route | Failing::Supplier) && failure.links.len() > 1);
    if !shared && outcome.apparent_diversity.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(3, "Shared routes and suppliers")];
    if shared {
        blocks.push(Block::Table(tables::shared(outcome)));
    }
    let items: Vec<Vec<Inline>> = outcome
        .apparent_diversity
        .iter()
        .map(|apparent| {
            let sources: Vec<_> =
                apparent.links.iter().filter_map(|code| outcome.link(code)).flat_map(|link| link.sources()).collect();
            let sites: Vec<String> = apparent.sites.iter().map(|code| outcome.site_name(code)).collect();
            let place = if sites.len() == 1 { "at" } else { "between" };
            vec![
                Inline::figure(Value::text(counted(apparent.links.len(), "link", "links")), &sources),
                Inline::text(format!(
                    " {place} {} share the {} {}: they fail together.",
                    sentence_list(&sites),
                    apparent.failing.word(),
                    apparent.shares
                )),
            ]
        })
        .collect();
    if !items.is_empty() {
        blocks.push(Block::words("Several ways only in appearance:"));
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

fn what_could_go(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::heading(3, "Links that the region could do without")];
    match outcome.spare.as_deref() {
        None => blocks.push(Block::words("The network is too large to try the end of each link.")),
        Some([]) => blocks.push(Block::words("Each link is needed for some failure to be survived.")),
        Some(spare) => {
            blocks.push(Block::words(
                "Without any one of these, no single failure would cut more than with it, once the additions are there. \
                 Connection alone was tried, one link at a time: whether the other ways are wide enough was not.",
            ));
            blocks.push(Block::Table(tables::spare(outcome, spare)));
        }
    }
    blocks
}

fn when(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::heading(3, "Road map")];
    if outcome.road_map.is_empty() {
        blocks.push(Block::words("No contract, hosting agreement or addition with a day is recorded."));
        return blocks;
    }
    blocks.extend(map::timeline(outcome));
    blocks.push(Block::Table(tables::road_map(outcome)));
    blocks
}

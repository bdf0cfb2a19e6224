//! The answer as blocks: the sentence, positions, exposure, reuse, delivery, support, what could be done, what is wanting.

mod positions;
mod tables;

use penshaw_documents::{Block, Inline, Table, Value};

use super::outcome::{Finding, Outcome, SupportState};
use crate::named::{capitalised, counted, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(sentence(outcome)), Block::words(read(outcome))];
    blocks.extend(under("What is held and what is needed", positions::positions(outcome), "No licence is recorded."));
    blocks.extend(under(
        "What shortages would cost",
        positions::exposure(outcome),
        "Nothing that is measured is short.",
    ));
    blocks.extend(under(
        "Who could use whose licences",
        positions::reuse(outcome),
        "No partner has over what another is short of and may use.",
    ));
    blocks.extend(refused(outcome));
    blocks.extend(within("Used without a licence", tables::unlicensed(outcome)));
    blocks.extend(within("Definitions that differ", tables::definitions(outcome)));
    blocks.extend(delivery(outcome));
    blocks.extend(under(
        "When support ends",
        tables::support(outcome),
        "No version is recorded whose end of support is known.",
    ));
    blocks.extend(under(
        "What could be done",
        tables::opportunities(outcome),
        "Nothing is over or short that could be given a price.",
    ));
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

fn under(heading: &str, table: Option<Table>, otherwise: &str) -> Vec<Block> {
    vec![Block::heading(3, heading), table.map_or_else(|| Block::words(otherwise), Block::Table)]
}

fn within(heading: &str, table: Option<Table>) -> Vec<Block> {
    table.map_or_else(Vec::new, |table| vec![Block::heading(3, heading), Block::Table(table)])
}

/// The answer in one paragraph.
fn sentence(outcome: &Outcome) -> Vec<Inline> {
    let short: u64 = outcome.pools.iter().flat_map(|pool| &pool.positions).map(|position| position.short()).sum();
    let products =
        outcome.pools.iter().filter(|pool| pool.positions.iter().any(|position| position.short() > 0)).count();
    let reused: u64 = outcome.pools.iter().map(|pool| pool.joint.reused).sum();
    let left: u64 = outcome.pools.iter().map(|pool| pool.joint.still_short).sum();
    let licences = |number: u64| format!("{} {}", shown(number), if number == 1 { "licence" } else { "licences" });
    let mut text = vec![Inline::strong(match short {
        0 => "Each authority holds what it is measured to use.".to_owned(),
        _ => format!(
            "{} short, of {}.",
            capitalised(&format!("{} may be", licences(short))),
            counted(products, "product", "products")
        ),
    })];
    if short > 0 {
        text.push(Inline::text(match (reused, left) {
            (0, _) => {
                " None of them can be met from what partners have over under the terms that are recorded.".to_owned()
            }
            (_, 0) => " Partners have over as many as are short, and their terms allow the use.".to_owned(),
            _ => format!(
                " Partners can spare {}, which leaves {} to buy or to stop using.",
                licences(reused),
                shown(left)
            ),
        }));
    }
    let over: u64 = outcome.pools.iter().map(|pool| pool.joint.still_over).sum();
    if over > 0 {
        text.push(Inline::text(format!(" After that {} could be given up at the next renewal.", licences(over))));
    }
    let ended = outcome.support.iter().filter(|end| end.state == SupportState::Ended).count();
    if ended > 0 {
        text.push(Inline::text(format!(" Support has ended for {}.", counted(ended, "entry", "entries"))));
    }
    text
}

/// A number with its commas.
fn shown(number: u64) -> String {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX)).to_string()
}

fn read(outcome: &Outcome) -> String {
    let counts = outcome.counts.iter().map(|count| {
        format!("{}: {} read, {} used, {} set aside", count.what, count.read, count.used, count.set_aside)
    });
    format!("{}. What is set aside is among the things that are wanting.", counts.collect::<Vec<_>>().join(". "))
}

fn refused(outcome: &Outcome) -> Vec<Block> {
    let items: Vec<Vec<Inline>> = outcome
        .pools
        .iter()
        .filter(|pool| !pool.refused.is_empty())
        .map(|pool| {
            let more = format!("{}: {} more could be reused. ", pool.product, shown(pool.joint.kept_apart));
            vec![Inline::strong(more), Inline::text(format!("{}.", sentence_list(&pool.refused)))]
        })
        .collect();
    match items.is_empty() {
        true => Vec::new(),
        false => vec![
            Block::words("Terms keep partners from using more of what others have over:"),
            Block::List { ordered: false, items },
        ],
    }
}

fn delivery(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = within("Whether prices survive the way of delivering", tables::delivery(outcome));
    if !blocks.is_empty() {
        let words = "The contract's own definition of affiliate, and the supplier's own test of who is eligible, decide. This is \
                     not legal advice.";
        blocks.push(Block::note("Not legal advice", words));
    }
    blocks
}

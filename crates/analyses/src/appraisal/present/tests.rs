//! What is shown, and what is left out.

use std::collections::BTreeSet;

use penshaw_basis::Basis;
use penshaw_documents::{Block, Inline, Table};

use super::super::sample::sample;
use super::super::{Appraisal, Outcome};
use super::{full, summary};
use crate::Analysis;

fn outcome() -> Outcome {
    Appraisal::analyse(&sample(), &Basis::standard())
}

fn tables(blocks: &[Block]) -> Vec<&Table> {
    blocks.iter().filter_map(table).collect()
}

fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    }
}

fn find<'a>(blocks: &'a [Block], id: &str) -> &'a Table {
    tables(blocks).into_iter().find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

#[test]
fn the_summary_has_one_table_of_options_and_one_of_partners_and_no_ratio_as_a_headline() {
    let blocks = summary(&outcome());
    let ids: Vec<&str> = tables(&blocks).iter().map(|table| table.id.as_str()).collect();
    assert_eq!(ids, ["appraisal-options", "appraisal-partners"]);
    let options = find(&blocks, "appraisal-options");
    assert_eq!(options.rows.len(), 4);
    assert!(options.columns.iter().all(|column| !column.heading.contains("BCR")));
}

#[test]
fn a_verdict_says_what_an_option_is_worth_and_to_whom_and_opens_to_its_lines() {
    let blocks = summary(&outcome());
    let Some(Block::List { items, .. }) = blocks.iter().find(|block| matches!(block, Block::List { .. })) else {
        panic!("no verdicts")
    };
    let words: String = items[0].iter().map(Inline::plain).collect();
    assert!(words.starts_with("One service: over 10 years worth £"), "{words}");
    assert!(words.contains("Abbey gains") || words.contains("Abbey loses"), "{words}");
    let sources: Vec<String> = items[0]
        .iter()
        .filter_map(|run| match run {
            Inline::Figure(figure) => Some(figure.sources.iter().map(ToString::to_string)),
            _ => None,
        })
        .flatten()
        .collect();
    assert!(sources.iter().any(|source| source.starts_with("parameter green_book/standard_discount_rate")));
}

#[test]
fn a_partner_that_loses_by_what_all_gain_from_is_named() {
    let mut input = sample();
    input.options.truncate(2);
    input.options[0].lines.clear();
    let option = &mut input.options[1];
    option.risks.clear();
    option.bids.clear();
    option.lines.retain(|line| matches!(line.reference.as_str(), "L3" | "L9"));
    let blocks = summary(&Appraisal::analyse(&input, &Basis::standard()));
    let Some(Block::List { items, .. }) = blocks.iter().find(|block| matches!(block, Block::List { .. })) else {
        panic!("no verdicts")
    };
    let words: String = items[0].iter().map(Inline::plain).collect();
    assert!(words.ends_with("but as it stands Brook has no reason of its own to agree."), "{words}");
}

#[test]
fn headings_begin_where_the_report_wants_them_and_skip_no_level() {
    let outcome = outcome();
    for (blocks, first) in [(summary(&outcome), 4), (full(&outcome), 3)] {
        let levels: Vec<u8> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, .. } => Some(*level),
                _ => None,
            })
            .collect();
        assert_eq!(levels[0], first);
        assert!(levels.iter().all(|level| *level >= first));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn every_table_and_chart_has_its_own_id_and_fits_a_page() {
    let blocks = full(&outcome());
    let all = tables(&blocks);
    let ids: BTreeSet<&str> = all.iter().map(|table| table.id.as_str()).collect();
    assert_eq!(ids.len(), all.len());
    for table in all {
        assert!(table.columns.len() <= 11, "{} has {} columns", table.id, table.columns.len());
        assert!(!table.rows.is_empty(), "{} is empty", table.id);
    }
}

#[test]
fn an_option_that_moves_no_money_against_an_empty_business_as_usual_is_left_out() {
    let mut input = sample();
    input.options[0].lines.clear();
    let blocks = full(&Appraisal::analyse(&input, &Basis::standard()));
    let headings: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(headings.contains(&"One service") && !headings.contains(&"Do minimum"), "{headings:?}");
}

#[test]
fn no_more_than_three_of_twenty_options_are_drawn() {
    let mut input = sample();
    for place in 0..20 {
        let mut option = input.options[1].clone();
        option.reference = format!("X{place}");
        option.role = "more ambitious".into();
        for line in &mut option.lines {
            line.reference = format!("X{place}-{}", line.reference);
        }
        input.options.push(option);
    }
    let blocks = full(&Appraisal::analyse(&input, &Basis::standard()));
    let charts: Vec<&str> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(chart.id.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(charts.len(), 12, "{charts:?}");
    assert!(charts.contains(&"tornado-chart-O2"), "the preferred way forward is drawn");
}

#[test]
fn sixty_years_are_shown_in_spans_and_fifteen_in_two_tables() {
    for (years, ids) in [(15, vec!["cash-O2-1", "cash-O2-2"]), (60, vec!["cash-O2"])] {
        let mut input = sample();
        input.options[1].years = Some(years);
        let blocks = full(&Appraisal::analyse(&input, &Basis::standard()));
        for id in ids {
            assert!(find(&blocks, id).columns.len() <= 11);
        }
    }
}

#[test]
fn a_case_without_options_says_that_there_is_nothing_to_compare() {
    let mut input = sample();
    input.options.clear();
    let outcome = Appraisal::analyse(&input, &Basis::standard());
    assert_eq!(summary(&outcome).len(), 1);
    assert!(full(&outcome).len() > 2);
}

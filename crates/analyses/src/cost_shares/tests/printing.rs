//! The answer as a reader meets it: the verdict's words, and amounts that add up.

use penshaw_documents::{Block, Inline, Row, Table};

use super::*;

fn outcome(rows: &[(&str, f64)], key: Option<Method>) -> Outcome {
    let given = table_from_pairs(rows).expect("a whole table");
    let coalition = |(written, cost): &(&str, f64)| Coalition {
        members: written.split('+').map(str::to_owned).collect(),
        cost: *cost,
    };
    let input = Input {
        members: given.members().iter().map(|code| Member { code: code.clone(), ..Member::default() }).collect(),
        costs: Costs::Table(rows.iter().map(coalition).collect()),
        unit: Unit::Pounds,
        stated_shares: Default::default(),
        key_in_force: key,
        sources: Vec::new(),
    };
    CostShares::analyse(&input, &Basis::standard())
}

fn words(blocks: &[Block]) -> String {
    let paragraph = |block: &Block| match block {
        Block::Paragraph { text, .. } | Block::Note { text, .. } => {
            Some(text.iter().map(Inline::plain).collect::<String>())
        }
        _ => None,
    };
    blocks.iter().filter_map(paragraph).collect::<Vec<_>>().join("\n")
}

fn tables(blocks: &[Block]) -> Vec<&Table> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

const THREE: [(&str, f64); 7] =
    [("A", 60.0), ("B", 50.0), ("C", 40.0), ("A+B", 95.0), ("A+C", 85.0), ("B+C", 78.0), ("A+B+C", 120.0)];

#[test]
fn the_verdict_stands_first_and_names_who_would_leave() {
    let printed = words(&CostShares::present(&outcome(&THREE, Some(Method::Equal))));
    let first = printed.lines().next().expect("a verdict");
    assert_eq!(first, "Under equal shares, B and C together pay £2.00 more than they would as a group of their own.");
    assert!(printed.contains("which is £30.00 less than the sum"), "{printed}");
    assert!(printed.contains("nobody would pay less apart: Separable costs, remaining benefits, Shapley value"));
}

#[test]
fn without_a_key_the_shapley_value_stands_in_and_says_so() {
    let printed = words(&CostShares::present(&outcome(&THREE, None)));
    let first = printed.lines().next().expect("a verdict");
    assert!(first.starts_with("No cost key is recorded; the Shapley value stands in for it. "), "{first}");
    assert!(first.ends_with("nobody pays more than it would apart, alone or in any group."), "{first}");
}

#[test]
fn a_key_in_force_without_figures_is_told() {
    let printed = words(&CostShares::present(&outcome(&THREE, Some(Method::Users))));
    assert!(
        printed
            .starts_with("The key in force, by users, cannot be worked out. No partner's number of users is recorded."),
        "{printed}"
    );
}

#[test]
fn two_partners_are_told_that_every_rule_halves_the_saving() {
    let two = [("A", 60.0), ("B", 50.0), ("A+B", 95.0)];
    let printed = words(&CostShares::present(&outcome(&two, Some(Method::Equal))));
    assert!(printed.contains("what sharing saves is halved, £7.50 for each, whatever their size"), "{printed}");
}

#[test]
fn dearer_together_is_said_with_the_amount() {
    let two = [("A", 60.0), ("B", 50.0), ("A+B", 120.0)];
    let printed = words(&CostShares::present(&outcome(&two, None)));
    assert!(printed.contains("which is £10.00 more than apart"), "{printed}");
    assert!(printed.contains("what sharing costs more is halved, £5.00 for each"), "{printed}");
    assert!(printed.contains("Nucleolus: Together costs more than apart"), "{printed}");
}

#[test]
fn printed_shares_add_up_to_the_printed_total() {
    let thirds = [("A", 1.0), ("B", 1.0), ("C", 1.0), ("A+B", 1.5), ("A+C", 1.5), ("B+C", 1.5), ("A+B+C", 2.0)];
    let large = THREE.map(|(written, cost)| (written, cost * 10_000.0 + 1.0));
    for rows in [&thirds[..], &large[..]] {
        let blocks = CostShares::present(&outcome(rows, Some(Method::Equal)));
        let shares = tables(&blocks)[0];
        for Row { cells, .. } in &shares.rows {
            let shown: Vec<f64> = cells[1..5].iter().filter_map(|cell| cell.figure.value.number()).collect();
            let parts: f64 = shown[..3].iter().sum();
            assert!((parts - shown[3]).abs() < 1e-9, "{shown:?}");
        }
    }
}

#[test]
fn many_partners_have_a_row_each() {
    let given = table(6, (1..64_u32).map(|coalition| f64::from(coalition.count_ones()) * 10.0));
    let seven = with_a_dummy(&given);
    let codes: Vec<String> = (0..7).map(|code| format!("P{code}")).collect();
    let coalition = |number: usize| Coalition {
        members: (0..7).filter(|place| number >> place & 1 == 1).map(|place| codes[place].clone()).collect(),
        cost: seven.cost(number),
    };
    let coalitions: Vec<Coalition> = (1..128).map(coalition).collect();
    let blocks = CostShares::present(&share(&coalitions).expect("a whole table"));
    let shares = tables(&blocks)[0];
    assert_eq!((shares.rows.len(), shares.columns[0].heading.as_str()), (8, "Partner"));
    assert_eq!(shares.rows[7].cells[1].figure.value.to_string(), "60.00");
}

#[test]
fn one_amount_is_printed_alike_wherever_it_stands() {
    // Thirds of a pound: rounded so that they add up, and the chart and the leavers follow.
    let rows = [("A", 0.5), ("B", 0.3), ("C", 0.4), ("A+B", 0.9), ("A+C", 0.9), ("B+C", 0.9), ("A+B+C", 1.0)];
    let blocks = CostShares::present(&outcome(&rows, Some(Method::Equal)));
    let printed = |table: &Table, row: usize, column: usize| table.rows[row].cells[column].figure.value.to_string();
    let chart = blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    let shares = tables(&blocks)[0];
    for member in 0..3 {
        assert_eq!(printed(shares, 1, member + 1), printed(chart.expect("a chart"), member, 2));
    }
    assert_eq!((printed(shares, 1, 1), printed(shares, 1, 2)), ("£0.34".to_owned(), "£0.33".to_owned()));
    assert!(words(&blocks).starts_with("Under equal shares, B pays £0.03 more than it would apart."));
}

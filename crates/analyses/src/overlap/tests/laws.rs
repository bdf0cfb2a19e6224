//! Laws that every answer keeps, whatever the register holds.

use std::collections::BTreeSet;

use penshaw_documents::Block;
use proptest::prelude::*;

use super::*;

const MAKERS: [&str; 5] = ["Civica", "Civica UK Ltd", "Idox", "NEC", ""];
const NAMES: [&str; 9] = [
    "Uniform",
    "Uniform Planning",
    "Planning",
    "Council tax",
    "Revenues",
    "Civica Revenues 6.1",
    "Housing",
    "Orchard Housing",
    "Business rates",
];

fn applications() -> impl Strategy<Value = Vec<Owned<Application>>> {
    let owner = prop::sample::select(vec!["SCC", "DCC", "GMBC"]);
    let name = prop::sample::select(NAMES.to_vec());
    let maker = prop::sample::select(MAKERS.to_vec());
    let function = prop::sample::select(vec![None, Some("56"), Some("101"), Some("67")]);
    let cost = prop::option::of(0_i64..50_000_000);
    let users = prop::option::of(0_u64..3_000);
    prop::collection::vec((owner, name, maker, function, cost, users), 1..40).prop_map(|all| {
        let own = |(number, (owner, name, maker, function, cost, users))| {
            let mut own = application(owner, &format!("A{number}"), name, maker);
            own.entry.function = Option::map(function, str::to_owned);
            own.entry.annual_cost = Option::map(cost, Money::from_pence);
            own.entry.users = users;
            own
        };
        all.into_iter().enumerate().map(own).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_entry_is_counted_twice_and_all_are_accounted_for(own in applications()) {
        let input = input(own);
        let outcome = answer(&input);
        prop_assert_eq!(outcome.counts[0].used + outcome.counts[0].set_aside, input.applications.len());
        let members: Vec<&Source> = outcome.groups.iter().flat_map(|group| &group.members).map(|member| &member.entry).collect();
        prop_assert_eq!(members.len(), members.iter().collect::<BTreeSet<_>>().len());
        let moved: Vec<&Source> = outcome.savings.iter().flat_map(|saving| &saving.moves).map(|one| &one.entry).collect();
        prop_assert_eq!(moved.len(), moved.iter().collect::<BTreeSet<_>>().len());
        for saving in &outcome.savings {
            prop_assert!(saving.moves.iter().all(|one| one.entry != saving.target));
            prop_assert!(saving.yearly.low <= saving.yearly.likely && saving.yearly.likely <= saving.yearly.high);
            prop_assert!(saving.once.low <= saving.once.likely && saving.once.likely <= saving.once.high);
        }
        for row in outcome.matrix.iter().filter(|row| row.rolled_up) {
            let below = outcome.matrix.iter().filter(|other| !other.rolled_up && other.top == row.top);
            let count = |row: &FunctionRow| row.cells.iter().map(|cell| cell.applications.len()).sum::<usize>();
            prop_assert_eq!(count(row), below.map(count).sum::<usize>());
        }
    }

    #[test]
    fn opportunities_come_to_what_their_savings_say(own in applications()) {
        let outcome = answer(&input(own));
        for opportunity in &outcome.opportunities {
            let saving = outcome.savings.iter().find(|saving| saving.id == opportunity.id).expect("a saving of that name");
            let likely: i64 = opportunity.amounts.iter().map(|amount| amount.likely.pence()).sum();
            let cells = opportunity.amounts.len() as f64;
            prop_assert!((likely as f64 / 100.0 - saving.net.pounds()).abs() <= 0.005 * cells + 1e-6);
            prop_assert!(opportunity.amounts.iter().all(|amount| amount.low <= amount.likely && amount.likely <= amount.high));
            prop_assert!(opportunity.amounts.iter().all(|amount| amount.year.starts() >= saving.earliest.expect("a day")));
        }
    }

    #[test]
    fn what_a_person_says_holds(own in applications(), picks in prop::collection::vec((0_usize..40, 0_usize..40, any::<bool>()), 1..4)) {
        let count = own.len();
        let entry = |at: usize| format!("{}/{}", own[at % count].owner, own[at % count].entry.reference);
        let mut seen = BTreeSet::new();
        let said: Vec<(String, String, bool)> = picks
            .into_iter()
            .map(|(one, other, same)| (entry(one), entry(other), same))
            .filter(|(one, other, _)| one != other && seen.insert(one.clone()) && seen.insert(other.clone()))
            .collect();
        let reviews = said.iter().enumerate().map(|(number, (one, other, same))| {
            review(&format!("R{number}"), one, other, if *same { "same product" } else { "different" })
        });
        let outcome = answer(&Input { reviews: reviews.collect(), ..input(own.clone()) });
        for (one, other, same) in said {
            let together = groups(&outcome).iter().any(|group| group.contains(&one) && group.contains(&other));
            prop_assert_eq!(together, same, "{} and {}", one, other);
        }
    }
}

#[test]
fn a_large_register_is_shown_in_a_document_that_can_be_read() {
    let makers = ["Civica", "Idox", "NEC", "Capita", "Liquidlogic"];
    let own = (0..100).flat_map(|authority: usize| {
        (0..60).map(move |number: usize| {
            let name =
                format!("Product{} {}", (number * 7 + authority) % 90, ["Planning", "Revenues", "Housing"][number % 3]);
            let mut own = application(&format!("X{authority}"), &format!("A{number}"), &name, makers[number % 5]);
            own.entry.function = (!number.is_multiple_of(4)).then(|| ["56", "101", "67"][number % 3].to_owned());
            own
        })
    });
    let outcome = answer(&Input { partners: Vec::new(), ..input(own.collect()) });
    assert_eq!(outcome.counts[0].used, 6_000);
    assert!(outcome.groups.len() > 40 && outcome.partners.len() == 100);
    let rows: Vec<usize> = Overlap::present(&outcome)
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table.rows.len()) } else { None })
        .collect();
    assert!(rows.iter().all(|rows| *rows <= 200), "{rows:?}");
}

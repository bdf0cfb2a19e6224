//! Small lists whose links are plain, and lists that are none.

use super::*;

fn record(name: &str) -> Record {
    Record { words: name.split_whitespace().map(str::to_owned).collect(), ..Record::default() }
}

/// A list of names made of two words each, so that many share one of them.
fn names() -> Vec<String> {
    let kinds = ["ledger", "portal", "register", "planner", "archive", "mapper"];
    (0..60).map(|number| format!("maker{} {} {}", number / 6, kinds[number % 6], 2000 + number % 7)).collect()
}

#[test]
fn records_with_an_ignorable_word_more_are_linked_and_those_of_another_number_are_not() {
    let left: Vec<Record> = names().iter().map(|name| record(&format!("{name} edition"))).collect();
    let right: Vec<Record> = names().iter().rev().map(|name| record(name)).collect();
    let links = link(&left, &right);
    for one in &links {
        let same = one.left + one.right == left.len() - 1;
        assert_eq!(one.probability > 0.5, same, "{:?} and {:?}: {one:?}", left[one.left].words, right[one.right].words);
    }
    let found = links.iter().filter(|link| link.probability > 0.5).count();
    assert_eq!(found, left.len());
}

#[test]
fn evidence_and_probability_are_numbers_whatever_the_lists_hold() {
    let odd = [record(""), record("same same"), record("same"), Record { amount: Some(f64::NAN), ..record("same") }];
    let many: Vec<Record> = (0..200).map(|_| record("same thing")).collect();
    for (left, right) in [(&odd[..], &many[..]), (&many, &odd), (&many, &many), (&odd[..1], &odd[..1]), (&[], &many)] {
        for one in link(left, right) {
            assert!((0.0..=1.0).contains(&one.probability), "{one:?}");
            assert!(one.evidence.iter().all(|(_, tells)| tells.is_finite()), "{one:?}");
        }
    }
}

#[test]
fn the_same_lists_give_the_same_links() {
    let list: Vec<Record> = names().iter().map(|name| record(name)).collect();
    assert_eq!(link(&list, &list), link(&list, &list));
}

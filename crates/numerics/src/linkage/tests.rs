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
            assert!(one.evidence().all(|(_, tells)| tells.is_finite()), "{one:?}");
        }
    }
}

#[test]
fn the_same_lists_give_the_same_links() {
    let list: Vec<Record> = names().iter().map(|name| record(name)).collect();
    assert_eq!(link(&list, &list), link(&list, &list));
}

#[test]
fn what_is_known_is_kept_and_what_contradicts_it_is_told() {
    let list: Vec<Record> = names().iter().flat_map(|name| [record(name), record(name), record(name)]).collect();
    let holders: Vec<u32> = (0..list.len() as u32).map(|place| place % 3).collect();
    let say = |one, other, same| Known { one, other, same };
    let together =
        |linked: &Linked, one, other| linked.groups.iter().any(|group| group.contains(&one) && group.contains(&other));
    let plain = link_within(&list, &holders, &[]);
    assert_eq!(plain.groups.len(), names().len());
    assert!(together(&plain, 0, 1) && !together(&plain, 0, 4));
    let known = [say(0, 1, false), say(0, 4, true), say(1, 4, true), say(7, 7, false), say(0, 9999, true)];
    let linked = link_within(&list, &holders, &known);
    assert_eq!(linked.contradictions, [2, 3, 4]);
    assert!(together(&linked, 0, 4) && !together(&linked, 0, 1));
    assert!(linked.links.iter().all(|link| holders[link.left] != holders[link.right]));
}

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

/// Registers of several holders, each with its own way of writing the same things.
fn registers() -> (Vec<Record>, Vec<u32>) {
    let kinds = ["ledger", "portal", "register", "planner", "archive", "mapper"];
    let (mut records, mut holders) = (Vec::new(), Vec::new());
    for thing in 0..120 {
        for holder in 0..5_u32 {
            let maker = format!("maker{}", (b'a' + (thing / 6) as u8) as char);
            let kind = kinds[thing % 6];
            let name = match holder {
                0 => format!("{maker} {kind}"),
                1 => format!("{maker} {kind} live"),
                2 => format!("{maker} {}{}", &kind[..3], &kind[4..]),
                3 => format!("the {maker} {kind}"),
                _ => format!("{maker} {kind} {}", thing % 4),
            };
            let amount = Some(1000.0 * (thing + 1) as f64 * f64::from(holder + 1));
            records.push(Record { amount, ..record(&name) });
            holders.push(holder);
        }
    }
    (records, holders)
}

#[test]
fn one_thing_written_in_five_ways_makes_one_group() {
    let (records, holders) = registers();
    let linked = link_within(&records, &holders, &[]);
    let whole =
        linked.groups.iter().filter(|group| group.len() == 5 && group.iter().all(|one| one / 5 == group[0] / 5));
    assert!(whole.count() >= 110, "{:?}", linked.groups);
    let ok = |group: &Vec<usize>| {
        group.iter().map(|one| holders[*one]).collect::<std::collections::BTreeSet<_>>().len() == group.len()
    };
    assert!(linked.groups.iter().all(ok), "a holder stands twice in a group");
}

#[test]
fn the_order_of_the_records_changes_nothing() {
    let (records, holders) = registers();
    let plain = link_within(&records, &holders, &[]);
    for step in [7_usize, 181, 599] {
        let order: Vec<usize> = (0..records.len()).map(|place| (place * step + 3) % records.len()).collect();
        let shuffled: Vec<Record> = order.iter().map(|place| records[*place].clone()).collect();
        let held: Vec<u32> = order.iter().map(|place| holders[*place]).collect();
        let linked = link_within(&shuffled, &held, &[]);
        let mut groups: Vec<Vec<usize>> = linked
            .groups
            .iter()
            .map(|group| {
                let mut group: Vec<usize> = group.iter().map(|place| order[*place]).collect();
                group.sort_unstable();
                group
            })
            .collect();
        groups.sort();
        assert_eq!(groups, plain.groups);
        assert_eq!(linked.links.len(), plain.links.len());
    }
}

#[test]
fn a_review_teaches_what_agreement_tells_of_the_rest() {
    // Holders number what they write; whether the number matters is not to be seen, until somebody says.
    let name = |thing: usize| format!("thing{} {}", (b'a' + (thing / 4) as u8) as char, 100 + thing % 4);
    let left: Vec<Record> = (0..80).map(|thing| record(&name(thing))).collect();
    let right: Vec<Record> = (0..80).map(|thing| record(&format!("{} {}", name(thing), 500 + thing))).collect();
    let records: Vec<Record> = left.into_iter().chain(right).collect();
    let holders: Vec<u32> = (0..160).map(|place| u32::from(place >= 80)).collect();
    let odds = |known: &[Known]| -> f64 {
        let linked = link_within(&records, &holders, known);
        let rest = linked.links.iter().filter(|link| link.right - link.left == 80 && link.left >= 40);
        rest.map(|link| link.probability).sum()
    };
    let reject: Vec<Known> = (0..40).map(|thing| Known { one: thing, other: thing + 80, same: false }).collect();
    let confirm: Vec<Known> = (0..40).map(|thing| Known { one: thing, other: thing + 80, same: true }).collect();
    let (rejected, plain, confirmed) = (odds(&reject), odds(&[]), odds(&confirm));
    assert!(rejected < plain - 1.0 || plain < 1.0, "{rejected} {plain} {confirmed}");
    assert!(confirmed >= plain && confirmed > rejected + 5.0, "{rejected} {plain} {confirmed}");
}

#[test]
fn ten_thousand_rows_that_say_the_same_are_soon_done() {
    let same = Record { amount: Some(10.0), party: vec!["maker".into()], ..record("microsoft office 2010") };
    let records = vec![same; 10_000];
    let apart: Vec<u32> = (0..10_000).collect();
    let linked = link_within(&records, &apart, &[]);
    assert!(linked.links.len() <= 100 * records.len());
    let two: Vec<u32> = (0..10_000).map(|place| place % 2).collect();
    let paired = link_within(&records, &two, &[]);
    assert!(paired.groups.iter().all(|group| group.len() == 2));
}

#[test]
fn names_in_other_scripts_and_without_words_are_records_too() {
    let names = ["Ŵyth Treth", "налог портал", "議会 台帳", "", "Ŵyth Treth", "налог портал", "議会 台帳", ""];
    let records: Vec<Record> = names.iter().map(|name| record(name)).collect();
    let linked = link_within(&records, &[0, 0, 0, 0, 1, 1, 1, 1], &[]);
    assert_eq!(linked.groups, [vec![0, 4], vec![1, 5], vec![2, 6]]);
    assert_eq!(link_within(&[], &[], &[]), Linked::default());
}

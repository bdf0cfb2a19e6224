//! The count against sets, with and without a scratch file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor};

use proptest::prelude::*;

use super::*;

const MEMBER_BITS: u32 = 20;

fn counted(keys: &[u64], memory: usize, dealers: usize) -> (Vec<Group>, u64) {
    let distinct = Distinct::new(MEMBER_BITS, memory, Box::new(|| Ok(Box::new(Cursor::new(Vec::new())))));
    std::thread::scope(|scope| {
        for keys in keys.chunks(keys.len().div_ceil(dealers).max(1)) {
            let mut dealer = distinct.dealer();
            scope.spawn(move || {
                keys.chunks(1_000).for_each(|some| dealer.deal(some).expect("memory is written"));
                dealer.finish().expect("memory is written");
            });
        }
    });
    let spilled = distinct.spilled();
    (distinct.finish(|_, member| member).expect("memory is read"), spilled)
}

fn by_sets(keys: &[u64]) -> Vec<Group> {
    let mut groups: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for key in keys {
        groups.entry(key >> MEMBER_BITS).or_default().insert(key & ((1 << MEMBER_BITS) - 1));
    }
    let group = |(group, members): (u64, BTreeSet<u64>)| Group {
        group,
        members: members.len() as u64,
        weight: members.iter().sum(),
    };
    groups.into_iter().map(group).collect()
}

/// Keys that scatter over so many groups and members.
fn scattered(number: u64, groups: u64, members: u64) -> Vec<u64> {
    let mixed = |seed: u64| {
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 20
    };
    (1..=number).map(|seed| ((mixed(seed) % groups) << MEMBER_BITS) | (mixed(seed << 20) % members)).collect()
}

#[test]
fn what_does_not_fit_goes_to_the_scratch_file_and_counts_the_same() {
    let keys = scattered(3_000_000, 700, 1 << MEMBER_BITS);
    let (within, none) = counted(&keys, 1 << 30, 2);
    let (beyond, spilled) = counted(&keys, 1 << 20, 2);
    assert_eq!((none, spilled > 1_000_000), (0, true));
    assert_eq!(within, by_sets(&keys));
    assert_eq!(beyond, within);
}

#[test]
fn one_group_of_all_members_is_counted_within_the_room() {
    let keys: Vec<u64> = (0..1 << MEMBER_BITS).rev().collect();
    let (groups, spilled) = counted(&keys, 1 << 18, 1);
    assert_eq!((groups.len(), groups[0].members), (1, 1 << MEMBER_BITS));
    assert!(spilled > 0);
}

#[test]
fn a_million_repetitions_of_one_key_leave_no_run() {
    let distinct = Distinct::new(MEMBER_BITS, 1 << 20, Box::new(|| Err(io::Error::other("no scratch file is needed"))));
    let mut dealer = distinct.dealer();
    (0..1_000).for_each(|_| dealer.deal(&[7; 1_000]).expect("nothing is spilled"));
    dealer.finish().expect("nothing is spilled");
    let groups = distinct.finish(|_, _| 3).expect("nothing is read");
    assert_eq!(groups, [Group { group: 0, members: 1, weight: 3 }]);
}

#[test]
fn a_scratch_file_that_cannot_be_opened_is_told() {
    let distinct = Distinct::new(MEMBER_BITS, 0, Box::new(|| Err(io::Error::other("the disk is full"))));
    let told = distinct.dealer().deal(&(0..100_000).collect::<Vec<u64>>()).unwrap_err();
    assert_eq!(told.to_string(), "the disk is full");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_keys_count_as_sets_do(
        keys in prop::collection::vec((0_u64..5, 0_u64..3_000).prop_map(|(group, member)| (group << MEMBER_BITS) | member), 0..20_000),
        memory in 0_usize..100_000,
        dealers in 1_usize..4,
    ) {
        prop_assert_eq!(counted(&keys, memory, dealers).0, by_sets(&keys));
    }
}

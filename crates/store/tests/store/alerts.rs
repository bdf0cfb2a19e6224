//! Alerts: one server takes a day, nobody is told twice, and each person chooses how.

use std::collections::BTreeSet;

use penshaw_basis::Date;
use penshaw_store::alerts::{self, Reader};

use crate::common::{Fresh, at, both};
use crate::people::add_person;

both! {
    of_servers_that_take_a_day_at_once_one_gets_it,
    a_day_that_is_given_back_can_be_taken_again,
    nobody_is_told_of_an_alert_twice_until_its_cause_was_gone,
    a_person_chooses_how_to_be_told_and_is_found_by_their_calendar,
}

const DAY: Date = Date::constant(2014, 6, 18);

async fn of_servers_that_take_a_day_at_once_one_gets_it(fresh: Fresh) {
    let take = |second: i64, address: String| {
        tokio::spawn(async move {
            let store = penshaw_store::Store::open(&address).await.expect("opened");
            let changes = store.change().await.expect("changes");
            let taken = alerts::take_day(&changes, DAY, at(second)).await.expect("asked");
            changes.keep().await.expect("kept");
            taken
        })
    };
    let servers: Vec<_> = (0..4).map(|second| take(second, fresh.address.clone())).collect();
    let mut taken = 0;
    for server in servers {
        taken += usize::from(server.await.expect("no panic"));
    }
    assert_eq!(taken, 1);
}

async fn a_day_that_is_given_back_can_be_taken_again(fresh: Fresh) {
    for _ in 0..2 {
        let changes = fresh.store.change().await.expect("changes");
        assert!(alerts::take_day(&changes, DAY, at(1)).await.expect("asked"));
        assert!(!alerts::take_day(&changes, DAY, at(2)).await.expect("asked"));
        alerts::give_day_back(&changes, DAY).await.expect("given back");
        changes.keep().await.expect("kept");
    }
}

async fn nobody_is_told_of_an_alert_twice_until_its_cause_was_gone(fresh: Fresh) {
    add_person(&fresh.store, "p1").await;
    let told = ["overdue AC1".to_owned(), "failed test T1".to_owned()];
    let changes = fresh.store.change().await.expect("changes");
    alerts::sent(&changes, "p1", &told, at(1)).await.expect("noted");
    changes.keep().await.expect("kept");
    let found: BTreeSet<String> = alerts::sent_to(&fresh.store, "p1").await.expect("found").into_iter().collect();
    assert_eq!(found, BTreeSet::from(told.clone()));
    let changes = fresh.store.change().await.expect("changes");
    assert!(alerts::sent(&changes, "p1", &told[..1], at(2)).await.is_err());
    drop(changes);
    let changes = fresh.store.change().await.expect("changes");
    alerts::forget(&changes, "p1", &told[..1]).await.expect("forgotten");
    changes.keep().await.expect("kept");
    assert_eq!(alerts::sent_to(&fresh.store, "p1").await.expect("found"), told[1..]);
}

async fn a_person_chooses_how_to_be_told_and_is_found_by_their_calendar(fresh: Fresh) {
    add_person(&fresh.store, "p1").await;
    assert_eq!(alerts::reader(&fresh.store, "p1").await.expect("found"), Reader::of("p1"));
    let chosen = Reader { person_id: "p1".into(), mails: false, calendar_hash: Some("a hash".into()) };
    let changes = fresh.store.change().await.expect("changes");
    alerts::choose(&changes, &Reader::of("p1")).await.expect("chosen");
    alerts::choose(&changes, &chosen).await.expect("chosen again");
    changes.keep().await.expect("kept");
    assert_eq!(alerts::reader(&fresh.store, "p1").await.expect("found"), chosen);
    let of_calendar = |hash: &'static str| alerts::reader_of_calendar(&fresh.store, hash);
    assert_eq!(of_calendar("a hash").await.expect("asked"), Some(chosen));
    assert_eq!(of_calendar("another").await.expect("asked"), None);
}

//! The trail: chained, read by those whom it concerns, and proved.

use penshaw_store::Store;
use penshaw_store::audit::{self, Broken, Event, Wanted};

use crate::common::{Fresh, at, both, say};

both! {
    a_trail_that_nobody_touched_is_whole,
    a_row_that_was_changed_is_found,
    a_row_that_was_removed_is_found,
    a_row_that_was_put_in_is_found,
    writers_at_once_keep_the_chain_whole,
    rows_are_read_by_body_and_subject,
}

fn event(body: &str, subject: &str) -> Event {
    Event {
        who: "Anna".into(),
        person: Some("p1".into()),
        verb: "change_entry".into(),
        body: body.into(),
        subject: subject.into(),
        before: None,
        after: Some("{}".into()),
    }
}

async fn record(store: &Store, event: Event, second: i64) {
    let changes = store.change().await.expect("changes");
    audit::record(&changes, event, at(second)).await.expect("recorded");
    changes.keep().await.expect("kept");
}

async fn five(store: &Store) {
    for second in 0..5 {
        record(store, event("SCC", &format!("contracts/C{second}")), second).await;
    }
}

/// What somebody can do who may do everything to the database.
async fn tamper(store: &Store, sql: &str) {
    let guards: &[&str] = match store.is_sqlite() {
        true => &["DROP TRIGGER audit_no_UPDATE", "DROP TRIGGER audit_no_DELETE"],
        false => &["DROP TRIGGER audit_kept ON audit"],
    };
    for guard in guards {
        say(store, guard).await.expect("a guard dropped");
    }
    say(store, sql).await.expect("tampered with");
}

async fn broken(store: &Store) -> Vec<Broken> {
    audit::verify(store).await.expect("read").expect_err("broken")
}

async fn a_trail_that_nobody_touched_is_whole(fresh: Fresh) {
    assert_eq!(audit::verify(&fresh.store).await.expect("read"), Ok((0, String::new())));
    five(&fresh.store).await;
    let (rows, last) = audit::verify(&fresh.store).await.expect("read").expect("whole");
    assert_eq!((rows, last.len()), (5, 64));
    assert_eq!(audit::count(&fresh.store).await.expect("read"), 5);
}

async fn a_row_that_was_changed_is_found(fresh: Fresh) {
    five(&fresh.store).await;
    tamper(&fresh.store, "UPDATE audit SET who = 'Somebody else' WHERE number = 3").await;
    assert_eq!(broken(&fresh.store).await, [Broken::Changed(3)]);
    say(&fresh.store, "UPDATE audit SET who = 'Anna', after = NULL WHERE number = 3").await.expect("tampered with");
    assert_eq!(broken(&fresh.store).await, [Broken::Changed(3)]);
}

async fn a_row_that_was_removed_is_found(fresh: Fresh) {
    five(&fresh.store).await;
    tamper(&fresh.store, "DELETE FROM audit WHERE number IN (1, 3)").await;
    assert_eq!(
        broken(&fresh.store).await,
        [Broken::Missing(1), Broken::Unchained(2), Broken::Missing(3), Broken::Unchained(4)]
    );
}

async fn a_row_that_was_put_in_is_found(fresh: Fresh) {
    five(&fresh.store).await;
    let put = |number: i64, hash: &str| {
        format!(
            "INSERT INTO audit (number, at, who, person_id, verb, body, subject, before, after, previous_hash, hash) \
             SELECT {number}, at, 'Forger', person_id, verb, body, subject, before, after, previous_hash, '{hash}' \
             FROM audit WHERE number = 5"
        )
    };
    say(&fresh.store, &put(6, "x")).await.expect("tampered with");
    assert_eq!(broken(&fresh.store).await, [Broken::Unchained(6), Broken::Changed(6)]);
    // Whoever forges a number fills no memory, and a row before the first is no hiding place.
    say(&fresh.store, &put(i64::MAX, "y")).await.expect("tampered with");
    say(&fresh.store, &put(-7, "z")).await.expect("tampered with");
    let broken = broken(&fresh.store).await;
    assert!(broken.contains(&Broken::Unchained(-7)) && broken.contains(&Broken::Unchained(i64::MAX)));
    assert!(broken.len() < 2_000);
}

async fn writers_at_once_keep_the_chain_whole(fresh: Fresh) {
    let writer = |store: Store, writer: i64| {
        tokio::spawn(async move {
            for second in 0..10 {
                record(&store, event("SCC", &format!("{writer}")), second).await;
            }
        })
    };
    let writers: Vec<_> = (0..6).map(|number| writer(fresh.store.clone(), number)).collect();
    for writer in writers {
        writer.await.expect("a writer");
    }
    assert_eq!(audit::verify(&fresh.store).await.expect("read").expect("whole").0, 60);
}

async fn rows_are_read_by_body_and_subject(fresh: Fresh) {
    five(&fresh.store).await;
    record(&fresh.store, event("DCC", "contracts/C1"), 9).await;
    let numbers = async |bodies: &[&str], subject: Option<&str>, before: Option<i64>, limit: u64| {
        let bodies: Vec<String> = bodies.iter().map(|&body| body.to_owned()).collect();
        let wanted = Wanted { bodies: &bodies, subject, before, after: None, limit };
        let rows = audit::rows(&fresh.store, &wanted).await.expect("read");
        rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&["SCC"], None, None, 3).await, [5, 4, 3]);
    assert_eq!(numbers(&["SCC"], None, Some(3), 3).await, [2, 1]);
    assert_eq!(numbers(&["SCC"], Some("contracts/C1"), None, 3).await, [2]);
    assert_eq!(numbers(&["SCC", "DCC"], Some("contracts/C1"), None, 3).await, [6, 2]);
    assert!(numbers(&[], None, None, 3).await.is_empty());
}

//! People: accounts, memberships, invitations, tokens, sessions, held forms, attempts.

use std::collections::BTreeMap;

use penshaw_store::accounts::{self, ApiToken, Invitation, Person};
use penshaw_store::memberships::{self, Membership};
use penshaw_store::sessions::{self, HeldForm, Session};
use penshaw_store::{Store, audit};

use crate::common::{Fresh, at, both};

both! {
    an_account_is_made_once_for_an_address,
    a_code_works_once_for_servers_at_once,
    an_invitation_works_once_and_in_time,
    tokens_are_found_by_their_hash_and_removed_by_their_owner,
    a_session_is_remembered_changed_and_ended,
    what_was_typed_is_held_for_its_typist_alone,
    attempts_are_counted,
    roles_are_put_in_place_of_those_that_stood,
    of_two_who_take_a_role_from_each_other_one_succeeds,
}

fn person(id: &str, email: &str) -> Person {
    Person {
        id: id.into(),
        email: email.into(),
        name: format!("Name {id}"),
        password_hash: Some("hash".into()),
        totp_secret: None,
        totp_last_step: 0,
        oidc_subject: None,
        disabled: false,
        created_at: at(0),
    }
}

async fn add(store: &Store, person: &Person) {
    let changes = store.change().await.expect("changes");
    accounts::add(&changes, person).await.expect("added");
    changes.keep().await.expect("kept");
}

/// Makes an account with an address of its own.
pub async fn add_person(store: &Store, id: &str) {
    add(store, &person(id, &format!("{id}@example.org"))).await;
}

async fn an_account_is_made_once_for_an_address(fresh: Fresh) {
    let store = &fresh.store;
    let mut anna = person("p1", "anna@example.org");
    add(store, &anna).await;
    assert_eq!(accounts::with_email(store, " Anna@Example.org ").await.expect("read"), Some(anna.clone()));
    let changes = store.change().await.expect("changes");
    let twice = accounts::add(&changes, &person("p2", "ANNA@example.org")).await.expect_err("there already");
    assert!(twice.is_duplicate() && !twice.is_passing());
    drop(changes);
    let changes = store.change().await.expect("changes");
    (anna.disabled, anna.oidc_subject, anna.password_hash) = (true, Some("issuer subject".into()), None);
    accounts::change(&changes, &anna).await.expect("changed");
    changes.keep().await.expect("kept");
    assert_eq!(accounts::find(store, "p1").await.expect("read"), Some(anna.clone()));
    assert_eq!(accounts::with_subject(store, "issuer subject").await.expect("read"), Some(anna.clone()));
    assert_eq!(accounts::everybody(store).await.expect("read"), [anna]);
    assert_eq!(accounts::count(store).await.expect("read"), 1);
}

async fn a_code_works_once_for_servers_at_once(fresh: Fresh) {
    add(&fresh.store, &person("p1", "anna@example.org")).await;
    let r#use = |store: Store, step: i64| {
        tokio::spawn(async move {
            let changes = store.change().await.expect("changes");
            let first = accounts::use_step(&changes, "p1", step).await.expect("used");
            changes.keep().await.expect("kept");
            first
        })
    };
    let mut worked = 0;
    for one in (0..5).map(|_| r#use(fresh.store.clone(), 7)).collect::<Vec<_>>() {
        worked += i32::from(one.await.expect("a server"));
    }
    assert_eq!(worked, 1);
    assert!(!r#use(fresh.store.clone(), 6).await.expect("a server"));
    assert!(r#use(fresh.store.clone(), 8).await.expect("a server"));
}

async fn an_invitation_works_once_and_in_time(fresh: Fresh) {
    let store = &fresh.store;
    let invitation = |hash: &str, expires: i64| Invitation {
        token_hash: hash.into(),
        email: "ben@example.org".into(),
        name: "Ben".into(),
        memberships: vec![("SCC".into(), "finance".into())],
        invited_by: "Anna".into(),
        expires_at: at(expires),
        used_at: None,
    };
    let changes = store.change().await.expect("changes");
    for (hash, expires) in [("one", 10), ("two", 20), ("three", 30)] {
        accounts::invite(&changes, &invitation(hash, expires)).await.expect("invited");
    }
    changes.keep().await.expect("kept");
    assert_eq!(accounts::find_invitation(store, "one").await.expect("read"), Some(invitation("one", 10)));
    let r#use = async |hash: &str, second: i64| {
        let changes = store.change().await.expect("changes");
        let worked = accounts::use_invitation(&changes, hash, at(second)).await.expect("used");
        changes.keep().await.expect("kept");
        worked
    };
    assert!(!r#use("one", 10).await, "too late");
    assert!(r#use("two", 10).await);
    assert!(!r#use("two", 11).await, "used already");
    let changes = store.change().await.expect("changes");
    for hash in ["one", "two"] {
        accounts::withdraw(&changes, hash).await.expect("withdrawn");
    }
    changes.keep().await.expect("kept");
    assert_eq!(accounts::invitations(store).await.expect("read"), [invitation("three", 30)]);
    assert_eq!(accounts::find_invitation(store, "two").await.expect("read").expect("kept").used_at, Some(at(10)));
}

async fn tokens_are_found_by_their_hash_and_removed_by_their_owner(fresh: Fresh) {
    let store = &fresh.store;
    add(store, &person("p1", "anna@example.org")).await;
    let token = ApiToken {
        id: "t1".into(),
        token_hash: "hash".into(),
        person: "p1".into(),
        label: "Monthly figures".into(),
        scopes: vec!["read".into(), "write".into()],
        created_at: at(1),
        expires_at: at(100),
        used_at: None,
    };
    let changes = store.change().await.expect("changes");
    accounts::add_token(&changes, &token).await.expect("added");
    accounts::token_used(&changes, "t1", at(5)).await.expect("used");
    assert!(!accounts::remove_token(&changes, "p2", "t1").await.expect("removed"));
    changes.keep().await.expect("kept");
    let used = ApiToken { used_at: Some(at(5)), ..token };
    assert_eq!(accounts::find_token(store, "hash").await.expect("read"), Some(used.clone()));
    assert_eq!(accounts::tokens_of(store, "p1").await.expect("read"), [used]);
    let changes = store.change().await.expect("changes");
    assert!(accounts::remove_token(&changes, "p1", "t1").await.expect("removed"));
    changes.keep().await.expect("kept");
    assert_eq!(accounts::find_token(store, "hash").await.expect("read"), None);
}

fn session(hash: &str, person: Option<&str>, expires: i64) -> Session {
    Session {
        token_hash: hash.into(),
        person: person.map(str::to_owned),
        verified: false,
        state: BTreeMap::from([("next".into(), "/contracts".into())]),
        created_at: at(0),
        seen_at: at(0),
        expires_at: at(expires),
    }
}

async fn a_session_is_remembered_changed_and_ended(fresh: Fresh) {
    let store = &fresh.store;
    let changes = store.change().await.expect("changes");
    for (hash, person, expires) in
        [("one", None, 10), ("two", Some("p1"), 20), ("three", Some("p1"), 30), ("four", None, 5)]
    {
        sessions::add(&changes, &session(hash, person, expires)).await.expect("added");
    }
    let known = Session { person: Some("p2".into()), verified: true, seen_at: at(3), ..session("one", None, 11) };
    sessions::change(&changes, &known).await.expect("changed");
    sessions::forget(&changes, at(6)).await.expect("forgotten");
    changes.keep().await.expect("kept");
    assert_eq!(sessions::find(store, "one").await.expect("read"), Some(known));
    assert_eq!(sessions::find(store, "four").await.expect("read"), None);
    let changes = store.change().await.expect("changes");
    sessions::end_all(&changes, "p1").await.expect("ended");
    sessions::end(&changes, "one").await.expect("ended");
    changes.keep().await.expect("kept");
    for hash in ["one", "two", "three"] {
        assert_eq!(sessions::find(store, hash).await.expect("read"), None);
    }
}

async fn what_was_typed_is_held_for_its_typist_alone(fresh: Fresh) {
    let store = &fresh.store;
    add(store, &person("p1", "anna@example.org")).await;
    let held = |id: &str, second: i64| HeldForm {
        id: id.into(),
        person: "p1".into(),
        path: "/contracts/C1".into(),
        fields: vec![("title".into(), "Payroll".into()), ("title".into(), "again".into())],
        held_at: at(second),
    };
    let changes = store.change().await.expect("changes");
    for (id, second) in [("f1", 1), ("f2", 2), ("f3", 9)] {
        sessions::hold(&changes, &held(id, second)).await.expect("held");
    }
    sessions::let_go(&changes, "f2").await.expect("let go");
    changes.keep().await.expect("kept");
    assert_eq!(sessions::held(store, "f1", "p1").await.expect("read"), Some(held("f1", 1)));
    assert_eq!(sessions::held(store, "f1", "p2").await.expect("read"), None);
    assert_eq!(sessions::held(store, "f2", "p1").await.expect("read"), None);
    let changes = store.change().await.expect("changes");
    sessions::forget(&changes, at(5)).await.expect("forgotten");
    changes.keep().await.expect("kept");
    assert_eq!(sessions::held(store, "f1", "p1").await.expect("read"), None);
    assert!(sessions::held(store, "f3", "p1").await.expect("read").is_some());
}

async fn attempts_are_counted(fresh: Fresh) {
    let store = &fresh.store;
    let changes = store.change().await.expect("changes");
    for second in [1, 2, 2, 3] {
        audit::attempt(&changes, "sign-in x", at(second)).await.expect("counted");
    }
    audit::attempt(&changes, "sign-in y", at(3)).await.expect("counted");
    changes.keep().await.expect("kept");
    let count = async |what: &str, since: i64| audit::attempts(store, what, at(since)).await.expect("counted");
    assert_eq!((count("sign-in x", 0).await, count("sign-in x", 1).await, count("sign-in z", 0).await), (4, 3, 0));
    let changes = store.change().await.expect("changes");
    audit::forget_attempts(&changes, None, at(2)).await.expect("forgotten");
    audit::forget_attempts(&changes, Some("sign-in y"), at(9)).await.expect("forgotten");
    changes.keep().await.expect("kept");
    assert_eq!((count("sign-in x", 0).await, count("sign-in y", 0).await), (3, 0));
}

async fn roles_are_put_in_place_of_those_that_stood(fresh: Fresh) {
    let store = &fresh.store;
    add(store, &person("p1", "anna@example.org")).await;
    let set = async |body: &str, roles: &[&str]| {
        let roles: Vec<String> = roles.iter().map(|&role| role.to_owned()).collect();
        let changes = store.change().await.expect("changes");
        memberships::set(&changes, "p1", body, &roles).await?;
        changes.keep().await
    };
    set("SCC", &["finance", "approver"]).await.expect("set");
    set("partnership", &["auditor"]).await.expect("set");
    set("SCC", &["finance"]).await.expect("set");
    let role = |body: &str, role: &str| Membership { person_id: "p1".into(), body: body.into(), role: role.into() };
    let expected = [role("SCC", "finance"), role("partnership", "auditor")];
    assert_eq!(memberships::of(store, "p1").await.expect("read"), expected);
    assert_eq!(memberships::everybody(store).await.expect("read"), expected);
    assert!(!set("nobody", &["finance"]).await.expect_err("no such body").is_passing());
}

/// Two administrators take the role from each other at once: one of them succeeds.
async fn of_two_who_take_a_role_from_each_other_one_succeeds(fresh: Fresh) {
    let store = &fresh.store;
    let role = vec!["administrator".to_owned()];
    let changes = store.change().await.expect("changes");
    for (id, email) in [("p1", "anna@example.org"), ("p2", "ben@example.org")] {
        accounts::add(&changes, &person(id, email)).await.expect("added");
        memberships::set(&changes, id, "SCC", &role).await.expect("set");
    }
    changes.keep().await.expect("kept");
    let take_from = async |other: &str| {
        let changes = store.change().await.expect("changes");
        let held = memberships::hold(&changes, "SCC", "administrator").await.expect("held");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        if held.iter().any(|one| one != other) {
            memberships::set(&changes, other, "SCC", &[]).await.expect("set");
        }
        changes.keep().await.expect("kept");
    };
    tokio::join!(take_from("p1"), take_from("p2"));
    assert_eq!(memberships::everybody(store).await.expect("read").len(), 1);
}

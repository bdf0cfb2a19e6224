//! Bringing a database up to date: again and again, by several servers at once, and never backwards.

use penshaw_store::{Store, StoreError, partnership};

use crate::common::{Fresh, ask, both, partners, say, sqlite};

both! {
    a_database_is_brought_up_to_date_twice,
    two_servers_that_start_at_once_take_turns,
    what_a_newer_penshaw_wrote_is_left_alone,
    the_partnership_reads_as_it_was_founded,
}

async fn a_database_is_brought_up_to_date_twice(fresh: Fresh) {
    let steps = ask(&fresh.store, "SELECT COUNT(*) FROM seaql_migrations").await;
    let again = Store::open(&fresh.address).await.expect("opened again");
    assert_eq!(ask(&again, "SELECT COUNT(*) FROM seaql_migrations").await, steps);
    assert!(partnership::standing(&again).await.expect("read").is_some());
}

async fn two_servers_that_start_at_once_take_turns(fresh: Fresh) {
    let address = match fresh.store.is_sqlite() {
        true => format!("sqlite:{}", fresh.folder.path().join("new.db").display()),
        false => format!("{}?schema=Two servers", fresh.address),
    };
    let open = || {
        let address = address.clone();
        tokio::spawn(async move { Store::open(&address).await })
    };
    let servers = [open(), open(), open(), open()];
    for server in servers {
        let store = server.await.expect("a server").expect("opened");
        assert_eq!(ask(&store, "SELECT COUNT(*) FROM partnership").await, 0);
    }
}

async fn what_a_newer_penshaw_wrote_is_left_alone(fresh: Fresh) {
    say(&fresh.store, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)")
        .await
        .expect("said");
    let refused = Store::open(&fresh.address).await.expect_err("a newer one's");
    assert!(matches!(&refused, StoreError::Newer(step) if step == "m9999_later"), "{refused}");
    assert!(!refused.is_passing());
}

async fn the_partnership_reads_as_it_was_founded(fresh: Fresh) {
    let standing = partnership::standing(&fresh.store).await.expect("read").expect("founded");
    assert_eq!((standing.partnership, standing.revision), (partners(), 1));
    let changes = fresh.store.change().await.expect("changes");
    let mut renamed = partners();
    renamed.name = "North East".into();
    partnership::describe(&changes, &renamed, 1).await.expect("described");
    let late = partnership::describe(&changes, &renamed, 1).await.expect_err("already changed");
    assert!(matches!(late, StoreError::ChangedMeanwhile { .. }));
    let mut newcomer = partners().authorities[0].clone();
    newcomer.code = "GMB".into();
    partnership::add_authority(&changes, &newcomer).await.expect("added");
    changes.keep().await.expect("kept");
    let standing = partnership::standing(&fresh.store).await.expect("read").expect("founded");
    let codes: Vec<String> = standing.partnership.authorities.into_iter().map(|authority| authority.code).collect();
    assert_eq!(codes, ["SCC", "DCC", "GMB"]);
}

#[tokio::test]
async fn a_database_in_memory_is_one_database() {
    let store = Store::open("sqlite::memory:").await.expect("opened");
    assert_eq!(ask(&store, "SELECT COUNT(*) FROM partnership").await, 0);
    drop(sqlite().await);
}

#[tokio::test]
async fn an_address_of_neither_database_is_refused_without_its_password() {
    let refused = Store::open("mysql://anna:secret@host/name").await.expect_err("no address");
    assert!(matches!(refused, StoreError::Address(_)) && !refused.to_string().contains("secret"), "{refused}");
}

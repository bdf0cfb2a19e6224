//! What every test of the store begins with: both databases, two authorities and the partnership, entries.

use std::collections::BTreeMap;

use jiff::Timestamp;
use penshaw_basis::Date;
use penshaw_register::{Authority, Kind, Partnership, Record};
use penshaw_store::entries::{Projected, Written};
use penshaw_store::testing::Postgres;
use penshaw_store::{Connected, Store, entries, partnership};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A database of a test's own.
pub struct Fresh {
    pub store: Store,
    pub address: String,
    pub folder: TempDir,
}

/// Runs each test on both databases: `both! { a_test_is_a_sentence }`.
macro_rules! both {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::common::sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::common::postgres().await).await;
            })*
        }
    };
}
pub(crate) use both;

pub async fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().expect("a folder");
    // What would mean something in an address means nothing in a path.
    let address = format!("sqlite:{}", folder.path().join("a register #1 100%.db").display());
    Fresh { store: opened(&address).await, address, folder }
}

pub async fn postgres() -> Fresh {
    let address = Postgres::start().database().await;
    Fresh { store: opened(&address).await, address, folder: tempfile::tempdir().expect("a folder") }
}

async fn opened(address: &str) -> Store {
    let store = Store::open(address).await.expect("a new database");
    let changes = store.change().await.expect("changes");
    partnership::found(&changes, &partners(), &BTreeMap::from([("SCC".into(), day())])).await.expect("founded");
    changes.keep().await.expect("kept");
    store
}

pub fn partners() -> Partnership {
    let authority =
        |code: &str| Authority { code: code.into(), name: format!("{code} Council"), ..Authority::default() };
    Partnership {
        name: "North".into(),
        authorities: vec![authority("SCC"), authority("DCC")],
        ..Partnership::default()
    }
}

pub fn day() -> Date {
    jiff::civil::date(2014, 3, 31)
}

/// So many seconds after the beginning of a test.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_403_000_000 + second).expect("a moment")
}

pub fn by(second: i64) -> Written<'static> {
    Written { by: "anna", at: at(second), import: None }
}

pub fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
}

pub fn contract(reference: &str, title: &str, annual_value: i64) -> Record {
    record(Kind::Contract, reference, json!({ "title": title, "annual_value": annual_value }))
}

pub fn shared(record: &Record) -> Projected {
    Projected { shared: Some(record.clone()), ..Projected::default() }
}

/// A record's shared part without some of its fields.
pub fn shared_without(record: &Record, kept: &[&str]) -> Projected {
    let mut part = record.clone();
    part.fields.retain(|name, _| !kept.contains(&name.as_str()));
    Projected { shared: Some(part), kept: kept.iter().map(|&name| name.to_owned()).collect(), ..Projected::default() }
}

/// Writes entries, each over whatever stands.
pub async fn put(store: &Store, owner: &str, records: &[Record]) {
    let changes = store.change().await.expect("changes");
    entries::put_all(&changes, owner, records, &by(1)).await.expect("written");
    changes.keep().await.expect("kept");
}

/// Shares these parts and nothing else.
pub async fn share(store: &Store, owner: &str, parts: Vec<Projected>) {
    let changes = store.change().await.expect("changes");
    entries::show_none(&changes, owner).await.expect("nothing is shared");
    entries::show_some(&changes, owner, parts.into_iter(), at(2)).await.expect("shared");
    changes.keep().await.expect("kept");
}

/// Says something to the database in its own words.
pub async fn say(store: &Store, sql: &str) -> Result<(), DbErr> {
    store.on().execute_unprepared(sql).await.map(drop)
}

/// The whole number that the database answers in its own words.
pub async fn ask(store: &Store, sql: &str) -> i64 {
    let statement = sea_orm::Statement::from_string(store.on().get_database_backend(), sql);
    let row = store.on().query_one_raw(statement).await.expect("an answer").expect("a row");
    row.try_get_by_index(0).expect("a whole number")
}

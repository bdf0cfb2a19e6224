//! How long the store takes: `cargo run --release -p penshaw-store --example measure`.
//!
//! A large import is staged and committed; lists, single entries, searches and counts are read,
//! beside 1,000 entries and beside 100,000. PostgreSQL is started from the installed programs.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use penshaw_register::{Authority, Baseline, Kind, Partnership, Record};
use penshaw_store::entries::{self, Projected, Sort, Wanted, Written};
use penshaw_store::imports::{self, Change, Import, Staged, State};
use penshaw_store::testing::Postgres;
use penshaw_store::{Store, StoreError, audit, backup, baselines, partnership};
use serde_json::json;

const FEW: usize = 1_000;
const MANY: usize = 100_000;

type Outcome = Result<(), StoreError>;

#[tokio::main]
async fn main() -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for (name, count) in [("few", FEW), ("many", MANY)] {
        println!("\n{count} entries an authority, SQLite");
        measure(&format!("sqlite:{}", at(name).display()), count, &at(&format!("{name} backup"))).await?;
        println!("\n{count} entries an authority, PostgreSQL");
        measure(&Postgres::start().database().await, count, &at(&format!("{name} dump"))).await?;
    }
    Ok(())
}

async fn measure(address: &str, count: usize, file: &std::path::Path) -> Outcome {
    let store = Store::open(address).await?;
    let changes = store.change().await?;
    partnership::found(&changes, &partners(), &Default::default()).await?;
    changes.keep().await?;
    import(&store, "SCC", count, "first").await?;
    import(&store, "DCC", count, "second").await?;
    share(&store, count).await?;
    read(&store, count).await?;
    write(&store).await?;
    keep(&store, file).await
}

async fn import(store: &Store, owner: &str, count: usize, id: &str) -> Outcome {
    let import = an_import(owner, id);
    let clock = Instant::now();
    let changes = store.change().await?;
    imports::add(&changes, &import, vec![0; 5_000_000]).await?;
    for from in (0..count).step_by(2_000) {
        let some: Vec<Staged> = (from..count.min(from + 2_000)).map(staged).collect();
        imports::stage(&changes, id, from, &some).await?;
    }
    changes.keep().await?;
    say(&format!("stage an import for {owner}"), clock.elapsed());
    let clock = Instant::now();
    let changes = store.change().await?;
    imports::commit(&changes, &import, &Written { by: "anna", at: now(), import: Some(id) }).await?;
    changes.keep().await?;
    say("commit it", clock.elapsed());
    let clock = Instant::now();
    let changes = store.change().await?;
    imports::set(&changes, &Import { state: State::Committed, ..import }).await?;
    changes.keep().await?;
    say("clear what was staged", clock.elapsed());
    Ok(())
}

async fn share(store: &Store, count: usize) -> Outcome {
    let clock = Instant::now();
    let changes = store.change().await?;
    let parts = (0..count).map(|number| Projected { shared: Some(record(number)), ..Projected::default() });
    entries::show_none(&changes, "DCC").await?;
    entries::show_some(&changes, "DCC", parts, now()).await?;
    changes.keep().await?;
    say("share every entry of DCC", clock.elapsed());
    Ok(())
}

async fn read(store: &Store, count: usize) -> Outcome {
    let own = ["SCC".to_owned()];
    let page = Wanted {
        kind: Kind::Contract,
        whole: &own,
        owner: None,
        words: "",
        confidence: None,
        holding: None,
        sort: Sort::Title,
        descending: false,
        offset: 0,
        limit: 50,
    };
    often("a page of 50", async || entries::list(store, &page).await.map(drop)).await?;
    often("a page of 1,000", async || entries::list(store, &Wanted { limit: 1_000, ..page.clone() }).await.map(drop))
        .await?;
    let last = Wanted { offset: 2 * count as u64 - 50, ..page.clone() };
    often("the last page of 50", async || entries::list(store, &last).await.map(drop)).await?;
    let one_owner = Wanted { owner: Some("DCC"), ..page.clone() };
    often("a page of 50 of one owner", async || entries::list(store, &one_owner).await.map(drop)).await?;
    let by_value = Wanted { sort: Sort::Field("annual_value"), descending: true, ..page.clone() };
    often("a page of 50 by value", async || entries::list(store, &by_value).await.map(drop)).await?;
    let by_change = Wanted { sort: Sort::Changed, ..page.clone() };
    often("a page of 50 by change", async || entries::list(store, &by_change).await.map(drop)).await?;
    let found = Wanted { words: "contract 77", ..page.clone() };
    often("a search", async || entries::list(store, &found).await.map(drop)).await?;
    often("how many it finds", async || entries::count(store, &found).await.map(drop)).await?;
    often("how many in all", async || entries::count(store, &page).await.map(drop)).await?;
    often("counts by owner and kind", async || entries::counts(store, &own).await.map(drop)).await?;
    often("one entry", async || entries::find(store, "SCC", Kind::Contract, "C00077").await.map(drop)).await?;
    often("its history", async || entries::history(store, "SCC", Kind::Contract, "C00077").await.map(drop)).await
}

async fn write(store: &Store) -> Outcome {
    let mut number = 1;
    often("one change with its audit", async || {
        let changes = store.change().await?;
        let written = Written { by: "anna", at: now(), import: None };
        number = entries::put(&changes, "SCC", &record(77), Some(number), &written).await?;
        audit::record(&changes, audit::Event::default(), now()).await?;
        changes.keep().await
    })
    .await
}

async fn keep(store: &Store, file: &std::path::Path) -> Outcome {
    let clock = Instant::now();
    let records: Vec<Record> = entries::all_of(store, "SCC").await?.into_iter().map(|entry| entry.record).collect();
    say("read every entry of SCC", clock.elapsed());
    let baseline = Baseline::freeze("SCC", jiff::civil::date(2014, 3, 31), records);
    let clock = Instant::now();
    let changes = store.change().await?;
    baselines::freeze(&changes, "b1", &baseline, "", "anna", now()).await?;
    changes.keep().await?;
    say("freeze them", clock.elapsed());
    let clock = Instant::now();
    let frozen = baselines::newest(store).await?.remove(0);
    baselines::open(store, &frozen).await?;
    say("open the baseline", clock.elapsed());
    let clock = Instant::now();
    backup::backup(store, file).await?;
    say("back up", clock.elapsed());
    Ok(())
}

/// The middle of eleven turns, after one that fills the caches.
async fn often(what: &str, mut turn: impl AsyncFnMut() -> Outcome) -> Outcome {
    turn().await?;
    let mut turns = Vec::new();
    for _ in 0..11 {
        let clock = Instant::now();
        turn().await?;
        turns.push(clock.elapsed());
    }
    turns.sort_unstable();
    say(what, turns[5]);
    Ok(())
}

fn say(what: &str, took: Duration) {
    println!("{what:32} {:10.2} ms", took.as_secs_f64() * 1e3);
}

fn now() -> Timestamp {
    Timestamp::from_second(1_403_000_000).expect("a moment")
}

fn partners() -> Partnership {
    let authority = |code: &str| Authority { code: code.into(), name: code.into(), ..Authority::default() };
    Partnership {
        name: "North".into(),
        authorities: vec![authority("SCC"), authority("DCC")],
        ..Partnership::default()
    }
}

fn an_import(owner: &str, id: &str) -> Import {
    Import {
        id: id.into(),
        owner: owner.into(),
        file_name: "estate.xlsx".into(),
        kind: None,
        state: State::Ready,
        summary: None,
        remove_missing: true,
        made_at: now(),
        made_by: "anna".into(),
        person: None,
    }
}

fn staged(number: usize) -> Staged {
    let record = record(number);
    Staged {
        change: Change::New,
        kind: record.kind,
        reference: record.reference.clone(),
        record: Some(record),
        base_number: None,
    }
}

fn record(number: usize) -> Record {
    // Scattered, so that nothing is in order already.
    let place = number * 7_919 % MANY;
    let fields = json!({
        "title": format!("Contract {place} for the support of revenues and benefits"),
        "supplier": format!("Supplier {} Limited", place % 400),
        "starts": "2011-04-01",
        "ends": "2016-03-31",
        "notice_months": place % 24,
        "extension_months": 24,
        "annual_value": place * 137,
        "value": place * 548,
        "regime": "below threshold",
        "others_may_join": place.is_multiple_of(2),
    });
    let serde_json::Value::Object(fields) = fields else { unreachable!("an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(Kind::Contract, format!("C{number:05}")) }
}

//! How long a large import takes, and how much memory: `cargo run --release -p penshaw-operations --example
//! import_speed -- examples/sunderland_durham 100000`.

use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

use penshaw_basis::Date;
use penshaw_operations::imports::Change;
use penshaw_operations::{Actor, Brought, Clock, Operations, Refusal, Settings};

const OWNER: &str = "SCC";

#[tokio::main]
async fn main() -> Result<(), Refusal> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "examples/sunderland_durham".into()));
    let rows: usize = arguments.next().and_then(|rows| rows.parse().ok()).unwrap_or(100_000);
    let scratch = tempfile::tempdir().expect("a scratch folder can be made");
    let address = format!("sqlite:{}", scratch.path().join("speed.db").display());
    let operations = Operations::open(&address, Clock::system(), Settings::default()).await?;
    let actor = Actor::operator("example");
    operations.load_folder(&actor, &folder).await?;
    println!("{:<34} {:>8} {:>10}", "", "seconds", "memory, MB");
    say("loaded", Instant::now());
    for (what, cost) in [("new", 1), ("same", 1), ("changed", 2)] {
        import(&operations, &actor, what, csv(rows, cost)).await?;
    }
    let begun = Instant::now();
    let frozen = operations.freeze_baseline(&actor, OWNER, Date::constant(2026, 3, 31), "").await?;
    say("freeze them", begun);
    import(&operations, &actor, "every second one", csv(rows / 2, 3)).await?;
    let begun = Instant::now();
    let compared = operations.compare_baselines(&actor, OWNER, &frozen.id, None).await?;
    say(&format!("compare, {} differ", compared.difference.changed()), begun);
    Ok(())
}

async fn import(operations: &Operations, actor: &Actor, what: &str, bytes: Vec<u8>) -> Result<(), Refusal> {
    let begun = Instant::now();
    let brought = Brought::File { name: "applications.csv".into(), bytes };
    let (import, _) = operations.bring_file(actor, OWNER, brought).await?;
    operations.work_once().await?;
    say(&format!("{what}: read, compare, stage"), begun);
    let begun = Instant::now();
    let view = operations.view_import(actor, &import.id, Change::Changed, 1_000, 50).await?;
    say(&format!("{what}: look at page 1,000"), begun);
    println!("    {:?}", view.import.summary.unwrap_or_default());
    let begun = Instant::now();
    operations.commit_import(actor, &import.id, false).await?;
    operations.work_once().await?;
    say(&format!("{what}: commit"), begun);
    Ok(())
}

/// Applications with names and costs, as an estate holds them.
fn csv(rows: usize, cost: usize) -> Vec<u8> {
    let mut text = String::from("Reference,Name,Supplier,Version,Annual cost,Users,Support ends,Confidence\n");
    for row in 0..rows {
        let supplier = row % 997;
        text += &format!(
            "S{row:06},Application {row},Example supplier {supplier},{}.{},{},{},20{}-03-31,reported\n",
            row % 9,
            row % 7,
            row * cost,
            row % 400,
            27 + row % 9
        );
    }
    text.into_bytes()
}

fn say(what: &str, begun: Instant) {
    println!("{what:<34} {:>8.2} {:>10}", begun.elapsed().as_secs_f64(), most_memory());
}

/// The most memory that the process has had, in megabytes, where the system says it.
fn most_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".into(), |kilobytes| (kilobytes / 1_024).to_string())
}

//! Tries the JSON API of a real service against its own description, by schemathesis.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::run::{command, is_installed, root, run};

/// The version whose checks the API is known to pass.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// How many requests are made up for each operation.
const EXAMPLES: &str = "30";

/// Serves the example from a database of its own and lets schemathesis look for what is wrong.
///
/// # Errors
/// If it finds anything, or something it needs is missing.
pub fn api() -> Result<()> {
    let schemathesis = schemathesis()?;
    // As the tests are built, so that what they have built is used.
    run("cargo", &["build", "--workspace", "--all-targets", "--locked"])?;
    let scratch = tempfile::tempdir()?;
    let database = format!("sqlite:{}", scratch.path().join("api.db").display());
    let penshaw = target().join("debug/penshaw").display().to_string();
    run(&penshaw, &["load", "examples/sunderland_durham", "--database", &database])?;
    let token = token(&database)?;
    let service = Service::start(&penshaw, &database, scratch.path())?;
    let settings = scratch.path().join("schemathesis.toml");
    fs::write(&settings, SETTINGS.replace("TOKEN", &token))?;
    let document = scratch.path().join("openapi.json");
    fs::write(&document, fewer_kinds()?.to_string())?;
    let (document, address) = (document.display().to_string(), format!("http://{}", service.address));
    let program = schemathesis.display().to_string();
    let settings = settings.display().to_string();
    let arguments = [
        "--config-file",
        &*settings,
        "run",
        &*document,
        "--url",
        &*address,
        "--max-examples",
        EXAMPLES,
        "--generation-deterministic",
        "--continue-on-failure",
    ];
    let done = run(&program, &arguments);
    let said = service.said();
    if said.contains("panicked") {
        bail!("the service panicked:\n{said}");
    }
    done
}

/// The kinds of entry whose records are made up: an authority's, one without money, the partnership's.
const KINDS: &[&str] = &["ContractRecord", "SiteRecord", "CourseOptionRecord"];

/// The description with a few kinds of record to send. All of them are drawn from one declaration
/// by one function, and every kind more costs hundreds of requests.
fn fewer_kinds() -> Result<Value> {
    let text = fs::read_to_string(root().join("docs/reference/openapi.json"))?;
    let mut document: Value = serde_json::from_str(&text).context("docs/reference/openapi.json")?;
    let records = KINDS.iter().map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    document["components"]["schemas"]["AnyRecord"] = json!({ "oneOf": records.collect::<Vec<_>>() });
    Ok(document)
}

/// What schemathesis is told: who calls, whose entries there are, and which operations are to be tried gently.
const SETTINGS: &str = r#"
[auth.openapi.token]
bearer = "TOKEN"

# A rule that no schema can say is refused with 422, a state with 409, 412 or 428.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "403", "404", "409", "412", "422", "428"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]

[dictionaries.owners]
values = ["SCC", "partnership", "DCC"]

[dictionaries.kinds]
values = ["contracts", "sites", "options"]

[dictionaries.references]
values = ["A1", "C1", "L1", "O1", "P1", "S1", "T1"]

[dictionaries.tags]
values = ['"1"', '"2"', "*"]

[parameters]
"path.kind" = { dictionary = "kinds", probability = 0.9 }
"path.owner" = { dictionary = "owners", probability = 0.8 }
"path.reference" = { dictionary = "references", probability = 0.7 }
"header.If-Match" = { dictionary = "tags", probability = 0.8 }

# The token in use, and the roles of who holds it, are not to be taken away.
[[operations]]
include-operation-id = "delete_tokens_token"
parameters = { "path.token" = "none" }

[[operations]]
include-operation-id = "put_people_person_roles_body"
parameters = { "path.person" = "none" }

# Each of these is work for minutes in the background.
[[operations]]
include-operation-id = "post_work_out"
generation = { max-examples = 2 }

[[operations]]
include-operation-id = "post_analyses_name_runs"
generation = { max-examples = 5 }
"#;

/// The program, in an environment of its own under the target folder.
fn schemathesis() -> Result<PathBuf> {
    let folder = target().join("schemathesis");
    let program = folder.join("bin/schemathesis");
    let note = folder.join("installed");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == SCHEMATHESIS) && program.is_file() {
        return Ok(program);
    }
    if !is_installed("python3") {
        bail!("python3 is missing: schemathesis, which tries the API, runs on it");
    }
    let place = folder.display().to_string();
    run("python3", &["-m", "venv", "--clear", &place])?;
    run(&folder.join("bin/pip").display().to_string(), &["install", "--quiet", SCHEMATHESIS])?;
    fs::write(note, SCHEMATHESIS)?;
    Ok(program)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The token of somebody with every role in one authority and in the partnership.
fn token(database: &str) -> Result<String> {
    let program = target().join("debug/examples/token").display().to_string();
    let made = command(&program, &[database]).output().context("the token's example cannot be started")?;
    if !made.status.success() {
        bail!("no token was made: {}", String::from_utf8_lossy(&made.stderr));
    }
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}

/// A service that runs until it is let go of.
struct Service {
    child: Child,
    address: String,
    log: PathBuf,
}

impl Service {
    fn start(penshaw: &str, database: &str, scratch: &Path) -> Result<Self> {
        // The system gives a port that nobody uses.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let log = scratch.join("service.log");
        let child = Command::new(penshaw)
            .args(["serve", "--database", database, "--listen", &address, "--trials", "50"])
            .current_dir(root())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?)
            .spawn()
            .with_context(|| format!("{penshaw} cannot be started"))?;
        let service = Service { child, address, log };
        let begun = Instant::now();
        while !service.is_ready() {
            if begun.elapsed() > Duration::from_secs(60) {
                bail!("the service does not answer:\n{}", service.said());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(service)
    }

    fn is_ready(&self) -> bool {
        let Ok(mut connection) = TcpStream::connect(&self.address) else { return false };
        let asked = connection.write_all(b"GET /readyz HTTP/1.0\r\nHost: penshaw\r\n\r\n");
        let mut answer = String::new();
        asked.is_ok() && connection.read_to_string(&mut answer).is_ok() && answer.contains(" 200 ")
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

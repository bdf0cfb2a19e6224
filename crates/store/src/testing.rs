//! A real PostgreSQL server for tests, started from the installed programs and gone with the process.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database};

use crate::programs::program;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server with a folder of its own, on a free port. It ends when it is dropped, and when the
/// process ends in whatever way.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    /// Holds the far end of a pipe: the keeper stops the server when our end is closed.
    keeper: Child,
    postgres: PathBuf,
}

impl Postgres {
    /// The server that all tests of this process share.
    ///
    /// # Panics
    /// If PostgreSQL is not installed, with what to install: no test is left out silently.
    pub fn start() -> &'static Postgres {
        static SHARED: OnceLock<Result<Postgres, String>> = OnceLock::new();
        // One that does not start is not waited for by every test.
        SHARED.get_or_init(Postgres::started).as_ref().unwrap_or_else(|why| panic!("{why}"))
    }

    /// A server for one test alone, which may stop it and start it again.
    ///
    /// # Panics
    /// If PostgreSQL is not installed or does not start.
    pub fn alone() -> Postgres {
        Postgres::started().unwrap_or_else(|why| panic!("{why}"))
    }

    fn started() -> Result<Postgres, String> {
        let (initdb, postgres) = (needed("initdb")?, needed("postgres")?);
        let (folder, port) = (new_folder(), free_port());
        let keeper = keep(&folder, &postgres, &prepare(port, &initdb));
        let server = Postgres { folder, port, keeper, postgres };
        server.wait()?;
        Ok(server)
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// If the server does not make it.
    pub async fn database(&self) -> String {
        static MADE: AtomicU32 = AtomicU32::new(1);
        let name = format!("penshaw_{}", MADE.fetch_add(1, Ordering::Relaxed));
        let server = Database::connect(self.address("postgres", "postgres")).await.expect("the server answers");
        server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database can be made");
        server.close().await.expect("the connection can be let go of");
        self.address("postgres", &name)
    }

    /// The address of a database for one of its users.
    pub fn address(&self, user: &str, database: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/{database}", self.port)
    }

    /// Stops the server at once, as if its machine had lost power.
    ///
    /// # Panics
    /// If it does not stop.
    pub fn stop(&mut self) {
        let mut pipe = self.keeper.stdin.take().expect("the server runs");
        pipe.write_all(b"stop\n").expect("the keeper listens");
        self.keeper.wait().expect("the keeper of the server ends");
    }

    /// Starts a server that was stopped, on the same port and with the same data.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start_again(&mut self) {
        self.keeper = keep(&self.folder, &self.postgres, "");
        self.wait().unwrap_or_else(|why| panic!("{why}"));
    }

    /// Waits until the server says in its log that it is ready.
    fn wait(&self) -> Result<(), String> {
        let since = Instant::now();
        loop {
            let log = self.log();
            if log.contains("database system is ready to accept connections") {
                return Ok(());
            }
            if since.elapsed() > PATIENCE || log.contains("FATAL:") {
                return Err(format!("PostgreSQL did not start:\n{log}"));
            }
            sleep(Duration::from_millis(20));
        }
    }

    /// What the server has said since it was started, and what was said before its first start.
    fn log(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        log.rsplit("starting PostgreSQL\n").next().unwrap_or_default().to_owned()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// A new folder, which the user that runs the server may write to.
fn new_folder() -> PathBuf {
    static MADE: AtomicU32 = AtomicU32::new(1);
    let name = format!("penshaw-postgres-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    let made = as_server_user("mkdir").arg(&folder).status();
    assert!(made.is_ok_and(|status| status.success()), "{} cannot be made", folder.display());
    folder
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("the port is known").port()
}

/// What the shell does before the server's first start.
///
/// The order of British English differs from that of bytes: a query that leans on the
/// database's own order is found out. Where the server was built without ICU, the plain one does.
fn prepare(port: u16, initdb: &Path) -> String {
    let initdb = quoted(initdb);
    let common = "--pgdata=data --username=postgres --encoding=UTF8 --auth=trust --no-sync";
    format!(
        "{initdb} {common} --locale=C --locale-provider=icu --icu-locale=en-GB >log 2>&1 || \
         {{ rm -rf data; {initdb} {common} --locale=C >>log 2>&1; }} || exit 1\n\
         printf 'host all with_password 127.0.0.1/32 scram-sha-256\\n' | cat - data/pg_hba.conf >hba && \
         mv hba data/pg_hba.conf\n\
         {{ echo port={port}; echo \"unix_socket_directories='$PWD'\"; echo fsync=off; \
         echo \"listen_addresses='127.0.0.1'\"; echo max_connections=400; }} >>data/postgresql.conf\n"
    )
}

/// Starts a shell that runs the server until our end of its standard input is closed, which the
/// operating system does however this process ends. A word on it stops the server and keeps its folder.
/// A signal to the whole group of processes, as `timeout` sends it, ends the reading and not the shell.
fn keep(folder: &Path, postgres: &Path, prepare: &str) -> Child {
    let (postgres, folder) = (quoted(postgres), quoted(folder));
    let script = format!(
        "trap : TERM INT HUP\ncd {folder} || exit 1\n{prepare}echo 'starting PostgreSQL' >>log\n{postgres} -D data >>log 2>&1 </dev/null &\n\
         read -r word; kill -QUIT $!; wait $!\n\
         [ -n \"$word\" ] || {{ cd /; rm -rf {folder}; }}\n"
    );
    let mut shell = as_server_user("sh");
    shell.args(["-c", &script]).env("LC_ALL", "C");
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().expect("a shell can be started")
}

/// A command as the user that may run a server: PostgreSQL refuses to run for root.
fn as_server_user(name: &str) -> Command {
    if !is_root() {
        return Command::new(name);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", name]);
    // A folder of ours need not be one that this user may enter.
    command.current_dir(std::env::temp_dir());
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn needed(name: &str) -> Result<PathBuf, String> {
    program(name).ok_or_else(|| {
        format!(
            "these tests need a PostgreSQL server, and {name} was not found: install PostgreSQL 15 or later \
             (on Debian: apt-get install postgresql), or name the folder of its programs in PENSHAW_POSTGRES_BIN"
        )
    })
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}

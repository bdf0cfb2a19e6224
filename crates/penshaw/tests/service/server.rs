//! A server: `penshaw serve` as a process of its own, which can be asked to stop, killed and put to sleep.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::databases::Database;

/// How long anything may take that takes moments on a machine with nothing else to do.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// A server over a database.
pub struct Server {
    pub address: String,
    process: Child,
    log: PathBuf,
}

impl Server {
    /// A server that is ready, with the usual settings and few trials.
    pub fn over(database: &Database) -> Self {
        Server::with(database, &[])
    }

    /// A server that is ready, with arguments besides.
    pub fn with(database: &Database, arguments: &[&str]) -> Self {
        let server = Server::begun(database, arguments);
        server.wait_until_ready();
        server
    }

    /// A server that may not be ready yet.
    pub fn begun(database: &Database, arguments: &[&str]) -> Self {
        Server::started(Command::new(env!("CARGO_BIN_EXE_penshaw")), database, arguments)
    }

    /// A server that is ready, none of whose files may grow beyond so many kilobytes.
    pub fn limited(database: &Database, kilobytes: u64) -> Self {
        let mut shell = Command::new("sh");
        // The signal of the limit is not heard: the write fails, as on a disk that is full.
        let script = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
        shell.args(["-c", script, "sh", &(kilobytes * 2).to_string(), env!("CARGO_BIN_EXE_penshaw")]);
        let server = Server::started(shell, database, &[]);
        server.wait_until_ready();
        server
    }

    fn started(mut command: Command, database: &Database, arguments: &[&str]) -> Self {
        let given = arguments.iter().position(|word| *word == "--listen").map(|place| arguments[place + 1]);
        let listen = given.map_or_else(free_port, |listen| listen.parse().expect("an address"));
        let log = database.scratch.path().join(format!("server-{}.log", listen.port()));
        command.args(["serve", "--database", &database.address, "--trials", "2000"]).args(arguments);
        if given.is_none() {
            command.args(["--listen", &listen.to_string()]);
        }
        command
            .env("PENSHAW_OIDC_SECRET", "a secret of the tests")
            .stdout(Stdio::null())
            .stderr(File::create(&log).expect("a log is made"));
        let process = command.spawn().expect("the server starts");
        Server { address: format!("http://{listen}"), process, log }
    }

    pub fn wait_until_ready(&self) {
        until("the server is ready", || self.is_ready().then_some(()));
    }

    /// What `/readyz` says.
    pub fn is_ready(&self) -> bool {
        let answer = Browser::at(self).try_to_send("GET", "/readyz", &[], Vec::new());
        answer.is_ok_and(|answer| answer.status == 200)
    }

    /// What the server logged.
    pub fn logged(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Kills it, as if its machine had lost power.
    pub fn kill(&mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it ends");
    }

    /// Asks it to stop, and says how it ended.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.process.wait().expect("it ends")
    }

    /// Puts it to sleep, as a machine that is moved or overloaded does.
    pub fn sleep(&self) {
        self.signal("STOP");
    }

    pub fn wake(&self) {
        self.signal("CONT");
    }

    /// The most memory that it has had, in megabytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or_default() / 1_024
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.process.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal {name} cannot be sent");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            let log = self.logged();
            let last: Vec<&str> = log.lines().rev().take(12).collect();
            eprintln!("{} logged last:\n{}", self.address, last.into_iter().rev().collect::<Vec<_>>().join("\n"));
        }
    }
}

/// Runs the command to its end and returns what it printed.
///
/// # Panics
/// If it does not succeed, with what it said.
pub fn penshaw(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_penshaw")).args(arguments).output().expect("penshaw runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "penshaw {}: {said}", arguments.join(" "));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The example's folder.
pub fn example() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham").display().to_string()
}

pub fn free_port() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address")
}

/// Asks again and again until there is an answer.
pub fn until<T>(what: &str, ask: impl FnMut() -> Option<T>) -> T {
    within(PATIENCE, what, ask)
}

/// Asks again and again until there is an answer, for so long at most.
pub fn within<T>(patience: Duration, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(since.elapsed() < patience, "in {patience:?} it did not come about that {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

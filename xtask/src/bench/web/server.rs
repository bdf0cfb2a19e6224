//! The servers of the benchmark: PostgreSQL where the peer expects it, and ours, with somebody signed in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::penshaw;

/// The port at which the peer looks for PostgreSQL.
const PORT: &str = "5544";
const PATIENCE: Duration = Duration::from_secs(120);

/// A PostgreSQL server of the benchmark's own.
pub struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
}

impl Postgres {
    /// Starts one in a new folder.
    pub fn start(folder: &Path) -> Result<Self> {
        let programs = programs().context("PostgreSQL's own programs are needed: install the package postgresql")?;
        fs::create_dir_all(folder)?;
        let server = Postgres { folder: folder.to_owned(), programs };
        run(Command::new("chown").args(["postgres", &folder.display().to_string()]))?;
        // The folder above was made for us alone: the server's user must be able to pass.
        if let Some(above) = folder.parent() {
            run(Command::new("chmod").args(["755", &above.display().to_string()]))?;
        }
        server.run("initdb", &["-D", &server.data(), "-A", "trust", "-U", "postgres"])?;
        let options =
            format!("-p {PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}", folder.display());
        server.run("pg_ctl", &["-D", &server.data(), "-w", "-l", &server.log(), "-o", &options, "start"])?;
        Ok(server)
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn log(&self) -> String {
        self.folder.join("log").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let program = self.programs.join(program).display().to_string();
        run(Command::new("runuser").args(["-u", "postgres", "--", &program]).args(arguments))
    }

    /// Makes an empty database.
    pub fn create(&self, name: &str) -> Result<()> {
        self.run("createdb", &["-h", "127.0.0.1", "-p", PORT, "-U", "postgres", name])
    }

    /// The address of a database.
    pub fn address(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{PORT}/{name}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]);
    }
}

fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").is_file()).max()
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.current_dir("/").output().with_context(|| format!("{command:?} cannot be started"))?;
    if !output.status.success() {
        bail!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// A server of ours, with somebody of the authority AAA signed in.
pub struct Server {
    child: Child,
    port: u16,
    cookie: String,
}

impl Server {
    /// Loads a folder into a database, makes an account, serves, and signs in.
    pub fn start(database: &str, folder: &Path, scratch: &Path, port: u16) -> Result<Self> {
        let folder = folder.display().to_string();
        ours(&["load", &folder, "--database", database])?;
        let base = format!("http://127.0.0.1:{port}");
        let link = ours(&[
            "admin",
            "invite",
            "bench@example.gov.uk",
            "--name",
            "Bench",
            "--database",
            database,
            "--public-address",
            &base,
        ])?;
        let mut server = Server { child: serve(database, port)?, port, cookie: String::new() };
        server.wait_until_ready()?;
        let invitation =
            link.split_whitespace().find(|word| word.starts_with("http")).context("no invitation was made")?;
        let jar = scratch.join(format!("cookies-{port}")).display().to_string();
        curl(&["-c", &jar, "-d", "password=three unlike words here", invitation])?;
        let link = ours(&["admin", "link", "bench@example.gov.uk", "--database", database, "--public-address", &base])?;
        let once = link.split_whitespace().find(|word| word.starts_with("http")).context("no link was made")?;
        curl(&["-c", &jar, "-d", "", once])?;
        let jar = fs::read_to_string(&jar)?;
        let line = jar.lines().find(|line| line.contains("penshaw_session")).context("nobody was signed in")?;
        server.cookie = format!("penshaw_session={}", line.split('\t').next_back().unwrap_or_default());
        server.become_editor()?;
        Ok(server)
    }

    /// Takes the roles that importing needs, through the page on which administrators give them.
    fn become_editor(&self) -> Result<()> {
        let people = self.get("/people")?;
        let at = people.find("/people/").and_then(|_| {
            people.split("href=\"/people/").find_map(|rest| {
                let id = rest.split('"').next()?;
                (id.len() == 32).then(|| id.to_owned())
            })
        });
        let id = at.context("the page of people does not lead to anybody")?;
        let own = ["administrator", "estate_editor", "approver", "democratic_services"]
            .map(|role| format!("roles-AAA={role}"));
        let kept = ["BBB", "partnership"].map(|body| format!("roles-{body}=administrator"));
        self.post(&format!("/people/{id}"), &own.into_iter().chain(kept).collect::<Vec<_>>().join("&"))?;
        Ok(())
    }

    /// The cookie of the session.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// The address at which it serves.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The most memory that it has held, in MB.
    pub fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no memory was measured")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse::<f64>()? / 1024.0)
    }

    fn wait_until_ready(&self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if curl(&["-f", &format!("{}/readyz", self.base())]).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(20));
        }
        bail!("the server did not become ready")
    }

    /// Lets it run on one core alone from now on.
    pub fn hold_to_core(&self, core: usize) -> Result<()> {
        super::public::hold_to_core(self.child.id(), core)
    }

    /// A page.
    pub fn get(&self, address: &str) -> Result<String> {
        curl(&["-H", &format!("Cookie: {}", self.cookie), &format!("{}{address}", self.base())])
    }

    /// Sends a form.
    pub fn post(&self, address: &str, form: &str) -> Result<String> {
        let cookie = format!("Cookie: {}", self.cookie);
        curl(&["-f", "-d", form, "-H", &cookie, &format!("{}{address}", self.base())])
    }

    /// Uploads a file and returns the address of the page to which it leads.
    pub fn upload(&self, address: &str, file: &Path) -> Result<String> {
        let cookie = format!("Cookie: {}", self.cookie);
        let part = format!("file=@{};type=text/csv", file.display());
        let target = format!("{}{address}", self.base());
        let led = curl(&["-f", "-o", "/dev/null", "-w", "%{redirect_url}", "-F", &part, "-H", &cookie, &target])?;
        Ok(led.trim().strip_prefix(&self.base()).context("the upload led nowhere")?.to_owned())
    }

    /// Waits until a page says some words, and returns it.
    pub fn wait_until(&self, address: &str, words: &str) -> Result<String> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let page = self.get(address)?;
            if page.contains(words) {
                return Ok(page);
            }
            sleep(Duration::from_millis(100));
        }
        bail!("{address} never said \"{words}\"")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(database: &str, port: u16) -> Result<Child> {
    let child = Command::new(penshaw())
        .args(["serve", "--database", database, "--listen", &format!("127.0.0.1:{port}")])
        .env("PENSHAW_LOG", "error")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(child)
}

/// Seconds from starting a server on a database that is there to its first page.
pub fn seconds_until_ready(database: &str, port: u16) -> Result<f64> {
    let begun = Instant::now();
    let server = Server { child: serve(database, port)?, port, cookie: String::new() };
    let page = format!("{}/sign-in", server.base());
    while curl(&["-f", "-o", "/dev/null", &page]).is_err() {
        if begun.elapsed() > PATIENCE {
            bail!("the server did not answer");
        }
        sleep(Duration::from_millis(5));
    }
    Ok(begun.elapsed().as_secs_f64())
}

fn ours(arguments: &[&str]) -> Result<String> {
    let output = Command::new(penshaw()).args(arguments).output()?;
    if !output.status.success() {
        bail!("penshaw {} failed:\n{}", arguments[0], String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn curl(arguments: &[&str]) -> Result<String> {
    let output = Command::new("curl").arg("-sS").args(arguments).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

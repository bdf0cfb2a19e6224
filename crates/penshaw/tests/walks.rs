//! Walks through the pages in a real browser, each against a server of its own, as a person would take it.
//!
//! Each page on the way is looked over by axe. `PENSHAW_CHROMIUM` names another browser,
//! `PENSHAW_SCREENSHOTS` a folder for pictures of every page.

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use common::{example, penshaw, printed, said};

#[test]
fn an_invited_officer_signs_in_and_comes_back() {
    walk("first_sign_in", &[]);
}

#[test]
fn an_invited_officer_signs_in_with_scripts_switched_off() {
    walk("first_sign_in", &[("PENSHAW_SCRIPTS", "off")]);
}

#[test]
fn an_import_with_an_error_is_mended_and_committed() {
    walk("import", &[]);
}

#[test]
fn a_contract_is_shared_without_its_price() {
    walk("sharing", &[]);
}

#[test]
fn the_appraisal_is_worked_out_and_read() {
    walk("appraisal", &[]);
}

#[test]
fn the_report_is_edited_and_downloaded() {
    walk("report", &[]);
}

#[test]
fn a_hosting_agreement_is_brought_to_delivery_and_a_failed_test_raises_an_alert() {
    walk("hosting", &[]);
}

#[test]
fn ten_matches_are_reviewed_and_a_saving_moves_into_an_option_and_the_report() {
    walk("overlap", &[]);
}

#[test]
fn two_cabinets_decide_with_a_call_in_in_one_and_anybody_reads_it() {
    walk("decisions", &[]);
}

#[test]
fn every_page_that_links_lead_to_is_sound_at_every_width() {
    walk("crawl", &[]);
}

/// Takes a walk against a new server with the example in it.
fn walk(name: &str, settings: &[(&str, &str)]) {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let server = Server::start(scratch.path());
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("walks-out").join(name);
    let mut node = Command::new("node");
    node.arg(walks().join("main.mjs")).arg(name).args(["--base", &server.address]);
    node.args(["--invitation", &server.invitation]).arg("--out").arg(&out).arg("--example").arg(example());
    if let Some(folder) = std::env::var_os("PENSHAW_SCREENSHOTS") {
        node.arg("--screenshots").arg(folder);
    }
    let walked = node.envs(settings.iter().copied()).status().expect("Node.js runs");
    assert!(walked.success(), "the walk {name} failed: the step and its screenshot are named above");
}

/// The folder in which the walks and what they need of npm lie ready.
fn walks() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    READY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("walks");
        let locked = || fs::read(folder.join("package-lock.json")).ok();
        let before = locked();
        copy_walks(&folder);
        if before != locked() || !folder.join("node_modules/axe-core").is_dir() {
            let npm = Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(&folder).output();
            let npm = npm.expect("npm runs: `cargo xtask test` installs it or says how");
            assert!(npm.status.success(), "npm could not fetch what the walks need: {}", said(&npm));
        }
        folder
    })
}

fn copy_walks(to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/walks");
    for file in fs::read_dir(from).expect("the walks are there") {
        let path = file.expect("a file is read").path();
        fs::copy(&path, to.join(path.file_name().expect("a file has a name"))).expect("a file is copied");
    }
}

/// A server with the example, and the link that makes its first administrator.
struct Server {
    process: Child,
    address: String,
    invitation: String,
}

impl Server {
    fn start(scratch: &Path) -> Server {
        let database = format!("sqlite:{}", scratch.join("walk.db").display());
        let address = format!("http://{}", free_port());
        run(&["load", &example().display().to_string(), "--database", &database]);
        let invited = run(&[
            "admin",
            "invite",
            "ada@example.gov.uk",
            "--name",
            "Ada Example",
            "--database",
            &database,
            "--public-address",
            &address,
        ]);
        let invitation = invited.split_whitespace().find(|word| word.contains("/invitation/"));
        let invitation = invitation.expect("the link is printed").to_owned();
        let mut process = Command::new(env!("CARGO_BIN_EXE_penshaw"))
            .args(["serve", "--database", &database, "--listen", &address["http://".len()..], "--trials", "2000"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let printed = process.stdout.as_mut().expect("its output is ours");
        BufReader::new(printed).read_line(&mut line).expect("it says where it serves");
        assert!(line.contains(&address), "{line}");
        Server { process, address, invitation }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address")
}

fn run(arguments: &[&str]) -> String {
    let output = penshaw(arguments);
    assert!(output.status.success(), "{}", said(&output));
    printed(&output)
}

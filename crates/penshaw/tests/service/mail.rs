//! Alerts by mail: sent once to each person concerned, by one of several servers, through a real mail server.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::databases::Database;
use crate::programs::fetched;
use crate::server::{Server, free_port, until};

/// A mail server that keeps what it is sent.
struct Post {
    address: String,
    folder: TempDir,
    process: Child,
}

impl Post {
    fn start() -> Self {
        let (port, folder) = (free_port().port(), TempDir::new().expect("a folder"));
        let mut process = Command::new("node")
            .arg(fetched().join("mail_server.mjs"))
            .arg(port.to_string())
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Node.js runs");
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().expect("its output is ours")).read_line(&mut line).expect("it says so");
        assert_eq!(line, "ready\n");
        Post { address: format!("smtp://127.0.0.1:{port}"), folder, process }
    }

    fn settings(&self) -> [&str; 4] {
        ["--mail-server", &self.address, "--mail-from", "Shared ICT <shared-ict@example.gov.uk>"]
    }

    fn files(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.path()).expect("the folder is there");
        files.map(|file| file.expect("a file").path()).collect()
    }

    /// What was sent to an address, without the line breaks of its encoding.
    fn sent_to(&self, address: &str) -> Vec<String> {
        let mails = self.files().into_iter().map(|file| fs::read_to_string(file).expect("a mail is text"));
        mails.map(|mail| mail.replace("=\r\n", "")).filter(|mail| mail.contains(&format!("<{address}>"))).collect()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn alerts_are_sent_once_to_each_person_concerned_by_one_of_two_servers() {
    let (database, post) = (Database::postgres(), Post::start());
    let _servers = [Server::with(&database, &post.settings()), Server::with(&database, &post.settings())];
    let both = || ["officer.scc@example.gov.uk", "officer.dcc@example.gov.uk"].map(|address| post.sent_to(address));
    let mails = until("both are written to", || Some(both()).filter(|[one, other]| one.len() + other.len() >= 2));
    let [sunderland, durham] = &mails;
    assert!(sunderland[0].contains("/alerts") && sunderland[0].contains("Subject: "), "{}", sunderland[0]);
    assert!(sunderland[0].contains("Repeat the recovery test"), "it is Sunderland's to do: {}", sunderland[0]);
    assert!(!durham[0].contains("Repeat the recovery test"), "it is not Durham's to do: {}", durham[0]);
    // The other server has had its turn too, and nobody is written to twice.
    sleep(Duration::from_secs(2));
    assert_eq!(both().map(|mails| mails.len()), [1, 1]);
}

#[test]
fn a_mail_server_that_is_away_does_not_keep_pages_from_being_shown() {
    let database = Database::sqlite();
    let nobody = format!("smtp://127.0.0.1:{}", free_port().port());
    let server = Server::with(&database, &["--mail-server", &nobody, "--mail-from", "Shared ICT <a@example.gov.uk>"]);
    assert_eq!(database.officer("SCC", &server).get("/alerts").status, 200);
    until("the log says that nothing was sent", || server.logged().contains("alerts could not be sent").then_some(()));
}

#[test]
fn a_mail_server_without_a_sender_is_refused_at_once() {
    let refused = Command::new(env!("CARGO_BIN_EXE_penshaw"))
        .args(["serve", "--database", "sqlite::memory:", "--mail-server", "smtp://127.0.0.1:25"])
        .output()
        .expect("penshaw runs");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--mail-from"));
}

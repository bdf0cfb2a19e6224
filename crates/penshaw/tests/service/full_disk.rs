//! A disk that is full: what cannot be kept is said so, nothing is kept by half, and it works again once there is room.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::Browser;
use crate::databases::Database;
use crate::imports::{applications, through};
use crate::server::Server;

#[test]
fn a_file_that_may_grow_no_further_refuses_kindly_and_works_again() {
    let database = Database::sqlite();
    let before = database.verified();
    let room = fs::metadata(database.path()).expect("it is there").len() / 1_024 + 300;
    let mut server = Server::limited(&database, room);
    let mut browser = database.officer("SCC", &server);
    fill(&mut browser);
    server.kill();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    through(&mut browser, "SCC", "applications.csv", applications("F", 500).as_bytes());
    assert!(database.verified() > before);
}

#[test]
fn a_full_disk_refuses_kindly_and_works_again_once_there_is_room() {
    let Some(disk) = Disk::of_megabytes(16) else {
        println!("not tried: only the administrator of a machine can make a small disk; the limit on a file was");
        return;
    };
    let made = Database::sqlite();
    fs::copy(made.path(), disk.path.join("penshaw.db")).expect("it is copied");
    let database = Database { address: format!("sqlite:{}", disk.path.join("penshaw.db").display()), ..made };
    let before = database.verified();
    let server = Server::over(&database);
    let mut browser = database.officer("SCC", &server);
    disk.fill();
    fill(&mut browser);
    disk.make_room();
    through(&mut browser, "SCC", "applications.csv", applications("F", 500).as_bytes());
    assert!(database.verified() > before);
    drop(server);
}

/// Writes until there is no room, and looks at what is said and what is left.
fn fill(browser: &mut Browser) {
    let imports = browser.get("/imports/SCC").text();
    // Some eight megabytes, more than the whole database holds, which would need room at once.
    let answer = browser.upload("/imports/SCC", "applications.csv", applications("F", 240_000).as_bytes());
    assert!([503, 507].contains(&answer.status), "{} {}", answer.status, answer.text());
    let text = answer.text().to_lowercase();
    assert!(text.contains("try again") && !text.contains("sql") && !text.contains("disk"), "{text}");
    for path in ["/", "/estate", "/estate/applications/SCC/entry/A01"] {
        assert_eq!(browser.get(path).status, 200, "what is there can still be read: {path}");
    }
    assert_eq!(browser.get("/imports/SCC").text(), imports, "nothing is kept by half");
}

/// A small disk in memory.
struct Disk {
    path: PathBuf,
    _scratch: tempfile::TempDir,
}

impl Disk {
    /// Nothing, where the user may not make one.
    fn of_megabytes(size: usize) -> Option<Disk> {
        let scratch = tempfile::tempdir().expect("a folder is made");
        let path = scratch.path().join("disk");
        fs::create_dir(&path).expect("a folder is made");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}m"), "penshaw-test"])
            .arg(&path)
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Disk { path, _scratch: scratch })
    }

    /// Leaves half a megabyte.
    fn fill(&self) {
        let mut size = 64 << 20;
        while size >= 1_024 {
            if fs::write(self.filler(), vec![1; size]).is_ok() {
                break;
            }
            size = size * 15 / 16;
        }
        let taken = fs::metadata(self.filler()).expect("it is there").len();
        fs::write(self.filler(), vec![1; taken as usize - (512 << 10)]).expect("it is smaller");
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).expect("it can be removed");
    }

    fn filler(&self) -> PathBuf {
        Path::new(&self.path).join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.path).status();
    }
}

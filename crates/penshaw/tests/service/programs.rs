//! Programs of npm that the tests talk to: an OpenID provider and a mail server, fetched once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder in which the provider lies ready, with what it needs of npm.
pub fn fetched() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    READY.get_or_init(|| {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provider");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("provider");
        fs::create_dir_all(&folder).expect("a folder is made");
        let locked = || fs::read(folder.join("package-lock.json")).ok();
        let before = locked();
        for name in ["package.json", "package-lock.json", ".npmrc", "provider.mjs", "mail_server.mjs"] {
            fs::copy(from.join(name), folder.join(name)).expect("a file is copied");
        }
        if before != locked() || !folder.join("node_modules/smtp-server").is_dir() {
            let npm = Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(&folder).output();
            let npm = npm.expect("npm runs: `cargo xtask test` installs it or says how");
            assert!(npm.status.success(), "npm could not fetch it: {}", String::from_utf8_lossy(&npm.stderr));
        }
        folder
    })
}

//! Prepares the assets that the binary embeds: govuk-frontend from npm, without its fonts and crest, and our own files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use flate2::{Compression, write::GzEncoder};

/// What the build reads, apart from `static/`: npm runs again only when one of these changes.
const NPM_FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// Our own files, beside those of govuk-frontend.
const OWN: &str = "static";
/// The licence of the typeface that we do not ship, which stands before its rules.
const TYPEFACE_NOTICE: &str = "/*! Copyright (c) 2011 by Margaret Calvert";
/// What may not reach a page: the typeface and the crest are the Crown's, and we hold neither.
const NEVER: [&str; 4] = ["@font-face", "GDS Transport", "crest", "url(/assets"];

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    say_what_is_read();
    let govuk = match env::var_os("PENSHAW_ASSETS") {
        Some(folder) => PathBuf::from(folder),
        None => fetch(&out.join("npm")).unwrap_or_else(|why| stop(&why)),
    };
    if let Err(why) = prepare(&govuk, &out.join("assets")) {
        stop(&format!("The pages' assets cannot be prepared from {}: {why}", govuk.display()));
    }
    // For the tests, which compare our components with govuk-frontend's own fixtures.
    println!("cargo::rustc-env=PENSHAW_GOVUK={}", govuk.display());
}

fn say_what_is_read() {
    println!("cargo::rerun-if-env-changed=PENSHAW_ASSETS");
    for path in NPM_FILES.iter().chain(&[OWN, "build.rs"]) {
        println!("cargo::rerun-if-changed={path}");
    }
}

/// Ends the build with a reason that whoever builds can act on.
fn stop(why: &str) -> ! {
    println!("cargo::error={}", why.replace('\n', " "));
    std::process::exit(1);
}

/// Fetches govuk-frontend into `folder`, unless what the lock names is there already.
fn fetch(folder: &Path) -> Result<PathBuf, String> {
    let package = folder.join("node_modules/govuk-frontend/dist/govuk");
    let done = folder.join("fetched");
    let wanted = fs::read_to_string("package-lock.json").map_err(|why| format!("package-lock.json: {why}"))?;
    if fs::read_to_string(&done).is_ok_and(|fetched| fetched == wanted) && package.is_dir() {
        return Ok(package);
    }
    copy_npm_files(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    run_npm(folder)?;
    fs::write(&done, wanted).map_err(|why| format!("{}: {why}", done.display()))?;
    Ok(package)
}

fn copy_npm_files(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for name in NPM_FILES {
        fs::copy(name, folder.join(name))?;
    }
    Ok(())
}

fn run_npm(folder: &Path) -> Result<(), String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let ran = Command::new(npm).args(["ci", "--ignore-scripts"]).current_dir(folder).output();
    let output = ran.map_err(|why| {
        format!(
            "The pages need govuk-frontend, which npm fetches, and npm cannot be run ({why}). \
             Install Node.js, or set PENSHAW_ASSETS to a folder that holds govuk-frontend's dist/govuk."
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "npm could not fetch govuk-frontend ({}): {} Check the network and npm's registry, \
         or set PENSHAW_ASSETS to a folder that holds govuk-frontend's dist/govuk.",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

/// Fills `assets` afresh, so that nothing of an earlier build is embedded.
fn prepare(govuk: &Path, assets: &Path) -> Result<(), String> {
    let _ = fs::remove_dir_all(assets);
    fs::create_dir_all(assets).map_err(|why| format!("{}: {why}", assets.display()))?;
    let css = without_crown_property(&read(&govuk.join("govuk-frontend.min.css"))?);
    if let Some(found) = NEVER.iter().find(|never| css.contains(**never)) {
        return Err(format!("govuk-frontend's style still holds “{found}”, which is not ours to ship: see build.rs."));
    }
    put(assets, "govuk-frontend.min.css", css.as_bytes())?;
    let script = without_source_map(&read(&govuk.join("govuk-frontend.min.js"))?);
    put(assets, "govuk-frontend.min.js", script.as_bytes())?;
    for entry in fs::read_dir(OWN).map_err(|why| format!("{OWN}: {why}"))? {
        let path = entry.map_err(|why| format!("{OWN}: {why}"))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("our files have plain names");
        put(assets, name, read(&path)?.as_bytes())?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
}

/// Writes a file and, beside it, the same compressed.
fn put(assets: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let write = || -> io::Result<()> {
        fs::write(assets.join(name), bytes)?;
        let compressed = fs::File::create(assets.join(format!("{name}.gz")))?;
        let mut encoder = GzEncoder::new(compressed, Compression::best());
        encoder.write_all(bytes)?;
        encoder.finish().map(drop)
    };
    write().map_err(|why| format!("{name}: {why}"))
}

/// The style without the typeface and the crest, which may be used on government domains only.
fn without_crown_property(css: &str) -> String {
    let css = without_each(css, TYPEFACE_NOTICE, "*/");
    let css = without_each(&css, "@font-face", "}");
    without_source_map(&css)
        .replace("GDS Transport,arial,sans-serif", "Arial,\"Liberation Sans\",sans-serif")
        .replace("url(/assets/images/govuk-crest.svg)", "none")
}

fn without_source_map(text: &str) -> String {
    let end = text.find("//# sourceMappingURL").or_else(|| text.find("/*# sourceMappingURL"));
    text[..end.unwrap_or(text.len())].trim_end().to_owned()
}

/// The text without each stretch from `start` to the next `end`.
fn without_each(text: &str, start: &str, end: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find(start) {
        kept.push_str(&rest[..from]);
        let stretch = &rest[from..];
        rest = stretch.find(end).map_or("", |to| &stretch[to + end.len()..]);
    }
    kept.push_str(rest);
    kept
}

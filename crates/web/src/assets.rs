//! The files that pages fetch: embedded in the binary, each under an address that changes with what is in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use penshaw_basis::Digester;
use rust_embed::{Embed, EmbeddedFile};

/// The prepared folder: see `build.rs`.
#[derive(Embed)]
#[folder = "$OUT_DIR/assets"]
struct Files;

/// The style of the fragments that `penshaw_files` writes, which stand in our pages.
const FRAGMENTS: &str = "fragments.css";
/// A year: the address changes before the file does.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The addresses of all assets, by name.
static ADDRESSES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let names = names();
    let version = version(&names);
    names.into_iter().map(|name| (name.clone(), format!("/assets/{version}/{name}"))).collect()
});

/// The address of an asset, such as that of `penshaw.css`.
///
/// # Panics
/// If there is no such asset: a page names only those that are embedded.
pub fn asset(name: &str) -> &'static str {
    ADDRESSES.get(name).unwrap_or_else(|| panic!("no asset is named {name}"))
}

/// Every asset with its bytes, for pages that are written to a folder.
pub fn all() -> Vec<(String, Cow<'static, [u8]>)> {
    names().into_iter().filter_map(|name| Some((name.clone(), plain(&name)?))).collect()
}

/// Serves `/assets/{version}/{name}`.
///
/// An address of another version, from a page drawn before a new release, gets the file of today, not to be kept.
pub async fn serve(Path((version, name)): Path<(String, String)>, asked: HeaderMap) -> Response {
    let Some(address) = ADDRESSES.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let current = *address == format!("/assets/{version}/{name}");
    let etag = format!("\"{}\"", address.split('/').nth(2).unwrap_or_default());
    let caching = [
        (header::CACHE_CONTROL, if current { FOR_EVER } else { "no-cache" }.to_owned()),
        (header::ETAG, etag.clone()),
        (header::VARY, "accept-encoding".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    if names_one(&asked, header::IF_NONE_MATCH, &etag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, body(&name, names_one(&asked, header::ACCEPT_ENCODING, "gzip"))).into_response()
}

/// Every asset that a page may ask for.
fn names() -> Vec<String> {
    let mut names: Vec<String> =
        Files::iter().map(|name| name.into_owned()).filter(|name| !is_compressed(name)).collect();
    names.push(FRAGMENTS.to_owned());
    names.sort();
    names
}

fn is_compressed(name: &str) -> bool {
    name.ends_with(".gz")
}

/// One version for all assets, so that a script finds the one that it imports beside it.
fn version(names: &[String]) -> String {
    let mut digester = Digester::new("assets");
    digester.part(penshaw_files::write::html::STYLE);
    for (name, file) in names.iter().filter_map(|name| Some((name, Files::get(name)?))) {
        let digest: String = file.metadata.sha256_hash().iter().map(|byte| format!("{byte:02x}")).collect();
        digester.part(name).part(&digest);
    }
    digester.finish().short().to_owned()
}

/// Whether a header holds a value in its list. A quality of nought is not looked for: nobody refuses gzip so.
fn names_one(asked: &HeaderMap, header: header::HeaderName, value: &str) -> bool {
    let lists = asked.get_all(header).into_iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| one.split(';').next().is_some_and(|one| one.trim() == value))
}

fn body(name: &str, compressed: bool) -> Response {
    let kind = [(header::CONTENT_TYPE, mime(name))];
    if let Some(EmbeddedFile { data, .. }) = Files::get(&format!("{name}.gz")).filter(|_| compressed) {
        return (kind, [(header::CONTENT_ENCODING, "gzip")], data).into_response();
    }
    plain(name).map_or(StatusCode::NOT_FOUND.into_response(), |bytes| (kind, bytes).into_response())
}

fn plain(name: &str) -> Option<Cow<'static, [u8]>> {
    if name == FRAGMENTS {
        return Some(Cow::Borrowed(penshaw_files::write::html::STYLE.as_bytes()));
    }
    Files::get(name).map(|file| file.data)
}

/// The kind of a file, by its ending: there are only these.
fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    }
}

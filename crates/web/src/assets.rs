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

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::HeaderValue;

    use super::*;

    async fn get(address: &str, header: header::HeaderName, value: &'static str) -> Response {
        let mut parts = address.split('/').skip(2).map(str::to_owned);
        let path = Path((parts.next().unwrap(), parts.next().unwrap()));
        serve(path, HeaderMap::from_iter([(header, HeaderValue::from_static(value))])).await
    }

    fn header_of<'a>(response: &'a Response, name: &str) -> &'a str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[tokio::test]
    async fn a_current_address_may_be_kept_for_ever() {
        let response = get(asset("penshaw.css"), header::ACCEPT, "*/*").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header_of(&response, "cache-control"), FOR_EVER);
        assert_eq!(header_of(&response, "content-type"), "text/css; charset=utf-8");
    }

    #[tokio::test]
    async fn an_address_of_an_earlier_release_is_served_but_not_kept() {
        let response = get("/assets/000000000000/penshaw.js", header::ACCEPT, "*/*").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header_of(&response, "cache-control"), "no-cache");
    }

    #[tokio::test]
    async fn a_browser_that_has_the_file_is_told_so() {
        let first = get(asset("early.js"), header::ACCEPT, "*/*").await;
        let etag = header_of(&first, "etag").to_owned().leak();
        let second = get(asset("early.js"), header::IF_NONE_MATCH, etag).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn the_large_files_come_compressed_to_whoever_takes_that() {
        let address = asset("govuk-frontend.min.css");
        let compressed = get(address, header::ACCEPT_ENCODING, "br;q=1.0, gzip;q=0.8").await;
        assert_eq!(header_of(&compressed, "content-encoding"), "gzip");
        let plain = get(address, header::ACCEPT_ENCODING, "identity").await;
        assert_eq!(header_of(&plain, "content-encoding"), "");
        let (small, large) = (to_bytes(compressed.into_body(), usize::MAX), to_bytes(plain.into_body(), usize::MAX));
        assert!(small.await.unwrap().len() * 4 < large.await.unwrap().len());
    }

    #[tokio::test]
    async fn what_is_no_asset_is_not_found() {
        let response = get("/assets/000000000000/penshaw.css.gz", header::ACCEPT, "*/*").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn nothing_that_is_the_crown_s_is_embedded() {
        for (name, bytes) in all().into_iter().filter(|(name, _)| name.ends_with(".css")) {
            let text = String::from_utf8(bytes.into_owned()).unwrap();
            for never in ["GDS Transport", "crest", "@font-face", "url(/"] {
                assert!(!text.contains(never), "{name} holds {never}");
            }
        }
    }

    #[test]
    fn a_script_finds_what_it_imports_beside_it() {
        let folder = |name| asset(name).rsplit_once('/').unwrap().0;
        assert_eq!(folder("penshaw.js"), folder("govuk-frontend.min.js"));
    }
}

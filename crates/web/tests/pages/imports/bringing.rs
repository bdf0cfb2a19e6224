//! Files brought: mended, cut off, too large, of hostile names; committed or given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures_util::stream;
use penshaw_operations::Role;

use crate::site::{Site, head, multipart};

const HEADINGS: &str = "Reference,Title,Supplier,Annual value,Others may join\n";

fn contracts(rows: &[&str]) -> Vec<u8> {
    format!("{HEADINGS}{}\n", rows.join("\n")).into_bytes()
}

#[tokio::test]
async fn a_file_with_an_error_is_mended_and_brought_again() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let address = site.import("contracts.csv", &contracts(&["N1,Mobile telephones,Example,12.345,yes"])).await;
    let page = site.get(&address).await;
    let text =
        page.says(&["There is 1 error in the file", "line 2, column Annual value", "Bring the mended file"]).text;
    assert!(!text.contains("/commit"), "what has errors can be committed: {text}");
    let refused = site.post(&format!("{address}/commit"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);

    let mended = site.import("contracts.csv", &contracts(&["N1,Mobile telephones,Example,1234.50,yes"])).await;
    site.get(&mended).await.says(&["Mobile telephones", "£1,234.50", "no longer hold"]);
    assert_eq!(site.post(&format!("{mended}/commit"), &[]).await.location(), mended);
    site.get(&mended).await.says(&["data-progress=\"/job/", "Check again"]);
    site.work().await;
    site.get(&format!("{mended}?done=committed")).await.says(&["The import was committed", "See contracts"]);
    site.get("/estate/contracts?owner=SCC&words=mobile").await.says(&["Mobile telephones"]);
}

#[tokio::test]
async fn a_change_is_shown_field_by_field_and_nothing_is_removed_unasked() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let before = site.get("/estate/contracts?owner=SCC").await.text;
    let there = String::from_utf8(site.get("/estate/contracts/SCC/download.csv").await.bytes).expect("text");
    let kept: Vec<&str> = there.lines().take(3).collect();
    let changed = kept.join("\n").replace("256000", "300000");
    let address = site.import("SCC-contracts (2).csv", changed.as_bytes()).await;
    site.get(&address).await.says(&["£256,000.00 → £300,000.00", "Also remove the"]);
    site.post(&format!("{address}/commit"), &[]).await.location();
    site.work().await;
    let after = site.get("/estate/contracts?owner=SCC").await.text;
    let count = |text: &str| text.split(" entr").next().and_then(|text| text.rsplit('>').next()).map(str::to_owned);
    assert_eq!(count(&before), count(&after));

    let again = site.import("contracts.csv", changed.as_bytes()).await;
    site.get(&again).await.says(&["Also remove the"]);
    site.post(&format!("{again}/commit"), &[("remove_missing", "yes")]).await.location();
    site.work().await;
    site.get("/estate/contracts?owner=SCC").await.says(&["2 entries"]);
}

#[tokio::test]
async fn an_import_that_is_given_up_changes_nothing() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let address = site.import("contracts.csv", &contracts(&["N1,Mobile telephones,,,"])).await;
    let given_up = site.post(&format!("{address}/give-up"), &[]).await;
    site.get(given_up.location()).await.says(&["Nothing was changed"]);
    assert_eq!(site.post(&format!("{address}/commit"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(site.post(&format!("{address}/again"), &[]).await.status, StatusCode::CONFLICT);
    site.get("/estate/contracts?owner=SCC&words=mobile").await.says(&["0 entries"]);
}

#[tokio::test]
async fn work_that_is_stopped_may_be_asked_for_again() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let address = site.upload("SCC", "contracts.csv", &contracts(&["N1,Mobile telephones,,,"])).await;
    let page = site.get(address.location()).await.text;
    let job = page.split("data-progress=\"").nth(1).and_then(|rest| rest.split("/fragment").next()).expect("a job");
    site.get(&format!("{job}/fragment")).await.says(&["<progress", "Waiting for its turn"]);
    assert_eq!(
        site.post(&format!("{job}/cancel"), &[]).await.location(),
        format!("{}?done=cancelled", address.location())
    );
    site.get(&format!("{job}/fragment")).await.says(&["data-done=\"/import/"]);
    site.get(address.location()).await.says(&["The file is kept", "Read it again"]);
    site.post(&format!("{}/again", address.location()), &[]).await.location();
    site.work().await;
    site.get(address.location()).await.says(&["Mobile telephones", "Commit"]);
}

#[tokio::test]
async fn an_upload_that_is_cut_off_leaves_nothing() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let whole = multipart("contracts.csv", &contracts(&["N1,Mobile telephones,,,"]));
    let half = whole[..whole.len() - 30].to_vec();
    let ended = site.upload_body("SCC", Some(whole.len()), Body::from(half.clone())).await;
    assert_eq!(ended.status, StatusCode::BAD_REQUEST);
    ended.says(&["The file did not arrive whole", "There is a problem"]);
    let broken = stream::iter([Ok(Bytes::from(half)), Err(std::io::Error::other("the line is down"))]);
    assert_eq!(site.upload_body("SCC", None, Body::from_stream(broken)).await.status, StatusCode::BAD_REQUEST);
    site.get("/imports/SCC").await.says(&["There are none yet"]);
}

#[tokio::test]
async fn nothing_of_a_file_that_says_it_is_too_large_is_waited_for() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let taken = Arc::new(AtomicUsize::new(0));
    let answer = site.begin(site.upload_request("SCC", Some(500_000_000), megabytes(500, taken.clone()))).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(taken.load(Ordering::Relaxed), 0, "the answer waited for the file");
    let page = axum::body::to_bytes(answer.into_body(), 1 << 20).await.expect("it has an end");
    assert!(String::from_utf8_lossy(&page).contains("The file must be smaller than 50 MB"));
    assert_eq!(taken.load(Ordering::Relaxed), 501, "a browser that still sends sees no answer");
}

#[tokio::test]
async fn a_file_that_grows_too_large_is_let_go_of() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let taken = Arc::new(AtomicUsize::new(0));
    let answer = site.upload_body("SCC", None, megabytes(500, taken.clone())).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(taken.load(Ordering::Relaxed) < 60, "{} MB were taken", taken.load(Ordering::Relaxed));
    site.get("/imports/SCC").await.says(&["There are none yet"]);
}

/// A form with a file of so many megabytes, counted as they are taken.
fn megabytes(count: usize, taken: Arc<AtomicUsize>) -> Body {
    let first = Bytes::from(head("contracts.csv"));
    let pieces = std::iter::once(first).chain((0..count).map(|_| Bytes::from(vec![b'a'; 1_000_000])));
    Body::from_stream(stream::iter(pieces.map(move |piece| {
        taken.fetch_add(1, Ordering::Relaxed);
        Ok::<_, std::io::Error>(piece)
    })))
}

#[tokio::test]
async fn hostile_names_are_shown_harmless() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let file = contracts(&["N1,Mobile telephones,,,"]);
    for (name, shown) in [
        ("../../etc/contracts.csv", "Import of contracts.csv"),
        ("<script>alert(1)</script>contracts.csv", "Import of script-contracts.csv"),
        ("C:\\fakepath\\contracts.csv", "Import of contracts.csv"),
        ("contracts\u{202e}vsc.csv", "Import of contractsvsc.csv"),
        ("<img src=x onerror=alert(1)>.csv", "Import of img src=x onerror=alert(1)-.csv"),
    ] {
        let address = site.import(name, &file).await;
        let text = site.get(&address).await.says(&[shown]).text;
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{text}");
    }
    let text = site.get("/imports/SCC").await.text;
    assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{text}");
}

#[tokio::test]
async fn cells_are_pasted_and_what_is_missing_is_asked_for() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let nothing = site.post("/imports/SCC", &[("kind", ""), ("text", "Reference\tTitle")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says(&["Select what the cells are", "href=\"#kind\"", "Reference\tTitle</textarea>"]);
    let empty = site.post("/imports/SCC", &[("kind", "contracts"), ("text", "  \n")]).await;
    empty.says(&["Paste the cells with their row of headings"]);
    let no_file = site.upload("SCC", "", b"").await;
    assert_eq!(no_file.status, StatusCode::UNPROCESSABLE_ENTITY);
    no_file.says(&["Select a file that holds entries"]);
    let cells = "Reference\tTitle\tAnnual value\nN1\tMobile telephones\t1,200\n";
    let pasted = site.post("/imports/SCC", &[("kind", "contracts"), ("text", cells)]).await;
    site.work().await;
    site.get(pasted.location()).await.says(&["Import of pasted", "£1,200.00"]);
}

#[tokio::test]
async fn who_may_not_import_is_offered_nothing_and_refused() {
    let site = Site::of("SCC", &[Role::Finance]).await;
    let text = site.get("/imports/SCC").await.says(&["You may look at imports"]).text;
    assert!(!text.contains("type=\"file\"") && !text.contains("<textarea"), "{text}");
    let refused = site.upload("SCC", "contracts.csv", &contracts(&["N1,Mobile telephones,,,"])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(site.upload("nowhere", "contracts.csv", b"a").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/import/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/job/nothing").await.status, StatusCode::NOT_FOUND);
    let operations = &site.operations;
    let brought =
        penshaw_operations::Brought::File { name: "contracts.csv".into(), bytes: contracts(&["N1,Phones,,,"]) };
    let (import, _) = operations.bring_file(&Site::operator(), "SCC", brought).await.expect("brought");
    site.work().await;
    let text = site.get(&format!("/import/{}", import.id)).await.says(&["Phones"]).text;
    assert!(!text.contains("/commit") && !text.contains("give-up"), "{text}");
    assert_eq!(site.post(&format!("/import/{}/commit", import.id), &[]).await.status, StatusCode::FORBIDDEN);
}

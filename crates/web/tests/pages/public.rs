//! What anybody may read: nothing before it is published, nothing that is not, and that it was withdrawn.

use penshaw_operations::Role;

use crate::site::{Answer, Site};

const NOTICE: &str = "/estate/notices/SCC/entry/N2/publish";
const PUBLIC: &str = "/public/SCC/notices/N2";

/// Publishes what the page offers to publish, as it was seen.
async fn publish(site: &Site, address: &str) -> Answer {
    let digest = site.get(address).await.must(200).hidden("seen");
    site.post(address, &[("seen", &digest)]).await
}

#[tokio::test]
async fn a_notice_is_public_from_its_publication_on_with_its_feeds_until_it_is_withdrawn() {
    let site = Site::of("SCC", &[Role::DemocraticServices, Role::EstateEditor]).await;
    let stranger = site.stranger();
    stranger.get("/public").await.must(200).says(&["Nothing has been published yet"]);
    stranger.get(PUBLIC).await.must(404);
    site.get("/estate/notices/SCC/entry/N2").await.must(200).says(&["See what would be published of it"]);
    publish(&site, NOTICE).await.must(303);
    let page =
        stranger.get(PUBLIC).await.must(200).says(&["Notice of a key decision", "To ask for documents", "digest"]);
    assert_eq!(page.headers["cache-control"], "public, max-age=60, stale-while-revalidate=300");
    assert!(!page.headers.contains_key("set-cookie"));
    stranger.get("/public").await.must(200).says(&[PUBLIC]);
    stranger.get("/public/feed.atom").await.must(200).says(&["<feed xmlns=\"http://www.w3.org/2005/Atom\"", PUBLIC]);
    stranger.get("/public/feed.json").await.must(200).says(&["https://jsonfeed.org/version/1.1", PUBLIC]);
    stranger.get("/public/records.json").await.must(200).says(&["\"key_decision\": true", "\"2014-06-18\""]);
    site.get(NOTICE).await.must(200).says(&["Public"]).does_not_say("name=\"seen\"");
    let withdraw = format!("{NOTICE}/withdraw");
    site.post(&withdraw, &[("reason", "")]).await.must(422).says(&["Enter why it is withdrawn"]);
    site.post(&withdraw, &[("reason", "Published in error")]).await.must(303);
    stranger.get(PUBLIC).await.must(410).says(&["Published in error"]).does_not_say("To ask for documents");
    stranger.get("/public/feed.atom").await.must(200).does_not_say(PUBLIC);
    stranger.get("/public").await.must(200).does_not_say(PUBLIC);
}

#[tokio::test]
async fn a_decision_that_was_not_made_cannot_be_published_and_what_it_lacks_is_told_at_once() {
    let site = Site::of("SCC", &[Role::DemocraticServices]).await;
    let address = "/estate/decisions/SCC/entry/D2/publish";
    let page = site.get(address).await.must(200);
    page.says(&["It cannot be published yet", "what was resolved", "the reasons", "conflicts of interest"]);
    site.post(address, &[("seen", "guessed")]).await.must(422);
    site.stranger().get("/public/SCC/decisions/D2").await.must(404);
}

#[tokio::test]
async fn what_would_be_published_must_be_what_was_seen() {
    let site = Site::of("SCC", &[Role::DemocraticServices]).await;
    site.get(NOTICE).await.must(200);
    site.post(NOTICE, &[("seen", "another digest")]).await.must(409);
    site.stranger().get(PUBLIC).await.must(404);
}

#[tokio::test]
async fn no_field_that_a_statement_does_not_ask_for_reaches_the_public() {
    let site = Site::of("SCC", &[Role::DemocraticServices]).await;
    publish(&site, "/estate/decisions/SCC/entry/D1/publish").await.must(303);
    let stranger = site.stranger();
    for address in
        ["/public", "/public/SCC/decisions/D1", "/public/feed.atom", "/public/feed.json", "/public/records.json"]
    {
        let page = stranger.get(address).await.must(200);
        // Why it is a key decision is recorded and is no part of the statement.
        assert!(!page.headers.contains_key("set-cookie"), "{address}");
        page.does_not_say("It would affect services in every ward");
    }
}

#[tokio::test]
async fn a_cache_that_has_the_page_is_told_that_it_still_holds() {
    let site = Site::of("SCC", &[Role::DemocraticServices]).await;
    publish(&site, NOTICE).await.must(303);
    let stranger = site.stranger();
    let first = stranger.get(PUBLIC).await.must(200);
    let tag = first.headers["etag"].to_str().expect("a tag is plain").to_owned();
    let again = stranger.get_with(PUBLIC, &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, 304);
    assert!(again.text.is_empty());
}

#[tokio::test]
async fn publishing_a_statement_records_the_day_from_which_call_in_runs() {
    let site = Site::of("SCC", &[Role::DemocraticServices]).await;
    let made = [
        ("reference", "D7"),
        ("title", "A small decision"),
        ("matter", "Whether to print this"),
        ("decision_maker", "Cabinet"),
        ("outcome", "agreed"),
        ("decided_on", "2026-11-02"),
        ("resolution", "That it be printed"),
        ("reasons", "To be read"),
        ("alternatives", "Not to print it"),
        ("conflicts", "None"),
        ("dispensations", "None"),
        ("confidence", "reported"),
    ];
    site.post("/estate/decisions/SCC/new", &made).await.must(303);
    let entry = "/estate/decisions/SCC/entry/D7";
    site.get(entry).await.must(200).does_not_say("Statement published");
    publish(&site, &format!("{entry}/publish")).await.must(303);
    site.get(entry).await.must(200).says(&["Statement published"]);
    site.get("/decisions").await.must(200).says(&["A small decision", "Call-in ends"]);
}

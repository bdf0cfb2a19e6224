//! What anybody may read: nothing before it is published, nothing that is not, and that it was withdrawn.

use penshaw_operations::{Date, Role};
use penshaw_register::{Kind, PARTNERSHIP, Record};

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

const REPORT: &str = "/estate/decisions/SCC/entry/D2/publish/report";
const PUBLIC_REPORT: &str = "/public/SCC/reports/D2";
/// Words and an amount that only Part II holds.
const SECRET: [&str; 2] = ["the offer of Blackbird Systems", "£417,350"];

/// A part of the report is exempt, and everything was worked out from frozen baselines.
async fn with_an_exempt_part(site: &Site) {
    let operator = Site::operator();
    let mut exempt = Record::new(Kind::ExemptPart, "EX1");
    let words = format!("It rests on {}: {} a year.", SECRET[0], SECRET[1]);
    for (field, value) in
        [("part", "7.7"), ("public_interest", "It would weaken both councils in negotiation"), ("words", &words)]
    {
        exempt.fields.insert(field.into(), value.into());
    }
    exempt.fields.insert("paragraphs".into(), vec!["3"].into());
    site.operations.save_entry(&operator, PARTNERSHIP, &exempt, None).await.expect("it is saved");
    let day = Date::constant(2014, 6, 11);
    site.operations.freeze_baseline(&operator, PARTNERSHIP, day, "").await.expect("it is frozen");
    site.operations.work_out_report(&operator, false).await.expect("a job is asked for");
    site.work().await;
}

#[tokio::test]
async fn of_a_report_with_an_exempt_part_the_public_reads_part_one_and_nothing_of_the_other_in_any_form() {
    let site = Site::of("SCC", &[Role::DemocraticServices, Role::EstateEditor]).await;
    site.get(REPORT).await.must(200).says(&["It lacks", "nothing has been worked out yet"]);
    with_an_exempt_part(&site).await;
    site.get(REPORT).await.must(200).says(&["paragraph 3 among the decision's exempt paragraphs"]);
    let mut decision =
        site.operations.view_entry(&Site::operator(), "SCC", Kind::Decision, "D2").await.expect("it is there");
    let number = decision.own.as_ref().map(|own| own.number);
    decision.record.fields.insert("exempt_paragraphs".into(), vec!["3"].into());
    decision.record.fields.insert("public_interest".into(), "It would weaken both councils in negotiation".into());
    site.operations.save_entry(&Site::operator(), "SCC", &decision.record, number).await.expect("it is saved");
    publish(&site, REPORT).await.must(303);
    let stranger = site.stranger();
    stranger.get(PUBLIC_REPORT).await.must(200).says(&[
        "Not for publication",
        "weaken both councils",
        "It stands in Part II",
    ]);
    for address in [
        "/public",
        PUBLIC_REPORT,
        "/public/feed.atom",
        "/public/feed.json",
        "/public/records.json",
        &format!("{PUBLIC_REPORT}/document.docx"),
        &format!("{PUBLIC_REPORT}/document.pdf"),
    ] {
        let answer = stranger.get(address).await.must(200);
        let read = read_whole(address, &answer.bytes);
        assert!(read.contains("business case"), "{address} cannot be read");
        for secret in SECRET.into_iter().chain(["Blackbird", "417,350"]) {
            assert!(!read.contains(secret), "{address} says {secret}");
        }
    }
    let downloads = site.get("/report/downloads").await.must(200).says(&["report-part-ii.pdf"]);
    let part_2 =
        downloads.text.split('"').find(|link| link.ends_with("report-part-ii.html")).expect("a link").to_owned();
    site.get(&part_2).await.must(200).says(&SECRET);
    let partner = site.person("Ben", "DCC", &[Role::EstateEditor]).await;
    partner.get("/report/downloads").await.must(200).does_not_say("report-part-ii.pdf");
    partner.get(&part_2).await.must(404);
    partner.get(&part_2.replace("-part-ii", "")).await.must(200).does_not_say(SECRET[1]);
}

/// All the words of a file, its properties among them.
fn read_whole(name: &str, bytes: &[u8]) -> String {
    if name.ends_with(".docx") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a Word file is a ZIP");
        let parts = zip.len();
        let read = |place| {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut zip.by_index(place).expect("a part"), &mut text).expect("it is read");
            String::from_utf8_lossy(&text).into_owned()
        };
        return (0..parts).map(read).collect::<Vec<String>>().join("\n");
    }
    if name.ends_with(".pdf") {
        let file = std::env::temp_dir().join(format!("part-one-{}.pdf", std::process::id()));
        std::fs::write(&file, bytes).expect("it is written");
        let run = |program: &str, after: &[&str]| {
            let output = std::process::Command::new(program).arg(&file).args(after).output();
            String::from_utf8_lossy(&output.unwrap_or_else(|error| panic!("{program}: {error}")).stdout).into_owned()
        };
        let read = run("pdftotext", &["-"]) + &run("pdfinfo", &[]);
        std::fs::remove_file(&file).expect("it is taken away");
        return read.replace('\n', " ");
    }
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn what_a_committee_system_takes_is_one_file_with_what_is_not_in_it() {
    let site = Site::of("SCC", &[Role::DemocraticServices]).await;
    site.get("/estate/decisions/SCC/entry/D2").await.must(200).says(&["Download the pack for a committee system"]);
    let pack = site.get("/estate/decisions/SCC/entry/D2/committee-pack.zip").await.must(200);
    let zip = zip::ZipArchive::new(std::io::Cursor::new(&pack.bytes)).expect("it is a ZIP");
    let names = zip.file_names().map(|name| name.expect("a name").into_owned());
    let names: std::collections::BTreeSet<String> = names.collect();
    assert_eq!(
        names.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "agenda-entry.docx",
            "agenda-entry.pdf",
            "fields.csv",
            "fields.json",
            "not-in-this-pack.txt",
            "notice-N2.docx",
            "notice-N2.pdf"
        ]
    );
    let read = read_whole("pack.docx", &pack.bytes);
    for words in ["Decision due", "18 June 2014", "20 May 2014", "10 June 2014", "the report: it lacks a report"] {
        assert!(read.contains(words), "{words}");
    }
    site.person("Ben", "DCC", &[Role::DemocraticServices])
        .await
        .get("/estate/decisions/SCC/entry/D2/committee-pack.zip")
        .await
        .must(403);
}

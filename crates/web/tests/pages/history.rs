//! How the decisions hang together: for everybody who belongs to the partnership, by what is shared alone.

use penshaw_operations::Role;

use crate::site::Site;

#[tokio::test]
async fn the_mandates_the_update_and_the_promised_strategy_are_told_with_their_evidence() {
    let site = Site::of("DCC", &[Role::EstateEditor]).await;
    let page = site.get("/history").await.must(200).says(&[
        "are followed by the update, to be decided on 18 June 2014 and 16 July 2014",
        "That officers of the Council be authorised to evaluate the opportunity",
        "no owner has a baseline that is as old",
        "baseline of 31 March 2014",
        "Still to come",
        "for consideration at a future date",
        "href=\"/estate/decisions/SCC/entry/D2\"",
        "href=\"/estate/commitments/partnership/entry/CM1\"",
    ]);
    for owner in ["SCC", "DCC", "partnership"] {
        let whole = &site.operations.baselines(&Site::operator(), owner).await.expect("it has baselines")[0].digest;
        assert!(!page.text.contains(&whole[..12]), "the digest of the whole baseline of {owner} is shown");
    }
    site.get("/decisions").await.must(200).says(&["href=\"/history\""]);
    site.get("/report/papers").await.must(200).says(&["href=\"/history\"", "/report/papers/history.docx"]);
    site.get("/report/papers/history.html").await.must(200).says(&["How the decisions hang together", "Still to come"]);
    site.stranger().get("/history").await.must(303);
}

#[tokio::test]
async fn what_is_recorded_shows_at_once_and_what_is_not_shared_never() {
    let site = Site::of("SCC", &[Role::DemocraticServices, Role::EstateEditor, Role::Approver]).await;
    let decision = [
        ("reference", "D3"),
        ("title", "Future ICT strategy"),
        ("matter", "Whether to adopt the strategy"),
        ("follows", "D2"),
        ("confidence", "reported"),
    ];
    site.get("/history").await.must(200).says(&["Still to come"]);
    site.post("/estate/decisions/SCC/new", &decision).await.must(303);
    let page = site.get("/history").await.must(200).says(&["Future ICT strategy", "open: 1.4 follows"]);
    page.does_not_say("Still to come");
    let sharing = "/sharing/SCC/decisions/entry/D3";
    let seen = site.post(sharing, &[("extent", "nothing")]).await.must(200).hidden("seen");
    site.post(sharing, &[("extent", "nothing"), ("seen", &seen), ("confirm", "yes")]).await.must(303);
    site.get("/history").await.must(200).says(&["Still to come"]).does_not_say("Future ICT strategy");
}

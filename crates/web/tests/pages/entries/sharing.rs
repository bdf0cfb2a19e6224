//! What an authority shares.

use penshaw_operations::Role;

use crate::site::Site;

const CONTRACTS: &str = "/sharing/SCC/contracts";
const BUT_ANNUAL_VALUE: &[(&str, &str)] =
    &[("extent", "but"), ("kept", "annual_value"), ("instead.annual_value", "band")];

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_kept_back_once_the_preview_was_confirmed() {
    let approver = Site::of("SCC", &[Role::Approver]).await;
    let durham = approver.person("Durham", "DCC", &[Role::EstateEditor]).await;
    let entry = "/estate/contracts/SCC/entry/C01";
    durham.get(entry).await.must(200).says(&["Annual value"]).does_not_say("a band: the owner");
    approver.get("/sharing/SCC").await.must(200).says(&["Share everything of all entries.", "Contracts"]);
    approver.get(CONTRACTS).await.must(200).says(&["Everything but some fields", "Whole-life value"]);
    let preview = approver.post(CONTRACTS, BUT_ANNUAL_VALUE).await.must(200);
    let preview =
        preview.says(&["Check what others will see", "The band £", "Keep back “Annual value” of all contracts."]);
    durham.get(entry).await.does_not_say("a band: the owner");
    let seen = preview.hidden("seen");
    let confirmed = [BUT_ANNUAL_VALUE, &[("seen", seen.as_str()), ("confirm", "yes")]].concat();
    let saved = approver.post(CONTRACTS, &confirmed).await.must(303);
    assert_eq!(saved.location(), "/sharing/SCC?done=shared");
    durham.get(entry).await.must(200).says(&["a band: the owner keeps the figure back"]);
    approver.post(CONTRACTS, &confirmed).await.must(409).says(&["Look at it again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_entry_is_kept_back_and_follows_the_rest_again() {
    let approver = Site::of("SCC", &[Role::Approver]).await;
    let durham = approver.person("Durham", "DCC", &[Role::EstateEditor]).await;
    let led = approver.get("/sharing/SCC?kind=contracts&reference=C01").await.must(303);
    let page = format!("{CONTRACTS}/entry/C01");
    assert_eq!(led.location(), page);
    for (extent, status) in [("nothing", 404), ("as_the_rest", 200)] {
        let preview = approver.post(&page, &[("extent", extent)]).await.must(200);
        let seen = preview.hidden("seen");
        approver.post(&page, &[("extent", extent), ("seen", &seen), ("confirm", "yes")]).await.must(303);
        durham.get("/estate/contracts/SCC/entry/C01").await.must(status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_removed_after_a_look() {
    let approver = Site::of("SCC", &[Role::Approver]).await;
    let rules = "/sharing/SCC/rules";
    let preview = approver.post(rules, &[("act", "remove:0")]).await.must(200);
    let preview = preview.says(&["None: nothing will be shared.", "These rules go:"]);
    let seen = preview.hidden("seen");
    approver.post(rules, &[("act", "remove:0"), ("seen", &seen), ("confirm", "yes")]).await.must(303);
    approver.get("/sharing/SCC").await.must(200).says(&["There are no rules yet, so nothing is shared."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_approvers_decide_members_read_and_others_see_nothing() {
    let editor = Site::of("SCC", &[Role::EstateEditor]).await;
    let durham = editor.person("Durham", "DCC", &[Role::Approver]).await;
    for address in ["/sharing/SCC", CONTRACTS, "/sharing/SCC/contracts/entry/C01"] {
        editor.get(address).await.must(200).says(&["An approver of your authority decides"]).does_not_say("Move up");
        durham.get(address).await.must(404);
    }
    for address in ["/sharing/SCC/rules", CONTRACTS, "/sharing/SCC/contracts/entry/C01"] {
        editor.post(address, BUT_ANNUAL_VALUE).await.must(403);
        durham.post(address, BUT_ANNUAL_VALUE).await.must(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_chosen_is_asked_for_again() {
    let approver = Site::of("SCC", &[Role::Approver]).await;
    approver.post(CONTRACTS, &[]).await.must(422).says(&["Select how much to share"]);
    let nothing_ticked = approver.post(CONTRACTS, &[("extent", "but")]).await.must(422);
    nothing_ticked.says(&["Select at least one field to keep back", "href=\"#kept\""]);
}

//! The papers beside the report: the strategy for all, the update for its writers, commitments for the partnership's editors.

use penshaw_operations::{Date, Role};

use super::{fields, post, worked_out};
use crate::site::Site;

const FIRST: &str = "2014-03-31";

#[tokio::test]
async fn an_update_follows_the_report_of_an_earlier_baseline() {
    let site = Site::of("partnership", &[Role::DemocraticServices, Role::EstateEditor]).await;
    site.get("/report/papers").await.must(200).says(&["Once a second one is frozen"]);
    let objective =
        fields(&[("reference", "OB9"), ("statement", "One service desk by 2016"), ("confidence", "reported")]);
    post(&site, "/estate/objectives/partnership/new", &objective).await.must(303);
    let later = Date::constant(2014, 6, 30);
    site.operations.freeze_baseline(&Site::operator(), "partnership", later, "").await.expect("it is frozen");
    site.get("/report/papers").await.must(200).says(&["31 March 2014", &format!("update.pdf?since={FIRST}")]);
    let update = site.get(&format!("/report/papers/update.html?since={FIRST}")).await.must(200);
    update.says(&["What has changed since", "One service desk by 2016", "31 March 2014"]);
    site.get("/report/papers/update.html").await.must(422).says(&["Select the day that the report follows"]);
    site.get("/report/papers/update.html?since=2001-01-01").await.must(422);
    site.get("/report/papers/minutes.pdf").await.must(404);
}

#[tokio::test]
async fn the_strategy_is_for_everybody_and_the_update_for_those_who_write_the_report() {
    let site = Site::of("DCC", &[Role::EstateEditor]).await;
    site.get("/report/papers/strategy.html").await.must(200).says(&["Road map", "What we propose"]);
    site.get("/report/papers").await.must(200).does_not_say("update.pdf");
    site.get(&format!("/report/papers/update.html?since={FIRST}")).await.must(403);
}

#[tokio::test]
async fn what_the_report_says_will_happen_is_recorded_once() {
    let site = worked_out(&[Role::EstateEditor]).await;
    site.get("/report/commitments").await.must(200).says(&["Record those ticked", "value=\"CM5\""]);
    post(&site, "/report/commitments", &fields(&[("commitment", "CM5")])).await.must(303);
    let page = site.get("/report/commitments").await.must(200);
    page.says(&["href=\"/estate/commitments/partnership/entry/CM5\""]).does_not_say("value=\"CM5\"");
    // A second officer ticked it too: nothing is recorded twice.
    post(&site, "/report/commitments", &fields(&[("commitment", "CM5")])).await.must(303);
    site.get("/estate/commitments/partnership/entry/CM5").await.must(200);
    let reader = site.person("reader", "partnership", &[Role::Finance]).await;
    post(&reader, "/report/commitments", &fields(&[("commitment", "CM6")])).await.must(403);
}

//! Questions: asked through the page, answered with the figures of the results, kept for good.

use axum::http::{StatusCode, header};
use penshaw_basis::Estimate;
use penshaw_operations::Role;
use serde_json::Value;

use super::worked_out;
use crate::site::Site;

/// Pounds as every answer prints them: whole, rounded once.
fn printed(pounds: &Value) -> String {
    Estimate::from_pounds(pounds.as_f64().expect("an amount")).to_whole_pounds()
}

#[tokio::test]
async fn a_question_is_asked_and_its_answer_holds_the_results_figures() {
    let site = Site::of("partnership", &[Role::Finance]).await;
    site.get("/analyses").await.says(&[
        "Not worked out yet",
        "Is it worth it, for whom, and how sure?",
        "Questions to come",
    ]);
    site.get("/analyses/appraisal").await.says(&["This has not been worked out yet", "How to read it"]);
    let asked = site.post("/work-out", &[]).await;
    assert!(asked.location().starts_with("/job/"), "{}", asked.location());
    site.work().await;

    let list = site.get("/analyses").await.says(&["Answered", "by Anna"]).text;
    assert!(!list.contains("Out of date") && !list.contains("Working copy"), "{list}");
    let report = site.get("/report/downloads").await.text;
    let address = report.split("href=\"").find(|rest| rest.contains("/files/results.json")).expect("the results");
    let results = site.get(address.split('"').next().unwrap_or_default()).await;
    assert_eq!(results.headers[header::CONTENT_TYPE], "application/json");
    let results: Value = serde_json::from_slice(&results.bytes).expect("results are JSON");
    let page = site.get("/analyses/appraisal").await.text;
    for option in results["options"].as_array().expect("options") {
        let npsv = printed(&option["npsv"]["base_pounds"]);
        assert!(page.contains(&npsv), "{npsv} of {} is not on the page", option["name"]);
    }
    let outcome = page.split("href=\"").find(|rest| rest.contains("/outcome.json")).expect("the outcome");
    let outcome = site.get(outcome.split('"').next().unwrap_or_default()).await;
    let outcome: Value = serde_json::from_slice(&outcome.bytes).expect("an outcome is JSON");
    for (asked, printed) in
        outcome["options"].as_array().expect("options").iter().zip(results["options"].as_array().expect("options"))
    {
        assert_eq!(asked["economic"]["npsv"], printed["npsv"]["base_pounds"], "to the penny, and beyond");
    }
    assert!(page.contains("/estate/lines/partnership/entry/L20"), "sources lead to their entries");
    assert!(page.contains("href=\"/parameters#green_book/"), "sources lead to their parameters");
    assert!(!page.contains("style=\""), "nothing carries a style of its own");
    assert_eq!(page.matches("<h1").count(), 1);
    site.get("/parameters").await.says(&["id=\"green_book/", "HM Treasury"]);
}

#[tokio::test]
async fn entries_that_a_reader_may_not_see_are_named_and_not_linked() {
    let site = worked_out(&[Role::Finance]).await;
    let page = site.get("/analyses/completeness").await.text;
    for owner in ["SCC", "DCC"] {
        for link in page.split("href=\"/estate/").skip(1).filter(|rest| rest.contains(&format!("/{owner}/entry/"))) {
            let address = format!("/estate/{}", link.split('"').next().unwrap_or_default());
            assert_eq!(site.get(&address).await.status, StatusCode::OK, "{address}");
        }
    }
}

#[tokio::test]
async fn what_was_worked_out_stays_and_says_when_it_is_out_of_date() {
    let site = Site::of("partnership", &[Role::EstateEditor, Role::Finance, Role::DemocraticServices]).await;
    site.post("/analyses/fit/work-out", &[]).await.location();
    site.work().await;
    let first = site.get("/analyses/fit").await.text;
    assert!(!first.contains("has changed since"), "{first}");
    let run = first.split("/run/").nth(1).and_then(|rest| rest.split('/').next()).expect("a run").to_owned();
    let outcome = site.get(&format!("/run/{run}/outcome.json")).await;
    assert!(serde_json::from_slice::<Value>(&outcome.bytes).is_ok_and(|outcome| outcome.is_object()));

    site.post("/analyses/fit/work-out", &[("standing", "yes")]).await.location();
    site.work().await;
    site.get("/analyses/fit").await.says(&["Working copy", "cannot be published"]);
    site.get(&format!("/run/{run}")).await.says(&["This is kept as it was", "What this rests on"]);
    let runs = site.get("/runs?analysis=fit").await.text;
    assert_eq!(runs.matches("href=\"/run/").count(), 2, "{runs}");
}

#[tokio::test]
async fn who_may_only_read_is_offered_nothing_and_refused() {
    let site = Site::of("partnership", &[Role::Administrator]).await;
    let page = site.get("/analyses").await.text;
    assert!(!page.contains("action=\"/work-out\""), "{page}");
    assert_eq!(site.post("/work-out", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.post("/analyses/fit/work-out", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/analyses/unit-costs").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/analyses/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/run/nothing").await.status, StatusCode::NOT_FOUND);
}

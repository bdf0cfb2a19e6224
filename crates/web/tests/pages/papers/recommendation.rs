//! The recommendation: its reasons on the page, and its adoption by an officer.

use axum::http::StatusCode;
use penshaw_operations::Role;

use super::{fields, post, worked_out};
use crate::site::{Site, hidden};

fn decision(page: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs = vec![("run".to_owned(), hidden(page, "run")), ("revision".to_owned(), hidden(page, "revision"))];
    let day = [("officer", "Chief Executive"), ("on-day", "19"), ("on-month", "6"), ("on-year", "2014")];
    pairs.extend(fields(&day));
    pairs.extend(fields(changes));
    pairs
}

#[tokio::test]
async fn the_recommendation_is_set_aside_with_a_reason_and_the_page_says_so() {
    let site = worked_out(&[Role::Approver]).await;
    let page = site
        .get("/recommendation")
        .await
        .says(&[
            "Close the proposal down, and keep what stands",
            "What was rejected, and why",
            "What would reopen the question",
            "id=\"checks\"",
            "The Assistant Chief Executive adopted the recommendation on 10 June 2014",
        ])
        .text;
    let lacking = post(&site, "/recommendation/adopt", &decision(&page, &[("decision", "set-aside")])).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    lacking.says(&["Enter why the recommendation is set aside", "href=\"#resolutions\"", "value=\"Chief Executive\""]);
    let reason =
        [("decision", "set-aside"), ("reason", "Members want more time"), ("resolutions", "Note the report\r\nDefer")];
    let done = post(&site, "/recommendation/adopt", &decision(&page, &reason)).await;
    assert_eq!(done.location(), "/recommendation?done=set-aside");
    let stands = site.get("/recommendation?done=set-aside").await;
    stands.says(&[
        "The Chief Executive set the recommendation aside on 19 June 2014",
        "Members want more time",
        "Defer",
    ]);

    let earlier = post(&site, "/recommendation/adopt", &decision(&page, &[("decision", "adopt")])).await;
    assert_eq!(earlier.status, StatusCode::CONFLICT);
    let again = earlier.says(&["changed while you decided", "Members want more time"]).text;
    let adopted = post(&site, "/recommendation/adopt", &decision(&again, &[("decision", "adopt")])).await;
    assert_eq!(adopted.location(), "/recommendation?done=adopted");
}

#[tokio::test]
async fn what_is_a_working_copy_or_not_worked_out_is_not_adopted() {
    let site = Site::of("partnership", &[Role::Approver]).await;
    site.get("/recommendation").await.says(&["Nothing has been worked out yet"]);
    let nothing = [("run", "none"), ("revision", "1"), ("decision", "adopt"), ("officer", "Chief Executive")];
    let day = [("on-day", "19"), ("on-month", "6"), ("on-year", "2014")];
    let asked: Vec<(String, String)> = fields(&nothing).into_iter().chain(fields(&day)).collect();
    assert_eq!(post(&site, "/recommendation/adopt", &asked).await.status, StatusCode::CONFLICT);

    site.operations.work_out_report(&Site::operator(), true).await.expect("a job is asked for");
    site.work().await;
    let page = site
        .get("/recommendation")
        .await
        .says(&["is a working copy, so that its recommendation cannot be adopted"])
        .text;
    assert!(!page.contains("action=\"/recommendation/adopt\""), "{page}");
    site.get("/report/read").await.says(&["Working copy"]);
}

#[tokio::test]
async fn who_may_not_adopt_is_offered_nothing_and_refused() {
    let site = worked_out(&[Role::Finance]).await;
    let page = site.get("/recommendation").await.text;
    assert!(!page.contains("action=\"/recommendation/adopt\""), "{page}");
    let asked =
        fields(&[("decision", "adopt"), ("officer", "x"), ("on-day", "1"), ("on-month", "1"), ("on-year", "2014")]);
    assert_eq!(post(&site, "/recommendation/adopt", &asked).await.status, StatusCode::FORBIDDEN);
}

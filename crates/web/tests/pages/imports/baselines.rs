//! Baselines frozen and compared.

use axum::http::StatusCode;
use penshaw_operations::Role;

use crate::site::Site;

#[tokio::test]
async fn entries_are_frozen_and_what_changed_since_is_shown() {
    let site = Site::of("SCC", &[Role::EstateEditor, Role::Approver]).await;
    let day = [("on-day", "31"), ("on-month", "3"), ("on-year", "2026"), ("note", "For the <b>decision</b>")];
    assert_eq!(site.post("/baselines/SCC", &day).await.location(), "/baselines/SCC?done=frozen");
    let text =
        site.get("/baselines/SCC").await.says(&["31 March 2026", "For the &lt;b&gt;decision", "Compare two"]).text;
    let id = text.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a baseline");

    site.get(&format!("/baselines/SCC/compare?earlier={id}&later=")).await.says(&["Nothing differs"]);
    let csv = "Reference,Title,Annual value\nN1,Mobile telephones,1200\n";
    let address = site.import("contracts.csv", csv.as_bytes()).await;
    site.post(&format!("{address}/commit"), &[("remove_missing", "yes")]).await.location();
    site.work().await;
    let page = site.get(&format!("/baselines/SCC/compare?earlier={id}&later=&kind=contracts")).await;
    page.says(&["By kind of entry", "Added", "Removed", "/estate/contracts/SCC/entry/N1"]);
    assert_eq!(site.get("/baselines/SCC/compare?earlier=nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/baselines/DCC/compare?earlier=nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_day_that_is_none_is_asked_for_again_with_everything_still_there() {
    let site = Site::of("SCC", &[Role::Approver]).await;
    for (day, month, year, what) in [
        ("", "", "", "Enter the day that the entries are of"),
        ("31", "", "2026", "Enter the day, the month and the year"),
        ("31", "2", "2026", "Enter a real day"),
        ("x", "2", "2026", "Enter a real day"),
        ("1", "2", "26", "Enter the year with four digits"),
        ("1", "2", "2190", "Enter a day that is not in the future"),
    ] {
        let typed = [("on-day", day), ("on-month", month), ("on-year", year), ("note", "kept")];
        let again = site.post("/baselines/SCC", &typed).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        again.says(&[what, "href=\"#on-day\"", "kept</textarea>"]);
    }
}

#[tokio::test]
async fn who_may_not_freeze_is_offered_nothing_and_refused() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let text = site.get("/baselines/SCC").await.says(&["Frozen baselines"]).text;
    assert!(!text.contains("Freeze it"), "{text}");
    let day = [("on-day", "31"), ("on-month", "3"), ("on-year", "2026")];
    assert_eq!(site.post("/baselines/SCC", &day).await.status, StatusCode::FORBIDDEN);
}

//! What needs attention: a failed recovery test raises an alert on the page, at home and in the calendar.

use penshaw_operations::Role;

use crate::site::Site;

/// Records a test of Sunderland's first workload that failed.
async fn fail_a_test(site: &Site) {
    let fields = [
        ("reference", "T9"),
        ("workload", "W1"),
        ("tested_on", "2014-06-02"),
        ("result", "failed"),
        ("copy_started", "no"),
        ("confidence", "reported"),
    ];
    site.post("/estate/recovery_tests/SCC/new", &fields).await.must(303);
}

/// The address that the page shows once.
fn calendar_of(page: &str) -> String {
    let after = page.split("id=\"calendar\">").nth(1).expect("the page shows an address");
    let address = after.split('<').next().expect("an address ends");
    format!("/calendar/{}", address.rsplit('/').next().expect("a secret"))
}

#[tokio::test]
async fn a_failed_recovery_test_raises_an_alert_that_is_gone_once_one_has_passed() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let failed = "Council tax and business rates";
    let before = site.get("/alerts").await.must(200).text.matches("/recovery_tests/SCC/entry/T9").count();
    assert_eq!(before, 0);
    fail_a_test(&site).await;
    let page = site.get("/alerts").await.must(200).says(&[failed, "/recovery_tests/SCC/entry/T9", "Failed"]);
    assert!(page.text.matches("<h1").count() == 1);
    site.get("/").await.must(200).says(&["overdue or have failed", "href=\"/alerts\""]);
    let passed = [
        ("reference", "T10"),
        ("workload", "W1"),
        ("tested_on", "2014-06-09"),
        ("result", "passed"),
        ("copy_started", "yes"),
        ("confidence", "reported"),
    ];
    site.post("/estate/recovery_tests/SCC/new", &passed).await.must(303);
    site.get("/alerts").await.must(200).does_not_say("/recovery_tests/SCC/entry/T9\"");
}

#[tokio::test]
async fn a_calendar_is_read_by_its_secret_alone_until_it_is_taken_away() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    fail_a_test(&site).await;
    let first = calendar_of(&site.post("/alerts/calendar", &[]).await.must(200).text);
    let stranger = site.stranger();
    let calendar = stranger.get(&first).await.must(200).says(&["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VCALENDAR"]);
    assert!(calendar.headers["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/calendar")));
    let second = calendar_of(&site.post("/alerts/calendar", &[]).await.must(200).text);
    stranger.get(&first).await.must(404);
    stranger.get(&second).await.must(200);
    site.post("/alerts/calendar/remove", &[]).await.must(303);
    stranger.get(&second).await.must(404);
    stranger.get("/calendar/anything").await.must(404);
}

#[tokio::test]
async fn whether_alerts_come_by_mail_is_kept() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let chosen = |page: &str, value: &str| {
        let radio = page.split("<input").find(|part| part.contains("name=\"mails\"") && part.contains(value));
        radio.is_some_and(|radio| radio.split('>').next().is_some_and(|tag| tag.contains("checked")))
    };
    assert!(chosen(&site.get("/alerts").await.must(200).text, "value=\"yes\""));
    site.post("/alerts/mail", &[("mails", "no")]).await.must(303);
    assert!(chosen(&site.get("/alerts").await.must(200).text, "value=\"no\""));
}

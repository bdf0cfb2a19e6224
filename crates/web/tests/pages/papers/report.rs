//! The report: written, read, previewed, downloaded; two editors notice each other.

use std::io::Write;
use std::process::{Command, Stdio};

use axum::http::{StatusCode, header};
use penshaw_operations::Role;

use super::{fields, post, work_out, worked_out};
use crate::site::{Site, hidden};

/// The form as it stands on the page, with some fields changed.
fn form(page: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let standing = [
        ("revision", hidden(page, "revision")),
        ("authority", "SCC".to_owned()),
        ("body", "Cabinet".to_owned()),
        ("title", "Shared ICT service".to_owned()),
        ("author", "Assistant Chief Executive".to_owned()),
        ("meeting-day", "18".to_owned()),
        ("meeting-month", "6".to_owned()),
        ("meeting-year", "2014".to_owned()),
    ];
    let kept = standing.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.map(|(name, value)| (name.to_owned(), value)).chain(fields(changes)).collect()
}

#[tokio::test]
async fn words_are_written_and_stand_in_the_report_once_it_is_worked_out_again() {
    let site = worked_out(&[Role::DemocraticServices]).await;
    let page = site.get("/report").await.says(&["Your words for section 7.3", "id=\"checks\"", "5.1"]).text;
    let words = "Staff were consulted <twice>.\n\nBoth unions answered.";
    let saved = post(&site, "/report", &form(&page, &[("words-7.3", words)])).await;
    assert_eq!(saved.location(), "/report?done=saved");
    site.get("/report?done=saved").await.says(&["Saved", "Both unions answered.", "own words have changed"]);
    assert!(!site.get("/report/read").await.text.contains("Both unions answered."));

    let preview = site.get("/report/preview.pdf").await;
    assert_eq!(preview.headers[header::CONTENT_TYPE], "application/pdf");
    assert!(text_of(&preview.bytes).contains("Both unions answered."));

    work_out(&site).await;
    let read =
        site.get("/report/read").await.says(&["Staff were consulted &lt;twice&gt;.", "Both unions answered."]).text;
    assert!(!read.contains("own words have changed"), "{read}");
    assert_eq!(read.matches("<h1").count(), 1);
}

#[tokio::test]
async fn two_editors_notice_each_other_and_see_both_texts() {
    let site = worked_out(&[Role::DemocraticServices]).await;
    let page = site.get("/report").await.text;
    post(&site, "/report", &form(&page, &[("words-8", "The words of the first.")])).await.location();
    let second = post(&site, "/report", &form(&page, &[("words-8", "The words of the second.")])).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let both =
        second.says(&["The words of the second.</textarea>", "Saved by somebody else", "The words of the first."]).text;
    let again = post(&site, "/report", &form(&both, &[("words-8", "The words of both.")])).await;
    assert_eq!(again.location(), "/report?done=saved");
}

#[tokio::test]
async fn what_is_no_day_is_asked_for_again_with_everything_still_there() {
    let site = Site::of("partnership", &[Role::DemocraticServices]).await;
    let page = site.get("/report").await.says(&["No report has been printed yet"]).text;
    let typed = form(&page, &[("meeting-month", "13"), ("words-3", "Kept & <b>safe</b>")]);
    let again = post(&site, "/report", &typed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.says(&[
        "Enter the day of the meeting",
        "href=\"#meeting\"",
        "Kept &amp; &lt;b&gt;safe&lt;/b&gt;",
        "value=\"13\"",
    ]);
    let untitled = post(&site, "/report", &form(&page, &[("title", "")])).await;
    assert_eq!(untitled.status, StatusCode::UNPROCESSABLE_ENTITY);
    untitled.says(&["Enter the title of the report", "href=\"#title\""]);
}

#[tokio::test]
async fn every_file_of_the_report_is_downloaded_by_its_name_and_kind() {
    let site = worked_out(&[Role::Finance]).await;
    let page = site.get("/report/downloads").await.text;
    assert!(!page.contains("Working copy"), "{page}");
    for (name, kind, begins) in [
        ("report.pdf", "application/pdf", "%PDF"),
        ("report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK"),
        ("report.html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
        ("workbook.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"),
        ("results.json", "application/json", "{"),
    ] {
        let link = page.split("href=\"").find(|rest| rest.contains(&format!("/files/{name}\""))).expect(name);
        let file = site.get(link.split('"').next().unwrap_or_default()).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], kind);
        assert_eq!(file.headers[header::CONTENT_DISPOSITION], format!("attachment; filename=\"{name}\""));
        assert!(file.bytes.starts_with(begins.as_bytes()), "{name}");
    }
    let run = page.split("/run/").nth(1).and_then(|rest| rest.split('/').next()).expect("a run");
    assert_eq!(site.get(&format!("/run/{run}/files/other")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_may_not_write_the_report_reads_it() {
    let site = worked_out(&[Role::Finance]).await;
    let page = site.get("/report").await.says(&["Read the whole report", "Democratic services"]).text;
    assert!(!page.contains("<textarea") && !page.contains("preview.pdf"), "{page}");
    assert_eq!(site.post("/report", &[("title", "Mine")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/report/preview.pdf").await.status, StatusCode::FORBIDDEN);
}

/// The words of a PDF, by poppler.
fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext runs: install poppler-utils");
    let mut to = reader.stdin.take().expect("its input is open");
    let pdf = pdf.to_vec();
    let writing = std::thread::spawn(move || to.write_all(&pdf));
    let read = reader.wait_with_output().expect("pdftotext ends");
    writing.join().expect("the PDF is handed over").expect("the PDF is handed over");
    String::from_utf8_lossy(&read.stdout).into_owned()
}

//! Downloads: whole to members, disarmed, under harmless names.

use axum::http::{StatusCode, header};
use penshaw_files::read;
use penshaw_operations::{Actor, Form, Means, Role};
use penshaw_register::{Holder, Kind};

use crate::site::Site;

const FORMULA: &str = "=cmd|'/c calc'!A1";

#[tokio::test]
async fn a_formula_is_downloaded_as_words() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let file = format!("Reference,Title,Supplier\nN1,{FORMULA},@SUM(A1)\n");
    let address = site.import("contracts.csv", file.as_bytes()).await;
    site.post(&format!("{address}/commit"), &[("remove_missing", "yes")]).await.location();
    site.work().await;

    let csv = site.get("/estate/contracts/SCC/download.csv").await;
    let csv = csv.says(&["'=cmd|'/c calc'!A1", "'@SUM(A1)"]);
    let starts_a_formula = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
    assert!(!csv.text.lines().flat_map(|line| line.split(',')).any(starts_a_formula), "{}", csv.text);
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(csv.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"SCC-contracts.csv\"");
    assert_eq!(csv.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");

    let xlsx = site.get("/estate/contracts/SCC/download.xlsx").await;
    assert_eq!(xlsx.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"SCC-contracts.xlsx\"");
    let back = read::file("SCC-contracts.xlsx", &xlsx.bytes, Holder::Authority);
    assert_eq!(back.records.len(), 1, "{:?}", back.findings);
    assert_eq!(back.records[0].fields["title"], FORMULA);
}

#[tokio::test]
async fn a_download_is_brought_back_without_a_change() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    for kind in ["contracts", "cost_lines", "applications"] {
        let csv = site.get(&format!("/estate/{kind}/SCC/download.csv")).await;
        let address = site.import(&format!("SCC-{kind}.csv"), &csv.bytes).await;
        site.get(&address).await.says(&["There is nothing to commit"]);
        let xlsx = site.get(&format!("/estate/{kind}/SCC/download.xlsx")).await;
        let address = site.import(&format!("SCC-{kind}.xlsx"), &xlsx.bytes).await;
        site.get(&address).await.says(&["There is nothing to commit"]);
    }
}

#[tokio::test]
async fn others_download_what_is_shared_and_no_more() {
    let site = Site::of("SCC", &[Role::EstateEditor]).await;
    let whole = site.get("/estate/contracts/SCC/download.csv").await.text;
    let roles = [("DCC".to_owned(), [Role::EstateEditor].into())].into();
    let other = Actor { person: None, name: "of Durham".into(), roles, means: Means::Page };
    site.operations.share_entries(&Site::operator(), "SCC", &[], None).await.expect("shared");
    let operations = &site.operations;
    let shared = operations.export_entries(&other, "SCC", Kind::Contract, Form::Csv).await.expect("downloaded");
    assert!(whole.lines().count() > 1);
    assert_eq!(String::from_utf8_lossy(&shared).lines().count(), 1, "only the headings");
}

#[tokio::test]
async fn what_is_not_there_is_not_downloaded() {
    let site = Site::of("SCC", &[Role::Administrator]).await;
    for address in
        ["nonsense/SCC/download.csv", "contracts/SCC%22%0D%0Ax/download.csv", "contracts/nobody/download.xlsx"]
    {
        assert_eq!(site.get(&format!("/estate/{address}")).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn the_workbook_to_fill_in_is_that_of_the_body() {
    let site = Site::of("SCC", &[Role::Administrator]).await;
    for (body, name, holder) in
        [("SCC", "estate.xlsx", Holder::Authority), ("partnership", "partnership.xlsx", Holder::Partnership)]
    {
        let template = site.get(&format!("/template/{body}")).await;
        assert_eq!(template.headers[header::CONTENT_DISPOSITION], format!("attachment; filename=\"{name}\""));
        let read = read::file(name, &template.bytes, holder);
        assert!(!read::has_errors(&read.findings), "{:?}", read.findings);
    }
    assert_eq!(site.get("/template/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_estate_is_published_in_the_formats_of_others_whole_or_as_far_as_it_is_shared() {
    let site = Site::of("DCC", &[Role::EstateEditor]).await;
    site.get("/publish/DCC").await.says(&["Contracts 34", "34 entries hold something", "Not carried by the format"]);
    let package = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let file = site.get("/publish/DCC/contracts.ocds.json").await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"DCC-contracts.ocds.json\"");
    let whole = package(&file.text);
    assert_eq!((&whole["version"], whole["releases"].as_array().map(Vec::len)), (&"1.1".into(), Some(34)));
    let shared = package(&site.get("/publish/DCC/contracts.ocds.json?only_shared=true").await.text);
    let value = |package: &serde_json::Value| package["releases"][0]["contracts"][0]["value"]["amount"].clone();
    assert!(value(&whole).is_number() && value(&shared).is_null(), "{} {}", value(&whole), value(&shared));
    let register = site.get("/publish/DCC/contracts-register.csv").await;
    assert_eq!(register.text.lines().count(), 35, "{}", register.text);
    let estate = package(&site.get("/publish/DCC/estate.lgr.json").await.text);
    assert!(estate.to_string().contains("Durham"));
    assert_eq!(site.get("/publish/DCC/other.json").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/publish/SCC").await.status, StatusCode::NOT_FOUND);
}

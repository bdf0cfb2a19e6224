//! The form of one entry.

use penshaw_operations::Role;

use crate::site::Site;

const NEW: &str = "/estate/contracts/SCC/new";
const T1: &str = "/estate/contracts/SCC/entry/T1";

fn contract<'a>(title: &'a str, annual_value: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("reference", "T1"), ("title", title), ("annual_value", annual_value), ("confidence", "verified")]
}

fn seen<'a>(mut fields: Vec<(&'a str, &'a str)>, number: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.push(("seen_version", number));
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_added_changed_and_removed() {
    let editor = Site::of("SCC", &[Role::EstateEditor]).await;
    editor.get(NEW).await.must(200).says(&["Title (required)", "31 March 2026", "Checked against a document"]);
    let added = editor.post(NEW, &contract("Telephones", "£1,250.50")).await.must(303);
    assert_eq!(added.location(), format!("{T1}?done=saved"));
    editor.get(T1).await.must(200).says(&["Telephones", "£1,250.50", "Verified"]);
    let form = editor.get(&format!("{T1}/change")).await.must(200).says(&["value=\"1250.50\""]);
    let number = form.hidden("seen_version");
    editor.post(&format!("{T1}/change"), &seen(contract("Telephones", "1300"), &number)).await.must(303);
    editor.get(T1).await.must(200).says(&["£1,300.00", "£1,250.50 → £1,300.00"]);
    let asked = editor.get(&format!("{T1}/remove")).await.must(200).says(&["Remove Telephones?"]);
    let number = asked.hidden("seen_version");
    editor.post(&format!("{T1}/remove"), &[("seen_version", &number)]).await.must(303);
    editor.get(T1).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_as_an_import_says_it_and_what_was_typed_stays() {
    let editor = Site::of("SCC", &[Role::EstateEditor]).await;
    let mut fields = contract("", "12.345");
    fields.extend([("ends", "31 Juni 2016"), ("sure.annual_value", "estimated")]);
    let refused = editor.post(NEW, &fields).await.must(422);
    refused.says(&[
        "There is a problem",
        "Title is empty",
        "Annual value: 12.345 is not an amount to the penny: write at most two decimals",
        "is not a date: write it as 2014-06-18, 18/06/2014 or 18 June 2014",
        "value=\"12.345\"",
        "value=\"31 Juni 2016\"",
        "value=\"estimated\" selected",
        "href=\"#annual_value\"",
    ]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_editors_the_later_sees_both_versions_and_decides() {
    let editor = Site::of("SCC", &[Role::EstateEditor]).await;
    let finance = editor.person("Finance", "SCC", &[Role::Finance]).await;
    editor.post(NEW, &contract("Telephones", "1000")).await.must(303);
    let number = finance.get(&format!("{T1}/change")).await.hidden("seen_version");
    editor.post(&format!("{T1}/change"), &seen(contract("Telephones", "2000"), &number)).await.must(303);
    let mine = seen(contract("Telephones", "3000"), &number);
    let conflict = finance.post(&format!("{T1}/change"), &mine).await.must(409);
    let conflict = conflict.says(&["Somebody else saved this entry while you were editing", "£3,000.00", "£2,000.00"]);
    let now = conflict.hidden("seen_version");
    assert_eq!(conflict.hidden("annual_value"), "3000");
    editor.get(T1).await.says(&["£2,000.00"]).does_not_say("£3,000.00");
    let again = seen(contract("Telephones", "3000"), &now);
    finance.post(&format!("{T1}/change"), &again).await.must(303);
    editor.get(T1).await.says(&["£3,000.00"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_somebody_removed_meanwhile_can_be_added_again() {
    let editor = Site::of("SCC", &[Role::EstateEditor]).await;
    editor.post(NEW, &contract("Telephones", "1000")).await.must(303);
    let number = editor.get(&format!("{T1}/change")).await.hidden("seen_version");
    editor.post(&format!("{T1}/remove"), &[("seen_version", &number)]).await.must(303);
    let mine = seen(contract("Telephones", "3000"), &number);
    let conflict = editor.post(&format!("{T1}/change"), &mine).await.must(409);
    conflict.says(&["Somebody else removed this entry", &format!("action=\"{NEW}\"")]);
    editor.post(NEW, &contract("Telephones", "3000")).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_edits_what_is_not_theirs() {
    let approver = Site::of("SCC", &[Role::Approver]).await;
    let durham = approver.person("Durham", "DCC", &[Role::EstateEditor]).await;
    for address in [NEW, "/estate/contracts/SCC/entry/C01/change", "/estate/contracts/SCC/entry/C01/remove"] {
        approver.get(address).await.must(403);
        durham.get(address).await.must(404);
        durham.post(address, &contract("Telephones", "1")).await.must(404);
    }
}

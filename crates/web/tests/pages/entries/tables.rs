//! Entries edited as a table.

use penshaw_operations::Role;
use penshaw_register::{Kind, PARTNERSHIP, Record};

use crate::site::Site;

const TABLE: &str = "/estate/papers/partnership/table";

async fn papers(site: &Site) {
    let operator = Site::operator();
    for (reference, title) in [("X1", "First"), ("X2", "Second")] {
        let mut paper = Record::new(Kind::Paper, reference);
        paper.fields.insert("title".into(), title.into());
        site.operations.save_entry(&operator, PARTNERSHIP, &paper, None).await.expect("a paper is saved");
    }
}

/// Somebody else changes a title.
async fn retitle(site: &Site, reference: &str, title: &str) {
    let operator = Site::operator();
    let view = site.operations.view_entry(&operator, PARTNERSHIP, Kind::Paper, reference).await.expect("it is there");
    let mut record = view.record;
    record.fields.insert("title".into(), title.into());
    let number = view.own.map(|own| own.number);
    site.operations.save_entry(&operator, PARTNERSHIP, &record, number).await.expect("it is saved");
}

fn rows(first: &'static str, second: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("row-1.reference", "X1"),
        ("row-1.seen", "1"),
        ("row-1.confidence", "reported"),
        ("row-1.title", first),
        ("row-2.reference", "X2"),
        ("row-2.seen", "1"),
        ("row-2.confidence", "reported"),
        ("row-2.title", second),
        ("row-3.reference", ""),
        ("row-3.confidence", "reported"),
        ("row-3.title", ""),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_saved_whole_or_not_at_all() {
    let editor = Site::of("partnership", &[Role::EstateEditor]).await;
    papers(&editor).await;
    editor.get(TABLE).await.must(200).says(&["Row 1 (", "Title (required)", "Save all rows"]);
    let refused = editor.post(TABLE, &rows("Changed", "")).await.must(422);
    refused.says(&["Row 2 (X2): Title is empty", "href=\"#row-2-title\"", "Changed"]);
    editor.get("/estate/papers/partnership/entry/X1").await.says(&["First"]).does_not_say("Changed");
    editor.post(TABLE, &rows("Changed", "Second")).await.must(303);
    editor.get("/estate/papers/partnership/entry/X1").await.says(&["Changed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_added_and_removed() {
    let editor = Site::of("partnership", &[Role::EstateEditor]).await;
    papers(&editor).await;
    let mut more = rows("First", "Second");
    more.push(("more_rows", "yes"));
    editor.post(TABLE, &more).await.must(200).says(&["row-6.title"]);
    let mut fields = rows("First", "Second");
    fields.retain(|(name, _)| !name.starts_with("row-3"));
    fields.extend([
        ("row-2.remove", "yes"),
        ("row-3.reference", "X3"),
        ("row-3.confidence", "verified"),
        ("row-3.title", "Third"),
    ]);
    editor.post(TABLE, &fields).await.must(303);
    editor.get("/estate/papers/partnership/entry/X2").await.must(404);
    editor.get("/estate/papers/partnership/entry/X3").await.must(200).says(&["Third", "Verified"]);
    let again = [("row-1.reference", "X3"), ("row-1.confidence", "reported"), ("row-1.title", "Fourth")];
    editor.post(TABLE, &again).await.must(422).says(&["X3 is used already"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_left_alone_takes_what_others_made_of_it_and_one_that_was_changed_is_asked_about() {
    let editor = Site::of("partnership", &[Role::EstateEditor]).await;
    papers(&editor).await;
    retitle(&editor, "X1", "Theirs").await;
    editor.post(TABLE, &rows("First", "Mine")).await.must(303);
    editor.get("/estate/papers/partnership/entry/X1").await.says(&["Theirs"]);
    editor.get("/estate/papers/partnership/entry/X2").await.says(&["Mine"]);
    let conflict = editor.post(TABLE, &rows("Mine too", "Second")).await.must(409);
    let conflict = conflict.says(&["Row 1 (X1): what differs", "Mine too", "Theirs"]);
    let mut settled = rows("Mine too", "Mine");
    let now = conflict.hidden("row-1.now");
    settled.extend([("row-1.settle", "mine"), ("row-1.now", now.as_str()), ("row-2.settle", "theirs")]);
    editor.post(TABLE, &settled).await.must(303);
    editor.get("/estate/papers/partnership/entry/X1").await.says(&["Mine too"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_shown_by_option_with_a_column_a_year() {
    let editor = Site::of("partnership", &[Role::Finance]).await;
    let lines = editor.get("/estate/lines/partnership/table?option=O2").await.must(200);
    lines.says(&["Only of the option", "Amounts", "2014/15", "Add a year"]);
    editor.get("/estate/contracts/SCC/table").await.must(404);
}

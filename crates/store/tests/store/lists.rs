//! Lists: searched, filtered, sorted, counted and paged, the same on both databases.

use penshaw_basis::Confidence;
use penshaw_register::{Kind, Record};
use penshaw_store::entries::{self, Count, Sort, Wanted};
use serde_json::json;

use crate::common::{Fresh, at, both, by, put, record, share, shared_without};

both! {
    a_list_is_sorted_by_whatever_it_shows,
    words_are_searched_among_what_the_reader_may_see,
    a_list_is_filtered_by_owner_confidence_and_field,
    a_list_is_paged,
    no_number_is_too_large,
    entries_are_counted_by_owner_and_kind,
    a_name_that_is_no_field_does_no_harm,
}

/// Every application, for a reader of these bodies.
pub fn wanted(whole: &[&str]) -> Wanted<'static> {
    let whole: Vec<String> = whole.iter().map(|&body| body.to_owned()).collect();
    Wanted {
        kind: Kind::Contract,
        whole: whole.leak(),
        owner: None,
        words: "",
        confidence: None,
        holding: None,
        sort: Sort::Title,
        descending: false,
        offset: 0,
        limit: 100,
    }
}

fn estate() -> (Vec<Record>, Vec<Record>) {
    let sure = |mut record: Record| {
        record.confidence = Confidence::Verified;
        record
    };
    let own = vec![
        record(
            Kind::Contract,
            "C1",
            json!({ "title": "Zebra crossings", "annual_value": 900, "starts": "2014-01-01", "others_may_join": true }),
        ),
        sure(record(
            Kind::Contract,
            "C2",
            json!({ "title": "academy 100%", "annual_value": 10_000, "supplier": "Beta" }),
        )),
        record(Kind::Contract, "c3", json!({ "title": "Éclair_s", "notice_months": 2.5, "supplier": "alpha" })),
    ];
    let others = vec![
        record(
            Kind::Contract,
            "D1",
            json!({ "title": "Middle", "annual_value": 1_000, "supplier": "Secret Ltd", "notice_months": 12.0 }),
        ),
        record(Kind::Contract, "D2", json!({ "title": "Hidden" })),
    ];
    (own, others)
}

/// The other authority shares one contract of its two, and not its supplier.
async fn fill(fresh: &Fresh) {
    let (own, others) = estate();
    put(&fresh.store, "SCC", &own).await;
    put(&fresh.store, "DCC", &others).await;
    share(&fresh.store, "DCC", vec![shared_without(&others[0], &["supplier"])]).await;
}

async fn references(fresh: &Fresh, wanted: &Wanted<'_>) -> Vec<String> {
    let listed = entries::list(&fresh.store, wanted).await.expect("listed");
    assert_eq!(entries::count(&fresh.store, wanted).await.expect("counted"), listed.len() as u64);
    listed.into_iter().map(|entry| entry.record.reference).collect()
}

async fn a_list_is_sorted_by_whatever_it_shows(fresh: Fresh) {
    fill(&fresh).await;
    let sorts: &[(Sort<'_>, &[&str], &[&str])] = &[
        // Capitals do not matter; letters beyond English come after it, on both databases.
        (Sort::Title, &["C2", "D1", "C1", "c3"], &["c3", "C1", "D1", "C2"]),
        (Sort::Reference, &["C1", "C2", "D1", "c3"], &["c3", "D1", "C2", "C1"]),
        (Sort::Owner, &["D1", "C1", "C2", "c3"], &["c3", "C2", "C1", "D1"]),
        (Sort::Confidence, &["D1", "C1", "c3", "C2"], &["C2", "c3", "C1", "D1"]),
        // As amounts, not as words; those without come last both ways.
        (Sort::Field("annual_value"), &["C1", "D1", "C2", "c3"], &["C2", "D1", "C1", "c3"]),
        (Sort::Field("notice_months"), &["c3", "D1", "C2", "C1"], &["D1", "c3", "C2", "C1"]),
        (Sort::Field("supplier"), &["c3", "C2", "D1", "C1"], &["C2", "c3", "D1", "C1"]),
        (Sort::Field("starts"), &["C1", "C2", "D1", "c3"], &["C1", "C2", "D1", "c3"]),
        (Sort::Field("others_may_join"), &["C1", "C2", "D1", "c3"], &["C1", "C2", "D1", "c3"]),
    ];
    for &(sort, up, down) in sorts {
        for (descending, expected) in [(false, up), (true, down)] {
            let wanted = Wanted { sort, descending, ..wanted(&["SCC"]) };
            assert_eq!(references(&fresh, &wanted).await, expected, "{sort:?}, descending {descending}");
        }
    }
}

async fn words_are_searched_among_what_the_reader_may_see(fresh: Fresh) {
    fill(&fresh).await;
    let searches: &[(&str, &[&str])] = &[
        ("ZEBRA", &["C1"]),
        ("zebra cross", &["C1"]),
        ("zebra academy", &[]),
        ("100%", &["C2"]),
        ("%", &["C2"]),
        ("_", &["c3"]),
        ("éCLAIR", &["c3"]),
        ("\\", &[]),
        ("d1", &["D1"]),
        ("secret", &[]),
        ("hidden", &[]),
        ("'; DROP TABLE entry; --", &[]),
        ("ze\u{0}bra", &["C1"]),
    ];
    for &(words, expected) in searches {
        assert_eq!(references(&fresh, &Wanted { words, ..wanted(&["SCC"]) }).await, expected, "{words}");
    }
    assert_eq!(references(&fresh, &Wanted { words: "secret", ..wanted(&["DCC"]) }).await, ["D1"]);
}

async fn a_list_is_filtered_by_owner_confidence_and_field(fresh: Fresh) {
    fill(&fresh).await;
    let all = || wanted(&["SCC"]);
    assert_eq!(references(&fresh, &Wanted { owner: Some("DCC"), ..all() }).await, ["D1"]);
    assert_eq!(references(&fresh, &Wanted { owner: Some("SCC"), ..all() }).await, ["C2", "C1", "c3"]);
    assert_eq!(references(&fresh, &Wanted { owner: Some("nobody"), ..all() }).await, [""; 0]);
    assert_eq!(references(&fresh, &Wanted { confidence: Some("verified"), ..all() }).await, ["C2"]);
    let holding = |name, value| Wanted { holding: Some((name, value)), ..all() };
    assert_eq!(references(&fresh, &holding("supplier", "Beta")).await, ["C2"]);
    assert_eq!(references(&fresh, &holding("annual_value", "10000")).await, ["C2"]);
    assert_eq!(references(&fresh, &holding("notice_months", "2.5")).await, ["c3"]);
    assert_eq!(references(&fresh, &holding("others_may_join", "true")).await, ["C1"]);
    assert_eq!(references(&fresh, &holding("supplier", "Secret Ltd")).await, [""; 0]);

    put(&fresh.store, "SCC", &[record(Kind::Application, "A1", json!({ "name": "x", "modules": ["Tax", "Rates"] }))])
        .await;
    let modules = |value| Wanted { kind: Kind::Application, ..holding("modules", value) };
    assert_eq!(references(&fresh, &modules("Rates")).await, ["A1"]);
    assert_eq!(references(&fresh, &modules("Rat")).await, [""; 0]);
}

async fn a_list_is_paged(fresh: Fresh) {
    let record = |number: usize| record(Kind::Contract, &format!("C{number:02}"), json!({ "title": "The same" }));
    put(&fresh.store, "SCC", &(0..25).map(record).collect::<Vec<_>>()).await;
    let mut seen = Vec::new();
    for offset in [0, 10, 20, 30] {
        let page = Wanted { offset, limit: 10, ..wanted(&["SCC"]) };
        let listed = entries::list(&fresh.store, &page).await.expect("listed");
        assert_eq!(entries::count(&fresh.store, &page).await.expect("counted"), 25);
        seen.extend(listed.into_iter().map(|entry| entry.record.reference));
    }
    assert_eq!(seen, (0..25).map(|number| format!("C{number:02}")).collect::<Vec<_>>());
}

async fn entries_are_counted_by_owner_and_kind(fresh: Fresh) {
    fill(&fresh).await;
    let counted = async |whole: &[&str]| {
        let whole: Vec<String> = whole.iter().map(|&body| body.to_owned()).collect();
        let mut counts = entries::counts(&fresh.store, &whole).await.expect("counted");
        counts.sort_by(|one, other| one.owner.cmp(&other.owner));
        counts.into_iter().map(|Count { owner, kind, count }| format!("{owner} {kind} {count}")).collect::<Vec<_>>()
    };
    assert_eq!(counted(&["SCC"]).await, ["DCC contracts 1", "SCC contracts 3"]);
    assert_eq!(counted(&["DCC"]).await, ["DCC contracts 2"]);
    assert_eq!(counted(&["DCC", "SCC"]).await, ["DCC contracts 2", "SCC contracts 3"]);
    assert_eq!(counted(&[]).await, ["DCC contracts 1"]);
}

async fn a_name_that_is_no_field_does_no_harm(fresh: Fresh) {
    fill(&fresh).await;
    let name = "x}') FROM person; DROP TABLE entry; --";
    let sorted = Wanted { sort: Sort::Field(name), ..wanted(&["SCC"]) };
    assert_eq!(references(&fresh, &sorted).await, ["C2", "D1", "C1", "c3"]);
    let held = Wanted { holding: Some((name, "x")), ..wanted(&["SCC"]) };
    assert_eq!(references(&fresh, &held).await, [""; 0]);
    let changes = fresh.store.change().await.expect("changes");
    entries::put(&changes, "SCC", &record(Kind::Contract, name, json!({ "title": name })), None, &by(9))
        .await
        .expect("written");
    changes.keep().await.expect("kept");
    let entry = entries::find(&fresh.store, "SCC", Kind::Contract, name).await.expect("read").expect("there");
    assert_eq!(entry.changed_at, at(9));
}

/// A reader may ask for every entry at once.
async fn no_number_is_too_large(fresh: Fresh) {
    fill(&fresh).await;
    let all = Wanted { limit: u64::MAX, ..wanted(&["SCC"]) };
    assert_eq!(references(&fresh, &all).await.len(), 4);
    let beyond = Wanted { offset: u64::MAX, ..all };
    assert!(entries::list(&fresh.store, &beyond).await.expect("listed").is_empty());
}

//! Bad input gives findings, and the numbers read, used and set aside.

use super::*;

#[test]
fn ten_thousand_rows_that_are_alike_are_one_and_the_rest_is_told() {
    let row = |number: usize| application("SCC", &format!("A{number}"), "Orchard", "Orchard Systems");
    let mut own: Vec<Owned<Application>> = (0..10_000).map(row).collect();
    own.push(application("DCC", "A1", "Orchard", "Orchard Systems"));
    let outcome = answer(&input(own));
    assert_eq!(outcome.counts[0], Counts { what: "Applications".into(), read: 10_001, used: 2, set_aside: 9_999 });
    assert_eq!(told(&outcome, "9999 applications set aside, alike in every field to A0"), 1);
    assert_eq!(groups(&outcome), [["SCC/A0", "DCC/A1"]]);
}

#[test]
fn ten_thousand_entries_of_one_name_that_differ_elsewhere_are_one_group() {
    let row = |number: usize| {
        let mut own = application("SCC", &format!("A{number}"), "Orchard", "Orchard Systems");
        own.entry.users = Some(number as u64);
        own
    };
    let outcome = answer(&input((0..10_000).map(row).collect()));
    assert_eq!((outcome.groups.len(), outcome.groups[0].members.len(), outcome.counts[0].set_aside), (1, 10_000, 0));
}

#[test]
fn names_without_a_word_are_set_aside_and_names_of_other_scripts_are_compared() {
    let names = ["", "  \u{0}…", "=- / ", "Ŵyth Gwasanaeth", "система учёта", "住房管理"];
    let own = |owner: &str| -> Vec<Owned<Application>> {
        names.iter().enumerate().map(|(number, name)| application(owner, &format!("A{number}"), name, "")).collect()
    };
    let outcome = answer(&input([own("SCC"), own("DCC")].concat()));
    assert_eq!((outcome.counts[0].read, outcome.counts[0].used, outcome.counts[0].set_aside), (12, 6, 6));
    assert_eq!(told(&outcome, "no letter or numeral"), 2);
    assert_eq!(groups(&outcome), [["SCC/A3", "DCC/A3"], ["SCC/A4", "DCC/A4"], ["SCC/A5", "DCC/A5"]]);
}

#[test]
fn reviews_that_name_nothing_or_contradict_each_other_are_told_and_counted() {
    let applications = ["SCC", "DCC", "GMBC"].map(|owner| application(owner, "A1", "Orchard", "Orchard Systems"));
    let mut input = input(applications.to_vec());
    let dated = |mut review: ProductReview, day: i8| {
        review.reviewed_on = Some(Date::constant(2014, 5, day));
        review
    };
    input.reviews = vec![
        review("R1", "SCC/A1", "DCC/A99", "same product"),
        review("R2", "SCC/A1", "nonsense", "different"),
        review("R3", "SCC/A1", "SCC/A1", "different"),
        dated(review("R4", "SCC/A1", "DCC/A1", "different"), 1),
        dated(review("R5", "DCC/A1", "SCC/A1", "same product"), 2),
        review("R6", "SCC/A1", "GMBC/A1", "same product"),
        review("R7", "SCC/A1", "GMBC/A1", "same function only"),
        review("R8", "DCC/A1", "GMBC/A1", "same product"),
    ];
    let outcome = answer(&input);
    assert_eq!(outcome.counts[3], Counts { what: "Product reviews".into(), read: 8, used: 5, set_aside: 3 });
    assert_eq!(told(&outcome, "The review R1 names DCC/A99"), 1);
    assert_eq!(told(&outcome, "The review R2 names nonsense"), 1);
    assert_eq!(told(&outcome, "The review R3 names one entry twice"), 1);
    assert_eq!(told(&outcome, "R5 says \"same product\", R4 otherwise; the newest is kept"), 1);
    assert_eq!(told(&outcome, "R7 says \"same function only\", R6 otherwise"), 1);
    // SCC/A1 is DCC/A1, which is GMBC/A1, which is not SCC/A1: what sets apart is kept, and one review is told.
    assert_eq!(told(&outcome, "which other reviews rule out"), 1);
    assert!(
        groups(&outcome).iter().all(|group| !(group.contains(&"SCC/A1".into()) && group.contains(&"GMBC/A1".into())))
    );
}

#[test]
fn figures_that_cannot_be_right_are_told_and_enter_no_saving() {
    let mut input = input(vec![
        application("SCC", "A1", "Orchard", "Orchard Systems"),
        application("DCC", "A1", "Orchard", "Orchard Systems"),
        application("GMBC", "A1", "Orchard", "Orchard Systems"),
    ]);
    input.applications[0].entry.annual_cost = Some(Money::from_pence(i64::MIN));
    input.applications[1].entry.annual_cost = Some(Money::from_pence(i64::MAX));
    input.applications[1].entry.users = Some(u64::MAX);
    input.applications[2].entry.function = Some("no number".into());
    input.applications[2].entry.contract = Some("C1".into());
    input.applications[2].entry.users = Some(u64::MAX);
    let contract = json!({ "reference": "C1", "title": "Rents", "starts": "2014-01-01", "ends": "2012-01-01", "notice_months": 1e300 });
    input.contracts =
        vec![Owned { owner: "GMBC".into(), entry: serde_json::from_value(contract).expect("a contract") }];
    let outcome = answer(&input);
    assert_eq!(told(&outcome, "the annual cost of 1 application cannot be right"), 2);
    assert_eq!(told(&outcome, "a function that the list does not have"), 1);
    assert_eq!(told(&outcome, "it ends before it starts"), 1);
    assert_eq!(told(&outcome, "is longer than its term, or cannot be right"), 1);
    assert_eq!(outcome.groups[0].annual_cost, Money::from_pounds(10_000));
    assert!(outcome.opportunities.iter().all(|opportunity| opportunity.sources.contains(&Source::entry("GMBC", "A1"))));
}

#[test]
fn suppliers_that_lead_in_a_circle_or_two_ways_are_told() {
    let mut input =
        input(vec![application("SCC", "A1", "Orchard", "One"), application("DCC", "A1", "Orchard", "Three")]);
    let change = |reference: &str, name: &str, now: &str| {
        serde_json::from_value(json!({ "reference": reference, "name": name, "now": now })).expect("a supplier's name")
    };
    input.supplier_names = vec![
        change("N1", "One", "Two"),
        change("N2", "Two", "One"),
        change("N3", "One", "Three"),
        change("N4", "…", "Three"),
    ];
    let outcome = answer(&input);
    assert_eq!(told(&outcome, "each recorded as the other's present name"), 1);
    assert_eq!(told(&outcome, "recorded as two other suppliers now"), 1);
    assert_eq!(told(&outcome, "has no word"), 1);
    assert_eq!(outcome.suppliers.len(), 1);
}

#[test]
fn parameters_that_cannot_be_read_leave_an_answer_that_says_so() {
    let own = ["SCC", "DCC"].map(|owner| application(owner, "A1", "Orchard", "Orchard Systems")).to_vec();
    let old = Input { on: Date::constant(1900, 1, 1), ..input(own) };
    let outcome = answer(&old);
    assert_eq!(told(&outcome, "A parameter could not be read"), 6);
    assert!(outcome.opportunities.is_empty());
}

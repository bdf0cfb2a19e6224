//! Tests of the heads of terms.

use penshaw_documents::Inline;

use super::*;

/// A lawful joint committee of two with nothing but its seats.
fn bare() -> Input {
    let member = |reference: &str, authority: &str| json!({ "reference": reference, "scheme": "SC1", "authority": authority, "seats": 2, "executive": true });
    serde_json::from_value(json!({
        "on": ON,
        "authorities": [{ "code": "D", "name": "Durham" }, { "code": "S", "name": "Sunderland" }],
        "schemes": [{ "reference": "SC1", "name": "Joint committee", "vehicle": "joint committee", "lead": "S" }],
        "members": [member("M1", "D"), member("M2", "S")],
    }))
    .unwrap()
}

fn drawn_up(input: &Input) -> Vec<Block> {
    let outcome = Governance::analyse(input, &Basis::standard());
    agreement(input, &outcome, "SC1").unwrap()
}

fn plain(text: &[Inline]) -> String {
    text.iter().map(Inline::plain).collect()
}

/// Every line of the agreement.
fn lines(blocks: &[Block]) -> Vec<String> {
    let lines = blocks.iter().flat_map(|block| match block {
        Block::Heading { text, .. } => vec![text.clone()],
        Block::Paragraph { text, .. } | Block::Note { text, .. } => vec![plain(text)],
        Block::List { items, .. } => items.iter().map(|item| plain(item)).collect(),
        _ => Vec::new(),
    });
    lines.collect()
}

#[test]
fn every_gap_is_shown_as_to_be_agreed() {
    let lines = lines(&drawn_up(&bare()));
    let has = |line: &str| lines.iter().any(|own| own == line);
    for line in [
        "Draft for the monitoring officers; not legal advice.",
        "Who holds contracts, staff and assets: Sunderland",
        "Durham: 2 seats, 2 votes",
        "Second vote of the chair: by law, when votes are equal",
        "Purpose and functions: To be agreed",
        "Quorum: To be agreed",
        "Reserved matters: To be agreed",
        "Durham: To be agreed",
        "The year whose budgets and volumes the shares start from: To be agreed",
        "How shares are set right each year against what each used, and within which limits: To be agreed",
        "How savings are shared: To be agreed",
        "Term: To be agreed",
        "Notice: To be agreed",
        "The earliest day on which a partner may leave: To be agreed",
        "How a dispute is settled: To be agreed",
        "For Sunderland: post, signature, date",
    ] {
        assert!(has(line), "no \"{line}\" in {lines:#?}");
    }
}

#[test]
fn what_is_recorded_stands_with_its_sources_and_leaves_no_gap() {
    let mut input = bare();
    let scheme = &mut input.schemes[0];
    scheme.notice_months = Some(12);
    scheme.quorum = Some(3);
    scheme.quorum_each = Some(true);
    input.members[0].contribution = Some(0.6);
    input.members[1].contribution = Some(0.4);
    let blocks = drawn_up(&input);
    let lines = lines(&blocks);
    for line in ["Notice: 12 months", "Quorum: 3 members, one of each authority among them", "Durham: 60%"] {
        assert!(lines.iter().any(|own| own == line), "no \"{line}\" in {lines:#?}");
    }
    let notice = blocks.iter().find_map(|block| match block {
        Block::List { items, .. } => items.iter().find(|item| plain(item) == "Notice: 12 months"),
        _ => None,
    });
    let Some([_, Inline::Figure(figure)]) = notice.map(Vec::as_slice) else { panic!("the notice is a figure") };
    assert_eq!(figure.sources[0].to_string(), "partnership/SC1");
}

#[test]
fn the_terms_of_cost_and_of_leaving_are_those_that_are_recorded() {
    let mut input = bare();
    let scheme = &mut input.schemes[0];
    scheme.baseline_year = Some("2013/14".into());
    scheme.true_up = Some("Each July by devices in use, by at most 5 % either way".into());
    scheme.savings_split = Some("by baseline share".into());
    scheme.earliest_exit = Some(Date::constant(2018, 4, 1));
    scheme.disputes = Some("Chief executives, then a mediator".into());
    let blocks = drawn_up(&input);
    let lines = lines(&blocks);
    for line in [
        "The year whose budgets and volumes the shares start from: 2013/14",
        "How shares are set right each year against what each used, and within which limits: \
         Each July by devices in use, by at most 5 % either way",
        "How savings are shared: by baseline share",
        "The earliest day on which a partner may leave: 1 April 2018",
        "Who employs the staff afterwards (TUPE), and who consults them when: To be agreed",
    ] {
        assert_eq!(lines.iter().filter(|own| *own == line).count(), 1, "\"{line}\" in {lines:#?}");
    }
    assert!(!lines.iter().any(|line| line.starts_with("How a dispute over leaving")), "{lines:#?}");
}

#[test]
fn every_field_of_the_checklist_for_leaving_is_one_of_a_scheme() {
    let law = law::Law::in_force(&Basis::standard(), ON);
    let fields: Vec<&str> = law.leaving.value.iter().filter_map(|point| point.field.as_deref()).collect();
    assert_eq!(fields, ["notice_months", "earliest_exit", "exit_terms", "disputes"]);
    assert!(fields.iter().all(|field| penshaw_register::Kind::Scheme.field(field).is_some()));
}

#[test]
fn a_refused_scheme_has_no_agreement_but_the_reason() {
    let mut input = bare();
    input.schemes[0].majority = Some(0.75);
    let blocks = drawn_up(&input);
    assert_eq!(blocks.len(), 1);
    let lines = lines(&blocks);
    assert!(lines[0].starts_with("No agreement is drawn up for Joint committee, since it is refused."), "{lines:?}");
    assert!(lines[0].contains("a majority of 75% cannot be set"), "{lines:?}");
}

#[test]
fn a_scheme_that_is_not_recorded_has_no_agreement() {
    let input = bare();
    let outcome = Governance::analyse(&input, &Basis::standard());
    assert!(agreement(&input, &outcome, "SC9").is_none());
}

//! Each fault in a report is found, and a report without fault has no finding.

use penshaw_basis::Date;
use penshaw_register::{Impact, Severity};

use super::check;
use crate::cabinet_report::report;
use crate::sample::{Sample, sample};

fn found(sample: Sample) -> Vec<String> {
    let worked = sample.worked();
    let findings = check(&worked.inputs(), &report(&worked.inputs()));
    findings.into_iter().map(|finding| finding.what).collect()
}

/// What is found once the sample has been spoilt.
fn spoilt(spoil: impl FnOnce(&mut Sample)) -> String {
    let mut sample = sample();
    spoil(&mut sample);
    found(sample).join("\n")
}

#[test]
fn a_report_without_fault_has_no_finding() {
    assert_eq!(found(sample()), Vec::<String>::new());
}

#[test]
fn an_undeleted_yes_no_is_found() {
    assert!(
        spoilt(|sample| sample.partnership.report.within_budget_framework = None)
            .contains("\"Yes/No\" stands undeleted")
    );
}

#[test]
fn a_duplicate_answer_on_the_notice_is_found_and_a_contradiction_too() {
    assert!(spoilt(|sample| sample.partnership.report.in_notice = Some(true)).contains("answered twice"));
    assert!(spoilt(|sample| sample.partnership.report.in_notice = Some(false)).contains("answered in two ways"));
}

#[test]
fn a_key_decision_that_is_unset_or_without_a_reason_is_found() {
    assert!(spoilt(|sample| sample.partnership.report.key_decision = None).contains("whether it is a key decision"));
    assert!(spoilt(|sample| sample.partnership.report.key_decision_reason = None).contains("and not why"));
}

#[test]
fn a_notice_of_28_calendar_days_passes_with_a_warning_and_a_later_one_fails() {
    // 28 clear days before Wednesday 17 June 2020 end with Tuesday 19 May.
    let publish = |day: Date| spoilt(|sample| sample.partnership.report.notice_published = Some(day));
    assert!(publish(Date::constant(2020, 5, 20)).contains("28 clear days end with 19 May 2020"));
    assert!(publish(Date::constant(2020, 5, 19)).contains("not 28 clear working days"));
    let unset = spoilt(|sample| sample.partnership.report.notice_published = None);
    assert!(unset.contains("a key decision is not in the 28-day notice"), "{unset}");
}

#[test]
fn a_paper_that_is_relied_on_and_not_listed_is_found() {
    let found = spoilt(|sample| sample.records.retain(|record| record.reference != "P2"));
    assert!(found.contains("relies on \"Hosting agreement\" (by partnership/E1)"), "{found}");
}

#[test]
fn legal_implications_that_do_not_apply_to_a_key_decision_are_found() {
    let found = spoilt(|sample| {
        sample.partnership.report.words.insert("7.4".into(), vec!["Not applicable".into()]);
    });
    assert!(found.contains("\"not applicable\" on a key decision"), "{found}");
}

#[test]
fn a_missing_comment_of_the_section_151_officer_and_a_blank_committee_are_found() {
    assert!(spoilt(|sample| sample.partnership.report.finance_comment = None).contains("section 151"));
    assert!(spoilt(|sample| sample.partnership.report.scrutiny_committee = None).contains("scrutiny committee"));
}

#[test]
fn an_assessment_signed_after_the_decision_is_found() {
    let found = spoilt(|sample| {
        sample.add(&Impact {
            reference: "I9".into(),
            options: Vec::new(),
            subject: "equality".into(),
            answer: "yes".into(),
            characteristic: None,
            effect: Some("none".into()),
            statement: None,
            mitigation: None,
            assessment: Some("Risk analysis".into()),
            assessed_on: Some(Date::constant(2020, 7, 1)),
        });
    });
    assert!(found.contains("is dated 1 July 2020, after the meeting of 17 June 2020 (partnership/I9)"), "{found}");
}

#[test]
fn a_recommendation_set_aside_without_a_reason_is_found_and_is_put_as_it_stands() {
    let mut sample = sample();
    let adoption = sample.partnership.report.adoption.as_mut().unwrap();
    adoption.adopted = false;
    let worked = sample.worked();
    assert_eq!(worked.recommendation.put(), worked.recommendation.resolutions);
    let findings = check(&worked.inputs(), &report(&worked.inputs()));
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    assert_eq!(errors, 2, "{findings:#?}");
}

#[test]
fn a_report_that_only_notes_needs_no_route_for_key_decisions() {
    let found = spoilt(|sample| {
        let report = &mut sample.partnership.report;
        report.key_decision = None;
        report.notice_published = None;
        let adoption = report.adoption.as_mut().unwrap();
        (adoption.adopted, adoption.reason) = (false, "A new partner has asked to join".into());
        adoption.resolutions = vec!["Note the report".into()];
    });
    assert!(!found.contains("key decision"), "{found}");
}

//! Each check between records, with what it lets pass and what it finds.

use serde_json::{Value, json};

use super::*;
use crate::{Adoption, Authority, Kind, PARTNERSHIP, Partnership, ReportDetails};

const DAY: Date = jiff::civil::date(2014, 3, 31);

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let Value::Object(fields) = fields else { panic!("fields are written as an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
}

fn partnership() -> Partnership {
    let authority = |code: &str| Authority { code: code.into(), name: code.into(), ..Authority::default() };
    Partnership { name: "Two".into(), authorities: vec![authority("SCC"), authority("DCC")], ..Partnership::default() }
}

/// What is found in the partners' own records, and in one cost line of SCC: £1,000 of centre CE1.
fn found_in(records: Vec<Record>) -> Vec<String> {
    let budget = json!({ "description": "Staff", "cost_centre": "CE1", "budget": { "2014/15": 100_000 } });
    let own = Baseline::freeze("SCC", DAY, vec![record(Kind::CostLine, "B1", budget)]);
    let joint = Baseline::freeze(PARTNERSHIP, DAY, records);
    check_together(&partnership(), &[own, joint]).into_iter().map(|finding| finding.what).collect()
}

fn options() -> Vec<Record> {
    let option = |reference, role: &str| {
        let fields = json!({ "name": role, "role": role, "course": "apart", "starts": "2014/15", "years": 2 });
        record(Kind::CourseOption, reference, fields)
    };
    vec![option("O1", "business as usual"), option("O2", "do minimum")]
}

fn line(reference: &str, more: Value) -> Record {
    let usual = json!({
        "option": "O2", "authority": "SCC", "description": "A line", "flow": "cost", "amounts": { "2014/15": 60_000 },
    });
    let mut line = record(Kind::Line, reference, usual);
    line.fields.extend(record(Kind::Line, reference, more).fields);
    line
}

fn with_options(records: impl IntoIterator<Item = Record>) -> Vec<String> {
    found_in(options().into_iter().chain(records).collect())
}

const NOTHING: [String; 0] = [];

#[test]
fn a_sound_short_list_with_a_line_has_no_findings() {
    assert_eq!(with_options([line("L1", json!({}))]), NOTHING);
}

#[test]
fn a_short_list_needs_one_business_as_usual() {
    let [usual, minimum] = options().try_into().unwrap();
    let mut second = usual.clone();
    second.reference = "O9".into();
    assert_eq!(found_in(vec![minimum.clone()]), ["no option is business as usual"]);
    assert_eq!(found_in(vec![usual.clone()]), ["no option is do minimum"]);
    assert_eq!(found_in(vec![usual, minimum, second]), ["option O1 is business as usual already"]);
}

#[test]
fn every_option_starts_in_the_same_year() {
    let mut records = options();
    records[1].fields.insert("starts".into(), json!("2015/16"));
    assert_eq!(found_in(records), ["the option starts in 2015/16, but O1 starts in 2014/15"]);
}

#[test]
fn an_amount_outside_the_years_of_its_option_is_found() {
    for (year, outside) in [("2013/14", true), ("2014/15", false), ("2015/16", false), ("2016/17", true)] {
        let findings = with_options([line("L1", json!({ "amounts": { year: 100 } }))]);
        assert_eq!(!findings.is_empty(), outside, "{year}: {findings:?}");
    }
}

#[test]
fn benefits_take_no_more_from_a_budget_than_is_in_it_however_many_lines_they_have() {
    let benefit = |reference, pence: i64, option: &str| {
        let flow = "cash-releasing benefit";
        let amounts = json!({ "2014/15": pence });
        line(reference, json!({ "flow": flow, "cost_centre": "CE1", "amounts": amounts, "option": option }))
    };
    assert_eq!(with_options([benefit("L1", 40_000, "O2"), benefit("L2", 60_000, "O2")]), NOTHING);
    assert_eq!(with_options([benefit("L1", 90_000, "O1"), benefit("L2", 90_000, "O2")]), NOTHING);
    let findings = with_options([benefit("L1", 40_000, "O2"), benefit("L2", 60_001, "O2")]);
    assert_eq!(findings, ["£1,000.01 in a year is more than SCC has in the budget of CE1"]);
    let mut elsewhere = benefit("L1", 100, "O2");
    elsewhere.fields.insert("cost_centre".into(), json!("CE9"));
    assert_eq!(with_options([elsewhere]), ["SCC has no cost line of cost centre CE9"]);
}

#[test]
fn a_risk_with_an_impact_does_not_raise_a_line_that_carries_an_allowance() {
    let risk = |more: Value| {
        let usual = json!({ "option": "O2", "authority": "joint", "description": "Overrun", "line": "L1" });
        let mut risk = record(Kind::Risk, "R1", usual);
        risk.fields.extend(record(Kind::Risk, "R1", more).fields);
        risk
    };
    let costly = || risk(json!({ "impact": 100, "probability": 0.5, "year": "2014/15" }));
    let allowed = || line("L1", json!({ "optimism_bias": "equipment_development" }));
    assert_eq!(with_options([line("L1", json!({})), costly()]), NOTHING);
    assert_eq!(with_options([allowed(), risk(json!({}))]), NOTHING);
    let findings = with_options([allowed(), costly()]);
    assert_eq!(findings, ["line L1 already carries optimism bias: the risk would count the same doubt twice"]);
}

fn driven(reference: &str, driver: &str, high: f64) -> Record {
    line(reference, json!({ "driver": driver, "range": "uniform", "low": 0.5, "high": high }))
}

#[test]
fn lines_of_one_driver_have_the_same_range() {
    assert_eq!(with_options([driven("L1", "prices", 1.5), driven("L2", "prices", 1.5)]), NOTHING);
    let findings = with_options([driven("L1", "prices", 1.5), driven("L2", "prices", 2.0)]);
    assert_eq!(findings, ["the line names the driver prices, but its range is not that of line L1"]);
}

#[test]
fn contributions_to_an_optimism_bias_add_up_to_no_more_than_it() {
    let mitigation = |reference, contribution: f64| {
        let fields = json!({
            "option": "O2", "category": "outsourcing", "risk_area": "Supplier", "contribution": contribution,
            "mitigated": 0.0,
        });
        record(Kind::Mitigation, reference, fields)
    };
    assert_eq!(with_options([mitigation("M1", 0.4), mitigation("M2", 0.6)]), NOTHING);
    let findings = with_options([mitigation("M1", 0.5), mitigation("M2", 0.6)]);
    assert_eq!(findings, ["the contributions to outsourcing of option O2 add up to more than 1"]);
}

fn correlation(reference: &str, first: &str, second: &str, rank: f64) -> Record {
    let fields = json!({ "first": first, "second": second, "rank_correlation": rank });
    record(Kind::Correlation, reference, fields)
}

#[test]
fn correlations_are_of_drivers_that_lines_name_and_are_stated_once() {
    let lines = || [driven("L1", "prices", 1.5), driven("L2", "pay", 1.5)];
    assert_eq!(with_options(lines().into_iter().chain([correlation("K1", "prices", "pay", 0.5)])), NOTHING);
    let unknown = with_options(lines().into_iter().chain([correlation("K1", "prices", "weather", 0.5)]));
    assert_eq!(unknown, ["no line names the driver weather"]);
    let twice = [correlation("K1", "prices", "pay", 0.5), correlation("K2", "pay", "prices", 0.4)];
    let twice = with_options(lines().into_iter().chain(twice));
    assert_eq!(twice, ["the correlation of pay and prices is stated twice"]);
}

#[test]
fn correlations_that_contradict_one_another_are_found() {
    let lines = [driven("L1", "a", 1.5), driven("L2", "b", 1.5), driven("L3", "c", 1.5)];
    let stated =
        [correlation("K1", "a", "b", 0.9), correlation("K2", "b", "c", 0.9), correlation("K3", "a", "c", -0.9)];
    let findings = with_options(lines.into_iter().chain(stated));
    assert_eq!(findings.len(), 1);
    assert!(findings[0].starts_with("the correlations contradict one another"), "{findings:?}");
}

#[test]
fn references_and_authorities_that_are_not_there_are_found() {
    let findings = with_options([line("L1", json!({ "option": "O7", "authority": "XCC" }))]);
    assert_eq!(findings, ["XCC is no authority of this partnership", "there is no O7 among the options"]);
    assert_eq!(with_options([line("L1", json!({ "authority": "joint" }))]), NOTHING);
    let coalition = record(Kind::CoalitionCost, "CC1", json!({ "coalition": ["SCC", "XCC"], "cost": 100 }));
    assert_eq!(with_options([coalition]), ["XCC is no authority of this partnership"]);
}

#[test]
fn stated_shares_are_of_authorities_of_the_partnership() {
    let mut records = options();
    records[1].fields.insert("stated_shares".into(), json!(["SCC=0.5", "DCC=0.5"]));
    assert_eq!(found_in(records.clone()), NOTHING);
    records[1].fields.insert("stated_shares".into(), json!(["SCC=0.5", "XCC=0.5"]));
    assert_eq!(found_in(records), ["XCC is no authority of this partnership"]);
}

#[test]
fn a_reference_leads_to_an_entry_of_the_same_owner() {
    let application = record(Kind::Application, "A1", json!({ "name": "Finance", "contract": "C1" }));
    let contract = record(Kind::Contract, "C1", json!({ "title": "Finance support" }));
    let freeze = |owner: &str, records: Vec<Record>| Baseline::freeze(owner, DAY, records);
    let together = [freeze("SCC", vec![application.clone(), contract.clone()])];
    assert_eq!(check_together(&partnership(), &together), []);
    let apart = [freeze("SCC", vec![application]), freeze("DCC", vec![contract])];
    assert_eq!(check_together(&partnership(), &apart)[0].what, "there is no C1 among the contracts");
}

#[test]
fn a_baseline_more_than_a_year_older_than_the_newest_is_found() {
    let at = |owner: &str, day| Baseline::freeze(owner, day, Vec::new());
    let year_later = jiff::civil::date(2015, 3, 31);
    assert_eq!(check_together(&partnership(), &[at("SCC", DAY), at("DCC", year_later)]), []);
    let findings = check_together(&partnership(), &[at("SCC", DAY), at("DCC", jiff::civil::date(2015, 4, 2))]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].severity, findings[0].place.file.as_str()), (Severity::Warning, "SCC"));
}

#[test]
fn a_reference_used_twice_for_one_kind_is_found_and_for_two_kinds_is_not() {
    let site = || record(Kind::Site, "S1", json!({ "name": "North" }));
    let post = record(Kind::Post, "S1", json!({ "title": "Engineer" }));
    assert_eq!(check_owned(&[site(), post]), []);
    let findings = check_owned(&[site(), site()]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].what.starts_with("reference S1 is used twice"));
}

#[test]
fn a_field_that_cannot_be_read_is_found_at_its_own_cell() {
    let mut wrong = record(Kind::Application, "A1", json!({ "name": "Finance", "users": "many" }));
    wrong.origin.place.file = "applications.csv".into();
    wrong.origin.cells.insert("users".into(), "F2".into());
    let findings = check_each(&[wrong]);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].place.to_string(), "applications.csv, F2");
}

fn of_report(report: ReportDetails) -> Vec<(Severity, String)> {
    let partnership = Partnership { report, ..partnership() };
    check_together(&partnership, &[]).into_iter().map(|finding| (finding.severity, finding.what)).collect()
}

fn report(adopted: bool, reason: &str, resolutions: &[&str]) -> ReportDetails {
    let resolutions = resolutions.iter().map(|text| (*text).to_owned()).collect();
    let officer = "Head of ICT".into();
    let adoption = Adoption { officer, on: DAY, adopted, reason: reason.into(), resolutions };
    ReportDetails { authority: "SCC".into(), adoption: Some(adoption), ..ReportDetails::default() }
}

#[test]
fn a_recommendation_is_set_aside_only_with_a_reason_and_resolutions() {
    assert_eq!(of_report(report(true, "", &[])), []);
    assert_eq!(of_report(report(false, "A partner has joined", &["Note the report"])), []);
    let reason = (Severity::Error, "the recommendation is set aside without a reason".to_owned());
    let nothing = (Severity::Error, "the recommendation is set aside and nothing is put in its place".to_owned());
    assert_eq!(of_report(report(false, " ", &["Note the report"])), [reason]);
    assert_eq!(of_report(report(false, "A partner has joined", &[" "])), [nothing]);
}

#[test]
fn an_adoption_names_its_officer() {
    let mut nameless = report(true, "", &[]);
    nameless.adoption.as_mut().unwrap().officer = " ".into();
    assert_eq!(of_report(nameless), [(Severity::Error, "no officer is named".to_owned())]);
}

#[test]
fn a_report_without_a_cabinet_to_receive_it_is_a_warning_and_no_report_is_none() {
    assert_eq!(of_report(ReportDetails::default()), []);
    let nobody = ReportDetails { title: "Shared ICT".into(), ..ReportDetails::default() };
    let expected = (Severity::Warning, "the report does not say whose cabinet receives it".to_owned());
    assert_eq!(of_report(nobody), [expected]);
}

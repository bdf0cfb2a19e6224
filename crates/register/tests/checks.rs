//! Each check of a record by itself, of its holder and of the partnership, with what it lets pass and what it finds.

use penshaw_basis::Basis;
use penshaw_register::*;
use serde_json::{Value, json};

const DAY: penshaw_basis::Date = jiff::civil::date(2014, 3, 31);
const NOTHING: [String; 0] = [];

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let Value::Object(fields) = fields else { panic!("fields are written as an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
}

/// What is wrong with a record on its own.
fn alone(kind: Kind, fields: Value) -> Vec<String> {
    check_each(&[record(kind, "X1", fields)]).into_iter().map(|finding| finding.what).collect()
}

/// What is wrong with a record that has these fields besides those that it needs.
fn with(kind: Kind, needed: Value, more: Value) -> Vec<String> {
    let mut fields = record(kind, "X1", needed);
    fields.fields.extend(record(kind, "X1", more).fields);
    check_each(&[fields]).into_iter().map(|finding| finding.what).collect()
}

#[test]
fn a_number_is_within_its_bounds() {
    let site = |fields| with(Kind::Site, json!({ "name": "North" }), fields);
    assert_eq!(site(json!({ "rack_units": 0, "power_kw": 12.5 })), NOTHING);
    assert_eq!(
        site(json!({ "rack_units": -1, "power_kw": -0.5 })),
        ["Rack units: -1 is negative", "Power (kW): -0.5 is negative"]
    );
    let link = |capacity| with(Kind::Link, json!({ "name": "Ring" }), json!({ "capacity_mbps": capacity }));
    assert_eq!(link(-1000), ["Capacity (Mbit/s): -1000 is negative"]);
    let alignment = |level| {
        let needed = json!({ "authority": "SCC", "aspect": "pace", "position": "Quick" });
        with(Kind::Alignment, needed, json!({ "level": level }))
    };
    assert_eq!(alignment(4.0), NOTHING);
    assert_eq!(alignment(4.5), ["Level: 4.5 is more than 4"]);
}

#[test]
fn a_value_is_of_the_kind_of_its_field() {
    let application = |fields| with(Kind::Application, json!({ "name": "Academy" }), fields);
    assert_eq!(application(json!({ "users": 120, "support_ends": "2016-02-29", "hosting": "public cloud" })), NOTHING);
    for (field, value, what) in [
        ("users", json!(-5), "Users: -5 is negative"),
        ("users", json!(1.5), "Users: 1.5 is not a whole number"),
        ("users", json!("many"), "Users: \"many\" is not a whole number"),
        ("annual_cost", json!(85_000.5), "Annual cost: 85000.5 is not an amount in whole pence"),
        ("support_ends", json!("2015-02-29"), "Support ends: \"2015-02-29\" is not a day such as 2014-06-18"),
        ("support_ends", json!("20150228"), "Support ends: \"20150228\" is not a day such as 2014-06-18"),
        ("function", json!("Benefits"), "Function: \"Benefits\" is not the number of a function"),
        ("modules", json!(["Council tax", " "]), "Modules: [\"Council tax\",\" \"] is not a list of words"),
        ("portability", json!("huge"), "Portability: \"huge\" is not one of high, medium, low"),
        (
            "annual_cost",
            json!(1_000_000_000_001_i64),
            "Annual cost: £10,000,000,000.01 is more than any authority spends",
        ),
        ("users", json!(1_000_000_001), "Users: 1000000001 is too many"),
        ("supplier", json!("Example "), "Supplier: the text begins or ends with a space or a line break"),
        ("supplier", json!("a\r\nb"), "Supplier: the text holds a character that cannot be printed"),
        ("supplier", json!("#REF!"), "Supplier: #REF! is what a spreadsheet writes where it has no value"),
        ("modules", json!(["\0"]), "Modules: the text holds a character that cannot be printed"),
        ("usres", json!(5), "applications have no field \"usres\""),
    ] {
        assert_eq!(application(json!({ field: value })), [what]);
    }
    let risk = |probability| {
        let needed = json!({ "option": "O1", "authority": "joint", "description": "Overrun" });
        with(Kind::Risk, needed, json!({ "probability": probability }))
    };
    assert_eq!(risk(1.0), NOTHING);
    assert_eq!(risk(1.2), ["Probability: 1.2 is not a proportion from 0 to 1"]);
}

#[test]
fn amounts_by_year_are_pence_under_financial_years() {
    let budget =
        |amounts| alone(Kind::CostLine, json!({ "description": "Staff", "cost_centre": "CE1", "budget": amounts }));
    assert_eq!(budget(json!({ "2014/15": 100, "2015/16": -100 })), NOTHING);
    for wrong in [json!({ "2014/16": 100 }), json!({ "2014-15": 100 }), json!({ "2014/15": 0.5 }), json!(100)] {
        let findings = budget(wrong);
        assert!(findings.len() == 1 && findings[0].ends_with("for each financial year"), "{findings:?}");
    }
}

#[test]
fn an_entry_has_a_reference_that_a_list_can_name() {
    let named = |reference| check_each(&[record(Kind::Site, reference, json!({ "name": "North" }))]).len();
    assert_eq!((named("S1"), named(" "), named("S1;S2"), named("S1\nS2")), (0, 1, 1, 1));
}

#[test]
fn money_that_is_only_paid_or_only_received_is_not_negative() {
    for (kind, needed, field) in [
        (Kind::Application, json!({ "name": "Academy" }), "annual_cost"),
        (Kind::Contract, json!({ "title": "Support" }), "value"),
        (Kind::Contract, json!({ "title": "Support" }), "annual_value"),
        (Kind::Contract, json!({ "title": "Support" }), "termination_cost"),
        (Kind::Licence, json!({ "product": "Office" }), "annual_cost"),
        (Kind::Hardware, json!({ "name": "Array" }), "replacement_cost"),
        (Kind::Link, json!({ "name": "Ring" }), "annual_cost"),
        (Kind::Post, json!({ "title": "Engineer" }), "annual_cost"),
        (Kind::Service, json!({ "name": "Desk" }), "annual_cost"),
        (Kind::Service, json!({ "name": "Desk" }), "annual_income"),
    ] {
        assert_eq!(with(kind, needed.clone(), json!({ field: 0 })), NOTHING);
        assert_eq!(with(kind, needed, json!({ field: -100 })), ["−£1.00 is negative"], "{kind} {field}");
    }
}

#[test]
fn a_contract_ends_after_it_starts() {
    let contract = |ends| alone(Kind::Contract, json!({ "title": "Support", "starts": "2014-04-01", "ends": ends }));
    assert_eq!(contract("2014-04-01"), NOTHING);
    assert_eq!(contract("2014-03-31"), ["2014-03-31 is before 2014-04-01, the day on which it starts"]);
}

#[test]
fn a_link_joins_two_sites() {
    let link = |to| alone(Kind::Link, json!({ "name": "Ring", "from_site": "S1", "to_site": to }));
    assert_eq!(link("DCC/S1"), NOTHING);
    assert_eq!(link("S1"), ["the link ends where it begins"]);
}

fn option(more: Value) -> Vec<String> {
    let needed =
        json!({ "name": "Shared", "role": "preferred way forward", "course": "integrate", "starts": "2014/15" });
    with(Kind::CourseOption, needed, more)
}

#[test]
fn stated_shares_add_up_to_one_and_each_authority_has_one() {
    let shares = |shares: &[&str]| option(json!({ "cost_key": "stated", "stated_shares": shares }));
    assert_eq!(shares(&["SCC=0.45", "DCC = 0.55"]), NOTHING);
    assert_eq!(shares(&["SCC=0.45", "DCC=0.5"]), ["the stated shares add up to 0.95, not 1"]);
    assert_eq!(shares(&["SCC=0.5", "SCC=0.5"]), ["SCC has two stated shares"]);
    assert_eq!(shares(&["SCC=1.5", "DCC=-0.5"]), ["\"SCC=1.5\" is not a share"]);
    assert_eq!(shares(&["half each"]), ["\"half each\" is not a share"]);
    assert_eq!(option(json!({ "cost_key": "stated" })), ["the stated shares add up to 0, not 1"]);
}

#[test]
fn an_appraisal_has_from_one_to_a_hundred_years() {
    assert_eq!(option(json!({ "years": 100 })), NOTHING);
    assert_eq!(option(json!({ "years": 0 })), ["an appraisal has 1 to 100 years"]);
    assert_eq!(option(json!({ "years": 101 })), ["an appraisal has 1 to 100 years"]);
}

fn line(more: Value) -> Vec<String> {
    let needed = json!({
        "option": "O1", "authority": "SCC", "description": "Migration", "flow": "cost", "amounts": { "2014/15": 100 },
    });
    with(Kind::Line, needed, more)
}

#[test]
fn a_range_has_the_numbers_of_its_shape() {
    assert_eq!(line(json!({ "range": "PERT", "low": 0.8, "likely": 1.0, "high": 1.5 })), NOTHING);
    assert_eq!(line(json!({ "range": "PERT", "low": 0.8, "high": 1.5 })), ["a PERT range needs it"]);
    assert_eq!(line(json!({ "range": "uniform", "low": 1.5, "high": 0.8 })).len(), 1);
    assert_eq!(line(json!({ "range": "discrete", "outcomes": ["0@0.3", "1@0.7"] })), NOTHING);
    assert_eq!(line(json!({ "range": "discrete", "outcomes": ["0@0.3", "1@0.6"] })).len(), 1);
    assert_eq!(line(json!({ "range": "discrete", "outcomes": ["nought"] })), ["\"nought\" is not an outcome"]);
}

#[test]
fn a_line_counts_a_doubt_once_and_its_money_goes_one_way() {
    let both = json!({ "range": "uniform", "low": 0.5, "high": 1.5, "optimism_bias": "outsourcing" });
    assert_eq!(line(both), ["the line carries a range and optimism bias: the same doubt would be counted twice"]);
    assert_eq!(line(json!({ "amounts": { "2014/15": -100 } })), ["an amount is negative"]);
    assert_eq!(line(json!({ "amounts": {} })), ["Amounts is empty"]);
}

#[test]
fn a_recharge_is_paid_to_somebody_else() {
    assert_eq!(line(json!({ "flow": "recharge", "counterparty": "DCC" })), NOTHING);
    assert_eq!(line(json!({ "flow": "recharge" })), ["a recharge is paid to nobody"]);
    let own = line(json!({ "flow": "recharge", "counterparty": "SCC" }));
    assert_eq!(own, ["a recharge is paid to the authority that pays it"]);
}

#[test]
fn a_cash_releasing_benefit_names_the_budget_that_falls() {
    assert_eq!(line(json!({ "flow": "cash-releasing benefit", "cost_centre": "CE1" })), NOTHING);
    let bare = line(json!({ "flow": "cash-releasing benefit" }));
    assert_eq!(bare, ["a cash-releasing benefit names no budget that falls"]);
}

#[test]
fn a_pending_bid_has_a_probability_and_no_bid_is_negative() {
    let bid = |more| {
        let needed = json!({ "name": "Award", "options": ["O1"], "authority": "joint", "status": "pending",
            "amounts": { "2014/15": 100 }, "probability": 0.5 });
        with(Kind::Bid, needed, more)
    };
    assert_eq!(bid(json!({})), NOTHING);
    assert_eq!(bid(json!({ "probability": null })), ["a pending bid needs a probability"]);
    assert_eq!(bid(json!({ "status": "lost", "probability": null })), NOTHING);
    assert_eq!(bid(json!({ "amounts": { "2014/15": -100 } })), ["an amount is negative"]);
}

#[test]
fn a_risk_with_an_impact_has_a_probability_and_a_year() {
    let risk = |more| with(Kind::Risk, json!({ "option": "O1", "authority": "SCC", "description": "Overrun" }), more);
    assert_eq!(risk(json!({ "impact": 100, "probability": 0.3, "year": "2015/16" })), NOTHING);
    assert_eq!(
        risk(json!({ "impact": 100 })),
        ["the risk has a cost but no probability", "the risk has a cost but no year"]
    );
}

#[test]
fn two_drivers_are_two_and_do_not_move_wholly_together() {
    let correlation = |second: &str, rank: f64| {
        alone(Kind::Correlation, json!({ "first": "pay", "second": second, "rank_correlation": rank }))
    };
    assert_eq!(correlation("prices", -0.5), NOTHING);
    assert_eq!(correlation("pay", 0.5), ["a driver always moves with itself"]);
    assert_eq!(correlation("prices", 1.0), ["a rank correlation of 1 or -1 makes two drivers one"]);
    assert_eq!(correlation("prices", 1.5), ["Rank correlation: 1.5 is more than 1"]);
}

#[test]
fn evidence_has_a_document_and_a_date_and_a_mitigation_has_evidence() {
    let evidence = |more| {
        let needed = json!({ "area": "AR1", "authority": "joint", "standing": "agreed", "statement": "It is so" });
        with(Kind::Evidence, needed, more).len()
    };
    assert_eq!((evidence(json!({ "document": "Report", "dated": "2014-06-18" })), evidence(json!({}))), (0, 2));
    let mitigation = |more| {
        let needed = json!({ "option": "O1", "category": "outsourcing", "risk_area": "Supplier", "contribution": 0.5,
            "mitigated": 0.5 });
        with(Kind::Mitigation, needed, more).len()
    };
    assert_eq!((mitigation(json!({ "evidence": "Review" })), mitigation(json!({}))), (0, 1));
}

#[test]
fn an_impact_that_was_analysed_names_its_assessment_and_another_its_reason() {
    let impact = |answer: &str, more| with(Kind::Impact, json!({ "subject": "equality", "answer": answer }), more);
    assert_eq!(impact("yes", json!({ "assessment": "Equality analysis" })), NOTHING);
    assert_eq!(impact("yes", json!({})), ["it was analysed, but no assessment is named"]);
    assert_eq!(impact("no", json!({})), ["it was not analysed, and no reason is given"]);
}

#[test]
fn a_coalition_names_each_authority_once() {
    let cost = |coalition: &[&str]| alone(Kind::CoalitionCost, json!({ "coalition": coalition, "cost": 100 }));
    assert_eq!(cost(&["SCC", "DCC"]), NOTHING);
    assert_eq!(cost(&["SCC", "DCC", "SCC"]), ["the coalition names SCC twice"]);
}

fn authority(code: &str, name: &str, folder: &str) -> Authority {
    Authority { code: code.into(), name: name.into(), folder: folder.into(), ..Authority::default() }
}

fn two() -> Partnership {
    let authorities = vec![authority("SCC", "Sunderland", "sunderland"), authority("DCC", "Durham", "durham")];
    Partnership { name: "Two".into(), authorities, ..Partnership::default() }
}

fn together(baselines: &[Baseline]) -> Vec<String> {
    check_together(&two(), baselines).into_iter().map(|finding| finding.what).collect()
}

#[test]
fn a_site_that_an_entry_names_is_there() {
    let workload = |site: &str, recovery: &str| {
        let own = record(Kind::Site, "S1", json!({ "name": "North" }));
        let runs = json!({ "name": "Finance", "site": site, "recovery_site": recovery });
        let others = record(Kind::Site, "S9", json!({ "name": "South" }));
        together(&[
            Baseline::freeze("SCC", DAY, vec![own, record(Kind::Workload, "W1", runs)]),
            Baseline::freeze("DCC", DAY, vec![others]),
        ])
    };
    assert_eq!(workload("S1", "DCC/S9"), NOTHING);
    assert_eq!(workload("S9", "DCC/S9"), ["there is no S9 among the sites"]);
    assert_eq!(workload("S1", "DCC/S1"), ["DCC has no site S1"]);
    assert_eq!(workload("S1", "XCC/S1"), ["XCC is no authority of this partnership"]);
}

#[test]
fn entries_are_held_by_whom_they_belong_to() {
    let site = || record(Kind::Site, "S1", json!({ "name": "North" }));
    let objective = || record(Kind::Objective, "OB1", json!({ "statement": "Save" }));
    let of = |owner: &str, record| together(&[Baseline::freeze(owner, DAY, vec![record])]);
    assert_eq!(of("SCC", site()), NOTHING);
    assert_eq!(of(PARTNERSHIP, objective()), NOTHING);
    assert_eq!(of("SCC", objective()), ["objectives are held by the partnership, not by one authority"]);
    assert_eq!(of(PARTNERSHIP, site()), ["sites are held by each authority, not by the partnership"]);
    let twice = [Baseline::freeze("SCC", DAY, Vec::new()), Baseline::freeze("SCC", DAY, Vec::new())];
    assert_eq!(together(&twice), ["SCC has two baselines"]);
}

#[test]
fn risks_and_bids_fall_within_the_years_of_their_options() {
    let findings = |kind, more: Value| {
        let option = |reference, role: &str| {
            let fields = json!({ "name": role, "role": role, "course": "apart", "starts": "2014/15", "years": 2 });
            record(Kind::CourseOption, reference, fields)
        };
        let mut own = record(kind, "X1", more);
        own.fields.insert("authority".into(), json!("joint"));
        let options = [option("O1", "business as usual"), option("O2", "do minimum")];
        together(&[Baseline::freeze(PARTNERSHIP, DAY, options.into_iter().chain([own]).collect())])
    };
    let risk = |year: &str, impact: Value| {
        let fields =
            json!({ "option": "O2", "description": "Overrun", "probability": 0.5, "year": year, "impact": impact });
        findings(Kind::Risk, fields)
    };
    assert_eq!(risk("2015/16", json!(100)), NOTHING);
    assert_eq!(risk("2016/17", json!(100)), ["2016/17 is outside the years of option O2"]);
    assert_eq!(risk("2016/17", json!(null)), NOTHING);
    let bid = |year: &str, status: &str| {
        findings(
            Kind::Bid,
            json!({ "name": "Award", "options": ["O1", "O2"], "status": status, "amounts": { year: 100 } }),
        )
    };
    assert_eq!(bid("2014/15", "won"), NOTHING);
    assert_eq!(bid("2013/14", "won"), ["2013/14 is outside the years of every option of the bid"]);
    assert_eq!(bid("2013/14", "lost"), NOTHING);
}

#[test]
fn more_correlations_than_a_matrix_can_hold_are_refused_before_it_is_made() {
    let correlation = |number: usize| {
        let fields = json!({ "first": "pay", "second": format!("driver {number}"), "rank_correlation": 0.01 });
        record(Kind::Correlation, &format!("K{number}"), fields)
    };
    let findings = together(&[Baseline::freeze(PARTNERSHIP, DAY, (0..600).map(correlation).collect())]);
    assert!(findings.contains(&"the correlations are of 601 drivers; at most 500 are read".to_owned()));
}

/// What is wrong with a partnership after a change.
fn changed(change: impl Fn(&mut Partnership)) -> Vec<String> {
    let mut partnership = two();
    change(&mut partnership);
    let findings = check_partnership(&partnership);
    assert!(findings.iter().all(|finding| finding.place.file == "partnership.toml"));
    findings.into_iter().map(|finding| finding.what).collect()
}

#[test]
fn a_partnership_has_a_name_and_authorities_with_names_codes_and_folders_of_their_own() {
    assert_eq!(changed(|_| {}), NOTHING);
    assert_eq!(changed(|partnership| partnership.name = " ".into()), ["the partnership has no name"]);
    assert_eq!(changed(|partnership| partnership.authorities.clear()), ["no authority is named"]);
    let second = |authority: Authority| changed(move |partnership| partnership.authorities[1] = authority.clone());
    assert_eq!(second(authority("", "Durham", "durham")), ["the authority has no code"]);
    assert_eq!(second(authority("DCC", " ", "durham")), ["the authority has no name"]);
    assert_eq!(second(authority("DCC", "Durham", "")), ["the authority has no folder"]);
    assert_eq!(second(authority("scc", "Durham", "durham")), ["another authority has the code \"scc\" too"]);
    let same_folder = second(authority("DCC", "Durham", "Sunderland/"));
    assert_eq!(same_folder, ["another authority has the folder \"Sunderland\" too"]);
}

#[test]
fn words_that_mean_all_authorities_are_no_authoritys_code_or_folder() {
    let second = |code: &str, folder: &str| {
        changed(|partnership| partnership.authorities[1] = authority(code, "Durham", folder))
    };
    for code in ["joint", "Partnership", "D C", "D/C", "D=C"] {
        assert_eq!(second(code, "durham"), [format!("\"{code}\" cannot be an authority's code")]);
    }
    for folder in ["partnership", "Parameters"] {
        assert_eq!(second("DCC", folder), [format!("the folder \"{folder}\" is not one authority's")]);
    }
}

#[test]
fn a_report_is_for_an_authority_of_the_partnership() {
    assert_eq!(changed(|partnership| partnership.report.authority = "DCC".into()), NOTHING);
    let stranger = changed(|partnership| partnership.report.authority = "XCC".into());
    assert_eq!(stranger, ["XCC is no authority of this partnership"]);
}

#[test]
fn words_that_name_parameters_name_one_that_is_in_force() {
    let needed = json!({
        "option": "O1", "authority": "SCC", "description": "Migration", "flow": "cost", "amounts": { "2014/15": 100 },
    });
    let line = |more: Value| {
        let mut line = record(Kind::Line, "L1", needed.clone());
        line.fields.extend(record(Kind::Line, "L1", more).fields);
        parameters(line)
    };
    assert_eq!(line(json!({ "optimism_bias": "equipment_development" })), NOTHING);
    assert_eq!(line(json!({ "optimism_bias": "hope" })), ["\"hope\" is no category of optimism bias"]);
    assert_eq!(line(json!({ "reference_class": "reference_class/shared_ict_benefits" })), NOTHING);
    assert_eq!(
        line(json!({ "reference_class": "green_book/optimism_bias" })),
        ["\"green_book/optimism_bias\" is no reference class"]
    );
    let application = |function: &str| {
        parameters(record(Kind::Application, "A1", json!({ "name": "Academy", "function": function })))
    };
    assert_eq!(application("3"), NOTHING);
    assert_eq!(application("999999"), ["there is no local government function 999999"]);
}

fn parameters(record: Record) -> Vec<String> {
    let findings = check_parameters(&Basis::standard(), DAY, &[Baseline::freeze(PARTNERSHIP, DAY, vec![record])]);
    findings.into_iter().map(|finding| finding.what).collect()
}

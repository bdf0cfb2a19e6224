//! Estates in the JSON of the LGR rationalisation engine.

use penshaw_basis::Confidence;
use penshaw_files::read;
use penshaw_register::{Holder, Kind};
use serde_json::json;

const ESTATE: &str = r#"{
  "councilName": "Example District Council",
  "councilMetadata": { "tier": "district", "financialDistress": false },
  "nodes": [
    { "id": "f1", "label": "Benefits", "type": "Function", "lgaFunctionId": "3" },
    { "id": "f2", "label": "Waste", "type": "Function", "lgaFunctionId": 142 },
    { "id": "s1", "label": "Academy", "type": "ITSystem", "vendor": "Example Software", "users": 120,
      "cost": "£85k/yr", "annualCost": 85000.5, "endYear": 2028, "endMonth": 2, "noticePeriod": 6,
      "portability": "Low", "dataPartitioning": "Monolithic", "isCloud": true, "isERP": false,
      "sharedWith": ["Another Council"], "targetAuthorities": ["North", "South"] },
    { "id": "s2", "label": "Rounds", "type": "ITSystem", "isCloud": false }
  ],
  "edges": [
    { "source": "s1", "target": "f1", "relationship": "REALIZES" },
    { "source": "s2", "target": "f2", "relationship": "REALIZES" }
  ]
}"#;

fn read_text(text: &str) -> read::Read {
    read::file("scc/estate.json", text.as_bytes(), Holder::Authority)
}

fn said(text: &str) -> Vec<String> {
    read_text(text).findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_system_becomes_an_application_and_its_contract() {
    let read = read_text(ESTATE);
    let of = |kind: Kind| read.records.iter().filter(move |record| record.kind == kind).collect::<Vec<_>>();
    let (applications, contracts) = (of(Kind::Application), of(Kind::Contract));
    assert_eq!((applications.len(), contracts.len()), (2, 1));
    assert_eq!(
        json!(applications[0].fields),
        json!({
            "name": "Academy", "supplier": "Example Software", "users": 120, "annual_cost": 8_500_050, "function": "3",
            "portability": "low", "data_partitioning": "monolithic", "hosting": "public cloud",
            "shared_with": ["Another Council"], "contract": "s1-contract",
        })
    );
    assert_eq!(applications[0].confidence_of("hosting"), Confidence::Estimated);
    assert_eq!(applications[1].fields["function"], json!("142"));
    assert_eq!(
        json!(contracts[0].fields),
        json!({
            "title": "Academy", "supplier": "Example Software", "ends": "2028-02-29", "notice_months": 6.0,
            "annual_value": 8_500_050,
        })
    );
    assert_eq!(
        said(ESTATE),
        [
            "warning: scc/estate.json: the register has no field for targetAuthorities\n  hint: nothing else of the file is lost",
        ]
    );
}

#[test]
fn a_system_of_several_functions_keeps_the_first_and_names_all_as_modules() {
    let text = ESTATE.replace("\"source\": \"s2\"", "\"source\": \"s1\"");
    let read = read_text(&text);
    let system = read.records.iter().find(|record| record.reference == "s1").unwrap();
    assert_eq!((&system.fields["function"], &system.fields["modules"]), (&json!("3"), &json!(["Benefits", "Waste"])));
    assert!(
        read.findings
            .iter()
            .any(|finding| finding.what == "s1 realises more than one function; its function is 3 (Benefits)")
    );
}

#[test]
fn every_mistake_of_an_estate_is_named_with_its_node() {
    let text = ESTATE
        .replace("\"users\": 120", "\"users\": -1")
        .replace("\"endMonth\": 2", "\"endMonth\": 13")
        .replace("\"Low\"", "\"Lo\"")
        .replace("85000.5", "\"about 85k\"")
        .replace("\"label\": \"Rounds\", ", "")
        .replace("\"target\": \"f2\"", "\"target\": \"f9\"")
        .replace("\"lgaFunctionId\": 142", "\"lgaFunctionId\": \"waste\"")
        .replace(", \"targetAuthorities\": [\"North\", \"South\"]", "");
    assert_eq!(
        said(&text),
        [
            "error: scc/estate.json, node s1: annualCost: \"about 85k\" is not an amount of money\n  hint: write pounds, such as 1250 or £1,250.50",
            "error: scc/estate.json, node s1: endMonth: 13 is not between 1 and 12\n  hint: correct the number",
            "error: scc/estate.json, node s1: portability: \"Lo\" is not one of: high, medium, low\n  hint: did you mean \"low\"?",
            "error: scc/estate.json, node s1: users: -1 is negative\n  hint: enter 0 or more",
            "error: scc/estate.json, node s2: Name is empty\n  hint: enter it: The name by which officers know it. For example: Revenues and benefits",
            "warning: scc/estate.json, edge 2: the edge leads to \"f9\", which is no node\n  hint: correct the id, or take the edge out",
            "warning: scc/estate.json, node f2: \"waste\" is not the number of a function\n  hint: write its number in the LGA/ESD list of local government functions, such as 3 for Benefits",
        ]
    );
}

#[test]
fn a_plan_of_successors_and_other_json_are_told_apart() {
    let plan = r#"{ "vestingDate": "2028-04-01", "successors": [{ "name": "North", "fullPredecessors": [] }] }"#;
    assert!(said(plan)[0].starts_with("warning: scc/estate.json: it is a plan of predecessors and successors"));
    assert!(said("{}")[0].starts_with("error: scc/estate.json: it is not an estate"));
    assert!(said("[1, 2")[0].starts_with("error: scc/estate.json, line 1: it is not JSON"));
    assert!(said(&"[".repeat(100_000))[0].contains("it is not JSON"));
    assert!(said("\u{89}PNG\0")[0].contains("it is not JSON"));
}

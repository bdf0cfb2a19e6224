//! An authority's applications as an estate in the JSON of the LGR rationalisation engine, with what it cannot carry.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::{Application, Contract, Kind, Record};
use serde_json::{Map, Value, json};

use super::LeftOut;

/// Fields of an application that a node carries.
const APPLICATION: &[&str] =
    &["name", "supplier", "users", "annual_cost", "portability", "data_partitioning", "shared_with", "function"];
/// Fields of a contract that its application's node carries.
const CONTRACT: &[&str] = &["ends", "notice_months"];

/// The applications as an estate, and what it does not carry. `labels` names local government functions by number.
///
/// Each application is a node with its contract's end and notice; each function that one serves is a node that it
/// realises. Contracts that no application names have no place in the form. The readers read the file back.
///
/// Source: the input files of the public "LGR rationalisation engine".
pub fn estate(records: &[Record], council: &str, labels: &dyn Fn(&str) -> Option<String>) -> (Vec<u8>, LeftOut) {
    let mut writing = Writing { contracts: contracts(records), left_out: LeftOut::default(), named: BTreeSet::new() };
    let mut functions: BTreeMap<String, Value> = BTreeMap::new();
    let (mut systems, mut edges) = (Vec::new(), Vec::new());
    for record in records.iter().filter(|record| record.kind == Kind::Application) {
        let Ok(application) = record.read::<Application>() else {
            writing
                .left_out
                .lost(format!("{}: whole entries, since a field of each cannot be read", record.kind.sheet()));
            continue;
        };
        systems.push(writing.system(record, &application, council));
        let Some(number) = &application.function else { continue };
        let id = format!("function-{number}");
        let label = labels(number).unwrap_or_else(|| format!("Function {number}"));
        functions
            .entry(number.clone())
            .or_insert_with(|| json!({ "id": id, "label": label, "type": "Function", "lgaFunctionId": number }));
        edges.push(json!({ "source": record.reference, "target": id, "relationship": "REALIZES" }));
    }
    writing.close(records);
    let nodes: Vec<Value> = functions.into_values().chain(systems).collect();
    let estate = json!({ "councilName": council, "councilMetadata": {}, "nodes": nodes, "edges": edges });
    let mut text = serde_json::to_vec_pretty(&estate).expect("an estate is plain data");
    text.push(b'\n');
    (text, writing.left_out)
}

fn contracts(records: &[Record]) -> BTreeMap<&str, (&Record, Contract)> {
    let of_kind = records.iter().filter(|record| record.kind == Kind::Contract);
    of_kind.filter_map(|record| Some((record.reference.as_str(), (record, record.read::<Contract>().ok()?)))).collect()
}

struct Writing<'a> {
    contracts: BTreeMap<&'a str, (&'a Record, Contract)>,
    left_out: LeftOut,
    /// The contracts that applications name.
    named: BTreeSet<String>,
}

impl Writing<'_> {
    fn system(&mut self, record: &Record, application: &Application, council: &str) -> Value {
        self.left_out.wrote(Kind::Application);
        let mut node = Map::new();
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                node.insert(name.to_owned(), value);
            }
        };
        put("id", json!(record.reference));
        put("label", json!(application.name));
        put("type", json!("ITSystem"));
        put("owner", json!(council));
        put("users", json!(application.users));
        put("vendor", json!(application.supplier));
        put("annualCost", json!(application.annual_cost.map(|cost| cost.pounds())));
        let capital = |word: &Option<String>| word.as_ref().map(|word| word[..1].to_uppercase() + &word[1..]);
        put("portability", json!(capital(&application.portability)));
        put("dataPartitioning", json!(capital(&application.data_partitioning)));
        // The engine knows only cloud or the council's own premises.
        let cloud = match application.hosting.as_deref() {
            Some("public cloud") => Some(true),
            Some("on premises") => Some(false),
            _ => None,
        };
        put("isCloud", json!(cloud));
        if !application.shared_with.is_empty() {
            put("sharedWith", json!(application.shared_with));
        }
        let mut carried = APPLICATION.to_vec();
        carried.extend(cloud.map(|_| "hosting"));
        if let Some((contract_record, contract)) =
            application.contract.as_ref().and_then(|named| self.contracts.get(named.as_str()))
        {
            self.named.insert(contract_record.reference.clone());
            let ends = contract.ends;
            if let Some(ends) = ends {
                put("endYear", json!(ends.year()));
                put("endMonth", json!(ends.month()));
                if ends != ends.last_of_month() {
                    self.left_out.lost(format!("{}: the day of the end within its month", Kind::Contract.sheet()));
                }
            }
            put("noticePeriod", json!(contract.notice_months.map(months)));
            carried.push("contract");
            let has_place = ends.is_some() || contract.notice_months.is_some();
            if !has_place || contract_record.reference != format!("{}-contract", record.reference) {
                self.left_out.lost(format!("{}: Contract, by its own reference", record.kind.sheet()));
            }
            let mut of_contract = CONTRACT.to_vec();
            let same = |one: &Option<String>, other: &Option<String>| one == other;
            of_contract.extend((contract.title == application.name).then_some("title"));
            of_contract.extend(same(&contract.supplier, &application.supplier).then_some("supplier"));
            of_contract.extend((contract.annual_value == application.annual_cost).then_some("annual_value"));
            self.left_out.fields(contract_record, &of_contract);
        }
        self.left_out.fields(record, &carried);
        Value::Object(node)
    }

    /// Counts what the form has no place for at all.
    fn close(&mut self, records: &[Record]) {
        for record in records {
            match record.kind {
                Kind::Application => {}
                Kind::Contract if self.named.contains(&record.reference) => self.left_out.wrote(Kind::Contract),
                Kind::Contract => {
                    self.left_out.lost(format!("{}: whole entries that no application names", record.kind.sheet()))
                }
                _ => self.left_out.lost(format!("{}: whole entries", record.kind.sheet())),
            }
        }
    }
}

/// Months as the engine writes them: whole where they are.
fn months(months: f64) -> Value {
    if months.fract() == 0.0 { json!(months as i64) } else { json!(months) }
}

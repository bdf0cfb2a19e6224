//! Estates in the JSON of the public "LGR rationalisation engine": functions, systems, and which realises which.
//!
//! A system becomes an application, and a contract where its end or notice is given. What the
//! register has no field for is named in one warning.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Confidence, Date};
use penshaw_register::{FieldKind, Holder, Kind, Origin};
use serde_json::{Map, Value, json};

use super::convert::convert;
use super::gathered::{Draft, Gathered, place};
use super::written::{Written, Wrong};

/// The fields of a system that become fields of its application, and what they hold.
const APPLICATION: &[(&str, &str)] = &[
    ("label", "name"),
    ("vendor", "supplier"),
    ("users", "users"),
    ("annualCost", "annual_cost"),
    ("portability", "portability"),
    ("dataPartitioning", "data_partitioning"),
    ("sharedWith", "shared_with"),
];

/// Keys of a system that need no warning: read elsewhere, or saying again what another key says.
const UNDERSTOOD: &[&str] =
    &["id", "type", "label", "owner", "cost", "isCloud", "isERP", "endYear", "endMonth", "noticePeriod"];

/// Reads an estate; other JSON is refused.
pub(super) fn read(file: &str, text: &str, holder: Holder, gathered: &mut Gathered) {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let cell = format!("line {}", error.line());
            return gathered.error(place(file, cell), format!("it is not JSON: {error}"), "export it again");
        }
    };
    if value.get("vestingDate").is_some() && value.get("successors").is_some() {
        return gathered.warning(
            place(file, None),
            "it is a plan of predecessors and successors, which holds no entries",
            "keep it outside the authorities' folders",
        );
    }
    let (Some(nodes), true) = (value.get("nodes").and_then(Value::as_array), value.get("councilName").is_some()) else {
        return gathered.error(
            place(file, None),
            "it is not an estate: it has no \"councilName\" and \"nodes\"",
            "JSON is read in the forms of OCDS and of the LGR rationalisation engine; use a workbook or CSV for other entries",
        );
    };
    if holder == Holder::Partnership {
        return gathered.error(
            place(file, None),
            "an estate belongs to one authority",
            "move it to the authority's own folder",
        );
    }
    let edges = value.get("edges").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Estate { file, nodes, edges }.read(gathered);
}

/// A function's LGA/ESD number and its name.
type Function = (String, String);

struct Estate<'a> {
    file: &'a str,
    nodes: &'a [Value],
    edges: &'a [Value],
}

impl Estate<'_> {
    fn read(&self, gathered: &mut Gathered) {
        let functions = self.functions(gathered);
        let realised = self.realised(&functions, gathered);
        let mut left_out = BTreeSet::new();
        for (number, node) in self.nodes.iter().enumerate() {
            match node.get("type").and_then(Value::as_str) {
                Some("ITSystem") => self.system(number, node, &realised, &mut left_out, gathered),
                Some("Function") => {}
                other => {
                    let what = format!("the node is of the type \"{}\", which is not read", other.unwrap_or("none"));
                    gathered.warning(self.at(number, node), what, "nodes are of the types Function and ITSystem");
                }
            }
        }
        if !left_out.is_empty() {
            let names: Vec<&str> = left_out.into_iter().collect();
            let what = format!("the register has no field for {}", names.join(", "));
            gathered.warning(place(self.file, None), what, "nothing else of the file is lost");
        }
    }

    fn at(&self, number: usize, node: &Value) -> penshaw_register::Place {
        let cell = match node.get("id").and_then(Value::as_str) {
            Some(id) => format!("node {id}"),
            None => format!("node {}", number + 1),
        };
        place(self.file, cell)
    }

    /// The LGA/ESD number and the name of each function, by its node's id.
    fn functions(&self, gathered: &mut Gathered) -> BTreeMap<&str, Function> {
        let mut functions = BTreeMap::new();
        for (number, node) in self.nodes.iter().enumerate() {
            let (Some("Function"), Some(id)) = (node.get("type").and_then(Value::as_str), id(node)) else { continue };
            let written = node.get("lgaFunctionId").and_then(written);
            match written.ok_or_else(no_function).and_then(|written| convert(FieldKind::Function, &written)) {
                Ok(Value::String(function)) => {
                    let label = node.get("label").and_then(Value::as_str).unwrap_or(id);
                    functions.insert(id, (function, label.to_owned()));
                }
                Ok(_) => {}
                Err(wrong) => gathered.warning(self.at(number, node), wrong.what, wrong.hint),
            }
        }
        functions
    }

    /// The functions that each system realises; the register keeps the first, so more are a warning.
    fn realised(
        &self,
        functions: &BTreeMap<&str, Function>,
        gathered: &mut Gathered,
    ) -> BTreeMap<String, Vec<Function>> {
        let ids: BTreeSet<&str> = self.nodes.iter().filter_map(id).collect();
        let mut realised: BTreeMap<String, Vec<Function>> = BTreeMap::new();
        for (number, edge) in self.edges.iter().enumerate() {
            let end = |key: &str| edge.get(key).and_then(Value::as_str).unwrap_or_default();
            let (source, target) = (end("source"), end("target"));
            let place = place(self.file, format!("edge {}", number + 1));
            if let Some(lost) = [source, target].into_iter().find(|id| !ids.contains(id)) {
                let what = format!("the edge leads to \"{}\", which is no node", super::nearest::shortened(lost));
                gathered.warning(place, what, "correct the id, or take the edge out");
                continue;
            }
            let Some(function) = functions.get(target) else { continue };
            let known = realised.entry(source.to_owned()).or_default();
            if let Some((first, label)) = known.first() {
                let what = format!("{source} realises more than one function; its function is {first} ({label})");
                gathered.warning(
                    place,
                    what,
                    "all of them are read as its modules; correct the function if another fits better",
                );
            }
            known.push(function.clone());
        }
        realised
    }

    fn system<'a>(
        &self,
        number: usize,
        node: &'a Value,
        realised: &BTreeMap<String, Vec<Function>>,
        left_out: &mut BTreeSet<&'a str>,
        gathered: &mut Gathered,
    ) {
        let Some(id) = id(node).filter(|id| !id.trim().is_empty()) else {
            return gathered.error(self.at(number, node), "the system has no id", "give it one of its own");
        };
        let origin = Origin { place: self.at(number, node), cells: BTreeMap::new() };
        let mut application = Draft::new(Kind::Application, id.to_owned(), origin.clone());
        for (key, field) in APPLICATION {
            self.field(node, key, field, &mut application, gathered);
        }
        if let Some([(function, _), others @ ..]) = realised.get(id).map(Vec::as_slice) {
            application.set("function", json!(function));
            if !others.is_empty() {
                let labels: Vec<&String> = realised[id].iter().map(|(_, label)| label).collect();
                application.set("modules", json!(labels));
            }
        }
        if let Some(cloud) = node.get("isCloud").and_then(Value::as_bool) {
            application.set("hosting", json!(if cloud { "public cloud" } else { "on premises" }));
            // The file knows only cloud or not; whose cloud it is would be a guess.
            application.record.field_confidence.insert("hosting".into(), Confidence::Estimated);
        }
        if let Some(contract) = self.contract(id, node, origin, gathered) {
            application.set("contract", json!(contract));
        }
        application.require_all(gathered, |_| Some(self.at(number, node)));
        gathered.take(application.record, application.sound);
        let keys = node.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
        let read = APPLICATION.iter().map(|(key, _)| *key).chain(UNDERSTOOD.iter().copied());
        let read: BTreeSet<&str> = read.collect();
        left_out.extend(keys.filter(|key| !read.contains(key)));
    }

    /// Reads one key of a node as a field of a record.
    fn field(&self, node: &Value, key: &str, field: &str, draft: &mut Draft, gathered: &mut Gathered) {
        let Some(written) = node.get(key).and_then(written).filter(|written| !written.is_blank()) else { return };
        let kind = draft.record.kind.field(field).expect("the table names fields of the kind").kind;
        match convert(kind, &written) {
            Ok(Value::Array(items)) if items.is_empty() => {}
            Ok(value) => draft.set(field, value),
            Err(wrong) => {
                let place = draft.record.origin.place.clone();
                gathered.error(place, format!("{key}: {}", wrong.what), wrong.hint);
                draft.sound = false;
            }
        }
    }

    /// The contract of a system whose end or notice is known; returns its reference.
    fn contract(&self, id: &str, node: &Value, origin: Origin, gathered: &mut Gathered) -> Option<String> {
        let given = ["endYear", "noticePeriod"].iter().any(|key| node.get(*key).is_some_and(|value| !value.is_null()));
        if !given {
            return None;
        }
        let reference = format!("{id}-contract");
        let mut contract = Draft::new(Kind::Contract, reference.clone(), origin);
        for (key, field) in [
            ("label", "title"),
            ("vendor", "supplier"),
            ("noticePeriod", "notice_months"),
            ("annualCost", "annual_value"),
        ] {
            // What is wrong with these was said of the application, except the notice.
            let mut said = Gathered::default();
            self.field(node, key, field, &mut contract, &mut said);
            if key == "noticePeriod" {
                gathered.extend(said);
            }
        }
        match ends(node) {
            Ok(Some(day)) => contract.set("ends", json!(day)),
            Ok(None) => {}
            Err(wrong) => {
                contract.sound = false;
                gathered.wrong(contract.record.origin.place.clone(), wrong);
            }
        }
        gathered.take(contract.record, contract.sound);
        Some(reference)
    }
}

fn id(node: &Value) -> Option<&str> {
    node.get("id").and_then(Value::as_str)
}

fn no_function() -> Wrong {
    Wrong::new("the function has no lgaFunctionId", "add its number in the LGA/ESD list of functions")
}

/// The last day of the month in which a contract ends; the year's last where no month is given.
fn ends(node: &Value) -> Result<Option<Date>, Wrong> {
    let whole = |key: &str, most: f64| {
        let kind = FieldKind::Number { unit: "", least: 1.0, most };
        let Some(written) = node.get(key).and_then(written) else { return Ok(None) };
        let number = convert(kind, &written).and_then(|_| convert(FieldKind::Count, &written));
        number.map(|number| number.as_i64()).map_err(|wrong| Wrong { what: format!("{key}: {}", wrong.what), ..wrong })
    };
    let Some(year) = whole("endYear", 2999.0)? else { return Ok(None) };
    let month = whole("endMonth", 12.0)?.unwrap_or(12);
    let first = Date::new(year as i16, month as i8, 1).ok().filter(|_| year >= 1900);
    match first {
        Some(first) => Ok(Some(first.last_of_month())),
        None => Err(Wrong::new(format!("endYear: {year} is outside 1900 to 2999"), "correct the year")),
    }
}

/// A value as it was written; nothing for null.
fn written(value: &Value) -> Option<Written> {
    match value {
        Value::Null => None,
        Value::Bool(answer) => Some(Written::YesNo(*answer)),
        Value::Number(number) => number.as_f64().map(Written::Number),
        Value::String(text) => Some(Written::text(text.clone())),
        Value::Array(items) => Some(Written::List(items.iter().filter_map(written).collect())),
        Value::Object(_) => Some(Written::Table(Vec::new())),
    }
}

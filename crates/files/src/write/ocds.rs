//! An authority's contracts as a release package of the Open Contracting Data Standard 1.1, to be published.

use penshaw_basis::Date;
use penshaw_register::{Contract, Kind, Record};
use serde_json::{Map, Value, json};

use super::LeftOut;
use crate::months;
use crate::read::ocds_method_of as method_of;

/// Fields of a contract that a release carries.
const CARRIED: &[&str] = &[
    "title",
    "supplier",
    "starts",
    "ends",
    "value",
    "description",
    "ocid",
    "classification",
    "awarded_by",
    "regime",
    "supplier_is_small",
    "supplier_is_voluntary",
];

/// Who publishes, and of which day.
#[derive(Clone, Copy, Debug)]
pub struct Publisher<'a> {
    /// The authority's name: publisher and buyer.
    pub name: &'a str,
    /// Its code, by which procurements without an ocid of their own are named.
    pub code: &'a str,
    /// The prefix that the Open Contracting Partnership gave it, such as `ocds-h6vhtk`; nothing where it has none yet.
    pub prefix: Option<&'a str>,
    /// The day of the entries.
    pub on: Date,
}

/// The contracts as a release package, and what a release does not carry.
///
/// One release a contract. What OCDS has no member for is left out and counted, since the file is made to be
/// published. The reference and whether the ocid was made up stand in a member `penshaw` of the contract, so that
/// reading the file gives back the entries.
///
/// Source: Open Contracting Data Standard 1.1.5, <https://standard.open-contracting.org/1.1/en/>.
pub fn package(records: &[Record], publisher: &Publisher<'_>) -> (Vec<u8>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut releases = Vec::new();
    for record in records.iter().filter(|record| record.kind == Kind::Contract) {
        match record.read::<Contract>() {
            Ok(contract) => releases.push(release(record, &contract, publisher, &mut left_out)),
            Err(_) => left_out
                .lost(format!("{}: whole entries, since a field of each cannot be read", Kind::Contract.sheet())),
        }
    }
    let package = json!({
        "uri": format!("urn:penshaw:{}:contracts:{}", word(publisher.code), publisher.on),
        "version": "1.1",
        "publishedDate": time(publisher.on, "00:00:00"),
        "publisher": { "name": publisher.name },
        "releases": releases,
    });
    let mut text = serde_json::to_vec_pretty(&package).expect("a package is plain data");
    text.push(b'\n');
    (text, left_out)
}

fn release(record: &Record, contract: &Contract, publisher: &Publisher<'_>, left_out: &mut LeftOut) -> Value {
    left_out.wrote(Kind::Contract);
    let prefix = publisher.prefix.unwrap_or("unregistered");
    let made = format!("{prefix}-{}-{}", word(publisher.code), word(&record.reference));
    let ocid = contract.ocid.clone().unwrap_or(made);
    let buyer = json!({ "id": publisher.code, "name": publisher.name });
    let suppliers = suppliers(contract);
    let mut parties = vec![json!({ "id": publisher.code, "name": publisher.name, "roles": ["buyer"] })];
    parties.extend(suppliers.iter().cloned());
    let named: Vec<Value> = suppliers.iter().map(|party| json!({ "id": party["id"], "name": party["name"] })).collect();
    let mut carried = CARRIED.to_vec();
    let carries_number = suppliers.iter().any(|party| party.get("identifier").is_some());
    carried.extend(carries_number.then_some("supplier_number"));
    let (period, extension) = period(contract);
    carried.extend(extension.then_some("extension_months"));
    if contract.supplier.is_none() {
        carried.retain(|field| !field.starts_with("supplier_is"));
    }
    left_out.fields(record, &carried);
    let mut own = Map::from_iter([("reference".to_owned(), json!(record.reference))]);
    if contract.ocid.is_none() {
        own.insert("made_ocid".to_owned(), json!(true));
    }
    let award = filled(json!({
        "id": record.reference,
        "status": "active",
        "suppliers": if named.is_empty() { Value::Null } else { json!(named) },
    }));
    let agreed = filled(json!({
        "id": record.reference,
        "awardID": record.reference,
        "title": contract.title,
        "description": contract.description,
        "status": if contract.ends.is_some_and(|ends| ends < publisher.on) { "terminated" } else { "active" },
        "period": period,
        "value": contract.value.map(|value| json!({ "amount": value.pounds(), "currency": "GBP" })),
        "items": items(&contract.classification),
        "penshaw": own,
    }));
    json!({
        "ocid": ocid,
        "id": format!("{}-{}", word(&record.reference), publisher.on),
        "date": time(publisher.on, "00:00:00"),
        "tag": ["contract"],
        "initiationType": "tender",
        "language": "en",
        "parties": parties,
        "buyer": buyer,
        "tender": tender(record, contract),
        "awards": [award],
        "contracts": [agreed],
    })
}

fn tender(record: &Record, contract: &Contract) -> Value {
    let (method, details) = contract.awarded_by.as_deref().and_then(method_of).unzip();
    let below = contract.regime.as_deref() == Some("below threshold");
    let basis = match contract.regime.as_deref() {
        Some("Procurement Act 2023") => json!({ "scheme": "UKPGA", "id": "2023/54" }),
        Some("Public Contracts Regulations 2015") => json!({ "scheme": "UKSI", "id": "2015/102" }),
        Some("Public Contracts Regulations 2006") => json!({ "scheme": "UKSI", "id": "2006/5" }),
        _ => Value::Null,
    };
    filled(json!({
        "id": record.reference,
        "status": "complete",
        "procurementMethod": method,
        "procurementMethodDetails": details,
        "aboveThreshold": if below { json!(false) } else { Value::Null },
        "legalBasis": basis,
    }))
}

/// The supplier as a party; several stand between semicolons in the register.
fn suppliers(contract: &Contract) -> Vec<Value> {
    let names: Vec<&str> = contract.supplier.as_deref().map(|names| names.split("; ").collect()).unwrap_or_default();
    let alone = names.len() == 1;
    let number = contract.supplier_number.as_deref().filter(|_| alone).and_then(identifier);
    let party = |(place, name): (usize, &&str)| {
        let id = match &number {
            Some((scheme, id)) => format!("{scheme}-{id}"),
            None => format!("supplier-{}", place + 1),
        };
        let mut party = json!({ "id": id, "name": name, "roles": ["supplier"] });
        if let Some((scheme, id)) = &number {
            party["identifier"] = json!({ "scheme": scheme, "id": id, "legalName": name });
        }
        let scale = contract.supplier_is_small.map(|small| if small { "sme" } else { "large" });
        let details = filled(json!({ "scale": scale, "vcse": contract.supplier_is_voluntary }));
        if alone && details.as_object().is_some_and(|details| !details.is_empty()) {
            party["details"] = details;
        }
        party
    };
    names.iter().enumerate().map(party).collect()
}

/// The scheme of a number: eight letters of Companies House, or six or seven digits of the Charity Commission.
fn identifier(number: &str) -> Option<(&'static str, String)> {
    let plain = number.bytes().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase());
    let digits = number.bytes().all(|digit| digit.is_ascii_digit());
    match number.len() {
        8 if plain => Some(("GB-COH", number.to_owned())),
        6 | 7 if digits => Some(("GB-CHC", number.to_owned())),
        _ => None,
    }
}

/// First and last day, the last with all extensions, and whether the extension is carried.
fn period(contract: &Contract) -> (Value, bool) {
    let most = contract.ends.zip(contract.extension_months).and_then(|(ends, months)| extended(ends, months));
    let period = filled(json!({
        "startDate": contract.starts.map(|day| time(day, "00:00:00")),
        "endDate": contract.ends.map(|day| time(day, "23:59:59")),
        "maxExtentDate": most.map(|day| time(day, "23:59:59")),
    }));
    let is_empty = period.as_object().is_none_or(Map::is_empty);
    (if is_empty { Value::Null } else { period }, most.is_some())
}

/// The day some months after a last day: by the calendar for whole months, else by days of which a month has 30.4375.
fn extended(ends: Date, months: f64) -> Option<Date> {
    if months.fract() == 0.0 && months < 12_000.0 {
        return months::after(ends, months as i64);
    }
    ends.checked_add(jiff::Span::new().try_days((months * 30.4375).round() as i64).ok()?).ok()
}

/// The CPV codes as an item: the first classifies it, the others besides.
fn items(codes: &[String]) -> Value {
    let Some((first, others)) = codes.split_first() else { return Value::Null };
    let cpv = |code: &String| json!({ "scheme": "CPV", "id": code });
    let others: Vec<Value> = others.iter().map(cpv).collect();
    json!([filled(json!({
        "id": "1",
        "classification": cpv(first),
        "additionalClassifications": if others.is_empty() { Value::Null } else { json!(others) },
    }))])
}

fn time(day: Date, time: &str) -> String {
    format!("{day}T{time}Z")
}

/// An object without the members that hold nothing.
fn filled(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).collect()),
        other => other,
    }
}

/// A text as one word that an identifier may hold.
fn word(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' })
        .collect()
}

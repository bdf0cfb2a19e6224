//! The digests by which two runs are told apart, down to the entry and the parameter that changed.

use penshaw_basis::{Basis, Digest, Digester};
use penshaw_register::JointRegister;
use serde_json::{Map, Value, json};

/// The digests of a run: of all that is shared, of each entry in it, and of each parameter.
///
/// Nothing here depends on what an owner kept back.
pub(crate) fn digests(joint: &JointRegister, basis: &Basis) -> Value {
    json!({
        "joint": joint.digest(),
        "partnership": one("partnership", &joint.partnership()),
        "owners": joint.digests(),
        "basis": basis.digest(),
        "entries": entries(joint),
        "parameters": parameters(basis),
    })
}

fn entries(joint: &JointRegister) -> Map<String, Value> {
    let entry = |(owner, record): (&str, &penshaw_register::Record)| {
        let mut digester = Digester::new("penshaw shared entry 1");
        record.digest_into(&mut digester);
        (format!("{owner}/{}/{}", record.kind, record.reference), short(&digester.finish()))
    };
    joint.records().map(entry).collect()
}

fn parameters(basis: &Basis) -> Map<String, Value> {
    basis.parameters().map(|parameter| (parameter.name.clone(), one("parameter", &parameter))).collect()
}

fn one(purpose: &str, thing: &impl serde::Serialize) -> Value {
    let text = serde_json::to_string(thing).expect("it is plain data");
    let mut digester = Digester::new(purpose);
    digester.part(&text);
    short(&digester.finish())
}

fn short(digest: &Digest) -> Value {
    Value::String(digest.short().to_owned())
}

//! What is taken from a register.

use penshaw_register::{Authority, Baseline, Kind, PARTNERSHIP, Record};
use serde_json::Value;

use super::*;

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
}

#[test]
fn schemes_seats_reserved_matters_and_divisions_are_taken_with_the_partners_sizes() {
    let authority = |code: &str, users| Authority {
        code: code.into(),
        name: code.into(),
        users: Some(users),
        ..Authority::default()
    };
    let partnership =
        Partnership { authorities: vec![authority("D", 3_000), authority("S", 5_000)], ..Partnership::default() };
    let records = vec![
        record(Kind::Scheme, "SC1", json!({ "name": "Committee", "vehicle": "joint committee" })),
        record(Kind::SchemeMember, "M1", json!({ "scheme": "SC1", "authority": "D", "seats": 2 })),
        record(Kind::SchemeMember, "M2", json!({ "scheme": "SC1", "authority": "S", "seats": 3 })),
        record(Kind::ReservedMatter, "RM1", json!({ "scheme": "SC1", "matter": "Scope", "kept_by": "executive" })),
        record(Kind::Division, "DV1", json!({ "matter": "Move", "standing": "imagined", "in_favour": ["S"] })),
    ];
    let joint = join(&partnership, &[Baseline::freeze(PARTNERSHIP, ON, records)], &BTreeMap::new());
    let input = Governance::gather(&joint, ON).unwrap();
    let taken = [input.schemes.len(), input.members.len(), input.reserved.len(), input.divisions.len()];
    assert_eq!(taken, [1, 2, 1, 1]);
    let power = Governance::analyse(&input, &Basis::standard()).schemes[0].power.clone().unwrap();
    assert_eq!(power.authorities[1].users_share, Some(0.625));
    assert_eq!(power.authorities[1].standing, Standing::Dictator);
}

//! Who supplies: names, numbers and sizes of the organisations that a release names.

use serde_json::Value;

use super::json::{object, objects, text, yes};

/// Schemes of numbers with Companies House and the registers of charities.
///
/// Source: <https://org-id.guide>.
const NUMBERS: &[&str] = &["GB-COH", "GB-CHC", "GB-SC", "GB-NIC"];

/// What is known of a supplier.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Supplier {
    pub(super) name: Option<String>,
    pub(super) number: Option<String>,
    pub(super) is_small: Option<bool>,
    pub(super) is_voluntary: Option<bool>,
}

/// The suppliers of an award, with what the release's parties say of them.
pub(super) fn suppliers(award: &Value, release: &Value) -> Vec<Supplier> {
    objects(award, "suppliers").map(|named| supplier(named, release)).collect()
}

/// The suppliers that the release names among its parties.
pub(super) fn of_parties(release: &Value) -> Vec<Supplier> {
    let parties = objects(release, "parties").filter(|party| has_role(party, "supplier"));
    parties.map(|party| supplier(party, release)).collect()
}

/// The names of those who buy: the buyer, others with its part, or else the body that runs the procurement.
pub(super) fn buyers(release: &Value) -> Vec<String> {
    let own = |named: &Value| text(named, "name").or_else(|| text(party(named, release)?, "name"));
    let mut buyers: Vec<String> = own(object(release, "buyer")).into_iter().collect();
    buyers.extend(
        objects(release, "parties").filter(|party| has_role(party, "buyer")).filter_map(|party| text(party, "name")),
    );
    if buyers.is_empty() {
        buyers.extend(own(object(object(release, "tender"), "procuringEntity")));
    }
    buyers
}

fn has_role(party: &Value, wanted: &str) -> bool {
    party.get("roles").and_then(Value::as_array).is_some_and(|roles| roles.iter().any(|role| role == wanted))
}

/// The party that a reference means, by its id.
fn party<'a>(named: &Value, release: &'a Value) -> Option<&'a Value> {
    let id = text(named, "id")?;
    objects(release, "parties").find(|party| text(party, "id").as_ref() == Some(&id))
}

fn supplier(named: &Value, release: &Value) -> Supplier {
    let party = party(named, release).unwrap_or(&Value::Null);
    let legal = |of: &Value| text(object(of, "identifier"), "legalName");
    let details = object(party, "details");
    let size = text(details, "scale").map(|scale| scale.to_lowercase());
    Supplier {
        name: text(named, "name").or_else(|| text(party, "name")).or_else(|| legal(party)).or_else(|| legal(named)),
        number: number(named).or_else(|| number(party)),
        is_small: size.and_then(|size| match size.as_str() {
            "sme" | "micro" | "small" | "medium" => Some(true),
            "large" => Some(false),
            _ => None,
        }),
        is_voluntary: yes(details, "vcse"),
    }
}

/// The number of an organisation with Companies House or a register of charities.
fn number(of: &Value) -> Option<String> {
    let identifiers = std::iter::once(object(of, "identifier")).chain(objects(of, "additionalIdentifiers"));
    let given = identifiers.filter_map(|identifier| {
        let scheme = text(identifier, "scheme")?;
        NUMBERS.contains(&scheme.as_str()).then_some((scheme, text(identifier, "id")?))
    });
    let of_id = text(of, "id").and_then(|id| {
        let scheme = NUMBERS.iter().find(|scheme| id.starts_with(&format!("{scheme}-")))?;
        Some(((*scheme).to_owned(), id[scheme.len() + 1..].to_owned()))
    });
    let (scheme, id) = given.chain(of_id).find(|(_, id)| !id.trim().is_empty())?;
    let id = id.trim().to_uppercase();
    // A spreadsheet takes the noughts off the front of a company's number.
    let is_cut = scheme == "GB-COH" && id.len() < 8 && id.bytes().all(|digit| digit.is_ascii_digit());
    Some(if is_cut { format!("{id:0>8}") } else { id })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_supplier_is_what_award_and_party_say() {
        let release = json!({ "parties": [
            { "id": "S", "name": "Example Ltd", "roles": ["supplier"], "identifier": { "scheme": "GB-COH", "id": "1234567" },
              "details": { "scale": "sme", "vcse": false } },
            { "id": "GB-COH-sc012345", "name": "Other plc", "identifier": { "legalName": "OTHER PLC" } },
            { "id": "B", "name": "Example Council", "roles": ["buyer"] },
            { "id": "J", "name": "Next Council", "roles": ["buyer"] },
        ], "buyer": { "id": "B" } });
        let award =
            json!({ "suppliers": [{ "id": "S", "name": null }, { "id": "GB-COH-sc012345" }, 7, { "name": "Third" }] });
        let found = suppliers(&award, &release);
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[0],
            Supplier {
                name: Some("Example Ltd".into()),
                number: Some("01234567".into()),
                is_small: Some(true),
                is_voluntary: Some(false)
            }
        );
        assert_eq!((found[1].name.as_deref(), found[1].number.as_deref()), (Some("Other plc"), Some("SC012345")));
        assert_eq!(found[2], Supplier { name: Some("Third".into()), ..Supplier::default() });
        assert_eq!(buyers(&release), ["Example Council", "Example Council", "Next Council"]);
    }
}

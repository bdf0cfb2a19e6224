//! The register of contracts that the Local Government Transparency Code asks every authority to publish each quarter, as CSV.
//!
//! Source: Local Government Transparency Code 2015, paragraph 32,
//! <https://www.gov.uk/government/publications/local-government-transparency-code-2015>. Not legal advice.

use penshaw_basis::Money;
use penshaw_register::{Contract, Kind, Record};
use serde_json::Value;

use super::LeftOut;
use super::entries::{BYTE_ORDER_MARK, line, pounds_text};
use crate::apostrophe::guarded;

/// The columns that the Code lists, in its order.
pub const COLUMNS: [&str; 14] = [
    "Reference number",
    "Title",
    "Department responsible",
    "Description",
    "Supplier name and details",
    "Sum",
    "Irrecoverable VAT",
    "Start date",
    "End date",
    "Review date",
    "Invitation to quote or tender",
    "SME",
    "VCSE",
    "Registration number",
];

/// Fields that the columns carry.
const CARRIED: &[&str] = &[
    "title",
    "department",
    "description",
    "supplier",
    "value",
    "irrecoverable_vat",
    "starts",
    "ends",
    "reviewed_on",
    "awarded_by",
    "supplier_is_small",
    "supplier_is_voluntary",
    "supplier_number",
];

/// The contracts over an amount under the columns of the Transparency Code, and what the columns do not carry.
///
/// The sum is that over the contract's length or, where it is not known, the estimated annual spending, written as
/// "85000 a year". A contract of which neither is known is written too: nobody can say that it is under the amount.
/// The readers read the file back under these headings.
///
/// ```
/// use penshaw_basis::Money;
/// use penshaw_register::{Kind, Record};
/// let mut contract = Record::new(Kind::Contract, "C1");
/// contract.fields.insert("title".into(), "Revenues support".into());
/// contract.fields.insert("annual_value".into(), 8_500_000.into());
/// let (csv, _) = penshaw_files::write::transparency::contracts(&[contract], Money::from_pounds(5_000));
/// assert!(String::from_utf8_lossy(&csv).ends_with("C1,Revenues support,,,,85000 a year,,,,,,,,\n"));
/// ```
pub fn contracts(records: &[Record], over: Money) -> (Vec<u8>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut text = BYTE_ORDER_MARK.to_owned();
    line(&mut text, COLUMNS.iter().map(|column| (*column).to_owned()));
    for record in records.iter().filter(|record| record.kind == Kind::Contract) {
        let Ok(contract) = record.read::<Contract>() else {
            left_out.lost(format!("{}: whole entries, since a field of each cannot be read", Kind::Contract.sheet()));
            continue;
        };
        let known = contract.value.or(contract.annual_value);
        if known.is_some_and(|sum| sum <= over) {
            left_out.lost(format!(
                "{}: whole entries of {over} or less, which the Code does not ask for",
                Kind::Contract.sheet()
            ));
            continue;
        }
        left_out.wrote(Kind::Contract);
        // The sum of a contract whose value is known does not say what is paid in a year.
        let annual: &[&str] = if contract.value.is_none() { &["annual_value"] } else { &[] };
        left_out.fields(record, &[CARRIED, annual].concat());
        line(&mut text, cells(record, &contract));
    }
    (text.into_bytes(), left_out)
}

fn cells(record: &Record, contract: &Contract) -> impl Iterator<Item = String> {
    let pounds = |amount: Option<Money>| amount.map(|amount| pounds_text(amount.pence())).unwrap_or_default();
    let yearly = || contract.annual_value.map(|annual| format!("{} a year", pounds_text(annual.pence())));
    let words = |field: &str| {
        let text = record.fields.get(field).and_then(Value::as_str).unwrap_or_default();
        guarded(text).into_owned()
    };
    let answer = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
    let sum = if contract.value.is_some() { pounds(contract.value) } else { yearly().unwrap_or_default() };
    [
        guarded(&record.reference).into_owned(),
        words("title"),
        words("department"),
        words("description"),
        words("supplier"),
        sum,
        pounds(contract.irrecoverable_vat),
        words("starts"),
        words("ends"),
        words("reviewed_on"),
        words("awarded_by"),
        answer(contract.supplier_is_small),
        answer(contract.supplier_is_voluntary),
        words("supplier_number"),
    ]
    .into_iter()
}

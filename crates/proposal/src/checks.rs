//! What is still wrong with a report before it goes to the cabinet, as findings on partnership.toml.
//!
//! The checks answer to faults seen in real reports: an undeleted "Yes/No", a duplicate answer, "None"
//! under background papers that the body relies on, "Not applicable" under legal implications of a
//! key decision, no word of the section 151 officer. None of this is legal advice.

mod decision;
mod paperwork;

#[cfg(test)]
pub(crate) use paperwork::sheet_and_sections;

use penshaw_documents::Document;
use penshaw_register::{ExemptPart, Finding, Place, Severity};

use crate::cabinet_report::ReportInputs;
use crate::exempt;

/// Everything that is found, errors first, in the order of the report.
pub fn check(inputs: &ReportInputs<'_>, report: &Document) -> Vec<Finding> {
    let mut findings = decision::findings(inputs);
    findings.extend(paperwork::findings(inputs, report));
    findings.extend(exempt::findings(report, &exempt_parts(inputs)));
    // A stable sort: within errors and within warnings the order of the report stays.
    findings.sort_by_key(|finding| finding.severity);
    findings
}

fn exempt_parts(inputs: &ReportInputs<'_>) -> Vec<ExemptPart> {
    inputs.joint.all::<ExemptPart>().into_iter().map(|held| held.entry).collect()
}

/// Where a finding about the report's own details stands.
fn at(field: &str) -> Place {
    Place { file: "partnership.toml".into(), sheet: None, cell: Some(format!("[report] {field}")) }
}

fn error(field: &str, what: impl Into<String>, hint: impl Into<String>) -> Finding {
    Finding { severity: Severity::Error, place: at(field), what: what.into(), hint: hint.into() }
}

fn warning(field: &str, what: impl Into<String>, hint: impl Into<String>) -> Finding {
    Finding { severity: Severity::Warning, ..error(field, what, hint) }
}

#[cfg(test)]
mod tests;

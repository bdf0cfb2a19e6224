//! What the partnership says of itself, beyond what the reader of its file refuses.

use std::collections::BTreeSet;

use crate::{Adoption, Authority, Finding, PARTNERSHIP, Partnership, Place, ReportDetails, Severity};

pub(super) fn check(partnership: &Partnership) -> Vec<Finding> {
    let report = &partnership.report;
    let mut findings: Vec<Finding> = receiver(report).into_iter().collect();
    findings.extend(report.adoption.iter().flat_map(adoption));
    findings
}

/// A partnership that writes no report needs no cabinet to receive it.
fn receiver(report: &ReportDetails) -> Option<Finding> {
    let nobody = report.authority.trim().is_empty() && *report != ReportDetails::default();
    nobody.then(|| Finding {
        severity: Severity::Warning,
        ..at(
            "report, authority",
            "the report does not say whose cabinet receives it",
            "write the code of one of the authorities",
        )
    })
}

/// An officer may set a recommendation aside, but not without a reason and something in its place.
fn adoption(adoption: &Adoption) -> Vec<Finding> {
    let blank = |text: &str| text.trim().is_empty();
    let mut findings = Vec::new();
    if blank(&adoption.officer) {
        findings.push(at("report, adoption, officer", "no officer is named", "write the post of the officer"));
    }
    if adoption.adopted {
        return findings;
    }
    if blank(&adoption.reason) {
        findings.push(at(
            "report, adoption, reason",
            "the recommendation is set aside without a reason",
            "write reason = \"…\", or adopted = true",
        ));
    }
    if adoption.resolutions.iter().all(|text| blank(text)) {
        findings.push(at(
            "report, adoption, resolutions",
            "the recommendation is set aside and nothing is put in its place",
            "write resolutions = [\"…\"], or adopted = true",
        ));
    }
    findings
}

fn at(part: &str, what: &str, hint: &str) -> Finding {
    Finding {
        severity: Severity::Error,
        place: Place { file: "partnership.toml".into(), sheet: None, cell: Some(part.into()) },
        what: what.into(),
        hint: hint.into(),
    }
}

/// Codes that mean all of the authorities, or their common files.
const RESERVED_CODES: &[&str] = &["joint", PARTNERSHIP];
/// Folders that hold the partners' own files and parameters.
const RESERVED_FOLDERS: &[&str] = &[PARTNERSHIP, "parameters"];

/// What is wrong with the names, codes and folders of a partnership, all of it.
///
/// The reader of `partnership.toml` says the same with the line; this is for a
/// partnership that comes from elsewhere.
pub fn check_partnership(partnership: &Partnership) -> Vec<Finding> {
    let mut findings = Vec::new();
    if partnership.name.trim().is_empty() {
        findings.push(at("name", "the partnership has no name", "write what it is called"));
    }
    if partnership.authorities.is_empty() {
        let hint = "add each authority with its code, name and folder";
        findings.push(at("authorities", "no authority is named", hint));
    }
    let mut taken = BTreeSet::new();
    for (number, authority) in partnership.authorities.iter().enumerate() {
        findings.extend(identity(&format!("[[authorities]] {}", number + 1), authority, &mut taken));
    }
    let receiver = &partnership.report.authority;
    if !receiver.trim().is_empty() && partnership.authority(receiver).is_none() {
        let codes: Vec<&str> = partnership.authorities.iter().map(|authority| authority.code.as_str()).collect();
        findings.push(at(
            "report, authority",
            &format!("{receiver} is no authority of this partnership"),
            &format!("write one of {}", codes.join(", ")),
        ));
    }
    findings
}

/// Whether an authority has a code, a name and a folder, and the first and the last are its own.
fn identity(part: &str, authority: &Authority, taken: &mut BTreeSet<(&'static str, String)>) -> Vec<Finding> {
    let folder = authority.folder.trim().trim_end_matches('/');
    let mut findings = Vec::new();
    for (key, word) in [("code", authority.code.trim()), ("name", authority.name.trim()), ("folder", folder)] {
        if word.is_empty() {
            let what = format!("the authority has no {key}");
            findings.push(at(part, &what, "give each authority a code, a name and a folder"));
        } else if key != "name" && !taken.insert((key, word.to_lowercase())) {
            let what = format!("another authority has the {key} \"{word}\" too");
            findings.push(at(part, &what, "give each authority its own"));
        }
    }
    let among = |reserved: &[&str], word: &str| reserved.iter().any(|other| other.eq_ignore_ascii_case(word));
    let separates = |letter: char| letter.is_whitespace() || "/+=;@".contains(letter);
    if among(RESERVED_CODES, &authority.code) || authority.code.contains(separates) {
        findings.push(at(
            part,
            &format!("\"{}\" cannot be an authority's code", authority.code),
            "use letters, digits and hyphens, such as SCC; \"joint\" and \"partnership\" mean all of them",
        ));
    }
    if among(RESERVED_FOLDERS, folder) {
        let hint = "name another: \"partnership\" and \"parameters\" hold what the partners have together";
        findings.push(at(part, &format!("the folder \"{folder}\" is not one authority's"), hint));
    }
    findings
}

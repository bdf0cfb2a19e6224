//! What is wrong with records, alone and together: every finding at once.

mod choices;
pub(crate) mod fields;
mod held;
mod money;
mod parameters;
mod partnership;
mod references;
#[cfg(test)]
mod tests;
mod text;

pub use choices::{check_choice, check_choices};
pub use fields::{EXAMPLE, TOTAL, is_of_the_sheet};
pub use parameters::check_parameters;
pub use partnership::check_partnership;
pub use text::{is_spreadsheet_error, plain_text};

use std::collections::BTreeMap;

use penshaw_basis::Date;

use crate::{Baseline, Finding, Partnership, Place, Problem, Record, Severity};

/// What is wrong with one owner's records before they are frozen: each on its own, and references used twice.
pub fn check_owned(records: &[Record]) -> Vec<Finding> {
    let mut findings = check_each(records);
    findings.extend(check_twice(records));
    findings
}

/// What is wrong with each record on its own.
pub fn check_each(records: &[Record]) -> Vec<Finding> {
    let problems = records.iter().flat_map(|record| {
        let problems = record.kind.check(record).into_iter();
        problems.map(move |problem| found(record, problem))
    });
    problems.collect()
}

/// References that one owner uses twice for the same kind of entry.
pub fn check_twice(records: &[Record]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first: BTreeMap<(crate::Kind, &str), &Record> = BTreeMap::new();
    for record in records {
        match first.get(&(record.kind, record.reference.as_str())) {
            Some(earlier) => findings.push(Finding {
                severity: Severity::Error,
                place: record.origin.of(Some("reference")),
                what: format!(
                    "reference {} is used twice: first at {}",
                    record.reference,
                    earlier.origin.of(Some("reference"))
                ),
                hint: "give one of the two another reference".into(),
            }),
            None => {
                first.insert((record.kind, &record.reference), record);
            }
        }
    }
    findings
}

/// What is wrong between records: references that lead nowhere, sums that do not
/// add up, the same doubt counted twice; and with what the partnership says of itself.
pub fn check_together(partnership: &Partnership, baselines: &[Baseline]) -> Vec<Finding> {
    let mut findings = references::check(partnership, baselines);
    findings.extend(held::check(partnership, baselines));
    findings.extend(partnership::check(partnership));
    findings.extend(money::check(baselines));
    findings.extend(out_of_date(baselines));
    findings.sort();
    findings
}

/// Baselines that are more than a year apart describe different times.
fn out_of_date(baselines: &[Baseline]) -> Vec<Finding> {
    let newest: Option<Date> = baselines.iter().map(Baseline::on).max();
    let old = |baseline: &&Baseline| newest.is_some_and(|newest| (newest - baseline.on()).get_days() > 366);
    baselines
        .iter()
        .filter(old)
        .map(|baseline| Finding {
            severity: Severity::Warning,
            place: Place { file: baseline.owner().to_owned(), sheet: None, cell: None },
            what: format!("the baseline of {} is more than a year older than the newest", baseline.on()),
            hint: "freeze a newer baseline before the decision".into(),
        })
        .collect()
}

/// A record's problem, with its place in the file.
pub(crate) fn found(record: &Record, problem: Problem) -> Finding {
    Finding {
        severity: problem.severity,
        place: record.origin.of(problem.field),
        what: problem.what,
        hint: problem.hint,
    }
}

/// Every record of a kind in any baseline, read as its type, with the record itself.
pub(crate) fn every<E: crate::Entry>(baselines: &[Baseline]) -> Vec<(&Record, E)> {
    let records = baselines.iter().flat_map(Baseline::records);
    records
        .filter(|record| record.kind == E::KIND)
        .filter_map(|record| record.read::<E>().ok().map(|entry| (record, entry)))
        .collect()
}

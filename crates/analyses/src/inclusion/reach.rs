//! Which small areas programmes reach, each code looked up in the vintage that its programme states and in no other.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::{InclusionProgramme, JointRegister};

use super::findings::{Findings, error, warning};
use super::vintages::MOST_CITED;
use super::{Input, OwnedArea};
use crate::named::{counted, sentence_list};

/// What programmes reach, by vintage and code.
#[derive(Debug, Default)]
pub(super) struct Reach {
    programmes: BTreeMap<(String, String), Vec<String>>,
}

impl Reach {
    /// The programmes that reach an area, by reference.
    pub(super) fn programmes_of(&self, vintage: &str, code: &str) -> Vec<String> {
        self.programmes.get(&(vintage.to_owned(), code.to_owned())).cloned().unwrap_or_default()
    }

    /// Whether any programme names areas of the vintage: where none does, nothing is known of what they reach.
    pub(super) fn is_known(&self, vintage: &str) -> bool {
        self.programmes.keys().any(|(named, _)| named == vintage)
    }
}

/// Looks the codes of the programmes up.
pub(super) fn reach(input: &Input, areas: &BTreeMap<&str, Vec<&OwnedArea>>, findings: &mut Findings) -> Reach {
    let codes = areas.iter().map(|(vintage, areas)| {
        let codes: BTreeSet<&str> = areas.iter().map(|area| area.area.code.as_str()).collect();
        (*vintage, codes)
    });
    let codes: BTreeMap<&str, BTreeSet<&str>> = codes.collect();
    let mut reach = Reach::default();
    for programme in &input.programmes {
        let Some(vintage) = programme.vintage.as_deref() else {
            no_vintage(programme, findings);
            continue;
        };
        let named: BTreeSet<&str> = programme.small_areas.iter().map(|code| code.trim()).collect();
        let (found, lost): (BTreeSet<&str>, BTreeSet<&str>) =
            named.into_iter().partition(|code| codes.get(vintage).is_some_and(|codes| codes.contains(code)));
        for code in found {
            let key = (vintage.to_owned(), code.to_owned());
            reach.programmes.entry(key).or_default().push(programme.reference.clone());
        }
        not_found(programme, vintage, &lost, &codes, findings);
    }
    reach
}

fn no_vintage(programme: &InclusionProgramme, findings: &mut Findings) {
    if programme.small_areas.is_empty() {
        return;
    }
    let what = format!("{} names small areas and not their vintage, so it is matched to none.", programme.name);
    let source = JointRegister::own_source(&programme.reference);
    findings.add(error(what, "say whether the codes are of 2011 or 2021", &[source]));
}

fn not_found(
    programme: &InclusionProgramme,
    vintage: &str,
    lost: &BTreeSet<&str>,
    codes: &BTreeMap<&str, BTreeSet<&str>>,
    findings: &mut Findings,
) {
    let source = [JointRegister::own_source(&programme.reference)];
    let elsewhere = |code: &str| codes.iter().find(|(other, codes)| **other != vintage && codes.contains(code));
    let mut unknown = Vec::new();
    let mut of_others: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for code in lost {
        match elsewhere(code) {
            Some((other, _)) => of_others.entry(other).or_default().push(code),
            None => unknown.push(*code),
        }
    }
    for (other, lost) in of_others {
        let what = format!(
            "{} names {} of {vintage} that {} of {other} only: {}.",
            programme.name,
            counted(lost.len(), "area", "areas"),
            if lost.len() == 1 { "is an area" } else { "are areas" },
            listed(&lost)
        );
        let hint = "correct the programme's vintage, or name the areas of that vintage by the Office for National Statistics' lookup";
        findings.add(error(what, hint, &source));
    }
    if !unknown.is_empty() {
        let what = format!(
            "{} names {} of {vintage} that nobody shares: {}.",
            programme.name,
            counted(unknown.len(), "area", "areas"),
            listed(&unknown)
        );
        findings.add(warning(what, "correct the code, or record and share the area", &source));
    }
}

/// The first codes, and how many more there are.
pub(super) fn listed(codes: &[&str]) -> String {
    match codes.len().checked_sub(MOST_CITED) {
        None | Some(0) => sentence_list(codes),
        Some(more) => format!("{} and {more} more", codes[..MOST_CITED].join(", ")),
    }
}

//! Each programme with what came of it: the steps, the cost of a sustained learner and the skills, by residence.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::FinancialYear;
use penshaw_register::{InclusionOutcome, InclusionProgramme, JointRegister, SkillsSurvey};

use super::Input;
use super::chain::{self, chain, out_of_order};
use super::cost::{per_learner, split, total, years_apart};
use super::findings::{Findings, error, warning};
use super::outcome::{Chain, ProgrammeOutcome, ResidentsOutcome, Vintage};
use super::skills::{self, Framework};
use crate::named::{Named, name_of, sentence_list};

/// The programmes in the order of their entries.
pub(super) fn programmes(
    input: &Input,
    vintages: &[Vintage],
    framework: Option<&Framework>,
    findings: &mut Findings,
) -> Vec<ProgrammeOutcome> {
    let outcomes = counted_once(input, findings);
    not_shared(input, findings);
    let programmes = input.programmes.iter();
    programmes
        .map(|programme| {
            let own: Vec<&InclusionOutcome> =
                outcomes.iter().copied().filter(|outcome| outcome.programme == programme.reference).collect();
            let surveys: Vec<&SkillsSurvey> =
                input.surveys.iter().filter(|survey| survey.programme == programme.reference).collect();
            for outcome in &own {
                out_of_order(outcome, &programme.name, &input.partners, findings);
            }
            let mut found = of_programme(input, programme, &own, vintages);
            years_without(&found, findings);
            if let Some(framework) = framework {
                found.skills = skills::by_residence(&programme.name, &surveys, framework, &input.partners, findings);
            }
            found
        })
        .collect()
}

/// The outcomes without those of a programme, authority and year that are there already.
fn counted_once<'a>(input: &'a Input, findings: &mut Findings) -> Vec<&'a InclusionOutcome> {
    let mut seen = BTreeMap::new();
    let mut counted = Vec::new();
    for outcome in &input.outcomes {
        let key = (&outcome.programme, &outcome.authority, outcome.year);
        let Some(first) = seen.insert(key, outcome) else {
            counted.push(outcome);
            continue;
        };
        seen.insert(key, first);
        let what = format!(
            "What {} did in {} for residents of {} is recorded twice; the entry {} alone counts.",
            programme_name(input, &outcome.programme),
            outcome.year,
            name_of(&input.partners, &outcome.authority),
            first.reference
        );
        findings.add(error(what, "put the two together in one entry", &[chain::source(first), chain::source(outcome)]));
    }
    counted
}

fn programme_name<'a>(input: &'a Input, reference: &'a str) -> &'a str {
    let programme = input.programmes.iter().find(|programme| programme.reference == reference);
    programme.map_or(reference, |programme| &programme.name)
}

/// Finds outcomes and surveys of programmes that are not there.
fn not_shared(input: &Input, findings: &mut Findings) {
    let known: BTreeSet<&str> = input.programmes.iter().map(|programme| programme.reference.as_str()).collect();
    let outcomes = input.outcomes.iter().map(|outcome| (&outcome.programme, &outcome.reference));
    let surveys = input.surveys.iter().map(|survey| (&survey.programme, &survey.reference));
    let mut lost: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (programme, reference) in outcomes.chain(surveys) {
        if !known.contains(programme.as_str()) {
            lost.entry(programme).or_default().push(JointRegister::own_source(reference));
        }
    }
    for (programme, sources) in lost {
        let what = format!("Outcomes or answers are recorded of the programme {programme}, which is not shared.");
        findings.add(error(what, "record and share the programme, or correct its reference", &sources));
    }
}

fn of_programme(
    input: &Input,
    programme: &InclusionProgramme,
    own: &[&InclusionOutcome],
    vintages: &[Vintage],
) -> ProgrammeOutcome {
    let all = (!own.is_empty()).then(|| chain(own));
    let cost = total(&programme.costs);
    let (split_by, residents) = by_residence(&input.partners, own, cost);
    let reached = vintages.iter().flat_map(|vintage| &vintage.areas);
    let reached: Vec<_> = reached.filter(|area| area.reached_by.contains(&programme.reference)).collect();
    ProgrammeOutcome {
        reference: programme.reference.clone(),
        name: programme.name.clone(),
        authority: programme.authority.clone(),
        area: programme.area.as_ref().map(|area| name_of(&input.areas, area).to_owned()),
        provider: programme.provider.clone(),
        starts: programme.starts,
        ends: programme.ends,
        document: programme.document.clone(),
        costs: programme.costs.clone(),
        small_areas: reached.len(),
        highest_areas: reached.iter().filter(|area| area.highest).count(),
        cost: per_learner(cost, "no cost is recorded", all.as_ref()),
        chain: all,
        split_by,
        residents,
        skills: Vec::new(),
        source: JointRegister::own_source(&programme.reference),
    }
}

/// The steps by authority of residence, in the order of the report, and its share of the cost.
fn by_residence(
    partners: &[Named],
    own: &[&InclusionOutcome],
    cost: Option<penshaw_basis::Money>,
) -> (Option<super::Step>, Vec<ResidentsOutcome>) {
    let chains: Vec<(String, Chain)> = authorities(partners, own.iter().map(|outcome| outcome.authority.as_str()))
        .into_iter()
        .map(|authority| {
            let its: Vec<_> = own.iter().copied().filter(|outcome| outcome.authority == authority).collect();
            (authority.to_owned(), chain(&its))
        })
        .collect();
    let chained: Vec<&Chain> = chains.iter().map(|(_, chain)| chain).collect();
    let shared = cost.and_then(|cost| split(cost, &chained));
    let (split_by, mut shares) = match shared {
        Some((step, shares)) => (Some(step), shares.into_iter().map(Some).collect()),
        None => (None, vec![None; chains.len()]),
    };
    let no_cost = match cost {
        None => "no cost is recorded",
        Some(_) => "the cost cannot be shared: not every authority says how many were reached or started",
    };
    let residents = chains.into_iter().zip(shares.drain(..)).map(|((authority, chain), share)| ResidentsOutcome {
        cost: per_learner(share, no_cost, Some(&chain)),
        authority,
        chain,
    });
    (split_by, residents.collect())
}

/// The codes that appear, partners first in the order of the report.
pub(super) fn authorities<'a>(partners: &'a [Named], codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let codes: BTreeSet<&str> = codes.collect();
    let first = partners.iter().map(|partner| partner.code.as_str()).filter(|code| codes.contains(code));
    let others = codes.iter().copied().filter(|code| partners.iter().all(|partner| partner.code != *code));
    first.chain(others).collect()
}

/// Says where costs and outcomes are of different years, which bends the cost of a learner.
fn years_without(found: &ProgrammeOutcome, findings: &mut Findings) {
    let Some(chain) = &found.chain else { return };
    if found.costs.is_empty() {
        return;
    }
    let (paid_only, told_only) = years_apart(&found.costs, chain);
    let listed = |years: &[FinancialYear]| {
        let years: Vec<String> = years.iter().map(FinancialYear::to_string).collect();
        sentence_list(&years)
    };
    let source = std::slice::from_ref(&found.source);
    if !paid_only.is_empty() {
        let what = format!(
            "{} has costs and no outcomes in {}: a sustained learner may seem dearer than they will be.",
            found.name,
            listed(&paid_only)
        );
        findings.add(warning(what, "record the outcomes of those years when they are known", source));
    }
    if !told_only.is_empty() {
        let what = format!(
            "{} has outcomes and no costs in {}: a sustained learner seems cheaper than they are.",
            found.name,
            listed(&told_only)
        );
        findings.add(warning(what, "record the costs of those years", source));
    }
}

//! Who may join whose contract: by its clause, by a modification within its regime's limits, or by a new award alone.

use super::Input;
use super::given::Given;
use super::outcome::{Joining, MayJoin, Verdict};
use super::terms::{Standing, days_between, of_days};
use crate::named::name_of;

/// Every running contract with every other authority that has something of the same supplier or function, or that a
/// clause may let in.
pub(super) fn joining(input: &Input, given: &Given, standing: &[Standing<'_>]) -> Joining {
    let mut joining = Joining::default();
    for of in standing.iter().filter(|one| one.goes_on()) {
        for partner in input.partners.iter().filter(|partner| partner.code != of.owner) {
            let same: Vec<&Standing<'_>> =
                standing.iter().filter(|other| other.owner == partner.code && alike(of, other)).collect();
            if same.is_empty() && of.contract.others_may_join != Some(true) {
                joining.left_out += 1;
                continue;
            }
            joining.pairs.extend(pair(input, given, (of, &partner.code), &same));
        }
    }
    joining.pairs.sort_by(|one, other| {
        let order = |pair: &MayJoin| (pair.verdict, pair.ends, pair.holder.clone(), pair.reference.clone());
        order(one).cmp(&order(other)).then(one.authority.cmp(&other.authority))
    });
    joining
}

/// Whether two contracts are of one supplier or serve one function.
fn alike(one: &Standing<'_>, other: &Standing<'_>) -> bool {
    (!one.supplier.is_empty() && one.supplier == other.supplier)
        || one.functions.iter().any(|function| other.functions.contains(function))
}

fn pair(
    input: &Input,
    given: &Given,
    (of, authority): (&Standing<'_>, &str),
    same: &[&Standing<'_>],
) -> Option<MayJoin> {
    let (verdict, needs) = verdict(input, given, of, same);
    Some(MayJoin {
        authority: authority.to_owned(),
        holder: of.owner.to_owned(),
        reference: of.contract.reference.clone(),
        title: of.contract.title.clone(),
        ends: of.contract.ends?,
        verdict,
        needs,
        sources: std::iter::once(of.source.clone()).chain(same.iter().map(|one| one.source.clone())).collect(),
    })
}

fn verdict(input: &Input, given: &Given, of: &Standing<'_>, same: &[&Standing<'_>]) -> (Verdict, String) {
    let clause = of.contract.joining_clause.as_deref().map(str::trim).filter(|clause| !clause.is_empty());
    match (of.contract.others_may_join, clause) {
        (Some(true), Some(clause)) => {
            return (Verdict::Clause, format!("{clause}. Check that it names the authority, and how much it may buy"));
        }
        (Some(true), None) => {
            let needs = "Record the clause and whom it names; the notice of its procurement must have named them too";
            return (Verdict::ClauseWanting, needs.into());
        }
        _ => {}
    }
    if let Some(by) = by_modification(input, given, of, same) {
        return (Verdict::Modification, by);
    }
    let passed = passed_on(input, of);
    match of.contract.others_may_join {
        None => (Verdict::NotRecorded, format!("Record whether a clause lets others use it. {passed}")),
        _ => (
            Verdict::NewAward,
            format!("No clause lets others use it, and what they buy is above its limits. {passed}"),
        ),
    }
}

/// What the authority buys of the same, for as long as the contract runs, within the share of the value that may be added.
fn by_modification(input: &Input, given: &Given, of: &Standing<'_>, same: &[&Standing<'_>]) -> Option<String> {
    let limits = of.limits(given).filter(|limits| limits.value_share > 0.0)?;
    let (first, ends) = (of.first_value()?, of.contract.ends?);
    let yearly: f64 = same.iter().map(|one| one.yearly).sum::<Option<f64>>().filter(|_| !same.is_empty())?;
    let added = of_days(yearly, days_between(input.on, ends).max(0)) + of.added();
    let within = added <= limits.value_share * first && given.threshold.is_above(added);
    within.then(|| {
        format!(
            "{}: what it buys of the same until the contract ends is no more than {} of the contract's value, and below {}. \
             Contract, scope and price must stay what they are",
            limits.value_law,
            penshaw_documents::Value::Percent(limits.value_share),
            given.threshold.words()
        )
    })
}

/// Whether the contract may be passed to another authority, which is another thing than joining it.
fn passed_on(input: &Input, of: &Standing<'_>) -> String {
    let holder = name_of(&input.partners, of.owner);
    match of.contract.assignment.as_deref() {
        Some("free") => format!("{holder} may pass it on to another authority, which then stands in its place."),
        Some("with consent") => {
            format!(
                "{holder} may pass it on to another authority with the supplier's consent, which then stands in its place."
            )
        }
        Some(_) => "It may not be passed on either.".into(),
        None => "Whether it may be passed on is not recorded.".into(),
    }
}

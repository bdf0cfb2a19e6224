//! The answer, put together: suppliers, products, functions, savings, findings.

use penshaw_basis::Basis;

use super::blockers::Blocking;
use super::duplicates::Judging;
use super::entries::Entries;
use super::functions::Functions;
use super::matrix;
use super::naming::Naming;
use super::outcome::{Counts, Finding, Outcome};
use super::parameters::Parameters;
use super::products::Products;
use super::reviews::Reviews;
use super::savings::Working;
use super::suppliers::Suppliers;
use super::{Input, groups, opportunities, suggestions};
use crate::named::counted;

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let mut findings = Vec::new();
    let parameters = Parameters::in_force(basis, input.on, &mut findings);
    let suppliers = Suppliers::of(input, &parameters.words, &mut findings);
    let texts = input.applications.iter().flat_map(|own| std::iter::once(&own.entry.name).chain(&own.entry.modules));
    let mut naming = Naming::of(&parameters, texts.map(String::as_str));
    let entries = Entries::of(input, &parameters, &suppliers, &mut naming, &mut findings);
    let reviews = Reviews::of(input, &entries, &mut findings);
    let functions = Functions::of(&parameters.functions);
    let bound = (&reviews, &parameters.product, &functions);
    let products = Products::of(&entries, &suppliers, &naming, bound, &mut findings);
    let by_function = matrix::by_function(&entries);
    let judging = Judging::of(&entries, &products, &naming, &reviews, parameters.function);
    let told = judging.told(&functions, &by_function);
    let suggestions =
        suggestions::suggestions(&entries, &products, &suppliers, &naming, (&parameters, &functions), &mut findings);
    let blocking = Blocking::of_register(input.on, &entries, &input.licences);
    findings.extend(blocking.findings());
    let working = Working {
        on: input.on,
        entries: &entries,
        products: &products,
        given: &parameters.savings,
        parameters: &parameters.savings_sources,
        blocking,
    };
    let savings = working.savings(&told.alternatives);
    let (matches, more_matches) = groups::matches(&entries, &products, &reviews, &parameters.product);
    findings.extend(kept_back(input, &entries));
    findings.sort_by_key(|finding| finding.severity);
    Outcome {
        on: input.on,
        counts: counts(input, &entries, &reviews),
        groups: groups::answered(&entries, &products),
        matches,
        more_matches,
        suppliers: suppliers.answered(input, &entries),
        perhaps_suppliers: suppliers.perhaps(),
        matrix: matrix::rows(&entries, &products, &functions, &by_function),
        shared_functions: told.shared,
        suggestions,
        opportunities: opportunities::offered(&working, &savings, input.area.as_ref()),
        savings,
        years: parameters.savings.years,
        findings,
        parameters: [parameters.sources.clone(), parameters.savings_sources.clone()].concat(),
        partners: entries.partners.clone(),
    }
}

/// How many entries of each kind were read, used and set aside.
fn counts(input: &Input, entries: &Entries<'_>, reviews: &Reviews) -> Vec<Counts> {
    let counts =
        |what: &str, read: usize, used: usize| Counts { what: what.to_owned(), read, used, set_aside: read - used };
    let referred: std::collections::BTreeSet<(&str, &str)> = entries
        .all
        .iter()
        .filter_map(|entry| Some((entry.input.owner.as_str(), entry.own().contract.as_deref()?)))
        .collect();
    let named = |name: &Option<String>| name.as_deref().is_some_and(|name| !name.trim().is_empty());
    let contracts = input.contracts.iter().filter(|own| {
        named(&own.entry.supplier) || referred.contains(&(own.owner.as_str(), own.entry.reference.as_str()))
    });
    let licences = input.licences.iter().filter(|own| {
        let of_contract =
            own.entry.contract.as_deref().is_some_and(|contract| referred.contains(&(own.owner.as_str(), contract)));
        named(&own.entry.supplier) || of_contract
    });
    vec![
        counts("Applications", input.applications.len(), entries.all.len()),
        counts("Contracts", input.contracts.len(), contracts.count()),
        counts("Licences", input.licences.len(), licences.count()),
        counts("Product reviews", reviews.read, reviews.used),
    ]
}

/// Applications without a cost that no saving can count, by authority.
fn kept_back(input: &Input, entries: &Entries<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, partner) in entries.partners.iter().enumerate() {
        let without: Vec<_> = entries
            .all
            .iter()
            .filter(|entry| entry.authority == place && entry.own().annual_cost.is_none())
            .map(|entry| entry.source.clone())
            .collect();
        if without.is_empty() {
            continue;
        }
        let kept = input.kept_back.iter().find(|kept| kept.authority == partner.code).map_or(0, |kept| kept.costs);
        let of_these = match kept {
            0 => String::new(),
            kept if kept >= without.len() => " They are kept back by their owner.".to_owned(),
            kept => format!(" Of these {kept} are kept back by their owner."),
        };
        let what = format!(
            "{}: {} no annual cost here, and no saving counts them.{of_these}",
            partner.name,
            counted(without.len(), "application has", "applications have")
        );
        let hint = if kept > 0 {
            "share the cost, or record it where it is lacking"
        } else {
            "record what each costs in a year"
        };
        findings.push(Finding::warning(what, hint, without));
    }
    findings
}

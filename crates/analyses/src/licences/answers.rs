//! The answer, put together.

use std::collections::BTreeSet;

use penshaw_basis::Basis;

use super::findings::Findings;
use super::outcome::{Count, Outcome, Pool};
use super::parameters::Parameters;
use super::pools::{Draft, NO_METRIC, pooled};
use super::positions::{Contracts, Positions};
use super::products::Suppliers;
use super::reuse::{Shared, Sharing};
use super::support::Known;
use super::{Input, delivery, opportunities};

/// Everything that is answered.
pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let parameters = Parameters::in_force(basis, input.on);
    let mut findings = Findings::default();
    let licensed = input.licences.iter().filter_map(|licence| licence.entry.supplier.as_deref());
    let published = input.installations.iter().filter_map(|installation| installation.entry.publisher.as_deref());
    let supplied = input.applications.iter().filter_map(|application| application.entry.supplier.as_deref());
    let recorded = licensed.chain(published).chain(supplied);
    let suppliers = Suppliers::of(&parameters.words, &input.supplier_names, recorded);
    let contracts = Contracts::of(input);
    let drafts = pooled(input, &suppliers, &mut findings);
    let positions = Positions { input, contracts: &contracts, ranges: &parameters.ranges };
    let sharing = Sharing { input, contracts: &contracts, suppliers: &suppliers, words: &parameters.words };
    let offering = opportunities::Offering { input, contracts: &contracts, parameters: &parameters };
    let mut pools = Vec::new();
    let mut offered = Vec::new();
    let mut ids = BTreeSet::new();
    for draft in &drafts.pools {
        let pool = pool(draft, &positions, &sharing, &mut ids, &mut findings);
        offered.extend(offering.of(&pool, &draft.licences));
        pools.push(pool);
    }
    let support = Known::of(&parameters).ends(input, &suppliers, &mut findings);
    let counts = counts(input, &pools);
    pools.sort_by_key(|pool| pool.joint.still_short == 0);
    Outcome {
        on: input.on,
        partners: input.named(),
        counts,
        pools,
        unlicensed: drafts.unlicensed,
        delivery: delivery::terms(input, &parameters.models),
        support,
        opportunities: offered,
        findings: findings.all(&input.named(), &drafts.definitions, &parameters.problems),
        definitions: drafts.definitions,
        parameters: parameters.sources,
        warn_months: parameters.ranges.warn_months,
    }
}

fn pool(
    draft: &Draft<'_>,
    positions: &Positions<'_>,
    sharing: &Sharing<'_>,
    ids: &mut BTreeSet<String>,
    findings: &mut Findings,
) -> Pool {
    let metric = draft.metric.unwrap_or(NO_METRIC);
    let id = format!("{}:{metric}", draft.key).replace(' ', "-");
    let mut numbered = (1..).map(|number| if number == 1 { id.clone() } else { format!("{id}:{number}") });
    let id = numbered.find(|id| ids.insert(id.clone())).unwrap_or(id.clone());
    let positions = positions.of(draft, findings);
    let Shared { joint, reuse, refused } = sharing.of(draft, &positions);
    Pool {
        id,
        product: draft.product.clone(),
        metric: metric.to_owned(),
        definition: draft.definition.map(str::to_owned),
        positions,
        joint,
        reuse,
        refused,
    }
}

/// How many licences and installations there are, and how many a position rests on.
fn counts(input: &Input, pools: &[Pool]) -> Vec<Count> {
    let known = pools.iter().flat_map(|pool| &pool.positions).filter(|position| position.spare.is_some());
    let sources: BTreeSet<_> = known.flat_map(|position| &position.sources).collect();
    let count = |what: &str, read: usize, used: usize| Count { what: what.into(), read, used, set_aside: read - used };
    let licences = input.licences.iter().filter(|one| sources.contains(&one.source())).count();
    let installations = input.installations.iter().filter(|one| sources.contains(&one.source())).count();
    vec![
        count("Licences", input.licences.len(), licences),
        count("Installations", input.installations.len(), installations),
    ]
}

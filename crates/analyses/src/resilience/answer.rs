//! The whole answer: everything tried, every standing, every finding.

use penshaw_basis::Basis;

use super::estate::Estate;
use super::failures::failures;
use super::findings::findings;
use super::input::Input;
use super::model::Model;
use super::outcome::Outcome;
use super::parameters::Parameters;
use super::racks::racks;
use super::standing;
use super::trials::trials;

pub(super) fn outcome(input: &Input, basis: &Basis) -> Outcome {
    let parameters = Parameters::in_force(basis, input.on);
    let estate = Estate::new(input);
    let model = Model::new(&estate, &parameters);
    let failures = failures(&model);
    let trials = trials(&model, &failures);
    let mut findings = findings(&model, &parameters);
    let racks = racks(&estate, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    Outcome {
        on: input.on,
        partners: input.partners.clone(),
        recoveries: standing::recoveries(&model, &parameters, &trials),
        agreements: standing::agreements(&estate),
        racks,
        sites: standing::sites(&model, &parameters, &failures, &trials),
        links: standing::links(&model, &failures, &trials),
        pairs: standing::pairs(&model, &parameters),
        tested_within_months: parameters.recovery.as_ref().map(|scale| scale.tested_within_months),
        findings,
        sources: parameters.sources,
        tried: trials.tried,
        singles: trials.singles,
        doubles: trials.doubles,
        worse_together: trials.worse_together,
    }
}

//! Whether prices and terms survive each way of delivering the shared service.

use penshaw_basis::Money;
use penshaw_register::Licence;

use super::Input;
use super::outcome::ModelTerms;
use super::parameters::{Asks, ModelAsks};
use crate::owned::Owned;

/// The models that the options name, or all where none names one.
pub(super) fn terms(input: &Input, models: &[ModelAsks]) -> Vec<ModelTerms> {
    let named = |model: &ModelAsks| -> Vec<String> {
        let options =
            input.options.iter().filter(|option| option.delivery_model.as_deref() == Some(model.model.as_str()));
        options.map(|option| option.name.clone()).collect()
    };
    let any = models.iter().any(|model| !named(model).is_empty());
    let wanted = models.iter().filter(|model| !any || !named(model).is_empty());
    wanted.map(|model| of_model(input, model, named(model))).collect()
}

fn of_model(input: &Input, model: &ModelAsks, options: Vec<String>) -> ModelTerms {
    let allowed = |licence: &Licence| match model.asks {
        Asks::Nothing => Some(true),
        Asks::Affiliates => licence.affiliates_may_use,
        Asks::Companies => licence.companies_may_use,
    };
    let of = |answer: Option<bool>| -> Vec<&Owned<Licence>> {
        input.licences.iter().filter(|licence| allowed(&licence.entry) == answer).collect()
    };
    let cost = |licences: &[&Owned<Licence>]| -> Money {
        licences.iter().filter_map(|licence| licence.entry.annual_cost).sum()
    };
    let (kept, lost, unknown) = (of(Some(true)), of(Some(false)), of(None));
    ModelTerms {
        model: model.model.clone(),
        options,
        asks: model.asks,
        why: model.why.clone(),
        kept: kept.len(),
        lost: lost.len(),
        unknown: unknown.len(),
        cost_lost: cost(&lost),
        cost_unknown: cost(&unknown),
        sources: lost.iter().chain(&unknown).map(|licence| licence.source()).collect(),
    }
}

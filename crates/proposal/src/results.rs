//! The results as data: the figures of every option, the recommendation, and what they rest on.

use penshaw_analyses::appraisal::{OptionOutcome, PartnerOutcome};
use penshaw_register::Recommendation;
use penshaw_register::recommendation::{Reason, Rejected, Resolution};
use serde_json::{Value, json};

use crate::cabinet_report::ReportInputs;

/// `results.json`. Amounts are pounds as the model gives them, unrounded; field names are kept stable.
///
/// `base` is NPSV with every range at its mean, exact; `expected` is the mean of the trials.
/// `digests`, `seed` and `trials` say from what it was worked out.
pub fn results(inputs: &ReportInputs<'_>, digests: Value, seed: u64, trials: u64) -> Value {
    let appraised = inputs.answers.appraisal.as_ref().ok();
    let options: Vec<Value> = appraised.iter().flat_map(|outcome| &outcome.options).map(option).collect();
    json!({
        "partnership": inputs.partnership().name,
        "on": inputs.on.to_string(),
        "options": options,
        "recommendation": recommendation(inputs.recommendation),
        "not_answered": not_answered(inputs),
        "digests": digests,
        "seed": seed,
        "trials": trials,
    })
}

fn option(option: &OptionOutcome) -> Value {
    let spread = &option.economic.spread;
    json!({
        "reference": option.reference,
        "name": option.name,
        "role": option.role,
        "course": option.course,
        "npsv": {
            "base_pounds": option.economic.npsv,
            "expected_pounds": spread.mean,
            "standard_error_pounds": spread.standard_error,
            "p10_pounds": spread.p10,
            "p50_pounds": spread.p50,
            "p90_pounds": spread.p90,
        },
        "probability_positive": spread.probability_positive,
        "probability_best": option.economic.probability_best,
        "present_costs_pounds": option.economic.present_costs,
        "present_benefits_pounds": option.economic.present_benefits,
        "partners": option.partners.iter().map(partner).collect::<Vec<Value>>(),
        "joint": {
            "net_present_cash_pounds": option.joint.net_present_cash,
            "payback_year": option.joint.payback_year.map(|year| year.to_string()),
            "peak_funding_pounds": option.joint.peak_funding,
        },
        "bridge": option.bridge.iter().map(|step| json!({ "step": step.label, "pounds": step.amount })).collect::<Vec<Value>>(),
    })
}

fn partner(partner: &PartnerOutcome) -> Value {
    json!({
        "authority": partner.code,
        "name": partner.name,
        "net_present_cash_pounds": partner.cash.net_present_cash,
        "payback_year": partner.cash.payback_year.map(|year| year.to_string()),
        "payback_years": partner.cash.payback,
        "peak_funding_pounds": partner.cash.peak_funding,
        "probability_gains": partner.spread.probability_positive,
    })
}

fn recommendation(recommendation: &Recommendation) -> Value {
    json!({
        "status": recommendation.status,
        "course": recommendation.course,
        "resolutions": recommendation.resolutions.iter().map(resolution).collect::<Vec<Value>>(),
        "put": recommendation.put().iter().map(resolution).collect::<Vec<Value>>(),
        "reasons": recommendation.reasons.iter().map(reason).collect::<Vec<Value>>(),
        "rejected": recommendation.rejected.iter().map(rejected).collect::<Vec<Value>>(),
        "areas": recommendation.areas,
        "tests": recommendation.tests.iter().map(|test| json!({
            "option": test.option,
            "rule": test.rule,
            "asks": test.asks,
            "needed": test.needed,
            "found": test.found.plain(),
            "answer": test.answer,
            "sources": test.found.sources(),
        })).collect::<Vec<Value>>(),
        "missing": recommendation.missing,
        "reopen_if": recommendation.reopen_if,
        "adoption": recommendation.adoption,
    })
}

fn resolution(resolution: &Resolution) -> Value {
    json!({
        "verb": resolution.verb,
        "option": resolution.option,
        "areas": resolution.areas,
        "text": resolution.text,
    })
}

fn reason(reason: &Reason) -> Value {
    json!({
        "rule": reason.rule,
        "option": reason.option,
        "text": reason.text.plain(),
        "sources": reason.text.sources(),
    })
}

fn rejected(rejected: &Rejected) -> Value {
    json!({
        "option": rejected.option,
        "name": rejected.name,
        "reason": rejected.reason.plain(),
        "sources": rejected.sources,
    })
}

/// The questions that could not be answered, with what each needs.
fn not_answered(inputs: &ReportInputs<'_>) -> Vec<Value> {
    let missing =
        inputs.answers.each().into_iter().filter_map(|(name, question, missing)| Some((name, question, missing?)));
    missing
        .map(|(name, question, missing)| json!({ "analysis": name, "question": question, "needs": missing.needs }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{line, sample};

    #[test]
    fn results_hold_the_figures_of_each_option_and_the_recommendation() {
        let mut sample = sample();
        sample.add(&line("L1", "A", "cash-releasing benefit", 100_000));
        let worked = sample.worked();
        let found = results(&worked.inputs(), json!({ "basis": "x" }), 7, 1000);
        assert_eq!(
            (&found["seed"], &found["trials"], &found["digests"]["basis"]),
            (&json!(7), &json!(1000), &json!("x"))
        );
        let option = &found["options"][2];
        assert_eq!(option["name"], "Shared ICT service");
        // £100,000 in each of three years in prices of year 0 and 3.5 % a year, the first undiscounted.
        let npsv = 100_000.0 * (1.0 + 1.0 / 1.035 + 1.0 / (1.035 * 1.035));
        assert!((option["npsv"]["base_pounds"].as_f64().unwrap() - npsv).abs() < 0.01, "{option}");
        assert_eq!(option["partners"][0]["authority"], "A");
        assert_eq!(found["recommendation"]["status"], "ready");
        assert_eq!(found["recommendation"]["resolutions"][2]["verb"], "agree");
        assert_eq!(found["recommendation"]["resolutions"][1]["areas"], json!(["AR1"]));
    }
}

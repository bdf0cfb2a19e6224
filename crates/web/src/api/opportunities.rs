//! What the newest answers offer, and what options have adopted of it.

use std::collections::BTreeMap;

use axum::response::IntoResponse;
use penshaw_basis::{Date, FinancialYear};
use penshaw_operations::{AdoptedBy, Offered, Offering};
use penshaw_register::{Adopting, OpportunityAmount};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::sent::Sent;
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(opportunities)).routes(routes!(adopt)).routes(routes!(set_aside))
}

/// What the newest answers offer.
#[derive(Serialize, ToSchema)]
struct Opportunities {
    /// In the order of the questions.
    opportunities: Vec<OpportunitySeen>,
}

/// A saving or cost that an analysis found.
#[derive(Serialize, ToSchema)]
struct OpportunitySeen {
    /// The analysis that found it.
    analysis: String,
    /// Names it within that analysis.
    id: String,
    /// The run that found it, to be sent with its adoption.
    run: String,
    /// Whether what the run rests on has changed since.
    out_of_date: bool,
    /// What would be done.
    description: String,
    /// The first day on which it can begin.
    earliest: Option<Date>,
    /// What stands in its way.
    blockers: Vec<String>,
    /// What each authority saves in each year; what it pays is negative.
    amounts: Vec<AmountSeen>,
    /// The options that have adopted it.
    adopted: Vec<AdoptionSeen>,
}

/// What one authority saves or pays in one year, in whole pence.
#[derive(Serialize, ToSchema)]
struct AmountSeen {
    /// The authority's code.
    authority: String,
    /// The financial year.
    #[schema(value_type = String, example = "2015/16")]
    year: FinancialYear,
    /// The least.
    low_pence: i64,
    /// The likeliest.
    likely_pence: i64,
    /// The most.
    high_pence: i64,
}

/// An option's adoption.
#[derive(Serialize, ToSchema)]
struct AdoptionSeen {
    /// The option's reference.
    option: String,
    /// The references of its lines.
    lines: Vec<String>,
    /// Whether the newest run would make them otherwise.
    superseded: bool,
}

impl OpportunitySeen {
    fn of(answer: &Offering, offered: &Offered) -> Self {
        let opportunity = &offered.opportunity;
        OpportunitySeen {
            analysis: answer.name.to_owned(),
            id: opportunity.id.clone(),
            run: answer.run.clone(),
            out_of_date: answer.changed.is_some(),
            description: opportunity.description.clone(),
            earliest: opportunity.earliest,
            blockers: opportunity.blockers.clone(),
            amounts: opportunity.amounts.iter().map(AmountSeen::from).collect(),
            adopted: offered.adopted.iter().map(AdoptionSeen::from).collect(),
        }
    }
}

impl From<&OpportunityAmount> for AmountSeen {
    fn from(amount: &OpportunityAmount) -> Self {
        AmountSeen {
            authority: amount.authority.clone(),
            year: amount.year,
            low_pence: amount.low.pence(),
            likely_pence: amount.likely.pence(),
            high_pence: amount.high.pence(),
        }
    }
}

impl From<&AdoptedBy> for AdoptionSeen {
    fn from(adopted: &AdoptedBy) -> Self {
        AdoptionSeen { option: adopted.option.clone(), lines: adopted.lines.clone(), superseded: adopted.superseded }
    }
}

/// Which opportunity an option adopts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToAdopt {
    /// The analysis that found it.
    analysis: String,
    /// Its id.
    id: String,
    /// The run that found it, as the list gives it.
    run: String,
    /// The option's reference.
    option: String,
    /// By authority, the cost centre whose budget falls. Without one the benefit is not cash-releasing.
    #[serde(default)]
    cost_centres: BTreeMap<String, String>,
}

/// Which adopted opportunity an option gives up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToSetAside {
    /// The analysis that found it.
    analysis: String,
    /// Its id.
    id: String,
    /// The option's reference.
    option: String,
}

/// What the newest answers offer, and which options have adopted it.
#[utoipa::path(get, path = "/opportunities", tag = "Analyses", responses((status = 200, body = Opportunities, description = "The opportunities")))]
async fn opportunities(caller: Caller, conditions: Conditions) -> Answer {
    Ok(conditions.answer(&seen(&caller).await?))
}

/// Makes an opportunity lines of an option. Lines that the option adopted from it before are made anew.
#[utoipa::path(post, path = "/opportunities/adopt", tag = "Analyses", request_body = ToAdopt,
    responses((status = 200, body = Opportunities, description = "The opportunities as they stand now")))]
async fn adopt(caller: Caller, Sent(sent): Sent<ToAdopt>) -> Answer {
    let adopting = Adopting { option: sent.option, run: sent.run, cost_centres: sent.cost_centres };
    caller.operations.adopt_opportunity(&caller.actor, &sent.analysis, &sent.id, &adopting).await?;
    Ok(axum::Json(seen(&caller).await?).into_response())
}

/// Takes the lines of an adopted opportunity out of an option.
#[utoipa::path(post, path = "/opportunities/set-aside", tag = "Analyses", request_body = ToSetAside,
    responses((status = 200, body = Opportunities, description = "The opportunities as they stand now")))]
async fn set_aside(caller: Caller, Sent(sent): Sent<ToSetAside>) -> Answer {
    let name = format!("{}/{}", sent.analysis, sent.id);
    caller.operations.set_opportunity_aside(&caller.actor, &name, &sent.option).await?;
    Ok(axum::Json(seen(&caller).await?).into_response())
}

async fn seen(caller: &Caller) -> Result<Opportunities, penshaw_operations::Refusal> {
    let view = caller.operations.opportunities(&caller.actor).await?;
    let each = view.answers.iter().flat_map(|answer| answer.offered.iter().map(move |offered| (answer, offered)));
    Ok(Opportunities { opportunities: each.map(|(answer, offered)| OpportunitySeen::of(answer, offered)).collect() })
}

//! The partnership and its bodies: who takes part, and how far each has come.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_operations::{BodyStands, Refusal, Role};
use penshaw_register::{Authority, Kind};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::words::RoleWord;
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(partnership)).routes(routes!(bodies))
}

/// The partnership as a whole.
#[derive(Serialize, ToSchema)]
struct Partnership {
    /// What it is called.
    name: String,
    /// Words that stand on every page.
    marking: Option<String>,
    /// The newest run of the whole report, under `/runs`.
    report_run: Option<String>,
    /// Whether the register has changed since that run.
    out_of_date: bool,
    /// What needs the caller's attention.
    attention: Vec<String>,
}

/// A body that takes part: an authority, or the partnership itself.
#[derive(Serialize, ToSchema)]
struct Body {
    /// Its code, by which everything names it.
    code: String,
    /// Its name.
    name: String,
    /// Whether the caller belongs to it.
    own: bool,
    /// The caller's roles in it.
    #[schema(value_type = Vec<RoleWord>)]
    roles: Vec<Role>,
    /// How many of its entries the caller may see, by kind.
    entries: BTreeMap<&'static str, i64>,
    /// The day of its newest baseline.
    baseline_on: Option<Date>,
    /// The people who live in its area.
    population: Option<u64>,
    /// The people who use its ICT service.
    users: Option<u64>,
    /// The devices that its ICT service supports.
    devices: Option<u64>,
}

#[derive(Serialize, ToSchema)]
struct Bodies {
    bodies: Vec<Body>,
}

/// The partnership, and what needs the caller's attention.
#[utoipa::path(get, path = "/partnership", tag = "Partnership", responses((status = 200, body = Partnership, description = "The partnership")))]
async fn partnership(caller: Caller, conditions: Conditions) -> Answer {
    let home = caller.operations.home(&caller.actor).await?;
    Ok(conditions.answer(&Partnership {
        name: home.partnership.name,
        marking: home.partnership.marking,
        report_run: home.report.map(|run| run.id),
        out_of_date: home.changed.is_some(),
        attention: home.attention.into_iter().map(|one| one.what).collect(),
    }))
}

/// Every body, with how many of its entries the caller may see.
#[utoipa::path(get, path = "/bodies", tag = "Partnership", responses((status = 200, body = Bodies, description = "The bodies, the partnership last")))]
async fn bodies(caller: Caller, conditions: Conditions) -> Answer {
    let home = caller.operations.home(&caller.actor).await?;
    let counts = caller.operations.estate(&caller.actor).await?.counts;
    let authorities = home.partnership.authorities;
    let body = |stands: BodyStands| body(&caller, &counts, &authorities, stands);
    Ok(conditions.answer(&Bodies { bodies: home.bodies.into_iter().map(body).collect() }))
}

fn body(
    caller: &Caller,
    counts: &BTreeMap<Kind, BTreeMap<String, i64>>,
    authorities: &[Authority],
    stands: BodyStands,
) -> Body {
    let roles = caller.actor.roles.get(&stands.code);
    let authority = authorities.iter().find(|authority| authority.code == stands.code);
    let count = |(kind, owners): (&Kind, &BTreeMap<String, i64>)| Some((kind.key(), *owners.get(&stands.code)?));
    Body {
        own: stands.own,
        roles: roles.into_iter().flatten().copied().collect(),
        entries: counts.iter().filter_map(count).collect(),
        // Of another's baseline the day alone: its digest and its count would tell of what is not shared.
        baseline_on: stands.baseline.map(|frozen| frozen.on),
        population: authority.and_then(|authority| authority.population),
        users: authority.and_then(|authority| authority.users),
        devices: authority.and_then(|authority| authority.devices),
        code: stands.code,
        name: stands.name,
    }
}

/// What a token is told of something that is not there.
pub(super) fn not_there(what: &'static str) -> super::problem::ApiProblem {
    Refusal::NotThere { what }.into()
}

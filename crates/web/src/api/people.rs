//! People: who has which roles in the bodies that the caller administers, and who is invited.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use penshaw_operations::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::conditions::Conditions;
use super::sent::{At, Sent};
use super::words::RoleWord;
use super::{Answer, done};
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default()
        .routes(routes!(people))
        .routes(routes!(roles))
        .routes(routes!(invitations, invite))
        .routes(routes!(withdraw))
}

#[derive(Serialize, ToSchema)]
struct People {
    people: Vec<Person>,
}

/// Somebody with an account.
#[derive(Serialize, ToSchema)]
struct Person {
    /// Names the account.
    id: String,
    /// What colleagues call them.
    name: String,
    /// Their address.
    email: String,
    /// Whether the account is closed.
    disabled: bool,
    /// Whether they sign in through the identity provider.
    single_sign_on: bool,
    /// Their roles in the bodies that the caller administers.
    #[schema(value_type = BTreeMap<String, Vec<RoleWord>>)]
    roles: BTreeMap<String, BTreeSet<Role>>,
}

#[derive(Serialize, ToSchema)]
struct Invitations {
    invitations: Vec<Invited>,
}

/// An invitation that was not used yet.
#[derive(Serialize, ToSchema)]
struct Invited {
    /// Names it.
    id: String,
    /// Who is invited.
    email: String,
    /// What colleagues call them.
    name: String,
    /// The roles that come with it.
    roles: Vec<RoleInBody>,
    /// When the link stops working.
    expires_at: Timestamp,
}

/// A role in a body.
#[derive(Serialize, ToSchema)]
struct RoleInBody {
    /// The body.
    body: String,
    /// The role.
    #[schema(value_type = RoleWord)]
    role: Role,
}

/// Who is to be invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Invite {
    /// The body that they are to belong to.
    #[schema(min_length = 1)]
    body: String,
    /// Their address.
    #[schema(min_length = 3, max_length = 200)]
    email: String,
    /// What colleagues call them.
    #[schema(min_length = 1, max_length = 50)]
    name: String,
    /// Their roles.
    #[schema(value_type = Vec<RoleWord>, min_items = 1)]
    roles: Vec<Role>,
}

/// What came of an invitation.
#[derive(Serialize, ToSchema)]
struct InvitationMade {
    /// The link to send to them, shown this once.
    link: String,
}

/// The roles that are to stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Roles {
    /// The roles; none, to take all away.
    #[schema(value_type = Vec<RoleWord>)]
    roles: Vec<Role>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct RolesPath {
    /// The account's id.
    #[param(min_length = 1)]
    person: String,
    /// The body.
    #[param(min_length = 1)]
    body: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct InvitationPath {
    /// The invitation.
    #[param(min_length = 1)]
    invitation: String,
}

/// Everybody with a role in the bodies that the caller administers.
#[utoipa::path(get, path = "/people", tag = "People", responses((status = 200, body = People, description = "The people")))]
async fn people(caller: Caller, conditions: Conditions) -> Answer {
    let members = caller.operations.members(&caller.actor).await?;
    let person = |member: penshaw_operations::Member| Person {
        id: member.id,
        name: member.name,
        email: member.email,
        disabled: member.disabled,
        single_sign_on: member.single_sign_on,
        roles: member.roles,
    };
    Ok(conditions.answer(&People { people: members.into_iter().map(person).collect() }))
}

/// Gives a person these roles in a body, in place of those that they had there.
#[utoipa::path(put, path = "/people/{person}/roles/{body}", tag = "People", params(RolesPath), request_body = Roles, responses((status = 204, description = "They have them")))]
async fn roles(caller: Caller, At(path): At<RolesPath>, Sent(sent): Sent<Roles>) -> Answer {
    caller.operations.give_roles(&caller.actor, &path.person, &path.body, &sent.roles).await?;
    Ok(done())
}

/// Invitations to the bodies that the caller administers, not used yet.
#[utoipa::path(get, path = "/invitations", tag = "People", responses((status = 200, body = Invitations, description = "The invitations")))]
async fn invitations(caller: Caller, conditions: Conditions) -> Answer {
    let open = caller.operations.invited(&caller.actor).await?;
    let invited = |invited: penshaw_operations::Invited| Invited {
        id: invited.id,
        email: invited.email,
        name: invited.name,
        roles: invited.roles.into_iter().map(|(body, role)| RoleInBody { body, role }).collect(),
        expires_at: invited.expires_at,
    };
    Ok(conditions.answer(&Invitations { invitations: open.into_iter().map(invited).collect() }))
}

/// Invites somebody to a body.
#[utoipa::path(post, path = "/invitations", tag = "People", request_body = Invite, responses((status = 201, body = InvitationMade, description = "They are invited")))]
async fn invite(caller: Caller, Sent(sent): Sent<Invite>) -> Answer {
    let operations = &caller.operations;
    let secret = operations.invite(&caller.actor, &sent.body, &sent.email, &sent.name, &sent.roles).await?;
    let address = operations.settings().public_address.trim_end_matches('/').to_owned();
    let link = format!("{address}/invitation/{secret}");
    Ok((StatusCode::CREATED, axum::Json(InvitationMade { link })).into_response())
}

/// Withdraws an invitation.
#[utoipa::path(delete, path = "/invitations/{invitation}", tag = "People", params(InvitationPath), responses((status = 204, description = "The link works no longer")))]
async fn withdraw(caller: Caller, At(path): At<InvitationPath>) -> Answer {
    caller.operations.withdraw_invitation(&caller.actor, &path.invitation).await?;
    Ok(done())
}

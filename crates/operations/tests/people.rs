//! Invitations, roles, accounts and the trail, each asked as a door would ask.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use penshaw_operations::{Actor, Clock, Means, Operations, Refusal, Role, Settings, SignInStep, Turn};
use penshaw_register::PARTNERSHIP;

const PASSWORD: &str = "harbour lantern orchard";

/// A service with the example in it, and the operator's command.
async fn service(folder: &Path) -> (Operations, Actor) {
    let address = format!("sqlite:{}", folder.join("people.db").display());
    let operations = Operations::open(&address, Clock::system(), Settings::default()).await.expect("it opens");
    let operator = Actor::operator("load");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
    operations.load_folder(&operator, &example).await.expect("the example is sound");
    (operations, operator)
}

/// The first administrator, of every body, signed in.
async fn administrator(operations: &Operations, operator: &Actor) -> Actor {
    let secret = operations.invite_administrator(operator, "ada@example.gov.uk", "Ada").await.expect("invited");
    operations.accept_invitation(&secret, PASSWORD).await.expect("accepted");
    let roles = ["SCC", "DCC", PARTNERSHIP].map(|body| (body.to_owned(), BTreeSet::from([Role::Administrator])));
    signed_in(operations, operator, "ada@example.gov.uk", BTreeMap::from(roles)).await
}

async fn signed_in(
    operations: &Operations,
    asks: &Actor,
    email: &str,
    roles: BTreeMap<String, BTreeSet<Role>>,
) -> Actor {
    let everywhere = ["SCC", "DCC", PARTNERSHIP].map(|body| (body.to_owned(), BTreeSet::from([Role::Administrator])));
    let asks = Actor { roles: BTreeMap::from(everywhere), ..asks.clone() };
    let members = operations.members(&asks).await.expect("members are shown");
    let member = members.into_iter().find(|member| member.email == email).expect("they are a member");
    Actor { person: Some(member.id), name: member.name, roles, means: Means::Page }
}

/// Somebody with roles in one body, who has accepted the invitation.
async fn officer(
    operations: &Operations,
    administrator: &Actor,
    email: &str,
    body: &str,
    roles: &[Role],
) -> (Actor, String) {
    let secret = operations.invite(administrator, body, email, "Sam", roles).await.expect("invited");
    let stepped = operations.accept_invitation(&secret, PASSWORD).await.expect("accepted");
    let roles = BTreeMap::from([(body.to_owned(), roles.iter().copied().collect())]);
    (signed_in(operations, administrator, email, roles).await, stepped.cookie)
}

fn person(actor: &Actor) -> &str {
    actor.person.as_deref().expect("they have an account")
}

#[tokio::test]
async fn the_last_administrator_of_a_body_keeps_the_role() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    let refused = operations.give_roles(&ada, person(&ada), "SCC", &[Role::Finance]).await;
    assert!(matches!(refused, Err(Refusal::Invalid(wrong)) if wrong[0].field == "roles-SCC"));
    let (sam, _) = officer(&operations, &ada, "sam@example.gov.uk", "SCC", &[Role::Administrator]).await;
    operations.close_account(&ada, person(&sam)).await.expect("Ada administers every body of Sam's");
    let refused = operations.give_roles(&ada, person(&ada), "SCC", &[]).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "a closed account administers nothing");
    operations.reopen_account(&ada, person(&sam)).await.expect("opened");
    operations.give_roles(&ada, person(&ada), "SCC", &[]).await.expect("Sam administers it too");
}

#[tokio::test]
async fn roles_in_several_bodies_change_together_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    let both = [("DCC".to_owned(), vec![Role::Administrator, Role::Finance]), ("SCC".to_owned(), vec![])];
    operations.give_all_roles(&ada, person(&ada), &both).await.expect_err("nobody else administers SCC");
    let view = operations.view_person(&ada, person(&ada)).await.expect("she sees herself");
    assert_eq!(view.member.roles["DCC"], BTreeSet::from([Role::Administrator]));
}

#[tokio::test]
async fn an_account_is_closed_only_by_whoever_administers_every_body_of_its_holder() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    let (durham, _) = officer(&operations, &ada, "dee@example.gov.uk", "DCC", &[Role::Administrator]).await;
    let (sam, cookie) = officer(&operations, &ada, "sam@example.gov.uk", "SCC", &[Role::Finance]).await;
    let refused = operations.close_account(&durham, person(&sam)).await;
    assert!(matches!(refused, Err(Refusal::NotThere { .. })), "Durham does not know of Sam");
    operations.give_roles(&durham, person(&sam), "DCC", &[Role::Auditor]).await.expect("Durham may give roles");
    let refused = operations.close_account(&durham, person(&sam)).await;
    assert!(matches!(refused, Err(Refusal::NotNow { .. })), "Sam belongs to Sunderland too");
    operations.close_account(&ada, person(&sam)).await.expect("Ada administers both");
    let visitor = operations.visitor(Some(&cookie)).await.expect("the database answers");
    assert_eq!(visitor.step, SignInStep::Nobody, "Sam's session ended");
    operations.sign_in("sam@example.gov.uk", PASSWORD, "here").await.expect_err("the account is closed");
    operations.reopen_account(&ada, person(&sam)).await.expect("opened");
    operations.sign_in("sam@example.gov.uk", PASSWORD, "here").await.expect("it is open again");
}

#[tokio::test]
async fn nobody_closes_their_own_account() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    let refused = operations.close_account(&ada, person(&ada)).await;
    assert!(matches!(refused, Err(Refusal::NotNow { .. })));
}

#[tokio::test]
async fn an_account_is_given_more_roles_only_when_its_holder_accepts_by_the_link() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    let (sam, _) = officer(&operations, &ada, "sam@example.gov.uk", "SCC", &[Role::Finance]).await;
    let secret = operations.invite(&ada, "DCC", "sam@example.gov.uk", "Sam", &[Role::Auditor]).await.expect("invited");
    let before = operations.view_person(&ada, person(&sam)).await.expect("Sam is shown");
    assert!(!before.member.roles.contains_key("DCC"));
    assert!(operations.welcome(&secret).await.expect("the link works").has_account);
    operations.accept_invitation(&secret, PASSWORD).await.expect_err("there is an account already");
    operations.accept_signed_in(&ada, &secret).await.expect_err("it was sent to Sam");
    operations.accept_signed_in(&sam, &secret).await.expect("it was sent to Sam");
    let after = operations.view_person(&ada, person(&sam)).await.expect("Sam is shown");
    assert_eq!(after.member.roles["DCC"], BTreeSet::from([Role::Auditor]));
    assert_eq!(after.member.roles["SCC"], BTreeSet::from([Role::Finance]));
    operations.accept_signed_in(&sam, &secret).await.expect_err("it works once");
}

#[tokio::test]
async fn a_password_changes_with_the_one_before_and_every_other_session_ends() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    let (sam, cookie) = officer(&operations, &ada, "sam@example.gov.uk", "SCC", &[Role::Finance]).await;
    let refused = operations.change_password(&sam, "something else", "granite pillow saxophone").await;
    assert!(matches!(refused, Err(Refusal::Invalid(wrong)) if wrong[0].field == "current"));
    let refused = operations.change_password(&sam, PASSWORD, "short").await;
    assert!(matches!(refused, Err(Refusal::Invalid(wrong)) if wrong[0].field == "new"));
    let own = operations.change_password(&sam, PASSWORD, "granite pillow saxophone").await.expect("changed");
    let step = async |cookie: &str| operations.visitor(Some(cookie)).await.expect("the database answers").step;
    assert_eq!((step(&own).await, step(&cookie).await), (SignInStep::Done, SignInStep::Nobody));
    operations.sign_in("sam@example.gov.uk", PASSWORD, "here").await.expect_err("the old one is of no use");
    operations.sign_out_everywhere(&sam).await.expect("signed out");
    assert_eq!(step(&own).await, SignInStep::Nobody);
}

#[tokio::test]
async fn pages_of_the_trail_follow_one_another_and_show_only_bodies_that_one_may_read() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let (operations, operator) = service(folder.path()).await;
    let ada = administrator(&operations, &operator).await;
    for place in 0..60 {
        let email = format!("officer{place}@example.gov.uk");
        operations.invite(&ada, "DCC", &email, "Officer", &[Role::Finance]).await.expect("invited");
    }
    let first = operations.view_audit(&ada, Some("DCC"), Turn::Newest).await.expect("she may read it");
    assert_eq!((first.rows.len(), first.newer), (50, None));
    let older = first.older.expect("there are older ones");
    let second = operations.view_audit(&ada, Some("DCC"), Turn::Before(older)).await.expect("she may read it");
    assert!(second.rows.iter().all(|row| row.number < older && row.event.body == "DCC"));
    let newer = second.newer.expect("there are newer ones");
    let back = operations.view_audit(&ada, Some("DCC"), Turn::After(newer)).await.expect("she may read it");
    let numbers = |rows: &[penshaw_operations::audit::Row]| rows.iter().map(|row| row.number).collect::<Vec<_>>();
    assert_eq!(numbers(&back.rows), numbers(&first.rows));
    let (sam, _) = officer(&operations, &ada, "sam@example.gov.uk", "SCC", &[Role::Auditor]).await;
    let own = operations.view_audit(&sam, None, Turn::Newest).await.expect("Sam may read Sunderland's");
    assert!(own.rows.iter().all(|row| row.event.body == "SCC"));
    operations.view_audit(&sam, Some("DCC"), Turn::Newest).await.expect_err("not Durham's");
}

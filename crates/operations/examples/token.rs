//! `cargo run -p penshaw-operations --example token DATABASE`: somebody with every role in the
//! first authority and the partnership, and a token of theirs. For trying the API, never for a service.

use std::error::Error;

use penshaw_operations::{Actor, Clock, Means, Operations, Role, Settings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("name a database")?;
    let operations = Operations::open(&address, Clock::system(), Settings::default()).await?;
    let operator = Actor::operator("example token");
    let secret = operations.invite_administrator(&operator, "tester@example.gov.uk", "Tester").await?;
    operations.accept_invitation(&secret, "only for trying the interface").await?;
    let members = operations.members(&operator).await?;
    let person = members.into_iter().find(|member| member.email == "tester@example.gov.uk").ok_or("no tester")?;
    let home = operations.home(&operator).await?;
    let first = home.partnership.authorities.first().map(|authority| authority.code.clone());
    let bodies = [first.ok_or("no authority")?, "partnership".to_owned()];
    for body in &bodies {
        operations.give_roles(&operator, &person.id, body, &Role::ALL).await?;
    }
    let roles = bodies.into_iter().map(|body| (body, Role::ALL.into_iter().collect())).collect();
    let actor = Actor { person: Some(person.id), name: person.name, roles, means: Means::Page };
    println!("{}", operations.make_api_token(&actor, "Trying the interface", true, 7).await?);
    Ok(())
}

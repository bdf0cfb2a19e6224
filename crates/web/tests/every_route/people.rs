//! A service over the example, and people of every kind signed in to it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Request, StatusCode, header};
use penshaw_operations::{Actor, Brought, Clock, Operations, Role, Settings};
use penshaw_web::{Web, router};
use tower::ServiceExt;

use crate::routes::address;

/// Somebody who asks.
pub struct Person {
    /// What the test calls them.
    pub name: String,
    /// Their roles, by body.
    pub roles: Vec<(&'static str, Role)>,
    cookie: Option<String>,
}

impl Person {
    /// Whether they have one of some roles in a body.
    pub fn has(&self, body: &str, roles: &[Role]) -> bool {
        self.roles.iter().any(|(own, role)| *own == body && roles.contains(role))
    }

    /// Whether they belong to a body.
    pub fn belongs_to(&self, body: &str) -> bool {
        self.roles.iter().any(|(own, _)| *own == body)
    }

    /// Whether they are signed in.
    pub fn is_known(&self) -> bool {
        !self.roles.is_empty()
    }
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    leads_to: String,
}

impl Answer {
    /// Whether the form is to be corrected, and nothing was done.
    pub fn asks_for_corrections(&self) -> bool {
        self.status == StatusCode::UNPROCESSABLE_ENTITY
    }

    /// Whether they were not let in: refused, told of nothing, or sent to sign in.
    pub fn is_refused(&self) -> bool {
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        refused.contains(&self.status) || (self.status.is_redirection() && self.leads_to.starts_with("/sign-in"))
    }
}

/// A service over the example, with people.
pub struct Service {
    app: Router,
    people: Vec<Person>,
    names: BTreeMap<&'static str, String>,
}

impl Service {
    /// Loads the example, makes the people, and something of every sort to be asked for.
    pub async fn start() -> Self {
        let settings = Settings { trials: Some(1_000), ..Settings::default() };
        let operations =
            Operations::open("sqlite::memory:", Clock::system(), settings).await.expect("a database opens");
        let operator = Actor::operator("test");
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
        operations.load_folder(&operator, &example).await.expect("the example loads");
        let app = router(Web::new(operations.clone())).layer(MockConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let mut service = Service { app, people: Vec::new(), names: BTreeMap::new() };
        service.people.push(Person { name: "nobody".into(), roles: Vec::new(), cookie: None });
        for role in Role::ALL {
            service.join(&operations, &format!("Sunderland, {}", role.key()), vec![("SCC", role)]).await;
            service.join(&operations, &format!("the partnership, {}", role.key()), vec![("partnership", role)]).await;
        }
        let all = Role::ALL.into_iter().map(|role| ("DCC", role)).collect();
        service.join(&operations, "Durham, every role", all).await;
        service.make_things(&operations, &operator).await;
        service
    }

    /// Everybody.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    async fn join(&mut self, operations: &Operations, name: &str, roles: Vec<(&'static str, Role)>) {
        let email = format!("{}@example.gov.uk", name.replace([' ', ','], "."));
        let operator = Actor::operator("test");
        let (body, of_body): (&str, Vec<Role>) = (roles[0].0, roles.iter().map(|(_, role)| *role).collect());
        let secret = operations.invite(&operator, body, &email, name, &of_body).await.expect("they are invited");
        operations.accept_invitation(&secret, "three unlike words").await.expect("they accept");
        let link = operations.sign_in_link(&operator, &email).await.expect("a link is made");
        let cookie = operations.sign_in_once(&link).await.expect("they sign in").cookie;
        self.people.push(Person { name: name.to_owned(), roles, cookie: Some(cookie) });
    }

    /// An import, a job, a run, a baseline, an invitation and a person of Sunderland's.
    async fn make_things(&mut self, operations: &Operations, operator: &Actor) {
        let editor =
            self.people.iter().find(|person| person.has("SCC", &[Role::EstateEditor])).expect("an editor is there");
        let visitor = operations.visitor(editor.cookie.as_deref()).await.expect("the editor is recognised");
        let actor = visitor.actor.expect("the editor is signed in");
        let csv = b"Reference,Title\nC77,Made for a test\n".to_vec();
        let brought = Brought::File { name: "contracts.csv".into(), bytes: csv };
        let (import, job) = operations.bring_file(&actor, "SCC", brought).await.expect("a file is brought");
        let work = operations.work_out_report(operator, false).await.expect("work is asked for");
        while operations.work_once().await.expect("jobs are done") {}
        let run = operations.job(operator, &work.id).await.expect("the job is known").result.expect("there is a run");
        let baselines = operations.baselines(operator, "SCC").await.expect("there are baselines");
        operations.invite(operator, "SCC", "later@example.gov.uk", "Later", &[Role::Finance]).await.expect("invited");
        let administrator = self.people.iter().find(|person| person.has("SCC", &[Role::Administrator]));
        let cookie = administrator.expect("an administrator is there").cookie.as_deref();
        let boss = operations.visitor(cookie).await.expect("recognised").actor.expect("signed in");
        let invited = operations.invited(&boss).await.expect("invitations are listed");
        let offering = operations.opportunities(operator).await.expect("opportunities are listed").answers.remove(0);
        let (_, overlap) = operations.matches(operator).await.expect("matches are listed").answer.expect("an answer");
        self.names = BTreeMap::from([
            ("group", overlap.groups[0].id.clone()),
            ("analysis", offering.name.to_owned()),
            ("opportunity", offering.offered[0].opportunity.id.clone()),
            ("import", import.id),
            ("job", job.id),
            ("run", run),
            ("baseline", baselines[0].id.clone()),
            ("invitation", invited[0].id.clone()),
            ("person", actor.person.expect("an account has an id")),
        ]);
    }

    /// What a person is answered at a route, with the form that the route expects to be refused at the latest.
    pub async fn ask(&self, person: &Person, route: &str) -> Answer {
        let (method, path) = route.split_once(' ').expect("a route is a method and a path");
        let mut request = Request::builder().method(method).uri(address(path, &self.names));
        if let Some(cookie) = &person.cookie {
            request = request.header(header::COOKIE, format!("penshaw_session={cookie}"));
        }
        if method == "POST" {
            request = request.header("sec-fetch-site", "same-origin");
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(Body::empty()).expect("a request can be made");
        let response = self.app.clone().oneshot(request).await.expect("the service answers");
        let leads_to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        Answer { status: response.status(), leads_to: leads_to.to_owned() }
    }
}

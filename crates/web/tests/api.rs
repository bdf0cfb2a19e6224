//! The JSON API over a database in memory: who may do what, how changes meet, what problems look like, what nobody learns.

use std::collections::BTreeMap;
use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use penshaw_operations::{Actor, Clock, Means, Operations, Role, Settings};
use penshaw_register::{Kind, Record};
use penshaw_web::{Web, openapi, router};
use serde_json::{Value, json};
use tower::ServiceExt;

/// The two authorities of the example.
const OURS: &str = "SCC";
const THEIRS: &str = "DCC";
const PARTNERSHIP: &str = "partnership";

struct Api {
    app: Router,
    operations: Operations,
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {:?}", self.bytes))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are text"))
    }

    #[track_caller]
    fn must(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
}

/// A request that is put together step by step.
struct Asked<'a> {
    api: &'a Api,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Asked<'_> {
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn sending(mut self, media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.with("content-type", media)
    }

    fn json(self, body: &Value) -> Self {
        self.sending("application/json", body.to_string())
    }

    async fn answer(self) -> Answered {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).expect("a request can be made");
        let response = self.api.app.clone().oneshot(request).await.expect("the service answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("the answer can be read");
        Answered { status, headers, bytes }
    }
}

impl Api {
    async fn open() -> Self {
        let settings = Settings { trials: Some(100), ..Settings::default() };
        let operations = Operations::open("sqlite::memory:", Clock::system(), settings).await.expect("a database");
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sunderland_durham");
        operations.load_folder(&operator(), &example).await.expect("the example");
        Api { app: router(Web::new(operations.clone())), operations }
    }

    /// A token of somebody with these roles in our authority and in the partnership.
    async fn token(&self, name: &str, roles: &[Role], writes: bool) -> String {
        let email = format!("{name}@example.gov.uk");
        let invited = self.operations.invite(&operator(), OURS, &email, name, roles).await.expect("an invitation");
        let password = "four plain words together";
        self.operations.accept_invitation(&invited, password).await.expect("an account");
        let members = self.operations.members(&operator()).await.expect("the members");
        let person = members.into_iter().find(|member| member.email == email).expect("the member");
        self.operations.give_roles(&operator(), &person.id, PARTNERSHIP, roles).await.expect("roles");
        let held = [OURS, PARTNERSHIP].map(|body| (body.to_owned(), roles.iter().copied().collect()));
        let roles = BTreeMap::from(held);
        let actor = Actor { person: Some(person.id), name: person.name, roles, means: Means::Page };
        self.operations.make_api_token(&actor, "a test", writes, 1).await.expect("a token")
    }

    fn ask(&self, method: &str, path: &str, token: &str) -> Asked<'_> {
        let asked = self.plain(method, &format!("/api/v1{path}"));
        asked.with("authorization", format!("Bearer {token}"))
    }

    fn plain(&self, method: &str, path: &str) -> Asked<'_> {
        let method = method.parse().expect("a method");
        Asked { api: self, method, path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    async fn get(&self, path: &str, token: &str) -> Answered {
        self.ask("GET", path, token).answer().await
    }
}

fn operator() -> Actor {
    Actor::operator("test")
}

fn contract(reference: &str, title: &str) -> Value {
    json!({ "kind": "contracts", "reference": reference, "fields": { "title": title }, "confidence": "reported" })
}

#[tokio::test]
async fn a_change_is_made_only_to_the_version_that_was_read() {
    let api = Api::open().await;
    let token = api.token("editor", &[Role::EstateEditor], true).await;
    let here = "/entries/contracts/SCC/T1";

    let added = api.ask("POST", "/entries/contracts/SCC", &token).json(&contract("T1", "One")).answer().await.must(201);
    assert_eq!(added.header("etag"), "\"1\"");
    assert_eq!(added.header("location"), "/api/v1/entries/contracts/SCC/T1");
    let read = api.get(here, &token).await.must(200);
    assert_eq!((read.header("etag"), read.json()["record"]["fields"]["title"].as_str()), ("\"1\"", Some("One")));
    let again = api.ask("GET", here, &token).with("if-none-match", "W/\"1\"").answer().await.must(304);
    assert!(again.bytes.is_empty());

    let two = contract("T1", "Two");
    api.ask("PUT", here, &token).json(&two).answer().await.must(428);
    let put = |tag: &str| api.ask("PUT", here, &token).with("if-match", tag).json(&two);
    for stale in ["\"7\"", "W/\"1\"", "nonsense"] {
        let refused = put(stale).answer().await.must(412);
        assert_eq!(refused.json()["standing"]["record"]["fields"]["title"], "One");
    }
    assert_eq!(put("\"9\", \"1\"").answer().await.must(200).header("etag"), "\"2\"");
    api.ask("PUT", here, &token).with("if-none-match", "*").json(&two).answer().await.must(412);
    let new = contract("T2", "New");
    let made = api.ask("PUT", "/entries/contracts/SCC/T2", &token).with("if-none-match", "*").json(&new);
    made.answer().await.must(201);
    let steps = api.get(&format!("{here}/history"), &token).await.must(200).json();
    assert_eq!(steps["steps"][0]["changes"][0], json!({ "name": "title", "before": "One", "after": "Two" }));

    let remove = |tag: &str| api.ask("DELETE", here, &token).with("if-match", tag);
    api.ask("DELETE", here, &token).answer().await.must(428);
    remove("\"1\"").answer().await.must(412);
    remove("*").answer().await.must(204);
    api.get(here, &token).await.must(404);
}

#[tokio::test]
async fn lists_come_page_by_page_with_tags() {
    let api = Api::open().await;
    let token = api.token("reader", &[Role::Auditor], false).await;
    let first = api.get("/entries/applications?per_page=2", &token).await.must(200);
    let (list, links) = (first.json(), first.header("link").to_owned());
    assert_eq!(list["entries"].as_array().map(Vec::len), Some(2));
    assert!(links.contains("page=2>; rel=\"next\"") && links.contains("rel=\"last\""), "{links}");
    let tag = first.header("etag").to_owned();
    let again = api.ask("GET", "/entries/applications?per_page=2", &token).with("if-none-match", tag);
    again.answer().await.must(304);
    let trail = api.get("/audit?limit=1", &token).await.must(200);
    assert!(trail.header("link").contains("before="), "{}", trail.header("link"));
}

#[tokio::test]
async fn choices_and_the_report_are_changed_only_as_they_were_read() {
    let api = Api::open().await;
    let token = api.token("both", &[Role::Approver, Role::DemocraticServices], true).await;
    let sharing = api.get("/sharing/SCC", &token).await.must(200);
    let choices = json!({ "choices": [{ "kind": "contracts", "fields": ["title"], "shared": true }] });
    let put = |tag: &str, body: &Value| api.ask("PUT", "/sharing/SCC", &token).with("if-match", tag).json(body);
    put("\"0\"", &choices).answer().await.must(412);
    let now = put(sharing.header("etag"), &choices).answer().await.must(200);
    assert_eq!(now.json()["choices"][0]["records"], "all");
    put(sharing.header("etag"), &choices).answer().await.must(412);
    put(now.header("etag"), &json!({ "choices": [{ "fields": ["no_such"], "shared": true }] }))
        .answer()
        .await
        .must(422);

    let report = api.get("/report", &token).await.must(200);
    let mut words = report.json()["report"].clone();
    words["title"] = "Another title".into();
    api.ask("PUT", "/report", &token).json(&words).answer().await.must(428);
    let put = |tag: &str| api.ask("PUT", "/report", &token).with("if-match", tag).json(&words);
    assert_eq!(put(report.header("etag")).answer().await.must(200).json()["report"]["title"], "Another title");
    assert_eq!(put(report.header("etag")).answer().await.must(412).json()["standing"]["report"], words);
}

#[tokio::test]
async fn the_recommendation_is_adopted_as_it_was_read() {
    let api = Api::open().await;
    let token = api.token("approver", &[Role::Approver], true).await;
    api.operations.work_out_report(&operator(), false).await.expect("work is asked for");
    while api.operations.work_once().await.expect("the database answers") {}
    let run = api.get("/recommendation", &token).await.must(200).json()["run"].clone();
    let report = api.get("/report", &token).await.must(200);
    let adoption = |adopted: bool| json!({ "officer": "Chief Executive", "on": "2014-06-19", "adopted": adopted });
    let put = |tag: &str, run: &Value, adopted: bool| {
        let decision = json!({ "run": run, "adoption": adoption(adopted) });
        api.ask("PUT", "/recommendation/adoption", &token).with("if-match", tag).json(&decision)
    };
    put("\"0\"", &run, true).answer().await.must(412);
    put(report.header("etag"), &run, false).answer().await.must(422);
    put(report.header("etag"), &json!("another"), true).answer().await.must(409);
    let adopted = put(report.header("etag"), &run, true).answer().await.must(200);
    assert_eq!(adopted.json()["adoption"]["officer"], "Chief Executive");
    put(report.header("etag"), &run, true).answer().await.must(412);
}

#[tokio::test]
async fn a_file_is_brought_looked_at_and_committed() {
    let api = Api::open().await;
    let token = api.token("editor", &[Role::EstateEditor], true).await;
    let csv = "Reference,Title\nT9,Brought by a program\n";
    let bring = api.ask("POST", "/imports/SCC?kind=contracts", &token).sending("text/csv", csv);
    let brought = bring.answer().await.must(202);
    let here = brought.header("location").trim_start_matches("/api/v1").to_owned();
    while api.operations.work_once().await.expect("the work is done") {}
    let looked = api.get(&here, &token).await.must(200).json();
    assert_eq!(looked["import"]["summary"]["new"], 1, "{looked}");
    assert_eq!(looked["entries"][0]["reference"], "T9");
    let commit = api.ask("POST", &format!("{here}/commit"), &token).json(&json!({})).answer().await.must(202);
    while api.operations.work_once().await.expect("the work is done") {}
    let job = api.get(commit.header("location").trim_start_matches("/api/v1"), &token).await.must(200).json();
    assert_eq!(job["state"], "done", "{job}");
    api.get("/entries/contracts/SCC/T9", &token).await.must(200);
    api.ask("DELETE", &here, &token).answer().await.must(409);

    let form = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"contracts.csv\"\r\n\r\n";
    let form = format!("{form}{csv}\r\n--b--\r\n");
    let bring = api.ask("POST", "/imports/SCC", &token).sending("multipart/form-data; boundary=b", form);
    bring.answer().await.must(202);
    let broken = api.ask("POST", "/imports/SCC", &token).sending("multipart/form-data; boundary=b", "--b");
    broken.answer().await.must(400);
    api.ask("POST", "/imports/SCC", &token).sending("text/csv", csv).answer().await.must(422);
    api.ask("POST", "/imports/SCC", &token).sending("image/png", csv).answer().await.must(415);
}

#[tokio::test]
async fn a_notice_is_published_as_it_was_seen_and_withdrawn() {
    let api = Api::open().await;
    let token = api.token("services", &[Role::DemocraticServices], true).await;
    let here = "/publications/SCC/notices/N2";
    let seen = api.get(here, &token).await.must(200).json();
    assert_eq!((&seen["is_public"], &seen["lacks"], &seen["versions"]), (&json!(false), &json!([]), &json!([])));
    let post = |path: &str, body: Value| api.ask("POST", path, &token).json(&body);
    post(here, json!({ "digest": "another" })).answer().await.must(409);
    let public = post(here, json!({ "digest": seen["digest"] })).answer().await.must(200).json();
    assert_eq!((&public["is_public"], &public["versions"][0]["version"]), (&json!(true), &json!(1)));
    post(here, json!({ "digest": seen["digest"] })).answer().await.must(409);
    let withdraw = format!("{here}/withdraw");
    post(&withdraw, json!({ "reason": " " })).answer().await.must(422);
    let gone = post(&withdraw, json!({ "reason": "In error" })).answer().await.must(200).json();
    assert_eq!((&gone["is_public"], &gone["versions"][0]["withdrawn"]), (&json!(false), &json!("In error")));
    let report = api.get("/publications/SCC/reports/D2", &token).await.must(200).json();
    assert_eq!(report["lacks"], json!(["a report: nothing has been worked out yet"]));
    api.get("/publications/SCC/minutes/D2", &token).await.must(404);
    let pack = api.get("/committee-packs/SCC/D2", &token).await.must(200);
    assert!(pack.bytes.starts_with(b"PK"));
}

/// Every route with the roles that may take it.
fn routes() -> Vec<(&'static str, &'static str, Option<Value>, &'static [Role])> {
    use Role::*;
    let anybody: &[Role] = &Role::ALL;
    let workers: &[Role] = &[EstateEditor, Finance, DemocraticServices, Approver];
    let readers: &[Role] = &[Approver, Administrator, Auditor];
    let site = json!({ "kind": "sites", "reference": "T1", "fields": { "name": "North" }, "confidence": "reported" });
    let adoption = json!({ "officer": "Chief Executive", "on": "2014-06-18", "adopted": true });
    let decision = json!({ "run": "none", "adoption": adoption });
    let leaving = json!({ "analysis": "overlap", "id": "none", "option": "O3" });
    let adopting = json!({ "analysis": "overlap", "id": "none", "run": "none", "option": "O3" });
    let invitation = json!({ "body": OURS, "email": "new@example.gov.uk", "name": "New", "roles": ["finance"] });
    vec![
        ("GET", "/partnership", None, anybody),
        ("GET", "/bodies", None, anybody),
        ("GET", "/kinds", None, anybody),
        ("GET", "/kinds/contracts", None, anybody),
        ("GET", "/entries/contracts", None, anybody),
        ("GET", "/entries/contracts/SCC/NONE", None, anybody),
        ("GET", "/entries/contracts/SCC/NONE/history", None, anybody),
        ("GET", "/export/contracts/SCC.csv", None, anybody),
        ("GET", "/export/contracts/SCC.xlsx", None, anybody),
        ("GET", "/sharing/SCC", None, anybody),
        ("GET", "/baselines/SCC", None, anybody),
        ("GET", "/baselines/SCC/none", None, anybody),
        ("GET", "/baselines/SCC/none/differences", None, anybody),
        ("GET", "/jobs/none", None, anybody),
        ("GET", "/analyses", None, anybody),
        ("GET", "/analyses/cost-shares", None, anybody),
        ("GET", "/runs", None, anybody),
        ("GET", "/runs/none", None, anybody),
        ("GET", "/runs/none/files/report.pdf", None, anybody),
        ("GET", "/report", None, anybody),
        ("GET", "/recommendation", None, anybody),
        ("GET", "/alerts", None, anybody),
        ("GET", "/commitments", None, anybody),
        ("POST", "/commitments", Some(json!({ "references": [] })), &[EstateEditor]),
        ("GET", "/opportunities", None, anybody),
        ("POST", "/opportunities/adopt", Some(adopting), &[EstateEditor, Finance]),
        ("POST", "/opportunities/set-aside", Some(leaving), &[EstateEditor, Finance]),
        ("GET", "/publications/SCC/notices/N2", None, anybody),
        ("POST", "/publications/SCC/notices/N2", Some(json!({ "digest": "none" })), &[DemocraticServices]),
        ("POST", "/publications/SCC/notices/N2/withdraw", Some(json!({ "reason": "Why" })), &[DemocraticServices]),
        ("GET", "/committee-packs/SCC/D2", None, anybody),
        ("GET", "/tokens", None, anybody),
        ("DELETE", "/tokens/none", None, anybody),
        ("DELETE", "/jobs/none", None, anybody),
        ("POST", "/entries/sites/SCC", Some(site.clone()), &[EstateEditor]),
        ("PUT", "/entries/sites/SCC/T1", Some(site), &[EstateEditor]),
        ("POST", "/entries/contracts/SCC", Some(contract("T1", "One")), &[EstateEditor, Finance]),
        ("PUT", "/entries/contracts/SCC/T1", Some(contract("T1", "Two")), &[EstateEditor, Finance]),
        ("GET", "/imports/SCC", None, &Role::ALL),
        ("POST", "/imports/SCC", None, &[EstateEditor]),
        ("PUT", "/sharing/SCC", Some(json!({ "choices": [] })), &[Approver]),
        ("POST", "/baselines/SCC", Some(json!({ "on": "2014-04-01" })), &[Approver]),
        ("POST", "/analyses/cost-shares/runs", Some(json!({})), workers),
        ("POST", "/work-out", Some(json!({})), workers),
        ("PUT", "/recommendation/adoption", Some(decision), &[Approver]),
        ("GET", "/people", None, &[Administrator]),
        ("PUT", "/people/none/roles/SCC", Some(json!({ "roles": [] })), &[Administrator]),
        ("GET", "/invitations", None, &[Administrator]),
        ("POST", "/invitations", Some(invitation), &[Administrator]),
        ("DELETE", "/invitations/none", None, &[Administrator]),
        ("GET", "/audit", None, readers),
        ("GET", "/audit/verify", None, readers),
    ]
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says_and_nothing_else() {
    let api = Api::open().await;
    for role in Role::ALL {
        let token = api.token(role.key(), &[role], true).await;
        for (method, path, body, roles) in routes() {
            let answered = ask(&api, method, path, body, &token).await;
            let may = answered.status != StatusCode::FORBIDDEN;
            let said = String::from_utf8_lossy(&answered.bytes);
            assert_eq!(may, roles.contains(&role), "{role:?} {method} {path}: {} {said}", answered.status);
            assert!(!answered.status.is_server_error(), "{role:?} {method} {path}: {said}");
        }
    }
    // The report belongs to the partnership's officers: any other change of it is refused.
    for (role, status) in [(Role::DemocraticServices, 412), (Role::Approver, 403)] {
        let token = api.token(&format!("report {}", role.key()).replace(' ', "-"), &[role], true).await;
        let words = api.get("/report", &token).await.must(200).json()["report"].clone();
        api.ask("PUT", "/report", &token).with("if-match", "\"0\"").json(&words).answer().await.must(status);
    }
}

async fn ask(api: &Api, method: &str, path: &str, body: Option<Value>, token: &str) -> Answered {
    let asked = api.ask(method, path, token);
    let asked = match body {
        Some(body) => asked.json(&body),
        None if path.starts_with("/imports") && method == "POST" => asked.sending("text/csv", "Reference,Title\n"),
        None => asked,
    };
    let asked = match (method, path) {
        ("PUT", path) if path.starts_with("/entries") => asked.with("if-none-match", "*"),
        ("PUT", path) if path.starts_with("/sharing") => asked.with("if-match", "*"),
        _ => asked,
    };
    let path = if path == "/imports/SCC" && method == "POST" { "/api/v1/imports/SCC?kind=contracts" } else { "" };
    match path {
        "" => asked.answer().await,
        path => Asked { path: path.to_owned(), ..asked }.answer().await,
    }
}

#[tokio::test]
async fn every_operation_of_the_description_is_in_the_table() {
    let paths = openapi()["paths"].as_object().cloned().unwrap_or_default();
    let tried: Vec<String> = routes().iter().map(|(method, path, ..)| format!("{method} {}", shape(path))).collect();
    // Tried by tests of their own: their conditions come before their roles.
    let elsewhere = ["PUT /report", "DELETE /entries/{}/{}/{}", "GET /imports/{}/{}", "DELETE /imports/{}/{}"];
    for (path, item) in &paths {
        for method in item.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()) {
            let name = format!("{method} {}", shape(path.trim_start_matches("/api/v1")));
            let known = tried.contains(&name) || elsewhere.contains(&&*name) || name.ends_with("/commit");
            assert!(known, "{name} is in no table of who may take it");
        }
    }
}

/// A path without the names of what stands in it.
fn shape(path: &str) -> String {
    let fixed = [
        "partnership",
        "bodies",
        "kinds",
        "entries",
        "history",
        "sharing",
        "baselines",
        "differences",
        "imports",
        "jobs",
        "analyses",
        "runs",
        "files",
        "work-out",
        "report",
        "recommendation",
        "adoption",
        "alerts",
        "commitments",
        "opportunities",
        "adopt",
        "set-aside",
        "publications",
        "withdraw",
        "committee-packs",
        "people",
        "roles",
        "invitations",
        "audit",
        "verify",
        "tokens",
        "export",
        "commit",
    ];
    let part = |part: &str| if fixed.contains(&part) { part.to_owned() } else { "{}".to_owned() };
    path.trim_start_matches('/').split('/').map(part).fold(String::new(), |whole, part| whole + "/" + &part)
}

#[tokio::test]
async fn a_token_that_only_reads_changes_nothing() {
    let api = Api::open().await;
    let token = api.token("reader", &Role::ALL, false).await;
    for (method, path, body, _) in
        routes().into_iter().filter(|(method, path, ..)| *method != "GET" && *path != "/jobs/none")
    {
        ask(&api, method, path, body, &token).await.must(403);
    }
}

#[tokio::test]
async fn nobody_learns_what_an_owner_has_not_shared() {
    let api = Api::open().await;
    api.operations.share_entries(&operator(), THEIRS, &[], None).await.expect("nothing is shared");
    let hide = |reference: &str| {
        let mut record = Record::new(Kind::Contract, reference);
        record.fields.insert("title".into(), "Zephyrine secrets".into());
        record
    };
    api.operations.save_entry(&operator(), THEIRS, &hide("H1"), None).await.expect("a hidden entry");
    let token = api.token("ours", &Role::ALL, true).await;

    let entry = |owner: &str, reference: &str| format!("/entries/contracts/{owner}/{reference}");
    let mut told: Vec<Vec<(StatusCode, Bytes)>> = Vec::new();
    for (owner, reference) in [(THEIRS, "H1"), (THEIRS, "NONE"), ("ZZZ", "NONE")] {
        let here = entry(owner, reference);
        let body = contract(reference, "Mine");
        let asked = [
            api.ask("GET", &here, &token),
            api.ask("GET", &format!("{here}/history"), &token),
            api.ask("PUT", &here, &token).with("if-match", "\"1\"").json(&body),
            api.ask("PUT", &here, &token).with("if-match", "*").json(&body),
            api.ask("PUT", &here, &token).with("if-none-match", "*").json(&body),
            api.ask("PUT", &here, &token).json(&body),
            api.ask("DELETE", &here, &token).with("if-match", "\"1\""),
            api.ask("DELETE", &here, &token),
            api.ask("POST", &format!("/entries/contracts/{owner}"), &token).json(&body),
            api.ask("GET", &format!("/sharing/{owner}"), &token),
            api.ask("GET", &format!("/baselines/{owner}"), &token),
            api.ask("GET", &format!("/imports/{owner}"), &token),
            api.ask("GET", &format!("/audit?body={owner}"), &token),
        ];
        let mut answers = Vec::new();
        for asked in asked {
            let answered = asked.answer().await;
            answers.push((answered.status, answered.bytes));
        }
        told.push(answers);
    }
    assert_eq!(told[0], told[1], "a hidden entry answers as one that is not there");
    assert_eq!(told[0], told[2], "another's entry answers as an owner's that is not there");

    for query in ["?words=zephyrine", "?owner=DCC", "?owner=DCC&sort=title"] {
        assert_eq!(api.get(&format!("/entries/contracts{query}"), &token).await.must(200).json()["total"], 0);
    }
    let exported = api.get("/export/contracts/DCC.csv", &token).await.must(200);
    assert!(!String::from_utf8_lossy(&exported.bytes).contains("H1"));
    let bodies = api.get("/bodies", &token).await.must(200);
    let theirs =
        bodies.json()["bodies"].as_array().and_then(|all| all.iter().find(|one| one["code"] == THEIRS).cloned());
    assert_eq!(theirs.expect("the other authority")["entries"], json!({}));

    // Not even that something changed: the tags stay.
    let list = api.get("/entries/contracts", &token).await.must(200);
    api.operations.save_entry(&operator(), THEIRS, &hide("H2"), None).await.expect("another hidden entry");
    for (path, before) in [("/entries/contracts", list), ("/bodies", bodies)] {
        let after = api.get(path, &token).await.must(200);
        assert_eq!((before.header("etag"), &before.bytes), (after.header("etag"), &after.bytes), "{path}");
    }
}

#[tokio::test]
async fn problems_say_what_is_wrong() {
    let api = Api::open().await;
    let token = api.token("editor", &[Role::EstateEditor], true).await;
    let contracts = "/entries/contracts/SCC";
    let post = |body: &str| api.ask("POST", contracts, &token).sending("application/json", body);
    let long = format!("{{\"kind\": \"{}\"}}", "x".repeat(2_000_000));
    let wrong_type = contract("T1", "One").to_string().replace("\"One\"", "[1]");
    let with_nul = contract("T1", "One").to_string().replace("One", "O\\u0000ne");
    let field = |name: &str, value: &str| {
        contract("T1", "One").to_string().replace("\"title\"", &format!("\"{name}\": {value}, \"title\""))
    };
    let tried = [
        (post("{"), 400, "body"),
        (post("{\"kind\": \"\\ud800\"}"), 400, "body"),
        (post(&field("value", "1e999")), 400, "body"),
        (post(&long), 413, ""),
        (api.ask("POST", contracts, &token).sending("text/plain", "{}"), 415, ""),
        (api.ask("POST", contracts, &token), 415, ""),
        (post("[]"), 422, "body"),
        (post("{\"kind\": \"nonsense\"}"), 422, "kind"),
        (post(&contract("T1", "One").to_string().replace("kind", "kinds")), 422, "kinds"),
        (post(&wrong_type), 422, "title"),
        (post(&with_nul), 422, "fields.title"),
        (post(&field("value", "1000000000000000000000000")), 422, "value"),
        (post(&field("value", "12.5")), 422, "value"),
        (post(&field("value", "null")), 422, "value"),
        (post(&field("stranger", "1")), 422, "reference"),
        (post(&contract("", "One").to_string()), 422, "reference"),
        (api.ask("GET", "/entries/contracts?nonsense=1", &token), 400, "query"),
        (api.ask("GET", "/entries/contracts?page=1&page=2", &token), 400, "page"),
        (api.ask("GET", "/entries/contracts?page=0", &token), 400, "page"),
        (api.ask("GET", "/entries/contracts?page=x", &token), 400, "query"),
        (api.ask("GET", "/entries/contracts?words=%ff", &token), 400, "query"),
        (api.ask("GET", "/entries/contracts?words=%00", &token), 400, "words"),
        (api.ask("GET", "/entries/contracts?sort=nonsense", &token), 422, "sort"),
        (api.ask("GET", "/entries/contracts/SCC/%ff", &token), 400, "path"),
        (api.ask("GET", "/entries/contracts/SCC/%00", &token), 400, "path"),
        (api.ask("GET", "/entries/Contracts", &token), 404, ""),
        (api.ask("GET", "/nonsense", &token), 404, ""),
        (api.plain("GET", "/api/v2/entries"), 404, ""),
        (api.plain("GET", "/api"), 404, ""),
        (api.ask("PATCH", contracts, &token), 405, ""),
    ];
    for (asked, status, field) in tried {
        let path = format!("{} {}", asked.method, asked.path);
        let answered = asked.answer().await;
        assert_eq!(answered.status.as_u16(), status, "{path}: {}", String::from_utf8_lossy(&answered.bytes));
        assert_eq!(answered.header("content-type"), "application/problem+json", "{path}");
        let problem = answered.json();
        let said =
            ["type", "title", "detail", "hint"].map(|name| problem[name].as_str().is_some_and(|said| !said.is_empty()));
        assert!(said.iter().all(|said| *said) && problem["status"] == status, "{path}: {problem}");
        assert_eq!(problem["errors"][0]["field"].as_str().unwrap_or_default(), field, "{path}: {problem}");
    }
    let method = api.ask("PATCH", contracts, &token).answer().await;
    assert_eq!(method.header("allow"), "POST");
}

#[tokio::test]
async fn a_token_alone_says_who_calls() {
    let api = Api::open().await;
    let token = api.token("reader", &[Role::Auditor], true).await;
    let cookie = api.plain("GET", "/api/v1/kinds").with("cookie", format!("penshaw_session={token}"));
    let basic = api.plain("GET", "/api/v1/kinds").with("authorization", format!("Basic {token}"));
    let twice = api.ask("GET", "/kinds", &token).with("authorization", format!("Bearer {token}"));
    let other = api.ask("GET", "/kinds", "penshaw_nonsense");
    for asked in [cookie, basic, twice, other, api.plain("GET", "/api/v1/kinds")] {
        let answered = asked.answer().await.must(401);
        assert_eq!(answered.header("www-authenticate"), "Bearer realm=\"Penshaw\"");
        assert_eq!(answered.json()["type"], "urn:penshaw:problem:no-token");
    }
    let mine = api.get("/tokens", &token).await.must(200).json();
    let id = mine["tokens"][0]["id"].as_str().expect("a token").to_owned();
    assert_eq!(mine["tokens"][0]["label"], "a test");
    api.ask("DELETE", &format!("/tokens/{id}"), &token).answer().await.must(204);
    api.get("/tokens", &token).await.must(401);
}

#[tokio::test]
async fn the_description_in_the_reference_is_the_one_that_is_served() {
    let api = Api::open().await;
    let served = api.plain("GET", "/api/openapi.json").answer().await.must(200).json();
    assert_eq!(served, openapi());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    if std::env::var_os("PENSHAW_WRITE").is_some() {
        let text = serde_json::to_string_pretty(&served).expect("plain data");
        std::fs::write(&path, text + "\n").expect("the reference can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("docs/reference/openapi.json");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    let how = "run: PENSHAW_WRITE=1 cargo test -p penshaw-web --test api the_description";
    assert!(kept == served, "docs/reference/openapi.json is not up to date; {how}");
}

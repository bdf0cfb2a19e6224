//! The API's own description: what it is, how callers are known, and the problems that every operation may answer.

use serde_json::{Map, Value, json};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, SecurityRequirement, ServerBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use super::kind_schemas;
use super::problem::{Problem, WrongField};
use super::words::RoleWord;

const ABOUT: &str = "Everything that a person may do in Penshaw, for their own programs. \
    Each call acts for the person whose token it carries, sees what they may see, and stands in the audit trail. \
    Money is whole pence. A change of something that is there needs If-Match.";

/// What is said before any resource adds itself.
pub(super) fn beginning() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Penshaw")
        .version("1")
        .description(Some(ABOUT))
        .license(Some(LicenseBuilder::new().name("MIT").identifier(Some("MIT")).build()))
        .build();
    let bearer = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("penshaw_…")
        .description(Some("A token of one's own, made on the account page"))
        .build();
    let components = ComponentsBuilder::new()
        .security_scheme("token", SecurityScheme::Http(bearer))
        .schema(Problem::name(), Problem::schema())
        .schema(WrongField::name(), WrongField::schema())
        .schema(RoleWord::name(), RoleWord::schema())
        .build();
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .components(Some(components))
        .security(Some([SecurityRequirement::new("token", Vec::<String>::new())]))
        .build()
}

/// The description with the schemas of every kind of entry, and with the problems that operations share.
pub(super) fn complete(described: OpenApi) -> Value {
    let mut document = serde_json::to_value(described).expect("a description is plain data");
    let schemas = document["components"]["schemas"].as_object_mut().expect("there are schemas");
    schemas.extend(kind_schemas::schemas());
    document["components"]["responses"] = problems();
    document["components"]["headers"] = json!({
        "ETag": { "description": "Names the state that is shown", "required": true, "schema": { "type": "string", "pattern": "^\"[A-Za-z0-9]+\"$" } },
    });
    document["components"]["parameters"] = json!({
        "IfNoneMatch": {
            "name": "If-None-Match", "in": "header", "required": false, "schema": { "type": "string" },
            "description": "The ETag of what the caller has already",
        },
    });
    let paths = document["paths"].as_object_mut().expect("there are paths");
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            operation["operationId"] = name(method, path).into();
            share(method, operation);
        }
    }
    document
}

/// An operation's name: `get_entries_kind_owner_reference`.
fn name(method: &str, path: &str) -> String {
    let parts = path.trim_start_matches("/api/v1/").replace('-', "_").replace(['{', '}'], "").replace('/', "_");
    format!("{method}_{parts}")
}

/// Each problem that operations share: its status, its name and what it means.
const PROBLEMS: &[(&str, &str, &str)] = &[
    ("400", "Unreadable", "The request cannot be read"),
    ("401", "NoToken", "There is no token, or it is none that works"),
    ("403", "NotAllowed", "No role of the caller, or not this token, allows it"),
    ("404", "NotFound", "There is no such thing, or none that the caller may know of"),
    ("409", "NotNow", "It cannot be done as things stand"),
    ("412", "Changed", "It is not in the state that the request names; `standing` is what stands there now"),
    ("413", "TooLarge", "What was sent is too large"),
    ("415", "MediaType", "What was sent is of another media type"),
    ("422", "Invalid", "Something must be corrected; `errors` says what"),
    ("428", "Unconditional", "If-Match is missing"),
    ("500", "Fault", "There is a problem with the service"),
    ("503", "Unavailable", "The database does not answer"),
];

fn problems() -> Value {
    let one = |(status, name, about): &(&str, &str, &str)| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let mut response =
            json!({ "description": about, "content": { "application/problem+json": { "schema": schema } } });
        if *status == "401" {
            response["headers"] = json!({ "WWW-Authenticate": {
                "description": "Bearer", "required": true, "schema": { "type": "string" },
            } });
        }
        ((*name).to_owned(), response)
    };
    Value::Object(PROBLEMS.iter().map(one).collect())
}

/// Adds to an operation the problems that it may answer, and the conditions of its answer.
fn share(method: &str, operation: &mut Value) {
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    parameters.iter_mut().for_each(printed);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.clone().into();
    }
    let is_in = |place: &str| parameters.iter().any(|parameter| parameter["in"] == place);
    let has_query = is_in("query");
    let is_conditional = parameters.iter().any(|parameter| parameter["name"] == "If-Match");
    let has_body = operation.get("requestBody").is_some();
    let answers = operation["responses"].as_object_mut().expect("an operation answers");
    let applies = |status: &str| match status {
        "409" => method != "get",
        "412" | "428" => is_conditional,
        "413" | "415" => has_body,
        "422" => has_body || has_query,
        _ => true,
    };
    for (status, name, _) in PROBLEMS.iter().filter(|(status, ..)| applies(status)) {
        answers.insert((*status).to_owned(), json!({ "$ref": format!("#/components/responses/{name}") }));
    }
    if method == "get" && !is_export(answers) {
        conditional(answers);
        let mut all = parameters;
        all.push(json!({ "$ref": "#/components/parameters/IfNoneMatch" }));
        operation["parameters"] = all.into();
    }
}

/// Addresses hold no control characters.
fn printed(parameter: &mut Value) {
    let pattern = match parameter["in"].as_str() {
        Some("path") => r"^[^\x00-\x1f\x7f-\x9f]+$",
        Some("query") => r"^[^\x00-\x1f\x7f-\x9f]*$",
        _ => return,
    };
    let schema = &mut parameter["schema"];
    let is_text = schema["type"] == "string" || schema["type"] == json!(["string", "null"]);
    if is_text && schema.get("enum").is_none() && schema.get("pattern").is_none() {
        schema["pattern"] = pattern.into();
    }
}

/// A download is made anew each time, and has no tag.
fn is_export(answers: &Map<String, Value>) -> bool {
    answers["200"]["content"].get("text/csv").is_some()
}

fn conditional(answers: &mut Map<String, Value>) {
    let tag = json!({ "$ref": "#/components/headers/ETag" });
    answers["200"]["headers"]["ETag"] = tag.clone();
    answers.insert("304".into(), json!({ "description": "The caller has it already", "headers": { "ETag": tag } }));
}
